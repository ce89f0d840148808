//! Answers to a client's questions about the site.

mod actions;
mod symbols;

pub(super) use actions::{FIX_ALL, SHOWN};

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, CompletionList, CompletionResponse, Contents, Definition,
    DefinitionResponse, Documentation, Hover, InlayHint, InlayHintParams, Label, Location, MarkupContent, MarkupKind,
    PrepareRenamePlaceholder, PrepareRenameResult, ReferenceParams, TextDocumentPositionParams, TextEdit, Uri,
};

use super::documents::{Document, Documents};
use super::edits::CanChange;
use super::engine::Snapshot;
use super::places::Locator;
use super::position::Encoding;
use crate::base::{FileId, TextRange};
use crate::build::edition::ReadSite;
use crate::desk::assist::complete::{Offer, OfferKind, complete};
use crate::desk::assist::standing::{self, Named, named};
use crate::desk::assist::{dates, hint, outline};
use crate::model::RecordIx;

/// Everything that an answer may need.
#[derive(Clone, Copy)]
pub(super) struct Answers<'a> {
    pub(super) site: ReadSite<'a>,
    pub(super) snapshot: &'a Snapshot,
    pub(super) documents: &'a Documents,
    pub(super) encoding: Encoding,
    pub(super) can: CanChange,
}

impl<'a> Answers<'a> {
    fn locator(&self) -> Locator<'a> {
        Locator::new(self.site.tree, self.documents, self.encoding)
    }

    /// The file at an address, if it belongs to the site, and if what is known of it is about its current text: while
    /// `book.toml` has errors, the site uses an earlier one.
    fn file(&self, uri: &Uri) -> Option<FileId> {
        let path = self.documents.path(uri)?;
        let file = self.site.tree.files.iter().position(|file| file.path == path).map(FileId::new)?;
        let is_current = |document: &Document| document.text == self.site.tree.file(file).text;
        self.documents.open.get(&path).is_none_or(is_current).then_some(file)
    }

    /// The file and the byte of a question.
    fn place(&self, at: &TextDocumentPositionParams) -> Option<(FileId, usize)> {
        let file = self.file(&at.text_document.uri)?;
        Some((file, self.locator().byte(file, at.position)))
    }

    fn named(&self, at: &TextDocumentPositionParams) -> Option<Named> {
        let (file, byte) = self.place(at)?;
        named(self.site, file, byte as u32)
    }

    pub(super) fn hover(&self, at: &TextDocumentPositionParams) -> Option<Hover> {
        let (file, byte) = self.place(at)?;
        let meaning = hint::meaning(self.site, file, byte)?;
        let range = TextRange::new(meaning.range.start, meaning.range.end);
        Some(Hover {
            contents: Contents::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value: meaning.text }),
            range: Some(self.locator().range(file, range)),
        })
    }

    pub(super) fn definition(&self, at: &TextDocumentPositionParams) -> Option<DefinitionResponse> {
        let named = self.named(at)?;
        let heading = named.heading.as_deref().and_then(|heading| outline::heading(self.site, named.at, heading));
        let span = heading.unwrap_or_else(|| standing::own(self.site, named.at));
        Some(DefinitionResponse::Definition(Definition::Location(self.locator().location(span))))
    }

    pub(super) fn references(&self, params: &ReferenceParams) -> Option<Vec<Location>> {
        let named = self.named(&params.text_document_position_params)?;
        let places = standing::places(self.site, named.at, params.context.include_declaration);
        let mut locator = self.locator();
        Some(places.into_iter().map(|span| locator.location(span)).collect())
    }

    /// The name that would be changed, if there is one.
    pub(super) fn prepare_rename(&self, at: &TextDocumentPositionParams) -> Option<PrepareRenameResult> {
        let (_, id, range) = self.renamed(at)?;
        Some(PrepareRenameResult::PrepareRenamePlaceholder(PrepareRenamePlaceholder { range, placeholder: id }))
    }

    /// The record that would be renamed, its name, and where that is.
    pub(super) fn renamed(&self, at: &TextDocumentPositionParams) -> Option<(RecordIx, String, gen_lsp_types::Range)> {
        let named = self.named(at)?;
        let id = self.site.model.record(named.at).id.to_owned();
        Some((named.at, id, self.locator().range(named.span.file, named.span.range)))
    }

    pub(super) fn inlay_hints(&self, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
        let file = self.file(&params.text_document.uri)?;
        let source = self.site.tree.file(file);
        let mut locator = self.locator();
        let wanted = locator.bytes(file, params.range);
        let dates = dates::dates(self.site, &source.path, &source.text, &wanted).into_iter();
        let hints = dates.map(|date| {
            // Behind the quotation mark, if there is one.
            let is_quoted = source.text[date.range.end..].starts_with(['"', '\'']);
            InlayHint {
                position: locator.position(file, date.range.end + usize::from(is_quoted)),
                label: Label::String(date.words),
                kind: None,
                text_edits: None,
                tooltip: None,
                padding_left: Some(true),
                padding_right: None,
                data: None,
            }
        });
        Some(hints.collect())
    }
}

/// What may be written in a document, whose text may be newer than the site.
pub(super) fn completion(
    site: ReadSite<'_>,
    path: &str,
    document: &Document,
    at: &TextDocumentPositionParams,
    encoding: Encoding,
) -> Option<CompletionResponse> {
    let byte = document.lines.byte(&document.text, at.position, encoding, 0);
    let offers = complete(site, path, &document.text, byte)?;
    // Whatever is behind the cursor belongs to the word, but a client wants the cursor inside of what is replaced.
    let start = offers.range.start.min(byte);
    let range = document.lines.range(&document.text, &(start..offers.range.end.max(byte)), encoding, 0);
    let typed = &document.text[start..byte];
    // The client is to ask again at each letter: the search knows better than the client which records fit.
    let has_records = offers.offers.iter().any(|offer| matches!(offer.kind, OfferKind::Record(_)));
    let items = offers.offers.into_iter().enumerate().map(|(number, offer)| item(number, offer, typed, range)).collect();
    Some(CompletionResponse::CompletionList(CompletionList {
        is_incomplete: has_records || !offers.is_complete,
        item_defaults: None,
        apply_kind: None,
        items,
    }))
}

fn item(number: usize, offer: Offer, typed: &str, range: gen_lsp_types::Range) -> CompletionItem {
    let kind = match offer.kind {
        OfferKind::Field => CompletionItemKind::Field,
        OfferKind::Word => CompletionItemKind::EnumMember,
        OfferKind::Record(RecordIx::Event(_)) => CompletionItemKind::Event,
        OfferKind::Record(RecordIx::Page(_)) | OfferKind::File => CompletionItemKind::File,
        OfferKind::Record(_) => CompletionItemKind::Reference,
        OfferKind::Heading => CompletionItemKind::Text,
    };
    // A client leaves out what doesn't look like what is typed. Records are found by their titles, too, and have been searched
    // already.
    let filter = match offer.kind {
        OfferKind::Record(_) => format!("{typed} {} {}", offer.name, offer.detail),
        _ => typed_filter(typed, &offer.name),
    };
    CompletionItem {
        label: offer.name,
        kind: Some(kind),
        detail: Some(offer.detail).filter(|detail| !detail.is_empty()),
        documentation: Some(offer.help).filter(|help| !help.is_empty()).map(Documentation::String),
        sort_text: Some(format!("{number:04}")),
        filter_text: Some(filter),
        text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit { range, new_text: offer.text })),
        ..CompletionItem::default()
    }
}

/// What a client compares with what is typed: a word in quotation marks is compared with them.
fn typed_filter(typed: &str, name: &str) -> String {
    match typed.chars().next() {
        Some(quote @ ('"' | '\'')) => format!("{quote}{name}{quote}"),
        _ => name.to_owned(),
    }
}
