//! When a record was published and when it was last changed: by what it says itself, never by the time of a build.

use super::{Link, Model, RecordIx};
use crate::date::{Date, Day, OrderKey};
use crate::syntax::kinds::event::EventStatus;

/// What acts of the site are ordered by: the last day that a date names, on which it is certain to have come.
#[must_use]
pub fn reached(date: &Date) -> (Day, OrderKey) {
    (date.last_stated_day(), date.order_key())
}

/// The later of two dates.
fn later<'d>(one: Option<&'d Date>, other: Option<&'d Date>) -> Option<&'d Date> {
    one.into_iter().chain(other).max_by_key(|date| reached(date))
}

impl Model {
    /// When a record was first published, if it says so: only sections, pages and events do.
    #[must_use]
    pub fn published(&self, owner: RecordIx) -> Option<&Date> {
        let date = match owner {
            RecordIx::Page(at) => self[at].item.record.fields.front.published.as_ref(),
            RecordIx::Event(at) => self[at].item.record.fields.published.as_ref(),
            RecordIx::Claim(_) | RecordIx::Entity(_) | RecordIx::Term(_) | RecordIx::Source(_) => None,
        };
        date.map(|date| &date.value)
    }

    /// When a record was last changed, as far as it says: the latest of the day it was published, `updated`, and its updates
    /// and corrections.
    #[must_use]
    pub fn changed(&self, owner: RecordIx) -> Option<&Date> {
        let stated = match owner {
            RecordIx::Page(at) => self[at].item.record.fields.front.updated.as_ref(),
            _ => None,
        };
        let updates = self.common(owner).updates.iter().map(|update| &update.date.value);
        let last = updates.max_by_key(|date| reached(date));
        later(later(self.published(owner), stated.map(|date| &date.value)), last)
    }

    /// When readers could first know of a section or event, for its place in feeds.
    ///
    /// That is the day it was published. An event that does not say is taken to be known from `known-from`; else from the
    /// earliest of its sources, but not before it began, unless it was announced; else from the last day of its date. `None`
    /// if nothing tells.
    #[must_use]
    pub fn known(&self, owner: RecordIx) -> Option<Date> {
        if let Some(date) = self.published(owner) {
            return Some(date.clone());
        }
        let RecordIx::Event(at) = owner else {
            return None;
        };
        let event = &self[at];
        let fields = &event.item.record.fields;
        if let Some(date) = &fields.known_from {
            return Some(date.value.clone());
        }
        let source = |cited: &Link| self[cited.source()?].item.record.fields.date.as_ref();
        let own = fields.common.sources.iter().map(|source| &event.item.cited[source.0]);
        let reported = own.filter_map(source).map(|date| &date.value).min_by_key(|date| date.order_key());
        let scheduled = fields.status == EventStatus::Scheduled;
        match reported {
            Some(date) if scheduled || date.last_stated_day() >= event.date().first_day() => Some(date.clone()),
            _ if scheduled => None,
            _ => Some(event.date().last_stated_day()).filter(|day| *day < Day::MAX && *day > Day::MIN).map(Date::from),
        }
    }
}
