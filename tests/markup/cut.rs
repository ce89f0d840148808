//! Texts that are cut off, and files with two versions of something.

use super::{page, site};
use crate::support::Site;

const EVENTS: &str = "content/events/all.yaml";

#[track_caller]
fn events(text: &str) -> Site {
    Site::new().sourced().file(EVENTS, text)
}

#[test]
fn a_text_is_not_cut_in_silence() {
    let cut = |head: &str, line, column, words: &str| {
        Site::new()
            .sourced()
            .page("a.md", &format!("---\n{head}\n---\n"))
            .build()
            .fails_at("cut-text", "content/a.md", line, column)
            .says(words);
    };
    cut("title: Judge rules in case #24A949 for the city", 2, 8, "`\"Judge rules in case #24A949 for the city\"`");
    cut("title: Ruling in \"24A949\" #2", 2, 8, "`'Ruling in \"24A949\" #2'`");
    cut("title: A\nkey-points:\n- The case #24A949 was ruled on\n- B", 4, 3, "quotation marks");
    cut("title: A\nsummary:\n  en: Case #24A949", 4, 7, "quotation marks");
    cut("title: A\ntopics:\n  - courts #1", 4, 5, "quotation marks");
    cut("title: A\nauthors:\n  - Jane Roe #1", 4, 5, "quotation marks");
    cut("title: A\nsources:\n  - ap, p. #4", 4, 5, "quotation marks");
    // A text that begins with the sign is empty.
    cut("title: A\nnote:   #MeToo\nsummary: B", 3, 9, "`\"#MeToo\"`");
    cut("title: A\ntopics: #MeToo", 3, 9, "`\"#MeToo\"`");
    cut("title: A\nsummary: #MeToo changed the law", 3, 10, "`\"#MeToo changed the law\"`");
    let untitled = Site::new().page("a.md", "---\ntitle: #MeToo\n---\n").build().fails();
    untitled.finds("cut-text", "content/a.md", 2, 8).says("`\"#MeToo\"`");
    cut("title: A\nkey-points:\n  - #MeToo", 4, 5, "`\"#MeToo\"`");
    // If YAML can't continue, the reason is reported too.
    for head in [
        "title: A\nsummary: {en: Case #24A949}",
        "title: A\nkey-points: [a, Case #2, b]",
        "title: A\nkey-points: [#MeToo, b]",
        "title: A\nsummary: The case #24 was\n  ruled on",
    ] {
        let outcome = Site::new().page("a.md", &format!("---\n{head}\n---\n")).build().fails();
        assert_eq!(outcome.findings().len(), 1, "{}", outcome.stderr);
        outcome.says("put the text that contains the `#` in quotation marks");
    }
    let known = "```known\nknown:\n  - It shut in case #24A949.\n```\n";
    site(known).build().fails_at("cut-text", "content/bridge.md", 6, 5);
    events("- id: a\n  date: 2025\n  title: Case #24A949\n  sources: [ap]\n").build().fails_at("cut-text", EVENTS, 3, 10);
    Site::new().file("content/sources/s.yaml", "s:\n  title: A report\n  publisher: Herald #2\n").build().fails_at(
        "cut-text",
        "content/sources/s.yaml",
        3,
        14,
    );
}

#[test]
fn comments_that_cut_nothing_are_left_alone() {
    events(
        "# all\n- id: a          # the first\n  date: 2025     # so\n  title: \"Case #24A949\"  # the court's name\n  summary: |  # long\n    Case #24A949 was\n    ruled on.\n  note:  # to be written\n  topics: [a, b] # two\n  order: 1 # first\n  status: confirmed # by two\n  sources: [ap]\n",
    )
    .section("bridge", "[[a]] and A#B and C# 5")
    .build()
    .succeeds();
    let said =
        "- id: c\n  text: It was so.\n  status: alleged\n  asserted-by:\n    - by: wendle # the town\n  sources: [ap]\n";
    Site::new()
        .sourced()
        .file("content/entities/all.yaml", "- {id: wendle, kind: place, name: Wendle}\n")
        .file("content/claims/all.yaml", said)
        .build()
        .succeeds();
    Site::new()
        .book("[book]\ntitle = \"A #1\" # so\n[site]\nas-of = \"2025-12-22\" # then\n")
        .section("a", "x")
        .build()
        .succeeds();
}

const CONFLICT: &str = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main\n";

#[test]
fn a_conflict_is_told_as_one_in_every_file() {
    let mark = "starts an unresolved git merge conflict";
    site(&format!("A.\n\n{CONFLICT}\n[[nobody]]"))
        .build()
        .finds("merge-marker", "content/bridge.md", 6, 1)
        .shows("content/bridge.md", 10, 1)
        .says(mark)
        .finds("unknown-id", "content/bridge.md", 12, 1);
    site("x").page("a.md", "---\n<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> main\n---\n").build().fails_at(
        "merge-marker",
        "content/a.md",
        2,
        1,
    );
    events("- id: a\n  date: 2025\n<<<<<<< HEAD\n  title: A\n||||||| base\n  title: Z\n=======\n  title: B\n>>>>>>> main\n  sources: [ap]\n")
        .section("x", "[[a]]")
        .build()
        .fails_at("merge-marker", EVENTS, 3, 1);
    Site::new()
        .file("content/sources/s.yaml", "<<<<<<< HEAD\na: {title: A}\n=======\nb: {title: B}\n>>>>>>> main\n")
        .section("x", "x[@a]")
        .build()
        .fails_at("merge-marker", "content/sources/s.yaml", 1, 1);
    site("x")
        .book("[book]\n<<<<<<< HEAD\ntitle = \"A\"\n=======\ntitle = \"B\"\n>>>>>>> main\n[site]\nas-of = \"2025-12-22\"\n")
        .build()
        .fails_at("merge-marker", "book.toml", 2, 1);
    let template = "{% extends \"layout.html\" %}\n<<<<<<< HEAD\n{% block main %}a{% endblock main %}\n=======\n{% block main %}b{% endblock main %}\n>>>>>>> main\n";
    site("x").file("templates/404.html", template).build().fails_at("merge-marker", "templates/404.html", 2, 1);
    let css = format!("a {{ color: red }}\n{CONFLICT}");
    site("x")
        .file("static/theme/own.css", css)
        .build()
        .fails_nowhere("merge-marker")
        .says("static/theme/own.css")
        .says("line 2");
    // Files that are published unchanged.
    let book = "[book]\ntitle = \"T\"\n[output.html]\nadditional-css = [\"own.css\"]\n";
    let css = format!("a {{ color: red }}\n{CONFLICT}");
    site("x").book(book).file("own.css", &css).build().fails_nowhere("merge-marker").says("own.css").says("line 2");
    site("x").file("static/robots.txt", CONFLICT).build().fails_nowhere("merge-marker").says("static/robots.txt");
    site("x").file("static/robots.txt", CONFLICT).check().fails_nowhere("merge-marker");
    site("x")
        .file("static/data.bin", [0xff, b'\n'].iter().chain(CONFLICT.as_bytes()).copied().collect::<Vec<_>>())
        .build()
        .succeeds();
    // What somebody left behind of one.
    site("A.\n\n>>>>>>> main\n").build().fails_at("merge-marker", "content/bridge.md", 6, 1);
    site("<<<<<<< HEAD\n\nA.").build().fails_at("merge-marker", "content/bridge.md", 4, 1);
    site("x")
        .book("[book]\ntitle = \"A\"\n[site]\nas-of = \"2025-12-22\"\n[checks]\nmerge-marker = \"off\"\n")
        .build()
        .fails()
        .says("the severity of `merge-marker` can't be changed");
}

#[test]
fn text_without_conflicts_is_left_alone() {
    page("Title\n=======\n\nText.\n");
    page("> a\n>>>>>>> b\n");
    page(&format!("```text\n{CONFLICT}```\n"));
    page(&format!("    {}\n", CONFLICT.replace('\n', "\n    ")));
    // Inside a block it is one.
    site("```known\nknown:\n<<<<<<< HEAD\n- a\n=======\n- b\n>>>>>>> main\n```\n").build().fails_at(
        "merge-marker",
        "content/bridge.md",
        6,
        1,
    );
}

#[test]
fn a_fence_that_is_not_closed_is_told_where_it_opens() {
    let open = |body: &str, words: &str| {
        site(body).build().fails_at("unclosed-fence", "content/bridge.md", 4, 1).says(words);
    };
    open("```\ncode\n\nText.", "this code is never closed");
    open("~~~~ python\ncode\n~~~\n", "write ~~~~ on its own line");
    open("```", "this code is never closed");
    open("```timeline\nentities: [wendle]\n\nText with: colons.", "this `timeline` block is never closed");
    open("```timeline\nentities: [wendle]\n\nText.\n\n```quote\ntext: a\n```\n", "this `timeline` block is never closed");
    open("```python\ncode\n\nText.\n\n```quote\ntext: a\n```\n", "this code is never closed");
    site("- a\n\n  ```\n  code\n").build().fails_at("unclosed-fence", "content/bridge.md", 6, 3);
}

#[test]
fn fences_that_are_closed_are_left_alone() {
    page("```\ncode\n```");
    page("~~~\n```\ncode\n~~~\n");
    page("````markdown\n```timeline\nfrom: 2025\n```\n````\n");
    page("```markdown\n```timeline\nfrom: 2025\n```\n");
    page("> ```\n> code\n\nText.");
    page("> ```\n> code\n> ```");
    page("- ```\n  code\n  ```\n");
    page("    code\n");
    page("```quote\ntext: |\n  a\nsources: [herald]\n```\n");
}

#[test]
fn numbers_that_would_change_are_told() {
    let finds = |body: &str, line, column, words: &str| {
        site(body).build().fails_at("renumbered-list", "content/bridge.md", line, column).says(words);
    };
    finds(
        "2019. The bridge opens.\n2023. A crack is found.\n2024. It shuts.",
        5,
        1,
        "readers would see `2020.` instead of `2023.`",
    );
    finds("2019. The bridge opens.\n2023. A crack is found.", 5, 1, "write `2023\\.`");
    finds("1. a\n2. b\n4. c", 6, 1, "readers would see `3.` instead of `4.`");
    finds("3) a\n5) b", 5, 1, "`5\\)`");
    finds("- x\n\n  2019. a\n  2025. b", 7, 3, "readers would see");
    finds("18. September was wet.", 4, 1, "this looks like a date");
    finds("1. May 2025 was wet.", 4, 1, "this looks like a date");
    finds("24. Dezember: Er kommt zurück.", 4, 1, "this looks like a date");
    let outcome = site("2019. a\n2023. b\n2025. c").build().fails();
    assert_eq!(outcome.findings().len(), 2, "{}", outcome.stderr);
}

#[test]
fn numbers_that_stay_are_left_alone() {
    page("1. a\n2. b\n3. c");
    page("1. a\n1. b\n1. c");
    page("0. a\n0. b");
    page("5. a\n6. b\n\ntext\n\n1. c");
    page("1. March on Washington\n2. Freedom Summer");
    page("2019\\. The bridge opens.\n\n2023\\. A crack is found.");
    page("1. a\n   - x\n   - y\n2. b\n   1. z\n   2. y\n3. c");
    page("2019. The bridge opens.");
    page("1. a\n\n2. b");
    page("    2019. a\n    2025. b");
}
