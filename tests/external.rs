//! `check --external`, against a server of our own that stands for all hosts: the program reaches it as its proxy.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::support::{NOW, Outcome, Site};

/// What the server was asked, as `METHOD address`, and the most requests to one host at a time.
#[derive(Default)]
struct Seen {
    asked: Vec<String>,
    open: BTreeMap<String, usize>,
    at_once: usize,
    agents: Vec<String>,
}

/// A server that stands for every host of the web.
struct Web {
    address: String,
    seen: Arc<Mutex<Seen>>,
}

/// The head of an answer for a method, an address, and how often that address was asked before; `None` for none at all.
type Says = fn(&str, &str, usize) -> Option<&'static str>;

impl Web {
    fn new(says: Says) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Seen::default()));
        let kept = seen.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = kept.clone();
                thread::spawn(move || answer(stream, says, &seen));
            }
        });
        Self { address, seen }
    }

    /// Checks a site that has this section; `more` are further arguments.
    fn check(&self, site: &Site, more: &[&str]) -> Outcome {
        let site = site.clone().env("http_proxy", &self.address).env("no_proxy", "224.0.0.1");
        site.run(&[&["check", "--external", "--pause", "0", "--timeout", "10"], more].concat())
    }

    /// What was asked since the last time, sorted.
    fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut self.seen.lock().unwrap().asked);
        asked.sort();
        asked
    }
}

fn answer(mut stream: TcpStream, says: Says, seen: &Mutex<Seen>) {
    let (mut request, mut byte) = (Vec::new(), [0]);
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count == 1) {
        request.push(byte[0]);
    }
    let request = String::from_utf8(request).unwrap();
    let mut words = request.split(' ');
    let (method, address) = (words.next().unwrap(), words.next().unwrap());
    let host = address.split('/').nth(2).unwrap().to_owned();
    let before = {
        let mut seen = seen.lock().unwrap();
        let before = seen.asked.iter().filter(|one| one.ends_with(&format!(" {address}"))).count();
        seen.asked.push(format!("{method} {address}"));
        seen.agents.extend(request.lines().find(|line| line.starts_with("User-Agent:")).map(str::to_owned));
        let open = seen.open.entry(host.clone()).or_default();
        *open += 1;
        let open = *open;
        seen.at_once = seen.at_once.max(open);
        before
    };
    let head = says(method, address, before);
    // Long enough for a second request to the host to meet this one, if there could be one.
    thread::sleep(Duration::from_millis(30));
    *seen.lock().unwrap().open.get_mut(&host).unwrap() -= 1;
    match head {
        Some(head) => {
            let _ =
                stream.write_all(format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes());
        }
        None => {
            // The other side closes the connection when it has waited long enough.
            let _ = stream.read(&mut byte);
        }
    }
}

/// A web with something of everything.
fn says(method: &str, address: &str, before: usize) -> Option<&'static str> {
    Some(match address.rsplit('/').next().unwrap_or_default() {
        "missing" => "404 Not Found",
        "gone" => "410 Gone",
        "moved" => "301 Moved Permanently\r\nLocation: http://new.example/here",
        "moved-to-front" => "308 Permanent Redirect\r\nLocation: /",
        "found" => "302 Found\r\nLocation: http://new.example/here",
        "lost" => "301 Moved Permanently\r\nLocation: http://new.example/missing",
        "file" => "301 Moved Permanently\r\nLocation: file:///etc/passwd",
        "circle" => "302 Found\r\nLocation: /circle",
        "forbidden" => "403 Forbidden",
        "slow-down" if before == 0 => "429 Too Many Requests\r\nRetry-After: 0",
        "closed" => "429 Too Many Requests\r\nRetry-After: 86400",
        "broken" => "500 Internal Server Error",
        "shaky" if before < 2 => "500 Internal Server Error",
        "no-heads" if method == "HEAD" => "405 Method Not Allowed",
        "hangs" => return None,
        _ => "200 OK",
    })
}

/// A section with a link to each of these.
fn linking(addresses: &[&str]) -> Site {
    let links: Vec<_> = addresses.iter().map(|address| format!("[x]({address})\n")).collect();
    Site::new().section("a", &links.join("\n"))
}

#[test]
fn what_is_dead_or_moved_is_reported_where_it_is_written() {
    let web = Web::new(says);
    let site = linking(&[
        "http://a.example/fine",
        "http://a.example/missing",
        "http://b.example/gone#part",
        "http://c.example/moved#part",
        "http://d.example/moved-to-front",
        "http://e.example/found",
        "http://f.example/lost",
    ]);
    let outcome = web.check(&site, &["--format", "short"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert_eq!(
        outcome.stdout,
        "content/a.md:6:1: warning[dead-link]: http://a.example/missing is dead: the server answers 404 (not found); correct the \
         address, link to a copy, such as one at https://web.archive.org/web/*/http://a.example/missing, or take the link out\n\
         content/a.md:8:1: warning[dead-link]: http://b.example/gone#part is dead: the server answers 410 (gone); correct the \
         address, link to a copy, such as one at https://web.archive.org/web/*/http://b.example/gone#part, or take the link out\n\
         content/a.md:10:1: info[moved-link]: http://c.example/moved#part has moved for good; write http://new.example/here#part\n\
         content/a.md:12:1: info[moved-link]: http://d.example/moved-to-front now leads to the front page http://d.example/; the \
         page itself is probably gone: look for its new address, or for an archived copy\n\
         content/a.md:16:1: warning[dead-link]: http://f.example/lost is dead: it leads to http://new.example/missing, and the \
         server answers 404 (not found); correct the address, link to a copy, such as one at \
         https://web.archive.org/web/*/http://f.example/lost, or take the link out\n"
    );
    outcome.says("7 addresses: 3 dead, 2 moved; 3 warnings in ");
    assert!(web.seen.lock().unwrap().agents.iter().all(|agent| agent.contains("backgrounder/")));
    web.check(&site, &["--strict"]).fails();
    let json = web.check(&site, &["--format", "json"]).stdout;
    assert!(json.contains("\"text\": \"http://new.example/here#part\""), "{json}");
    for format in ["sarif", "github"] {
        assert!(web.check(&site, &["--format", format]).stdout.contains("dead-link"), "{format}");
    }
}

#[test]
fn what_nobody_can_say_is_not_called_dead() {
    let web = Web::new(says);
    let site = linking(&[
        "http://a.example/forbidden",
        "http://b.example/closed",
        "http://b.example/other",
        "http://c.example/broken",
        "http://d.example/circle",
        "http://e.example/file",
    ]);
    let outcome = web.check(&site, &["--verbose"]);
    assert_eq!((outcome.code, outcome.findings().len()), (Some(0), 0), "{}", outcome.stderr);
    let outcome = outcome
        .says("6 addresses: 0 dead, 0 moved, 6 could not be checked in ")
        .says("content/a.md:4:1: http://a.example/forbidden could not be checked: the server answers 403 (forbidden)")
        .says("http://b.example/closed could not be checked: the server answers 429 (too many requests)")
        .says("http://b.example/other could not be checked: it wasn't asked")
        .says("http://c.example/broken could not be checked: the server answers 500 (internal error)")
        .says("http://d.example/circle could not be checked: its redirects don't end")
        .says("http://e.example/file could not be checked: it leads to something that is no web page");
    assert!(!outcome.stderr.contains("content/a.md:8:1: http://b.example/closed"));
    let asked = web.asked();
    assert_eq!(asked.iter().filter(|one| one.contains("b.example")).count(), 1, "{asked:?}");
    assert_eq!(asked.iter().filter(|one| one.contains("broken")).count(), 4, "{asked:?}");
}

#[test]
fn failures_that_pass_are_no_findings() {
    let web = Web::new(says);
    let site = linking(&["http://a.example/slow-down", "http://b.example/shaky", "http://c.example/no-heads"]);
    web.check(&site, &["--strict"]).succeeds().says("3 addresses: 0 dead, 0 moved in ");
    assert_eq!(
        web.asked(),
        [
            "GET http://a.example/slow-down",
            "GET http://b.example/shaky",
            "GET http://b.example/shaky",
            "GET http://c.example/no-heads",
            "HEAD http://a.example/slow-down",
            "HEAD http://b.example/shaky",
            "HEAD http://c.example/no-heads",
        ]
    );
}

#[test]
fn an_answer_is_waited_for_only_so_long() {
    let web = Web::new(says);
    let site = linking(&["http://a.example/hangs"]).env("http_proxy", &web.address);
    let outcome = site.run(&["check", "--external", "--pause", "0", "--timeout", "0.2", "--verbose"]).succeeds();
    outcome.says("http://a.example/hangs could not be checked: the server didn't answer in time");
    site.run(&["check", "--external", "--timeout", "0"]).refuses("no server answers in 0 seconds");
    site.run(&["check", "--external", "--pause", "soon"]).refuses("write a number of seconds from 0 to 600");
    site.run(&["check", "--pause", "2"]).refuses("--external");
}

#[test]
fn nothing_is_dead_if_nothing_can_be_reached() {
    // No program can connect to an address for groups of machines.
    let web = Web::new(says);
    let alone = web.check(&linking(&["http://224.0.0.1/x"]), &["--verbose"]).succeeds();
    alone.says("could not be checked: its host can't be connected to, and no other site could be reached");
    let site = linking(&["http://224.0.0.1/x", "http://a.example/fine"]);
    web.check(&site, &[]).finds("dead-link", "content/a.md", 4, 1).says("its host can't be connected to");
    // What is known to answer is asked again to see whether anything does.
    web.asked();
    web.check(&site, &[]).finds("dead-link", "content/a.md", 4, 1);
    assert_eq!(web.asked(), ["HEAD http://a.example/fine"]);
}

#[test]
fn what_answered_well_is_not_asked_again_for_a_week() {
    let web = Web::new(says);
    let site = linking(&["http://a.example/fine", "http://b.example/moved", "http://c.example/missing"]);
    let first = web.check(&site, &["--now", NOW, "--format", "short"]);
    assert!(first.stdout.contains("moved-link"), "{}", first.stdout);
    assert_eq!(web.asked().len(), 5);
    let second = web.check(&site, &["--now", NOW, "--format", "short"]);
    assert_eq!(first.stdout, second.stdout);
    assert_eq!(web.asked(), ["GET http://c.example/missing", "HEAD http://c.example/missing"]);
    second.says("3 addresses (2 of them known from the last seven days): 1 dead, 1 moved");
    web.check(&site, &["--now", NOW, "--fresh"]);
    assert_eq!(web.asked().len(), 5);
    web.check(&site, &["--now", "2025-12-29T12:00:00Z"]);
    assert_eq!(web.asked().len(), 5);
    std::fs::remove_dir_all(site.root().join(".backgrounder-cache")).unwrap();
    web.check(&site, &["--now", NOW]);
    assert_eq!(web.asked().len(), 5);
}

#[test]
fn a_host_is_asked_one_thing_at_a_time_and_an_address_once() {
    let web = Web::new(|_, address, _| {
        // Redirects to one host come from many.
        Some(if address.contains("//to.") { "200 OK" } else { "302 Found\r\nLocation: http://to.example/x" })
    });
    let addresses: Vec<String> = (0..12).map(|at| format!("http://h{}.example/{at}", at % 5)).collect();
    let mut all: Vec<&str> = addresses.iter().map(String::as_str).collect();
    all.extend(["http://h0.example/0#again", "http://H0.example/0"]);
    web.check(&linking(&all), &[]).succeeds().says("12 addresses");
    let asked = web.asked();
    assert_eq!(asked.len(), 24, "{asked:?}");
    assert_eq!(web.seen.lock().unwrap().at_once, 1);
}

#[test]
fn every_address_that_is_published_is_asked_and_no_other() {
    let web = Web::new(says);
    let site = Site::new()
        .book(
            "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[site.publisher]\nurl = \"http://p.example/1\"\ncontact = \"mailto:a@p.example\"\n",
        )
        .page("draft.md", "---\ntitle: D\ndraft: true\n---\n[x](http://draft.example/)\n")
        .page(
            "a.md",
            "---\ntitle: A\nsummary: See [x](http://t.example/summary).\n---\n<http://t.example/bare> [m](mailto:a@b.example)\n\n`http://code.example/`\n",
        )
        .file(
            "content/sources/s.yaml",
            "s:\n  title: S\n  url: {value: \"http://s.example/1\", date: 2025-01-01}\n  archive-url: http://copy.example/1\n  annote: http://never.example/\nt: {title: T, url: http://s.example/2, draft: true}\n",
        )
        .file(
            "content/entities/e.yaml",
            "- {id: e, kind: person, name: E, same-as: [\"http://e.example/1\"]}\n- {id: f, kind: author, name: F, contact: \"http://f.example/1\", same-as: [\"http://f.example/2\"]}\n",
        );
    let hosts = |asked: Vec<String>| asked.iter().map(|one| one.split("//").nth(1).unwrap().to_owned()).collect::<Vec<_>>();
    web.check(&site, &[]).succeeds();
    let published = [
        "copy.example/1",
        "e.example/1",
        "f.example/1",
        "f.example/2",
        "p.example/1",
        "s.example/1",
        "t.example/bare",
        "t.example/summary",
    ];
    assert_eq!(hosts(web.asked()), published);
    web.check(&site, &["--drafts", "--fresh"]).succeeds();
    assert_eq!(web.asked().len(), published.len() + 2);
}

#[test]
fn a_dead_source_with_a_copy_is_only_a_hint() {
    let web = Web::new(says);
    let sources = "a:\n  title: A\n  url: http://a.example/missing\n  archive-url: http://copy.example/a\nb:\n  title: B\n  url: http://b.example/missing\nc:\n  title: C\n  url: http://c.example/fine\n  archive-url: http://copy.example/missing\n";
    let site = Site::new().file("content/sources/s.yaml", sources);
    let short = web.check(&site, &["--format", "short"]).stdout;
    let lines: Vec<&str> = short.lines().collect();
    assert_eq!(lines.len(), 3, "{short}");
    assert!(
        lines[0].starts_with("content/sources/s.yaml:3:8: info[dead-link]")
            && lines[0].contains("still have the archived copy")
    );
    assert!(
        lines[1].starts_with("content/sources/s.yaml:7:8: warning[dead-link]") && lines[1].contains("add `archive-url:`")
    );
    assert!(lines[2].starts_with("content/sources/s.yaml:11:16: warning[dead-link]: the archived copy"), "{}", lines[2]);
}

#[test]
fn settings_and_waivers_apply() {
    let web = Web::new(says);
    let book = "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[checks]\ndead-link = \"error\"\nmoved-link = \"off\"\n\
                [[checks.allow]]\ncode = \"dead-link\"\nat = \"b\"\nreason = \"It is about dead links.\"\n";
    let site = linking(&["http://a.example/missing", "http://a.example/moved"])
        .section("b", "[x](http://b.example/gone)")
        .book(book);
    web.check(&site, &[]).fails_at("dead-link", "content/a.md", 4, 1).says("3 addresses: 2 dead, 1 moved; 1 error in ");
    // The waiver is for this command alone, and no other complains of it.
    web.asked();
    site.check().succeeds();
    assert!(web.asked().is_empty(), "a plain check asks nobody");
}

#[test]
fn what_can_not_be_read_is_an_error() {
    let web = Web::new(says);
    let site = Site::new().section("a", "[x](http://a.example/fine)").file("content/sources/s.yaml", "s:\n  titel: S\n");
    let outcome = web.check(&site, &[]).fails();
    assert!(outcome.findings().iter().any(|finding| finding.code == "missing-field"), "{}", outcome.stderr);
    web.check(&Site::new().file("book.toml", "[book\n"), &[]).fails();
}

#[test]
fn without_curl_it_says_so() {
    let nothing = tempfile::tempdir().unwrap();
    let site = linking(&["http://a.example/fine"]).env("PATH", nothing.path().to_str().unwrap());
    site.run(&["check", "--external"]).refuses("fetched with curl, which is not on this machine: install it");
    // Nothing to ask needs no curl.
    Site::new().env("PATH", nothing.path().to_str().unwrap()).run(&["check", "--external"]).succeeds().says("0 addresses");
    site.run(&["check", "--external", "--explain", "dead-link"]).refuses("--explain");
}
