//! YAML: to a located tree ([`parse()`]), cut into records without being parsed ([`split`]), and explained where it can't be
//! read ([`explain`]).

mod brackets;
mod escapes;
mod explain;
mod filled;
mod indent;
mod lookalikes;
mod parse;
pub(super) mod split;

pub use escapes::escapes;
pub use explain::in_quotes;
pub use parse::*;
