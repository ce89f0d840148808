//! Markdown: what a text says, as a flat list of operations ([`ops`]), how it is read ([`parse()`]), and what it hands on
//! meanwhile ([`Sink`]).
//!
//! Knows nothing of records, of blocks, or of YAML.

pub mod citation;
pub mod ops;
mod parse;
mod sink;

pub use ops::{AlertKind, Alignment, Heading, Markdown, Op, Slice, Tag};
pub(super) use parse::{Mode, Source, parse};
pub use sink::{Fence, Fenced, Lists, Sink};
