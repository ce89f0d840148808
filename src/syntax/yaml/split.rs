//! YAML files in pieces: one a record, so that a changed record costs one record.

use std::ops::Range;

/// How the records of a file are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A list, each item of which begins with a hyphen in the first column.
    List,
    /// A map, each key of which begins in the first column.
    Map,
}

/// Cuts a file at its top-level items; `None` if it is not laid out so that this is certain, and has to be read whole.
///
/// Cutting is by the first column alone. That is right wherever no document marks, anchors or flow collections span
/// items; a piece that fails to parse makes the caller read the file whole, so a wrong cut costs time and nothing else.
#[must_use]
pub fn records(text: &str, layout: Layout) -> Option<Vec<Range<usize>>> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches('\u{feff}');
        let skip = line.len() - bare.len();
        let begins = match (layout, bare.as_bytes()) {
            (_, [] | [b'#' | b' ' | b'\t' | b'\r' | b'\n', ..]) => false,
            (_, [b'%' | b'&' | b'*' | b'{' | b'[' | b'|' | b'>', ..]) => return None,
            (Layout::List, [b'-', b' ' | b'\r' | b'\n', ..]) => true,
            (Layout::List, _) => return None,
            (Layout::Map, [b'-', ..]) => return None,
            (Layout::Map, _) => true,
        };
        if begins {
            starts.push(at + skip);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let pieces: Vec<_> = starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
    (!pieces.is_empty()).then_some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    }
}
