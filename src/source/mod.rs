//! The site's files: which ones exist, what they contain, and a guarantee that none lies outside the site.
//!
//! Only [`files`] reads from disk, together with [`walk`] for folders, and `cache` for what took long to make. [`held`] caches what they return, and [`overlay`] lays unsaved texts over them. [`tree`] reads the
//! content files through them, and [`kinds`] tells by its path what each is for. [`layers`] finds templates and static files
//! in the site, the named theme and the built-in theme, in that order.

mod cache;
pub mod characters;
pub mod files;
pub mod held;
pub mod kinds;
pub mod layers;
pub mod merge_marks;
pub mod overlay;
pub mod tree;
pub mod walk;

pub use cache::FOLDER as CACHE_FOLDER;
pub use files::{Files, OnDisk};
pub use held::Held;
pub use kinds::ContentKind;
pub use overlay::Overlay;
pub use tree::{SourceFile, SourceTree};
