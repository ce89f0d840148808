//! Files and folders below the content folder, and what happens to each.

use crate::support::Site;

const PAGE: &str = "---\ntitle: A page\n---\nWords.\n";

fn site() -> Site {
    Site::new().sourced().section("bridge", "Words.")
}

#[test]
fn endings_are_read_in_any_case() {
    let outcome = site()
        .page("one.markdown", "---\ntitle: One\n---\nSee [two](deep/two.MD) and ![x](media/x.SVG).\n")
        .page("deep/two.MD", "---\ntitle: Two\n---\nSee [one](../one.markdown).\n")
        .file("content/media/x.SVG", crate::support::SVG)
        .file("content/events/more.YAML", "- {id: e, date: 2025, title: E, sources: [ap]}\n")
        .file("content/glossary.YML", "- {id: t, term: T, definition: A term., sources: [ap]}\n")
        .build()
        .succeeds();
    for page in ["one/index.html", "two/index.html", "events/e/index.html", "glossary/index.html"] {
        assert!(outcome.has(page), "{page}");
    }
    assert!(outcome.page("one/index.html").contains("href=\"../two/\""));
    assert!(outcome.page("two/index.html").contains("href=\"../one/\""));
}

#[test]
fn every_file_that_nothing_reads_is_named_once_with_what_to_do() {
    let table = [
        ("x.mdx", "name it `x.md`"),
        ("x.md.txt", "rename it to `x.md`"),
        ("more.yaml.txt", "rename it to `more.yaml`"),
        ("events/more.yaml.txt", "rename it to `more.yaml`"),
        ("events.csv", "write records in YAML"),
        ("story.docx", "pandoc story.docx"),
        ("refs.bib", "sources/*.yaml"),
        ("sources/refs.bib", "sources/*.yaml"),
        ("x.sync-conflict-1.md", "merge the two"),
        ("events/all.sync-conflict-20250101-120000-ABCDEFG.yaml", "merge the two"),
        ("x (Ana's conflicted copy 2025-01-01).md", "merge the two"),
        ("notes", "out of the content folder"),
        ("#1.txt", "name it `#1.md`"),
    ];
    for (path, words) in table {
        let outcome = site().file(&format!("content/{path}"), PAGE).build();
        assert_eq!(outcome.code, Some(0), "{path}: {}", outcome.stderr);
        let findings = outcome.findings();
        assert_eq!(findings.len(), 1, "{path}: {}", outcome.stderr);
        assert_eq!(findings[0].severity, "warning", "{path}");
        outcome.finds("unread-file", &format!("content/{path}"), 1, 1).says(words);
    }
    let strict = site().file("content/x.mdx", PAGE).arg("--strict").build();
    strict.fails();
}

#[test]
fn a_page_that_begins_with_a_hash_is_no_litter() {
    let outcome = site().page("#1.md", PAGE).build();
    outcome.fails_at("bad-value", "content/#1.md", 1, 1).says("`1`");
}

#[test]
fn system_files_and_media_are_skipped() {
    let mut site = site();
    for path in [
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        ".hidden",
        ".git/config",
        "bridge.md~",
        "#bridge.md#",
        ".#bridge.md",
        ".bridge.md.swp",
        "~$story.docx",
        "photo.jpg",
        "photo.HEIC",
        "film.mp4",
        "film.vtt",
        "sound.mp3",
        "report.pdf",
        "media/table.csv",
        "media/data.yaml",
        "deep/media/story.docx",
    ] {
        site = site.file(&format!("content/{path}"), "x");
    }
    site.build().succeeds();
}

#[test]
fn a_file_that_is_used_is_read() {
    let page = |body: &str| format!("---\ntitle: A\n---\n{body}\n");
    site().file("content/t.csv", "x").page("a.md", &page("[t](t.csv)")).build().succeeds();
    site().file("content/t.csv", "x").page("a.md", &page("[u](u.csv)")).build().fails();
    // A draft that uses it isn't in this build, but will be in the next.
    let draft = page("[t](t.csv)").replace("title: A", "title: A\ndraft: true");
    site().file("content/t.csv", "x").page("a.md", &draft).build().succeeds();
    let css = "[book]\ntitle = \"T\"\n[output.html]\nadditional-css = [\"content/own.css\"]\n";
    site().file("content/own.css", "x").book(css).build().succeeds();
    let off = "[book]\ntitle = \"T\"\n[checks]\nunread-file = \"off\"\n";
    site().file("content/t.csv", "x").book(off).build().succeeds();
    let waived =
        "[book]\ntitle = \"T\"\n[[checks.allow]]\ncode = \"unread-file\"\nat = \"content/t.csv\"\nreason = \"For us\"\n";
    site().file("content/t.csv", "x").book(waived).build().succeeds();
}

#[test]
fn a_folder_with_the_name_of_a_file_is_named() {
    let site = site();
    std::fs::create_dir(site.root().join("content/x.md")).unwrap();
    let outcome = site.build();
    assert_eq!((outcome.code, outcome.findings().len()), (Some(0), 1), "{}", outcome.stderr);
    let outcome = outcome.finds("unread-file", "content/x.md", 1, 1).says("rename the folder");
    outcome.site.write("content/x.md/deep.md", PAGE);
    assert!(outcome.site.build().has("deep/index.html"));
    std::fs::create_dir_all(outcome.site.root().join("templates/layout.html")).unwrap();
    outcome.site.build().finds("unread-file", "templates/layout.html", 1, 1);
}

#[test]
fn the_index_of_a_folder_is_the_page_of_that_name() {
    let outcome = Site::new()
        .page("alliance/index.md", "---\ntitle: The alliance\n---\nSee [other](part.md), [[part]] and ![x](x.svg).\n")
        .page("alliance/part.md", "---\ntitle: A part\n---\nSee [[alliance]] and [it](index.md).\n")
        .file("content/alliance/x.svg", crate::support::SVG)
        .build()
        .succeeds()
        .says("2 sections");
    assert!(outcome.page("alliance/index.html").contains("<h1>The alliance</h1>"));
    assert!(outcome.page("part/index.html").contains("href=\"../alliance/\""));
    assert!(!outcome.page("index.html").contains("See <a"), "it is not the front page");
    let both = Site::new().page("alliance/index.md", PAGE).page("alliance.md", PAGE);
    both.build().fails_at("duplicate-id", "content/alliance/index.md", 1, 1);
    let event = "---\ndate: 2025-03-12\ntitle: The index\nsources: [ap]\n---\n";
    Site::new().page("events/index.md", event).build().fails().finds("reserved-id", "content/events/index.md", 1, 1);
    Site::new().page("Big Name/index.md", PAGE).build().fails_at("bad-value", "content/Big Name/index.md", 1, 1);
    let front = Site::new().page("index.md", "---\ntitle: Front\n---\nIt begins.\n").section("a", "").build().succeeds();
    assert!(front.page("index.html").contains("It begins."));
}

#[test]
fn a_folder_of_content_that_is_not_there_is_an_error() {
    let without = || {
        let site = Site::new();
        std::fs::remove_dir(site.root().join("content")).unwrap();
        site
    };
    let outcome = without().file("Content/bridge.md", PAGE).build();
    let outcome = outcome.fails_at("unreadable", "book.toml", 1, 1).says("rename the folder `Content` to `content`");
    assert!(!outcome.folder().exists());
    outcome.site.check().fails();
    without().build().fails_at("unreadable", "book.toml", 1, 1).says("create the folder `content`");
    let book = "[book]\ntitle = \"T\"\nsrc = \"texts\"\n";
    site().book(book).build().fails_at("unreadable", "book.toml", 3, 7).says("the content folder `texts` does not exist");
    site().book(book).file("texts/a.md", PAGE).build().succeeds();
    Site::new().build().succeeds();
}

#[cfg(unix)]
#[test]
fn a_second_way_into_a_folder_is_named_and_not_gone() {
    use std::os::unix::fs::symlink;
    let site = site();
    for number in 0..=12 {
        let folder = site.root().join(format!("content/f{number}"));
        std::fs::create_dir_all(&folder).unwrap();
        for name in ["a", "b", "c"] {
            symlink(format!("../f{}", number + 1), folder.join(name)).unwrap();
        }
    }
    std::fs::create_dir_all(site.root().join("content/f13")).unwrap();
    let outcome = site.page("f13/deep.md", PAGE).build();
    assert_eq!((outcome.code, outcome.findings().len()), (Some(0), 39), "{}", outcome.stderr);
    assert!(outcome.has("deep/index.html"));
    outcome.finds("unread-file", "content/f0/a", 1, 1).says("as `content/f1`");
}

#[cfg(unix)]
#[test]
fn nothing_in_static_leads_into_the_content() {
    use std::os::unix::fs::symlink;
    let draft = "---\ntitle: Secret\ndraft: true\ndesk-note: Our source is Jane Roe.\n---\n";
    let site = |link: &str, to: &str| {
        let site = site().page("secret.md", draft).file("content/media/x.jpg", "x").file("shared/x.txt", "x");
        let link = site.root().join(link);
        std::fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(to, link).unwrap();
        site
    };
    for (link, to) in [
        ("static", "content"),
        ("static/all", "../content"),
        ("static/secret.txt", "../content/secret.md"),
        ("static/pictures", "../content/media"),
        ("static/root", ".."),
    ] {
        // A link to the whole site is a circle, which is told already.
        let words = if to == ".." { "a folder that contains it" } else { "publish raw files" };
        let outcome = site(link, to).build().fails_at("outside-site", link, 1, 1).says(words);
        assert!(!outcome.folder().exists(), "{link}");
    }
    let outcome = site("static/own", "../shared").build().succeeds();
    assert!(outcome.has("own/x.txt"));
    let other_way = Site::new().book("[book]\ntitle = \"T\"\nsrc = \"texts\"\n").file("static/a.md", draft);
    symlink("static", other_way.root().join("texts")).unwrap();
    other_way.build().fails_at("outside-site", "static", 1, 1);
    let inside = Site::new().book("[book]\ntitle = \"T\"\nsrc = \"static/texts\"\n").file("static/texts/a.md", draft);
    inside.build().fails_at("outside-site", "static", 1, 1);
    let whole = site("static", "shared").build().succeeds();
    assert!(whole.has("x.txt"));
}

#[cfg(unix)]
#[test]
fn links_publish_neither_the_settings_nor_what_is_hidden() {
    use std::os::unix::fs::symlink;
    let site = site().file(".env", "SECRET=1");
    std::fs::create_dir_all(site.root().join("static")).unwrap();
    symlink("../book.toml", site.root().join("static/book.txt")).unwrap();
    symlink("../.env", site.root().join("static/env.txt")).unwrap();
    let outcome = site.build().fails().finds("outside-site", "static/book.txt", 1, 1);
    outcome.finds("outside-site", "static/env.txt", 1, 1);
}
