//! An embed: a block in a body, with the address of something on another site.

use super::common::{SourceRef, WebAddress};
use super::paths::PicturePath;
use crate::record;
use crate::syntax::text::{Party, Text};

record! {
    /// Something on another site, loaded when a reader asks for it.
    pub struct Embed = "an `embed` block" {
        /// its address on that site
        "url" url: WebAddress, required;
        /// what it is, in a few words
        "title" title: Text, required;
        /// a picture that stands for it until a reader asks for it
        "still" still: Option<PicturePath>;
        /// who made it
        "by" by: Option<Party>;
        /// sources for it
        "sources" sources: Vec<SourceRef>;
        /// whether to show an address of a provider that the program doesn't know
        "frame" frame: bool;
    }
}
