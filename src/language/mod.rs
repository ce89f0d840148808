//! What the program says to readers, by language.
//!
//! Every string that a reader can see and that isn't the site’s own content is in one file per
//! language, such as `en.toml` next to this module. A [`Catalogue`] is loaded once and handed on as a
//! value. Nothing here knows what the messages are about.

pub mod collation;
pub mod length;
mod plural;
pub mod quotes;
pub mod tag;

use std::collections::BTreeMap;

use self::plural::Plural;
use crate::base::{Map, escape};

/// A language the program speaks: one line in [`LANGUAGES`].
struct Language {
    /// Its BCP 47 tag.
    tag: &'static str,
    /// Its TOML file.
    text: &'static str,
}

/// All languages. The first one is used in place of missing languages.
const LANGUAGES: &[Language] = &[
    Language { tag: "en", text: include_str!("en.toml") },
    Language { tag: "en-GB", text: include_str!("en-GB.toml") },
    Language { tag: "ar", text: include_str!("ar.toml") },
    Language { tag: "de", text: include_str!("de.toml") },
    Language { tag: "es", text: include_str!("es.toml") },
    Language { tag: "zh", text: include_str!("zh.toml") },
];

/// Languages that are written like one of those, and not like the one of their primary subtag.
const LIKE: &[(&[&str], &str)] = &[(&["en-AU", "en-IE", "en-IN", "en-NZ", "en-ZA"], "en-GB")];

/// The language of a tag: that of the very tag, else that of its primary subtag. Letter case does not matter.
fn language(tag: &str) -> Option<&'static Language> {
    let tag = tag.replace('_', "-").to_ascii_lowercase();
    let is_like = |tags: &&[&str]| tags.iter().any(|like| like.eq_ignore_ascii_case(&tag));
    let tag = LIKE.iter().find(|(tags, _)| is_like(tags)).map_or(tag.as_str(), |(_, like)| like);
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or(tag);
    // Readers of traditional characters are not served with simplified ones.
    if primary == "zh" && parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo")) {
        return None;
    }
    let find = |wanted: &str| LANGUAGES.iter().find(|language| language.tag.eq_ignore_ascii_case(wanted));
    find(tag).or_else(|| find(primary))
}

/// The messages of one language, by dotted key: `date.about` is the key `about` of the table `[date]`.
#[derive(Clone, Debug)]
pub struct Catalogue {
    tag: &'static str,
    plural: Plural,
    messages: Map<String, String>,
}

impl Catalogue {
    /// The tags of all languages that there are messages in.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        LANGUAGES.iter().map(|language| language.tag)
    }

    /// Whether there are messages in the language of a tag. If not, [`Self::load`] has English ones.
    #[must_use]
    pub fn speaks(tag: &str) -> bool {
        language(tag).is_some()
    }

    /// The catalogue that suits a BCP 47 language tag best: that of the very tag, else that of its
    /// primary subtag (`es` for `es-MX`), else English. Letter case does not matter.
    #[must_use]
    pub fn load(tag: &str) -> Catalogue {
        let base = &LANGUAGES[0];
        let language = language(tag).unwrap_or(base);
        let mut messages = Map::default();
        read(base.text, &mut messages);
        if language.tag != base.tag {
            let mut own = Map::default();
            read(language.text, &mut own);
            // The forms after a number are those of the language alone.
            let counts = own.keys().filter_map(|key| key.strip_suffix("other")).map(str::to_owned).collect::<Vec<_>>();
            messages.retain(|key, _| {
                !plural::FORMS
                    .iter()
                    .any(|form| key.strip_suffix(form).is_some_and(|key| counts.iter().any(|count| count == key)))
            });
            if !language.tag.starts_with(base.tag) {
                messages.retain(|key, _| !key.starts_with("date-format.day-first."));
            }
            messages.extend(own);
        }
        let catalogue = Catalogue { tag: language.tag, plural: Plural::of(language.tag), messages };
        let format = catalogue.get("date-format.default").to_owned();
        catalogue.with_date_format(&format)
    }

    /// The same with dates written in another form: what the table `[date-format.NAME]` has stands in `[date]`. A name that
    /// has no table in the language changes nothing.
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

    /// Whether its readers measure distances in miles, as CLDR says of the United States and the United Kingdom.
    #[must_use]
    pub fn measures_in_miles(&self) -> bool {
        matches!(self.tag, "en" | "en-GB")
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
        self.fill(&format!("{key}.{}", self.plural.form(n)), &[("n", &*self.number(n))])
    }

    /// Several things in a row: “A, B and C”.
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
        self.joined(items, "list", begins_with_i, "list.last-before-i")
    }

    /// Several things of which one is meant: “A, B or C”.
    #[must_use]
    pub fn either(&self, items: &[String]) -> String {
        self.joined(items, "either", begins_with_o, "either.last-before-o")
    }

    /// Things with a separator between them, and the last one after a word, which in some languages is a different word before a
    /// sound.
    fn joined(&self, items: &[String], table: &str, has_sound: fn(&str) -> bool, before_sound: &str) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [before @ .., end] => {
                let before = before.join(self.get(&format!("{table}.separator")));
                let values = [("list", before.as_str()), ("last", end)];
                if self.find(before_sound).is_some() && has_sound(end) {
                    return self.fill(before_sound, &values);
                }
                self.fill(&format!("{table}.last"), &values)
            }
        }
    }

    /// The same for things that are HTML: the separators are written as HTML, too.
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
        let (sign, digits) = written.strip_prefix('-').map_or(("", written), |digits| (self.get("number.minus"), digits));
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
    while let Some(open) = memchr::memchr(b'{', rest.as_bytes()) {
        let (before, after) = rest.split_at(open);
        filled.push_str(before);
        let value = memchr::memchr(b'}', after.as_bytes()).and_then(|close| {
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

/// Whether a Spanish word or number begins with the sound of “o”: “octubre”, “8”, “11”.
fn begins_with_o(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let number: String = word.chars().take_while(char::is_ascii_digit).collect();
    word.starts_with(['o', 'ó'])
        || word.starts_with("ho")
        || word.starts_with("hó")
        || word.starts_with('8')
        || number == "11"
}

/// Whether a Spanish word begins with the sound of “i”, and not with that of “hielo”.
fn begins_with_i(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let word = word.strip_prefix('h').unwrap_or(&word);
    let mut letters = word.chars();
    matches!(letters.next(), Some('i' | 'í')) && !matches!(letters.next(), Some('a' | 'e' | 'o' | 'á' | 'é' | 'ó'))
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
    fn the_best_language_is_chosen() {
        for tag in ["en", "EN", "en_US", "en-CA", "fr", "xx-YY", "", "zh-Hant", "zh_TW"] {
            assert_eq!(Catalogue::load(tag).tag(), "en", "{tag}");
        }
        let others = [("en-GB", "en-GB"), ("en_gb", "en-GB"), ("en-AU", "en-GB"), ("es-SV", "es"), ("zh-Hans-CN", "zh")];
        for (tag, chosen) in others {
            assert_eq!(Catalogue::load(tag).tag(), chosen, "{tag}");
        }
        assert!(Catalogue::speaks("de-AT") && !Catalogue::speaks("fr") && !Catalogue::speaks("zh-HK"));
        assert_eq!(Catalogue::load("en-GB").get("kind.organization"), "Organisation");
        assert_eq!(Catalogue::load("en-GB").get("ui.timeline"), "Timeline");
    }

    #[test]
    fn spanish_joins_by_sound() {
        let spanish = Catalogue::load("es");
        let and = |last: &str| spanish.list(&["Ana".to_owned(), last.to_owned()]);
        assert_eq!([and("Inés"), and("Hilda"), and("«Irak»")], ["Ana e Inés", "Ana e Hilda", "Ana e «Irak»"]);
        assert_eq!([and("Luis"), and("Hierro"), and("Oscar")], ["Ana y Luis", "Ana y Hierro", "Ana y Oscar"]);
        let or = |last: &str| spanish.either(&["7".to_owned(), last.to_owned()]);
        assert_eq!([or("8"), or("11 de mayo"), or("octubre")], ["7 u 8", "7 u 11 de mayo", "7 u octubre"]);
        assert_eq!([or("18"), or("1100"), or("invierno")], ["7 o 18", "7 o 1100", "7 o invierno"]);
    }

    #[test]
    fn dates_have_one_order_outside_of_english() {
        for tag in ["ar", "de", "es", "zh"] {
            let (own, first) = (Catalogue::load(tag), Catalogue::load(tag).with_date_format("day-first"));
            assert!(own.iter().eq(first.iter()), "{tag}");
        }
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
        let arabic = Catalogue::load("ar");
        let forms = [0, 1, 2, 3, 11, 100, 1_003].map(|n| arabic.count("count.events", n));
        assert_eq!(forms, ["لا أحداث", "حدث واحد", "حدثان", "3 أحداث", "11 حدثًا", "100 حدث", "1,003 أحداث"]);
        assert_eq!(Catalogue::load("zh").count("count.events", 1), "1个事件");
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
