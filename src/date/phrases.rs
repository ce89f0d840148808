//! Dates in English words, such as `3–5 March 2026` and `since spring 2025`, as EDTF.

use super::error::MONTHS;
use super::notations::{self, read};
use super::read::strict;
use super::{Date, Day, Precision};

/// What a phrase says of one date. A range may leave to one side what the other says.
#[derive(Clone, Default)]
struct Said {
    /// Numbers that are a day, or the year of an era, with at most four digits.
    numbers: Vec<i32>,
    /// A year of four digits, or a decade: `202X`.
    year: Option<String>,
    month: Option<u8>,
    season: Option<u8>,
    era: Option<Era>,
    about: bool,
    perhaps: bool,
}

#[derive(Clone, Copy)]
enum Era {
    Before,
    Ours,
}

/// A date, a range, or a date with a word before it, as EDTF; `None` if nothing of the kind is seen.
pub(super) fn meaning(text: &str) -> Option<String> {
    one(text).or_else(|| range(text)).or_else(|| either(text)).or_else(|| side_known(text))
}

/// The words for a part of a month, a year or a decade, which EDTF has only as a set of days, months or years.
pub(super) fn vague_part(text: &str) -> Option<String> {
    let lower = text.to_lowercase().replace("mid-", "mid ");
    let parts = [
        (0, ["early ", "beginning of ", "the beginning of ", "start of ", "the start of "]),
        (1, ["mid ", "middle of ", "the middle of ", "the middle ", "halfway through "]),
        (2, ["late ", "end of ", "the end of ", "at the end of ", "towards the end of "]),
    ];
    let bare = |at: usize, word: &str| Some((at, lower.strip_prefix(word)?.trim()));
    let (third, rest) = parts.iter().find_map(|(at, words)| words.iter().find_map(|word| bare(*at, word)))?;
    let whole = one(rest)?;
    let date: Date = strict(&whole).ok()?;
    let range = |first: [u8; 3], last: [u8; 3]| format!("[{whole}-{:02}..{whole}-{:02}]", first[third], last[third]);
    let (set, what) = match date.precision() {
        Precision::Month => (range([1, 11, 21], [10, 20, date.last_day().day()]), "days"),
        Precision::Year => (range([1, 5, 9], [4, 8, 12]), "months"),
        Precision::Decade => {
            let decade = whole.strip_suffix('X')?;
            (format!("[{decade}{}..{decade}{}]", [0, 4, 7][third], [3, 6, 9][third]), "years")
        }
        _ => return None,
    };
    let which = ["first", "middle", "last"][third];
    strict(&set).is_ok().then(|| format!("write `{whole}`, or `{set}` for one of its {which} {what}"))
}

/// If a phrase names a month, and perhaps a day, but no year: that part in EDTF, such as `03-15`.
pub(super) fn without_year(text: &str) -> Option<String> {
    let mut lower = text.to_lowercase();
    for word in ["early ", "mid ", "mid-", "late ", "since ", "before ", "after ", "until ", "from "] {
        if let Some(rest) = lower.strip_prefix(word) {
            lower = rest.to_owned();
        }
    }
    let said = Said::of(&lower)?;
    match (said.month, &said.numbers[..], said.year.is_some() || said.era.is_some() || said.season.is_some()) {
        (Some(month), [], false) => Some(format!("{month:02}")),
        (Some(month), [day @ 1..=31], false) => Some(format!("{month:02}-{day:02}")),
        _ => None,
    }
}

/// One day, month, season, year or decade.
fn one(text: &str) -> Option<String> {
    Said::of(text)?.edtf()
}

impl Said {
    fn of(text: &str) -> Option<Self> {
        let mut lower = text.to_lowercase();
        for (written, era) in [("b.c.e.", " bce "), ("b.c.", " bce "), ("c.e.", " ce "), ("a.d.", " ad ")] {
            lower = lower.replace(written, era);
        }
        let marks = |character: char| character.is_whitespace() || ",.".contains(character);
        let mut said = Self::default();
        for (count, word) in lower.split(marks).filter(|word| !word.is_empty()).enumerate() {
            said.take(word).filter(|()| count < 8)?;
        }
        Some(said)
    }

    /// Takes in a word; `None` if it has no place in a date.
    fn take(&mut self, word: &str) -> Option<()> {
        let number = word.trim_end_matches(|character: char| character.is_ascii_lowercase());
        let ending = word.get(number.len()..)?;
        match (number.len(), ending) {
            (0, "about" | "around" | "approximately" | "approx" | "circa" | "ca" | "c") => self.about = true,
            (0, "perhaps" | "possibly" | "maybe" | "probably") => self.perhaps = true,
            (0, "the" | "of" | "in" | "on") => {}
            (0, "bc" | "bce") if self.era.is_none() => self.era = Some(Era::Before),
            (0, "ad" | "ce") if self.era.is_none() => self.era = Some(Era::Ours),
            (0, word) if weekday(word) => {}
            (0, word) => match (month_named(word), season_named(word)) {
                (Some(number), _) if self.month.is_none() => self.month = Some(number),
                (None, Some(code)) if self.season.is_none() => self.season = Some(code),
                _ => return None,
            },
            (4, "s") if self.year.is_none() && number.ends_with('0') => self.year = Some(format!("{}X", number.get(..3)?)),
            (4, "") if self.year.is_none() => {
                number.parse::<u16>().ok()?;
                self.year = Some(number.to_owned());
            }
            (1..=3, "") | (1 | 2, "st" | "nd" | "rd" | "th") if self.numbers.len() < 2 => {
                self.numbers.push(number.parse().ok()?);
            }
            _ => return None,
        }
        Some(())
    }

    fn edtf(&self) -> Option<String> {
        let (mut edtf, day) = match (self.era, &self.year, &self.numbers[..]) {
            (None, Some(year), []) => (year.clone(), None),
            (None, Some(year), [day]) => (year.clone(), Some(*day)),
            (Some(era), None, [year]) => (of_era(era, *year)?, None),
            (Some(era), None, [day, year]) => (of_era(era, *year)?, Some(*day)),
            (Some(era), Some(year), []) => (of_era(era, year.parse().ok()?)?, None),
            (Some(era), Some(year), [day]) => (of_era(era, year.parse().ok()?)?, Some(*day)),
            _ => return None,
        };
        match (self.month, day, self.season) {
            (Some(month), None, None) => edtf.push_str(&format!("-{month:02}")),
            (Some(month), Some(day), None) => edtf.push_str(&format!("-{month:02}-{day:02}")),
            (None, None, Some(season)) => edtf.push_str(&format!("-{season}")),
            (None, None, None) => {}
            _ => return None,
        }
        edtf.push_str(match (self.about, self.perhaps) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        });
        read(&edtf)
    }

    /// What one side of a range leaves to the other: `3` of `3–5 March 2026`, and `5, 2025` of `March 3–5, 2025`.
    fn completed(&self, other: &Self) -> Self {
        let mut all = self.clone();
        let has_year = all.year.is_some() || all.era.is_some() && !all.numbers.is_empty();
        // A year is said once; a day needs the month of the other side, but a month needs no day.
        if all.month.is_none() && all.season.is_none() && !all.numbers.is_empty() && (!has_year || all.numbers.len() == 1) {
            all.month = other.month;
        }
        if !has_year {
            all.year.clone_from(&other.year);
            all.era = other.era;
            // The year of an era is the last of its numbers, and the only one where no month is said.
            if let (Some(_), None, Some(year)) = (other.era, &other.year, other.numbers.last())
                && all.month.is_some()
            {
                all.numbers.push(*year);
            }
        }
        all
    }
}

/// A year of an era in EDTF, where the year before 1 is 0.
fn of_era(era: Era, year: i32) -> Option<String> {
    match (era, year) {
        (_, 0) => None,
        (Era::Ours, year) => Some(format!("{year:04}")),
        (Era::Before, 1) => Some("0000".to_owned()),
        (Era::Before, year) => Some(format!("-{:04}", year - 1)),
    }
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

/// Whether a text is a word for an end that has not come: “present”, “now”.
#[must_use]
pub fn is_open(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "present" | "now" | "today" | "ongoing" | "current" | "still" | "date" | "open")
}

/// Two dates with a dash or a word between them.
fn range(text: &str) -> Option<String> {
    let text = text.strip_prefix("from ").or(text.strip_prefix("From ")).unwrap_or(text);
    ["/", " to ", " until ", " till ", " through ", " - ", "–", "—", "..", " and ", "-"].iter().find_map(|mark| {
        let (from, to) = text.split_once(mark)?;
        let (from, to) = (from.trim(), to.trim());
        if is_open(to) || to == ".." || (to.is_empty() && ["–", "—", "-"].contains(mark)) {
            return read(&format!("{}/..", side(from)?));
        }
        let (start, end) = sides(from, to)?;
        read(&format!("{start}/{end}"))
    })
}

/// One of two dates, or of those between: `4 or 7 April 2025`.
fn either(text: &str) -> Option<String> {
    let between = text.strip_prefix("between ").or(text.strip_prefix("Between ")).and_then(|rest| rest.split_once(" and "));
    let (one, other) = between.or(text.split_once(" or "))?;
    let (one, other) = sides(one.trim(), other.trim())?;
    read(&format!("[{one}{}{other}]", if between.is_some() { ".." } else { "," }))
}

/// The two sides of a range, either of which may leave something to the other.
fn sides(from: &str, to: &str) -> Option<(String, String)> {
    if let (Some(start), Some(end)) = (side(from), side(to)) {
        return Some((start, end));
    }
    let (start, end) = (Said::of(from)?, Said::of(to)?);
    let end = end.completed(&start);
    Some((start.completed(&end).edtf()?, end.edtf()?))
}

/// One side of a range, if it says all by itself.
fn side(text: &str) -> Option<String> {
    if let Some(edtf) = read(text) {
        let plain = !edtf.contains(['/', '[', 'T', 'X']);
        return plain.then_some(edtf);
    }
    notations::single(text)
}

/// A single date in words, for the side of a range.
pub(super) fn single(text: &str) -> Option<String> {
    one(text)
}

/// How a date is written of which only one side is known.
type Write = fn(&str) -> Option<String>;

/// What is known at one side alone: `since March 2026`, `before 2025`.
fn side_known(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let lower =
        lower.strip_suffix(" onwards").or(lower.strip_suffix(" onward")).or(lower.strip_suffix(" on")).unwrap_or(&lower);
    let words: [(&[&str], Write); 6] = [
        (&["since ", "from ", "starting ", "beginning "], |date| Some(format!("{date}/.."))),
        (&["until ", "till ", "up to ", "through ", "ending "], |date| Some(format!("../{date}"))),
        (&["not before ", "no earlier than "], |date| Some(format!("[{date}..]"))),
        (&["before ", "earlier than ", "prior to "], |date| Some(format!("[..{}]", beside(date, -1)?))),
        (&["after ", "later than "], |date| Some(format!("[{}..]", beside(date, 1)?))),
        (&["by ", "no later than ", "not after "], |date| Some(format!("[..{date}]"))),
    ];
    let stripped = |word: &&str| side(lower.strip_prefix(*word)?.trim());
    let (date, write) = words.iter().find_map(|(words, write)| Some((words.iter().find_map(stripped)?, write)))?;
    read(&write(&date)?)
}

/// The day, month or year that comes before a date or after it, as exactly as that is written.
fn beside(date: &str, step: i64) -> Option<String> {
    let date: Date = strict(date).ok()?;
    if date.is_approximate() || date.is_uncertain() {
        return None;
    }
    let day: Day = if step < 0 { date.first_day().add_days(-1) } else { date.last_day().add_days(1) };
    let whole = day.to_string();
    // The suffix is cut off at the end, since a year may have a sign.
    let cut = match date.precision() {
        Precision::Day => 0,
        Precision::Month => 3,
        Precision::Year => 6,
        _ => return None,
    };
    whole.get(..whole.len() - cut).map(str::to_owned)
}
