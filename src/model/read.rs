//! Records which parts of a model were read while something was made.
//!
//! A page that read some facets of some records stays the same as long as those facets do. So nobody has to declare
//! what a view looks at, and if a view reads more, the preview tracks that without further code.

use std::sync::{Mutex, PoisonError};

use super::record::{AuthorIx, ClaimIx, EntityIx, EventIx, PageIx, PeriodIx, RecordIx, SourceIx, TermIx};

/// A part of a record, or of a list of records, that can be read separately. The preview compares a hash of its value
/// from one state of a site to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Facet {
    /// Everything the record's own lines say, in every language, and where its pointers lead.
    Text,
    /// Its title, as HTML and without markup.
    Title,
    /// Whether a preview shows it although no build publishes it.
    Withheld,
    /// An event's date.
    Date,
    /// Whether an event is a major one.
    Significance,
    /// What kind of thing it is: a page's role and part, an entity's kind, a claim's status.
    Kind,
    /// Where an entity is on the earth.
    Location,
    /// Who mentions it, or cites it.
    Mentions,
    /// The events of its timeline, and of its timeline blocks.
    Timeline,
    /// The events that a page tells.
    Tells,
    /// Claims that name it.
    Claims,
    /// Sections that tell an event.
    Sections,
    /// What an event led to.
    Effects,
    /// What an author wrote.
    Wrote,
    /// The record before it and the one after it.
    Neighbors,
    /// The page of the site's timeline that an event is on.
    Period,
    /// Its mark on compact timelines.
    Mark,
    /// Which events a long timeline shows.
    ShownFrom,
    /// A source's entry and name, as pages write them.
    Source,
    /// The sources of a source's outlet.
    Outlet,
    /// An event's entry in timelines, as HTML.
    Entry,
    /// The navigation that its page shows.
    Nav,
    /// The file that it is in.
    File,
    /// Of a list: which records it has, in order.
    Members,
    /// Of a list: the order in which readers see it.
    Order,
    /// Of the list of sources: which of them are of which kind, in the order in which readers see them.
    SourceKinds,
    /// Of the list of events: how the site's timeline is divided into pages.
    Periods,
    /// Of all records: their updates and corrections.
    Changes,
}

impl Facet {
    /// All of them, in order.
    pub const ALL: [Self; 28] = {
        use Facet as F;
        [
            F::Text,
            F::Title,
            F::Withheld,
            F::Date,
            F::Significance,
            F::Kind,
            F::Location,
            F::Mentions,
            F::Timeline,
            F::Tells,
            F::Claims,
            F::Sections,
            F::Effects,
            F::Wrote,
            F::Neighbors,
            F::Period,
            F::Mark,
            F::ShownFrom,
            F::Source,
            F::Outlet,
            F::Entry,
            F::Nav,
            F::File,
            F::Members,
            F::Order,
            F::SourceKinds,
            F::Periods,
            F::Changes,
        ]
    };

    /// The number of facets.
    pub const COUNT: usize = Self::ALL.len();
}

// A facet that is missing from the list, or in the wrong place, would be mistaken for another one.
const _: () = {
    assert!(Facet::COUNT == Facet::Changes as usize + 1, "a facet is missing from `Facet::ALL`");
    let mut at = 0;
    while at < Facet::COUNT {
        assert!(Facet::ALL[at] as usize == at, "`Facet::ALL` has another order");
        at += 1;
    }
};

/// A kind of record. Its whole list can be read at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordKind {
    /// Sections and pages.
    Page,
    /// Events.
    Event,
    /// Claims.
    Claim,
    /// Entities.
    Entity,
    /// Terms.
    Term,
    /// Sources.
    Source,
    /// Authors.
    Author,
}

impl RecordKind {
    /// All of them, in the order of [`RecordIx`].
    pub const ALL: [Self; 7] = [Self::Page, Self::Event, Self::Claim, Self::Entity, Self::Term, Self::Source, Self::Author];

    /// Its position in the list of kinds.
    #[must_use]
    pub const fn position(self) -> usize {
        self as usize
    }

    /// What kind of record this is.
    #[must_use]
    pub const fn of(at: RecordIx) -> Self {
        match at {
            RecordIx::Page(_) => Self::Page,
            RecordIx::Event(_) => Self::Event,
            RecordIx::Claim(_) => Self::Claim,
            RecordIx::Entity(_) => Self::Entity,
            RecordIx::Term(_) => Self::Term,
            RecordIx::Source(_) => Self::Source,
            RecordIx::Author(_) => Self::Author,
        }
    }

    /// The record of this kind at a position.
    #[must_use]
    pub const fn record(self, at: u32) -> RecordIx {
        match self {
            Self::Page => RecordIx::Page(PageIx(at)),
            Self::Event => RecordIx::Event(EventIx(at)),
            Self::Claim => RecordIx::Claim(ClaimIx(at)),
            Self::Entity => RecordIx::Entity(EntityIx(at)),
            Self::Term => RecordIx::Term(TermIx(at)),
            Self::Source => RecordIx::Source(SourceIx(at)),
            Self::Author => RecordIx::Author(AuthorIx(at)),
        }
    }
}

/// What can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A record.
    Record(RecordIx),
    /// All records of a kind.
    List(RecordKind),
    /// A page of the site's timeline.
    Period(PeriodIx),
}

/// One thing that was read.
pub type Read = (Subject, Facet);

/// What was read while something was made, and the first event whose entry has a fault.
#[derive(Debug, Default)]
pub struct ReadLog {
    /// `None` where nobody asks what was read.
    reads: Option<Mutex<Vec<Read>>>,
    faulty: Mutex<Option<EventIx>>,
}

impl ReadLog {
    /// A log that keeps what is read.
    #[must_use]
    pub fn recording() -> Self {
        Self { reads: Some(Mutex::default()), faulty: Mutex::default() }
    }

    /// A log that keeps only faults.
    #[must_use]
    pub fn of_faults() -> Self {
        Self::default()
    }

    pub(super) fn note(&self, subject: Subject, facet: Facet) {
        if let Some(reads) = &self.reads {
            // A list of notes is complete even if something panicked in the meantime.
            reads.lock().unwrap_or_else(PoisonError::into_inner).push((subject, facet));
        }
    }

    pub(super) fn note_faulty(&self, at: EventIx) {
        self.faulty.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(at);
    }

    /// What was read, in order and without repeats; empty for a log of faults.
    #[must_use]
    pub fn into_reads(self) -> Vec<Read> {
        let reads = self.reads.unwrap_or_default();
        let mut reads = reads.into_inner().unwrap_or_else(PoisonError::into_inner);
        reads.sort_unstable();
        reads.dedup();
        reads
    }

    /// The records other than `own` whose text was read; `None` if anything was read that doesn't follow from a
    /// record's text alone.
    #[must_use]
    pub fn into_texts_besides(self, own: RecordIx) -> Option<Vec<RecordIx>> {
        let follows = |facet: Facet| matches!(facet, Facet::Text | Facet::Date | Facet::Significance | Facet::Kind);
        let texts = self.into_reads().into_iter().map(|(subject, facet)| match subject {
            Subject::Record(at) if follows(facet) => Some(at),
            Subject::Record(_) | Subject::List(_) | Subject::Period(_) => None,
        });
        let mut texts = texts.collect::<Option<Vec<_>>>()?;
        texts.dedup();
        texts.retain(|at| *at != own);
        Some(texts)
    }

    /// The first event whose entry was asked for and has a fault. Whatever shows the entry then has that fault too.
    #[must_use]
    pub fn faulty_entry(&self) -> Option<EventIx> {
        *self.faulty.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
