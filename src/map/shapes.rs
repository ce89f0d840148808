//! Land, water and borders: lines on the globe, and which of them make an outline.

use super::sphere::{Position, wrapped};

/// What a map is drawn of.
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    /// Lines. Outlines of neighbors share those between them.
    pub lines: Vec<Line>,
    /// Land.
    pub lands: Vec<Polygon>,
    /// Water on land.
    pub lakes: Vec<Polygon>,
    /// Borders of countries.
    pub borders: Vec<usize>,
    /// Borders within countries.
    pub states: Vec<usize>,
}

/// A line on the globe. The longitude of each of its points is within 180 degrees of the one before, even across the antimeridian.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its points.
    pub points: Vec<Position>,
    /// What it is within.
    pub bounds: Bounds,
}

/// An area: an outline, and then the outlines of holes in it. An outline goes clockwise around what is inside, and a hole's goes the
/// other way around the hole.
#[derive(Clone, Debug, Default)]
pub struct Polygon {
    /// The outlines.
    pub rings: Vec<Ring>,
}

/// A closed outline.
#[derive(Clone, Debug, Default)]
pub struct Ring {
    /// The lines that it is made of, in order.
    pub parts: Vec<Part>,
    /// What it is within.
    pub bounds: Bounds,
}

/// A line in an outline.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Which line.
    pub line: usize,
    /// Whether it is walked from its end.
    pub is_reversed: bool,
}

/// A range of latitudes and one of longitudes, in degrees; the eastern end may be beyond 180.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The westernmost longitude.
    pub west: f64,
    /// The easternmost longitude, not less than `west`.
    pub east: f64,
    /// The southernmost latitude.
    pub south: f64,
    /// The northernmost latitude.
    pub north: f64,
}

impl Part {
    fn sign(self) -> f64 {
        if self.is_reversed { -1.0 } else { 1.0 }
    }
}

impl Bounds {
    /// What these places are within.
    #[must_use]
    pub fn of(points: &[Position]) -> Self {
        let start = Self { west: f64::MAX, east: f64::MIN, south: f64::MAX, north: f64::MIN };
        points.iter().fold(start, |all, at| Self {
            west: all.west.min(at.lon),
            east: all.east.max(at.lon),
            south: all.south.min(at.lat),
            north: all.north.max(at.lat),
        })
    }

    /// What both are within, moved around the earth so that they are side by side.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let middle = |bounds: Self| f64::midpoint(bounds.west, bounds.east);
        let turn = ((middle(self) - middle(other)) / 360.0).round() * 360.0;
        Self {
            west: self.west.min(other.west + turn),
            east: self.east.max(other.east + turn),
            south: self.south.min(other.south),
            north: self.north.max(other.north),
        }
    }

    /// Whether any of it may be within `radius` radians of a place. It says so too often rather than too rarely.
    #[must_use]
    pub fn is_near(&self, center: Position, radius: f64) -> bool {
        let reach = radius.to_degrees();
        let (low, high) = (center.lat - reach, center.lat + reach);
        if self.north < low || self.south > high {
            return false;
        }
        // Near a pole, every meridian is.
        if low <= -90.0 || high >= 90.0 || self.east - self.west >= 360.0 {
            return true;
        }
        let wide = (radius.sin() / center.lat.to_radians().cos()).clamp(-1.0, 1.0).asin().to_degrees();
        let middle = f64::midpoint(self.west, self.east);
        wrapped(center.lon - middle).abs() <= wide + (self.east - self.west) / 2.0
    }
}

impl Line {
    /// A line through these points.
    #[must_use]
    pub fn new(mut points: Vec<Position>) -> Self {
        for at in 1..points.len() {
            let before = points[at - 1].lon;
            points[at].lon = before + wrapped(points[at].lon - before);
        }
        Self { bounds: Bounds::of(&points), points }
    }

    /// How many degrees it leads around the earth, toward the east.
    fn turn(&self) -> f64 {
        let ends = self.points.first().zip(self.points.last());
        ends.map_or(0.0, |(first, last)| last.lon - first.lon)
    }
}

impl Shapes {
    /// An outline of these lines.
    #[must_use]
    pub fn ring(&self, parts: Vec<Part>) -> Ring {
        let all = parts.iter().filter_map(|part| self.lines.get(part.line)).map(|line| line.bounds);
        let bounds = all.reduce(Bounds::with).unwrap_or_default();
        // An outline all the way around the earth has a pole in it, which none of its lines comes near.
        let around: f64 = parts.iter().filter_map(|part| Some(self.lines.get(part.line)?.turn() * part.sign())).sum();
        let is_around = around.abs() > 180.0;
        Ring { parts, bounds: if is_around { Bounds { south: -90.0, north: 90.0, ..bounds } } else { bounds } }
    }

    /// Adds a line of its own; returns which it is.
    pub fn add(&mut self, points: Vec<Position>) -> usize {
        self.lines.push(Line::new(points));
        self.lines.len() - 1
    }

    /// The longitudes and latitudes that all of it is within.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        self.lines.iter().map(|line| line.bounds).reduce(Bounds::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Position {
        Position { lat, lon }
    }

    #[test]
    fn a_line_across_the_antimeridian_goes_on() {
        let line = Line::new(vec![at(0.0, 179.0), at(1.0, -179.0)]);
        assert!((line.points[1].lon - 181.0).abs() < 1e-9);
        assert_eq!((line.bounds.west, line.bounds.east), (179.0, 181.0));
        assert!(line.bounds.is_near(at(0.0, -178.0), 0.05));
        assert!(!line.bounds.is_near(at(0.0, 0.0), 1.0));
    }

    #[test]
    fn bounds_are_near_what_touches_them() {
        let bounds = Bounds { west: 10.0, east: 20.0, south: 50.0, north: 60.0 };
        assert!(bounds.is_near(at(55.0, 15.0), 0.01), "inside");
        assert!(bounds.is_near(at(55.0, 25.0), 0.06), "to the east");
        assert!(!bounds.is_near(at(55.0, 25.0), 0.02), "too far east");
        assert!(bounds.is_near(at(89.0, -165.0), 0.6), "over the pole");
        let moved = bounds.with(Bounds { west: 380.0, east: 381.0, south: 0.0, north: 1.0 });
        assert!((moved.east - 21.0).abs() < 1e-9);
    }
}
