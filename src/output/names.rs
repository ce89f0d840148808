//! Permanent ids: of feeds, of their entries, of events in calendars.

use super::RenderContext;
use crate::base::Hash;
use crate::model::{Model, RecordIx};

/// A permanent id, as a URI, made from the site's and from `parts`. It stays the same when the site moves.
pub fn permanent(site: &RenderContext<'_>, parts: &[&str]) -> String {
    let own = site.config.feeds.id.as_ref().map_or(&site.config.first().title, |id| &id.value);
    // No part contains a control character, so no two lists read alike.
    Hash::of([&[own.as_str()], parts].concat().join("\u{1f}").as_bytes()).urn()
}

/// What kind of record this is, and its id: its name within the site.
pub fn of_record(model: &Model, owner: RecordIx) -> [&str; 2] {
    match owner {
        RecordIx::Page(at) => ["page", model[at].item.id()],
        RecordIx::Event(at) => ["event", model[at].item.id()],
        RecordIx::Claim(at) => ["claim", model[at].item.id()],
        RecordIx::Entity(at) => ["entity", model[at].item.id()],
        RecordIx::Term(at) => ["term", model[at].item.id()],
        RecordIx::Source(at) => ["source", model[at].item.id()],
        RecordIx::Author(at) => ["author", model[at].item.id()],
    }
}
