//! The other direction: who points at each record.

use rayon::prelude::*;

use super::group::grouped;
use super::{ClaimIx, EntityIx, EventIx, Linked, Model, PageIx, Role, SourceIx, SourceTarget, Target, TermIx};
use crate::base::Origin;
use crate::syntax::kinds::common::Common;
use crate::syntax::pieces::{RefLocation, References};

/// The record or page that holds a pointer. The order is that of the site: pages first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
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
}

/// A place that points here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlink {
    /// Who points.
    pub owner: Owner,
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
    mentions: Box<[Mention<Target>]>,
    /// Each source once, with the first citation.
    uses: Box<[Mention<SourceIx>]>,
}

impl Outward {
    /// That of a record with these pieces, which lead there; `language` is the site's first.
    pub(super) fn of(pieces: &References, targets: &[Target], cited: &[SourceTarget], language: &str) -> Self {
        let mut mentions: Vec<Mention<Target>> = Vec::new();
        for (index, (pointer, of)) in pieces.pointers.iter().zip(targets).enumerate() {
            let RefLocation::Prose { prose, .. } = pointer.place else { continue };
            // Two mentions in one paragraph are one place to read.
            let is_again = mentions.last().is_some_and(|last| (last.of, last.place) == (*of, pointer.place));
            if owner_of(*of).is_some() && !is_again && pieces.is_first(prose, language) {
                mentions.push(Mention { of: *of, index: index as u32, place: pointer.place });
            }
        }
        let uses = pieces.citations.iter().zip(cited).enumerate();
        let mut uses: Vec<_> = uses
            .filter_map(|(index, (citation, cited))| match cited {
                SourceTarget::Source(of) => Some(Mention { of: *of, index: index as u32, place: citation.place }),
                SourceTarget::Hidden(_) | SourceTarget::Unknown => None,
            })
            .collect();
        // Sorting is stable, so the first citation stays.
        uses.sort_by_key(|used| used.of);
        uses.dedup_by_key(|used| used.of);
        Self { mentions: mentions.into(), uses: uses.into() }
    }
}

/// How many owners one task looks at.
const OWNERS_AT_ONCE: usize = 1024;

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
    fn add(&mut self, target: Target, backlink: Backlink) {
        match target {
            Target::Page(at) => self.pages.push((at.0, backlink)),
            Target::Event(at) => self.events.push((at.0, backlink)),
            Target::Entity(at) => self.entities.push((at.0, backlink)),
            Target::Claim(at) => self.claims.push((at.0, backlink)),
            Target::Term(at) => self.terms.push((at.0, backlink)),
            Target::Hidden(_) | Target::Unknown => {}
        }
    }
}

/// The owner that a target is.
#[must_use]
pub fn owner_of(target: Target) -> Option<Owner> {
    Some(match target {
        Target::Page(at) => Owner::Page(at),
        Target::Event(at) => Owner::Event(at),
        Target::Entity(at) => Owner::Entity(at),
        Target::Claim(at) => Owner::Claim(at),
        Target::Term(at) => Owner::Term(at),
        Target::Hidden(_) | Target::Unknown => return None,
    })
}

impl Model {
    /// The texts and pointers of whoever holds a backlink.
    #[must_use]
    pub fn linked(&self, owner: Owner) -> Linked<'_> {
        match owner {
            Owner::Page(at) => self.pages[at.at()].item.linked(),
            Owner::Event(at) => self.events[at.at()].item.linked(),
            Owner::Claim(at) => self.claims[at.at()].item.linked(),
            Owner::Entity(at) => self.entities[at.at()].item.linked(),
            Owner::Term(at) => self.terms[at.at()].linked(),
            Owner::Source(at) => self.sources[at.at()].item.linked(),
        }
    }

    /// What every record may have, of whichever kind the owner is.
    #[must_use]
    pub fn common(&self, owner: Owner) -> &Common {
        match owner {
            Owner::Page(at) => &self.pages[at.at()].item.record.fields.front.common,
            Owner::Event(at) => &self.events[at.at()].item.record.fields.common,
            Owner::Claim(at) => &self.claims[at.at()].item.record.fields.common,
            Owner::Entity(at) => &self.entities[at.at()].item.record.fields.common,
            Owner::Term(at) => &self.terms[at.at()].record.fields.common,
            Owner::Source(at) => &self.sources[at.at()].item.record.fields.common,
        }
    }

    /// Where the owner's record begins.
    #[must_use]
    pub fn origin(&self, owner: Owner) -> Origin {
        match owner {
            Owner::Page(at) => self.pages[at.at()].item.record.origin,
            Owner::Event(at) => self.events[at.at()].item.record.origin,
            Owner::Claim(at) => self.claims[at.at()].item.record.origin,
            Owner::Entity(at) => self.entities[at.at()].item.record.origin,
            Owner::Term(at) => self.terms[at.at()].record.origin,
            Owner::Source(at) => self.sources[at.at()].item.record.origin,
        }
    }

    /// Every owner, in the order of the site.
    pub fn owners(&self) -> impl Iterator<Item = Owner> + use<> {
        let count = |n: usize| 0..n as u32;
        count(self.pages.len())
            .map(|at| Owner::Page(PageIx(at)))
            .chain(count(self.events.len()).map(|at| Owner::Event(EventIx(at))))
            .chain(count(self.claims.len()).map(|at| Owner::Claim(ClaimIx(at))))
            .chain(count(self.entities.len()).map(|at| Owner::Entity(EntityIx(at))))
            .chain(count(self.terms.len()).map(|at| Owner::Term(TermIx(at))))
            .chain(count(self.sources.len()).map(|at| Owner::Source(SourceIx(at))))
    }

    /// Fills in who mentions and who cites each record. Called once, while the model is made.
    pub(super) fn link_back(&mut self) {
        let owners: Vec<Owner> = self.owners().collect();
        let found: Vec<Pointing> = owners.par_chunks(OWNERS_AT_ONCE).map(|owners| self.pointing(owners)).collect();
        let of = |kind: fn(&Pointing) -> &Vec<(u32, Backlink)>| found.iter().flat_map(kind).copied();
        let Self { pages, events, entities, claims, terms, sources, .. } = self;
        rayon::scope(|scope| {
            scope.spawn(|_| fill(events, of(|found| &found.events), |event| &mut event.item.mentions));
            scope.spawn(|_| fill(sources, of(|found| &found.sources), |source| &mut source.uses));
            scope.spawn(|_| fill(entities, of(|found| &found.entities), |entity| &mut entity.item.mentions));
            scope.spawn(|_| fill(pages, of(|found| &found.pages), |page| &mut page.item.mentions));
            scope.spawn(|_| fill(claims, of(|found| &found.claims), |claim| &mut claim.item.mentions));
            scope.spawn(|_| fill(terms, of(|found| &found.terms), |term| &mut term.mentions));
        });
    }

    /// What some owners mention and cite, in their order.
    fn pointing(&self, owners: &[Owner]) -> Pointing {
        let mut pointing = Pointing::default();
        for owner in owners.iter().copied() {
            // The page for addresses that lead nowhere has no address of its own to lead back to.
            if matches!(owner, Owner::Page(at) if self.pages[at.at()].role == Role::NotFound) {
                continue;
            }
            let Outward { mentions, uses } = self.outward(owner);
            let mut last: Option<(Target, RefLocation)> = None;
            for Mention { of, index, place } in mentions {
                // Nobody is told that a record mentions itself.
                if owner_of(*of) != Some(owner) && last != Some((*of, *place)) {
                    pointing.add(*of, Backlink { owner, index: *index, place: *place });
                    last = Some((*of, *place));
                }
            }
            let uses =
                uses.iter().map(|Mention { of, index, place }| (of.0, Backlink { owner, index: *index, place: *place }));
            pointing.sources.extend(uses);
        }
        pointing
    }

    fn outward(&self, owner: Owner) -> &Outward {
        match owner {
            Owner::Page(at) => &self.pages[at.at()].item.outward,
            Owner::Event(at) => &self.events[at.at()].item.outward,
            Owner::Claim(at) => &self.claims[at.at()].item.outward,
            Owner::Entity(at) => &self.entities[at.at()].item.outward,
            Owner::Term(at) => &self.terms[at.at()].outward,
            Owner::Source(at) => &self.sources[at.at()].item.outward,
        }
    }
}

/// Hands each record its list.
fn fill<R, T: Copy>(records: &mut [R], found: impl Iterator<Item = (u32, T)> + Clone, list: fn(&mut R) -> &mut Vec<T>) {
    let lists = grouped(records.len(), found);
    records.iter_mut().zip(lists).for_each(|(record, found)| *list(record) = found);
}
