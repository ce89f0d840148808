//! See [`FutureEvent`].

use super::LocalContext;
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;
use crate::syntax::kinds::event::EventStatus;

rule! {
    /// An event begins after the day that the site is true as of, and is not `scheduled`.
    ///
    /// What lies ahead has not happened: told like the rest, a hearing that is only announced becomes a fact, and a slip in
    /// a year puts last month into the future. The day is `[site] as-of` of `book.toml`; without it, the day of the build.
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
    if site.reader.date(at).first_day() <= today || record.fields.status == EventStatus::Scheduled {
        return;
    }
    let (day, setting) = match site.config.as_of {
        Some(_) => ("the day that the site is true as of", "set `as-of` in book.toml to a later day"),
        None => ("the day of this build", "set `as-of` in book.toml"),
    };
    let message = format!("`{}` lies after {today}, {day}", record.id.value);
    report.add(record.span(record.fields.date.range), message).help =
        Some(format!("correct the date, add `status: scheduled`, or {setting}"));
}
