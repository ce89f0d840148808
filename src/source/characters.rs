//! Finds characters that no page may contain.

use crate::base::escape::forbidden;
use crate::base::{FileId, Span, TextRange};
use crate::diagnostics::{Diagnostic, code};

/// How many lines of a file are reported. A binary file has such a character in every line.
const LINES: usize = 20;

/// Reports the first forbidden character on each line of `text`, the text of `file`.
#[must_use]
pub fn check(text: &str, file: FileId) -> Vec<Diagnostic> {
    let mut out: Vec<Diagnostic> = Vec::new();
    let mut line_end = 0;
    for (at, c) in forbidden(text) {
        if at < line_end {
            continue;
        }
        line_end = text[at..].find('\n').map_or(text.len(), |length| at + length);
        let span = Span { file, range: TextRange::new(at, at + c.len_utf8()) };
        out.push(Diagnostic::error(code::BAD_CHARACTER, span, message(c)).help(help(c)));
        if out.len() == LINES {
            break;
        }
    }
    out
}

/// What is wrong with a character.
#[must_use]
pub fn message(c: char) -> String {
    format!("the character U+{:04X} is not allowed on a web page", c as u32)
}

/// How to fix it.
#[must_use]
pub fn help(c: char) -> String {
    match c {
        // Text in an old Windows encoding, read as if it were in another one, has these in place of punctuation.
        '\u{80}'..='\u{9f}' if WINDOWS[c as usize - 0x80] != '\u{fffd}' => {
            format!(
                "this was probably `{}` in an old Windows encoding; type that, or delete the character",
                WINDOWS[c as usize - 0x80]
            )
        }
        '\u{b}' | '\u{85}' => "this is a word processor's line break; start a new line, or delete it".to_owned(),
        '\u{c}' => "this is a word processor's page break; delete it".to_owned(),
        _ => "delete it; your editor may not show it".to_owned(),
    }
}

/// The characters of Windows-1252 from 0x80 to 0x9F.
const WINDOWS: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '\u{fffd}', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}', '\u{fffd}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_told_once_with_what_was_meant() {
        let found = check("a\u{92}b\u{92}\nfine\nx\u{fffe}", FileId(3));
        let places: Vec<_> = found.iter().map(|found| found.span.unwrap().range.bytes()).collect();
        assert_eq!(places, [1..3, 13..16]);
        assert!(found[0].message.contains("U+0092") && found[0].help.as_ref().unwrap().contains("`’`"), "{found:?}");
        assert_eq!(check(&"\0\n".repeat(100), FileId(0)).len(), LINES);
        assert_eq!(check("\u{feff}é\t\r\n", FileId(0)), []);
    }
}
