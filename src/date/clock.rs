//! Dates by the clocks of a site: how a time of day is ordered among other times and among midnights.
//!
//! A time with its offset is a moment, whatever the calendar showed where it was written: `2025-12-23T01:00:00+09:00` falls on
//! 22 December in New York. A time without an offset is read by the site's clocks. Everything else is days as written.

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

use super::{Bounds, Date, Day, Form, Offset, Part, Point, Time};

const A_DAY: i64 = 86_400;

impl Date {
    /// Seconds since 1970 of a time whose offset is written; `None` for everything else.
    #[must_use]
    pub fn moment(&self) -> Option<i64> {
        match self.form {
            Form::Moment(point, time) => Some(time.local(point) - time.offset.seconds()?),
            _ => None,
        }
    }

    /// [`Date::bounds`] by the clocks of a zone: a time with its offset lies in the day that they showed.
    #[must_use]
    pub fn days(&self, zone: &TimeZone) -> Bounds {
        match self.form {
            Form::Moment(point, time) => {
                let day = time.day(point, zone);
                Bounds { first: day, last: day }
            }
            _ => self.bounds(),
        }
    }

    /// Whether all of this lies before all of the other, as they are written: two times with their offsets by their moments,
    /// everything else by days.
    #[must_use]
    pub fn is_all_before(&self, other: &Date, zone: &TimeZone) -> bool {
        match (self.moment(), other.moment()) {
            (Some(this), Some(other)) => this < other,
            _ => self.days(zone).last < other.days(zone).first,
        }
    }

    /// [`Self::is_all_before`], if that is certain: an estimate or a date in doubt is before nothing, and an end or a start
    /// that is not known lies nowhere.
    #[must_use]
    pub fn is_certainly_before(&self, other: &Date, zone: &TimeZone) -> bool {
        let vague = |date: &Date| date.is_approximate() || date.is_uncertain();
        let open = vague(self) || vague(other) || self.end_unknown() || other.start_unknown();
        !open && self.is_all_before(other, zone)
    }
}

impl Day {
    /// The day that clocks of a zone showed at a time.
    #[must_use]
    pub fn of_time(time: Timestamp, zone: &TimeZone) -> Day {
        let there = i64::from(zone.to_offset(time).seconds());
        Day::of_number((time.as_second() + there).div_euclid(A_DAY))
    }
}

impl Time {
    /// Seconds from the beginning of 1970 to this time of a day, both as one clock showed them.
    fn local(self, point: Point) -> i64 {
        let clock = i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        point.bounds().first.number() * A_DAY + clock
    }

    /// Seconds since 1970, a time without an offset being one of the zone.
    pub(super) fn instant(self, point: Point, zone: &TimeZone) -> i64 {
        let local = self.local(point);
        match self.offset.seconds() {
            Some(offset) => local - offset,
            // A time that no calendar of the zone reaches is taken for one in UTC.
            None => self.instant_there(point, zone).unwrap_or(local),
        }
    }

    /// The day that clocks of the zone showed.
    fn day(self, point: Point, zone: &TimeZone) -> Day {
        let Some(offset) = self.offset.seconds() else {
            return point.bounds().first;
        };
        // A leap second belongs to the day that it ends.
        let whole = Self { second: self.second.min(59), ..self }.local(point) - offset;
        let at = whole.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        let there = Timestamp::from_second(at).map_or(0, |at| i64::from(zone.to_offset(at).seconds()));
        Day::of_number((whole + there).div_euclid(A_DAY))
    }

    /// The same of a time that the zone's own clocks showed: the first if they showed it twice, and if they left it out, as much
    /// later as they left out.
    fn instant_there(self, point: Point, zone: &TimeZone) -> Option<i64> {
        let Part::Day(month, day) = point.part else { return None };
        // Hours, months and the like are far below 128.
        let (hour, minute, second) = (self.hour as i8, self.minute as i8, self.second.min(59) as i8);
        let year = i16::try_from(point.year).ok()?;
        let time = civil::DateTime::new(year, month as i8, day as i8, hour, minute, second, 0).ok()?;
        let time = zone.to_ambiguous_timestamp(time).compatible().ok()?;
        Some(time.as_second() + i64::from(self.second) - i64::from(second))
    }
}

impl Offset {
    /// Seconds east of UTC; `None` if nothing is written.
    fn seconds(self) -> Option<i64> {
        match self {
            Offset::None => None,
            Offset::Utc => Some(0),
            Offset::Minutes(minutes) => Some(i64::from(minutes) * 60),
        }
    }
}
