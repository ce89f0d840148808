//! Fields contain inline Markdown and no blocks: there, `1. May` is a date and not a list.

use std::ops::Range;

use crate::syntax::edited::Edited;

/// Goes at the beginning of each line of a field while it is parsed. Markdown treats it as a blank, so that emphasis
/// and quotation marks after it open; but not as one that may come before a block, so that no block begins. Texts can't
/// contain it: it is one of the control characters that are dropped wherever a text is stored.
pub(super) const GUARD: char = '\u{b}';

/// What may be at the ends of a line without meaning anything.
const BLANKS: [char; 4] = [' ', '\t', '\u{b}', '\u{c}'];

/// Whether a text can be parsed as is and has no block: one line that begins with a letter.
pub(super) fn has_no_block(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && !text.contains(['\n', '\r'])
}

/// The same, unless the text can be parsed as is.
pub(super) fn guarded_if_needed(text: &str) -> Option<Edited> {
    (!has_no_block(text)).then(|| guarded(text))
}

/// A field's text with a guard before each line, so that only its paragraphs and its inline markup are parsed as
/// Markdown.
pub(super) fn guarded(text: &str) -> Edited {
    let mut out = Edited::default();
    let mut last: Option<Range<usize>> = None;
    let mut ends_paragraph = false;
    for line in lines(text) {
        let part = &text[line.clone()];
        let inner = part.trim_matches(BLANKS);
        if inner.is_empty() {
            ends_paragraph = true;
            continue;
        }
        let start = line.start + part.len() - part.trim_start_matches(BLANKS).len();
        if let Some(last) = last {
            // Blanks at the end of a line may mean a break.
            let behind = &text[last.end..];
            let blanks = behind.len() - behind.trim_start_matches(' ').len();
            let between = last.end..start;
            match (ends_paragraph, blanks) {
                (true, _) => out.write("\n\n", between),
                (false, 0 | 1) => out.write("\n", between),
                (false, _) => out.write("  \n", between),
            }
        }
        out.write(GUARD.encode_utf8(&mut [0; 4]), start..start);
        out.keep(text, start..start + inner.len());
        last = Some(start..start + inner.len());
        ends_paragraph = false;
    }
    out
}

/// The lines of a text, without their ends. A bare carriage return ends one, as in Markdown.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let length = text[start..].find(['\n', '\r']);
        let end = length.map_or(text.len(), |length| start + length);
        next = length.map(|_| end + if text[end..].starts_with("\r\n") { 2 } else { 1 });
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_guarded_and_blanks_at_their_ends_go() {
        let shown = |text: &str| guarded(text).text.replace(GUARD, "|");
        assert_eq!(shown("1. May"), "|1. May");
        assert_eq!(shown("    a\n\t- b  "), "|a\n|- b");
        assert_eq!(shown("a  \nb\\\nc \nd"), "|a  \n|b\\\n|c\n|d");
        assert_eq!(shown("\n\na\n \t\n\n  b\n"), "|a\n\n|b");
        assert_eq!(shown(" \n\t"), "");
        assert_eq!(shown("a\r\nb\rc\r\n\r\nd"), "|a\n|b\n|c\n\n|d");
    }

    #[test]
    fn the_way_back_leads_to_the_same_words() {
        let text = "  one\n\n   - two\n  three";
        let guarded = guarded(text);
        for word in ["one", "- two", "three"] {
            let at = guarded.text.find(word).unwrap();
            assert_eq!(&text[guarded.back(&(at..at + word.len()))], word);
        }
    }
}
