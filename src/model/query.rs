//! Which events answer a timeline's query.

use jiff::tz::TimeZone;

use super::related::OfEntity;
use super::{EventIx, Item, Linked};
use crate::base::Map;
use crate::syntax::indices::PointerIx;
use crate::syntax::kinds::blocks::Query;
use crate::syntax::kinds::event::Event;

/// What queries are answered from.
pub(super) struct Answers<'m> {
    events: &'m [Item<Event>],
    /// What each page tells.
    tells: &'m [Vec<EventIx>],
    entities: &'m [OfEntity],
    /// Events by topic, so that no query looks at all of them.
    topics: Map<&'m str, Vec<EventIx>>,
    /// By whose midnights times of day are in or out.
    zone: &'m TimeZone,
}

impl<'m> Answers<'m> {
    pub(super) fn new(
        events: &'m [Item<Event>],
        tells: &'m [Vec<EventIx>],
        entities: &'m [OfEntity],
        zone: &'m TimeZone,
    ) -> Self {
        let mut topics: Map<&str, Vec<EventIx>> = Map::default();
        for (at, event) in events.iter().enumerate() {
            for topic in &event.record.fields.topics {
                topics.entry(topic.value.as_str()).or_default().push(EventIx::new(at));
            }
        }
        Self { events, tells, entities, topics, zone }
    }
}

/// The events that answer `query`, in order: within a field any, between fields all.
#[must_use]
pub(super) fn answer(query: &Query, linked: Linked<'_>, from: &Answers<'_>) -> Vec<EventIx> {
    let target = |index: PointerIx| linked.targets[index];
    let mut fields: Vec<Vec<EventIx>> = Vec::new();
    if !query.entities.is_empty() {
        let entities = query.entities.iter().filter_map(|entity| target(entity.0).entity());
        fields.push(union(entities.map(|at| from.entities[at.position()].timeline.as_slice())));
    }
    if !query.sections.is_empty() {
        let sections = query.sections.iter().filter_map(|section| target(section.0).page());
        fields.push(union(sections.map(|at| from.tells[at.position()].as_slice())));
    }
    if !query.topics.is_empty() {
        let topic = |topic: &str| from.topics.get(topic).map_or(&[][..], Vec::as_slice);
        fields.push(union(query.topics.iter().map(|at| topic(at.value.as_str()))));
    }
    fields.sort_by_key(Vec::len);
    let mut rest = fields.into_iter();
    let base = rest.next().unwrap_or_else(|| (0..from.events.len()).map(EventIx::new).collect());
    let rest: Vec<_> = rest.collect();
    let first = query.from.as_ref().map(|date| date.value.days(from.zone).first);
    let last = query.to.as_ref().map(|date| date.value.days(from.zone).last);
    let fits = |at: &EventIx| {
        let fields = &from.events[at.position()].record.fields;
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
