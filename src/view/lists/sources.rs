//! The list of sources.

use serde::Serialize;

use crate::base::paging;
use crate::model::read::RecordKind;
use crate::model::{RecordIx, SourceIx};
use crate::view::front::KindCount;
use crate::view::{Head, PagingView, View};

/// A list of sources.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct SourcesPage {
    /// What the page says about itself.
    pub page: Head,
    /// The sources, by publisher and date.
    pub sources: Vec<SourceLine>,
    /// “179 sources”.
    pub count: String,
    /// Sources counted by kind.
    pub by_kind: Vec<KindCount>,
    /// This page in the list's pages.
    pub paging: PagingView,
}

/// A source in a list.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct SourceLine {
    /// Its entry in the site's citation style.
    pub entry_html: String,
    /// Its page.
    pub url: String,
    /// Its title, for the accessible name of that link.
    pub title: String,
}

impl View<'_> {
    /// Page `number` of the list of sources.
    #[must_use]
    pub fn sources_page(&self, number: usize) -> SourcesPage {
        let order = self.order(RecordKind::Source);
        let line = |at: &u32| {
            let at = SourceIx(*at);
            SourceLine {
                entry_html: self.shown_entry_html(at),
                url: self.reader.record_address(RecordIx::Source(at)),
                title: self.record_title(RecordIx::Source(at)),
            }
        };
        SourcesPage {
            page: self.list_head("sources", "ui.sources", "sources", number),
            sources: order[paging::slice(number, order.len())].iter().map(line).collect(),
            count: self.words.count("count.sources", order.len()),
            by_kind: if number == 1 { self.sources_by_kind() } else { Vec::new() },
            paging: self.paging("sources", number, order.len()),
        }
    }
}
