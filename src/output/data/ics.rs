//! Calendars (iCalendar, RFC 5545).
//!
//! A day is a day, and a time with its offset is that moment. Everything less certain becomes a range of whole days,
//! and the description has what the record says. This is handwritten: the crates that write calendars bring a second
//! date library and fill in unset properties from the clock, and all we need is escaping, folding and nine properties.

use std::borrow::Cow;

use jiff::civil;

use crate::date::{Bounds, Date, Day};
use crate::model::{EventIx, Link, RecordIx};
use crate::output::{RenderContext, names};
use crate::syntax::kinds::event::EventStatus;
use crate::view::time::{civil_day, has_year};

/// The most octets in a line, without its line break.
const LINE: usize = 75;

/// A calendar of `events`, called `title`.
pub fn write(site: &RenderContext<'_>, title: &str, events: &[EventIx]) -> Vec<u8> {
    let mut out = String::with_capacity(256 + events.len() * 512);
    property(&mut out, "BEGIN", "VCALENDAR");
    property(&mut out, "VERSION", "2.0");
    property(&mut out, "PRODID", "-//Backgrounder//Backgrounder//EN");
    property(&mut out, "CALSCALE", "GREGORIAN");
    text(&mut out, "NAME", title);
    // Most programs read this name, which is older than the standard's.
    text(&mut out, "X-WR-CALNAME", title);
    events.iter().for_each(|at| event(&mut out, site, *at));
    property(&mut out, "END", "VCALENDAR");
    out.into_bytes()
}

fn event(out: &mut String, site: &RenderContext<'_>, at: EventIx) {
    let (view, model) = (&site.view, site.model);
    let owner = RecordIx::Event(at);
    let event = &model[at];
    let fields = &event.item.record.fields;
    // Events in years that calendars can't write have no entry.
    let Some(when) = When::of(event.date(), model.possible_days(at)) else { return };
    property(out, "BEGIN", "VEVENT");
    property(out, "UID", &names::permanent(site, &names::of_record(model, owner)));
    property(out, "DTSTAMP", &stamp(site, owner));
    let mut description = view.plain_text(owner, fields.summary.as_ref());
    match when {
        When::Moment(start) => property(out, "DTSTART", &start),
        When::Days { first, behind, sure } => {
            property(out, "DTSTART;VALUE=DATE", &date(first));
            property(out, "DTEND;VALUE=DATE", &date(behind));
            if !sure {
                let (shown, edtf) = (view.date_text(event.date()).text, event.date().to_string());
                if !description.is_empty() {
                    description.push_str("\n\n");
                }
                description.push_str(&view.words.fill("calendar.date", &[("date", &shown), ("edtf", &edtf)]));
            }
        }
    }
    text(out, "SUMMARY", view.title_of(owner));
    if !description.is_empty() {
        text(out, "DESCRIPTION", &description);
    }
    if let Some(Link::To(RecordIx::Entity(place))) = fields.place.map(|place| event.item.targets[place.0]) {
        text(out, "LOCATION", view.title_of(RecordIx::Entity(place)));
    }
    if site.config.base_url.is_some() {
        property(out, "URL", &view.absolute(&model.record_address(owner)));
    }
    if !fields.topics.is_empty() {
        let topics: Vec<_> = fields.topics.iter().map(|topic| escaped(&topic.value)).collect();
        property(out, "CATEGORIES", &topics.join(","));
    }
    property(out, "STATUS", if fields.status == EventStatus::Confirmed { "CONFIRMED" } else { "TENTATIVE" });
    // Events in the news don't make anyone busy.
    property(out, "TRANSP", "TRANSPARENT");
    property(out, "END", "VEVENT");
}

/// When an event happens, in terms that calendars have.
#[derive(Debug, PartialEq, Eq)]
enum When {
    /// At a moment: in UTC, or in the place's local time.
    Moment(String),
    /// From a first day to the day after the last.
    Days { first: civil::Date, behind: civil::Date, sure: bool },
}

impl When {
    /// `days` are the days that the date may mean.
    fn of(date: &Date, days: Bounds) -> Option<Self> {
        if let Some(machine) = date.machine().filter(|machine| machine.contains('T')) {
            let moment = machine.parse::<jiff::Timestamp>().ok();
            if moment.is_some_and(|moment| !has_year(moment)) {
                return None;
            }
            let moment = moment.map(utc);
            let local = || machine.parse::<civil::DateTime>().ok().map(|time| time.strftime("%Y%m%dT%H%M%S").to_string());
            return moment.or_else(local).map(Self::Moment);
        }
        // A range with an open end is entered on the day that is known.
        let (first, last) = match (days.first, days.last) {
            (Day::MIN, last) => (last, last),
            (first, Day::MAX) => (first, first),
            days => days,
        };
        let (first, last) = (civil_day(first)?, civil_day(last)?);
        let sure = date.is_exact_day();
        (first.year() > 0).then_some(Self::Days { first, behind: last.tomorrow().ok()?, sure })
    }
}

/// When an entry last changed. The standard requires it, and the time of the build would change every file.
fn stamp(site: &RenderContext<'_>, owner: RecordIx) -> String {
    let date = site.model.changed(owner).cloned().or_else(|| site.model.known(owner));
    let date = date.or(site.config.as_of.as_ref().map(|day| Date::from(day.value)));
    let time = date.and_then(|date| site.view.moment(&date)).and_then(|written| written.parse().ok());
    utc(time.unwrap_or(jiff::Timestamp::UNIX_EPOCH))
}

fn utc(time: jiff::Timestamp) -> String {
    time.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn date(day: civil::Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// A line with a text, in which commas and other special characters are escaped.
fn text(out: &mut String, name: &str, value: &str) {
    property(out, name, &escaped(value));
}

fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| matches!(c, '\\' | ';' | ',') || c.is_control()) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.into()
}

/// A line, folded if it is longer than the standard allows, but never inside a character.
fn property(out: &mut String, name: &str, value: &str) {
    out.push_str(name);
    out.push(':');
    let (mut rest, mut room) = (value, LINE - name.len() - 1);
    while rest.len() > room {
        // A character has at most four bytes, and a line has room for far more.
        let cut = (0..=room).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(room);
        out.push_str(&rest[..cut]);
        out.push_str("\r\n ");
        (rest, room) = (&rest[cut..], LINE - 1);
    }
    out.push_str(rest);
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut out = String::new();
        text(&mut out, "SUMMARY", &"é,".repeat(60));
        let lines: Vec<_> = out.trim_end().split("\r\n").collect();
        assert!(lines.len() > 2 && lines.iter().all(|line| line.len() <= LINE), "{lines:?}");
        let unfolded = out.replace("\r\n ", "");
        assert_eq!(unfolded, format!("SUMMARY:{}\r\n", "é\\,".repeat(60)));
    }

    #[test]
    fn what_is_not_sure_is_days() {
        let when = |text: &str| {
            let date = crate::date::parse(text).unwrap();
            When::of(&date, date.bounds())
        };
        let days = |text: &str| match when(text) {
            Some(When::Days { first, behind, sure }) => format!("{first} {behind} {sure}"),
            other => format!("{other:?}"),
        };
        assert_eq!(when("2025-03-15T19:25:00-04:00"), Some(When::Moment("20250315T232500Z".to_owned())));
        assert_eq!(when("2025-03-15T19:25:00"), Some(When::Moment("20250315T192500".to_owned())));
        assert_eq!(days("2025-03-15"), "2025-03-15 2025-03-16 true");
        assert_eq!(days("2025-03~"), "2025-03-01 2025-04-01 false");
        assert_eq!(days("2025-12-31/2026-01-02"), "2025-12-31 2026-01-03 false");
        assert_eq!(days("2022-03-27/.."), "2022-03-27 2022-03-28 false");
        assert_eq!(days("../2022-03-27"), "2022-03-27 2022-03-28 false");
        assert_eq!(when("-0043-03-15"), None);
        assert_eq!(when("9999-12-31"), None);
        assert_eq!(when("0001-01-01T00:00:00+14:00"), None);
    }
}
