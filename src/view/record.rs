//! What the pages of all records have in common.

use serde::Serialize;

use super::citations::numbered::{Numbering, SourceEntryView};
use super::html::Writer;
use super::{DateText, View};
use crate::model::RecordIx;
use crate::syntax::kinds::common::{Assertion, Common, Update};
use crate::syntax::text::Party;

/// Where a record's page has its updates and corrections.
pub const UPDATES: &str = "#page--updates";

/// The end of every record's page.
#[derive(Debug, Default, Serialize, schemars::JsonSchema)]
pub struct FootView {
    /// A public note, paragraph by paragraph.
    pub note_html: Vec<String>,
    /// Updates and corrections, newest first.
    pub updates: Vec<UpdateView>,
    /// Citations of the record as a whole, for sources that no sentence above cites.
    pub marks_html: String,
    /// Sources that the page cites, in order of first citation.
    pub sources: Vec<SourceEntryView>,
}

/// An update or correction.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct UpdateView {
    /// When.
    pub date: DateText,
    /// Update, correction or clarification, in a word.
    pub kind: String,
    /// What changed.
    pub text_html: String,
}

/// Someone who says something.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct AssertionView {
    /// Who, with a link if it is an entity.
    pub by_html: String,
    /// What they say; completes “by …”.
    pub says_html: Option<String>,
    /// When.
    pub date: Option<DateText>,
    /// Citations.
    pub marks_html: String,
}

/// Something that happened to a record: a step in its status, a later development.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct StepView {
    /// When.
    pub date: DateText,
    /// A word for the status then, if the record has such words.
    pub status: Option<String>,
    /// That word as authors type it, for class names.
    pub status_id: Option<&'static str>,
    /// What happened.
    pub text_html: Option<String>,
    /// Citations.
    pub marks_html: String,
}

impl<'m> View<'m> {
    /// The end of a record's page. It is called last, when everything above it has been numbered.
    pub fn foot(&self, owner: RecordIx, common: &'m Common, numbering: &mut Numbering) -> FootView {
        let mut writer = Writer::page(self, owner, numbering);
        let note_html = writer.maybe_paragraphs(common.note.as_ref());
        let newest = self.reader.newest_first(&common.updates).into_iter();
        let updates = newest.map(|update| self.update(update, &mut writer)).collect();
        // The record's sources that no sentence cites come after those that one does.
        let marks_html = writer.unnumbered_marks(&common.sources);
        FootView { note_html, updates, marks_html, sources: numbering.entries(self) }
    }

    /// An update or correction.
    pub fn update(&self, update: &'m Update, writer: &mut Writer<'_, 'm>) -> UpdateView {
        UpdateView {
            date: self.date_text(&update.date.value),
            kind: self.word("update", update.kind.word()),
            text_html: writer.text(&update.text),
        }
    }

    /// Someone who says something.
    pub fn assertion(&self, assertion: &Assertion, writer: &mut Writer<'_, 'm>) -> AssertionView {
        AssertionView {
            by_html: writer.party(&assertion.by),
            says_html: writer.maybe(assertion.says.as_ref()),
            date: assertion.date.as_ref().map(|date| self.date_text(&date.value)),
            marks_html: writer.marks(&assertion.sources),
        }
    }
}

impl Writer<'_, '_> {
    /// Someone, by name and link or in words.
    pub fn party(&mut self, party: &Party) -> String {
        match party.pointer.and_then(|index| self.party_link(index)) {
            Some(link) => link,
            None => self.text(&party.text),
        }
    }
}
