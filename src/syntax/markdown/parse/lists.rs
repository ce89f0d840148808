//! Numbered lists that weren't meant as lists. Markdown takes a line that begins with a year and a period for an item,
//! and counts up from the first one, so readers would see other years than those that were typed.

use std::ops::Range;

use super::build::Build;
use crate::diagnostics::code;

/// How a list is numbered.
pub(super) struct Numbers {
    first: u64,
    /// The number that was typed last.
    last: Option<u64>,
    /// What readers see before the next item.
    shown: u64,
}

impl From<u64> for Numbers {
    fn from(first: u64) -> Self {
        Self { first, last: None, shown: first }
    }
}

impl Build<'_> {
    /// Reports a paragraph of two or more lines that were meant as the items of a list.
    pub(super) fn lost_list(&mut self, span: &Range<usize>) {
        let written = &self.source()[span.clone()];
        if !written.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+')) {
            return;
        }
        let mut lines = written.lines();
        let Some(mark) = lines.next().and_then(glued) else { return };
        if lines.next().and_then(glued).is_some() {
            let part = span.start..span.start + mark.len();
            let message = format!("`{mark}` doesn't start a list, because there is no space after it");
            self.warning(code::STRAY_MARKUP, part, message).help = Some(format!("write `{mark} ` on each line of the list"));
        }
    }

    /// Reports an item whose number would change for readers, or that is the day of a date.
    pub(super) fn number(&mut self, span: &Range<usize>) {
        let source = self.source();
        let Some(Some(numbers)) = self.lists.last_mut() else { return };
        let start = span.end - source[span.clone()].trim_start().len();
        let written = &source[start..span.end];
        let digits = written.len() - written.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Ok(number) = written[..digits].parse::<u64>() else { return };
        let Some(mark @ ('.' | ')')) = written[digits..].chars().next() else { return };
        let (first, shown, before) = (numbers.first, numbers.shown, numbers.last);
        numbers.last = Some(number);
        numbers.shown += 1;
        let part = start..start + digits + 1;
        let typed = &source[part.clone()];
        let follows = before.is_none_or(|before| before.checked_add(1) == Some(number));
        let message = if !follows && number != first {
            format!("readers would see `{shown}{mark}` instead of `{typed}`: Markdown counts up from a list's first number")
        } else if mark == '.' && is_date(number, first, written[digits + 1..].trim_start()) {
            format!("`{typed}` starts a numbered list, but this looks like a date")
        } else {
            return;
        };
        let help = format!(
            "write `{}\\{mark}`, here and on every other line that begins with a year or a date, and leave a blank line between them",
            &typed[..digits]
        );
        self.error(code::RENUMBERED_LIST, part, message).help = Some(help);
    }
}

/// The list mark that a line begins with, if no space follows it.
fn glued(line: &str) -> Option<&str> {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let length = match line.as_bytes().get(digits)? {
        b'-' | b'+' if digits == 0 => 1,
        b'.' | b')' if digits > 0 => digits + 1,
        _ => return None,
    };
    line[length..].starts_with(char::is_alphabetic).then_some(&line[..length])
}

/// Whether an item reads like a date: `18. September`. A list that counts from one may be about marches.
fn is_date(number: u64, first: u64, words: &str) -> bool {
    let month = words.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if !(1..=31).contains(&number) || !MONTHS.contains(&month) {
        return false;
    }
    let behind = words[month.len()..].trim_start();
    let year = behind.bytes().take_while(u8::is_ascii_digit).count();
    first > 1 || year == 4
}

/// The names of months in languages that write a period after the day, and in English.
#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    "Januar", "Jänner", "Februar", "März", "Mai", "Juni", "Juli", "Oktober", "Dezember",
    "januar", "februar", "marts", "mars", "april", "maj", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "december", "desember", "janúar", "febrúar", "apríl", "maí", "júní", "júlí", "ágúst", "október", "nóvember",
    "tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta", "heinäkuuta", "elokuuta", "syyskuuta",
    "lokakuuta", "marraskuuta", "joulukuuta",
    "ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září", "října", "listopadu", "prosince",
    "januára", "februára", "marca", "apríla", "mája", "júna", "júla", "augusta", "septembra", "októbra", "novembra", "decembra",
    "januarja", "februarja", "aprila", "maja", "junija", "julija", "avgusta", "oktobra",
    "siječnja", "veljače", "ožujka", "travnja", "svibnja", "lipnja", "srpnja", "kolovoza", "rujna", "listopada", "studenoga",
    "prosinca", "jaanuar", "veebruar", "märts", "aprill", "juuni", "juuli", "oktoober", "detsember",
];
