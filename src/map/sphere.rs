//! The earth as a sphere: places on it as directions from its center, and the ways between them.

/// The earth's mean radius in kilometers.
pub const RADIUS_KM: f64 = 6371.0;

/// A place on the earth, in degrees: latitude north of the equator, longitude east of Greenwich (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Its latitude, from -90 to 90.
    pub lat: f64,
    /// Its longitude; values beyond 180 go on around the earth.
    pub lon: f64,
}

/// A direction from the earth's center, of length 1.
pub type Vector = [f64; 3];

impl Position {
    /// The direction of the place: the first axis leads to 0° 0°, the third to the North Pole.
    #[must_use]
    pub fn vector(self) -> Vector {
        let (sin_lat, cos_lat) = self.lat.to_radians().sin_cos();
        let (sin_lon, cos_lon) = self.lon.to_radians().sin_cos();
        [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
    }

    /// The place in a direction.
    #[must_use]
    pub fn of([x, y, z]: Vector) -> Self {
        Self { lat: z.clamp(-1.0, 1.0).asin().to_degrees(), lon: y.atan2(x).to_degrees() }
    }
}

/// Degrees between -180 and 180 for the same direction.
#[must_use]
pub fn wrapped(degrees: f64) -> f64 {
    degrees - (degrees / 360.0).round() * 360.0
}

/// The product of two directions: the cosine of the angle between them.
#[must_use]
pub fn dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// The angle between two directions, in radians.
#[must_use]
pub fn angle(a: Vector, b: Vector) -> f64 {
    // The cosine of small angles says little; their chord says it exactly.
    let chord = (0..3).map(|at| (a[at] - b[at]).powi(2)).sum::<f64>().sqrt();
    2.0 * (chord / 2.0).min(1.0).asin()
}

/// A direction of length 1; `None` for no direction at all.
#[must_use]
pub fn unit([x, y, z]: Vector) -> Option<Vector> {
    let length = (x * x + y * y + z * z).sqrt();
    (length > 1e-9).then(|| [x / length, y / length, z / length])
}

/// The middle of the smallest cap that has all these places, and its radius in radians; nothing if there are none.
///
/// A center is moved toward the farthest place, by less each time (Badoiu and Clarkson); it ends within a hundredth.
#[must_use]
pub fn cap(places: &[Position]) -> Option<(Position, f64)> {
    let all: Vec<Vector> = places.iter().map(|place| place.vector()).collect();
    let first = *all.first()?;
    let mut center = first;
    let farthest = |center: Vector| {
        let of = |at: &Vector| dot(*at, center);
        all.iter().copied().min_by(|a, b| of(a).total_cmp(&of(b))).unwrap_or(first)
    };
    for step in 1..=200 {
        let far = farthest(center);
        let by = 1.0 / (f64::from(step) + 1.0);
        let moved = [0, 1, 2].map(|axis| center[axis] + (far[axis] - center[axis]) * by);
        center = unit(moved).unwrap_or(center);
    }
    let radius = angle(center, farthest(center));
    Some((Position::of(center), radius))
}

/// Places along the shortest way from one place to another, both included, at most `step` radians apart.
#[must_use]
pub fn way(from: Position, to: Position, step: f64) -> Vec<Position> {
    let (a, b) = (from.vector(), to.vector());
    let whole = angle(a, b);
    let count = (whole / step).ceil().clamp(1.0, 400.0);
    let sine = whole.sin();
    if sine.abs() < 1e-9 {
        return vec![from, to];
    }
    let at = |number: u32| {
        let part = f64::from(number) / count;
        let (p, q) = (((1.0 - part) * whole).sin() / sine, (part * whole).sin() / sine);
        Position::of([0, 1, 2].map(|axis| a[axis] * p + b[axis] * q))
    };
    let inner = (1..count as u32).map(at);
    std::iter::once(from).chain(inner).chain(std::iter::once(to)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Position {
        Position { lat, lon }
    }

    #[test]
    fn the_middle_of_places_is_between_them_on_the_globe() {
        let (center, radius) = cap(&[at(0.0, 170.0), at(0.0, -170.0)]).unwrap();
        assert!(center.lat.abs() < 0.2 && wrapped(center.lon - 180.0).abs() < 0.2, "{center:?}");
        assert!((radius.to_degrees() - 10.0).abs() < 0.3, "{radius}");
        let (center, _) = cap(&[at(80.0, 0.0), at(80.0, 120.0), at(80.0, -120.0)]).unwrap();
        assert!(center.lat > 89.5, "{center:?}");
        assert!(cap(&[at(5.0, 6.0)]).unwrap().1 < 1e-9);
        assert_eq!(cap(&[]), None);
    }

    #[test]
    fn the_way_over_the_pacific_does_not_lead_around_the_earth() {
        let way = way(at(35.0, 140.0), at(37.0, -122.0), 0.1);
        assert!(way.len() > 8 && way.iter().all(|place| place.lon.abs() > 120.0), "{way:?}");
        assert!((wrapped(190.0) + 170.0).abs() < 1e-9);
    }

    #[test]
    fn opposite_places_have_a_way() {
        assert_eq!(way(at(0.0, 0.0), at(0.0, 180.0), 0.1).len(), 2);
        assert_eq!(way(at(1.0, 1.0), at(1.0, 1.0), 0.1).len(), 2);
    }
}
