//! See [`ConflictingDates`].

use super::LocalContext;
use super::rule::{Report, Scope, label, rule};
use crate::base::{At, Origin};
use crate::date::Date;
use crate::model::{EntityIx, EventIx, PageIx, RecordIx};
use crate::syntax::kinds::dated::Dated;

rule! {
    /// Two different statuses of a claim or an entity have the same date, a `later` development is dated before its event,
    /// or a page was updated before it was published.
    ///
    /// The latest date decides the current status of a claim, a case or an accused person, whatever the order of the list. If
    /// two statuses have the same date, nothing says which is the latest, and readers could be told the wrong one. What
    /// happened later can't be dated before the event, and a page can't be updated before it exists. So one of the two dates
    /// is wrong, or they are swapped.
    ///
    /// Correct the date, combine both statuses in one step, or give each its time of day. A `later` is reported only if it
    /// ends before the event begins; an approximate or uncertain date (`~`, `?`, `%`) never conflicts.
    ///
    /// ```yaml
    /// history:
    ///   - {date: 2025-03-31, status: alleged, sources: [nbcdc-return]}
    ///   - {date: 2025-03-31, status: established, sources: [scotus-24a949-pdf]}     # the same day: which one is the latest?
    /// ```
    ConflictingDates: CONFLICTING_DATES, Error, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    match owner {
        RecordIx::Claim(at) => {
            let record = &site.reader.item(at).record;
            same_day(site, &record.fields.history, record.origin, report, |step| step.status.word().to_owned());
        }
        RecordIx::Entity(at) => statuses(site, at, report),
        RecordIx::Event(at) => later(site, at, report),
        RecordIx::Page(at) => updated(site, at, report),
        RecordIx::Term(_) | RecordIx::Source(_) | RecordIx::Author(_) => {}
    }
}

fn statuses(site: &LocalContext<'_>, at: EntityIx, report: &mut Report) {
    let item = site.reader.item(at);
    let (linked, language) = (item.linked(), site.reader.language());
    same_day(site, &item.record.fields.status, item.record.origin, report, |step| {
        linked.text(&step.is, language).characters().to_owned()
    });
}

/// Reports each step with the same date as another but a different status, and labels the other.
fn same_day<T: Dated>(
    site: &LocalContext<'_>,
    steps: &[T],
    origin: Origin,
    report: &mut Report,
    status: impl Fn(&T) -> String,
) {
    let key = |date: &At<Date>| date.value.order_key(site.reader.zone());
    for pair in site.reader.oldest_first(steps).windows(2) {
        let (Some(first), Some(second)) = (pair[0].by_date(), pair[1].by_date()) else { continue };
        let (one, other) = (status(pair[0]), status(pair[1]));
        if key(first) != key(second) || one == other {
            continue;
        }
        let message = format!("“{other}” has the same date as “{one}”, so it isn't clear which is the latest");
        let finding = report.add(origin.span(second.range), message);
        finding.labels.push(label(origin.span(first.range), format!("“{one}”")));
        finding.help = Some("correct one of the dates, combine both in one step, or give each its time of day".to_owned());
    }
}

/// Reports changes to a page that are dated before the page was published.
fn updated(site: &LocalContext<'_>, at: PageIx, report: &mut Report) {
    let record = &site.reader.item(at).record;
    let front = &record.fields.front;
    let Some(published) = &front.published else { return };
    let changes = front.updated.iter().chain(front.common.updates.iter().map(|update| &update.date));
    for date in changes.filter(|date| date.value.is_certainly_before(&published.value, site.reader.zone())) {
        let message = format!("this change is dated {}, but the page was published {}", date.value, published.value);
        let finding = report.add(record.span(date.range), message);
        finding.labels.push(label(record.span(published.range), "the publication date"));
        finding.help = Some("correct one of the dates".to_owned());
    }
}

fn later(site: &LocalContext<'_>, at: EventIx, report: &mut Report) {
    let record = &site.reader.item(at).record;
    let event = &record.fields.date;
    for later in &record.fields.later {
        if later.date.value.is_certainly_before(&event.value, site.reader.zone()) {
            let message = format!(
                "this is listed as happening after `{}`, but {} is earlier than {}",
                record.id.value, later.date.value, event.value
            );
            let finding = report.add(record.span(later.date.range), message);
            finding.labels.push(label(record.span(event.range), "the event's date"));
            finding.help = Some("correct one of the dates; if this happened before, make it a separate event".to_owned());
        }
    }
}
