//! Reads dates as running text has them: “Monday, March 12, 2025”, “am 12. März”, “en marzo de 2025”.

use std::ops::Range;

use super::told::primary;
use crate::date::{Bounds, Day};

/// How a language writes dates.
pub(super) struct Language {
    /// Its months, each by all its names. A name with a period is an abbreviation.
    months: [&'static [&'static str]; 12],
    /// Its days of the week.
    weekdays: [&'static str; 7],
    /// What may follow the number of a day, the longest first.
    ordinals: &'static [&'static str],
    /// What may be between a day, its month and its year, such as “of”, with the space behind it.
    joints: &'static [&'static str],
    /// What may be between a day of the week and a date, with the space behind it.
    articles: &'static [&'static str],
    /// What makes one date of two days: “and”, “to”.
    ranges: &'static [&'static str],
}

/// English, with the abbreviations that newspapers use.
pub(super) static ENGLISH: Language = Language {
    months: [
        &["January", "Jan."],
        &["February", "Feb."],
        &["March", "Mar."],
        &["April", "Apr."],
        &["May"],
        &["June", "Jun."],
        &["July", "Jul."],
        &["August", "Aug."],
        &["September", "Sept.", "Sep."],
        &["October", "Oct."],
        &["November", "Nov."],
        &["December", "Dec."],
    ],
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ordinals: &["st", "nd", "rd", "th", ""],
    joints: &["of "],
    articles: &["the "],
    ranges: &["and", "or", "to", "through", "until", "till"],
};

static GERMAN: Language = Language {
    months: [
        &["Januar", "Jänner", "Jan."],
        &["Februar", "Feber", "Febr.", "Feb."],
        &["März"],
        &["April", "Apr."],
        &["Mai"],
        &["Juni"],
        &["Juli"],
        &["August", "Aug."],
        &["September", "Sept."],
        &["Oktober", "Okt."],
        &["November", "Nov."],
        &["Dezember", "Dez."],
    ],
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    ordinals: &["."],
    joints: &[],
    articles: &["dem ", "den ", "der "],
    ranges: &["und", "oder", "bis"],
};

static SPANISH: Language = Language {
    months: [
        &["enero"],
        &["febrero"],
        &["marzo"],
        &["abril"],
        &["mayo"],
        &["junio"],
        &["julio"],
        &["agosto"],
        &["septiembre", "setiembre"],
        &["octubre"],
        &["noviembre"],
        &["diciembre"],
    ],
    weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    ordinals: &[".º", "º", "°", ""],
    joints: &["de ", "del "],
    articles: &[],
    ranges: &["y", "o", "a", "al", "hasta"],
};

/// How the language of a tag writes dates, if we know.
pub(super) fn language(tag: &str) -> Option<&'static Language> {
    match primary(tag).as_str() {
        "en" => Some(&ENGLISH),
        "de" => Some(&GERMAN),
        "es" => Some(&SPANISH),
        _ => None,
    }
}

/// What a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// A day.
    Day(Day),
    /// A month and a day of it, in a year that is not named.
    DayOfYear(u8, u8),
    /// A month of a year, by its days.
    Month(Bounds),
    /// Less than that, or more than one day.
    Vague,
}

impl Written {
    /// Whether any of these days may be meant.
    pub(super) fn may_be_in(self, days: Bounds) -> bool {
        match self {
            Self::Day(day) => days.contains(day),
            Self::Month(month) => days.overlaps(&month),
            Self::DayOfYear(month, day) => {
                let (first, last) = (days.first.year(), days.last.year());
                // Every day of the year, leap days aside, is in a whole year.
                last.saturating_sub(first) > 1
                    || (first..=last).filter_map(|year| Day::from_ymd(year, month, day)).any(|day| days.contains(day))
            }
            Self::Vague => true,
        }
    }
}

/// A date in a text.
#[derive(Debug)]
pub(super) struct Found {
    /// Its place, with the day of the week before it.
    pub(super) range: Range<usize>,
    /// What it says.
    pub(super) date: Written,
}

/// The dates of a text, in order. Whatever may be a date counts, but nothing that others would read differently is more than
/// [`Written::Vague`].
pub(super) fn find(text: &str, language: &'static Language) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while let Some((range, mut date)) = next(text, at, language) {
        let (before, behind) = (&text[..range.start], &text[range.end..]);
        if language.is_range(before, behind) {
            date = Written::Vague;
        }
        at = range.end;
        let start = language.weekday_before(before).unwrap_or(range.start);
        found.push(Found { range: start..range.end, date });
    }
    found
}

/// Whether a part of a text may have a date, of which the rest may be in the next part.
pub(super) fn may_hold(text: &str, language: &'static Language) -> bool {
    next(text, 0, language).is_some()
}

/// The first date that begins at `at` or behind it.
fn next(text: &str, mut at: usize, language: &'static Language) -> Option<(Range<usize>, Written)> {
    while let Some(start) = next_word(text, at) {
        if language.may_begin(text.as_bytes()[start]) {
            let mut words = Words { rest: &text[start..], language };
            if let Some(date) = words.any_date() {
                return Some((start..text.len() - words.rest.len(), date));
            }
        }
        at = text[start..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |length| start + length);
    }
    None
}

/// Where the first word begins at `at` or behind it.
fn next_word(text: &str, at: usize) -> Option<usize> {
    text[at..].find(char::is_alphanumeric).map(|skip| at + skip)
}

impl Language {
    /// Whether a word that begins with this byte may begin a date. False for most words.
    fn may_begin(&self, byte: u8) -> bool {
        let is_month = |names: &&[&str]| names[0].as_bytes()[0].eq_ignore_ascii_case(&byte);
        byte.is_ascii_digit() || (byte.is_ascii_uppercase() || self.is_small()) && self.months.iter().any(is_month)
    }

    /// Whether months are written small, as in Spanish; elsewhere a capital tells them from the verbs “may” and “march”.
    fn is_small(&self) -> bool {
        self.months[0][0].as_bytes()[0].is_ascii_lowercase()
    }

    /// Whether what is around a date makes it one end of a range, or one of several days: “March 12 and 13”, “9–12 March”.
    fn is_range(&self, before: &str, behind: &str) -> bool {
        let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '/');
        let is_digit = |c: char| c.is_ascii_digit();
        let (before, behind) = (before.trim_end(), behind.trim_start());
        let word =
            |rest: &'static str| behind.strip_prefix(rest).is_some_and(|rest| rest.trim_start().starts_with(is_digit));
        let behind_dash = behind.strip_prefix(is_dash).is_some_and(|rest| rest.trim_start().starts_with(is_digit));
        let stem = |text: &str| text.trim_end().trim_end_matches(['.', ',']).ends_with(is_digit);
        let word_before = |word: &str| before.strip_suffix(word).is_some_and(|rest| rest.ends_with(' ') && stem(rest));
        behind_dash
            || before.strip_suffix(is_dash).is_some_and(stem)
            || self.ranges.iter().any(|range| word(range) || word_before(range))
    }

    /// Where the day of the week begins that a text ends with.
    fn weekday_before(&self, text: &str) -> Option<usize> {
        let text = self.articles.iter().find_map(|article| text.strip_suffix(article)).unwrap_or(text);
        let text = text.trim_end().trim_end_matches(',').trim_end();
        let word = text.rsplit(|c: char| !c.is_alphabetic()).next()?;
        let is_day = self.weekdays.iter().any(|day| day.to_lowercase() == word.to_lowercase());
        is_day.then(|| text.len() - word.len())
    }

    /// The month of this name, and whether the name is an abbreviation.
    fn month(&self, word: &str) -> Option<(u8, bool)> {
        let same = |name: &str| name == word || self.is_small() && name.eq_ignore_ascii_case(word);
        self.months.iter().enumerate().find_map(|(at, names)| {
            let name = names.iter().find(|name| same(name.trim_end_matches('.')))?;
            Some((at as u8 + 1, name.ends_with('.')))
        })
    }
}

/// The rest of a text that is read word by word.
pub(super) struct Words<'t> {
    /// The rest.
    pub(super) rest: &'t str,
    language: &'static Language,
}

impl<'t> Words<'t> {
    /// The words of a text in English.
    pub(super) fn english(rest: &'t str) -> Self {
        Self { rest, language: &ENGLISH }
    }

    /// A full date: `March 12, 2025`, `12 March 2025`, `2025-03-12`.
    pub(super) fn date(&mut self) -> Option<Day> {
        match self.any_date()? {
            Written::Day(day) => Some(day),
            _ => None,
        }
    }

    /// Anything that may be a date.
    fn any_date(&mut self) -> Option<Written> {
        if let Some(day) = self.iso() {
            return Some(Written::Day(day));
        }
        let whole = self.rest;
        if let Some(month) = self.month() {
            return Some(self.behind_month(month));
        }
        if let Some(day) = self.day()
            && self.blank()
        {
            self.joint();
            if let Some(month) = self.month() {
                return Some(self.with_year(month, day));
            }
        }
        self.rest = whole;
        self.lone_year().then_some(Written::Vague)
    }

    /// `2025-03-12`
    fn iso(&mut self) -> Option<Day> {
        let day = self.rest.get(..10).and_then(Day::from_iso)?;
        let rest = &self.rest[10..];
        (!rest.starts_with(in_word)).then(|| self.rest = rest)?;
        Some(day)
    }

    /// What follows a month: a day, a year, or neither.
    fn behind_month(&mut self, month: u8) -> Written {
        let behind = self.rest;
        if self.blank() {
            if let Some(day) = self.day() {
                return self.with_year(month, day);
            }
            self.joint();
            let days = |year| {
                let first = Day::from_ymd(year, month, 1)?;
                // Some day of the next month, and then the day before its first.
                let next = first.add_days(31);
                Some(Bounds { first, last: next.add_days(-i64::from(next.day())) })
            };
            if let Some(days) = self.year().and_then(days) {
                return Written::Month(days);
            }
        }
        self.rest = behind;
        Written::Vague
    }

    /// A day of a month, and the year if it follows.
    fn with_year(&mut self, month: u8, day: u8) -> Written {
        let behind = self.rest;
        self.rest = self.rest.strip_prefix(',').unwrap_or(self.rest);
        if self.blank() {
            self.joint();
            if let Some(year) = self.year() {
                return Day::from_ymd(year, month, day).map_or(Written::Vague, Written::Day);
            }
        }
        self.rest = behind;
        // A leap year has every day.
        Day::from_ymd(2024, month, day).map_or(Written::Vague, |_| Written::DayOfYear(month, day))
    }

    /// A month's name or abbreviation.
    fn month(&mut self) -> Option<u8> {
        let end = self.rest.find(|c: char| !c.is_alphabetic()).unwrap_or(self.rest.len());
        let (word, behind) = self.rest.split_at(end);
        let (month, is_short) = self.language.month(word)?;
        self.rest = behind.strip_prefix('.').filter(|_| is_short).unwrap_or(behind);
        Some(month)
    }

    /// A day of a month: `12`, `12th`.
    fn day(&mut self) -> Option<u8> {
        let day = self.number_before(self.language.ordinals, 1..3)?;
        u8::try_from(day).ok()
    }

    fn year(&mut self) -> Option<i32> {
        self.number_before(&[""], 4..5)
    }

    /// A year that stands alone, or a decade: whatever four digits may be one.
    fn lone_year(&mut self) -> bool {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let is_year = self.rest[..end].parse().is_ok_and(|year: i32| (1500..2200).contains(&year));
        if end == 4 && is_year {
            self.rest = &self.rest[end..];
        }
        end == 4 && is_year
    }

    /// A number with this many digits, with one of these endings and nothing else after it.
    fn number_before(&mut self, endings: &[&str], digits: Range<usize>) -> Option<i32> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (number, behind) = self.rest.split_at(end);
        let behind = endings.iter().find_map(|ending| behind.strip_prefix(ending))?;
        if !digits.contains(&number.len()) || behind.starts_with(in_word) {
            return None;
        }
        self.rest = behind;
        number.parse().ok()
    }

    /// Skips “of” and the like.
    fn joint(&mut self) {
        self.rest = self.language.joints.iter().find_map(|joint| self.rest.strip_prefix(joint)).unwrap_or(self.rest);
    }

    /// Skips one blank, and returns whether there was one.
    fn blank(&mut self) -> bool {
        let rest = self.rest.strip_prefix([' ', '\u{a0}', '\u{202f}']);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

/// Whether a character continues a number, as in `2025-03` or `2025s`. A dash makes it a range, which has two days of the week.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '–' | '/' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dates in a text: days as they are, months as `2025-03`, days without a year as `03-12`, and `?` for the rest.
    #[track_caller]
    fn has(tag: &str, text: &str, dates: &[(&str, &str)]) {
        let said = |date: Written| match date {
            Written::Day(day) => day.to_string(),
            Written::DayOfYear(month, day) => format!("{month:02}-{day:02}"),
            Written::Month(days) => {
                assert_eq!((days.first.day(), days.last.add_days(1).day()), (1, 1));
                days.first.to_string()[..7].to_owned()
            }
            Written::Vague => "?".to_owned(),
        };
        let found = find(text, language(tag).unwrap());
        let found: Vec<_> = found.into_iter().map(|found| (&text[found.range], said(found.date))).collect();
        assert_eq!(found, dates.iter().map(|(words, date)| (*words, (*date).to_owned())).collect::<Vec<_>>(), "{text}");
    }

    #[test]
    fn dates_are_found_in_english() {
        has("en", "On Monday, March 12, 2025, it shut.", &[("Monday, March 12, 2025", "2025-03-12")]);
        has("en-GB", "On 12 March 2025, the 9th of April", &[("12 March 2025", "2025-03-12"), ("9th of April", "04-09")]);
        has(
            "en",
            "Sept. 5; Feb. 29, 2024; 2025-03-12.",
            &[("Sept. 5", "09-05"), ("Feb. 29, 2024", "2024-02-29"), ("2025-03-12", "2025-03-12")],
        );
        has("en", "in March 2025; in February 2024", &[("March 2025", "2025-03"), ("February 2024", "2024-02")]);
    }

    #[test]
    fn dates_are_found_in_other_languages() {
        has(
            "de",
            "Am Montag, dem 12. März 2025, und am 3. Mai",
            &[("Montag, dem 12. März 2025", "2025-03-12"), ("3. Mai", "05-03")],
        );
        has(
            "es",
            "El lunes 12 de marzo de 2025 y el 3 de Mayo",
            &[("lunes 12 de marzo de 2025", "2025-03-12"), ("3 de Mayo", "05-03")],
        );
        has("es", "en marzo del 2025, el 1.º de mayo", &[("marzo del 2025", "2025-03"), ("1.º de mayo", "05-01")]);
        assert!(language("fr").is_none());
    }

    #[test]
    fn what_is_less_or_more_than_a_day_is_vague() {
        has("en", "March 12–15, 12–15 March", &[("March", "?"), ("15 March", "?")]);
        has("en", "March 12 and 13; 12 and 13 March", &[("March 12", "?"), ("13 March", "?")]);
        has("en", "March 12 to 13, March 12 – 15", &[("March 12", "?"), ("March 12", "?")]);
        has(
            "en",
            "In May, in 2019, the 1990s, February 30",
            &[("May", "?"), ("2019", "?"), ("1990", "?"), ("February 30", "?")],
        );
        has("en", "in March. 12 people may march, 2,000 of them at 11:59", &[("March", "?")]);
        has("de", "12. und 13. März", &[("13. März", "?")]);
        has("es", "del 12 al 13 de marzo", &[("13 de marzo", "?")]);
    }

    #[test]
    fn a_day_without_a_year_is_compared_in_every_year() {
        let days =
            |first: &str, last: &str| Bounds { first: Day::from_iso(first).unwrap(), last: Day::from_iso(last).unwrap() };
        let new_year = Written::DayOfYear(1, 1);
        assert!(new_year.may_be_in(days("2024-12-30", "2025-01-02")));
        assert!(!new_year.may_be_in(days("2024-12-30", "2024-12-31")));
        assert!(Written::DayOfYear(6, 1).may_be_in(days("2023-07-01", "2025-03-01")));
        assert!(!Written::DayOfYear(2, 29).may_be_in(days("2025-01-01", "2025-12-31")));
        assert!(Written::DayOfYear(2, 29).may_be_in(Bounds { first: Day::MIN, last: Day::MAX }));
        assert!(Written::Vague.may_be_in(days("2025-01-01", "2025-01-01")));
    }
}
