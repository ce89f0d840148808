//! What the program says to readers, by language.
//!
//! Every string that a reader can see and that is not the site’s own content stands in one file a
//! language, such as `en.toml` beside this module. A [`Catalogue`] is loaded once and handed on as a
//! value. Nothing here knows what the messages are about.

pub mod collation;
pub mod length;
pub mod quotes;

use std::collections::BTreeMap;

use crate::base::{Map, escape};

/// A language the program speaks: one line in [`LANGUAGES`].
struct Language {
    /// Its BCP 47 tag.
    tag: &'static str,
    /// Its TOML file.
    text: &'static str,
    /// Its plural rule for whole numbers: the name of the form, as in CLDR (`one`, `few`, `other` …).
    plural: fn(usize) -> &'static str,
}

/// All languages there are. The first is the one that stands in for messages and languages missing.
const LANGUAGES: &[Language] = &[
    Language { tag: "en", text: include_str!("en.toml"), plural: one_or_other },
    Language { tag: "en-GB", text: include_str!("en-GB.toml"), plural: one_or_other },
];

/// Languages that are written like one of those, and not like the one of their primary subtag.
const LIKE: &[(&[&str], &str)] = &[(&["en-AU", "en-IE", "en-IN", "en-NZ", "en-ZA"], "en-GB")];

/// The plural rule of English, Spanish, German and many others.
fn one_or_other(n: usize) -> &'static str {
    if n == 1 { "one" } else { "other" }
}

/// The messages of one language, by dotted key: `date.about` is the key `about` of the table `[date]`.
#[derive(Clone, Debug)]
pub struct Catalogue {
    tag: &'static str,
    plural: fn(usize) -> &'static str,
    messages: Map<String, String>,
}

impl Catalogue {
    /// The catalogue that suits a BCP 47 language tag best: that of the very tag, else that of its
    /// primary subtag (`en` for `en-GB`), else English. Letter case does not matter. A message that
    /// the language’s file lacks is English.
    #[must_use]
    pub fn load(tag: &str) -> Catalogue {
        let tag = tag.replace('_', "-");
        let is_like = |tags: &&[&str]| tags.iter().any(|like| like.eq_ignore_ascii_case(&tag));
        let tag = LIKE.iter().find(|(tags, _)| is_like(tags)).map_or(tag.as_str(), |(_, like)| like);
        let primary = tag.split('-').next().unwrap_or(tag);
        let find = |wanted: &str| LANGUAGES.iter().find(|language| language.tag.eq_ignore_ascii_case(wanted));
        let base = &LANGUAGES[0];
        let language = find(tag).or_else(|| find(primary)).unwrap_or(base);

        let mut messages = Map::default();
        read(base.text, &mut messages);
        if language.tag != base.tag {
            read(language.text, &mut messages);
        }
        let catalogue = Catalogue { tag: language.tag, plural: language.plural, messages };
        let format = catalogue.get("date-format.default").to_owned();
        catalogue.with_date_format(&format)
    }

    /// The same with dates written in another form: what the table `[date-format.NAME]` has stands in `[date]`. A name that
    /// has no table changes nothing.
    #[must_use]
    pub fn with_date_format(mut self, name: &str) -> Catalogue {
        let prefix = format!("date-format.{name}.");
        let own =
            |(key, message): (&String, &String)| Some((format!("date.{}", key.strip_prefix(&prefix)?), message.clone()));
        let patterns: Vec<(String, String)> = self.messages.iter().filter_map(own).collect();
        self.messages.extend(patterns);
        self
    }

    /// The same with some messages replaced.
    #[must_use]
    pub fn with(mut self, messages: &[(String, String)]) -> Catalogue {
        self.messages.extend(messages.iter().cloned());
        self
    }

    /// The BCP 47 tag of the language that this catalogue is in, which may be less than was asked for.
    #[must_use]
    pub fn tag(&self) -> &str {
        self.tag
    }

    /// The message of a key. A key that does not exist is a fault of the program or of a theme’s
    /// template: it stops a debug build, and is itself shown in a release build.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        let message = self.find(key);
        debug_assert!(message.is_some(), "no message has the key {key:?}");
        message.unwrap_or(key)
    }

    /// The message of a key, or `None` if there is none: for keys that come from a template.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.messages.get(key).map(String::as_str)
    }

    /// The message of a key with each `{name}` replaced by its value. A name that has no value stays
    /// as it is, and values are not looked into again.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        filled(self.get(key), values)
    }

    /// The message about `n` things: the form of `key` that the language’s plural rule asks for
    /// (`key.one`, `key.other`), with `{n}` replaced by the number as the language writes it.
    #[must_use]
    pub fn count(&self, key: &str, n: usize) -> String {
        let form = format!("{key}.{}", (self.plural)(n));
        let number = [("n", &*self.number(n))];
        if self.find(&form).is_some() {
            return self.fill(&form, &number);
        }
        // A message in English stands in for one that is missing, and need not have each form.
        self.fill(&format!("{key}.other"), &number)
    }

    /// Several things in a row: “A, B and C”.
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [before @ .., last] => {
                let before = before.join(self.get("list.separator"));
                self.fill("list.last", &[("list", &before), ("last", last)])
            }
        }
    }

    /// The same of things that are HTML: what stands between them is written as HTML too.
    #[must_use]
    pub fn list_html(&self, items: &[String]) -> String {
        let words = |key: &str| escape::html_string(self.get(key));
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [before @ .., last] => {
                let before = before.join(&words("list.separator"));
                filled(&words("list.last"), &[("list", &before), ("last", last)])
            }
        }
    }

    /// A number as the language writes it, in groups of three digits.
    #[must_use]
    pub fn number(&self, n: usize) -> String {
        self.grouped(&n.to_string())
    }

    /// A number with its digits as they are: `-1234.50` is “−1,234.50”.
    #[must_use]
    pub fn decimal(&self, written: &str) -> String {
        let (sign, digits) = written.strip_prefix('-').map_or(("", written), |digits| ("\u{2212}", digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let whole = self.grouped(whole);
        if fraction.is_empty() {
            return format!("{sign}{whole}");
        }
        format!("{sign}{whole}{}{fraction}", self.get("number.decimal"))
    }

    /// Digits in groups of three.
    fn grouped(&self, digits: &str) -> String {
        // A file that gives no number here would only lose the separators.
        let least = self.get("number.least-grouped-digits").parse().unwrap_or(usize::MAX);
        if digits.len() < least.max(4) {
            return digits.to_owned();
        }
        let group = self.get("number.group");
        let mut grouped = String::with_capacity(digits.len() + group.len() * (digits.len() / 3));
        for (index, digit) in digits.char_indices() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push_str(group);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// All keys and messages, in the order of the keys, for templates.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let sorted: BTreeMap<&str, &str> = self.messages.iter().map(|(key, message)| (&**key, &**message)).collect();
        sorted.into_iter()
    }
}

/// A message with each `{name}` that has a value replaced by it.
fn filled(message: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(message.len() + 24);
    let mut rest = message;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        filled.push_str(before);
        let value = after.find('}').and_then(|close| {
            let (_, value) = values.iter().find(|(name, _)| *name == &after[1..close])?;
            Some((close + 1, value))
        });
        let (length, text) = value.map_or((1, "{"), |(length, value)| (length, *value));
        filled.push_str(text);
        rest = &after[length..];
    }
    filled.push_str(rest);
    filled
}

/// Adds the messages of a language’s file, over those that are there.
fn read(text: &str, messages: &mut Map<String, String>) {
    let table = text.parse::<toml::Table>();
    // The files are part of the program, and the tests read each of them.
    debug_assert!(table.is_ok(), "a language’s file is not TOML: {table:?}");
    flatten("", table.unwrap_or_default(), messages);
}

/// Adds the strings of a table and of its sub-tables under dotted keys.
fn flatten(prefix: &str, table: toml::Table, messages: &mut Map<String, String>) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::String(message) => {
                messages.insert(key, message);
            }
            toml::Value::Table(table) => flatten(&key, table, messages),
            other => debug_assert!(false, "{key} is not a string: {other:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(messages: &[(&str, &str)]) -> Catalogue {
        let mut catalogue = Catalogue::load("en");
        catalogue.messages.extend(messages.iter().map(|(key, text)| (key.to_string(), text.to_string())));
        catalogue
    }

    #[test]
    fn every_file_is_read_whole_and_knows_no_key_that_english_lacks() {
        let base = Catalogue::load(LANGUAGES[0].tag);
        for language in LANGUAGES {
            let mut own = Map::default();
            flatten("", language.text.parse().unwrap(), &mut own);
            assert!(!own.is_empty());
            for key in own.keys() {
                // A language may have more plural forms than English.
                let plural = ["zero", "two", "few", "many"].iter().any(|form| key.ends_with(form));
                assert!(plural || base.find(key).is_some(), "{}: {key}", language.tag);
            }
        }
    }

    #[test]
    fn the_best_language_is_chosen() {
        for tag in ["en", "EN", "en_US", "en-CA", "es", "xx-YY", ""] {
            assert_eq!(Catalogue::load(tag).tag(), "en", "{tag}");
        }
        for tag in ["en-GB", "en_gb", "en-AU"] {
            assert_eq!(Catalogue::load(tag).tag(), "en-GB", "{tag}");
        }
        assert_eq!(Catalogue::load("en-GB").get("kind.organization"), "Organisation");
        assert_eq!(Catalogue::load("en-GB").get("ui.timeline"), "Timeline");
    }

    #[test]
    fn names_are_filled_in() {
        let catalogue = with(&[("t.a", "{x} und {y}, {x}"), ("t.b", "{ {x {z} }{y}")]);
        assert_eq!(catalogue.fill("t.a", &[("x", "{y}"), ("y", "é")]), "{y} und é, {y}");
        assert_eq!(catalogue.fill("t.b", &[("y", "1")]), "{ {x {z} }1");
        assert_eq!(catalogue.get("date.about"), "about {date}");
    }

    #[test]
    fn numbers_are_grouped_and_counted() {
        let catalogue = with(&[("t.one", "{n} event"), ("t.other", "{n} events")]);
        for (n, text) in [(0, "0 events"), (1, "1 event"), (999, "999 events"), (1000, "1,000 events")] {
            assert_eq!(catalogue.count("t", n), text);
        }
        assert_eq!(catalogue.number(12_345_678), "12,345,678");
        let spanish = with(&[("number.group", "."), ("number.least-grouped-digits", "5")]);
        assert_eq!(spanish.number(1234), "1234");
        assert_eq!(spanish.number(12_345), "12.345");
        assert_eq!(catalogue.decimal("-1234.50"), "−1,234.50");
        assert_eq!(with(&[("number.decimal", ",")]).decimal("0.5"), "0,5");
    }

    #[test]
    fn lists_end_in_a_word() {
        let catalogue = Catalogue::load("en");
        let list = |items: &[&str]| catalogue.list(&items.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!([list(&[]), list(&["A"]), list(&["A", "B"])], ["", "A", "A and B"]);
        assert_eq!(list(&["A", "B", "{list}"]), "A, B and {list}");
        let own = with(&[("list.last", "{list} & {last}"), ("list.separator", " < ")]);
        let items = ["<a>A</a>", "B", "{list}"].map(str::to_owned);
        assert_eq!(own.list_html(&items), "<a>A</a> &lt; B &amp; {list}");
        assert_eq!([own.list_html(&[]), own.list_html(&items[..1])], ["", "<a>A</a>"]);
    }

    #[test]
    fn keys_come_in_order() {
        let catalogue = Catalogue::load("en");
        let keys: Vec<&str> = catalogue.iter().map(|(key, _)| key).collect();
        assert!(keys.is_sorted() && keys.contains(&"date.month.01"));
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "no message has the key")]
    fn a_missing_key_stops_a_debug_build() {
        let _ = Catalogue::load("en").get("no.such.key");
    }
}
