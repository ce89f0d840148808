//! A pointer or citation that someone is typing: `[[fli`, `[see @ap; @or`.

use std::ops::Range;

use crate::syntax::markdown::citation;

/// What is being typed.
#[derive(Debug, PartialEq, Eq)]
pub enum Typed {
    /// The id of a pointer.
    Pointer {
        /// The id so far, and what is left of it behind the cursor.
        range: Range<usize>,
        /// Whether `]]` follows.
        is_closed: bool,
    },
    /// The heading of a pointer, behind `#`.
    Heading {
        /// The record that has it; `None` for a heading of the same page.
        id: Option<Range<usize>>,
        /// The heading so far.
        range: Range<usize>,
        /// Whether `]]` follows.
        is_closed: bool,
    },
    /// The key of a citation.
    Citation {
        /// The key so far, and what is left of it behind the cursor.
        range: Range<usize>,
        /// Whether a bracket closes the citation.
        is_closed: bool,
    },
}

/// The pointer or citation that the byte `at` is in.
#[must_use]
pub fn typed(text: &str, at: usize) -> Option<Typed> {
    let line_start = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |line| line + 1);
    let line_end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |line| at + line);
    let (before, after) = (&text[line_start..at], &text[at..line_end]);
    pointer(before, after, line_start).or_else(|| cited(before, after, line_start))
}

fn pointer(before: &str, after: &str, line: usize) -> Option<Typed> {
    let open = before.rfind("[[")? + 2;
    let written = &before[open..];
    if written.contains(['|', '\n']) || written.contains("]]") {
        return None;
    }
    let (start, at) = (line + open, line + before.len());
    let rest = &after[..after.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(after.len())];
    let is_closed = after[rest.len()..].starts_with([']', '|', '#']);
    let end = at + rest.len();
    match written.split_once('#') {
        Some((id, heading)) => {
            let id = (!id.is_empty()).then(|| start..start + id.len());
            Some(Typed::Heading { id, range: at - heading.len()..end, is_closed })
        }
        None => Some(Typed::Pointer { range: start..end, is_closed }),
    }
}

fn cited(before: &str, after: &str, line: usize) -> Option<Typed> {
    let open = before.rfind('[').filter(|open| !before[*open..].contains(']'))? + 1;
    let part = before[open..].rfind(';').map_or(open, |semicolon| open + semicolon + 1);
    let group = &before[part..];
    let sign = group.char_indices().find_map(|(at, c)| {
        let before = group[..at].strip_suffix('-').unwrap_or(&group[..at]);
        (c == '@' && (before.is_empty() || before.ends_with(char::is_whitespace))).then_some(at + 1)
    })?;
    let key = group[sign..].strip_prefix('{').unwrap_or(&group[sign..]);
    let is_whole = |key: &str| citation::split_key(key).is_some_and(|(_, rest)| rest.is_empty());
    // A mark at its end may be followed by more of the key.
    if !key.is_empty() && !is_whole(key) && !is_whole(&format!("{key}x")) {
        return None;
    }
    let at = line + before.len();
    let rest = after.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ']' | '}')).unwrap_or(after.len());
    // What follows without a space on an unclosed line is the author's next word, not the key.
    let is_closed = after[rest..].contains(']');
    let rest = if is_closed { rest } else { 0 };
    Some(Typed::Citation { range: at - key.len()..at + rest, is_closed })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(marked: &str) -> Option<(String, bool)> {
        let at = marked.find('¦').unwrap();
        let text = marked.replacen('¦', "", 1);
        typed(&text, at).map(|typed| match typed {
            Typed::Pointer { range, is_closed } => (format!("[[{}", &text[range]), is_closed),
            Typed::Heading { id, range, is_closed } => {
                (format!("{}#{}", id.map_or("", |id| &text[id]), &text[range]), is_closed)
            }
            Typed::Citation { range, is_closed } => (format!("@{}", &text[range]), is_closed),
        })
    }

    fn is(marked: &str, wanted: &str, is_closed: bool) {
        assert_eq!(at(marked), Some((wanted.to_owned(), is_closed)), "{marked}");
    }

    #[test]
    fn pointers() {
        is("See [[¦", "[[", false);
        is("See [[a]] and [[fli¦ and more", "[[fli", false);
        is("See [[fli¦ghts]] and", "[[flights", true);
        is("See [[a¦|words]]", "[[a", true);
        is("[[a#wh¦]]", "a#wh", true);
        is("[[#¦", "#", false);
        assert_eq!(at("See [[a]] ¦"), None);
        assert_eq!(at("See [[a|wo¦rds]]"), None);
    }

    #[test]
    fn citations() {
        is("It left.[@¦", "@", false);
        is("It left.[@a¦p]", "@ap", true);
        is("It left.[-@a¦]", "@a", true);
        is("It left.[see @ap, p. 2; @¦]", "@", true);
        is("It left.[@ap; -@or¦]", "@or", true);
        is("It left.[@ap-¦]", "@ap-", true);
        is("It left.[@¦ and more", "@", false);
        assert_eq!(at("It left.[@ap, p. ¦2]"), None);
        assert_eq!(at("me@exa¦mple.org"), None);
        assert_eq!(at("[me@exa¦mple.org]"), None);
        assert_eq!(at("[@ap] wo¦rd"), None);
    }
}
