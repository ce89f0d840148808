//! Text to dates, with an explanation if a text isn't one.

use super::read::{Refusal, strict};
use super::{Date, DateError, explain};

/// Reads a date: EDTF of level 0 or 1, or a one-of set (`[…]`) of level 2.
///
/// # Errors
///
/// Everything else, whole: other features of level 2, the EDTF of the drafts before 2019, dates in
/// words or with slashes, days that the calendar does not have, intervals that end before they start,
/// and texts longer than [`LONGEST`].
pub fn parse(text: &str) -> Result<Date, DateError> {
    strict(text).map_err(|refusal| match refusal {
        Refusal::Known(error) => error,
        Refusal::Unread { offset, reason } => explain::explain(text, offset, reason),
    })
}
