//! Dates as the moments that feeds and sitemaps want.

use jiff::civil;
use jiff::tz::TimeZone;

use crate::date::{Date, Day};

/// A date as a moment in the form of RFC 3339: `2025-12-22T00:00:00-05:00`. A day begins at midnight of the site's time zone;
/// of a coarser date or an interval it is the last day that is named. `None` for years that the form can't write.
#[must_use]
pub fn moment(date: &Date, zone: &TimeZone) -> Option<String> {
    if let Some(written) = date.machine().filter(|machine| machine.contains('T')) {
        // With its offset as it is written; a time by the clocks of the place is read by the site's.
        if written.parse::<jiff::Timestamp>().is_ok() {
            return Some(written);
        }
        let local: civil::DateTime = written.parse().ok()?;
        return local.to_zoned(zone.clone()).ok().map(|time| shown(&time));
    }
    let day = if date.is_exact_day() { date.first_day() } else { date.last_stated_day() };
    Some(shown(&civil_day(day)?.to_zoned(zone.clone()).ok()?))
}

/// The last day that a date names, as `2025-12-22`; `None` for years that a sitemap can't write.
#[must_use]
pub fn day(date: &Date) -> Option<String> {
    let day = if date.is_exact_day() { date.first_day() } else { date.last_stated_day() };
    civil_day(day).filter(|day| day.year() > 0).map(|day| day.to_string())
}

/// A day of ours as one of jiff's, which knows the years -9999 to 9999.
#[must_use]
pub fn civil_day(day: Day) -> Option<civil::Date> {
    let (year, month, day) = day.ymd();
    // Months and days are far below 128.
    civil::Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()
}

fn shown(time: &jiff::Zoned) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string().replace("+00:00", "Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_at_midnight_of_the_sites_zone() {
        let zone = jiff::tz::TimeZoneDatabase::bundled().get("America/New_York").unwrap();
        let at = |text: &str| moment(&crate::date::parse(text).unwrap(), &zone);
        assert_eq!(at("2025-12-22").unwrap(), "2025-12-22T00:00:00-05:00");
        assert_eq!(at("2025-07-01").unwrap(), "2025-07-01T00:00:00-04:00");
        assert_eq!(at("2025-03").unwrap(), "2025-03-31T00:00:00-04:00");
        assert_eq!(at("2025-03-15T19:25:00Z").unwrap(), "2025-03-15T19:25:00Z");
        assert_eq!(at("2025-03-15T19:25:00").unwrap(), "2025-03-15T19:25:00-04:00");
        assert_eq!(at("2022-03-27/..").unwrap(), "2022-03-27T00:00:00-04:00");
        assert_eq!(at("Y20251"), None);
    }
}
