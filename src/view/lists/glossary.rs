//! The glossary.

use serde::Serialize;

use crate::model::read::RecordKind;
use crate::model::{RecordIx, TermIx};
use crate::view::html::Writer;
use crate::view::mentions::AppearsView;
use crate::view::{Head, View};

/// The glossary.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct GlossaryPage {
    /// What the page says about itself.
    pub page: Head,
    /// The terms, by name.
    pub terms: Vec<TermView>,
}

/// A term.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct TermView {
    /// Its id, which is its anchor.
    pub id: String,
    /// The term itself.
    pub term_html: String,
    /// What it means, paragraph by paragraph.
    pub definition_html: Vec<String>,
    /// Its longer text, as HTML; absent unless the term is a Markdown file.
    pub text_html: Option<String>,
    /// A public note, paragraph by paragraph.
    pub note_html: Vec<String>,
    /// Its sources in words.
    pub sources: String,
    /// Where it is mentioned.
    pub appears: AppearsView,
}

impl View<'_> {
    /// The glossary, by term. It is one page however long it gets, because its addresses are anchors.
    #[must_use]
    pub fn glossary_page(&self) -> GlossaryPage {
        let term = |at: TermIx| {
            let item = self.reader.item(at);
            let mut writer = Writer::fragment(self, item.linked());
            TermView {
                id: item.id().to_owned(),
                term_html: self.shown_title_html(RecordIx::Term(at)),
                definition_html: writer.paragraphs(&item.record.fields.definition),
                text_html: item.linked().body.map(|body| writer.whole_body(body.markdown(&item.record.pieces))),
                note_html: writer.maybe_paragraphs(item.record.fields.common.note.as_ref()),
                sources: self.source_names(&item.cited),
                appears: self.appears(at.into()),
            }
        };
        let terms = self.order(RecordKind::Term).iter().map(|at| term(TermIx(*at))).collect();
        GlossaryPage { page: self.list_head("glossary", "ui.glossary", "glossary", 1), terms }
    }
}
