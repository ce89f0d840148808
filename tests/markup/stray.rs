//! Marks that readers would see, each with what to type instead, and text that is meant as it is.

use super::{one, page, site};
use crate::support::Site;

#[test]
fn failed_dates_say_what_to_write() {
    let table: &[(&str, usize, &str)] = &[
        ("See [t](my file.md) x", 5, "write `[t](<my file.md>)`"),
        ("![a](media/with space.png)", 1, "write `![a](<media/with space.png>)`"),
        ("![a](media/with space.png \"Words\")", 1, "write `![a](<media/with space.png> \"Words\")`"),
        ("[t](<my file.md)", 1, "write `[t](<my file.md>)`"),
        ("[t](file.md", 1, "close it with `)`"),
        ("[t][nope]", 1, "nothing defines `[nope]`"),
        ("[text] (https://a.example)", 1, "write `[text](https://a.example)`"),
        ("[text] (other.md) x", 1, "write `[text](other.md)`"),
        ("It is **bold ** text", 7, "write `**bold**`"),
        ("It is ** bold** text", 7, "write `**bold**`"),
        ("It is __bold __ text", 7, "write `__bold__`"),
        ("It is ~~gone ~~ text", 7, "write `~~gone~~`"),
        ("It is *bold * text", 7, "write `*bold*`"),
        ("**Note: it shut", 1, "`**` opens here but is never closed"),
        ("##\u{a0}Heading", 1, "does not accept a no-break space"),
        ("##NoSpace", 1, "write `## NoSpace`"),
        ("[!NOTE] Title", 1, "`> [!NOTE]`"),
        ("> [!FOO] Title", 3, "write one of `> [!NOTE]`"),
        ("a [@herald;] b", 3, "write `[@herald]`"),
        ("a [@ herald] b", 3, "there is a space after the `@`"),
        ("a [@herald, @other] b", 4, "`[@herald; @other]`"),
        ("as @herald says", 4, "write `[@herald]`"),
        ("as [herald] says", 4, "write `[@herald]`"),
        ("a^[note] b", 2, "`[^1]: note`"),
        ("a {{< shortcode >}} b", 3, "this tag of another tool"),
        ("a {% tag %} b", 3, "this tag of another tool"),
        ("a {{ name }} b", 3, "this tag of another tool"),
        ("Words {.class} x", 7, "these attributes"),
        ("a ==x y== b", 3, "write `<mark>x y</mark>`"),
        ("a $$x^2$$ b", 3, "this formula"),
        ("== History ==", 1, "write `## History`"),
        ("::: note", 1, "write `> [!NOTE]`"),
        ("!!! note", 1, "write `> [!NOTE]`"),
        ("• one\n• two", 1, "start each line with `- ` instead"),
        ("a [[]] b", 3, "contain no id"),
        ("a [[wendle|]] b", 3, "this link has no words"),
        ("a [](https://a.example) b", 3, "this link has no words"),
        ("a \\[\\[wendle\\]\\] b", 4, "write `[[wendle]]`"),
        ("a [[wendle b", 3, "are never closed"),
        ("<iframe src=\"x\">", 1, "the tag `<iframe>` is printed"),
        ("<p class=\"MsoNormal\">Text", 1, "the tag `<p>` is printed"),
        ("a <b>bold b", 3, "write `**words**`"),
        ("-One\n-Two", 1, "write `- `"),
        ("1.One\n2.Two", 1, "write `1. `"),
        ("- • one", 3, "does not make a list"),
        ("[TOC]", 1, "list their headings"),
    ];
    for (body, column, words) in table {
        if *body == "• one\n• two" {
            let outcome = site(body).check();
            assert_eq!(outcome.findings().len(), 2, "{}", outcome.stderr);
            outcome
                .finds("stray-markup", "content/bridge.md", 4, 1)
                .finds("stray-markup", "content/bridge.md", 5, 1)
                .says(words);
            continue;
        }
        one("stray-markup", body, *column, words);
    }
}

#[test]
fn fences_that_nearly_name_a_block_are_told() {
    for (name, block) in [
        ("Timeline", "timeline"),
        ("timelines", "timeline"),
        ("claims", "claim"),
        ("Known", "known"),
        ("timelime", "timeline"),
    ] {
        one("stray-markup", &format!("```{name}\nfrom: 2025\n```"), 1, &format!("the block is named `{block}`"));
    }
    for name in ["python", "text", "", "diff", "clang", "quartz", "tcl"] {
        page(&format!("```{name}\nfrom: 2025\n```"));
    }
}

#[test]
fn fields_are_looked_at_like_bodies() {
    Site::new()
        .sourced()
        .file(
            "content/events/all.yaml",
            "- id: a\n  date: 2025\n  title: It is **bold ** text\n  summary: \"As [ap] says, [t](my file.md)\"\n  sources: [\"ap, @b\"]\n",
        )
        .section("x", "[[a]]")
        .check()
        .finds("stray-markup", "content/events/all.yaml", 3, 16)
        .finds("stray-markup", "content/events/all.yaml", 4, 16)
        .finds("stray-markup", "content/events/all.yaml", 4, 27)
        .finds("stray-markup", "content/events/all.yaml", 5, 14);
}

#[test]
fn what_is_meant_is_left_alone() {
    for body in [
        "`[t](my file.md)` `**bold **` ``==x==`` `{{< x >}}` `@herald` `[[]]` `<iframe>`",
        "```text\n**bold ** [t][nope] @herald {% x %}\n##No\n• one\n```",
        "    **bold ** {{< x >}}\n",
        "\\*\\*bold \\*\\* and \\[t\\](my file.md) and \\@herald and \\[herald]",
        "\\##NoSpace and \\<b> and &lt;b&gt; and \\{% x %} and \\==x==",
        "2 ** 3 ** 4 and 5 * 3 * 2 and a * b",
        "He said [sic] (as reported) and [T]he [c]ourt [...] ruled.",
        "me@herald.example and @nobody and [Herald] and [2019]",
        "#MeToo began. #1 in the charts.",
        "a == b == c and x != y and a === b",
        "S**t and f**k and 4.5%** of them and *** and ****",
        "A • B • C and from $$ to $$$ and x == y",
        "Hawai`i and C++ and C# and $5 or $$$ and ::",
        "<your name here> and a < b > c and x <- y",
        "a {b} and {1, 2} and f{} and set {x: y}",
        "[^1] said\n\n[^1]: a note [[wendle]]\n",
        "An e-mail to <me@herald.example>.",
        "## Heading {#own}\n\ntext\n",
        "- [ ] to do\n- [x] done\n",
        "Dear [[wendle]]![@herald] Yes![[wendle]] No!! Oh!!! note it",
        "| a | b |\n|---|---|\n| **c** | `d` |\n",
        "> [!NOTE]\n> Text\n",
        "Term\n: What it means\n",
        "\\[[wendle]] is how a link looks",
        "x^2^ and ^ and a^b",
        "-5 degrees\n-3 degrees",
        "-One line alone",
        "1.5 million\n2.5 million",
    ] {
        page(body);
    }
}

#[test]
fn a_source_that_comes_and_goes_is_followed() {
    let site = site("as [nobody] says");
    site.check().succeeds();
    site.write("content/sources/more.yaml", "nobody: {title: A report}\n");
    site.check().finds("stray-markup", "content/bridge.md", 4, 4);
}

#[test]
fn a_finding_can_be_set_and_waived() {
    let waived = "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[[checks.allow]]\ncode = \"stray-markup\"\nat = \"bridge\"\nreason = \"the marks are meant\"\n";
    site("It is **bold ** text").book(waived).build().succeeds();
}
