//! Dates as spreadsheets write them.

use crate::date::{self, DateError};

/// Whether the month or the day comes first in a date such as 3/4/2025.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// March 4.
    MonthFirst,
    /// April 3.
    DayFirst,
}

/// The date in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// In EDTF.
    Date(String),
    /// Two readings, month first and day first; [`Order`] picks one.
    Either(String, String),
    /// An Excel day number, and the day it stands for.
    Serial(String),
}

impl Cell {
    /// The date in EDTF, if there is only one reading.
    #[must_use]
    pub fn settled(&self, order: Option<Order>) -> Option<&str> {
        match (self, order) {
            (Self::Date(date) | Self::Serial(date), _) => Some(date),
            (Self::Either(date, _), Some(Order::MonthFirst)) | (Self::Either(_, date), Some(Order::DayFirst)) => Some(date),
            (Self::Either(..), None) => None,
        }
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a cell. Sets `proven` if the order of day and month is certain.
///
/// # Errors
/// If it isn't a date, with what may have been meant.
pub fn read(text: &str, proven: &mut dyn FnMut(Order)) -> Result<Cell, DateError> {
    let text = text.trim();
    if date::parse(text).is_ok() {
        return Ok(Cell::Date(text.to_owned()));
    }
    let (day, time) = split_time(text);
    let parts: Vec<&str> = day.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &str| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    if let [a, b, c] = parts[..] {
        let marks: Vec<char> = day.chars().filter(|c| !c.is_ascii_digit() && *c != ' ').collect();
        let is_plain = matches!(marks[..], ['/', '/'] | ['-', '-'] | ['.', '.'] | ['.', '.', '.']) && !day.starts_with('-');
        if is_plain && is_number(a) && is_number(b) && is_number(c) {
            return numbers(a, b, c, marks[0] == '.', &time, proven).ok_or_else(|| DateError {
                at: 0..text.len(),
                message: "there is no such day".to_owned(),
                help: Some("write it as 2025-03-15, or as March 15, 2025".to_owned()),
                instead: None,
            });
        }
        if let (true, Some(month), true) = (is_number(a), month(b), is_number(c))
            && let Some(date) = iso(&year(c), month, a, &time)
        {
            return Ok(Cell::Date(date));
        }
    }
    // Excel turns “March 2025” into this, and also “March 25”, but then it knows the year and hides it.
    if let [a, b] = parts[..]
        && let Some(month) = month(a).filter(|_| day.contains('-') && b.len() == 2 && is_number(b))
    {
        return Ok(Cell::Date(format!("{}-{month:02}", year(b))));
    }
    if let Some(day) = serial(text) {
        return Ok(Cell::Serial(day));
    }
    match date::parse(text) {
        Ok(_) => Ok(Cell::Date(text.to_owned())),
        Err(DateError { instead: Some(instead), .. }) => Ok(Cell::Date(instead)),
        Err(error) => Err(error),
    }
}

/// Three numbers: the year first, or the day and month in one of two orders.
fn numbers(a: &str, b: &str, c: &str, has_dots: bool, time: &str, proven: &mut dyn FnMut(Order)) -> Option<Cell> {
    let number = |text: &str| text.parse::<u8>().ok();
    if a.len() == 4 {
        return iso(a, number(b)?, c, time).map(Cell::Date);
    }
    let year = year(c);
    let month_first = number(a).and_then(|month| iso(&year, month, b, time));
    let day_first = number(b).and_then(|month| iso(&year, month, a, time));
    match (month_first, day_first) {
        // With dots, the day comes first.
        (_, Some(date)) if has_dots => Some(Cell::Date(date)),
        (Some(one), Some(other)) if one == other => Some(Cell::Date(one)),
        (Some(one), Some(other)) => Some(Cell::Either(one, other)),
        (Some(date), None) => {
            proven(Order::MonthFirst);
            Some(Cell::Date(date))
        }
        (None, Some(date)) => {
            proven(Order::DayFirst);
            Some(Cell::Date(date))
        }
        (None, None) => None,
    }
}

/// A day in EDTF, if it exists.
fn iso(year: &str, month: u8, day: &str, time: &str) -> Option<String> {
    let date = format!("{year}-{month:02}-{:02}", day.parse::<u8>().ok()?);
    date::parse(&date).ok()?;
    let whole = format!("{date}{time}");
    Some(if date::parse(&whole).is_ok() { whole } else { date })
}

/// A two-digit year, read as Excel reads it.
fn year(text: &str) -> String {
    match text.parse::<u16>() {
        Ok(short) if text.len() <= 2 => format!("{}", if short < 30 { 2000 + short } else { 1900 + short }),
        _ => format!("{text:0>4}"),
    }
}

fn month(text: &str) -> Option<u8> {
    let text = text.trim_end_matches(['.', ',']).to_lowercase();
    let is_word = text.len() >= 3 && text.chars().all(char::is_alphabetic);
    let at = MONTHS.iter().position(|month| is_word && text.is_char_boundary(3) && text[..3] == **month)?;
    Some(at as u8 + 1)
}

/// A time of day at the end of a text, in EDTF; empty for midnight, which spreadsheets add to every day.
fn split_time(text: &str) -> (&str, String) {
    let nothing = (text, String::new());
    let Some((day, clock)) = text.split_once([' ', 'T']).filter(|(_, clock)| clock.contains(':')) else { return nothing };
    let clock = clock.trim().trim_end_matches('Z');
    let half = clock.trim_end_matches(|c: char| matches!(c.to_ascii_lowercase(), 'a' | 'p' | 'm' | '.' | ' '));
    let rest = clock[half.len()..].to_ascii_lowercase();
    let numbers: Option<Vec<u8>> = half.split(':').map(|part| part.split('.').next()?.trim().parse().ok()).collect();
    let Some([hour, rest_of @ ..]) = numbers.as_deref() else { return nothing };
    let hour = match (rest.contains('p'), rest.contains('a'), hour % 12) {
        (true, _, hour) => hour + 12,
        (_, true, hour) => hour,
        _ => *hour,
    };
    let (minute, second) = (rest_of.first().copied().unwrap_or(0), rest_of.get(1).copied().unwrap_or(0));
    if (hour, minute, second) == (0, 0, 0) {
        return (day, String::new());
    }
    (day, format!("T{hour:02}:{minute:02}:{second:02}"))
}

/// A time of day, as EDTF writes it after a day.
#[must_use]
pub fn time(text: &str) -> Option<String> {
    let whole = format!("x {}", text.trim());
    Some(split_time(&whole).1).filter(|time| !time.is_empty())
}

/// The day of the number that Excel shows when a date has lost its format: days since the end of 1899.
fn serial(text: &str) -> Option<String> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_number = whole.len() == 5 && whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit());
    let days: i64 = whole.parse().ok().filter(|_| is_number)?;
    Some(date::Day::from_iso("1899-12-30")?.add_days(days).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> String {
        match read(text, &mut |_| {}) {
            Ok(Cell::Date(date)) => date,
            Ok(Cell::Either(one, other)) => format!("{one} or {other}"),
            Ok(Cell::Serial(date)) => format!("#{date}"),
            Err(error) => error.message,
        }
    }

    #[test]
    fn dates_of_spreadsheets_are_read() {
        for (text, wanted) in [
            ("2025-03-15", "2025-03-15"),
            ("2025/3/5", "2025-03-05"),
            ("2025-03-15 00:00:00", "2025-03-15"),
            ("3/15/2025", "2025-03-15"),
            ("15/03/2025", "2025-03-15"),
            ("15.03.2025", "2025-03-15"),
            ("3.4.2025", "2025-04-03"),
            ("3/4/2025", "2025-03-04 or 2025-04-03"),
            ("4/4/2025", "2025-04-04"),
            ("3/15/25", "2025-03-15"),
            ("3/15/98", "1998-03-15"),
            ("15-Mar-25", "2025-03-15"),
            ("15-Mar-2025", "2025-03-15"),
            ("Mar-25", "2025-03"),
            ("3/15/2025 14:30", "2025-03-15T14:30:00"),
            ("3/15/2025 2:30:00 PM", "2025-03-15T14:30:00"),
            ("3/15/2025 12:05 AM", "2025-03-15T00:05:00"),
            ("45731", "#2025-03-15"),
            ("2025", "2025"),
            ("March 15, 2025", "2025-03-15"),
            ("since May 2025", "2025-05/.."),
            ("2025-03~", "2025-03~"),
            ("2025-03-15/..", "2025-03-15/.."),
            ("-0043-03-15", "-0043-03-15"),
            ("15. 3. 2025", "2025-03-15"),
            ("31.2.2025", "there is no such day"),
        ] {
            assert_eq!(day(text), wanted, "{text}");
        }
        for odd in ["", "é/é/é", "99/99/2025", "1/1", "31.2.2025", "soon", "0/0/0", "T:", "1:1:1:1", "999/999/9999", "1 :é"]
        {
            let _ = read(odd, &mut |_| {});
        }
    }

    #[test]
    fn one_clear_date_tells_the_order_of_all() {
        let mut orders = Vec::new();
        let cells: Vec<_> =
            ["3/4/2025", "3/15/2025"].map(|text| read(text, &mut |order| orders.push(order)).unwrap()).into();
        assert_eq!(orders, [Order::MonthFirst]);
        assert_eq!(cells[0].settled(orders.first().copied()), Some("2025-03-04"));
        assert_eq!(cells[0].settled(None), None);
    }
}
