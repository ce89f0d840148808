//! YAML that can't be read, and how little else a mistake in it hides.

use std::fmt::Write as _;

use super::{ALL, events};
use crate::support::Site;

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
fn valid_yaml_is_no_mistake() {
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
fn a_repeated_key() {
    let site = events("- id: one\n  date: 2025\n  title: One\n  title: Two\n  sources: [ap]\n");
    site.build().fails_at("invalid-syntax", ALL, 4, 3).says("the key `title` appears twice");
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
