//! Parses TOML into the located tree. The only user of the TOML crate in this room.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::node::{Kind, Node};
use super::toml_slips;
use crate::base::escape::{forbidden, without_forbidden};
use crate::base::{At, TextRange};
use crate::base::{FileId, Span};
use crate::diagnostics::{Diagnostic, code};
use crate::source::{characters, merge_marks};

/// Parses a TOML document; ranges are bytes of `text`. The tree has whatever could be read, the diagnostics every fault
/// that the parser found; the caller fills in their file.
#[must_use]
pub fn parse(text: &str) -> (Node, Vec<Diagnostic>) {
    let conflicts = merge_marks::find(text);
    if conflicts.is_empty() {
        return parse_merged(text);
    }
    let (node, mut diagnostics) = parse_merged(&merge_marks::without(text, &conflicts));
    diagnostics.append(&mut merge_marks::findings(text, &conflicts, FileId(0)));
    (node, diagnostics)
}

fn parse_merged(text: &str) -> (Node, Vec<Diagnostic>) {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let (table, errors) = DeTable::parse_recoverable(&text[start..]);
    let place = |range: std::ops::Range<usize>| TextRange::new(range.start + start, range.end + start);
    let mut diagnostics: Vec<_> = errors
        .into_iter()
        .map(|error| {
            let range = error.span().map_or_else(TextRange::default, place);
            let words = error.message().trim();
            let wrong = |range, message| Diagnostic::error(code::INVALID_SYNTAX, Span { file: FileId(0), range }, message);
            match toml_slips::find(text, range, words) {
                Some(slip) => wrong(slip.range, slip.message).help(slip.help),
                None => {
                    wrong(range, format!("not valid TOML: {words}")).help("compare the line with an example in the guide")
                }
            }
        })
        .collect();
    // A parser may report one slip several times.
    diagnostics.dedup_by_key(|found| found.span.map(|span| line_of(text, span.range)));
    diagnostics.append(&mut characters::check(text, FileId(0)));
    let range = place(table.span());
    let mut reader = Reader { text, start, diagnostics };
    let kind = reader.map(table.get_ref());
    (Node { kind, range }, reader.diagnostics)
}

/// The start of the line where a range begins.
#[must_use]
pub fn line_of(text: &str, range: TextRange) -> usize {
    text.get(..range.bytes().start).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// Builds our tree from the parser's, and reports characters that aren't allowed on a page.
struct Reader<'t> {
    text: &'t str,
    /// Where the parser's offsets begin to count.
    start: usize,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn place(&self, range: Range<usize>) -> TextRange {
        TextRange::new(range.start + self.start, range.end + self.start)
    }

    fn map(&mut self, table: &DeTable<'_>) -> Kind {
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            let (key_range, range) = (self.place(key.span()), self.place(value.span()));
            let name = At::new(self.clean(key.get_ref(), key_range), key_range);
            entries.push((name, Node { kind: self.kind(value.get_ref(), range), range }));
        }
        // The crate sorts keys by name; authors think in the order that they wrote.
        entries.sort_by_key(|(name, _)| name.range);
        Kind::Map(entries)
    }

    fn kind(&mut self, value: &DeValue<'_>, range: TextRange) -> Kind {
        let plain = |text: String| Kind::Scalar { text, plain: true };
        match value {
            DeValue::String(text) => Kind::Scalar { text: self.clean(text, range), plain: false },
            DeValue::Integer(number) => plain(number.to_string()),
            DeValue::Float(number) => plain(number.to_string()),
            DeValue::Boolean(truth) => plain(truth.to_string()),
            DeValue::Datetime(time) => plain(time.to_string()),
            DeValue::Array(items) => {
                let mut nodes = Vec::with_capacity(items.len());
                for item in items {
                    let range = self.place(item.span());
                    nodes.push(Node { kind: self.kind(item.get_ref(), range), range });
                }
                Kind::Seq(nodes)
            }
            DeValue::Table(table) => self.map(table),
        }
    }

    /// A text without the characters that aren't allowed on a page. Those in the file itself were reported before; this
    /// reports escapes.
    fn clean(&mut self, text: &str, range: TextRange) -> String {
        if let Some((_, c)) = forbidden(text).next().filter(|(_, c)| !range.of(self.text).contains(*c)) {
            let message = format!("this text contains the character U+{:04X}, which isn't allowed on a page", c as u32);
            let found = Diagnostic::error(code::BAD_CHARACTER, Span { file: FileId(0), range }, message);
            self.diagnostics.push(found.help("remove the escape that produces it"));
        }
        without_forbidden(text).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::trials::trials;

    /// Asserts that the ranges of diagnostics and values lie between characters of `text`.
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
