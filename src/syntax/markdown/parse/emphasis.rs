//! Emphasis in scripts without spaces.
//!
//! In CommonMark, a run of asterisks can close after a quotation mark only if a blank or punctuation follows. Chinese
//! and Japanese have neither: in `**“强调”**文字` it closes nothing. So we put a guard next to such runs, which counts as a
//! blank and is never kept.

use super::lines::GUARD;
use crate::syntax::edited::Edited;

/// A text with guards next to asterisks that are between punctuation and Chinese or Japanese; `None` if it needs none.
pub(super) fn guarded(source: &str) -> Option<Edited> {
    if !source.contains('*') || source.is_ascii() || !source.contains(is_wide) {
        return None;
    }
    let guards = guards(source);
    if guards.is_empty() {
        return None;
    }
    let mut out = Edited::default();
    let mut from = 0;
    for at in guards {
        out.keep(source, from..at);
        out.write(GUARD.encode_utf8(&mut [0; 4]), at..at);
        from = at;
    }
    out.keep(source, from..source.len());
    Some(out)
}

/// Where guards go.
fn guards(source: &str) -> Vec<usize> {
    let bytes = source.as_bytes();
    let (mut out, mut open): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < bytes.len() {
        let run = |at: usize, byte: u8| bytes[at..].iter().take_while(|other| **other == byte).count();
        match bytes[at] {
            b'\\' => at += 2,
            b'\n' => {
                if bytes.get(at + 1) == Some(&b'\n') {
                    open.clear();
                }
                at += 1;
            }
            b'`' => {
                let ticks = run(at, b'`');
                let end = source[at + ticks..].find(&source[at..at + ticks]);
                at += end.map_or(ticks, |end| ticks + end + ticks);
            }
            b'*' => {
                let length = run(at, b'*');
                let (before, after) = (source[..at].chars().next_back(), source[at + length..].chars().next());
                out.extend(guard(&mut open, length, at, before, after));
                at += length;
            }
            _ => at += 1,
        }
    }
    out
}

/// Where the guard of a run of asterisks goes, if it needs one; records whether the run opens or closes.
fn guard(open: &mut Vec<usize>, length: usize, at: usize, before: Option<char>, after: Option<char>) -> Option<usize> {
    let (before, after) = (before.unwrap_or(' '), after.unwrap_or(' '));
    if open.last() == Some(&length) && !before.is_whitespace() {
        open.pop();
        return (is_mark(before) && is_wide(after)).then_some(at + length);
    }
    if after.is_whitespace() {
        return None;
    }
    open.push(length);
    (is_wide(before) && is_mark(after)).then_some(at)
}

/// Whether a character belongs to a script without spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character is punctuation to CommonMark. Those that aren't listed are rarely next to emphasis.
fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}')
        || matches!(c, '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff3d}' | '\u{ff5b}'..='\u{ff65}' | '·')
}
