//! Dates as news knows them: EDTF (ISO 8601-2:2019, Annex A; loc.gov/standards/datetime), levels 0
//! and 1, and the one-of sets of level 2.
//!
//! - [`parse`] reads a date from its text, and says how to write it where the text is not EDTF.
//!   `read.rs` is the only importer of the EDTF crate; the types here are our own.
//! - [`Date::bounds`] are the first and last [`Day`] that a date covers, as written.
//! - [`Date::order_key`] puts dates in order, and [`Date::days`] are the bounds, both by the clocks of
//!   a site.
//! - `Display` writes EDTF again, and reading that gives the same date. [`Date::machine`] writes
//!   what HTML’s `<time>` allows.
//! - [`show`] says it in words, at the precision that was written and never above it. [`Date::start`] and
//!   [`Date::end`] are its parts, for templates that say it their own way.
//!
//! This module asks no clock and reads no file. A time zone is handed to it where dates are compared;
//! what is shown keeps its offset, and is never converted. Years are astronomical, as in ISO 8601:
//! year 0 is 1 BCE, and -1 is 2 BCE.

mod bounds;
mod characters;
mod clock;
mod day;
mod error;
mod explain;
mod notations;
mod order;
mod parse;
mod parts;
mod phrases;
mod piece;
mod read;
mod show;
mod span;
mod unbroken;
mod words;
mod write;

#[cfg(test)]
mod tests;

use jiff::tz::TimeZone;

pub use bounds::Bounds;
pub use day::Day;
pub use error::DateError;
pub use order::{OrderKey, StateKey};
pub use parse::parse;
pub use parts::{PartWords, Parts, words_of};
pub use phrases::is_open;
pub use read::LONGEST;
pub use show::{show, show_below_year, show_day, show_month, show_runs, show_short, show_year, show_years};
pub use span::{SpanEnd, parse_end, span};
pub use unbroken::Run;

/// A date: a point in time at some precision, an interval, or one of several dates.
///
/// Two dates are equal if they are written alike: `2025-03-15/2025-03-15` is not `2025-03-15`. The
/// one thing that is not kept is the hours-only form of an offset: `-04` is `-04:00`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    form: Form,
    /// Worked out once, because putting dates in order and finding spans of time need nothing else.
    bounds: Bounds,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Form {
    /// `2025-03~`
    Point(Point),
    /// `2025-03-15T19:25:00-04:00`; the point is an unqualified day.
    Moment(Point, Time),
    /// `2025-03-15/..`; at least one of the ends is a point.
    Interval(End, End),
    /// `[2025-04-04,2025-04-07]`; never empty.
    OneOf(Box<[Member]>),
}

/// A year or a part of a year, perhaps qualified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Point {
    /// At most [`day::LAST_YEAR`] from zero. Digits that are not specified are 0.
    year: i32,
    part: Part,
    qualifier: Qualifier,
}

/// What a point names, from coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    /// `20XX`
    Century,
    /// `202X`
    Decade,
    /// `2025`
    Year,
    /// `2025-XX`: a month of the year, not known which
    SomeMonth,
    /// `2025-XX-XX`: a day of the year, not known which
    SomeDayOfYear,
    /// `2025-21`
    Season(Season),
    /// `2025-03`
    Month(u8),
    /// `2025-03-XX`: a day of the month, not known which
    SomeDayOfMonth(u8),
    /// `2025-03-15`: month and day
    Day(u8, u8),
}

/// The seasons of level 1, in the order of their codes 21 to 24.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Qualifier {
    None,
    /// `?`: the source is in doubt
    Uncertain,
    /// `~`: an estimate
    Approximate,
    /// `%`
    Both,
}

/// A time of day as a clock on the spot showed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Time {
    hour: u8,
    minute: u8,
    /// 0 to 60, for a leap second.
    second: u8,
    offset: Offset,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Offset {
    /// Nothing written: local time.
    None,
    /// `Z`
    Utc,
    /// Minutes east of UTC: `-04:00` is -240.
    Minutes(i16),
}

/// An end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum End {
    /// Nothing written: there is an end, and it is not known.
    Unknown,
    /// `..`: no end, or none yet.
    Open,
    At(Point),
}

/// A member of a one-of set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Member {
    At(Point),
    /// `..2025`
    OrEarlier(Point),
    /// `2025..`
    OrLater(Point),
    /// `2025-04-04..2025-04-07`, both of one precision and unqualified
    Between(Point, Point),
}

/// How fine a date is, from coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// `20XX`
    Century,
    /// `202X`
    Decade,
    /// `2025`, and `2025-XX` and `2025-XX-XX`, of which no more is known
    Year,
    /// `2025-21`
    Season,
    /// `2025-03`, and `2025-03-XX`
    Month,
    /// `2025-03-15`
    Day,
    /// `2025-03-15T19:25:00`
    Time,
}

impl Date {
    /// Whether any part of the date is an estimate (`~` or `%`).
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.any(|point| matches!(point.qualifier, Qualifier::Approximate | Qualifier::Both))
    }

    /// Whether the source of any part of the date is in doubt (`?` or `%`).
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.any(|point| matches!(point.qualifier, Qualifier::Uncertain | Qualifier::Both))
    }

    /// Whether the date is one known day, perhaps with a time: `2025-03-15`, and not `2025-03-15~`.
    #[must_use]
    pub fn is_exact_day(&self) -> bool {
        match self.form {
            Form::Moment(..) => true,
            Form::Point(point) => matches!(point.part, Part::Day(..)) && point.qualifier == Qualifier::None,
            Form::Interval(..) | Form::OneOf(_) => false,
        }
    }

    /// Whether the date is an interval with two ends, known or not: `2025/2026`, `2025/..`.
    #[must_use]
    pub fn is_interval(&self) -> bool {
        matches!(self.form, Form::Interval(..))
    }

    /// Whether the date goes on: an interval with the open end `..`.
    #[must_use]
    pub fn is_ongoing(&self) -> bool {
        matches!(self.form, Form::Interval(_, End::Open))
    }

    /// Whether the date is an interval that had an end which is not known: `2022-03-27/`.
    #[must_use]
    pub fn end_unknown(&self) -> bool {
        matches!(self.form, Form::Interval(_, End::Unknown))
    }

    /// Whether the date is an interval that had a start which is not known: `/2022-03-27`.
    #[must_use]
    pub fn start_unknown(&self) -> bool {
        matches!(self.form, Form::Interval(End::Unknown, _))
    }

    /// The time of day as written, in hours, minutes and seconds (60 is a leap second).
    #[must_use]
    pub fn time_of_day(&self) -> Option<(u8, u8, u8)> {
        match self.form {
            Form::Moment(_, time) => Some((time.hour, time.minute, time.second)),
            _ => None,
        }
    }

    /// The offset of the time of day as written, in minutes east of UTC. `None` if there is no time,
    /// or it is a local one.
    #[must_use]
    pub fn offset_minutes(&self) -> Option<i16> {
        match self.form {
            Form::Moment(_, Time { offset: Offset::Utc, .. }) => Some(0),
            Form::Moment(_, Time { offset: Offset::Minutes(minutes), .. }) => Some(minutes),
            _ => None,
        }
    }

    /// How fine the date is; of an interval or a set, its coarsest part.
    #[must_use]
    pub fn precision(&self) -> Precision {
        if let Form::Moment(..) = self.form {
            return Precision::Time;
        }
        let mut coarsest = Precision::Day;
        self.each(&mut |point| coarsest = coarsest.min(point.precision()));
        coarsest
    }

    /// The year and month in which the date begins, for grouping and headings, and no more than is
    /// written: the month is `None` if the date begins with a year or more (`2025`, `2025-XX`,
    /// `202X`). A season counts as the month it begins in, and an interval without a known start as
    /// its end, as in its bounds. A time with its offset counts as the day that clocks of `zone`
    /// showed, as it does in the order. `None` if the start is open (`../2020`).
    #[must_use]
    pub fn year_month_of_first(&self, zone: &TimeZone) -> Option<(i32, Option<u8>)> {
        if let Form::Moment(..) = self.form {
            let (year, month, _) = self.days(zone).first.ymd();
            return Some((year, Some(month)));
        }
        let first = match &self.form {
            Form::Point(point)
            | Form::Moment(point, _)
            | Form::Interval(End::At(point), _)
            | Form::Interval(End::Unknown, End::At(point)) => *point,
            Form::Interval(..) => return None,
            Form::OneOf(members) => members
                .iter()
                .map(|member| match *member {
                    Member::OrEarlier(_) => None,
                    Member::At(point) | Member::OrLater(point) | Member::Between(point, _) => Some(point),
                })
                // `None` is less than any, as it should be: a set that is open to the past has no start.
                .min_by_key(|point| point.map(|point| (point.bounds().first, point.part.rank())))??,
        };
        let month = match first.part {
            Part::Century | Part::Decade | Part::Year | Part::SomeMonth | Part::SomeDayOfYear => None,
            Part::Season(season) => Some(season.first_month()),
            Part::Month(month) | Part::SomeDayOfMonth(month) | Part::Day(month, _) => Some(month),
        };
        Some((first.year, month))
    }

    /// Whether a test holds of any point of the date.
    fn any(&self, test: impl Fn(Point) -> bool) -> bool {
        let mut found = false;
        self.each(&mut |point| found |= test(point));
        found
    }

    /// Calls back with each point of the date, in the order written.
    fn each(&self, visit: &mut impl FnMut(Point)) {
        match &self.form {
            Form::Point(point) | Form::Moment(point, _) => visit(*point),
            Form::Interval(start, end) => {
                for end in [start, end] {
                    if let End::At(point) = end {
                        visit(*point);
                    }
                }
            }
            Form::OneOf(members) => {
                for member in members {
                    match *member {
                        Member::At(point) | Member::OrEarlier(point) | Member::OrLater(point) => visit(point),
                        Member::Between(from, to) => {
                            visit(from);
                            visit(to);
                        }
                    }
                }
            }
        }
    }
}

/// The date that is one whole day.
impl From<Day> for Date {
    fn from(day: Day) -> Date {
        let (year, month, day) = day.ymd();
        let point = Point { year, part: Part::Day(month, day), qualifier: Qualifier::None };
        Date::of(Form::Point(point))
    }
}

impl std::str::FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        parse(text)
    }
}

impl Point {
    fn precision(self) -> Precision {
        match self.part {
            Part::Century => Precision::Century,
            Part::Decade => Precision::Decade,
            Part::Year | Part::SomeMonth | Part::SomeDayOfYear => Precision::Year,
            Part::Season(_) => Precision::Season,
            Part::Month(_) | Part::SomeDayOfMonth(_) => Precision::Month,
            Part::Day(..) => Precision::Day,
        }
    }
}

impl Precision {
    /// Its name, as templates see it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Precision::Century => "century",
            Precision::Decade => "decade",
            Precision::Year => "year",
            Precision::Season => "season",
            Precision::Month => "month",
            Precision::Day => "day",
            Precision::Time => "time",
        }
    }
}

impl Season {
    const ALL: [Season; 4] = [Season::Spring, Season::Summer, Season::Autumn, Season::Winter];

    /// Its month code in EDTF, 21 to 24.
    fn code(self) -> u8 {
        21 + self as u8
    }

    /// The month it begins in: seasons are the meteorological ones of the northern half of the earth.
    fn first_month(self) -> u8 {
        3 + 3 * self as u8
    }
}
