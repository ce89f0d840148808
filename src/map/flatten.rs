//! From shapes on the globe to lines and outlines in pixels.
//!
//! Around a place, whatever is far outside the drawing is moved to a rim around it, in its direction from the center. Outlines stay
//! closed that way, and they go around the drawing on the same side as before. Only an outline with the point opposite the center in
//! it is turned inside out; the rim then counts as its outline too.
//!
//! A map of the whole earth is cut along a meridian instead, and outlines around a pole are closed along it.

use std::cell::OnceCell;
use std::f64::consts::{PI, TAU};

use super::clip::{self, Rect};
use super::projection::{Frame, Point, Projection, angle_at, equal_earth, reach};
use super::shapes::{Line, Part, Polygon, Ring, Shapes};
use super::sphere::{Position, wrapped};
use super::window::Window;

/// Lines that stray less than this many pixels are straight.
const TOLERANCE: f64 = 0.5;

/// A map that shows places further from its center than this, in radians, has no borders within countries.
const WITH_STATES: f64 = 0.6;

/// Everything below the marks of a map, in pixels.
#[derive(Debug, Default)]
pub struct Ground {
    /// Outlines of land; what is in an odd number of them is land.
    pub land: Vec<Vec<Point>>,
    /// Outlines of lakes, in the same way.
    pub lakes: Vec<Vec<Point>>,
    /// Borders of countries.
    pub borders: Vec<Vec<Point>>,
    /// Borders within countries.
    pub states: Vec<Vec<Point>>,
}

/// What is in a rectangle of a window.
#[must_use]
pub fn ground(shapes: &Shapes, window: &Window, rect: Rect) -> Ground {
    match window.projection {
        Projection::Around(frame) => Around::new(shapes, window, frame, rect).ground(),
        Projection::World(meridian) => World { shapes, window, meridian, rect }.ground(),
    }
}

struct Around<'a> {
    shapes: &'a Shapes,
    window: &'a Window,
    frame: Frame,
    rect: Rect,
    /// The angle from the center to the farthest corner.
    seen: f64,
    /// The angle from the center to the rim.
    rim: f64,
    /// Lines that were needed so far.
    walks: Vec<OnceCell<Walk>>,
}

/// A line in pixels.
#[derive(Clone, Debug)]
struct Walk {
    points: Vec<Point>,
    /// How far it turns around the center, clockwise, in radians.
    turn: f64,
}

impl<'a> Around<'a> {
    fn new(shapes: &'a Shapes, window: &'a Window, frame: Frame, rect: Rect) -> Self {
        let corner = |x: f64, y: f64| {
            let (x, y) = (window.corner.0 + x / window.scale, window.corner.1 - y / window.scale);
            x.hypot(y)
        };
        let Rect { left, top, right, bottom } = rect;
        let far = [corner(left, top), corner(right, top), corner(left, bottom), corner(right, bottom)];
        let seen = angle_at(far.into_iter().fold(0.0, f64::max)) + 0.001;
        let rim = (seen * 1.3 + 0.02).min(PI - 0.05);
        Self { shapes, window, frame, rect, seen: seen.min(rim), rim, walks: vec![OnceCell::new(); shapes.lines.len()] }
    }

    fn ground(&self) -> Ground {
        let (lands, lakes) = (&self.shapes.lands, &self.shapes.lakes);
        Ground {
            land: lands.iter().flat_map(|land| self.polygon(land)).collect(),
            lakes: lakes.iter().flat_map(|lake| self.polygon(lake)).collect(),
            borders: self.lines(&self.shapes.borders),
            states: if self.seen < WITH_STATES { self.lines(&self.shapes.states) } else { Vec::new() },
        }
    }

    fn lines(&self, lines: &[usize]) -> Vec<Vec<Point>> {
        let mut out = Vec::new();
        for at in lines {
            let line = &self.shapes.lines[*at];
            if line.bounds.is_near(self.frame.center(), self.seen) {
                let walk = self.walk(*at);
                out.extend(clip::line(&walk.points, self.rect));
            }
        }
        out
    }

    fn polygon(&self, polygon: &Polygon) -> Vec<Vec<Point>> {
        let mut out = Vec::new();
        for (nth, ring) in polygon.rings.iter().enumerate() {
            if !ring.bounds.is_near(self.frame.center(), self.seen) {
                continue;
            }
            let (points, turn) = self.ring(ring);
            let is_hole = nth > 0;
            let is_around_opposite = if is_hole { turn > PI } else { turn < -PI };
            if is_around_opposite {
                out.push(clip::outline(self.whole_rim(), self.rect));
            }
            out.push(clip::outline(points, self.rect));
        }
        out.retain(|points| points.len() > 2);
        out
    }

    fn ring(&self, ring: &Ring) -> (Vec<Point>, f64) {
        let (mut points, mut turn) = (Vec::new(), 0.0);
        for Part { line, is_reversed } in &ring.parts {
            let walk = self.walk(*line);
            if *is_reversed {
                points.extend(walk.points.iter().rev());
                turn -= walk.turn;
            } else {
                points.extend(&walk.points);
                turn += walk.turn;
            }
        }
        points.dedup();
        (points, turn)
    }

    fn walk(&self, at: usize) -> &Walk {
        self.walks[at].get_or_init(|| self.walked(&self.shapes.lines[at]))
    }

    fn walked(&self, line: &Line) -> Walk {
        let center = self.frame.center();
        let opposite = Position { lat: -center.lat, lon: center.lon + 180.0 };
        // What is far away needs only to go around the drawing on the right side.
        let is_far = !line.bounds.is_near(center, self.seen) && !line.bounds.is_near(opposite, 0.02);
        let coarse = is_far.then(|| straight(line));
        let mut walk = Walk { points: Vec::new(), turn: 0.0 };
        let mut before = None;
        for position in coarse.as_ref().unwrap_or(&line.points) {
            before = Some(self.step(*position, before, &mut walk));
        }
        walk.points = clip::simplified(walk.points, TOLERANCE);
        walk
    }

    /// Takes a line to its next place; returns the direction from the center, and whether the place is beyond the rim.
    fn step(&self, position: Position, before: Option<(f64, bool)>, walk: &mut Walk) -> (f64, bool) {
        let (east, north, up) = self.frame.parts(position.vector());
        let direction = east.atan2(north);
        let turn = before.map_or(0.0, |(was, _)| {
            let by = direction - was;
            by - (by / TAU).round() * TAU
        });
        walk.turn += turn;
        let is_beyond = up < self.rim.cos();
        if !is_beyond {
            let scale = (2.0 / (1.0 + up)).sqrt();
            walk.points.push(self.window.pixel((scale * east, scale * north)));
            return (direction, false);
        }
        // From one place beyond the rim to the next, the way is along the rim.
        if let Some((was, true)) = before {
            let steps = (turn.abs() / 0.25).floor();
            let along = |step: u32| self.on_rim(was + turn * f64::from(step) / (steps + 1.0));
            walk.points.extend((1..=steps as u32).map(along));
        }
        walk.points.push(self.on_rim(direction));
        (direction, true)
    }

    fn on_rim(&self, direction: f64) -> Point {
        let far = reach(self.rim);
        self.window.pixel((far * direction.sin(), far * direction.cos()))
    }

    fn whole_rim(&self) -> Vec<Point> {
        (0..24).map(|step| self.on_rim(f64::from(step) * TAU / 24.0)).collect()
    }
}

/// A line that leads evenly from the first place of another to its last, and stays within its bounds.
fn straight(line: &Line) -> Vec<Position> {
    let (Some(first), Some(last)) = (line.points.first(), line.points.last()) else { return Vec::new() };
    let (lat, lon) = (last.lat - first.lat, last.lon - first.lon);
    let steps = (lat.abs().max(lon.abs()) / 4.0).ceil().max(1.0);
    let at = |step: u32| {
        let part = f64::from(step) / steps;
        Position { lat: first.lat + lat * part, lon: first.lon + lon * part }
    };
    (0..=steps as u32).map(at).collect()
}

struct World<'a> {
    shapes: &'a Shapes,
    window: &'a Window,
    meridian: f64,
    rect: Rect,
}

impl World<'_> {
    fn ground(&self) -> Ground {
        let polygons = |all: &[Polygon]| all.iter().flat_map(|polygon| self.polygon(polygon)).collect();
        let lines = |all: &[usize]| all.iter().flat_map(|at| self.line(&self.shapes.lines[*at])).collect();
        Ground {
            land: polygons(&self.shapes.lands),
            lakes: polygons(&self.shapes.lakes),
            borders: lines(&self.shapes.borders),
            states: Vec::new(),
        }
    }

    fn pixel(&self, (lon, lat): Point) -> Point {
        self.window.pixel(equal_earth(lat, lon))
    }

    fn line(&self, line: &Line) -> Vec<Vec<Point>> {
        let mut runs: Vec<Vec<Point>> = vec![Vec::new()];
        let mut before = None;
        for place in &line.points {
            let lon = wrapped(place.lon - self.meridian);
            if before.is_some_and(|before: f64| (lon - before).abs() > 180.0) {
                runs.push(Vec::new());
            }
            if let Some(run) = runs.last_mut() {
                run.push(self.pixel((lon, place.lat)));
            }
            before = Some(lon);
        }
        let runs = runs.into_iter().map(|run| clip::simplified(run, TOLERANCE));
        runs.flat_map(|run| clip::line(&run, self.rect)).collect()
    }

    fn polygon(&self, polygon: &Polygon) -> Vec<Vec<Point>> {
        let rings = polygon.rings.iter().enumerate();
        rings.flat_map(|(nth, ring)| self.copies(&self.unrolled(ring, nth > 0))).collect()
    }

    /// An outline as longitudes and latitudes that go on around the earth, closed along the pole that is in it.
    fn unrolled(&self, ring: &Ring, is_hole: bool) -> Vec<Point> {
        let mut points: Vec<Point> = Vec::new();
        for Part { line, is_reversed } in &ring.parts {
            let line = &self.shapes.lines[*line].points;
            let mut add = |place: &Position| {
                let before = points.last().map_or(self.meridian, |point| point.0 + self.meridian);
                points.push((before + wrapped(place.lon - before) - self.meridian, place.lat));
            };
            if *is_reversed { line.iter().rev().for_each(&mut add) } else { line.iter().for_each(&mut add) }
        }
        points.dedup();
        if let (Some(first), Some(last)) = (points.first().copied(), points.last().copied())
            && (last.0 - first.0).abs() > 180.0
        {
            // Inside is to the right of an outline, and to the left of a hole's.
            let pole = if (last.0 > first.0) == is_hole { 90.0 } else { -90.0 };
            points.extend([(last.0, pole), (first.0, pole)]);
        }
        points
    }

    /// What an outline shows between the two edges of the earth, once for each time that it comes around.
    fn copies(&self, points: &[Point]) -> Vec<Vec<Point>> {
        let west = points.iter().map(|point| point.0).fold(f64::MAX, f64::min);
        let east = points.iter().map(|point| point.0).fold(f64::MIN, f64::max);
        let turns = [-720.0, -360.0, 0.0, 360.0, 720.0];
        let seen = turns.into_iter().filter(|turn| west + turn < 180.0 && east + turn > -180.0);
        let copy = |turn: f64| {
            let moved: Vec<Point> = points.iter().map(|(lon, lat)| (lon + turn, *lat)).collect();
            let cut = clip::half(&clip::half(&moved, |point| point.0 + 180.0), |point| 180.0 - point.0);
            let pixels = fine(&cut).into_iter().map(|point| self.pixel(point)).collect();
            clip::outline(clip::simplified(pixels, TOLERANCE), self.rect)
        };
        seen.map(copy).filter(|points| points.len() > 2).collect()
    }
}

/// An outline with points close enough to each other to follow the bent edges of the earth.
fn fine(points: &[Point]) -> Vec<Point> {
    let mut out = Vec::with_capacity(points.len());
    let Some(mut before) = points.last().copied() else { return out };
    for &point in points {
        let steps = ((point.0 - before.0).abs().max((point.1 - before.1).abs()) / 3.0).floor();
        for step in 1..=steps as u32 {
            let part = f64::from(step) / (steps + 1.0);
            out.push((before.0 + (point.0 - before.0) * part, before.1 + (point.1 - before.1) * part));
        }
        out.push(point);
        before = point;
    }
    out
}

/// The edge of the earth on a map of all of it, in pixels.
#[must_use]
pub fn edge(window: &Window) -> Vec<Point> {
    let up = (-30..=30).map(|step| (180.0, f64::from(step) * 3.0));
    let down = (-30..=30).rev().map(|step| (-180.0, f64::from(step) * 3.0));
    let points = up.chain(down).map(|(lon, lat)| window.pixel(equal_earth(lat, lon))).collect();
    clip::outline(clip::simplified(points, 0.2), window.rect().grown(2.0))
}
