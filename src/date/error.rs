//! Why a text is not a date.

use std::fmt;
use std::ops::Range;

/// Why a text is not a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// The bytes of the text that are at fault.
    pub at: Range<usize>,
    /// What is wrong, as a clause without a full stop.
    pub message: String,
    /// What to write instead, where that can be known.
    pub help: Option<String>,
}

impl fmt::Display for DateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(out, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for DateError {}

pub(super) fn error(at: Range<usize>, message: &str, help: Option<String>) -> DateError {
    DateError { at, message: message.into(), help }
}

/// The names of the months for messages, which are written in English.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
