//! Cuts YAML files into pieces, one for each record, so that a changed record costs only that record.

use std::ops::Range;

use crate::base::TextRange;
use crate::syntax::yaml::Fault;

/// How the records of a file are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A list, with a hyphen in the first column for each item.
    List,
    /// A map, with each key in the first column.
    Map,
}

/// Cuts a file at its top-level items; `None` if its layout makes that uncertain, and it must be parsed whole.
///
/// We cut by the first column alone. That is right unless document marks, anchors or flow collections span items; if a
/// piece fails to parse, the caller parses the file whole, so a wrong cut costs only time.
///
/// Every line with content is in a piece. What belongs to no item, such as lines above the first, is a separate piece
/// that [`is_item`] tells from the others; [`stray`] says what is wrong with it.
#[must_use]
pub fn records(text: &str, layout: Layout) -> Option<Vec<Range<usize>>> {
    // In YAML a carriage return ends a line, and so a comment, even without a line feed.
    if lone_return(text).is_some() {
        return None;
    }
    let mut starts = Vec::new();
    let (mut items, mut in_item) = (0, false);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches('\u{feff}');
        let first = first(bare, layout);
        let begins = match first {
            First::Item => true,
            First::Within => starts.is_empty() && says_something(bare),
            // Below an item it may be a line of that item that isn't indented enough; only an id begins a record.
            First::Stray if in_item && !bare.starts_with("id:") => return None,
            First::Stray => in_item || starts.is_empty(),
            First::Unsure => return None,
        };
        if begins {
            starts.push(at + line.len() - bare.len());
            in_item = first == First::Item;
            items += usize::from(in_item);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let pieces: Vec<_> = starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
    (items > 0).then_some(pieces)
}

/// The position of a carriage return without a line feed.
#[must_use]
pub fn lone_return(text: &str) -> Option<usize> {
    text.match_indices('\r').map(|(at, _)| at).find(|at| text.as_bytes().get(at + 1) != Some(&b'\n'))
}

/// Whether a piece is an item, and not lines that belong to none.
#[must_use]
pub fn is_item(piece: &str, layout: Layout) -> bool {
    first(piece, layout) == First::Item
}

/// What is wrong with a piece that isn't an item.
#[must_use]
pub fn stray(piece: &str, layout: Layout) -> Fault {
    let line = piece.lines().next().unwrap_or_default();
    let words = line.trim();
    let start = line.len() - line.trim_start().len();
    let is_key = words.split_once(':').is_some_and(|(key, _)| !key.contains(char::is_whitespace));
    let (message, help) = match layout {
        Layout::List if words == "-" || words.starts_with("- ") => (
            "this record is indented more than those below it",
            "begin this line without a space, like all records in a file".to_owned(),
        ),
        Layout::List if is_key => {
            ("this record doesn't begin with a hyphen", format!("begin a new record with `- `: `- {words}`"))
        }
        Layout::List => (
            "these words belong to no record",
            "begin a new record with `- `, or the line with `#` if it is a comment".to_owned(),
        ),
        Layout::Map => (
            "this line is indented more than those below it",
            "begin this line without a space, or put the key it belongs to above it".to_owned(),
        ),
    };
    let range = Some(TextRange::new(start, start + words.len()));
    Fault { range, message: message.to_owned(), help: Some(help) }
}

/// What a line is by its first column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    /// It begins an item.
    Item,
    /// It belongs to what is above it, or has no content.
    Within,
    /// It begins where items do and isn't one.
    Stray,
    /// What it means depends on the rest of the file.
    Unsure,
}

fn first(line: &str, layout: Layout) -> First {
    match (layout, line.as_bytes()) {
        (_, [] | [b'#' | b' ' | b'\t' | b'\r' | b'\n', ..]) => First::Within,
        (_, [b'%' | b'&' | b'*' | b'{' | b'[' | b'|' | b'>', ..]) => First::Unsure,
        (Layout::List, [b'-', b' ' | b'\r' | b'\n', ..]) => First::Item,
        (_, [b'-', ..] | [b'.', b'.', b'.', ..]) => First::Unsure,
        (Layout::List, _) => First::Stray,
        (Layout::Map, _) => First::Item,
    }
}

/// Whether a line is neither blank nor a comment.
fn says_something(line: &str) -> bool {
    let words = line.trim_start();
    !words.is_empty() && !words.starts_with('#')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::trials::trials;

    #[test]
    fn cuts_at_top_level_items_only() {
        let text = "\u{feff}# head\n- id: a\n  list:\n  - x\n\n- id: b\n";
        let got: Vec<_> = records(text, Layout::List).unwrap().into_iter().map(|range| &text[range]).collect();
        assert_eq!(got, ["- id: a\n  list:\n  - x\n\n", "- id: b\n"]);
        assert_eq!(records("a: 1\n", Layout::List), None);
        assert_eq!(records("[a]\n", Layout::List), None);
        assert_eq!(records("", Layout::List), None);
        assert_eq!(records("a:\n  x: 1\nb: 2\n", Layout::Map), Some(vec![0..10, 10..15]));
        assert_eq!(records("---\n- a\n", Layout::List), None);
        assert_eq!(records("# one\r- id: a\n- id: b\n", Layout::List), None);
    }

    proptest! {
        #![proptest_config(trials(2_000))]

        /// Everything outside the pieces is blank or a comment.
        #[test]
        fn whatever_says_something_is_in_a_piece(lines in prop::collection::vec(prop::sample::select(vec![
            "- a", "- a: 1", "-", "-a", "a: 1", "id: a", " a: 1", "  - a", "\ta", "# a", " # a", "#a", "é: 1", "\u{feff}", "\u{feff}# a", " ",
            "\n", "\n", "\r\n", "\r", "---\n", "...\n", "%a", "\"a\"", "'a", "{a: 1}", "\0", "\u{85}", "\u{a0}a", "漢: 1",
        ]), 0..16), layout in prop::sample::select(vec![Layout::List, Layout::Map])) {
            let text = lines.concat();
            let pieces = records(&text, layout).unwrap_or_default();
            let mut end = pieces.first().map_or(text.len(), |first| first.start);
            let silent = text[..end].split(['\n', '\r']).map(|line| line.trim_start_matches(['\u{feff}', ' ', '\t']));
            for line in silent.filter(|_| !pieces.is_empty()) {
                prop_assert!(line.trim().is_empty() || line.starts_with('#'), "{line:?} of {text:?}");
            }
            for piece in pieces {
                prop_assert_eq!(piece.start, end);
                end = piece.end;
                if !is_item(&text[piece.clone()], layout) {
                    let range = stray(&text[piece.clone()], layout).range.unwrap_or_default();
                    prop_assert!(!range.of(&text[piece]).is_empty());
                }
            }
            prop_assert_eq!(end, text.len());
        }
    }

    #[test]
    fn text_outside_items_is_a_piece_too() {
        let cut = |text: &'static str, layout| {
            let pieces = records(text, layout).unwrap_or_default();
            pieces.into_iter().map(|range| (is_item(&text[range.clone()], layout), &text[range])).collect::<Vec<_>>()
        };
        assert_eq!(
            cut("# head\n\n  id: a\n  x: 1\n- id: b\n", Layout::List),
            [(false, "  id: a\n  x: 1\n"), (true, "- id: b\n")]
        );
        assert_eq!(cut("id: a\nx: 1\n- id: b\n", Layout::List), [(false, "id: a\nx: 1\n"), (true, "- id: b\n")]);
        assert_eq!(
            cut("- id: a\nid: b\n  x: 1\n- id: c\n", Layout::List),
            [(true, "- id: a\n"), (false, "id: b\n  x: 1\n"), (true, "- id: c\n")]
        );
        assert_eq!(cut(" x: 1\na:\n  x: 1\n", Layout::Map), [(false, " x: 1\n"), (true, "a:\n  x: 1\n")]);
        assert_eq!(records("- id: a\ntitle: x\n", Layout::List), None);
    }
}
