//! Dates in words, at the precision they are written in and never above it.
//!
//! Every word and every order of words comes from the catalogue, tables `[date]` and `[either]`.

use super::unbroken::{Marks, Run, runs};
use super::words::{Place, Words};
use super::{Date, Day, End, Form, Member, Part, Point, Qualifier};
use crate::language::Catalogue;

/// The patterns for two dates that belong together: one for each of what the two may share.
struct Pair {
    days: &'static str,
    days_year: &'static str,
    months: &'static str,
    years: &'static str,
    /// A key of `[date]`.
    other: &'static str,
}

const RANGE: Pair = Pair {
    days: "date.range.days",
    days_year: "date.range.days-year",
    months: "date.range.months",
    years: "date.range.years",
    other: "range.other",
};

const BETWEEN: Pair = Pair {
    days: "date.between.days",
    days_year: "date.between.days-year",
    months: "date.between.months",
    years: "date.between.years",
    other: "between.other",
};

/// A date in words: “March 15, 2025”, “about March 2025”, “March 12–15, 2025”.
///
/// `as_of` is the day up to which the site knows: an interval that goes on is “ongoing as of” it. One
/// that begins only after that day is “from … on”.
#[must_use]
pub fn show(date: &Date, catalogue: &Catalogue, as_of: Option<&Day>) -> String {
    Words::of(catalogue).date(date, as_of)
}

/// A date in words with short names of months, for the axis of a chart: “Jan. 2025”.
#[must_use]
pub fn show_short(date: &Date, catalogue: &Catalogue) -> String {
    Words { short: true, ..Words::of(catalogue) }.date(date, None)
}

/// [`show`] in runs, by where a line may break.
#[must_use]
pub fn show_runs(date: &Date, catalogue: &Catalogue, as_of: Option<&Day>) -> Vec<Run> {
    runs(&Words::marked(catalogue).date(date, as_of))
}

/// The same below a heading with the year: “April 14”. The year is still named where the date has another one as
/// well, or none, or one of an era.
#[must_use]
pub fn show_below_year(date: &Date, catalogue: &Catalogue, as_of: Option<&Day>, year: i32) -> Vec<Run> {
    let words = Words::marked(catalogue);
    runs(&words.below_year(date, year).unwrap_or_else(|| words.date(date, as_of)))
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
    let words = Words::of(catalogue);
    words.point(Point { year, part, qualifier: Qualifier::None }, Place::Alone)
}

/// An astronomical year in words, for headings: “2025”, “44 BCE” for -43.
#[must_use]
pub fn show_year(year: i32, catalogue: &Catalogue) -> String {
    Words::of(catalogue).lone_year(year)
}

/// The years from one to another, both astronomical: “2019–2025”.
#[must_use]
pub fn show_years(from: i32, to: i32, catalogue: &Catalogue) -> String {
    if from == to { show_year(from, catalogue) } else { Words::of(catalogue).span(from, to) }
}

impl Words<'_> {
    fn date(&self, date: &Date, as_of: Option<&Day>) -> String {
        match &date.form {
            Form::Point(point) => self.point(*point, Place::Alone),
            Form::Moment(point, time) => {
                let day = Words { marks: Marks::None, ..*self }.point(*point, Place::Within);
                self.moment(day, *time)
            }
            Form::Interval(start, end) => self.interval(*start, *end, as_of),
            Form::OneOf(members) => self.one_of(members),
        }
    }

    fn interval(&self, start: End, end: End, as_of: Option<&Day>) -> String {
        match (start, end) {
            (End::At(from), End::At(to)) => self.pair(&RANGE, from, to),
            (End::At(from), End::Unknown) => self.around("from-unknown", from, &[]),
            (End::At(from), End::Open) => match as_of {
                Some(day) if *day < from.bounds().first => self.around("from-on", from, &[]),
                Some(day) => {
                    let day = self.marks.keep(show_day(day, self.catalogue));
                    self.around("since-ongoing-as-of", from, &[("day", &day)])
                }
                None => self.around("since-ongoing", from, &[]),
            },
            (End::Open, End::At(to)) => self.around("until", to, &[]),
            (_, End::At(to)) => self.around("until-unknown", to, &[]),
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
            return self.point(from, Place::Alone);
        }
        let plain = from.qualifier == Qualifier::None && to.qualifier == Qualifier::None;
        let one_year = plain && !self.whole_dates() && from.year == to.year;
        let year = self.year(to.year);
        let fill = |key: &str, from: &str, to: &str, month: &str| {
            let to = self.marks.part(to);
            self.marks.keep(self.fill(key, &[("from", from), ("to", &to), ("month", month), ("year", &year)]))
        };
        match (from.part, to.part) {
            (Part::Day(month, first), Part::Day(to_month, last)) if one_year && month == to_month => {
                fill(pair.days, &self.digits(first), &self.digits(last), self.month(month))
            }
            (Part::Day(..), Part::Day(..)) if one_year => {
                fill(pair.days_year, &self.day_month(from), &self.day_month(to), "")
            }
            (Part::Month(first), Part::Month(last)) if one_year => {
                fill(pair.months, self.month(first), self.month(last), "")
            }
            (Part::Year, Part::Year) if plain && from.year > 999 => fill(pair.years, &self.year(from.year), &year, ""),
            _ => {
                let (from_words, to_words) = (self.point(from, Place::Within), self.point(to, Place::Within));
                self.phrase(pair.other, from, &[("from", &from_words), ("to", &to_words)])
            }
        }
    }

    fn one_of(&self, members: &[Member]) -> String {
        self.one_of_merged(members, None).unwrap_or_else(|| {
            let place = if members.len() == 1 { Place::Alone } else { Place::Within };
            let each = members.iter().map(|member| match *member {
                Member::At(point) => self.point(point, place),
                Member::OrEarlier(point) => self.around("or-earlier", point, &[]),
                Member::OrLater(point) => self.around("or-later", point, &[]),
                Member::Between(from, to) => self.pair(&BETWEEN, from, to),
            });
            self.catalogue.either(&each.collect::<Vec<_>>())
        })
    }

    /// “4 or 7 April 2025”: members that are all days of a month, or days or months of a year. The year is left out if it
    /// stands `above`.
    fn one_of_merged(&self, members: &[Member], above: Option<i32>) -> Option<String> {
        let plain = |member: &Member| match *member {
            Member::At(point) if point.qualifier == Qualifier::None => Some(point),
            _ => None,
        };
        let points: Vec<Point> = members.iter().map(plain).collect::<Option<_>>()?;
        let (first, year) = (points.first()?.part, points.first()?.year);
        if self.whole_dates() || points.iter().any(|point| point.year != year) {
            return None;
        }
        let says_year = above != Some(year);
        let either = |each: &dyn Fn(&Point) -> Option<String>| {
            let each: Vec<String> = points.iter().map(each).collect::<Option<_>>()?;
            let part = |(at, text): (usize, String)| if at == 0 { text } else { self.marks.part(&text) };
            Some(self.catalogue.either(&each.into_iter().enumerate().map(part).collect::<Vec<_>>()))
        };
        let day_of = |month: u8| {
            move |point: &Point| match point.part {
                Part::Day(of, day) if of == month => Some(day),
                _ => None,
            }
        };
        let words = match first {
            Part::Day(month, _) if points.iter().all(|point| day_of(month)(point).is_some()) => {
                let days = either(&|point| Some(self.digits(day_of(month)(point)?)))?;
                if says_year { self.day(&days, month, year) } else { self.days_month(&days, month) }
            }
            Part::Day(..) => {
                let days = either(&|point| matches!(point.part, Part::Day(..)).then(|| self.day_month(*point)))?;
                if says_year { self.fill("date.days-year", &[("days", &days), ("year", &self.year(year))]) } else { days }
            }
            Part::Month(_) => {
                let names = either(&|point| match point.part {
                    Part::Month(month) => Some(self.month(month).to_owned()),
                    _ => None,
                })?;
                if says_year { self.month_year(&names, year) } else { names }
            }
            _ => return None,
        };
        Some(self.marks.keep(words))
    }

    /// A date below a heading with `year`; `None` if it still has to name its year.
    fn below_year(&self, date: &Date, year: i32) -> Option<String> {
        // The year of an era is no part of a heading that anybody carries on in their mind.
        if self.whole_dates() || year < 1000 {
            return None;
        }
        match &date.form {
            Form::Point(point) if point.year == year => {
                let date = self.marks.keep(self.without_year(*point)?);
                Some(self.qualified(*point, Place::Alone, date))
            }
            Form::Moment(point, time) if point.year == year => Some(self.moment(self.without_year(*point)?, *time)),
            Form::Interval(End::At(from), End::At(to)) => {
                let plain = |point: &Point| point.year == year && point.qualifier == Qualifier::None;
                if !plain(from) || !plain(to) || from == to {
                    return None;
                }
                let fill = |key: &str, from: &str, to: &str, month: &str| {
                    let to = self.marks.part(to);
                    Some(self.marks.keep(self.fill(key, &[("from", from), ("to", &to), ("month", month)])))
                };
                match (from.part, to.part) {
                    (Part::Day(month, first), Part::Day(to_month, last)) if month == to_month => {
                        fill("date.range.in-year.days", &self.digits(first), &self.digits(last), self.month(month))
                    }
                    (Part::Day(..), Part::Day(..)) => {
                        fill("date.range.other", &self.day_month(*from), &self.day_month(*to), "")
                    }
                    (Part::Month(first), Part::Month(last)) => {
                        fill("date.range.in-year.months", self.month(first), self.month(last), "")
                    }
                    _ => None,
                }
            }
            Form::OneOf(members) => self.one_of_merged(members, Some(year)),
            _ => None,
        }
    }
}
