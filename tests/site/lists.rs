//! Lists, which never grow with the site: pages of 200, or five places and a count.

use std::fmt::Write as _;

use crate::support::{SOURCE, Site, attributes, between};

fn numbered(count: usize, mut line: impl FnMut(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, at| {
        writeln!(text, "{}", line(at)).unwrap();
        text
    })
}

#[test]
fn lists_are_paged_at_two_hundred() {
    let outcome = Site::new()
        .file(
            "content/sources/s.yaml",
            numbered(201, |at| format!("s{at:03}:\n  title: Source {at}\n  publisher: P{at:03}")),
        )
        .file(
            "content/entities/e.yaml",
            numbered(401, |at| format!("- {{id: p{at:03}, kind: person, name: Person {at:03}}}")),
        )
        .file(
            "content/claims/c.yaml",
            numbered(200, |at| format!("- {{id: c{at:03}, text: Claim {at}, status: established, sources: [s000]}}")),
        )
        .build()
        .succeeds();
    assert!(outcome.has("sources/2/index.html") && !outcome.has("sources/3/index.html"));
    assert!(outcome.has("entities/3/index.html") && !outcome.has("entities/4/index.html"));
    assert!(!outcome.has("claims/2/index.html"));
    let links = |path: &str, prefix: &str| {
        let page = outcome.page(path);
        let main = between(&page, "<main", "</main>");
        let mut links: Vec<_> =
            attributes(main, "href").into_iter().filter(|link| link.contains(prefix)).map(str::to_owned).collect();
        links.sort();
        links.dedup();
        links.len()
    };
    assert_eq!(links("entities/index.html", "entities/p"), 200);
    assert_eq!(links("entities/2/index.html", "entities/p"), 200);
    assert_eq!(links("entities/3/index.html", "entities/p"), 1);
    let middle = outcome.page("entities/2/index.html");
    assert!(
        middle.contains("href=\"../../entities/\" rel=\"prev\"")
            && middle.contains("href=\"../../entities/3/\" rel=\"next\""),
        "{middle}"
    );
    // The page numbered 2 doesn't belong to a record: ids and pages of lists can't clash.
    assert!(links("sources/index.html", "sources/s") == 200);
}

#[test]
fn each_kind_of_source_has_a_list() {
    let source = |at: usize| {
        let kind = if at < 201 { "news" } else { "wire" };
        format!("s{at:03}: {{title: Source {at}, publisher: P{at:03}, kind: {kind}}}")
    };
    let site = Site::new().file("content/sources/s.yaml", numbered(203, source) + "kind: {title: Of no kind}\n");
    let outcome = site.build().succeeds();
    let page = outcome.page("sources/index.html");
    assert!(page.contains("<span class=\"count\">201</span> <a href=\"../sources/kind/news/\">news reports</a>"), "{page}");
    assert!(!page.contains("aria-current=\"page\">news"), "{page}");
    let news = outcome.page("sources/kind/news/index.html");
    assert!(news.contains("<h1>Sources: news reports</h1>") && news.contains(">201 sources.<"), "{news}");
    assert!(
        news.contains("aria-current=\"page\">news reports</a>") && news.contains("href=\"../../../sources/\">All sources"),
        "{news}"
    );
    assert!(outcome.page("sources/kind/news/2/index.html").contains("href=\"../../../../sources/s200/\""));
    let wire = outcome.page("sources/kind/wire/index.html");
    let main = between(&wire, "<main", "</main>");
    let links = attributes(main, "href").into_iter().filter(|link| link.contains("/sources/s")).count();
    assert_eq!(links, 2, "{main}");
    assert!(outcome.page("sources/kind/index.html").contains("Of no kind"), "a source may be called so");
    // The front page leads to them, too.
    assert!(outcome.page("index.html").contains("href=\"./sources/kind/wire/\""));
}

#[test]
fn sources_of_one_kind_need_no_list_of_their_own() {
    let outcome = Site::new().file("content/sources/s.yaml", "s: {title: S, kind: news}\n").build().succeeds();
    assert!(!outcome.has("sources/kind/news/index.html"));
    let page = outcome.page("sources/index.html");
    assert!(page.contains("<span class=\"count\">1</span> news report<"), "{page}");
}

#[test]
fn a_long_list_of_people_has_letters_and_begins_with_those_mentioned_most() {
    let people = |count: usize| {
        let name = |at: usize| format!("{}{}", ["Ana Å", "Bo b", "Cy Ñ"][at % 3], "o".repeat(at / 3 + 1));
        numbered(count, |at| format!("- {{id: p{at:03}, kind: person, name: {}, description: Somebody.}}", name(at)))
    };
    let with = |count: usize| {
        let site = Site::new().section("a", "Words on [[p004]].").file("content/entities/e.yaml", people(count));
        site.build().succeeds().page("entities/index.html")
    };
    let page = with(24);
    let letters = between(&page, "<nav class=\"jumps letters\"", "</nav>");
    assert_eq!(attributes(letters, "href"), ["#page--person-1", "#page--person-2", "#page--person-3"]);
    assert!(letters.contains(">A<") && letters.contains(">B<") && letters.contains(">N<"), "{letters}");
    let first = page.split("id=\"page--person-2\"").nth(1).unwrap();
    assert!(first.starts_with("><a class=\"name\" href=\"../entities/p001/\">Bo bo<"), "{first}");
    let most = between(&page, "Key names", "</section>");
    assert_eq!(attributes(most, "href"), ["../entities/p004/"]);
    let page = with(23);
    assert!(!page.contains("letters") && !page.contains("Key names"), "{page}");
}

#[test]
fn an_id_that_is_a_number_does_not_take_a_page_of_a_list() {
    let site = Site::new()
        .file("content/entities/e.yaml", numbered(201, |at| format!("- {{id: p{at:03}, kind: person, name: Person {at}}}")))
        .file("content/entities/two.yaml", "- {id: 2, kind: person, name: Two}\n");
    site.build().fails_at("duplicate-id", "content/entities/two.yaml", 1, 8);
}

#[test]
fn mentions_are_paged_and_counted() {
    let site = (0..7).fold(Site::new().sourced(), |site, at| {
        // A paragraph counts as one place to read, however often it names a record.
        let body = "See [[target]] and [[target]].[@ap]\n\n".repeat(40);
        site.section(&format!("s{at}"), &body)
    });
    let outcome =
        site.file("content/events/e.yaml", "- {id: target, date: 2025, title: Target, sources: [ap]}\n").build().succeeds();
    let page = outcome.page("events/target/index.html");
    assert_eq!(page.matches("class=\"excerpt\"").count(), 200);
    assert!(page.contains("href=\"../../events/target/mentions/2/\""), "{page}");
    let second = outcome.page("events/target/mentions/2/index.html");
    assert_eq!(second.matches("class=\"excerpt\"").count(), 80);
    assert!(page.contains("href=\"../../s0/#m--target\"") && page.contains("href=\"../../s0/#m--target--3\""), "{page}");
    assert!(!page.contains("href=\"../../s0/#m--target--2\""), "one mention a paragraph");
    // A section with several is named once.
    let list = page.split("<ul class=\"mentions\">").nth(1).unwrap();
    assert_eq!(list.matches("<li>").count(), 5, "five sections of 40 paragraphs: {page}");
    assert!(second.contains("href=\"../../../../s5/"), "{second}");
    // “Appears in” shows five sections, each once, and a count.
    let timeline = outcome.page("timeline/index.html");
    let appears = between(&timeline, "<p class=\"appears\">", "</p>");
    assert_eq!(attributes(appears, "href").len(), 5, "{appears}");
    assert!(appears.contains("2 more"), "{appears}");
}

#[test]
fn the_navigation_shows_forty_sections() {
    let with = |count: usize| {
        let site = (0..count).fold(Site::new(), |site, at| {
            site.page(&format!("s{at:02}.md"), &format!("---\ntitle: S{at:02}\norder: {at}\npart: Part {}\n---\n", at / 10))
        });
        site.build().succeeds()
    };
    let nav = |page: &str| attributes(between(page, "<nav class=\"sections\"", "</nav>"), "href").len();
    let outcome = with(40);
    assert_eq!(nav(&outcome.page("s00/index.html")), 40);
    let outcome = with(41);
    let page = outcome.page("s15/index.html");
    assert_eq!(nav(&page), 11, "those of the part, and the list: {page}");
    assert!(page.contains("href=\"../s14/\"") && page.contains("href=\"../s16/\""), "previous and next");
    let front = outcome.page("index.html");
    let main = between(&front, "<main", "</main>");
    let shown = attributes(main, "href").into_iter().filter(|link| link.starts_with("./s") && link.len() == 6).count();
    assert_eq!(shown, 40, "{main}");
    assert!(outcome.page("sections/index.html").contains("href=\"../s40/\""));
}

#[test]
fn sections_come_in_reading_order() {
    let outcome = Site::new()
        .page("a.md", "---\ntitle: A\norder: 3\n---\n")
        .page("b.md", "---\ntitle: B\norder: -1\n---\n")
        .page("c.md", "---\ntitle: C\n---\n")
        .page("d.md", "---\ntitle: D\norder: 3\n---\n")
        .page("e.md", "---\ntitle: E\nkind: page\n---\n")
        .build()
        .succeeds();
    let page = outcome.page("a/index.html");
    let nav = between(&page, "<nav class=\"sections\"", "</nav>");
    assert_eq!(attributes(nav, "href"), ["../b/", "../a/", "../d/", "../c/"]);
}

#[test]
fn changes_are_listed_newest_first() {
    let outcome = Site::new()
        .file("content/sources/s.yaml", SOURCE)
        .page("a.md", "---\ntitle: A\nupdates:\n  - {date: 2025-04-14, kind: correction, text: Wrong court.}\n  - {date: 2025-01-01, kind: update, text: First.}\n---\n")
        .file("content/events/e.yaml", "- {id: e, date: 2025, title: E, sources: [ap], updates: [{date: 2025-03-01, kind: clarification, text: Middle.}]}\n")
        .build()
        .succeeds();
    let page = outcome.page("changes/index.html");
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} in {page}"));
    assert!(at("Wrong court.") < at("Middle.") && at("Middle.") < at("First."), "{page}");
}
