//! A part of the text of a date, for errors that are about one part and help that is about the whole.

use std::ops::Range;

use super::DateError;
use super::error::{Help, error};

/// A part of a text that is a date.
pub(super) struct Piece<'a> {
    pub(super) whole: &'a str,
    pub(super) at: Range<usize>,
}

impl<'a> Piece<'a> {
    /// The part’s own text.
    pub(super) fn text(&self) -> &'a str {
        self.whole.get(self.at.clone()).unwrap_or_default()
    }

    /// Another part of the same text.
    pub(super) fn part(&self, at: Range<usize>) -> Piece<'a> {
        Piece { whole: self.whole, at }
    }

    /// The error for what EDTF has and this program does not read.
    pub(super) fn level_2(&self, what: &str, help: Option<Help>) -> DateError {
        error(self.at.clone(), &format!("{what} can't be read here (EDTF level 2)"), help)
    }
}
