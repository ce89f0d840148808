//! What a record's dates say about it: the order of its dated lists, when it was published and when it last changed. All of
//! it comes from the record itself, never from the time of a build.

use std::cmp::Reverse;

use jiff::tz::TimeZone;

use super::{EventIx, Link, Model, RecordIx};
use crate::date::{Bounds, Date, Day, OrderKey};
use crate::syntax::kinds::dated::Dated;
use crate::syntax::kinds::event::EventStatus;

/// A list in date order, oldest first, whichever way round the author wrote it. A month comes after its days: see
/// [`Date::state_key`]. Entries with the same date keep the order of the file, and entries without a date come last.
#[must_use]
pub fn oldest_first<'l, T: Dated>(list: &'l [T], zone: &TimeZone) -> Vec<&'l T> {
    let mut out: Vec<&T> = list.iter().collect();
    out.sort_by_cached_key(|one| {
        let key = one.by_date().map(|date| date.value.state_key(zone));
        (key.is_none(), key)
    });
    out
}

/// [`oldest_first`] the other way round; entries with the same date keep the order of the file here too.
#[must_use]
pub fn newest_first<'l, T: Dated>(list: &'l [T], zone: &TimeZone) -> Vec<&'l T> {
    let mut out: Vec<&T> = list.iter().collect();
    out.sort_by_cached_key(|one| Reverse(one.by_date().map(|date| date.value.state_key(zone))));
    out
}

/// The entry with the latest date; of several with the same date, the last.
#[must_use]
pub fn latest<'l, T: Dated>(list: &'l [T], zone: &TimeZone) -> Option<&'l T> {
    list.iter().max_by_key(|one| one.by_date().map(|date| date.value.state_key(zone)))
}

/// How many entries have the same date as the one at `index` and came before it. This number identifies an entry, and
/// it stays the same when the list grows at its newer end, whichever end that is; if nothing tells, the newest are
/// taken to come first.
#[must_use]
pub fn nth_of_its_date<T: Dated>(list: &[T], index: usize, zone: &TimeZone) -> usize {
    let key = |one: Option<&T>| one.and_then(Dated::by_date).map(|date| date.value.order_key(zone));
    let is_oldest_first = key(list.first()) < key(list.last());
    let (ahead, behind) = list.split_at(index);
    let Some((own, behind)) = behind.split_first() else { return 0 };
    let before = if is_oldest_first { ahead } else { behind };
    let own = own.by_date().map(|date| &date.value);
    before.iter().filter(|other| other.by_date().map(|date| &date.value) == own).count()
}

impl Model {
    /// The last day that the site can report on: its as-of day, and never a day later than the build.
    #[must_use]
    pub fn latest_day(&self) -> Day {
        self.today.min(self.clock_day)
    }

    /// The date that updates and corrections are sorted by: the day by which they have certainly happened.
    #[must_use]
    pub fn reached(&self, date: &Date) -> (Day, OrderKey) {
        (self.day_reached(date), date.order_key(&self.zone))
    }

    /// The day that represents a date where one day is needed. It is the last day of the date, or the first if the last
    /// hasn't come yet: on the 22nd, `2025-12` can't mean the 31st.
    #[must_use]
    pub fn day_reached(&self, date: &Date) -> Day {
        let days = date.days(&self.zone);
        let last = if date.is_exact_day() { days.first } else { date.last_stated_day() };
        if last <= self.latest_day() { last } else { days.first }
    }

    /// The days on which an event may have happened. If the event is told as past, it had happened by the site's as-of
    /// day, however much `202X` leaves open. If it is announced, it may fall on any day that is written, and if it
    /// lasts, it ends when its date says.
    #[must_use]
    pub fn possible_days(&self, at: EventIx) -> Bounds {
        let date = self[at].date();
        let days = date.days(&self.zone);
        let limit = self.latest_day();
        let is_scheduled = self[at].item.record.fields.status == EventStatus::Scheduled;
        if is_scheduled || date.is_interval() || days.first > limit {
            return days;
        }
        Bounds { last: days.last.min(limit), ..days }
    }

    /// When a record was first published, if it says so: only sections, pages and events do.
    #[must_use]
    pub fn published(&self, owner: RecordIx) -> Option<&Date> {
        let date = match owner {
            RecordIx::Page(at) => self[at].item.record.fields.front.published.as_ref(),
            RecordIx::Event(at) => self[at].item.record.fields.published.as_ref(),
            RecordIx::Claim(_) | RecordIx::Entity(_) | RecordIx::Term(_) | RecordIx::Source(_) | RecordIx::Author(_) => None,
        };
        date.map(|date| &date.value)
    }

    /// When a record last changed, as far as it says: the latest of the day it was published, `updated`, and its
    /// updates and corrections.
    #[must_use]
    pub fn changed(&self, owner: RecordIx) -> Option<&Date> {
        let stated = match owner {
            RecordIx::Page(at) => self[at].item.record.fields.front.updated.as_ref(),
            _ => None,
        };
        let updates = self.common(owner).updates.iter().map(|update| &update.date.value);
        let all = self.published(owner).into_iter().chain(stated.map(|date| &date.value)).chain(updates);
        all.max_by_key(|date| self.reached(date))
    }

    /// When readers could first know of a section or event, for its place in feeds.
    ///
    /// That is the day it was published. An event that doesn't give one is known from `known-from`; else from the
    /// earliest of its sources, but not before it began, unless it was announced; else from the last day of its date.
    /// Dates that feeds can't write, such as those of antiquity, don't count. `None` if nothing tells.
    #[must_use]
    pub fn known(&self, owner: RecordIx) -> Option<Date> {
        let fits = |date: &&Date| (1..=9999).contains(&self.day_reached(date).year());
        if let Some(date) = self.published(owner).filter(fits) {
            return Some(date.clone());
        }
        let RecordIx::Event(at) = owner else {
            return None;
        };
        let event = &self[at];
        let fields = &event.item.record.fields;
        if let Some(date) = fields.known_from.as_ref().map(|date| &date.value).filter(fits) {
            return Some(date.clone());
        }
        let source = |cited: &Link| self[cited.source()?].item.record.fields.date.as_ref();
        let own = fields.common.sources.iter().map(|source| &event.item.cited[source.0]);
        let reported = own.filter_map(source).map(|date| &date.value).filter(fits);
        let reported = reported.min_by_key(|date| date.order_key(&self.zone));
        let scheduled = fields.status == EventStatus::Scheduled;
        match reported {
            Some(date) if scheduled || self.day_reached(date) >= event.date().days(&self.zone).first => Some(date.clone()),
            _ if scheduled => None,
            _ => Some(event.date()).filter(fits).map(|date| Date::from(self.day_reached(date))),
        }
    }
}
