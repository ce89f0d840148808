//! Dates in words, at the precision they are written in and never above it.
//!
//! Every word and every order of words comes from the catalogue, table `[date]`.

use super::words::{MONTHS, SHORT_MONTHS, Words};
use super::{Date, Day, End, Form, Member, Part, Point, Qualifier};
use crate::language::Catalogue;

/// The patterns for two dates that belong together: one for each of what the two may share.
struct Pair {
    days: &'static str,
    days_year: &'static str,
    months: &'static str,
    years: &'static str,
    other: &'static str,
}

const RANGE: Pair = Pair {
    days: "date.range.days",
    days_year: "date.range.days-year",
    months: "date.range.months",
    years: "date.range.years",
    other: "date.range.other",
};

const BETWEEN: Pair = Pair {
    days: "date.between.days",
    days_year: "date.between.days-year",
    months: "date.between.months",
    years: "date.between.years",
    other: "date.between.other",
};

/// A date in words: “March 15, 2025”, “about March 2025”, “March 12–15, 2025”.
///
/// `as_of` is the day up to which the site knows: an interval that goes on is “ongoing as of” it. One
/// that begins only after that day is “from … on”.
#[must_use]
pub fn show(date: &Date, catalogue: &Catalogue, as_of: Option<&Day>) -> String {
    Words { catalogue, months: &MONTHS, short: false }.date(date, as_of)
}

/// A date in words for lists and tables: short names of months, no time of day, and “since …”
/// without more for what goes on.
#[must_use]
pub fn show_short(date: &Date, catalogue: &Catalogue) -> String {
    Words { catalogue, months: &SHORT_MONTHS, short: true }.date(date, None)
}

/// A day in words: “March 15, 2025”.
#[must_use]
pub fn show_day(day: &Day, catalogue: &Catalogue) -> String {
    show(&Date::from(*day), catalogue, None)
}

/// A month of an astronomical year in words, for headings: “March 2025”. A month outside 1 to 12 is
/// left out.
#[must_use]
pub fn show_month(year: i32, month: u8, catalogue: &Catalogue) -> String {
    let part = if (1..=12).contains(&month) { Part::Month(month) } else { Part::Year };
    let words = Words { catalogue, months: &MONTHS, short: false };
    words.point(Point { year, part, qualifier: Qualifier::None })
}

/// An astronomical year in words, for headings: “2025”, “44 BCE” for -43.
#[must_use]
pub fn show_year(year: i32, catalogue: &Catalogue) -> String {
    Words { catalogue, months: &MONTHS, short: false }.year(year)
}

impl Words<'_> {
    fn date(&self, date: &Date, as_of: Option<&Day>) -> String {
        match &date.form {
            Form::Point(point) => self.point(*point),
            Form::Moment(point, _) if self.short => self.point(*point),
            Form::Moment(point, time) => self.moment(*point, *time),
            Form::Interval(start, end) => self.interval(*start, *end, as_of),
            Form::OneOf(members) => self.one_of(members),
        }
    }

    fn interval(&self, start: End, end: End, as_of: Option<&Day>) -> String {
        match (start, end) {
            (End::At(from), End::At(to)) => self.pair(&RANGE, from, to),
            (End::At(from), End::Unknown) => self.fill("date.from-unknown", &[("date", &self.point(from))]),
            (End::At(from), End::Open) => {
                let date = self.point(from);
                match as_of {
                    _ if self.short => self.fill("date.since", &[("date", &date)]),
                    Some(day) if *day < from.bounds().first => self.fill("date.from-on", &[("date", &date)]),
                    Some(day) => {
                        let day = show_day(day, self.catalogue);
                        self.fill("date.since-ongoing-as-of", &[("date", &date), ("day", &day)])
                    }
                    None => self.fill("date.since-ongoing", &[("date", &date)]),
                }
            }
            (End::Open, End::At(to)) => self.fill("date.until", &[("date", &self.point(to))]),
            (_, End::At(to)) => self.fill("date.until-unknown", &[("date", &self.point(to))]),
            // No interval is without a date.
            (_, End::Open | End::Unknown) => String::new(),
        }
    }

    /// Whether two dates in one phrase are each written whole.
    fn whole_dates(&self) -> bool {
        self.is("date.whole-dates", "yes")
    }

    /// Two points in one phrase, with the month and the year said once if both have them.
    fn pair(&self, pair: &Pair, from: Point, to: Point) -> String {
        if from == to {
            return self.point(from);
        }
        let plain = from.qualifier == Qualifier::None && to.qualifier == Qualifier::None;
        let one_year = plain && !self.whole_dates() && from.year == to.year;
        let year = self.year(to.year);
        match (from.part, to.part) {
            (Part::Day(month, first), Part::Day(to_month, last)) if one_year && month == to_month => self.fill(
                pair.days,
                &[("from", &self.digits(first)), ("to", &self.digits(last)), ("month", self.month(month)), ("year", &year)],
            ),
            (Part::Day(..), Part::Day(..)) if one_year => {
                self.fill(pair.days_year, &[("from", &self.day_month(from)), ("to", &self.day_month(to)), ("year", &year)])
            }
            (Part::Month(first), Part::Month(last)) if one_year => {
                self.fill(pair.months, &[("from", self.month(first)), ("to", self.month(last)), ("year", &year)])
            }
            (Part::Year, Part::Year) if plain && from.year > 999 => {
                self.fill(pair.years, &[("from", &self.year(from.year)), ("to", &year)])
            }
            _ => self.fill(pair.other, &[("from", &self.point(from)), ("to", &self.point(to))]),
        }
    }

    /// A day without its year; anything else whole.
    fn day_month(&self, point: Point) -> String {
        match point.part {
            Part::Day(month, day) => {
                self.fill("date.day-month", &[("day", &self.digits(day)), ("month", self.month(month))])
            }
            _ => self.point(point),
        }
    }

    fn one_of(&self, members: &[Member]) -> String {
        self.one_of_merged(members).unwrap_or_else(|| {
            let each = members.iter().map(|member| match *member {
                Member::At(point) => self.point(point),
                Member::OrEarlier(point) => self.fill("date.or-earlier", &[("date", &self.point(point))]),
                Member::OrLater(point) => self.fill("date.or-later", &[("date", &self.point(point))]),
                Member::Between(from, to) => self.pair(&BETWEEN, from, to),
            });
            self.or(each.collect())
        })
    }

    /// “4 or 7 April 2025”: members that are all days of a month, or days or months of a year.
    fn one_of_merged(&self, members: &[Member]) -> Option<String> {
        let plain = |member: &Member| match *member {
            Member::At(point) if point.qualifier == Qualifier::None => Some(point),
            _ => None,
        };
        let points: Vec<Point> = members.iter().map(plain).collect::<Option<_>>()?;
        let (first, year) = (points.first()?.part, points.first()?.year);
        if self.whole_dates() || points.iter().any(|point| point.year != year) {
            return None;
        }
        let months = points.iter().map(|point| match point.part {
            Part::Day(month, _) => Some(month),
            _ => None,
        });
        if let Part::Day(month, _) = first
            && months.clone().all(|other| other.is_some())
        {
            if months.clone().all(|other| other == Some(month)) {
                let days = points.iter().map(|point| match point.part {
                    Part::Day(_, day) => self.digits(day),
                    _ => String::new(),
                });
                return Some(self.day(&self.or(days.collect()), month, year));
            }
            let days = self.or(points.iter().map(|point| self.day_month(*point)).collect());
            return Some(self.fill("date.days-year", &[("days", &days), ("year", &self.year(year))]));
        }
        let names: Vec<String> = points
            .iter()
            .map(|point| match point.part {
                Part::Month(month) => Some(self.month(month).to_string()),
                _ => None,
            })
            .collect::<Option<_>>()?;
        Some(self.month_year(&self.or(names), year))
    }

    /// Alternatives in one phrase: “a, b or c”.
    fn or(&self, mut all: Vec<String>) -> String {
        let Some(last) = all.pop() else {
            return String::new();
        };
        if all.is_empty() {
            return last;
        }
        let list = all.join(self.catalogue.get("date.or-separator"));
        self.fill("date.or-last", &[("list", &list), ("last", &last)])
    }
}
