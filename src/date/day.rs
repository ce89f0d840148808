//! One day of the calendar.

use std::fmt;

/// The greatest year, and its negative the least, that [`Day`] and a date can name: nine digits.
pub(super) const LAST_YEAR: i32 = 999_999_999;

/// A day of the proleptic Gregorian calendar, as the number of days since 1 January 1970.
///
/// Years are astronomical: year 0 is 1 BCE. [`Day::MIN`] and [`Day::MAX`] lie outside the years that
/// a date can name, and represent the lack of a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

impl Day {
    /// Before every day that a date can name: the bound of an open start.
    pub const MIN: Day = Day(number(-LAST_YEAR - 1, 1, 1));
    /// After every day that a date can name: the bound of an open end.
    pub const MAX: Day = Day(number(LAST_YEAR + 1, 12, 31));

    /// The day of a year, a month from 1 and a day of the month from 1; `None` if there is no such
    /// day or the year has more than nine digits.
    #[must_use]
    pub const fn from_ymd(year: i32, month: u8, day: u8) -> Option<Day> {
        let in_range = year >= -LAST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12;
        if in_range && day >= 1 && day <= days_in_month(year, month) { Some(Day(number(year, month, day))) } else { None }
    }

    /// The day of a text such as `2025-12-22` (ISO 8601, extended form, four-digit years of 0 or
    /// more); `None` if it is not one.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Day> {
        let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
        if bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let value = |range: std::ops::Range<usize>| {
            bytes[range]
                .iter()
                .try_fold(0, |value: i32, byte| byte.is_ascii_digit().then(|| value * 10 + i32::from(byte - b'0')))
        };
        // Two digits always fit a byte.
        Day::from_ymd(value(0..4)?, value(5..7)? as u8, value(8..10)? as u8)
    }

    /// The number of days since 1 January 1970, which is 0.
    #[must_use]
    pub fn number(self) -> i64 {
        self.0
    }

    /// The day of a number, or the nearest that there is.
    pub(super) fn of_number(number: i64) -> Day {
        Day(number.clamp(Day::MIN.0, Day::MAX.0))
    }

    /// Year, month and day of the month.
    #[must_use]
    pub fn ymd(self) -> (i32, u8, u8) {
        // Howard Hinnant’s `civil_from_days`: eras of 400 years, years that begin in March so that
        // a leap day is the last of its year.
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        // Every day lies between `MIN` and `MAX`, whose years fit.
        (year as i32, month as u8, day as u8)
    }

    /// The astronomical year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.ymd().1
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.ymd().2
    }

    /// The day of the week as ISO 8601 counts it: Monday is 1, Sunday 7.
    #[must_use]
    pub fn weekday(self) -> u8 {
        // 1 January 1970 was a Thursday.
        (self.0 + 3).rem_euclid(7) as u8 + 1
    }

    /// The day that many days later, or earlier if negative. Stops at `MIN` and `MAX`, and both of
    /// these stay where they are.
    #[must_use]
    pub fn add_days(self, days: i64) -> Day {
        if self == Day::MIN || self == Day::MAX {
            return self;
        }
        Day::of_number(self.0.saturating_add(days))
    }

    /// How many days later the other day is; negative if it is earlier.
    #[must_use]
    pub fn days_until(self, other: Day) -> i64 {
        other.0 - self.0
    }

    /// The first day of a year. The year is a date’s own, so it is in range; one beyond is clamped.
    pub(super) fn first_of(year: i32, month: u8) -> Day {
        Day(number(year.clamp(-LAST_YEAR - 1, LAST_YEAR + 1), month, 1))
    }

    /// The last day of a month of a year.
    pub(super) fn last_of(year: i32, month: u8) -> Day {
        let year = year.clamp(-LAST_YEAR - 1, LAST_YEAR + 1);
        Day(number(year, month, days_in_month(year, month)))
    }
}

/// ISO 8601: `2025-12-22`. Years before 0 have a sign, years of more than four digits none.
impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        let sign = if year < 0 { "-" } else { "" };
        write!(out, "{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
    }
}

/// How many days a month has; 0 if there is no such month.
pub(super) const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

/// The days from 1 January 1970 to a day that exists: Howard Hinnant’s `days_from_civil`.
const fn number(year: i32, month: u8, day: u8) -> i64 {
    let year = year as i64 - (month <= 2) as i64;
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month as i64 + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day as i64 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}
