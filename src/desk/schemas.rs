//! JSON Schemas of everything that authors write, for editors: made of the tables that the decoder goes by.

use serde_json::Value;

use crate::config::Book;
use crate::source::ContentKind;
use crate::syntax::kinds::{blocks, file_shape, pictures, record_file_shape};
use crate::syntax::schema::schema_of;
use crate::syntax::{Decode, Shape};

/// A schema by its name: what it is of, and how to make it.
type Entry = (&'static str, &'static str, fn() -> Shape);

/// All of them. A file of several records and a file of one are told apart by what stands in it, so they have one schema; what
/// stands at the head of a Markdown file has its own.
pub const SCHEMAS: &[Entry] = &[
    ("book", "book.toml", Book::shape),
    ("page", "the head of a section or page", || file_shape(ContentKind::Page)),
    ("events", "a YAML file below events/", || file_shape(ContentKind::Events)),
    ("entities", "a YAML file below entities/", || file_shape(ContentKind::Entities)),
    ("sources", "a YAML file below sources/", || file_shape(ContentKind::Sources)),
    ("claims", "a YAML file below claims/", || file_shape(ContentKind::Claims)),
    ("glossary", "glossary.yaml, or a YAML file below glossary/", || file_shape(ContentKind::Terms)),
    ("event", "the head of a Markdown file below events/", || record_file_shape(ContentKind::Events)),
    ("entity", "the head of a Markdown file below entities/", || record_file_shape(ContentKind::Entities)),
    ("source", "the head of a Markdown file below sources/", || record_file_shape(ContentKind::Sources)),
    ("claim", "the head of a Markdown file below claims/", || record_file_shape(ContentKind::Claims)),
    ("term", "the head of a Markdown file below glossary/", || record_file_shape(ContentKind::Terms)),
    ("block-timeline", "a `timeline` block", blocks::Query::shape),
    ("block-claim", "a `claim` block", blocks::ClaimBlock::shape),
    ("block-known", "a `known` block", blocks::Known::shape),
    ("block-quote", "a `quote` block", blocks::Quote::shape),
    ("block-figure", "a `figure` block", pictures::Figure::shape),
    ("block-gallery", "a `gallery` block", pictures::Gallery::shape),
];

/// The schema of this name.
#[must_use]
pub fn schema(name: &str) -> Option<Value> {
    let (_, _, shape) = SCHEMAS.iter().find(|(known, _, _)| *known == name)?;
    Some(schema_of(&shape()))
}

/// The text of a schema's file.
#[must_use]
pub fn text(schema: &Value) -> String {
    // Objects of texts always serialize.
    serde_json::to_string_pretty(schema).unwrap_or_default() + "\n"
}
