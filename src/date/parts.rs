//! The parts of a date, for templates with their own wording.

use super::words::Words;
use super::{Date, End, Form, Member, Part, Point, Qualifier, Season, Time};
use crate::language::Catalogue;

/// A point in time: what is written of it, and no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    point: Point,
    time: Option<Time>,
}

/// What the catalogue says for the parts of a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartWords {
    /// “2025”, “44 BCE”.
    pub year: String,
    /// “April”.
    pub month: Option<String>,
    /// “spring”.
    pub season: Option<String>,
    /// “7:25 p.m.”
    pub time: Option<String>,
    /// “UTC−4”.
    pub zone: Option<String>,
}

impl Date {
    /// Its start, or all of it if it isn't an interval; of several dates of which one is meant, the first that is
    /// written. `None` if the start is open or unknown.
    #[must_use]
    pub fn start(&self) -> Option<Parts> {
        let parts = |point, time| Some(Parts { point, time });
        match &self.form {
            Form::Point(point) => parts(*point, None),
            Form::Moment(point, time) => parts(*point, Some(*time)),
            Form::Interval(End::At(point), _) => parts(*point, None),
            Form::Interval(..) => None,
            Form::OneOf(members) => match *members.first()? {
                Member::At(point) | Member::OrLater(point) | Member::Between(point, _) => parts(point, None),
                Member::OrEarlier(_) => None,
            },
        }
    }

    /// Where it ends, if it is an interval with an end that is known, or several dates: then the last that is written.
    #[must_use]
    pub fn end(&self) -> Option<Parts> {
        let parts = |point| Some(Parts { point, time: None });
        match &self.form {
            Form::Point(_) | Form::Moment(..) => None,
            Form::Interval(_, End::At(point)) => parts(*point),
            Form::Interval(..) => None,
            Form::OneOf(members) => match *members.last()? {
                Member::At(point) | Member::OrEarlier(point) | Member::Between(_, point) => parts(point),
                Member::OrLater(_) => None,
            },
        }
    }

    /// `date`, `interval`, or `one-of` for several dates of which one is meant.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.form {
            Form::Point(_) | Form::Moment(..) => "date",
            Form::Interval(..) => "interval",
            Form::OneOf(_) => "one-of",
        }
    }
}

impl Parts {
    /// The astronomical year: 0 is 1 BCE. Of a decade or century it is the first.
    #[must_use]
    pub fn year(self) -> i32 {
        self.point.year
    }

    /// The month, from 1.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        match self.point.part {
            Part::Month(month) | Part::SomeDayOfMonth(month) | Part::Day(month, _) => Some(month),
            _ => None,
        }
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        match self.point.part {
            Part::Day(_, day) => Some(day),
            _ => None,
        }
    }

    /// The hour, the minute and the second.
    #[must_use]
    pub fn time(self) -> Option<(u8, u8, u8)> {
        self.time.map(|time| (time.hour, time.minute, time.second))
    }

    /// `spring`, `summer`, `autumn` or `winter`.
    #[must_use]
    pub fn season(self) -> Option<&'static str> {
        match self.point.part {
            Part::Season(Season::Spring) => Some("spring"),
            Part::Season(Season::Summer) => Some("summer"),
            Part::Season(Season::Autumn) => Some("autumn"),
            Part::Season(Season::Winter) => Some("winter"),
            _ => None,
        }
    }

    /// How fine it is.
    #[must_use]
    pub fn precision(self) -> super::Precision {
        if self.time.is_some() { super::Precision::Time } else { self.point.precision() }
    }

    /// Whether it is an estimate.
    #[must_use]
    pub fn is_approximate(self) -> bool {
        matches!(self.point.qualifier, Qualifier::Approximate | Qualifier::Both)
    }

    /// Whether its source is in doubt.
    #[must_use]
    pub fn is_uncertain(self) -> bool {
        matches!(self.point.qualifier, Qualifier::Uncertain | Qualifier::Both)
    }
}

/// The words of a language for the parts of a point.
#[must_use]
pub fn words_of(parts: Parts, catalogue: &Catalogue) -> PartWords {
    let words = Words::of(catalogue);
    PartWords {
        year: words.lone_year(parts.point.year),
        month: parts.month().map(|month| words.month(month).to_owned()),
        season: match parts.point.part {
            Part::Season(season) => Some(words.season_name(season).to_owned()),
            _ => None,
        },
        time: parts.time.map(|time| words.clock(time)),
        zone: parts.time.and_then(|time| words.zone(time).map(std::borrow::Cow::into_owned)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse;

    type Numbers = (i32, Option<u8>, Option<u8>);

    fn numbers(text: &str) -> [Option<Numbers>; 2] {
        let date = parse(text).unwrap();
        [date.start(), date.end()].map(|parts| parts.map(|parts| (parts.year(), parts.month(), parts.day())))
    }

    #[test]
    fn parts_are_what_is_written() {
        let day = |year, month, day| Some((year, Some(month), Some(day)));
        for (text, start, end) in [
            ("2025-04-14", day(2025, 4, 14), None),
            ("2025-04", Some((2025, Some(4), None)), None),
            ("2025-04-XX", Some((2025, Some(4), None)), None),
            ("2025-21", Some((2025, None, None)), None),
            ("202X", Some((2020, None, None)), None),
            ("-0043", Some((-43, None, None)), None),
            ("2025-04-14/2025-05", day(2025, 4, 14), Some((2025, Some(5), None))),
            ("2025-04-14/..", day(2025, 4, 14), None),
            ("/2025-04-14", None, day(2025, 4, 14)),
            ("../2025-04-14", None, day(2025, 4, 14)),
            ("[2025-04-04,2025-04-07]", day(2025, 4, 4), day(2025, 4, 7)),
            ("[2025-04-04..2025-04-07]", day(2025, 4, 4), day(2025, 4, 7)),
            ("[..2025,2026..]", None, None),
        ] {
            assert_eq!(numbers(text), [start, end], "{text}");
        }
        let kinds = ["2025", "2025/..", "[2025,2026]"].map(|text| parse(text).unwrap().kind());
        assert_eq!(kinds, ["date", "interval", "one-of"]);
    }

    #[test]
    fn parts_have_words() {
        let words = |text: &str, language: &str| {
            let words = words_of(parse(text).unwrap().start().unwrap(), &Catalogue::load(language));
            let all = [Some(words.year), words.month, words.season, words.time, words.zone];
            all.into_iter().flatten().collect::<Vec<_>>().join("|")
        };
        assert_eq!(words("2025-03-15T19:25:00-04:00", "en"), "2025|March|7:25 p.m.|UTC−4");
        assert_eq!(words("2025-03-15T19:25:00Z", "de"), "2025|März|19:25 Uhr|UTC");
        assert_eq!(words("2025-23~", "en"), "2025|fall");
        assert_eq!(words("-0043-03", "zh"), "公元前44年|3月");
        let doubt = parse("2025-03%/2026~").unwrap();
        let [start, end] = [doubt.start().unwrap(), doubt.end().unwrap()];
        assert!(start.is_approximate() && start.is_uncertain() && end.is_approximate() && !end.is_uncertain());
    }
}
