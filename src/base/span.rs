//! Positions in the author's files.
//!
//! A record knows where it begins ([`Origin`]), and everything in it is positioned relative to that ([`TextRange`]). So a
//! record that merely moved within its file is still the same value. An absolute position is a [`Span`].

use std::ops::Range;

super::index! {
    /// A file of the site, by its position in one reading of the file tree. Adding files changes it, so nothing that is kept
    /// from one reading to the next may contain one.
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
    /// The range `start..end`. No text is longer than 4 GiB, so the narrowing loses nothing.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// The range as a standard `Range<usize>`.
    #[must_use]
    pub fn bytes(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text that the range covers, or an empty string if it does not fit `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.bytes()).unwrap_or("")
    }

    /// The same range, shifted `by` bytes to the right.
    #[must_use]
    pub fn shifted(self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

/// Where a record begins: the origin of all its ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// Byte offset of the record's first byte in the file.
    pub base: u32,
}

impl Origin {
    /// The absolute position of a range of this record.
    #[must_use]
    pub fn span(self, range: TextRange) -> Span {
        Span { file: self.file, range: range.shifted(self.base) }
    }
}

/// A range of bytes in a whole file. Lines and columns are worked out when it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Bytes of the whole file.
    pub range: TextRange,
}

/// A value and its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its position, relative to the record.
    pub range: TextRange,
}

impl<T> At<T> {
    /// `value`, at `range`.
    pub fn new(value: T, range: TextRange) -> Self {
        Self { value, range }
    }
}
