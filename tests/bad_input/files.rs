//! Files as such: their bytes, line ends, sizes and links, and the order in which findings in several of them are told.

use super::{ALL, body, events};
use crate::support::{SOURCE, Site, lenient};

#[test]
fn a_yaml_file_that_nothing_explains() {
    Site::new().file("content/event.yaml", "- id: x\n").build().fails_at("bad-value", "content/event.yaml", 1, 1);
}

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
        .book("\u{feff}[book]\ntitle = \"T\"\n")
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
        .file("book.toml", crlf(&lenient("[book]\ntitle = \"T\"\n")))
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

#[test]
fn a_picture_can_not_carry_a_script() {
    let outcome = body("A ![picture](</x\"onerror=\"alert(1)>).").build();
    outcome.fails_nowhere("broken-link").says("onerror");
    let site = body("A ![picture](</x\"onerror=\"alert(1)>).").file("static/x\"onerror=\"alert(1)", "");
    let page = site.build().succeeds().page("alliance/index.html");
    assert!(!page.contains("\"onerror"), "{page}");
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
