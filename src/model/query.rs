//! Which events answer a timeline's query.

use super::{EventIx, Linked, Model, Target};
use crate::base::Map;
use crate::syntax::kinds::blocks::Query;

/// Events by topic, so that no query looks at all of them.
pub type Topics<'m> = Map<&'m str, Vec<EventIx>>;

/// Events by topic.
#[must_use]
pub fn topics(model: &Model) -> Topics<'_> {
    let mut out = Topics::default();
    for (at, event) in model.events.iter().enumerate() {
        for topic in &event.item.record.fields.topics {
            out.entry(topic.value.as_str()).or_default().push(EventIx(at as u32));
        }
    }
    out
}

/// The events that answer `query`, in order: within a field any, between fields all.
#[must_use]
pub fn answer(query: &Query, linked: Linked<'_>, model: &Model, topics: &Topics<'_>) -> Vec<EventIx> {
    let mut fields: Vec<Vec<EventIx>> = Vec::new();
    if !query.entities.is_empty() {
        fields.push(union(query.entities.iter().map(|entity| match linked.targets[entity.0 as usize] {
            Target::Entity(at) => model.entities[at.at()].timeline.as_slice(),
            _ => &[],
        })));
    }
    if !query.sections.is_empty() {
        fields.push(union(query.sections.iter().map(|section| match linked.targets[section.0 as usize] {
            Target::Page(at) => model.pages[at.at()].tells.as_slice(),
            _ => &[],
        })));
    }
    if !query.topics.is_empty() {
        fields.push(union(query.topics.iter().map(|topic| topics.get(topic.value.as_str()).map_or(&[][..], Vec::as_slice))));
    }
    fields.sort_by_key(Vec::len);
    let mut rest = fields.into_iter();
    let base = rest.next().unwrap_or_else(|| (0..model.events.len() as u32).map(EventIx).collect());
    let rest: Vec<_> = rest.collect();
    let from = query.from.as_ref().map(|date| date.value.bounds().first);
    let to = query.to.as_ref().map(|date| date.value.bounds().last);
    let fits = |at: &EventIx| {
        let event = &model.events[at.at()];
        let bounds = event.date().bounds();
        rest.iter().all(|field| field.binary_search(at).is_ok())
            && from.is_none_or(|from| bounds.last >= from)
            && to.is_none_or(|to| bounds.first <= to)
            && query.significance.is_none_or(|wanted| event.item.record.fields.significance >= wanted)
    };
    base.into_iter().filter(fits).collect()
}

fn union<'m>(lists: impl Iterator<Item = &'m [EventIx]>) -> Vec<EventIx> {
    let mut out: Vec<EventIx> = lists.flatten().copied().collect();
    out.sort_unstable();
    out.dedup();
    out
}
