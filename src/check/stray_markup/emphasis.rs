//! Emphasis that doesn't work, most often because of a space inside it.

use std::ops::Range;

use super::marks::{Found, Words};

/// The signs that emphasis consists of, and what may be between two of them.
const MARKS: &[&str] = &["**", "__", "~~", "*"];

pub(super) fn find(words: &Words<'_>) -> Vec<Found> {
    let mut out = Vec::new();
    let mut at = 0;
    for block in words.text.split('\n') {
        for mark in MARKS.iter().filter(|mark| block.contains(**mark)) {
            in_block(words, at..at + block.len(), mark, &mut out);
        }
        at += block.len() + 1;
    }
    out
}

fn in_block(words: &Words<'_>, block: Range<usize>, mark: &str, out: &mut Vec<Found>) {
    let runs = runs(words, block.clone(), mark);
    let mut next = 0;
    while let Some(open) = runs.get(next) {
        next += 1;
        if let Some(close) = runs.get(next)
            && let Some(found) = pair(words, open, close, mark)
        {
            next += 1;
            out.push(found);
        } else if mark.len() > 1 && opens(words, open) {
            let help = format!("write `{mark}` at the end too; if you mean the signs, put a backslash before them");
            out.extend(Found::at(open.clone(), format!("`{mark}` opens here but is never closed"), help));
        }
    }
}

/// Where exactly this run of signs was typed as such.
fn runs(words: &Words<'_>, block: Range<usize>, mark: &str) -> Vec<Range<usize>> {
    let sign = mark.as_bytes()[0];
    let bytes = words.text.as_bytes();
    let mut out = Vec::new();
    let mut at = block.start;
    while at < block.end {
        let length = bytes[at..block.end].iter().take_while(|byte| **byte == sign).count();
        if length == mark.len() && (words.is_typed)(at) {
            out.push(at..at + length);
        }
        at += length.max(1);
    }
    out
}

/// Two runs that were meant to enclose the words between them.
fn pair(words: &Words<'_>, open: &Range<usize>, close: &Range<usize>, mark: &str) -> Option<Found> {
    let inner = &words.text[open.end..close.start];
    let bare = inner.trim();
    let begins = open.start == 0 || words.before(open.start).is_none_or(|c| !c.is_alphanumeric());
    let starts_blank = inner.starts_with(char::is_whitespace);
    let ends_blank = inner.ends_with(char::is_whitespace);
    if bare.chars().nth(1).is_none() || !bare.contains(char::is_alphabetic) {
        return None;
    }
    // A single asterisk is often a sign in its own right, and an operator has a space on either side.
    let is_meant = match mark {
        "*" => {
            begins
                && !starts_blank
                && ends_blank
                && words.rest(close.end).chars().next().is_none_or(|c| !c.is_alphanumeric())
        }
        _ => begins || starts_blank || ends_blank,
    };
    if !is_meant {
        return None;
    }
    let why = if starts_blank || ends_blank { ": the words between them can't begin or end with a space" } else { "" };
    let written = (words.written)(&(open.end..close.start));
    Found::at(
        open.start..close.end,
        format!("the marks `{mark}` are printed as typed{why}"),
        format!("write `{mark}{}{mark}`; if you mean the signs, put a backslash before them", written.trim()),
    )
}

/// Whether a lone sign is in an opening position: at the beginning of a word.
fn opens(words: &Words<'_>, run: &Range<usize>) -> bool {
    let starts = words.before(run.start).is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '“' | '"'));
    starts && words.rest(run.end).starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '"'))
}
