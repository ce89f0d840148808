//! The front page.

use std::cmp::Reverse;

use serde::Serialize;

use super::citations::numbered::Numbering;
use super::page::{BodyPart, SectionView};
use super::record::FootView;
use super::section_marks::EventLink;
use super::strip::StripView;
use super::timeline::{Anchors, TimelineView};
use super::{DateView, Head, LinkView, View};
use crate::base::escape;
use crate::date::Date;
use crate::model::read::RecordKind;
use crate::model::{EntityIx, Role};
use crate::model::{EventIx, PageIx, RecordIx, address};
use crate::syntax::kinds::event::EventStatus;

use super::lists::{ChangeView, EntityLine, KindCount, SECTIONS_SHOWN, SectionLine};

/// How many events the front page's short timeline shows: the latest major ones.
const SHORT_TIMELINE: usize = 6;

/// How many entities the front page introduces.
const TO_KNOW: usize = 6;

/// How many changes the front page shows.
const LATEST: usize = 5;

/// The front page.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct FrontPage<'m> {
    /// What the page says about itself.
    pub page: Head,
    /// Its content, if the site has any.
    pub section: Option<SectionView>,
    /// Its text, in parts.
    pub body: Vec<BodyPart<'m>>,
    /// When anything last changed.
    pub updated: Option<DateView>,
    /// All events, month by month; absent if they are few.
    pub strip: Option<StripView>,
    /// The latest major events, newest first.
    pub timeline: TimelineView<'m>,
    /// Sections in reading order.
    pub sections: Vec<SectionLine>,
    /// All sections, if there are more.
    pub more_sections: Option<LinkView>,
    /// Events that are announced.
    pub scheduled: Vec<EventLink>,
    /// The entities that the site mentions most.
    pub to_know: Vec<EntityLine>,
    /// The latest updates and corrections.
    pub changes: Vec<ChangeView>,
    /// Sources counted by kind: “12 news reports”.
    pub sources_by_kind: Vec<KindCount>,
    /// Note, updates and sources.
    pub foot: Option<FootView>,
}

impl<'m> View<'m> {
    /// The front page.
    #[must_use]
    pub fn front_page(&self) -> FrontPage<'m> {
        let reader = self.reader;
        let mut numbering = Numbering::default();
        let front = reader.page_of_role(Role::Front);
        let (section, body) = match front {
            Some(at) => {
                let (section, body) = self.section(at, &mut numbering);
                (Some(section), body)
            }
            None => (None, Vec::new()),
        };
        let foot = front.map(|at| self.foot(at.into(), reader.common(at.into()), &mut numbering));
        let majors: Vec<EventIx> =
            EventIx::first(reader.count(RecordKind::Event)).filter(|at| reader.is_major(*at)).collect();
        let is_scheduled = |at: &EventIx| reader.item(*at).record.fields.status == EventStatus::Scheduled;
        let more = reader.sections() > SECTIONS_SHOWN;
        let title = match front {
            Some(at) if reader.item(at).record.fields.front.title.is_some() => self.record_title(at.into()),
            _ => self.config.first().title.clone(),
        };
        let page = Head {
            withheld: front.and_then(|at| self.withheld_note(at.into())),
            corrected: front.and_then(|at| self.corrected(at.into())),
            ..self.head("index", title, self.config.first().description.clone(), "")
        };
        let page = match front {
            Some(at) => self.with_needs(page, at.into()),
            None => page,
        };
        FrontPage {
            page,
            section,
            body,
            updated: self.last_updated(),
            strip: self.strip(),
            timeline: self
                .timeline(&majors[majors.len().saturating_sub(SHORT_TIMELINE)..], SHORT_TIMELINE, None, Anchors::Events)
                .newest_first(),
            sections: PageIx::first(reader.sections().min(SECTIONS_SHOWN)).map(|at| self.section_line(at)).collect(),
            more_sections: more.then(|| LinkView {
                title_html: escape::html_string(self.words.get("ui.all-sections")),
                url: address::folder("sections"),
            }),
            scheduled: EventIx::first(reader.count(RecordKind::Event))
                .filter(is_scheduled)
                .take(SECTIONS_SHOWN)
                .map(|at| self.event_link(at))
                .collect(),
            to_know: self.most_mentioned(TO_KNOW),
            changes: self.changes(0..LATEST),
            sources_by_kind: self.kinds_of_sources(None),
            foot,
        }
    }

    /// When anything last changed, unless that is the site's as-of day.
    fn last_updated(&self) -> Option<DateView> {
        let dates = PageIx::first(self.reader.count(RecordKind::Page)).filter_map(|at| {
            let front = &self.reader.item(at).record.fields.front;
            front.updated.as_ref().or(front.published.as_ref())
        });
        let last = dates.max_by_key(|date| date.value.order_key(self.reader.zone())).map(|date| &date.value);
        // The as-of day is shown next to it.
        let as_of = self.config.as_of.as_ref().map(|day| Date::from(day.value));
        last.filter(|last| as_of.as_ref() != Some(*last)).map(|date| self.date(date))
    }

    /// The entities that the site mentions most: by events and mentions.
    pub(super) fn most_mentioned(&self, count: usize) -> Vec<EntityLine> {
        let mut order: Vec<EntityIx> = EntityIx::first(self.reader.count(RecordKind::Entity)).collect();
        let weight = |at: &EntityIx| {
            let at = RecordIx::Entity(*at);
            self.reader.timeline(at).len() + self.reader.mentions(at).len()
        };
        order.sort_by_key(|at| (Reverse(weight(at)), *at));
        let worth = order.into_iter().filter(|at| weight(at) > 0).take(count);
        worth.map(|at| self.entity_line(at)).collect()
    }
}
