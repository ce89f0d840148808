//! Timelines: grouped by year and month, and never too long for a page.

use serde::Serialize;

use super::{LinkView, View};
use crate::date::{show_month, show_year};
use crate::model::periods::Period;
use crate::model::read::{Facet, RecordKind};
use crate::model::reader::Reader;
use crate::model::{EntityIx, EventIx, Link, PageIx, RecordIx, address};
use crate::syntax::pieces::RefLocation;

/// The most events that a section's or entity's timeline shows; longer ones show the major events, and link to the
/// rest.
pub const IN_A_SECTION: usize = 200;

/// A timeline.
#[derive(Debug, Default, Serialize, schemars::JsonSchema)]
pub struct TimelineView<'m> {
    /// Its events by year, in order.
    pub years: Vec<YearView<'m>>,
    /// How many events are shown.
    pub count: usize,
    /// “300 more events are not shown here”; absent if all are shown.
    pub omitted: Option<String>,
    /// The site's timeline.
    pub url: String,
}

/// The events of a year.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct YearView<'m> {
    /// The year in words; empty for events without a known beginning.
    pub label: String,
    /// Its events by month.
    pub months: Vec<MonthView<'m>>,
}

/// The events of a month.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct MonthView<'m> {
    /// The month in words; empty for dates no finer than a year.
    pub label: String,
    /// Its events.
    pub entries: Vec<EntryView<'m>>,
}

/// An event in a timeline.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct EntryView<'m> {
    /// Its anchor; absent if the same event may be on the page twice.
    pub anchor: Option<String>,
    /// Its mark on a compact timeline, as class names: `major s3 soft open`.
    pub mark: &'m str,
    /// Its entry, rendered from `components/event_entry.html`.
    pub html: &'m str,
    /// Where the page's own text mentions it.
    pub mention: Option<String>,
    /// What the filter asks it for; absent if there is no filter, or if a separate script holds it.
    pub facets: Option<FacetsView>,
}

/// What the filter of a timeline asks an event for.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct FacetsView {
    /// The days it touches: `2025-04-04`, `2025-04-07/2025-04-11`, `2025-03-15/..`.
    pub days: String,
    /// The numbers of the choices that find it, with blanks between them.
    pub of: String,
}

/// A period in the list of periods.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct PeriodView {
    /// Its name.
    pub label: String,
    /// Its page.
    pub url: String,
    /// How many events it has, in words.
    pub count: String,
}

/// The events of a timeline that are shown, and how many are left out.
#[must_use]
pub fn shown(view: &View<'_>, events: &[EventIx], limit: usize) -> (Vec<EventIx>, usize) {
    if events.len() <= limit {
        return (events.to_vec(), 0);
    }
    let mut majors: Vec<EventIx> = events.iter().copied().filter(|at| view.reader.is_major(*at)).collect();
    // The latest ones, if even the major ones are too many.
    majors.drain(..majors.len().saturating_sub(limit));
    let omitted = events.len() - majors.len();
    (majors, omitted)
}

/// The first event that each section's and entity's timeline shows, computed once: each event asks every timeline it
/// belongs to whether it is shown there.
#[derive(Debug)]
pub struct ShownFrom {
    pages: Vec<EventIx>,
    entities: Vec<EventIx>,
}

impl ShownFrom {
    /// The first events for `model`.
    #[must_use]
    pub fn of(reader: Reader<'_>) -> Self {
        let first = |events: &[EventIx]| {
            if events.len() <= IN_A_SECTION {
                return EventIx(0);
            }
            let majors = events.iter().rev().filter(|at| reader.is_major(**at));
            majors.take(IN_A_SECTION).last().copied().unwrap_or(EventIx(u32::MAX))
        };
        Self {
            pages: PageIx::first(reader.count(RecordKind::Page)).map(|at| first(reader.timeline(at.into()))).collect(),
            entities: EntityIx::first(reader.count(RecordKind::Entity))
                .map(|at| first(reader.timeline(at.into())))
                .collect(),
        }
    }
}

impl TimelineView<'_> {
    /// The same events, newest first.
    #[must_use]
    pub fn newest_first(mut self) -> Self {
        self.years.reverse();
        for year in &mut self.years {
            year.months.reverse();
            year.months.iter_mut().for_each(|month| month.entries.reverse());
        }
        self
    }
}

impl<'m> View<'m> {
    /// The first event that a long timeline shows.
    #[must_use]
    pub fn shown_from(&self, of: RecordIx) -> EventIx {
        self.reader.note(of, Facet::ShownFrom);
        match of {
            RecordIx::Page(at) => self.shown_from.pages[at.position()],
            RecordIx::Entity(at) => self.shown_from.entities[at.position()],
            RecordIx::Event(_) | RecordIx::Claim(_) | RecordIx::Term(_) | RecordIx::Source(_) | RecordIx::Author(_) => {
                EventIx(0)
            }
        }
    }

    /// An event's entry in timelines.
    fn entry_html(&self, at: EventIx) -> &'m str {
        self.reader.note(at, Facet::Entry);
        self.entries.entry(self, at).unwrap_or_else(|| {
            self.reader.note_faulty(at);
            ""
        })
    }

    /// A timeline of `events`. `page` is the page whose text may mention them; `anchored` returns each event's anchor.
    #[must_use]
    pub fn timeline(&self, events: &[EventIx], limit: usize, page: Option<PageIx>, anchored: bool) -> TimelineView<'m> {
        let (events, omitted) = shown(self, events, limit);
        let mut years: Vec<YearView<'m>> = Vec::new();
        let mut at = (None, None);
        let mentions = page.map(|page| first_mentions(self, page)).unwrap_or_default();
        for event in &events {
            let first = self.reader.date(*event).year_month_of_first(self.reader.zone());
            let (year, month) = (first.map(|(year, _)| year), first.and_then(|(_, month)| month));
            if years.is_empty() || at.0 != year {
                let label = year.map(|year| show_year(year, self.words)).unwrap_or_default();
                years.push(YearView { label, months: Vec::new() });
                at.1 = None;
            }
            // A year was just added, or there was one already.
            let Some(last) = years.last_mut() else { continue };
            if last.months.is_empty() || at.1 != month {
                let label = year.zip(month).map(|(year, month)| show_month(year, month, self.words)).unwrap_or_default();
                last.months.push(MonthView { label, entries: Vec::new() });
            }
            at = (year, month);
            if let Some(last) = last.months.last_mut() {
                last.entries.push(EntryView {
                    anchor: anchored.then(|| self.entry_anchor(*event)),
                    mark: self.event_mark(*event),
                    html: self.entry_html(*event),
                    mention: mentions.binary_search_by_key(event, |(at, _)| *at).ok().map(|found| mentions[found].1.clone()),
                    facets: None,
                });
            }
        }
        TimelineView {
            years,
            count: events.len(),
            omitted: (omitted > 0).then(|| self.words.count("count.more-events", omitted)),
            url: address::folder("timeline"),
        }
    }

    /// The name of a period.
    #[must_use]
    pub fn period_label(&self, period: &Period) -> String {
        match period.first {
            Some((year, Some(month))) => show_month(year, month, self.words),
            Some((year, None)) => show_year(year, self.words),
            None if period.name.is_empty() => self.words.get("ui.timeline").to_owned(),
            None => self.words.get("phrase.period-earlier").to_owned(),
        }
    }

    /// The list of periods; empty if the timeline is on one page.
    #[must_use]
    pub fn periods(&self) -> Vec<PeriodView> {
        let divided = self.reader.periods().iter().filter(|period| !period.name.is_empty());
        divided
            .map(|period| PeriodView {
                label: self.period_label(period),
                url: address::folder(&period.path()),
                count: self.words.count("count.events", period.events.len()),
            })
            .collect()
    }

    /// The events of a period.
    #[must_use]
    pub fn period_events(&self, period: &Period) -> Vec<EventIx> {
        period.events.clone().map(EventIx::new).collect()
    }

    /// Every timeline that shows an event, with its place there.
    #[must_use]
    pub fn timelines_of(&self, event: EventIx) -> Vec<LinkView> {
        let anchor = self.entry_anchor(event);
        let mut out = Vec::new();
        if let Some(period) = self.reader.period_of(event) {
            let title_html = crate::base::escape::html_string(&self.period_label(period));
            out.push(LinkView { title_html, url: format!("{}#{anchor}", address::folder(&period.path())) });
        }
        let is_shown = |of: RecordIx| {
            let events = self.reader.timeline(of);
            let is_kept = events.len() <= IN_A_SECTION || self.reader.is_major(event) && event >= self.shown_from(of);
            is_kept && events.binary_search(&event).is_ok()
        };
        let sections = self.reader.sections_of(event).iter().map(|page| RecordIx::Page(*page));
        let sections = sections.filter(|page| is_shown(*page));
        let targets = self.reader.item(event).targets.iter().filter_map(|target| target.record());
        let mut entities: Vec<_> = targets.filter(|target| target.entity().is_some() && is_shown(*target)).collect();
        entities.sort_unstable();
        entities.dedup();
        for record in sections.chain(entities) {
            let link = self.record_link(record);
            out.push(LinkView { title_html: link.title_html, url: format!("{}#{anchor}", link.url) });
        }
        out
    }
}

/// The first mention of each event in a page's text, by anchor; in the order of events.
fn first_mentions(view: &View<'_>, page: PageIx) -> Vec<(EventIx, String)> {
    let linked = view.reader.linked(RecordIx::Page(page));
    let mut out: Vec<(EventIx, String)> = Vec::new();
    for ((pointer, target), nth) in linked.pieces.pointers.iter().zip(linked.targets).zip(linked.nth) {
        let RefLocation::Prose { prose, .. } = pointer.place else { continue };
        if let Link::To(RecordIx::Event(event)) = target
            && *nth == 0
            && linked.has_anchors(prose, view.language())
        {
            out.push((*event, format!("#{}", address::mention_anchor(&pointer.id, 0))));
        }
    }
    out.sort_unstable_by_key(|(event, _)| *event);
    out
}
