//! How long it takes from a keystroke in an editor until the language server has told the first finding, and how long until it has
//! answered what may be written there.
//!
//! `cargo bench --bench typing -- --help` says how to run it; `benches/README.md` explains the figures.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    unsafe_code,
    reason = "a benchmark reads the clock and system counters, and prints them"
)]

mod arguments;
mod corpus;
mod figures;

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use arguments::{Arguments, Options, Size};
use figures::{Spread, ms};
use serde_json::{Value, json};

const OPTIONS: Options =
    Options { name: "typing", flags: &[], numbers: &[("--keys", 30, "how many keystrokes for each kind of text")] };

/// Time between keystrokes: long enough for the check of the finished pages to begin, so that each keystroke has to stop one.
const PAUSE: Duration = Duration::from_millis(450);

/// The time until the first finding, in a small site.
const FINDING: f64 = 100.0;

/// The time until completion has answered, in a small site.
const COMPLETION: f64 = 50.0;

fn main() -> ExitCode {
    arguments::run(&OPTIONS, measure)
}

/// A running language server; it ends with this.
struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    next: i64,
}

impl Server {
    fn start(root: &Path) -> io::Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_backgrounder"));
        command.args(["lsp", "--now", "2025-12-23"]).arg(root);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let missing = || io::Error::other("no pipe");
        let input = child.stdin.take().ok_or_else(missing)?;
        let output = BufReader::new(child.stdout.take().ok_or_else(missing)?);
        let mut server = Self { child, input, output, next: 0 };
        let watched = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
        server.ask("initialize", &json!({ "processId": null, "rootUri": null, "capabilities": watched }))?;
        server.notify("initialized", &json!({}))?;
        Ok(server)
    }

    fn send(&mut self, message: &Value) -> io::Result<()> {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len())?;
        self.input.flush()
    }

    fn notify(&mut self, method: &str, params: &Value) -> io::Result<()> {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    /// Asks, and waits for the answer.
    fn ask(&mut self, method: &str, params: &Value) -> io::Result<Value> {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))?;
        self.until(|message| message.get("method").is_none() && message["id"] == id)
    }

    /// Waits for a message.
    fn until(&mut self, is_it: impl Fn(&Value) -> bool) -> io::Result<Value> {
        loop {
            let mut length = 0;
            loop {
                let mut line = String::new();
                if self.output.read_line(&mut line)? == 0 {
                    return Err(io::Error::other("the server has ended"));
                }
                match line.trim().strip_prefix("Content-Length: ") {
                    Some(value) => length = value.parse().map_err(io::Error::other)?,
                    None if line.trim().is_empty() => break,
                    None => {}
                }
            }
            let mut body = vec![0; length];
            self.output.read_exact(&mut body)?;
            let message = serde_json::from_slice(&body)?;
            if is_it(&message) {
                return Ok(message);
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A place to type at: what it is called, its file, its text, and the line behind which is typed.
struct Place {
    name: &'static str,
    file: PathBuf,
    text: String,
    line: usize,
}

/// The first file of a folder, and the first of its lines that begins with `start`.
fn place(name: &'static str, folder: &Path, start: &str, ending: &str) -> io::Result<Place> {
    let entries = std::fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file)?;
        if let Some(line) = text.lines().position(|line| line.starts_with(start)) {
            return Ok(Place { name, file, text, line });
        }
    }
    Err(io::Error::other(format!("the corpus has no line `{start}`")))
}

/// Someone who types behind a line of an open document.
struct Typist<'s> {
    server: &'s mut Server,
    uri: String,
    version: i64,
    line: usize,
    /// Where the line ended before anything was typed, in units of UTF-16.
    column: usize,
    typed: usize,
}

impl<'s> Typist<'s> {
    fn open(server: &'s mut Server, place: &Place) -> io::Result<Self> {
        // The corpus is in a folder without odd letters.
        let uri = format!("file://{}", place.file.display());
        let document = json!({ "uri": uri, "languageId": "x", "version": 0, "text": place.text });
        server.notify("textDocument/didOpen", &json!({ "textDocument": document }))?;
        let column = place.text.lines().nth(place.line).map_or(0, |line| line.encode_utf16().count());
        Ok(Self { server, uri, version: 0, line: place.line, column, typed: 0 })
    }

    /// Replaces what was typed before.
    fn key(&mut self, text: &str) -> io::Result<()> {
        std::thread::sleep(PAUSE);
        self.version += 1;
        let at = |character: usize| json!({ "line": self.line, "character": character });
        let range = json!({ "start": at(self.column), "end": at(self.column + self.typed) });
        self.typed = text.len();
        let document = json!({ "uri": self.uri, "version": self.version });
        let change = json!({ "textDocument": document, "contentChanges": [{ "range": range, "text": text }] });
        self.server.notify("textDocument/didChange", &change)
    }

    /// The time from a keystroke to the finding about it.
    fn finding(&mut self, key: usize) -> io::Result<f64> {
        self.key(&format!(" [[zz-{key}]]"))?;
        let begin = Instant::now();
        let (uri, mark) = (self.uri.clone(), format!("`zz-{key}`"));
        self.server.until(|message| message["params"]["uri"] == *uri && message.to_string().contains(&mark))?;
        Ok(ms(begin.elapsed()))
    }

    /// The time from a keystroke to what may be written there.
    fn offers(&mut self) -> io::Result<f64> {
        self.key(" [[a")?;
        let begin = Instant::now();
        let position = json!({ "line": self.line, "character": self.column + self.typed });
        let found = self
            .server
            .ask("textDocument/completion", &json!({ "textDocument": { "uri": self.uri }, "position": position }))?;
        let is_empty = found["result"]["items"].as_array().is_none_or(Vec::is_empty);
        if is_empty { Err(io::Error::other("nothing is offered")) } else { Ok(ms(begin.elapsed())) }
    }
}

/// Measures one size and prints the results.
fn measure(size: &Size, arguments: &Arguments) -> io::Result<()> {
    let keys = arguments.number("--keys").max(1);
    let home = corpus::kept::home()?;
    let root = corpus::kept::corpus(&home, size.name, size.sections, size.events)?;
    let content = root.join("content");
    let places = [
        place("a section's text", &content, "The ", ".md")?,
        place("a section's heading", &content, "## ", ".md")?,
        place("a section's title", &content, "title: ", ".md")?,
        place("an event's summary", &content.join("events"), "    ", ".yaml")?,
        place("an event's title", &content.join("events"), "  title: ", ".yaml")?,
    ];
    let begin = Instant::now();
    let mut server = Server::start(&root)?;
    server.ask("workspace/symbol", &json!({ "query": "x" }))?;
    println!("\n{} sections + {} events, {keys} keystrokes", size.sections, size.events);
    println!("from the start to the first answer: {:.0} ms\n", ms(begin.elapsed()));
    println!("{:<34} {:>9} {:>9} {:>9}", "", "min", "median", "max");
    for place in places {
        let mut typist = Typist::open(&mut server, &place)?;
        let findings = (0..keys).map(|key| typist.finding(key)).collect::<io::Result<Vec<_>>>()?;
        let offers = (0..keys).map(|_| typist.offers()).collect::<io::Result<Vec<_>>>()?;
        let uri = typist.uri.clone();
        server.notify("textDocument/didClose", &json!({ "textDocument": { "uri": uri } }))?;
        report(place.name, "first finding", findings, size.of(Some(FINDING), None));
        report(place.name, "completion", offers, size.of(Some(COMPLETION), None));
    }
    Ok(())
}

fn report(place: &str, what: &str, figures: Vec<f64>, bound: Option<f64>) {
    let Spread { min, median, max } = Spread::of(figures.into_iter());
    let verdict = bound.map(|bound| format!("  {} bound of {bound} ms", if median <= bound { "within" } else { "over" }));
    let name = format!("{place}: {what}");
    println!("{name:<34} {min:>6.1} ms {median:>6.1} ms {max:>6.1} ms{}", verdict.unwrap_or_default());
}
