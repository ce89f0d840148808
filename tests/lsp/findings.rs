//! Findings about unsaved text, and their fixes.

use serde_json::{Value, json};

use super::client::{Client, applied, capabilities};
use crate::support::Site;

#[test]
fn findings_follow_what_is_typed() {
    let mut client = Client::new(Site::small());
    let path = "content/events/all.yaml";
    let text = client.open_saved(path);
    client.change(path, &text.replace("caused-by: [flights]", "caused-by: [flight]"));
    let found = client.finds(path, "unknown-id");
    assert_eq!(found["severity"], 1);
    assert_eq!(found["source"], "backgrounder");
    assert_eq!(found["message"], "there is no event `flight`\ndid you mean `flights`?");
    assert_eq!(found["range"], json!({ "start": { "line": 12, "character": 14 }, "end": { "line": 12, "character": 20 } }));
    // One keystroke mends it.
    client.edit(path, (12, 20), (12, 20), "s");
    client.clears(path);
    // A file that isn't saved yet counts, and a draft is checked, too.
    client.open("content/new.md", "---\ntitle: New\ndraft: true\n---\n\nSee [[nowhere-at-all]].\n");
    client.finds("content/new.md", "unknown-id");
    client.close("content/new.md");
    client.clears("content/new.md");
    // Two records with one id: the finding shows the other place.
    client.change(path, &text.replace("- id: order", "- id: flights"));
    let found = client.finds(path, "duplicate-id");
    let related = &found["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], client.uri(path));
    assert_eq!(related["location"]["range"]["start"]["line"], 0);
    // Closed without saving: the file is what it was.
    client.close(path);
    client.clears(path);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn findings_are_those_of_a_check() {
    let site = Site::small()
        .page("broken.md", "---\ntitle: Broken\n---\n\nSee [[nobody]], [@nothing] and [a link](#no-such-heading).\n")
        .file("content/entities/more.yaml", "- id: x\n  kind: parson\n  name: X\n- id: Y Z\n");
    let wanted: Vec<String> = site
        .check()
        .findings()
        .iter()
        .filter_map(|finding| {
            let (file, line, _) = finding.places.first()?;
            Some(format!("{file}:{line} {}", finding.code))
        })
        .collect();
    assert!(wanted.len() >= 4, "{wanted:?}");
    let mut client = Client::new(site);
    let count = wanted.len();
    let mut all = Vec::new();
    client.until("content/entities/more.yaml", |found| !found.is_empty());
    client.until("content/broken.md", |found| !found.is_empty());
    for (path, found) in &client.published {
        for one in found {
            let line = one["range"]["start"]["line"].as_u64().unwrap() + 1;
            all.push(format!("{path}:{line} {}", one["code"].as_str().unwrap()));
        }
    }
    all.sort();
    let mut wanted = wanted;
    wanted.sort();
    assert_eq!((all.len(), all), (count, wanted));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn broken_links_of_finished_pages_are_found() {
    let mut client = Client::new(Site::small());
    client.open("content/about.md", "---\ntitle: About\nkind: page\n---\n\nSee [there](#nowhere).\n");
    let found = client.finds("content/about.md", "broken-link");
    assert_eq!(found["range"]["start"]["line"], 5);
    client.change("content/about.md", "---\ntitle: About\nkind: page\n---\n\nSee nothing.\n");
    client.clears("content/about.md");
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_broken_file_hides_no_other() {
    let mut client = Client::new(Site::small());
    let path = "content/events/all.yaml";
    let text = client.open_saved(path);
    client.change(path, &format!("{text}- id: third\n  title: \"never closed\n  date: 2025\n"));
    client.finds(path, "invalid-syntax");
    // The others in the same file still answer.
    let hover = client.ask("textDocument/hover", client.at("content/abrego.md", 5, 47));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("The court rules"), "{hover}");
    client.change(path, &text);
    client.clears(path);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn an_error_in_the_settings_keeps_the_last_good_ones() {
    let mut client = Client::new(Site::small());
    let book = client.open_saved("book.toml");
    client.change("book.toml", &format!("{book}[site\n"));
    client.finds("book.toml", "invalid-syntax");
    // The rest of the site is still followed.
    client.open("content/about.md", "---\ntitle: About\nkind: page\n---\n\n[[nobody]]\n");
    client.finds("content/about.md", "unknown-id");
    let hover = client.ask("textDocument/hover", client.at("content/alliance.md", 8, 20));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("Three flights leave"), "{hover}");
    client.change("book.toml", &book);
    client.clears("book.toml");
    client.change("content/about.md", "---\ntitle: About\nkind: page\n---\n\nText.\n");
    client.clears("content/about.md");
    assert_eq!(client.end(), Some(0));

    // A site whose settings were never right.
    let mut client = Client::new(Site::small().book("[book]\ntitle = 1\n[nonsense"));
    client.finds("book.toml", "invalid-syntax");
    client.open("book.toml", "[book]\ntitle = \"T\"\n");
    client.clears("book.toml");
    assert_ne!(client.ask("textDocument/hover", client.at("content/alliance.md", 8, 20)), Value::Null);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn fixes_are_actions() {
    let mut client = Client::new(Site::small());
    let path = "content/alliance.md";
    let text = client.open_saved(path).replace("[[flights]]", "[[flihgts]]");
    client.change(path, &text);
    let found = client.finds(path, "unknown-id");
    let range = found["range"].clone();
    let uri = client.uri(path);
    let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [found] } });
    let actions = client.ask("textDocument/codeAction", params.clone());
    let action = &actions[0];
    assert_eq!((&action["title"], &action["kind"]), (&json!("Replace `flihgts` with `flights`"), &json!("quickfix")));
    assert_eq!((&action["isPreferred"], &action["diagnostics"][0]["code"]), (&json!(false), &json!("unknown-id")));
    let change = &action["edit"]["documentChanges"][0];
    assert_eq!((&change["textDocument"]["uri"], &change["textDocument"]["version"]), (&json!(uri), &json!(2)));
    client.change(path, &applied(&text, change["edits"].as_array().unwrap()));
    client.clears(path);
    // Nothing is left to fix, and a guess is no fix for all.
    let left = client.ask("textDocument/codeAction", params);
    assert_eq!((left.as_array().unwrap().len(), &left[0]["kind"]), (1, &json!("source.backgrounder.show")));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn safe_fixes_are_applied_at_once() {
    let site = Site::small();
    let mut client = Client::new(site);
    let path = "content/entities/more.yaml";
    let text = "- id: x\n  kind: person\n  name: X\n  roles:\n    - {title: Chief, from: 2020, to: present}\n    - {title: Boss, from: 2021, to: now}\n";
    client.open(path, text);
    client.finds(path, "bad-date");
    let uri = client.uri(path);
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    let context = json!({ "diagnostics": [], "only": ["source.fixAll"] });
    let actions =
        client.ask("textDocument/codeAction", json!({ "textDocument": { "uri": uri }, "range": whole, "context": context }));
    assert_eq!(actions.as_array().unwrap().len(), 1, "{actions}");
    assert_eq!(actions[0]["kind"], "source.fixAll.backgrounder");
    let fixed = applied(text, actions[0]["edit"]["documentChanges"][0]["edits"].as_array().unwrap());
    assert_eq!(fixed.matches("to: ..").count(), 2, "{fixed}");
    client.change(path, &fixed);
    client.clears(path);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn characters_are_counted_as_agreed() {
    let line = "😀 é [[nobody]] said so\r\n";
    let text = format!("---\r\ntitle: T\r\nkind: page\r\n---\r\n\r\n{line}");
    for (offered, chosen, start) in [(json!(["utf-16"]), "utf-16", 5), (json!(["utf-16", "utf-8"]), "utf-8", 8)] {
        let mut wanted = capabilities();
        wanted["general"]["positionEncodings"] = offered;
        let mut client = Client::begin(Site::small(), wanted);
        client.open("content/about.md", &text);
        let found = client.finds("content/about.md", "unknown-id");
        let end = start + 10;
        let range = json!({ "start": { "line": 5, "character": start }, "end": { "line": 5, "character": end } });
        assert_eq!(found["range"], range, "{chosen}");
        // An edit behind the emoji lands where it should.
        client.edit("content/about.md", (5, start + 2), (5, start + 8), "cecot");
        client.clears("content/about.md");
        assert_eq!(client.end(), Some(0));
    }
    // Editors take the byte-order mark of a file off when they open it.
    let saved = "\u{feff}- id: x\n  kind: parson\n  name: X\n- {id: y, kind: person, name: Y}\n";
    let mut client = Client::new(Site::small().file("content/entities/bom.yaml", saved));
    let found = client.finds("content/entities/bom.yaml", "bad-value");
    assert_eq!(found["range"]["start"], json!({ "line": 1, "character": 8 }));
    let symbols = client.ask("workspace/symbol", json!({ "query": "y" }));
    assert!(symbols.as_array().unwrap().iter().any(|symbol| symbol["name"] == "y: Y"), "{symbols}");
    assert_eq!(client.end(), Some(0));
}
