//! Dates in other notations, such as `March 15, 2025` and `3/15/2025`, for the help of an error.
//!
//! Only what has one meaning is turned into EDTF; of `2/3/2025` both meanings are named.

use super::error::{MONTHS, error};
use super::read::{spelling, strict};
use super::{DateError, Day, phrases};

/// What a text in another notation means.
enum Meaning {
    /// One date, as EDTF.
    One(String),
    /// Day and month may be either: the two dates.
    Either(String, String),
}

/// The error for a text that is a date in another notation; `None` if it is not seen to be one.
pub(super) fn explain(text: &str) -> Option<DateError> {
    let (message, help) = match meaning(text)? {
        Meaning::One(edtf) => ("this is not how dates are written here", spelling(&edtf)?),
        Meaning::Either(one, other) => {
            let (one, other) = (spelled_out(&one)?, spelled_out(&other)?);
            ("day and month can’t be told apart here", format!("write {one}, or {other}").into())
        }
    };
    Some(error(0..text.len(), message, Some(help)))
}

/// A day with its words: “`2025-02-03` for February 3”.
fn spelled_out(iso: &str) -> Option<String> {
    let (_, month, day) = Day::from_iso(iso)?.ymd();
    Some(format!("`{iso}` for {} {day}", MONTHS.get(usize::from(month).checked_sub(1)?)?))
}

fn meaning(text: &str) -> Option<Meaning> {
    if let Some(meaning) = in_numbers(text) {
        return Some(meaning);
    }
    let timed = || match with_clock(text)? {
        Timed::Whole(edtf) => Some(edtf),
        Timed::NoDay(_) => None,
    };
    date_and_time(text).or_else(|| phrases::meaning(text)).or_else(timed).map(Meaning::One)
}

/// Two or three numbers with marks between them, or eight digits.
fn in_numbers(text: &str) -> Option<Meaning> {
    let mark = text.chars().find(|character| !character.is_ascii_digit());
    let Some(mark) = mark else {
        let (year, month, day) = (text.get(..4)?, text.get(4..6)?, text.get(6..8)?);
        return day_of(year, month, day).filter(|_| text.len() == 8).map(Meaning::One);
    };
    if !['-', '/', '.', ' ', '–'].contains(&mark) {
        return None;
    }
    let fields: Vec<&str> = text.split(mark).collect();
    if fields.iter().any(|field| field.is_empty() || !field.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let is_year = |field: &str| field.len() == 4;
    let is_short = |field: &str| field.len() <= 2;
    match fields[..] {
        [year, month, day] if is_year(year) && is_short(month) && is_short(day) => {
            day_of(year, month, day).map(Meaning::One)
        }
        [one, other, year] if is_year(year) && is_short(one) && is_short(other) => {
            match (day_of(year, other, one), day_of(year, one, other)) {
                (Some(day_first), Some(month_first)) if day_first != month_first => {
                    Some(Meaning::Either(month_first, day_first))
                }
                (one, other) => one.or(other).map(Meaning::One),
            }
        }
        [year, month] if is_year(year) && is_short(month) => month_of(year, month).map(Meaning::One),
        [month, year] if is_year(year) && is_short(month) => month_of(year, month).map(Meaning::One),
        [from, to] if is_year(from) && is_year(to) => read(&format!("{from}/{to}")).map(Meaning::One),
        _ => None,
    }
}

fn day_of(year: &str, month: &str, day: &str) -> Option<String> {
    read(&format!("{year}-{month:0>2}-{day:0>2}")).filter(|edtf| Day::from_iso(edtf).is_some())
}

fn month_of(year: &str, month: &str) -> Option<String> {
    let month: u8 = month.parse().ok()?;
    (1..=12).contains(&month).then(|| format!("{year}-{month:02}"))
}

/// The text itself if it is a date.
pub(super) fn read(text: &str) -> Option<String> {
    strict(text).is_ok().then(|| text.to_string())
}

/// A day and a time of day with a space between, without seconds, or with parts of a second.
fn date_and_time(text: &str) -> Option<String> {
    let (day, rest) = (text.get(..10)?, text.get(10..)?);
    let time = rest.strip_prefix(['T', 't', ' '])?.trim_start();
    let zone = time.find(['Z', 'z', '+', '-', ' ']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone);
    let whole = clock.split('.').next().unwrap_or(clock);
    let seconds = if whole.split(':').count() == 2 { ":00" } else { "" };
    let pad = if whole.find(':') == Some(1) { "0" } else { "" };
    let mut zone = zone.trim().to_uppercase();
    if let (5, Some(hours), Some(minutes)) = (zone.len(), zone.get(..3), zone.get(3..))
        && minutes.bytes().all(|byte| byte.is_ascii_digit())
    {
        zone = format!("{hours}:{minutes}");
    }
    read(&format!("{day}T{pad}{whole}{seconds}{zone}"))
}

/// A day and a time of day anywhere in a phrase: `March 3, 2026, 7:25 p.m. EST`.
fn with_clock(text: &str) -> Option<Timed> {
    let lower = text.to_lowercase();
    let mut words = lower.split([' ', ',', '\u{a0}', '\u{202f}']).filter(|word| !word.is_empty()).peekable();
    let (mut time, mut zone, mut rest): (Option<String>, Option<&str>, Vec<&str>) = (None, None, Vec::new());
    while let Some(word) = words.next() {
        let half = words.peek().copied().and_then(half_of_day);
        if let Some(clock) = clock(word, half).filter(|_| time.is_none()) {
            if half.is_some() {
                words.next();
            }
            time = Some(clock);
        } else if let Some(offset) = zone_named(word).filter(|_| time.is_some() && zone.is_none()) {
            zone = Some(offset);
        } else if word != "at" {
            rest.push(word);
        }
    }
    let time = format!("{}{}", time?, zone.unwrap_or(""));
    if rest.is_empty() {
        return Some(Timed::NoDay(time));
    }
    let day = rest.join(" ");
    let day = read(&day).or_else(|| single(&day)).filter(|day| Day::from_iso(day).is_some())?;
    read(&format!("{day}T{time}")).map(Timed::Whole)
}

/// What a phrase with a time of day says.
pub(super) enum Timed {
    /// A day and a time, as EDTF.
    Whole(String),
    /// A time, and no day.
    NoDay(String),
}

/// A time of day on its own: what it is in EDTF.
pub(super) fn time_alone(text: &str) -> Option<String> {
    match with_clock(text)? {
        Timed::NoDay(time) => Some(time),
        Timed::Whole(_) => None,
    }
}

/// `p.m.` and the like: how many hours it adds to those before noon.
fn half_of_day(word: &str) -> Option<u8> {
    match word.replace('.', "").as_str() {
        "am" => Some(0),
        "pm" => Some(12),
        _ => None,
    }
}

/// A time of day in EDTF's form: `7:25pm`, `19:25`, or `7` followed by a half of the day.
fn clock(word: &str, half: Option<u8>) -> Option<String> {
    let bare = word.replace('.', "");
    let own = bare.strip_suffix("am").map(|rest| (rest, 0)).or(bare.strip_suffix("pm").map(|rest| (rest, 12)));
    let (digits, half) = own.map_or((word, half), |(rest, half)| (rest, Some(half)));
    let mut fields = digits.split(':').map(|field| field.parse::<u8>().ok().filter(|_| (1..=2).contains(&field.len())));
    let (hour, minute, second) = (fields.next()??, fields.next(), fields.next());
    if fields.next().is_some() || (minute.is_none() && half.is_none()) {
        return None;
    }
    let (minute, second) = (minute.unwrap_or(Some(0))?, second.unwrap_or(Some(0))?);
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    (hour < 24 && minute < 60 && second < 60).then(|| format!("{hour:02}:{minute:02}:{second:02}"))
}

/// The offset of a zone whose abbreviation has one meaning in the news.
fn zone_named(word: &str) -> Option<&'static str> {
    match word {
        "z" | "utc" | "gmt" => Some("Z"),
        "est" | "cdt" => Some("-05:00"),
        "edt" => Some("-04:00"),
        "mdt" => Some("-06:00"),
        "mst" | "pdt" => Some("-07:00"),
        "pst" => Some("-08:00"),
        "cet" => Some("+01:00"),
        "cest" => Some("+02:00"),
        _ => None,
    }
}

/// A single date in another notation, for the side of a range.
pub(super) fn single(text: &str) -> Option<String> {
    match in_numbers(text) {
        Some(Meaning::One(edtf)) => Some(edtf),
        Some(Meaning::Either(..)) => None,
        None => phrases::single(text),
    }
}
