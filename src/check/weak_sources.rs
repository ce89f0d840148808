//! See [`WeakSources`].

use super::LocalContext;
use super::backing::{self, Backing};
use super::rule::{Report, Scope, rule};
use crate::base::Span;
use crate::model::RecordIx;
use crate::syntax::indices::CitationIx;
use crate::syntax::kinds::source::SourceKind;

rule! {
    /// An event or a claim rests only on posts on social networks and on unnamed people; or an event rests on these and on
    /// opinion pieces.
    ///
    /// Nobody answers for what they say. A post may be a joke or a forgery, or gone tomorrow; someone who isn't named may have
    /// a reason not to be; a commentary argues from facts that others have reported. It makes no difference how many there are.
    ///
    /// The rule goes by the `kind` of each source: `social`, `anonymous` and, for events, `commentary`. A claim may be made in
    /// a commentary, and then that is its source. Whose copy was read doesn't matter: an agency's report that was read `via`
    /// a local paper is still the agency's.
    ///
    /// Cite a report that looked into it, or the document. If the post itself is what happened, it is the thing itself: give
    /// it `kind: primary`.
    ///
    /// ```yaml
    /// - id: strike-called
    ///   date: 2025-05-04
    ///   title: Dockers go on strike
    ///   sources: [post-of-a-docker]      # kind: social
    /// ```
    WeakSources: WEAK_SOURCES, Warning, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    match owner {
        RecordIx::Event(at) => {
            let item = site.reader.item(at);
            let record = &item.record;
            if !record.pieces.has_unread("sources") {
                let is_weak = |kind| backing::is_weak(kind) || kind == Some(SourceKind::Commentary);
                let kinds = kinds(&Backing::of(site.reader, item), backing::of_event(item), is_weak);
                tell(&record.id.value, record.id_span(), &kinds, report);
            }
        }
        RecordIx::Claim(at) => {
            let item = site.reader.item(at);
            let record = &item.record;
            if !record.pieces.has_unread("sources") {
                let kinds = kinds(&Backing::of(site.reader, item), backing::of_claim(item), backing::is_weak);
                tell(&record.id.value, record.id_span(), &kinds, report);
            }
        }
        _ => {}
    }
}

/// The kinds of the sources behind a record, if all are weak; otherwise none.
fn kinds(
    backing: &Backing<'_>,
    citations: impl Iterator<Item = CitationIx>,
    is_weak: impl Fn(Option<SourceKind>) -> bool,
) -> Vec<SourceKind> {
    let mut kinds = Vec::new();
    for citation in citations {
        match backing.source(citation).and_then(|(_, source)| source.kind) {
            Some(kind) if is_weak(Some(kind)) => kinds.push(kind),
            _ => return Vec::new(),
        }
    }
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

fn tell(id: &str, place: Span, kinds: &[SourceKind], report: &mut Report) {
    if kinds.is_empty() {
        return;
    }
    let words: Vec<_> = kinds.iter().map(|kind| format!("`{}`", kind.word())).collect();
    let words = match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => words.concat(),
    };
    report.add(place, format!("`{id}` rests only on sources of kind {words}")).help = Some(
        "cite a report that looked into it, or the document; if a post itself is what this is about, give it `kind: primary`"
            .to_owned(),
    );
}
