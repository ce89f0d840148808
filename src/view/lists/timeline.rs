//! The site's timeline, and its periods.

use serde::Serialize;

use super::filter::{Choices, FilterView};
use crate::base::{escape, paging};
use crate::model::periods::{ON_ONE_PAGE, Period};
use crate::model::read::RecordKind;
use crate::model::{EventIx, address};
use crate::view::timeline::{Anchors, PeriodView, TimelineView};
use crate::view::{Head, LinkView, View};

/// The site's timeline, or a period of it.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct TimelinePage<'m> {
    /// What the page says about itself.
    pub page: Head,
    /// Its heading.
    pub title: String,
    /// “52 events”.
    pub count: String,
    /// Its events: all, or the major ones above the list of periods.
    pub timeline: TimelineView<'m>,
    /// Whether only major events are shown.
    pub major_only: bool,
    /// What readers can choose; absent on the pages of periods, and if the settings ask for a static timeline.
    pub filter: Option<FilterView>,
    /// The periods of a divided timeline.
    pub periods: Vec<PeriodView>,
    /// The period before it.
    pub previous: Option<LinkView>,
    /// The period after it.
    pub next: Option<LinkView>,
}

impl<'m> View<'m> {
    /// The site's timeline on one page, or the overview of a divided one.
    #[must_use]
    pub fn timeline_page(&self) -> TimelinePage<'m> {
        let periods = self.periods();
        let all: Vec<EventIx> = EventIx::first(self.reader.count(RecordKind::Event)).collect();
        let limit = if periods.is_empty() { ON_ONE_PAGE } else { paging::PER_PAGE };
        let anchors = if periods.is_empty() { Anchors::Periods } else { Anchors::None };
        let mut timeline = self.timeline(&all, limit, None, anchors);
        let choices = self.has_filter().then(|| Choices::of(self));
        if let Some(choices) = choices.as_ref().filter(|_| periods.is_empty()) {
            let entries = timeline.years.iter_mut().flat_map(|year| &mut year.months).flat_map(|month| &mut month.entries);
            // All events are shown, in their order.
            for (entry, at) in entries.zip(&all) {
                entry.facets = Some(choices.facets(self, *at));
            }
        }
        TimelinePage {
            page: self.list_head("timeline", "ui.timeline", "timeline", 1),
            title: self.words.get("ui.timeline").to_owned(),
            count: self.words.count("count.events", all.len()),
            timeline,
            major_only: !periods.is_empty(),
            filter: choices.map(|choices| self.filter(&choices, !periods.is_empty())),
            periods,
            previous: None,
            next: None,
        }
    }

    /// A period of a divided timeline, by index into the model's periods.
    #[must_use]
    pub fn period_page(&self, index: usize) -> TimelinePage<'m> {
        let (period, before, behind) = self.reader.period(index);
        let label = self.period_label(period);
        let link = |period: &Period| LinkView {
            title_html: escape::html_string(&self.period_label(period)),
            url: address::folder(&period.path()),
        };
        let events = self.period_events(period);
        let title = format!("{} {label}", self.words.get("ui.timeline-of"));
        TimelinePage {
            page: self.head("timeline", title.clone(), self.about_list(&title), &period.path()),
            title,
            count: self.words.count("count.events", events.len()),
            // Months with more events than this are still shown whole: each period has one address.
            timeline: self.timeline(&events, usize::MAX, None, Anchors::Periods),
            major_only: false,
            filter: None,
            periods: Vec::new(),
            previous: before.map(link),
            next: behind.map(link),
        }
    }
}
