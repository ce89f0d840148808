//! From a folder to a finished site.
//!
//! [`pipeline`] reads as the picture in `docs/ARCHITECTURE.md`; [`write`] puts what it makes on the disk and loses nothing
//! on the way; [`manifest`] remembers what was written. [`live`] follows a site as its files change, and makes the file that
//! is asked for.

pub mod edition;
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
mod shared;
pub mod stage;
pub mod write;

/// Why the program could not do its work at all: wrong use, or the system. The content is not at fault.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// What was asked for can't be done as asked.
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
    /// The system's refusal of `what`.
    pub fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}
