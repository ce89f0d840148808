//! The list of people, places and other entities.

use serde::Serialize;

use crate::base::paging;
use crate::model::read::RecordKind;
use crate::model::{EntityIx, Link, RecordIx};
use crate::view::{Head, PagingView, View};

/// An entity in a list.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct EntityLine {
    /// Its name.
    pub name_html: String,
    /// Its address.
    pub url: String,
    /// What it is, in a word.
    pub kind_word: String,
    /// Who or what it is, in a sentence.
    pub description: String,
}

/// A list of entities.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct EntitiesPage {
    /// What the page says about itself.
    pub page: Head,
    /// Entities by kind.
    pub groups: Vec<EntityGroup>,
    /// This page in the list's pages.
    pub paging: PagingView,
}

/// Entities of one kind.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct EntityGroup {
    /// The kind as authors type it.
    pub kind: &'static str,
    /// The kind, in words, in the plural.
    pub title: String,
    /// The entities, by name.
    pub entities: Vec<EntityLine>,
}

impl View<'_> {
    pub(in crate::view) fn entity_line(&self, at: EntityIx) -> EntityLine {
        let fields = &self.reader.item(at).record.fields;
        let link = self.link(Link::To(RecordIx::Entity(at)));
        EntityLine {
            name_html: link.title_html,
            url: link.url,
            kind_word: self.word("kind", fields.kind.word()),
            description: self.plain_text(RecordIx::Entity(at), fields.description.as_ref()),
        }
    }

    /// Page `number` of the list of entities.
    #[must_use]
    pub fn entities_page(&self, number: usize) -> EntitiesPage {
        let order = self.order(RecordKind::Entity);
        let mut groups: Vec<EntityGroup> = Vec::new();
        for at in order[paging::slice(number, order.len())].iter().map(|at| EntityIx(*at)) {
            let kind = self.reader.entity_kind(at).word();
            if groups.last().is_none_or(|group| group.kind != kind) {
                groups.push(EntityGroup { kind, title: self.word("kinds", kind), entities: Vec::new() });
            }
            if let Some(group) = groups.last_mut() {
                group.entities.push(self.entity_line(at));
            }
        }
        EntitiesPage {
            page: self.list_head("entities", "ui.entities", "entities", number),
            groups,
            paging: self.paging("entities", number, order.len()),
        }
    }
}
