//! Lines and characters as the protocol counts them.

use std::ops::Range;

use gen_lsp_types::{Position, PositionEncodingKind, Range as Places};

/// How a client counts the characters of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// In bytes.
    Utf8,
    /// In units of UTF-16, which every client can.
    #[default]
    Utf16,
}

impl Encoding {
    /// Bytes, if the client can count them: nothing needs to be converted then.
    pub(super) fn chosen(offered: &[PositionEncodingKind]) -> Self {
        if offered.contains(&PositionEncodingKind::UTF8) { Self::Utf8 } else { Self::Utf16 }
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn length(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }

    fn length_of(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
        }
    }
}

/// Where each line of a text begins. A line ends with a line feed, a carriage return, or both.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let is_end = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(is_end);
        Self { starts: std::iter::once(0).chain(ends.map(|at| at as u32 + 1)).collect() }
    }

    /// The position of a byte. `skipped` are bytes at the beginning that a client doesn't see: a byte-order mark.
    pub(super) fn position(&self, text: &str, byte: usize, encoding: Encoding, skipped: usize) -> Position {
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.starts.partition_point(|start| *start as usize <= byte) - 1;
        let start = (self.starts[line] as usize).max(skipped).min(byte);
        Position { line: line as u32, character: encoding.length_of(&text[start..byte]) as u32 }
    }

    /// The byte at a position; the end of its line, or of the text, if there is no such character.
    pub(super) fn byte(&self, text: &str, position: Position, encoding: Encoding, skipped: usize) -> usize {
        let Some(start) = self.starts.get(position.line as usize) else { return text.len() };
        let start = (*start as usize).max(skipped).min(text.len());
        let end = self.starts.get(position.line as usize + 1).map_or(text.len(), |end| *end as usize);
        let line = text[start..end.max(start)].trim_end_matches(['\r', '\n']);
        let wanted = position.character as usize;
        let mut passed = 0;
        for (at, c) in line.char_indices() {
            // A position inside a character counts as the one before it.
            if passed + encoding.length(c) > wanted {
                return start + at;
            }
            passed += encoding.length(c);
        }
        start + line.len()
    }

    pub(super) fn range(&self, text: &str, range: &Range<usize>, encoding: Encoding, skipped: usize) -> Places {
        let place = |byte| self.position(text, byte, encoding, skipped);
        Places { start: place(range.start), end: place(range.end.max(range.start)) }
    }

    pub(super) fn bytes(&self, text: &str, places: Places, encoding: Encoding, skipped: usize) -> Range<usize> {
        let start = self.byte(text, places.start, encoding, skipped);
        start..self.byte(text, places.end, encoding, skipped).max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_counted_as_the_client_does() {
        let text = "a😀é\r\nzw\u{301}ei\rdrei\n";
        let lines = Lines::of(text);
        let at = |byte, encoding| {
            let Position { line, character } = lines.position(text, byte, encoding, 0);
            (line, character)
        };
        let e = text.find('é').unwrap();
        assert_eq!((at(e, Encoding::Utf8), at(e, Encoding::Utf16)), ((0, 5), (0, 3)));
        assert_eq!(at(text.find("ei").unwrap(), Encoding::Utf16), (1, 3));
        assert_eq!(at(text.find("drei").unwrap(), Encoding::Utf16), (2, 0));
        assert_eq!(at(text.len(), Encoding::Utf16), (3, 0));
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            // Between the two bytes of a line break is no place of its own.
            for (byte, _) in text.char_indices().filter(|(_, c)| *c != '\n') {
                let position = lines.position(text, byte, encoding, 0);
                assert_eq!(lines.byte(text, position, encoding, 0), byte);
            }
        }
    }

    #[test]
    fn odd_positions_are_near_what_was_meant() {
        let text = "a😀\nb";
        let lines = Lines::of(text);
        let byte = |line, character| lines.byte(text, Position { line, character }, Encoding::Utf16, 0);
        assert_eq!(byte(0, 2), 1);
        assert_eq!(byte(0, 99), 5);
        assert_eq!(byte(9, 0), text.len());
    }

    #[test]
    fn a_byte_order_mark_has_no_place_of_its_own() {
        let text = "\u{feff}- id: a\n";
        let lines = Lines::of(text);
        assert_eq!(lines.position(text, 5, Encoding::Utf16, 3), Position { line: 0, character: 2 });
        assert_eq!(lines.byte(text, Position { line: 0, character: 2 }, Encoding::Utf16, 3), 5);
        assert_eq!(lines.position(text, 0, Encoding::Utf8, 3), Position { line: 0, character: 0 });
    }
}
