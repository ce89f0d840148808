//! See [`OrderViolated`].

use super::CheckContext;
use super::rule::{Report, Scope, label, rule};
use std::sync::Arc;

use crate::model::{EventItem, EventIx, Link, RecordIx};
use crate::syntax::indices::PointerIx;

rule! {
    /// An event must follow another because of `after` or `caused-by`, but its date is earlier; or events must follow each
    /// other in a circle.
    ///
    /// Nothing happens before its cause. If a timeline says otherwise, a date is wrong or the story is, and a newsroom
    /// answers for both.
    ///
    /// The rule reports only what is certain: that the event ends before the other begins. An approximate or uncertain date
    /// (`~`,
    /// `?`, `%`) never conflicts, and neither does an unknown start or end. Two times of day with offsets are compared as
    /// moments, wherever on earth they were taken. A time with an offset is compared with a day in the site's `time-zone`.
    ///
    /// Correct one of the dates, or remove the pointer.
    ///
    /// ```yaml
    /// - {id: march-2025-flights, date: 2025-03-15, after: [removal-ruling]}
    /// - {id: removal-ruling, date: 2025-04-10}        # later than the event that must follow it
    /// ```
    OrderViolated: ORDER_VIOLATED, Error, Scope::Global(check)
}

/// A constraint: an event must follow another.
struct Edge {
    /// The other event.
    to: EventIx,
    /// The pointer that requires it.
    pointer: PointerIx,
    /// The field with the pointer.
    field: &'static str,
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    let events = &site.model.events;
    let edges: Vec<Vec<Edge>> = events.iter().map(|event| edges(event)).collect();
    for (event, edges) in events.iter().zip(&edges) {
        for edge in edges {
            contradiction(event, edge, &events[edge.to.position()], site, report);
        }
    }
    for circle in circles(&edges) {
        describe(&circle, events, report);
    }
}

fn edges(event: &EventItem) -> Vec<Edge> {
    let fields = &event.item.record.fields;
    let after = fields.after.iter().map(|pointer| ("after", pointer.0));
    let causes = fields.caused_by.iter().map(|pointer| ("caused-by", pointer.0));
    let edge = |(field, pointer): (&'static str, PointerIx)| match event.item.targets[pointer] {
        Link::To(RecordIx::Event(to)) => Some(Edge { to, pointer, field }),
        _ => None,
    };
    after.chain(causes).filter_map(edge).collect()
}

fn contradiction(event: &EventItem, edge: &Edge, other: &EventItem, site: &CheckContext<'_>, report: &mut Report) {
    if !event.date().is_certainly_before(other.date(), &site.model.zone) {
        return;
    }
    let (this, that) = (&event.item.record, &other.item.record);
    let (id, other_id) = (&this.id.value, &that.id.value);
    let message = format!("`{id}` can't follow `{other_id}`: {} is before {}", event.date(), other.date());
    let finding = report.add(this.span(this.pieces.pointers[edge.pointer].range), message);
    finding.labels.push(label(this.span(this.fields.date.range), "the earlier date"));
    finding.labels.push(label(that.span(that.fields.date.range), "the later date"));
    finding.help = Some(format!("correct one of the dates, or remove `{other_id}` from `{}`", edge.field));
}

/// How far the search has got with an event.
#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Not,
    /// It is on the current path, at this depth.
    OnPath(usize),
    Done,
}

/// Circles, each given as its events with the edge to the next. No event appears in two of them, so that together they are
/// not longer than the site. If circles share an event, one is returned; the others show up once that one is fixed.
///
/// A depth-first search with an explicit path instead of recursion: it visits each event and each edge once.
fn circles(edges: &[Vec<Edge>]) -> Vec<Vec<(EventIx, &Edge)>> {
    let mut seen = vec![Seen::Not; edges.len()];
    let mut found = Vec::new();
    for start in 0..edges.len() {
        if seen[start] != Seen::Not {
            continue;
        }
        // Each event on the path, with how many of its edges have been followed.
        let mut path = vec![(start, 0)];
        // The parts of the path that are already known to be circles, as start and end depth.
        let mut taken: Vec<(usize, usize)> = Vec::new();
        seen[start] = Seen::OnPath(0);
        while let Some((at, followed)) = path.last_mut() {
            let Some(edge) = edges[*at].get(*followed) else {
                seen[*at] = Seen::Done;
                path.pop();
                taken.pop_if(|(from, _)| *from == path.len());
                if let Some((_, to)) = taken.last_mut() {
                    *to = path.len().min(*to);
                }
                continue;
            };
            *followed += 1;
            match seen[edge.to.position()] {
                Seen::Not => {
                    seen[edge.to.position()] = Seen::OnPath(path.len());
                    path.push((edge.to.position(), 0));
                }
                Seen::OnPath(depth) if taken.last().is_none_or(|(_, to)| depth >= *to) => {
                    taken.push((depth, path.len()));
                    // The last edge that was followed is the one before the next.
                    let step = |(at, followed): &(usize, usize)| (EventIx::new(*at), &edges[*at][followed - 1]);
                    found.push(path[depth..].iter().map(step).collect());
                }
                Seen::OnPath(_) | Seen::Done => {}
            }
        }
    }
    found
}

/// Reports a circle at its earliest event, with a label at each later step.
fn describe(circle: &[(EventIx, &Edge)], events: &[Arc<EventItem>], report: &mut Report) {
    let id = |event: EventIx| events[event.position()].item.id();
    let place = |(event, edge): &(EventIx, &Edge)| {
        let record = &events[event.position()].item.record;
        record.span(record.pieces.pointers[edge.pointer].range)
    };
    let first = (0..circle.len()).min_by_key(|at| circle[*at].0).unwrap_or(0);
    let (before, from) = circle.split_at(first);
    let mut steps = from.iter().chain(before);
    let Some(begin) = steps.next() else {
        return;
    };
    let message = match circle.len() {
        1 => format!("`{}` must follow itself", id(begin.0)),
        2 => format!("`{}` and `{}` must follow each other", id(begin.0), id(begin.1.to)),
        length => format!("`{}` must follow itself, through {} others", id(begin.0), length - 1),
    };
    let finding = report.add(place(begin), message);
    for step in steps {
        finding.labels.push(label(place(step), format!("and `{}` must follow `{}`", id(step.0), id(step.1.to))));
    }
    finding.help = Some("remove one of these from its `after` or `caused-by`".to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(targets: &[&[u32]]) -> Vec<usize> {
        let edge = |to: &u32| Edge { to: EventIx(*to), pointer: PointerIx::new(0), field: "after" };
        let edges: Vec<Vec<Edge>> = targets.iter().map(|targets| targets.iter().map(edge).collect()).collect();
        circles(&edges).iter().map(Vec::len).collect()
    }

    #[test]
    fn finds_each_circle_once() {
        assert!(lengths(&[&[1], &[2], &[]]).is_empty());
        assert_eq!(lengths(&[&[0]]), [1]);
        assert_eq!(lengths(&[&[1], &[2], &[0], &[4], &[3], &[0, 3]]), [3, 2]);
        // Two paths to one event are not a circle. Two circles through one event are reported one at a time.
        assert!(lengths(&[&[1, 2], &[3], &[3], &[]]).is_empty());
        assert_eq!(lengths(&[&[1, 2], &[0], &[0]]), [2]);
    }

    #[test]
    fn follows_a_long_chain_without_recursion() {
        let next: Vec<[u32; 1]> = (1..=200_000).map(|at| [at % 200_000]).collect();
        let targets: Vec<&[u32]> = next.iter().map(|to| &to[..]).collect();
        assert_eq!(lengths(&targets), [200_000]);
    }
}
