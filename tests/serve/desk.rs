//! Editing records through the preview: who may, what may be written, and what the files say afterward.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::running::{Answer, Running, until};
use crate::support::{Site, files_below};

/// Two events in a list, with what people write around them.
const EVENTS: &str = "# Events.\r\n- id: flights\r\n  date: 2025-03-15 # checked\r\n  title: 'Three flights leave'\r\n  sources: [ap] # one\r\n- id: order\r\n  date: 2025-04-10\r\n  title: The court rules\r\n  sources: [ap]\r\n";

fn site() -> Site {
    Site::new()
        .page(
            "alliance.md",
            "---\ntitle: The alliance # ours\n---\n\nIt began with [[flights]].[@ap]\n\nThen came [[order]].\n",
        )
        .file("content/events/all.yaml", EVENTS)
        .sourced()
        .file("secret.md", "top secret")
        .file("templates/own.md", "x")
}

/// A page of the preview that may edit.
pub struct Page<'p> {
    preview: &'p Running,
    token: String,
}

impl<'p> Page<'p> {
    #[track_caller]
    pub fn of(preview: &'p Running) -> Self {
        let token = preview.told(&["/"])["token"].as_str().expect("a token").to_owned();
        Self { preview, token }
    }

    /// A task, whatever comes of it.
    #[track_caller]
    pub fn task(&self, name: &str, body: &Value) -> Answer {
        let lines = [
            format!("Origin: http://localhost:{}", self.preview.port),
            format!("x-backgrounder-token: {}", self.token),
            "Content-Type: application/json".to_owned(),
        ];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        self.preview.ask("POST", &format!("/.backgrounder/desk/{name}"), &lines, &body.to_string())
    }

    /// A task that has to succeed.
    #[track_caller]
    pub fn done(&self, name: &str, body: &Value) -> Value {
        let answer = self.task(name, body);
        assert_eq!(answer.status, 200, "{name} {body}: {}", answer.text());
        serde_json::from_slice(&answer.body).unwrap()
    }

    #[track_caller]
    fn form(&self, file: &str, id: &str) -> Value {
        self.done("form", &json!({ "file": file, "id": id }))
    }

    /// What is written into a record.
    #[track_caller]
    fn saved(&self, file: &str, id: &str, fields: &Value) -> Value {
        let version = self.form(file, id)["version"].clone();
        self.done("save", &json!({ "file": file, "id": id, "version": version, "fields": fields }))
    }
}

fn read(site: &Site, path: &str) -> String {
    std::fs::read_to_string(site.root().join(path)).unwrap()
}

/// Every file of a site, to see that nothing was written.
fn all(site: &Site) -> BTreeMap<String, Vec<u8>> {
    files_below(site.root())
}

/// A request that would write, if it were allowed.
fn change(version: &Value) -> Value {
    json!({ "file": "content/events/all.yaml", "id": "order", "version": version, "fields": { "title": "Written" } })
}

#[test]
fn only_a_page_of_this_session_may_write() {
    let site = site();
    let preview = Running::serve(&site, &[]);
    let page = Page::of(&preview);
    let version = page.form("content/events/all.yaml", "order")["version"].clone();
    let before = all(&site);
    let body = change(&version).to_string();
    let own = format!("Origin: http://localhost:{}", preview.port);
    let token = format!("x-backgrounder-token: {}", page.token);
    let ask = |lines: &[&str]| preview.ask("POST", "/.backgrounder/desk/save", lines, &body).status;
    // Without a token, with a wrong one, and with parts of the right one.
    assert_eq!(ask(&[&own]), 403);
    let wrong = ["", "0", &"0".repeat(32), &page.token[..31], &format!("{}0", page.token), &page.token.to_uppercase()];
    for wrong in wrong.iter().filter(|wrong| **wrong != page.token) {
        assert_eq!(ask(&[&own, &format!("x-backgrounder-token: {wrong}")]), 403, "{wrong:?}");
    }
    // Other sites, even if they knew it.
    for origin in ["http://evil.example", "null", "http://localhost:1", &format!("https://localhost:{}", preview.port)] {
        assert_eq!(ask(&[&format!("Origin: {origin}"), &token]), 403, "{origin}");
    }
    assert_eq!(ask(&[&token]), 403, "whoever sends says who it is");
    let foreign = format!(
        "POST /.backgrounder/desk/save HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\n{token}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    assert_eq!(preview.raw(&foreign).status, 403);
    // Only with POST, and only what there is.
    for method in ["GET", "PUT", "DELETE", "OPTIONS"] {
        assert_eq!(preview.ask(method, "/.backgrounder/desk/save", &[&own, &token], "").status, 405, "{method}");
    }
    assert_eq!(page.task("nothing", &json!({})).status, 404);
    assert_eq!(page.task("../desk/save", &change(&version)).status, 400);
    // No answer lets another site read it.
    let answer = page.task("form", &json!({ "file": "content/events/all.yaml", "id": "order" }));
    assert!(!answer.headers.keys().any(|name| name.starts_with("access-control-")), "{:?}", answer.headers);
    assert_eq!(all(&site), before);
    // The same request from the page is written.
    page.done("save", &change(&version));
    assert_eq!(read(&site, "content/events/all.yaml"), EVENTS.replace("The court rules", "Written"));
}

#[test]
fn editing_is_off_where_others_can_reach_the_preview() {
    let site = site();
    let before = all(&site);
    for (arguments, is_on) in [
        (vec!["-n", "0.0.0.0"], false),
        (vec!["-n", "::"], false),
        (vec!["--no-edit"], false),
        (vec!["--edit=false"], false),
        (vec!["-n", "127.0.0.1"], true),
        (vec!["-n", "0.0.0.0", "--edit"], true),
    ] {
        let preview = Running::serve(&site, &arguments);
        let told = preview.told(&["/"]);
        assert_eq!(told["token"].is_string(), is_on, "{arguments:?}");
        let lines = [format!("Origin: http://localhost:{}", preview.port), "x-backgrounder-token: null".to_owned()];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let answer = preview.ask("POST", "/.backgrounder/desk/save", &lines, &change(&Value::Null).to_string());
        assert_eq!(answer.status, 403, "{arguments:?}");
        assert_eq!(answer.text().contains("--edit"), !is_on, "{}", answer.text());
        assert!(is_on || told["problems"].as_array().unwrap().iter().all(|problem| problem["fix"].is_null()));
    }
    assert_eq!(all(&site), before);
    site.run(&["serve", "--edit", "--no-edit"]).refuses("cannot be used with");
}

#[test]
fn nothing_outside_the_content_folder_is_written() {
    let site = site();
    #[cfg(unix)]
    {
        let content = site.root().join("content");
        std::os::unix::fs::symlink(site.root().join("secret.md"), content.join("link.md")).unwrap();
        std::os::unix::fs::symlink(site.root().join("templates"), content.join("claims")).unwrap();
    }
    let preview = Running::serve(&site, &[]);
    let page = Page::of(&preview);
    let before = all(&site);
    let paths = [
        "secret.md",
        "./book.toml",
        "content/../book.toml",
        "BOOK.TOML",
        "book.toml/x.md",
        "../secret.md",
        "content/../secret.md",
        "content/events/../../secret.md",
        "content/./alliance.md",
        "content//alliance.md",
        "/etc/passwd",
        "Content/alliance.md",
        "CONTENT/ALLIANCE.MD",
        "content\\alliance.md",
        "content/link.md",
        "content/claims/own.md",
        "content/.hidden.md",
        "content/alliance.md\0.md",
        "content/none.md",
        "content/",
        "content",
        "",
        "templates/own.md",
        "content/events/all.yaml/x.md",
    ];
    for path in paths {
        assert_eq!(page.task("form", &json!({ "file": path, "id": "own" })).status, 404, "{path:?}");
        let save = json!({ "file": path, "id": "secret", "version": "", "fields": { "title": "Written" } });
        assert_eq!(page.task("save", &save).status, 404, "{path:?}");
    }
    // A name can't lead there either.
    for id in ["../../secret", "..", ".", "a/b", "A", "", "own\0", "%2e%2e", "aux/../../x"] {
        let new = json!({ "kind": "section", "id": id, "fields": { "title": "…" } });
        assert_eq!(page.task("create", &new).status, 422, "{id:?}");
    }
    for key in ["{../../evil}", "../evil", "a/../../evil", "{..}"] {
        let new = json!({ "kind": "source", "id": key, "fields": { "title": "Evil" } });
        let answer = page.task("create", &new);
        // In a list, a strange key is only a key.
        if answer.status == 200 {
            let undo: Value = serde_json::from_slice(&answer.body).unwrap();
            page.done("undo", &json!({ "number": undo["undo"] }));
        }
    }
    assert_eq!(all(&site), before);
    // In files of their own, a key would be a path.
    let book = read(&site, "book.toml") + "\n[desk]\nrecords = \"files\"\n";
    site.write("book.toml", book);
    let before = all(&site);
    for key in ["{../../evil}", "{../../../evil}", "{a/../../../b}"] {
        let new = json!({ "kind": "source", "id": key, "fields": { "title": "Evil" } });
        assert!([403, 422].contains(&page.task("create", &new).status), "{key}");
    }
    assert_eq!(all(&site), before);
}

#[test]
fn requests_that_make_no_sense_write_nothing() {
    let site = site();
    let preview = Running::serve(&site, &[]);
    let page = Page::of(&preview);
    let before = all(&site);
    let version = page.form("content/events/all.yaml", "order")["version"].clone();
    let save = |fields: Value| {
        let body = json!({ "file": "content/events/all.yaml", "id": "order", "version": version, "fields": fields });
        page.task("save", &body)
    };
    for (fields, at) in [
        (json!({ "date": "the other day" }), "date"),
        (json!({ "date": "" }), "date"),
        (json!({ "title": null }), "title"),
        (json!({ "title": 5 }), "title"),
        (json!({ "title": ["x"] }), "title"),
        (json!({ "nothing": "x" }), "nothing"),
        (json!({ "id": "other" }), "id"),
        (json!({ "significance": "huge" }), "significance"),
        (json!({ "order": "many" }), "order"),
        (json!({ "draft": "yes" }), "draft"),
        (json!({ "sources": "ap" }), "sources"),
        (json!({ "later": [{ "value": { "date": "2025" } }] }), "later.0.text"),
        (json!({ "later": [{ "value": { "date": "soon", "text": "x" } }] }), "later.0.date"),
        (json!({ "later": [{ "value": { "odd": "soon", "text": "x" } }] }), "later.0.odd"),
    ] {
        let answer = save(fields.clone());
        assert_eq!(answer.status, 422, "{fields}: {}", answer.text());
        let told: Value = serde_json::from_slice(&answer.body).unwrap();
        assert!(told["faults"].as_array().unwrap().iter().any(|fault| fault["at"] == at), "{fields}: {told}");
    }
    for body in ["", "{", "[]", "{\"file\": 5}", "null"] {
        let lines = [format!("Origin: http://localhost:{}", preview.port), format!("x-backgrounder-token: {}", page.token)];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        for task in ["save", "create", "form", "fix", "undo", "date", "find", "page", "place", "new"] {
            let status = preview.ask("POST", &format!("/.backgrounder/desk/{task}"), &lines, body).status;
            assert!(status == 400 || task == "page" && status == 422, "{task} {body}: {status}");
        }
    }
    let long = "x".repeat(5 << 20);
    assert_eq!(save(json!({ "title": long })).status, 413);
    assert_eq!(page.task("undo", &json!({ "number": 1, "more": "x".repeat(70_000) })).status, 413);
    assert_eq!(page.task("fix", &json!({ "id": "0" })).status, 404);
    assert_eq!(page.task("undo", &json!({ "number": 1 })).status, 404);
    for kind in ["correction", "nothing", ""] {
        assert_eq!(page.task("new", &json!({ "kind": kind })).status, 404, "{kind}");
        assert_eq!(page.task("create", &json!({ "kind": kind })).status, 404, "{kind}");
    }
    assert_eq!(page.task("create", &json!({ "kind": "event", "fields": { "title": "No date" } })).status, 422);
    assert_eq!(all(&site), before);
}

#[test]
fn what_was_changed_underneath_is_kept_and_shown() {
    let site = site();
    let preview = Running::serve(&site, &[]);
    let page = Page::of(&preview);
    let form = page.form("content/events/all.yaml", "order");
    // Somebody else saves the same record.
    let theirs = EVENTS.replace("The court rules", "The court decides");
    site.write("content/events/all.yaml", &theirs);
    let answer = page.task("save", &change(&form["version"]));
    assert_eq!(answer.status, 409, "{}", answer.text());
    assert_eq!(read(&site, "content/events/all.yaml"), theirs);
    let told: Value = serde_json::from_slice(&answer.body).unwrap();
    let now = &told["conflict"];
    let title = now["fields"].as_array().unwrap().iter().find(|field| field["key"] == "title").unwrap();
    assert_eq!(title["value"], "The court decides");
    // Whoever has seen that may choose.
    page.done("save", &change(&now["version"]));
    assert_eq!(read(&site, "content/events/all.yaml"), theirs.replace("The court decides", "Written"));
    // Another record in the same file is another matter: both changes stand.
    let form = page.form("content/events/all.yaml", "order");
    let theirs = read(&site, "content/events/all.yaml").replace("Three flights", "Four flights");
    site.write("content/events/all.yaml", &theirs);
    let save = json!({ "file": "content/events/all.yaml", "id": "order", "version": form["version"], "fields": { "title": "Again" } });
    let saved = page.done("save", &save);
    assert_eq!(read(&site, "content/events/all.yaml"), theirs.replace("Written", "Again"));
    // And what was written can't be undone over somebody's head.
    let later = read(&site, "content/events/all.yaml").replace("Again", "Later");
    site.write("content/events/all.yaml", &later);
    assert_eq!(page.task("undo", &json!({ "number": saved["undo"] })).status, 409);
    assert_eq!(read(&site, "content/events/all.yaml"), later);
    site.remove("content/events/all.yaml");
    assert_eq!(page.task("save", &change(&form["version"])).status, 404);
}

#[test]
fn a_form_writes_only_what_was_changed_and_can_be_undone() {
    let site = site();
    let preview = Running::serve(&site, &[]);
    let page = Page::of(&preview);
    let fields = json!({
        "date": "since May 2025",
        "sources": [{ "was": 0, "value": "ap, p. 2" }],
        "summary": "It ruled.\n\nTwice.",
        "entities": null,
    });
    let saved = page.saved("content/events/all.yaml", "order", &fields);
    let wanted = EVENTS.replace(
        "  date: 2025-04-10\r\n  title: The court rules\r\n  sources: [ap]\r\n",
        "  date: 2025-05/..\r\n  title: The court rules\r\n  summary: |-\r\n    It ruled.\r\n\r\n    Twice.\r\n  sources: [\"ap, p. 2\"]\r\n",
    );
    assert_eq!(read(&site, "content/events/all.yaml"), wanted);
    assert_eq!(saved["form"]["id"], "order");
    preview.shows("/events/order/", "Twice.");
    page.done("undo", &json!({ "number": saved["undo"] }));
    assert_eq!(read(&site, "content/events/all.yaml"), EVENTS);
    assert_eq!(page.task("undo", &json!({ "number": saved["undo"] })).status, 404);
    // A text, beside its front matter.
    let form = page.done("form", &json!({ "address": "/alliance/" }));
    assert_eq!((form["file"].as_str(), form["address"].as_str()), (Some("content/alliance.md"), Some("/alliance/")));
    let body = form["body"].as_str().unwrap().replace("Then came", "After that came");
    let save = json!({ "file": "content/alliance.md", "id": "alliance", "version": form["version"], "body": body });
    page.done("save", &save);
    assert_eq!(
        read(&site, "content/alliance.md"),
        "---\ntitle: The alliance # ours\n---\n\nIt began with [[flights]].[@ap]\n\nAfter that came [[order]].\n"
    );
    preview.shows("/alliance/", "After that came");
}

#[test]
fn records_are_added_where_their_kin_stand() {
    let site = site();
    let preview = Running::serve(&site, &[]);
    let page = Page::of(&preview);
    let fields = json!({ "title": "A new ruling", "date": "March 5, 2025", "sources": [{ "value": "ap" }], "place": null });
    let added = page.done("create", &json!({ "kind": "event", "fields": fields }));
    let text = format!("{EVENTS}- id: a-new-ruling\r\n  date: 2025-03-05\r\n  title: A new ruling\r\n  sources: [ap]\r\n");
    assert_eq!(read(&site, "content/events/all.yaml"), text);
    assert_eq!(added["form"]["file"], "content/events/all.yaml");
    preview.shows("/events/a-new-ruling/", "A new ruling");
    page.done("undo", &json!({ "number": added["undo"] }));
    assert_eq!(read(&site, "content/events/all.yaml"), EVENTS);
    // The first of its kind gets a file, and undoing takes it away.
    let fields = json!({ "name": "Nayib Bukele", "description": "President." });
    let added = page.done("create", &json!({ "kind": "person", "id": "bukele", "fields": fields }));
    assert_eq!(
        read(&site, "content/entities/people.yaml"),
        "- id: bukele\n  kind: person\n  name: Nayib Bukele\n  description: President.\n"
    );
    until("the person", || preview.page("/entities/bukele/"));
    page.done("undo", &json!({ "number": added["undo"] }));
    assert!(!site.root().join("content/entities/people.yaml").exists());
    // A section has a text, too; an event without sources waits as a draft.
    let new = json!({ "kind": "section", "fields": { "title": "What came next" }, "body": "Nothing yet." });
    page.done("create", &new);
    assert_eq!(read(&site, "content/what-came-next.md"), "---\ntitle: What came next\norder: 1\n---\n\nNothing yet.\n");
    let added = page.done("create", &json!({ "kind": "event", "fields": { "title": "Unsourced", "date": "2025" } }));
    assert!(added["notes"][0].as_str().unwrap().contains("draft"), "{added}");
    let html = "<title>A report - The Herald</title><meta property=og:site_name content=\"The Herald\"><meta name=citation_author content=\"Jane Doe\">";
    let told = page.done("page", &json!({ "html": html, "address": "https://herald.example.org/1" }));
    assert_eq!(told["fields"]["title"], "A report");
    assert_eq!(told["fields"]["author"][0]["value"], "Jane Doe");
    assert_eq!(told["fields"]["url"], "https://herald.example.org/1");
}

#[test]
fn a_fix_is_applied_and_undone() {
    let site = site().page("wrong.md", "---\ntitle: Wrong\n---\n\nSee [[flihgts]] and [[order]].\n");
    let preview = Running::serve(&site, &[]);
    let page = Page::of(&preview);
    let before = read(&site, "content/wrong.md");
    let told = preview.checked();
    let problem =
        told["problems"].as_array().unwrap().iter().find(|problem| problem["code"] == "unknown-id").unwrap().clone();
    assert_eq!((problem["fix"]["from"].as_str(), problem["fix"]["to"].as_str()), (Some("flihgts"), Some("flights")));
    let fix = json!({ "id": problem["fix"]["id"] });
    let done = page.done("fix", &fix);
    assert_eq!(read(&site, "content/wrong.md"), before.replace("flihgts", "flights"));
    let is_there = || preview.told(&[])["problems"].to_string().contains("flihgts");
    until("the end of the problem", || (!is_there()).then_some(()));
    page.done("undo", &json!({ "number": done["undo"] }));
    assert_eq!(read(&site, "content/wrong.md"), before);
    until("the problem", || is_there().then_some(()));
    // If the file is another one by now, its bytes aren't what the fix is about.
    let other = before.replace("See", "Look, see");
    std::fs::write(site.root().join("content/wrong.md"), &other).unwrap();
    assert!([404, 409].contains(&page.task("fix", &fix).status));
    assert_eq!(read(&site, "content/wrong.md"), other);
}

#[test]
fn a_part_of_a_page_leads_to_its_place() {
    let site = site().file("content/glossary.yaml", "- id: writ\n  term: Writ\n  definition: An order.\n");
    let preview = Running::serve(&site, &[]);
    let page = Page::of(&preview);
    let place = |address: &str, words: &str, link: Option<&str>| {
        let place = page.done("place", &json!({ "address": address, "words": words, "link": link }));
        format!("{}:{} {}", place["file"].as_str().unwrap(), place["line"], place["id"].as_str().unwrap())
    };
    assert_eq!(place("/alliance/", "Then came The court rules.", None), "content/alliance.md:7 alliance");
    assert_eq!(place("/alliance/", "The alliance", None), "content/alliance.md:2 alliance");
    assert_eq!(place("/alliance/", "", Some("/events/order/")), "content/events/all.yaml:6 order");
    assert_eq!(place("/events/order/", "The court rules", None), "content/events/all.yaml:8 order");
    assert_eq!(place("/alliance/", "", Some("/sources/ap/")), "content/sources/all.yaml:1 ap");
    assert_eq!(place("/glossary/", "", Some("/glossary/#writ")), "content/glossary.yaml:1 writ");
    assert_eq!(page.task("place", &json!({ "address": "/timeline/" })).status, 404);
    assert_eq!(page.task("form", &json!({ "address": "/timeline/" })).status, 404);
    let date = page.done("date", &json!({ "text": "since May 2025" }));
    assert_eq!((date["edtf"].as_str(), date["words"].as_str()), (Some("2025-05/.."), Some("since May 2025 (ongoing)")));
    let found = page.done("find", &json!({ "kinds": ["event"], "words": "court" }));
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!((found[0]["id"].as_str(), found[0]["date"].as_str()), (Some("order"), Some("April 10, 2025")));
}
