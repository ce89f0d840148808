//! Finds stray markup in a text's words, from left to right.

use std::ops::Range;

use super::{brackets, emphasis, other_tools, tags};

/// The longest markup in bytes. Without a limit, a text full of such signs would be searched to its end for each of them.
const REACH: usize = 1_000;

/// Stray markup, and what to write instead.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

impl Found {
    #[expect(clippy::unnecessary_wraps, reason = "every search for a mark ends in one")]
    pub(super) fn at(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Option<Self> {
        Some(Self { range, message: message.into(), help: help.into() })
    }
}

/// A text's words, and what is known about them.
pub(super) struct Words<'w> {
    /// The words, one line per block, with letters in place of code.
    pub(super) text: &'w str,
    /// Whether it is the body of a page, which can have blocks.
    pub(super) is_body: bool,
    /// Whether a sign was typed as it is, without a backslash before it.
    pub(super) is_typed: &'w dyn Fn(usize) -> bool,
    /// What was typed before a sign.
    pub(super) typed_before: &'w dyn Fn(usize) -> Option<char>,
    /// What was typed for a range of words.
    pub(super) written: &'w dyn Fn(&Range<usize>) -> String,
    /// Whether there is a source with this key.
    pub(super) has_source: &'w dyn Fn(&str) -> bool,
    /// Whether there is a record with this id.
    pub(super) has_record: &'w dyn Fn(&str) -> bool,
}

impl<'w> Words<'w> {
    /// The rest of the block after a byte, as far as markup can reach.
    pub(super) fn rest(&self, at: usize) -> &'w str {
        let rest = &self.text[at..];
        let near = (0..=REACH.min(rest.len())).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or_default();
        let rest = &rest[..near];
        rest.split('\n').next().unwrap_or(rest)
    }

    /// The part of the block before a byte, as far back as markup can begin.
    pub(super) fn reached(&self, at: usize) -> &'w str {
        let from = (at.saturating_sub(REACH)..=at).find(|from| self.text.is_char_boundary(*from)).unwrap_or(at);
        let before = &self.text[from..at];
        before.rsplit('\n').next().unwrap_or(before)
    }

    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// Whether a block begins at a byte.
    pub(super) fn begins_block(&self, at: usize) -> bool {
        self.before(at).is_none_or(|before| before == '\n')
    }
}

/// What a byte says of the marks that it may be part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Nothing,
    /// A mark may begin with it.
    Alone,
    /// Two of it in a row may be a mark.
    Twice,
    /// A bullet may begin with it.
    Bullet,
}

const SIGNS: [Sign; 256] = {
    let mut signs = [Sign::Nothing; 256];
    let (alone, twice) = (b"[*{@^<#`~", b"=_$:!");
    let mut at = 0;
    while at < alone.len() {
        signs[alone[at] as usize] = Sign::Alone;
        at += 1;
    }
    at = 0;
    while at < twice.len() {
        signs[twice[at] as usize] = Sign::Twice;
        at += 1;
    }
    signs["•".as_bytes()[0] as usize] = Sign::Bullet;
    signs
};

/// Whether a text contains signs that markup could consist of. False for nearly every text, and needs no preparation.
pub(super) fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_mark = |at: usize| match SIGNS[usize::from(bytes[at])] {
        Sign::Nothing => false,
        Sign::Alone => true,
        Sign::Twice => bytes.get(at + 1) == bytes.get(at),
        Sign::Bullet => text[at..].starts_with(['•', '▪', '◦', '‣']),
    };
    // Comparisons of many bytes at once; most runs have none of the signs.
    bytes.chunks(RUN).enumerate().any(|(run, part)| {
        let has_signs = part.iter().fold(false, |has, byte| has | is_sign_byte(*byte));
        has_signs && (run * RUN..run * RUN + part.len()).any(is_mark)
    })
}

/// How many bytes are looked at together.
const RUN: usize = 64;

/// Whether [`SIGNS`] has a sign for a byte.
const fn is_sign_byte(byte: u8) -> bool {
    matches!(byte, b'[' | b'*' | b'{' | b'@' | b'^' | b'<' | b'#' | b'`' | b'~' | b'=' | b'_' | b'$' | b':' | b'!' | 0xe2)
}

/// The stray markup in a text, in order, without nesting.
pub(super) fn find(words: &Words<'_>) -> Vec<Found> {
    let mut found = emphasis::find(words);
    let mut at = 0;
    while let Some(start) = words.text[at..].find(is_sign).map(|skip| at + skip) {
        let sign = words.text[start..].chars().next().unwrap_or_default();
        at = start + sign.len_utf8();
        if let Some(mark) = of_sign(words, start, sign) {
            at = at.max(mark.range.end);
            found.push(mark);
        }
    }
    found.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
    let mut end = 0;
    found.retain(|mark| {
        let is_outer = mark.range.start >= end;
        end = end.max(mark.range.end);
        is_outer
    });
    found
}

fn is_sign(c: char) -> bool {
    matches!(c, '[' | '@' | '^' | '#' | '{' | '<' | '=' | '$' | ':' | '!' | '`' | '•' | '▪' | '◦' | '‣')
}

fn of_sign(words: &Words<'_>, at: usize, sign: char) -> Option<Found> {
    match sign {
        '[' => brackets::find(words, at),
        '@' => brackets::bare_key(words, at),
        '<' => tags::find(words, at),
        _ => other_tools::find(words, at, sign),
    }
}
