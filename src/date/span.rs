//! Spans given as two fields, such as `from` and `to` of a role.

use super::{Date, DateError, End, Form, Part, Point, parse};

/// One side of a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpanEnd {
    /// Nothing is said.
    Unknown,
    /// `..`: no start, or no end yet.
    Open,
    /// A date.
    At(Date),
}

/// Reads one side of a span: a date, or `..`.
///
/// # Errors
///
/// Those of [`parse`].
pub fn parse_end(text: &str) -> Result<SpanEnd, DateError> {
    if text == ".." { Ok(SpanEnd::Open) } else { parse(text).map(SpanEnd::At) }
}

/// The interval from one side to another, such as `2019-06-01/..`. A time of day is left out, and of
/// a day or month not specified (`2025-XX`) the whole that it lies in is taken.
///
/// # Errors
///
/// If a side is an interval, a set, a decade or a century, if neither side is a date, or if the end
/// lies before the start. The place in the error is empty: only the caller knows the two fields.
pub fn span(from: &SpanEnd, to: &SpanEnd) -> Result<Date, DateError> {
    let start = end(from)?;
    let end = end(to)?;
    match (start, end) {
        (End::At(first), End::At(last)) if last.bounds().last < first.bounds().first => {
            Err(error(format!("the end ({last}) lies before the start ({first})")))
        }
        (End::At(_), _) | (_, End::At(_)) => Ok(Date::of(Form::Interval(start, end))),
        _ => Err(error("neither side of the span is a date".into())),
    }
}

fn end(side: &SpanEnd) -> Result<End, DateError> {
    let date = match side {
        SpanEnd::Unknown => return Ok(End::Unknown),
        SpanEnd::Open => return Ok(End::Open),
        SpanEnd::At(date) => date,
    };
    let point = match date.form {
        Form::Point(point) | Form::Moment(point, _) => point,
        Form::Interval(..) | Form::OneOf(_) => return Err(unfit(date)),
    };
    let part = match point.part {
        Part::Century | Part::Decade => return Err(unfit(date)),
        Part::SomeMonth | Part::SomeDayOfYear => Part::Year,
        Part::SomeDayOfMonth(month) => Part::Month(month),
        Part::Year | Part::Season(_) | Part::Month(_) | Part::Day(..) => point.part,
    };
    Ok(End::At(Point { part, ..point }))
}

fn unfit(date: &Date) -> DateError {
    let mut error = error(format!("a span can’t begin or end with `{date}`"));
    error.help = Some("write a day, a month, a season, a year or `..`".into());
    error
}

fn error(message: String) -> DateError {
    DateError { at: 0..0, message, help: None, instead: None }
}
