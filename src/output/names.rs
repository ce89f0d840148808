//! Permanent names: of feeds, of their entries, of events in calendars.

use super::RenderContext;
use crate::base::Hash;
use crate::model::{Model, Owner};

/// A permanent name, as a URI: of the site, and of what `parts` say. It stays the same when the site moves.
pub fn permanent(site: &RenderContext<'_>, parts: &[&str]) -> String {
    let own = site.config.feeds.id.as_ref().map_or(&site.config.first().title, |id| &id.value);
    // No part holds a control character, so that no two lists read alike.
    Hash::of([&[own.as_str()], parts].concat().join("\u{1f}").as_bytes()).urn()
}

/// What a record is, and its id: its name within the site.
pub fn of_record(model: &Model, owner: Owner) -> [&str; 2] {
    match owner {
        Owner::Page(at) => ["page", model.pages[at.at()].item.id()],
        Owner::Event(at) => ["event", model.events[at.at()].item.id()],
        Owner::Claim(at) => ["claim", model.claims[at.at()].item.id()],
        Owner::Entity(at) => ["entity", model.entities[at.at()].item.id()],
        Owner::Term(at) => ["term", model.terms[at.at()].id()],
        Owner::Source(at) => ["source", model.sources[at.at()].item.id()],
    }
}
