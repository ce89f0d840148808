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
    /// The date that the whole text should be, where the help names just one.
    pub instead: Option<String>,
}

/// What to write instead: in words, and the date itself if it is only one.
pub(super) struct Help {
    pub(super) words: String,
    pub(super) instead: Option<String>,
}

impl Help {
    /// Help to write just `date`.
    pub(super) fn write(date: &str) -> Self {
        Self { words: format!("write `{date}`"), instead: Some(date.to_owned()) }
    }

    /// The same under a condition, which only the author can know of.
    pub(super) fn only_if(self, condition: &str) -> Self {
        format!("{} if {condition}", self.words).into()
    }
}

impl From<String> for Help {
    fn from(words: String) -> Self {
        Self { words, instead: None }
    }
}

impl From<&str> for Help {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
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

pub(super) fn error(at: Range<usize>, message: &str, help: Option<Help>) -> DateError {
    let (help, instead) = help.map_or((None, None), |help| (Some(help.words), help.instead));
    DateError { at, message: message.into(), help, instead }
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
