//! The other direction: who points at each record.

use rayon::prelude::*;

use super::assemble::Records;
use super::group::grouped;
use super::{Item, Link, RecordIx, Role, SourceIx};
use crate::syntax::pieces::{RefLocation, References};

/// A place that points here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlink {
    /// The record that points.
    pub owner: RecordIx,
    /// Which of its pointers, or of its citations.
    pub index: u32,
    /// Where in the owner.
    pub place: RefLocation,
}

/// A place of a record that others are told of.
#[derive(Clone, Copy, Debug)]
struct Mention<T> {
    of: T,
    /// Which of the record's pointers, or of its citations.
    index: u32,
    place: RefLocation,
}

/// What a record mentions where readers see it, and what it cites. It stands beside its pointers, ready to be told to the
/// others, because it is asked for at each change to any record.
#[derive(Debug)]
pub(super) struct Outward {
    mentions: Box<[Mention<RecordIx>]>,
    /// Each source once, with the first citation.
    uses: Box<[Mention<SourceIx>]>,
}

impl Outward {
    /// That of a record with these pieces, which lead there; `language` is the site's first.
    pub(super) fn of(pieces: &References, targets: &[Link], cited: &[Link], language: &str) -> Self {
        let mut mentions: Vec<Mention<RecordIx>> = Vec::new();
        for (index, (pointer, target)) in pieces.pointers.iter().zip(targets).enumerate() {
            let (RefLocation::Prose { prose, .. }, Link::To(of)) = (pointer.place, *target) else { continue };
            // Two mentions in one paragraph are one place to read.
            let is_again = mentions.last().is_some_and(|last| (last.of, last.place) == (of, pointer.place));
            if !is_again && pieces.is_first(prose, language) {
                mentions.push(Mention { of, index: index as u32, place: pointer.place });
            }
        }
        let uses = pieces.citations.iter().zip(cited).enumerate();
        let mut uses: Vec<_> = uses
            .filter_map(|(index, (citation, cited))| {
                let of = cited.source()?;
                Some(Mention { of, index: index as u32, place: citation.place })
            })
            .collect();
        // Sorting is stable, so the first citation stays.
        uses.sort_by_key(|used| used.of);
        uses.dedup_by_key(|used| used.of);
        Self { mentions: mentions.into(), uses: uses.into() }
    }
}

/// How many records one task looks at.
const AT_ONCE: usize = 1024;

/// Who points at each record, by kind and in the order of its list.
pub(super) struct Mentions {
    pub(super) pages: Vec<Vec<Backlink>>,
    pub(super) events: Vec<Vec<Backlink>>,
    pub(super) entities: Vec<Vec<Backlink>>,
    pub(super) claims: Vec<Vec<Backlink>>,
    pub(super) terms: Vec<Vec<Backlink>>,
    pub(super) sources: Vec<Vec<Backlink>>,
}

/// Where records of each kind are pointed at from, by their numbers.
#[derive(Default)]
struct Pointing {
    pages: Vec<(u32, Backlink)>,
    events: Vec<(u32, Backlink)>,
    entities: Vec<(u32, Backlink)>,
    claims: Vec<(u32, Backlink)>,
    terms: Vec<(u32, Backlink)>,
    sources: Vec<(u32, Backlink)>,
}

impl Pointing {
    fn add(&mut self, to: RecordIx, backlink: Backlink) {
        match to {
            RecordIx::Page(at) => self.pages.push((at.0, backlink)),
            RecordIx::Event(at) => self.events.push((at.0, backlink)),
            RecordIx::Entity(at) => self.entities.push((at.0, backlink)),
            RecordIx::Claim(at) => self.claims.push((at.0, backlink)),
            RecordIx::Term(at) => self.terms.push((at.0, backlink)),
            RecordIx::Source(at) => self.sources.push((at.0, backlink)),
        }
    }

    /// What a record mentions and cites. Nobody is told that a record mentions itself.
    fn add_all(&mut self, owner: RecordIx, outward: &Outward) {
        let mut last: Option<(RecordIx, RefLocation)> = None;
        for Mention { of, index, place } in &outward.mentions {
            if *of != owner && last != Some((*of, *place)) {
                self.add(*of, Backlink { owner, index: *index, place: *place });
                last = Some((*of, *place));
            }
        }
        for Mention { of, index, place } in &outward.uses {
            self.sources.push((of.0, Backlink { owner, index: *index, place: *place }));
        }
    }
}

impl Mentions {
    /// Who mentions and who cites each record.
    pub(super) fn of(records: &Records) -> Self {
        let Records { pages, events, entities, claims, terms, sources } = records;
        // In the order of the site, because that is the order of each list.
        let mut found = Vec::new();
        found.extend(pointing(pages, |at, (page, role)| {
            // The page for addresses that lead nowhere has no address of its own to lead back to.
            (*role != Role::NotFound).then(|| (RecordIx::Page(super::PageIx::new(at)), page.outward()))
        }));
        found.extend(pointing(events, |at, item| Some((RecordIx::Event(super::EventIx::new(at)), item.outward()))));
        found.extend(pointing(claims, |at, item| Some((RecordIx::Claim(super::ClaimIx::new(at)), item.outward()))));
        found.extend(pointing(entities, |at, item| Some((RecordIx::Entity(super::EntityIx::new(at)), item.outward()))));
        found.extend(pointing(terms, |at, item| Some((RecordIx::Term(super::TermIx::new(at)), item.outward()))));
        found.extend(pointing(sources, |at, item| Some((RecordIx::Source(SourceIx::new(at)), item.outward()))));
        let of = |kind: fn(&Pointing) -> &Vec<(u32, Backlink)>, count: usize| {
            grouped(count, found.iter().flat_map(kind).copied())
        };
        let events_and_terms = || (of(|found| &found.events, events.len()), of(|found| &found.terms, terms.len()));
        let the_rest = || {
            let pages = of(|found| &found.pages, pages.len());
            let entities = of(|found| &found.entities, entities.len());
            let claims = of(|found| &found.claims, claims.len());
            (pages, entities, claims, of(|found| &found.sources, sources.len()))
        };
        let ((events, terms), (pages, entities, claims, sources)) = rayon::join(events_and_terms, the_rest);
        Self { pages, events, entities, claims, terms, sources }
    }
}

/// What records of a kind mention and cite, in parts, in their order.
fn pointing<'m, T: Sync>(
    records: &'m [T],
    outward: impl Fn(usize, &'m T) -> Option<(RecordIx, &'m Outward)> + Sync,
) -> Vec<Pointing> {
    let part = |(chunk, records): (usize, &'m [T])| {
        let mut pointing = Pointing::default();
        for (at, record) in records.iter().enumerate() {
            if let Some((owner, outward)) = outward(chunk * AT_ONCE + at, record) {
                pointing.add_all(owner, outward);
            }
        }
        pointing
    };
    records.par_chunks(AT_ONCE).enumerate().map(part).collect()
}

impl<T> Item<T> {
    fn outward(&self) -> &Outward {
        &self.resolved.outward
    }
}
