//! Texts of fields: inline Markdown, whatever they begin with; and comments, which leave no trace.

use crate::support::{Outcome, Site, between};

/// A record of each kind, with a text in every field that takes one: `@` for one line, `%` where there may be
/// paragraphs.
const FILES: [(&str, &str); 6] = [
    (
        "content/events/x.yaml",
        "- id: e-one\n  date: 2025-03-12\n  sources: [herald]\n  title: @\n  summary: %\n  note: %\n  later: [{date: 2025-03-13, text: %, sources: [herald]}]\n  accounts: [{by: @, says: %}]\n  updates: [{date: 2025-03-14, kind: correction, text: %}]\n  media: {src: media/x.svg, alt: @, caption: @, credit: @, license: @}\n",
    ),
    (
        "content/entities/x.yaml",
        "- id: e-two\n  kind: person\n  name: @\n  description: %\n  roles: [{title: @, from: 2019, to: ..}]\n  status: [{date: 2025-03-12, is: @, sources: [herald]}]\n",
    ),
    (
        "content/claims/x.yaml",
        "- id: e-three\n  text: %\n  asserted-by: [@]\n  disputed-by: [{by: @, says: %}]\n  history: [{date: 2025-03-12, status: alleged, note: %}]\n  sources: [herald]\n",
    ),
    ("content/glossary.yaml", "- {id: e-four, term: @, definition: %, note: %, sources: [herald]}\n"),
    ("content/sources/x.yaml", "other: {title: @, publisher: @, via: @, quote: @, note: %, kind: news}\n"),
    (
        "content/one.md",
        "---\ntitle: @\nsummary: %\npart: @\nkey-points: [@]\nnote: %\nupdates: [{date: 2025-03-14, kind: update, text: %}]\n---\n```known\nknown: [@]\nunknown: [@]\ncontested: [@]\n```\n\n```quote\ntext: %\nby: @\nsources: [other]\n```\n\n```claim\nid: e-three\n```\n",
    ),
];

/// How many of the fields take one line, and how many take paragraphs.
fn places() -> (usize, usize) {
    let count = |mark: char| FILES.iter().map(|(_, text)| text.matches(mark).count()).sum();
    (count('@'), count('%'))
}

const EVENT: &str = "events/e-one/index.html";
const CLAIM: &str = "claims/e-three/index.html";

const ALL: &str = "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"https://example.org/x\"\n[checks]\nsaid-twice = \"off\"\n[output.feeds]\nsections = true\nentities = true\n[output.sitemap]\nnews = true\n";

fn base() -> Site {
    Site::new()
        .book(ALL)
        .file("content/sources/all.yaml", "herald:\n  title: The Herald\n  publisher: Herald\n  date: 2025-03-12\n")
        .file("content/media/x.svg", crate::support::SVG)
        .file(
            "content/events/draft.yaml",
            "- {id: sealed-indictment, draft: true, date: 2025-06-06, title: A sealed indictment, sources: [herald]}\n",
        )
        .section("crack", "Words.")
}

/// A file with its texts.
fn filled(pattern: &str, line: &str, paragraphs: &str) -> String {
    let mut out = String::new();
    for piece in pattern.split_inclusive(['@', '%']) {
        let text = if piece.ends_with('@') { line } else { paragraphs };
        match piece.strip_suffix(['@', '%']) {
            Some(before) => out.extend([before, text]),
            None => out.push_str(piece),
        }
    }
    out
}

/// A site with one text in all fields that take a line, and another in all that may have paragraphs.
fn with(line: &str, paragraphs: &str) -> Site {
    // In quotation marks, because YAML can write all characters there.
    let [line, paragraphs] = [line, paragraphs].map(|text| serde_json::to_string(text).unwrap());
    FILES.iter().fold(base(), |site, (path, pattern)| site.file(path, filled(pattern, &line, &paragraphs)))
}

/// A site with a text in every field.
fn everywhere(text: &str) -> Site {
    with(text, text)
}

/// A site with one event.
fn event(fields: &str) -> Site {
    base().file("content/events/x.yaml", format!("- id: e-one\n  date: 2025-03-12\n  sources: [herald]\n{fields}\n"))
}

#[track_caller]
fn nowhere(outcome: &Outcome, words: &[&str], of: &str) {
    for (path, bytes) in outcome.files() {
        for word in words {
            let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!found && !path.contains(word), "`{word}` of {of} in {path}");
        }
    }
}

/// Beginnings that turn what follows into a block in a longer text, and what readers see of them in a field.
const OPENINGS: [(&str, &str); 16] = [
    ("1. ", "1. "),
    ("1) ", "1) "),
    ("2025. ", "2025. "),
    ("- ", "- "),
    ("* ", "* "),
    ("+ ", "+ "),
    ("> ", "&gt; "),
    ("# ", "# "),
    ("\t", ""),
    ("- [ ] ", "- [ ] "),
    ("<div> ", "&lt;div&gt; "),
    ("| a | b |\n|---|---|\n| ", "| a | b |\n|—|—|\n| "),
    ("Term\n: ", "Term\n: "),
    ("Words\n=====\n", "Words\n=====\n"),
    ("Words\n- item\n- - -\n    ", "Words\n- item\n- - -\n"),
    ("~~~~\n", "~~~~\n"),
];

#[test]
fn the_case_from_the_field_is_refused() {
    let event = "- id: e-one\n  date: 2025-03-12\n  title: \"1. May: [[no-such-record]] is *closed*\"\n  summary: |\n    The bridge shut.[@no-such-source]\n\n    The rest is in [[sealed-indictment]].\n  sources: [herald]\n";
    let outcome = base()
        .file("content/events/x.yaml", event)
        .build()
        .fails()
        .finds("unknown-id", "content/events/x.yaml", 3, 19)
        .finds("unknown-id", "content/events/x.yaml", 5, 22)
        .finds("points-at-hidden", "content/events/x.yaml", 7, 20);
    assert_eq!(outcome.findings().len(), 3, "{}", outcome.stderr);
}

#[test]
fn a_mark_of_a_block_is_text_in_a_field_and_the_rest_is_markdown() {
    for (opening, shown) in OPENINGS {
        let outcome = everywhere(&format!("{opening}May: [[crack]] is *closed*")).build();
        assert_eq!(outcome.code, Some(0), "{opening:?}: {}", outcome.stderr);
        nowhere(&outcome, &["[[crack]]", "*closed*"], opening);
        let records = ["entities/e-two/index.html", "glossary/index.html", "sources/other/index.html", "one/index.html"];
        for page in records.into_iter().chain([EVENT, CLAIM]) {
            let text = outcome.page(page);
            assert!(text.contains(&format!("{shown}May: ")), "{opening:?}: {text}");
        }
        let event = outcome.page(EVENT);
        let summary = between(&event, "<p class=\"summary\">", "</p>");
        assert!(summary.starts_with(&format!("{shown}May: <a ")), "{opening:?}: {summary}");
        assert!(summary.contains("</a> is <em>closed</em>"), "{opening:?}: {summary}");
    }
}

#[test]
fn every_pointer_in_a_field_is_checked_whatever_it_begins_with() {
    let (lines, paragraphs) = places();
    let openings = OPENINGS.iter().map(|(opening, _)| (format!("{opening}[[no-such-record]]"), "unknown-id"));
    let others = [
        ("- words [[sealed-indictment]]", "points-at-hidden"),
        ("# words.[@no-such-source]", "unknown-id"),
        ("> ![x](media/none.jpg)", "broken-link"),
        ("[@no-such-source]: words", "unknown-id"),
    ];
    for (text, code) in openings.chain(others.map(|(text, code)| (text.to_owned(), code))) {
        let outcome = everywhere(&text).check().fails();
        let found = outcome.findings().iter().filter(|finding| finding.code == code).count();
        assert_eq!(found, lines + paragraphs, "{text:?}: {}", outcome.stderr);
    }
}

#[test]
fn two_paragraphs_are_shown_as_such_or_refused() {
    let text = "The *first* part.\n\n1. The [[crack]] part.";
    let outcome = with(text, "Words").build().fails();
    let found = outcome.findings();
    assert_eq!(found.len(), places().0, "{}", outcome.stderr);
    for finding in found {
        assert!(finding.message.contains("takes one line"), "{}", finding.text);
        assert!(finding.text.contains("remove the blank line"), "{}", finding.text);
    }
    let outcome = with("Words", text).build().succeeds();
    nowhere(&outcome, &["[[crack]]", "part.1.", "*first*"], text);
    // Their own pages have room for both.
    for (path, opening) in [
        (EVENT, "<p class=\"summary\">"),
        (EVENT, "<p>"),
        ("entities/e-two/index.html", "<p class=\"summary\">"),
        ("glossary/index.html", "<dd><p>"),
        ("glossary/index.html", "<p class=\"note\">"),
        ("one/index.html", "<p class=\"summary\">"),
        ("one/index.html", "<p>"),
        ("sources/other/index.html", "<p>"),
        (CLAIM, "<h1>"),
    ] {
        let page = outcome.page(path);
        let rest = between(&page, &format!("{opening}The <em>first</em> part.</"), " part.");
        assert!(rest.contains(">1. The <a "), "{path} {opening}: {rest}");
    }
}

#[test]
fn paragraphs_are_joined_where_there_is_no_room() {
    let outcome = with("Words", "The *first* part.\n\n1. The [[crack]] part.").build().succeeds();
    let joined = "The first part. 1. The Title of crack part.";
    for path in ["data/site.json", "feed.json", "feed.xml"] {
        assert!(outcome.page(path).contains(joined), "{path}: {}", outcome.page(path));
    }
    assert!(outcome.page(EVENT).contains(&format!("<meta name=\"description\" content=\"{joined}\">")));
    let timeline = outcome.page("timeline/index.html");
    assert!(timeline.contains("The <em>first</em> part. 1. The "), "{timeline}");
}

#[test]
fn an_empty_line_that_yaml_folds_is_one_as_well() {
    for summary in [
        ">\n    One\n    part.\n\n    Two.",
        "One\n    part.\n\n    Two.",
        "\"One\n    part.\n\n    Two.\"",
        "|\n    One part.\n\n    Two.",
    ] {
        let page = event(&format!("  title: T\n  summary: {summary}")).build().succeeds().page(EVENT);
        assert!(page.contains("<p class=\"summary\">One part.</p>\n<p class=\"summary\">Two."), "{summary}: {page}");
    }
    let page = event("  title: T\n  summary: |\n    One  \n    two.\n    Three.").build().succeeds().page(EVENT);
    assert!(page.contains("One<br>two.\nThree."), "{page}");
    event("  title: >\n    One\n\n    two")
        .build()
        .fails_at("bad-markdown", "content/events/x.yaml", 7, 5)
        .says("`title` takes one line, but this begins a second paragraph");
}

const SECRET: &str = "<!-- zebra: our source is [[sealed-indictment]].[@no-such-source] -->";

#[test]
fn a_comment_in_a_field_leaves_no_trace() {
    let plain = everywhere("One two").build().succeeds().files();
    for text in [
        format!("One {SECRET} two"),
        format!("{SECRET} One two"),
        format!("One two {SECRET}"),
        format!("One {SECRET}two"),
        "One <!-- zebra\n\n    - [[sealed-indictment]] `\n\n--> two".to_owned(),
    ] {
        let outcome = everywhere(&text).build().succeeds();
        assert!(outcome.files() == plain, "{text:?}");
    }
}

#[test]
fn a_comment_in_a_body_leaves_no_trace() {
    let secret = SECRET;
    let cases = [
        (format!("One {secret} two."), "One two."),
        (format!("One{secret} two."), "One two."),
        (format!("One {secret}two."), "One two."),
        (format!("One {secret}\ntwo."), "One\ntwo."),
        (format!("One\n{secret} two."), "One\ntwo."),
        (format!("One\n{secret}\ntwo."), "One\ntwo."),
        (format!("{secret} One [[crack]]."), "One [[crack]]."),
        (format!("{secret}\n\nOne."), "One."),
        (format!("One.\n\n{secret}\n\nTwo."), "One.\n\nTwo."),
        ("One.\n\n<!-- zebra\n\n# [[no-such-record]]\n\n```\n-->\n\nTwo.".to_owned(), "One.\n\nTwo."),
        ("One <!-- zebra\n\n- ` -->two `three`.".to_owned(), "One two `three`."),
        (format!("- One\n{secret}\n- Two {secret}\n- {secret} Three"), "- One\n- Two\n- Three"),
        (format!("- One\n- {secret}\n- Two"), "- One\n- Two"),
        (format!("- {secret}\n\nOne"), "One"),
        (format!("> One\n> {secret}\n> two"), "> One\n> two"),
        (format!("> {secret}\n\nOne"), "One"),
        (format!("| A {secret} | B |\n|---|---|\n| {secret} c | d{secret} |"), "| A | B |\n|---|---|\n| c | d |"),
        (format!("## A heading {secret}\n\nOne"), "## A heading\n\nOne"),
        (format!("One.[^1]\n\n[^1]: A note {secret} here."), "One.[^1]\n\n[^1]: A note here."),
        (format!("```known\nknown: [\"A fact {secret} here.\"]\n```"), "```known\nknown: [\"A fact here.\"]\n```"),
        (format!("{secret}<!-- b --> <!----> <!--> <!---> One {secret} {secret} two"), "One two"),
        (format!("<div>{secret}</div>"), "<div></div>"),
        ("One `a <!-- b -->` <!-- zebra ` --> two `c`".to_owned(), "One `a <!-- b -->` two `c`"),
    ];
    let name = |at: usize| format!("case-{at}");
    let sections = |bodies: &mut dyn Iterator<Item = &str>| {
        bodies.enumerate().fold(base(), |site, (at, body)| site.section(&name(at), body)).build()
    };
    // One of the cases is HTML, which readers see.
    let plain = sections(&mut cases.iter().map(|(_, without)| *without)).warns_of("stray-markup");
    let outcome = sections(&mut cases.iter().map(|(with, _)| with.as_str())).warns_of("stray-markup");
    for (at, (with, _)) in cases.iter().enumerate() {
        let page = format!("{}/index.html", name(at));
        assert_eq!(outcome.page(&page), plain.page(&page), "{with:?}");
    }
    nowhere(&outcome, &["zebra", "sealed-indictment"], "a comment");
    assert!(outcome.files() == plain.files());
}

#[test]
fn a_comment_in_code_is_text() {
    let page = base()
        .section("one", "`<!-- a -->` and \\<!-- b -->\n\n```html\n<!-- c -->\n```\n\n    <!-- d -->\n\n- one\n\n  ~~~\n  <!-- e -->\n  ~~~")
        .build()
        .succeeds()
        .page("one/index.html");
    for text in
        ["<code>&lt;!-- a --&gt;</code>", "&lt;!– b –&gt;", "&lt;!-- c --&gt;", "&lt;!-- d --&gt;", "&lt;!-- e --&gt;"]
    {
        assert!(page.contains(text), "{text}: {page}");
    }
    let page = everywhere("`<!-- a -->` is [[crack]]").build().succeeds().page(EVENT);
    assert!(page.contains("<code>&lt;!-- a --&gt;</code> is <a"), "{page}");
}

#[test]
fn a_comment_that_is_not_closed_is_an_error_at_its_place() {
    for body in ["One\n\ntwo <!-- zebra [[no-such-record]]", "One\n\n    \n<!-- zebra\n\nthree"] {
        let outcome = base().section("one", body).build();
        let column = if body.contains("two") { (6, 5) } else { (7, 1) };
        outcome.fails_at("bad-markdown", "content/one.md", column.0, column.1).says("this comment is never closed");
    }
    let outcome = event("  title: One <!-- zebra").build();
    outcome.fails_at("bad-markdown", "content/events/x.yaml", 4, 14).says("write `-->` where it ends");
    let outcome = event("  title: T\n  summary: <!-- only this -->").build();
    outcome.fails().says("`summary` has a comment but no text");
}

#[test]
fn plain_words_take_no_marks() {
    for (front, column) in [("authors: [\"Jane <!-- zebra -->\"]", 11), ("topics: [\"[[sealed-indictment]]\"]", 10)] {
        let outcome = base().page("one.md", &format!("---\ntitle: T\n{front}\n---\n")).build();
        outcome.fails_at("bad-value", "content/one.md", 3, column);
    }
    base().file("content/sources/y.yaml", "other: {title: T, author: \"Jane <!-- zebra -->\"}").build().fails();
}

#[test]
fn a_name_of_a_draft_is_not_shown_as_text_either() {
    for text in
        ["`[[sealed-indictment]]`", "\\[[sealed-indictment|x]]", "[\\[sealed-indictment]]", "[[[sealed-indictment]]]"]
    {
        let outcome = base().section("one", text).build().fails();
        let codes: Vec<_> = outcome.findings().into_iter().map(|finding| finding.code).collect();
        assert!(codes.contains(&"points-at-hidden".to_owned()), "{text}: {}", outcome.stderr);
    }
}
