//! Finds days of the week next to full dates, in English.

use std::ops::Range;

use super::super::written_date::Words;
use crate::date::Day;

/// A date next to the wrong day of the week.
#[derive(Debug)]
pub struct Found {
    /// The place of both.
    pub whole: Range<usize>,
    /// The place of the date.
    pub date: Range<usize>,
    /// The day of the week that is written.
    pub written: &'static str,
    /// The right one.
    pub right: &'static str,
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The first year in which all countries used the same calendar; Greece was the last to change, in 1923.
const ONE_CALENDAR: i32 = 1924;

/// Whether a text contains the name of a day of the week. False for nearly every text, and faster than a full search.
pub fn may_hold(text: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), b"day").any(|at| weekday_before(text, at + "day".len()).is_some())
}

/// The day of the week whose name ends at `end`.
fn weekday_before(text: &str, end: usize) -> Option<usize> {
    WEEKDAYS.iter().position(|day| text[..end].ends_with(day))
}

/// The places where a day of the week doesn't match the date next to it, in order.
pub fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("day") {
        let end = at + "day".len();
        let Some(weekday) = weekday_before(text, end) else { continue };
        let start = end - WEEKDAYS[weekday].len();
        let is_word = !text[..start].ends_with(char::is_alphanumeric) && !text[end..].starts_with(char::is_alphanumeric);
        let Some((date, day)) = is_word.then(|| date_behind(text, end).or_else(|| date_before(text, start))).flatten()
        else {
            continue;
        };
        let right = (day.number() + 3).rem_euclid(7) as usize;
        if right != weekday && day.year() >= ONE_CALENDAR {
            let whole = start.min(date.start)..end.max(date.end);
            found.push(Found { whole, date, written: WEEKDAYS[weekday], right: WEEKDAYS[right] });
        }
    }
    found
}

/// The date that follows directly: “Monday, March 12, 2025”, “Monday (12 March 2025)”, “Monday the 12th of March 2025”.
fn date_behind(text: &str, end: usize) -> Option<(Range<usize>, Day)> {
    let rest = &text[end..];
    let start = [", the ", ", ", " (", " the ", " "].iter().find_map(|mark| rest.strip_prefix(mark))?;
    let mut words = Words::english(start);
    let day = words.date()?;
    let from = text.len() - start.len();
    Some((from..text.len() - words.rest.len(), day))
}

/// The date directly before: “March 12, 2025 (Monday)”, “March 12, 2025, a Monday”.
fn date_before(text: &str, start: usize) -> Option<(Range<usize>, Day)> {
    let before = &text[..start];
    let before = ["(", "(a ", ", a ", ", "].iter().find_map(|mark| before.strip_suffix(mark))?.trim_end();
    // The longest date has four words; each word is tried as its start, the nearest first.
    let begins = |(at, c): &(usize, char)| {
        !c.is_whitespace() && before[..*at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(')
    };
    before.char_indices().rev().filter(begins).take(4).find_map(|(from, _)| {
        let mut words = Words::english(&before[from..]);
        let day = words.date()?;
        words.rest.is_empty().then_some((from..before.len(), day))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, &str)> {
        let found: Vec<_> = find(text).into_iter().map(|found| (&text[found.whole], found.right)).collect();
        assert!(found.is_empty() || may_hold(text), "{text}");
        found
    }

    #[test]
    fn a_day_of_the_week_next_to_its_date_is_checked() {
        for (text, whole, right) in [
            ("On Monday, March 12, 2025, it shut.", "Monday, March 12, 2025", "Wednesday"),
            ("Monday, Mar. 12, 2025", "Monday, Mar. 12, 2025", "Wednesday"),
            ("on Monday, the 12th of March 2025.", "Monday, the 12th of March 2025", "Wednesday"),
            ("Monday 12 March 2025 and", "Monday 12 March 2025", "Wednesday"),
            ("(Sunday, 1 January 2023)", "", ""),
            ("Monday (March 12, 2025)", "Monday (March 12, 2025", "Wednesday"),
            ("Monday, 2025-03-12.", "Monday, 2025-03-12", "Wednesday"),
            ("It was March 12, 2025 (Monday).", "March 12, 2025 (Monday", "Wednesday"),
            ("On March 12, 2025, a Monday, it shut.", "March 12, 2025, a Monday", "Wednesday"),
            ("é 12 March 2025, Monday", "12 March 2025, Monday", "Wednesday"),
            ("Thursday, February 29, 2024; Friday, February 29, 2024", "Friday, February 29, 2024", "Thursday"),
        ] {
            let wanted: &[_] = if whole.is_empty() { &[] } else { &[(whole, right)] };
            assert_eq!(found(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_may_be_right_is_left_alone() {
        for text in [
            "Wednesday, March 12, 2025",
            "Monday, March 12",
            "Monday, March 10, to Friday, March 14, 2025",
            "Monday–Friday, March 10–14, 2025",
            "Monday, February 30, 2025",
            "Monday, October 25, 1917",
            "yesterday, March 12, 2025, and Mondays",
            "on March 12, 2025. Monday came.",
            "Monday, 12 March 20255 and Monday, March 12, 2025–26",
            "Monday",
            "(Monday",
            "\u{2003}(Monday)",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
