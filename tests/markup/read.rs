//! What other tools write, if it is clear enough to read.

use super::{one, page, site};
use crate::support::Site;

#[test]
fn tags_of_the_format_are_read() {
    let shown = page(
        "H<sub>2</sub>O, E=mc<sup>2</sup>, <kbd>Ctrl</kbd>+<KBD>C</KBD>, <mark>so *it* is</mark>, <bdi>אב</bdi>.<br>Next<br/>line<br />end",
    );
    for html in [
        "H<sub>2</sub>O",
        "mc<sup>2</sup>",
        "<kbd>Ctrl</kbd>+<kbd>C</kbd>",
        "<mark>so <em>it</em> is</mark>",
        "<bdi>אב</bdi>.<br>Next<br>line<br>end",
    ] {
        assert!(shown.contains(html), "{html} is not in {shown}");
    }
    // At the beginning of a line, in a table and in a field too.
    assert!(page("<mark>a</mark> [[wendle]]\n").contains("<p><mark>a</mark> <a"));
    assert!(page("| a |\n|---|\n| b<br>c |\n").contains("b<br>c"));
    let field = Site::new()
        .page("a.md", "---\ntitle: H<sub>2</sub>O\nsummary: CO<sub>2</sub> rose<br>again.\n---\n")
        .build()
        .succeeds();
    let html = field.page("a/index.html");
    assert!(html.contains("CO<sub>2</sub> rose<br>again."), "{html}");
    assert!(html.contains("<title>H2O") && html.contains("<h1>H<sub>2</sub>O</h1>"), "{html}");
    assert!(html.contains("CO2 rose again."), "{html}");
    assert!(page("`<br>` and \\<sub>").contains("<code>&lt;br&gt;</code> and &lt;sub&gt;"));
}

#[test]
fn letters_say_what_they_stand_for() {
    let shown = page("The <abbr title=\"Wendle &amp; Water *Board*\">WWB</abbr> and <ABBR title='A \"B\"'>AB</ABBR>.");
    assert!(shown.contains("The <abbr title=\"Wendle &amp; Water *Board*\">WWB</abbr> and "), "{shown}");
    assert!(page("<abbr title=\"Wendle\">W</abbr> said so.\n").contains("<p><abbr title=\"Wendle\">W</abbr> said so.</p>"));
    let field =
        Site::new().page("a.md", "---\ntitle: A\nsummary: The <abbr title=\"Board\">B</abbr>.\n---\n").build().succeeds();
    assert!(field.page("a/index.html").contains("The <abbr title=\"Board\">B</abbr>."));
    one("stray-markup", "a <abbr>b</abbr>", 3, "write `<abbr title=");
    one("stray-markup", "a <abbr title=\"[[nobody]]\">b", 3, "the tag `<abbr>` is printed");
    one("bad-markdown", "a <abbr title=\"Board\">b", 3, "write `</abbr>`");
}

#[test]
fn a_tag_that_is_not_closed_hurts_nothing_else() {
    let outcome = site("*a <sub>b* c\n\nNext.").build().fails_at("bad-markdown", "content/bridge.md", 4, 4);
    outcome.says("`<sub>` is never closed").says("write `</sub>`");
    one("stray-markup", "a </sub> b", 3, "the tag `</sub>` is printed");
    one("stray-markup", "a <mark class=\"x\">b", 3, "without attributes");
}

#[test]
fn alerts_of_other_tools_are_read() {
    let shown = page("> [!NOTE] On *names*\n> The town is [[wendle]].\n");
    assert!(shown.contains("<p class=\"alert-title\">On <em>names</em></p>"), "{shown}");
    assert!(shown.contains("<p>The town is <a"), "{shown}");
    let title = |body: &str| {
        let shown = page(body);
        let at = shown.find("class=\"alert alert-").unwrap_or_else(|| panic!("no alert in {shown}"));
        let alert = shown[at..].split("</div>").next().unwrap().to_owned();
        assert!(!alert.contains("[!") && !alert.contains("<p></p>"), "{alert}");
        alert
    };
    assert!(
        title("> [!INFO]\n> Text.")
            .starts_with("class=\"alert alert-note\" role=\"note\"><p class=\"alert-title\">Note</p><p>Text.</p>")
    );
    assert!(title("> [!info] Title").contains("<p class=\"alert-title\">Title</p>"));
    assert!(
        title("> [!WARNING] Take care\n>\n> Text.")
            .contains("alert-warning\" role=\"note\"><p class=\"alert-title\">Take care</p>\n<p>Text.</p>")
    );
    assert!(title("> [!tip]- Folded\n> Text.").contains(">Folded</p>\n<p>Text.</p>"));
    assert!(title("> [!danger]\n>\n> Text.").contains("alert-caution"));
    assert!(title("> [!NOTE]\n> Text.").contains(">Note</p><p>Text.</p>"));
}

#[test]
fn a_bare_address_is_a_link() {
    let shown = page("See https://a.example/x_y_z?a=1&b=2. (Or http://b.example/c_(d)), **https://c.example/--x**.");
    for html in [
        "See <a href=\"https://a.example/x_y_z?a=1&amp;b=2\" rel=\"external noopener\">https://a.example/x_y_z?a=1&amp;b=2</a>.",
        "(Or <a href=\"http://b.example/c_(d)\" rel=\"external noopener\">http://b.example/c_(d)</a>)",
        "<strong><a href=\"https://c.example/--x\"",
    ] {
        assert!(shown.contains(html), "{html} is not in {shown}");
    }
    let left = page(
        "`https://a.example` [x](https://b.example) [https://c.example](https://b.example)\n\n```\nhttps://d.example\n```\n",
    );
    assert!(
        left.contains("<code>https://a.example</code>")
            && !left.contains("href=\"https://a")
            && !left.contains("href=\"https://c"),
        "{left}"
    );
    let field = Site::new().page("a.md", "---\ntitle: A\nnote: 2. See https://a.example/x.\n---\n").build().succeeds();
    assert!(field.page("a/index.html").contains("<a href=\"https://a.example/x\""));
    assert!(page("| a |\n|---|\n| https://a.example |\n").contains("<td><a href=\"https://a.example\""));
}

#[test]
fn a_link_with_words_stands_in_a_table() {
    let shown = page(
        "| Found | Where [[wendle|a]] | When |\n|---|---|---|\n| [[wendle|The crack]] | Pier 4 | 2019 |\n| [[wendle\\|b]] | c | d |\n",
    );
    for html in [
        ">The crack</a></td><td>Pier 4</td><td>2019</td>",
        ">b</a></td><td>c</td><td>d</td>",
        ">a</a></th><th scope=\"col\">When</th>",
    ] {
        assert!(shown.contains(html), "{html} is not in {shown}");
    }
    assert!(page("```\n| [[a|b]] |\n|---|\n```\n").contains("| [[a|b]] |"));
    let cited = site("| a |\n|---|\n| b[@herald, p. 2 \\| 3] |\n\nc[@other, p. 4 \\* 5].").build().succeeds();
    let words = cited.words("bridge/index.html");
    assert!(words.contains("p. 2 | 3") && words.contains("p. 4 * 5") && !words.contains('\\'), "{words}");
}

#[test]
fn text_after_an_exclamation_mark_is_no_picture() {
    let words =
        site("It shut![@herald, p. 2] So did [[wendle]]![[wendle|Really]]!").build().succeeds().words("bridge/index.html");
    assert!(words.contains("It shut! 1, p. 2") && words.contains("Wendle ! Really !"), "{words}");
}

#[test]
fn rows_have_as_many_cells_as_their_heads() {
    let row = |body: &str, line, column, words: &str| {
        let outcome = site(body).check();
        assert_eq!(outcome.findings().len(), 1, "{}", outcome.stderr);
        outcome.finds("table-cells", "content/bridge.md", line, column).says(words);
    };
    row("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", 6, 1, "this row has 3 cells, but its table's header has 2");
    row("| a | b |\n|---|---|\n| 1 |\n", 6, 1, "this row has 1 cell");
    row("| a | b |\n|---|---|\n| 1 | 2 |\nThe text goes on.\n", 7, 1, "right after a table");
    row("> a | b\n> --|--\n> 1 | `x|y` | 2\n", 6, 3, "this row has 4 cells");
    row("| a | b | c |\n|---|---|\n| 1 | 2 |\n", 4, 1, "this is not a table");
    page("| a | b |\n|---|---|\n| 1 | |\n| x \\| y | `p \\| q` |\n| 1 | 2\n");
    page("a | b\n\n--|--\n");
}

#[test]
fn a_definition_is_a_link_and_never_hides_a_citation() {
    let shown = page("See [@ministry].\n\n[@ministry]: https://social.example/@ministry\n");
    assert!(
        shown.contains("<a href=\"https://social.example/@ministry\" rel=\"external noopener\">@ministry</a>"),
        "{shown}"
    );
    one("stray-markup", "See [@herald].\n\n[@herald]: https://a.example\n", 5, "so it does not cite `herald`");
    site("Text.\n\n[@ministry]: https://a.example\n").build().fails_at("bad-markdown", "content/bridge.md", 6, 1);
    site("Text.\n\n[@herald]: says\n").build().fails_at("bad-markdown", "content/bridge.md", 6, 1).says("would vanish");
}
