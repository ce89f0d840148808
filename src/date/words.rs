//! The words for a single point in time, at its own precision.

use super::{Offset, Part, Point, Qualifier, Season, Time};
use crate::language::Catalogue;

pub(super) const MONTHS: [&str; 12] = [
    "date.month.01",
    "date.month.02",
    "date.month.03",
    "date.month.04",
    "date.month.05",
    "date.month.06",
    "date.month.07",
    "date.month.08",
    "date.month.09",
    "date.month.10",
    "date.month.11",
    "date.month.12",
];

pub(super) const SHORT_MONTHS: [&str; 12] = [
    "date.month-short.01",
    "date.month-short.02",
    "date.month-short.03",
    "date.month-short.04",
    "date.month-short.05",
    "date.month-short.06",
    "date.month-short.07",
    "date.month-short.08",
    "date.month-short.09",
    "date.month-short.10",
    "date.month-short.11",
    "date.month-short.12",
];

/// A language and the length of its words.
pub(super) struct Words<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) months: &'static [&'static str; 12],
    pub(super) short: bool,
}

impl Words<'_> {
    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.catalogue.fill(key, values)
    }

    /// A point with its qualifier.
    pub(super) fn point(&self, point: Point) -> String {
        let date = self.unqualified(point);
        let key = match point.qualifier {
            Qualifier::None => return date,
            Qualifier::Approximate => "date.about",
            Qualifier::Uncertain => "date.perhaps",
            Qualifier::Both => "date.perhaps-about",
        };
        self.fill(key, &[("date", &date)])
    }

    pub(super) fn unqualified(&self, point: Point) -> String {
        let year = point.year;
        match point.part {
            Part::Century => self.years(year, year.saturating_add(99)),
            // “The 2000s” may be a century, and “the 10s” are hardly ever the years 10 to 19.
            Part::Decade if year % 100 == 0 || year < 100 => self.years(year, year.saturating_add(9)),
            Part::Decade => self.fill("date.decade", &[("year", &year.to_string())]),
            Part::Year => self.year(year),
            Part::SomeMonth => self.fill("date.month-in-year", &[("year", &self.year(year))]),
            Part::SomeDayOfYear => self.fill("date.day-in-year", &[("year", &self.year(year))]),
            Part::Season(season) => self.season(season, year),
            Part::Month(month) => self.month_year(self.month(month), year),
            Part::SomeDayOfMonth(month) => {
                let month = self.month_year(self.month(month), year);
                self.fill("date.day-in-month", &[("month", &month)])
            }
            Part::Day(month, day) => self.day(&self.digits(day), month, year),
        }
    }

    /// A day, or several days of one month.
    pub(super) fn day(&self, days: &str, month: u8, year: i32) -> String {
        let year = self.year(year);
        self.fill("date.day", &[("day", days), ("month", self.month(month)), ("year", &year)])
    }

    /// A day of the month, with as many digits as the format has.
    pub(super) fn digits(&self, day: u8) -> String {
        if self.is("date.day-digits", "2") { format!("{day:02}") } else { day.to_string() }
    }

    /// Whether a setting of the catalogue is `value`.
    pub(super) fn is(&self, key: &str, value: &str) -> bool {
        self.catalogue.get(key) == value
    }

    /// A month, or several months of one year.
    pub(super) fn month_year(&self, months: &str, year: i32) -> String {
        self.fill("date.month-year", &[("month", months), ("year", &self.year(year))])
    }

    pub(super) fn month(&self, month: u8) -> &str {
        let key = usize::from(month).checked_sub(1).and_then(|index| self.months.get(index));
        key.map_or("", |key| self.catalogue.get(key))
    }

    /// A year. Four digits stand alone; fewer need their era, and more are grouped like numbers.
    pub(super) fn year(&self, year: i32) -> String {
        if self.is("date.years", "astronomical") {
            return if year < 0 { format!("{year:05}") } else { format!("{year:04}") };
        }
        let before = year <= 0;
        let count = if before { 1 - i64::from(year) } else { i64::from(year) };
        let digits = match usize::try_from(count) {
            Ok(count) if count > 9999 => self.catalogue.number(count),
            _ => count.to_string(),
        };
        match year {
            ..=0 => self.fill("date.bce", &[("year", &digits)]),
            1..=999 => self.fill("date.ce", &[("year", &digits)]),
            _ => digits,
        }
    }

    /// All of the years from one to another.
    pub(super) fn years(&self, from: i32, to: i32) -> String {
        self.fill("date.between.years", &[("from", &self.year(from)), ("to", &self.year(to))])
    }

    pub(super) fn season(&self, season: Season, year: i32) -> String {
        let name = self.catalogue.get(match season {
            Season::Spring => "date.season.spring",
            Season::Summer => "date.season.summer",
            Season::Autumn => "date.season.autumn",
            Season::Winter => "date.season.winter",
        });
        let mut years = self.year(year);
        if season == Season::Winter {
            // A winter lies in two years: “winter 2025–26”, “winter 1999–2000”.
            let next = year.saturating_add(1);
            let same_century = (1000..9999).contains(&year) && next % 100 != 0;
            let next = if same_century { format!("{:02}", next % 100) } else { self.year(next) };
            years = self.fill("date.winter-years", &[("from", &years), ("to", &next)]);
        }
        self.fill("date.season-year", &[("season", name), ("year", &years)])
    }

    /// A day and a time, with seconds only if there are any, and the offset as written.
    pub(super) fn moment(&self, point: Point, time: Time) -> String {
        let date = self.point(point);
        let clock = self.clock(time);
        let zone = match time.offset {
            Offset::None => return self.fill("date.time", &[("date", &date), ("time", &clock)]),
            Offset::Utc | Offset::Minutes(0) => self.catalogue.get("date.utc").to_string(),
            Offset::Minutes(minutes) => {
                let sign = if minutes < 0 { '−' } else { '+' };
                let (hours, minutes) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
                let mut offset = format!("{sign}{hours}");
                if minutes > 0 {
                    offset.push_str(&format!(":{minutes:02}"));
                }
                self.fill("date.utc-offset", &[("offset", &offset)])
            }
        };
        self.fill("date.time-zone", &[("date", &date), ("time", &clock), ("zone", &zone)])
    }

    /// A time of day by the clock of 12 hours or of 24, with seconds only if there are any.
    fn clock(&self, time: Time) -> String {
        let seconds = if time.second > 0 { format!(":{:02}", time.second) } else { String::new() };
        if !self.is("date.clock", "12") {
            return format!("{:02}:{:02}{seconds}", time.hour, time.minute);
        }
        // Midnight and noon are twelve.
        let hour = (time.hour + 11) % 12 + 1;
        let half = if time.hour < 12 { "date.morning" } else { "date.afternoon" };
        self.fill(half, &[("time", &format!("{hour}:{:02}{seconds}", time.minute))])
    }
}
