//! What is wrong with a value in brackets or braces.

use super::explain::{Line, Lines, Mistake, closing, in_quotes, key, short};
use crate::base::TextRange;

/// Brackets and braces that are open.
#[derive(Default)]
struct Open(Vec<Frame>);

/// One of them.
struct Frame {
    closed_by: char,
    /// Where its last entry begins.
    entry: usize,
    /// Where that entry's value begins, after its first colon.
    value: Option<usize>,
}

impl Open {
    /// Processes a character that means something here, at `place` of `line`. Returns the place of a colon, if it is
    /// the second of an entry.
    fn take(&mut self, line: &str, place: usize) -> Option<usize> {
        let frame = |closed_by| Frame { closed_by, entry: place + 1, value: None };
        match line.as_bytes()[place] {
            b'[' => self.0.push(frame(']')),
            b'{' => self.0.push(frame('}')),
            b']' | b'}' => {
                self.0.pop();
            }
            b',' => {
                if let Some(top) = self.0.last_mut() {
                    (top.entry, top.value) = (place + 1, None);
                }
            }
            b':' if line[place + 1..].starts_with(' ') => {
                let top = self.0.last_mut()?;
                if top.value.is_some() {
                    return Some(place);
                }
                top.value = Some(place + 1);
            }
            _ => {}
        }
        None
    }

    /// The open entry, and its value, in `line`.
    fn entry<'l>(&self, line: &'l str) -> Option<(&'l str, &'l str)> {
        let top = self.0.last()?;
        let value = top.value?;
        let end = line[value..].find([',', ']', '}']).map_or(line.len(), |end| value + end);
        Some((line[top.entry..value].trim(), line[value..end].trim()))
    }
}

/// What is wrong with the value in brackets that begins at the byte `at`.
pub(super) fn bracketed(value: &str, at: usize, lines: &mut Lines<'_>, write: &dyn Fn(&str) -> String) -> Option<Mistake> {
    let mut open = Open::default();
    let mut passed = 0;
    let mut comment = None;
    let mut line = Line { at, text: value };
    loop {
        let text = line.text;
        let mut from = 0;
        while let Some(found) = text[from..].find(['[', ']', '{', '}', '"', '\'', '#', ':', ',']) {
            let place = from + found;
            from = place + 1;
            let before = text[..place].trim_end().chars().next_back();
            match text.as_bytes()[place] {
                b'#' if text[..place].ends_with(' ') => {
                    comment = comment.or_else(|| cut(&line, place, &open, passed));
                    break;
                }
                // Inside a word it is an apostrophe.
                mark @ (b'"' | b'\'') if matches!(before, Some('[' | '{' | ',' | ':') | None) => {
                    // A mark that is open at the end of a line is followed no further: it could mean too many things.
                    from += closing(&text[from..], mark.into())? + 1;
                }
                b'"' | b'\'' => {}
                _ => {
                    if let Some(colon) = open.take(text, place) {
                        return second_colon(&line, colon, &open);
                    }
                }
            }
            if open.0.is_empty() {
                lines.next += passed;
                return (passed == 0).then(|| text_behind(value, at, from, write)).flatten();
            }
        }
        match lines.ahead(passed) {
            Some(next) if key(next.text.trim_start()).is_none() && !next.text.trim_start().starts_with("- ") => {
                passed += 1;
                line = next;
                open.0.iter_mut().for_each(|frame| (frame.entry, frame.value) = (0, None));
            }
            _ => break,
        }
    }
    if comment.is_some() {
        return comment;
    }
    let bracket = &value[..1];
    let closed = if passed == 0 {
        let missing: String = open.0.iter().rev().map(|frame| frame.closed_by).collect();
        write(&format!("{}{missing}", short(value)))
    } else {
        format!("write `{}` after its last entry", open.0[0].closed_by)
    };
    Some(Mistake {
        range: TextRange::new(at, at + 1),
        message: format!("the bracket `{bracket}` is never closed"),
        help: format!("close it: {closed}"),
    })
}

/// Text after the bracket that closes a value, which ends at `from`.
fn text_behind(value: &str, at: usize, from: usize, write: &dyn Fn(&str) -> String) -> Option<Mistake> {
    let behind = value[from..].trim();
    (!behind.is_empty() && !behind.starts_with('#')).then(|| Mistake {
        range: TextRange::new(at + from, at + value.len()),
        message: "there is text after the closing bracket".to_owned(),
        help: format!("put the whole value in quotation marks: {}", write(&in_quotes(value))),
    })
}

fn second_colon(line: &Line<'_>, colon: usize, open: &Open) -> Option<Mistake> {
    let (key, text) = open.entry(line.text)?;
    Some(Mistake {
        range: TextRange::new(line.at + colon, line.at + colon + 1),
        message: "a colon followed by a space ends a key, but this one is in the middle of a text".to_owned(),
        help: format!("put the text in quotation marks: write `{key} {}`", in_quotes(text)),
    })
}

/// A ` #` in brackets that hides the closing one, if it is on their first line.
fn cut(line: &Line<'_>, place: usize, open: &Open, passed: usize) -> Option<Mistake> {
    let takes_along = passed == 0 && line.text[place..].contains(open.0.last()?.closed_by);
    takes_along.then(|| Mistake {
        range: TextRange::new(line.at + place, line.at + line.text.len()),
        message: "YAML reads everything after ` #` as a comment, including the closing bracket".to_owned(),
        help: "put the text that contains the `#` in quotation marks".to_owned(),
    })
}
