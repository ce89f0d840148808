//! Files are saved under a running preview, in every way in which editors, systems and git do that.

use std::path::Path;
use std::time::{Duration, Instant};

use super::running::{Running, until};
use crate::support::{PROGRAM, Site, files_below};

/// A page of this title.
pub fn page(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\n---\n\n{body}\n")
}

/// Numbers without chance, so that a failure comes again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
}

fn edits_arrive(poll: bool) {
    let site = Site::small();
    let preview = Running::serve(&site, if poll { &["--poll"] } else { &[] });
    let root = site.root();

    // In place.
    site.write("content/abrego.md", page("The Abrego case", "Saved in place. See [[alliance]].[@ap]"));
    preview.shows("/abrego/", "Saved in place");
    // Beside, and renamed into place.
    site.write("content/.abrego.md.tmp", page("The Abrego case", "Renamed into place.[@ap]"));
    std::fs::rename(root.join("content/.abrego.md.tmp"), root.join("content/abrego.md")).unwrap();
    preview.shows("/abrego/", "Renamed into place");
    // The old file as a backup first, and the new one made afterwards.
    std::fs::rename(root.join("content/abrego.md"), root.join("content/abrego.md~")).unwrap();
    site.write("content/abrego.md", page("The Abrego case", "With a backup.[@ap]"));
    preview.shows("/abrego/", "With a backup");
    // Removed, and made anew.
    site.remove("content/abrego.md");
    until("the end of a page", || (preview.get("/abrego/").status == 404).then_some(()));
    site.write("content/abrego.md", page("The Abrego case", "Back again.[@ap]"));
    preview.shows("/abrego/", "Back again");

    // What one record says shows wherever it is shown.
    let events = std::fs::read_to_string(root.join("content/events/all.yaml")).unwrap();
    site.write("content/events/all.yaml", events.replace("Three flights leave", "Four flights leave"));
    for path in ["/events/flights/", "/timeline/", "/alliance/", "/entities/cecot/"] {
        preview.shows(path, "Four flights leave");
    }

    // A new folder, with files that were in it before it came.
    let other = tempfile::tempdir_in(root).unwrap();
    std::fs::create_dir_all(other.path().join("deep/deeper")).unwrap();
    std::fs::write(other.path().join("deep/deeper/fresh.md"), page("Fresh", "It came with its folder.")).unwrap();
    std::fs::rename(other.path().join("deep"), root.join("content/deep")).unwrap();
    preview.shows("/fresh/", "It came with its folder");
    // A file in a folder that came later.
    site.write("content/deep/deeper/second.md", page("Second", "Into a new folder."));
    preview.shows("/second/", "Into a new folder");
    // The folder gets another name, and its files go on.
    std::fs::rename(root.join("content/deep"), root.join("content/renamed")).unwrap();
    site.write("content/renamed/deeper/second.md", page("Second", "Below a new name."));
    preview.shows("/second/", "Below a new name");
    // And leaves.
    std::fs::rename(root.join("content/renamed"), other.path().join("away")).unwrap();
    until("the end of a folder", || {
        (preview.get("/second/").status == 404 && preview.get("/fresh/").status == 404).then_some(())
    });

    // Settings, templates, static files, and folders of them that were not there before.
    site.write("book.toml", "[book]\ntitle = \"Another name\"\n[site]\nas-of = \"2025-12-22\"\n[output.html]\nadditional-css = [\"styles/own.css\"]\n");
    site.write("styles/own.css", "p { color: red }");
    preview.shows("/", "Another name");
    until("a style sheet", || (preview.get("/styles/own.css").text() == "p { color: red }").then_some(()));
    site.write("styles/own.css", "p { color: blue }");
    until("its change", || (preview.get("/styles/own.css").text() == "p { color: blue }").then_some(()));
    site.write("templates/components/footer.html", "<footer>A footer of our own</footer>\n");
    preview.shows("/alliance/", "A footer of our own");
    site.write("static/deep/data.txt", "one");
    until("a static file", || (preview.get("/deep/data.txt").text() == "one").then_some(()));
    site.write("static/deep/data.txt", "two");
    until("its change", || (preview.get("/deep/data.txt").text() == "two").then_some(()));
    std::fs::remove_dir_all(root.join("templates")).unwrap();
    until("the built-in footer", || preview.page("/alliance/").filter(|page| !page.contains("A footer of our own")));

    // The content moves to another folder.
    std::fs::rename(root.join("content"), root.join("text")).unwrap();
    site.write("book.toml", "[book]\ntitle = \"T\"\nsrc = \"text\"\n[site]\nas-of = \"2025-12-22\"\n");
    site.write("text/abrego.md", page("The Abrego case", "In another folder.[@ap]"));
    preview.shows("/abrego/", "In another folder");
    preview.is_like_a_build(&site);
}

#[test]
fn every_way_of_saving_arrives() {
    edits_arrive(false);
}

#[test]
fn every_way_of_saving_arrives_without_messages_of_the_system() {
    edits_arrive(true);
}

#[test]
#[cfg(unix)]
fn what_links_lead_to_is_followed() {
    let site =
        Site::small().file("notes/deep/shared.md", page("Shared", "First.")).file("notes/one.md", page("One", "First."));
    std::os::unix::fs::symlink("../notes/deep", site.root().join("content/linked")).unwrap();
    std::os::unix::fs::symlink("../notes/one.md", site.root().join("content/one.md")).unwrap();
    let preview = Running::serve(&site, &[]);
    preview.shows("/shared/", "First");
    site.write("notes/deep/shared.md", page("Shared", "Second."));
    preview.shows("/shared/", "Second");
    site.write("notes/one.md", page("One", "Third."));
    preview.shows("/one/", "Third");
    // And a link that comes later.
    site.write("notes/late/late.md", page("Late", "Fourth."));
    std::os::unix::fs::symlink("../notes/late", site.root().join("content/late")).unwrap();
    preview.shows("/late/", "Fourth");
    site.write("notes/late/late.md", page("Late", "Fifth."));
    preview.shows("/late/", "Fifth");
    preview.is_like_a_build(&site);
}

#[test]
fn nothing_happens_while_nothing_is_saved() {
    let site = Site::small().file("unrelated/x.txt", "x");
    let preview = Running::serve(&site, &[]);
    preview.checked();
    let tick = preview.tick();
    // Reading is no change, nor is what is no part of the site, nor what is written beside it or into the finished site.
    for file in files_below(site.root()).keys() {
        std::fs::read(site.root().join(file)).unwrap();
    }
    site.write("unrelated/x.txt", "y");
    for litter in
        ["content/.alliance.md.swp", "content/alliance.md~", "content/#alliance.md#", "content/.git/index", "content/4913~"]
    {
        site.write(litter, "x");
        site.remove(litter);
    }
    site.build().succeeds();
    for page in ["/", "/alliance/", "/timeline/"] {
        assert_eq!(preview.get(page).status, 200);
    }
    // Longer than the time between two looks at everything.
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(preview.tick(), tick, "{}", preview.said());
}

#[test]
fn many_files_at_once_are_one_change() {
    let mut site = Site::small();
    for at in 0..300 {
        site = site.page(&format!("many/page-{at}.md"), &page(&format!("Page {at}"), "Of the old branch."));
    }
    let preview = Running::serve(&site, &[]);
    preview.checked();
    let before = preview.tick();
    for at in 0..300 {
        if at % 10 == 0 {
            site.remove(&format!("content/many/page-{at}.md"));
        } else {
            site.write(&format!("content/many/page-{at}.md"), page(&format!("Page {at}"), "Of the new branch."));
        }
    }
    preview.shows("/page-299/", "Of the new branch");
    preview.checked();
    preview.is_like_a_build(&site);
    // Each state is told of twice: when it is there, and when all is known about it. A machine that sleeps in the middle of
    // it all may take it for two changes, and never for three hundred.
    let states = (preview.tick() - before).div_ceil(2);
    assert!((1..=4).contains(&states), "{states} states:\n{}", preview.said());
}

#[test]
fn a_checkout_of_another_branch_is_one_change() {
    let site = Site::small();
    let git = |words: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.args(["-c", "user.name=A", "-c", "user.email=a@b.example"]).args(words).current_dir(site.root());
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    for (branch, words) in [("old", "Of the old branch."), ("new", "Of the new branch.")] {
        for at in 0..150 {
            site.write(&format!("content/{branch}/page-{at}.md"), page(&format!("Page {at}"), words));
        }
        site.write("content/about.md", page("About", words));
        if branch == "old" {
            git(&["init", "-q", "-b", "old"]);
        } else {
            git(&["checkout", "-q", "-b", "new"]);
            std::fs::remove_dir_all(site.root().join("content/old")).unwrap();
        }
        git(&["add", "-A"]);
        git(&["commit", "-q", "-m", branch]);
    }
    let preview = Running::serve(&site, &[]);
    preview.checked();
    let mut tick = preview.tick();
    for (branch, words) in [("old", "Of the old branch"), ("new", "Of the new branch")] {
        git(&["checkout", "-q", branch]);
        preview.shows("/page-149/", words);
        preview.checked();
        preview.is_like_a_build(&site);
        let states = (preview.tick() - tick).div_ceil(2);
        assert!((1..=3).contains(&states), "{states} states:\n{}", preview.said());
        tick = preview.tick();
    }
}

#[test]
fn a_folder_that_was_gone_is_followed_again() {
    let site = Site::small();
    let preview = Running::serve(&site, &[]);
    let (there, away) = (site.root().join("content"), site.root().join("away"));
    std::fs::rename(&there, &away).unwrap();
    until("an empty site", || (preview.get("/abrego/").status == 404).then_some(()));
    std::fs::rename(&away, &there).unwrap();
    preview.shows("/abrego/", "The Abrego case");
    site.write("content/abrego.md", page("The Abrego case", "Followed again."));
    preview.shows("/abrego/", "Followed again");
    assert!(!preview.said().contains("twice a second"), "{}", preview.said());
}

#[test]
fn two_hundred_saves_in_ten_seconds_end_with_the_last() {
    let site = Site::small();
    let preview = Running::serve(&site, &[]);
    let mut dice = Dice(5);
    let begun = Instant::now();
    for at in 0..200 {
        let text = page("The Abrego case", &format!("Save number {at}: {}", "x".repeat(dice.below(2000))));
        match dice.below(5) {
            0 => site.write("content/abrego.md", text),
            1 => {
                site.write("content/abrego.md.new~", text);
                std::fs::rename(site.root().join("content/abrego.md.new~"), site.root().join("content/abrego.md")).unwrap();
            }
            2 => {
                let _ = std::fs::remove_file(site.root().join("content/abrego.md"));
                site.write("content/abrego.md", text);
            }
            3 => site.write("content/about.md", page("About", &format!("Save number {at}. [[nobody-{at}]]"))),
            _ => site.write(&format!("content/extra/page-{}.md", dice.below(5)), page(&format!("Extra {at}"), "Words.")),
        }
        std::thread::sleep(
            Duration::from_millis(dice.below(80) as u64).min(Duration::from_secs(10).saturating_sub(begun.elapsed())),
        );
    }
    site.write("content/about.md", page("About", "The last of all."));
    preview.is_like_a_build(&site);
}

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
fn what_is_printed_names_files_and_counts_what_is_mended() {
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

#[test]
fn a_save_says_which_page_it_is_about() {
    let site = Site::small();
    let preview = Running::serve(&site, &[]);
    preview.checked();
    let events = std::fs::read_to_string(site.root().join("content/events/all.yaml")).unwrap();
    let changed = |wanted: &str| {
        until(wanted, || {
            Some(preview.told(&[])["changed"].clone()).filter(|changed| *changed == serde_json::json!([wanted]))
        });
    };
    site.write("content/events/all.yaml", events.replace("The court rules", "The high court rules"));
    changed("/events/order/");
    site.write("content/events/all.yaml", events.replace("Three flights leave", "Four flights leave"));
    // Both records differ from the state before; the first is named.
    changed("/events/flights/");
    site.write("content/about.md", "---\ntitle: About\nkind: page\n---\n\nOther words.\n");
    changed("/about/");
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
    // The next build puts all of it right, and nothing strange is left beside the site.
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
