//! The language server, as editors see it.

pub mod client;
mod findings;
mod session;
mod typing;
