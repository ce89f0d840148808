//! What readers see at a glance: all events in a strip, timelines that open at a period, other pieces of an outlet.

use std::fmt::Write as _;

use crate::support::{Site, attributes, between};

/// A site with an event in each of these months, told by the first of two sections in turns.
fn monthly(months: &[&str]) -> Site {
    let mut events = String::new();
    for (at, month) in months.iter().enumerate() {
        let section = ["one", "two"][at % 2];
        let status = if *month > "2025-12" && !month.starts_with("Y-") { "scheduled" } else { "confirmed" };
        let is = format!("status: {status}, sections: [{section}], sources: [ap]");
        writeln!(events, "- {{id: e{at:02}, date: '{month}', title: E{at}, {is}}}").unwrap();
    }
    Site::new().sourced().section("one", "Words.").section("two", "Words.").file("content/events/e.yaml", events)
}

const YEAR: [&str; 12] = [
    "2024",
    "2024-11",
    "2025-01-05",
    "2025-01-06",
    "2025-02",
    "2025-03",
    "2025-03-09",
    "2025-03-10",
    "2025-04-01",
    "2025-05",
    "2025-06",
    "2026-01-02",
];

/// What a page's timeline shows, and what is folded above it.
fn folded(page: &str) -> (Vec<&str>, Vec<&str>) {
    let ids = |html| attributes(html, "id").into_iter().filter_map(|id| id.strip_prefix("t--")).collect();
    let end = "</details>\n<div class=\"spine";
    let folded = page.split_once("<details class=\"earlier\">").and_then(|(_, fold)| fold.split_once(end));
    let (earlier, rest) = folded.unwrap_or(("", page));
    (ids(earlier), ids(rest))
}

#[test]
fn the_front_page_shows_all_events_month_by_month() {
    let outcome = monthly(&YEAR).build().succeeds();
    let page = outcome.page("index.html");
    let said = between(&page, "<p class=\"strip-said\">", "</p>");
    let busiest = "<a href=\"./timeline/#month--2025-03\">March 2025</a>";
    assert!(said.contains("12 events, November 2024 to January 2026."), "{said}");
    assert!(said.contains(&format!("Busiest: {busiest}, with 3 events.")), "{said}");
    let drawing = between(&page, "<ol class=\"strands\">", "</section>");
    let links = attributes(drawing, "href");
    // A date without a month is drawn over its year, and has no column.
    for month in ["2024-11", "2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06", "2026-01"] {
        assert!(links.contains(&&*format!("./timeline/#month--{month}")), "{month} in {links:?}");
    }
    assert!(drawing.contains("<title>March 2025: 1 event</title>"), "{drawing}");
    let in_drawings: Vec<&str> = drawing.split("<svg ").skip(1).filter_map(|rest| rest.split("</svg>").next()).collect();
    let count = |what: &str| in_drawings.iter().map(|one| one.matches(what).count()).sum::<usize>();
    assert_eq!(count("<a "), count("tabindex=\"-1\""), "not for the keyboard");
    let said: Vec<&str> = drawing.split("<li>").collect();
    assert!(
        said[1].contains("class=\"mark major s1\"") && said[1].contains("<g class=\"s1\">"),
        "beside its section: {}",
        said[1]
    );
    assert!(said[2].contains("<g class=\"s2\">"), "{}", said[2]);
    let timeline = outcome.page("timeline/index.html");
    assert_eq!(timeline.matches("id=\"month--2025-03\"").count(), 1, "a coarser date between its days, and one anchor");
}

#[test]
fn few_events_need_no_strip() {
    assert!(!monthly(&YEAR[..9]).build().succeeds().page("index.html").contains("strip-drawing"));
    let together = ["2025-01-05"; 12];
    assert!(!monthly(&together).build().succeeds().page("index.html").contains("strip-drawing"));
}

#[test]
fn long_ages_are_drawn_by_years() {
    let years: Vec<String> = (0..30).map(|at| format!("{}", 1300 + at * 25)).collect();
    let years: Vec<&str> = years.iter().map(|year| &**year).collect();
    let page = monthly(&years).build().succeeds().page("index.html");
    let said = between(&page, "<p class=\"strip-said\">", "</p>");
    assert!(said.contains("30 events, 1300–1309 to 2020–2029."), "{said}");
    let farthest = monthly(&[&["Y-170000002"], &YEAR[..], &["Y170000002"]].concat()).build().succeeds();
    assert!(farthest.page("index.html").contains("strip-drawing"));
}

#[test]
fn a_strip_runs_with_its_language() {
    let left = |language: &str| {
        let site = monthly(&YEAR).book(&format!("[book]\ntitle = \"T\"\nlanguage = \"{language}\"\n"));
        let page = site.build().succeeds().page("index.html");
        let drawing = page.split("<div class=\"strip-drawing\"").nth(2).unwrap();
        let column = drawing.split("<title>").nth(1).and_then(|column| column.split("<rect x=\"").nth(1)).unwrap();
        column.split('"').next().unwrap().to_owned()
    };
    // November 2024 is the eleventh of 25 months.
    assert_eq!([left("en"), left("ar")], ["40.00%", "56.00%"]);
}

#[test]
fn a_timeline_opens_where_its_author_says() {
    let build = |timeline: &str| {
        let site = monthly(&YEAR).file("content/all.md", format!("---\ntitle: All\ntimeline: {timeline}\n---\nWords.\n"));
        site.build().succeeds().page("all/index.html")
    };
    let page = build("{from: 2024, opens: 2025-03}");
    assert_eq!(
        folded(&page),
        (vec!["e00", "e01", "e02", "e03", "e04"], vec!["e05", "e06", "e07", "e08", "e09", "e10", "e11"])
    );
    assert!(page.contains("<summary>5 earlier events</summary>"));
    // A month without an event is that of the next one.
    assert_eq!(folded(&build("{from: 2024, opens: 2024-12}")).0.len(), 2);
    // The site is as of December 22, 2025, so the latest events are those of June.
    assert_eq!(folded(&build("{from: 2024, opens: today}")).1, ["e10", "e11"]);
    assert_eq!(folded(&build("{from: 2024, opens: 1999}")), (vec![], folded(&build("{from: 2024}")).1));
}

#[test]
fn a_place_to_open_at_asks_for_no_events() {
    let site = monthly(&YEAR)
        .page("one.md", "---\ntitle: One\ntimeline: {opens: 2025-04}\n---\nWords.\n\n```timeline\nopens: today\n```\n");
    let page = site.build().succeeds().page("one/index.html");
    let block = between(&page, "<aside class=\"block-timeline\"", "</aside>");
    assert!(block.contains("10 earlier events"), "{block}");
    let own = page.split_once("</aside>").map_or("", |(_, rest)| rest);
    assert_eq!(folded(own), (vec!["e00", "e02", "e04", "e06"], vec!["e08", "e10"]));
    // The filter knows these events as the section's own, wherever they open.
    assert!(own.contains("href=\"../timeline/?section=one\""));
}

#[test]
fn without_a_filter_nothing_leads_to_one() {
    let book = "[book]\ntitle = \"T\"\n\n[site]\nas-of = \"2025-12-22\"\n\n[output.html.theme]\ntimeline = \"static\"\n";
    let outcome = Site::small().book(book).build().succeeds();
    let card = outcome.page("entities/nayib-bukele/card.js");
    assert!(card.contains("../../entities/nayib-bukele/#page--timeline"), "{card}");
    assert!(!outcome.page("alliance/index.html").contains("?section="));
}

#[test]
fn a_source_shows_other_pieces_of_its_outlet() {
    let mut sources = String::from("lone: {title: Alone, publisher: The Paper}\nnone: {title: Of nobody}\n");
    for at in 1..=11 {
        writeln!(sources, "s{at:02}: {{title: Piece {at}, publisher: Wire, date: 2025-01-{at:02}}}").unwrap();
    }
    let outcome =
        Site::new().sourced().section("one", "Words.[@s03]").file("content/sources/s.yaml", sources).build().succeeds();
    let page = outcome.page("sources/s10/index.html");
    let pieces = between(&page, "<h2>More from Wire</h2>", "</section>");
    let order: Vec<_> =
        attributes(pieces, "href").into_iter().filter_map(|url| url.strip_prefix("../../sources/")).collect();
    assert_eq!(order, ["s11/", "s09/", "s08/", "s07/", "s06/", "s05/", ""], "newest first, and not itself");
    assert!(pieces.contains("4 more sources"), "{pieces}");
    for other in ["lone", "none"] {
        assert!(!outcome.page(&format!("sources/{other}/index.html")).contains("class=\"pieces\""), "{other}");
    }
}
