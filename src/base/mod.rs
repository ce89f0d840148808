//! Tools that every room may use and that depend on no room: text ranges, tables, lists without spare room, hashes,
//! escaping, slugs, sentences, spelling suggestions, people's names, text direction, web addresses.
//!
//! Knows nothing of records, files on a disk, or HTML pages.

pub mod accents;
pub mod direction;
pub mod escape;
pub mod exact;
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

pub use exact::exact;
pub use fingerprint::fingerprint;
pub use hash::Hash;
pub use line_index::LineIndex;
pub use span::{At, FileId, Origin, Span, TextRange};
pub(crate) use table::index;
pub use table::{Ix, Table};

/// A lookup table. Never iterate over it: its order changes from run to run. It uses ahash, which takes a third of the
/// standard hasher's time for keys of a few dozen bytes.
pub type Map<K, V> = std::collections::HashMap<K, V, ahash::RandomState>;
