//! Events: their entries in timelines, and their own pages.

use std::borrow::Cow;

use serde::Serialize;

use super::citations::numbered::Numbering;
use super::html::Writer;
use super::map::LocatorView;
use super::mentions::{AppearsView, MentionView};
use super::page::BodyPart;
use super::record::{AssertionView, FootView, StepView};
use super::section_marks::EventLink;
use super::{DateView, Head, LinkView, View};
use crate::base::paging;
use crate::model::{EventIx, Link, RecordIx};
use crate::syntax::kinds::common::EventRef;
use crate::syntax::kinds::event::{EventStatus, Later};

/// An event in a timeline, for `components/event_entry.html`.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct EventEntryView {
    /// Its page.
    pub url: String,
    /// Its headline.
    pub title_html: String,
    /// When it happened.
    pub date: DateView,
    /// The same without the year, where no other year is meant than that of the heading above: “April 14”.
    pub date_below_year_html: String,
    /// What was known at the time.
    pub summary_html: Option<String>,
    /// The latest of what happened next, without citations.
    pub latest: Option<StepView>,
    /// `major` or `minor`.
    pub significance: &'static str,
    /// Its status as authors type it.
    pub status: &'static str,
    /// Its status in words; absent if it is confirmed.
    pub status_word: Option<String>,
    /// What each side says, if they disagree.
    pub accounts: Vec<AssertionView>,
    /// Its sources in words: “Associated Press, CNN”.
    pub sources: String,
    /// Where it is mentioned.
    pub appears: AppearsView,
}

/// An event's own page.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct EventPage<'m> {
    /// What the page says about itself.
    pub page: Head,
    /// The event.
    pub event: EventView,
    /// Its longer text, in parts: HTML and blocks. Empty unless the event is a Markdown file.
    pub body: Vec<BodyPart<'m>>,
}

/// An event.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct EventView {
    /// Its headline.
    pub title_html: String,
    /// When it happened.
    pub date: DateView,
    /// What was known at the time, paragraph by paragraph.
    pub summary_html: Vec<String>,
    /// Citations of the event as a whole.
    pub marks_html: String,
    /// `major` or `minor`.
    pub significance: &'static str,
    /// Its status as authors type it.
    pub status: &'static str,
    /// Its status in words; absent if it is confirmed.
    pub status_word: Option<String>,
    /// What each side says, if they disagree.
    pub accounts: Vec<AssertionView>,
    /// What happened next; oldest first.
    pub later: Vec<StepView>,
    /// Where it happened.
    pub place: Option<LinkView>,
    /// A map of that, if the site has small maps on pages.
    pub locator: Option<LocatorView>,
    /// The people, organizations and other entities that take part.
    pub entities: Vec<LinkView>,
    /// Claims that it relates to.
    pub claims: Vec<super::claim::ClaimLine>,
    /// Sections that tell it.
    pub sections: Vec<LinkView>,
    /// Topics.
    pub topics: Vec<String>,
    /// Its mark on a compact timeline, as class names: `major s3 soft open`.
    pub mark: String,
    /// Events that it follows.
    pub after: Vec<EventLink>,
    /// Events that caused it.
    pub caused_by: Vec<EventLink>,
    /// Events that it caused.
    pub effects: Vec<EventLink>,
    /// A picture.
    pub picture: Option<super::picture::PictureView>,
    /// The event before it in time.
    pub previous: Option<EventLink>,
    /// The event after it in time.
    pub next: Option<EventLink>,
    /// Every timeline that shows it, with its place there.
    pub timelines: Vec<LinkView>,
    /// Where it is mentioned.
    pub mentions: Vec<MentionView>,
    /// More mentions, if they fill more than a page.
    pub more_mentions: Option<LinkView>,
    /// Note, updates and sources.
    pub foot: FootView,
}

impl<'m> View<'m> {
    /// An event's entry in timelines.
    #[must_use]
    pub fn event_entry(&self, at: EventIx) -> EventEntryView {
        let item = self.reader.item(at);
        let fields = &item.record.fields;
        let mut writer = Writer::fragment(self, item.linked());
        EventEntryView {
            url: self.reader.record_address(RecordIx::Event(at)),
            title_html: self.shown_title_html(RecordIx::Event(at)),
            date: self.date(self.reader.date(at)),
            date_below_year_html: self.date_below_year(self.reader.date(at)),
            summary_html: writer.maybe(fields.summary.as_ref()),
            latest: self.reader.latest(&fields.later).map(|later| self.later_step(later, &mut writer)),
            significance: fields.significance.word(),
            status: fields.status.word(),
            status_word: self.event_status(fields.status),
            accounts: fields.accounts.iter().map(|account| self.assertion(account, &mut writer)).collect(),
            sources: self.source_names(&item.cited),
            appears: self.appears(at.into()),
        }
    }

    fn event_status(&self, status: EventStatus) -> Option<String> {
        (status != EventStatus::Confirmed).then(|| self.word("event-status", status.word()))
    }

    /// The names of some sources, each once.
    #[must_use]
    pub fn source_names(&self, cited: &[Link]) -> String {
        let mut names: Vec<Cow<'_, str>> = Vec::new();
        for source in cited {
            if let Link::To(RecordIx::Source(source)) = source {
                let name = self.shown_source_name(*source);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names.iter().map(|name| self.isolated(name)).collect::<Vec<_>>().join(self.words.get("ui.comma"))
    }

    /// An event's own page.
    #[must_use]
    pub fn event_page(&self, at: EventIx) -> EventPage<'m> {
        let owner = RecordIx::Event(at);
        let item = self.reader.item(at);
        let fields = &item.record.fields;
        let mut numbering = Numbering::default();
        let mut writer = Writer::page(self, owner, &mut numbering);
        let summary_html = writer.maybe_paragraphs(fields.summary.as_ref());
        let marks_html = writer.unnumbered_marks(&fields.common.sources);
        let body = self.body(owner, &mut numbering);
        let mut writer = Writer::page(self, owner, &mut numbering);
        let accounts = fields.accounts.iter().map(|account| self.assertion(account, &mut writer)).collect();
        let later = self.later(&fields.later, &mut writer);
        let picture = fields.media.as_deref().map(|media| writer.picture(media));
        let links = |refs: &[EventRef]| {
            let event = |event: &EventRef| match item.targets[event.0] {
                Link::To(RecordIx::Event(at)) => Some(self.event_link(at)),
                _ => None,
            };
            refs.iter().filter_map(event).collect()
        };
        let foot = self.foot(owner, &fields.common, &mut numbering);
        let path = self.reader.path_of(at.into());
        let description = self.plain_text(owner, fields.summary.as_ref());
        let (previous, next) = self.reader.neighbors(owner);
        let view = EventView {
            title_html: self.record_title_html(owner),
            date: self.date(self.reader.date(at)),
            summary_html,
            marks_html,
            significance: fields.significance.word(),
            status: fields.status.word(),
            status_word: self.event_status(fields.status),
            accounts,
            later,
            place: fields.place.map(|place| self.link(item.targets[place.0])),
            locator: fields.place.and_then(|place| self.locator(item.targets[place.0].record()?.entity()?)),
            entities: fields.entities.iter().map(|entity| self.link(item.targets[entity.0])).collect(),
            claims: fields.claims.iter().filter_map(|claim| self.claim_line(item.targets[claim.0])).collect(),
            sections: self.reader.sections_of(at).iter().map(|page| self.link(Link::To(RecordIx::Page(*page)))).collect(),
            topics: fields.topics.iter().map(|topic| topic.value.clone()).collect(),
            mark: self.event_mark(at).to_owned(),
            after: links(&fields.after),
            caused_by: links(&fields.caused_by),
            effects: self.reader.effects(at).iter().take(paging::PER_PAGE).map(|event| self.event_link(*event)).collect(),
            picture,
            previous: previous.and_then(RecordIx::event).map(|at| self.event_link(at)),
            next: next.and_then(RecordIx::event).map(|at| self.event_link(at)),
            timelines: self.timelines_of(at),
            mentions: self.first_mentions(owner),
            more_mentions: self.more_mentions(owner, &path),
            foot,
        };
        EventPage { page: self.record_head("event", owner, description, &path), event: view, body }
    }

    /// What came of an event, oldest first.
    fn later(&self, later: &'m [Later], writer: &mut Writer<'_, 'm>) -> Vec<StepView> {
        self.reader.oldest_first(later).into_iter().map(|later| self.later_step(later, writer)).collect()
    }

    fn later_step(&self, later: &'m Later, writer: &mut Writer<'_, 'm>) -> StepView {
        StepView {
            date: self.date_text(&later.date.value),
            status: None,
            status_id: None,
            text_html: Some(writer.text(&later.text)),
            marks_html: writer.marks(&later.sources),
        }
    }

    /// A text's words without markup, or nothing.
    #[must_use]
    pub fn plain_text(&self, owner: RecordIx, text: Option<&crate::syntax::text::Text>) -> String {
        let mut out = String::new();
        if let Some(text) = text {
            let linked = self.reader.linked(owner);
            super::plain_text::plain(&mut out, self, linked, linked.text(text, self.language()));
        }
        out
    }
}
