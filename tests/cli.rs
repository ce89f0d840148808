//! The program: exit codes, what it prints, and what it reads from its environment.

use crate::support::{NOW, Site};

#[test]
fn the_summary_counts_what_was_read_and_written() {
    let site = Site::small();
    let outcome = site.build().succeeds();
    let files = outcome.files().len() - 1;
    let expected = format!("2 sections, 2 events, 2 entities, 2 sources → site/ ({files} files, {files} written) in ");
    assert!(outcome.stderr.starts_with(&expected), "{}", outcome.stderr);
    assert!(outcome.stderr.ends_with(" s\n") && outcome.stdout.is_empty(), "{}", outcome.stderr);
    let expected = format!("2 sections, 2 events, 2 entities, 2 sources → site/ ({files} files, 0 written) in ");
    assert!(site.build().stderr.starts_with(&expected));
    let one = Site::new().section("a", "").build();
    assert!(one.stderr.starts_with("1 section, 0 events, 0 entities, 0 sources → site/ ("), "{}", one.stderr);
}

#[test]
fn quiet_prints_nothing_but_findings() {
    let site = Site::small();
    let outcome = site.run(&["build", "-q", "--now", NOW]);
    assert_eq!((outcome.code, outcome.stderr.as_str(), outcome.stdout.as_str()), (Some(0), "", ""));
    let outcome = site.run(&["clean", "--quiet"]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
    let outcome = Site::new().section("a", "[[nobody]]").run(&["build", "-q", "--now", NOW]);
    outcome.fails_at("unknown-id", "content/a.md", 4, 1);
}

#[test]
fn verbose_prints_the_stages() {
    let outcome = Site::small().arg("-v").build().succeeds();
    for stage in ["read", "parse", "resolve", "check", "plan", "write"] {
        assert!(outcome.stderr.lines().any(|line| line.starts_with(stage) && line.ends_with(" ms")), "{}", outcome.stderr);
    }
    assert_eq!(Site::small().run(&["build", "-q", "-v"]).code, Some(2), "one or the other");
}

#[test]
fn version_and_help() {
    let outcome = Site::new().run(&["--version"]);
    assert_eq!(outcome.code, Some(0));
    assert_eq!(outcome.stdout, format!("backgrounder {}\n", env!("CARGO_PKG_VERSION")));
    let outcome = Site::new().run(&["--help"]);
    assert_eq!(outcome.code, Some(0));
    for word in ["build", "check", "clean", "site", "Markdown", "--quiet", "--verbose", "book.toml", "docs/guide/"] {
        assert!(outcome.stdout.contains(word), "{word} in {}", outcome.stdout);
    }
    let outcome = Site::new().run(&["build", "--help"]);
    for word in ["--drafts", "--now", "--strict", "--dest-dir", "--base-url", "--file-links", "SOURCE_DATE_EPOCH", "embargo"]
    {
        assert!(outcome.stdout.contains(word), "{word} in {}", outcome.stdout);
    }
    assert!(Site::new().run(&["check", "--help"]).stdout.contains("--explain"));
}

#[test]
fn wrong_use_ends_with_two() {
    let site = Site::small();
    let wrong: &[&[&str]] = &[
        &[],
        &["bild"],
        &["build", "--no-such-flag"],
        &["build", "--now", "yesterday"],
        &["build", "--base-url", "example.org"],
        &["build", "nowhere"],
        &["build", "book.toml"],
        &["check", "--explain", "no-such-rule"],
    ];
    for arguments in wrong {
        let outcome = site.run(arguments);
        assert_eq!(outcome.code, Some(2), "{arguments:?}: {}", outcome.stderr);
        assert!(!outcome.stderr.is_empty() && outcome.stdout.is_empty(), "{arguments:?}");
    }
    site.run(&["bild"]).says("build");
    site.run(&["build", "nowhere"]).says("nowhere can't be opened");
}

/// A day is read in the site's time zone, like everything else in the site.
#[test]
fn a_day_begins_by_the_clocks_of_the_site() {
    let site = Site::new()
        .book("[book]\ntitle = \"T\"\n[site]\ntime-zone = \"America/New_York\"\n")
        .section("a", "Words.")
        .page("past.md", "---\ntitle: Past\nembargo: 2025-12-22T05:00:00Z\n---\n")
        .page("ahead.md", "---\ntitle: Ahead\nembargo: 2025-12-22T05:00:01Z\n---\n");
    let outcome = site.run(&["build", "--now", "2025-12-22"]).succeeds();
    assert!(outcome.has("past/index.html") && !outcome.has("ahead/index.html"));
    let outcome = site.run(&["build", "--now", "2025-12-22T00:00:00Z"]).succeeds();
    assert!(!outcome.has("past/index.html"), "a time with its distance from UTC is that time");
    site.run(&["build", "--now", "2025-12-22T00:00"]).refuses("or a day as 2025-12-22");
    site.run(&["build", "--now", "2025-02-30"]).refuses("or a day as 2025-12-22");
    site.run(&["build", "nowhere", "--now", "2025-12-22"]).refuses("nowhere can't be opened");
}

#[test]
fn a_folder_without_settings() {
    let site = Site::new();
    site.remove("book.toml");
    for command in ["build", "check", "clean"] {
        site.run(&[command]).refuses("there is no book.toml in .").says("title = \"The site's title\"");
    }
    std::fs::create_dir(site.root().join("book.toml")).unwrap();
    site.run(&["build"]).refuses("book.toml can't be read");
}

#[test]
fn cleaning_with_broken_settings_removes_nothing() {
    let site = Site::small();
    let files = site.build().succeeds().files();
    site.write("book.toml", "[book\n");
    let outcome = site.run(&["clean"]).refuses("book.toml has errors");
    assert_eq!(outcome.files(), files);
}

#[test]
fn errors_end_with_one() {
    Site::new().section("a", "[[nobody]]").build().fails().says("1 error; nothing was written");
    Site::new().section("a", "[[nobody]] [[anybody]]").check().fails().says("2 errors");
}

#[test]
fn checking_writes_nothing() {
    let site = Site::small();
    let before = crate::support::files_below(site.root());
    site.check().succeeds().says("2 sections, 2 events, 2 entities, 2 sources: no errors in");
    assert_eq!(crate::support::files_below(site.root()), before);
    site.write("content/a.md", "---\ntitle: A\n---\n[x](/nowhere/)\n");
    site.check().fails_nowhere("broken-link");
    assert!(!site.root().join("site").exists());
}

#[test]
fn checking_and_building_find_the_same() {
    for body in ["[[nobody]]", "[x](/nowhere/)", "fine"] {
        let site = Site::small().section("a", body);
        assert_eq!(site.check().findings(), site.build().findings(), "{body}");
    }
}

const WARNS: &str = "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[checks]\nunsourced-event = \"warn\"\n";

#[test]
fn hints_are_few_and_fail_nothing() {
    let sources: String = (0..8).map(|at| format!("s{at}: {{title: A report}}\n")).collect();
    let site = Site::new()
        .file("book.toml", "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n")
        .section("a", "Words.")
        .file("content/sources/all.yaml", sources)
        .arg("--strict");
    let outcome = site.build();
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let found = outcome.findings();
    assert_eq!(found.len(), 3, "{}", outcome.stderr);
    assert!(found.iter().all(|finding| finding.severity == "info" && finding.code == "orphan"), "{found:?}");
    outcome.says("… and 5 more of info[orphan]").says("`backgrounder check --format short` lists them all");
    let short = site.run(&["check", "--format", "short", "--now", NOW]).stdout;
    assert_eq!(short.matches("info[orphan]").count(), 8, "{short}");
    assert_eq!(site.arg("--quiet").build().stderr, "");
}

#[test]
fn warnings_fail_when_asked_to() {
    let site = Site::new().book(WARNS).file("content/events/e.yaml", "- {id: e, date: 2025, title: E}\n");
    let outcome = site.build();
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert_eq!(outcome.findings()[0].severity, "warning");
    let outcome = outcome.says(", 1 warning in");
    assert!(outcome.has("events/e/index.html"));
    assert_eq!(site.check().code, Some(0));
    std::fs::remove_dir_all(site.root().join("site")).unwrap();
    let site = site.arg("--strict");
    let outcome = site.build().fails().says("1 warning; nothing was written");
    assert!(!outcome.folder().exists());
    site.check().fails();
}

#[test]
fn a_rule_explains_itself() {
    let outcome = Site::new().run(&["check", "--explain", "unsourced-event"]);
    assert_eq!(outcome.code, Some(0));
    assert!(outcome.stdout.starts_with("unsourced-event (error)\n\n"), "{}", outcome.stdout);
    Site::new().run(&["check", "--explain", "unsourced-evnt"]).refuses("did you mean `unsourced-event`?");
}

#[test]
fn no_color_off_a_terminal() {
    let site = Site::new().section("a", "[[nobody]]");
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "xterm-256color")] {
        let output = assert_cmd::Command::new(crate::support::PROGRAM)
            .args(["build", "--now", NOW])
            .current_dir(site.root())
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .env(name, value)
            .output()
            .unwrap();
        assert!(!output.stderr.contains(&0x1b), "{name}");
    }
    let output = assert_cmd::Command::new(crate::support::PROGRAM)
        .args(["build", "--now", NOW])
        .current_dir(site.root())
        .env("CLICOLOR_FORCE", "1")
        .env_remove("NO_COLOR")
        .output()
        .unwrap();
    assert!(output.stderr.contains(&0x1b), "unless it is forced");
}

#[test]
fn authors_text_cant_control_the_terminal() {
    let outcome = Site::new().section("a", "[[no\u{1b}[31mbody]] \u{9b}31m").build();
    assert!(!outcome.stderr.contains(['\u{1b}', '\u{9b}']), "{:?}", outcome.stderr);
}

#[test]
fn the_time_comes_from_where_it_is_said() {
    let site = || {
        let embargoed = "---\ntitle: A\nembargo: 2025-06-01T00:00:00Z\n---\n";
        Site::new().book("[book]\ntitle = \"T\"\n").page("a.md", embargoed)
    };
    let published = |site: &Site, arguments: &[&str]| {
        let outcome = site.run(arguments);
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        outcome.has("a/index.html")
    };
    let before = site().env("SOURCE_DATE_EPOCH", "1748735999");
    assert!(!published(&before, &["build"]));
    let after = site().env("SOURCE_DATE_EPOCH", "1748736000");
    assert!(published(&after, &["build"]));
    assert!(!published(&after, &["build", "--now", "2025-05-31"]), "what is typed comes first");
    site().env("SOURCE_DATE_EPOCH", "soon").run(&["build"]).refuses("SOURCE_DATE_EPOCH is `soon`");
}

#[test]
fn the_day_of_a_build_is_a_day_of_the_sites_zone() {
    // 03:00 UTC is still the day before in New York.
    let site = |zone: &str| {
        Site::new()
            .sourced()
            .book(&format!("[book]\ntitle = \"T\"\n[site]\ntime-zone = \"{zone}\"\n"))
            .file("content/events/e.yaml", "- {id: e, date: 2025-06-02, title: E, sources: [ap]}\n")
            .now("2025-06-02T03:00:00Z")
    };
    site("UTC").build().succeeds();
    site("America/New_York").build().fails_at("future-event", "content/events/e.yaml", 1, 17);
    site("Mars/Olympus").build().fails_at("bad-value", "book.toml", 4, 13);
}

#[test]
fn paths_are_those_that_an_author_knows() {
    let site = Site::new().section("a", "[[nobody]]");
    let outcome = site.run(&["build", site.root().to_str().unwrap(), "--now", NOW]);
    outcome.fails_at("unknown-id", "content/a.md", 4, 1);
}

#[test]
fn many_findings_do_not_flood_a_terminal() {
    let outcome = Site::new().section("a", &"[[nobody]]\n\n".repeat(1_000)).build().fails().says("1000 errors");
    assert!(outcome.stderr.len() < 60_000, "{} bytes", outcome.stderr.len());
    assert!(outcome.stderr.contains("… and 800 more"));
}

#[test]
fn theme_prints_what_is_built_in() {
    let site = Site::new();
    let listed = site.run(&["theme"]);
    assert_eq!((listed.code, listed.stderr.as_str()), (Some(0), ""));
    for name in ["templates/layout.html", "static/theme/css/tokens.css", "static/theme/fonts/Newsreader-OFL.txt"] {
        assert!(listed.stdout.lines().any(|line| line == name), "{name}");
    }
    let tokens = site.run(&["theme", "static/theme/css/tokens.css"]);
    assert_eq!(tokens.stdout, include_str!("../static/theme/css/tokens.css"));
    let outcome = site.run(&["theme", "static/theme/css/token.css"]);
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.stderr.contains("did you mean static/theme/css/tokens.css?"), "{}", outcome.stderr);
}

/// A site with two sections, of which one has a single source, a claim of one publisher, and waivers.
fn site_with_work() -> Site {
    Site::new()
        .book(
            "[book]\ntitle = \"A\"\n[site]\nas-of = \"2025-12-22\"\nstale-after = 10\n\
             [checks]\nsingle-source = \"warn\"\norphan = \"info\"\nno-archive = \"info\"\n\
             [[checks.allow]]\ncode = \"placeholder\"\nat = \"b\"\nreason = \"TK is the airline\"\nuntil = \"2026-01-05\"\n\
             [[checks.allow]]\ncode = \"placeholder\"\nat = \"a\"\nreason = \"Another\"\nuntil = \"2026-06-30\"\n",
        )
        .file("content/a.md", "---\ntitle: The *bridge*\nupdated: 2025-12-01\nas-of: 2025-12-01\n---\n\nIt [[shut]].[@one][@two]\n")
        .file("content/b.md", "---\ntitle: TK\norder: 1\n---\n\nIt opened.[@one]\n")
        .file(
            "content/sources/all.yaml",
            "one: {title: One, publisher: Herald, url: https://www.wendle-times.com/1}\ntwo: {title: Two, publisher: Herald}\n\
             three: {title: Three}\n",
        )
        .file("content/events/all.yaml", "- {id: shut, date: 2025-03-12, title: It shuts, sources: [one, two]}\n")
}

#[test]
fn the_report_lists_what_is_left_to_do() {
    let site = site_with_work();
    let outcome = site.run(&["report", "--now", NOW]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
    let expected = "\
Compared with 2025-12-22

Sections by number of sources
  sources  events  changed     section  title
        1       0  -           b        TK
        2       1  2025-12-01  a        The bridge

Single-source facts: 1
  content/events/all.yaml:1:8  `shut` rests on a single publisher: Herald

Records that nothing leads to: 1
  content/sources/all.yaml:3:1  nothing cites `three`

Stale pages: 1
  content/a.md:4:8  this `as-of` is 21 days old, but `stale-after` is 10

Cited pages without an archived copy: 1
  content/sources/all.yaml:1:43  this page has no archived copy

Waivers that expire soon: 1
  book.toml:15:9  `placeholder` at `b` until 2026-01-05 (14 days): TK is the airline
";
    assert_eq!(outcome.stdout, expected);
    assert!(!site.root().join("site").exists(), "it writes nothing");
}

#[test]
fn the_report_is_data_as_well() {
    let outcome = site_with_work().run(&["report", "--now", "2026-01-10", "--format", "json"]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
    let list: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(list["day"], "2025-12-22");
    assert_eq!(list["counts"]["errors"], 0);
    let sections: Vec<_> = list["sections"].as_array().unwrap().iter().map(|one| (&one["id"], &one["sources"])).collect();
    assert_eq!(sections, [(&"b".into(), &1.into()), (&"a".into(), &2.into())]);
    assert_eq!(list["sections"][1]["file"], "content/a.md");
    assert_eq!(list["single_source"][0]["place"]["file"], "content/events/all.yaml");
    assert_eq!(list["stale"].as_array().unwrap().len(), 2, "the page and the settings");
    assert_eq!(list["orphans"][0]["code"], "orphan");
    assert_eq!(list["waivers"][0]["days_left"], 14);
}

#[test]
fn the_report_needs_settings_and_goes_on_after_other_errors() {
    let outcome = Site::new().section("a", "[[nobody]]").run(&["report", "--now", NOW]);
    assert_eq!(outcome.code, Some(0));
    assert!(outcome.stderr.contains("1 error, as `backgrounder check` shows"), "{}", outcome.stderr);
    let outcome = Site::new().file("book.toml", "[site]\nas-off = 1\n").run(&["report"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(1), ""));
    assert!(outcome.stderr.contains("unknown-field"), "{}", outcome.stderr);
    assert_eq!(Site::new().run(&["report", "--format", "xml"]).code, Some(2));
}
