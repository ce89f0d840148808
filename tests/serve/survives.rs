//! What can go wrong while a preview runs, and what it shows in the meantime: errors in content, settings and themes, wrong use, and
//! being killed.

use std::path::Path;
use std::time::Duration;

use super::running::{Running, until};
use super::saves::{Dice, page};
use crate::support::{PROGRAM, Site, files_below};

#[test]
fn errors_show_at_their_place_and_go_when_they_are_mended() {
    let site = Site::small();
    let preview = Running::serve(&site, &[]);
    preview.checked();
    site.write("content/abrego.md", page("The Abrego case", "Also here: [[nobody]] and [@nothing]."));
    let told = until("errors", || Some(preview.told(&["/abrego/"])).filter(|told| told["errors"] == 2));
    let problem = &told["problems"][0];
    assert_eq!(problem["code"], "unknown-id");
    let place = &problem["place"];
    assert_eq!((&place["file"], &place["line"], &place["column"]), (&"content/abrego.md".into(), &5.into(), &12.into()));
    assert_eq!(
        (&place["before"], &place["marked"], &place["after"]),
        (&"Also here: ".into(), &"[[nobody]]".into(), &" and [@nothing].".into())
    );
    assert!(told["blocked"].is_null() && told["changed"] == serde_json::json!(["/abrego/"]), "{told}");
    preview.shows("/abrego/", "nobody");
    preview.says("error[unknown-id]: there is no record `nobody`");
    preview.says("content/abrego.md saved; the site has 2 errors (");
    site.write("content/abrego.md", page("The Abrego case", "All is well."));
    until("no errors", || Some(preview.told(&[])).filter(|told| told["errors"] == 0));
    preview.says("content/abrego.md saved; the site has no errors, 2 fixed (");
}

#[test]
fn output_names_files_and_counts_fixed_problems() {
    let site = Site::small().page("more.md", "---\ntitle: More\n---\n");
    let preview = Running::serve(&site, &["-v"]);
    preview.checked();
    let said = preview.said();
    for stage in ["read", "parse", "resolve", "plan", "check"] {
        assert!(said.lines().any(|line| line.starts_with(stage) && line.ends_with(" ms")), "{stage}: {said}");
    }
    // The same mistake over and over, and a warning before it, in another file.
    site.write("content/abrego.md", page("The Abrego case", &"See [[nobody]].\n\n".repeat(35)));
    preview.says("content/abrego.md saved; the site has 35 errors (");
    assert_eq!(preview.said().matches("error[unknown-id]").count(), 10);
    preview.says("and 25 more: run `backgrounder check --drafts` to list them all");
    site.write("content/abrego.md", page("The Abrego case", &"See [[nobody]].\n\n".repeat(2)));
    preview.says("content/abrego.md saved; the site has 2 errors, 33 fixed (");
    assert_eq!(preview.said().matches("error[unknown-id]").count(), 10, "what was known is not told again");
    site.write("content/abrego.md", page("The Abrego case", "All is well."));
    preview.says("content/abrego.md saved; the site has no errors, 2 fixed (");
    site.remove("content/more.md");
    preview.says("content/more.md removed; the site has no errors");
}

#[test]
fn broken_settings_and_themes_keep_the_last_good_site() {
    let site = Site::small();
    let preview = Running::serve(&site, &[]);
    let book = std::fs::read_to_string(site.root().join("book.toml")).unwrap();
    for (file, broken, whole) in [
        ("book.toml", "[book\n", book.as_str()),
        ("templates/section.html", "{% if %}", "<p>a template of our own</p>\n"),
        ("templates/section.html", "{{ nothing.of_that.name }}", "<p>another template of our own</p>\n"),
    ] {
        preview.get("/alliance/");
        site.write(file, broken);
        let told = until("a fault", || Some(preview.told(&["/alliance/"])).filter(|told| !told["blocked"].is_null()));
        assert_eq!(told["blocked"][0]["place"]["file"], file, "{told}");
        let kept = preview.get("/alliance/");
        assert!(kept.status == 200 && !kept.text().contains("{{"), "{file}: {}", kept.status);
        site.write(file, whole);
        until("the end of the fault", || Some(preview.told(&["/alliance/"])).filter(|told| told["blocked"].is_null()));
    }
    preview.shows("/alliance/", "another template of our own");
}

#[test]
fn where_a_template_fails_the_last_theme_that_worked_shows_what_is_written_now() {
    let site = Site::small().page("draft.md", "---\ntitle: A draft\ndraft: true\n---\n\nNot at all.\n");
    let preview = Running::serve(&site, &[]);
    let footer = "templates/components/footer.html";
    for broken in ["<footer>{{ site.titel }}</footer>\n", "<footer>{{ site.tilte }}</footer>\n"] {
        site.write(footer, broken);
        let told = until("a fault", || Some(preview.told(&["/alliance/"])).filter(|told| !told["blocked"].is_null()));
        assert_eq!(told["blocked"][0]["place"]["file"], footer, "{told}");
        // Nobody has opened these before.
        for path in ["/abrego/", "/timeline/"] {
            let page = preview.get(path);
            assert!(page.status == 200 && page.text().contains("<footer"), "{path}: {}", page.status);
            let published =
                preview.ask("GET", path, &[&format!("Cookie: backgrounder-face-{}=published", preview.port)], "");
            assert_eq!(published.status, 200, "{path}");
        }
    }
    site.write("content/abrego.md", "---\ntitle: The Abrego case\n---\n\nWritten meanwhile.\n");
    preview.shows("/abrego/", "Written meanwhile");
    assert!(!preview.told(&["/abrego/"])["blocked"].is_null());
    site.write(footer, "<footer>mended</footer>\n");
    preview.shows("/abrego/", "<footer>mended</footer>");
    assert!(preview.told(&["/abrego/"])["blocked"].is_null());
}

#[test]
fn a_site_that_is_broken_from_the_beginning_comes_when_it_is_mended() {
    let site = Site::small();
    let book = std::fs::read_to_string(site.root().join("book.toml")).unwrap();
    site.write("book.toml", "[book\n");
    let preview = Running::serve(&site, &[]);
    let waiting = preview.get("/alliance/");
    assert_eq!(waiting.status, 503);
    assert!(waiting.text().contains("preview.js") && waiting.text().contains("data-waiting"));
    preview.says("the site: 1 error; there is nothing to show until this is fixed (");
    assert!(preview.told(&["/alliance/"])["blocked"].as_array().unwrap().len() == 1);
    site.write("book.toml", book);
    preview.shows("/alliance/", "The alliance");
}

/// Whether each page of a finished site is whole.
#[track_caller]
fn is_whole(folder: &Path) {
    for (path, bytes) in files_below(folder) {
        if path.ends_with(".html") {
            assert!(bytes.ends_with(b"</html>\n"), "{path} is half a page");
        }
    }
}

#[test]
fn a_preview_killed_at_any_moment_leaves_nothing_behind() {
    let site = Site::small();
    let mut dice = Dice(11);
    for at in 0..6 {
        let mut preview = Running::start(&site, &["serve", "-p", "0"]);
        std::thread::sleep(Duration::from_millis(dice.below(120) as u64));
        site.write("content/about.md", page("About", &format!("Before death {at}.")));
        let files = files_below(site.root());
        std::thread::sleep(Duration::from_millis(dice.below(60) as u64));
        preview.kill();
        assert_eq!(files_below(site.root()), files);
    }
}

#[test]
fn watching_builds_each_save_and_may_be_killed_at_any_moment() {
    let site = Site::small();
    let mut watching = Running::start(&site, &["watch", "--now", crate::support::NOW]);
    watching.says("press Ctrl-C to stop");
    assert!(site.root().join("site/alliance/index.html").is_file());
    site.write("content/about.md", page("About", "Built by itself."));
    let file = site.root().join("site/about/index.html");
    until("the page", || std::fs::read_to_string(&file).ok().filter(|page| page.contains("Built by itself")));
    // A fault is shown, and the next save goes on.
    site.write("content/about.md", page("About", "[[nobody]]"));
    watching.says("nothing was written");
    site.write("content/about.md", page("About", "Mended."));
    until("the page", || std::fs::read_to_string(&file).ok().filter(|page| page.contains("Mended")));
    watching.kill();

    let mut dice = Dice(7);
    for at in 0..8 {
        let mut watching = Running::start(&site, &["watch", "--now", crate::support::NOW]);
        if at % 2 == 0 {
            watching.says("press Ctrl-C to stop");
        }
        for page_number in 0..40 {
            site.write(
                &format!("content/many/page-{page_number}.md"),
                page(&format!("Page {page_number}"), &format!("State {at}.")),
            );
        }
        std::thread::sleep(Duration::from_millis(dice.below(500) as u64));
        watching.kill();
        is_whole(&site.root().join("site"));
    }
    // The next build puts all of it right, and nothing strange is left next to the site.
    let outcome = site.build().succeeds();
    assert!(outcome.page("page-39/index.html").contains("State 7"));
    let strange: Vec<_> = std::fs::read_dir(site.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!strange.iter().any(|name| name.to_string_lossy().contains("backgrounder-")), "{strange:?}");
}

#[test]
fn wrong_use_is_explained() {
    let site = Site::small();
    let empty = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| {
        let mut command = assert_cmd::Command::new(PROGRAM);
        let output = command.args(words).current_dir(empty.path()).timeout(Duration::from_secs(60)).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for command in ["serve", "watch"] {
        let (code, said) = run(&[command]);
        assert!(code == Some(2) && said.contains("there is no book.toml"), "{said}");
    }
    let root = site.root().to_str().unwrap();
    let (code, said) = run(&["serve", root, "-n", "no such host"]);
    assert!(code == Some(2) && said.contains("there is no host `no such host`"), "{said}");
    let (code, said) = run(&["serve", root, "-n", "192.0.2.1"]);
    assert!(code == Some(2) && said.contains("not an address of this machine"), "{said}");
    let (code, said) = run(&["serve", root, "-p", "70000"]);
    assert!(code == Some(2) && said.contains("70000"), "{said}");
}
