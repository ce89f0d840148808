//! Markdown: what a text says, as a flat list of operations ([`ops`]), and how it is read ([`parse()`]).

pub mod citation;
pub mod ops;
mod parse;

pub use ops::{Alignment, Heading, Markdown, Op, Slice, Tag};
pub(super) use parse::{Mode, parse};
