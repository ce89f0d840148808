//! Sections, ordinary pages, the front page's content.

use serde::Serialize;

use super::chart::ChartView;
use super::citations::numbered::Numbering;
use super::claim::{ClaimLine, ClaimView};
use super::embed::EmbedView;
use super::html::{self, Part, Writer};
use super::map::MapView;
use super::mentions::MentionView;
use super::picture::{FigureView, GalleryView};
use super::record::FootView;
use super::standing::{NumberView, StandingView};
use super::timeline::{Anchors, IN_A_SECTION, TimelineView};
use super::{DateView, Head, LinkView, View};
use crate::config::direction_of;
use crate::date::Date;
use crate::model::{Destination, Link, PageIx, RecordIx, Role};
use crate::syntax::Record;
use crate::syntax::indices::BlockIx;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::page::{FrontMatter, Page};
use crate::syntax::text::Text;

/// A section or ordinary page.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct SectionPage<'m> {
    /// What the page says about itself.
    pub page: Head,
    /// The section.
    pub section: SectionView,
    /// Its text, in parts: HTML and blocks.
    pub body: Vec<BodyPart<'m>>,
    /// Its own timeline.
    pub timeline: TimelineView<'m>,
    /// Claims that name it.
    pub claims: Vec<ClaimLine>,
    /// Other pages and records that mention it.
    pub mentions: Vec<MentionView>,
    /// More mentions, if they fill more than a page.
    pub more_mentions: Option<LinkView>,
    /// The section before it.
    pub previous: Option<LinkView>,
    /// The section after it.
    pub next: Option<LinkView>,
    /// Note, updates and sources.
    pub foot: FootView,
}

/// A section or ordinary page.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct SectionView {
    /// Its title.
    pub title_html: String,
    /// What it says, in a sentence or a few, paragraph by paragraph.
    pub summary_html: Vec<String>,
    /// Its mark, as a class name: `s3`.
    pub mark: &'static str,
    /// The group that it belongs to.
    pub part: Option<String>,
    /// When it was first published.
    pub published: Option<DateView>,
    /// When it last changed, if that is later than its publication.
    pub updated: Option<DateView>,
    /// Its as-of day, unless it is one of those two days.
    pub as_of: Option<DateView>,
    /// Who wrote it, by name.
    pub authors: Vec<String>,
    /// The same in one line: “A, B and C”; may be empty.
    pub byline: String,
    /// The same with links to the pages of those who have one; absent if nobody has.
    pub byline_html: Option<String>,
    /// Topics.
    pub topics: Vec<String>,
    /// “3 of 4”: its place among the sections; absent on other pages, and if it is the only one.
    pub place: Option<String>,
    /// Where its story stands, in a sentence.
    pub now_html: Option<String>,
    /// Numbers that are news.
    pub numbers: Vec<NumberView>,
    /// Where the whole story stands, strand by strand.
    pub where_it_stands: Vec<StandingView>,
    /// The 30-second version.
    pub key_points_html: Vec<String>,
    /// “6-minute read”.
    pub reading_time: String,
    /// A hash of its words, for readers who come back; absent if that is turned off.
    pub state: Option<String>,
    /// Its headings.
    pub toc: Vec<TocEntry>,
}

/// The dates that a page shows.
struct Days {
    published: Option<DateView>,
    updated: Option<DateView>,
    as_of: Option<DateView>,
}

/// A heading.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct TocEntry {
    /// Its level, from 2.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// Its anchor.
    pub url: String,
}

/// A piece of a body.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum BodyPart<'m> {
    /// Finished HTML.
    Html {
        /// The HTML.
        html: String,
    },
    /// Events.
    Timeline {
        /// The timeline.
        timeline: TimelineView<'m>,
    },
    /// A claim.
    Claim {
        /// The claim.
        claim: Box<ClaimView>,
    },
    /// What is known and what is not.
    Known {
        /// The lists.
        known: KnownView,
    },
    /// A quotation.
    Quote {
        /// The quotation.
        quote: QuoteView,
    },
    /// A chart.
    Chart {
        /// The chart.
        chart: Box<ChartView>,
    },
    /// A picture.
    Figure {
        /// The picture.
        figure: Box<FigureView>,
    },
    /// Several pictures.
    Gallery {
        /// The pictures.
        gallery: Box<GalleryView>,
    },
    /// Something on another site.
    Embed {
        /// What it is.
        embed: Box<EmbedView>,
    },
    /// A map.
    Map {
        /// The map.
        map: Box<MapView>,
    },
}

/// What is known and what is not.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct KnownView {
    /// What is known.
    pub known_html: Vec<String>,
    /// What is unknown.
    pub unknown_html: Vec<String>,
    /// What is disputed.
    pub contested_html: Vec<String>,
    /// The day that this is accurate as of.
    pub as_of: Option<DateView>,
}

/// A quotation.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct QuoteView {
    /// The words, paragraph by paragraph.
    pub text_html: Vec<String>,
    /// Who said them.
    pub by_html: Option<String>,
    /// When.
    pub date: Option<DateView>,
    /// The language of the words, if it is not the page's.
    pub language: Option<String>,
    /// Which way they run: `ltr`, `rtl`, or `auto` if their language isn't known to differ from the page's.
    pub direction: &'static str,
    /// Citations.
    pub marks_html: String,
}

impl<'m> View<'m> {
    /// “6-minute read”.
    #[must_use]
    pub fn reading_time(&self, page: &Record<Page>) -> String {
        let length = page.body.as_ref().map(|body| body.length).unwrap_or_default();
        self.words.count("count.minutes", length.minutes())
    }

    /// A page in parts, with its sources numbered.
    pub fn section(&self, at: PageIx, numbering: &mut Numbering) -> (SectionView, Vec<BodyPart<'m>>) {
        let owner = RecordIx::Page(at);
        let item = self.reader.item(at);
        let record = &item.record;
        let front = &record.fields.front;
        let mut writer = Writer::page(self, owner, numbering);
        let summary_html = writer.maybe_paragraphs(front.summary.as_ref());
        let now_html = writer.maybe(front.now.as_ref());
        let numbers = front.numbers.iter().map(|number| NumberView::of(number, &mut writer)).collect();
        let where_it_stands =
            front.where_it_stands.iter().map(|standing| self.standing(item, standing, &mut writer)).collect();
        let key_points_html = front.key_points.iter().map(|point| writer.text(point)).collect();
        let parts = self.body(owner, numbering);
        let days = self.days(front);
        let signed = self.signed(at);
        let section = SectionView {
            title_html: self.record_title_html(owner),
            summary_html,
            mark: self.section_mark(at),
            part: self.reader.part(at).map(str::to_owned),
            published: days.published,
            updated: days.updated,
            as_of: days.as_of,
            authors: signed.iter().map(|by| self.name_of(*by).to_owned()).collect(),
            byline: self.byline_of(&signed),
            byline_html: self.linked_byline(&signed),
            topics: front.topics.iter().map(|topic| topic.value.clone()).collect(),
            place: self.place_of(at),
            now_html,
            numbers,
            where_it_stands,
            key_points_html,
            reading_time: self.reading_time(record),
            state: self.has_memory().then(|| match self.state {
                Some(known) => known.get_or_init(|| self.page_state(at)).clone(),
                None => self.page_state(at),
            }),
            toc: record
                .headings()
                .iter()
                .filter(|heading| heading.level <= 3)
                .map(|heading| TocEntry {
                    level: html::heading_level(heading.level),
                    text: heading.text.to_string(),
                    url: format!("#{}", heading.anchor),
                })
                .collect(),
        };
        (section, parts)
    }

    /// The longer text of a record in parts, its sources numbered; nothing if it has none.
    pub fn body(&self, owner: RecordIx, numbering: &mut Numbering) -> Vec<BodyPart<'m>> {
        let linked = self.reader.linked(owner);
        let Some(body) = linked.body else { return Vec::new() };
        self.pictures.prepare(linked.destinations.iter().filter_map(Destination::media));
        let parts = Writer::page(self, owner, numbering).body(body.markdown(linked.pieces));
        let parts = parts.into_iter().filter_map(|part| match part {
            Part::Html(html) => Some(BodyPart::Html { html }),
            Part::Block(index) => self.block(owner, &body.blocks[index], index, numbering),
        });
        parts.collect()
    }

    /// A section's place among the others.
    fn place_of(&self, at: PageIx) -> Option<String> {
        let (number, of) = (at.position() + 1, self.reader.sections());
        let is_one = self.reader.role(at) == Role::Section && of > 1;
        is_one.then(|| {
            let values = [("number", number.to_string()), ("count", of.to_string())];
            self.words.fill("phrase.place", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
        })
    }

    fn block(&self, owner: RecordIx, block: &'m Block, index: BlockIx, numbering: &mut Numbering) -> Option<BodyPart<'m>> {
        let linked = self.reader.linked(owner);
        match block {
            Block::Timeline(query) => {
                let (opens, events) = (query.opens.as_ref(), self.reader.block_events(owner, index)?);
                let timeline = self.timeline_opening(opens, events, IN_A_SECTION, None, Anchors::None);
                Some(BodyPart::Timeline { timeline })
            }
            Block::Claim(block) => match linked.targets[block.id.0] {
                Link::To(RecordIx::Claim(claim)) => {
                    let mut writer = Writer::guest(self, RecordIx::Claim(claim), owner, numbering);
                    Some(BodyPart::Claim { claim: Box::new(self.claim(claim, &mut writer, true)) })
                }
                _ => Some(BodyPart::Html { html: self.unresolved(&linked.pieces.pointers[block.id.0].id) }),
            },
            Block::Known(known) => {
                let mut writer = Writer::page(self, owner, numbering);
                let mut list = |texts: &[Text]| texts.iter().map(|text| writer.text(text)).collect();
                Some(BodyPart::Known {
                    known: KnownView {
                        known_html: list(&known.known),
                        unknown_html: list(&known.unknown),
                        contested_html: list(&known.contested),
                        as_of: known.as_of.as_ref().map(|date| self.date(&date.value)),
                    },
                })
            }
            Block::Chart(chart) => Some(match self.chart(owner, (index, chart), numbering) {
                Some(chart) => BodyPart::Chart { chart: Box::new(chart) },
                None => BodyPart::Html { html: self.unresolved_words("ui.chart-broken") },
            }),
            Block::Map(map) => Some(match self.map(owner, (index, map), numbering) {
                Some(map) => BodyPart::Map { map: Box::new(map) },
                None => BodyPart::Html { html: self.unresolved_words("ui.map-broken") },
            }),
            Block::Figure(figure) => {
                let figure = Writer::page(self, owner, numbering).figure(figure);
                Some(BodyPart::Figure { figure: Box::new(figure) })
            }
            Block::Gallery(gallery) => {
                let gallery = Writer::page(self, owner, numbering).gallery(gallery);
                Some(BodyPart::Gallery { gallery: Box::new(gallery) })
            }
            Block::Embed(embed) => {
                self.embed(owner, (index, embed), numbering).map(|embed| BodyPart::Embed { embed: Box::new(embed) })
            }
            Block::Quote(quote) => {
                let mut writer = Writer::page(self, owner, numbering);
                Some(BodyPart::Quote {
                    quote: QuoteView {
                        text_html: writer.paragraphs(&quote.text),
                        by_html: quote.by.as_ref().map(|by| writer.party(by)),
                        date: quote.on.as_ref().map(|date| self.date(&date.value)),
                        direction: quote.lang.as_ref().map_or("auto", |tag| direction_of(&tag.0.value).word()),
                        language: quote.lang.as_ref().map(|tag| tag.0.value.clone()).filter(|tag| tag != self.language()),
                        marks_html: writer.marks(&quote.sources),
                    },
                })
            }
        }
    }

    /// The dates of a page that readers see: each once, even if it is all three.
    fn days(&self, front: &FrontMatter) -> Days {
        let published = front.published.as_ref().map(|date| &date.value);
        let is_later = |date: &&Date| {
            published.is_none_or(|published| published.order_key(self.reader.zone()) < date.order_key(self.reader.zone()))
        };
        let updated = front.updated.as_ref().map(|date| &date.value).filter(is_later);
        let as_of = front
            .as_of
            .as_ref()
            .map(|day| day.value.clone())
            .or_else(|| self.config.as_of.as_ref().map(|day| day.value.into()));
        let as_of = as_of.filter(|day| Some(day) != published && Some(day) != updated);
        let shown = |date: Option<&Date>| date.map(|date| self.date(date));
        Days { published: shown(published), updated: shown(updated), as_of: shown(as_of.as_ref()) }
    }

    /// Stands in for a record where there is none.
    fn unresolved(&self, id: &str) -> String {
        let words = crate::base::escape::html_string(&self.words.fill("unresolved.record", &[("id", id)]));
        format!("<p class=\"unresolved\">{words}</p>\n")
    }

    /// Words that stand where something can't be shown.
    fn unresolved_words(&self, key: &str) -> String {
        format!("<p class=\"unresolved\">{}</p>\n", crate::base::escape::html_string(self.words.get(key)))
    }

    /// The timeline of a section or an ordinary page.
    fn own_timeline(&self, at: PageIx) -> TimelineView<'m> {
        let owner = RecordIx::Page(at);
        let opens = self.reader.item(at).record.fields.front.timeline.opens();
        let events = self.reader.timeline(owner);
        let timeline = self.timeline_opening(opens, events, IN_A_SECTION, Some(at), Anchors::Events);
        // The filter of the site's timeline knows a section by what it tells.
        let is_choice =
            self.reader.role(at) == Role::Section && self.can_filter_sections() && events == self.reader.tells(at);
        let filter_url = is_choice.then(|| format!("{}?section={}", timeline.url, self.reader.id(at)));
        TimelineView { filter_url, ..timeline }
    }

    /// The page of a section, or an ordinary page.
    #[must_use]
    pub fn section_page(&self, at: PageIx) -> SectionPage<'m> {
        let owner = RecordIx::Page(at);
        let role = self.reader.role(at);
        let front = &self.reader.item(at).record.fields.front;
        let mut numbering = Numbering::default();
        let (section, body) = self.section(at, &mut numbering);
        let foot = self.foot(owner, &front.common, &mut numbering);
        let path = self.reader.page_path(at);
        let kind = if role == Role::Section { "section" } else { "page" };
        let description = self.plain_text(owner, front.summary.as_ref());
        let mut head = self.record_head(kind, owner, description, path);
        if let Some(day) = &front.as_of {
            head.as_of = Some(self.date_text(&day.value));
            head.age = self.age(&day.value);
        }
        let (previous, next) = self.reader.neighbors(owner);
        SectionPage {
            page: head,
            section,
            body,
            timeline: self.own_timeline(at),
            claims: self.claim_lines(owner),
            mentions: self.first_mentions(owner),
            more_mentions: self.more_mentions(owner, path),
            previous: previous.map(|at| self.record_link(at)),
            next: next.map(|at| self.record_link(at)),
            foot,
        }
    }
}
