//! Fields that a reader sees: inline Markdown, possibly by language.

use super::decode::{Decode, Decoder};
use super::edited::Edited;
use super::indices::{PointerIx, TextIx};
use super::markdown::{self, Markdown, Mode, Op, Source, Tag};
use super::node::{Kind, Node};
use super::pieces::{Expects, Pointer, Prose, RefLocation, TextField};
use super::shape::{Lines, Shape};
use super::source_map::SourceMap;
use crate::base::TextRange;
use crate::base::slug::is_id;
use crate::diagnostics::code;
use crate::language::quotes::Quotes;

/// A Markdown field in every language it was given in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// One text for each language; never empty once decoded.
    pub variants: Vec<TextIx>,
}

impl Decode for Text {
    const SHAPE: &'static str = "text, or text by language";

    fn shape() -> Shape {
        Shape::ByLanguage(Box::new(Shape::Markdown))
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, .. } => {
                d.refuse_cut(node);
                Some(Self { variants: vec![inline(text, node.range, None, d)] })
            }
            Kind::Map(entries) if !entries.is_empty() => {
                if d.colon_in_text(node, &[]) {
                    return None;
                }
                let mut variants = Vec::with_capacity(entries.len());
                for (language, value) in entries {
                    let text = d.scalar(value, "text")?;
                    d.refuse_cut(value);
                    variants.push(inline(text, value.range, Some(language.value.as_str().into()), d));
                }
                Some(Self { variants })
            }
            _ => {
                d.no_scalar(node, "text");
                None
            }
        }
    }
}

/// Parses one inline text into the record's pieces and returns its index.
fn inline(text: &str, range: TextRange, language: Option<Box<str>>, d: &mut Decoder) -> TextIx {
    let field = TextField::of_key(d.field);
    let map = SourceMap::of_scalar(text, range.of(d.text), range);
    // The slot is reserved first, so that what the text points at can refer to it.
    let quotes = language.as_deref().map_or(d.options.quotes, Quotes::of);
    let index = d.pieces.proses.push(Prose { field, language, markdown: Markdown::default(), range });
    let source = Source { text, map: &map, range, index, smart_punctuation: d.options.smart_punctuation, quotes };
    let markdown = match unfolded(text, &map, range, d.text) {
        Some(unfolded) => {
            let map = unfolded.map(&map, range);
            markdown::parse(Source { text: &unfolded.text, map: &map, ..source }, Mode::Inline, d)
        }
        None => markdown::parse(source, Mode::Inline, d),
    };
    if text.trim().is_empty() {
        let message = format!("`{field}` is empty", field = d.field);
        d.error(code::BAD_VALUE, range, message).help = Some("write the text, or delete it".to_owned());
    }
    let is_comment = markdown.ops.is_empty() && text.contains("<!--");
    if is_comment || d.lines == Lines::One && markdown.has_paragraphs() {
        refuse(&markdown, range, is_comment, d);
    }
    d.pieces.proses[index].markdown = markdown;
    index
}

/// Reports that a text has less than its field takes, or more.
fn refuse(markdown: &Markdown, range: TextRange, is_comment: bool, d: &mut Decoder) {
    let field = d.field;
    if is_comment {
        let message = format!("`{field}` has a comment but no text");
        d.error(code::BAD_VALUE, range, message).help = Some("write the text, or remove the field".to_owned());
        return;
    }
    let second = markdown.ops.iter().skip_while(|op| !matches!(op, Op::Close(Tag::Paragraph))).find_map(|op| match op {
        Op::Text(slice) | Op::Code(slice) => Some(markdown.place_of(*slice)),
        _ => None,
    });
    let message = format!("`{field}` takes one line, but this begins a second paragraph");
    d.error(code::BAD_MARKDOWN, second.unwrap_or(range), message).help =
        Some("remove the blank line to make it one paragraph, or shorten the text".to_owned());
}

/// A text whose paragraphs YAML has folded into lines: YAML reads a blank line between two others as a line break.
/// `None` if there are none.
fn unfolded(text: &str, map: &SourceMap, range: TextRange, record: &str) -> Option<Edited> {
    if !text.trim_end_matches('\n').contains('\n') || !range.of(record).contains('\n') {
        return None;
    }
    let mut out = Edited::default();
    let mut from = 0;
    for (at, _) in text.match_indices('\n') {
        let stands = map.place(at..at + 1);
        if stands != range && stands.of(record).matches('\n').count() > 1 {
            out.keep(text, from..at);
            out.write("\n\n", at..at + 1);
            from = at + 1;
        }
    }
    out.keep(text, from..text.len());
    (from > 0).then_some(out)
}

/// Someone who says something: an entity by its id, or words.
#[derive(Clone, Debug)]
pub struct Party {
    /// Set if it is written as an id, or as a single lowercase word that may be one.
    pub pointer: Option<PointerIx>,
    /// The words, shown if no entity is meant.
    pub text: Text,
}

impl Decode for Party {
    const SHAPE: &'static str = "an entity's id, or a name";

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
        let text = match &node.kind {
            // A comment after an id doesn't matter.
            Kind::Scalar { text, .. } if pointer.is_some() => Text { variants: vec![inline(text, node.range, None, d)] },
            _ => Text::decode(node, d)?,
        };
        Some(Self { pointer, text })
    }
}
