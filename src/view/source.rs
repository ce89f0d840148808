//! The pages of sources: what each one is, and what cites it.

use serde::Serialize;

use super::citations::numbered::Numbering;
use super::html::Writer;
use super::mentions::MentionView;
use super::outlets::OutletView;
use super::page::BodyPart;
use super::record::FootView;
use super::{DateView, Head, LinkView, View};
use crate::model::{RecordIx, SourceIx};
use crate::syntax::kinds::source::{Access, TitleIs};

/// A source's own page.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct SourcePage<'m> {
    /// What the page says about itself.
    pub page: Head,
    /// The source.
    pub source: SourceView,
    /// Its longer text, in parts: HTML and blocks. Empty unless the source is a Markdown file.
    pub body: Vec<BodyPart<'m>>,
    /// What cites it.
    pub uses: Vec<MentionView>,
    /// More uses, if they fill more than a page.
    pub more_uses: Option<LinkView>,
    /// Other pieces of its outlet; absent if there are none.
    pub outlet: Option<OutletView>,
    /// Note, updates, and sources of the source.
    pub foot: FootView,
}

/// A source.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct SourceView {
    /// Its key in the bibliography.
    pub key: String,
    /// Its title.
    pub title_html: String,
    /// Whether the title is the publisher's own.
    pub is_headline: bool,
    /// Its entry in the site's citation style.
    pub entry_html: String,
    /// What kind of source it is, in words.
    pub kind_word: Option<String>,
    /// Who wrote it, in one line; may be empty.
    pub byline: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Whose copy was read.
    pub via: Option<String>,
    /// When it was published.
    pub date: Option<DateView>,
    /// Where to read it.
    pub url: Option<String>,
    /// An archived copy.
    pub archive_url: Option<String>,
    /// Whether it is free to read.
    pub paywall: bool,
    /// The words that the site relies on.
    pub quote_html: Option<String>,
}

impl<'m> View<'m> {
    /// A source's own page.
    #[must_use]
    pub fn source_page(&self, at: SourceIx) -> SourcePage<'m> {
        let owner = RecordIx::Source(at);
        let item = self.reader.item(at);
        let fields = &item.record.fields;
        let mut numbering = Numbering::default();
        let mut writer = Writer::page(self, owner, &mut numbering);
        let quote_html = writer.maybe(fields.quote.as_ref());
        let text =
            |text: Option<&crate::syntax::text::Text>| Some(self.plain_text(owner, text)).filter(|text| !text.is_empty());
        let view = SourceView {
            key: item.id().to_owned(),
            title_html: self.record_title_html(owner),
            is_headline: fields.title_is != Some(TitleIs::Description),
            entry_html: self.source_text(at).entry.clone(),
            kind_word: fields.kind.map(|kind| self.word("source-kind", kind.word())),
            byline: self.byline(&fields.author.0),
            publisher: text(fields.publisher.0.as_ref()),
            via: text(fields.via.as_ref()),
            date: fields.date.as_ref().map(|date| self.date(&date.value)),
            url: fields.url.as_ref().map(|url| url.value.0.value.clone()),
            archive_url: fields.archive_url.as_ref().map(|url| url.0.value.clone()),
            paywall: fields.access == Some(Access::Paywall),
            quote_html,
        };
        let body = self.body(owner, &mut numbering);
        let foot = self.foot(owner, &fields.common, &mut numbering);
        let path = self.reader.path_of(at.into());
        let description = view.publisher.clone().unwrap_or_default();
        SourcePage {
            page: self.record_head("source", owner, description, &path),
            source: view,
            body,
            uses: self.first_mentions(owner),
            more_uses: self.more_mentions(owner, &path),
            outlet: self.more_of_outlet(at),
            foot,
        }
    }
}
