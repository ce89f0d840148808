//! Timelines: grouped by year and month, and never too long for a page.

use serde::Serialize;

use super::{LinkView, View};
use crate::date::{Day, show_month, show_year};
use crate::model::periods::Period;
use crate::model::read::{Facet, RecordKind};
use crate::model::reader::Reader;
use crate::model::{EntityIx, EventIx, Link, PageIx, RecordIx, address};
use crate::syntax::kinds::blocks::Opens;
use crate::syntax::pieces::RefLocation;

/// The most events that a section's or entity's timeline shows; longer ones show the major events, and link to the
/// rest.
pub const IN_A_SECTION: usize = 200;

/// A timeline.
#[derive(Debug, Default, Serialize, schemars::JsonSchema)]
pub struct TimelineView<'m> {
    /// Its events by year, in order, from where it opens.
    pub years: Vec<YearView<'m>>,
    /// Those before that; empty unless an author said where it opens.
    pub earlier: Vec<YearView<'m>>,
    /// “12 earlier events”; absent if there are none.
    pub earlier_label: Option<String>,
    /// How many events are shown.
    pub count: usize,
    /// “300 more events are not shown here”; absent if all are shown.
    pub omitted: Option<String>,
    /// The site's timeline.
    pub url: String,
    /// The same, asked for these events alone, where readers can go on choosing; absent if it can't be asked for them.
    pub filter_url: Option<String>,
}

/// What on a timeline has an anchor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Anchors {
    /// Nothing, because the same event may be on the page twice.
    None,
    /// Its events.
    Events,
    /// Its events, and its years and months: on the site's timeline.
    Periods,
}

/// The events of a year.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct YearView<'m> {
    /// The year in words; empty for events without a known beginning.
    pub label: String,
    /// Its anchor, on the site's timeline.
    pub anchor: Option<String>,
    /// Its events by month.
    pub months: Vec<MonthView<'m>>,
}

/// The events of a month.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct MonthView<'m> {
    /// The month in words; empty for dates no finer than a year.
    pub label: String,
    /// Its anchor, on the site's timeline; on the first of its headings, if a coarser date is between its days.
    pub anchor: Option<String>,
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
            RecordIx::Page(at) => self.prepared.shown_from.pages[at.position()],
            RecordIx::Entity(at) => self.prepared.shown_from.entities[at.position()],
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

    /// A timeline of `events`. `page` is the page whose text may mention them.
    #[must_use]
    pub fn timeline(&self, events: &[EventIx], limit: usize, page: Option<PageIx>, anchors: Anchors) -> TimelineView<'m> {
        self.timeline_opening(None, events, limit, page, anchors)
    }

    /// The same, with the events before the place where it opens apart.
    #[must_use]
    pub fn timeline_opening(
        &self,
        opens: Option<&Opens>,
        events: &[EventIx],
        limit: usize,
        page: Option<PageIx>,
        anchors: Anchors,
    ) -> TimelineView<'m> {
        let (events, omitted) = shown(self, events, limit);
        let mentions = page.map(|page| first_mentions(self, page)).unwrap_or_default();
        let (earlier, rest) = events.split_at(opens.map_or(0, |opens| self.opening(opens, &events)));
        TimelineView {
            years: self.years(rest, &mentions, anchors),
            earlier: self.years(earlier, &mentions, anchors),
            earlier_label: (!earlier.is_empty()).then(|| self.words.count("count.earlier-events", earlier.len())),
            count: events.len(),
            omitted: (omitted > 0).then(|| self.words.count("count.more-events", omitted)),
            url: address::folder("timeline"),
            filter_url: None,
        }
    }

    /// The position of the first event that a timeline shows when it opens: the first of a period or, if there is none, the
    /// next one; for today, the first in the month of the latest event that has begun. Something always remains to be seen.
    fn opening(&self, opens: &Opens, events: &[EventIx]) -> usize {
        let zone = self.reader.zone();
        let first_day = |at: &EventIx| self.reader.date(*at).days(zone).first;
        let day = match opens {
            Opens::At(date) => date.value.days(zone).first,
            Opens::Today => *self.reader.today(),
        };
        let begins = |day: Day| events.partition_point(|at| first_day(at) < day);
        let at = match opens {
            Opens::At(_) => begins(day),
            Opens::Today => events.partition_point(|at| first_day(at) <= day).saturating_sub(1),
        };
        // What has begun in the same month belongs together, and so does what is last.
        let is_month = matches!(opens, Opens::Today) || at == events.len();
        let Some(last) = events.get(at.min(events.len().saturating_sub(1))).filter(|_| is_month) else { return at };
        let month = |at: &EventIx| first_day(at).ymd();
        let (year, number, _) = month(last);
        events.partition_point(|at| {
            let (own, own_number, _) = month(at);
            (own, own_number) < (year, number)
        })
    }

    /// Events by year and month.
    fn years(&self, events: &[EventIx], mentions: &[(EventIx, String)], anchors: Anchors) -> Vec<YearView<'m>> {
        let mut years: Vec<YearView<'m>> = Vec::new();
        let mut at = (None, None);
        let anchor = |year: Option<i32>, month: Option<u8>| {
            year.filter(|_| anchors == Anchors::Periods).map(|year| address::month_anchor(year, month))
        };
        for event in events {
            let first = self.reader.date(*event).year_month_of_first(self.reader.zone());
            let (year, month) = (first.map(|(year, _)| year), first.and_then(|(_, month)| month));
            if years.is_empty() || at.0 != year {
                let label = year.map(|year| show_year(year, self.words)).unwrap_or_default();
                years.push(YearView { label, anchor: anchor(year, None), months: Vec::new() });
                at.1 = None;
            }
            // A year was just added, or there was one already.
            let Some(last) = years.last_mut() else { continue };
            if last.months.is_empty() || at.1 != month {
                let label = year.zip(month).map(|(year, month)| show_month(year, month, self.words)).unwrap_or_default();
                let anchor = month.and_then(|_| anchor(year, month));
                let anchor = anchor.filter(|own| last.months.iter().all(|month| month.anchor.as_ref() != Some(own)));
                last.months.push(MonthView { label, anchor, entries: Vec::new() });
            }
            at = (year, month);
            if let Some(last) = last.months.last_mut() {
                last.entries.push(EntryView {
                    anchor: (anchors != Anchors::None).then(|| self.entry_anchor(*event)),
                    mark: self.event_mark(*event),
                    html: self.entry_html(*event),
                    mention: mentions.binary_search_by_key(event, |(at, _)| *at).ok().map(|found| mentions[found].1.clone()),
                    facets: None,
                });
            }
        }
        years
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
