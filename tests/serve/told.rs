//! What the preview tells a page about the site: its two versions, and what mistakes do to them.

use super::running::{Running, until};
use super::saves::page;
use crate::support::Site;

#[test]
fn hidden_records_are_marked_and_the_published_site_can_be_shown() {
    let site = Site::small()
        .page("later.md", "---\ntitle: Later\nembargo: 2026-01-05T09:00:00Z\n---\n\nNot yet.\n")
        .page("draft.md", "---\ntitle: A draft\ndraft: true\n---\n\nNot at all.\n")
        .page("earlier.md", "---\ntitle: Earlier\nembargo: 2025-01-05T09:00:00Z\n---\n\nSince long.\n");
    let preview = Running::serve(&site, &[]);
    preview.shows("/later/", "Not yet");
    let hidden = |path: &str| preview.told(&[path, "/draft/"])["hidden"].clone();
    assert_eq!(hidden("/draft/"), "Draft");
    assert_eq!(hidden("/later/"), "Under embargo until 2026-01-05 09:00 UTC");
    assert!(hidden("/earlier/").is_null() && hidden("/").is_null() && hidden("/alliance/").is_null());
    assert!(preview.get("/").text().contains("A draft <span class=\"withheld\">Draft</span>"));
    let cookie = format!("Cookie: a=b; backgrounder-face-1=desk; backgrounder-face-{}=published", preview.port);
    let published = |path: &str| preview.ask("GET", path, &[&cookie], "");
    assert_eq!((published("/later/").status, published("/draft/").status), (404, 404));
    assert_eq!(published("/earlier/").status, 200);
    assert!(!published("/").text().contains("A draft") && preview.get("/").text().contains("A draft"));
    // It follows the site too.
    site.write("content/draft.md", "---\ntitle: A draft\n---\n\nNow it is.\n");
    until("a published page", || (published("/draft/").status == 200).then_some(()));
    // And nothing else is shown.
    let preview = Running::serve(&site, &["--no-drafts"]);
    assert_eq!((preview.get("/later/").status, preview.get("/draft/").status), (404, 200));
}

#[test]
fn as_published_counts_what_readers_would_meet() {
    let site = Site::small()
        .page("draft.md", "---\ntitle: A draft\ndraft: true\n---\n\nNot at all. [[nobody]]\n")
        .page("open.md", "---\ntitle: Open\n---\n\nSee [[draft]].\n");
    let preview = Running::serve(&site, &[]);
    let cookie = format!("Cookie: backgrounder-face-{}=published", preview.port);
    let codes = |told: &serde_json::Value| {
        let problems = told["problems"].as_array().unwrap().iter();
        problems.map(|one| one["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let published = || preview.told_with(&[&cookie], &serde_json::json!({ "addresses": ["/open/"] }));
    let told = preview.checked();
    assert_eq!(codes(&told), ["unknown-id"], "{told}");
    let told = published();
    // What `check` reports for the same files.
    let outcome = site.run(&["check", "--now", crate::support::NOW]);
    assert!(outcome.stderr.contains("points-at-hidden"), "{}", outcome.stderr);
    assert!(codes(&told).contains(&"points-at-hidden".to_owned()) && told["errors"].as_u64() > Some(0), "{told}");
    // Without errors the finished pages are checked too, and those findings arrive.
    site.write("content/draft.md", "---\ntitle: A draft\ndraft: true\n---\n\nNot at all.\n");
    site.write("content/open.md", "---\ntitle: Open\n---\n\n[To the draft](/draft/).\n");
    until("the published face's check", || {
        Some(published()).filter(|told| codes(told).contains(&"broken-link".to_owned()) && told["checked"] == true)
    });
    assert!(site.run(&["check", "--now", crate::support::NOW]).stderr.contains("broken-link"));
    assert!(codes(&preview.checked()).is_empty());
}

#[test]
fn a_page_that_a_mistake_took_away_is_told_from_one_that_is_gone() {
    let site = Site::small().page("draft.md", "---\ntitle: A draft\ndraft: true\n---\n\nNot at all.\n");
    let preview = Running::serve(&site, &[]);
    let asked = |page: &str, file: &str| serde_json::json!({ "addresses": [page], "made_of": file });
    let told = preview.checked();
    assert!(told["lost"].is_null() && told["made_of"].is_null(), "{told}");
    assert_eq!(preview.told(&["/abrego/"])["made_of"], "content/abrego.md");
    // Saved in an old encoding.
    site.write("content/abrego.md", b"---\ntitle: The \xc1brego case\n---\n");
    let lost = until("a page that is lost", || {
        let told = preview.told_with(&[], &asked("/abrego/", "content/abrego.md"));
        Some(told).filter(|told| !told["lost"].is_null())
    });
    assert!(lost["versions"]["/abrego/"].is_null());
    assert_eq!(lost["lost"]["place"]["file"], "content/abrego.md", "{lost}");
    // A page without a known file, and one that is held back although there are errors.
    assert_eq!(preview.told(&["/abrego/"])["lost"], serde_json::json!({ "place": null }));
    let cookie = format!("Cookie: backgrounder-face-{}=published", preview.port);
    assert!(preview.told_with(&[&cookie], &asked("/draft/", "content/draft.md"))["lost"].is_null());
    // A page whose file was removed is gone, whatever else is wrong; and so is one that is missing for any reason but a
    // mistake.
    std::fs::remove_file(site.root().join("content/abrego.md")).unwrap();
    let gone = |errors: bool| {
        until("a page that is gone", || {
            let told = preview.told_with(&[], &asked("/abrego/", "content/abrego.md"));
            Some(told).filter(|told| told["lost"].is_null() && (told["errors"].as_u64() > Some(0)) == errors)
        })
    };
    site.write("content/about.md", page("About", "See [[nobody]]."));
    assert!(gone(true)["versions"]["/abrego/"].is_null());
    site.write("content/about.md", page("About", "Nothing else."));
    assert!(gone(false)["versions"]["/abrego/"].is_null());
}

#[test]
fn a_page_whose_file_was_renamed_is_not_said_to_be_shown() {
    let site = Site::small().page("links.md", "---\ntitle: Links\n---\n\n[Here](abrego.md).\n");
    let preview = Running::serve(&site, &[]);
    preview.checked();
    std::fs::rename(site.root().join("content/abrego.md"), site.root().join("content/renamed.md")).unwrap();
    let asked = |stands_in: bool| {
        let file = if stands_in { serde_json::Value::Null } else { "content/abrego.md".into() };
        preview.told_with(&[], &serde_json::json!({ "addresses": ["/abrego/"], "made_of": file, "stands_in": stands_in }))
    };
    let told = until("the broken link", || Some(asked(false)).filter(|told| told["errors"].as_u64() > Some(0)));
    // The open page isn't kept: it is loaded again, and then says “Page not found”. The bar agrees.
    assert!(told["versions"]["/abrego/"].is_null() && told["lost"].is_null(), "{told}");
    assert_eq!(preview.get("/abrego/").status, 404);
    let told = asked(true);
    assert!(told["lost"].is_null(), "{told}");
    assert_eq!(told["problems"][0]["place"]["file"], "content/links.md", "{told}");
    // The same if a mistake took the page away, and it was opened only afterward.
    site.write("content/renamed.md", b"---\ntitle: The \xc1brego case\n---\n");
    let asked =
        |stands_in: bool| preview.told_with(&[], &serde_json::json!({ "addresses": ["/renamed/"], "stands_in": stands_in }));
    until("a page that is lost", || Some(asked(false)).filter(|told| !told["lost"].is_null()));
    assert!(asked(true)["lost"].is_null());
}
