//! YAML: parsed into a located tree ([`parse()`]), cut into records without parsing ([`split`]), and explained when it
//! can't be parsed ([`explain`]).

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
