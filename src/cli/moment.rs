//! The time to build a site for, as typed.

use std::path::Path;

use jiff::{Timestamp, civil};

use super::report;
use crate::build::{Failure, settings};

/// The last day whose first moment is a [`Timestamp`] in every time zone.
const LAST_DAY: &str = "9999-12-30";

/// A moment, or the first moment of a day.
#[derive(Clone, Copy, Debug)]
pub(super) enum Moment {
    /// A moment.
    At(Timestamp),
    /// The first moment of a day, which depends on the time zone.
    Day(civil::Date),
}

impl Moment {
    /// Reads what is typed.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if let Ok(time) = text.parse() {
            return Ok(Self::At(time));
        }
        if text.starts_with("9999-12-3") && text != LAST_DAY {
            return Err(format!("the latest time that is supported is {}", Timestamp::MAX));
        }
        let day = (text.len() == LAST_DAY.len()).then(|| text.parse().ok()).flatten();
        day.map(Self::Day).ok_or_else(|| "write it as 2025-12-22T12:00:00Z, or a day as 2025-12-22".to_owned())
    }

    /// The moment, in the time zone of the site at `root`.
    pub(super) fn there(self, root: &Path) -> Result<Timestamp, Failure> {
        match self {
            Self::At(time) => Ok(time),
            Self::Day(day) => {
                let zone = settings::time_zone(&report::open(root)?);
                let beginning = day.to_zoned(zone).map(|beginning| beginning.timestamp());
                beginning.map_err(|_| Failure::Usage(format!("{day} is too far away to build for")))
            }
        }
    }
}
