//! Charts on a page, and what is said where they can't be drawn.

use crate::support::{Site, between};

const BLOCK: &str = "```chart\nkind: line\ntitle: Arrests rose\nalt: A line that rises.\ndata: media/a.csv\nmeasure: Arrests a year\nevents: [storm]\nsources: [x]\nas-of: 2025-12-22\n```\n";

fn site(csv: &str) -> Site {
    Site::new()
        .book("[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"https://a.example\"\n[checks]\nunsourced-event = \"off\"\n")
        .file("content/media/a.csv", csv)
        .file("content/events/e.yaml", "- {id: storm, date: 2024-05-01, title: The storm}\n")
        .file("content/sources/s.yaml", "x: {title: A report, publisher: The Herald, date: 2025-04-10}\n")
        .page("a.md", &format!("---\ntitle: A\npublished: 2025-12-22\n---\n{BLOCK}"))
}

#[test]
fn a_chart_is_a_drawing_and_a_table_with_its_source() {
    let outcome = site("year,arrests\n2023,1200\n2024,\n2025,3400.5\n").build().succeeds();
    let page = outcome.page("a/index.html");
    assert_eq!(page.matches("<svg viewBox=\"0 0 640").count(), 2, "the drawing, and the links over it");
    assert_eq!(page.matches("<svg viewBox=\"0 0 320").count(), 2);
    assert!(page.contains("<title id=\"chart--1-wide-title\">Arrests rose</title>"), "{page}");
    let table = between(&page, "<tbody>", "</tbody>");
    for cell in [">2023<", ">1,200<", ">no figure<", ">3,400.5<"] {
        assert!(table.contains(cell), "{cell}: {table}");
    }
    let source = between(&page, "class=\"chart-source\"", "</p>");
    assert!(source.contains("The Herald") && source.contains("December 22, 2025"), "{source}");
    let events = between(&page, "class=\"chart-events\"", "</ol>");
    assert!(events.contains("<a href=\"../events/storm/\">The storm</a>"), "{events}");
    assert!(page.contains("<a href=\"../media/a.csv\">"), "{page}");
    assert!(outcome.has("media/a.csv"));
    assert!(!page.contains("style=\""), "the page's policy allows no style in its HTML");
    let feed = outcome.page("feed.xml");
    assert!(feed.contains("https://a.example/a/#chart--1"), "{feed}");
}

#[test]
fn a_cell_that_is_no_number_is_reported_in_its_file() {
    let outcome = site("year,arrests\n2023,\"1,200\"\n").build();
    outcome.fails_at("bad-chart", "content/media/a.csv", 2, 6).says("write `1200`");
    let outcome = site("jahr;arrests\n2023;5\n")
        .page("a.md", &format!("---\ntitle: A\n---\n{}", BLOCK.replace("sources", "x: year\nsources")));
    outcome.build().fails().says("bad-chart").says("no column `year`");
}

#[test]
fn a_file_that_is_missing_or_is_no_text_is_reported() {
    let missing = site("year,arrests\n2023,1\n");
    missing.remove("content/media/a.csv");
    missing.build().fails().says("broken-link").says("content/media/a.csv");
    let binary = site("x").file("content/media/a.csv", [b'a', b'\n', 0xff, 0xfe]);
    binary.build().fails().says("content/media/a.csv").says("is not UTF-8");
}

#[test]
fn the_figures_of_a_draft_are_not_published() {
    let draft = format!("---\ntitle: A\ndraft: true\n---\n{BLOCK}");
    let outcome = site("year,arrests\n2023,987654\n").page("a.md", &draft).section("b", "Words.").build().succeeds();
    for (path, bytes) in outcome.files() {
        assert!(!String::from_utf8_lossy(&bytes).contains("987654"), "{path}");
    }
}

#[test]
fn a_record_that_is_a_file_of_its_own_has_charts_too() {
    let event = format!("---\ndate: 2025-03-01\ntitle: The vote\nsources: [x]\n---\nBefore it, arrests rose.\n\n{BLOCK}");
    let outcome = site("year,arrests\n2023,1200\n2024,1300\n").file("content/events/vote.md", event).build().succeeds();
    let page = outcome.page("events/vote/index.html");
    assert!(page.contains("<title id=\"chart--1-wide-title\">Arrests rose</title>"), "{page}");
    assert!(between(&page, "<tbody>", "</tbody>").contains(">1,300<"), "{page}");
    assert!(page.contains("<a href=\"../../media/a.csv\">"), "{page}");
    assert!(outcome.page("feed.xml").contains("https://a.example/events/vote/#chart--1"));
    let wrong = site("year,arrests\n2023,some\n").page("a.md", "---\ntitle: A\n---\n");
    let wrong = wrong.file("content/events/vote.md", format!("---\ndate: 2025-03-01\ntitle: The vote\n---\n{BLOCK}"));
    wrong.build().fails_at("bad-chart", "content/media/a.csv", 2, 6);
}

#[test]
fn a_chart_can_not_name_a_draft() {
    for (from, to) in [("[storm]", "[storm, sealed]"), ("Arrests rose", "Arrests rose in [[sealed]]")] {
        let page = format!("---\ntitle: A\n---\n{}", BLOCK.replace(from, to));
        let draft = "- {id: sealed, draft: true, date: 2024-08-01, title: The secret}\n";
        let site = site("year,arrests\n2023,1200\n").file("content/events/d.yaml", draft).page("a.md", &page);
        site.build().fails().finds(
            "points-at-hidden",
            "content/a.md",
            if from == "[storm]" { 10 } else { 6 },
            if from == "[storm]" { 17 } else { 24 },
        );
    }
}

#[test]
fn figures_stand_as_the_language_of_the_site_writes_them() {
    for (language, written) in [("de", "−1.234,5"), ("es", "−1234,5"), ("ar", "\u{200e}−1,234.5"), ("zh", "−1,234.5")]
    {
        let book = format!("[book]\ntitle = \"T\"\nlanguage = \"{language}\"\n[checks]\nunsourced-event = \"off\"\n");
        let outcome = site("year,arrests\n2023,-1234.5\n2024,\n").book(&book).build().succeeds();
        let page = outcome.page("a/index.html");
        assert!(between(&page, "<tbody>", "</tbody>").contains(written), "{language}: {page}");
        assert!(!page.contains("no figure") && !page.contains("Show the figures"), "{language}");
    }
}

#[test]
fn data_and_the_feed_say_what_a_chart_shows() {
    let book = "[book]\ntitle = \"T\"\n[site]\nbase-url = \"https://a.example\"\n[output.data]\nenable = true\ntexts = true\n[checks]\nunsourced-event = \"off\"\n";
    let outcome = site("year,arrests\n2023,1\n2024,2\n").book(book).build().succeeds();
    assert!(outcome.page("data/site.json").contains("Arrests rose A line that rises."));
}
