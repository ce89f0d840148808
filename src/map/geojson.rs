//! A site's own land and borders, from a file in GeoJSON (RFC 7946).
//!
//! Areas are land, or water if their feature has the property `kind: water`. Lines are borders; if the file has none, the outlines of
//! its land are. Points are left out.

use super::shapes::{Part, Polygon, Shapes};
use super::sphere::{Position, wrapped};
use crate::base::TextRange;
use crate::syntax::json;
use crate::syntax::node::{Kind, Node};

/// The largest file that a map reads, in bytes.
const MOST_BYTES: usize = 4_000_000;

/// The most faults that are told of one file.
const MOST_FAULTS: usize = 8;

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub range: TextRange,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Fault {
    fn new(range: TextRange, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: Some(help.into()) }
    }
}

/// Reads a file.
///
/// # Errors
/// All that is wrong with it, up to a few.
pub fn read(text: &str) -> Result<Shapes, Vec<Fault>> {
    if text.len() > MOST_BYTES {
        let message = format!("a map reads up to {} MB, and this file is larger", MOST_BYTES / 1_000_000);
        let help = "simplify it; every map that uses it draws all of it again";
        return Err(vec![Fault::new(TextRange::new(0, 0), message, help)]);
    }
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = (text.len() - bare.len()) as u32;
    let moved = |fault: Fault| Fault { range: fault.range.shifted(mark), ..fault };
    let root = json::parse(bare).map_err(|(range, why)| {
        let message = format!("this file isn't valid JSON: {why}");
        vec![moved(Fault::new(TextRange::new(range.start, range.end), message, "export it again as GeoJSON"))]
    })?;
    let mut reading = Reading::default();
    reading.object(&root, false);
    let Reading { mut shapes, mut faults, has_lines } = reading;
    if faults.is_empty() && shapes.lines.is_empty() {
        let help = "a map needs areas (`Polygon`, `MultiPolygon`) or lines (`LineString`, `MultiLineString`)";
        faults.push(Fault::new(begin(&root), "this file has nothing that a map could draw", help));
    }
    if !faults.is_empty() {
        faults.truncate(MOST_FAULTS);
        return Err(faults.into_iter().map(moved).collect());
    }
    if !has_lines {
        let outlines = shapes.lands.iter().flat_map(|land| &land.rings).flat_map(|ring| &ring.parts);
        shapes.borders = outlines.map(|part| part.line).collect();
    }
    Ok(shapes)
}

#[derive(Default)]
struct Reading {
    shapes: Shapes,
    faults: Vec<Fault>,
    has_lines: bool,
}

/// The place of a value that may be long: its first character.
fn begin(node: &Node) -> TextRange {
    let start = node.range.bytes().start;
    TextRange::new(start, start + 1)
}

impl Reading {
    fn fault(&mut self, range: TextRange, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault::new(range, message, help));
    }

    fn object(&mut self, node: &Node, is_water: bool) {
        if self.faults.len() >= MOST_FAULTS {
            return;
        }
        let Some(kind) = json::get(node, "type") else {
            let help = "a file in GeoJSON begins with `{\"type\": \"FeatureCollection\", …`";
            return self.fault(begin(node), "this isn't GeoJSON: it has no `type`", help);
        };
        let list = |name: &str| json::get(node, name).map_or(&[][..], json::items);
        match json::words(kind) {
            "FeatureCollection" => list("features").iter().for_each(|feature| self.object(feature, is_water)),
            "GeometryCollection" => list("geometries").iter().for_each(|geometry| self.object(geometry, is_water)),
            "Feature" => {
                let properties = json::get(node, "properties");
                let is_water = properties.is_some_and(|properties| json::says(properties, "kind") == "water");
                if let Some(geometry) = json::get(node, "geometry").filter(|node| !matches!(node.kind, Kind::Null)) {
                    self.object(geometry, is_water);
                }
            }
            "Polygon" => self.polygon(list("coordinates"), is_water),
            "MultiPolygon" => list("coordinates").iter().for_each(|rings| self.polygon(json::items(rings), is_water)),
            "LineString" => self.line(list("coordinates")),
            "MultiLineString" => list("coordinates").iter().for_each(|line| self.line(json::items(line))),
            "Point" | "MultiPoint" => {}
            "Topology" => {
                let help = "convert it to GeoJSON, with `topo2geo` or at mapshaper.org";
                self.fault(kind.range, "this file is TopoJSON", help);
            }
            other => {
                let help = "a map reads `FeatureCollection`, `Feature` and the geometries of GeoJSON";
                self.fault(kind.range, format!("`{other}` is no type of GeoJSON"), help);
            }
        }
    }

    fn polygon(&mut self, rings: &[Node], is_water: bool) {
        let mut polygon = Polygon::default();
        for (nth, ring) in rings.iter().enumerate() {
            let Some(mut points) = self.positions(json::items(ring)) else { return };
            if points.first() != points.last() {
                points.extend(points.first().copied());
            }
            if points.len() < 4 {
                return self.fault(begin(ring), "an outline needs at least three corners", "remove it, or draw it again");
            }
            // An outline goes clockwise around what is in it, whichever way the file has it.
            if is_clockwise(&points) == (nth > 0) {
                points.reverse();
            }
            let line = self.shapes.add(points);
            polygon.rings.push(self.shapes.ring(vec![Part { line, is_reversed: false }]));
        }
        if !polygon.rings.is_empty() {
            let list = if is_water { &mut self.shapes.lakes } else { &mut self.shapes.lands };
            list.push(polygon);
        }
    }

    fn line(&mut self, positions: &[Node]) {
        let Some(points) = self.positions(positions) else { return };
        if points.len() > 1 {
            let line = self.shapes.add(points);
            self.shapes.borders.push(line);
            self.has_lines = true;
        }
    }

    fn positions(&mut self, nodes: &[Node]) -> Option<Vec<Position>> {
        nodes.iter().map(|node| self.position(node)).collect()
    }

    fn position(&mut self, node: &Node) -> Option<Position> {
        let numbers: Vec<f64> = json::items(node).iter().filter_map(number).collect();
        let [lon, lat, ..] = numbers[..] else {
            let help = "write a longitude and a latitude: `[-89.2, 13.7]`";
            self.fault(first_line(node), "this isn't a position", help);
            return None;
        };
        if lat.abs() <= 90.0 && lon.abs() <= 360.0 {
            return Some(Position { lat, lon });
        }
        if lon.abs() <= 90.0 && lat.abs() <= 360.0 {
            let message = format!("{lat} is no latitude: GeoJSON has the longitude first");
            self.fault(node.range, message, format!("write `[{lat}, {lon}]`"));
        } else {
            let help = "export the file in degrees (WGS 84, EPSG:4326)";
            self.fault(node.range, "this position isn't in degrees", help);
        }
        None
    }
}

fn number(node: &Node) -> Option<f64> {
    match &node.kind {
        Kind::Scalar { text, plain: true } => text.parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

fn first_line(node: &Node) -> TextRange {
    let bytes = node.range.bytes();
    if bytes.len() <= 60 { node.range } else { begin(node) }
}

/// Whether a closed line goes clockwise around what is in it.
fn is_clockwise(points: &[Position]) -> bool {
    let step = |pair: &[Position]| wrapped(pair[1].lon - pair[0].lon) * (pair[1].lat + pair[0].lat);
    points.windows(2).map(step).sum::<f64>() > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(std::ops::Range<usize>, String)> {
        read(text).unwrap_err().into_iter().map(|fault| (fault.range.bytes(), fault.message)).collect()
    }

    const SQUARE: &str = "[[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]";

    #[test]
    fn areas_are_land_or_water_and_lines_are_borders() {
        let polygon = |properties: &str| {
            format!(
                "{{\"type\": \"Feature\", \"properties\": {properties}, \"geometry\": {{\"type\": \"Polygon\", \"coordinates\": {SQUARE}}}}}"
            )
        };
        let line = "{\"type\": \"LineString\", \"coordinates\": [[0, 0], [1, 1, 100]]}";
        let all = |features: &str| format!("{{\"type\": \"FeatureCollection\", \"features\": [{features}]}}");
        let shapes =
            read(&all(&[&polygon("null"), &polygon("{\"kind\": \"water\"}")].map(String::as_str).join(", "))).unwrap();
        assert_eq!((shapes.lands.len(), shapes.lakes.len(), shapes.borders.len()), (1, 1, 1));
        let shapes = read(&all(&[&polygon("null"), line].join(", "))).unwrap();
        assert_eq!(shapes.borders, [1], "the file's own lines are its borders");
        assert!(is_clockwise(&shapes.lines[0].points), "the outline was turned around");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        assert_eq!(faults("{")[0].0.end, 1);
        assert_eq!(faults("")[0].1, "this file isn't valid JSON: the file is empty");
        assert_eq!(faults("[1]")[0].1, "this isn't GeoJSON: it has no `type`");
        assert_eq!(faults("{\"type\": \"Topology\"}"), [(9..19, "this file is TopoJSON".to_owned())]);
        assert_eq!(faults("{\"type\": \"Circle\"}")[0].1, "`Circle` is no type of GeoJSON");
        assert_eq!(
            faults("{\"type\": \"Point\", \"coordinates\": [0, 0]}")[0].1,
            "this file has nothing that a map could draw"
        );
        let line = |positions: &str| format!("{{\"type\": \"LineString\", \"coordinates\": [{positions}]}}");
        assert_eq!(
            faults(&line("[13.6, -88.8], [1, 100]")),
            [(54..62, "100 is no latitude: GeoJSON has the longitude first".to_owned())]
        );
        assert_eq!(faults(&line("[500000, 4649776]"))[0].1, "this position isn't in degrees");
        assert_eq!(faults(&line("[1]"))[0].1, "this isn't a position");
        assert_eq!(faults(&line("\"1,2\""))[0].1, "this isn't a position");
        assert_eq!(faults(&line("[\"1\", \"2\"]"))[0].1, "this isn't a position");
        let polygon = "{\"type\": \"Polygon\", \"coordinates\": [[[0, 0], [1, 1]]]}";
        assert_eq!(faults(polygon)[0].1, "an outline needs at least three corners");
        let many = format!("{{\"type\": \"MultiLineString\", \"coordinates\": [{}]}}", ["[[0, 95]]"; 40].join(", "));
        assert_eq!(faults(&many).len(), MOST_FAULTS);
        assert!(faults(&" ".repeat(MOST_BYTES + 1))[0].1.contains("4 MB"));
    }

    #[test]
    fn a_deep_file_is_refused() {
        assert!(read(&format!("{{\"type\": \"Polygon\", \"coordinates\": {}", "[".repeat(100_000))).is_err());
    }
}
