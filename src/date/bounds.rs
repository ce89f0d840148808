//! The first and last day that a date covers, as written.

use jiff::tz::TimeZone;

use super::{Date, Day, End, Form, Member, Part, Point, Season};

/// Days from a first to a last, both included. An open side is [`Day::MIN`] or [`Day::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// The first day, never after the last.
    pub first: Day,
    /// The last day.
    pub last: Day,
}

impl Bounds {
    /// Whether the two have a day in common.
    #[must_use]
    pub fn overlaps(&self, other: &Bounds) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Whether the day is one of these.
    #[must_use]
    pub fn contains(&self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }
}

impl Date {
    /// The first and last day that the date touches, as written:
    ///
    /// - Qualifiers do not widen: `2025-03~` is 1 to 31 March.
    /// - Digits not specified take every value: `202X` is 1 January 2020 to 31 December 2029.
    /// - Seasons are the meteorological ones of the northern half of the earth: spring is March to
    ///   May, and winter is December of its year to February of the next.
    /// - A time of day counts as its local day, whatever its offset; [`Date::days`] asks a zone.
    /// - An open side (`..`) is `Day::MIN` or `Day::MAX`.
    /// - An unknown side adds nothing, since nothing was written: `2022-03-27/` is that one day, and
    ///   `/2020` the year 2020. So it orders by what is known, and a query of a later time does not
    ///   find everything whose end was never reported. [`Date::end_unknown`] tells them apart.
    /// - One of several dates is from the first day of any to the last day of any.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// A date of this form.
    pub(super) fn of(form: Form) -> Date {
        let bounds = match &form {
            Form::Point(point) | Form::Moment(point, _) => point.bounds(),
            Form::Interval(start, end) => interval(*start, *end),
            Form::OneOf(members) => {
                // A set is never empty; an empty one would have no bounds.
                let none = Bounds { first: Day::MAX, last: Day::MIN };
                members
                    .iter()
                    .map(|member| member.bounds())
                    .fold(none, |all, one| Bounds { first: all.first.min(one.first), last: all.last.max(one.last) })
            }
        };
        Date { form, bounds }
    }

    /// The days of each possibility: those of every member of a one-of set, and [`Date::days`] of everything else.
    #[must_use]
    pub fn spans(&self, zone: &TimeZone) -> Vec<Bounds> {
        match &self.form {
            Form::OneOf(members) => members.iter().map(|member| member.bounds()).collect(),
            _ => vec![self.days(zone)],
        }
    }

    /// The first day of the bounds.
    #[must_use]
    pub fn first_day(&self) -> Day {
        self.bounds().first
    }

    /// The last day of the bounds.
    #[must_use]
    pub fn last_day(&self) -> Day {
        self.bounds().last
    }

    /// The last day that is named: that of the bounds, except that an open end counts as the last
    /// day of the start. Of `2022-03-27/..` it is 27 March 2022: the day by which what began is
    /// known, even if it goes on.
    #[must_use]
    pub fn last_stated_day(&self) -> Day {
        match &self.form {
            Form::Interval(End::At(start), End::Open) => start.bounds().last,
            Form::OneOf(members) => members
                .iter()
                .map(|member| match member {
                    Member::OrLater(point) => point.bounds().last,
                    other => other.bounds().last,
                })
                .max()
                .unwrap_or(Day::MAX),
            _ => self.bounds().last,
        }
    }
}

fn interval(start: End, end: End) -> Bounds {
    let point = |end| match end {
        End::At(point) => Some(point),
        End::Unknown | End::Open => None,
    };
    // An unknown side takes the bound of the known one.
    let known = |one: End, other: End| point(one).or(point(other)).map(Point::bounds);
    let first = match start {
        End::Open => Day::MIN,
        End::Unknown | End::At(_) => known(start, end).map_or(Day::MIN, |bounds| bounds.first),
    };
    let last = match end {
        End::Open => Day::MAX,
        End::Unknown | End::At(_) => known(end, start).map_or(Day::MAX, |bounds| bounds.last),
    };
    Bounds { first, last }
}

impl Member {
    fn bounds(self) -> Bounds {
        match self {
            Member::At(point) => point.bounds(),
            Member::OrEarlier(point) => Bounds { first: Day::MIN, ..point.bounds() },
            Member::OrLater(point) => Bounds { last: Day::MAX, ..point.bounds() },
            Member::Between(from, to) => Bounds { first: from.bounds().first, last: to.bounds().last },
        }
    }
}

impl Point {
    pub(super) fn bounds(self) -> Bounds {
        let year = self.year;
        let months = |from, to_year, to| Bounds { first: Day::first_of(year, from), last: Day::last_of(to_year, to) };
        match self.part {
            Part::Century => months(1, year + 99, 12),
            Part::Decade => months(1, year + 9, 12),
            Part::Year | Part::SomeMonth | Part::SomeDayOfYear => months(1, year, 12),
            Part::Season(Season::Winter) => months(12, year + 1, 2),
            Part::Season(season) => months(season.first_month(), year, season.first_month() + 2),
            Part::Month(month) | Part::SomeDayOfMonth(month) => months(month, year, month),
            Part::Day(month, day) => {
                // A parsed day exists; the clamp is for a value built by hand.
                let first = Day::first_of(year, month).add_days(i64::from(day) - 1);
                Bounds { first, last: first }
            }
        }
    }
}
