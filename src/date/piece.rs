//! A part of the text of a date, for errors that are about one part and help that is about the whole.

use std::ops::Range;

use super::DateError;
use super::mistakes::spelling;

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

    /// Help to write the whole text with something else in the place of this part. If another part
    /// is at fault as well, that is mended too; `None` if it can’t be.
    pub(super) fn write(&self, by: &str) -> Option<String> {
        let before = self.whole.get(..self.at.start)?;
        let after = self.whole.get(self.at.end..)?;
        // A text that stayed as it was would be refused and mended for ever.
        (by != self.text()).then(|| spelling(&format!("{before}{by}{after}")))?
    }

    /// The error for what EDTF has and this program does not read.
    pub(super) fn level_2(&self, what: &str, help: Option<String>) -> DateError {
        DateError { at: self.at.clone(), message: format!("{what} can't be read here (EDTF level 2)"), help }
    }
}
