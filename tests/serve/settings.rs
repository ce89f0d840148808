//! The form of the site's settings.

use serde_json::{Value, json};

use super::desk::Page;
use super::running::{Running, until};
use crate::support::Site;

const BOOK: &str =
    "# Ours.\n[book]\ntitle = \"Test site\" # for now\n\n[site]\nas-of = \"2025-12-22\"\neditor = \"true {file}\"\n";

fn save(page: &Page<'_>, fields: &Value) -> super::running::Answer {
    let version = page.done("form", &json!({ "file": "book.toml" }))["version"].clone();
    page.task("save", &json!({ "file": "book.toml", "id": "", "version": version, "fields": fields }))
}

#[test]
fn settings_are_read_and_written_by_a_form() {
    let site = Site::small().file("book.toml", BOOK);
    let preview = Running::serve(&site, &[]);
    let page = Page::of(&preview);
    let form = page.done("form", &json!({ "file": "book.toml" }));
    let field = |key: &str| form["fields"].as_array().unwrap().iter().find(|field| field["key"] == key).cloned();
    assert_eq!(field("book.title").unwrap()["value"], "Test site");
    assert_eq!(field("site.publisher.name").unwrap()["label"], "Publisher name");
    // What runs programs is nobody's to change from a browser.
    for hidden in ["site.editor", "build.build-dir", "book.src", "output.html.additional-js"] {
        assert!(field(hidden).is_none(), "{hidden}");
    }
    let answer = save(
        &page,
        &json!({ "book.title": "The wells", "site.as-of": "December 20, 2025", "site.publisher.name": "The Paper" }),
    );
    assert_eq!(answer.status, 200, "{}", answer.text());
    let wanted =
        BOOK.replace("Test site", "The wells").replace("12-22", "12-20") + "\n[site.publisher]\nname = \"The Paper\"\n";
    let now = || std::fs::read_to_string(site.root().join("book.toml")).unwrap();
    assert_eq!(now(), wanted);
    until("the new title", || preview.get("/").text().contains("The wells").then_some(()));
    let undo = serde_json::from_slice::<Value>(&answer.body).unwrap()["undo"].clone();
    page.done("undo", &json!({ "number": undo }));
    assert_eq!(now(), BOOK);
}

#[test]
fn no_form_breaks_the_settings() {
    let site = Site::small().file("book.toml", BOOK);
    let preview = Running::serve(&site, &[]);
    let page = Page::of(&preview);
    for (fields, at, said) in [
        (json!({ "site.time-zone": "Mars" }), "site.time-zone", "there is no time zone `Mars`"),
        (json!({ "site.as-of": "the other day" }), "site.as-of", "not a date"),
        (json!({ "site.editor": "rm {file}" }), "site.editor", "there is no setting"),
        (json!({ "book.language": "not a tag" }), "book.language", "not a tag"),
    ] {
        let answer = save(&page, &fields);
        let told: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((answer.status, &told["faults"][0]["at"]), (422, &json!(at)), "{told}");
        assert!(told["faults"][0]["message"].as_str().unwrap().contains(said), "{told}");
    }
    // Somebody else has changed them.
    let old = page.done("form", &json!({ "file": "book.toml" }))["version"].clone();
    site.write("book.toml", BOOK.replace("Test site", "Theirs"));
    let body = json!({ "file": "book.toml", "id": "", "version": old, "fields": { "book.title": "Mine" } });
    assert_eq!(page.task("save", &body).status, 409);
    assert_eq!(std::fs::read_to_string(site.root().join("book.toml")).unwrap(), BOOK.replace("Test site", "Theirs"));
}
