//! Files are saved under a running preview, in every way in which editors, systems and git do that.

use std::time::{Duration, Instant};

use super::running::{Running, until};
use crate::support::{Site, files_below};

/// A page of this title.
pub fn page(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\n---\n\n{body}\n")
}

/// Numbers without chance, so that a failure comes again.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
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
    // The old file as a backup first, and the new one made afterward.
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
fn targets_of_links_are_followed() {
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
fn a_save_says_which_page_it_is_about() {
    let site = Site::small();
    let preview = Running::serve(&site, &[]);
    let known = preview.checked()["edition"].clone();
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
    // The same text once more affects no page. A browser that asks only now learns of those before it all the same.
    let number = preview.told(&[])["edition"].as_u64().unwrap();
    site.write("content/about.md", "---\ntitle: About\nkind: page\n---\n\nOther words.\n");
    let told = until("another edition", || Some(preview.told(&[])).filter(|told| told["edition"].as_u64() > Some(number)));
    assert_eq!(told["changed"], serde_json::json!([]));
    let told = preview.told_with(&[], &serde_json::json!({ "addresses": [], "edition": known }));
    assert_eq!(told["changed"], serde_json::json!(["/about/", "/events/flights/", "/events/order/"]));
}
