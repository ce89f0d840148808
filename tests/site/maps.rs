//! Maps on a page, and what is said where they can't be drawn.

use crate::support::{Site, attributes, between};

const PLACES: &str = "\
- {id: harbor, kind: place, name: The harbor, location: {lat: 39.3, lon: -76.6}}
- {id: valley, kind: place, name: The valley, location: {lat: 26.2, lon: -98.2, approximate: true}}
- {id: prison, kind: facility, name: The prison, location: {lat: 13.6, lon: -88.8}}
";

const ROUTE: &str = "```map\ntitle: The way of the boat\nalt: Three stops.\nroute:\n  - {place: harbor, text: It left., sources: [x]}\n  - valley\n  - {place: prison, label: PRISON}\n  - harbor\ncaveat: Borders are disputed.\nsources: [x]\nas-of: 2025-12-22\n```\n";

fn site(block: &str) -> Site {
    Site::new()
        .book("[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"https://a.example\"\n[checks]\nunsourced-event = \"off\"\n")
        .file("content/entities/places.yaml", PLACES)
        .file("content/sources/s.yaml", "x: {title: A report, publisher: The Herald, date: 2025-04-10}\n")
        .page("a.md", &format!("---\ntitle: A\npublished: 2025-12-22\n---\n{block}"))
}

#[test]
fn a_map_is_a_drawing_and_a_list_that_says_the_same() {
    let outcome = site(ROUTE).build().succeeds();
    let page = outcome.page("a/index.html");
    assert!(page.contains("<svg viewBox=\"0 0 640 ") && page.contains("<svg viewBox=\"0 0 320 "), "{page}");
    assert!(page.contains("<title id=\"map--1-wide-title\">The way of the boat</title>"), "{page}");
    assert!(page.contains("<desc id=\"map--1-narrow-desc\">Three stops.</desc>"), "{page}");
    // The harbor is the first stop and the last.
    assert_eq!(page.matches(">1, 4</text>").count(), 2, "{page}");
    assert_eq!(page.matches(">PRISON</text>").count(), 2, "its label stands for its name");
    assert_eq!(page.matches("class=\"map-mark soft\"").count(), 2, "the valley");
    let list = between(&page, "<ol class=\"chart-events\">", "</ol>");
    assert_eq!(list.matches("<li>").count(), 4, "{list}");
    assert!(list.contains("<a href=\"../entities/harbor/\">The harbor</a>: It left."), "{list}");
    assert!(list.contains("The valley</a> <span class=\"map-soft\">(position approximate)</span>"), "{list}");
    let source = between(&page, "class=\"chart-source\"", "</p>");
    assert!(source.contains("The Herald") && source.contains("December 22, 2025"), "{source}");
    assert!(page.contains("Borders are disputed."));
    assert!(!page.contains("style=\""), "the page's policy allows no style in its HTML");
    let ids = attributes(&page, "id");
    assert!(ids.contains(&"map--1-ground"), "{ids:?}");
    let feed = outcome.page("feed.xml");
    assert!(feed.contains("https://a.example/a/#map--1"), "{feed}");
    let data = outcome.page("data/site.json");
    for words in ["The way of the boat", "The harbor: It left.", "\"lat\":13.6", "Borders are disputed."] {
        assert!(data.replace(": ", ":").contains(&words.replace(": ", ":")), "{words}");
    }
}

#[test]
fn places_without_a_route_have_numbers_and_a_single_one_has_none() {
    let several = site("```map\ntitle: A\nalt: A\nplaces: [harbor, valley]\n```\n").build().succeeds().page("a/index.html");
    assert!(several.contains(">1</text>") && several.contains(">2</text>") && several.contains("On the map"), "{several}");
    let alone = site("```map\ntitle: A\nalt: A\nplaces: [harbor]\n```\n").build().succeeds().page("a/index.html");
    assert!(alone.contains("class=\"map-dot\"") && !alone.contains(">1</text>"), "{alone}");
    assert!(alone.contains("<ul class=\"chart-events alone\">"), "{alone}");
    let both = "```map\ntitle: A\nalt: A\nroute: [harbor, valley]\nplaces: [prison, valley]\n```\n";
    let both = site(both).build().succeeds().page("a/index.html");
    assert!(both.contains(">A</text>") && both.contains("Also on the map") && both.contains("type=\"A\""), "{both}");
}

#[test]
fn what_can_not_be_drawn_is_reported_and_a_preview_says_so() {
    let block = "```map\ntitle: A\nalt: A\nplaces: [harbor, nowhere]\n```\n";
    let nowhere = format!("{PLACES}- {{id: nowhere, kind: place, name: Nowhere}}\n");
    let outcome = site(block).file("content/entities/places.yaml", &nowhere).build();
    outcome.fails_at("bad-map", "content/a.md", 8, 18).says("`nowhere` has no `location`");
    site("```map\ntitle: A\nalt: A\nplaces: [nobody]\n```\n").build().fails_at("unknown-id", "content/a.md", 8, 10);
    site("```map\ntitle: A\nalt: A\nroute: [harbor]\n```\n").build().fails_at("bad-map", "content/a.md", 8, 9);
    let base = "```map\ntitle: A\nalt: A\nplaces: [harbor]\nbase: media/x.geojson\n```\n";
    site(base).build().fails_at("broken-link", "content/a.md", 9, 7);
    let wrong = site(base).file("content/media/x.geojson", "{\"type\": \"LineString\",\n\"coordinates\": [[1, 2], [3]]}");
    wrong.build().fails_at("bad-map", "content/media/x.geojson", 2, 25).says("this isn't a position");
    let binary = site(base).file("content/media/x.geojson", [0xff_u8, 0xfe]);
    binary.build().fails().says("content/media/x.geojson").says("is not UTF-8");
}

#[test]
fn a_site_brings_its_own_borders() {
    let square = "{\"type\": \"Polygon\", \"coordinates\": [[[-80, 30], [-70, 30], [-70, 45], [-80, 45], [-80, 30]]]}";
    let block = "```map\ntitle: A\nalt: A\nplaces: [harbor]\nbase: media/x.geojson\n```\n";
    let outcome = site(block).file("content/media/x.geojson", square).build().succeeds();
    let page = outcome.page("a/index.html");
    let land = between(&page, "class=\"map-land\" d=\"", "\"");
    assert_eq!(land.matches('z').count(), 1, "one square: {land}");
    assert!(!outcome.has("media/x.geojson"), "it is drawn, and nothing links to it");
    let usual = site(&block.replace("base: media/x.geojson\n", "")).file("content/media/x.geojson", square);
    let book = "[book]\ntitle = \"T\"\n[output.html]\nlocators = true\nmap-base = \"media/x.geojson\"\n";
    let outcome = usual.book(book).build().succeeds();
    let usual = outcome.page("a/index.html");
    assert_eq!(between(&usual, "class=\"map-land\" d=\"", "\""), land, "the settings name the same file");
    let locator = outcome.page("entities/harbor/index.html");
    assert_eq!(between(&locator, "class=\"map-land\" d=\"", "\"").matches('z').count(), 1);
}

#[test]
fn places_and_events_have_a_small_map_if_the_site_says_so() {
    let event = "- {id: arrival, date: 2025-03-15, title: The boat arrives, place: valley}\n";
    let with = |locators: &str| {
        let book = format!(
            "[book]\ntitle = \"T\"\n[site]\nbase-url = \"https://a.example\"\n[output.html]\nlocators = {locators}\n[checks]\nunsourced-event = \"off\"\n"
        );
        site("Words.\n").book(&book).file("content/events/e.yaml", event).build().succeeds()
    };
    let without = with("false");
    assert!(!without.page("entities/harbor/index.html").contains("class=\"locator\""));
    let outcome = with("true");
    let place = outcome.page("entities/harbor/index.html");
    assert!(place.contains("class=\"locator\"") && place.contains("Map showing where The harbor is."), "{place}");
    assert!(place.contains("\"GeoCoordinates\""), "structured data has the position");
    let event = outcome.page("events/arrival/index.html");
    assert!(event.contains("class=\"locator\"") && event.contains("position approximate"), "{event}");
    assert!(!outcome.page("a/index.html").contains("map-water"), "a page without a map has nothing of it");
}

#[test]
fn a_map_can_not_name_a_draft() {
    let places = PLACES.replace("{id: valley,", "{id: valley, draft: true,");
    let outcome = site(ROUTE).file("content/entities/places.yaml", &places).build();
    outcome.fails_at("points-at-hidden", "content/a.md", 10, 5).says("1 error");
}

#[test]
fn coordinates_that_seem_to_be_swapped_are_told() {
    let swapped = PLACES.replace("lat: 13.6, lon: -88.8", "lat: -88.8, lon: 13.6");
    let outcome = site(ROUTE).file("content/entities/places.yaml", &swapped).build();
    outcome.warns_of("bad-value").says("if the two are swapped, write `{lat: 13.6, lon: -88.8}`");
    let pole = PLACES.replace("lat: 13.6, lon: -88.8", "lat: -90, lon: 0");
    site(ROUTE).file("content/entities/places.yaml", &pole).build().succeeds();
}
