//! Characters that aren't allowed on a page, and words that would be markup: neither is in any byte of the output.

use std::sync::Arc;

use backgrounder::build::live::Live;

use crate::support::Site;

const ODD: [char; 9] = ['\u{1}', '\u{b}', '\u{7f}', '\u{85}', '\u{92}', '\u{fdd0}', '\u{fffe}', '\u{ffff}', '\u{1ffff}'];

#[test]
fn forbidden_characters_are_reported_at_their_place() {
    for odd in ODD {
        let text = format!("---\ntitle: A\n---\nOne.\n\nTwo{odd} words.\n");
        Site::new().page("a.md", &text).build().fails().finds("bad-character", "content/a.md", 6, 4);
        let event = format!("- id: e\n  date: 2025\n  title: A{odd}\n  sources: [ap]\n");
        Site::new().sourced().file("content/events/e.yaml", event).build().fails().finds(
            "bad-character",
            "content/events/e.yaml",
            3,
            11,
        );
        let template = format!("<p>{odd}</p>");
        Site::small().file("templates/components/own.html", template).build().fails().finds(
            "bad-character",
            "templates/components/own.html",
            1,
            4,
        );
    }
    for odd in ['\u{85}', '\u{fffe}'] {
        let book = format!("[book]\ntitle = \"A{odd}\"\n");
        Site::small().book(&book).build().fails_at("bad-character", "book.toml", 2, 11);
    }
    let book = "[book]\ntitle = \"A\\u0085\"\n";
    Site::small().book(book).build().fails_at("bad-character", "book.toml", 2, 9);
    let body = "---\ntitle: A\n---\nOne &#x85; and [x](https://a.example/&#xFFFE; \"&#1;\").\n";
    let outcome = Site::new().page("a.md", body).build().fails().finds("bad-character", "content/a.md", 4, 5);
    outcome.finds("bad-character", "content/a.md", 4, 16);
    let escaped = "- id: e\n  date: 2025\n  title: \"A\\x85\"\n  sources: [ap]\n";
    Site::new().sourced().file("content/events/e.yaml", escaped).build().fails_at(
        "bad-character",
        "content/events/e.yaml",
        3,
        10,
    );
    Site::new().section("a", "It\u{92}s.").build().fails().says("this was probably `’` in an old Windows encoding");
}

#[test]
fn forbidden_characters_are_in_no_output() {
    let odd: String = ODD.iter().collect();
    let off = "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"https://example.org\"\n[checks]\nbad-character = \"off\"\n";
    let outcome = Site::small()
        .book(off)
        .page("a.md", &format!("---\ntitle: A{odd}B\nsummary: C{odd}D\n---\nE{odd}F [[flights]] `G{odd}H` [x](media/x.svg \"I{odd}J\")\n\n```\nK{odd}L\n```\n"))
        .file("content/media/x.svg", crate::support::SVG)
        .file("content/events/e.yaml", format!("- id: e\n  date: 2025-01-01\n  title: M{odd}N\n  topics: [\"O{odd}P\"]\n  sources: [ap]\n"))
        .build();
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert!(
        outcome.words("a/index.html").contains("AB") && outcome.words("a/index.html").contains("EF"),
        "{}",
        outcome.words("a/index.html")
    );
    for (path, bytes) in outcome.files() {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        assert!(!text.contains(ODD), "{path}");
    }
}

/// What a preview of a site shows in all its files, even with errors.
fn previewed(site: &Site) -> String {
    let files = backgrounder::source::OnDisk::new(site.root()).unwrap();
    let live = Live::open(crate::live::request(), Arc::new(files)).unwrap();
    let edition = live.edition();
    let pages = edition.paths().filter(|path| path.ends_with(".html")).map(|path| {
        let page = edition.page(path).unwrap().unwrap_or_else(|fault| panic!("{path}: {fault:?}"));
        String::from_utf8(page.bytes.clone()).unwrap()
    });
    pages.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_name_is_never_markup() {
    let odd = "a\"><img src=x onerror=alert(7)>";
    let site = Site::small().page(&format!("{odd}.md"), "---\ntitle: Odd\n---\nSee [[alliance]].\n");
    let site = site.section(
        "links",
        &format!("[[{odd}]] [[{odd}|x]] [[alliance#{odd}]] [x]({odd}) [y](<{odd}.md>) [z](#{odd}) [@{odd}]"),
    );
    site.build().fails().finds("bad-value", &format!("content/{odd}.md"), 1, 1).says("img-src-x-onerror-alert-7");
    let shown = previewed(&site);
    assert!(shown.contains("<h1>Odd</h1>"), "a preview shows the page all the same");
    assert!(!shown.contains("<img src=x"), "{shown}");
}

#[test]
fn an_anchor_is_never_markup() {
    // To Markdown, the last two are words.
    for (anchor, is_anchor) in [("a\"onmouseover=\"alert(7)", true), ("A", true), ("a\"><img/src=x>", false), ("<b>", false)]
    {
        let site =
            Site::small().section("h", &format!("## Heading {{#{anchor}}}\n\nSee [[h#{anchor}]] and [x](#{anchor})."));
        let outcome = site.build().fails();
        let shown = previewed(&site);
        assert!(!shown.contains("\"onmouseover=\"") && !shown.contains("<img/src"), "{shown}");
        if is_anchor {
            outcome.finds("bad-value", "content/h.md", 4, 1);
            assert!(shown.contains("<h2 id=\"heading\">Heading</h2>"), "{shown}");
        }
    }
}

#[test]
fn a_key_or_language_is_never_markup() {
    let odd = "a\"><img src=x>";
    let site = Site::small()
        .file("content/sources/odd.yaml", format!("'{odd}':\n  title: Odd\n"))
        .file("content/events/odd.yaml", format!("- id: e\n  date: 2025-01-01\n  title: {{'{odd}': Odd}}\n  summary: {{en: A, '{odd}': B}}\n  sources: ['{odd}', ap]\n"))
        .file("content/entities/odd.yaml", format!("- id: p\n  kind: person\n  name: P\n  aliases: ['/{odd}/', '{odd}']\n"))
        .section("q", &format!("```quote\ntext: Words\nlang: '{odd}'\n```\n\n[^{odd}]\n\n[^{odd}]: Note.\n"));
    let shown = previewed(&site);
    assert!(!shown.contains("<img src=x"), "{shown}");
}
