//! See [`UnsourcedEvent`].

use super::LocalContext;
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;
use crate::syntax::pieces::{RefLocation, TextField};

rule! {
    /// An event says nowhere what it rests on.
    ///
    /// Every event has a page of its own, and may be read without the section that tells it. A reader has to be able to see
    /// there how the newsroom knows.
    ///
    /// What counts is the event's `sources`, a citation in its title, summary or note, and the `sources` of its `accounts`.
    /// What came `later` is dated and sourced for itself, and does not count; nor do citations in the sections that tell the
    /// event.
    ///
    /// Add `sources: [key]`, or cite in the summary.
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
    let record = &site.reader.item(at).record;
    let fields = &record.fields;
    let cited = |place: RefLocation| match place {
        RefLocation::Prose { prose, .. } => {
            let field = record.pieces.proses[prose].field;
            matches!(field, TextField::Title | TextField::Summary | TextField::Note | TextField::Says)
        }
        // Items of `sources` lists are asked for one list at a time, below.
        RefLocation::Field(_) => false,
    };
    let sourced = !fields.common.sources.is_empty()
        || fields.accounts.iter().any(|account| !account.sources.is_empty())
        || record.pieces.citations.iter().any(|citation| cited(citation.place));
    if !sourced && !record.pieces.has_unread("sources") {
        report.add(record.id_span(), format!("`{}` has no source", record.id.value)).help =
            Some("add `sources: [key]`, or cite one in the summary: [@key]".to_owned());
    }
}
