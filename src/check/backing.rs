//! The sources behind an event or a claim, for rules about how well something is sourced.

use crate::base::Table;
use crate::model::reader::Reader;
use crate::model::{Item, Link, SourceIx};
use crate::syntax::indices::CitationIx;
use crate::syntax::kinds::claim::Claim;
use crate::syntax::kinds::event::Event;
use crate::syntax::kinds::source::{Source, SourceKind};
use crate::syntax::pieces::{RefLocation, TextField};

/// The citations that show how the newsroom knows about an event: its `sources`, those of its `accounts`, and those in its
/// title, summary, text and note, and in what accounts say. A `later` development has sources of its own.
pub(super) fn of_event(event: &Item<Event>) -> impl Iterator<Item = CitationIx> {
    let record = &event.record;
    let fields = &record.fields;
    let accounts = fields.accounts.iter().flat_map(|account| &account.sources);
    let listed = fields.common.sources.iter().chain(accounts).map(|source| source.0);
    let tells = |place: RefLocation| match place {
        RefLocation::Prose { prose, .. } => {
            let field = record.pieces.proses[prose].field;
            matches!(field, TextField::Title | TextField::Summary | TextField::Body | TextField::Note | TextField::Says)
        }
        // Items of `sources` are taken from their own lists above, because not all of those count.
        RefLocation::Field(_) => false,
    };
    let all = record.pieces.citations.indices().zip(&record.pieces.citations);
    listed.chain(all.filter(move |(_, citation)| tells(citation.place)).map(|(at, _)| at))
}

/// The citations behind a claim: all that it has.
pub(super) fn of_claim(claim: &Item<Claim>) -> impl Iterator<Item = CitationIx> {
    claim.record.pieces.citations.indices()
}

/// The sources behind a record.
#[derive(Clone, Copy)]
pub(super) struct Backing<'m> {
    reader: Reader<'m>,
    cited: &'m Table<CitationIx, Box<[Link]>>,
}

impl<'m> Backing<'m> {
    pub(super) fn of<T>(reader: Reader<'m>, item: &'m Item<T>) -> Self {
        Self { reader, cited: &item.cited }
    }

    /// The source that a citation names; `None` if there is no such source, or it is hidden.
    pub(super) fn source(&self, citation: CitationIx) -> Option<(SourceIx, &'m Source)> {
        let at = self.cited[citation].source()?;
        Some((at, &self.reader.item(at).record.fields))
    }

    /// Who published a source, as it says; pages group sources by the same name.
    pub(super) fn publisher(&self, at: SourceIx) -> Option<&'m str> {
        let item = self.reader.item(at);
        let publisher = item.record.fields.publisher.0.as_ref()?;
        let name = item.linked().text(publisher, self.reader.language()).characters().trim();
        (!name.is_empty()).then_some(name)
    }
}

/// Whether a source of this kind, on its own, leaves readers with nobody who answers for what it says.
pub(super) fn is_weak(kind: Option<SourceKind>) -> bool {
    matches!(kind, Some(SourceKind::Anonymous | SourceKind::Social))
}
