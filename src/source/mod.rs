//! The site's files: which there are, what stands in them, and that none lies outside the site.
//!
//! [`files`] is the only door to a disk, with [`walk`] for its folders, and [`held`] remembers what it showed; [`tree`] reads
//! the authored files through it, each for what [`kinds`] says of its path; [`layers`] finds templates and static files in the
//! site, the named theme and the built-in one, in that order.

pub mod characters;
pub mod files;
pub mod held;
pub mod kinds;
pub mod layers;
pub mod merge_marks;
pub mod tree;
pub mod walk;

pub use files::{Files, OnDisk};
pub use held::Held;
pub use kinds::ContentKind;
pub use tree::{SourceFile, SourceTree};
