//! The site as a whole: every record, every pointer resolved in both directions, every timeline in order.
//!
//! Nothing here is half built: [`resolve::resolve`] makes a finished [`Model`] at once, from parsed files, and a
//! pointer that doesn't resolve is a value too ([`Link::Unknown`]).
//!
//! Knows nothing about HTML, templates or the disk.

pub mod address;
mod assemble;
pub mod at;
pub mod backlinks;
pub mod captions;
pub mod chart_data;
pub mod dated;
mod destinations;
mod gather;
mod group;
mod key;
pub mod map_data;
mod moved;
mod names;
pub mod old_address;
pub mod periods;
mod pointers;
mod query;
pub mod read;
pub mod reader;
pub mod record;
mod records;
pub mod registry;
mod related;
mod relations;
pub mod resolve;
mod sharing;
mod suggest;
mod update;
mod variants;
pub mod visibility;
mod wrote;

use std::sync::{Arc, OnceLock};

use jiff::tz::TimeZone;

use crate::base::{Map, Span, Table};
use crate::date::{Date, Day};
use crate::syntax::indices::{AddressIx, BlockIx, CitationIx, PointerIx, TextIx};
use crate::syntax::kinds::author::Author;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::claim::{Claim, ClaimStatus};
use crate::syntax::kinds::common::Common;
use crate::syntax::kinds::entity::Entity;
use crate::syntax::kinds::event::{Event, Significance};
use crate::syntax::kinds::page::Page;
use crate::syntax::kinds::source::Source;
use crate::syntax::kinds::term::Term;
use crate::syntax::markdown::Markdown;
use crate::syntax::text::Text;
use crate::syntax::{Body, Record, References};

use backlinks::Outward;
pub use backlinks::{Backlink, Reference};
pub use destinations::Destination;
pub use key::RecordKey;
use names::Names;
pub use periods::Period;
pub use record::{
    AnyRecord, AuthorIx, ClaimIx, EntityIx, EventIx, HiddenIx, Link, PageIx, PeriodIx, RecordIx, SourceIx, TermIx,
};
pub use visibility::Withheld;

/// A record with its pointers resolved. What points back at it is next to it, in the item of its kind.
#[derive(Debug)]
pub struct Item<T> {
    /// The record.
    pub record: Record<T>,
    resolved: Arc<Resolved>,
}

impl<T> Clone for Item<T> {
    fn clone(&self) -> Self {
        Self { record: self.record.clone(), resolved: self.resolved.clone() }
    }
}

/// What a record's pointers lead to. It is part of every [`Item`], and shared with an earlier model's if nothing that
/// it depends on has changed.
#[derive(Debug)]
pub struct Resolved {
    /// What its pointers lead to, one for one.
    pub targets: Table<PointerIx, Box<[Link]>>,
    /// What its citations lead to, one for one.
    pub cited: Table<CitationIx, Box<[Link]>>,
    /// What its addresses lead to, one for one.
    pub destinations: Table<AddressIx, Box<[Destination]>>,
    /// For each pointer in a text of the first language, how many before it lead to the same record.
    pub nth: Table<PointerIx, Box<[u32]>>,
    outward: Outward,
    /// Whether all of them lead somewhere, and there is nothing to report.
    is_sound: bool,
}

impl<T> std::ops::Deref for Item<T> {
    type Target = Resolved;

    #[inline]
    fn deref(&self) -> &Resolved {
        &self.resolved
    }
}

impl<T> Item<T> {
    /// Its id or key.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.record.id.value
    }

    /// The record's texts with what they lead to, whatever kind of record it is.
    #[must_use]
    pub fn linked(&self) -> Linked<'_> {
        Linked {
            pieces: &self.record.pieces,
            targets: &self.targets,
            cited: &self.cited,
            destinations: &self.destinations,
            nth: &self.nth,
            body: self.record.body.as_deref(),
        }
    }

    /// Whether both come from the same parse, and from the same run of resolving their pointers.
    fn is_same(&self, other: &Self) -> bool {
        self.record.is_same_reading(&other.record) && Arc::ptr_eq(&self.resolved, &other.resolved)
    }

    /// The record without its type; each kind has its `common` and `mentions` in a different place.
    fn erased<'m>(&'m self, common: &'m Common, mentions: &'m [Backlink]) -> AnyRecord<'m> {
        AnyRecord {
            id: self.id(),
            id_range: self.record.id.range,
            origin: self.record.origin,
            common,
            linked: self.linked(),
            mentions,
            fingerprint: self.record.fingerprint,
        }
    }
}

/// A record's texts and pointers with what they lead to.
#[derive(Clone, Copy)]
pub struct Linked<'m> {
    /// The texts and pointers.
    pub pieces: &'m References,
    /// What the pointers lead to.
    pub targets: &'m Table<PointerIx, Box<[Link]>>,
    /// What the citations lead to.
    pub cited: &'m Table<CitationIx, Box<[Link]>>,
    /// What the addresses lead to.
    pub destinations: &'m Table<AddressIx, Box<[Destination]>>,
    /// How many pointers before each lead to the same record.
    pub nth: &'m Table<PointerIx, Box<[u32]>>,
    /// Which of the texts is the longer one below a Markdown file's head, and its blocks.
    pub body: Option<&'m Body>,
}

impl<'m> Linked<'m> {
    /// A field's text in the site's first language, or in whichever language there is.
    #[must_use]
    pub fn text(&self, text: &Text, language: &str) -> &'m Markdown {
        &self.pieces.proses[self.variant(text, language)].markdown
    }

    /// The index of that text.
    #[must_use]
    pub fn variant(&self, text: &Text, language: &str) -> TextIx {
        let matches = |index: &&TextIx| {
            let have = &self.pieces.proses[**index].language;
            have.as_deref().is_none_or(|have| have == language)
        };
        // A decoded text has at least one variant.
        text.variants.iter().find(matches).or(text.variants.first()).copied().unwrap_or(TextIx::new(0))
    }

    /// The blocks of the longer text.
    pub fn blocks(&self) -> impl Iterator<Item = &'m Block> + use<'m> {
        self.body.into_iter().flat_map(|body| &body.blocks)
    }

    /// Whether a text is one of those that pages show: in the first language, or in none.
    #[must_use]
    pub fn is_first(&self, prose: TextIx, language: &str) -> bool {
        self.pieces.is_first(prose, language)
    }

    /// Whether what a text points at gets anchors on its page.
    #[must_use]
    pub fn has_anchors(&self, prose: TextIx, language: &str) -> bool {
        self.is_first(prose, language) && self.pieces.proses[prose].has_anchors()
    }
}

/// What a Markdown file is on the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// A section, with its place in the reading order.
    Section,
    /// A page outside the reading order.
    Ordinary,
    /// The text of the front page.
    Front,
    /// The text of the page for broken addresses.
    NotFound,
}

/// A section or page.
#[derive(Clone, Debug)]
pub struct PageItem {
    /// The record.
    pub item: Item<Page>,
    /// Who mentions it, in site order.
    pub mentions: Vec<Backlink>,
    /// What it is on the site.
    pub role: Role,
    /// The group that it belongs to, as plain text in the first language.
    pub part: Option<String>,
    /// The events that it tells, in order: those it mentions, and those that name it.
    pub tells: Vec<EventIx>,
    /// The events of its timeline, in order: those that it tells, or the answer to its query.
    pub timeline: Vec<EventIx>,
    /// For each of its blocks, the events of a timeline block.
    pub block_events: Table<BlockIx, Vec<Vec<EventIx>>>,
    /// Claims that name it, in the order of their ids.
    pub claims: Vec<ClaimIx>,
    /// The same page in the site's other languages, in the order of the settings.
    pub variants: Vec<(String, Item<Page>)>,
}

/// An event.
#[derive(Clone, Debug)]
pub struct EventItem {
    /// The record.
    pub item: Item<Event>,
    /// Who mentions it, in site order.
    pub mentions: Vec<Backlink>,
    /// Sections that tell it, in reading order.
    pub sections: Vec<PageIx>,
    /// Events that it caused.
    pub effects: Vec<EventIx>,
}

impl EventItem {
    /// When it happened.
    #[must_use]
    pub fn date(&self) -> &Date {
        &self.item.record.fields.date.value
    }

    /// Whether the short timeline keeps it.
    #[must_use]
    pub fn is_major(&self) -> bool {
        self.item.record.fields.significance == Significance::Major
    }
}

/// An entity.
#[derive(Clone, Debug)]
pub struct EntityItem {
    /// The record.
    pub item: Item<Entity>,
    /// Who mentions it, in site order.
    pub mentions: Vec<Backlink>,
    /// Events in which it takes part or which happened there, in order.
    pub timeline: Vec<EventIx>,
    /// Claims that it makes or disputes.
    pub claims: Vec<ClaimIx>,
}

/// A claim.
#[derive(Clone, Debug)]
pub struct ClaimItem {
    /// The record.
    pub item: Item<Claim>,
    /// Who mentions it, in site order.
    pub mentions: Vec<Backlink>,
    /// Events that bear on it, in order.
    pub events: Vec<EventIx>,
    /// Its current status: its own, or the latest step of its history.
    pub status: ClaimStatus,
}

/// A term.
#[derive(Clone, Debug)]
pub struct TermItem {
    /// The record.
    pub item: Item<Term>,
    /// Who mentions it, in site order.
    pub mentions: Vec<Backlink>,
}

/// A source.
#[derive(Clone, Debug)]
pub struct SourceItem {
    /// The record.
    pub item: Item<Source>,
    /// Its address, made from its key.
    pub slug: String,
    /// What cites it: each record or page once, in site order, with its first citation.
    pub mentions: Vec<Backlink>,
}

/// An author.
#[derive(Clone, Debug)]
pub struct AuthorItem {
    /// The record.
    pub item: Item<Author>,
    /// What they wrote, the newest first.
    pub wrote: Vec<PageIx>,
}

/// A record that is left out of this build.
#[derive(Debug)]
pub struct Hidden {
    /// Its id or key.
    pub id: String,
    /// Where it is.
    pub span: Span,
    /// Why.
    pub why: Withheld,
    /// Whether it is a source, whose key isn't an id.
    pub is_source: bool,
}

impl Hidden {
    /// What is kept of a record; the caller sets `is_source`.
    fn of<T>(record: &Record<T>, why: Withheld) -> Self {
        Self { id: record.id.value.clone(), span: record.id_span(), why, is_source: false }
    }
}

/// The events of the timeline blocks of records, by the records that have any.
type BlockEvents = Map<RecordIx, Table<BlockIx, Vec<Vec<EventIx>>>>;

/// The site. It shares what did not change with the model before it.
#[derive(Debug)]
pub struct Model {
    /// Sections in reading order, then the rest by role and id.
    pub pages: Vec<Arc<PageItem>>,
    /// How many of the pages are sections.
    pub sections: usize,
    /// Events in chronological order.
    pub events: Vec<Arc<EventItem>>,
    /// Entities by id.
    pub entities: Vec<Arc<EntityItem>>,
    /// Claims by id.
    pub claims: Vec<Arc<ClaimItem>>,
    /// Terms by id.
    pub terms: Vec<Arc<TermItem>>,
    /// Sources by key.
    pub sources: Vec<Arc<SourceItem>>,
    /// Authors by id.
    pub authors: Vec<Arc<AuthorItem>>,
    /// For each of those who made the site by its settings, the author that is meant, if one is.
    pub makers: Vec<Link>,
    /// The figures of charts that are in files of their own.
    pub chart_files: chart_data::ChartFiles,
    /// Land and borders of the site's own.
    pub map_files: map_data::MapFiles,
    /// Records left out of this build.
    pub hidden: Vec<Hidden>,
    /// Whether the files hold a record that is shown here but that no build publishes.
    pub has_withheld: bool,
    /// What resolving a record needs to know about the others; shared with an earlier model that has the same names.
    names: Arc<Names>,
    /// Records with a pointer that leads nowhere, or with something else to report.
    unsound: Vec<RecordIx>,
    /// Whether nothing was reported before pointers were resolved, and no file is in another language.
    is_simple: bool,
    /// The events of timeline blocks in the texts of other records than pages, one for one with each record's blocks.
    block_events: Arc<BlockEvents>,
    /// See [`Self::illustrated`], which works it out when it is first asked.
    illustrated: OnceLock<Box<[RecordIx]>>,
    /// The site's timeline in pages; a short one is a single period without a name.
    pub periods: Vec<Period>,
    /// The site's first language.
    pub language: String,
    /// What decides which records are shown.
    pub visibility: visibility::Visibility,
    /// The day that rules compare with: the site's as-of day, or that of “now”.
    pub today: Day,
    /// The day of “now”, in the site's time zone.
    pub clock_day: Day,
    /// The site's time zone, whose midnights decide the day of a time.
    pub zone: TimeZone,
}

impl Model {
    /// Sections in reading order.
    #[must_use]
    pub fn section_items(&self) -> &[Arc<PageItem>] {
        &self.pages[..self.sections]
    }

    /// For each block of a record's text, the events of a timeline block; nothing for a record without one.
    #[must_use]
    pub fn block_events(&self, at: RecordIx) -> &[Vec<EventIx>] {
        match at {
            RecordIx::Page(at) => &self[at].block_events,
            at => self.block_events.get(&at).map_or(&[], |events| events),
        }
    }

    /// The page of the site's timeline that an event is on.
    #[must_use]
    pub fn period_of(&self, event: EventIx) -> Option<&Period> {
        let at = self.periods.partition_point(|period| period.events.end <= event.position());
        self.periods.get(at)
    }

    /// The text of the front page, if there is any.
    #[must_use]
    pub fn front(&self) -> Option<(PageIx, &PageItem)> {
        let at = self.pages.iter().position(|page| page.role == Role::Front)?;
        Some((PageIx::new(at), &self.pages[at]))
    }
}
