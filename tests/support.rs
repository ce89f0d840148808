//! A site in a temporary folder, the program run on it, and the result.
//!
//! ```ignore
//! Site::new().page("alliance.md", "---\ntitle: A\n---\n[[nobody]]").build().fails_at("unknown-id", "content/alliance.md", 4, 1);
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

/// The program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_backgrounder");

/// The time of every build that isn't given another.
pub const NOW: &str = "2025-12-22T12:00:00Z";

/// Every run takes a fraction of this; one that doesn't is stuck, and is ended so that the others can be read.
const STUCK: Duration = Duration::from_secs(120);

/// A drawing that pages may show.
pub const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"/>";

/// A source that records may cite.
pub const SOURCE: &str =
    "ap:\n  title: A report\n  publisher: Associated Press\n  date: 2025-04-10\n  url: https://ap.example/1\n";

/// Rules about how well a site is sourced and linked. Sites of tests are as small as they can be, with one source for everything
/// and no text around most records, so these would report nearly all of them.
const ABOUT_WEIGHT: [&str; 4] = ["single-source", "source-before-event", "orphan", "no-archive"];

/// A `book.toml` without the rules [`ABOUT_WEIGHT`], unless it sets one itself; its own lines stay where they are, except for
/// tables after its `[checks]`.
pub fn lenient(book: &str) -> String {
    let own = book.find("[checks]\n");
    let end = own.and_then(|at| book[at..].find("\n[").map(|end| at + end + 1)).unwrap_or(book.len());
    let (before, after) = book.split_at(end);
    let head = if own.is_some() { "" } else { "[checks]\n" };
    let line = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let is_set = |rule: &&&str| book.lines().any(|line| line.starts_with(&format!("{rule} =")));
    let off: String = ABOUT_WEIGHT.iter().filter(|rule| !is_set(rule)).map(|rule| format!("{rule} = \"off\"\n")).collect();
    format!("{before}{line}{head}{off}{after}")
}

/// A site's folder. Cloning shares it.
#[derive(Clone)]
pub struct Site {
    folder: Arc<TempDir>,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    now: String,
}

impl Site {
    /// A site with a `book.toml`, a folder for content, and nothing else.
    #[track_caller]
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("backgrounder-test-").tempdir().unwrap();
        std::fs::create_dir(folder.path().join("content")).unwrap();
        let site = Self { folder: Arc::new(folder), arguments: Vec::new(), environment: Vec::new(), now: NOW.to_owned() };
        site.book("[book]\ntitle = \"Test site\"\n\n[site]\nas-of = \"2025-12-22\"\n")
    }

    /// A site with one record of each kind, each pointing at others.
    #[track_caller]
    pub fn small() -> Self {
        Self::new()
            .page(
                "alliance.md",
                "---\ntitle: The alliance\nsummary: How it began.\norder: 1\npart: The deal\nkey-points: [\"A first point.[@ap]\"]\n---\n\n\
                 It began with [[flights]], and [[nayib-bukele|Bukele]] said so.[@ap, p. 2]\n\n## Where they were held\n\nIn [[cecot]], see [[habeas-corpus]].\n",
            )
            .page("abrego.md", "---\ntitle: The Abrego case\norder: 2\n---\n\nSee [[alliance#where-they-were-held]] and [[order]].[@order-pdf]\n")
            .page("about.md", "---\ntitle: About\nkind: page\n---\n\nWho we are.\n")
            .file(
                "content/events/all.yaml",
                "- id: flights\n  date: 2025-03-15\n  title: Three flights leave\n  summary: They left despite an order.[@ap]\n  entities: [nayib-bukele]\n  place: cecot\n  significance: major\n  sources: [ap]\n\
                 - id: order\n  date: 2025-04-10\n  title: The court rules\n  sections: [alliance]\n  caused-by: [flights]\n  claims: [claim-error]\n  sources: [\"order-pdf, p. 2\"]\n",
            )
            .file(
                "content/entities/all.yaml",
                "- id: nayib-bukele\n  kind: person\n  name: Nayib Bukele\n  description: President.\n\
                 - id: cecot\n  kind: facility\n  name: CECOT\n",
            )
            .file("content/sources/all.yaml", format!("{SOURCE}order-pdf:\n  title: The order\n  kind: primary\n"))
            .file(
                "content/claims/all.yaml",
                "- id: claim-error\n  text: It was an error.\n  asserted-by: [nayib-bukele]\n  status: alleged\n  sources: [ap]\n  sections: [alliance]\n",
            )
            .file("content/glossary.yaml", "- {id: habeas-corpus, term: Habeas corpus, definition: A writ., sources: [ap]}\n")
    }

    /// Sets `book.toml`, with [`lenient`] checks.
    #[track_caller]
    pub fn book(self, text: &str) -> Self {
        self.file("book.toml", lenient(text))
    }

    /// Adds a Markdown file below `content/`.
    #[track_caller]
    pub fn page(self, name: &str, text: &str) -> Self {
        self.file(&format!("content/{name}"), text)
    }

    /// Adds a section with a title and this body, which begins on line 4.
    #[track_caller]
    pub fn section(self, id: &str, body: &str) -> Self {
        self.page(&format!("{id}.md"), &format!("---\ntitle: Title of {id}\n---\n{body}\n"))
    }

    /// Adds the source `ap`.
    #[track_caller]
    pub fn sourced(self) -> Self {
        self.file("content/sources/all.yaml", SOURCE)
    }

    /// Adds a file.
    #[track_caller]
    pub fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.write(path, bytes);
        self
    }

    /// Writes a file of a site that was built before.
    #[track_caller]
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let file = self.root().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }

    /// Removes a file.
    #[track_caller]
    pub fn remove(&self, path: &str) {
        std::fs::remove_file(self.root().join(path)).unwrap();
    }

    /// Adds an argument to every run.
    pub fn arg(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the time of builds.
    pub fn now(mut self, time: &str) -> Self {
        time.clone_into(&mut self.now);
        self
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Builds it.
    #[track_caller]
    pub fn build(&self) -> Outcome {
        self.run(&["build", "--now", &self.now])
    }

    /// Checks it.
    #[track_caller]
    pub fn check(&self) -> Outcome {
        self.run(&["check", "--now", &self.now])
    }

    /// Runs the program in the site's folder.
    #[track_caller]
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        let mut command = assert_cmd::Command::new(PROGRAM);
        command.args(arguments).args(&self.arguments).current_dir(self.root()).timeout(STUCK);
        command.env("NO_COLOR", "1").env_remove("SOURCE_DATE_EPOCH").env_remove("CLICOLOR_FORCE");
        // These tests also run in jobs of GitHub Actions, whose summaries they must not fill.
        let names = std::env::vars_os().map(|(name, _)| name);
        names.filter(|name| name.to_string_lossy().starts_with("GITHUB_")).for_each(|name| {
            command.env_remove(name);
        });
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        let output = command.output().unwrap();
        Outcome {
            site: self.clone(),
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// One finding, as it was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub severity: String,
    pub code: String,
    pub message: String,
    /// Where: first the place itself and then what is shown along with it, as file, line, column.
    pub places: Vec<(String, usize, usize)>,
    /// Everything that was printed about it.
    pub text: String,
}

/// The result of a run.
pub struct Outcome {
    pub site: Site,
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    /// The findings that were printed.
    #[track_caller]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        for line in self.stderr.lines() {
            let head = ["error[", "warning[", "info["].iter().find(|head| line.starts_with(**head));
            if let Some(head) = head {
                let (code, message) = line[head.len()..].split_once("]: ").unwrap();
                findings.push(Finding {
                    severity: head.trim_end_matches('[').to_owned(),
                    code: code.to_owned(),
                    message: message.to_owned(),
                    places: Vec::new(),
                    text: String::new(),
                });
            }
            let Some(finding) = findings.last_mut() else { continue };
            writeln!(finding.text, "{line}").unwrap();
            if let Some(place) = line.trim_start().strip_prefix("--> ").or(line.trim_start().strip_prefix("::: ")) {
                let mut parts = place.rsplitn(3, ':');
                let column = parts.next().unwrap().parse().unwrap();
                let line = parts.next().unwrap().parse().unwrap();
                finding.places.push((parts.next().unwrap().to_owned(), line, column));
            }
        }
        findings
    }

    /// Asserts success without findings.
    #[track_caller]
    pub fn succeeds(self) -> Self {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        assert!(self.findings().is_empty(), "{}", self.stderr);
        self
    }

    /// Asserts success, with this finding and no other.
    #[track_caller]
    pub fn warns_of(self, code: &str) -> Self {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        let findings = self.findings();
        assert!(!findings.is_empty() && findings.iter().all(|finding| finding.code == code), "{}", self.stderr);
        self
    }

    /// Asserts that the content has errors, with the matching exit code.
    #[track_caller]
    pub fn fails(self) -> Self {
        assert_eq!(self.code, Some(1), "{}", self.stderr);
        self
    }

    /// Asserts that the program refused to run: wrong use, or the system.
    #[track_caller]
    pub fn refuses(self, words: &str) -> Self {
        assert_eq!(self.code, Some(2), "{}", self.stderr);
        self.says(words)
    }

    /// Asserts that there is one finding, with this code and at this place.
    #[track_caller]
    pub fn fails_at(self, code: &str, file: &str, line: usize, column: usize) -> Self {
        let outcome = self.finds(code, file, line, column).fails();
        let findings = outcome.findings();
        assert_eq!(findings.len(), 1, "more was found:\n{}", outcome.stderr);
        outcome
    }

    /// Asserts that this is among the findings.
    #[track_caller]
    pub fn finds(self, code: &str, file: &str, line: usize, column: usize) -> Self {
        let findings = self.findings();
        let place = (file.to_owned(), line, column);
        let found = findings.iter().any(|finding| finding.code == code && finding.places.first() == Some(&place));
        assert!(found, "no {code} at {file}:{line}:{column} in:\n{}", self.stderr);
        self
    }

    /// Asserts that there is one finding, with this code and without a place in the author's files.
    #[track_caller]
    pub fn fails_nowhere(self, code: &str) -> Self {
        let outcome = self.fails();
        let findings = outcome.findings();
        assert!(findings.len() == 1 && findings[0].code == code && findings[0].places.is_empty(), "{}", outcome.stderr);
        outcome
    }

    /// Asserts that the first finding also shows this place.
    #[track_caller]
    pub fn shows(self, file: &str, line: usize, column: usize) -> Self {
        let places: Vec<_> = self.findings().into_iter().flat_map(|finding| finding.places.into_iter().skip(1)).collect();
        assert!(places.contains(&(file.to_owned(), line, column)), "{places:?}\n{}", self.stderr);
        self
    }

    /// Asserts that these words were printed.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        let flat = self.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(words) || self.stderr.contains(words), "`{words}` is not in:\n{}", self.stderr);
        self
    }

    /// The folder of the finished site.
    pub fn folder(&self) -> PathBuf {
        self.site.root().join("site")
    }

    /// A file of the finished site, as text.
    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        let file = self.folder().join(path);
        std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}\n{}", self.stderr))
    }

    /// A page without its tags and with single spaces.
    #[track_caller]
    pub fn words(&self, path: &str) -> String {
        let page = self.page(path);
        let mut out = String::new();
        for piece in page.split('<') {
            let words = piece.split_once('>').map_or(piece, |(_, words)| words);
            out.push_str(words);
            out.push(' ');
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether the finished site has this file.
    pub fn has(&self, path: &str) -> bool {
        self.folder().join(path).is_file()
    }

    /// Every file of the finished site, by path.
    #[track_caller]
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        files_below(&self.folder())
    }
}

/// Every file below a folder, by its path from there.
#[track_caller]
pub fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, std::fs::read(&path).unwrap_or_default());
            }
        }
    }
    files
}

/// Every attribute `name` in a page, in order.
pub fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let open = format!(" {name}=\"");
    page.match_indices(&open)
        .map(|(at, _)| {
            let value = &page[at + open.len()..];
            &value[..value.find('"').unwrap()]
        })
        .collect()
}

/// The part of a page between two marks.
#[track_caller]
pub fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let start = page.find(from).unwrap_or_else(|| panic!("no `{from}` in:\n{page}")) + from.len();
    let length = page[start..].find(to).unwrap_or_else(|| panic!("no `{to}` behind `{from}` in:\n{page}"));
    &page[start..start + length]
}
