//! EDTF to dates, strictly: what the text says, with no guess at what else it might mean.
//!
//! The grammar is `edtf-core`’s, and no other file imports it. What it reads of level 2 beyond one-of
//! sets is refused here; what it does not read, `explain.rs` explains.

use std::ops::Range;

use edtf_core::{Bound, Date as EdtfDate, DateField, Edtf, IntervalEndpoint, SetElement, SetKind, TimeShift, YearKind};

use super::day::LAST_YEAR;
use super::error::{Help, error};
use super::piece::Piece;
use super::{Date, DateError, End, Form, Member, Offset, Part, Point, Qualifier, Season, Time};

/// The longest text that is looked at, in bytes. No date is half as long, and explaining what is
/// wrong with a text costs more than reading it.
pub const LONGEST: usize = 200;

/// Why a text was not read.
pub(super) enum Refusal {
    /// It is EDTF, but not of the part that is read here.
    Known(DateError),
    /// It is not EDTF, as the parser saw at a byte offset.
    Unread { offset: usize, reason: &'static str },
}

/// Reads a date without a search for what else the text might mean.
pub(super) fn strict(text: &str) -> Result<Date, Refusal> {
    if text.len() > LONGEST {
        let message = format!("a date has at most {LONGEST} bytes, this text has {}", text.len());
        return Err(Refusal::Known(error(0..text.len(), &message, None)));
    }
    let edtf = Edtf::parse(text).map_err(|error| Refusal::Unread { offset: error.offset, reason: error.message })?;
    convert(text, &edtf).map(Date::of).map_err(Refusal::Known)
}

/// “write `…`” if the text is a date; what to write instead if it is EDTF that is not read.
pub(super) fn spelling(text: &str) -> Option<Help> {
    match strict(text) {
        Ok(_) => Some(Help::write(text)),
        Err(Refusal::Known(error)) => error.help.map(|words| Help { words, instead: error.instead }),
        Err(Refusal::Unread { .. }) => None,
    }
}

/// Help to write the whole text with something else in the place of `piece`. If another part is at fault as well, that is
/// mended too; `None` if it can’t be.
fn rewrite(piece: &Piece<'_>, by: &str) -> Option<Help> {
    let before = piece.whole.get(..piece.at.start)?;
    let after = piece.whole.get(piece.at.end..)?;
    // A text that stayed as it was would be refused and mended for ever.
    (by != piece.text()).then(|| spelling(&format!("{before}{by}{after}")))?
}

fn convert(text: &str, edtf: &Edtf) -> Result<Form, DateError> {
    let all = Piece { whole: text, at: 0..text.len() };
    match edtf {
        Edtf::Date(date) => point(date, &all, Position::Alone).map(Form::Point),
        Edtf::DateTime(moment) => {
            let time = Time {
                hour: moment.time.hour,
                minute: moment.time.minute,
                second: moment.time.second,
                offset: match moment.time.shift {
                    None => Offset::None,
                    Some(TimeShift::Utc) => Offset::Utc,
                    Some(TimeShift::Offset { minutes, .. }) => Offset::Minutes(minutes),
                },
            };
            let day = point(&moment.date, &all, Position::Alone)?;
            Ok(Form::Moment(day, time))
        }
        Edtf::Interval(interval) => {
            // An interval has one slash.
            let slash = text.find('/').unwrap_or(text.len());
            let start = end(&interval.start, &all.part(0..slash))?;
            let end = end(&interval.end, &all.part(slash + 1..text.len()))?;
            Ok(Form::Interval(start, end))
        }
        Edtf::Set(set) if set.kind == SetKind::AllMembers => Err(all.level_2(
            "a set of several dates (`{…}`)",
            Some("write one record a date, an interval such as `2025-04/2025-06`, or `[…]` for one of several".into()),
        )),
        Edtf::Set(set) => {
            let mut members = Vec::with_capacity(set.elements.len());
            let mut from = 1;
            for element in &set.elements {
                let rest = text.get(from..text.len() - 1).unwrap_or_default();
                let length = rest.find(',').unwrap_or(rest.len());
                members.push(member(element, &all.part(from..from + length))?);
                from += length + 1;
            }
            Ok(Form::OneOf(members.into_boxed_slice()))
        }
    }
}

fn end(endpoint: &IntervalEndpoint, piece: &Piece) -> Result<End, DateError> {
    match endpoint {
        IntervalEndpoint::Unknown => Ok(End::Unknown),
        IntervalEndpoint::Open => Ok(End::Open),
        IntervalEndpoint::Date(date) => point(date, piece, Position::Interval).map(End::At),
        IntervalEndpoint::OnOrBefore(_) | IntervalEndpoint::OnOrAfter(_) => {
            Err(piece.level_2("`..` together with a date in an interval", rewrite(piece, "..")))
        }
    }
}

fn member(element: &SetElement, piece: &Piece) -> Result<Member, DateError> {
    let text = piece.text();
    let Range { start, end } = piece.at.clone();
    match element {
        SetElement::Date(date) => point(date, piece, Position::Set).map(Member::At),
        SetElement::OnOrBefore(date) => point(date, &piece.part(start + 2..end), Position::Set).map(Member::OrEarlier),
        SetElement::OnOrAfter(date) => point(date, &piece.part(start..end - 2), Position::Set).map(Member::OrLater),
        SetElement::Range(from, to) => {
            let dots = start + text.find("..").unwrap_or(0);
            let from = point(from, &piece.part(start..dots), Position::Set)?;
            let to = point(to, &piece.part(dots + 2..end), Position::Set)?;
            Ok(Member::Between(from, to))
        }
    }
}

/// Where a point is.
#[derive(Clone, Copy, PartialEq)]
enum Position {
    Alone,
    Interval,
    Set,
}

fn point(date: &EdtfDate, piece: &Piece, position: Position) -> Result<Point, DateError> {
    let qualifier = qualifier(date, piece)?;
    let year = match date.year.kind {
        YearKind::Big { value } => i32::try_from(value)
            .ok()
            .filter(|year| (-LAST_YEAR..=LAST_YEAR).contains(year))
            .ok_or_else(|| error(piece.at.clone(), "a year has at most nine digits", None))?,
        YearKind::Exponential { .. } => {
            let help = date.year.value().filter(|year| year.unsigned_abs() <= LAST_YEAR as u64);
            let help = help.and_then(|year| rewrite(piece, &format!("Y{year}")));
            return Err(piece.level_2("a year with an exponent (`E`)", help));
        }
        YearKind::Standard { negative, digits } => {
            let size = digits.iter().fold(0, |year, digit| year * 10 + i32::from(digit.unwrap_or(0)));
            if negative { -size } else { size }
        }
    };
    if let Some(digits) = date.year.significant_digits {
        return Err(significant(year, digits, piece));
    }
    let part = part(date, year).ok_or_else(|| unreadable_part(date, year, piece, position))?;
    let unspecified =
        matches!(part, Part::Century | Part::Decade | Part::SomeMonth | Part::SomeDayOfYear | Part::SomeDayOfMonth(_));
    if unspecified && position == Position::Interval {
        // An interval to “a day in June” is an interval to June.
        let coarser = match part {
            Part::SomeMonth | Part::SomeDayOfYear => Some(Part::Year),
            Part::SomeDayOfMonth(month) => Some(Part::Month(month)),
            _ => None,
        };
        let help = match coarser {
            Some(part) => rewrite(piece, &Point { year, part, qualifier }.to_string()),
            None => Some("write a year, followed by `~` if it is an estimate".into()),
        };
        return Err(piece.level_2("an unspecified digit (`X`) in an interval", help));
    }
    Ok(Point { year, part, qualifier })
}

/// The qualifier of a whole point. A qualifier that isn't at its end is level 2, even if it means
/// the same.
fn qualifier(date: &EdtfDate, piece: &Piece) -> Result<Qualifier, DateError> {
    let qualifier = match (date.is_uncertain(), date.is_approximate()) {
        (false, false) => return Ok(Qualifier::None),
        (true, false) => Qualifier::Uncertain,
        (false, true) => Qualifier::Approximate,
        (true, true) => Qualifier::Both,
    };
    let text = piece.text();
    let is_qualifier = |c| matches!(c, '?' | '~' | '%');
    match text.find(is_qualifier) {
        Some(first) if first + 1 < text.len() => {
            let mut whole = text.replace(is_qualifier, "");
            whole.push(match qualifier {
                Qualifier::Approximate => '~',
                Qualifier::Both => '%',
                _ => '?',
            });
            Err(piece.level_2("a qualifier in the middle of a date", rewrite(piece, &whole)))
        }
        _ => Ok(qualifier),
    }
}

/// What a point names, if it is of level 0 or 1.
fn part(date: &EdtfDate, year: i32) -> Option<Part> {
    let all_unspecified = |field: DateField| field.digits == [None, None];
    if let YearKind::Standard { digits, .. } = date.year.kind
        && date.year.has_unspecified()
    {
        return match digits {
            _ if date.month.is_some() => None,
            [Some(_), Some(_), Some(_), None] => Some(Part::Decade),
            [Some(_), Some(_), None, None] => Some(Part::Century),
            _ => None,
        };
    }
    let Some(month) = date.month else {
        return Some(Part::Year);
    };
    match (month.value(), date.day) {
        (Some(code), None) if code > 12 => Season::ALL.into_iter().find(|season| season.code() == code).map(Part::Season),
        (Some(month), None) => Some(Part::Month(month)),
        (Some(month), Some(day)) => match day.value() {
            Some(day) if day <= super::day::days_in_month(year, month) => Some(Part::Day(month, day)),
            None if all_unspecified(day) => Some(Part::SomeDayOfMonth(month)),
            _ => None,
        },
        (None, None) if all_unspecified(month) => Some(Part::SomeMonth),
        (None, Some(day)) if all_unspecified(month) && all_unspecified(day) => Some(Part::SomeDayOfYear),
        (None, _) => None,
    }
}

/// The error for a sub-year grouping of level 2, or for digits left out where level 1 has them.
fn unreadable_part(date: &EdtfDate, year: i32, piece: &Piece, position: Position) -> DateError {
    let code = date.month.and_then(DateField::value).filter(|code| *code > 12);
    let Some(code) = code.filter(|_| !date.year.has_unspecified()) else {
        let help = unspecified_help(date, year, piece, position);
        return piece.level_2("an unspecified digit (`X`) here", help);
    };
    let month = |year, month| Point { year, part: Part::Month(month), qualifier: Qualifier::None }.to_string();
    let span = |from, to| format!("{}/{}", month(year, from), month(year, to));
    // The months of the codes are those of ISO 8601-2, 4.8; seasons are three months.
    let instead = match code {
        25..=28 => month(year, code - 4),
        29 => span(9, 11),
        30 => format!("{}/{}", month(year, 12), month(year + 1, 2)),
        31 => span(3, 5),
        32 => span(6, 8),
        33..=36 => span((code - 33) * 3 + 1, (code - 33) * 3 + 3),
        37..=39 => span((code - 37) * 4 + 1, (code - 37) * 4 + 4),
        _ => span((code - 40) * 6 + 1, (code - 40) * 6 + 6),
    };
    let mut error = piece.level_2("", rewrite(piece, &instead));
    error.message = format!("there is no month {code}, and groups of months (25 to 41 in EDTF level 2) aren't supported");
    error
}

/// What to write instead of digits that level 1 doesn't allow to be unspecified.
fn unspecified_help(date: &EdtfDate, year: i32, piece: &Piece, position: Position) -> Option<Help> {
    let YearKind::Standard { digits, .. } = date.year.kind else {
        return None;
    };
    if digits == [None; 4] {
        let help = "leave the date out if nothing is known about its year";
        return Some(help.into());
    }
    let coarser = match (digits, date.month, date.day) {
        ([Some(a), Some(b), Some(c), None], ..) => format!("{a}{b}{c}X"),
        ([Some(a), Some(b), None, None], ..) => format!("{a}{b}XX"),
        ([None, _, _, Some(_)] | [_, None, _, Some(_)] | [_, _, None, Some(_)], ..) => return None,
        (_, Some(month), Some(_)) if !date.year.has_unspecified() && month.value().is_none() => {
            Point { year, part: Part::SomeDayOfYear, qualifier: Qualifier::None }.to_string()
        }
        _ => {
            // The digits run from one date to another, and one of these is meant.
            let bounds = Edtf::Date(*date).bounds();
            let (Bound::Date(first), Bound::Date(last)) = (bounds.earliest, bounds.latest) else {
                return None;
            };
            let (first, last) = (first.to_string(), last.to_string());
            let length = match (digits, date.month, date.day) {
                ([.., Some(_)], Some(_), Some(_)) => 10,
                ([.., Some(_)], Some(_), None) => 7,
                ([_, None, None, None], None, None) => 4,
                _ => return None,
            };
            let range = format!("{}..{}", first.get(..length)?, last.get(..length)?);
            match position {
                Position::Alone => format!("[{range}]"),
                Position::Set => range,
                Position::Interval => return None,
            }
        }
    };
    rewrite(piece, &coarser)
}

/// The error for significant digits: `1950S2` is some year of 1900 to 1999, estimated as 1950.
fn significant(year: i32, digits: u32, piece: &Piece) -> DateError {
    let help = match (year, digits) {
        (0..=9999, 2) => format!("{:02}XX", year / 100),
        (0..=9999, 3) => format!("{:03}X", year / 10),
        (-9999..=9999, _) => format!("{}{:04}~", if year < 0 { "-" } else { "" }, year.abs()),
        _ => format!("Y{year}~"),
    };
    piece.level_2("a number of significant digits (`S`)", rewrite(piece, &help))
}
