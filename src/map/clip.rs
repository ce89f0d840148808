//! Lines and outlines in a plane: what is left of them within a rectangle, and with fewer points.

use super::projection::Point;

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Its left edge.
    pub left: f64,
    /// Its top.
    pub top: f64,
    /// Its right edge.
    pub right: f64,
    /// Its bottom, with a larger value than its top.
    pub bottom: f64,
}

impl Rect {
    /// The rectangle with this much more at each side.
    #[must_use]
    pub fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// The smallest rectangle that has both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Whether a point is in it.
    #[must_use]
    pub fn has(&self, (x, y): Point) -> bool {
        x >= self.left && x <= self.right && y >= self.top && y <= self.bottom
    }
}

/// The part of a closed outline within a rectangle (Sutherland and Hodgman). Where the outline leaves the rectangle, it follows its
/// edge, which makes no difference to what is filled.
#[must_use]
pub fn outline(points: Vec<Point>, rect: Rect) -> Vec<Point> {
    if points.iter().all(|point| rect.has(*point)) {
        return points;
    }
    let points = half(&points, |point| point.0 - rect.left);
    let points = half(&points, |point| rect.right - point.0);
    let points = half(&points, |point| point.1 - rect.top);
    half(&points, |point| rect.bottom - point.1)
}

/// The part of a closed outline where `inside` isn't negative; it is linear.
pub fn half(points: &[Point], inside: impl Fn(Point) -> f64) -> Vec<Point> {
    let mut out = Vec::with_capacity(points.len());
    let Some(mut before) = points.last().copied() else { return out };
    for &point in points {
        let (was, is) = (inside(before), inside(point));
        if (was < 0.0) != (is < 0.0) {
            out.push(between(before, point, was / (was - is)));
        }
        if is >= 0.0 {
            out.push(point);
        }
        before = point;
    }
    out
}

fn between(a: Point, b: Point, part: f64) -> Point {
    (a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part)
}

/// The parts of a line within a rectangle (Liang and Barsky, piece by piece).
#[must_use]
pub fn line(points: &[Point], rect: Rect) -> Vec<Vec<Point>> {
    let mut runs: Vec<Vec<Point>> = Vec::new();
    let mut is_open = false;
    for pair in points.windows(2) {
        let Some((from, to)) = piece(pair[0], pair[1], rect) else {
            is_open = false;
            continue;
        };
        match runs.last_mut() {
            Some(run) if is_open && from == pair[0] => run.push(to),
            _ => runs.push(vec![from, to]),
        }
        is_open = to == pair[1];
    }
    runs
}

/// The part of a straight line within a rectangle.
fn piece(a: Point, b: Point, rect: Rect) -> Option<(Point, Point)> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    let edges = [(-dx, a.0 - rect.left), (dx, rect.right - a.0), (-dy, a.1 - rect.top), (dy, rect.bottom - a.1)];
    for (toward, room) in edges {
        if toward == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if toward < 0.0 {
            from = from.max(room / toward);
        } else {
            to = to.min(room / toward);
        }
    }
    let start = if from <= 0.0 { a } else { between(a, b, from) };
    let end = if to >= 1.0 { b } else { between(a, b, to) };
    (from <= to).then_some((start, end))
}

/// The points of a line that it needs to stay within `most` of where it was (Douglas and Peucker).
#[must_use]
pub fn simplified(points: Vec<Point>, most: f64) -> Vec<Point> {
    if points.len() < 3 {
        return points;
    }
    let mut keeps = vec![false; points.len()];
    let last = points.len() - 1;
    (keeps[0], keeps[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let mut worst = (most, from);
        for at in from + 1..to {
            let off = distance(points[at], points[from], points[to]);
            if off > worst.0 {
                worst = (off, at);
            }
        }
        if worst.1 > from {
            keeps[worst.1] = true;
            open.extend([(from, worst.1), (worst.1, to)]);
        }
    }
    points.into_iter().zip(keeps).filter(|(_, keeps)| *keeps).map(|(point, _)| point).collect()
}

/// The distance from a point to a straight line between two others.
#[must_use]
pub fn distance(point: Point, from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (px, py) = (point.0 - from.0, point.1 - from.1);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { ((px * dx + py * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (px - along * dx).hypot(py - along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECT: Rect = Rect { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    fn area(points: &[Point]) -> f64 {
        let next = points.iter().cycle().skip(1);
        points.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs() / 2.0
    }

    #[test]
    fn an_outline_is_cut_at_the_edges() {
        let square = vec![(-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0)];
        assert!((area(&outline(square, RECT)) - 25.0).abs() < 1e-9);
        let around = vec![(-5.0, -5.0), (50.0, -5.0), (50.0, 50.0), (-5.0, 50.0)];
        assert!((area(&outline(around, RECT)) - 100.0).abs() < 1e-9);
        assert!(outline(vec![(20.0, 1.0), (30.0, 1.0), (20.0, 5.0)], RECT).is_empty());
        assert!(outline(Vec::new(), RECT).is_empty());
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two() {
        let line = line(&[(-5.0, 5.0), (5.0, 5.0), (5.0, 20.0), (8.0, 20.0), (8.0, 5.0), (9.0, 5.0)], RECT);
        assert_eq!(line, [vec![(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)], vec![(8.0, 10.0), (8.0, 5.0), (9.0, 5.0)]]);
    }

    #[test]
    fn straight_lines_need_two_points() {
        let straight: Vec<Point> = (0..100).map(|at| (f64::from(at), 0.1 * f64::from(at % 2))).collect();
        assert_eq!(simplified(straight.clone(), 0.5).len(), 2);
        assert_eq!(simplified(straight, 0.01).len(), 100);
        assert_eq!(simplified(vec![(0.0, 0.0), (5.0, 3.0), (10.0, 0.0)], 1.0).len(), 3);
    }
}
