//! Changing what authors wrote, by ranges of bytes: everything outside the touched part stays as it is, with its comments, order,
//! quotation marks and line ends.
//!
//! [`Document`] finds a field or record in a file and says which bytes to replace ([`TextEdit`]); [`Value`] is what is written
//! there, in the form that reads back as just that ([`scalar`]). No change is handed out that was not tried: the new text is
//! parsed, and has to say what the old one said, but for what was meant to change. [`diff`] shows changes, and [`write`] puts
//! them on the disk, whole or not at all.
//!
//! Knows nothing of records, of other files, or of who asks for a change.

mod compare;
pub mod diff;
mod document;
mod entries;
mod extent;
mod items;
mod order;
pub mod records;
pub mod scalar;
mod value;
pub mod write;

use std::ops::Range;

pub use document::{Document, Form, Step};
pub use value::Value;

/// Another text for some bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// The bytes that it replaces.
    pub range: Range<usize>,
    /// What stands there then.
    pub text: String,
}

impl TextEdit {
    /// `text` for the bytes at `range`.
    pub fn replace(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }

    /// `text` at a byte.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(at..at, text)
    }

    /// Nothing for the bytes at `range`.
    #[must_use]
    pub fn delete(range: Range<usize>) -> Self {
        Self::replace(range, String::new())
    }
}

/// The text with these edits, no two of which overlap. Their order does not matter, but for two at one byte.
#[must_use]
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut sorted: Vec<&TextEdit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut out = String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut from = 0;
    for TextEdit { range, text: new } in sorted {
        if range.start < from {
            continue;
        }
        out.push_str(&text[from..range.start]);
        out.push_str(new);
        from = range.end;
    }
    out.push_str(&text[from..]);
    out
}

/// Why a file can't be changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It can't be read, so nobody knows what a change would do.
    #[error("{0}")]
    Unreadable(String),
    /// There is no such record or field in it.
    #[error("there is no {0}")]
    NotThere(String),
    /// Something stands there already.
    #[error("there is already {0}")]
    IsThere(String),
    /// It is written in a way that the program can't change without changing something else.
    #[error("this is written in a way that only a person can change, near line {line}: {why}")]
    TooOdd {
        /// The line, from one.
        line: usize,
        /// What would have gone wrong.
        why: &'static str,
    },
}
