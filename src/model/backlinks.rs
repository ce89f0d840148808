//! The other direction: who points at each record.

use rayon::prelude::*;

use super::group::grouped;
use super::moved::Moved;
use super::records::Records;
use super::{AuthorIx, ClaimIx, EntityIx, EventIx, Item, Link, PageIx, RecordIx, Role, SourceIx, TermIx};
use crate::base::{Ix, Table, exact};
use crate::syntax::indices::{CitationIx, PointerIx};
use crate::syntax::pieces::{RefLocation, References};

/// A place that points here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlink {
    /// The record that points.
    pub owner: RecordIx,
    /// What in it points here: a citation if this is a source.
    pub by: Reference,
    /// Where in the owner.
    pub place: RefLocation,
}

/// One of a record's pointers or citations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reference {
    /// A pointer.
    Pointer(PointerIx),
    /// A citation.
    Citation(CitationIx),
}

/// A place in a record that points at others, which learn of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mention<T, I> {
    of: T,
    /// Which of the record's pointers, or of its citations.
    by: I,
    place: RefLocation,
}

/// What a record mentions where readers see it, and what it cites. It is kept beside the record's pointers, ready to
/// hand to the other records, because each change to any record asks for it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outward {
    mentions: Box<[Mention<RecordIx, PointerIx>]>,
    /// Each source once, with the first citation.
    uses: Box<[Mention<SourceIx, CitationIx>]>,
}

impl Outward {
    /// What a record with these pieces mentions; its pointers lead there. `language` is the site's first.
    pub(super) fn of(
        pieces: &References,
        targets: &Table<PointerIx, Box<[Link]>>,
        cited: &Table<CitationIx, Box<[Link]>>,
        language: &str,
    ) -> Self {
        let mut mentions: Vec<Mention<RecordIx, PointerIx>> = Vec::new();
        for (by, (pointer, target)) in targets.indices().zip(pieces.pointers.iter().zip(targets)) {
            let (RefLocation::Prose { prose, .. }, Link::To(of)) = (pointer.place, *target) else { continue };
            // Two mentions in one paragraph count as one place to read.
            let is_again = mentions.last().is_some_and(|last| (last.of, last.place) == (of, pointer.place));
            if !is_again && pieces.is_first(prose, language) {
                mentions.push(Mention { of, by, place: pointer.place });
            }
        }
        let uses = cited.indices().zip(pieces.citations.iter().zip(cited));
        let mut uses: Vec<_> = uses
            .filter_map(|(by, (citation, cited))| {
                let of = cited.source()?;
                Some(Mention { of, by, place: citation.place })
            })
            .collect();
        // The sort is stable, so the first citation stays.
        uses.sort_by_key(|used| used.of);
        uses.dedup_by_key(|used| used.of);
        Self { mentions: exact(mentions).into(), uses: exact(uses).into() }
    }

    /// The same after events have moved.
    pub(super) fn renumbered(&self, moved: &Moved) -> Self {
        let mentions = self.mentions.iter().map(|mention| Mention { of: moved.record(mention.of), ..*mention });
        Self { mentions: mentions.collect(), uses: self.uses.clone() }
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

/// Where records of each kind are mentioned or cited, by their indices.
#[derive(Default)]
struct Pointing {
    pages: Vec<(PageIx, Backlink)>,
    events: Vec<(EventIx, Backlink)>,
    entities: Vec<(EntityIx, Backlink)>,
    claims: Vec<(ClaimIx, Backlink)>,
    terms: Vec<(TermIx, Backlink)>,
    sources: Vec<(SourceIx, Backlink)>,
}

impl Pointing {
    fn add(&mut self, to: RecordIx, backlink: Backlink) {
        match to {
            RecordIx::Page(at) => self.pages.push((at, backlink)),
            RecordIx::Event(at) => self.events.push((at, backlink)),
            RecordIx::Entity(at) => self.entities.push((at, backlink)),
            RecordIx::Claim(at) => self.claims.push((at, backlink)),
            RecordIx::Term(at) => self.terms.push((at, backlink)),
            RecordIx::Source(at) => self.sources.push((at, backlink)),
            // Their pages say what they wrote, and not who speaks of them.
            RecordIx::Author(_) => {}
        }
    }

    /// What a record mentions and cites. Nobody is told that a record mentions itself, nor what an author's own words mention:
    /// those are not part of the story.
    fn add_all(&mut self, owner: RecordIx, outward: &Outward) {
        let mut last: Option<(RecordIx, RefLocation)> = None;
        for Mention { of, by, place } in &outward.mentions {
            if *of != owner && owner.author().is_none() && last != Some((*of, *place)) {
                self.add(*of, Backlink { owner, by: Reference::Pointer(*by), place: *place });
                last = Some((*of, *place));
            }
        }
        for Mention { of, by, place } in &outward.uses {
            self.sources.push((*of, Backlink { owner, by: Reference::Citation(*by), place: *place }));
        }
    }
}

impl Mentions {
    /// Who mentions and who cites each record.
    pub(super) fn of(records: &Records) -> Self {
        let Records { pages, events, entities, claims, terms, sources, authors } = records;
        // In site order, because that is the order of each list.
        let mut found = Vec::new();
        found.extend(pointing(pages, |at, (page, role)| {
            // The page for broken addresses has no address to link back to.
            (*role != Role::NotFound).then(|| (RecordIx::Page(PageIx::new(at)), page.outward()))
        }));
        found.extend(pointing(events, |at, item| Some((RecordIx::Event(EventIx::new(at)), item.outward()))));
        found.extend(pointing(claims, |at, item| Some((RecordIx::Claim(ClaimIx::new(at)), item.outward()))));
        found.extend(pointing(entities, |at, item| Some((RecordIx::Entity(EntityIx::new(at)), item.outward()))));
        found.extend(pointing(terms, |at, item| Some((RecordIx::Term(TermIx::new(at)), item.outward()))));
        found.extend(pointing(sources, |at, item| Some((RecordIx::Source(SourceIx::new(at)), item.outward()))));
        found.extend(pointing(authors, |at, item| Some((RecordIx::Author(AuthorIx::new(at)), item.outward()))));
        let events_and_terms =
            || (told(&found, events.len(), |found| &found.events), told(&found, terms.len(), |found| &found.terms));
        let the_rest = || {
            let pages = told(&found, pages.len(), |found| &found.pages);
            let entities = told(&found, entities.len(), |found| &found.entities);
            let claims = told(&found, claims.len(), |found| &found.claims);
            (pages, entities, claims, told(&found, sources.len(), |found| &found.sources))
        };
        let ((events, terms), (pages, entities, claims, sources)) = rayon::join(events_and_terms, the_rest);
        Self { pages, events, entities, claims, terms, sources }
    }
}

/// What one record mentions and cites, each with the backlink it gets, in the order of [`Mentions`].
pub(super) fn pointing_of(owner: RecordIx, outward: &Outward) -> Vec<(RecordIx, Backlink)> {
    fn all<I: Into<RecordIx>>(list: Vec<(I, Backlink)>) -> impl Iterator<Item = (RecordIx, Backlink)> {
        list.into_iter().map(|(of, backlink)| (of.into(), backlink))
    }
    let mut found = Pointing::default();
    found.add_all(owner, outward);
    let Pointing { pages, events, entities, claims, terms, sources } = found;
    let found = all(pages).chain(all(events)).chain(all(entities)).chain(all(claims));
    found.chain(all(terms)).chain(all(sources)).collect()
}

/// What points at each of the `count` records of a kind.
fn told<I: Ix>(found: &[Pointing], count: usize, kind: fn(&Pointing) -> &Vec<(I, Backlink)>) -> Vec<Vec<Backlink>> {
    grouped(count, found.iter().flat_map(kind).copied())
}

/// What records of a kind mention and cite, in chunks, in their order.
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

#[cfg(test)]
mod tests {
    use super::Backlink;

    #[test]
    fn backlinks_are_small() {
        // A large site has millions of them.
        assert_eq!(size_of::<Backlink>(), 32);
    }
}
