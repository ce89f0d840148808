//! What is wrong with a text that is not EDTF, and how to write it.
//!
//! This runs on errors only. It knows the EDTF of the drafts before 2019 and the faults of single
//! parts; dates in words and with other marks are the matter of `notations.rs`.

use std::ops::Range;

use super::day::days_in_month;
use super::error::{Help, MONTHS, error};
use super::read::{spelling, strict};
use super::{Date, DateError, characters, notations, phrases};

const FORMS: &str = "dates are written `2025`, `2025-03`, `2025-03-15` or `2025-03-15/2025-04-10` (EDTF)";

/// Explains a text that the parser did not read; `offset` and `reason` are where and why it stopped.
pub(super) fn explain(text: &str, offset: usize, reason: &str) -> DateError {
    if text.trim().is_empty() {
        return error(0..text.len(), "a date is missing", Some(FORMS.into()));
    }
    if text.len() != text.trim().len() {
        let help = spelling(text.trim());
        return error(0..text.len(), "there is space around the date", help.or(Some(FORMS.into())));
    }
    if text == ".." || text == "/" || text == "../.." || text == "../" || text == "/.." {
        let help = "write the side that is known: `2022-03-27/..` (ongoing), `2022-03-27/` (end not known)";
        return error(0..text.len(), "there is no date in this interval", Some(help.into()));
    }
    other_characters(text)
        .or_else(|| old_edtf(text))
        .or_else(|| spaced_set(text))
        .or_else(|| notations::explain(text))
        .or_else(|| parts(text).find_map(|at| impossible(text, at)))
        .or_else(|| reversed(text))
        .or_else(|| timed_interval(text))
        .or_else(|| before_our_era(text))
        .or_else(|| in_part(text))
        .or_else(|| quarter(text))
        .or_else(|| in_words(text))
        .unwrap_or_else(|| {
            let start = floor_boundary(text, offset.min(text.len()));
            let message = format!("this is not a date: {reason}");
            error(start..text.len(), &message, Some(FORMS.into()))
        })
}

/// A quarter of a year: `Q1 2025`, `2025-Q1`.
fn quarter(text: &str) -> Option<DateError> {
    let mut words = text.split([' ', '-', '/']).filter(|word| !word.is_empty());
    let (one, other) = (words.next()?, words.next()?);
    let (quarter, year) = if one.starts_with(['Q', 'q']) { (one, other) } else { (other, one) };
    let number: usize = quarter.strip_prefix(['Q', 'q'])?.parse().ok().filter(|number| (1..=4).contains(number))?;
    let months = ["01/Y-03", "04/Y-06", "07/Y-09", "10/Y-12"][number - 1].replace('Y', year);
    let help = spelling(&format!("{year}-{months}")).filter(|_| words.next().is_none())?;
    Some(error(0..text.len(), "this is not how dates are written here", Some(help)))
}

/// Words that say no day.
fn in_words(text: &str) -> Option<DateError> {
    let is_word = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    if !text.split(|c: char| !c.is_alphanumeric()).any(is_word) {
        return None;
    }
    let help = if text.contains(|c: char| c.is_ascii_digit()) {
        FORMS.to_owned()
    } else {
        format!("{FORMS}; if the day isn't known, write what is known: `2025-03`, `2025`, `202X`")
    };
    Some(error(0..text.len(), "this is not how dates are written here", Some(help.into())))
}

/// The EDTF of the drafts before 2019, whose signs ISO 8601-2 replaced.
fn old_edtf(text: &str) -> Option<DateError> {
    let mut today = String::with_capacity(text.len());
    let mut sides = text.split('/').peekable();
    while let Some(side) = sides.next() {
        today.push_str(&match side {
            "unknown" => String::new(),
            "open" => "..".into(),
            side => old_side(side)?,
        });
        if sides.peek().is_some() {
            today.push('/');
        }
    }
    if today == text {
        return None;
    }
    let unknown = !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'u' | b'x' | b'X' | b'-'));
    let help = spelling(&today).or_else(|| unknown.then(|| "leave the date out if nothing is known about its year".into()));
    let message = if text.contains(['u', 'y', 'e', 'p']) || text.contains("?~") || text.contains("~?") {
        "this is an outdated way of writing an uncertain date (EDTF before 2019)"
    } else {
        "a capital letter belongs here (EDTF)"
    };
    // A word that has one of the letters is no old EDTF, unless today’s spelling is one.
    (unknown || help.is_some()).then(|| error(0..text.len(), message, help))
}

/// One side of an old interval in today’s spelling, or `None` if it has something else in it.
fn old_side(side: &str) -> Option<String> {
    let side = side.replace("?~", "%").replace("~?", "%");
    let mut today = String::with_capacity(side.len());
    for (index, character) in side.char_indices() {
        today.push(match character {
            'u' | 'x' => 'X',
            'y' if index == 0 => 'Y',
            'e' => 'E',
            'p' => 'S',
            't' => 'T',
            'z' => 'Z',
            other if other.is_ascii_digit() || "-?~%.XYESTZ:+[]{},".contains(other) => other,
            _ => return None,
        });
    }
    Some(today)
}

/// The places of the single dates in a text: between slashes, commas, brackets and double dots.
fn parts(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    text.split(['/', ',', '[', ']', '{', '}']).flat_map(move |piece| {
        let start = from;
        // Each of the separators is one byte.
        from += piece.len() + 1;
        let mut inner = start;
        piece
            .split("..")
            .map(move |part| {
                let at = inner..inner + part.len();
                inner += part.len() + 2;
                at
            })
            .collect::<Vec<_>>()
    })
}

/// A month or a day that no calendar has, or a time that no clock shows.
fn impossible(text: &str, at: Range<usize>) -> Option<DateError> {
    let part = text.get(at.clone())?;
    let plain = part.trim_end_matches(['?', '~', '%']);
    let (sign, digits) = plain.strip_prefix('-').map_or((1, plain), |rest| (-1, rest));
    let place = |from: usize, to: usize| {
        let skipped = at.start + plain.len() - digits.len();
        skipped + from..skipped + to
    };
    if digits.len() > 10 && matches!(digits.as_bytes()[10], b'T') {
        return clock(text, at.start + plain.len() - digits.len() + 11..at.end)
            .or_else(|| impossible(text, at.start..at.start + plain.len() - digits.len() + 10));
    }
    let fields: Vec<&str> = digits.split('-').collect();
    let (year, month, day) = match fields[..] {
        [year, month] => (year, month, None),
        [year, month, day] => (year, month, Some(day)),
        _ => return None,
    };
    if year.len() != 4 || month.len() != 2 || day.is_some_and(|day| day.len() != 2) {
        return None;
    }
    let month_value: u8 = month.parse().ok()?;
    let replaced = |by: &str| spelling(&format!("{}{by}{}", &text[..at.start], &text[at.start + plain.len()..]));
    let sign_text = if sign < 0 { "-" } else { "" };
    if month_value == 0 {
        let help = replaced(&format!("{sign_text}{year}-XX")).filter(|_| day.is_none_or(|day| day == "00"));
        let help = help.map(|help| help.only_if("the month is not known"));
        return Some(error(place(5, 7), "there is no month 00", help));
    }
    if month_value > 12 && !(21..=24).contains(&month_value) {
        let swapped = day.filter(|day| day.parse().is_ok_and(|day: u8| (1..=12).contains(&day)));
        let help = swapped.and_then(|day| replaced(&format!("{sign_text}{year}-{day}-{month}")));
        let help = help.map(|help| help.only_if(&format!("{month} is the day")));
        return Some(error(place(5, 7), &format!("there is no month {month}"), help));
    }
    let day = day?;
    if month_value > 12 {
        let help = replaced(&format!("{sign_text}{year}-{month}"));
        return Some(error(place(8, 10), "a season has no day", help));
    }
    let day_value: u8 = day.parse().ok()?;
    if day_value == 0 {
        let help = replaced(&format!("{sign_text}{year}-{month}-XX"));
        let help = help.map(|help| help.only_if("the day is not known"));
        return Some(error(place(8, 10), "there is no day 00", help));
    }
    // Without a known year, February may have 29 days.
    let year_value: i32 = year.parse().unwrap_or(2000);
    let days = days_in_month(sign * year_value, month_value);
    let name = MONTHS[usize::from(month_value) - 1];
    let message = format!("{name} {sign_text}{year} has {days} days");
    (day_value > days).then(|| error(place(8, 10), &message, None))
}

/// What is wrong with a time of day that follows the `T` of a date.
fn clock(text: &str, at: Range<usize>) -> Option<DateError> {
    let time = text.get(at.clone())?;
    let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let fields: Vec<&str> = time.get(..zone)?.split(':').collect();
    let [hour, minute, second] = fields[..] else {
        return None;
    };
    let limits = [("hour", hour, 23), ("minute", minute, 59), ("second", second, 60)];
    for (index, (name, field, limit)) in limits.into_iter().enumerate() {
        let value: u8 = field.parse().ok().filter(|_| field.len() == 2)?;
        if value > limit {
            let start = at.start + index * 3;
            let help = (name == "hour" && value == 24).then(|| "midnight is `00:00:00` of the next day".into());
            return Some(error(start..start + 2, &format!("there is no {name} {value}"), help));
        }
    }
    let offset = time.get(zone..)?;
    if offset.is_empty() || strict(&format!("2000-01-01T00:00:00{offset}")).is_ok() {
        return None;
    }
    let help = "an offset is `Z`, or hours and minutes such as `-04:00`, at most 14 hours from UTC";
    let at = at.start + zone..at.end;
    Some(error(at, "this is not an offset from UTC", Some(help.into())))
}

/// An interval or a range whose two sides are dates, and so must be in the wrong order.
fn reversed(text: &str) -> Option<DateError> {
    let (mark, opened) = if text.contains('/') { ("/", "") } else { ("..", "[") };
    let inner = text.strip_prefix(opened)?;
    let inner = if opened.is_empty() { inner } else { inner.strip_suffix(']')? };
    let (start, end) = inner.split_once(mark)?;
    let (first, last): (Date, Date) = (strict(start).ok()?, strict(end).ok()?);
    if last.last_day() >= first.first_day() || first.is_interval() || last.is_interval() {
        return None;
    }
    let at = text.len() - (text.len() - opened.len() - inner.len()) - end.len()..opened.len() + inner.len();
    let close = if opened.is_empty() { "" } else { "]" };
    let help = spelling(&format!("{opened}{end}{mark}{start}{close}"));
    Some(error(at, &format!("the interval ends ({end}) before it starts ({start})"), help))
}

/// An interval with a time of day, which EDTF does not have.
fn timed_interval(text: &str) -> Option<DateError> {
    let (start, end) = text.split_once('/')?;
    let without = |side: &str| match side.split_once(['T', 't', ' ']) {
        Some((day, time)) if time.starts_with(|first: char| first.is_ascii_digit()) => {
            strict(day).is_ok_and(|day| day.is_exact_day()).then(|| day.to_string())
        }
        _ => Some(side.to_string()),
    };
    let (start_day, end_day) = (without(start)?, without(end)?);
    if (&*start_day, &*end_day) == (start, end) {
        return None;
    }
    let days = if start_day == end_day { start_day } else { format!("{start_day}/{end_day}") };
    let help = spelling(&days).or(Some(FORMS.into()));
    Some(error(0..text.len(), "an interval has no times of day", help))
}

/// What EDTF can't say about years before 0, and the year -0, which doesn't exist.
fn before_our_era(text: &str) -> Option<DateError> {
    let rest = text.strip_prefix('-')?;
    if let Some(rest) = rest.strip_prefix("0000") {
        let help = spelling(&format!("0000{rest}")).map(|help| help.only_if("1 BCE is meant"));
        return Some(error(0..5, "there is no year -0000", help));
    }
    if let Some(day) = text.get(..11).filter(|_| rest.as_bytes().get(10) == Some(&b'T')) {
        strict(day).ok()?;
        let message = "a year before 0 can’t have a time of day (EDTF)";
        return Some(error(11..text.len(), message, spelling(day)));
    }
    // Digits that are not specified run from one year to another.
    let digits = rest.get(..4).filter(|digits| rest.len() == 4 && digits.contains('X'))?;
    let known = digits.trim_end_matches('X');
    if known.is_empty() || !known.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (far, near) = (digits.replace('X', "9"), digits.replace('X', "0"));
    let near = if near == "0000" { near } else { format!("-{near}") };
    let message = "years before 0 have no unspecified digits (`X`) in EDTF";
    Some(error(0..text.len(), message, spelling(&format!("[-{far}..{near}]"))))
}

/// A date in which some characters only look like those that belong there.
fn other_characters(text: &str) -> Option<DateError> {
    let (plain, message) = characters::plain(text)?;
    let help = spelling(&plain).or_else(|| {
        let DateError { help, instead, .. } = notations::explain(&plain)?;
        help.map(|words| Help { words, instead })
    });
    help.map(|help| error(0..text.len(), message, Some(help)))
}

/// A set with spaces in it.
fn spaced_set(text: &str) -> Option<DateError> {
    if !text.starts_with(['[', '{']) || !text.contains(char::is_whitespace) {
        return None;
    }
    let plain: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    let help = spelling(&plain)?;
    let message =
        if help.instead.as_ref() == Some(&plain) { "a set has no spaces" } else { "this set can’t be read here" };
    Some(error(0..text.len(), message, Some(help)))
}

/// A date of which something is missing, or that names a part which EDTF has no word for.
fn in_part(text: &str) -> Option<DateError> {
    let whole = 0..text.len();
    if let Some(words) = phrases::vague_part(text) {
        return Some(error(whole, "there is no way to write part of a month, year or decade here", Some(words.into())));
    }
    if let Some(rest) = phrases::without_year(text) {
        let help = format!("write the year, too: `YYYY-{rest}`");
        return Some(error(whole, "the year is missing", Some(help.into())));
    }
    if let Some(time) = notations::time_alone(text) {
        return Some(error(
            whole,
            "the day is missing",
            Some(format!("write the day before it: `YYYY-MM-DDT{time}`").into()),
        ));
    }
    phrases::is_open(text).then(|| {
        let help = "write something ongoing from its beginning: `2022-03-27/..`; an open end by itself is `..`";
        error(whole, "this is not a date", Some(help.into()))
    })
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    (0..=offset).rev().find(|&index| text.is_char_boundary(index)).unwrap_or(0)
}
