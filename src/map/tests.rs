//! Whole drawings: where things are, and that no two texts are in one place.

use super::*;
use crate::chart::canvas::Frame;

fn place(name: &str, lat: f64, lon: f64) -> Place {
    Place { name: name.to_owned(), position: Position { lat, lon }, is_approximate: false }
}

fn drawings(places: &[Place], route: &[usize], areas: &[Area]) -> [Drawing; 2] {
    let words = Catalogue::load("en");
    let square = read_geojson(
        "{\"type\": \"Polygon\", \"coordinates\": [[[-170, -60], [170, -60], [170, 70], [-170, 70], [-170, -60]]]}",
    );
    let own = if cfg!(feature = "maps") { None } else { square.ok() };
    let look = Look { id: "m", places, route, areas, own: own.as_ref(), words: &words };
    draw(&look).unwrap()
}

/// No text or mark covers another, and all of them are inside.
#[track_caller]
fn is_legible(drawing: &Drawing) {
    let is_inside = |frame: &Frame| {
        frame.left >= 0.0
            && frame.top >= 0.0
            && frame.left + frame.width <= drawing.width
            && frame.top + frame.height <= drawing.height
    };
    for (at, frame) in drawing.frames.iter().enumerate() {
        assert!(is_inside(frame), "{frame:?} in {} × {}", drawing.width, drawing.height);
        for other in &drawing.frames[at + 1..] {
            assert!(!frame.overlaps(other), "{frame:?} and {other:?} in {:?}", drawing.frames);
        }
    }
    assert!(drawing.inner.len() < 60_000, "{} bytes", drawing.inner.len());
}

#[track_caller]
fn are_legible(places: &[Place], route: &[usize]) -> [Drawing; 2] {
    let all = drawings(places, route, &[]);
    all.iter().for_each(is_legible);
    all
}

const CITIES: [(&str, f64, f64); 12] = [
    ("Washington, D.C.", 38.9, -77.0),
    ("San Salvador", 13.7, -89.2),
    ("Terrorism Confinement Center", 13.55, -88.8),
    ("Baltimore", 39.3, -76.6),
    ("Nashville", 36.2, -86.8),
    ("Santa Ana", 14.0, -89.6),
    ("Mexico City", 19.4, -99.1),
    ("Caracas", 10.5, -66.9),
    ("Panama City", 9.0, -79.5),
    ("La Villa", 26.3, -97.9),
    ("New York", 40.7, -74.0),
    ("Havana", 23.1, -82.4),
];

fn cities(count: usize) -> Vec<Place> {
    CITIES.iter().take(count).map(|(name, lat, lon)| place(name, *lat, *lon)).collect()
}

#[test]
fn names_never_cover_each_other() {
    for count in 1..=12 {
        let [wide, narrow] = are_legible(&cities(count), &[]);
        assert!(wide.names <= MOST_NAMES && narrow.names <= MOST_NAMES);
        assert!(wide.names >= count.min(MOST_NAMES).saturating_sub(1), "{count} places, {} names", wide.names);
    }
    // All in one place, and as many as there may be.
    let one_spot: Vec<Place> =
        (0..MOST_PLACES).map(|at| place("A place with a long name", 13.7, -89.2 + at as f64 * 1e-4)).collect();
    are_legible(&one_spot, &[]);
    let same: Vec<Place> = (0..MOST_PLACES).map(|_| place("The same", 0.0, 0.0)).collect();
    are_legible(&same, &[]);
}

#[test]
fn a_route_has_a_leg_and_an_arrow_for_each_stop() {
    let [wide, _] = are_legible(&cities(6), &[3, 2, 5, 4, 3]);
    assert_eq!(wide.inner.matches("class=\"map-route\"").count(), 4, "{}", wide.inner);
    assert!(wide.inner.contains(">1, 5</text>"), "{}", wide.inner);
    assert!(wide.inner.contains(">A</text>"), "Washington is on no route");
    assert!(wide.inner.matches("class=\"map-arrow\"").count() >= 3);
}

#[test]
fn a_place_by_itself_is_shown_with_its_surroundings() {
    for (lat, lon) in [(13.7, -89.2), (89.9, 10.0), (-90.0, 0.0), (0.0, 180.0), (65.0, -179.9), (-77.8, 166.7)] {
        let [wide, narrow] = are_legible(&[place("Here", lat, lon)], &[]);
        assert_eq!((wide.names, narrow.names), (1, 1));
    }
}

#[test]
fn places_on_both_sides_of_the_antimeridian_are_side_by_side() {
    let places = [place("Suva", -18.1, 178.4), place("Apia", -13.8, -171.8)];
    let [wide, _] = are_legible(&places, &[0, 1]);
    let windows = window::projection(&[places[0].position, places[1].position]);
    assert!(matches!(windows, projection::Projection::Around(_)), "{windows:?}");
    assert_eq!(wide.inner.matches("class=\"map-route\"").count(), 1);
    // Across the Pacific, on a map of the whole earth, the way does not lead back around it.
    let [wide, _] =
        are_legible(&[place("Tokyo", 35.7, 139.7), place("Lima", -12.0, -77.0), place("London", 51.5, -0.1)], &[0, 1, 2]);
    assert!(wide.inner.contains("<path class=\"map-water\""), "the whole earth has an edge");
}

#[test]
fn cities_countries_and_continents_have_their_scales() {
    let distance = |places: &[Place]| {
        let [wide, _] = are_legible(places, &[]);
        let at = wide.inner.find("class=\"map-distance\">").map(|at| at + 21);
        at.map(|at| wide.inner[at..].split('<').next().unwrap_or_default().trim_start_matches('>').to_owned())
    };
    assert_eq!(distance(&[place("East", 13.70, -89.20), place("West", 13.70, -89.25)]).as_deref(), Some("5 miles"));
    assert_eq!(distance(&[place("East", 13.7, -87.9), place("West", 14.0, -89.6)]).as_deref(), Some("20 miles"));
    assert_eq!(
        distance(&[place("New York", 40.7, -74.0), place("Los Angeles", 34.1, -118.2)]).as_deref(),
        Some("500 miles")
    );
    assert_eq!(distance(&[place("Sydney", -33.9, 151.2), place("London", 51.5, -0.1)]), None, "too uneven for a bar");
}

#[test]
fn names_of_areas_give_way() {
    let areas: Vec<Area> = [
        ("Guatemala", 15.5, -90.3),
        ("Honduras", 14.8, -86.6),
        ("Pacific Ocean", 12.5, -91.0),
        ("El Salvador", 13.7, -89.2),
        ("Elsewhere", 60.0, 60.0),
    ]
    .map(|(name, lat, lon)| Area { name: name.to_owned(), position: Position { lat, lon } })
    .into();
    let all = drawings(&[place("San Salvador", 13.7, -89.2)], &[], &areas);
    all.iter().for_each(is_legible);
    assert!(all[0].inner.contains(">Guatemala</text>") && !all[0].inner.contains("Elsewhere"), "{}", all[0].inner);
}

#[test]
fn nothing_is_drawn_without_places() {
    let words = Catalogue::load("en");
    assert!(draw(&Look { id: "m", places: &[], route: &[], areas: &[], own: None, words: &words }).is_none());
}

#[cfg(feature = "maps")]
#[test]
fn land_is_land_and_water_is_water() {
    // Whether a place is on land, by the outlines that are drawn around it: an odd number of them goes around it.
    let is_land = |lat: f64, lon: f64, among: &[Position]| {
        let projection = window::projection(among);
        let window = window::window(projection, among, (60.0, 900.0), window::WIDE);
        let shapes = natural_earth(window.detail()).unwrap();
        let ground = flatten::ground(shapes, &window, window.rect().grown(3.0));
        let (x, y) = window.place(Position { lat, lon });
        assert!(window.rect().has((x, y)), "{lat} {lon} is outside");
        let crosses =
            |a: (f64, f64), b: (f64, f64)| (a.1 > y) != (b.1 > y) && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0);
        let count = |line: &Vec<(f64, f64)>| {
            let next = line.iter().cycle().skip(1);
            line.iter().zip(next).filter(|(a, b)| crosses(**a, **b)).count()
        };
        ground.land.iter().map(count).sum::<usize>() % 2 == 1
    };
    let at = |lat: f64, lon: f64| Position { lat, lon };
    for (lat, lon, land) in [
        (-90.0, 0.0, true),
        (90.0, 0.0, false),
        (13.7, -89.2, true),
        (12.0, -90.5, false),
        (48.0, 10.0, true),
        (46.0, -5.0, false),
        (-25.0, 134.0, true),
        (0.0, -30.0, false),
        (89.0, 0.0, false),
        (-89.0, 0.0, true),
        (-75.0, 100.0, true),
        (66.0, -178.0, true),
        (67.5, 178.5, true),
        (52.0, 180.0, false),
        (42.0, 51.0, false),
        (60.0, 100.0, true),
    ] {
        assert_eq!(is_land(lat, lon, &[at(lat, lon)]), land, "{lat} {lon} by itself");
    }
    let world = [at(51.5, 0.0), at(-33.9, 151.2), at(40.0, -100.0)];
    for (lat, lon, land) in
        [(48.0, 10.0, true), (0.0, -30.0, false), (-25.0, 134.0, true), (60.0, 100.0, true), (20.0, -40.0, false)]
    {
        assert_eq!(is_land(lat, lon, &world), land, "{lat} {lon} on a map of the earth");
    }
    let continent = [at(13.7, -89.2), at(47.6, -122.3), at(45.5, -73.6)];
    for (lat, lon, land) in [(40.0, -100.0, true), (30.0, -70.0, false), (25.0, -90.0, false), (20.0, -102.0, true)] {
        assert_eq!(is_land(lat, lon, &continent), land, "{lat} {lon} in North America");
    }
}
