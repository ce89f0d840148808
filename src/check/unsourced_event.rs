//! See [`UnsourcedEvent`].

use super::LocalContext;
use super::backing;
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;

rule! {
    /// An event has no source.
    ///
    /// Every event has its own page, and may be read without the section that tells about it. Readers have to be able to see
    /// there how the newsroom knows.
    ///
    /// A source can be in the event's `sources`, in a citation in its title, summary or note, or in the `sources` of its
    /// `accounts`. The sources of a `later` development don't count, since it needs its own; nor do citations in sections
    /// that tell about the event.
    ///
    /// Add `sources: [key]`, or cite a source in the summary.
    ///
    /// ```yaml
    /// - id: rubio-bukele-deal
    ///   date: 2025-02-03
    ///   title: Rubio and Bukele agree
    ///   sources: ["ap-wtop-rubio, p. 2"]
    /// ```
    UnsourcedEvent: UNSOURCED_EVENT, Error, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    let RecordIx::Event(at) = owner else {
        return;
    };
    let item = site.reader.item(at);
    let record = &item.record;
    let sourced = backing::of_event(item).next().is_some();
    if !sourced && !record.pieces.has_unread("sources") {
        report.add(record.id_span(), format!("`{}` has no source", record.id.value)).help =
            Some("add `sources: [key]`, or cite one in the summary: [@key]".to_owned());
    }
}
