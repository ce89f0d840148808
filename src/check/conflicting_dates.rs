//! See [`ConflictingDates`].

use super::LocalContext;
use super::rule::{Report, Scope, label, rule};
use crate::base::{At, Origin};
use crate::date::Date;
use crate::model::{EntityIx, EventIx, PageIx, RecordIx};
use crate::syntax::kinds::dated::Dated;

rule! {
    /// Two statuses of a claim or an entity have one date and differ, what came `later` of an event is dated before it, or a page was
    /// updated before it was published.
    ///
    /// The latest date says where a claim, a case or an accused person stands, whichever way round the list is written. Of two
    /// statuses of one date nothing says which came last, and a reader could be told the wrong one. What came of an event
    /// can't have come before it, and no page can be updated before it is there: one of the two dates is wrong, or the two are told
    /// the wrong way round.
    ///
    /// Correct the date, say both in one step, or give each its time of day. Only a `later` that ends before the event begins
    /// is reported; one that is an estimate or in doubt (`~`, `?`, `%`) contradicts nothing.
    ///
    /// ```yaml
    /// history:
    ///   - {date: 2025-03-31, status: alleged, sources: [nbcdc-return]}
    ///   - {date: 2025-03-31, status: established, sources: [scotus-24a949-pdf]}     # of the same day: which of the two holds?
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

/// Reports each step that says something else than another of its date, with that one as a label.
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
        let message = format!("“{other}” has the same date as “{one}”, and nothing says which came last");
        let finding = report.add(origin.span(second.range), message);
        finding.labels.push(label(origin.span(first.range), format!("“{one}”")));
        finding.help = Some("correct one of the dates, say both in one step, or give each its time of day".to_owned());
    }
}

/// Reports changes to a page that are dated before the page was there.
fn updated(site: &LocalContext<'_>, at: PageIx, report: &mut Report) {
    let record = &site.reader.item(at).record;
    let front = &record.fields.front;
    let Some(published) = &front.published else { return };
    let changes = front.updated.iter().chain(front.common.updates.iter().map(|update| &update.date));
    for date in changes.filter(|date| date.value.is_certainly_before(&published.value, site.reader.zone())) {
        let message = format!("this change is dated {}, and the page was published {}", date.value, published.value);
        let finding = report.add(record.span(date.range), message);
        finding.labels.push(label(record.span(published.range), "when it was published"));
        finding.help = Some("correct one of the dates".to_owned());
    }
}

fn later(site: &LocalContext<'_>, at: EventIx, report: &mut Report) {
    let record = &site.reader.item(at).record;
    let event = &record.fields.date;
    for later in &record.fields.later {
        if later.date.value.is_certainly_before(&event.value, site.reader.zone()) {
            let message =
                format!("this came of `{}`, and {} lies before {}", record.id.value, later.date.value, event.value);
            let finding = report.add(record.span(later.date.range), message);
            finding.labels.push(label(record.span(event.range), "when the event begins"));
            finding.help = Some("correct one of the dates; what came before is an event by itself".to_owned());
        }
    }
}
