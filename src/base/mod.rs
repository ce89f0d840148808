//! What every room may use and that itself uses nothing: places in texts, tables, hashes, escaping, slugs, sentences, likeness,
//! names of people, which way letters run, addresses of the web.
//!
//! Knows nothing of records, files on a disk, or HTML pages.

pub mod accents;
pub mod direction;
pub mod escape;
pub mod fingerprint;
pub mod hash;
pub mod line_index;
pub mod paging;
pub mod person;
pub mod sentences;
pub mod similar;
pub mod slug;
pub mod span;
pub mod table;
pub mod web_address;

pub use fingerprint::fingerprint;
pub use hash::Hash;
pub use line_index::LineIndex;
pub use span::{At, FileId, Origin, Span, TextRange};
pub(crate) use table::index;
pub use table::{Ix, Table};

/// A table for looking things up, never for walking: its order changes from run to run. Hashed by ahash, which keys of a few
/// dozen bytes need a third of the time of the standard hasher for.
pub type Map<K, V> = std::collections::HashMap<K, V, ahash::RandomState>;
