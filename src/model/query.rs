//! Which events match a timeline's query.

use std::sync::OnceLock;

use jiff::tz::TimeZone;

use super::{EntityIx, EventIx, Linked, PageIx};
use crate::base::Map;
use crate::syntax::indices::PointerIx;
use crate::syntax::kinds::blocks::Query;
use crate::syntax::kinds::event::Event;

/// What queries read.
pub(super) struct Answers<'m> {
    /// The number of events.
    pub(super) count: usize,
    /// An event.
    pub(super) event: &'m (dyn Fn(EventIx) -> &'m Event + Sync),
    /// What a page tells.
    pub(super) tells: &'m (dyn Fn(PageIx) -> &'m [EventIx] + Sync),
    /// The events that an entity takes part in.
    pub(super) timeline: &'m (dyn Fn(EntityIx) -> &'m [EventIx] + Sync),
    /// Events by topic, so that no query looks at all of them; built on first use.
    pub(super) topics: OnceLock<Map<&'m str, Vec<EventIx>>>,
    /// The time zone whose midnights decide the day of a time.
    pub(super) zone: &'m TimeZone,
}

impl Answers<'_> {
    /// The events with a topic.
    fn topic(&self, topic: &str) -> &[EventIx] {
        let topics = self.topics.get_or_init(|| {
            let mut topics: Map<&str, Vec<EventIx>> = Map::default();
            for at in EventIx::first(self.count) {
                for topic in &(self.event)(at).topics {
                    topics.entry(topic.value.as_str()).or_default().push(at);
                }
            }
            topics
        });
        topics.get(topic).map_or(&[], Vec::as_slice)
    }
}

/// The events that match `query`, in order. Values of one field are alternatives; all fields must match.
#[must_use]
pub(super) fn answer(query: &Query, linked: Linked<'_>, from: &Answers<'_>) -> Vec<EventIx> {
    let target = |index: PointerIx| linked.targets[index];
    let mut fields: Vec<Vec<EventIx>> = Vec::new();
    if !query.entities.is_empty() {
        let entities = query.entities.iter().filter_map(|entity| target(entity.0).entity());
        fields.push(union(entities.map(|at| (from.timeline)(at))));
    }
    if !query.sections.is_empty() {
        let sections = query.sections.iter().filter_map(|section| target(section.0).page());
        fields.push(union(sections.map(|at| (from.tells)(at))));
    }
    if !query.topics.is_empty() {
        fields.push(union(query.topics.iter().map(|topic| from.topic(&topic.value))));
    }
    fields.sort_by_key(Vec::len);
    let mut rest = fields.into_iter();
    let base = rest.next().unwrap_or_else(|| EventIx::first(from.count).collect());
    let rest: Vec<_> = rest.collect();
    let first = query.from.as_ref().map(|date| date.value.days(from.zone).first);
    let last = query.to.as_ref().map(|date| date.value.days(from.zone).last);
    let fits = |at: &EventIx| {
        let fields = (from.event)(*at);
        let bounds = fields.date.value.days(from.zone);
        rest.iter().all(|field| field.binary_search(at).is_ok())
            && first.is_none_or(|first| bounds.last >= first)
            && last.is_none_or(|last| bounds.first <= last)
            && query.significance.is_none_or(|wanted| fields.significance >= wanted)
    };
    base.into_iter().filter(fits).collect()
}

fn union<'m>(lists: impl Iterator<Item = &'m [EventIx]>) -> Vec<EventIx> {
    let mut out: Vec<EventIx> = lists.flatten().copied().collect();
    out.sort_unstable();
    out.dedup();
    out
}
