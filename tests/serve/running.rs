//! A running preview, and what it answers.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::{PROGRAM, Site, files_below};

/// Everything that we wait for takes a fraction of this, on any machine.
const LONGEST: Duration = Duration::from_secs(60);

/// Waits until `done` returns something.
#[track_caller]
pub fn until<T>(what: &str, mut done: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(done) = done() {
            return done;
        }
        assert!(begun.elapsed() < LONGEST, "this never came: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A process that follows a site; it ends with this.
pub struct Running {
    /// Its folder must live as long.
    _site: Site,
    child: Child,
    said: Arc<Mutex<String>>,
    pub port: u16,
}

impl Running {
    /// `backgrounder serve` on any free port.
    #[track_caller]
    pub fn serve(site: &Site, arguments: &[&str]) -> Self {
        let mut words = vec!["serve", "--now", crate::support::NOW];
        words.extend_from_slice(arguments);
        if !arguments.contains(&"-p") {
            words.extend(["-p", "0"]);
        }
        let mut running = Self::start(site, &words);
        let address = until("the address", || running.said().split("the site is at http://").nth(1).map(str::to_owned));
        let port = address.split(['/', '\n']).next().and_then(|host| host.rsplit(':').next()).unwrap().to_owned();
        running.port = port.parse().unwrap();
        running
    }

    /// The program, in the site's folder.
    #[track_caller]
    pub fn start(site: &Site, words: &[&str]) -> Self {
        let mut command = Command::new(PROGRAM);
        command.args(words).current_dir(site.root()).env("NO_COLOR", "1").env_remove("SOURCE_DATE_EPOCH");
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (lines, all) = (BufReader::new(child.stderr.take().unwrap()), said.clone());
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let mut all = all.lock().unwrap();
                all.push_str(&line);
                all.push('\n');
            }
        });
        Self { _site: site.clone(), child, said, port: 0 }
    }

    /// What it has printed so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits until it has printed `words`.
    #[track_caller]
    pub fn says(&self, words: &str) {
        until(words, || self.said().contains(words).then_some(()));
    }

    /// Kills it without a chance to prepare.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, like Ctrl-C; returns the exit code.
    #[cfg(unix)]
    #[track_caller]
    pub fn interrupt(&mut self) -> Option<i32> {
        let asked = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        until("the end", || self.child.try_wait().unwrap()).code()
    }

    /// Sends a request as is and reads the whole answer.
    #[track_caller]
    pub fn raw(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(LONGEST)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Answer::of(&bytes)
    }

    /// A request with these lines after the host, and a body.
    #[track_caller]
    pub fn ask(&self, method: &str, path: &str, lines: &[&str], body: &str) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n", self.port);
        for line in lines {
            request.push_str(line);
            request.push_str("\r\n");
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        self.raw(&format!("{request}\r\n{body}"))
    }

    /// What a browser gets.
    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    /// A page without what the preview adds, or nothing if there is none.
    #[track_caller]
    pub fn page(&self, path: &str) -> Option<String> {
        let answer = self.get(path);
        (answer.status == 200).then(|| answer.page())
    }

    /// What the preview tells a page.
    #[track_caller]
    pub fn told(&self, addresses: &[&str]) -> serde_json::Value {
        self.told_with(&[], &serde_json::json!({ "addresses": addresses }))
    }

    /// The same for a page that asks this, with more lines in its request.
    #[track_caller]
    pub fn told_with(&self, lines: &[&str], asked: &serde_json::Value) -> serde_json::Value {
        let origin = format!("Origin: http://localhost:{}", self.port);
        let lines: Vec<&str> = std::iter::once(&*origin).chain(lines.iter().copied()).collect();
        let answer = self.ask("POST", "/.backgrounder/sync", &lines, &asked.to_string());
        assert_eq!(answer.status, 200, "{}", answer.text());
        serde_json::from_slice(&answer.body).unwrap()
    }

    /// The number of its current state.
    #[track_caller]
    pub fn tick(&self) -> u64 {
        self.told(&[])["tick"].as_u64().unwrap()
    }

    /// Waits until everything is known about the current state.
    #[track_caller]
    pub fn checked(&self) -> serde_json::Value {
        until("the check", || Some(self.told(&[])).filter(|told| told["checked"] == true))
    }

    /// Waits until a page contains these words.
    #[track_caller]
    pub fn shows(&self, path: &str, words: &str) {
        until(&format!("`{words}` in {path}"), || self.page(path).filter(|page| page.contains(words)));
    }

    /// Waits until every page equals that of a clean build, and there are no others.
    #[track_caller]
    pub fn is_like_a_build(&self, site: &Site) {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("site");
        let outcome = site.run(&["build", "--drafts", "--now", crate::support::NOW, "-d", target.to_str().unwrap()]);
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        let wanted = files_below(&target);
        let differs = || {
            wanted.iter().filter(|(path, _)| *path != ".backgrounder.json").find_map(|(path, bytes)| {
                let answer = self.get(&format!("/{}", path.replace(' ', "%20")));
                let have = if path.ends_with(".html") { answer.page().into_bytes() } else { answer.body.clone() };
                // The page for broken addresses is one of them when it is asked for by name.
                (answer.status != 200 || have != *bytes).then(|| path.clone())
            })
        };
        let begun = Instant::now();
        while let Some(path) = differs() {
            assert!(begun.elapsed() < LONGEST, "{path} never became what a build makes it:\n{}", self.said());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// By name in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    #[track_caller]
    fn of(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer with a head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers =
            lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Self { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() }
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A page without the script that the preview adds.
    pub fn page(&self) -> String {
        let text = self.text();
        let open = "<script type=\"module\" src=\"/.backgrounder/preview.js\"";
        let Some((before, rest)) = text.split_once(open) else { return text };
        let (_, after) = rest.split_once("</script>").unwrap();
        format!("{before}{after}")
    }
}
