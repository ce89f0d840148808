//! The other direction of what fields say, and the timelines that come of it.

use rayon::prelude::*;

use super::{ClaimIx, EventIx, Model, PageItem, PageIx, Target, query};
use crate::syntax::blocks::Block;
use crate::syntax::page::Timeline;
use crate::syntax::pieces::Place;

/// What fields say of other records, in the other direction.
pub(super) fn relate(model: &mut Model) {
    let mut tells: Vec<Vec<EventIx>> = vec![Vec::new(); model.pages.len()];
    let mut parts: Vec<Vec<EventIx>> = vec![Vec::new(); model.entities.len()];
    let mut bearing: Vec<Vec<EventIx>> = vec![Vec::new(); model.claims.len()];
    let mut effects: Vec<Vec<EventIx>> = vec![Vec::new(); model.events.len()];
    for (at, event) in model.events.iter().enumerate() {
        let here = EventIx(at as u32);
        let fields = &event.item.record.fields;
        let target = |index: u32| event.item.targets[index as usize];
        for section in &fields.sections {
            if let Target::Page(page) = target(section.0) {
                tells[page.at()].push(here);
            }
        }
        for index in fields.entities.iter().map(|entity| entity.0).chain(fields.place.map(|place| place.0)) {
            if let Target::Entity(entity) = target(index) {
                parts[entity.at()].push(here);
            }
        }
        for claim in &fields.claims {
            if let Target::Claim(claim) = target(claim.0) {
                bearing[claim.at()].push(here);
            }
        }
        for cause in &fields.caused_by {
            if let Target::Event(cause) = target(cause.0) {
                effects[cause.at()].push(here);
            }
        }
    }
    for (page, tells) in model.pages.iter().zip(&mut tells) {
        tells.extend(mentioned_events(page, &model.language));
        tells.sort_unstable();
        tells.dedup();
    }
    let mut sections: Vec<Vec<PageIx>> = vec![Vec::new(); model.events.len()];
    for (at, tells) in tells.iter().enumerate().take(model.sections) {
        tells.iter().for_each(|event| sections[event.at()].push(PageIx(at as u32)));
    }
    let mut section_claims: Vec<Vec<ClaimIx>> = vec![Vec::new(); model.pages.len()];
    let mut party_claims: Vec<Vec<ClaimIx>> = vec![Vec::new(); model.entities.len()];
    for (at, claim) in model.claims.iter().enumerate() {
        let here = ClaimIx(at as u32);
        let fields = &claim.item.record.fields;
        for section in &fields.sections {
            if let Target::Page(page) = claim.item.targets[section.0 as usize] {
                section_claims[page.at()].push(here);
            }
        }
        for assertion in fields.asserted_by.iter().chain(&fields.disputed_by) {
            let target = assertion.by.pointer.map(|index| claim.item.targets[index as usize]);
            if let Some(Target::Entity(entity)) = target {
                party_claims[entity.at()].push(here);
            }
        }
    }
    for (page, (tells, claims)) in model.pages.iter_mut().zip(tells.into_iter().zip(section_claims)) {
        page.tells = tells;
        page.claims = claims;
        page.claims.dedup();
    }
    for (entity, (mut timeline, mut claims)) in model.entities.iter_mut().zip(parts.into_iter().zip(party_claims)) {
        timeline.dedup();
        claims.dedup();
        entity.timeline = timeline;
        entity.claims = claims;
    }
    for (claim, mut events) in model.claims.iter_mut().zip(bearing) {
        events.dedup();
        claim.events = events;
    }
    for (event, (sections, effects)) in model.events.iter_mut().zip(sections.into_iter().zip(effects)) {
        event.sections = sections;
        event.effects = effects;
    }
}

/// The events that a page's body, key points and `known` blocks name.
fn mentioned_events<'m>(page: &'m PageItem, language: &'m str) -> impl Iterator<Item = EventIx> + 'm {
    let linked = page.item.linked();
    linked.pieces.pointers.iter().zip(linked.targets).filter_map(move |(pointer, target)| {
        let Place::Prose { prose, .. } = pointer.place else {
            return None;
        };
        let field = linked.pieces.proses[prose as usize].field;
        let counts = matches!(field, "body" | "key-points" | "known" | "unknown" | "contested");
        match target {
            Target::Event(event) if counts && linked.is_first(prose, language) => Some(*event),
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
