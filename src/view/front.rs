//! The front page.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::marks::EventLink;
use super::numbering::Numbering;
use super::page::{BodyPart, SectionView};
use super::record::FootView;
use super::timeline::TimelineView;
use super::{DateView, Head, LinkView, View};
use crate::base::escape;
use crate::model::{EventIx, Owner, PageIx, address};
use crate::syntax::event::EventStatus;
use crate::syntax::source::SourceKind;

use super::lists::{ChangeView, EntityLine, SECTIONS_SHOWN, SectionLine};

/// How many events the front page's short timeline shows at most: the latest major ones.
const SHORT_TIMELINE: usize = 40;

/// How many entities the front page introduces.
const TO_KNOW: usize = 12;

/// How many changes the front page shows.
const LATEST: usize = 5;

/// The front page.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct FrontPage<'m> {
    /// What the page says of itself.
    pub page: Head,
    /// Its words, if the site has any.
    pub section: Option<SectionView>,
    /// Its text, in parts.
    pub body: Vec<BodyPart<'m>>,
    /// When anything was last changed.
    pub updated: Option<DateView>,
    /// The latest major events.
    pub timeline: TimelineView<'m>,
    /// Sections in reading order.
    pub sections: Vec<SectionLine>,
    /// All sections, if there are more.
    pub more_sections: Option<LinkView>,
    /// Events that are announced.
    pub scheduled: Vec<EventLink>,
    /// Those that the site speaks of most.
    pub to_know: Vec<EntityLine>,
    /// The latest updates and corrections.
    pub changes: Vec<ChangeView>,
    /// Sources counted by kind: “12 news reports”.
    pub sources_by_kind: Vec<KindCount>,
    /// Note, updates and sources.
    pub foot: Option<FootView>,
}

/// How many sources there are of one kind.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct KindCount {
    /// The kind, in words.
    pub kind: String,
    /// How many.
    pub count: usize,
}

impl<'m> View<'m> {
    /// The front page.
    #[must_use]
    pub fn front_page(&self) -> FrontPage<'m> {
        let model = self.model;
        let mut numbering = Numbering::default();
        let front = model.front();
        let (section, body) = match front {
            Some((at, _)) => {
                let (section, body) = self.section(at, &mut numbering);
                (Some(section), body)
            }
            None => (None, Vec::new()),
        };
        let foot = front.map(|(at, page)| self.foot(Owner::Page(at), &page.item.record.fields.front.common, &mut numbering));
        let majors: Vec<EventIx> =
            (0..model.events.len() as u32).map(EventIx).filter(|at| model.events[at.at()].is_major()).collect();
        let is_scheduled = |at: &EventIx| model.events[at.at()].item.record.fields.status == EventStatus::Scheduled;
        let more = model.sections > SECTIONS_SHOWN;
        let title = match front {
            Some((at, page)) if page.item.record.fields.front.title.is_some() => self.owner_title(Owner::Page(at)),
            _ => self.config.first().title.clone(),
        };
        FrontPage {
            page: Head {
                withheld: front.and_then(|(at, _)| self.withheld_note(Owner::Page(at))),
                ..self.head("index", title, self.config.first().description.clone(), "")
            },
            section,
            body,
            updated: self.last_updated(),
            timeline: self.timeline(&majors[majors.len().saturating_sub(SHORT_TIMELINE)..], SHORT_TIMELINE, None, true),
            sections: (0..model.sections.min(SECTIONS_SHOWN)).map(|at| self.section_line(PageIx(at as u32))).collect(),
            more_sections: more.then(|| LinkView {
                title_html: escape::html_string(self.words.get("ui.all-sections")),
                url: address::folder("sections"),
            }),
            scheduled: (0..model.events.len() as u32)
                .map(EventIx)
                .filter(is_scheduled)
                .take(SECTIONS_SHOWN)
                .map(|at| self.event_link(at))
                .collect(),
            to_know: self.most_spoken_of(),
            changes: self.changes(0..LATEST),
            sources_by_kind: self.sources_by_kind(),
            foot,
        }
    }

    /// When anything was last changed.
    fn last_updated(&self) -> Option<DateView> {
        let dates = self.model.pages.iter().filter_map(|page| {
            let front = &page.item.record.fields.front;
            front.updated.as_ref().or(front.published.as_ref())
        });
        dates.max_by_key(|date| date.value.order_key()).map(|date| self.date(&date.value))
    }

    /// Those that the site speaks of most: by events and mentions.
    fn most_spoken_of(&self) -> Vec<EntityLine> {
        let entities = &self.model.entities;
        let mut order: Vec<u32> = (0..entities.len() as u32).collect();
        let weight = |at: &u32| {
            let entity = &entities[*at as usize];
            entity.timeline.len() + entity.item.mentions.len()
        };
        order.sort_by_key(|at| (Reverse(weight(at)), *at));
        let worth = order.into_iter().filter(|at| weight(at) > 0).take(TO_KNOW);
        worth.map(|at| self.entity_line(crate::model::EntityIx(at))).collect()
    }

    pub(super) fn sources_by_kind(&self) -> Vec<KindCount> {
        let mut counts: BTreeMap<SourceKind, usize> = BTreeMap::new();
        for source in &self.model.sources {
            if let Some(kind) = source.item.record.fields.kind {
                *counts.entry(kind).or_default() += 1;
            }
        }
        let mut out: Vec<_> = counts.into_iter().collect();
        out.sort_by_key(|(kind, count)| (Reverse(*count), *kind));
        out.into_iter()
            .map(|(kind, count)| {
                let table = if count == 1 { "source-kind" } else { "source-kinds" };
                KindCount { kind: self.word(table, kind.word()), count }
            })
            .collect()
    }
}
