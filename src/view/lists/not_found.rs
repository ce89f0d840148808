//! The page for broken addresses.

use serde::Serialize;

use crate::model::{RecordIx, Role};
use crate::view::citations::numbered::Numbering;
use crate::view::page::{BodyPart, SectionView};
use crate::view::record::FootView;
use crate::view::{Head, View};

/// The page for broken addresses.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct NotFoundPage<'m> {
    /// What the page says about itself.
    pub page: Head,
    /// Its content, if the site has any.
    pub section: Option<SectionView>,
    /// Its text, in parts.
    pub body: Vec<BodyPart<'m>>,
    /// Note, updates and sources.
    pub foot: Option<FootView>,
}

impl<'m> View<'m> {
    /// The page for broken addresses.
    #[must_use]
    pub fn not_found_page(&self) -> NotFoundPage<'m> {
        let page = self.list_head("404", "ui.not-found", "404", 1);
        let Some(own) = self.reader.page_of_role(Role::NotFound) else {
            return NotFoundPage { page, section: None, body: Vec::new(), foot: None };
        };
        let page = Head { withheld: self.withheld_note(RecordIx::Page(own)), ..page };
        let page = self.with_needs(page, RecordIx::Page(own));
        let mut numbering = Numbering::default();
        let (section, body) = self.section(own, &mut numbering);
        let common = self.reader.common(own.into());
        let foot = self.foot(RecordIx::Page(own), common, &mut numbering);
        NotFoundPage { page, section: Some(section), body, foot: Some(foot) }
    }
}
