//! Dates in the formats of feeds, sitemaps and structured data.

use jiff::civil;
use jiff::tz::TimeZone;

use super::View;
use crate::date::{Date, Day};

impl View<'_> {
    /// A date as a time in RFC 3339 format: `2025-12-22T00:00:00-05:00`. A day begins at midnight in the site's time
    /// zone; a coarser date or an interval becomes the [day that stands for it](crate::model::Model::day_reached).
    /// `None` for years that the format can't write.
    #[must_use]
    pub fn moment(&self, date: &Date) -> Option<String> {
        moment(date, self.reader.day_reached(date), self.reader.zone())
    }

    /// A date for a sitemap (W3C Datetime): a year, a month or a day as written; for anything else, the day that stands
    /// for it.
    #[must_use]
    pub fn day_or_coarser(&self, date: &Date) -> Option<String> {
        let day = || Some(civil_day(self.reader.day_reached(date)).filter(|day| day.year() > 0)?.to_string());
        iso(date).filter(|written| !written.contains('T')).or_else(day)
    }
}

/// A date in the ISO 8601 formats that HTML has too, with four-digit years.
#[must_use]
pub fn iso(date: &Date) -> Option<String> {
    date.machine().filter(|_| date.first_day().year() <= 9999)
}

/// A date as a time; `day` stands for it if it isn't one itself.
fn moment(date: &Date, day: Day, zone: &TimeZone) -> Option<String> {
    if let Some(written) = date.machine().filter(|machine| machine.contains('T')) {
        // With its offset as written; a local time is read in the site's time zone.
        if let Ok(time) = written.parse::<jiff::Timestamp>() {
            return has_year(time).then_some(written);
        }
        let local: civil::DateTime = written.parse().ok()?;
        return shown(&local.to_zoned(zone.clone()).ok()?);
    }
    shown(&civil_day(day)?.to_zoned(zone.clone()).ok()?)
}

/// One of our days as one of jiff's, which knows the years -9999 to 9999.
#[must_use]
pub fn civil_day(day: Day) -> Option<civil::Date> {
    let (year, month, day) = day.ymd();
    // Months and days are far below 128.
    civil::Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()
}

/// A time with its offset; in UTC if the offset has seconds, which RFC 3339 can't write. Some did before standard time.
fn shown(time: &jiff::Zoned) -> Option<String> {
    let in_utc = time.offset().seconds() % 60 != 0;
    let form = if in_utc { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%M:%S%:z" };
    let written = if in_utc { time.timestamp().strftime(form) } else { time.strftime(form) };
    (time.year() > 0 && has_year(time.timestamp())).then(|| written.to_string().replace("+00:00", "Z"))
}

/// Whether every program can read the year of a time in UTC: RFC 3339 has no years before 0, and many programs don't
/// even accept that one.
#[must_use]
pub fn has_year(time: jiff::Timestamp) -> bool {
    time.strftime("%Y").to_string().parse::<i32>().is_ok_and(|year| (1..=9999).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_at_midnight_of_the_sites_zone() {
        let zone = jiff::tz::TimeZoneDatabase::bundled().get("America/New_York").unwrap();
        let at = |text: &str, zone: &TimeZone| {
            let date = crate::date::parse(text).unwrap();
            moment(&date, date.last_stated_day(), zone)
        };
        let there = |text: &str| at(text, &zone);
        assert_eq!(there("2025-12-22").unwrap(), "2025-12-22T00:00:00-05:00");
        assert_eq!(there("2025-07-01").unwrap(), "2025-07-01T00:00:00-04:00");
        assert_eq!(there("2025-03").unwrap(), "2025-03-31T00:00:00-04:00");
        assert_eq!(there("2025-03-15T19:25:00Z").unwrap(), "2025-03-15T19:25:00Z");
        assert_eq!(there("2025-03-15T19:25:00").unwrap(), "2025-03-15T19:25:00-04:00");
        assert_eq!(there("2022-03-27/..").unwrap(), "2022-03-27T00:00:00-04:00");
        assert_eq!(there("Y20251"), None);
    }

    #[test]
    fn what_rfc_3339_cant_write_is_in_utc_or_left_out() {
        let at = |text: &str, zone: &str| {
            let date = crate::date::parse(text).unwrap();
            let zone = jiff::tz::TimeZoneDatabase::bundled().get(zone).unwrap();
            moment(&date, date.last_stated_day(), &zone).unwrap_or_default()
        };
        assert_eq!(at("1880-05-01", "America/New_York"), "1880-05-01T04:56:02Z");
        assert_eq!(at("1971-05-01", "Africa/Monrovia"), "1971-05-01T00:44:30Z");
        assert_eq!(at("1971-05-01T10:00:00", "Africa/Monrovia"), "1971-05-01T10:44:30Z");
        for text in ["-0043-03-15", "0000-03-15", "0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-14:00"] {
            assert_eq!(at(text, "America/New_York"), "", "{text}");
        }
        assert_eq!(at("0001-01-01", "Asia/Kolkata"), "", "it was still the year before in UTC");
        assert_eq!(at("0079-10-24", "UTC"), "0079-10-24T00:00:00Z");
    }
}
