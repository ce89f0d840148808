//! Characters that look like those that YAML uses, and aren't: they come from word processors, phones and web pages.

use super::explain::{Line, Mistake, key, short};
use crate::base::TextRange;

/// What a text begins with that looks like a space and isn't one to YAML: its length, and its name.
pub(super) fn space(text: &str) -> Option<(usize, String)> {
    let first = text.chars().next().filter(|c| c.is_whitespace() && !c.is_ascii() || *c == '\u{200b}')?;
    let name = match first {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => "a no-break space",
        '\u{200b}' => "a zero-width space",
        _ => "a space of a different width",
    };
    Some((first.len_utf8(), format!("{name} (U+{:04X})", first as u32)))
}

/// What is wrong with the first `blank` bytes of a line.
pub(super) fn indent(line: &Line<'_>, blank: usize) -> Option<Mistake> {
    let (at, (length, name)) = line.text[..blank].char_indices().find_map(|(at, _)| Some((at, space(&line.text[at..])?)))?;
    let start = line.at + at;
    Some(Mistake {
        range: TextRange::new(start, start + length),
        message: format!("this line begins with {name}, which looks like a plain space but is not one"),
        help: "begin it with plain spaces: two for each level".to_owned(),
    })
}

/// What is wrong with something at `column` that was meant as a list entry. `may_begin` says whether a list may begin
/// here.
pub(super) fn hyphen(line: &Line<'_>, column: usize, may_begin: bool) -> Option<Mistake> {
    let rest = &line.text[column..];
    let mark = rest.chars().next()?;
    let behind = &rest[mark.len_utf8()..];
    let words = behind.trim_start();
    let is_record = key(words).is_some();
    let what = match mark {
        '-' if behind.len() == words.len() && is_record => "a space is missing after the hyphen".to_owned(),
        '-' => format!("the hyphen is followed by {}, which looks like a plain space but is not one", space(behind)?.1),
        '–' | '—' | '‒' | '−' | '‐' | '‑' if is_record || may_begin && words.len() < behind.len() => {
            "a list entry begins with a plain hyphen, but this is a dash".to_owned()
        }
        '•' | '·' | '◦' | '*' if words.len() < behind.len() && (is_record || may_begin) => {
            format!("a list entry begins with a hyphen, not with `{mark}`")
        }
        _ => return None,
    };
    let start = line.at + column;
    Some(Mistake {
        range: TextRange::new(start, start + mark.len_utf8()),
        message: what,
        help: format!("write `- {}`", short(words)),
    })
}
