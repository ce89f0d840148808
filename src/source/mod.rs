//! The site's files: which there are, what stands in them, and that none lies outside the site.
//!
//! [`files`] is the only door to a disk, and [`held`] remembers what it showed; [`tree`] reads the authored files through it, [`layers`] finds templates and
//! static files in the site, the named theme and the built-in one, in that order.

pub mod files;
pub mod held;
pub mod layers;
pub mod tree;

pub use files::{Files, OnDisk};
pub use held::Held;
pub use tree::{ContentKind, SourceFile, SourceTree};
