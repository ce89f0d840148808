//! The integration tests: one binary, so that it is linked once.

mod architecture;
mod bad_input;
mod check;
mod ci;
mod cli;
mod docs;
mod drafts;
mod incremental;
mod live;
mod nothing_lost;
mod random;
mod serve;
mod site;
mod support;
mod trials;
