//! Dates as templates see them: in words, and in parts for their own wording.

use serde::Serialize;

use super::View;
use crate::base::escape;
use crate::date::{self, Date, Day, Parts, Run};

/// A date in words.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct DateText {
    /// Inside `<time>` where HTML allows it; no line breaks in the middle of a day, month or year.
    pub html: String,
    /// As plain text.
    pub text: String,
    /// Whether it is neither an estimate nor in doubt.
    pub certain: bool,
}

/// A date in words and in parts.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct DateView {
    /// In words, inside `<time>` where HTML allows it; no line breaks in the middle of a day, month or year.
    pub html: String,
    /// In words.
    pub text: String,
    /// Whether it is neither an estimate nor in doubt.
    pub certain: bool,
    /// As its author wrote it, in EDTF: `2025-03~`.
    pub edtf: String,
    /// `date`, `interval`, or `one-of` for several dates of which one is meant.
    pub kind: &'static str,
    /// Whether it is an interval that goes on.
    pub ongoing: bool,
    /// The date itself, the start of an interval, or the first of several dates; absent if the start is open or unknown.
    pub start: Option<DatePart>,
    /// The end of an interval, or the last of several dates; absent if there is none, or it is open or unknown.
    pub end: Option<DatePart>,
}

/// A point in time in parts: what its author wrote of it, and no more.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct DatePart {
    /// How fine it is: `century`, `decade`, `year`, `season`, `month`, `day` or `time`.
    pub precision: &'static str,
    /// The year as a number. 0 is 1 BCE; a decade or century has its first year.
    pub year: i32,
    /// The year in words: “2025”, “44 BCE”.
    pub year_word: String,
    /// `spring`, `summer`, `autumn` or `winter`, if a season is all there is.
    pub season: Option<&'static str>,
    /// The season in words.
    pub season_word: Option<String>,
    /// The month, from 1.
    pub month: Option<u8>,
    /// The month's name.
    pub month_word: Option<String>,
    /// The day of the month, from 1.
    pub day: Option<u8>,
    /// The hour, from 0 to 23.
    pub hour: Option<u8>,
    /// The minute.
    pub minute: Option<u8>,
    /// The second.
    pub second: Option<u8>,
    /// The time of day in words: “7:25 p.m.”.
    pub time_word: Option<String>,
    /// The time zone in words, as an offset: “UTC−4”.
    pub zone_word: Option<String>,
    /// Whether it is an estimate.
    pub approximate: bool,
    /// Whether its source is in doubt.
    pub uncertain: bool,
}

impl View<'_> {
    /// A date in words alone. Most dates on a page are of other records, and their parts would cost more than the words.
    #[must_use]
    pub fn date_text(&self, date: &Date) -> DateText {
        let runs = date::show_runs(date, self.words, Some(self.reader.today()));
        DateText {
            html: html(date, &runs),
            text: runs.iter().map(|run| run.text.as_str()).collect(),
            certain: !date.is_approximate() && !date.is_uncertain(),
        }
    }

    /// A date in words and in parts.
    #[must_use]
    pub fn date(&self, date: &Date) -> DateView {
        let DateText { html, text, certain } = self.date_text(date);
        DateView {
            html,
            text,
            certain,
            edtf: date.to_string(),
            kind: date.kind(),
            ongoing: date.is_ongoing(),
            start: date.start().map(|parts| self.date_part(parts)),
            end: date.end().map(|parts| self.date_part(parts)),
        }
    }

    /// A day in words and in parts.
    #[must_use]
    pub fn day(&self, day: Day) -> DateView {
        self.date(&Date::from(day))
    }

    /// A date as a timeline has it, below a heading with the year that it begins in.
    #[must_use]
    pub fn date_below_year(&self, date: &Date) -> String {
        let (today, year) = (Some(self.reader.today()), date.year_month_of_first(self.reader.zone()));
        let runs = match year {
            Some((year, _)) => date::show_below_year(date, self.words, today, year),
            None => date::show_runs(date, self.words, today),
        };
        html(date, &runs)
    }

    fn date_part(&self, parts: Parts) -> DatePart {
        let words = date::words_of(parts, self.words);
        let time = parts.time();
        DatePart {
            precision: parts.precision().word(),
            year: parts.year(),
            year_word: words.year,
            season: parts.season(),
            season_word: words.season,
            month: parts.month(),
            month_word: words.month,
            day: parts.day(),
            hour: time.map(|(hour, ..)| hour),
            minute: time.map(|(_, minute, _)| minute),
            second: time.map(|(.., second)| second),
            time_word: words.time,
            zone_word: words.zone,
            approximate: parts.is_approximate(),
            uncertain: parts.is_uncertain(),
        }
    }
}

/// The words of a date as HTML: each run that stays on one line by itself, unless they are all of `<time>`.
fn html(date: &Date, runs: &[Run]) -> String {
    let machine = date.machine();
    let length: usize = runs.iter().map(|run| run.text.len() + 32).sum();
    let mut out = String::with_capacity(length + 48);
    let is_whole = matches!(runs, [run] if run.is_unbroken) && machine.is_some();
    if let Some(machine) = &machine {
        out.push_str("<time datetime=\"");
        out.push_str(machine);
        out.push_str(if is_whole { "\">" } else { "\" class=\"parted\">" });
    }
    for run in runs {
        if run.is_unbroken && !is_whole {
            out.push_str("<span class=\"unbroken\">");
            escape::html(&mut out, &run.text);
            out.push_str("</span>");
        } else {
            escape::html(&mut out, &run.text);
        }
    }
    if machine.is_some() {
        out.push_str("</time>");
    }
    out
}
