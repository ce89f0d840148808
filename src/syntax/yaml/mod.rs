//! YAML: to a located tree ([`parse()`]), cut into records without being parsed ([`split`]), and explained where it can't be
//! read ([`explain`]).

mod explain;
mod indent;
mod parse;
pub(super) mod split;

pub use parse::*;
