//! Bylines: who wrote a page or the site. They name authors by id, and everyone else by name.

use super::name::{Name, warn_of_turns};
use crate::base::TextRange;
use crate::base::slug::is_id;
use crate::syntax::decode::{Decode, Decoder};
use crate::syntax::indices::PointerIx;
use crate::syntax::node::{Kind, Node};
use crate::syntax::pieces::{Expects, Pointer, RefLocation};
use crate::syntax::shape::Shape;

/// Someone in a byline.
#[derive(Clone, Debug)]
pub struct Credit {
    /// The name in spoken order, or the id as written.
    pub name: String,
    /// Set if it is written like an id.
    pub pointer: Option<PointerIx>,
    /// Its place in the file.
    pub range: TextRange,
}

impl Credit {
    /// What may be an author's id.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.pointer.map(|_| self.name.as_str())
    }
}

impl Decode for Credit {
    const SHAPE: &'static str = "an author's id, or a name: `Jane Doe`, `Doe, Jane` or `{name, given-name}`";

    fn shape() -> Shape {
        Shape::OneOf(vec![Shape::Pointer(Expects::Author), Name::shape()])
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        if let Kind::Scalar { text, .. } = &node.kind
            && is_id(text)
        {
            let pointer = Pointer {
                id: text.as_str().into(),
                heading: None,
                expects: Expects::Author,
                range: node.range,
                place: RefLocation::Field(d.field),
            };
            let pointer = Some(d.pieces.pointers.push(pointer));
            return Some(Self { name: text.clone(), pointer, range: node.range });
        }
        if d.bracketed_id(node) {
            return None;
        }
        Name::decode(node, d).map(|name| Self { name: name.0, pointer: None, range: node.range })
    }
}

/// Everybody in a byline.
#[derive(Clone, Debug, Default)]
pub struct Credits(pub Vec<Credit>);

impl Decode for Credits {
    const SHAPE: &'static str = "a list of authors' ids, or names";

    fn shape() -> Shape {
        Vec::<Credit>::shape()
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        if let Kind::Seq(items) = &node.kind {
            warn_of_turns(node, items, d);
        }
        Vec::<Credit>::decode(node, d).map(Self)
    }
}
