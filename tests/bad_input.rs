//! What authors get wrong, and what they are told: exit code, rule, file, line and column of each.

use std::fmt::Write as _;

use crate::support::{SOURCE, Site};

const ALL: &str = "content/events/all.yaml";

/// A site with these events and the source `ap`.
#[track_caller]
fn events(text: &str) -> Site {
    Site::new().sourced().file(ALL, text)
}

/// A site with one section, whose body begins on line 4.
#[track_caller]
fn body(text: &str) -> Site {
    Site::new().sourced().section("alliance", text)
}

// YAML and its records.

#[test]
fn broken_yaml() {
    let site = events("- id: one\n  date: 2025\n  title: [One\n  sources: [ap]\n");
    site.build().fails().finds("invalid-syntax", ALL, 3, 10).says("the bracket `[` is never closed");
    events("- id: one\n  title: \"One\n").build().fails().finds("invalid-syntax", ALL, 2, 10);
    events("- id: one\n\ttitle: One\n").build().fails_at("invalid-syntax", ALL, 2, 1).says("begins with a tab");
    // What is no common mistake is told in the parser's words.
    events("- id: one\n  title: ? One\n").build().fails().says("not valid YAML");
}

/// Mistakes in a page's head, where each is, and what to type instead.
#[test]
fn common_mistakes_in_front_matter() {
    let table: &[(&str, (usize, usize), &str, &str)] = &[
        (
            "title: \"Inside CECOT\nsummary: He \"said\" so\norder: 1\n",
            (2, 8),
            "the quotation mark \" is never closed",
            "write `title: \"Inside CECOT\"`",
        ),
        (
            "order: 1\ntitle: 'Inside CECOT\n",
            (3, 8),
            "the quotation mark ' is never closed",
            "write `title: 'Inside CECOT'`",
        ),
        (
            "title: \"Inside\" CECOT\n",
            (2, 17),
            "there is text after the closing quotation mark",
            "write `title: '\"Inside\" CECOT'`",
        ),
        ("title: A\nauthors:\n\t- Ana\n", (4, 1), "this line begins with a tab", "begin it with spaces"),
        (
            "title: CECOT: the prison\n",
            (2, 13),
            "a colon followed by a space ends a key",
            "write `title: \"CECOT: the prison\"`",
        ),
        ("title: \"A\"\nkey-points:\n- \"One\" two\n", (4, 9), "text after the closing", "write `- '\"One\" two'`"),
        ("title: 'El Salvador's'\n", (2, 20), "this apostrophe ends the text", "write `title: \"El Salvador's\"`"),
        ("title: A\n order: 1\n", (3, 2), "`order` is indented more than", "begin this line without a space"),
        (" title: A\norder: 1\n", (2, 2), "indented more than those below it", "begin this line without a space"),
        (
            "title: A\ntimeline:\n  entities: [a]\n from: 2025\n",
            (5, 2),
            "`from` is indented less than",
            "begin this line with 2 spaces",
        ),
        ("title:CECOT\norder: 1\n", (2, 6), "a space is missing after `title:`", "write `title: CECOT`"),
        ("title:CECOT\n", (2, 6), "a space is missing after `title:`", "write `title: CECOT`"),
        ("title: A\ntopics: [a, b\norder: 1\n", (3, 9), "the bracket `[` is never closed", "write `topics: [a, b]`"),
        (
            "title: A\ntimeline: {entities: [a]\norder: 1\n",
            (3, 11),
            "the bracket `{` is never closed",
            "write `timeline: {entities: [a]}`",
        ),
        (
            "title: A\nupdates:\n- text: |\n    It: went\n    'on\n  kind: a: b\n",
            (7, 10),
            "a colon followed by a space",
            "write `kind: \"a: b\"`",
        ),
        ("title: [A] story\n", (2, 11), "text after the closing bracket", "write `title: \"[A] story\"`"),
        ("title: @home\n", (2, 8), "a value can't begin with `@`", "write `title: \"@home\"`"),
        ("title: `x` y\n", (2, 8), "a value can't begin with ``", "\"`x` y\""),
        ("title: %5 of it\n", (2, 8), "a value can't begin with `%`", "\"%5 of it\""),
        ("title: *Urgent* news\n", (2, 8), "a value can't begin with `*`", "\"*Urgent* news\""),
        ("title: *urgent\n", (2, 8), "a value can't begin with `*`", "\"*urgent\""),
        ("title: &c and others\n", (2, 8), "a value can't begin with `&`", "\"&c and others\""),
        ("title: !important notice\n", (2, 8), "a value can't begin with `!`", "\"!important notice\""),
    ];
    for (head, (line, column), message, help) in table {
        let outcome = Site::new().page("a.md", &format!("---\n{head}---\nHe said \"no\".\n")).build();
        eprintln!("{head}{}", outcome.stderr);
        outcome.fails_at("invalid-syntax", "content/a.md", *line, *column).says(message).says(help);
    }
    let unclosed = Site::new().page("a.md", "---\ntitle: A\n\nSee [[nobody]].\n").build().fails();
    unclosed.finds("invalid-syntax", "content/a.md", 1, 1).finds("unknown-id", "content/a.md", 4, 5);
}

#[test]
fn two_mistakes_in_front_matter_are_two_findings() {
    let outcome = Site::new().page("a.md", "---\ntitle: \"A\nsummary: b: c\nordr: 1\n---\n").build().fails();
    let outcome = outcome.finds("invalid-syntax", "content/a.md", 2, 8).finds("invalid-syntax", "content/a.md", 3, 11);
    let outcome = outcome.finds("unknown-field", "content/a.md", 4, 1);
    assert_eq!(outcome.findings().len(), 3, "{}", outcome.stderr);
}

#[test]
fn what_is_honest_yaml_is_no_mistake() {
    let head = "title: &name \"It: is\"\nsummary: *name\nkey-points:\n- \"One\n  two\" # so\n- >-\n  A note: it's\n    so\n- x\ntimeline:\n  entities: [bukele,\n    'x']\n";
    let site = Site::new().page("a.md", &format!("---\n{head}topics: 'a' b\n---\n"));
    site.build().fails().finds("invalid-syntax", "content/a.md", 14, 13);
}

#[test]
fn one_broken_record_hides_no_other_of_its_file() {
    let outcome = events(
        "- id: one\n  date: 2025\n  title: \"One\n  sources: [ap]\n\n- id: two\n  date: 2025-13\n  title: Two\n  sources: [ap]\n\n- id: three\n  date: 2025\n   title: Three\n  sources: [ap]\n",
    )
    .section("alliance", "See [[one]], [[two]] and [[three]].")
    .build()
    .fails();
    let outcome = outcome.finds("invalid-syntax", ALL, 3, 10).finds("bad-date", ALL, 7, 14);
    let outcome = outcome.finds("invalid-syntax", ALL, 13, 4).says("`title` is indented more than");
    assert_eq!(outcome.findings().len(), 3, "{}", outcome.stderr);

    let sources = "ap:\n  title: A: b\n\"other\":\n  titel: B\nan:odd/one:\n  title: C\n";
    let outcome = Site::new().file("content/sources/all.yaml", sources).section("alliance", "So.[@ap]").build().fails();
    let outcome = outcome.finds("invalid-syntax", "content/sources/all.yaml", 2, 11);
    outcome.finds("unknown-field", "content/sources/all.yaml", 4, 3);
}

#[test]
fn one_broken_record_hides_no_other_file() {
    let site = events("- id: [one\n").section("alliance", "See [[nobody]].");
    site.build().fails().says("invalid-syntax").finds("unknown-id", "content/alliance.md", 4, 5);
}

#[test]
fn a_key_that_stands_twice() {
    let site = events("- id: one\n  date: 2025\n  title: One\n  title: Two\n  sources: [ap]\n");
    site.build().fails_at("invalid-syntax", ALL, 4, 3).says("the key `title` appears twice");
}

#[test]
fn wrong_types() {
    events("- id: one\n  date: 2025\n  title: One\n  sources: ap\n")
        .build()
        .fails()
        .finds("wrong-type", ALL, 4, 12)
        .says("write it in brackets: [ap]");
    events("- id: one\n  date: [2025]\n  title: One\n  sources: [ap]\n").build().fails_at("wrong-type", ALL, 2, 9);
    events("- id: one\n  date: 2025\n  title: One\n  order: first\n  sources: [ap]\n").build().fails_at(
        "wrong-type",
        ALL,
        4,
        10,
    );
    events("id: one\n").build().fails_at("wrong-type", ALL, 1, 1).says("a list of records");
    events("- just words\n").build().fails_at("wrong-type", ALL, 1, 3);
    Site::new().file("content/sources/all.yaml", "- id: x\n").build().fails_at(
        "wrong-type",
        "content/sources/all.yaml",
        1,
        1,
    );
}

#[test]
fn unknown_fields_come_with_a_suggestion() {
    events("- id: one\n  date: 2025\n  title: One\n  sumary: x\n  sources: [ap]\n")
        .build()
        .fails_at("unknown-field", ALL, 4, 3)
        .says("did you mean `summary`?");
    events("- id: one\n  date: 2025\n  title: One\n  zebra: x\n  sources: [ap]\n")
        .build()
        .fails_at("unknown-field", ALL, 4, 3)
        .says("an event has: id, date");
    Site::new()
        .page("a.md", "---\ntitle: A\nauthor: me\n---\n")
        .build()
        .fails_at("unknown-field", "content/a.md", 3, 1)
        .says("did you mean `authors`?");
}

#[test]
fn three_faults_in_one_record_are_three_findings() {
    let outcome = events("- id: One\n  date: 2025-13\n  title: One\n  sumary: x\n  sources: [ap]\n").build();
    outcome.finds("bad-value", ALL, 1, 7).finds("bad-date", ALL, 2, 14).finds("unknown-field", ALL, 4, 3).fails();
}

#[test]
fn a_missing_field() {
    events("- id: one\n  title: One\n  sources: [ap]\n").build().fails_at("missing-field", ALL, 1, 3).says("add `date:`");
}

#[test]
fn bad_values() {
    events("- {id: one, date: 2025, title: One, sources: [ap], significance: mjor}\n")
        .build()
        .fails_at("bad-value", ALL, 1, 66)
        .says("did you mean `major`?");
    events("- {id: one, date: 2025, title: One, sources: [\"ap p. 2\"]}\n")
        .build()
        .fails()
        .finds("bad-value", ALL, 1, 47)
        .says("a comma is missing");
}

#[test]
fn bad_dates() {
    let event = |date: &str| events(&format!("- id: one\n  date: {date}\n  title: One\n  sources: [ap]\n")).build();
    event("2025-02-30").fails_at("bad-date", ALL, 2, 17);
    event("\"10 April 2025\"").fails().says("bad-date");
    event("199u").fails().says("bad-date");
    event("2025-04-10/2025-04-01").fails().says("bad-date");
    event("2025-04-10").succeeds();
}

#[test]
fn an_id_that_leaves_its_folder() {
    events("- {id: ../../x, date: 2025, title: One, sources: [ap]}\n").build().fails_at("bad-value", ALL, 1, 8);
    events("- {id: a/b, date: 2025, title: One, sources: [ap]}\n").build().fails_at("bad-value", ALL, 1, 8);
    // A key's address is its slug, which has neither dots nor slashes.
    let source = "\"..%2f..\":\n  title: X\n";
    Site::new().file("content/sources/all.yaml", source).build().fails_at("bad-value", "content/sources/all.yaml", 1, 1);
    Site::new().section("Big Name", "").build().fails().finds("bad-value", "content/Big Name.md", 1, 1).says("`big-name`");
}

#[test]
fn a_yaml_file_that_nothing_explains() {
    Site::new().file("content/event.yaml", "- id: x\n").build().fails_at("bad-value", "content/event.yaml", 1, 1);
}

// Ids and addresses.

#[test]
fn unknown_ids() {
    body("One.\n\nTwo [[nobody]], three.").build().fails_at("unknown-id", "content/alliance.md", 6, 5);
    body("One.[@apx]").build().fails_at("unknown-id", "content/alliance.md", 4, 6).says("did you mean `ap`?");
    body("One.[see @ap, p. 1; @nosuchkey, p. 2]").build().fails_at("unknown-id", "content/alliance.md", 4, 21);
    events("- id: one\n  date: 2025\n  title: One\n  entities: [a, b-c]\n  sources: [ap, \"nosuch, p. 2\"]\n")
        .build()
        .finds("unknown-id", ALL, 4, 14)
        .finds("unknown-id", ALL, 4, 17)
        .finds("unknown-id", ALL, 5, 18)
        .fails();
    events("- id: one\n  date: 2025\n  title: Words and [[nobody]]\n  sources: [ap]\n").build().fails_at(
        "unknown-id",
        ALL,
        3,
        20,
    );
    events("- id: one\n  date: 2025\n  title: One\n  summary: >-\n    It goes\n    on to [[nobody]].\n  sources: [ap]\n")
        .build()
        .fails_at("unknown-id", ALL, 6, 11);
}

#[test]
fn an_id_of_the_wrong_kind() {
    events("- {id: one, date: 2025, title: One, sources: [ap], sections: [one]}\n")
        .build()
        .fails_at("unknown-id", ALL, 1, 63)
        .says("`one` is an event, and this must be a section");
    body("See [[ap]].").build().fails_at("unknown-id", "content/alliance.md", 4, 5).says("cite it with [@ap]");
}

#[test]
fn an_anchor_that_is_not_there() {
    body("## Here\n\nSee [[alliance#there]] and [this](#thare).")
        .build()
        .fails()
        .finds("broken-link", "content/alliance.md", 6, 5)
        .says("#here");
}

#[test]
fn two_records_of_one_id() {
    let two = "- {id: one, date: 2025, title: One, sources: [ap]}\n- {id: one, date: 2025, title: Other, sources: [ap]}\n";
    events(two).build().fails_at("duplicate-id", ALL, 2, 8).shows(ALL, 1, 8);
    let site = events("- {id: one, date: 2025, title: One, sources: [ap]}\n");
    site.file("content/entities/e.yaml", "\n- {id: one, kind: person, name: One}\n")
        .build()
        .fails_at("duplicate-id", ALL, 1, 8)
        .shows("content/entities/e.yaml", 2, 8);
    Site::new()
        .section("alliance", "")
        .section("deep/alliance", "")
        .build()
        .fails_at("duplicate-id", "content/deep/alliance.md", 1, 1)
        .shows("content/alliance.md", 1, 1);
}

#[test]
fn two_sources_of_one_key_or_address() {
    Site::new()
        .file("content/sources/a.yaml", "ap_1:\n  title: A\n")
        .file("content/sources/b.yaml", "ap.1:\n  title: B\n")
        .build()
        .fails_at("duplicate-id", "content/sources/b.yaml", 1, 1)
        .shows("content/sources/a.yaml", 1, 1);
}

#[test]
fn reserved_ids() {
    for id in ["timeline", "events", "search", "con", "es", "theme"] {
        Site::new().section(id, "").build().fails_at("reserved-id", &format!("content/{id}.md"), 1, 1);
    }
    events("- {id: sources, date: 2025, title: One, sources: [ap]}\n").build().fails_at("reserved-id", ALL, 1, 8);
}

#[test]
fn an_alias_where_a_page_stands() {
    Site::new()
        .section("alliance", "")
        .page("b.md", "---\ntitle: B\naliases: [/alliance/]\n---\n")
        .build()
        .fails_at("duplicate-id", "content/b.md", 3, 11)
        .shows("content/alliance.md", 1, 1);
    Site::new().page("b.md", "---\ntitle: B\naliases: [/changes]\n---\n").build().fails_at(
        "duplicate-id",
        "content/b.md",
        3,
        11,
    );
    Site::new()
        .page("b.md", "---\ntitle: B\naliases: [/Theme/Terms.html]\n---\n")
        .file("static/theme/terms.html", "")
        .build()
        .fails_at("duplicate-id", "content/b.md", 3, 11);
}

#[test]
fn two_aliases_of_one_address() {
    Site::new()
        .page("a.md", "---\ntitle: A\naliases: [/old/]\n---\n")
        .page("b.md", "---\ntitle: B\naliases:\n  - old\n---\n")
        .build()
        .fails_at("duplicate-id", "content/b.md", 4, 5)
        .shows("content/a.md", 3, 11);
}

#[test]
fn an_alias_that_leaves_the_site() {
    for alias in ["/../x/", "/a/../../x", "/.hidden/", "/./x", "//host/x", "/a\\b", "https://a.example/", "/", "/%2e%2e/x"] {
        let page = format!("---\ntitle: A\naliases: ['{alias}']\n---\n");
        Site::new().page("a.md", &page).build().fails_at("outside-site", "content/a.md", 3, 11);
    }
}

// Markdown.

#[test]
fn a_page_without_a_title() {
    Site::new().page("a.md", "Words.\n").build().fails_at("missing-field", "content/a.md", 1, 1);
    Site::new().page("a.md", "---\nsummary: x\n---\n").build().fails_at("missing-field", "content/a.md", 1, 1);
}

#[test]
fn front_matter_without_an_end() {
    Site::new().page("a.md", "---\ntitle: A\n\nWords.\n").build().fails_at("invalid-syntax", "content/a.md", 1, 1);
}

#[test]
fn broken_front_matter_has_its_place_in_the_file() {
    let page = "---\ntitle: A\nkey-points: [\n  one\n---\nBody\n";
    Site::new().page("a.md", page).build().fails_at("invalid-syntax", "content/a.md", 3, 13);
}

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
fn headings_with_one_anchor() {
    body("## A {#x}\n\n## B {#x}").build().fails_at("duplicate-id", "content/alliance.md", 6, 1);
    body("## A {#Big}").build().fails_at("bad-value", "content/alliance.md", 4, 1);
}

// Languages.

#[test]
fn a_language_that_the_site_does_not_have() {
    events("- id: one\n  date: 2025\n  title: {en: One, fr: Une}\n  sources: [ap]\n")
        .build()
        .fails_at("unknown-field", ALL, 3, 24)
        .says("`fr` is not one of the site's languages");
    Site::new()
        .section("alliance", "")
        .page("alliance.es.md", "---\ntitle: Alianza\n---\n")
        .build()
        .fails_at("bad-value", "content/alliance.es.md", 1, 1)
        .says("[site.languages.es]");
    Site::new().page("alliance.en.md", "---\ntitle: A\n---\n").build().fails_at("bad-value", "content/alliance.en.md", 1, 1);
}

// Rules that the records' relations break.

#[test]
fn events_that_must_follow_each_other() {
    events(
        "- {id: one, date: 2025, title: One, sources: [ap], after: [two]}\n- {id: two, date: 2025, title: Two, sources: [ap], after: [one]}\n",
    )
    .build()
    .fails_at("order-violated", ALL, 1, 60)
    .shows(ALL, 2, 60);
}

#[test]
fn something_public_that_points_at_a_draft() {
    let draft = "- {id: one, date: 2025, title: Secret, sources: [ap], draft: true}\n";
    events(draft)
        .section("alliance", "See [[one]].")
        .build()
        .fails_at("points-at-hidden", "content/alliance.md", 4, 5)
        .shows(ALL, 1, 8);
    Site::new()
        .file("content/sources/all.yaml", "ap:\n  title: A\n  draft: true\n")
        .section("alliance", "So.[@ap]")
        .build()
        .fails_at("points-at-hidden", "content/alliance.md", 4, 5)
        .shows("content/sources/all.yaml", 1, 1);
    events(draft).section("alliance", "See [[one]].").arg("--drafts").build().succeeds();
}

#[test]
fn a_link_by_path_to_a_draft() {
    Site::new()
        .page("secret.md", "---\ntitle: Secret\ndraft: true\n---\n")
        .section("alliance", "See [it](secret.md).")
        .build()
        .fails_at("points-at-hidden", "content/alliance.md", 4, 5)
        .shows("content/secret.md", 1, 1);
}

#[test]
fn all_errors_of_a_run_are_shown() {
    let outcome = events(
        "- {id: one, date: 2025-13, title: One, sources: [ap]}\n- {id: two, date: 2025, title: Two, sources: [nosuch]}\n",
    )
    .section("alliance", "See [[nobody]].")
    .page("b.md", "---\ntitle: B\nordr: 2\n---\n")
    .file("content/claims/c.yaml", "- {id: claim-x, text: X, status: tru, sources: [ap]}\n")
    .build();
    let outcome = outcome
        .finds("bad-date", ALL, 1, 24)
        .finds("unknown-id", ALL, 2, 47)
        .finds("unknown-id", "content/alliance.md", 4, 5)
        .finds("unknown-field", "content/b.md", 3, 1)
        .finds("bad-value", "content/claims/c.yaml", 1, 34)
        .fails()
        .says("nothing was written");
    assert!(!outcome.folder().exists());
}

#[test]
fn findings_come_in_the_order_of_files() {
    let site = Site::new().section("c", "[[x]] and [[y]]").section("a", "[[x]]\n\n[[y]]").section("b", "[[x]]");
    let places: Vec<_> = site.build().findings().into_iter().map(|finding| finding.places[0].clone()).collect();
    assert!(places.len() == 5 && places.is_sorted(), "{places:?}");
}

// Bytes.

#[test]
fn invalid_utf8() {
    Site::new()
        .file("content/a.md", b"---\ntitle: A\n---\nCaf\xe9 au lait.\n")
        .build()
        .fails_at("invalid-utf8", "content/a.md", 4, 4)
        .says("0xe9");
    Site::new().file("book.toml", b"[book]\ntitle = \"Caf\xe9\"\n").build().fails_at("invalid-utf8", "book.toml", 2, 13);
    Site::new()
        .section("a", "")
        .file("templates/section.html", b"<p>\xff</p>")
        .build()
        .fails()
        .says("this template is not UTF-8");
}

#[test]
fn a_byte_order_mark_is_no_fault_and_moves_no_place() {
    Site::new()
        .file("book.toml", "\u{feff}[book]\ntitle = \"T\"\n")
        .file(ALL, "\u{feff}- {id: one, date: 2025, title: One, sources: [ap]}\n")
        .file("content/sources/all.yaml", format!("\u{feff}{SOURCE}"))
        .page("a.md", "\u{feff}---\ntitle: A\n---\nSee [[one]].[@ap]\n")
        .build()
        .succeeds();
    Site::new().file("book.toml", "\u{feff}bok = 1\n").build().fails_at("unknown-field", "book.toml", 1, 1);
    events("\u{feff}- {id: One, date: 2025, title: One, sources: [ap]}\n").build().fails_at("bad-value", ALL, 1, 8);
    events("\u{feff}- {id: one, date: 2025, title: [One, sources: [ap]}\n").build().fails().says("invalid-syntax");
    Site::new().page("a.md", "\u{feff}---\ntitle: A\n---\nSee [[nobody]].\n").build().fails_at(
        "unknown-id",
        "content/a.md",
        4,
        5,
    );
    Site::new().page("a.md", "\u{feff}See [[nobody]].\n").build().fails().finds("unknown-id", "content/a.md", 1, 5);
}

#[test]
fn windows_line_ends_are_no_fault_and_move_no_place() {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    Site::new()
        .file("book.toml", crlf("[book]\ntitle = \"T\"\n"))
        .file(ALL, crlf("- id: one\n  date: 2025\n  title: One\n  summary: |\n    It went\n    on.\n  sources: [ap]\n"))
        .file("content/sources/all.yaml", crlf(SOURCE))
        .page("a.md", &crlf("---\ntitle: A\n---\nSee [[one]].[@ap]\n\n```known\nknown: [\"x\"]\n```\n"))
        .build()
        .succeeds();
    events(&crlf("- id: one\n  date: 2025\n  title: One [[nobody]]\n  sources: [nosuch]\n"))
        .build()
        .finds("unknown-id", ALL, 3, 14)
        .finds("unknown-id", ALL, 4, 13)
        .fails();
    Site::new()
        .page("a.md", &crlf("---\ntitle: A\n---\nOne.\n\nSee [[nobody]].\n\n```known\nknwon: []\n```\n"))
        .build()
        .finds("unknown-id", "content/a.md", 6, 5)
        .finds("unknown-field", "content/a.md", 9, 1)
        .fails();
}

#[test]
fn wide_characters_count_as_one_column() {
    body("Ábrego – 漢字 [[nobody]]").build().fails_at("unknown-id", "content/alliance.md", 4, 13);
}

#[test]
fn empty_files() {
    events("").build().succeeds();
    events("\n\n# nothing yet\n").build().succeeds();
    for path in ["content/entities/e.yaml", "content/claims/c.yaml", "content/glossary.yaml", "content/sources/more.yaml"] {
        Site::new().file(path, "").build().succeeds();
    }
    Site::new().page("a.md", "").build().fails_at("missing-field", "content/a.md", 1, 1);
    Site::new().page("index.md", "").build().succeeds();
    Site::new().file("book.toml", "").section("a", "Words.").build().succeeds();
}

// Size.

#[test]
fn a_section_of_ten_megabytes() {
    let paragraph = "Words of a long report, with a mention of [[long]] in it.[@ap]\n\n";
    let text = paragraph.repeat(10_000_000 / paragraph.len());
    Site::new().sourced().section("long", &text).build().succeeds();
}

#[test]
fn one_line_of_ten_megabytes() {
    let text = "word ".repeat(2_000_000);
    body(&text).build().succeeds();
    let outcome =
        body(&format!("{text}[[nobody]] {text}")).build().fails_at("unknown-id", "content/alliance.md", 4, 10_000_001);
    assert!(outcome.stderr.len() < 5_000, "{} bytes", outcome.stderr.len());
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

#[test]
fn deep_yaml_ends_in_an_error() {
    events(&"[".repeat(5_000)).build().fails().says("invalid-syntax");
    events(&format!("- id: {}", "[".repeat(5_000))).build().fails().says("nested deeper than 24 levels");
    events(&"- ".repeat(5_000)).build().fails().says("nested deeper than 24 levels");
    let nested = (0..5_000).fold(String::from("- id:\n"), |mut text, depth| {
        writeln!(text, "{}a:", " ".repeat(depth + 4)).unwrap();
        text
    });
    events(&nested).build().fails().says("nested deeper than 24 levels");
    let toml = format!("a = {}", "[".repeat(5_000));
    Site::new().book(&toml).build().fails().says("invalid-syntax");
    Site::new().book(&format!("{} = 1", vec!["a"; 5_000].join("."))).build().fails();
}

#[test]
fn an_alias_bomb_ends_in_an_error() {
    let mut bomb = String::from("- a: &a [x,x,x,x,x,x,x,x,x]\n");
    for (name, before) in "bcdefghij".chars().zip("abcdefghi".chars()) {
        writeln!(bomb, "  {name}: &{name} [{}]", vec![format!("*{before}"); 9].join(",")).unwrap();
    }
    events(&bomb).build().fails().says("aliases that expand to more");
    Site::new().page("a.md", &format!("---\n{}---\n", bomb.replace("- a", "a").replace("\n  ", "\n"))).build().fails();
}

// Links of the file system.

#[cfg(unix)]
#[test]
fn links_out_of_the_content() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("x.md"), "---\ntitle: X\n---\nSecret words.\n").unwrap();
    std::fs::create_dir(outside.path().join("folder")).unwrap();
    std::fs::write(outside.path().join("folder/y.md"), "---\ntitle: Y\n---\n").unwrap();

    let site = Site::new().section("a", "");
    symlink(outside.path().join("x.md"), site.root().join("content/x.md")).unwrap();
    site.build().fails_at("outside-site", "content/x.md", 1, 1);

    let site = Site::new().section("a", "");
    symlink(outside.path().join("folder"), site.root().join("content/folder")).unwrap();
    site.build().fails_at("outside-site", "content/folder", 1, 1);

    let site = Site::new().section("a", "");
    symlink("..", site.root().join("content/loop")).unwrap();
    site.build().fails().says("outside-site");

    for (link, name) in [("static", "secret.txt"), ("templates", "secret.html")] {
        let site = Site::new().section("a", "").file(&format!("{link}/keep.txt"), "");
        symlink(outside.path().join("x.md"), site.root().join(link).join(name)).unwrap();
        let outcome = site.build();
        let leaked = outcome.folder().exists() && outcome.files().values().any(|bytes| bytes.ends_with(b"Secret words.\n"));
        assert!(!leaked, "{link}: {}", outcome.stderr);
        outcome.fails_at("outside-site", &format!("{link}/{name}"), 1, 1);
    }

    let inside = Site::new().section("a", "");
    symlink("a.md", inside.root().join("content/b.md")).unwrap();
    inside.build().succeeds();
}

// book.toml.

#[test]
fn an_unknown_key_of_the_settings() {
    let book = |text: &str| Site::new().book(text).section("a", "").build();
    book("[book]\ntitel = \"T\"\n").fails_at("unknown-field", "book.toml", 2, 1).says("did you mean `title`?");
    book("[output.html]\nsite-ulr = \"/x/\"\n")
        .fails_at("unknown-field", "book.toml", 2, 1)
        .says("did you mean `site-url`?");
    book("[checks]\nunsourced-evnt = \"off\"\n").fails_at("unknown-field", "book.toml", 2, 1).says("`unsourced-event`");
    book("[checks]\nunsourced-event = \"loud\"\n").fails_at("bad-value", "book.toml", 2, 19);
    book("[book\n").fails().says("invalid-syntax");
    book("[book]\ntitle = 1\n\n[site]\nas-of = \"2025\"\n").finds("bad-date", "book.toml", 5, 9).fails();
}

#[test]
fn two_addresses_that_disagree() {
    let book = |path: &str| {
        let text = format!("[output.html]\nsite-url = \"{path}\"\n\n[site]\nbase-url = \"https://example.org/explainer\"\n");
        Site::new().book(&text).section("a", "").build()
    };
    book("/other/").fails_at("bad-value", "book.toml", 2, 12).says("`/explainer/`");
    book("/explainer/").succeeds();
}

#[test]
fn raw_html_can_not_be_allowed() {
    Site::new().book("[site]\nraw-html = true\n").build().fails_at("bad-value", "book.toml", 2, 12);
    Site::new().book("[site]\nraw-html = false\n").section("a", "").build().succeeds();
}

#[test]
fn settings_that_leave_the_site() {
    for (key, table) in [("additional-css", "output.html"), ("additional-js", "output.html")] {
        for path in ["../x.css", "/etc/passwd", "a/../../x.css"] {
            let outcome = Site::new().book(&format!("[{table}]\n{key} = [\"{path}\"]\n")).section("a", "").build();
            outcome.fails_at("outside-site", "book.toml", 2, key.len() + 5);
        }
    }
    Site::new().book("[book]\nsrc = \"../x\"\n").build().fails_at("outside-site", "book.toml", 2, 7);
    Site::new().book("[output.html]\nadditional-css = [\"x.css\"]\n").build().fails_at("broken-link", "book.toml", 2, 19);
    Site::new().book("[output.html.redirect]\n\"/../x\" = \"/\"\n").build().fails_at("outside-site", "book.toml", 2, 1);
}

#[test]
fn a_host_name_is_one_line() {
    Site::new().book("[output.html]\ncname = \"a.example\\nb\"\n").build().fails_at("bad-value", "book.toml", 2, 9);
}

// Templates.

#[test]
fn a_template_that_does_not_parse() {
    Site::new()
        .section("a", "")
        .file("templates/section.html", "<p>\n{% if %}\n</p>\n")
        .build()
        .fails()
        .says("error[template]")
        .says("--> templates/section.html:2:");
}

#[test]
fn a_template_that_fails_on_a_page() {
    Site::new()
        .section("alliance", "")
        .file(
            "templates/section.html",
            "{% extends \"default/section.html\" %}\n{% block main %}\n<p>{{ section.title_html + 1 }}</p>\n{% endblock main %}\n",
        )
        .build()
        .fails()
        .says("error[template]")
        .says("while rendering /alliance")
        .says("--> templates/section.html:3:");
}

#[test]
fn a_template_that_fails_on_every_page_names_one_that_readers_see() {
    let layout = "{% extends \"default/layout.html\" %}{% block head %}{{ page.title * 2 }}{% endblock head %}";
    let outcome = Site::new().section("alliance", "").file("templates/layout.html", layout).build().fails();
    let outcome = outcome.says("while rendering /");
    assert!(!outcome.stderr.contains("/404"), "{}", outcome.stderr);
}

#[test]
fn a_template_that_writes_a_dead_link() {
    Site::new()
        .section("alliance", "")
        .file("templates/section.html", "<p><a href=\"/nowhere/\">x</a><a href=\"#nothing\">y</a></p>")
        .build()
        .fails()
        .says("the finished page /alliance/index.html links to `/nowhere/`")
        .says("`#nothing`, but that page has no such anchor");
}

#[test]
fn a_picture_can_not_carry_a_script() {
    let outcome = body("A ![picture](</x\"onerror=\"alert(1)>).").build();
    outcome.fails_nowhere("broken-link").says("onerror");
    let site = body("A ![picture](</x\"onerror=\"alert(1)>).").file("static/x\"onerror=\"alert(1)", "");
    let page = site.build().succeeds().page("alliance/index.html");
    assert!(!page.contains("\"onerror"), "{page}");
}

#[test]
fn a_link_that_looks_like_the_mark_of_a_citation() {
    let page = body("A [link](&#1;cite) b.").build();
    assert!(page.code == Some(1) || page.page("alliance/index.html").contains("link"), "{}", page.stderr);
}

#[test]
fn the_words_of_a_picture_neither_link_nor_cite() {
    for words in ["x[@ap]", "[x](alliance.md)"] {
        let outcome = body(&format!("![a {words}](media/x.jpg)")).file("content/media/x.jpg", "").build();
        outcome.fails().says("a picture's alt text can't contain links or citations");
    }
    for words in ["[[alliance]]", "[[alliance|x]]"] {
        let outcome = body(&format!("![a {words}](media/x.jpg)")).file("content/media/x.jpg", "").build();
        outcome.fails().says("a link can't contain a citation or [[id]]");
        body(&format!("[a {words}](https://a.example)")).build().fails().says("a link can't contain a citation or [[id]]");
    }
}

#[test]
fn a_draft_takes_no_id_of_another_record() {
    events("- {id: one, date: 2025, title: One, sources: [ap]}\n- {id: one, date: 2025, title: Two, sources: [ap], draft: true}\n")
        .build()
        .fails_at("duplicate-id", ALL, 2, 8)
        .shows(ALL, 1, 8);
}

/// Dates as people type them: where that is told, as what, and with which help.
#[test]
fn slips_in_dates() {
    let table: &[(&str, &str, usize, &str)] = &[
        ("3–5 March 2026", "bad-date", 9, "write `2026-03-03/2026-03-05`"),
        ("March 3-5, 2025", "bad-date", 9, "write `2025-03-03/2025-03-05`"),
        ("since March 2026", "bad-date", 9, "write `2026-03/..`"),
        ("before March 2026", "bad-date", 9, "write `[..2026-02]`, in quotation marks"),
        ("early March", "bad-date", 9, "dates are written with their year: `YYYY-03`"),
        (
            "early March 2026",
            "bad-date",
            9,
            "write `2026-03`, or `[2026-03-01..2026-03-10]` for one of its first days; a value that begins with a bracket needs quotation marks",
        ),
        ("44 BC", "bad-date", 9, "write `-0043`"),
        ("7:25 p.m.", "bad-date", 9, "write the day before it: `YYYY-MM-DDT19:25:00`"),
        ("2026‑03‑03", "bad-date", 9, "write `2026-03-03`"),
        ("“2026-03-03”", "bad-date", 9, "write `2026-03-03`"),
        ("1XXX", "bad-date", 9, "write `[1000..1999]`, in quotation marks"),
        ("\"1XXX\"", "bad-date", 10, "write `[1000..1999]`"),
        ("-01XX", "bad-date", 9, "write `[-0199..-0100]`, in quotation marks"),
        ("-0001-12-04T00:14:00", "bad-date", 20, "write `-0001-12-04`"),
        ("-0001-12-04T00:14:00/0000-02-10T08:00", "bad-date", 9, "write `-0001-12-04/0000-02-10`"),
        ("[2026-03-03,2026-03-05]", "wrong-type", 9, "write `\"[2026-03-03,2026-03-05]\"`"),
        ("[1667, 1668]", "wrong-type", 9, "write `\"[1667,1668]\"`"),
        ("[2026-03-03..2026-03-05]  # or so", "wrong-type", 9, "write `\"[2026-03-03..2026-03-05]\"`"),
        ("{1667, 1668}", "wrong-type", 9, "write one record a date, an interval"),
        ("\"[1667, 1668]\"", "bad-date", 10, "write `[1667,1668]`"),
    ];
    for (date, code, column, help) in table {
        let outcome = events(&format!("- id: one\n  date: {date}\n  title: One\n  sources: [ap]\n")).check();
        let flat = outcome.stderr.clone();
        assert!(flat.contains(&format!("= help: {help}")), "{date}: {flat}");
        outcome.fails_at(code, ALL, 2, *column);
    }
    let role = |to: &str| {
        let entity =
            format!("- {{id: jane-roe, kind: person, name: Jane Roe, roles: [{{title: Mayor, from: 2019, to: {to}}}]}}\n");
        Site::new().sourced().file("content/entities/all.yaml", entity).check()
    };
    role("..").succeeds();
    let place = ("content/entities/all.yaml", 1, 87);
    role("present").fails_at("bad-date", place.0, place.1, place.2).says("write `..` for an office that is still held");
    role("[2026,2027]").fails_at("wrong-type", place.0, place.1, place.2).says("write `\"[2026,2027]\"`");
}
