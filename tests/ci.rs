//! What programs read from a run: the formats of findings, the job's summary, what changed since the site was
//! published.

use std::path::Path;

use serde_json::Value;

use crate::support::{Outcome, Site, lenient};

const WARNS: &str =
    "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[checks]\nunsourced-event = \"warn\"\nplaceholder = \"info\"\n";

/// A site with an error, a warning and an info.
fn faulty() -> Site {
    Site::new()
        .book(WARNS)
        .section("a", "See [[nobody]]. TK")
        .file("content/events/e.yaml", "- {id: e, date: 2025, title: E}\n")
}

fn check(site: &Site, format: &str) -> Outcome {
    site.run(&["check", "--now", crate::support::NOW, "--format", format])
}

#[test]
fn short_is_one_line_each_on_the_standard_output() {
    let outcome = check(&faulty(), "short").fails().says("1 error, 1 warning");
    assert_eq!(
        outcome.stdout,
        "content/a.md:4:5: error[unknown-id]: there is no record `nobody`\n\
         content/a.md:4:17: info[placeholder]: `TK` is a placeholder; write what is missing; if you mean the letters, put \
         them in `backticks` or allow them in book.toml\n\
         content/events/e.yaml:1:8: warning[unsourced-event]: `e` has no source; add `sources: [key]`, or cite one in the summary: [@key]\n"
    );
    assert!(outcome.findings().is_empty(), "people's form is not printed as well");
}

#[test]
fn json_is_one_document_whatever_was_found() {
    let outcome = check(&faulty(), "json").fails();
    let document: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(document["counts"], serde_json::json!({"errors": 1, "warnings": 1, "infos": 1}));
    let place = &document["findings"][0]["place"];
    let text = std::fs::read_to_string(outcome.site.root().join(place["file"].as_str().unwrap())).unwrap();
    let byte = |at: usize| place["bytes"][at].as_u64().unwrap() as usize;
    assert_eq!(&text[byte(0)..byte(1)], "[[nobody]]");
    let outcome = check(&Site::small(), "json").succeeds();
    let document: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(document["findings"], serde_json::json!([]));
}

#[test]
fn applying_all_fixes_leaves_no_findings() {
    let slips = "- {id: crack-found, date: 2025, title: C, sources: [paper]}\n- id: third\n  date: 15 March 2025\n  title: T\n  \
                 sumary: x\n  topics: bridges\n  status: reportd\n  sources: [paper p. 2]\n- id: other\n  date: 2025\n  \
                 title: O\n  entities: [\"anna-doee\"]\n  summary: >\n    It's [[crack-fuond#|the\n    crack-fuond]] \
                 again.[@papr, p. 2]\n";
    let site = Site::new()
        .section("a", "> See [[crack-fuond]],\r\n> **[[crack-fuond|it]]** [see @{papr}, p. 3].\n")
        .file("content/events/e.yaml", slips)
        .file("content/entities/e.yaml", "- {id: anna-doe, kind: person, name: Anna}\n")
        .file("content/sources/s.yaml", "paper:\n  type: article\n  title: P\n  url: https://p.example\n");
    let outcome = check(&site, "json").fails();
    let document: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let findings = document["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 11, "{findings:#?}");
    let mut edits: Vec<_> = findings.iter().flat_map(|found| found["fix"]["edits"].as_array().unwrap()).collect();
    let start = |edit: &Value| edit["place"]["bytes"][0].as_u64().unwrap() as usize;
    edits.sort_by_key(|edit| std::cmp::Reverse(start(edit)));
    for edit in edits {
        let file = outcome.site.root().join(edit["place"]["file"].as_str().unwrap());
        let mut text = std::fs::read_to_string(&file).unwrap();
        let end = edit["place"]["bytes"][1].as_u64().unwrap() as usize;
        text.replace_range(start(edit)..end, edit["text"].as_str().unwrap());
        std::fs::write(file, text).unwrap();
    }
    let again = check(&outcome.site, "json").succeeds();
    let document: Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!(document["findings"], serde_json::json!([]));
}

#[test]
fn sarif_names_files_from_the_repositorys_root() {
    let site = faulty();
    let parent = site.root().parent().unwrap().to_str().unwrap().to_owned();
    let name = site.root().file_name().unwrap().to_str().unwrap().to_owned();
    let outcome = check(&site.env("GITHUB_WORKSPACE", &parent), "sarif").fails();
    let log: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let run = &log["runs"][0];
    let uri = &run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(*uri, format!("{name}/content/a.md"));
    let help = &run["tool"]["driver"]["rules"][1]["help"]["markdown"];
    assert!(help.as_str().unwrap().contains("Readers would get a link to nothing"), "{help}");
}

/// What people read in a job is between two lines that keep its words from being taken for commands; the commands come
/// after it, in the same stream.
#[track_caller]
fn log_and_commands(outcome: &Outcome) -> (&str, Vec<&str>) {
    let (word, rest) = outcome.stdout.strip_prefix("::stop-commands::").unwrap().split_once('\n').unwrap();
    let (log, commands) = rest.split_once(&format!("\n::{word}::\n")).unwrap();
    (log, commands.lines().collect())
}

#[test]
fn github_is_the_format_in_its_jobs() {
    let site = faulty().env("GITHUB_ACTIONS", "true");
    let outcome = site.check().fails();
    let (log, commands) = log_and_commands(&outcome);
    assert_eq!(
        commands[0],
        "::error file=content/a.md,line=4,endLine=4,col=5,endColumn=15,title=unknown-id::there is no record `nobody`"
    );
    assert!(commands[1].starts_with("::warning file=content/events/e.yaml,line=1,"), "{commands:?}");
    assert!(commands[2].starts_with("::notice file=content/a.md,line=4,"), "{commands:?}");
    assert!(log.starts_with("error[unknown-id]: there is no record `nobody`\n --> content/a.md:4:5\n"), "{log}");
    let outcome = check(&faulty().env("GITHUB_ACTIONS", "true"), "human").fails();
    assert_eq!(outcome.stdout, "", "what is typed comes first");
    Site::new().env("GITHUB_ACTIONS", "false").section("a", "[[nobody]]").check().fails_at(
        "unknown-id",
        "content/a.md",
        4,
        1,
    );
}

#[test]
fn findings_land_on_their_lines_if_the_site_is_in_a_folder_of_the_repository() {
    let parts = faulty();
    let name = parts.root().file_name().unwrap().to_str().unwrap().to_owned();
    let above = parts.root().parent().unwrap().to_str().unwrap().to_owned();
    let outcome = check(&parts.env("GITHUB_WORKSPACE", &above), "github").fails();
    assert!(log_and_commands(&outcome).1[0].starts_with(&format!("::error file={name}/content/a.md,line=4,")));
    let outcome = check(&faulty().env("GITHUB_WORKSPACE", "/nowhere"), "github").fails();
    assert!(log_and_commands(&outcome).1[0].starts_with("::error file=content/a.md,line=4,"));
}

#[test]
fn authors_can_not_write_commands() {
    let id = "no%\u{2028}\n::error::forged";
    let site = Site::new().page("a.md", &format!("---\ntitle: A\nsection: \"{}\"\n---\n", id.replace('\n', "\\n")));
    let outcome = check(&site, "github").fails();
    let (_, commands) = log_and_commands(&outcome);
    assert!((1..3).contains(&commands.len()), "{commands:?}");
    assert!(commands.iter().all(|line| line.starts_with("::error file=content/a.md,")), "{commands:?}");
}

#[test]
fn a_failure_is_a_command_too() {
    let site = Site::new().env("GITHUB_ACTIONS", "true");
    site.remove("book.toml");
    let outcome = site.check().refuses("there is no book.toml");
    assert!(outcome.stdout.starts_with("::error::there is no book.toml in"), "{}", outcome.stdout);
}

/// A site in a folder inside its own folder.
fn nested(site: &Site) -> Site {
    let outer = Site::new();
    for (path, bytes) in crate::support::files_below(site.root()) {
        outer.write(&format!("inner/{path}"), bytes);
    }
    outer
}

#[test]
fn a_summary_counts_and_lists_what_is_worst_first() {
    let site = nested(&faulty());
    let root = site.root().to_str().unwrap().to_owned();
    let file = site.root().join("summary.md");
    std::fs::write(&file, "before\n").unwrap();
    let site = site
        .env("GITHUB_STEP_SUMMARY", file.to_str().unwrap())
        .env("GITHUB_WORKSPACE", &root)
        .env("GITHUB_SERVER_URL", "https://github.example")
        .env("GITHUB_REPOSITORY", "us/bridge")
        .env("GITHUB_SHA", "abc123");
    site.run(&["check", "inner", "--now", crate::support::NOW]).fails();
    let text = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "before");
    assert_eq!(lines[1], "### ❌ 1 section, 1 event, 0 entities, 0 sources: 1 error, 1 warning");
    assert_eq!(lines[3], "| | Where | What | Code |");
    assert_eq!(
        lines[5],
        "| error | [content/a.md:4](https://github.example/us/bridge/blob/abc123/inner/content/a.md#L4) \
         | there is no record `nobody` | `unknown-id` |"
    );
    assert!(lines[6].starts_with("| warning | [content/events/e.yaml:1]("), "{text}");
    assert!(lines[7].starts_with("| info | [content/a.md:4]("), "{text}");
    assert_eq!(lines.len(), 9, "{text}");
}

#[test]
fn a_summary_says_what_changed_since_the_site_was_published() {
    let site = Site::small();
    site.build().succeeds();
    std::fs::rename(site.root().join("site"), site.root().join("published")).unwrap();
    site.write("content/about.md", "---\ntitle: About\nkind: page\n---\n\nWho we were.\n");
    site.write("content/new.md", "---\ntitle: New\nkind: page\n---\n\nNew.\n");
    site.remove("content/glossary.yaml");
    let alliance = std::fs::read_to_string(site.root().join("content/alliance.md")).unwrap();
    site.write("content/alliance.md", alliance.replace(", see [[habeas-corpus]]", ""));
    let file = site.root().join("summary.md");
    let site = site.env("GITHUB_STEP_SUMMARY", file.to_str().unwrap());
    for command in ["check", "build"] {
        for published in ["published", "published/.backgrounder.json"] {
            let outcome = site.run(&[command, "--now", crate::support::NOW, "--published", published]);
            assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
            outcome.says("pages changed since the site was published: 1 new, ");
            let text = std::fs::read_to_string(&file).unwrap();
            assert!(text.contains("<details><summary>1 new</summary>\n\n- /new/\n"), "{text}");
            assert!(text.contains("<details><summary>1 removed</summary>\n\n- /glossary/\n"), "{text}");
            assert!(
                text.contains("| warning |  | /glossary/ was published, but no longer exists<br>write `aliases: "),
                "{text}"
            );
            assert!(text.contains(" changed, 1 removed"), "{text}");
            std::fs::remove_file(&file).unwrap();
        }
    }
}

#[test]
fn words_that_change_under_an_old_date_are_told() {
    let page = |head: &str, text: &str| format!("---\ntitle: The bridge\n{head}---\n\nIt [[shut]] in *March*.{text}\n");
    let site = Site::new()
        .file("content/bridge.md", page("updated: 2025-03-13\n", ""))
        .file("content/events/all.yaml", "- {id: shut, date: 2025-03-12, title: It shuts, sources: [ap]}\n")
        .sourced();
    site.build().succeeds();
    let manifest = std::fs::read_to_string(site.root().join("site/.backgrounder.json")).unwrap();
    site.write("published.json", &manifest);
    let found = |head: &str, text: &str| {
        site.write("content/bridge.md", page(head, text));
        let arguments = ["check", "--format", "short", "--now", crate::support::NOW, "--published", "published.json"];
        site.run(&arguments).stdout
    };
    let told = "content/bridge.md:3:10: warning[silent-change]: the words of `bridge` differ from those that were published, and \
                `updated` is still 2025-03-13";
    assert!(found("updated: 2025-03-13\n", " Buses run.").starts_with(told));
    for (head, text) in [
        ("updated: 2025-03-13\n", ""),
        // A citation, and marks.
        ("updated: 2025-03-13\n", "[@ap] ..."),
        ("updated: 2025-03-14\n", " Buses run."),
        ("updated: 2025-03-13\nupdates: [{date: 2025-03-14, kind: correction, text: Buses run.}]\n", " Buses run."),
        ("updated: 2025-12-22\n", " Buses run."),
        ("topics: [bridges]\nupdated: 2025-03-13\n", ""),
    ] {
        assert_eq!(found(head, text), "", "{head} {text}");
    }
    // The title of an event is a word of the event.
    site.write("content/events/all.yaml", "- {id: shut, date: 2025-03-12, title: It closes, sources: [ap]}\n");
    assert_eq!(found("updated: 2025-03-13\n", ""), "");
    // An earlier version of the program kept no hashes.
    let mut earlier: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    earlier.as_object_mut().unwrap().remove("sections").expect("hashes of the section");
    site.write("published.json", earlier.to_string());
    assert_eq!(found("updated: 2025-03-13\n", " Buses run."), "");
}

#[test]
fn the_published_manifest_has_to_exist_and_be_valid() {
    let published = |path: &str| Site::small().run(&["check", "--published", path]);
    published("nowhere.json").refuses("nowhere.json can't be read");
    published("content").refuses("content/.backgrounder.json can't be read");
    published("book.toml").refuses("book.toml is not a manifest");
}

#[test]
fn an_address_that_is_gone_stops_a_strict_build_before_anything_is_written() {
    let site = Site::small();
    site.build().succeeds();
    let before = site.build().files();
    site.remove("content/about.md");
    let outcome = site.run(&["build", "--strict", "--now", crate::support::NOW, "--published", "site"]).fails();
    let outcome = outcome.says("/about/ was published, but no longer exists").says("1 warning; nothing was written");
    assert_eq!(outcome.files(), before);
    let outcome = site.run(&["build", "--now", crate::support::NOW, "--published", "site"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert!(!outcome.has("about/index.html"));
}

#[test]
fn a_moved_page_is_found_by_its_likeness() {
    let site = Site::small();
    site.build().succeeds();
    std::fs::rename(site.root().join("content/about.md"), site.root().join("content/abouts.md")).unwrap();
    let arguments = ["check", "--now", crate::support::NOW, "--published", "site"];
    let outcome = site.run(&arguments).says("if /abouts/ replaces it, write `aliases: [/about/]` there");
    assert_eq!(outcome.code, Some(0));
    site.write("content/abouts.md", "---\ntitle: About\nkind: page\naliases: [/about/]\n---\n\nWho we are.\n");
    site.run(&arguments).succeeds();
}

#[test]
fn shells_and_readers_of_manuals_are_served() {
    let site = Site::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let outcome = site.run(&["completions", shell]);
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        assert!(outcome.stdout.contains("backgrounder") && outcome.stdout.contains("dest-dir"), "{shell}");
    }
    site.run(&["completions", "basic"]).refuses("possible values: bash");
    let page = site.run(&["man"]).stdout;
    assert!(page.contains(".TH backgrounder 1") && page.contains("backgrounder\\-build(1)"), "{page}");
    let page = site.run(&["man", "build"]).stdout;
    assert!(page.contains(".TH backgrounder-build 1") && page.contains("\\-\\-dest\\-dir"), "{page}");
    site.run(&["man", "bild"]).refuses("there is no command `bild`; known commands: build, check");
}

/// Hosts refuse links, and what a site says about the machine that made it is nobody's business.
#[test]
fn a_site_holds_files_alone_and_nothing_of_where_and_when_it_was_made() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = Site::new();
    site.write("book.toml", lenient(&std::fs::read_to_string(root.join("book.toml")).unwrap()));
    for (path, bytes) in crate::support::files_below(&root.join("content")) {
        site.write(&format!("content/{path}"), bytes);
    }
    // A day that isn't in the content.
    let arguments = ["build", "--base-url", "https://example.org/explainer", "--now", "2037-11-19T13:57:43Z"];
    let outcome = site.run(&arguments).succeeds();
    let place = site.root().to_str().unwrap().to_owned();
    let here = root.to_str().unwrap().to_owned();
    // The time in the formats of pages, feeds, calendars and programs.
    let time = ["2037-11", "20371119", "Nov 2037", "November 2037", "13:57:43", "2142251863"];
    let told = [place.as_str(), here.as_str()].into_iter().chain(time);
    let mut files = 0;
    for entry in walk(&outcome.folder()) {
        let meta = entry.symlink_metadata().unwrap();
        assert!(!meta.is_symlink(), "{} is a link", entry.display());
        if !meta.is_file() {
            continue;
        }
        files += 1;
        let bytes = std::fs::read(&entry).unwrap();
        for word in told.clone() {
            let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!found, "{} holds `{word}`", entry.display());
        }
    }
    assert!(files > 300, "{files}");
}

/// The guide shows what is really printed.
#[test]
fn the_samples_of_the_guide_are_true() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide/ci.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let site = Site::new()
        .file("content/events/2025.yaml", "- {id: crack-found, date: 2025-03-12, title: A crack, sources: [herald-crack]}\n")
        .file("content/sources/press.yaml", "herald-crack: {title: Crack shuts bridge}\n")
        .page(
            "bridge.md",
            "---\ntitle: Why the bridge closed\n---\n\
             Engineers [[crack-fuond|found a crack]] on 12 March.[@herald-crack, p. 2]\n",
        );
    let short = check(&site, "short").fails().stdout;
    assert!(guide.contains(&format!("```\n{short}```")), "{short}");
    let outcome = check(&site, "github").fails();
    let command = log_and_commands(&outcome).1.join("\n");
    assert!(guide.contains(&format!("```\n{command}\n```")), "{command}");
    let printed: Value = serde_json::from_str(&check(&site, "json").stdout).unwrap();
    let samples: Vec<_> = guide.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let parsed: Vec<Value> = samples.iter().map(|sample| serde_json::from_str(sample).unwrap()).collect();
    assert!(parsed.contains(&printed), "{printed:#}");
}

/// A program installed from a package includes the theme.
#[test]
fn the_package_holds_what_the_program_is_made_of() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = std::process::Command::new(env!("CARGO"))
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let list = String::from_utf8(output.stdout).unwrap();
    let packed: std::collections::BTreeSet<_> = list.lines().map(|line| line.replace('\\', "/")).collect();
    for folder in ["src", "templates", "static/theme", "assets", "starter"] {
        for path in crate::support::files_below(&root.join(folder)).keys() {
            assert!(packed.contains(&format!("{folder}/{path}")), "{folder}/{path} is not packed");
        }
    }
    for path in &packed {
        let kept = [
            "src/",
            "templates/",
            "static/theme/",
            "assets/",
            "starter/",
            "benches/",
            "Cargo.",
            ".cargo_vcs",
            "README",
            "CHANGELOG",
            "LICENSE",
        ];
        assert!(kept.iter().any(|start| path.starts_with(start)), "{path} is packed");
    }
}

/// Everything below a folder.
fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() {
            found.extend(walk(&path));
        }
        found.push(path);
    }
    found
}
