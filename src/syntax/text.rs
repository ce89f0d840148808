//! Fields that a reader sees: inline Markdown, possibly by language.

use super::decode::{Decode, Decoder};
use super::indices::{PointerIx, TextIx};
use super::markdown::{self, Markdown, Mode, Source};
use super::node::{Kind, Node};
use super::pieces::{Expects, Pointer, Prose, RefLocation, TextField};
use super::shape::Shape;
use super::source_map::SourceMap;
use crate::base::TextRange;
use crate::base::slug::is_id;

/// A Markdown field in every language it was given in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// One text a language; never empty once decoded.
    pub variants: Vec<TextIx>,
}

impl Decode for Text {
    const SHAPE: &'static str = "text, or text by language";

    fn shape() -> Shape {
        Shape::ByLanguage(Box::new(Shape::Markdown))
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, .. } => Some(Self { variants: vec![inline(text, node.range, None, d)] }),
            Kind::Map(entries) if !entries.is_empty() => {
                let mut variants = Vec::with_capacity(entries.len());
                for (language, value) in entries {
                    let text = d.scalar(value, "text")?;
                    variants.push(inline(text, value.range, Some(language.value.as_str().into()), d));
                }
                Some(Self { variants })
            }
            _ => {
                d.wrong_type(node, "text");
                None
            }
        }
    }
}

/// Parses one inline text into the record's pieces and gives its index.
fn inline(text: &str, range: TextRange, language: Option<Box<str>>, d: &mut Decoder) -> TextIx {
    let field = TextField::of_key(d.field);
    let map = SourceMap::of_scalar(text, range.of(d.text), range);
    // The slot is taken first, so that what the text points at can name it.
    let index = d.pieces.proses.push(Prose { field, language, markdown: Markdown::default(), range });
    let source = Source { text, map: &map, range, index, smart_punctuation: d.options.smart_punctuation };
    let markdown = markdown::parse(source, Mode::Inline, d);
    d.pieces.proses[index].markdown = markdown;
    index
}

/// Someone who says something: an entity by its id, or words.
#[derive(Clone, Debug)]
pub struct Party {
    /// Set if it is written as an id, or as a single lower-case word that may be one.
    pub pointer: Option<PointerIx>,
    /// The words, shown where no entity is meant.
    pub text: Text,
}

impl Decode for Party {
    const SHAPE: &'static str = "an entity's id, or words";

    fn shape() -> Shape {
        Shape::OneOf(vec![Shape::Pointer(Expects::Party), Text::shape()])
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let pointer = match &node.kind {
            Kind::Scalar { text, .. } if is_id(text) => Some(d.pieces.pointers.push(Pointer {
                id: text.as_str().into(),
                heading: None,
                expects: Expects::Party,
                range: node.range,
                place: RefLocation::Field(d.field),
            })),
            _ => None,
        };
        Some(Self { pointer, text: Text::decode(node, d)? })
    }
}
