//! The program's words for readers: American and British, and replaced by the site's own.

use crate::support::{Site, between};

fn site(book: &str) -> Site {
    Site::small().book(&format!("[book]\ntitle = \"The deal\"\n{book}"))
}

#[test]
fn a_site_may_replace_any_word() {
    let outcome = site("[site.words]\nui.timeline = \"What happened when\"\n[site.words.count.events]\none = \"{n} entry\"\nother = \"{n} entries\"\n[site.words.kind]\nfacility = \"Prison\"\n")
        .build()
        .succeeds();
    let front = outcome.page("index.html");
    assert!(front.contains("What happened when") && !front.contains(">Timeline<"), "{front}");
    assert!(outcome.page("entities/cecot/index.html").contains("Prison"));
}

#[test]
fn a_word_that_there_is_not_is_an_error_at_its_key() {
    let book = |words: &str| site(&format!("[site.words]\n{words}\n")).build();
    book("ui.tmeline = \"x\"").fails_at("unknown-field", "book.toml", 4, 4).says("did you mean `ui.timeline`?");
    book("timeline = \"x\"").fails_at("unknown-field", "book.toml", 4, 1).says("did you mean `ui.timeline`?");
    book("nothing-like-it = \"x\"").fails_at("unknown-field", "book.toml", 4, 1).says("the guide to themes lists them all");
    book("ui.timeline = \" \"").fails_at("bad-value", "book.toml", 4, 15).says("`ui.timeline` is empty");
    book("ui = \"x\"").fails_at("unknown-field", "book.toml", 4, 1);
    book("ui.timeline = \"{n} events\"").fails_at("bad-value", "book.toml", 4, 15).says("nothing to fill in for `{n}`");
    book("count.events.one = \"{number} part\"").fails_at("bad-value", "book.toml", 4, 20).says("it has: {n}");
}

#[test]
fn english_is_american_unless_the_site_says_where_it_is() {
    let kind = |language: &str| {
        let book = format!("[book]\ntitle = \"The deal\"\nlanguage = \"{language}\"\n");
        let entity = "- {id: red-cross, kind: organization, name: Red Cross}\n";
        Site::small()
            .book(&book)
            .file("content/entities/more.yaml", entity)
            .build()
            .succeeds()
            .page("entities/red-cross/index.html")
    };
    assert!(kind("en").contains("Organization"));
    assert!(kind("en-US").contains("Organization"));
    let british = kind("en-GB");
    assert!(british.contains("Organisation") && !british.contains("Organization"));
}

#[test]
fn each_day_of_a_page_is_said_once() {
    let dateline = |front: &str| {
        let outcome = Site::small()
            .book("[book]\ntitle = \"The deal\"\n[site]\nas-of = \"2025-12-22\"\n")
            .page("deal.md", &format!("---\ntitle: A deal\n{front}---\nText.\n"))
            .build()
            .succeeds();
        let page = outcome.page("deal/index.html");
        let line = page.split("<p class=\"dateline\">").nth(1).unwrap().split("</p>").next().unwrap().to_owned();
        ["Published", "Updated", "As of"].map(|word| line.matches(word).count())
    };
    assert_eq!(dateline("published: 2025-12-22\nupdated: 2025-12-22\n"), [1, 0, 0]);
    assert_eq!(dateline("published: 2025-12-01\nupdated: 2025-12-22\n"), [1, 1, 0]);
    assert_eq!(dateline("published: 2025-12-01\nupdated: 2025-12-02\n"), [1, 1, 1]);
    assert_eq!(dateline(""), [0, 0, 1]);
}

#[test]
fn a_tab_and_a_link_to_a_claim_say_its_status() {
    let claim = |text: &str| {
        format!("- {{id: c, text: {text}, status: disputed, asserted-by: [p], disputed-by: [p], sources: [ap]}}\n")
    };
    let head = |text: &str| {
        let site = Site::new().sourced().file("content/claims/c.yaml", claim(text));
        let site = site.file("content/entities/p.yaml", "- {id: p, kind: person, name: Jane Doe}\n");
        let page = site.build().succeeds().page("claims/c/index.html");
        between(&page, "<title>", "</title>").to_owned()
    };
    assert_eq!(head("Jane Doe took the money."), "Disputed: Jane Doe took the money – Test site");
    // A period that is part of an abbreviation stays.
    assert_eq!(head("Jane Doe left the U.S."), "Disputed: Jane Doe left the U.S. – Test site");
}
