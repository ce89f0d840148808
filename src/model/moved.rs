//! Events that have moved in time since an earlier model, and so have other numbers wherever they are named.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::gather::time_key;
use super::{AuthorItem, Backlink, EventIx, Item, Link, Model, PageItem, RecordIx};
use crate::syntax::Record;
use crate::syntax::kinds::event::Event;

/// The new number of each event by its number in an earlier model.
pub(super) struct Moved(Vec<EventIx>);

impl Moved {
    /// No event has moved.
    pub(super) fn nothing() -> Self {
        Self(Vec::new())
    }

    /// Events have moved to these numbers.
    pub(super) fn to(numbers: Vec<EventIx>) -> Self {
        Self(numbers)
    }

    /// Finds the places of events after these have changed and the rest hasn't.
    pub(super) fn of(before: &Model, changed: &[(EventIx, Record<Event>)], zone: &TimeZone) -> Self {
        let was = |at: EventIx| time_key(&before[at].item.record, zone);
        let mut redated: Vec<_> = changed.iter().map(|(at, record)| (time_key(record, zone), *at)).collect();
        redated.retain(|(key, at)| *key != was(*at));
        if redated.is_empty() {
            return Self::nothing();
        }
        redated.sort();
        let elsewhere: HashSet<EventIx> = redated.iter().map(|(_, at)| *at).collect();
        let rest: Vec<EventIx> = EventIx::first(before.events.len()).filter(|at| !elsewhere.contains(at)).collect();
        let mut order = Vec::with_capacity(before.events.len());
        let mut from = 0;
        for (key, at) in &redated {
            let to = from + rest[from..].partition_point(|at| was(*at) < *key);
            order.extend_from_slice(&rest[from..to]);
            order.push(*at);
            from = to;
        }
        order.extend_from_slice(&rest[from..]);
        if order.is_sorted() {
            return Self::nothing();
        }
        let mut numbers = vec![EventIx::new(0); order.len()];
        for (now, was) in order.iter().enumerate() {
            numbers[was.position()] = EventIx::new(now);
        }
        Self(numbers)
    }

    /// Whether no event has moved.
    pub(super) fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether any of these links leads to an event that has moved.
    pub(super) fn any_of(&self, targets: &[Link]) -> bool {
        !self.is_nothing() && targets.iter().any(|target| self.now(*target) != *target)
    }

    /// Where a link to an event of the earlier model leads now.
    pub(super) fn now(&self, target: Link) -> Link {
        target.record().map_or(target, |record| Link::To(self.record(record)))
    }

    /// The place of a record of the earlier model now.
    pub(super) fn record(&self, at: RecordIx) -> RecordIx {
        match at {
            RecordIx::Event(at) => self.event(at).into(),
            _ => at,
        }
    }

    /// The place of an event of the earlier model now.
    pub(super) fn event(&self, at: EventIx) -> EventIx {
        self.0.get(at.position()).copied().unwrap_or(at)
    }

    fn has_moved(&self, at: EventIx) -> bool {
        self.event(at) != at
    }

    /// Whether a record names an event that has moved, or such an event mentions it.
    fn touches<T>(&self, item: &Item<T>, mentions: &[Backlink]) -> bool {
        self.any_of(&item.targets) || mentions.iter().any(|link| self.record(link.owner) != link.owner)
    }

    /// Renumbers a list in the order of time.
    fn list(&self, events: &mut [EventIx]) {
        events.iter_mut().for_each(|at| *at = self.event(*at));
        events.sort_unstable();
    }

    fn item<T>(&self, item: &mut Item<T>, mentions: &mut [Backlink]) {
        if self.any_of(&item.targets) {
            item.resolved = Arc::new(item.resolved.renumbered(self));
        }
        mentions.iter_mut().for_each(|link| link.owner = self.record(link.owner));
        // Several mentions by one record keep their order.
        mentions.sort_by_key(|link| link.owner);
    }
}

/// Renumbers the records of a list that this concerns, in parallel; all others stay shared with the earlier model.
fn renumber<T: Clone + Send + Sync>(
    list: &mut [Arc<T>],
    is_concerned: impl Fn(&T) -> bool + Sync,
    take_in: impl Fn(&mut T) + Sync,
) {
    list.par_iter_mut().with_min_len(256).filter(|item| is_concerned(item)).for_each(|item| take_in(Arc::make_mut(item)));
}

/// The same of authors, whose bios may name events.
fn renumber_authors(list: &mut [Arc<AuthorItem>], moved: &Moved) {
    let touches = |author: &AuthorItem| moved.touches(&author.item, &[]);
    renumber(list, touches, |author| moved.item(&mut author.item, &mut []));
}

impl Model {
    /// Moves events to their new places, and renumbers them wherever they are named.
    pub(super) fn renumber(&mut self, moved: &Moved) {
        let any = |events: &[EventIx]| events.iter().any(|at| moved.has_moved(*at));
        let mut events = self.events.clone();
        for (was, event) in self.events.iter().enumerate().filter(|(was, _)| moved.has_moved(EventIx::new(*was))) {
            events[moved.event(EventIx::new(was)).position()] = event.clone();
        }
        self.events = events;
        let has_moved =
            |page: &PageItem| any(&page.tells) || any(&page.timeline) || page.block_events.iter().any(|events| any(events));
        renumber(
            &mut self.pages,
            |page| has_moved(page) || moved.touches(&page.item, &page.mentions),
            |page| {
                moved.item(&mut page.item, &mut page.mentions);
                moved.list(&mut page.tells);
                moved.list(&mut page.timeline);
                page.block_events.iter_mut().for_each(|events| moved.list(events));
            },
        );
        renumber(
            &mut self.events,
            |event| any(&event.effects) || moved.touches(&event.item, &event.mentions),
            |event| {
                moved.item(&mut event.item, &mut event.mentions);
                moved.list(&mut event.effects);
            },
        );
        renumber(
            &mut self.entities,
            |entity| any(&entity.timeline) || moved.touches(&entity.item, &entity.mentions),
            |entity| {
                moved.item(&mut entity.item, &mut entity.mentions);
                moved.list(&mut entity.timeline);
            },
        );
        renumber(
            &mut self.claims,
            |claim| any(&claim.events) || moved.touches(&claim.item, &claim.mentions),
            |claim| {
                moved.item(&mut claim.item, &mut claim.mentions);
                moved.list(&mut claim.events);
            },
        );
        renumber(
            &mut self.terms,
            |term| moved.touches(&term.item, &term.mentions),
            |term| moved.item(&mut term.item, &mut term.mentions),
        );
        renumber(
            &mut self.sources,
            |source| moved.touches(&source.item, &source.mentions),
            |source| moved.item(&mut source.item, &mut source.mentions),
        );
        renumber_authors(&mut self.authors, moved);
        self.unsound.iter_mut().for_each(|at| *at = moved.record(*at));
        self.names = Arc::new(self.names.renumbered(moved));
    }
}
