//! Old addresses: what may be one, and where one may redirect to. Everything wrong is reported with its place.

use crate::support::{Outcome, Site};

/// A site with the page `/bridge/` and these redirects, the first of which is on line 4.
#[track_caller]
fn build(redirects: &str) -> Outcome {
    build_at("", redirects)
}

#[track_caller]
fn build_at(site: &str, redirects: &str) -> Outcome {
    let book = format!("[book]\ntitle = \"T\"\n[output.html.redirect]\n{redirects}\n{site}");
    Site::new().section("bridge", "## Here\n").section("crack", "").book(&book).build()
}

#[test]
fn circles() {
    build("\"/self/\" = \"/self/\"").fails_at("redirect-loop", "book.toml", 4, 12).says("redirects to itself");
    build("\"/self/\" = \"/self\"").fails_at("redirect-loop", "book.toml", 4, 12).says("write /self/, with a slash");
    build("\"/self/\" = \"/self/index.html\"").fails_at("redirect-loop", "book.toml", 4, 12);
    build("\"/self/\" = \".\"").fails_at("redirect-loop", "book.toml", 4, 12);
    build("\"/self/\" = \"/self/#x\"").fails_at("redirect-loop", "book.toml", 4, 12);
    let circle = "\"/a/\" = \"/b/\"\n\"/b/\" = \"/c/\"\n\"/c/\" = \"/a/\"";
    build(circle).fails_at("redirect-loop", "book.toml", 4, 9).shows("book.toml", 5, 1).shows("book.toml", 6, 1);
    let in_full = "\"/self/\" = \"https://Example.org/x/self/\"";
    build_at("[site]\nbase-url = \"https://example.org/x\"\n", in_full).fails_at("redirect-loop", "book.toml", 4, 12);
    build_at("[site]\nbase-url = \"https://example.org/x\"\n", "\"/self/\" = \"https://example.org/xy/self/\"").succeeds();
    build("\"/a/\" = \"/b/\"\n\"/b/\" = \"/bridge/\"").succeeds();
    let off = "[checks]\nredirect-loop = \"off\"\n";
    assert_eq!(build_at(off, "\"/self/\" = \"/self/\"").code, Some(0));
}

#[test]
fn a_long_chain_takes_no_long_time() {
    let chain: String = (0..20_000).map(|at| format!("\"/r{at}/\" = \"/r{}/\"\n", at + 1)).collect();
    let outcome = build(&chain).fails_at("redirect-loop", "book.toml", 4 + 19_999, 14);
    outcome.says("redirects to /r20000/, which doesn't exist");
}

#[test]
fn nowhere_has_its_line() {
    build("\"/old/\" = \"/bridge\"").fails_at("redirect-loop", "book.toml", 4, 11).says("write /bridge/");
    build("\"/old/\" = \"/nothing/\"")
        .fails_at("redirect-loop", "book.toml", 4, 11)
        .says("redirects to /nothing/, which doesn't exist");
    build("\"/old/\" = \"/brige/\"").fails_at("redirect-loop", "book.toml", 4, 11).says("did you mean /bridge/?");
    build("\"/old/\" = \"/brige.html\"").fails_at("redirect-loop", "book.toml", 4, 11);
    build("\"/bridge/#old\" = \"/nothing/\"").fails_at("redirect-loop", "book.toml", 4, 18);
    build("\"/old/\" = \"../../x\"").fails_at("outside-site", "book.toml", 4, 11);
    let anchor = build("\"/old/\" = \"/bridge/#gone\"").fails_at("broken-link", "book.toml", 4, 1);
    anchor.says("that page has no such anchor");
    // What other formats add counts too, and so do the site's own files.
    let outcome =
        build("\"/events.csv/\" = \"/data/site.json\"\n\"/old/\" = \"/bridge/#here\"\n\"/x/old.html\" = \"../crack/\"")
            .succeeds();
    assert!(outcome.page("x/old.html").contains("url=../crack/\""), "{}", outcome.page("x/old.html"));
}

#[test]
fn what_is_no_page() {
    for to in [
        "mailto:desk@news.example",
        "tel:+15551234",
        "//host.example/",
        "https://",
        " https://e.org",
        "https://u:p@e.org",
        "https://[::1",
        "",
    ] {
        build(&format!("\"/old/\" = \"{to}\"")).fails_at("bad-address", "book.toml", 4, 11);
    }
    let page = build("\"/old/\" = \"HTTPS://Example.ORG/x?a=1\"").succeeds().page("old/index.html");
    assert!(page.contains("url=https://example.org/x?a=1\""), "{page}");
}

#[test]
fn some_addresses_cant_be_old_ones() {
    let table = [
        ("/con/", "reserved-id", "Windows can't write"),
        ("/CON/", "reserved-id", "Windows can't write"),
        ("/aux.html", "reserved-id", "Windows can't write"),
        ("/x/nul/", "reserved-id", "Windows can't write"),
        ("/trailing./", "reserved-id", "Windows can't write"),
        ("/report.pdf", "bad-value", "hosts would serve it as `.pdf`"),
        ("/v1.2", "bad-value", "write /v1.2/"),
        ("/caf%C3%A9/", "bad-value", "write it the way people read it: /café/"),
        ("/%2e%2e/x/", "outside-site", "from the site's root"),
    ];
    for (from, code, words) in table {
        build(&format!("\"{from}\" = \"/bridge/\"")).fails_at(code, "book.toml", 4, 1).says(words);
        let page = format!("---\ntitle: A\naliases: ['{from}']\n---\n");
        Site::new().page("a.md", &page).build().fails_at(code, "content/a.md", 3, 11).says(words);
    }
    build("\"old/\" = \"/bridge/\"").fails_at("bad-value", "book.toml", 4, 1).says("\"/old/\"");
    let long = "x".repeat(300);
    build(&format!("\"/{long}/\" = \"/bridge/\"")).fails_at("reserved-id", "book.toml", 4, 1).says("255 bytes");
    Site::new().page("a.md", &format!("---\ntitle: A\naliases: [/{long}/]\n---\n")).build().fails_at(
        "reserved-id",
        "content/a.md",
        3,
        11,
    );
}

#[test]
fn a_character_that_no_address_has_is_told_and_not_dropped() {
    let outcome = build("\"/a\\u0000b/\" = \"/bridge/\"").fails();
    assert!(!outcome.folder().exists());
    assert!(outcome.findings().iter().all(|finding| finding.places[0].1 == 4), "{}", outcome.stderr);
    let page = "---\ntitle: A\naliases: [\"/a\\0b/\"]\n---\n";
    let outcome = Site::new().page("a.md", page).build().fails();
    assert!(outcome.findings().iter().any(|finding| finding.places[0].1 == 3), "{}", outcome.stderr);
}

#[test]
fn names_that_no_system_can_write_are_told_with_their_place() {
    let long = "x".repeat(300);
    let event = format!("- {{id: {long}, date: 2025, title: E, sources: [ap]}}\n");
    Site::new().sourced().file("content/events/e.yaml", event).build().fails_at("bad-value", "content/events/e.yaml", 1, 8);
    let source = format!("{long}:\n  title: X\n");
    Site::new().file("content/sources/s.yaml", source).build().fails_at("bad-value", "content/sources/s.yaml", 1, 1);
}
