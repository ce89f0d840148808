//! Who wrote a page or a source: names the right way round, in one line.

use crate::support::{Site, between};

/// What a reader sees of the only source of a page, whose `author` is written like this.
#[track_caller]
fn entry(author: &str) -> String {
    let sources = format!("doc:\n  title: A title\n  author: {author}\n  publisher: The Herald\n");
    let site = Site::new().file("content/sources/s.yaml", sources).section("a", "Words.[@doc]");
    let outcome = site.build();
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let page = outcome.page("a/index.html");
    between(&page, "id=\"source--doc\"", "“A title”").split('>').next_back().unwrap().trim().to_owned()
}

#[test]
fn authors_of_sources_stand_the_right_way_round_and_in_a_row() {
    for (author, shown) in [
        ("Doe, Jane", "Jane Doe, The Herald,"),
        ("Jane Doe, John Roe", "Jane Doe, John Roe, The Herald,"),
        ("Ministry of Health, Labour and Welfare", "Ministry of Health, Labour and Welfare, The Herald,"),
        ("Martin Luther King, Jr.", "Martin Luther King, Jr., The Herald,"),
        ("{name: King, given-name: Martin Luther, suffix: Jr.}", "Martin Luther King Jr., The Herald,"),
        ("{name: \"Health, Labour and Welfare\"}", "Health, Labour and Welfare, The Herald,"),
        ("[Jane Doe, John Roe]", "Jane Doe and John Roe, The Herald,"),
        ("[\"Doe, Jane\", John Roe, \"Poe, Ann\"]", "Jane Doe, John Roe and Ann Poe, The Herald,"),
    ] {
        assert_eq!(entry(author), shown, "{author}");
    }
}

#[test]
fn bylines_of_sections_are_written_like_those_of_sources() {
    let outcome = Site::new()
        .page("a.md", "---\ntitle: A\nauthors: [\"Doe, Jane\", {name: Roe, given-name: John}, Ann Poe]\n---\nWords.\n")
        .build()
        .succeeds();
    let page = outcome.page("a/index.html");
    assert!(page.contains("<span>By Jane Doe, John Roe and Ann Poe</span>"), "{page}");
}

#[test]
fn a_name_without_its_family_is_an_error_at_its_place() {
    let outcome = Site::new()
        .file("content/sources/s.yaml", "doc:\n  title: T\n  author: {family: Doe, given: Jane}\n")
        .section("a", "Words.[@doc]")
        .build();
    outcome.fails().says("content/sources/s.yaml:3:11").says("write `{name: Doe, given-name: Jane}`");
}

#[test]
fn the_help_says_how_each_reading_is_written() {
    for (author, help) in [
        (
            "Jane Doe, John Roe",
            "write `[Jane Doe, John Roe]` for two people, or `{name: Jane Doe, given-name: John Roe}` for one",
        ),
        ("Health, Labour and Welfare", "write `{name: \"Health, Labour and Welfare\"}` if it is one name"),
        ("[Ferreira, Ana, Okoro, Ben]", "write `author: [\"Ferreira, Ana\", \"Okoro, Ben\"]`"),
    ] {
        let sources = format!("doc:\n  title: T\n  author: {author}\n");
        let site = Site::new().file("content/sources/s.yaml", sources).section("a", "Words.[@doc]");
        let outcome =
            site.build().finds("ambiguous-name", "content/sources/s.yaml", 3, if author.starts_with('[') { 12 } else { 11 });
        assert_eq!(outcome.says(help).code, Some(0), "a warning");
    }
}
