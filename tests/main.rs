//! The integration tests: one binary, so that it is linked only once.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::too_many_lines,
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "tests read and write sites of their own, and fail by panicking"
)]

mod architecture;
mod bad_input;
mod catalogues;
mod check;
mod ci;
mod cli;
mod cms;
mod desk;
mod docs;
mod drafts;
mod edit;
mod external;
mod fetch;
mod films;
mod forms;
mod freshness;
mod import;
mod incremental;
mod live;
mod lsp;
mod markup;
mod messages;
mod nothing_lost;
mod random;
mod redated;
mod schema;
mod secrets;
mod serve;
mod site;
mod support;
mod surroundings;
mod switches;
mod trials;
