//! See [`FutureEvent`].

use super::LocalContext;
use super::rule::{Report, Scope, day_in_words, rule};
use crate::model::RecordIx;
use crate::syntax::kinds::event::EventStatus;

rule! {
    /// An event begins after the day that the site is true as of, and is not `scheduled`.
    ///
    /// What lies ahead has not happened: told like the rest, a hearing that is only announced becomes a fact, and a slip in
    /// a year puts last month into the future. The day is `[site] as-of` of `book.toml`; without it, the day of the build in
    /// the site's `time-zone`, and in UTC if there is none. A time with its offset falls on the day that it was there.
    ///
    /// Correct the date, mark what is announced as `scheduled`, or, if the site has moved on, set `as-of` to the new day.
    ///
    /// ```yaml
    /// - id: trial-opens
    ///   date: 2026-01-27
    ///   status: scheduled          # without this line, an error as of 2025-12-22
    /// ```
    FutureEvent: FUTURE_EVENT, Error, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    let RecordIx::Event(at) = owner else {
        return;
    };
    let record = &site.reader.item(at).record;
    let today = *site.reader.today();
    if site.reader.date(at).days(site.reader.zone()).first <= today || record.fields.status == EventStatus::Scheduled {
        return;
    }
    let setting = match site.config.as_of {
        Some(_) => "set `as-of` in book.toml to a later day",
        None if site.config.has_time_zone => "set `as-of` in book.toml",
        None => "set `time-zone` or `as-of` in book.toml",
    };
    let day = day_in_words(site.config, today, site.config.as_of.is_some());
    let message = format!("`{}` lies after {day}", record.id.value);
    report.add(record.span(record.fields.date.range), message).help =
        Some(format!("correct the date, add `status: scheduled`, or {setting}"));
}
