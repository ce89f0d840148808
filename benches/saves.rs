//! How long it takes from saving a file to disk until a browser gets the new page from a running `serve`.
//!
//! `cargo bench --bench saves -- --help` says how to run it; `benches/README.md` explains the figures.
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
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use arguments::{Arguments, Options, Size};
use figures::{Spread, ms};

const OPTIONS: Options =
    Options { name: "saves", flags: &[], numbers: &[("--saves", 20, "how many saves for each kind of change")] };

/// Longer than anything takes that works at all.
const LOST: Duration = Duration::from_secs(60);

fn main() -> ExitCode {
    arguments::run(&OPTIONS, measure)
}

/// A running preview; it ends with this.
struct Preview {
    child: Child,
    host: String,
    base: String,
}

impl Preview {
    fn start(root: &Path) -> io::Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_backgrounder"));
        command.args(["serve", "-p", "0", "--now", "2025-12-23"]).arg(root);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let stderr = child.stderr.take().ok_or_else(|| io::Error::other("no stderr"))?;
        let mut said = BufReader::new(stderr);
        let mut line = String::new();
        while said.read_line(&mut line)? > 0 {
            if let Some(address) = line.trim().strip_prefix("the site is at http://") {
                let (host, base) = address.split_once('/').unwrap_or((address, ""));
                let (host, base) = (host.to_owned(), format!("/{base}"));
                // The rest of its output must be read by someone, or the program would wait.
                std::thread::spawn(move || io::copy(&mut said, &mut io::sink()));
                return Ok(Self { child, host, base });
            }
            line.clear();
        }
        Err(io::Error::other("the preview has ended"))
    }

    /// A page, as a browser gets it.
    fn get(&self, path: &str) -> io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(&self.host)?;
        write!(stream, "GET {}{path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.base, self.host)?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What to save: the file, its new text with a mark in it, and the page that shows it.
type Edit = (PathBuf, String, String);

/// Makes what to save, from the site, the number of the save, and a mark that shows on the page.
type Save = fn(&Site, usize, &str) -> io::Result<Edit>;

/// What the corpus contains.
struct Site {
    root: PathBuf,
    sections: Vec<String>,
    events: PathBuf,
}

impl Site {
    fn of(root: PathBuf) -> io::Result<Self> {
        let names = |folder: &str| -> io::Result<Vec<String>> {
            let entries = std::fs::read_dir(root.join(folder))?;
            let mut names: Vec<_> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
            names.sort();
            Ok(names)
        };
        let sections = names("content")?.into_iter().filter_map(|name| name.strip_suffix(".md").map(str::to_owned));
        let sections: Vec<_> = sections.filter(|name| name != "index" && name != "about").collect();
        let first = names("content/events")?.into_iter().next();
        let events = root.join("content/events").join(first.ok_or_else(|| io::Error::other("the corpus has no events"))?);
        Ok(Self { root, sections, events })
    }

    /// A section to save, a different one each time.
    fn section(&self, save: usize) -> (PathBuf, &str) {
        let id = &self.sections[save * 37 % self.sections.len()];
        (self.root.join(format!("content/{id}.md")), id)
    }
}

/// The kinds of change.
const KINDS: [(&str, Save); 4] = [
    ("a section's body", |site, save, mark| {
        let (file, id) = site.section(save);
        let text = std::fs::read_to_string(&file)?;
        Ok((file, format!("{text}\n{mark}\n"), format!("{id}/")))
    }),
    ("a section's title", |site, save, mark| {
        let (file, id) = site.section(save);
        let text = line_after(&std::fs::read_to_string(&file)?, "title: ", mark);
        Ok((file, text, format!("{id}/")))
    }),
    ("an event's title", |site, _, mark| {
        let text = std::fs::read_to_string(&site.events)?;
        let id = text.split("- id: ").nth(1).and_then(|rest| rest.lines().next()).unwrap_or("").to_owned();
        Ok((site.events.clone(), line_after(&text, "title: ", mark), format!("events/{id}/")))
    }),
    ("a template", |site, save, mark| {
        let file = site.root.join("templates/components/footer.html");
        Ok((file, format!("<footer>{mark}</footer>\n"), format!("{}/", site.section(save).1)))
    }),
];

/// A text with the rest of the line after the first `key` replaced.
fn line_after(text: &str, key: &str, value: &str) -> String {
    let Some(start) = text.find(key).map(|at| at + key.len()) else { return text.to_owned() };
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    format!("{}{value}{}", &text[..start], &text[end..])
}

/// Measures one size and prints the results.
fn measure(size: &Size, arguments: &Arguments) -> io::Result<()> {
    let (saves, bound) = (arguments.number("--saves").max(1), size.of(100.0, 250.0));
    let home = corpus::kept::home()?;
    let kept = corpus::kept::corpus(&home, size.name, size.sections, size.events)?;
    let root = home.join("saved");
    corpus::kept::clear(&root)?;
    copy(&kept, &root)?;
    let site = Site::of(root)?;
    let begin = Instant::now();
    let preview = Preview::start(&site.root)?;
    println!("\n{} sections + {} events, {saves} saves", size.sections, size.events);
    println!("from the start to the first page: {:.0} ms\n", {
        preview.get("")?;
        ms(begin.elapsed())
    });
    println!("{:<24} {:>9} {:>9} {:>9}", "", "min", "median", "max");
    for (name, kind) in KINDS {
        let mut figures = Vec::new();
        for save in 0..saves {
            let mark = format!("Mark{save}of{}", name.len());
            let (file, text, page) = kind(&site, save, &mark)?;
            preview.get(&page)?;
            figures.push(ms(one(&preview, &file, &text, &page, &mark)?));
        }
        let Spread { min, median, max } = Spread::of(figures.into_iter());
        let verdict = if median <= bound { "within" } else { "over" };
        println!("{name:<24} {min:>6.1} ms {median:>6.1} ms {max:>6.1} ms  {verdict} bound of {bound} ms");
    }
    drop(preview);
    corpus::kept::clear(&site.root)
}

/// Saves, and asks for the page until it has the mark.
fn one(preview: &Preview, file: &Path, text: &str, page: &str, mark: &str) -> io::Result<Duration> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // Editors leave a moment between saves, in which the program may do deferred work.
    std::thread::sleep(Duration::from_millis(1500));
    let begin = Instant::now();
    std::fs::write(file, text)?;
    while begin.elapsed() < LOST {
        let bytes = preview.get(page)?;
        if bytes.windows(mark.len()).any(|piece| piece == mark.as_bytes()) {
            return Ok(begin.elapsed());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Err(io::Error::other(format!("{} never showed up on {page}", file.display())))
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
