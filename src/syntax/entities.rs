//! The records of a file of entities: those that are part of the story, and authors, which are not.

use super::Record;
use super::decode::Decode;
use super::file::{Input, Parsed, Piece, known, scalar_at};
use super::kinds::author::{Author, AuthorKind};
use super::kinds::entity::{Entity, EntityKind};
use super::node::Node;
use super::reuse::Previous;
use crate::base::At;
use crate::base::similar::nearest;

/// A record of either kind that is known from before.
#[derive(Clone, Copy)]
enum Known<'k> {
    Entity(&'k Record<Entity>),
    Author(&'k Record<Author>),
}

impl Input<'_> {
    /// The entities of a file, and the authors among them.
    pub(super) fn entities(&mut self, before: Option<&Parsed>) -> (Vec<Record<Entity>>, Vec<Record<Author>>) {
        let entities = known(before, |old| &old.entities).into_iter().map(|(lines, record)| (lines, Known::Entity(record)));
        let mut all: Previous<'_, Known<'_>> = entities.collect();
        if before.is_some_and(|before| !before.authors.is_empty()) {
            all.extend(known(before, |old| &old.authors).into_iter().map(|(lines, record)| (lines, Known::Author(record))));
        }
        let (mut entities, mut authors) = (Vec::new(), Vec::new());
        if self.is_markdown {
            match self.record_head() {
                Some(head) if is_author(head.fields()) => authors.extend(self.markdown_record(head, author_id)),
                Some(head) => entities.extend(self.markdown_record(head, entity_id)),
                None => {}
            }
            return (entities, authors);
        }
        // Whatever kind a record is of, it has a kind and a name.
        self.each(&all, &Entity::shape(), Entity::SHAPE, |input, piece| match piece {
            Piece::Only(node) if is_author(&node) => authors.extend(input.yaml_record(node, author_id)),
            Piece::Only(node) => entities.extend(input.yaml_record(node, entity_id)),
            Piece::Known(Known::Entity(record), base) => entities.push(record.at(base)),
            Piece::Known(Known::Author(record), base) => authors.push(record.at(base)),
            Piece::New(text, base, node) if is_author(node) => {
                authors.extend(input.record(text, base, node, &author_id));
            }
            Piece::New(text, base, node) => {
                entities.extend(input.record(text, base, node, &entity_id));
            }
        });
        (entities, authors)
    }
}

fn author_id(author: &Author) -> At<String> {
    author.id.0.clone()
}

fn entity_id(entity: &Entity) -> At<String> {
    entity.id.0.clone()
}

/// Whether a record is an author, or was meant as one: that decides which fields it takes.
fn is_author(node: &Node) -> bool {
    let author = AuthorKind::Author.word();
    let Some(kind) = scalar_at(node, "kind") else { return false };
    let words = EntityKind::ALL.iter().map(|kind| kind.word());
    kind == author || words.clone().all(|word| word != kind) && nearest(&kind, words.chain([author])) == Some(author)
}
