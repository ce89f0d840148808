//! The address of everything.
//!
//! An address in a page carries two place-holders that no author's text can hold: [`ROOT`] where the way from the page to
//! the site's root goes, and [`INDEX`] behind a folder. So a fragment is the same wherever it stands, and only the
//! finished page is placed (`output::place`).

use super::{EntityIx, EventIx, Model, Owner, PageIx, Role, SourceIx, Target};

/// Stands for the way to the site's root.
pub const ROOT: char = '\u{1}';
/// Stands for `index.html` in a site that is read without a server, and for nothing otherwise.
pub const INDEX: char = '\u{2}';

/// The address of a folder of the site: `events/x` becomes its place-held form. An empty path is the root.
#[must_use]
pub fn folder(path: &str) -> String {
    let slash = if path.is_empty() { "" } else { "/" };
    format!("{ROOT}{path}{slash}{INDEX}")
}

/// The address of a file of the site.
#[must_use]
pub fn file(path: &str) -> String {
    format!("{ROOT}{path}")
}

impl Model {
    /// The path of a page's folder: `alliance`; empty for the front page.
    #[must_use]
    pub fn page_path(&self, page: PageIx) -> &str {
        let page = &self.pages[page.at()];
        if page.role == Role::Front { "" } else { page.item.id() }
    }

    /// The path of an event's folder.
    #[must_use]
    pub fn event_path(&self, event: EventIx) -> String {
        format!("events/{}", self.events[event.at()].item.id())
    }

    /// The path of an entity's folder.
    #[must_use]
    pub fn entity_path(&self, entity: EntityIx) -> String {
        format!("entities/{}", self.entities[entity.at()].item.id())
    }

    /// The path of a source's folder.
    #[must_use]
    pub fn source_path(&self, source: SourceIx) -> String {
        format!("sources/{}", self.sources[source.at()].slug)
    }

    /// Where a pointer leads, with place-holders; `None` for what has no page in this build.
    #[must_use]
    pub fn address(&self, target: Target) -> Option<String> {
        Some(match target {
            Target::Page(page) => folder(self.page_path(page)),
            Target::Event(event) => folder(&self.event_path(event)),
            Target::Entity(entity) => folder(&self.entity_path(entity)),
            Target::Claim(claim) => folder(&format!("claims/{}", self.claims[claim.at()].item.id())),
            Target::Term(term) => format!("{}#{}", folder("glossary"), self.terms[term.at()].id()),
            Target::Hidden(_) | Target::Unknown => return None,
        })
    }

    /// The address of whatever holds a backlink.
    #[must_use]
    pub fn owner_address(&self, owner: Owner) -> String {
        match owner {
            Owner::Page(page) => folder(self.page_path(page)),
            Owner::Event(event) => folder(&self.event_path(event)),
            Owner::Entity(entity) => folder(&self.entity_path(entity)),
            Owner::Claim(claim) => folder(&format!("claims/{}", self.claims[claim.at()].item.id())),
            Owner::Term(term) => format!("{}#{}", folder("glossary"), self.terms[term.at()].id()),
            Owner::Source(source) => folder(&self.source_path(source)),
        }
    }
}

/// The anchor of a mention: `m--some-id`, and `m--some-id--2` for the second on a page.
#[must_use]
pub fn mention_anchor(id: &str, nth: u32) -> String {
    if nth == 0 { format!("m--{id}") } else { format!("m--{id}--{}", nth + 1) }
}

/// The anchor of an event in a timeline.
#[must_use]
pub fn timeline_anchor(id: &str) -> String {
    format!("t--{id}")
}

/// The anchor of a source among a page's sources.
#[must_use]
pub fn source_anchor(slug: &str) -> String {
    format!("source--{slug}")
}
