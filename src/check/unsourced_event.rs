//! See [`UnsourcedEvent`].

use super::LocalContext;
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;
use crate::syntax::pieces::{RefLocation, TextField};

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
    let record = &site.reader.item(at).record;
    let fields = &record.fields;
    let cited = |place: RefLocation| match place {
        RefLocation::Prose { prose, .. } => {
            let field = record.pieces.proses[prose].field;
            matches!(field, TextField::Title | TextField::Summary | TextField::Body | TextField::Note | TextField::Says)
        }
        // Items of `sources` lists are checked below, one list at a time.
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
