//! Edits to authors' files, by byte ranges: everything outside the edited range keeps its comments, order, quotation marks and
//! line endings.
//!
//! [`Document`] finds a field or record in a file and says which bytes to replace ([`TextEdit`]); [`Value`] is the new content,
//! written so that it reads back unchanged ([`scalar`]). Every change is tried before it is returned: the new text is parsed, and
//! it may differ from the old one only where a change was intended. [`toml`] does the same for settings. [`diff`] shows changes, and [`write`] writes them to disk,
//! completely or not at all.
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
pub mod toml;
mod value;
pub mod write;

use std::ops::Range;

pub use document::{Document, Form, Step};
pub use value::{Value, yaml};

/// A replacement for a range of bytes in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// The bytes that it replaces.
    pub range: Range<usize>,
    /// The new text.
    pub text: String,
}

impl TextEdit {
    /// Replaces the bytes in `range` with `text`.
    pub fn replace(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }

    /// Inserts `text` at a byte.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(at..at, text)
    }

    /// Deletes the bytes in `range`.
    #[must_use]
    pub fn delete(range: Range<usize>) -> Self {
        Self::replace(range, String::new())
    }
}

/// The text with these edits applied. No two of them may overlap; their order matters only for two inserts at the same byte.
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

/// Why a file can't be edited.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It can't be read, so the effect of a change can't be known.
    #[error("{0}")]
    Unreadable(String),
    /// It has no such record or field.
    #[error("there is no {0}")]
    NotThere(String),
    /// It already has what was to be added.
    #[error("there is already {0}")]
    IsThere(String),
    /// The program can't change this part of it without changing something else.
    #[error("near line {line}, {why}; make this change by hand")]
    TooOdd {
        /// The line, counted from one.
        line: usize,
        /// What would go wrong.
        why: &'static str,
    },
}
