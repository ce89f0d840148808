//! TOML into the located tree. The only user of the TOML crate in this room.

use toml::de::{DeTable, DeValue};

use super::node::{Kind, Node};
use crate::base::escape::without_controls;
use crate::base::{At, TextRange};
use crate::base::{FileId, Span};
use crate::diagnostics::{Diagnostic, code};

/// Parses a TOML document; ranges are bytes of `text`. The tree holds whatever could be read, the diagnostics every
/// fault that the parser found; their file is filled in by the caller.
#[must_use]
pub fn parse(text: &str) -> (Node, Vec<Diagnostic>) {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let (table, errors) = DeTable::parse_recoverable(&text[start..]);
    let place = |range: std::ops::Range<usize>| TextRange::new(range.start + start, range.end + start);
    let diagnostics = errors
        .into_iter()
        .map(|error| {
            let range = error.span().map_or_else(TextRange::default, place);
            let message = format!("not valid TOML: {}", error.message().trim());
            Diagnostic::error(code::INVALID_SYNTAX, Span { file: FileId(0), range }, message)
        })
        .collect();
    let range = place(table.span());
    (Node { kind: map(table.get_ref(), &place), range }, diagnostics)
}

fn map(table: &DeTable<'_>, place: &dyn Fn(std::ops::Range<usize>) -> TextRange) -> Kind {
    let mut entries: Vec<_> = table
        .iter()
        .map(|(key, value)| {
            let name = At::new(key.get_ref().to_string(), place(key.span()));
            (name, Node { kind: kind(value.get_ref(), place), range: place(value.span()) })
        })
        .collect();
    // The crate sorts keys by name; authors think in the order that they wrote.
    entries.sort_by_key(|(name, _)| name.range);
    Kind::Map(entries)
}

fn kind(value: &DeValue<'_>, place: &dyn Fn(std::ops::Range<usize>) -> TextRange) -> Kind {
    let plain = |text: String| Kind::Scalar { text, plain: true };
    match value {
        DeValue::String(text) => Kind::Scalar { text: without_controls(text).into_owned(), plain: false },
        DeValue::Integer(number) => plain(number.to_string()),
        DeValue::Float(number) => plain(number.to_string()),
        DeValue::Boolean(truth) => plain(truth.to_string()),
        DeValue::Datetime(time) => plain(time.to_string()),
        DeValue::Array(items) => Kind::Seq(
            items.iter().map(|item| Node { kind: kind(item.get_ref(), place), range: place(item.span()) }).collect(),
        ),
        DeValue::Table(table) => map(table, place),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::trials::trials;

    /// Asserts that the places of what was found and read lie between letters of `text`.
    fn assert_placed(text: &str) {
        fn walk(node: &Node, text: &str) {
            let lies_well = |range: TextRange| text.get(range.bytes()).is_some();
            assert!(lies_well(node.range), "{:?} of {text:?}", node.range);
            match &node.kind {
                Kind::Null | Kind::Scalar { .. } => {}
                Kind::Seq(items) => items.iter().for_each(|item| walk(item, text)),
                Kind::Map(entries) => {
                    for (key, value) in entries {
                        assert!(lies_well(key.range), "{:?} of {text:?}", key.range);
                        walk(value, text);
                    }
                }
            }
        }
        let (node, found) = parse(text);
        walk(&node, text);
        for range in found.iter().filter_map(|diagnostic| diagnostic.span).map(|span| span.range) {
            assert!(text.get(range.bytes()).is_some(), "{range:?} of {text:?}");
        }
    }

    proptest! {
        #![proptest_config(trials(2_000))]

        #[test]
        fn a_place_is_never_inside_a_letter(pieces in prop::collection::vec(prop::sample::select(vec![
            "\n", "[", "]", "[[", "]]", "a = ", "é = ", "漢", "🗳", "é", "\"", "'", "\"\"\"\n", "'''", "\\", "\\u00", "\\x", "{", "}", ",", "=", ".",
            "#", "2025-01-", "1e", "0x", "_", "true", "\u{feff}", "\u{a0}", "\u{85}", "\0", "\r", "\r\n", "\t", " ", "+", "-", ":", "a", "inf",
        ]), 0..20)) {
            assert_placed(&pieces.concat());
        }
    }
}
