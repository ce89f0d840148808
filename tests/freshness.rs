//! The preview tracks what a page shows of other records: for each facet that a built-in view reads, this edits another
//! record and expects the page to change.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use backgrounder::build::edition::Edition;
use backgrounder::build::live::{Change, Live};
use backgrounder::diagnostics;
use backgrounder::model::periods::ON_ONE_PAGE;
use backgrounder::view::section_marks::SHAPES;
use backgrounder::view::timeline::IN_A_SECTION;

use crate::films::{FILM, picture};
use crate::live::{SiteFiles, request};

const BOOK: &str = "[book]\ntitle = \"T\"\n[output.html]\nedit-url-template = \"https://edit.example/{path}\"\n\
    [checks]\nunsourced-event = \"off\"\nunsourced-claim = \"off\"\n[site]\nas-of = \"2025-12-22\"\n";

const SECOND: &str = "content/second.md";
const CALM: &str = "content/events/calm.yaml";
const QUAKE: &str = "content/events/quake.yaml";

fn event(id: &str, date: &str, more: &str) -> String {
    format!("- id: {id}\n  date: {date}\n  title: Title of {id}\n  summary: Summary of {id}.\n{more}")
}

/// A section whose timeline isn't made from what it tells, so that the two change separately.
fn second(head: &str, body: &str) -> String {
    format!("---\ntitle: Second\norder: 2\ntimeline: {{entities: [quiet]}}\n{head}---\n{body}\n")
}

/// Two sections, five events in a row, and what they mention. The files to edit have one record each.
fn site() -> SiteFiles {
    let files = SiteFiles::default();
    files.write("book.toml", BOOK);
    files.write("content/first.md", "---\ntitle: First\norder: 1\n---\nSee [[storm]].\n\n```claim\nid: c\n```\n");
    files.write(SECOND, &second("", "Text."));
    files.write("content/other.md", "---\ntitle: Other\nkind: page\n---\nText.\n");
    let storm = "  entities: [e]\n  sources: [x]\n";
    files.write("content/events/storm.yaml", &event("storm", "2025-01-01", storm));
    files.write(QUAKE, &event("quake", "2025-02-01", ""));
    files.write("content/events/flood.yaml", &event("flood", "2025-03-01", ""));
    files.write(CALM, &event("calm", "2025-06-01", ""));
    files.write("content/events/end.yaml", &event("end", "2025-09-01", ""));
    files.write("content/entities/e.yaml", "- {id: e, kind: person, name: Bea}\n");
    files.write("content/entities/quiet.yaml", "- {id: quiet, kind: person, name: Cea}\n");
    files.write("content/entities/ann.yaml", "- {id: ann, kind: author, name: Dee}\n");
    files.write("content/by.md", "---\ntitle: By\nkind: page\nauthors: [ann]\n---\nText.\n");
    files.write("content/sources/x.yaml", "x: {title: A report, publisher: Reuters, date: 2025-04-10}\n");
    files.write("content/claims/c.yaml", "- {id: c, text: It was., status: alleged, asserted-by: [quiet]}\n");
    files
}

/// A site with this many events. The first ones are major, and are too many for one page of an entity's timeline.
fn long_site(count: usize) -> SiteFiles {
    let files = site();
    ["storm", "quake", "flood", "calm", "end"].iter().for_each(|id| files.remove(&format!("content/events/{id}.yaml")));
    files.write("content/first.md", "---\ntitle: First\norder: 1\n---\nText.\n");
    let all = (0..count).map(|at| {
        let more = if at <= IN_A_SECTION { "  significance: major\n  entities: [quiet]\n" } else { "" };
        event(&format!("n{at:03}"), if at < 300 { "2024-03-01" } else { "2025-03-01" }, more)
    });
    files.write("content/events/rest.yaml", &all.collect::<String>());
    files
}

fn finished(edition: &Edition) -> usize {
    let found = edition.diagnostics();
    assert_eq!(diagnostics::errors(found), 0, "{found:?}");
    edition.finished(&AtomicBool::new(false)).map_or(0, <[_]>::len)
}

/// Follows the site through one save, and asserts that each of these pages differs afterward, and that everything kept
/// equals a fresh build.
#[track_caller]
fn is_followed(facet: &str, files: &SiteFiles, save: &[(&str, Option<&str>)], pages: &[&str]) {
    let mut live = Live::open(request(), Arc::new(files.clone())).unwrap();
    let before = live.edition();
    assert_eq!(finished(&before), 0, "{facet}");
    for (path, text) in save {
        match text {
            Some(text) => files.write(path, text),
            None => files.remove(path),
        }
    }
    let paths: BTreeSet<String> = save.iter().map(|(path, _)| (*path).to_owned()).collect();
    let after = live.update(&Change::Paths(paths), request().now);
    assert_eq!(finished(&after), 0, "{facet}");
    assert_eq!(after.stale(), [""; 0], "{facet}");
    let clean = Live::open(request(), Arc::new(files.clone())).unwrap().edition();
    let bytes = |edition: &Edition, path: &str| edition.page(path).map(|page| page.unwrap().bytes.clone());
    for page in pages {
        let path = format!("{page}index.html");
        let now = bytes(&after, &path);
        assert!(now.is_some() && now != bytes(&before, &path), "{facet}: {path} shows nothing of it");
        assert_eq!(now, bytes(&clean, &path), "{facet}: {path}");
    }
}

#[test]
fn what_a_page_shows_of_other_records_is_followed() {
    let by = |more: &str| format!("- {{id: c, text: It was., status: alleged, asserted-by: [quiet]{more}}}\n");
    let calm = |more: &str| event("calm", "2025-06-01", more);
    let cases: &[(&str, &str, String, &[&str])] = &[
        ("Text", "content/claims/c.yaml", by(", note: Now with a note."), &["first/"]),
        ("Title", QUAKE, event("quake", "2025-02-01", "").replace("Title of", "Now"), &["events/storm/"]),
        (
            "Withheld",
            "content/entities/e.yaml",
            "- {id: e, kind: person, name: Bea, draft: true}\n".into(),
            &["events/storm/"],
        ),
        ("Date", QUAKE, event("quake", "2025-02-02", ""), &["events/storm/", "events/flood/"]),
        ("Kind", "content/claims/c.yaml", by("").replace("alleged", "disputed"), &["first/", "entities/quiet/"]),
        ("Mentions", SECOND, second("", "Text on [[e]]."), &["entities/e/"]),
        ("Timeline", CALM, calm("  entities: [e]\n"), &["entities/e/"]),
        ("Claims", "content/claims/c.yaml", by("").replace("[quiet]", "[quiet, e]"), &["entities/e/"]),
        ("Sections", SECOND, second("", "Text on [[calm]]."), &["events/calm/"]),
        ("Effects", CALM, calm("  caused-by: [storm]\n"), &["events/storm/"]),
        ("Neighbors", "content/events/new.yaml", event("new", "2025-01-20", ""), &["events/storm/", "events/quake/"]),
        ("Mark", SECOND, second("", "Text on [[quake]]."), &["events/storm/", "events/flood/"]),
        (
            "Source",
            "content/sources/x.yaml",
            "x: {title: A report, publisher: The Paper, date: 2025-04-10}\n".into(),
            // The section shows only its name, in the entry of an event.
            &["events/storm/", "first/"],
        ),
        (
            "Entry",
            "content/events/storm.yaml",
            event("storm", "2025-01-01", "  entities: [e]\n  sources: [x]\n").replace("Summary of", "Now"),
            &["first/", "entities/e/", "timeline/"],
        ),
        (
            "Members",
            "content/sources/new.yaml",
            "new: {title: Another report, publisher: Reuters, date: 2025-04-10}\n".into(),
            &["sources/"],
        ),
        (
            "Outlet",
            "content/sources/new.yaml",
            "new: {title: Another report, publisher: Reuters, date: 2025-04-10}\n".into(),
            &["sources/x/"],
        ),
        (
            "SourceKinds",
            "content/sources/x.yaml",
            "x: {title: A report, publisher: Reuters, date: 2025-04-10, kind: wire}\n".into(),
            &["sources/", ""],
        ),
        ("Order", "content/entities/quiet.yaml", "- {id: quiet, kind: person, name: Aea}\n".into(), &["entities/"]),
        (
            "Changes",
            SECOND,
            second("updates: [{date: 2025-04-14, kind: correction, text: Wrong.}]\n", "Text."),
            &["changes/"],
        ),
        ("Wrote", SECOND, second("authors: [ann]\n", "Text."), &["authors/ann/", "second/"]),
        ("Title of an author", "content/entities/ann.yaml", "- {id: ann, kind: author, name: Eve}\n".into(), &["by/"]),
    ];
    for (facet, path, text, pages) in cases {
        is_followed(facet, &site(), &[(path, Some(text))], pages);
    }
}

#[test]
fn links_follow_a_renamed_file() {
    let text = "- {id: e, kind: person, name: Bea}\n";
    let save = [("content/entities/e.yaml", None), ("content/entities/moved.yaml", Some(text))];
    is_followed("File", &site(), &save, &["entities/e/"]);
}

#[test]
fn the_navigation_is_followed() {
    let files = site();
    // So many that none has a mark; the key to the marks is on every page and names them too.
    for at in 0..SHAPES {
        files.write(&format!("content/more-{at}.md"), &format!("---\ntitle: More\norder: {}\n---\nText.\n", at + 3));
    }
    let now = second("", "Text.").replace("title: Second", "title: Now");
    is_followed("Nav", &files, &[(SECOND, Some(&now))], &["other/", "events/calm/"]);
}

#[test]
fn what_a_section_tells_is_followed() {
    let files = site();
    files.write("book.toml", &format!("{BOOK}base-url = \"https://a.example\"\n"));
    let calm = event("calm", "2025-06-01", "  sections: [second]\n");
    is_followed("Tells", &files, &[(CALM, Some(&calm))], &["second/"]);
}

#[test]
fn a_timeline_that_is_divided_is_followed() {
    // One more event than fits on a page of the site's timeline.
    let new = event("new", "2025-12-01", "");
    let save = [("content/events/new.yaml", Some(&*new))];
    is_followed("Period, Periods", &long_site(ON_ONE_PAGE), &save, &["events/n003/", "timeline/"]);
}

#[test]
fn which_events_a_long_timeline_shows_is_followed() {
    // Another major event takes the place of the first one that was shown.
    let new = event("new", "2025-12-01", "  significance: major\n  entities: [quiet]\n");
    let files = long_site(IN_A_SECTION + 1);
    let save = [("content/events/new.yaml", Some(&*new))];
    is_followed("ShownFrom", &files, &save, &["entities/quiet/", "events/n001/"]);
    // The same if it was there and not shown.
    files.write("content/events/new.yaml", &new.replace("major", "minor"));
    is_followed("Significance", &files, &save, &["entities/quiet/", "events/n001/"]);
}

#[test]
fn a_page_follows_what_is_beside_its_film() {
    let files = site();
    files.write_bytes("content/media/f.mp4", FILM.bytes(false));
    files.write(SECOND, &second("", "![A film](media/f.mp4)\n"));
    let captions = "WEBVTT\n\n00:01.000 --> 00:04.000\nA\n";
    is_followed("captions", &files, &[("content/media/f.vtt", Some(captions))], &["second/"]);
    files.write_bytes("content/media/f.png", picture());
    is_followed("poster", &files, &[("content/media/f.png", None)], &["second/"]);
}

#[cfg(feature = "pictures")]
#[test]
fn the_picture_that_networks_get_is_followed() {
    let png = |width: u32, height: u32| {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&vec![90; (width * height) as usize]).unwrap();
        out
    };
    let files = site();
    files.write("book.toml", &format!("{BOOK}base-url = \"https://a.example\"\n"));
    files.write(
        "content/entities/e.yaml",
        "- {id: e, kind: person, name: Bea, image: {src: media/p.png, alt: A, credit: B}}\n",
    );
    files.write_bytes("content/media/p.png", png(500, 400));
    let mut live = Live::open(request(), Arc::new(files.clone())).unwrap();
    let (page, picture) = ("entities/e/index.html", "media/p.png.900.jpg");
    let bytes = |edition: &Edition, path: &str| edition.page(path).map(|page| page.unwrap().bytes.clone());
    for (size, is_offered) in [((500, 400), false), ((900, 500), true), ((500, 400), false)] {
        files.write_bytes("content/media/p.png", png(size.0, size.1));
        let edition = live.update(&Change::Paths(BTreeSet::from(["content/media/p.png".to_owned()])), request().now);
        assert_eq!(finished(&edition), 0);
        let clean = Live::open(request(), Arc::new(files.clone())).unwrap().edition();
        assert_eq!(bytes(&edition, picture).is_some(), is_offered, "{size:?}");
        for path in [page, picture, "entities/e/card.png"] {
            assert_eq!(bytes(&edition, path), bytes(&clean, path), "{size:?}: {path}");
        }
    }
}

#[test]
fn a_page_follows_the_figures_of_its_chart() {
    let files = site();
    let chart = "```chart\nkind: line\ntitle: T\nalt: A\ndata: media/a.csv\n```\n";
    files.write("content/media/a.csv", "year,n\n2023,1\n2024,2\n");
    files.write(SECOND, &second("", chart));
    is_followed("figures", &files, &[("content/media/a.csv", Some("year,n\n2023,1\n2024,3\n"))], &["second/"]);
}

#[test]
fn a_page_follows_where_the_places_on_its_map_are() {
    let files = site();
    let place = |lat: &str| format!("- {{id: town, kind: place, name: The town, location: {{lat: {lat}, lon: -76.6}}}}\n");
    files.write("book.toml", &BOOK.replace("[output.html]\n", "[output.html]\nlocators = true\n"));
    files.write("content/entities/town.yaml", &place("39.3"));
    files.write(CALM, &event("calm", "2025-06-01", "  place: town\n"));
    files.write(SECOND, &second("", "```map\ntitle: T\nalt: A\nplaces: [town]\n```\n"));
    let save = [("content/entities/town.yaml", Some(&*place("39.5")))];
    is_followed("Location", &files, &save, &["second/", "entities/town/", "events/calm/"]);
}

#[test]
fn a_page_follows_the_borders_of_its_map() {
    let files = site();
    let square = |north: &str| {
        format!("{{\"type\": \"Polygon\", \"coordinates\": [[[0, 0], [9, 0], [9, {north}], [0, {north}], [0, 0]]]}}")
    };
    let map = "```map\ntitle: T\nalt: A\nplaces: [town]\nbase: media/a.geojson\n```\n";
    files.write("content/media/a.geojson", &square("5"));
    files.write("content/entities/town.yaml", "- {id: town, kind: place, name: The town, location: {lat: 4, lon: 4}}\n");
    files.write(SECOND, &second("", map));
    is_followed("borders", &files, &[("content/media/a.geojson", Some(&*square("6")))], &["second/"]);
    files.write("book.toml", &BOOK.replace("[output.html]\n", "[output.html]\nmap-base = \"media/a.geojson\"\n"));
    files.write(SECOND, &second("", &map.replace("base: media/a.geojson\n", "")));
    is_followed("usual borders", &files, &[("content/media/a.geojson", Some(&*square("5")))], &["second/"]);
}

/// Rules about records that are alike look only where something has changed, once they have found nothing. What they find must
/// not depend on that.
#[test]
fn an_event_that_becomes_like_another_is_found() {
    const STORM: &str = "content/events/storm.yaml";
    let files = site();
    let mut live = Live::open(request(), Arc::new(files.clone())).unwrap();
    finished(&live.edition());
    let twin = |id: &str| event(id, "2025-08-01", "").replace(&format!("Title of {id}"), "The same title");
    for (path, text, count) in [
        (CALM, event("calm", "2025-01-01", "").replace("Title of calm", "Title of storm"), 1),
        (QUAKE, event("quake", "2025-02-01", "  status: reported\n"), 1),
        (CALM, event("calm", "2025-06-01", ""), 0),
        (CALM, twin("calm"), 0),
        (STORM, twin("storm"), 1),
    ] {
        files.write(path, &text);
        let edition = live.update(&Change::Paths(BTreeSet::from([path.to_owned()])), request().now);
        let clean = Live::open(request(), Arc::new(files.clone())).unwrap().edition();
        assert_eq!(edition.diagnostics(), clean.diagnostics(), "{path}: {text}");
        let found = edition.diagnostics().iter().filter(|found| found.code == diagnostics::code::POSSIBLE_DUPLICATE);
        assert_eq!(found.count(), count, "{path}: {text}");
    }
}
