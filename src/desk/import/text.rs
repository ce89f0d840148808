//! Decodes text. Spreadsheets come in whatever encoding the computer that saved them prefers.

use crate::base::escape::{forbidden, is_forbidden};

/// A text's encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, which Excel calls “Unicode text”.
    Utf16,
    /// Windows-1252, which Excel calls “CSV”.
    Windows1252,
}

/// A file's text and its encoding. Line endings become `\n`. Anything that is neither UTF-8 nor marked as UTF-16 is read as
/// Windows-1252, in which every byte is a character. Characters that pages may not contain are removed or replaced.
#[must_use]
pub fn decode(bytes: &[u8]) -> (String, Encoding) {
    let (text, encoding) = match bytes {
        [0xff, 0xfe, rest @ ..] => (wide(rest, u16::from_le_bytes), Encoding::Utf16),
        [0xfe, 0xff, rest @ ..] => (wide(rest, u16::from_be_bytes), Encoding::Utf16),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (text.trim_start_matches('\u{feff}').to_owned(), Encoding::Utf8),
            Err(_) => (bytes.iter().map(|byte| letter(*byte)).collect(), Encoding::Windows1252),
        },
    };
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    let text = if is_clean(&text) { text } else { text.chars().filter_map(allowed).collect() };
    (text, encoding)
}

/// Whether a text has only characters that pages may contain.
fn is_clean(text: &str) -> bool {
    forbidden(text).next().is_none()
}

/// A character that pages may contain in place of another: control characters are Windows-1252 in disguise, a word processor's
/// breaks, or nothing that anybody sees.
fn allowed(c: char) -> Option<char> {
    let c = match c {
        '\u{80}'..='\u{9f}' => u8::try_from(c).map_or(c, letter),
        '\u{b}' | '\u{c}' => ' ',
        c => c,
    };
    (!is_forbidden(c)).then_some(c)
}

/// Replaces characters that pages may not contain, which escapes in a file can still make.
pub(super) fn cleaned(text: &mut String) {
    if !is_clean(text) {
        *text = text.chars().map(|c| allowed(c).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    }
}

fn wide(bytes: &[u8], letter: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| letter([pair[0], pair[1]]));
    char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The characters of Windows-1252 that are control characters in ISO 8859-1; five bytes are unassigned.
const FROM_0X80: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn letter(byte: u8) -> char {
    match byte {
        0x80..=0x9f => FROM_0X80[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_as_they_were_written() {
        assert_eq!(decode("\u{feff}Ä\r\nb".as_bytes()), ("Ä\nb".to_owned(), Encoding::Utf8));
        assert_eq!(decode(b"\x93Caf\xe9\x94 \x80"), ("“Café” €".to_owned(), Encoding::Windows1252));
        assert_eq!(decode(b"\xff\xfeA\x00\xe9\x00"), ("Aé".to_owned(), Encoding::Utf16));
        assert_eq!(decode(b"\xfe\xff\x00A"), ("A".to_owned(), Encoding::Utf16));
        assert_eq!(decode(b"a\rb").0, "a\nb");
        assert_eq!(decode("\0it\u{92}s\u{b}a\u{81}".as_bytes()).0, "it’s a");
    }
}
