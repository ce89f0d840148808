//! What a preview shows but no build publishes: drafts and embargoed records.
//!
//! Whatever shows such a record says so. The note comes after its title, or after an author's words for it, and is part
//! of the HTML, so that templates don't have to handle it. The number of a citation has no room for a word; there the
//! link gets the class `withheld` and a note for screen readers.

use std::borrow::Cow;

use super::View;
use crate::base::escape;
use crate::model::{RecordIx, SourceIx, Withheld};

impl<'m> View<'m> {
    /// Why no build publishes this record, which is shown.
    #[must_use]
    pub fn withheld(&self, owner: RecordIx) -> Option<Withheld> {
        self.reader.withheld(owner)
    }

    /// The same in a sentence, for the record's own page.
    #[must_use]
    pub fn withheld_note(&self, owner: RecordIx) -> Option<String> {
        self.withheld(owner).map(|why| self.word("withheld", why.word()))
    }

    /// Appends a word to HTML that shows a record, if the record is withheld.
    pub fn mark_withheld(&self, html: &mut String, owner: RecordIx) {
        if let Some(why) = self.withheld(owner) {
            html.push_str(" <span class=\"withheld\">");
            escape::html(html, self.words.get(&format!("withheld-mark.{}", why.word())));
            html.push_str("</span>");
        }
    }

    /// Begins a link to a record within a text.
    pub fn open_link(&self, html: &mut String, owner: RecordIx) {
        html.push_str(if self.withheld(owner).is_some() { "<a class=\"withheld\" " } else { "<a " });
    }

    /// Ends a link to a record within a text, with the author's words as its text.
    pub fn close_link(&self, html: &mut String, owner: RecordIx) {
        self.mark_withheld(html, owner);
        html.push_str("</a>");
    }

    /// The title of a record as others show it, as HTML without links.
    #[must_use]
    pub fn shown_title_html(&self, owner: RecordIx) -> String {
        let mut html = self.record_title_html(owner);
        self.mark_withheld(&mut html, owner);
        html
    }

    /// A source's entry as others show it.
    #[must_use]
    pub fn shown_entry_html(&self, at: SourceIx) -> String {
        let mut html = self.source_text(at).entry.clone();
        self.mark_withheld(&mut html, RecordIx::Source(at));
        html
    }

    /// A source's name as others show it, plain.
    #[must_use]
    pub fn shown_source_name(&self, at: SourceIx) -> Cow<'m, str> {
        let name = self.source_text(at).name.as_str();
        match self.withheld(RecordIx::Source(at)) {
            Some(why) => Cow::Owned(self.words.fill(&format!("withheld-name.{}", why.word()), &[("name", name)])),
            None => Cow::Borrowed(name),
        }
    }
}
