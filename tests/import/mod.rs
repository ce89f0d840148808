//! `import`: what comes of files of other programs, and what is said of what does not.

mod notes;
mod random;
mod sheets;
mod timelines;
mod works;

use crate::support::{Outcome, Site};

/// A site with nothing but its settings.
fn empty() -> Site {
    Site::new()
}

#[track_caller]
fn read(site: &Site, path: &str) -> String {
    std::fs::read_to_string(site.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Runs an import that has to go well.
#[track_caller]
fn imported(site: &Site, arguments: &[&str]) -> Outcome {
    let outcome = site.run(&[&["import"], arguments].concat());
    assert_eq!(outcome.code, Some(0), "{arguments:?}: {}", outcome.stderr);
    outcome
}

/// Runs an import that has to fail, with these lines among those that are printed, and changes nothing.
#[track_caller]
fn refused(site: &Site, arguments: &[&str], code: i32, words: &[&str]) {
    let before = crate::support::files_below(site.root());
    let outcome = site.run(&[&["import"], arguments].concat());
    assert_eq!(outcome.code, Some(code), "{arguments:?}: {}", outcome.stderr);
    for word in words {
        assert!(outcome.stderr.contains(word), "no `{word}` in\n{}", outcome.stderr);
    }
    assert!(crate::support::files_below(site.root()) == before, "{arguments:?} changed something");
}

#[test]
fn importing_twice_changes_nothing() {
    let site = Site::new()
        .sourced()
        .file("in.csv", "Date,Title,Source\n2025-03-15,A raid,https://a.example.org/1\n2025-03-16,A trial,ap\n");
    imported(&site, &["in.csv"]).says("imported 1 source, 2 events");
    let after = crate::support::files_below(site.root());
    imported(&site, &["in.csv"]).says("3 records were already there and stayed the same");
    assert!(crate::support::files_below(site.root()) == after);
    // Whatever else is in the file is new.
    site.write("in.csv", "Date,Title,Source\n2025-03-15,A raid,ap\n2025-03-17,A raid,ap\n");
    imported(&site, &["in.csv"]).says("imported 1 event\n");
    assert!(read(&site, "content/events/in-2.yaml").starts_with("- id: a-raid-2\n  date: 2025-03-17\n"));
    site.check().succeeds();
}

/// Ends the program while it writes, again and again: each file is whole, what was there stays, and the next run does the rest.
#[cfg(unix)]
#[test]
fn whoever_ends_an_import_can_do_it_again() {
    use std::process::{Command, Stdio};
    use std::time::Duration;
    let rows: String = (0..200).map(|at| format!("2025-03-15,Event number {at}\n")).collect();
    let site = Site::small().file("in.csv", format!("Date,Title\n{rows}"));
    let before = crate::support::files_below(&site.root().join("content"));
    let arguments = ["import", "in.csv", "--in", "file", "--source", "ap"];
    for number in 0..12u64 {
        let mut child = Command::new(crate::support::PROGRAM)
            .args(arguments)
            .current_dir(site.root())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(8 * number));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    imported(&site, &arguments[1..]);
    let after = crate::support::files_below(&site.root().join("content"));
    for (path, bytes) in &before {
        assert_eq!(after.get(path), Some(bytes), "{path}");
    }
    let new: Vec<_> = after.iter().filter(|(path, _)| !before.contains_key(*path) && !path.contains("/.")).collect();
    assert_eq!(new.len(), 200);
    for (path, bytes) in new {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            text.starts_with("---\ndate: 2025-03-15\ntitle: Event number ") && text.ends_with("sources: [ap]\n---\n"),
            "{path}: {text}"
        );
    }
    site.build().succeeds();
}

#[test]
fn a_dry_run_writes_nothing() {
    let site = Site::new().file("in.csv", "Date,Title\n2025-03-15,A raid\n");
    let before = crate::support::files_below(site.root());
    let outcome = imported(&site, &["in.csv", "--dry-run"]);
    assert!(
        outcome.stdout.contains("+++ content/events/in.yaml") && outcome.stdout.contains("+- id: a-raid"),
        "{}",
        outcome.stdout
    );
    outcome.says("would import 1 event").says("1 record has no source and is a draft");
    assert!(crate::support::files_below(site.root()) == before);
}

#[test]
fn what_nothing_reads_is_refused_with_a_way_out() {
    let site = empty()
        .file("a.xlsx", "PK")
        .file("a.json", "{\"x\": 1}")
        .file("b.json", "{\"events\": [}")
        .file("a.docx", "x")
        .file("a.svg", "x");
    refused(&site, &["a.xlsx"], 2, &["save the spreadsheet as CSV (UTF-8), and import that"]);
    refused(&site, &["a.docx"], 2, &["convert it to Markdown first"]);
    refused(&site, &["a.svg"], 2, &["files of this kind can't be imported"]);
    refused(&site, &["a.json"], 2, &["neither a TimelineJS timeline"]);
    refused(&site, &["b.json"], 1, &["not valid JSON", "b.json:1:13"]);
    refused(&site, &["none.csv"], 2, &["none.csv can't be read"]);
    refused(&site, &["content"], 2, &["contains the site's own content"]);
    refused(&site, &["a.json", "--source", "ap"], 2, &["there is no source `ap`"]);
    refused(&site, &["a.json", "--as", "section"], 2, &["rows can't be sections"]);
}
