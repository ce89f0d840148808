//! The kinds of records that a site has, one file each, and the parts that they share.

pub mod author;
pub mod blocks;
pub mod chart;
pub mod claim;
pub mod common;
pub mod credit;
pub mod dated;
pub mod embed;
pub mod entity;
pub mod event;
pub mod location;
pub mod map;
pub mod name;
pub mod page;
pub mod paths;
pub mod pictures;
pub mod source;
pub mod term;

use super::decode::Decode;
use super::shape::{Field, Lines, Shape};
use crate::source::ContentKind;

/// What a file of this kind contains: its records, one of them, or a page's front matter. Any of them may be empty.
#[must_use]
pub fn file_shape(kind: ContentKind) -> Shape {
    let several = match kind {
        ContentKind::Front | ContentKind::Page => return page::FrontMatter::shape().maybe(),
        ContentKind::Sources => Shape::Map { keys: Box::new(Shape::SourceKey), values: Box::new(source::Source::shape()) },
        ContentKind::Events => Shape::List(Box::new(event::Event::shape())),
        ContentKind::Entities => {
            let one = Shape::OneOf(vec![entity::Entity::shape(), author::Author::shape()]);
            Shape::List(Box::new(one))
        }
        ContentKind::Claims => Shape::List(Box::new(claim::Claim::shape())),
        ContentKind::Terms => Shape::List(Box::new(term::Term::shape())),
    };
    Shape::OneOf(vec![several, record_file_shape(kind)]).maybe()
}

/// The front matter of a Markdown file of this kind, and of a YAML file that is one record: the same fields except for the id,
/// which is the file's name.
#[must_use]
pub fn record_file_shape(kind: ContentKind) -> Shape {
    let (shape, name) = match kind {
        ContentKind::Front | ContentKind::Page => return page::FrontMatter::shape(),
        ContentKind::Events => (event::Event::shape(), "EventFile"),
        ContentKind::Entities => {
            let author = in_file(author::Author::shape(), "AuthorFile", kind);
            return Shape::OneOf(vec![in_file(entity::Entity::shape(), "EntityFile", kind), author]);
        }
        ContentKind::Claims => (claim::Claim::shape(), "ClaimFile"),
        ContentKind::Terms => (term::Term::shape(), "TermFile"),
        ContentKind::Sources => (source::Source::shape(), "SourceFile"),
    };
    in_file(shape, name, kind)
}

/// The shape of a record whose id is the name of its file.
fn in_file(shape: Shape, name: &'static str, kind: ContentKind) -> Shape {
    let Shape::Record(mut record) = shape else { return shape };
    record.name = name;
    record.fields.retain(|field| field.key != "id");
    let (shape, takes): (fn() -> Shape, _) = match kind {
        ContentKind::Sources => (|| Shape::SourceKey, "a source's key"),
        _ => (common::Id::shape, common::Id::SHAPE),
    };
    let doc = "its id, which is the name of the file";
    let id = Field { key: "id", takes, shape, required: false, default: None, lines: Lines::One, doc };
    record.fields.insert(0, id);
    Shape::Record(record)
}
