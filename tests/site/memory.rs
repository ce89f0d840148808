//! What returning readers are told: the manifest, the page's own state, and the notice of a correction.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Outcome, Site};

const MANIFEST: &str = "changes/memory.json";

/// What can change: for each title and kind, the hashes of what it is and what it says.
#[track_caller]
fn things(outcome: &Outcome) -> BTreeMap<(String, String), (String, String)> {
    let manifest: Value = serde_json::from_str(&outcome.page(MANIFEST)).unwrap();
    let kind = |thing: &Value| manifest["kinds"][usize::try_from(thing["kind"].as_u64().unwrap()).unwrap()][0].clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let thing = |thing: &Value| ((text(&kind(thing)), text(&thing["title"])), (text(&thing["is"]), text(&thing["says"])));
    manifest["things"].as_array().unwrap().iter().map(thing).collect()
}

fn key(kind: &str, title: &str) -> (String, String) {
    (kind.to_owned(), title.to_owned())
}

#[test]
fn the_manifest_has_all_that_can_change() {
    let outcome = Site::small().build().succeeds();
    let things = things(&outcome);
    let kinds: Vec<&str> = things.keys().map(|(kind, _)| kind.as_str()).collect();
    for kind in ["New event", "New section", "New claim"] {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
    assert!(!things.contains_key(&key("New section", "About")), "an ordinary page isn't a section");
    let text = outcome.page(MANIFEST);
    assert!(text.contains("\"url\":\"../events/flights/\"") && text.contains("\"url\":\"../alliance/\""), "{text}");
}

#[test]
fn a_changed_word_changes_one_hash_and_another_line_break_none() {
    let site = Site::small();
    let before = things(&site.build().succeeds());
    let text = std::fs::read_to_string(site.root().join("content/alliance.md")).unwrap();
    site.write("content/alliance.md", text.replace("It began with", "It  began\nwith"));
    assert_eq!(things(&site.build().succeeds()), before);
    site.write("content/alliance.md", text.replace("It began with", "It ended with"));
    let after = things(&site.build().succeeds());
    let changed: Vec<_> = after.iter().filter(|(thing, hashes)| before.get(*thing) != Some(hashes)).collect();
    let [(thing, (is, says))] = &changed[..] else { panic!("{changed:?}") };
    assert_eq!(**thing, key("New section", "The alliance"));
    assert_eq!(*is, before[*thing].0, "it is the same section");
    assert_ne!(*says, before[*thing].1);
}

#[test]
fn a_change_of_status_and_a_correction_are_new() {
    let site = Site::small();
    let before = things(&site.build().succeeds());
    site.write(
        "content/claims/all.yaml",
        "- id: claim-error\n  text: It was an error.\n  asserted-by: [nayib-bukele]\n  status: established\n  sources: [ap]\n  sections: [alliance]\n  updates: [{date: 2025-12-20, kind: correction, text: It was wrong.}]\n",
    );
    let outcome = site.build().succeeds();
    let after = things(&outcome);
    let claim = key("New claim", "It was an error.");
    assert_eq!(after[&claim].0, before[&claim].0);
    assert_ne!(after[&claim].1, before[&claim].1);
    assert!(after.contains_key(&key("Correction", "It was an error.")));
    assert!(outcome.page(MANIFEST).contains("\"url\":\"../claims/claim-error/#page--updates\""));
    assert!(outcome.page("claims/claim-error/index.html").contains("id=\"page--updates\""));
}

#[test]
fn a_page_knows_its_own_state_and_what_to_say() {
    let site = Site::small();
    let outcome = site.build().succeeds();
    let page = outcome.page("alliance/index.html");
    let says = &things(&outcome)[&key("New section", "The alliance")].1;
    assert!(page.contains(&format!("data-state=\"{says}\"")), "{page}");
    assert!(page.contains("data-manifest=\"../changes/memory.json\""), "{page}");
    assert!(page.contains("since you were here on {date}"), "{page}");
    let front = outcome.page("index.html");
    assert!(front.contains("data-manifest=\"./changes/memory.json\"") && front.contains(" data-whole"), "{front}");
}

#[test]
fn from_a_disk_and_where_it_is_turned_off_nothing_is_remembered() {
    let off = "[book]\ntitle = \"T\"\n[output.html.theme]\nmemory = false\n";
    for outcome in [Site::small().arg("--file-links").build().succeeds(), Site::small().book(off).build().succeeds()] {
        assert!(!outcome.has(MANIFEST));
        for path in ["index.html", "alliance/index.html"] {
            let page = outcome.page(path);
            assert!(!page.contains("page--since") && !page.contains("theme/memory."), "{path}: {page}");
        }
    }
}

#[test]
fn the_manifest_stays_small_however_long_the_story() {
    let events: String = (0..900)
        .map(|at| format!("- id: e{at:03}\n  date: {}-01-01\n  title: Event {at}\n  sources: [ap]\n", 1100 + at))
        .collect();
    let outcome = Site::new().sourced().file("content/events/all.yaml", events).section("a", "Words.").build().succeeds();
    let things = things(&outcome);
    let events: Vec<_> = things.keys().filter(|(kind, _)| kind == "New event").collect();
    assert_eq!(events.len(), 200);
    assert!(things.contains_key(&key("New event", "Event 899")) && !things.contains_key(&key("New event", "Event 699")));
}

#[test]
fn a_corrected_page_says_so_for_as_many_days_as_the_site_wants() {
    let corrected = |date: &str| {
        format!(
            "---\ntitle: A\nupdates:\n  - {{date: {date}, kind: correction, text: It was wrong.}}\n  - {{date: 2025-12-22, kind: update, text: More.}}\n---\nWords.\n"
        )
    };
    let says = |site: Site| {
        let page = site.build().succeeds().page("a/index.html");
        page.contains("<p class=\"corrected\" role=\"note\">Corrected on <time datetime=\"")
    };
    let site = |date: &str| Site::new().page("a.md", &corrected(date));
    let set = |days: &str, date: &str| {
        let book = format!("[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\ncorrection-notice-days = {days}\n");
        site(date).book(&book)
    };
    assert!(says(site("2025-12-22")) && says(site("2025-11-23")), "30 days unless set");
    assert!(!says(site("2025-11-22")));
    assert!(says(set("7", "2025-12-16")) && !says(set("7", "2025-12-15")));
    assert!(!says(set("0", "2025-12-22")), "0 turns it off");
    assert!(!says(Site::new().section("a", "Words.")));
    // Events and all other records say so too, and the link leads to what was wrong.
    let outcome = Site::new()
        .sourced()
        .file(
            "content/events/all.yaml",
            "- id: e\n  date: 2025-04-09\n  title: It ended\n  sources: [ap]\n  updates: [{date: 2025-12-20, kind: correction, text: It was wrong.}]\n",
        )
        .build()
        .succeeds();
    let page = outcome.page("events/e/index.html");
    assert!(
        page.contains("<a href=\"#page--updates\">What was corrected</a>") && page.contains("id=\"page--updates\""),
        "{page}"
    );
}

#[test]
fn a_number_of_days_is_no_less_than_none() {
    let book = "[book]\ntitle = \"T\"\n[site]\ncorrection-notice-days = -1\n";
    Site::small().book(book).build().fails_at("bad-value", "book.toml", 4, 26);
}
