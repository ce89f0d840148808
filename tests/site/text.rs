//! What authors write is text, and never becomes the page's own HTML.

use crate::support::Site;

const EVIL: &str = "<script>alert(1)</script>\\\" onload=\\\"x & 'y'";

#[test]
fn raw_html_is_shown_as_text() {
    let body =
        "<script>alert(1)</script>\n\n<div onclick=\"x\">\n\nWords <b>bold</b> <img src=x onerror=alert(1)> <!-- no -->";
    let page = Site::new().section("a", body).build().warns_of("stray-markup").page("a/index.html");
    for tag in ["<script>alert", "<div onclick", "<b>", "<img", "<!-- no"] {
        assert!(!page.contains(tag), "{tag}");
    }
    for text in ["&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;b&gt;bold&lt;/b&gt;", "&lt;img src=x"] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn every_field_is_escaped() {
    let e = EVIL;
    let outcome = Site::new()
        .book(&format!(
            "[book]\ntitle = \"{e}\"\ndescription = \"{e}\"\nauthors = [\"{e}\"]\n[site]\nas-of = \"2025-12-22\"\n[checks]\nsaid-twice = \"off\"\n[site.publisher]\nname = \"{e}\"\nlicense = \"{e}\"\ncontact = \"{e}\"\n"
        ))
        .page(
            "a.md",
            &format!(
                "---\ntitle: \"{e}\"\nsummary: \"{e}\"\npart: \"{e}\"\nauthors: [\"{e}\", w]\ntopics: [\"{e}\"]\nkey-points: [\"{e}\"]\nnote: \"{e}\"\nupdates: [{{date: 2025-01-01, kind: update, text: \"{e}\"}}]\n---\n\n## {}\n\n`{}` ![{}](media/x.svg '{}') [^1]\n\n```{}\n{}\n```\n\n```quote\ntext: \"{e}\"\nby: \"{e} x\"\nlang: es\n```\n\n[^1]: {}\n",
                e.replace("\\\"", "\""), "<b>", "<script>alert(1)</script>", "<script>", "<script>", "<script>alert(1)</script>", "<script>alert(1)</script>"
            ),
        )
        .file("content/media/x.svg", crate::support::SVG)
        .file(
            "content/events/e.yaml",
            format!(
                "- id: e\n  date: 2025\n  title: \"{e}\"\n  summary: \"{e}\"\n  topics: [\"{e}\"]\n  sources: [\"s, {e}\"]\n  sections: [a]\n  entities: [p]\n  accounts: [{{by: \"{e} x\", says: \"{e}\"}}]\n  later: [{{date: 2025-02, text: \"{e}\"}}]\n  media: {{src: media/x.svg, alt: \"{e}\", credit: \"{e}\", license: \"{e}\", caption: \"{e}\"}}\n"
            ),
        )
        .file(
            "content/entities/e.yaml",
            format!("- id: p\n  kind: person\n  name: \"{e}\"\n  description: \"{e}\"\n  aliases: [\"{e}\"]\n  roles: [{{title: \"{e}\", from: 2019, to: ..}}]\n  status: [{{date: 2025, is: \"{e}\", sources: [s]}}]\n- id: w\n  kind: author\n  name: \"{e}\"\n  role: \"{e}\"\n  bio: \"{e}\"\n  expertise: [\"{e}\"]\n  disclosure: \"{e}\"\n"),
        )
        .file(
            "content/sources/s.yaml",
            format!("s:\n  title: \"{e}\"\n  author: \"{e}\"\n  publisher: \"{e}\"\n  via: \"{e}\"\n  quote: \"{e}\"\n  url: \"https://a.example/{}\"\n", "?a=<script>&b='\\\""),
        )
        .file(
            "content/claims/c.yaml",
            format!("- id: c\n  text: \"{e}\"\n  asserted-by: [\"{e} x\"]\n  disputed-by: [{{by: \"{e} x\", says: \"{e}\"}}]\n  history: [{{date: 2025, status: alleged, note: \"{e}\"}}]\n  sources: [s]\n"),
        )
        .file("content/glossary.yaml", format!("- id: t\n  term: \"{e}\"\n  definition: \"{e}\"\n"))
        .build()
        .warns_of("stray-markup");
    let mut shown = 0;
    for (path, bytes) in outcome.files().into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8(bytes).unwrap();
        // The script that sets the theme, in the head.
        assert_eq!(page.matches("<script>").count(), 1, "{path}");
        assert!(!page.contains("\" onload"), "{path}");
        assert!(!page.contains("&amp;lt;"), "{path} escapes twice: {}", &page[page.find("&amp;lt;").unwrap_or(0)..]);
        shown += page.matches("&lt;script&gt;").count();
    }
    assert!(shown > 60, "{shown}");
}

#[test]
fn place_holders_can_not_be_forged() {
    // The characters that stand for the path to the root and for `index.html` until a page is finished.
    let e = "X\\u0001Y\\u0002Z";
    let raw = "X\u{1}Y\u{2}Z";
    let outcome = Site::new()
        .book(&format!("[book]\ntitle = \"{e}\"\ndescription = \"{e}\"\nauthors = [\"{e}\"]\n[site.publisher]\nname = \"{e}\"\n[checks]\nbad-character = \"off\"\n"))
        .page(
            "a.md",
            &format!("---\ntitle: \"{e}\"\nsummary: \"{e}\"\npart: \"{e}\"\nauthors: [\"{e}\"]\ntopics: [\"{e}\"]\n---\n## {raw}\n\n{raw} X&#1;Y&#2;Z `{raw}` [{raw}](https://a.example/X&#1;Y&#2;Z)\n\n```{raw}\n{raw}\n```\n"),
        )
        .file("content/events/e.yaml", format!("- id: e\n  date: 2025\n  title: \"{e}\"\n  summary: \"{e}\"\n  topics: [\"{e}\"]\n  sources: [\"s, {e}\"]\n"))
        .file("content/entities/e.yaml", format!("- id: p\n  kind: person\n  name: \"{e}\"\n  description: \"{e}\"\n  aliases: [\"{e}\"]\n- {{id: w, kind: author, name: \"{e}\", role: \"{e}\", expertise: [\"{e}\"]}}\n"))
        .file("content/sources/s.yaml", format!("s:\n  title: \"{e}\"\n  author: \"{e}\"\n  publisher: \"{e}\"\n"))
        .file("content/claims/c.yaml", format!("- id: c\n  text: \"{e}\"\n  asserted-by: [\"{e} w\"]\n  status: alleged\n  sources: [s]\n"))
        .arg("--file-links")
        .build()
        .succeeds();
    for (path, bytes) in outcome.files().into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8(bytes).unwrap();
        for forged in ["X/", "X./", "X../", "Yindex.html", "X\u{1}", "Y\u{2}"] {
            assert!(!page.contains(forged), "{forged:?} in {path}: {}", &page[page.find(forged).unwrap_or(0)..]);
        }
    }
}

#[test]
fn titles_that_mention_each_other_end() {
    let outcome = Site::new()
        .page("a.md", "---\ntitle: \"A and [[b]]\"\n---\n[[b]]\n")
        .page("b.md", "---\ntitle: \"B and [[a]]\"\nsummary: \"[[a]] [[b]]\"\n---\n[[a]]\n")
        .file("content/sources/s.yaml", "s:\n  title: S\n")
        .file("content/events/e.yaml", "- {id: e, date: 2025, title: \"[[e]] again\", sources: [s]}\n")
        .build()
        .succeeds();
    assert!(outcome.words("a/index.html").contains("A and b"), "{}", outcome.words("a/index.html"));
}

#[test]
fn fields_are_one_paragraph_of_markdown() {
    let titles = ["\"1. May\"", "\"# Not a heading\"", "\"- no list\"", "\"> no quotation\"", "\"*stress* and `code`\""];
    let shown = ["1. May", "# Not a heading", "- no list", "&gt; no quotation", "<em>stress</em> and <code>code</code>"];
    for (title, shown) in titles.iter().zip(shown) {
        let page = Site::new().page("a.md", &format!("---\ntitle: {title}\n---\n")).build().succeeds().page("a/index.html");
        assert!(page.contains(&format!("<h1>{shown}</h1>")), "{title}: {page}");
    }
    // A second paragraph doesn't fit in a line; it used to be printed with its marks.
    Site::new().page("a.md", "---\ntitle: \"a\\n\\nb\"\n---\n").build().fails_at("bad-markdown", "content/a.md", 2, 8);
}

#[test]
fn markdown_of_every_kind() {
    let body = "Don't -- \"quote\"...\n\n> [!NOTE]\n> Alert.\n\nTerm\n: Definition\n\n- [x] done\n\n~~gone~~\n\n## Head {#own-anchor}\n\n| a | b |\n|:-:|--:|\n| 1 | 2 |\n\n    indented\n";
    let page = Site::new().section("a", body).build().succeeds().page("a/index.html");
    for html in [
        "Don’t – “quote”…",
        "alert-note",
        "<dt>Term</dt>",
        "☑",
        "<del>gone</del>",
        "id=\"own-anchor\"",
        "<th scope=\"col\" class=\"center\">",
        "<td class=\"right\">2</td>",
        "<pre",
    ] {
        assert!(page.contains(html), "{html} in {page}");
    }
    let plain = Site::new().book("[output.html]\nsmart-punctuation = false\n").section("a", body).build().succeeds();
    assert!(plain.page("a/index.html").contains("Don&#39;t -- &quot;quote&quot;..."));
}

#[test]
fn an_excerpt_of_a_text_that_begins_with_a_link_is_the_whole_of_it() {
    let page = "---\ntitle: B\nkey-points: [\"[[flights|The flights]] left in March. And **that** was [[order]].\"]\n---\n";
    let outcome = Site::small().page("b.md", page).build().succeeds();
    for event in ["flights", "order"] {
        let page = outcome.page(&format!("events/{event}/index.html"));
        assert!(
            page.contains("<p class=\"excerpt\">The flights left in March. And that was The court rules.</p>"),
            "{page}"
        );
    }
}
