//! Markdown: what a text says, as a flat list of operations ([`ops`]), how it is parsed ([`parse()`]), and what it
//! passes on along the way ([`Sink`]).
//!
//! Knows nothing about records, blocks or YAML.

pub mod citation;
pub mod ops;
mod parse;
mod sink;

pub use ops::{AlertKind, Alignment, Heading, Markdown, Op, Parts, Slice, Tag};
pub use parse::bare_address;
pub(super) use parse::{Mode, Source, parse};
pub use sink::{Fence, Fenced, Lists, Sink};
