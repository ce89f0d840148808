//! JSON Schemas for everything authors write, for use in editors, made from the decoder's own tables.

use serde_json::Value;

use crate::config::Book;
use crate::source::ContentKind;
use crate::syntax::kinds::{blocks, chart, embed, file_shape, pictures, record_file_shape};
use crate::syntax::schema::schema_of;
use crate::syntax::{Decode, Shape};

/// A schema: its name, what it describes, and the shape it is made from.
type Entry = (&'static str, &'static str, fn() -> Shape);

/// All schemas. A YAML file with several records and one with a single record share a schema; the front matter of a Markdown file
/// has its own.
pub const SCHEMAS: &[Entry] = &[
    ("book", "book.toml", Book::shape),
    ("page", "the front matter of a section or page", || file_shape(ContentKind::Page)),
    ("events", "a YAML file in events/", || file_shape(ContentKind::Events)),
    ("entities", "a YAML file in entities/", || file_shape(ContentKind::Entities)),
    ("sources", "a YAML file in sources/", || file_shape(ContentKind::Sources)),
    ("claims", "a YAML file in claims/", || file_shape(ContentKind::Claims)),
    ("glossary", "glossary.yaml, or a YAML file in glossary/", || file_shape(ContentKind::Terms)),
    ("event", "the front matter of a Markdown file in events/", || record_file_shape(ContentKind::Events)),
    ("entity", "the front matter of a Markdown file in entities/", || record_file_shape(ContentKind::Entities)),
    ("source", "the front matter of a Markdown file in sources/", || record_file_shape(ContentKind::Sources)),
    ("claim", "the front matter of a Markdown file in claims/", || record_file_shape(ContentKind::Claims)),
    ("term", "the front matter of a Markdown file in glossary/", || record_file_shape(ContentKind::Terms)),
    ("block-timeline", "a `timeline` block", blocks::Query::shape),
    ("block-claim", "a `claim` block", blocks::ClaimBlock::shape),
    ("block-known", "a `known` block", blocks::Known::shape),
    ("block-quote", "a `quote` block", blocks::Quote::shape),
    ("block-chart", "a `chart` block", chart::Chart::shape),
    ("block-figure", "a `figure` block", pictures::Figure::shape),
    ("block-gallery", "a `gallery` block", pictures::Gallery::shape),
    ("block-embed", "an `embed` block", embed::Embed::shape),
];

/// The schema with this name.
#[must_use]
pub fn schema(name: &str) -> Option<Value> {
    let (_, _, shape) = SCHEMAS.iter().find(|(known, _, _)| *known == name)?;
    Some(schema_of(&shape()))
}

/// The content of a schema's file.
#[must_use]
pub fn text(schema: &Value) -> String {
    // JSON values always serialize.
    serde_json::to_string_pretty(schema).unwrap_or_default() + "\n"
}
