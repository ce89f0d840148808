//! The pages of those who write for the site.

use serde::Serialize;

use super::citations::numbered::Numbering;
use super::html::Writer;
use super::page::BodyPart;
use super::record::FootView;
use super::{DateView, Head, PagingView, View, paged_path};
use crate::base::paging;
use crate::model::{AuthorIx, PageIx, RecordIx};
use crate::syntax::kinds::author::Contact;

/// An author's own page.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct AuthorPage<'m> {
    /// What the page says of itself.
    pub page: Head,
    /// The author.
    pub author: AuthorView,
    /// The longer text, in parts: HTML and blocks. Empty unless the author is a Markdown file, and on all pages but the first.
    pub body: Vec<BodyPart<'m>>,
    /// What they wrote, the newest first.
    pub wrote: Vec<WrittenView>,
    /// This page among its sisters, if what they wrote fills more than one. The first has all the rest as well.
    pub paging: PagingView,
    /// Note, updates and sources.
    pub foot: FootView,
}

/// An author.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct AuthorView {
    /// The name.
    pub name_html: String,
    /// The job.
    pub role_html: Option<String>,
    /// Who that is, paragraph by paragraph.
    pub bio_html: Vec<String>,
    /// How readers reach the author.
    pub contact: Option<ContactView>,
    /// Subjects that the author knows well.
    pub expertise: Vec<String>,
    /// What readers should know of the author's ties to the story, paragraph by paragraph.
    pub disclosure_html: Vec<String>,
    /// The same person elsewhere.
    pub same_as: Vec<String>,
}

/// How somebody is reached.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ContactView {
    /// The address as people read it.
    pub text: String,
    /// The same as a link's.
    pub url: String,
}

/// Something that an author wrote.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct WrittenView {
    /// Its title.
    pub title_html: String,
    /// Its address.
    pub url: String,
    /// Section or page, in a word.
    pub kind: String,
    /// When it was published, or else changed.
    pub date: Option<DateView>,
    /// What it says, in a sentence.
    pub summary: String,
}

impl<'m> View<'m> {
    /// Page `number` of an author's own; the first one says who that is.
    #[must_use]
    pub fn author_page(&self, at: AuthorIx, number: usize) -> AuthorPage<'m> {
        let owner = RecordIx::Author(at);
        let wrote = self.reader.wrote(at);
        let path = self.reader.path_of(owner);
        let slice = &wrote[paging::slice(number, wrote.len())];
        let first = number == 1;
        let fields = &self.reader.item(at).record.fields;
        let mut numbering = Numbering::default();
        let mut writer = Writer::page(self, owner, &mut numbering);
        let author = AuthorView {
            name_html: self.record_title_html(owner),
            // What it cites is among the sources of the first page.
            role_html: writer.maybe(fields.role.as_ref().filter(|_| first)),
            bio_html: if first { writer.maybe_paragraphs(fields.bio.as_ref()) } else { Vec::new() },
            contact: fields.contact.as_ref().filter(|_| first).map(contact),
            expertise: fields.expertise.iter().filter(|_| first).map(|subject| subject.value.clone()).collect(),
            disclosure_html: if first { writer.maybe_paragraphs(fields.disclosure.as_ref()) } else { Vec::new() },
            same_as: fields.same_as.iter().filter(|_| first).map(|address| address.0.value.clone()).collect(),
        };
        let body = if first { self.body(owner, &mut numbering) } else { Vec::new() };
        let foot = if first { self.foot(owner, &fields.common, &mut numbering) } else { FootView::default() };
        let about = fields.bio.as_ref().or(fields.role.as_ref());
        let page = if first {
            self.record_head("author", owner, self.plain_text(owner, about), &path)
        } else {
            let title = self.record_title(owner);
            let description = self.about_list(&title);
            let withheld = self.withheld_note(owner);
            Head { withheld, ..self.head("author", title, description, &paged_path(&path, number)) }
        };
        AuthorPage {
            page,
            author,
            body,
            wrote: slice.iter().map(|at| self.written(*at)).collect(),
            paging: self.paging(&path, number, wrote.len()),
            foot,
        }
    }

    fn written(&self, at: PageIx) -> WrittenView {
        let owner = RecordIx::Page(at);
        let front = &self.reader.item(at).record.fields.front;
        let link = self.record_link(owner);
        WrittenView {
            title_html: link.title_html,
            url: link.url,
            kind: self.record_kind(owner),
            date: front.published.as_ref().or(front.updated.as_ref()).map(|date| self.date(&date.value)),
            summary: self.plain_text(owner, front.summary.as_ref()),
        }
    }
}

fn contact(contact: &Contact) -> ContactView {
    let url = contact.0.value.clone();
    ContactView { text: contact.mail().map_or_else(|| url.clone(), str::to_owned), url }
}
