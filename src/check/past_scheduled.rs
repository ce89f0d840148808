//! See [`PastScheduled`].

use super::LocalContext;
use super::rule::{Report, Scope, day_in_words, rule};
use crate::date::Date;
use crate::model::RecordIx;
use crate::syntax::kinds::event::EventStatus;

rule! {
    /// An event is `scheduled`, and its date has passed.
    ///
    /// Readers see it among what is still to come. It happened, or it was put off or called off, and the site doesn't say
    /// which.
    ///
    /// The rule compares with `[site] as-of` in `book.toml` or, without it, with the day of the build. It fires only if the
    /// whole date has passed: `2026-01` does so in February, and a date with `~` or `?` never does.
    ///
    /// If it happened, remove `status`, and say in the title and summary what happened, with a source that reports it. If it
    /// was put off, correct the date. If it was called off, make that the event.
    ///
    /// ```yaml
    /// - id: trial-opens
    ///   date: 2026-01-27           # the site is accurate as of 2026-02-15
    ///   title: The trial is to open
    ///   status: scheduled          # did it?
    /// ```
    PastScheduled: PAST_SCHEDULED, Warning, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    let RecordIx::Event(at) = owner else {
        return;
    };
    let record = &site.reader.item(at).record;
    if record.fields.status != EventStatus::Scheduled {
        return;
    }
    let today = *site.reader.today();
    if !site.reader.date(at).is_certainly_before(&Date::from(today), site.reader.zone()) {
        return;
    }
    let day = day_in_words(site.config, today, site.config.as_of.is_some());
    let message = format!("`{}` is still scheduled, but its date is before {day}", record.id.value);
    report.add(record.span(record.fields.date.range), message).help = Some(
        "if it happened, remove `status: scheduled` and say what happened; if it was put off, correct the date".to_owned(),
    );
}
