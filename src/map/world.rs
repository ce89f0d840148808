//! Natural Earth's land, lakes and borders, which are part of the program. `assets/maps/README.md` says where the data is from.
//!
//! The file holds [`Shapes`] for each [`Scale`], in numbers of seven bits a byte, the lowest first; the highest bit says that another
//! byte follows. A number with a sign is twice its amount, less one if it is negative. `tools/reduce-map.mjs` writes it:
//!
//! - the number of lines; for each, the number of its points, its first point and the way from each point to the next, as longitude
//!   and latitude in 250ths of a degree;
//! - the number of lands; for each, the number of outlines; for each, the number of lines and the lines themselves, twice their number
//!   in the list, and one more for a line that is walked from its end;
//! - the same for lakes;
//! - the number of borders between countries, and their lines; the same for borders within countries.

use super::shapes::{Part, Polygon, Shapes};
use super::sphere::Position;

/// How detailed the shapes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// 1:110 million, for the whole earth.
    World,
    /// 1:50 million, for less.
    Region,
}

/// Natural Earth's shapes; nothing if the program was built without them.
#[must_use]
pub fn natural_earth(scale: Scale) -> Option<&'static Shapes> {
    imp::shapes(scale)
}

#[cfg(feature = "maps")]
mod imp {
    use std::sync::LazyLock;

    use super::{Scale, Shapes, read};

    /// The same for every site: what the data says once it is unpacked.
    static SHAPES: LazyLock<Option<[Shapes; 2]>> = LazyLock::new(|| read(include_bytes!("../../assets/maps/world.bin")));

    pub fn shapes(scale: Scale) -> Option<&'static Shapes> {
        let [world, region] = SHAPES.as_ref()?;
        Some(if scale == Scale::World { world } else { region })
    }
}

#[cfg(not(feature = "maps"))]
mod imp {
    use super::{Scale, Shapes};

    pub fn shapes(_: Scale) -> Option<&'static Shapes> {
        None
    }
}

/// The shapes in a file; nothing if it isn't such a file.
#[cfg_attr(not(any(feature = "maps", test)), expect(dead_code, reason = "there is no file to read"))]
fn read(bytes: &[u8]) -> Option<[Shapes; 2]> {
    let mut bytes = bytes.iter();
    let both = [shapes(&mut bytes)?, shapes(&mut bytes)?];
    bytes.next().is_none().then_some(both)
}

type Bytes<'b> = std::slice::Iter<'b, u8>;

fn shapes(bytes: &mut Bytes<'_>) -> Option<Shapes> {
    let mut shapes = Shapes::default();
    for _ in 0..number(bytes)? {
        let points = line(bytes)?;
        shapes.add(points);
    }
    shapes.lands = polygons(&shapes, bytes)?;
    shapes.lakes = polygons(&shapes, bytes)?;
    shapes.borders = list(&shapes, bytes)?;
    shapes.states = list(&shapes, bytes)?;
    Some(shapes)
}

fn line(bytes: &mut Bytes<'_>) -> Option<Vec<Position>> {
    const UNITS: f64 = 250.0;
    let count = number(bytes)?;
    let (mut x, mut y) = (0_i32, 0_i32);
    let point = |_| {
        x = x.checked_add(signed(bytes)?)?;
        y = y.checked_add(signed(bytes)?)?;
        Some(Position { lat: f64::from(y) / UNITS, lon: f64::from(x) / UNITS })
    };
    (0..count).map(point).collect()
}

fn polygons(shapes: &Shapes, bytes: &mut Bytes<'_>) -> Option<Vec<Polygon>> {
    let mut polygons = Vec::new();
    for _ in 0..number(bytes)? {
        let mut rings = Vec::new();
        for _ in 0..number(bytes)? {
            let mut parts = Vec::new();
            for _ in 0..number(bytes)? {
                let written = number(bytes)?;
                let line = written / 2;
                shapes.lines.get(line)?;
                parts.push(Part { line, is_reversed: written % 2 == 1 });
            }
            rings.push(shapes.ring(parts));
        }
        polygons.push(Polygon { rings });
    }
    Some(polygons)
}

fn list(shapes: &Shapes, bytes: &mut Bytes<'_>) -> Option<Vec<usize>> {
    (0..number(bytes)?).map(|_| number(bytes).filter(|line| *line < shapes.lines.len())).collect()
}

fn number(bytes: &mut Bytes<'_>) -> Option<usize> {
    let (mut value, mut shift) = (0_usize, 0);
    loop {
        let byte = bytes.next()?;
        value |= usize::from(byte & 127).checked_shl(shift)?;
        if byte & 128 == 0 {
            return Some(value);
        }
        shift += 7;
    }
}

fn signed(bytes: &mut Bytes<'_>) -> Option<i32> {
    let value = i32::try_from(number(bytes)?).ok()?;
    Some(if value % 2 == 1 { -(value / 2) - 1 } else { value / 2 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_ends_early_or_late_is_no_map() {
        assert!(read(&[]).is_none());
        let empty = [0; 10];
        assert!(read(&empty).is_some());
        assert!(read(&empty[..9]).is_none());
        assert!(read(&[0; 11]).is_none());
        assert!(read(&[255; 40]).is_none());
        // A land of a line that isn't there.
        assert!(read(&[0, 1, 1, 1, 8, 0, 0, 0, 0, 0, 0, 0, 0]).is_none());
    }

    #[cfg(feature = "maps")]
    #[test]
    fn the_earth_is_all_there() {
        for scale in [Scale::World, Scale::Region] {
            let shapes = natural_earth(scale).unwrap();
            let points = shapes.lines.iter().flat_map(|line| &line.points);
            assert!(points.clone().all(|at| at.lat.abs() <= 90.0 && at.lon.abs() <= 540.0));
            assert!(shapes.lands.len() > 100 && shapes.lakes.len() > 20 && shapes.borders.len() > 100);
            // Every outline is closed: each line begins where the one before it ends.
            for ring in shapes.lands.iter().chain(&shapes.lakes).flat_map(|polygon| &polygon.rings) {
                let ends = |part: &Part| {
                    let points = &shapes.lines[part.line].points;
                    let (first, last) = (points[0], points[points.len() - 1]);
                    if part.is_reversed { (last, first) } else { (first, last) }
                };
                let mut before = ends(&ring.parts[ring.parts.len() - 1]).1;
                for part in &ring.parts {
                    let (first, last) = ends(part);
                    let off = crate::map::sphere::wrapped(first.lon - before.lon);
                    assert!(off.abs() < 0.01 && (first.lat - before.lat).abs() < 0.01, "{first:?} {before:?}");
                    before = last;
                }
            }
        }
        assert!(natural_earth(Scale::Region).unwrap().states.len() > 100);
    }
}
