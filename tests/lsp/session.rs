//! From the first message to the last, and whatever may come in between.

use serde_json::{Value, json};

use super::client::{Client, capabilities};
use crate::support::Site;

#[test]
fn a_session_begins_and_ends_as_the_protocol_says() {
    let mut client = Client::mute(Site::small());
    assert_eq!(client.refused("textDocument/hover", Value::Null)["code"], -32002);
    client.notify("textDocument/didOpen", json!({ "nonsense": true }));
    let answer = client.ask("initialize", json!({ "capabilities": {}, "rootUri": null, "processId": null }));
    assert_eq!(answer["serverInfo"]["name"], "backgrounder");
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(client.refused("initialize", Value::Null)["code"], -32600);
    client.notify("initialized", json!({}));
    // Nobody has named a site yet.
    assert_eq!(client.ask("workspace/symbol", json!({ "query": "" })), Value::Null);
    client.ask("shutdown", Value::Null);
    assert_eq!(client.refused("textDocument/hover", Value::Null)["code"], -32600);
    client.notify("exit", Value::Null);
    assert_eq!(client.code(), Some(0));

    let mut client = Client::new(Site::small());
    client.notify("exit", Value::Null);
    assert_eq!(client.code(), Some(1), "the end comes without a shutdown");
    let mut client = Client::new(Site::small());
    client.hang_up();
    assert_eq!(client.code(), Some(1), "the client has gone");
}

#[test]
fn no_message_ends_a_session() {
    let mut client = Client::new(Site::small());
    let uri = client.uri("content/alliance.md");
    client.open_saved("content/alliance.md");
    client.write(b"nonsense\r\n\r\n");
    client.write(b"Content-Length: 3\r\n\r\n{]}");
    client.write(b"Content-Length: 4\r\n\r\n\"\xff\xfe\"");
    client.send(&json!([1, 2]));
    client.send(&json!({ "jsonrpc": "2.0", "id": "odd", "result": null }));
    client.send(&json!({ "jsonrpc": "2.0", "id": 99_999_999_999_i64, "method": "textDocument/hover" }));
    assert_eq!(client.answer(&json!(99_999_999_999_i64))["error"]["code"], -32600);
    assert_eq!(client.answer(&Value::Null)["error"]["code"], -32600);
    client.notify("$/unheardOf", json!({ "a": 1 }));
    client.notify("textDocument/didChange", json!({ "textDocument": { "uri": uri, "version": "x" } }));
    client.notify(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": "file:///elsewhere", "version": 1 }, "contentChanges": [] }),
    );
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": "::" } }));
    assert_eq!(client.refused("textDocument/unheardOf", Value::Null)["code"], -32601);
    assert_eq!(client.refused("textDocument/hover", json!({ "position": 1 }))["code"], -32602);
    // Places that no text has.
    client.edit("content/alliance.md", (400, 9), (500, 1), "\n");
    client.edit("content/alliance.md", (3, 90_000), (0, 0), "");
    let far = json!({ "textDocument": { "uri": uri }, "position": { "line": 4_000_000, "character": 4_000_000 } });
    for method in ["hover", "definition", "prepareRename", "completion"] {
        client.ask(&format!("textDocument/{method}"), far.clone());
    }
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_request_can_be_canceled() {
    let mut client = Client::new(Site::small());
    client.open_saved("content/alliance.md");
    // All in one go, so that the first is still waiting when the second comes.
    let hover = json!({ "jsonrpc": "2.0", "id": "h", "method": "textDocument/hover", "params": client.at("content/alliance.md", 8, 18) });
    let cancel = json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": "h" } });
    let frames: String = [hover, cancel]
        .iter()
        .map(ToString::to_string)
        .map(|text| format!("Content-Length: {}\r\n\r\n{text}", text.len()))
        .collect();
    client.write(frames.as_bytes());
    let answer = client.answer(&json!("h"));
    assert!(answer["error"]["code"] == -32800 || answer["result"].is_object(), "{answer}");
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_site_is_found_around_the_first_document() {
    let site = Site::small();
    let mut client = Client::mute(site);
    client.ask("initialize", json!({ "capabilities": capabilities(), "rootUri": null, "processId": null }));
    client.notify("initialized", json!({}));
    client.open("content/alliance.md", "---\ntitle: A\n---\n\nSee [[nobody]].\n");
    client.finds("content/alliance.md", "unknown-id");
    assert!(client.told.iter().any(|told| told["method"] == "client/registerCapability"));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn what_others_save_is_noticed() {
    // Once the client says so, and once it can't.
    let mut client = Client::new(Site::small());
    client.open_saved("content/abrego.md");
    client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": client.uri("content/abrego.md") } }));
    client.site.write("content/alliance.md", "---\ntitle: The alliance\n---\n\nNow without a heading.\n");
    let uri = client.uri("content/alliance.md");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 2 }] }));
    client.until("content/abrego.md", |found| !found.is_empty());
    assert_eq!(client.end(), Some(0));

    let mut client = Client::begin(Site::small(), json!({}));
    client.open_saved("content/abrego.md");
    client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": client.uri("content/abrego.md") } }));
    // The watch begins at the same time as the site is read, so the first save may come too early for it.
    let begun = std::time::Instant::now();
    while client.published.get("content/other.md").is_none_or(Vec::is_empty) {
        assert!(begun.elapsed().as_secs() < 60, "the save isn't noticed");
        client
            .site
            .write("content/other.md", format!("---\ntitle: Other\n---\n\n[[nobody-{}]]\n", begun.elapsed().as_millis()));
        std::thread::sleep(std::time::Duration::from_millis(100));
        client.ask("workspace/symbol", json!({ "query": "x" }));
    }
    assert_eq!(client.end(), Some(0));
}
