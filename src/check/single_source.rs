//! See [`SingleSource`].

use super::LocalContext;
use super::backing::{self, Backing};
use super::rule::{Report, Scope, rule};
use crate::model::{RecordIx, SourceIx};
use crate::syntax::indices::CitationIx;
use crate::syntax::kinds::event::EventStatus;
use crate::syntax::kinds::source::SourceKind;

rule! {
    /// A single publisher is behind an event that is told as a fact, or behind a claim.
    ///
    /// If that publisher is wrong, so is the site, and nobody else has checked. Two reports by one agency are one source,
    /// wherever they were read: what counts is the `publisher`.
    ///
    /// A document is enough for an event if it is the thing itself or comes from the authority that acted, which is what
    /// `kind: primary` and `kind: official` say: a court's own order needs no second outlet. For a claim, a `primary` source is
    /// enough, because it has the very words; an authority is often one of the sides. Events with `status: reported`, `disputed`
    /// or `scheduled` are left out, because readers see that they are not certain. A source without `publisher` counts as one
    /// of its own. What [`weak-sources`](#weak-sources) reports is not reported again.
    ///
    /// Add a source of another publisher, above all one that did its own reporting. Until there is one, write
    /// `status: reported`. If the source is the document itself, give it `kind: primary`. If your newsroom doesn't ask for a
    /// second source, write `single-source = "info"` under `[checks]`.
    ///
    /// ```yaml
    /// - id: bridge-shuts
    ///   date: 2025-03-12
    ///   title: The bridge shuts
    ///   sources: [herald-1, herald-2]      # both of the Wendle Herald; add one of another publisher
    /// ```
    SingleSource: SINGLE_SOURCE, Warning, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    match owner {
        RecordIx::Event(at) => {
            let item = site.reader.item(at);
            let record = &item.record;
            if record.fields.status != EventStatus::Confirmed || record.pieces.has_unread("sources") {
                return;
            }
            let backing = Backing::of(site.reader, item);
            let is_enough = |kind| matches!(kind, SourceKind::Primary | SourceKind::Official);
            if let Some(only) = only(&backing, backing::of_event(item), is_enough) {
                report.add(record.id_span(), message(&backing, &record.id.value, only)).help = Some(
                    "add a source of another publisher, or write `status: reported`; a source that is the thing itself has \
                     `kind: primary`"
                        .to_owned(),
                );
            }
        }
        RecordIx::Claim(at) => {
            let item = site.reader.item(at);
            let record = &item.record;
            if record.pieces.has_unread("sources") {
                return;
            }
            let backing = Backing::of(site.reader, item);
            let is_enough = |kind| kind == SourceKind::Primary;
            if let Some(only) = only(&backing, backing::of_claim(item), is_enough) {
                report.add(record.id_span(), message(&backing, &record.id.value, only)).help = Some(
                    "add a source of another publisher; a source with the very words of those who say so has `kind: primary`"
                        .to_owned(),
                );
            }
        }
        _ => {}
    }
}

/// A source of the one publisher behind a record; `None` if there are several, if there is none, or if a source of that kind
/// is enough.
fn only(
    backing: &Backing<'_>,
    citations: impl Iterator<Item = CitationIx>,
    is_enough: impl Fn(SourceKind) -> bool,
) -> Option<SourceIx> {
    let mut first: Option<(SourceIx, Option<&str>)> = None;
    let mut is_weak = true;
    for citation in citations {
        let (at, source) = backing.source(citation)?;
        if source.kind.is_some_and(&is_enough) {
            return None;
        }
        is_weak &= backing::is_weak(source.kind);
        match first {
            None => first = Some((at, backing.publisher(at))),
            Some((known, _)) if known == at => {}
            Some((_, publisher)) if publisher.is_some() && publisher == backing.publisher(at) => {}
            Some(_) => return None,
        }
    }
    first.map(|(at, _)| at).filter(|_| !is_weak)
}

fn message(backing: &Backing<'_>, id: &str, only: SourceIx) -> String {
    match backing.publisher(only) {
        Some(publisher) => format!("`{id}` rests on a single publisher: {publisher}"),
        None => format!("`{id}` rests on a single source"),
    }
}
