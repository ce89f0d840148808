//! The language server, as editors see it.

mod client;
mod findings;
mod session;
mod typing;
