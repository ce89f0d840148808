//! Symbols: the records and headings of a file, and the records of the site.

use gen_lsp_types::{
    BaseSymbolInformation, DocumentSymbol, DocumentSymbolResponse, SymbolKind, Uri, WorkspaceSymbol,
    WorkspaceSymbolLocation, WorkspaceSymbolResponse,
};

use super::super::places::Locator;
use super::Answers;
use crate::build::edition::ReadSite;
use crate::desk::assist::outline::{self, Entry};
use crate::model::RecordIx;

/// The most records that a search of the site lists.
const MOST: usize = 200;

impl Answers<'_> {
    pub(in crate::lsp) fn document_symbols(&self, uri: &Uri) -> Option<DocumentSymbolResponse> {
        let file = self.file(uri)?;
        let mut locator = self.locator();
        let entries = outline::of_file(self.site, file);
        let symbols = entries.iter().map(|entry| symbol(self.site, entry, &mut locator)).collect();
        Some(DocumentSymbolResponse::DocumentSymbolList(symbols))
    }

    pub(in crate::lsp) fn workspace_symbols(&self, query: &str) -> WorkspaceSymbolResponse {
        let mut locator = self.locator();
        let found = outline::of_site(self.site, query, MOST).into_iter().map(|entry| WorkspaceSymbol {
            location: WorkspaceSymbolLocation::Location(locator.location(entry.place)),
            data: None,
            base_symbol_information: BaseSymbolInformation {
                kind: kind(&entry),
                container_name: Some(outline::kind(self.site, &entry)),
                name: named(&entry),
                tags: None,
            },
        });
        WorkspaceSymbolResponse::WorkspaceSymbolList(found.collect())
    }
}

#[expect(deprecated, reason = "the field has to be named")]
fn symbol(site: ReadSite<'_>, entry: &Entry, locator: &mut Locator<'_>) -> DocumentSymbol {
    let inside: Vec<DocumentSymbol> = entry.inside.iter().map(|inner| symbol(site, inner, locator)).collect();
    let detail = outline::kind(site, entry);
    DocumentSymbol {
        name: named(entry),
        detail: Some(detail).filter(|detail| !detail.is_empty()),
        kind: kind(entry),
        tags: None,
        deprecated: None,
        range: locator.range(entry.whole.file, entry.whole.range),
        selection_range: locator.range(entry.place.file, entry.place.range),
        children: (!inside.is_empty()).then_some(inside),
    }
}

/// What an entry is called. A client may refuse a symbol without a name.
fn named(entry: &Entry) -> String {
    match (entry.id.as_str(), entry.name.trim()) {
        ("", "") => "…".to_owned(),
        (id, "") => id.to_owned(),
        ("", name) => name.to_owned(),
        (id, name) => format!("{id}: {name}"),
    }
}

fn kind(entry: &Entry) -> SymbolKind {
    match entry.at {
        Some(RecordIx::Page(_)) => SymbolKind::File,
        Some(RecordIx::Event(_)) => SymbolKind::Event,
        Some(RecordIx::Entity(_) | RecordIx::Author(_)) => SymbolKind::Object,
        Some(RecordIx::Claim(_)) => SymbolKind::Property,
        Some(RecordIx::Term(_)) => SymbolKind::Key,
        Some(RecordIx::Source(_)) => SymbolKind::Constant,
        None => SymbolKind::String,
    }
}
