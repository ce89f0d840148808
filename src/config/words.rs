//! `[site.words]`: the program's words for readers, replaced by the site's own.

use crate::base::At;
use crate::base::similar::nearest;
use crate::diagnostics::code;
use crate::language::Catalogue;
use crate::syntax::node::{Kind, Node};
use crate::syntax::{Decode, Decoder, Shape};

/// Messages by the dotted key of the catalogue, such as `ui.timeline`. TOML's tables and dotted keys are the same to it.
#[derive(Debug, Default)]
pub struct WordsTable(Vec<(At<String>, At<String>)>);

impl Decode for WordsTable {
    const SHAPE: &'static str = "a table of texts by key, such as `ui.timeline`";

    fn shape() -> Shape {
        Shape::Map { keys: Box::new(Shape::Text), values: Box::new(Shape::Anything) }
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let mut words = Vec::new();
        flatten(node, "", &mut words, d)?;
        Some(Self(words))
    }
}

/// Adds the texts of a table and of its sub-tables under dotted keys.
fn flatten(node: &Node, prefix: &str, words: &mut Vec<(At<String>, At<String>)>, d: &mut Decoder) -> Option<()> {
    let Kind::Map(entries) = &node.kind else {
        d.wrong_type(node, WordsTable::SHAPE);
        return None;
    };
    for (name, value) in entries {
        let key = if prefix.is_empty() { name.value.clone() } else { format!("{prefix}.{}", name.value) };
        if let Kind::Map(_) = value.kind {
            flatten(value, &key, words, d)?;
        } else if let Some(text) = At::<String>::decode(value, d) {
            words.push((At::new(key, name.range), text));
        }
    }
    Some(())
}

/// The site's words, after checking that there are such words to replace and that nothing is filled in that they can't have.
pub(super) fn checked(table: WordsTable, language: &str, d: &mut Decoder) -> Vec<(String, String)> {
    let catalogue = Catalogue::load(language);
    let mut words = Vec::new();
    for (key, text) in table.0 {
        let Some(message) = catalogue.find(&key.value) else {
            unknown(&catalogue, &key, d);
            continue;
        };
        if is_setting(&key.value) {
            let message = format!("`{}` is a language setting, not text for readers", key.value);
            d.error(code::BAD_VALUE, key.range, message).help =
                Some("delete it; `[site] date-format` sets how dates are written".to_owned());
            continue;
        }
        // The separator between groups of digits may be empty.
        if text.value.trim().is_empty() && !key.value.starts_with("number.") {
            d.error(code::BAD_VALUE, text.range, format!("`{}` is empty", key.value)).help =
                Some(format!("write some text, or delete the line to get “{message}”"));
            continue;
        }
        let have: Vec<&str> = names(message).collect();
        if let Some(name) = names(&text.value).find(|name| !have.contains(name)) {
            let message = format!("`{}` has nothing to fill in for `{{{name}}}`", key.value);
            d.error(code::BAD_VALUE, text.range, message).help = Some(match have.as_slice() {
                [] => "write the text without it".to_owned(),
                have => format!("it has: {}", have.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ")),
            });
            continue;
        }
        words.push((key.value, text.value));
    }
    words
}

/// Whether a key of the catalogue isn't text: it is a switch, or a form of dates that `date-format`
/// chooses.
fn is_setting(key: &str) -> bool {
    const SWITCHES: &[&str] = &[
        "date.clock",
        "date.day-digits",
        "date.winter-digits",
        "date.years",
        "date.whole-dates",
        "news.comma-in-quotes",
        "number.least-grouped-digits",
    ];
    SWITCHES.contains(&key) || key.starts_with("date-format.")
}

fn unknown(catalogue: &Catalogue, key: &At<String>, d: &mut Decoder) {
    let finding = d.error(code::UNKNOWN_FIELD, key.range, format!("there is no text with the key `{}`", key.value));
    // If only the table's name was left out, the rest is right.
    let ends_like = |known: &&str| known.rsplit('.').next() == Some(key.value.as_str());
    let keys = || catalogue.iter().map(|(key, _)| key);
    // No fix: this may be only the last part of a key that is split over tables.
    finding.help = Some(match keys().find(ends_like).or_else(|| nearest(&key.value, keys())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "the guide to themes lists them all, under “Words”".to_owned(),
    });
}

/// The names of what a message is filled with, in order.
fn names(message: &str) -> impl Iterator<Item = &str> {
    message.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}
