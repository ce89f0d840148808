//! The other direction: who points at each record.

use rayon::prelude::*;

use super::{ClaimIx, EntityIx, EventIx, Linked, Model, PageIx, Role, SourceIx, SourceTarget, Target, TermIx};
use crate::base::Origin;
use crate::syntax::common::Common;
use crate::syntax::pieces::Place;

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
    pub place: Place,
}

/// How many owners one task looks at.
const OWNERS_AT_ONCE: usize = 1024;

/// How many places point at each record.
#[derive(Default)]
struct Counts {
    pages: Vec<usize>,
    events: Vec<usize>,
    entities: Vec<usize>,
    claims: Vec<usize>,
    terms: Vec<usize>,
    sources: Vec<usize>,
}

impl Counts {
    fn add(&mut self, owner: Owner) {
        let (counts, at) = match owner {
            Owner::Page(at) => (&mut self.pages, at.at()),
            Owner::Event(at) => (&mut self.events, at.at()),
            Owner::Entity(at) => (&mut self.entities, at.at()),
            Owner::Claim(at) => (&mut self.claims, at.at()),
            Owner::Term(at) => (&mut self.terms, at.at()),
            Owner::Source(at) => (&mut self.sources, at.at()),
        };
        if counts.len() <= at {
            counts.resize(at + 1, 0);
        }
        counts[at] += 1;
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
        let found: Vec<_> = owners.par_chunks(OWNERS_AT_ONCE).map(|owners| self.pointing(owners)).collect();
        let mut counts = Counts::default();
        for (mentions, uses) in &found {
            mentions.iter().filter_map(|(target, _)| owner_of(*target)).for_each(|owner| counts.add(owner));
            uses.iter().for_each(|(source, _)| counts.add(Owner::Source(*source)));
        }
        self.make_room(&counts);
        for (mentions, uses) in found {
            for (target, backlink) in mentions {
                if let Some(list) = self.mentions_mut(target) {
                    list.push(backlink);
                }
            }
            for (source, backlink) in uses {
                self.sources[source.at()].uses.push(backlink);
            }
        }
    }

    /// What some owners mention and cite, in their order.
    fn pointing(&self, owners: &[Owner]) -> (Vec<(Target, Backlink)>, Vec<(SourceIx, Backlink)>) {
        let mut mentions: Vec<(Target, Backlink)> = Vec::new();
        let mut uses: Vec<(SourceIx, Backlink)> = Vec::new();
        for owner in owners.iter().copied() {
            // The page for addresses that lead nowhere has no address of its own to lead back to.
            if matches!(owner, Owner::Page(at) if self.pages[at.at()].role == Role::NotFound) {
                continue;
            }
            let linked = self.linked(owner);
            let shown = |place: Place| match place {
                Place::Prose { prose, .. } => linked.is_first(prose, &self.language),
                Place::Field(_) => false,
            };
            let mut last: Option<(Target, Place)> = None;
            for (index, (pointer, target)) in linked.pieces.pointers.iter().zip(linked.targets).enumerate() {
                // Two mentions in one paragraph are one place to read.
                if shown(pointer.place) && owner_of(*target) != Some(owner) && last != Some((*target, pointer.place)) {
                    mentions.push((*target, Backlink { owner, index: index as u32, place: pointer.place }));
                    last = Some((*target, pointer.place));
                }
            }
            let from = uses.len();
            for (index, (citation, cited)) in linked.pieces.citations.iter().zip(linked.cited).enumerate() {
                if let SourceTarget::Source(source) = cited {
                    uses.push((*source, Backlink { owner, index: index as u32, place: citation.place }));
                }
            }
            // One entry a source and owner: the first citation. Sorting is stable.
            uses[from..].sort_by_key(|(source, _)| *source);
            let mut own = uses.split_off(from);
            own.dedup_by_key(|(source, _)| *source);
            uses.append(&mut own);
        }
        (mentions, uses)
    }

    /// Makes room for so many places, so that no list grows by and by.
    fn make_room(&mut self, counts: &Counts) {
        let Counts { pages, events, entities, claims, terms, sources } = counts;
        self.pages.iter_mut().zip(pages).for_each(|(page, count)| page.item.mentions.reserve_exact(*count));
        self.events.iter_mut().zip(events).for_each(|(event, count)| event.item.mentions.reserve_exact(*count));
        self.entities.iter_mut().zip(entities).for_each(|(entity, count)| entity.item.mentions.reserve_exact(*count));
        self.claims.iter_mut().zip(claims).for_each(|(claim, count)| claim.item.mentions.reserve_exact(*count));
        self.terms.iter_mut().zip(terms).for_each(|(term, count)| term.mentions.reserve_exact(*count));
        self.sources.iter_mut().zip(sources).for_each(|(source, count)| source.uses.reserve_exact(*count));
    }

    /// Where mentions of a target are kept.
    fn mentions_mut(&mut self, target: Target) -> Option<&mut Vec<Backlink>> {
        Some(match target {
            Target::Page(at) => &mut self.pages[at.at()].item.mentions,
            Target::Event(at) => &mut self.events[at.at()].item.mentions,
            Target::Entity(at) => &mut self.entities[at.at()].item.mentions,
            Target::Claim(at) => &mut self.claims[at.at()].item.mentions,
            Target::Term(at) => &mut self.terms[at.at()].mentions,
            Target::Hidden(_) | Target::Unknown => return None,
        })
    }
}
