//! Help for people who are writing a site: what may be written at a place, what stands there, and where else.
//!
//! The answers are plain values, for the language server and for forms. They come from the tables that the decoder uses and from
//! the [`ReadSite`](crate::build::edition::ReadSite) of an edition, which may be older than the text being written: what to write
//! at a place ([`complete`]) depends on the text around it, and what to offer there on the site as it was last read.

pub mod area;
pub mod card;
pub mod complete;
pub mod dates;
pub mod fields;
pub mod find;
pub mod hint;
pub mod outline;
pub mod standing;
pub mod toml;
pub mod typed;
pub mod words;
pub mod yaml;
