//! A client of the language server, as editors are: it starts the program and speaks with it over pipes.
#![expect(clippy::needless_pass_by_value, reason = "messages are made where they are sent")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{NOW, PROGRAM, Site};

/// Every wait takes a fraction of this; one that doesn't is stuck.
const STUCK: Duration = Duration::from_secs(60);

/// A session.
pub struct Client {
    pub site: Site,
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    next: i64,
    versions: BTreeMap<String, i64>,
    /// The last diagnostics of each file.
    pub published: BTreeMap<String, Vec<Value>>,
    /// What else the server asked or told.
    pub told: Vec<Value>,
    /// Answers that nobody has asked for yet.
    answers: BTreeMap<String, Value>,
}

/// What most editors can do.
pub fn capabilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "workspace": {
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
        },
    })
}

impl Client {
    /// Starts the program for a site, without a word said.
    pub fn mute(site: Site) -> Self {
        let mut command = Command::new(PROGRAM);
        command.args(["lsp", "--now", NOW]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.current_dir(site.root()).spawn().unwrap();
        let (input, mut output) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = next(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let (versions, published, answers) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { site, child, input, messages, next: 0, versions, published, told: Vec::new(), answers }
    }

    /// A session with a site that has begun.
    pub fn begin(site: Site, capabilities: Value) -> Self {
        let mut client = Self::mute(site);
        let root = client.uri("").trim_end_matches('/').to_owned();
        let params = json!({
            "processId": null, "rootUri": root, "capabilities": capabilities,
            "workspaceFolders": [{ "uri": root, "name": "site" }],
        });
        client.ask("initialize", params);
        client.notify("initialized", json!({}));
        client
    }

    pub fn new(site: Site) -> Self {
        Self::begin(site, capabilities())
    }

    /// What the client calls a file; the site's folder, with a slash at its end, if there is no path.
    pub fn uri(&self, path: &str) -> String {
        let folder = url::Url::from_directory_path(self.site.root()).unwrap();
        folder.join(path).unwrap().to_string()
    }

    pub fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    pub fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.write(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and returns its number.
    pub fn post(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next, "method": method, "params": params }));
        self.next
    }

    /// The whole answer to a request.
    pub fn answer(&mut self, id: &Value) -> Value {
        let begun = Instant::now();
        loop {
            if let Some(answer) = self.answers.remove(&id.to_string()) {
                return answer;
            }
            assert!(begun.elapsed() < STUCK, "no answer to {id}");
            self.listen();
        }
    }

    /// The result of a request.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.post(method, params);
        let mut answer = self.answer(&id.into());
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }

    /// The error that a request gets.
    pub fn refused(&mut self, method: &str, params: Value) -> Value {
        let id = self.post(method, params);
        let mut answer = self.answer(&id.into());
        assert!(answer.get("error").is_some(), "{method}: {answer}");
        answer["error"].take()
    }

    /// Takes in the next message.
    fn listen(&mut self) {
        let message = self.messages.recv_timeout(STUCK).expect("the server says nothing more");
        if message.get("method").is_none() {
            self.answers.insert(message["id"].to_string(), message);
        } else if message["method"] == "textDocument/publishDiagnostics" {
            let uri = message["params"]["uri"].as_str().unwrap();
            let root = self.uri("");
            let path = uri.strip_prefix(&root).unwrap_or_else(|| panic!("{uri} is not below {root}")).to_owned();
            self.published.insert(path, message["params"]["diagnostics"].as_array().unwrap().clone());
        } else {
            if message.get("id").is_some() {
                let answer = json!({ "jsonrpc": "2.0", "id": message["id"], "result": null });
                self.send(&answer);
            }
            self.told.push(message);
        }
    }

    /// Waits until the diagnostics of a file are as wanted, and returns them.
    #[track_caller]
    pub fn until(&mut self, path: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let begun = Instant::now();
        loop {
            if let Some(found) = self.published.get(path).filter(|found| wanted(found)) {
                return found.clone();
            }
            assert!(begun.elapsed() < STUCK, "{path} still has {:#?}", self.published.get(path));
            self.listen();
        }
    }

    /// Waits until a file has a finding with this code, and returns it.
    #[track_caller]
    pub fn finds(&mut self, path: &str, code: &str) -> Value {
        let found = self.until(path, |found| found.iter().any(|one| one["code"] == code));
        found.into_iter().find(|one| one["code"] == code).unwrap()
    }

    /// Waits until a file that had findings has none.
    #[track_caller]
    pub fn clears(&mut self, path: &str) {
        self.until(path, <[Value]>::is_empty);
    }

    pub fn open(&mut self, path: &str, text: &str) {
        self.versions.insert(path.to_owned(), 1);
        let document = json!({ "uri": self.uri(path), "languageId": "x", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Opens a file as it is on disk.
    pub fn open_saved(&mut self, path: &str) -> String {
        let text = std::fs::read_to_string(self.site.root().join(path)).unwrap();
        self.open(path, &text);
        text
    }

    fn changed(&mut self, path: &str, change: Value) {
        let uri = self.uri(path);
        let version = self.versions.get_mut(path).unwrap();
        *version += 1;
        let document = json!({ "uri": uri, "version": *version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
    }

    /// Replaces the whole text of an open document.
    pub fn change(&mut self, path: &str, text: &str) {
        self.changed(path, json!({ "text": text }));
    }

    /// Replaces a part of an open document.
    pub fn edit(&mut self, path: &str, from: (u32, u32), to: (u32, u32), text: &str) {
        let at = |(line, character)| json!({ "line": line, "character": character });
        self.changed(path, json!({ "range": { "start": at(from), "end": at(to) }, "text": text }));
    }

    pub fn close(&mut self, path: &str) {
        let uri = self.uri(path);
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// The parameters of a question about a place.
    pub fn at(&self, path: &str, line: u32, character: u32) -> Value {
        json!({ "textDocument": { "uri": self.uri(path) }, "position": { "line": line, "character": character } })
    }

    /// Types a text with a `¦` for the cursor into an open document, and returns what is offered there.
    #[track_caller]
    pub fn offers(&mut self, path: &str, marked: &str) -> Vec<Value> {
        let at = marked.find('¦').unwrap();
        self.change(path, &marked.replacen('¦', "", 1));
        let line = marked[..at].matches('\n').count() as u32;
        let start = marked[..at].rfind('\n').map_or(0, |line| line + 1);
        let character = marked[start..at].encode_utf16().count() as u32;
        let result = self.ask("textDocument/completion", self.at(path, line, character));
        result["items"].as_array().cloned().unwrap_or_default()
    }

    /// The labels of what is offered.
    #[track_caller]
    pub fn labels(&mut self, path: &str, marked: &str) -> Vec<String> {
        let labels = self.offers(path, marked).into_iter();
        labels.map(|item| item["label"].as_str().unwrap().to_owned()).collect()
    }

    /// Ends the session as it should be, and returns the exit code.
    pub fn end(mut self) -> Option<i32> {
        self.ask("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.code()
    }

    /// Waits for the program to end.
    pub fn code(&mut self) -> Option<i32> {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(begun.elapsed() < STUCK, "the server doesn't end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Closes the server's input.
    pub fn hang_up(&mut self) {
        self.input = None;
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn next(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().unwrap(),
            _ if line.trim().is_empty() => break,
            _ => panic!("an odd line: {line:?}"),
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}

/// A text with edits applied, as an editor would: `edits` are the protocol's, with positions in UTF-16.
pub fn applied(text: &str, edits: &[Value]) -> String {
    let mut places: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let (start, end) = (&edit["range"]["start"], &edit["range"]["end"]);
            (offset(text, start), offset(text, end), edit["newText"].as_str().unwrap())
        })
        .collect();
    places.sort_unstable();
    let mut out = text.to_owned();
    for (start, end, new) in places.into_iter().rev() {
        out.replace_range(start..end, new);
    }
    out
}

/// The byte at a position, counted in UTF-16 from the text alone.
pub fn offset(text: &str, position: &Value) -> usize {
    let (line, character) = (position["line"].as_u64().unwrap() as usize, position["character"].as_u64().unwrap() as usize);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut passed = 0;
    for (at, c) in text[start..].char_indices() {
        if passed >= character || c == '\n' {
            return start + at;
        }
        passed += c.len_utf16();
    }
    text.len()
}
