//! Bodies: links, pictures, citations, footnotes and blocks, and how deep they may lie in each other.

use super::{ALL, body, events};
use crate::support::Site;

#[test]
fn addresses_that_no_page_may_carry() {
    let addresses = [
        "java&#x0A;script:alert(1)",
        "&#106;avascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "<java&Tab;script:alert(1)>",
        "&#1;javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
    ];
    for address in addresses {
        body(&format!("A [link]({address}).")).build().fails().finds("bad-address", "content/alliance.md", 4, 3);
    }
    body("A ![picture](javascript:x).").build().fails().finds("bad-address", "content/alliance.md", 4, 3);
    body("A [link][x].\n\n[x]: javascript:alert(1)").build().fails().finds("bad-address", "content/alliance.md", 4, 3);
    body("<javascript:alert(1)>").build().fails().finds("bad-address", "content/alliance.md", 4, 1);
    Site::new().file("content/sources/all.yaml", "ap:\n  title: A\n  url: \"javascript:alert(1)\"\n").build().fails_at(
        "bad-address",
        "content/sources/all.yaml",
        3,
        8,
    );
    Site::new()
        .book("[book]\ntitle = \"T\"\n\n[output.html.redirect]\n\"/old/\" = \"javascript:alert(1)\"\n")
        .build()
        .fails_at("bad-address", "book.toml", 5, 11);
}

#[test]
fn a_link_that_looks_like_the_mark_of_a_citation() {
    let page = body("A [link](&#1;cite) b.").build();
    assert!(page.code == Some(1) || page.page("alliance/index.html").contains("link"), "{}", page.stderr);
}

#[test]
fn a_citation_inside_the_words_of_a_link() {
    body("A [link[@ap]](https://a.example).").build().fails_at("bad-markdown", "content/alliance.md", 4, 13);
}

#[test]
fn a_citation_that_would_define_a_link() {
    body("One.\n\n[@ap]: said").build().fails_at("bad-markdown", "content/alliance.md", 6, 1);
    let page = body("One.\n\n[@ap]: said so.").build().succeeds().page("alliance/index.html");
    assert!(page.contains(": said so.") && page.contains("cite--1-1"), "{page}");
}

#[test]
fn citations_side_by_side_are_two() {
    let site = body("One.[@ap][@bp] Two [word][@ap] three.");
    let outcome = site.file("content/sources/b.yaml", "bp:\n  title: B\n").build().succeeds();
    let page = outcome.page("alliance/index.html");
    for anchor in ["id=\"cite--1-1\"", "id=\"cite--2-1\"", "id=\"cite--1-2\""] {
        assert!(page.contains(anchor), "{anchor} in {page}");
    }
    assert!(page.contains("Two [word]"), "{page}");
}

#[test]
fn a_bar_in_a_table_is_escaped() {
    let table = "| who | what |\n|---|---|\n| [[alliance\\|the deal]] | [[alliance]] |";
    let page = body(table).build().succeeds().page("alliance/index.html");
    assert!(page.contains(">the deal</a>"), "{page}");
}

#[test]
fn blocks_are_checked() {
    body("```chart\nkind: lines\ntitle: x\nalt: x\n```")
        .build()
        .fails_at("bad-value", "content/alliance.md", 5, 7)
        .says("did you mean `line`?");
    body("```chart\nkind: line\ntitle: x\n```").build().fails().says("missing-field").says("`alt`");
    body("```known\nknwon: [\"x\"]\n```")
        .build()
        .fails_at("unknown-field", "content/alliance.md", 5, 1)
        .says("did you mean `known`?");
    body("```claim\nid: nobody-said\n```").build().fails_at("unknown-id", "content/alliance.md", 5, 5);
    body("```quote\nby: Somebody\n```").build().fails().says("missing-field").says("`text`");
    body("```timeline\nopens: soon\n```")
        .build()
        .fails_at("bad-value", "content/alliance.md", 5, 8)
        .says("`opens` can't be `soon`");
    body("```timeline\nopens: 2025-13\n```").build().fails_at("bad-date", "content/alliance.md", 5, 13);
    body("```timeline\nfrom: 2025-13\n```").build().fails_at("bad-date", "content/alliance.md", 5, 12);
    body("```timeline\nentities: [a\n```")
        .build()
        .fails()
        .says("this `timeline` block can't be read: the bracket `[` is never closed");
    body("```known\nunknown: [\"Is it [[nobody]]?\"]\n```").build().fails_at("unknown-id", "content/alliance.md", 5, 18);
    body("> ```known\n> known: [\"[[nobody]]\"]\n> ```").build().fails_at("unknown-id", "content/alliance.md", 5, 12);
    body("```chrat\nkind: line\n```").build().succeeds();
}

#[test]
fn a_footnote_that_is_not_written() {
    body("One.[^a]").build().fails_at("broken-link", "content/alliance.md", 4, 5).says("the footnote `[^a]`");
    body("One.[^a]\n\n[^a]: Two.").build().succeeds();
    body("One.[^a]\n\n[^a]: Two.\n\n[^a]: Three.").build().fails_at("duplicate-id", "content/alliance.md", 8, 1);
    Site::new().page("a.md", "---\ntitle: A\nsummary: \"One[^a]\"\n---\n\n[^a]: Two.\n").build().fails();
}

#[test]
fn links_and_pictures_that_lead_nowhere() {
    body("A [link](nowhere.md).").build().fails_at("broken-link", "content/alliance.md", 4, 3);
    body("A ![picture](media/nowhere.jpg).").build().fails_at("broken-link", "content/alliance.md", 4, 3);
    body("A [link](/nowhere/).").build().fails_nowhere("broken-link").says("there is no file /nowhere/");
    body("A [link](../../etc/passwd).").build().fails_at("outside-site", "content/alliance.md", 4, 3);
    body("A ![picture](../book.toml).").build().fails_at("outside-site", "content/alliance.md", 4, 3);
    body("A ![picture](%2e%2e/book.toml).").build().fails_at("outside-site", "content/alliance.md", 4, 3);
    events("- id: one\n  date: 2025\n  title: One\n  sources: [ap]\n  media: {src: ../book.toml, alt: x}\n")
        .build()
        .fails_at("outside-site", ALL, 5, 16);
}

#[test]
fn a_picture_from_another_host() {
    for address in ["https://a.example/x.jpg", "//a.example/x.jpg"] {
        body(&format!("A ![picture]({address})."))
            .build()
            .fails_at("broken-link", "content/alliance.md", 4, 3)
            .says("a picture must be a file in this site");
    }
    events("- id: one\n  date: 2025\n  title: One\n  sources: [ap]\n  media: {src: \"https://a.example/x.jpg\", alt: x}\n")
        .build()
        .fails_at("broken-link", ALL, 5, 16);
}

#[test]
fn the_words_of_a_picture_neither_link_nor_cite() {
    for words in ["x[@ap]", "[x](alliance.md)"] {
        let outcome = body(&format!("![a {words}](media/x.svg)")).file("content/media/x.svg", crate::support::SVG).build();
        outcome.fails().says("a picture's alt text can't contain links or citations");
    }
    for words in ["[[alliance]]", "[[alliance|x]]"] {
        let outcome = body(&format!("![a {words}](media/x.svg)")).file("content/media/x.svg", crate::support::SVG).build();
        outcome.fails().says("a link can't contain a citation or [[id]]");
        body(&format!("[a {words}](https://a.example)")).build().fails().says("a link can't contain a citation or [[id]]");
    }
}

#[test]
fn twenty_thousand_nested_quotations() {
    body(&format!("{} word", ">".repeat(20_000))).build().fails_at("bad-markdown", "content/alliance.md", 4, 1);
    body(&format!("- {} word", "> ".repeat(20_000))).build().fails_at("bad-markdown", "content/alliance.md", 4, 127);
    body(&format!("{}x", "> - ".repeat(10_000))).build().fails().says("bad-markdown");
}

#[test]
fn deep_lists_and_brackets_end() {
    body(&format!("{}word", "- ".repeat(5_000))).build().fails().says("nested deeper than 64 levels");
    body(&"[".repeat(50_000)).build().succeeds();
    body(&format!("{}word{}", "*".repeat(50_000), "*".repeat(50_000))).build();
    body(&"![".repeat(20_000)).build();
    body(&"[[".repeat(20_000)).build();
    body(&"<".repeat(50_000)).build();
    body(&"`".repeat(50_000)).build();
}
