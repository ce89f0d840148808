//! Finds placeholders in plain text.

use std::ops::Range;

/// Whether a text contains what a placeholder could consist of: `TK`, `TODO`, `FIXME`, `XXX`, `lorem` or a bracket. False
/// for nearly every text, and ten times as fast as looking for the placeholders themselves.
pub fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let suspicious = |at: usize| match bytes[at] {
        b'T' => bytes[at..].starts_with(b"TK") || bytes[at..].starts_with(b"TODO"),
        b'F' => bytes[at..].starts_with(b"FIXME"),
        b'X' => bytes[at..].starts_with(b"XXX"),
        // Search for the last letter, which is half as frequent in texts as the first.
        _ => at >= 4 && bytes[at - 4..=at].eq_ignore_ascii_case(b"lorem"),
    };
    memchr::memchr3_iter(b'T', b'F', b'X', bytes).any(suspicious)
        || memchr::memchr2_iter(b'M', b'm', bytes).any(suspicious)
        || memchr::memchr(b'[', bytes).is_some()
}

/// Words that begin a note of one editor to another, which stands in brackets and in capitals.
const NOTES: [&str; 18] = [
    "ADD",
    "ASK",
    "CHECK",
    "CITE",
    "CONFIRM",
    "CUT",
    "DATE",
    "DELETE",
    "FILL",
    "FIX",
    "INSERT",
    "LINK",
    "NOTE",
    "PHOTO",
    "PLACEHOLDER",
    "TBC",
    "TBD",
    "VERIFY",
];

/// The longest note in bytes, with its brackets.
const LONGEST_NOTE: usize = 200;

/// Notes that are known in any case.
const KNOWN_NOTES: [&str; 6] =
    ["citation needed", "source needed", "needs source", "needs citation", "to be confirmed", "insert here"];

/// The notes in brackets in a text: `[CHECK WITH LEGAL]`, `[citation needed]`.
fn notes(text: &str) -> Vec<Range<usize>> {
    let bracket = |(at, _): (usize, &str)| {
        let rest = &text[at..];
        // Without a limit, a text full of brackets would be searched to its end for each of them.
        let near = &rest.as_bytes()[1..rest.len().min(LONGEST_NOTE)];
        let end = 1 + near.iter().position(|byte| matches!(byte, b'\n' | b'[' | b']'))?;
        if rest.as_bytes()[end] != b']' {
            return None;
        }
        let inner = &rest[1..end];
        let first = inner.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let is_shouted = NOTES.contains(&first) && !inner.chars().any(char::is_lowercase);
        let is_known = KNOWN_NOTES.iter().any(|note| inner.eq_ignore_ascii_case(note));
        (is_shouted || is_known).then_some(at..at + end + 1)
    };
    text.match_indices('[').filter_map(bracket).collect()
}

/// The positions of placeholders in `text`.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let is_letter = |c: char| c.is_alphanumeric();
    let mut marks = notes(text);
    let mut at = 0;
    while let Some(skip) = text[at..].find(is_letter) {
        let start = at + skip;
        let rest = &text[start..];
        let end = start + rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        let word = &text[start..end];
        at = end;
        if word.eq_ignore_ascii_case("lorem") {
            let rest = text[end..].trim_start();
            let ipsum = rest.get(..5).is_some_and(|next| next.eq_ignore_ascii_case("ipsum"));
            if ipsum && rest.len() < text.len() - end && !rest[5..].starts_with(is_letter) {
                at = text.len() - rest.len() + 5;
                marks.push(start..at);
            }
        } else if is_mark(word) && stands_alone(word, &text[..start], &text[end..]) {
            marks.push(start..end);
        }
    }
    // A `TK` within a note is told once.
    marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
    let mut reach = 0;
    marks.retain(|mark| {
        let is_new = mark.start >= reach;
        reach = reach.max(mark.end);
        is_new
    });
    marks
}

fn is_mark(word: &str) -> bool {
    let doubled = |word: &str| word.len() >= 2 && word.as_bytes().chunks(2).all(|pair| pair == b"TK");
    matches!(word, "TODO" | "FIXME") || doubled(word) || word.len() >= 3 && word.bytes().all(|byte| byte == b'X')
}

/// Whether a placeholder is a separate word, and not part of a name, an address or a sentence in capitals.
fn stands_alone(word: &str, before: &str, after: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut following = after.chars();
    let joined_after = match following.next() {
        Some('/' | '@' | '#' | '=') => true,
        // `TK-year-old`, but `TK-421` and `TK-MAX`.
        Some('-') => following.next().is_some_and(|c| c.is_uppercase() || c.is_numeric()),
        // `TK's`, but `TK'EMLÚPS`.
        Some('\'' | '’') => {
            let suffix = following.as_str().split(|c: char| !c.is_alphanumeric()).next();
            !matches!(suffix, None | Some("" | "s"))
        }
        Some('.' | '_') => letter(following.next()),
        _ => false,
    };
    let mut preceding = before.chars().rev();
    let joined_before = match preceding.next() {
        Some('/' | '@' | '#' | '=') => true,
        Some('-' | '\'' | '’' | '.' | '_') => letter(preceding.next()),
        _ => false,
    };
    let shouted = word == "TODO" && (is_shouted(after.strip_prefix(' ')) || is_shouted_end(before.strip_suffix(' ')));
    !joined_after && !joined_before && !shouted
}

/// Whether a text begins with a word in capitals that is not a placeholder itself.
fn is_shouted(text: Option<&str>) -> bool {
    let word = text.unwrap_or("").split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    is_capitals(word)
}

/// Whether a text ends with such a word.
fn is_shouted_end(text: Option<&str>) -> bool {
    let word = text.unwrap_or("").rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    is_capitals(word)
}

fn is_capitals(word: &str) -> bool {
    word.chars().nth(1).is_some() && word.chars().all(char::is_uppercase) && !is_mark(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let found: Vec<_> = find(text).into_iter().map(|mark| &text[mark]).collect();
        assert!(found.is_empty() || may_hold(text), "{text}");
        found
    }

    #[test]
    fn finds_marks_and_leaves_words_alone() {
        for text in ["TK", "a TK-year-old man", "(TK)", "“TK”", "$TK million", "TK's lawyer", "TKTK", "about TK, TK"] {
            assert!(!found(text).is_empty(), "{text}");
        }
        assert_eq!(
            found("It costs [CHECK WITH LEGAL: TK] $4, [Citation needed] [TBC]."),
            ["[CHECK WITH LEGAL: TK]", "[Citation needed]", "[TBC]"]
        );
        for text in ["[SIC]", "[Check mark]", "[ADDED by the court]", "[CHECK", "[ADD\n]", "[REDACTED]", "an [the] x"] {
            assert_eq!(find(text), [], "{text}");
        }
        assert_eq!(
            found("TODO: ask XXX. FIXME! Lorem\nIpsum dolor, XXXX"),
            ["TODO", "XXX", "FIXME", "Lorem\nIpsum", "XXXX"]
        );
        for text in [
            "TKO",
            "Tk'emlúps",
            "TK'EMLÚPS",
            "TK’EMLÚPS",
            "tk",
            "TK1980",
            "TK-421",
            "ATK",
            "to do",
            "Todo",
            "todo",
            "TODOS",
            "TODO POR LA PATRIA",
            "GANA TODO",
            "XX",
            "XXXI",
            "xxx",
            "https://a.example/TODO",
            "TK.example",
            "TK_name",
            "lorem",
            "loremipsum",
            "lorem ipsumus",
            "#TODO",
            "Hawaii",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
