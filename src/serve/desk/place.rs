//! Finds the place in the author's files that a part of a page comes from.
//!
//! Pages don't say where their words come from: they are the same bytes as on the published site. So the words themselves are
//! looked for, in the record that the page is about.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::record::at_address;
use super::{Desk, Refusal};
use crate::base::FileId;
use crate::build::edition::Edition;
use crate::model::at::Standings;

/// A part of a page.
#[derive(Deserialize)]
pub struct PlaceRequest {
    /// The address of the page.
    address: String,
    /// The words of the part, without markup.
    #[serde(default)]
    words: String,
    /// The address of the record that the part shows, if it is about one.
    link: Option<String>,
}

/// How much of what was clicked a line has to say to be its place without doubt, in hundredths. A link without words shows a title
/// that isn't there.
const CERTAIN: usize = 60;

/// How much it has to say if no other place is known.
const LIKELY: usize = 30;

/// The place: a file, a line and a column, and the record there.
pub(super) fn place(desk: &Desk<'_>, asked: &PlaceRequest) -> Result<Json, Refusal> {
    let state = desk.preview.state();
    let (edition, base) = (&state.edition, state.settings.base.as_str());
    let own = at_address(edition, base, &asked.address);
    let linked = asked.link.as_ref().and_then(|link| at_address(edition, base, link));
    // The page's own text first: what isn't there is shown from the record that it is about.
    let found = |record: &(String, String), enough: usize| {
        let lines = Lines::of(edition, record)?;
        lines.best(&asked.words, enough).map(|line| (record.clone(), line))
    };
    let beginning = |record: &(String, String)| Some((record.clone(), Lines::of(edition, record)?.first));
    let place = own.as_ref().and_then(|record| found(record, CERTAIN));
    let place = place.or_else(|| linked.as_ref().and_then(|record| found(record, LIKELY).or_else(|| beginning(record))));
    let place = place.or_else(|| own.as_ref().and_then(|record| found(record, LIKELY).or_else(|| beginning(record))));
    let ((file, id), line) = place.ok_or_else(|| Refusal::gone("no file says where this comes from"))?;
    Ok(json!({ "file": file, "id": id, "line": line, "column": 1 }))
}

/// The lines of a record in its file.
struct Lines<'e> {
    /// The number of the first, counted from one.
    first: usize,
    text: &'e str,
}

impl<'e> Lines<'e> {
    fn of(edition: &'e Edition, (path, id): &(String, String)) -> Option<Self> {
        let (model, tree) = (edition.model()?, edition.tree());
        let at: FileId = tree.files.indices().find(|at| tree.file(*at).path == *path)?;
        let text = tree.file(at).text.as_str();
        let standings = Standings::of_file(model, at);
        let is_own = |byte: usize| {
            let standing = standings.at(at, byte as u32).or_else(|| standings.first(at));
            standing.is_none_or(|standing| standing.id(model) == id)
        };
        let mut begin = None;
        let (mut from, mut end, mut line) = (0, 0, 1);
        for piece in text.split_inclusive('\n') {
            // A record may begin after the hyphen or the spaces at the beginning of a line.
            let last = from + piece.trim_end().len().saturating_sub(1);
            if is_own(last) {
                begin.get_or_insert((from, line));
                end = from + piece.len();
            }
            from += piece.len();
            line += 1;
        }
        let (start, first) = begin?;
        Some(Self { first, text: &text[start..end.max(start)] })
    }

    /// The line whose paragraph says most of these words, if that is enough of them.
    fn best(&self, words: &str, enough: usize) -> Option<usize> {
        let wanted = counted(words);
        let all: usize = wanted.values().sum();
        if all == 0 {
            return None;
        }
        let score = |text: &str| {
            let have = counted(text);
            let shared: usize = wanted.iter().map(|(word, n)| (*n).min(have.get(word).copied().unwrap_or(0))).sum();
            (shared * 100 / all, std::cmp::Reverse(have.values().sum::<usize>()))
        };
        let mut best = None;
        for (line, text) in paragraphs(self.text) {
            let score = score(text);
            if score.0 >= enough && best.is_none_or(|(known, _)| score > known) {
                best = Some((score, line));
            }
        }
        best.map(|(_, line)| self.first + line)
    }
}

/// How often each word occurs.
fn counted(text: &str) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *out.entry(word.to_lowercase()).or_default() += 1;
    }
    out
}

/// The paragraphs, items, rows and fields of a text, each with the number of its first line, counted from zero.
fn paragraphs(text: &str) -> Vec<(usize, &str)> {
    let mut out: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    let (mut at, mut is_open) = (0, false);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let words = line.trim();
        let begins = begins_anew(words);
        match out.last_mut().filter(|_| is_open && !begins) {
            _ if words.is_empty() => {}
            Some((_, range)) => range.end = at + line.len(),
            None => out.push((number, at..at + line.len())),
        }
        // A heading is its own line.
        is_open = !words.is_empty() && !words.starts_with('#');
        at += line.len();
    }
    out.into_iter().map(|(number, range)| (number, &text[range])).collect()
}

/// Whether a line starts something of its own: an item, a heading, a row, a field.
fn begins_anew(line: &str) -> bool {
    let is_field = line.split_once(": ").map(|(key, _)| key).or_else(|| line.strip_suffix(':'));
    let is_key = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    line.starts_with(['-', '*', '+', '#', '|', '>', ':'])
        || line.starts_with("```")
        || line.split_once(['.', ')']).is_some_and(|(number, _)| number.parse::<u32>().is_ok())
        || is_field.is_some_and(is_key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_are_said_most_briefly() {
        let text = "---\ntitle: The raid\n---\n\nOne thing, said\nover [[two|two lines]].[@ap]\n\n- An item\n- Another item\n\n## A heading\nBelow it.\n";
        let lines = Lines { first: 10, text };
        assert_eq!(lines.best("One thing, said over two lines. 1", LIKELY), Some(14));
        assert_eq!(lines.best("Another item", LIKELY), Some(18));
        assert_eq!(lines.best("The raid", LIKELY), Some(11));
        assert_eq!(lines.best("A heading", LIKELY), Some(20));
        assert_eq!(lines.best("Below it.", LIKELY), Some(21));
        assert_eq!(lines.best("Words that are nowhere at all", LIKELY), None);
        assert_eq!(lines.best(" … ", LIKELY), None);
    }
}
