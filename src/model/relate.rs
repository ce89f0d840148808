//! The other direction of what fields say, and the timelines that come of it.

use rayon::prelude::*;

use super::group::grouped;
use super::{ClaimItem, ClaimIx, EventItem, EventIx, Model, PageItem, PageIx, Target, query};
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::page::Timeline;
use crate::syntax::pieces::RefLocation;

/// How many records one task looks at.
const AT_ONCE: usize = 1024;

/// What the fields of events say of other records, by the numbers of those, in the order of time.
#[derive(Default)]
struct OfEvents {
    sections: Vec<(u32, EventIx)>,
    entities: Vec<(u32, EventIx)>,
    claims: Vec<(u32, EventIx)>,
    causes: Vec<(u32, EventIx)>,
}

/// The same of claims, in the order of their ids.
#[derive(Default)]
struct OfClaims {
    sections: Vec<(u32, ClaimIx)>,
    parties: Vec<(u32, ClaimIx)>,
}

/// What fields say of other records, in the other direction.
pub(super) fn relate(model: &mut Model) {
    let events: Vec<OfEvents> =
        model.events.par_chunks(AT_ONCE).enumerate().map(|(chunk, events)| of_events(events, chunk * AT_ONCE)).collect();
    let claims: Vec<OfClaims> =
        model.claims.par_chunks(AT_ONCE).enumerate().map(|(chunk, claims)| of_claims(claims, chunk * AT_ONCE)).collect();
    let told = events.iter().flat_map(|events| &events.sections).copied();
    let mut tells = grouped(model.pages.len(), told);
    model.pages.par_iter().zip(&mut tells).for_each(|(page, tells)| {
        tells.extend(mentioned_events(page, &model.language));
        tells.sort_unstable();
        tells.dedup();
    });
    let shown = tells.iter().take(model.sections).enumerate();
    let shown = shown.flat_map(|(at, tells)| tells.iter().map(move |event| (event.0, PageIx(at as u32))));
    let sections = grouped(model.events.len(), shown);
    let effects = grouped(model.events.len(), events.iter().flat_map(|events| &events.causes).copied());
    for (event, (sections, effects)) in model.events.iter_mut().zip(sections.into_iter().zip(effects)) {
        event.sections = sections;
        event.effects = effects;
    }
    let section_claims = grouped(model.pages.len(), claims.iter().flat_map(|claims| &claims.sections).copied());
    for (page, (tells, claims)) in model.pages.iter_mut().zip(tells.into_iter().zip(section_claims)) {
        page.tells = tells;
        page.claims = claims;
        page.claims.dedup();
    }
    let timelines = grouped(model.entities.len(), events.iter().flat_map(|events| &events.entities).copied());
    let party_claims = grouped(model.entities.len(), claims.iter().flat_map(|claims| &claims.parties).copied());
    for (entity, (timeline, claims)) in model.entities.iter_mut().zip(timelines.into_iter().zip(party_claims)) {
        entity.timeline = timeline;
        entity.timeline.dedup();
        entity.claims = claims;
        entity.claims.dedup();
    }
    let bearing = grouped(model.claims.len(), events.iter().flat_map(|events| &events.claims).copied());
    for (claim, events) in model.claims.iter_mut().zip(bearing) {
        claim.events = events;
        claim.events.dedup();
    }
}

/// What the fields of some events say, the first of which is the event of this number.
fn of_events(events: &[EventItem], first: usize) -> OfEvents {
    let mut out = OfEvents::default();
    for (at, event) in events.iter().enumerate() {
        let here = EventIx((first + at) as u32);
        let fields = &event.item.record.fields;
        let target = |index: u32| event.item.targets[index as usize];
        for section in &fields.sections {
            if let Target::Page(page) = target(section.0) {
                out.sections.push((page.0, here));
            }
        }
        for index in fields.entities.iter().map(|entity| entity.0).chain(fields.place.map(|place| place.0)) {
            if let Target::Entity(entity) = target(index) {
                out.entities.push((entity.0, here));
            }
        }
        for claim in &fields.claims {
            if let Target::Claim(claim) = target(claim.0) {
                out.claims.push((claim.0, here));
            }
        }
        for cause in &fields.caused_by {
            if let Target::Event(cause) = target(cause.0) {
                out.causes.push((cause.0, here));
            }
        }
    }
    out
}

/// What the fields of some claims say, the first of which is the claim of this number.
fn of_claims(claims: &[ClaimItem], first: usize) -> OfClaims {
    let mut out = OfClaims::default();
    for (at, claim) in claims.iter().enumerate() {
        let here = ClaimIx((first + at) as u32);
        let fields = &claim.item.record.fields;
        for section in &fields.sections {
            if let Target::Page(page) = claim.item.targets[section.0 as usize] {
                out.sections.push((page.0, here));
            }
        }
        for assertion in fields.asserted_by.iter().chain(&fields.disputed_by) {
            let target = assertion.by.pointer.map(|index| claim.item.targets[index as usize]);
            if let Some(Target::Entity(entity)) = target {
                out.parties.push((entity.0, here));
            }
        }
    }
    out
}

/// The events that a page's body, key points and `known` blocks name.
fn mentioned_events<'m>(page: &'m PageItem, language: &'m str) -> impl Iterator<Item = EventIx> + 'm {
    let linked = page.item.linked();
    linked.pieces.pointers.iter().zip(linked.targets).filter_map(move |(pointer, target)| {
        let RefLocation::Prose { prose, .. } = pointer.place else {
            return None;
        };
        let field = linked.pieces.proses[prose as usize].field;
        match target {
            Target::Event(event) if field.is_told() && linked.is_first(prose, language) => Some(*event),
            _ => None,
        }
    })
}

/// Fills in every page's timeline and those of its blocks.
pub(super) fn timelines(model: &mut Model) {
    let found: Vec<(Vec<EventIx>, Vec<Vec<EventIx>>)> = {
        let topics = query::topics(model);
        let model = &*model;
        model
            .pages
            .par_iter()
            .map(|page| {
                let linked = page.item.linked();
                let fields = &page.item.record.fields;
                let own = match &fields.front.timeline {
                    Timeline::Auto => page.tells.clone(),
                    Timeline::Off => Vec::new(),
                    Timeline::Query(query) => query::answer(query, linked, model, &topics),
                };
                let blocks = fields.blocks.iter().map(|block| match block {
                    Block::Timeline(query) => query::answer(query, linked, model, &topics),
                    Block::Claim(_) | Block::Known(_) | Block::Quote(_) => Vec::new(),
                });
                (own, blocks.collect())
            })
            .collect()
    };
    for (page, (own, blocks)) in model.pages.iter_mut().zip(found) {
        page.timeline = own;
        page.block_events = blocks;
    }
}
