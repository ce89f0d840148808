//! The kinds of records that a site has, one file each, and the parts that they share.

pub mod author;
pub mod blocks;
pub mod chart;
pub mod claim;
pub mod common;
pub mod credit;
pub mod dated;
pub mod entity;
pub mod event;
pub mod name;
pub mod page;
pub mod source;
pub mod term;

use super::decode::Decode;
use super::shape::Shape;
use crate::source::ContentKind;

/// What a file of this kind contains: its records, or a page's front matter. Either may be empty.
#[must_use]
pub fn file_shape(kind: ContentKind) -> Shape {
    match kind {
        ContentKind::Front | ContentKind::Page => page::FrontMatter::shape().maybe(),
        ContentKind::Events => Vec::<event::Event>::shape(),
        ContentKind::Entities => {
            let one = Shape::OneOf(vec![entity::Entity::shape(), author::Author::shape()]);
            Shape::List(Box::new(one)).maybe()
        }
        ContentKind::Claims => Vec::<claim::Claim>::shape(),
        ContentKind::Terms => Vec::<term::Term>::shape(),
        ContentKind::Sources => {
            Shape::Map { keys: Box::new(Shape::SourceKey), values: Box::new(source::Source::shape()) }.maybe()
        }
    }
}
