//! The output folder: what is written there, what is removed, and what is never touched.

#[cfg(unix)]
use std::collections::BTreeSet;
#[cfg(unix)]
use std::path::Path;
#[cfg(unix)]
use std::process::{Command, Stdio};
#[cfg(unix)]
use std::time::{Duration, Instant};

#[cfg(unix)]
use crate::support::{NOW, PROGRAM, between};
use crate::support::{Site, files_below};

#[test]
fn a_removed_record_removes_its_page() {
    let site =
        Site::small().file("content/events/more.yaml", "- {id: gone, date: 2025-01-01, title: Gone, sources: [ap]}\n");
    let outcome = site.build().succeeds();
    assert!(outcome.has("events/gone/index.html"));
    site.remove("content/events/more.yaml");
    // Its page, and its card.
    let outcome = site.build().succeeds().says("2 removed");
    assert!(!outcome.folder().join("events/gone").exists(), "the empty folder goes as well");
    assert!(outcome.has("events/flights/index.html"));
    assert_eq!(outcome.files(), Site::small().build().files());
}

#[test]
fn a_page_may_become_a_file_and_the_other_way_round() {
    let site = Site::small().file("static/extra", "a file");
    assert!(site.build().succeeds().has("extra"));
    site.remove("static/extra");
    site.write("content/extra.md", "---\ntitle: Extra\n---\n");
    assert!(site.build().succeeds().has("extra/index.html"));
    site.remove("content/extra.md");
    site.write("static/extra", "a file");
    assert_eq!(site.build().succeeds().page("extra"), "a file");
}

#[test]
fn a_failed_build_leaves_the_last_good_site() {
    let site = Site::small();
    let good = site.build().succeeds().files();
    for (path, text) in [
        ("content/alliance.md", "---\ntitle: Changed\n---\nSee [[nobody]].\n"),
        ("content/events/all.yaml", "- id: [broken\n"),
        ("book.toml", "[book\n"),
        ("templates/section.html", "{{ nosuch }}"),
        ("content/about.md", "---\ntitle: About\nkind: page\n---\n[x](/dead-link/)\n"),
        ("content/about.md", "---\ntitle: About\nkind: page\naliases: [/alliance/]\n---\n"),
    ] {
        let before = std::fs::read(site.root().join(path)).ok();
        site.write(path, text);
        let outcome = site.build().fails().says("nothing was written");
        assert_eq!(outcome.files(), good, "{path}");
        match before {
            Some(bytes) => site.write(path, bytes),
            None => site.remove(path),
        }
    }
    let left: Vec<_> = std::fs::read_dir(site.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("backgrounder-")), "{left:?}");
    site.build().succeeds().says("0 written");
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let site = Site::small().file("site/notes.txt", "mine");
    site.build().refuses("is not empty, and this program did not make its contents");
    assert_eq!(files_below(&site.root().join("site")).len(), 1);
    site.run(&["clean"]).refuses("is not empty");
    assert_eq!(files_below(&site.root().join("site")).len(), 1);
    let site =
        Site::small().file("site/.backgrounder.json", "{\"some\": \"other program's\"}").file("site/notes.txt", "mine");
    site.build().refuses("is not empty");
    let site = Site::small();
    std::fs::create_dir(site.root().join("site")).unwrap();
    site.build().succeeds();
}

#[test]
fn a_foreign_file_where_the_site_wants_to_write_is_refused() {
    let site = Site::small();
    let good = site.build().succeeds().files();
    site.write("site/events/new/index.html", "mine");
    site.write("content/events/more.yaml", "- {id: new, date: 2025-01-01, title: New, sources: [ap]}\n");
    site.build().refuses("is in the way, and this program did not make it");
    let mut now = files_below(&site.root().join("site"));
    assert_eq!(now.remove("events/new/index.html").unwrap(), b"mine");
    assert_eq!(now, good);
}

#[test]
fn other_files_next_to_ours_stay() {
    let site = Site::small();
    site.build().succeeds();
    site.write("site/events/flights/photo.txt", "mine");
    site.write("site/robots.txt", "mine");
    let outcome = site.build().succeeds();
    assert_eq!(outcome.page("robots.txt"), "mine");
    let outcome = site.run(&["clean"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let left: Vec<_> = outcome.files().into_keys().collect();
    assert_eq!(left, ["events/flights/photo.txt", "robots.txt"]);
}

/// No process has a number that high; this test's own process is running.
#[test]
#[cfg(target_os = "linux")]
fn remains_of_a_killed_build_are_removed() {
    let alive = format!(".site.backgrounder-{}/index.html", std::process::id());
    let site = Site::small().file(".site.backgrounder-4000000000/events/x/index.html", "half").file(&alive, "half");
    site.build().succeeds();
    assert!(!site.root().join(".site.backgrounder-4000000000").exists());
    assert!(site.root().join(alive).exists());
    let staging = std::fs::read_dir(site.root())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".site.backgrounder-"));
    assert_eq!(staging.count(), 1, "a finished build leaves nothing beside the site");
}

/// The editions named on the pages of a finished site, each page being whole.
#[cfg(unix)]
#[track_caller]
fn editions(folder: &Path) -> BTreeSet<String> {
    let pages = files_below(folder).into_iter().filter(|(path, _)| path.ends_with(".html"));
    pages
        .map(|(path, bytes)| {
            let page = String::from_utf8(bytes).unwrap();
            assert!(page.ends_with("</html>\n"), "{path} is half a page");
            between(&page, "Edition ", "<").to_owned()
        })
        .collect()
}

/// What the guide promises about builds that are killed, and what it recommends if you need more.
#[cfg(unix)]
#[test]
fn killed_builds_leave_whole_files_and_the_next_one_is_exact() {
    let site = Site::small();
    for at in 0..30 {
        site.write(&format!("content/page-{at}.md"), format!("---\ntitle: Page {at}\nkind: page\n---\nText.\n"));
    }
    let edition =
        |at: usize| site.write("book.toml", format!("[book]\ntitle = \"Edition {at}\"\n[site]\nas-of = \"2025-12-22\"\n"));
    let begin = |folder: &str| {
        let mut command = Command::new(PROGRAM);
        command
            .args(["build", "--now", NOW, "-d", folder])
            .current_dir(site.root())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.spawn().unwrap()
    };
    edition(0);
    let begun = Instant::now();
    for folder in ["site", "one", "two"] {
        assert!(begin(folder).wait().unwrap().success());
    }
    let build = (begun.elapsed() / 3).as_millis() as u64;
    std::os::unix::fs::symlink("one", site.root().join("live")).unwrap();
    for at in 1..=8 {
        edition(at);
        let next = if at % 2 == 0 { "one" } else { "two" };
        for folder in ["site", next] {
            let mut child = begin(folder);
            // A build writes during its second half.
            std::thread::sleep(Duration::from_millis(build / 2 + build * (at as u64 * 3 % 8) / 12));
            child.kill().unwrap();
            child.wait().unwrap();
        }
        editions(&site.root().join("site"));
        assert_eq!(editions(&site.root().join("live")).len(), 1);
        assert!(begin(next).wait().unwrap().success());
        std::os::unix::fs::symlink(next, site.root().join("live.new")).unwrap();
        std::fs::rename(site.root().join("live.new"), site.root().join("live")).unwrap();
        assert_eq!(editions(&site.root().join("live")), BTreeSet::from([at.to_string()]));
    }
    for folder in ["site", "new"] {
        assert!(begin(folder).wait().unwrap().success());
    }
    assert_eq!(files_below(&site.root().join("site")), files_below(&site.root().join("new")));
    let left = std::fs::read_dir(site.root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<_> = left.filter(|name| name.starts_with(".site.")).collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn cleaning_removes_a_whole_site() {
    let site = Site::small();
    site.build().succeeds();
    assert_eq!(site.run(&["clean"]).code, Some(0));
    assert!(!site.root().join("site").exists());
    assert!(site.root().join("content/alliance.md").exists());
    let outcome = site.run(&["clean"]);
    assert_eq!(outcome.code, Some(0), "nothing to remove is no fault");
}

#[test]
fn a_forged_manifest_removes_nothing_outside() {
    let hash = "0".repeat(32);
    let site = Site::small().file("keep.txt", "mine").file("static/x.txt", "");
    site.build().succeeds();
    let paths =
        ["../keep.txt", "../content/alliance.md", "/etc/hostname", "a/../../keep.txt", "..\\\\keep.txt", "./../keep.txt"];
    let forged = paths.map(|path| format!("\"{path}\": \"{hash}\"")).join(", ");
    site.write("site/.backgrounder.json", format!("{{\"version\": 1, \"files\": {{{forged}}}}}"));
    site.run(&["build", "--now", crate::support::NOW]);
    site.write("site/.backgrounder.json", format!("{{\"version\": 1, \"files\": {{{forged}}}}}"));
    site.run(&["clean"]);
    assert!(site.root().join("keep.txt").exists() && site.root().join("content/alliance.md").exists());
}

#[cfg(unix)]
#[test]
fn a_link_in_the_output_is_not_followed_out_of_it() {
    use std::os::unix::fs::symlink;
    let site = Site::small();
    site.build().succeeds();
    let outside = tempfile::tempdir().unwrap();
    std::fs::create_dir(outside.path().join("flights")).unwrap();
    std::fs::write(outside.path().join("flights/index.html"), "mine").unwrap();
    std::fs::remove_dir_all(site.root().join("site/events")).unwrap();
    symlink(outside.path(), site.root().join("site/events")).unwrap();
    site.build().refuses("is a link where the site needs a folder");
    assert_eq!(std::fs::read_to_string(outside.path().join("flights/index.html")).unwrap(), "mine");
    site.run(&["clean"]).refuses("is a link");
    assert_eq!(std::fs::read_to_string(outside.path().join("flights/index.html")).unwrap(), "mine");
}

#[test]
fn the_output_may_not_lie_where_the_site_is_made_from() {
    for folder in ["content", "content/site", "templates", "static/site", ".", "..", "", "content/../content"] {
        let site = Site::small().book(&format!("[build]\nbuild-dir = \"{folder}\"\n"));
        let before = files_below(site.root());
        let outcome = site.build();
        assert_eq!(outcome.code, Some(2), "{folder}: {}", outcome.stderr);
        assert_eq!(files_below(site.root()), before, "{folder}");
        assert_eq!(site.run(&["clean"]).code, Some(2), "{folder}");
        assert_eq!(files_below(site.root()), before, "{folder}");
    }
    let site = Site::small();
    for folder in ["/", "content/x", ".."] {
        assert_eq!(site.run(&["build", "-d", folder]).code, Some(2), "{folder}");
    }
}

#[test]
fn another_folder_may_be_named() {
    let site = Site::small().book("[build]\nbuild-dir = \"out/public\"\n");
    assert_eq!(site.build().code, Some(0));
    assert!(site.root().join("out/public/alliance/index.html").exists());
    assert_eq!(site.run(&["build", "-d", "elsewhere"]).code, Some(0));
    assert!(site.root().join("elsewhere/alliance/index.html").exists());
    let site = Site::small().book("[book]\nsrc = \"texts\"\n").file("texts/a.md", "---\ntitle: A\n---\n");
    let outcome = site.build().succeeds();
    assert!(outcome.has("a/index.html") && !outcome.has("alliance/index.html"));
}

#[test]
fn only_what_public_pages_use_is_published() {
    let outcome = Site::new()
        .section("a", "![x](media/used.svg)")
        .page("b.md", "---\ntitle: B\ndraft: true\n---\n![x](media/draft.svg)\n")
        .file("content/media/used.svg", crate::support::SVG)
        .file("content/media/draft.svg", "draft")
        .file("content/media/unused.svg", "unused")
        .file("content/notes.txt", "desk")
        .build()
        .finds("unread-file", "content/notes.txt", 1, 1);
    assert_eq!((outcome.code, outcome.findings().len()), (Some(0), 1), "{}", outcome.stderr);
    let media: Vec<_> = outcome
        .files()
        .into_keys()
        .filter(|path| !path.starts_with("theme/") && !path.starts_with("data/") && !path.ends_with('l'))
        .filter(|path| path != ".backgrounder.json" && path != "changes/memory.json" && !path.starts_with("search/"))
        .collect();
    assert_eq!(media, ["media/used.svg"]);
}

#[test]
fn static_files_are_copied_as_they_are() {
    let outcome = Site::new()
        .section("a", "")
        .file("static/logo.bin", b"\0\xff\x01\x02")
        .file("static/.htaccess", "AddType text/calendar .ics")
        .file("static/.well-known/security.txt", "Contact: mailto:x@example.org")
        .file("static/.DS_Store", "litter")
        .file("static/back~", "litter")
        .file("style/own.css", "body {}")
        .book("[book]\ntitle = \"T\"\n[output.html]\nadditional-css = [\"style/own.css\"]\ncname = \"www.example.org\"\n")
        .build()
        .succeeds();
    let files = outcome.files();
    assert_eq!(files["logo.bin"], b"\0\xff\x01\x02");
    assert_eq!(files["style/own.css"], b"body {}");
    assert_eq!(files["CNAME"], b"www.example.org\n");
    assert_eq!(files[".htaccess"], b"AddType text/calendar .ics");
    assert_eq!(files[".well-known/security.txt"], b"Contact: mailto:x@example.org");
    assert!(!files.contains_key(".DS_Store") && !files.contains_key("back~"));
    assert!(outcome.page("a/index.html").contains("href=\"../style/own.css\""));
}
