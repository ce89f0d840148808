//! YAML into the located tree. The only user of the YAML crate.
//!
//! The crate is driven through its span-carrying wrapper rather than by typed deserialising, because that stops at a
//! file's first fault and loses places inside untagged enums.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Budget, DuplicateKeyPolicy, Location, Options, Spanned};

use super::node::{Kind, Node};
use crate::base::escape::without_controls;
use crate::base::{At, TextRange};

/// Why a text is not YAML that we take.
#[derive(Debug)]
pub struct Fault {
    /// Where; `None` if the parser can't say.
    pub range: Option<TextRange>,
    /// What is wrong.
    pub message: String,
}

/// The deepest nesting that a record may have. The format itself needs six levels.
const MAX_DEPTH: usize = 24;

/// Parses one YAML document. Ranges are bytes of `text`. An empty text gives a null node.
///
/// # Errors
/// Whatever the YAML specification forbids, a key given twice in one map, nesting deeper than 24, and aliases that
/// expand to more than the text could have said by itself.
pub fn parse(text: &str) -> Result<Node, Fault> {
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Ok(Node { kind: Kind::Null, range: TextRange::default() });
    }
    let parsed: Result<Spanned<Raw>, _> = serde_yaml::from_str_with_options(text, options(text));
    match parsed {
        Ok(raw) => Ok(node(raw, text)),
        Err(error) => {
            let error = error.without_snippet();
            let range = error.location().and_then(|location| range_of(location, text));
            Err(Fault { range, message: sentence(&error.to_string()) })
        }
    }
}

fn options(text: &str) -> Options {
    // No honest text holds more nodes than bytes, so the text's own length is the budget: a file of 30,000 records is
    // fine and an alias bomb is not.
    let limit = text.len().max(1_000) * 2;
    let mut budget = Budget::default();
    budget.max_depth = MAX_DEPTH;
    budget.max_nodes = limit;
    budget.max_events = limit;
    budget.max_total_scalar_bytes = limit * 2;
    let mut options = Options::default();
    options.budget = Some(budget);
    options.strict_booleans = true;
    options.with_snippet = false;
    options.duplicate_keys = DuplicateKeyPolicy::Error;
    options
}

/// The crate's message in an author's words. It ends with the place, which is shown beside the excerpt anyway, or speaks
/// of the crate's own options.
fn sentence(message: &str) -> String {
    let message = message.split(" at line ").next().unwrap_or(message);
    let message = message.split(": line ").next().unwrap_or(message);
    if message.contains("Depth") || message.contains("recursion limit") {
        return format!("nested deeper than {MAX_DEPTH} levels");
    }
    if message.contains("budget breached") || message.contains("alias") {
        return "aliases that expand to more than this file may hold".to_owned();
    }
    if let Some(key) = message.strip_prefix("duplicate mapping key: ") {
        let key = key.split(", set DuplicateKeyPolicy").next().unwrap_or(key);
        return format!("the key `{key}` stands twice in one map");
    }
    message.trim().trim_end_matches('.').to_owned()
}

fn range_of(location: Location, text: &str) -> Option<TextRange> {
    let span = location.span();
    let start = match span.byte_offset() {
        Some(offset) => offset as usize,
        // The scanner's own faults come with line and column alone.
        None => {
            let line = text.split_inclusive('\n').nth((location.line() as usize).checked_sub(1)?)?;
            let column = (location.column() as usize).saturating_sub(1);
            let within = line.char_indices().nth(column).map_or(line.trim_end().len(), |(at, _)| at);
            line.as_ptr() as usize - text.as_ptr() as usize + within
        }
    };
    let len = span.byte_len().unwrap_or(0) as usize;
    let start = start.min(text.len());
    Some(TextRange::new(start, (start + len).min(text.len())))
}

/// A value as the crate hands it over, with the wrapper's places inside.
enum Raw {
    Null,
    /// A plain scalar that YAML's schema reads as a number or a truth value; its own text is taken from its span.
    Typed,
    Text(String),
    Seq(Vec<Spanned<Raw>>),
    /// Keys come without their places, which are found again in the text before their values: carrying them along made
    /// parsing half as slow again.
    Map(Vec<(String, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any YAML value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(without_controls(value).into_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        let clean = match without_controls(&value) {
            std::borrow::Cow::Borrowed(_) => None,
            std::borrow::Cow::Owned(clean) => Some(clean),
        };
        Ok(Raw::Text(clean.unwrap_or(value)))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::Seq(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}

fn node(raw: Spanned<Raw>, text: &str) -> Node {
    let range = range_of(raw.referenced, text).unwrap_or_default();
    let kind = match raw.value {
        Raw::Null => Kind::Null,
        Raw::Typed => {
            // An alias stands where it is used; what it says is where it was defined.
            let defined = range_of(raw.defined, text).unwrap_or(range);
            Kind::Scalar { text: defined.of(text).trim_end().to_owned(), plain: true }
        }
        Raw::Text(value) => {
            let plain = !matches!(range.of(text).bytes().next(), Some(b'"' | b'\'' | b'|' | b'>'));
            Kind::Scalar { text: value, plain }
        }
        Raw::Seq(items) => Kind::Seq(items.into_iter().map(|item| node(item, text)).collect()),
        Raw::Map(entries) => {
            let mut from = range.start as usize;
            let entries = entries.into_iter().map(|(name, value)| {
                let value = node(value, text);
                let place = key_place(&name, text, from, value.range.start as usize);
                from = (value.range.end as usize).max(from);
                (At::new(name, place), value)
            });
            Kind::Map(entries.collect())
        }
    };
    Node { kind, range }
}

/// Where a key stands: its last appearance before its value, behind the value before it.
fn key_place(name: &str, text: &str, from: usize, to: usize) -> TextRange {
    // A value that is nothing may be placed at what follows it; the key is before that in any case.
    let window = text.get(from..to.max(from)).unwrap_or("");
    match memchr::memmem::rfind(window.as_bytes(), name.as_bytes()) {
        Some(at) => TextRange::new(from + at, from + at + name.len()),
        None => TextRange::new(from, from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(String, String)> {
        fn walk(node: &Node, text: &str, path: &str, out: &mut Vec<(String, String)>) {
            match &node.kind {
                Kind::Null => out.push((path.into(), "null".into())),
                Kind::Scalar { text: value, plain } => {
                    out.push((path.into(), format!("{value}|{plain}|{}", node.range.of(text))));
                }
                Kind::Seq(items) => {
                    for (index, item) in items.iter().enumerate() {
                        walk(item, text, &format!("{path}[{index}]"), out);
                    }
                }
                Kind::Map(entries) => {
                    for (key, value) in entries {
                        assert!(key.range.of(text).contains(&key.value), "{key:?}");
                        walk(value, text, &format!("{path}.{}", key.value), out);
                    }
                }
            }
        }
        let mut out = Vec::new();
        walk(&parse(text).unwrap(), text, "", &mut out);
        out
    }

    #[test]
    fn keeps_the_text_and_the_place_of_every_scalar() {
        let text = "\u{feff}- id: é\r\n  date: 2025-04-10\r\n  n: 2025\r\n  yes: true\r\n  q: \"a \\\"b\\\"\"\r\n  list: [x, 'y']\r\n  none:\r\n  long: >-\r\n    one\r\n    two\r\n";
        let got = shown(text);
        let find = |key: &str| got.iter().find(|(path, _)| path == key).map(|(_, v)| v.as_str());
        assert_eq!(find("[0].id"), Some("é|true|é"));
        assert_eq!(find("[0].date"), Some("2025-04-10|true|2025-04-10"));
        assert_eq!(find("[0].n"), Some("2025|true|2025"));
        assert_eq!(find("[0].yes"), Some("true|true|true"));
        assert_eq!(find("[0].q"), Some("a \"b\"|false|\"a \\\"b\\\"\""));
        assert_eq!(find("[0].list[1]"), Some("y|false|'y'"));
        assert_eq!(find("[0].none"), Some("null"));
        assert!(find("[0].long").unwrap().starts_with("one two|"), "{got:?}");
    }

    #[test]
    fn bombs_and_towers_end_in_an_error() {
        let mut bomb = String::from("a: &a [x,x,x,x,x,x,x,x,x]\n");
        for (name, before) in "bcdefghij".chars().zip("abcdefghi".chars()) {
            bomb.push_str(&format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(",")));
        }
        assert!(parse(&bomb).is_err());
        assert!(parse(&"[".repeat(5000)).is_err());
        assert!(parse(&"- ".repeat(5000)).is_err());
        let nested: String = (0..5000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        assert!(parse(&nested).is_err());
    }

    #[test]
    fn a_fault_has_a_place() {
        assert_eq!(parse("é: 1\nb: [1, 2\nc: 3\n").unwrap_err().range.unwrap().of("é: 1\nb: [1, 2\nc: 3\n"), "");
        let fault = parse("a: 1\nb: [1, 2\nc: 3\n").unwrap_err();
        assert!(fault.range.is_some(), "{fault:?}");
        let fault = parse("a: 1\na: 2\n").unwrap_err();
        assert!(fault.message.contains("twice"), "{fault:?}");
    }
}
