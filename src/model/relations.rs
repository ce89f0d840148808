//! What records say of each other, in the other direction, and the timelines that come of it.

use std::sync::OnceLock;

use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::backlinks::Mentions;
use super::group::grouped;
use super::query::{Answers, answer};
use super::records::Records;
use super::related::{OfEntity, OfEvent, OfPage};
use super::wrote::wrote;
use super::{
    AuthorIx, BlockEvents, ClaimIx, EntityIx, EventIx, Item, Link, Linked, PageIx, RecordIx, Role, SourceIx, TermIx,
};
use crate::base::Table;
use crate::config::Config;
use crate::syntax::indices::{BlockIx, PointerIx};
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::claim::Claim;
use crate::syntax::kinds::event::Event;
use crate::syntax::kinds::page::{Page, Timeline};
use crate::syntax::pieces::RefLocation;

/// How many records one task looks at.
const AT_ONCE: usize = 1024;

/// What other records say of each record, list by list in the order of its kind.
pub(super) struct Relations {
    /// Who mentions each record.
    pub(super) mentions: Mentions,
    pub(super) pages: Vec<OfPage>,
    pub(super) events: Vec<OfEvent>,
    pub(super) entities: Vec<OfEntity>,
    /// The events that bear on each claim, in order.
    pub(super) claims: Vec<Vec<EventIx>>,
    /// The events of timeline blocks in the texts of other records than pages.
    pub(super) blocks: BlockEvents,
    /// What each author wrote, the newest first.
    pub(super) authors: Vec<Vec<PageIx>>,
}

/// What the fields of events say of other records, by those, in the order of time.
#[derive(Default, PartialEq)]
pub(super) struct FromEvents {
    sections: Vec<(PageIx, EventIx)>,
    entities: Vec<(EntityIx, EventIx)>,
    claims: Vec<(ClaimIx, EventIx)>,
    causes: Vec<(EventIx, EventIx)>,
}

/// The same of claims, in the order of their ids.
#[derive(Default, PartialEq)]
pub(super) struct FromClaims {
    sections: Vec<(PageIx, ClaimIx)>,
    parties: Vec<(EntityIx, ClaimIx)>,
}

impl Relations {
    /// Those of all records of a site with these settings, which say that it was made by `makers`.
    pub(super) fn of(records: &Records, makers: &[Link], config: &Config) -> Self {
        let language = &config.first().tag;
        let (mentions, fields) = rayon::join(|| Mentions::of(records), || Fields::of(records, language));
        let Fields { tells, page_claims, events, entities, claims } = fields;
        let (timelines, blocks) = timelines(records, &tells, &entities, &config.time_zone);
        let pages = tells.into_iter().zip(page_claims).zip(timelines);
        let pages =
            pages.map(|((tells, claims), (timeline, block_events))| OfPage { tells, claims, timeline, block_events });
        let authors = wrote(records, makers, &config.time_zone);
        Self { mentions, pages: pages.collect(), events, entities, claims, authors, blocks }
    }
}

/// What the fields and texts of records say of others, before any query is answered.
struct Fields {
    tells: Vec<Vec<EventIx>>,
    page_claims: Vec<Vec<ClaimIx>>,
    events: Vec<OfEvent>,
    entities: Vec<OfEntity>,
    claims: Vec<Vec<EventIx>>,
}

impl Fields {
    fn of(records: &Records, language: &str) -> Self {
        let Records { pages, events, entities, claims, .. } = records;
        let from_events: Vec<FromEvents> =
            events.par_chunks(AT_ONCE).enumerate().map(|(chunk, events)| of_events(events, chunk * AT_ONCE)).collect();
        let from_claims: Vec<FromClaims> =
            claims.par_chunks(AT_ONCE).enumerate().map(|(chunk, claims)| of_claims(claims, chunk * AT_ONCE)).collect();
        let mut tells = grouped(pages.len(), from_events.iter().flat_map(|from| &from.sections).copied());
        pages.par_iter().zip(&mut tells).for_each(|((page, _), tells)| {
            tells.extend(mentioned_events(page, language));
            tells.sort_unstable();
            tells.dedup();
        });
        let shown = pages.iter().zip(&tells).enumerate().filter(|(_, ((_, role), _))| *role == Role::Section);
        let shown = shown.flat_map(|(at, (_, tells))| tells.iter().map(move |event| (*event, PageIx::new(at))));
        let sections = grouped(events.len(), shown);
        let effects = grouped(events.len(), from_events.iter().flat_map(|from| &from.causes).copied());
        let of_each = sections.into_iter().zip(effects).map(|(sections, effects)| OfEvent { sections, effects });
        let timelines = unique(grouped(entities.len(), from_events.iter().flat_map(|from| &from.entities).copied()));
        let party_claims = unique(grouped(entities.len(), from_claims.iter().flat_map(|from| &from.parties).copied()));
        let of_entities = timelines.into_iter().zip(party_claims).map(|(timeline, claims)| OfEntity { timeline, claims });
        Self {
            page_claims: unique(grouped(pages.len(), from_claims.iter().flat_map(|from| &from.sections).copied())),
            events: of_each.collect(),
            entities: of_entities.collect(),
            claims: unique(grouped(claims.len(), from_events.iter().flat_map(|from| &from.claims).copied())),
            tells,
        }
    }
}

/// Lists that contain a record once, even if another names it twice.
fn unique<T: PartialEq>(mut lists: Vec<Vec<T>>) -> Vec<Vec<T>> {
    lists.iter_mut().for_each(Vec::dedup);
    lists
}

/// What the fields of some events say, the first of which is the event of this number.
pub(super) fn of_events(events: &[Item<Event>], first: usize) -> FromEvents {
    let mut out = FromEvents::default();
    for (at, event) in events.iter().enumerate() {
        let here = EventIx::new(first + at);
        let fields = &event.record.fields;
        let target = |index: PointerIx| event.targets[index];
        let sections = fields.sections.iter().filter_map(|section| target(section.0).page());
        out.sections.extend(sections.map(|page| (page, here)));
        let entities = fields.entities.iter().map(|entity| entity.0).chain(fields.place.map(|place| place.0));
        out.entities.extend(entities.filter_map(|index| target(index).entity()).map(|entity| (entity, here)));
        let claims = fields.claims.iter().filter_map(|claim| target(claim.0).claim());
        out.claims.extend(claims.map(|claim| (claim, here)));
        let causes = fields.caused_by.iter().filter_map(|cause| target(cause.0).event());
        out.causes.extend(causes.map(|cause| (cause, here)));
    }
    out
}

/// What the fields of some claims say, the first of which is the claim of this number.
pub(super) fn of_claims(claims: &[Item<Claim>], first: usize) -> FromClaims {
    let mut out = FromClaims::default();
    for (at, claim) in claims.iter().enumerate() {
        let here = ClaimIx::new(first + at);
        let fields = &claim.record.fields;
        let target = |index: PointerIx| claim.targets[index];
        let sections = fields.sections.iter().filter_map(|section| target(section.0).page());
        out.sections.extend(sections.map(|page| (page, here)));
        let parties = fields.asserted_by.iter().chain(&fields.disputed_by).filter_map(|assertion| assertion.by.pointer);
        out.parties.extend(parties.filter_map(|index| target(index).entity()).map(|entity| (entity, here)));
    }
    out
}

/// The events that a page's body, key points and `known` blocks name.
pub(super) fn mentioned_events<'m>(page: &'m Item<Page>, language: &'m str) -> impl Iterator<Item = EventIx> + 'm {
    let linked = page.linked();
    linked.pieces.pointers.iter().zip(linked.targets).filter_map(move |(pointer, target)| {
        let RefLocation::Prose { prose, .. } = pointer.place else {
            return None;
        };
        let field = linked.pieces.proses[prose].field;
        match target {
            Link::To(RecordIx::Event(event)) if field.is_told() && linked.is_first(prose, language) => Some(*event),
            _ => None,
        }
    })
}

/// A page's timeline, and for each of its blocks the events of a timeline block.
pub(super) type Timelines = (Vec<EventIx>, Table<BlockIx, Vec<Vec<EventIx>>>);

/// Every page's timelines, and those in the texts of other records.
fn timelines(
    records: &Records,
    tells: &[Vec<EventIx>],
    entities: &[OfEntity],
    zone: &TimeZone,
) -> (Vec<Timelines>, BlockEvents) {
    let answers = Answers {
        count: records.events.len(),
        event: &|at| &records.events[at.position()].record.fields,
        tells: &|at| &tells[at.position()],
        timeline: &|at| &entities[at.position()].timeline,
        topics: OnceLock::new(),
        zone,
    };
    let page = |((page, _), tells): (&(Item<Page>, Role), &Vec<EventIx>)| timelines_of(page, tells, &answers);
    let blocks = with_timelines(records).into_iter().map(|(at, linked)| (at, block_events(linked, &answers)));
    (records.pages.par_iter().zip(tells).map(page).collect(), blocks.collect())
}

/// The records besides pages that have a timeline in their text.
fn with_timelines(records: &Records) -> Vec<(RecordIx, Linked<'_>)> {
    fn of<'r, T, I: Into<RecordIx>>(
        items: &'r [Item<T>],
        at: fn(usize) -> I,
    ) -> impl Iterator<Item = (RecordIx, Linked<'r>)> {
        let items = items.iter().enumerate().filter(|(_, item)| item.record.has_timeline());
        items.map(move |(position, item)| (at(position).into(), item.linked()))
    }
    let Records { pages: _, events, entities, claims, terms, sources, authors } = records;
    let found = of(events, EventIx::new).chain(of(entities, EntityIx::new)).chain(of(claims, ClaimIx::new));
    found.chain(of(terms, TermIx::new)).chain(of(sources, SourceIx::new)).chain(of(authors, AuthorIx::new)).collect()
}

/// For each block of a record's text, the events of a timeline block.
fn block_events(linked: Linked<'_>, answers: &Answers<'_>) -> Table<BlockIx, Vec<Vec<EventIx>>> {
    let blocks = linked.body.into_iter().flat_map(|body| &body.blocks);
    let events = blocks.map(|block| match block {
        Block::Timeline(query) => answer(query, linked, answers),
        Block::Claim(_)
        | Block::Known(_)
        | Block::Quote(_)
        | Block::Chart(_)
        | Block::Figure(_)
        | Block::Gallery(_)
        | Block::Embed(_)
        | Block::Map(_) => Vec::new(),
    });
    events.collect()
}

/// The timelines of a page that tells these events.
pub(super) fn timelines_of(page: &Item<Page>, tells: &[EventIx], answers: &Answers<'_>) -> Timelines {
    let linked = page.linked();
    let fields = &page.record.fields;
    let own = match &fields.front.timeline {
        Timeline::Auto(_) => tells.to_vec(),
        Timeline::Off => Vec::new(),
        Timeline::Query(query) => answer(query, linked, answers),
    };
    (own, block_events(linked, answers))
}
