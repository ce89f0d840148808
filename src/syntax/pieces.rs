//! What the texts of one record point at, gathered in one place so that resolving is one loop and no pointer is missed.

use super::markdown::Markdown;
use crate::base::TextRange;

pub use super::references::{Address, Citation, Expects, Pointer, RefLocation, Use, is_external, is_safe_address};

/// Everything in a record that points elsewhere, and all its Markdown. Fields hold indices into these lists.
#[derive(Debug, Default)]
pub struct References {
    /// `[[id]]` in texts and ids in fields.
    pub pointers: Vec<Pointer>,
    /// `[@key]` in texts and items of `sources`.
    pub citations: Vec<Citation>,
    /// Links and pictures by address or path.
    pub addresses: Vec<Address>,
    /// Every Markdown text, bodies included, in the order written.
    pub proses: Vec<Prose>,
}

impl References {
    /// Whether a text is one of those that pages are made of: in the site's first language, or in none.
    #[must_use]
    pub fn is_first(&self, prose: u32, language: &str) -> bool {
        self.proses[prose as usize].language.as_deref().is_none_or(|have| have == language)
    }
}

/// One Markdown text of a record.
#[derive(Debug)]
pub struct Prose {
    /// The field that holds it; `body` for a Markdown file's own text.
    pub field: &'static str,
    /// The language it was given under, if the field is a map by language.
    pub language: Option<Box<str>>,
    /// The text.
    pub markdown: Markdown,
    /// Where it stands.
    pub range: TextRange,
}

impl Prose {
    /// Whether what the text points at gets anchors on its page: titles stand there without links.
    #[must_use]
    pub fn has_anchors(&self) -> bool {
        !matches!(self.field, "title" | "part")
    }
}
