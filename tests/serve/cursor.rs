//! From the editor to the page: the language server tells where the cursor is, and pages of a running preview are told.

use serde_json::{Value, json};

use super::running::{Running, until};
use crate::lsp::client::Client;
use crate::support::Site;

/// What pages are told, as soon as it is another than `before`.
fn pointed(preview: &Running, before: &Value) -> Value {
    until("where the cursor is", || Some(preview.told(&["/"])["pointed"].clone()).filter(|told| told != before))
}

#[test]
fn pages_hear_where_the_cursor_is() {
    let site = Site::small();
    let preview = Running::serve(&site, &[]);
    let begun = preview.told(&["/"]);
    assert!(begun["pointed"].is_null());
    let mut client = Client::new(site.clone());
    let path = "content/alliance.md";
    let text = client.open_saved(path);
    let line = text.lines().position(|line| line.starts_with("It began")).unwrap();
    let uri = client.uri(path);
    client.notify(
        "backgrounder/cursor",
        json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": 3 } }),
    );
    let first = pointed(&preview, &Value::Null);
    assert_eq!(first["address"], "/alliance/");
    assert_eq!(first["words"], "It began with , and Bukele said so.");
    // A record in a list, in text that isn't saved yet, by the command that any editor can offer.
    let list = "content/events/all.yaml";
    let text = client.open_saved(list).replace("The court rules", "The court has ruled");
    client.change(list, &text);
    let line = text.lines().position(|line| line.contains("has ruled")).unwrap();
    let done = client
        .ask("workspace/executeCommand", json!({ "command": "backgrounder.show", "arguments": [client.uri(list), line] }));
    assert!(done.is_null());
    let second = pointed(&preview, &first);
    assert_eq!((&second["address"], &second["words"]), (&json!("/events/order/"), &json!("The court has ruled")));
    assert!(second["number"].as_u64() > first["number"].as_u64());
    // Nothing of the site was made anew for that, and the site's own files are what they were.
    assert_eq!(preview.told(&["/"])["edition"], begun["edition"]);
    assert!(site.root().join(".backgrounder-cache/.gitignore").is_file());
    assert_eq!(client.end(), Some(0));
}
