//! Lists of sections: their own page, and the navigation.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::paging;
use crate::model::{Link, PageIx, RecordIx, address};
use crate::view::{Head, PagingView, View};

/// The most sections that the front page and the navigation show.
pub const SECTIONS_SHOWN: usize = 40;

/// A section in a list.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct SectionLine {
    /// Its title.
    pub title_html: String,
    /// Its address.
    pub url: String,
    /// What it says, in a sentence.
    pub summary: String,
    /// Its mark, as a class name: `s3`.
    pub mark: &'static str,
    /// The group that it belongs to.
    pub part: Option<String>,
    /// “6-minute read”.
    pub reading_time: String,
}

/// A list of sections.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct SectionsPage {
    /// What the page says about itself.
    pub page: Head,
    /// The sections.
    pub sections: Vec<SectionLine>,
    /// This page in the list's pages.
    pub paging: PagingView,
}

/// The navigation of a group of pages, for `components/nav.html`.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct NavView {
    /// The group, on a large site.
    pub part: Option<String>,
    /// Its sections.
    pub sections: Vec<NavLine>,
    /// The list of all sections, if these aren't all.
    pub all: Option<String>,
}

/// A section in the navigation.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct NavLine {
    /// Its title.
    pub title_html: String,
    /// Its address.
    pub url: String,
    /// Its mark, as a class name: `s3`.
    pub mark: &'static str,
}

impl<'m> View<'m> {
    /// A section in a list.
    #[must_use]
    pub fn section_line(&self, at: PageIx) -> SectionLine {
        let record = &self.reader.item(at).record;
        let link = self.link(Link::To(RecordIx::Page(at)));
        SectionLine {
            title_html: link.title_html,
            url: link.url,
            summary: self.plain_text(RecordIx::Page(at), record.fields.front.summary.as_ref()),
            mark: self.section_mark(at),
            part: self.reader.part(at).map(str::to_owned),
            reading_time: self.reading_time(record),
        }
    }

    /// Page `number` of the list of sections.
    #[must_use]
    pub fn sections_page(&self, number: usize) -> SectionsPage {
        let count = self.reader.sections();
        SectionsPage {
            page: self.list_head("sections", "ui.sections", "sections", number),
            sections: paging::slice(number, count).map(|at| self.section_line(PageIx::new(at))).collect(),
            paging: self.paging("sections", number, count),
        }
    }

    /// The sections in each navigation of the site, by part: all sections on every page if there are few, otherwise
    /// each part's own sections on its pages. `None` is the key for pages outside any part.
    #[must_use]
    pub fn nav_sections(&self) -> BTreeMap<Option<&'m str>, Vec<PageIx>> {
        let few = self.reader.sections() <= SECTIONS_SHOWN;
        let mut out = BTreeMap::from([(None, Vec::new())]);
        for at in PageIx::first(self.reader.sections()) {
            let part = self.reader.part(at).filter(|_| !few);
            // On a large site, a page outside any part links to the list of all sections, not to the first few of them.
            if part.is_none() && !few {
                continue;
            }
            let sections: &mut Vec<PageIx> = out.entry(part).or_default();
            if sections.len() < SECTIONS_SHOWN {
                sections.push(at);
            }
        }
        out
    }

    fn nav_line(&self, at: PageIx) -> NavLine {
        let link = self.link(Link::To(RecordIx::Page(at)));
        NavLine { title_html: link.title_html, url: link.url, mark: self.section_mark(at) }
    }

    /// The navigation of a part, with these sections.
    #[must_use]
    pub fn nav(&self, part: Option<&str>, sections: &[PageIx]) -> NavView {
        let few = self.reader.sections() <= SECTIONS_SHOWN;
        NavView {
            part: part.map(ToOwned::to_owned),
            sections: sections.iter().map(|at| self.nav_line(*at)).collect(),
            all: (!few).then(|| address::folder("sections")),
        }
    }
}
