//! Places in the author's files.
//!
//! A record knows its own beginning ([`Origin`]) and everything in it is placed relative to that ([`TextRange`]), so that
//! a record that merely moved within its file is still the same value. An absolute place is a [`Span`].

use std::ops::Range;

super::index! {
    /// A file of the site: its place in the tree of files of one reading. It is another one when files are added, so what is
    /// kept from one reading to the next knows none.
    pub struct FileId(pub u32);
}

/// A half-open range of bytes, relative to the [`Origin`] of the record that holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One after the last byte.
    pub end: u32,
}

impl TextRange {
    /// The range `start..end`. Texts are limited to 4 GiB when they are read, so the narrowing loses nothing.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// The range as the standard library counts bytes.
    #[must_use]
    pub fn bytes(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text that the range covers, or nothing if it does not fit `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.bytes()).unwrap_or("")
    }

    /// The same range, `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

/// Where a record begins: the zero of all its ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// Byte offset of the record's first byte in the file.
    pub base: u32,
}

impl Origin {
    /// The absolute place of a range of this record.
    #[must_use]
    pub fn span(self, range: TextRange) -> Span {
        Span { file: self.file, range: range.shifted(self.base) }
    }
}

/// A range of bytes in a whole file. Lines and columns are worked out by whoever prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Bytes of the whole file.
    pub range: TextRange,
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its place, relative to the record.
    pub range: TextRange,
}

impl<T> At<T> {
    /// `value`, standing at `range`.
    pub fn new(value: T, range: TextRange) -> Self {
        Self { value, range }
    }
}
