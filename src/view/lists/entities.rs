//! The list of people, places and other entities.

use serde::Serialize;

use super::order;
use crate::base::paging;
use crate::language::collation::Letters;
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
    /// Its anchor, if the list's letters lead to it.
    pub anchor: Option<String>,
}

/// A list of entities.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct EntitiesPage {
    /// What the page says about itself.
    pub page: Head,
    /// The entities that the site mentions most; empty if all are few, and on the second page and later.
    pub most: Vec<EntityLine>,
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
    /// The letters that they are listed under, as links to the first of each; empty if they are few.
    pub letters: Vec<LetterView>,
}

/// A letter of a list.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct LetterView {
    /// The letter.
    pub letter: String,
    /// A link to the first entry under it.
    pub url: String,
}

/// A list with this many entities begins with those that the site mentions most, and a kind with this many gets letters.
const MANY: usize = 24;
/// How many entities that the site mentions most are shown.
const MOST: usize = 6;
/// Beyond this many, letters don't help: Chinese names begin with hundreds of different characters.
const LETTERS: usize = 40;

impl View<'_> {
    pub(in crate::view) fn entity_line(&self, at: EntityIx) -> EntityLine {
        let fields = &self.reader.item(at).record.fields;
        let link = self.link(Link::To(RecordIx::Entity(at)));
        EntityLine {
            name_html: link.title_html,
            url: link.url,
            kind_word: self.word("kind", fields.kind.word()),
            description: self.plain_text(RecordIx::Entity(at), fields.description.as_ref()),
            anchor: None,
        }
    }

    /// Letters that lead to the first entity of each in `group`, whose entities are `order`.
    fn add_letters(&self, group: &mut EntityGroup, order: &[EntityIx]) {
        let letters = Letters::of(self.language());
        let letter_of = |at: &EntityIx| letters.of_word(order::listed_by(self, *at).0);
        let mut starts: Vec<(usize, String)> = Vec::new();
        for (place, letter) in order.iter().map(letter_of).enumerate() {
            if starts.last().is_none_or(|(_, last)| *last != letter) {
                starts.push((place, letter));
            }
        }
        if order.len() < MANY || starts.len() > LETTERS {
            return;
        }
        for (number, (place, letter)) in starts.into_iter().enumerate() {
            let anchor = format!("page--{}-{}", group.kind, number + 1);
            group.letters.push(LetterView { letter, url: format!("#{anchor}") });
            group.entities[place].anchor = Some(anchor);
        }
    }

    /// Page `number` of the list of entities.
    #[must_use]
    pub fn entities_page(&self, number: usize) -> EntitiesPage {
        let order = self.order(RecordKind::Entity);
        let here: Vec<EntityIx> = order[paging::slice(number, order.len())].iter().map(|at| EntityIx(*at)).collect();
        let group = |of: &[EntityIx]| {
            let kind = self.reader.entity_kind(of[0]).word();
            let entities = of.iter().map(|at| self.entity_line(*at)).collect();
            let mut group = EntityGroup { kind, title: self.word("kinds", kind), entities, letters: Vec::new() };
            self.add_letters(&mut group, of);
            group
        };
        let of_one_kind = here.chunk_by(|a, b| self.reader.entity_kind(*a) == self.reader.entity_kind(*b));
        EntitiesPage {
            page: self.list_head("entities", "ui.entities", "entities", number),
            most: if number == 1 && order.len() >= MANY { self.most_mentioned(MOST) } else { Vec::new() },
            groups: of_one_kind.map(group).collect(),
            paging: self.paging("entities", number, order.len()),
        }
    }
}
