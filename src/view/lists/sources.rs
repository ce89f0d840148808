//! The list of sources, and a list for each kind of source.

use serde::Serialize;

use crate::base::paging;
use crate::model::read::RecordKind;
use crate::model::{RecordIx, SourceIx, address};
use crate::syntax::kinds::source::SourceKind;
use crate::view::{Head, PagingView, View, paged_path};

/// A list of sources.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct SourcesPage {
    /// What the page says about itself.
    pub page: Head,
    /// The sources, by publisher and date.
    pub sources: Vec<SourceLine>,
    /// “179 sources”.
    pub count: String,
    /// Sources counted by kind, each with its own list; empty if all are of one kind, and on the second page and later.
    pub by_kind: Vec<KindCount>,
    /// The list of all sources, if these are only those of one kind.
    pub all: Option<String>,
    /// This page in the list's pages.
    pub paging: PagingView,
}

/// How many sources there are of one kind.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct KindCount {
    /// The kind, in words.
    pub kind: String,
    /// How many.
    pub count: usize,
    /// The list of sources of this kind; absent if all sources are of one kind.
    pub url: Option<String>,
    /// Whether the page is that list.
    pub current: bool,
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

/// Where the sources of one kind are listed. No source's page is at that path, because ids have no slash.
#[must_use]
pub fn kind_path(kind: SourceKind) -> String {
    format!("sources/kind/{}", kind.word())
}

impl<'m> View<'m> {
    /// Page `number` of the list of sources, of all or of one kind.
    #[must_use]
    pub fn sources_page(&self, kind: Option<SourceKind>, number: usize) -> SourcesPage {
        let (order, path) = match kind {
            Some(kind) => (self.sources_of_kind(kind), kind_path(kind)),
            None => (self.order(RecordKind::Source), "sources".to_owned()),
        };
        let line = |at: &u32| {
            let at = SourceIx(*at);
            SourceLine {
                entry_html: self.shown_entry_html(at),
                url: self.reader.record_address(RecordIx::Source(at)),
                title: self.record_title(RecordIx::Source(at)),
            }
        };
        SourcesPage {
            page: self.sources_head(kind, &path, number),
            sources: order[paging::slice(number, order.len())].iter().map(line).collect(),
            count: self.words.count("count.sources", order.len()),
            by_kind: if number == 1 { self.kinds_of_sources(kind) } else { Vec::new() },
            all: kind.map(|_| address::folder("sources")),
            paging: self.paging(&path, number, order.len()),
        }
    }

    fn sources_head(&self, kind: Option<SourceKind>, path: &str, number: usize) -> Head {
        let Some(kind) = kind else { return self.list_head("sources", "ui.sources", path, number) };
        let title = format!(
            "{}{}{}",
            self.words.get("ui.sources"),
            self.words.get("ui.colon"),
            self.word("source-kinds", kind.word())
        );
        let description = self.about_list(&title);
        self.head("sources", title, description, &paged_path(path, number))
    }

    fn sources_of_kind(&self, kind: SourceKind) -> &'m [u32] {
        let kinds = self.sources_by_kind().iter();
        kinds.clone().find(|(of, _)| *of == kind).map_or(&[], |(_, sources)| sources)
    }

    /// Sources counted by kind: “12 news reports”. `current` is the kind whose list this is for.
    pub(in crate::view) fn kinds_of_sources(&self, current: Option<SourceKind>) -> Vec<KindCount> {
        let kinds = self.sources_by_kind();
        let count = |(kind, sources): &(SourceKind, Vec<u32>)| {
            let table = if sources.len() == 1 { "source-kind" } else { "source-kinds" };
            KindCount {
                kind: self.word(table, kind.word()),
                count: sources.len(),
                url: (kinds.len() > 1).then(|| address::folder(&kind_path(*kind))),
                current: current == Some(*kind),
            }
        };
        kinds.iter().map(count).collect()
    }
}
