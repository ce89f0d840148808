//! See [`SourceBeforeEvent`].

use jiff::tz::TimeZone;

use super::LocalContext;
use super::backing::{self, Backing};
use super::rule::{Report, Scope, label, rule};
use crate::date::Date;
use crate::model::{RecordIx, SourceIx};
use crate::syntax::kinds::event::EventStatus;
use crate::syntax::kinds::source::{Source, SourceKind};

rule! {
    /// Every source of an event was published before the event began.
    ///
    /// A report can't tell what had not happened yet. One of the dates has a typo, or the source only announced the event,
    /// and nobody has checked that it took place.
    ///
    /// The rule fires only if that is certain: every source has a date, and none of the dates, nor the event's, has `~` or
    /// `?`. The day before doesn't count, because a newspaper in New York may date a report to the evening before it
    /// happened in Tokyo; two times with their offsets are compared to the second. Events that are `scheduled` are left out,
    /// and so are those with a source of kind `primary` or `reference`: a law says long before on which day it takes effect.
    /// The sources are those that [`unsourced-event`](#unsourced-event) counts.
    ///
    /// Correct the date that is wrong, add a source that reports the event, or mark it `status: scheduled` if it is still to
    /// come.
    ///
    /// ```yaml
    /// - id: bridge-reopens
    ///   date: 2025-06-01
    ///   title: The bridge reopens
    ///   sources: [herald-plans]      # published on 2025-03-12, when that was the plan
    /// ```
    SourceBeforeEvent: SOURCE_BEFORE_EVENT, Warning, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    let RecordIx::Event(at) = owner else { return };
    let event = site.reader.item(at);
    let (record, zone) = (&event.record, site.reader.zone());
    if record.fields.status == EventStatus::Scheduled || record.pieces.has_unread("sources") {
        return;
    }
    let backing = Backing::of(site.reader, event);
    let mut latest: Option<(SourceIx, &Source)> = None;
    let mut several = false;
    for citation in backing::of_event(event) {
        let Some((at, source)) = backing.source(citation) else { return };
        let is_before = source.date.as_ref().is_some_and(|date| is_before(&date.value, &record.fields.date.value, zone));
        if !is_before || matches!(source.kind, Some(SourceKind::Primary | SourceKind::Reference)) {
            return;
        }
        let last = |source: &Source| source.date.as_ref().map(|date| date.value.days(zone).last);
        several |= latest.is_some_and(|(other, _)| other != at);
        if latest.is_none_or(|(_, latest)| last(latest) < last(source)) {
            latest = Some((at, source));
        }
    }
    let Some((at, Source { date: Some(published), .. })) = latest else { return };
    let which = if several { "all sources" } else { "the only source" };
    let was = if several { "were" } else { "was" };
    let message = format!("{which} of `{}` {was} published before it began", record.id.value);
    let finding = report.add(record.span(record.fields.date.range), message);
    let latest = if several { "the latest of them" } else { "its date" };
    finding.labels.push(label(site.reader.item(at).record.span(published.range), latest));
    finding.help = Some(
        "correct the date that is wrong, add a source that reports the event, or write `status: scheduled` if it is still to \
         come"
            .to_owned(),
    );
}

/// Whether a source was certainly published before an event began, wherever on earth the two were dated.
fn is_before(published: &Date, event: &Date, zone: &TimeZone) -> bool {
    let are_moments = published.moment().is_some() && event.moment().is_some();
    published.is_certainly_before(event, zone)
        && (are_moments || published.days(zone).last.add_days(1) < event.days(zone).first)
}
