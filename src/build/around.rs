//! What the page of a record can be made of: the record, what it stands in a relation to, and what that stands in a relation
//! to. Where nothing of it has changed, neither has the page, and its context need not even be made to know that.
//!
//! Templates are no part of it but for that of entries, which stand in contexts as HTML: which template a page is made with
//! follows from the record, and [`super::edition`] compares those.
//!
//! This is wider than what views look at, on purpose: three rings of hashes, each of those within it, with nothing known of
//! what a template shows. The third ring holds of sections and pages only what others show of them, their head; so a changed
//! text concerns its own page and those that it is related to, and not the neighbours of all its neighbours.

use rayon::prelude::*;

use super::pipeline::Analysis;
use super::shared::Shared;
use crate::base::{Map, fingerprint, paging};
use crate::model::address::file_of;
use crate::model::backlinks::owner_of;
use crate::model::{Backlink, Destination, EventIx, Model, Owner, PageIx, SourceTarget, Target};

/// Fingerprints of the surroundings of records.
pub(super) struct Around {
    /// By the path of the file of their page.
    pages: Map<String, u64>,
    /// Those of events, in their order.
    events: Vec<u64>,
}

impl Around {
    /// Those of every record's page, and of every period of the timeline.
    pub(super) fn of(analysis: &Analysis, shared: &Shared) -> Self {
        let rings = Rings::of(analysis, shared);
        let model = &analysis.model;
        let owners: Vec<Owner> = model.owners().filter(|owner| !matches!(owner, Owner::Term(_))).collect();
        let records: Vec<_> =
            owners.par_iter().map(|owner| (file_of(&model.path_of(*owner)), rings.third(*owner))).collect();
        let mut events = vec![0; model.events.len()];
        for (owner, (_, print)) in owners.iter().zip(&records) {
            if let Owner::Event(at) = owner {
                events[at.at()] = *print;
            }
        }
        let periods = model.periods.par_iter().enumerate().map(|(at, period)| {
            let events = period.events.clone().map(|event| rings.second(Owner::Event(EventIx(event as u32))));
            let beside = [at.wrapping_sub(1), at + 1].map(|at| model.periods.get(at).map(|period| period.path()));
            (file_of(&period.path()), fingerprint(&(rings.site, events.collect::<Vec<_>>(), beside)))
        });
        let periods: Vec<_> = periods.collect();
        Self { pages: records.into_iter().chain(periods).collect(), events }
    }

    /// Those of events, in their order. An entry in a timeline looks no further than its event's page.
    pub(super) fn events(&self) -> Vec<u64> {
        self.events.clone()
    }

    /// The fingerprint for the page at `path`; `None` for one that looks further than to a record and what is around it.
    pub(super) fn get(&self, path: &str) -> Option<u64> {
        self.pages.get(path).copied()
    }
}

/// Fingerprints of every record, by how much of what is around it they take in.
struct Rings<'m> {
    model: &'m Model,
    /// What every page is made of.
    site: u64,
    owners: Owners,
    /// What others show of a record.
    head: Vec<u64>,
    /// The record itself, what it points at, and the heads of all that it is related to.
    second: Vec<u64>,
    /// The navigation of a section's part.
    navs: Map<Option<String>, u64>,
}

/// Where each kind of record begins in a list of all.
struct Owners([usize; 6]);

impl Owners {
    fn of(model: &Model) -> Self {
        let counts = [
            model.pages.len(),
            model.events.len(),
            model.entities.len(),
            model.claims.len(),
            model.terms.len(),
            model.sources.len(),
        ];
        let mut at = 0;
        Self(counts.map(|count| {
            at += count;
            at - count
        }))
    }

    fn at(&self, owner: Owner) -> usize {
        match owner {
            Owner::Page(at) => self.0[0] + at.at(),
            Owner::Event(at) => self.0[1] + at.at(),
            Owner::Entity(at) => self.0[2] + at.at(),
            Owner::Claim(at) => self.0[3] + at.at(),
            Owner::Term(at) => self.0[4] + at.at(),
            Owner::Source(at) => self.0[5] + at.at(),
        }
    }
}

impl<'m> Rings<'m> {
    fn of(analysis: &'m Analysis, shared: &Shared) -> Self {
        let model = &analysis.model;
        let owners = Owners::of(model);
        let mut all: Vec<Owner> = model.owners().collect();
        all.sort_unstable_by_key(|owner| owners.at(*owner));
        let head: Vec<u64> = all.par_iter().map(|owner| head(analysis, shared, *owner)).collect();
        let site = fingerprint(&(shared.entry_fingerprint(), &**analysis.read.tree.files[0].text, model.today.number()));
        let navs = Map::default();
        let mut rings = Self { model, site, owners, head, second: Vec::new(), navs };
        // A source is shown by its whole entry, which may name records in its title.
        for owner in all.iter().filter(|owner| matches!(owner, Owner::Source(_))) {
            let named = model.linked(*owner).targets.iter().filter_map(|target| owner_of(*target));
            let at = rings.owners.at(*owner);
            rings.head[at] = fingerprint(&(rings.head[at], rings.heads(named)));
        }
        // The key to the marks names the first section of each, and stands on pages of every kind.
        let key = rings.heads(shared.marks().key().into_iter().map(Owner::Page));
        rings.site = fingerprint(&(rings.site, key, shared.marks().sections()));
        rings.navs = shared
            .nav_sections()
            .map(|(part, sections)| (part.clone(), fingerprint(&rings.heads(sections.iter().map(|at| Owner::Page(*at))))))
            .collect();
        rings.second = all.par_iter().map(|owner| rings.make_second(analysis, *owner)).collect();
        rings
    }

    fn second(&self, owner: Owner) -> u64 {
        self.second[self.owners.at(owner)]
    }

    fn heads(&self, owners: impl Iterator<Item = Owner>) -> Vec<u64> {
        owners.map(|owner| self.head[self.owners.at(owner)]).collect()
    }

    fn make_second(&self, analysis: &Analysis, owner: Owner) -> u64 {
        let linked = self.model.linked(owner);
        // What leads nowhere, and why, in the place of what leads somewhere.
        let lost: Vec<_> =
            linked.targets.iter().map(|target| (*target == Target::Unknown, owner_of(*target).is_none())).collect();
        let addresses: Vec<_> = linked.destinations.iter().map(destination).collect();
        fingerprint(&(own(analysis, owner), self.heads(self.related(owner).into_iter()), lost, addresses, linked.nth))
    }

    fn third(&self, owner: Owner) -> u64 {
        let around: Vec<u64> = self.related(owner).into_iter().map(|owner| self.second(owner)).collect();
        let nav = match owner {
            Owner::Page(at) => self.model.pages[at.at()].part.clone(),
            _ => None,
        };
        let nav = self.navs.get(&nav).or_else(|| self.navs.get(&None));
        let period = match owner {
            Owner::Event(at) => self.model.period_of(at),
            _ => None,
        };
        fingerprint(&(self.site, self.second(owner), around, nav, period.map(|period| period.path())))
    }

    /// All that a record is related to, in an order that says how: what it points at, what the model relates to it, and who
    /// speaks of it, as far as its page shows them.
    fn related(&self, owner: Owner) -> Vec<Owner> {
        let model = self.model;
        let linked = model.linked(owner);
        let mut out: Vec<Owner> = linked.targets.iter().filter_map(|target| owner_of(*target)).collect();
        out.extend(linked.cited.iter().filter_map(|cited| match cited {
            SourceTarget::Source(at) => Some(Owner::Source(*at)),
            SourceTarget::Hidden(_) | SourceTarget::Unknown => None,
        }));
        out.extend(linked.destinations.iter().filter_map(|destination| match destination {
            Destination::Page(at, _) => Some(Owner::Page(*at)),
            _ => None,
        }));
        let mut mentions = |mentions: &[Backlink]| {
            out.extend(mentions[paging::slice(1, mentions.len())].iter().map(|backlink| backlink.owner));
        };
        match owner {
            Owner::Page(at) => mentions(&model.pages[at.at()].item.mentions),
            Owner::Event(at) => mentions(&model.events[at.at()].item.mentions),
            Owner::Entity(at) => mentions(&model.entities[at.at()].item.mentions),
            Owner::Claim(at) => mentions(&model.claims[at.at()].item.mentions),
            Owner::Term(at) => mentions(&model.terms[at.at()].mentions),
            Owner::Source(at) => mentions(&model.sources[at.at()].uses),
        }
        let events = |events: &[EventIx], out: &mut Vec<Owner>| out.extend(events.iter().map(|at| Owner::Event(*at)));
        match owner {
            Owner::Page(at) => {
                let page = &model.pages[at.at()];
                events(&page.timeline, &mut out);
                page.block_events.iter().for_each(|block| events(block, &mut out));
                out.extend(page.claims.iter().map(|at| Owner::Claim(*at)));
                let beside = [at.0.checked_sub(1), at.0.checked_add(1)].into_iter().flatten();
                out.extend(beside.filter(|at| (*at as usize) < model.sections).map(|at| Owner::Page(PageIx(at))));
            }
            Owner::Event(at) => {
                let event = &model.events[at.at()];
                out.extend(event.sections.iter().map(|at| Owner::Page(*at)));
                events(&event.effects, &mut out);
                let beside = [at.0.checked_sub(1), at.0.checked_add(1)].into_iter().flatten();
                out.extend(beside.filter(|at| (*at as usize) < model.events.len()).map(|at| Owner::Event(EventIx(at))));
            }
            Owner::Entity(at) => {
                let entity = &model.entities[at.at()];
                events(&entity.timeline, &mut out);
                out.extend(entity.claims.iter().map(|at| Owner::Claim(*at)));
            }
            Owner::Claim(at) => events(&model.claims[at.at()].events, &mut out),
            Owner::Term(_) | Owner::Source(_) => {}
        }
        out
    }
}

/// A record by itself: what it says, where its file is, what it is on the site, and how many lists of it are long.
fn own(analysis: &Analysis, owner: Owner) -> u64 {
    let model = &analysis.model;
    let file = &analysis.read.tree.file(model.origin(owner).file).path;
    let withheld = model.visibility.withholds(model.common(owner));
    let (text, role, counts) = match owner {
        Owner::Page(at) => {
            let page = &model.pages[at.at()];
            let blocks = page.block_events.iter().map(Vec::len).fold(0, |all, count| all * 1_000_003 + count);
            let counts = [page.item.mentions.len(), page.timeline.len(), blocks, page.claims.len()];
            (page.item.record.fingerprint, page.role as u8, counts)
        }
        Owner::Event(at) => {
            let event = &model.events[at.at()];
            // Of those that mention it, its entry counts each once.
            let mut owners: Vec<Owner> = event.item.mentions.iter().map(|backlink| backlink.owner).collect();
            owners.dedup();
            let counts = [event.item.mentions.len(), event.sections.len(), event.effects.len(), owners.len()];
            (event.item.record.fingerprint, 0, counts)
        }
        Owner::Entity(at) => {
            let entity = &model.entities[at.at()];
            let counts = [entity.item.mentions.len(), entity.timeline.len(), entity.claims.len(), 0];
            (entity.item.record.fingerprint, 0, counts)
        }
        Owner::Claim(at) => {
            let claim = &model.claims[at.at()];
            (claim.item.record.fingerprint, 0, [claim.item.mentions.len(), claim.events.len(), 0, 0])
        }
        Owner::Term(at) => (model.terms[at.at()].record.fingerprint, 0, [model.terms[at.at()].mentions.len(), 0, 0, 0]),
        Owner::Source(at) => {
            let source = &model.sources[at.at()];
            (source.item.record.fingerprint, 0, [source.uses.len(), 0, 0, 0])
        }
    };
    fingerprint(&(text, file, withheld, role, counts))
}

/// What others show of a record: all of it, but of a section or page its head alone.
fn head(analysis: &Analysis, shared: &Shared, owner: Owner) -> u64 {
    let at = match owner {
        Owner::Page(at) => at,
        // Its mark comes of its sections, which others do not look at.
        Owner::Event(at) => return fingerprint(&(own(analysis, owner), shared.marks().event(at))),
        _ => return own(analysis, owner),
    };
    let page = &analysis.model.pages[at.at()];
    let pieces = &page.item.record.pieces;
    let texts = pieces.proses.iter().filter(|prose| prose.field.is_heading());
    let texts: Vec<_> =
        texts.map(|prose| prose.range.of(&analysis.read.tree.file(page.item.record.origin.file).text)).collect();
    let withheld = analysis.model.visibility.withholds(analysis.model.common(owner));
    fingerprint(&(page.item.id(), texts, withheld, page.role as u8, page.timeline.len()))
}

/// Where an address leads, without the page that it is: that is among what is related.
fn destination(destination: &Destination) -> (u8, &str) {
    match destination {
        Destination::External => (0, ""),
        Destination::Page(_, anchor) => (1, anchor.as_deref().unwrap_or_default()),
        Destination::Own(anchor) => (2, anchor),
        Destination::Media(path) => (3, path),
        Destination::Root(path) => (4, path),
        Destination::Hidden(_) => (5, ""),
        Destination::Broken => (6, ""),
    }
}
