//! Help while writing: what to write, what stands there, and where else.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::client::{Client, applied, capabilities};
use crate::support::Site;

const ABOUT: &str = "content/about.md";
const EVENTS: &str = "content/events/all.yaml";

fn markdown(body: &str) -> String {
    format!("---\ntitle: About\nkind: page\n---\n\n{body}\n")
}

#[test]
fn ids_are_completed_in_text() {
    let mut client = Client::new(Site::small());
    client.open_saved(ABOUT);
    let offers = client.offers(ABOUT, &markdown("See [[fl¦"));
    let first = &offers[0];
    assert_eq!((&first["label"], &first["detail"]), (&json!("flights"), &json!("Three flights leave · March 15, 2025")));
    assert_eq!(first["textEdit"]["newText"], "flights]]");
    let range = json!({ "start": { "line": 5, "character": 6 }, "end": { "line": 5, "character": 8 } });
    assert_eq!(first["textEdit"]["range"], range);
    // Whatever follows is kept, and words of a title will do.
    let offers = client.offers(ABOUT, &markdown("😀 [[leave¦]] more"));
    assert_eq!((&offers[0]["label"], &offers[0]["textEdit"]["newText"]), (&json!("flights"), &json!("flights")));
    assert_eq!(offers[0]["textEdit"]["range"]["start"]["character"], 5);
    let all = client.labels(ABOUT, &markdown("[[¦]]"));
    for id in ["alliance", "flights", "cecot", "claim-error", "habeas-corpus"] {
        assert!(all.contains(&id.to_owned()), "{all:?}");
    }
    assert!(!all.contains(&"ap".to_owned()), "a source has no id");
    assert_eq!(client.labels(ABOUT, &markdown("[[alliance#¦]]")), ["where-they-were-held"]);
    client.open_saved("content/alliance.md");
    let own = client.labels("content/alliance.md", &markdown("[[#¦]]\n\n## Where they were held\n"));
    assert_eq!(own, ["where-they-were-held"]);
    for marked in ["It left.[@¦", "It left.[-@¦", "It left.[@ap, p. 2; @¦]", "It left.[see @¦]"] {
        let labels = client.labels(ABOUT, &markdown(marked));
        assert!(labels.contains(&"ap".to_owned()) && labels.contains(&"order-pdf".to_owned()), "{marked}: {labels:?}");
        assert!(!labels.contains(&"flights".to_owned()), "{labels:?}");
    }
    let offers = client.offers(ABOUT, &markdown("It left.[@a¦"));
    assert_eq!(
        (&offers[0]["detail"], &offers[0]["textEdit"]["newText"]),
        (&json!("A report · April 10, 2025"), &json!("ap]"))
    );
    for nothing in ["Just wo¦rds.", "me@exa¦mple.org", "```js\n[[¦\n```"] {
        assert!(client.offers(ABOUT, &markdown(nothing)).is_empty(), "{nothing}");
    }
    assert_eq!(client.end(), Some(0));
}

#[test]
fn fields_and_values_are_completed() {
    let mut client = Client::new(Site::small());
    client.open_saved(EVENTS);
    let event = |more: &str| {
        format!("- id: raid\n  date: 2025\n  {more}\n  title: A raid\n- id: last\n  date: 2026\n  title: Last\n")
    };
    let offers = client.offers(EVENTS, &event("sta¦"));
    let status = offers.iter().find(|offer| offer["label"] == "status").unwrap();
    assert_eq!(status["textEdit"]["newText"], "status: ");
    assert!(status["documentation"].as_str().unwrap().contains("How certain it is"), "{status}");
    let labels: Vec<_> = offers.iter().map(|offer| offer["label"].as_str().unwrap()).collect();
    assert!(labels.contains(&"summary") && labels.contains(&"draft"), "{labels:?}");
    assert!(!labels.contains(&"title") && !labels.contains(&"id"), "the record has them: {labels:?}");
    assert_eq!(client.labels(EVENTS, &event("status: ¦")), ["confirmed", "reported", "disputed", "scheduled"]);
    assert_eq!(client.labels(EVENTS, &event("draft: ¦")), ["true", "false"]);
    let places = client.labels(EVENTS, &event("place: ¦"));
    assert_eq!(places, ["cecot"], "a person is no place");
    let ids = client.labels(EVENTS, &event("entities: [cecot, na¦]"));
    assert_eq!(ids, ["nayib-bukele"]);
    let first = client.offers(EVENTS, &event("entities: ¦"));
    assert_eq!(first[0]["textEdit"]["newText"].as_str().map(|text| &text[..1]), Some("["));
    let first = client.offers(EVENTS, &event("sources:\n    ¦"));
    assert_eq!(first[0]["textEdit"]["newText"].as_str().map(|text| &text[..2]), Some("- "));
    assert_eq!(client.labels(EVENTS, &event("sources:\n    - or¦")), ["order-pdf"]);
    assert_eq!(client.labels(EVENTS, &event("media: {¦}")), ["src", "alt", "credit", "license", "caption"]);
    assert!(client.labels(EVENTS, &event("summary: It was [[cec¦]].")).contains(&"cecot".to_owned()));
    assert!(client.labels(EVENTS, &event("summary: |\n    It was.[@¦]")).contains(&"ap".to_owned()));
    assert!(client.labels(EVENTS, &event("# sta¦")).is_empty());
    // Front matter, blocks and settings have fields, too.
    client.open_saved(ABOUT);
    let front = client.labels(ABOUT, "---\ntitle: A\n¦\n---\n\nText.\n");
    assert!(front.contains(&"as-of".to_owned()) && !front.contains(&"title".to_owned()), "{front:?}");
    assert_eq!(client.labels(ABOUT, "---\ntitle: A\nkind: ¦\n---\n"), ["section", "page"]);
    assert_eq!(client.labels(ABOUT, &markdown("```claim\nid: ¦\n```")), ["claim-error"]);
    let book = client.open_saved("book.toml");
    assert!(client.labels("book.toml", &book.replace("[checks]", "¦\n[checks]")).contains(&"publisher".to_owned()));
    let offers = client.offers("book.toml", &format!("{book}\n[desk]\nrecords = ¦\n"));
    assert_eq!(offers[0]["textEdit"]["newText"], "\"files\"");
    assert_eq!(client.end(), Some(0));
}

#[test]
fn records_are_shown_found_and_listed() {
    let mut client = Client::new(Site::small());
    client.open_saved(ABOUT);
    client.change(ABOUT, &markdown("😀 [[order|Then]] [[alliance#where-they-were-held]].[@ap, p. 2]"));
    let hover = client.ask("textDocument/hover", client.at(ABOUT, 5, 6));
    let text = hover["contents"]["value"].as_str().unwrap();
    assert_eq!(text, "**The court rules**\n\nEvent · April 10, 2025\n\n`events/order/`");
    assert_eq!(hover["range"], json!({ "start": { "line": 5, "character": 5 }, "end": { "line": 5, "character": 10 } }));
    let hover = client.ask("textDocument/hover", client.at(ABOUT, 5, 55));
    assert!(hover["contents"]["value"].as_str().unwrap().ends_with("<https://ap.example/1>"), "{hover}");
    // In YAML: an id, a field, a date.
    client.open_saved(EVENTS);
    let mut about = |line, character| {
        let hover = client.ask("textDocument/hover", client.at(EVENTS, line, character));
        hover["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    assert!(about(5, 11).starts_with("**CECOT**\n\nFacility"));
    assert!(
        about(6, 4).contains("whether the short timeline shows it")
            || about(6, 4).contains("Whether the short timeline shows it")
    );
    assert_eq!(about(1, 11), "March 15, 2025");

    let definition = client.ask("textDocument/definition", client.at(ABOUT, 5, 6));
    assert_eq!(
        (&definition["uri"], &definition["range"]["start"]),
        (&json!(client.uri(EVENTS)), &json!({ "line": 8, "character": 6 }))
    );
    let definition = client.ask("textDocument/definition", client.at(ABOUT, 5, 25));
    assert_eq!(
        (&definition["uri"], &definition["range"]["start"]["line"]),
        (&json!(client.uri("content/alliance.md")), &json!(10))
    );

    let mut params = client.at(ABOUT, 5, 6);
    params["context"] = json!({ "includeDeclaration": true });
    let references = client.ask("textDocument/references", params);
    let mut places: Vec<String> = references
        .as_array()
        .unwrap()
        .iter()
        .map(|place| {
            let path = place["uri"].as_str().unwrap().rsplit('/').next().unwrap();
            format!("{path}:{}:{}", place["range"]["start"]["line"], place["range"]["start"]["character"])
        })
        .collect();
    places.sort();
    assert_eq!(places, ["about.md:5:5", "abrego.md:5:44", "all.yaml:8:6"]);

    let uri = client.uri("content/alliance.md");
    let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(symbols[0]["name"], "alliance: The alliance");
    assert_eq!(symbols[0]["children"][0]["name"], "Where they were held");
    let uri = client.uri(EVENTS);
    let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    assert_eq!((symbols.as_array().unwrap().len(), &symbols[1]["range"]["start"]["line"]), (2, &json!(8)));
    let symbols = client.ask("workspace/symbol", json!({ "query": "court" }));
    assert_eq!((&symbols[0]["name"], &symbols[0]["containerName"]), (&json!("order: The court rules"), &json!("Event")));

    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    client.change(EVENTS, "- id: a\n  date: \"2025-03~\"\n  title: A\n- {id: b, date: 2025, title: B}\n- id: c\n  date: 2025-03-12/2025-03-15\n  tit");
    let hints = client.ask("textDocument/inlayHint", json!({ "textDocument": { "uri": uri }, "range": whole }));
    let hints: Vec<String> = hints
        .as_array()
        .unwrap()
        .iter()
        .map(|hint| {
            format!("{}:{} {}", hint["position"]["line"], hint["position"]["character"], hint["label"].as_str().unwrap())
        })
        .collect();
    assert_eq!(hints, ["1:18 about March 2025", "5:29 March 12–15, 2025"]);
    assert_eq!(client.end(), Some(0));
}

/// The texts of a site's content, with what an edit of the protocol does to them. An edit that moves a file does so on disk.
fn perform(client: &Client, edit: &Value, open: &BTreeMap<&str, String>) {
    let path = |uri: &Value| uri.as_str().unwrap().strip_prefix(&client.uri("")).unwrap().to_owned();
    for change in edit["documentChanges"].as_array().unwrap() {
        if change["kind"] == "rename" {
            let (old, new) =
                (client.site.root().join(path(&change["oldUri"])), client.site.root().join(path(&change["newUri"])));
            std::fs::rename(old, new).unwrap();
            continue;
        }
        let path = path(&change["textDocument"]["uri"]);
        let saved = std::fs::read_to_string(client.site.root().join(&path)).unwrap();
        let text = open.get(path.as_str()).cloned().unwrap_or(saved);
        client.site.write(&path, applied(&text, change["edits"].as_array().unwrap()));
    }
}

#[test]
fn renames_reach_every_file() {
    let mut client = Client::new(Site::small());
    // What isn't saved yet is renamed as well.
    let unsaved = markdown("😀 [[flights]] and [[flights|more]].[@ap]");
    client.open_saved(ABOUT);
    client.change(ABOUT, &unsaved);
    let prepared = client.ask("textDocument/prepareRename", client.at(ABOUT, 5, 8));
    assert_eq!((&prepared["placeholder"], &prepared["range"]["start"]["character"]), (&json!("flights"), &json!(5)));
    let mut params = client.at(ABOUT, 5, 8);
    params["newName"] = json!("order");
    assert!(client.refused("textDocument/rename", params.clone())["message"].as_str().unwrap().contains("is taken"));
    params["newName"] = json!("Not An Id");
    assert!(client.refused("textDocument/rename", params.clone())["message"].as_str().unwrap().contains("not-an-id"));
    params["newName"] = json!("three-flights");
    let edit = client.ask("textDocument/rename", params);
    perform(&client, &edit, &[(ABOUT, unsaved)].into());
    let (text, events) = (client.site.root().join(ABOUT), client.site.root().join(EVENTS));
    let (text, events) = (std::fs::read_to_string(text).unwrap(), std::fs::read_to_string(events).unwrap());
    assert!(text.contains("😀 [[three-flights]] and [[three-flights|more]].[@ap]"), "{text}");
    assert!(events.contains("- id: three-flights") && events.contains("caused-by: [three-flights]"), "{events}");
    client.site.check().succeeds();
    assert_eq!(client.end(), Some(0));
}

#[test]
fn renaming_a_page_or_a_source_is_a_rename_too() {
    let mut client = Client::new(Site::small());
    client.open_saved("content/abrego.md");
    let mut params = client.at("content/abrego.md", 5, 8);
    params["newName"] = json!("pact");
    let edit = client.ask("textDocument/rename", params);
    perform(&client, &edit, &BTreeMap::new());
    assert!(
        client.site.root().join("content/pact.md").is_file() && !client.site.root().join("content/alliance.md").exists()
    );
    client.site.check().succeeds();
    assert_eq!(client.end(), Some(0));

    let mut client = Client::new(Site::small());
    client.open_saved("content/sources/all.yaml");
    let mut params = client.at("content/sources/all.yaml", 0, 1);
    params["newName"] = json!("ap-2025");
    let edit = client.ask("textDocument/rename", params);
    perform(&client, &edit, &BTreeMap::new());
    client.site.check().succeeds();
    assert_eq!(client.end(), Some(0));

    // An editor that can't rename files is told so.
    let mut poor = capabilities();
    poor["workspace"]["workspaceEdit"] = json!({ "documentChanges": true });
    let mut client = Client::begin(Site::small(), poor);
    client.open_saved("content/abrego.md");
    let mut params = client.at("content/abrego.md", 5, 8);
    params["newName"] = json!("pact");
    let refused = client.refused("textDocument/rename", params);
    assert!(refused["message"].as_str().unwrap().contains("backgrounder rename alliance pact"), "{refused}");
    assert_eq!(client.end(), Some(0));
}
