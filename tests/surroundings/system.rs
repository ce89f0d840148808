//! The system that the program runs on: output that can't be printed, things that aren't files, other programs at work.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{NOW, Outcome, PROGRAM, Site};

fn book(more: &str) -> String {
    format!("[book]\ntitle = \"T\"\n{more}")
}

#[cfg(target_os = "linux")]
fn full() -> Stdio {
    std::fs::File::options().write(true).open("/dev/full").unwrap().into()
}

/// The exit code of the program in a site's folder, with its two streams on a disk that is full or not.
#[cfg(target_os = "linux")]
fn code(site: &Site, arguments: &[&str], (stdout, stderr): (bool, bool)) -> Option<i32> {
    let stream = |is_full| if is_full { full() } else { Stdio::null() };
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(site.root()).stdin(Stdio::null()).stdout(stream(stdout)).stderr(stream(stderr));
    command.env_remove("GITHUB_ACTIONS").env_remove("GITHUB_STEP_SUMMARY").status().unwrap().code()
}

#[cfg(target_os = "linux")]
#[test]
fn printing_never_panics() {
    let (sound, faulty) = (Site::small(), Site::new().section("a", "[[nobody]]"));
    let (out, err, both) = ((true, false), (false, true), (true, true));
    for streams in [out, err, both] {
        assert_eq!(code(&sound, &["build", "--now", NOW], streams), Some(0));
        assert_eq!(code(&sound, &["build", "-v", "--now", NOW], streams), Some(0));
        assert_eq!(code(&faulty, &["build", "--now", NOW], streams), Some(1));
        assert_eq!(code(&faulty, &["check", "--now", NOW], streams), Some(1));
        assert_eq!(code(&sound, &["clean"], streams), Some(0));
        assert_eq!(code(&sound, &["build", "nowhere"], streams), Some(2));
        assert_eq!(code(&sound, &["bild"], streams), Some(2));
        assert_eq!(code(&sound, &["build", "--format", "github", "nowhere"], streams), Some(2));
    }
    // A result that nobody gets isn't success.
    let results: &[&[&str]] = &[
        &["--help"],
        &["build", "--help"],
        &["--version"],
        &["theme"],
        &["man"],
        &["man", "build"],
        &["completions", "bash"],
        &["check", "--explain", "unread-file"],
        &["check", "--format", "json", "--now", NOW],
        &["check", "--format", "sarif", "--now", NOW],
    ];
    for arguments in results {
        assert_eq!(code(&sound, arguments, out), Some(2), "{arguments:?}");
        assert_eq!(code(&sound, arguments, err), Some(0), "{arguments:?}");
    }
    for format in ["short", "github"] {
        assert_eq!(code(&faulty, &["check", "--format", format, "--now", NOW], out), Some(2), "{format}");
        assert_eq!(code(&faulty, &["check", "--format", format, "--now", NOW], err), Some(1), "{format}");
    }
    let summary = sound.env("GITHUB_STEP_SUMMARY", "/dev/full");
    summary.check().refuses("the summary /dev/full can't be written");
}

/// A reader may have read enough.
#[cfg(unix)]
#[test]
fn a_reader_may_stop() {
    let site = Site::small();
    for arguments in [&["--help"][..], &["theme", "static/theme/css/tokens.css"], &["man"]] {
        let mut child = Command::new(PROGRAM)
            .args(arguments)
            .current_dir(site.root())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments:?}");
    }
}

#[cfg(unix)]
#[track_caller]
fn pipe(site: &Site, path: &str) {
    let path = site.root().join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let _ = std::fs::remove_file(&path);
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn other_things_than_files_are_not_read() {
    let site = Site::small();
    pipe(&site, "book.toml");
    for command in ["build", "check", "clean"] {
        site.run(&[command]).refuses("book.toml can't be read: a named pipe is not a file");
    }
    let site = Site::small();
    pipe(&site, "old.json");
    site.run(&["build", "--now", NOW, "--published", "old.json"])
        .refuses("old.json can't be read: a named pipe is not a file");
    site.run(&["check", "--now", NOW, "--published", "/dev/zero"]).refuses("a device is not a file");
    site.build().succeeds();
    pipe(&site, "site/.backgrounder.json");
    site.build().refuses("a named pipe is not a file");
    site.run(&["clean"]).refuses("a named pipe is not a file");
    let site = Site::small();
    site.build().succeeds();
    pipe(&site, "site/index.html");
    let outcome = site.build().succeeds();
    assert!(outcome.page("index.html").contains("<html"), "what stood in its place is replaced");
}

#[cfg(unix)]
#[test]
fn a_summary_waits_for_nobody() {
    let site = Site::small();
    pipe(&site, "summary");
    let summary = site.root().join("summary");
    let outcome = site.clone().env("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()).build();
    outcome.refuses("summary can't be written: a named pipe is not a file");
}

#[cfg(unix)]
#[test]
fn other_things_than_files_are_reported() {
    for path in ["content/x.md", "content/events/x.yaml", "content/media/x.jpg", "templates/layout.html", "static/x.txt"] {
        let site = Site::small();
        pipe(&site, path);
        site.build().fails_at("unreadable", path, 1, 1).says("this is a named pipe");
    }
    let site = Site::small();
    let _listener = std::os::unix::net::UnixListener::bind(site.root().join("content/x.md")).unwrap();
    site.check().fails_at("unreadable", "content/x.md", 1, 1).says("this is a socket");
    let site = Site::small();
    pipe(&site, "content/.hidden");
    pipe(&site, "content/x.md~");
    site.build().succeeds();
    let site = site.book(&book("[output.html]\nadditional-css = [\"own.css\"]\n"));
    pipe(&site, "own.css");
    site.build().fails_at("broken-link", "book.toml", 4, 19);
}

#[test]
fn addresses_of_a_site() {
    let bad = [
        "https://u:p@e.org",
        "https://u@e.org",
        "https://e.org/../x",
        "https://e.org/%2e%2e/x",
        "https://[::1",
        "https://e.org:99999",
        "https://e.org/%",
        "https://",
        "https://e.org:x",
        "example.org",
        "ftp://e.org",
        "https://e.org?x",
        "https://e.org#x",
        "https://e..org",
    ];
    for address in bad {
        let outcome = Site::small().arg("--base-url").arg(address).build();
        assert_eq!(outcome.code, Some(2), "{address}: {}", outcome.stderr);
        let outcome = Site::small().book(&book(&format!("[site]\nbase-url = \"{address}\"\n"))).build();
        let outcome = outcome.fails_at("bad-address", "book.toml", 4, 12);
        assert!(!outcome.folder().exists());
    }
    for site in [
        Site::small().arg("--base-url").arg("HTTPS://Example.ORG/x"),
        Site::small().book(&book("[site]\nas-of = \"2025-12-22\"\nbase-url = \"HTTPS://Example.ORG/x/\"\n")),
    ] {
        let page = site.build().succeeds().page("alliance/index.html");
        assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/x/alliance/\">"), "{page}");
    }
    let source =
        |url: &str| Site::new().file("content/sources/s.yaml", format!("s:\n  title: S\n  url: \"{url}\"\n")).build();
    for url in ["https://", "https://u:p@e.org/x", "https://[::1/x", "https://e.org:99999/", "https://e.org/a b"] {
        source(url).fails_at("bad-address", "content/sources/s.yaml", 3, 8);
    }
    for url in ["https://e.org/../100%/a|b//c", "HTTP://E.org", "https://bücher.example/ä?q=ö#ü", "https://e.org:8443/x"]
    {
        source(url).succeeds();
    }
    for path in ["/../x/", "/a b/", "/%/", "/./"] {
        let book = book(&format!("[output.html]\nsite-url = \"{path}\"\n"));
        Site::small().book(&book).build().fails_at("bad-address", "book.toml", 4, 12);
    }
}

#[test]
fn settings_that_would_publish_or_destroy_what_nobody_should() {
    for folder in [".git", ".git/site", "out/.GIT", ".hg"] {
        let site = Site::small().book(&book(&format!("[build]\nbuild-dir = \"{folder}\"\n")));
        let outcome = site.build().fails_at("bad-value", "book.toml", 4, 13);
        assert!(!outcome.site.root().join(folder).exists());
        Site::small().run(&["build", "--now", NOW, "-d", folder]).refuses("belongs to version control");
    }
    for (key, path) in [
        ("additional-css", "book.toml"),
        ("additional-css", ".env"),
        ("additional-css", ".git/config"),
        ("additional-css", "content/draft.md"),
        ("additional-css", ".hidden/x.css"),
        ("additional-css", "x.js"),
        ("additional-js", "book.toml"),
        ("additional-js", "x.css"),
    ] {
        let site = Site::small()
            .file("content/draft.md", "---\ntitle: D\ndraft: true\n---\n")
            .file(".env", "S=1")
            .file(".hidden/x.css", "");
        let site = site.book(&book(&format!("[output.html]\n{key} = [\"{path}\"]\n")));
        site.build().fails_at("bad-value", "book.toml", 4, key.len() + 5).says("would be published");
    }
    let site = Site::small().file("own/x.CSS", "").file("own/x.mjs", "");
    let book = book(
        "[site]\nas-of = \"2025-12-22\"\n[output.html]\nadditional-css = [\"./own/x.CSS\"]\nadditional-js = [\"own/x.mjs\"]\n",
    );
    assert!(site.book(&book).build().succeeds().has("own/x.CSS"));
}

#[cfg(unix)]
#[test]
fn a_style_sheet_may_not_be_the_settings_by_a_link() {
    let site = Site::small().book(&book("[output.html]\nadditional-css = [\"own.css\"]\n"));
    std::os::unix::fs::symlink("book.toml", site.root().join("own.css")).unwrap();
    site.build().fails_at("outside-site", "book.toml", 4, 19);
}

#[test]
fn formulas_in_the_table_of_events_are_text() {
    let titles = ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "＝1", "A = B"];
    let events: String = titles
        .iter()
        .enumerate()
        .map(|(at, title)| format!("- {{id: e{at}, date: 2025-01-0{}, title: \"{title}\", sources: [ap]}}\n", at + 1))
        .collect();
    let site = |more: &str| {
        let book = book(&format!("[site]\nas-of = \"2025-12-22\"\n{more}"));
        Site::new().sourced().book(&book).file("content/events/e.yaml", &events).build().succeeds()
    };
    let table = site("").page("data/events.csv");
    for title in &titles[..5] {
        assert!(table.contains(&format!(",'{title},")) && !table.contains(&format!(",{title},")), "{table}");
    }
    assert!(table.contains(",A = B,") && table.starts_with("id,"), "{table}");
    let table = site("[output.data]\ncsv-escape-formulas = false\ncsv-byte-order-mark = true\n").page("data/events.csv");
    assert!(table.starts_with("\u{feff}id,date,") && table.contains(",=HYPERLINK(1),"), "{table}");
}

fn spawn(site: &Site) -> std::process::Child {
    let mut command = Command::new(PROGRAM);
    command.args(["build", "-q", "--now", NOW]).current_dir(site.root()).stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

#[track_caller]
fn all_succeed(builds: Vec<std::process::Child>) {
    for build in builds {
        let done = build.wait_with_output().unwrap();
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

#[test]
fn builds_into_one_folder_wait_for_each_other() {
    let alone = Site::small().build().succeeds().files();
    let left = |site: &Site| {
        let names = std::fs::read_dir(site.root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.contains("backgrounder")).count()
    };
    for _ in 0..3 {
        let site = Site::small();
        all_succeed((0..4).map(|_| spawn(&site)).collect());
        assert!(crate::support::files_below(&site.root().join("site")) == alone);
        assert_eq!(left(&site), usize::from(!cfg!(unix)));
        // Over an existing site, while it changes.
        site.write("content/about.md", "---\ntitle: About us\nkind: page\n---\n\nWho we are.\n");
        all_succeed((0..4).map(|_| spawn(&site)).collect());
        site.build().says("0 written");
    }
}

#[test]
fn a_build_waits_until_the_other_is_through() {
    let site = Site::small();
    let lock = std::fs::File::create(site.root().join(".site.backgrounder-lock")).unwrap();
    lock.lock().unwrap();
    let mut build = spawn(&site);
    std::thread::sleep(Duration::from_millis(700));
    assert!(build.try_wait().unwrap().is_none(), "it waits");
    assert!(!site.root().join("site").exists());
    drop(lock);
    all_succeed(vec![build]);
    assert!(site.root().join("site/index.html").exists());
}

#[test]
fn an_embargo_does_not_open_early() {
    let site =
        |embargo: &str| Site::new().page("a.md", &format!("---\ntitle: A\nembargo: {embargo}\n---\n")).book(&book(""));
    let is_open = |embargo: &str, now: &str| {
        let outcome = site(embargo).now(now).build().succeeds();
        outcome.has("a/index.html")
    };
    let leap = "2016-12-31T23:59:60Z";
    assert!(!is_open(leap, "2016-12-31T23:59:59Z"));
    assert!(!is_open(leap, "2016-12-31T23:59:59.999Z"));
    assert!(is_open(leap, "2017-01-01T00:00:00Z"));
    assert!(!is_open("2016-12-31T18:59:60-05:00", "2016-12-31T23:59:59Z"));
    assert!(is_open("2016-12-31T23:59:59Z", "2016-12-31T23:59:59Z"));
    site("9999-12-31T00:00:00Z").build().fails_at("bad-date", "content/a.md", 3, 10).says("write `draft: true`");
    let outcome = Site::small().run(&["build", "--now", "9999-12-31"]);
    assert_eq!(outcome.code, Some(2));
    outcome.says("the latest time that is supported is 9999-12-30");
    assert_eq!(site("2025-01-01T00:00:00Z").run(&["build", "--now", "9999-12-30"]).code, Some(0));
}

#[test]
fn aliases_of_yaml_fill_no_machine() {
    let long = "x".repeat(400_000);
    let references = vec!["*a"; 5_000].join(", ");
    let bombs = [
        (
            "content/events/e.yaml",
            format!("- id: one\n  date: 2025\n  title: &a \"{long}\"\n  topics: [{references}]\n  sources: [ap]\n"),
            4,
            12,
        ),
        ("content/a.md", format!("---\ntitle: A\nsummary: &a \"{long}\"\nkey-points: [{references}]\n---\n"), 4, 14),
        (
            "content/entities/e.yaml",
            format!("- &a {{id: one, kind: person, name: \"{long}\"}}\n{}", "- *a\n".repeat(5_000)),
            1,
            3,
        ),
    ];
    for (path, text, line, column) in bombs {
        let begun = Instant::now();
        let outcome: Outcome = Site::new().sourced().file(path, text).check().fails();
        assert!(begun.elapsed() < Duration::from_secs(20), "{path}: {:?}", begun.elapsed());
        let findings = outcome.findings();
        let is_told = |place: &(String, usize, usize)| place.0 == path && place.1 >= line && place.2 >= column;
        let told = findings.iter().filter(|found| found.code == "invalid-syntax" && found.places.iter().any(is_told));
        assert!(told.count() > 0, "{path}: {findings:?}");
    }
}
