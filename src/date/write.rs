//! Dates as text for machines: EDTF, and what HTML allows.

use std::fmt;

use super::{Date, End, Form, Member, Offset, Part, Point, Qualifier, Time};

/// EDTF in its canonical form. [`super::parse`] gives the same date again.
impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.form {
            Form::Point(point) => write!(out, "{point}"),
            Form::Moment(point, time) => write!(out, "{point}T{time}"),
            Form::Interval(start, end) => write!(out, "{start}/{end}"),
            Form::OneOf(members) => {
                out.write_str("[")?;
                for (index, member) in members.iter().enumerate() {
                    let comma = if index > 0 { "," } else { "" };
                    write!(out, "{comma}{member}")?;
                }
                out.write_str("]")
            }
        }
    }
}

impl Date {
    /// The date as HTML’s `<time datetime="…">` allows it (HTML Living Standard, “The time
    /// element”): a year from 1, a year and month, a date, or a date and time with or without an
    /// offset. `None` for everything that this cannot say: qualified dates, intervals, sets, seasons,
    /// unspecified digits, years before 1.
    #[must_use]
    pub fn machine(&self) -> Option<String> {
        let (point, time) = match self.form {
            Form::Point(point) => (point, None),
            Form::Moment(point, time) => (point, Some(time)),
            Form::Interval(..) | Form::OneOf(_) => return None,
        };
        if point.year < 1 || point.qualifier != Qualifier::None {
            return None;
        }
        let year = point.year;
        match point.part {
            Part::Year => Some(format!("{year:04}")),
            Part::Month(month) => Some(format!("{year:04}-{month:02}")),
            Part::Day(month, day) => {
                let date = format!("{year:04}-{month:02}-{day:02}");
                Some(match time {
                    // HTML has no leap seconds: then the day alone is said.
                    Some(time) if time.second < 60 => format!("{date}T{time}"),
                    _ => date,
                })
            }
            _ => None,
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.year.unsigned_abs();
        if size > 9999 {
            write!(out, "Y{}", self.year)?;
        } else {
            let sign = if self.year < 0 { "-" } else { "" };
            match self.part {
                Part::Century => write!(out, "{:02}XX", size / 100)?,
                Part::Decade => write!(out, "{:03}X", size / 10)?,
                _ => write!(out, "{sign}{size:04}")?,
            }
        }
        match self.part {
            Part::Century | Part::Decade | Part::Year => {}
            Part::SomeMonth => out.write_str("-XX")?,
            Part::SomeDayOfYear => out.write_str("-XX-XX")?,
            Part::Season(season) => write!(out, "-{}", season.code())?,
            Part::Month(month) => write!(out, "-{month:02}")?,
            Part::SomeDayOfMonth(month) => write!(out, "-{month:02}-XX")?,
            Part::Day(month, day) => write!(out, "-{month:02}-{day:02}")?,
        }
        out.write_str(match self.qualifier {
            Qualifier::None => "",
            Qualifier::Uncertain => "?",
            Qualifier::Approximate => "~",
            Qualifier::Both => "%",
        })
    }
}

impl fmt::Display for Time {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)?;
        match self.offset {
            Offset::None => Ok(()),
            Offset::Utc => out.write_str("Z"),
            Offset::Minutes(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let size = minutes.unsigned_abs();
                write!(out, "{sign}{:02}:{:02}", size / 60, size % 60)
            }
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::Unknown => Ok(()),
            End::Open => out.write_str(".."),
            End::At(point) => write!(out, "{point}"),
        }
    }
}

impl fmt::Display for Member {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Member::At(point) => write!(out, "{point}"),
            Member::OrEarlier(point) => write!(out, "..{point}"),
            Member::OrLater(point) => write!(out, "{point}.."),
            Member::Between(from, to) => write!(out, "{from}..{to}"),
        }
    }
}
