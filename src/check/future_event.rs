//! See [`FutureEvent`].

use super::LocalContext;
use super::rule::{Report, Scope, day_in_words, rule};
use crate::model::RecordIx;
use crate::syntax::kinds::event::EventStatus;

rule! {
    /// An event begins after the site's as-of date, and is not `scheduled`.
    ///
    /// The future has not happened yet. Told like the rest, a hearing that is only announced becomes a fact, and a typo in a
    /// year moves last month into the future. The date is `[site] as-of` in `book.toml`; without it, the day of the build in
    /// the site's `time-zone`, or in UTC if there is none. A time with an offset counts as the local day at that offset.
    ///
    /// Correct the date, mark an announced event as `scheduled`, or, if the site is more recent, set `as-of` to the new day.
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
    let message = format!("`{}` is after {day}", record.id.value);
    report.add(record.span(record.fields.date.range), message).help =
        Some(format!("correct the date, add `status: scheduled`, or {setting}"));
}
