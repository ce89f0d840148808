//! The words for a single point in time, at its own precision.

use std::borrow::Cow;

use super::unbroken::Marks;
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

const SHORT_MONTHS: [&str; 12] = [
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

/// Where a point is: by itself, or in a phrase or range with other words around it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    Alone,
    Within,
}

/// A language, and what else the words depend on.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) catalogue: &'a Catalogue,
    /// Whether it is marked where a line may not break.
    pub(super) marks: Marks,
    /// Whether months are abbreviated.
    pub(super) short: bool,
}

impl<'a> Words<'a> {
    /// Whole words, without marks.
    pub(super) fn of(catalogue: &'a Catalogue) -> Self {
        Self { catalogue, marks: Marks::None, short: false }
    }

    /// Whole words, with marks where a line may not break.
    pub(super) fn marked(catalogue: &'a Catalogue) -> Self {
        Self { marks: Marks::Set, ..Self::of(catalogue) }
    }
}

impl Words<'_> {
    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.catalogue.fill(key, values)
    }

    /// A pattern of `[date]` around a date. Languages say some of them otherwise for a day than for a year: “seit dem
    /// 12. April” and “seit 1985”.
    pub(super) fn phrase(&self, key: &str, of: Point, values: &[(&str, &str)]) -> String {
        let key = match kind(of) {
            Some(kind) => {
                let own = format!("date.with-{kind}.{key}");
                if self.catalogue.find(&own).is_some() { own } else { format!("date.{key}") }
            }
            None => format!("date.{key}"),
        };
        self.fill(&key, values)
    }

    /// A point with its qualifier.
    pub(super) fn point(&self, point: Point, place: Place) -> String {
        self.qualified(point, place, self.marks.keep(self.unqualified(point, place)))
    }

    /// The words for a point with its qualifier; `date` are those without it.
    pub(super) fn qualified(&self, point: Point, place: Place, date: String) -> String {
        let plain = Point { qualifier: Qualifier::None, ..point };
        let values = [("date", date.as_str())];
        match (point.qualifier, place) {
            (Qualifier::None, _) => date,
            (Qualifier::Approximate, Place::Alone) => self.phrase("about", plain, &values),
            (Qualifier::Approximate, Place::Within) => self.phrase("about-within", plain, &values),
            (Qualifier::Uncertain, Place::Alone) => self.phrase("perhaps", plain, &values),
            (Qualifier::Uncertain, Place::Within) => self.fill("date.perhaps", &values),
            (Qualifier::Both, Place::Alone) => self.phrase("perhaps-about", plain, &values),
            (Qualifier::Both, Place::Within) => {
                self.fill("date.perhaps", &[("date", &self.phrase("about-within", plain, &values))])
            }
        }
    }

    /// A phrase around one date. Doubt about the date is doubt about the whole: “perhaps since 1985”.
    pub(super) fn around(&self, key: &str, point: Point, more: &[(&str, &str)]) -> String {
        let (is_in_doubt, qualifier) = match point.qualifier {
            Qualifier::Uncertain => (true, Qualifier::None),
            Qualifier::Both => (true, Qualifier::Approximate),
            other => (false, other),
        };
        let point = Point { qualifier, ..point };
        let date = self.point(point, Place::Within);
        let mut values = vec![("date", date.as_str())];
        values.extend(more);
        let phrase = self.phrase(key, point, &values);
        if is_in_doubt { self.fill("date.perhaps", &[("date", &phrase)]) } else { phrase }
    }

    fn unqualified(&self, point: Point, place: Place) -> String {
        let year = point.year;
        let alone = place == Place::Alone && point.qualifier == Qualifier::None;
        let years = |to: i32| if alone { self.years("date.between.years", year, to) } else { self.span(year, to) };
        match point.part {
            Part::Century => years(year.saturating_add(99)),
            // “The 2000s” may be a century, and “the 10s” are hardly ever the years 10 to 19.
            Part::Decade if year % 100 == 0 || year < 100 => years(year.saturating_add(9)),
            Part::Decade => self.decade(year),
            Part::Year => self.lone_year(year),
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

    /// What a point is called below a heading with its year, without its qualifier: “April 14”. `None` if it needs the year.
    pub(super) fn without_year(&self, point: Point) -> Option<String> {
        match point.part {
            Part::Day(..) => Some(self.day_month(point)),
            Part::Month(month) => Some(self.month(month).to_owned()),
            Part::SomeDayOfMonth(month) => Some(self.fill("date.day-in-month", &[("month", self.month(month))])),
            // A winter lies in two years.
            Part::Season(season) if season != Season::Winter => Some(self.season_name(season).to_owned()),
            _ => None,
        }
    }

    /// A day, or several days of one month.
    pub(super) fn day(&self, days: &str, month: u8, year: i32) -> String {
        let year = self.year(year);
        self.fill("date.day", &[("day", days), ("month", self.month(month)), ("year", &year)])
    }

    /// A day without its year; anything else whole.
    pub(super) fn day_month(&self, point: Point) -> String {
        match point.part {
            Part::Day(month, day) => self.days_month(&self.digits(day), month),
            _ => self.unqualified(point, Place::Within),
        }
    }

    /// A day, or several days of one month, without the year.
    pub(super) fn days_month(&self, days: &str, month: u8) -> String {
        self.fill("date.day-month", &[("day", days), ("month", self.month(month))])
    }

    /// A day of the month, as the language writes it in a date.
    pub(super) fn digits(&self, day: u8) -> String {
        let digits = if self.is("date.day-digits", "2") { format!("{day:02}") } else { day.to_string() };
        self.fill("date.day-number", &[("day", &digits)])
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
        let months = if self.short { &SHORT_MONTHS } else { &MONTHS };
        let key = usize::from(month).checked_sub(1).and_then(|index| months.get(index));
        key.map_or("", |key| self.catalogue.get(key))
    }

    /// A year as part of a date. Four digits need nothing else; fewer need their era, and more are grouped like numbers.
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

    /// A year by itself.
    pub(super) fn lone_year(&self, year: i32) -> String {
        self.fill("date.year", &[("year", &self.year(year))])
    }

    /// The years from one to another, by a pattern for their numbers.
    fn years(&self, key: &str, from: i32, to: i32) -> String {
        self.fill(key, &[("from", &self.year(from)), ("to", &self.year(to))])
    }

    /// All of the years from one to another.
    pub(super) fn span(&self, from: i32, to: i32) -> String {
        if from > 999 {
            return self.years("date.range.years", from, to);
        }
        // Where an era is said, it is said of each.
        self.fill("date.range.other", &[("from", &self.lone_year(from)), ("to", &self.lone_year(to))])
    }

    fn decade(&self, year: i32) -> String {
        let last = year.saturating_add(9);
        self.fill("date.decade", &[("year", &year.to_string()), ("to", &last.to_string())])
    }

    pub(super) fn season_name(&self, season: Season) -> &str {
        self.catalogue.get(match season {
            Season::Spring => "date.season.spring",
            Season::Summer => "date.season.summer",
            Season::Autumn => "date.season.autumn",
            Season::Winter => "date.season.winter",
        })
    }

    fn season(&self, season: Season, year: i32) -> String {
        let mut years = self.year(year);
        if season == Season::Winter {
            // A winter lies in two years: “winter 2025–26”, “winter 1999–2000”.
            let next = year.saturating_add(1);
            let is_short = self.is("date.winter-digits", "2") && (1000..9999).contains(&year) && next % 100 != 0;
            let next = if is_short { format!("{:02}", next % 100) } else { self.year(next) };
            years = self.fill("date.winter-years", &[("from", &years), ("to", &next)]);
        }
        self.fill("date.season-year", &[("season", self.season_name(season)), ("year", &years)])
    }

    /// A time of the day `date`, with seconds only if there are any, and the offset as written.
    pub(super) fn moment(&self, date: String, time: Time) -> String {
        let (date, clock) = (self.marks.keep(date), self.marks.keep(self.clock(time)));
        match self.zone(time) {
            None => self.fill("date.time", &[("date", &date), ("time", &clock)]),
            Some(zone) => self.fill("date.time-zone", &[("date", &date), ("time", &clock), ("zone", &zone)]),
        }
    }

    /// The offset of a time as written: “UTC−4”.
    pub(super) fn zone(&self, time: Time) -> Option<Cow<'_, str>> {
        match time.offset {
            Offset::None => None,
            Offset::Utc | Offset::Minutes(0) => Some(Cow::Borrowed(self.catalogue.get("date.utc"))),
            Offset::Minutes(minutes) => {
                let sign = if minutes < 0 { '−' } else { '+' };
                let (hours, minutes) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
                let mut offset = format!("{sign}{hours}");
                if minutes > 0 {
                    offset.push_str(&format!(":{minutes:02}"));
                }
                Some(Cow::Owned(self.fill("date.utc-offset", &[("offset", &offset)])))
            }
        }
    }

    /// A time of day by the clock of 12 hours or of 24, with seconds only if there are any.
    pub(super) fn clock(&self, time: Time) -> String {
        let seconds = if time.second > 0 { format!(":{:02}", time.second) } else { String::new() };
        if !self.is("date.clock", "12") {
            return self.fill("date.hours-24", &[("time", &format!("{:02}:{:02}{seconds}", time.hour, time.minute))]);
        }
        // Midnight and noon are twelve.
        let hour = (time.hour + 11) % 12 + 1;
        let half = if time.hour < 12 { "date.morning" } else { "date.afternoon" };
        self.fill(half, &[("time", &format!("{hour}:{:02}{seconds}", time.minute))])
    }
}

/// What a date is to the patterns around it; nothing if words already precede it.
fn kind(point: Point) -> Option<&'static str> {
    if point.qualifier != Qualifier::None {
        return None;
    }
    match point.part {
        Part::Day(..) => Some("day"),
        Part::Month(_) => Some("month"),
        Part::Year => Some("year"),
        Part::Season(_) => Some("season"),
        // Those that are said as a decade: see `Words::unqualified`.
        Part::Decade if point.year % 100 != 0 && point.year >= 100 => Some("decade"),
        _ => None,
    }
}
