//! Builds a finished site from a folder.
//!
//! [`pipeline`] is the picture in `docs/ARCHITECTURE.md` as code; [`write`] puts the result on disk and loses nothing on the
//! way; [`manifest`] remembers what was written. [`live`] keeps a site up to date as its files change, and makes the file
//! that is requested.

pub mod analysis;
pub mod edition;
pub mod external;
mod facet_values;
mod findings;
mod freshness;
mod limits;
pub mod live;
mod lock;
pub mod manifest;
pub mod memo;
pub mod pipeline;
mod preview_site;
mod published;
mod reads;
pub mod settings;
mod shared;
pub mod stage;
pub mod write;

/// How many files in a row one thread makes. Without a bound, a thread is given a quarter of all files at once. The pages that take
/// long are next to each other, and the others would wait for it in the end.
const FILES_AT_ONCE: usize = 32;

/// Why the program could not run at all: wrong usage, or the system. The content is not at fault.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The request can't be carried out.
    #[error("{0}")]
    Usage(String),
    /// The system refused.
    #[error("{what}: {}", crate::source::files::plain_words(.source))]
    Io {
        /// What was being done.
        what: String,
        /// The system's error.
        source: std::io::Error,
    },
}

impl Failure {
    /// The system refused `what`.
    pub fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}
