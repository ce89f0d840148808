//! A text made of pieces of another one, and how to find each piece in the original.

use std::ops::Range;

use super::source_map::{RunsBuilder, SourceMap};
use crate::base::TextRange;

/// A text made of pieces of another one: some left out, some written differently.
#[derive(Debug, Default)]
pub struct Edited {
    /// Its characters.
    pub text: String,
    pieces: Vec<Piece>,
}

/// A piece, up to where the next one begins.
#[derive(Debug)]
struct Piece {
    at: usize,
    len: usize,
    source: Range<usize>,
}

impl Edited {
    /// Adds a part of `source` as is.
    pub fn keep(&mut self, source: &str, part: Range<usize>) {
        self.write(&source[part.clone()], part);
    }

    /// Adds `text` to replace a part of the other text, which may be empty.
    pub fn write(&mut self, text: &str, part: Range<usize>) {
        if !text.is_empty() {
            self.pieces.push(Piece { at: self.text.len(), len: text.len(), source: part });
            self.text.push_str(text);
        }
    }

    /// This text without some parts, which are in order. It must consist only of pieces that were kept as is.
    #[must_use]
    pub fn without(&self, parts: &[Range<usize>]) -> Self {
        let mut out = Self::default();
        let mut pieces = self.pieces.iter().peekable();
        let mut from = 0;
        let ends = parts.iter().map(|part| (part.start, part.end)).chain([(self.text.len(), self.text.len())]);
        for (to, next) in ends {
            while let Some(piece) = pieces.peek() {
                let (start, end) = (from.max(piece.at), to.min(piece.at + piece.len));
                if start < end {
                    let source = piece.source.start + start - piece.at;
                    out.write(&self.text[start..end], source..source + end - start);
                }
                if piece.at + piece.len > to {
                    break;
                }
                pieces.next();
            }
            from = from.max(next);
        }
        out
    }

    /// Where a part of this text is in the other one.
    #[must_use]
    pub fn back(&self, part: &Range<usize>) -> Range<usize> {
        let byte = |at: usize| {
            let next = self.pieces.partition_point(|piece| piece.at <= at);
            let Some(piece) = self.pieces[..next].last() else { return 0..0 };
            if piece.source.len() == piece.len {
                let start = piece.source.start + (at - piece.at).min(piece.len.saturating_sub(1));
                start..start + 1
            } else {
                piece.source.clone()
            }
        };
        let (first, last) = (byte(part.start), byte(part.end.saturating_sub(1).max(part.start)));
        first.start..last.end.max(first.start)
    }

    /// The map of this text, where `outer` is the map of the other one, which is at `whole`.
    #[must_use]
    pub fn map(&self, outer: &SourceMap, whole: TextRange) -> SourceMap {
        let mut runs = RunsBuilder::new(outer);
        for piece in self.pieces.iter().filter(|piece| !piece.source.is_empty()) {
            runs.add(piece.at, piece.len, piece.source.clone());
        }
        runs.finish(self.text.len(), whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_is_left_out_moves_the_others() {
        let source = "one two three four";
        let mut text = Edited::default();
        text.keep(source, 0..source.len());
        let text = text.without(&[4..8, 14..18]);
        assert_eq!(text.text, "one three ");
        assert_eq!(&source[text.back(&(4..9))], "three");
        let text = text.without(std::slice::from_ref(&(0..4)));
        assert_eq!(text.text, "three ");
        assert_eq!(&source[text.back(&(0..5))], "three");
        assert_eq!(text.without(std::slice::from_ref(&(0..6))).text, "");
    }

    #[test]
    fn what_is_written_another_way_stands_for_its_part() {
        let source = "a\n\n  b";
        let mut text = Edited::default();
        text.keep(source, 0..1);
        text.write("\n", 1..5);
        text.write("!", 5..5);
        text.keep(source, 5..6);
        assert_eq!(text.text, "a\n!b");
        assert_eq!(text.back(&(3..4)), 5..6);
        let map = text.map(&SourceMap::verbatim(10), TextRange::new(10, 16));
        assert_eq!(map.place(3..4), TextRange::new(15, 16));
        assert_eq!(map.place(1..2), TextRange::new(11, 15));
    }
}
