//! Texts in other scripts and languages: their length, emphasis and quotation marks, and where words end.

use crate::support::{Site, between};

/// The first paragraph of a page with this body, on a site in this language.
#[track_caller]
fn shown_in(language: &str, body: &str) -> String {
    let page = Site::new()
        .book(&format!("[book]\ntitle = \"T\"\nlanguage = \"{language}\"\n[site]\nas-of = \"2025-12-22\"\n[checks]\nuntranslated = \"off\"\n"))
        .sourced()
        .section("a", body)
        .build()
        .succeeds()
        .page("a/index.html");
    let text = between(&page, "<div class=\"text\">", "</div>");
    between(text, "<p>", "</p>").trim_start_matches("<p>").to_owned()
}

#[track_caller]
fn shown(body: &str) -> String {
    shown_in("en", body)
}

#[test]
fn chinese_is_read_by_the_character() {
    let site = Site::new()
        .book("[book]\ntitle = \"T\"\nlanguage = \"zh\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"https://a.example\"\n")
        .section("a", &"强调文字重。".repeat(1297))
        .section("b", "One two.\n\nThree\nfour.\n\n- five\n- six");
    let outcome = site.build().succeeds();
    let page = outcome.page("a/index.html");
    assert!(page.contains("<span>阅读需13分钟</span>"), "{page}");
    let count = page.split("\"wordCount\":").nth(1).unwrap();
    let words: usize = count.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap();
    assert!((2000..6486).contains(&words), "{words}");
    assert!(outcome.page("b/index.html").contains("\"wordCount\":6"));
}

#[test]
fn emphasis_closes_next_to_chinese_and_japanese() {
    for (body, html) in [
        ("**“强调”**文字", "<strong>“强调”</strong>文字"),
        ("文字**“强调”**文字", "文字<strong>“强调”</strong>文字"),
        ("这是。**重点**，很好。", "这是。<strong>重点</strong>，很好。"),
        ("「**強調**」です", "「<strong>強調</strong>」です"),
        ("**強調。**次の文", "<strong>強調。</strong>次の文"),
        ("これは*「斜体」*です", "これは<em>「斜体」</em>です"),
        ("`**“强调”**文字`", "<code>**“强调”**文字</code>"),
        ("\\*\\*“强调”\\*\\*文字", "**“强调”**文字"),
        ("a **bold** 文", "a <strong>bold</strong> 文"),
    ] {
        assert_eq!(shown(body), html, "{body}");
    }
}

#[test]
fn quotation_marks_turn_the_right_way() {
    for (body, html) in [
        ("\"Yes,\" he said. \"No.\"", "“Yes,” he said. “No.”"),
        ("He is 6'2\" tall, in a 19\" rack.", "He is 6′2″ tall, in a 19″ rack."),
        ("\"He is 6\" she said.", "“He is 6” she said."),
        ("\"In 2025\" and the 1990s'", "“In 2025” and the 1990s’"),
        ("last words.\" closing an earlier quote", "last words.” closing an earlier quote"),
        ("\"Words.[@ap]\" More.", "“Words.<sup"),
        ("rock 'n' roll, the '90s, 'tis, don't, the boys' own", "rock ’n’ roll, the ’90s, ’tis, don’t, the boys’ own"),
        ("\"'Why?' he asked\"", "“‘Why?’ he asked”"),
        ("*\"Emphasis\"* and \"*that*\"", "<em>“Emphasis”</em> and “<em>that</em>”"),
        ("(\"in brackets\")—\"behind a dash\"", "(“in brackets”)—“behind a dash”"),
        ("he said—\"so\"—and left", "he said—“so”—and left"),
    ] {
        let got = shown(body);
        assert!(got == html || html.ends_with("<sup") && got.starts_with(html) && got.contains("</sup>” More."), "{got}");
    }
}

#[test]
fn quotation_marks_are_those_of_the_language() {
    let body = "\"Er sagte 'ja', don't\"";
    assert_eq!(shown_in("de", body), "„Er sagte ‚ja‘, don’t“");
    assert_eq!(shown_in("fr", body), "«\u{202f}Er sagte “ja”, don’t\u{202f}»");
    assert_eq!(shown_in("sv", body), "”Er sagte ’ja’, don’t”");
    let site = Site::new()
        .book(
            "[book]\ntitle = \"T\"\nlanguage = \"de\"\n[site]\nas-of = \"2025-12-22\"\n[site.languages.en]\ntitle = \"T\"\n",
        )
        .file("content/sources/s.yaml", "doc:\n  title: '\"Ja\" und mehr'\nother:\n  title: {en: 'A \"yes\"'}\n")
        .section("a", "Worte.[@doc][@other]");
    let page = site.build().succeeds().page("a/index.html");
    assert!(page.contains("„‚Ja‘ und mehr“"), "{page}");
    assert!(page.contains("„A ‚yes‘“"), "{page}");
}

#[test]
fn no_blank_is_left_before_a_stop_where_a_citation_was() {
    let outcome = Site::new()
        .book("[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"https://a.example\"\n")
        .sourced()
        .page("a.md", "---\ntitle: A\nsummary: It shut [@ap]. Then [@ap] it (really [@ap]) opened [@ap]\npublished: 2025-03-01\n---\nIt shut [@ap]. See [[e]].\n")
        .file(
            "content/events/e.yaml",
            "- id: e\n  date: 2025-03-15\n  title: It shut [@ap]!\n  summary: It *shut* [@ap]; the rest\n    [@ap].\n  sources: [ap]\n",
        )
        .build()
        .succeeds();
    let page = outcome.page("a/index.html");
    assert!(page.contains("content=\"It shut. Then it (really) opened\""), "{page}");
    let event = outcome.page("events/e/index.html");
    assert!(event.contains("content=\"It shut; the rest.\""), "{event}");
    assert!(event.contains("<title>It shut! – T</title>"), "{event}");
    assert!(event.contains("It shut. See It shut!."), "the words around a mention: {event}");
    let feed = outcome.page("feed.xml");
    assert!(feed.contains("It &lt;em&gt;shut&lt;/em&gt;; the rest."), "{feed}");
}
