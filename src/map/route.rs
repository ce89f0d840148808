//! A route: bent lines from stop to stop, each with an arrow, so that the way there and the way back are two lines.

use super::Look;
use super::clip;
use super::marks::{Mark, is_on};
use super::projection::{Point, Projection};
use super::sphere::{Position, way};
use super::window::Window;

/// A line from one stop to the next.
#[derive(Clone, Debug)]
pub struct Leg {
    /// Its parts; there is more than one if it leads across the edge of the earth.
    pub lines: Vec<Vec<Point>>,
    /// The corners of the arrow at its end; none if there is no room for one.
    pub arrow: Option<[Point; 3]>,
}

/// The legs of a route, in order.
#[must_use]
pub fn legs(look: &Look<'_>, window: &Window, marks: &[Mark]) -> Vec<Leg> {
    let stops = look.route.windows(2).filter(|pair| pair[0] != pair[1]);
    stops
        .filter_map(|pair| Some((marks.get(pair[0])?, marks.get(pair[1])?, pair)))
        .map(|(from, to, pair)| {
            let [start, end] = [pair[0], pair[1]].map(|at| look.places[at].position);
            let lines = match window.projection {
                Projection::World(_) => across(start, end, window),
                Projection::Around(_) => vec![bent(from.middle, to.middle)],
            };
            trimmed(lines, from, to)
        })
        .collect()
}

/// A bow to the left of the straight way.
fn bent(from: Point, to: Point) -> Vec<Point> {
    const STEPS: u32 = 24;
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    let bow = (length * 0.18).min(44.0) / length.max(1e-9);
    let control = (f64::midpoint(from.0, to.0) + dy * bow, f64::midpoint(from.1, to.1) - dx * bow);
    let at = |step: u32| {
        let t = f64::from(step) / f64::from(STEPS);
        let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
        (a * from.0 + b * control.0 + c * to.0, a * from.1 + b * control.1 + c * to.1)
    };
    (0..=STEPS).map(at).collect()
}

/// The shortest way on the globe, in parts where it leads across the edge of the map.
fn across(from: Position, to: Position, window: &Window) -> Vec<Vec<Point>> {
    let mut lines: Vec<Vec<Point>> = vec![Vec::new()];
    let mut before: Option<Point> = None;
    for position in way(from, to, 0.03) {
        let point = window.place(position);
        if before.is_some_and(|before| (point.0 - before.0).abs() > window.scale) {
            lines.push(Vec::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push(point);
        }
        before = Some(point);
    }
    lines
}

/// The lines without what the marks at their ends cover, and the arrow.
fn trimmed(mut lines: Vec<Vec<Point>>, from: &Mark, to: &Mark) -> Leg {
    const ARROW: f64 = 8.0;
    if let Some(first) = lines.first_mut() {
        let covered = first.iter().take_while(|point| is_on(from, **point, 1.0)).count();
        first.drain(..covered.saturating_sub(1));
        enter(first, from, 1.0, false);
    }
    if let Some(last) = lines.last_mut() {
        let covered = last.iter().rev().take_while(|point| is_on(to, **point, 2.0)).count();
        last.truncate(last.len() - covered.saturating_sub(1));
        enter(last, to, 2.0, true);
    }
    lines.retain(|line| line.len() > 1);
    let arrow = lines.last().and_then(|line| {
        let tip = *line.last()?;
        let back = line.iter().rev().find(|point| (point.0 - tip.0).hypot(point.1 - tip.1) >= ARROW)?;
        let length = (tip.0 - back.0).hypot(tip.1 - back.1);
        let (x, y) = ((tip.0 - back.0) / length * ARROW, (tip.1 - back.1) / length * ARROW);
        Some([tip, (tip.0 - x + y * 0.5, tip.1 - y - x * 0.5), (tip.0 - x - y * 0.5, tip.1 - y + x * 0.5)])
    });
    let lines = lines.into_iter().map(|line| clip::simplified(line, 0.2)).collect();
    Leg { lines, arrow }
}

/// Moves the end of a line that is on a mark to the mark's edge.
fn enter(line: &mut [Point], mark: &Mark, by: f64, is_end: bool) {
    let count = line.len();
    if count < 2 {
        return;
    }
    let (inner, outer) = if is_end { (count - 1, count - 2) } else { (0, 1) };
    let (mut covered, mut free) = (line[inner], line[outer]);
    if is_on(mark, free, by) {
        return;
    }
    for _ in 0..12 {
        let middle = (f64::midpoint(covered.0, free.0), f64::midpoint(covered.1, free.1));
        if is_on(mark, middle, by) { covered = middle } else { free = middle }
    }
    line[inner] = free;
}
