//! One handle for every record, whatever its kind, and what a pointer leads to.

use std::ops::Index;

use super::{
    AuthorItem, Backlink, ClaimItem, EntityItem, EventItem, Item, Linked, Model, PageItem, Role, SourceItem, TermItem,
    Withheld,
};
use crate::base::{Origin, Span, TextRange, index};
use crate::syntax::kinds::author::Author;
use crate::syntax::kinds::claim::Claim;
use crate::syntax::kinds::common::Common;
use crate::syntax::kinds::entity::Entity;
use crate::syntax::kinds::event::Event;
use crate::syntax::kinds::page::Page;
use crate::syntax::kinds::source::Source;
use crate::syntax::kinds::term::Term;

macro_rules! indices {
    ($($(#[doc = $doc:literal])+ $Name:ident => $list:ident: $Item:ty;)*) => { $(
        index! {
            $(#[doc = $doc])+
            pub struct $Name(pub u32);
        }

        impl $Name {
            /// The first `count` indices, in order.
            pub fn first(count: usize) -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator + Clone {
                (0..count).map(Self::new)
            }

            /// The index before this one, if this is not the first.
            #[must_use]
            pub fn before(self) -> Option<Self> {
                self.0.checked_sub(1).map(Self)
            }

            /// The index after this one, if that is below `count`.
            #[must_use]
            pub fn behind(self, count: usize) -> Option<Self> {
                Some(Self(self.0 + 1)).filter(|next| next.position() < count)
            }
        }

        impl Index<$Name> for Model {
            type Output = $Item;

            fn index(&self, at: $Name) -> &$Item {
                &self.$list[at.position()]
            }
        }
    )* };
}

indices! {
    /// A section or page: index into [`Model::pages`].
    PageIx => pages: PageItem;
    /// An event: index into [`Model::events`], which is in chronological order.
    EventIx => events: EventItem;
    /// An entity: index into [`Model::entities`].
    EntityIx => entities: EntityItem;
    /// A claim: index into [`Model::claims`].
    ClaimIx => claims: ClaimItem;
    /// A term: index into [`Model::terms`].
    TermIx => terms: TermItem;
    /// A source: index into [`Model::sources`].
    SourceIx => sources: SourceItem;
    /// An author: index into [`Model::authors`].
    AuthorIx => authors: AuthorItem;
    /// A record that is left out of this build: index into [`Model::hidden`].
    HiddenIx => hidden: super::Hidden;
    /// A page of the site's timeline: index into [`Model::periods`].
    PeriodIx => periods: super::Period;
}

/// Any record: its kind and its index, in one machine word. They sort in site order: pages first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordIx {
    /// A section or page.
    Page(PageIx),
    /// An event.
    Event(EventIx),
    /// A claim.
    Claim(ClaimIx),
    /// An entity.
    Entity(EntityIx),
    /// A term.
    Term(TermIx),
    /// A source.
    Source(SourceIx),
    /// An author.
    Author(AuthorIx),
}

/// What a pointer or a citation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Link {
    /// A record in this build.
    To(RecordIx),
    /// A record that is left out of this build.
    Hidden(HiddenIx),
    /// Nothing has that name.
    Unknown,
}

/// The index of a record of one kind.
pub trait Handle: Copy + Into<RecordIx> {
    /// The fields of that kind.
    type Fields;

    /// The record.
    fn item(self, model: &Model) -> &Item<Self::Fields>;
}

macro_rules! handles {
    ($($Ix:ident: $Fields:ty;)*) => { $(
        impl Handle for $Ix {
            type Fields = $Fields;

            fn item(self, model: &Model) -> &Item<$Fields> {
                &model[self].item
            }
        }
    )* };
}

handles! {
    PageIx: Page;
    EventIx: Event;
    EntityIx: Entity;
    ClaimIx: Claim;
    TermIx: Term;
    SourceIx: Source;
    AuthorIx: Author;
}

macro_rules! narrowing {
    ($($(#[doc = $doc:literal])+ $name:ident: $Variant:ident($Ix:ident);)*) => {
        impl RecordIx { $(
            $(#[doc = $doc])+
            #[must_use]
            pub fn $name(self) -> Option<$Ix> {
                match self {
                    Self::$Variant(at) => Some(at),
                    _ => None,
                }
            }
        )* }

        impl Link { $(
            $(#[doc = $doc])+
            #[must_use]
            pub fn $name(self) -> Option<$Ix> {
                self.record()?.$name()
            }
        )* }

        $(
            impl From<$Ix> for RecordIx {
                fn from(at: $Ix) -> Self {
                    Self::$Variant(at)
                }
            }

            impl From<$Ix> for Link {
                fn from(at: $Ix) -> Self {
                    Self::To(RecordIx::$Variant(at))
                }
            }
        )*
    };
}

narrowing! {
    /// The section or page, if it is one.
    page: Page(PageIx);
    /// The event, if it is one.
    event: Event(EventIx);
    /// The claim, if it is one.
    claim: Claim(ClaimIx);
    /// The entity, if it is one.
    entity: Entity(EntityIx);
    /// The term, if it is one.
    term: Term(TermIx);
    /// The source, if it is one.
    source: Source(SourceIx);
    /// The author, if it is one.
    author: Author(AuthorIx);
}

impl RecordIx {
    /// The position of its kind among the kinds, and its own in the list of its kind.
    fn parts(self) -> (usize, usize) {
        match self {
            Self::Page(at) => (0, at.position()),
            Self::Event(at) => (1, at.position()),
            Self::Claim(at) => (2, at.position()),
            Self::Entity(at) => (3, at.position()),
            Self::Term(at) => (4, at.position()),
            Self::Source(at) => (5, at.position()),
            Self::Author(at) => (6, at.position()),
        }
    }
}

impl Link {
    /// The record that it leads to; `None` if that is hidden or unknown.
    #[must_use]
    pub fn record(self) -> Option<RecordIx> {
        match self {
            Self::To(record) => Some(record),
            Self::Hidden(_) | Self::Unknown => None,
        }
    }
}

/// A record without its type: what all kinds have in common.
#[derive(Clone, Copy)]
pub struct AnyRecord<'m> {
    /// Its id, or its key if it is a source.
    pub id: &'m str,
    /// Where the id is in the record.
    pub id_range: TextRange,
    /// Where it begins.
    pub origin: Origin,
    /// The fields that every kind has.
    pub common: &'m Common,
    /// Its texts and pointers, with what they lead to.
    pub linked: Linked<'m>,
    /// Who mentions it, or cites it if it is a source, in site order.
    pub mentions: &'m [Backlink],
    /// A hash of what it says, including its kind and options.
    pub fingerprint: u64,
}

impl AnyRecord<'_> {
    /// Where its id is in its file.
    #[must_use]
    pub fn id_span(&self) -> Span {
        self.origin.span(self.id_range)
    }
}

impl Model {
    /// The record, without its type.
    #[must_use]
    pub fn record(&self, at: RecordIx) -> AnyRecord<'_> {
        match at {
            RecordIx::Page(at) => {
                let PageItem { item, mentions, .. } = &self[at];
                item.erased(&item.record.fields.front.common, mentions)
            }
            RecordIx::Event(at) => {
                let EventItem { item, mentions, .. } = &self[at];
                item.erased(&item.record.fields.common, mentions)
            }
            RecordIx::Claim(at) => {
                let ClaimItem { item, mentions, .. } = &self[at];
                item.erased(&item.record.fields.common, mentions)
            }
            RecordIx::Entity(at) => {
                let EntityItem { item, mentions, .. } = &self[at];
                item.erased(&item.record.fields.common, mentions)
            }
            RecordIx::Term(at) => {
                let TermItem { item, mentions } = &self[at];
                item.erased(&item.record.fields.common, mentions)
            }
            RecordIx::Source(at) => {
                let SourceItem { item, mentions, .. } = &self[at];
                item.erased(&item.record.fields.common, mentions)
            }
            RecordIx::Author(at) => {
                let AuthorItem { item, .. } = &self[at];
                item.erased(&item.record.fields.common, &[])
            }
        }
    }

    /// A record's texts and pointers, with what they lead to.
    #[must_use]
    pub fn linked(&self, at: RecordIx) -> Linked<'_> {
        self.record(at).linked
    }

    /// The fields that every kind of record has.
    #[must_use]
    pub fn common(&self, at: RecordIx) -> &Common {
        self.record(at).common
    }

    /// Where a record begins.
    #[must_use]
    pub fn origin(&self, at: RecordIx) -> Origin {
        self.record(at).origin
    }

    /// Why no build publishes this record, which is shown.
    #[must_use]
    pub fn withheld(&self, at: RecordIx) -> Option<Withheld> {
        // Every link asks, and nearly always there is nothing of the kind: then no record is read.
        self.has_withheld.then(|| self.visibility.withholds(self.common(at))).flatten()
    }

    /// The events of the timeline of a page, an entity or a claim, in order; empty for other kinds.
    #[must_use]
    pub fn timeline(&self, at: RecordIx) -> &[super::EventIx] {
        match at {
            RecordIx::Page(at) => &self[at].timeline,
            RecordIx::Entity(at) => &self[at].timeline,
            RecordIx::Claim(at) => &self[at].events,
            RecordIx::Event(_) | RecordIx::Term(_) | RecordIx::Source(_) | RecordIx::Author(_) => &[],
        }
    }

    /// Claims that name a page, or that an entity makes or disputes.
    #[must_use]
    pub fn claims_of(&self, at: RecordIx) -> &[ClaimIx] {
        match at {
            RecordIx::Page(at) => &self[at].claims,
            RecordIx::Entity(at) => &self[at].claims,
            RecordIx::Event(_) | RecordIx::Claim(_) | RecordIx::Term(_) | RecordIx::Source(_) | RecordIx::Author(_) => &[],
        }
    }

    /// The records before and after an event or a section. Other kinds have no neighbors.
    #[must_use]
    pub fn neighbors(&self, at: RecordIx) -> (Option<RecordIx>, Option<RecordIx>) {
        match at {
            RecordIx::Page(at) if self[at].role == Role::Section => {
                (at.before().map(RecordIx::Page), at.behind(self.sections).map(RecordIx::Page))
            }
            RecordIx::Event(at) => (at.before().map(RecordIx::Event), at.behind(self.events.len()).map(RecordIx::Event)),
            RecordIx::Page(_)
            | RecordIx::Claim(_)
            | RecordIx::Entity(_)
            | RecordIx::Term(_)
            | RecordIx::Source(_)
            | RecordIx::Author(_) => (None, None),
        }
    }

    /// The position of a record among all of them, in site order.
    #[must_use]
    pub fn ordinal(&self, at: RecordIx) -> usize {
        let counts = self.counts();
        let (kind, position) = at.parts();
        counts[..kind].iter().sum::<usize>() + position
    }

    /// Whether the model has a record at this index.
    pub(super) fn has_index(&self, at: RecordIx) -> bool {
        let (kind, position) = at.parts();
        position < self.counts()[kind]
    }

    /// How many records each kind has, in the order of [`RecordIx`].
    #[must_use]
    pub fn counts(&self) -> [usize; 7] {
        let Self { pages, events, claims, entities, terms, sources, authors, .. } = self;
        [pages.len(), events.len(), claims.len(), entities.len(), terms.len(), sources.len(), authors.len()]
    }

    /// Every record, in site order.
    pub fn records(&self) -> impl Iterator<Item = RecordIx> + use<> {
        let [pages, events, claims, entities, terms, sources, authors] = self.counts().map(|count| 0..count);
        pages
            .map(|at| RecordIx::Page(PageIx::new(at)))
            .chain(events.map(|at| RecordIx::Event(EventIx::new(at))))
            .chain(claims.map(|at| RecordIx::Claim(ClaimIx::new(at))))
            .chain(entities.map(|at| RecordIx::Entity(EntityIx::new(at))))
            .chain(terms.map(|at| RecordIx::Term(TermIx::new(at))))
            .chain(sources.map(|at| RecordIx::Source(SourceIx::new(at))))
            .chain(authors.map(|at| RecordIx::Author(AuthorIx::new(at))))
    }
}
