//! From the globe to a plane. All sizes are in radii of the earth; `y` grows toward the north.

use super::sphere::{Position, Vector, dot, wrapped};

/// A place in the plane.
pub type Point = (f64, f64);

/// How the globe is laid flat.
#[derive(Clone, Copy, Debug)]
pub enum Projection {
    /// Around a place that is shown without distortion (Lambert's azimuthal equal-area projection): cities, countries,
    /// continents and poles.
    Around(Frame),
    /// The whole earth, with areas in proportion (Equal Earth), around this meridian in degrees.
    World(f64),
}

/// The directions at a place: east, north and up.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    east: Vector,
    north: Vector,
    up: Vector,
}

impl Frame {
    /// The directions at a place.
    #[must_use]
    pub fn at(place: Position) -> Self {
        let (sin_lat, cos_lat) = place.lat.to_radians().sin_cos();
        let (sin_lon, cos_lon) = place.lon.to_radians().sin_cos();
        Self { east: [-sin_lon, cos_lon, 0.0], north: [-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat], up: place.vector() }
    }

    /// The place that it is at.
    #[must_use]
    pub fn center(&self) -> Position {
        Position::of(self.up)
    }

    /// How far east, north and up a direction leads.
    #[must_use]
    pub fn parts(&self, direction: Vector) -> (f64, f64, f64) {
        (dot(direction, self.east), dot(direction, self.north), dot(direction, self.up))
    }
}

impl Projection {
    /// Where a place is in the plane. The point opposite the center of [`Self::Around`] has no place; its surroundings stand far out.
    #[must_use]
    pub fn project(&self, place: Position) -> Point {
        match self {
            Self::Around(frame) => {
                let (east, north, up) = frame.parts(place.vector());
                let scale = (2.0 / (1.0 + up).max(1e-9)).sqrt();
                (scale * east, scale * north)
            }
            Self::World(meridian) => equal_earth(place.lat, wrapped(place.lon - meridian)),
        }
    }
}

/// The distance from the center of [`Projection::Around`] to a place `angle` radians away.
#[must_use]
pub fn reach(angle: f64) -> f64 {
    2.0 * (angle / 2.0).sin()
}

/// The angle to places at this distance from the center: the inverse of [`reach`].
#[must_use]
pub fn angle_at(distance: f64) -> f64 {
    2.0 * (distance / 2.0).clamp(0.0, 1.0).asin()
}

/// The Equal Earth projection (Šavrič, Patterson and Jenny, 2018), in degrees from the middle meridian.
#[must_use]
pub fn equal_earth(lat: f64, lon: f64) -> Point {
    const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
    let root = 3.0_f64.sqrt();
    let t = (root / 2.0 * lat.to_radians().sin()).asin();
    let (t2, t6) = (t * t, t.powi(6));
    let slope = A[0] + 3.0 * A[1] * t2 + t6 * (7.0 * A[2] + 9.0 * A[3] * t2);
    let x = 2.0 * lon.to_radians() * t.cos() / (root * slope);
    let y = t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2));
    (x, y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: Point, b: Point) -> bool {
        (a.0 - b.0).abs() < 1e-6 && (a.1 - b.1).abs() < 1e-6
    }

    #[test]
    fn places_stand_where_the_formulas_say() {
        // The extremes of Equal Earth, as published.
        assert!(near(equal_earth(0.0, 180.0), (2.706_629_9, 0.0)), "{:?}", equal_earth(0.0, 180.0));
        assert!(near(equal_earth(90.0, 0.0), (0.0, 1.317_362_7)), "{:?}", equal_earth(90.0, 0.0));
        let around = Projection::Around(Frame::at(Position { lat: 40.0, lon: -100.0 }));
        let center = around.project(Position { lat: 40.0, lon: -100.0 });
        assert!(near(center, (0.0, 0.0)), "{center:?}");
        let south = around.project(Position { lat: 20.0, lon: -100.0 });
        assert!(near(south, (0.0, -reach(20.0_f64.to_radians()))), "{south:?}");
    }

    #[test]
    fn the_opposite_of_the_center_is_far_away_and_finite() {
        let around = Projection::Around(Frame::at(Position { lat: 0.0, lon: 0.0 }));
        let (x, y) = around.project(Position { lat: 0.0, lon: 180.0 });
        assert!(x.is_finite() && y.is_finite());
        assert!((angle_at(reach(1.2)) - 1.2).abs() < 1e-12);
    }
}
