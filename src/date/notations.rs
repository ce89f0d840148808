//! Dates in other notations, such as `March 15, 2025` and `3/15/2025`, for the help of an error.
//!
//! Only what has one meaning is turned into EDTF; of `2/3/2025` both meanings are named.

use super::error::{MONTHS, error};
use super::read::{spelling, strict};
use super::{DateError, Day};

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

/// A day with its words: “`2025-02-03` for 3 February”.
fn spelled_out(iso: &str) -> Option<String> {
    let (_, month, day) = Day::from_iso(iso)?.ymd();
    Some(format!("`{iso}` for {day} {}", MONTHS.get(usize::from(month).checked_sub(1)?)?))
}

fn meaning(text: &str) -> Option<Meaning> {
    if let Some(meaning) = in_numbers(text) {
        return Some(meaning);
    }
    date_and_time(text).or_else(|| in_words(text)).or_else(|| range(text)).map(Meaning::One)
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
fn read(text: &str) -> Option<String> {
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

/// A day, month, season, year or decade in English words.
fn in_words(text: &str) -> Option<String> {
    let (mut year, mut month, mut day, mut season) = (None, None, None, None);
    let (mut about, mut perhaps) = (false, false);
    let lower = text.to_lowercase();
    let marks = |character: char| character.is_whitespace() || ",.".contains(character);
    let words = || lower.split(marks).filter(|word| !word.is_empty());
    if words().count() > 8 {
        return None;
    }
    for word in words() {
        let number = word.trim_end_matches(|character: char| character.is_ascii_lowercase());
        let ending = &word[number.len()..];
        match (number.len(), ending) {
            (0, "about" | "around" | "approximately" | "approx" | "circa" | "ca" | "c") => about = true,
            (0, "perhaps" | "possibly" | "maybe" | "probably") => perhaps = true,
            (0, "the" | "of" | "in" | "on") => {}
            (0, word) if weekday(word) => {}
            (0, word) => match (month_named(word), season_named(word)) {
                (Some(number), _) if month.is_none() => month = Some(number),
                (None, Some(code)) if season.is_none() => season = Some(code),
                _ => return None,
            },
            (4, "") if year.is_none() => year = Some(number.to_string()),
            (4, "s") if year.is_none() && number.ends_with('0') => year = Some(format!("{}X", &number[..3])),
            (1 | 2, "" | "st" | "nd" | "rd" | "th") if day.is_none() => day = Some(format!("{number:0>2}")),
            _ => return None,
        }
    }
    let mut edtf = year?;
    match (month, day, season) {
        (Some(month), None, None) => edtf.push_str(&format!("-{month:02}")),
        (Some(month), Some(day), None) => edtf.push_str(&format!("-{month:02}-{day}")),
        (None, None, Some(season)) => edtf.push_str(&format!("-{season}")),
        (None, None, None) => {}
        _ => return None,
    }
    edtf.push_str(match (about, perhaps) {
        (true, true) => "%",
        (true, false) => "~",
        (false, true) => "?",
        (false, false) => "",
    });
    read(&edtf)
}

/// The number of a month by its name or the first three letters or more of it.
fn month_named(word: &str) -> Option<u8> {
    let matches =
        |name: &&str| word.len() >= 3 && name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let index = MONTHS.iter().position(matches)?;
    u8::try_from(index + 1).ok()
}

fn season_named(word: &str) -> Option<u8> {
    match word {
        "spring" => Some(21),
        "summer" => Some(22),
        "autumn" | "fall" => Some(23),
        "winter" => Some(24),
        _ => None,
    }
}

fn weekday(word: &str) -> bool {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3 && days.iter().any(|day| day.starts_with(word))
}

/// Two dates with a dash or a word between them.
fn range(text: &str) -> Option<String> {
    ["/", " to ", " until ", " - ", "–", "—", "..", " and "].iter().find_map(|mark| {
        let (from, to) = text.split_once(mark)?;
        let start = side(from.trim())?;
        let end = match to.trim().to_lowercase().as_str() {
            "present" | "now" | "today" | "ongoing" => "..".to_string(),
            to => side(to).or_else(|| (to == "..").then(|| to.to_string()))?,
        };
        read(&format!("{start}/{end}"))
    })
}

/// One side of a range.
fn side(text: &str) -> Option<String> {
    if let Some(edtf) = read(text) {
        let plain = !edtf.contains(['/', '[', 'T', 'X']);
        return plain.then_some(edtf);
    }
    match in_numbers(text) {
        Some(Meaning::One(edtf)) => Some(edtf),
        Some(Meaning::Either(..)) => None,
        None => in_words(text),
    }
}
