//! The same site always gives the same output, byte for byte, wherever and whenever it is built.

use std::path::Path;

use crate::support::{Outcome, Site, files_below, lenient};

/// The demonstration explainer's own files, copied to a new folder.
pub(super) fn demonstration() -> Site {
    let site = Site::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    site.write("book.toml", lenient(&std::fs::read_to_string(root.join("book.toml")).unwrap()));
    for (path, bytes) in files_below(&root.join("content")) {
        site.write(&format!("content/{path}"), bytes);
    }
    site
}

#[track_caller]
fn assert_same(one: &Outcome, other: &Outcome) {
    let (one, other) = (one.files(), other.files());
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    let differs: Vec<_> = one.iter().filter(|(path, bytes)| other[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(differs.is_empty(), "{differs:?}");
}

#[test]
fn two_builds_give_the_same_bytes() {
    let one = demonstration().env("TZ", "UTC").env("LANG", "C").env("RAYON_NUM_THREADS", "1").build().succeeds();
    let other = demonstration()
        .env("TZ", "Pacific/Auckland")
        .env("LANG", "de_DE.UTF-8")
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("RAYON_NUM_THREADS", "5")
        .build()
        .succeeds();
    assert_same(&one, &other);
    for outcome in [&one, &other] {
        let folder = outcome.site.root().to_str().unwrap().to_owned();
        for (path, bytes) in outcome.files() {
            let found = bytes.windows(folder.len()).any(|window| window == folder.as_bytes());
            assert!(!found, "{path} holds the path of the folder that it was built in");
        }
    }
}

#[test]
fn the_way_a_site_is_named_changes_nothing() {
    let site = Site::small();
    let one = site.build().succeeds().files();
    let root = site.root().to_str().unwrap();
    let outcome = site.run(&["build", root, "--now", "2031-01-01", "-d", "other"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    // Without drafts or embargoes, the time of the build makes no difference to a site with an as-of day.
    assert_eq!(files_below(&site.root().join("other")), one);
}

#[test]
fn the_order_of_files_and_records_changes_nothing() {
    let event = |id: &str, day: u32| format!("- {{id: {id}, date: 2025-01-{day:02}, title: {id}, sources: [ap]}}\n");
    let one = Site::small()
        .file("content/events/x.yaml", event("a", 3) + &event("b", 2))
        .file("content/events/y.yaml", event("c", 2))
        .build()
        .succeeds();
    let other = Site::small()
        .file("content/events/deep/er/z.yaml", event("b", 2))
        .file("content/events/a.yml", event("c", 2) + "\n# a remark\n" + &event("a", 3))
        .build()
        .succeeds();
    assert_same(&one, &other);
}

#[test]
fn a_second_build_writes_nothing() {
    let site = demonstration();
    let first = site.build().succeeds();
    let times = |outcome: &Outcome| {
        let time = |path: &String| std::fs::metadata(outcome.folder().join(path)).unwrap().modified().unwrap();
        outcome.files().keys().map(|path| (path.clone(), time(path))).collect::<Vec<_>>()
    };
    let before = times(&first);
    let second = site.build().succeeds().says("0 written");
    assert_eq!(times(&second), before);
}

#[test]
fn a_change_writes_what_it_touches() {
    let site = Site::small();
    let first = site.build().succeeds();
    site.write("content/about.md", "---\ntitle: About\nkind: page\n---\n\nWho we were.\n");
    // The page, the data, the manifest of changes for returning readers, and three files of the search index: the page's text,
    // and the words that were removed and added.
    let second = site.build().succeeds().says("6 written");
    let (mut before, mut after) = (first.files(), second.files());
    assert!(after["about/index.html"].windows(11).any(|window| window == b"Who we were"));
    for files in [&mut before, &mut after] {
        for path in ["about/index.html", "data/site.json", "changes/memory.json", ".backgrounder.json"] {
            assert!(files.remove(path).is_some(), "{path}");
        }
        files.retain(|path, _| !path.starts_with("search/"));
    }
    assert_eq!(before, after);
    assert_same(&second, &Site::small().page("about.md", "---\ntitle: About\nkind: page\n---\n\nWho we were.\n").build());
}

#[test]
fn a_file_that_somebody_changed_is_mended() {
    let site = Site::small();
    let first = site.build().succeeds();
    site.write("site/about/index.html", "vandalised");
    site.remove("site/alliance/index.html");
    assert_same(&first, &first);
    let second = site.build().succeeds().says("2 written");
    assert_same(&second, &Site::small().build());
}
