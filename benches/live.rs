//! How long a preview takes from a saved file to the page that a browser asks for, and to the last finding.
//!
//! `cargo bench --bench live -- --help` says how to run it; `benches/README.md` explains the figures.
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

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use arguments::{Arguments, Options, Size};
use backgrounder::build::live::{Change, Live};
use backgrounder::build::pipeline::Request;
use backgrounder::build::stage::Stage;
use backgrounder::source::files::Listing;
use backgrounder::source::{Files, OnDisk};
use figures::{Spread, ms};

const OPTIONS: Options = Options {
    name: "live",
    flags: &[("--stages", "print how long each stage of an update took")],
    numbers: &[
        ("--saves", 20, "how many saves for each kind of change"),
        ("--soak", 0, "how many more saves after that, measuring only memory"),
    ],
};

/// The time from the save to the last finding.
const FINISHED: Duration = Duration::from_secs(1);

/// December 23, 2025.
const NOW: &str = "2025-12-23T00:00:00Z";

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    arguments::run(&OPTIONS, measure)
}

/// The corpus with edits on top, so that the files on disk stay as they were.
struct SiteFiles {
    disk: OnDisk,
    edits: Mutex<BTreeMap<String, String>>,
}

impl SiteFiles {
    fn text(&self, path: &str) -> io::Result<String> {
        String::from_utf8(self.read(path)?).map_err(io::Error::other)
    }

    fn save(&self, path: &str, text: String) {
        self.edits().insert(path.to_owned(), text);
    }

    fn edits(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.edits.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Files for SiteFiles {
    fn list(&self, folder: &str) -> Listing {
        let mut listing = self.disk.list(folder);
        let below = format!("{folder}/");
        let edits = self.edits();
        let new = edits.keys().filter(|path| path.starts_with(&below) && !listing.files.contains(path));
        listing.files.extend(new.cloned().collect::<Vec<_>>());
        listing.files.sort();
        listing
    }

    /// As fast as the disk's, because a preview asks for it at each save.
    fn list_part(&self, folder: &str, path: &str) -> Listing {
        let mut listing = self.disk.list_part(folder, path);
        if self.edits().contains_key(path) && !listing.files.iter().any(|file| file == path) {
            listing.files.push(path.to_owned());
        }
        listing
    }

    fn is_inside(&self, path: &str) -> bool {
        self.edits().contains_key(path) || self.disk.is_inside(path)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let edit = self.edits().get(path).map(|text| text.clone().into_bytes());
        edit.map_or_else(|| self.disk.read(path), Ok)
    }

    fn has_folder(&self, path: &str) -> bool {
        self.disk.has_folder(path)
    }

    fn folders(&self) -> Vec<String> {
        self.disk.folders()
    }
}

/// A kind of change: its name, and what the nth save of it writes.
struct Kind {
    name: &'static str,
    save: fn(&SiteFiles, &Site, usize) -> io::Result<Edit>,
}

/// The file that changes, its new text, and the page to look at afterward.
type Edit = (String, String, String);

/// What the corpus contains.
struct Site {
    /// Files of sections.
    sections: Vec<String>,
    /// Files of events.
    events: Vec<String>,
}

impl Site {
    fn section(&self, save: usize) -> (String, String) {
        let file = self.sections[save * 37 % self.sections.len()].clone();
        let id = file.rsplit('/').next().unwrap_or(&file).trim_end_matches(".md").to_owned();
        (file, id)
    }
}

const KINDS: [Kind; 4] = [
    Kind {
        name: "a body",
        save: |files, site, save| {
            let (file, id) = site.section(save);
            let text = files.text(&file)? + &format!("\nOne more sentence, number {save}.\n");
            Ok((file, text, format!("{id}/index.html")))
        },
    },
    Kind {
        name: "a section's title",
        save: |files, site, save| {
            let (file, id) = site.section(save);
            let text = files.text(&file)?.replacen("title: ", &format!("title: Number {save} "), 1);
            Ok((file, text, format!("{id}/index.html")))
        },
    },
    Kind {
        name: "an event's date",
        save: |files, site, save| {
            let file = site.events[save * 7 % site.events.len()].clone();
            let text = files.text(&file)?;
            let record = text.match_indices("- id: ").nth(save * 11 % 290).map_or(0, |(at, _)| at);
            let id = text[record + 6..].lines().next().unwrap_or_default().trim().to_owned();
            let date = text[record..].find("date: ").map_or(record, |at| record + at);
            let end = text[date..].find('\n').map_or(text.len(), |at| date + at);
            // A day or month later: far enough to move it, near enough not to break any order.
            let written = &text[date..end];
            let number = |digits: &str| digits.parse::<u32>().unwrap_or(1);
            let last = written.rfind('-').map_or(0, |at| at + 1);
            let next = match written.len() {
                16 => format!("{}{:02}", &written[..last], 1 + number(&written[last..]) % 28),
                13 => format!("{}{:02}", &written[..last], 1 + number(&written[last..]) % 12),
                _ => format!("{written}\n  topics: [moved-{save}]").replace("\n  topics", " #"),
            };
            Ok((file, format!("{}{next}{}", &text[..date], &text[end..]), format!("events/{id}/index.html")))
        },
    },
    Kind {
        name: "a template",
        save: |_, site, save| {
            let (_, id) = site.section(save);
            let text = format!("{}\n{{# {save} #}}\n", include_str!("../templates/section.html"));
            Ok(("templates/section.html".to_owned(), text, format!("{id}/index.html")))
        },
    },
];

/// Measures one size and prints the results.
fn measure(size: &Size, arguments: &Arguments) -> io::Result<()> {
    let home = corpus::kept::home()?;
    let root = corpus::kept::corpus(&home, size.name, size.sections, size.events)?;
    let files = Arc::new(SiteFiles { disk: OnDisk::new(&root)?, edits: Mutex::default() });
    let (sections, events) = (files.list("content").files, files.list("content/events").files);
    let is_section = |path: &String| path.ends_with(".md") && !path.ends_with("index.md") && !path.ends_with("about.md");
    let site = Site { sections: sections.into_iter().filter(is_section).collect(), events };
    let saves = arguments.number("--saves").max(1);
    println!("\n{} sections + {} events, {saves} saves", size.sections, size.events);
    println!("memory before: {:.0} MB", memory());
    let begin = Instant::now();
    let mut live = Live::open(request(&root)?, files.clone()).map_err(io::Error::other)?;
    println!("open: {:.0} ms", ms(begin.elapsed()));
    // Each save would say it again, and that would be measured too.
    if let Some(found) = live.edition().diagnostics().first() {
        return Err(io::Error::other(format!("something is wrong with the corpus: {}", found.message)));
    }
    let begin = Instant::now();
    let first = live.edition().finished(&AtomicBool::new(false)).map(<[_]>::len);
    println!("first check of all pages: {:.0} ms, {} findings", ms(begin.elapsed()), first.unwrap_or_default());
    println!("memory: {:.0} MB\n", memory());
    println!("{:<44} {:>9} {:>9} {:>9}", "", "min", "median", "max");
    for kind in &KINDS {
        let stages = one_kind(kind, size, saves, &mut live, &files, &site)?;
        if arguments.has("--stages") {
            stages.into_iter().for_each(|(stage, took)| row(&format!("{}: {stage:?}", kind.name), took, None));
        }
    }
    println!("memory: {:.0} MB", memory());
    for save in 0..arguments.number("--soak") {
        let kind = &KINDS[save % 3];
        let (file, text, _) = (kind.save)(&files, &site, save + 7)?;
        files.save(&file, text);
        let edition = live.update(&Change::Paths(BTreeSet::from([file])), now()?);
        let _ = edition.finished(&AtomicBool::new(false));
        if (save + 1).is_multiple_of(100) {
            println!("memory after {:>5} more saves: {:.0} MB", save + 1, memory());
        }
    }
    Ok(())
}

/// The times of the stages of some updates, in the order in which they ended.
type Stages = Vec<(Stage, Vec<f64>)>;

fn one_kind(kind: &Kind, size: &Size, saves: usize, live: &mut Live, files: &SiteFiles, site: &Site) -> io::Result<Stages> {
    let mut stages = Stages::new();
    let mut update = Vec::new();
    let mut page = Vec::new();
    let mut finished = Vec::new();
    let mut worked = [Vec::new(), Vec::new()];
    for save in 0..saves {
        let (file, text, wanted) = (kind.save)(files, site, save)?;
        files.save(&file, text);
        let (begin, work) = (Instant::now(), processor_time());
        let mut last = begin;
        let edition = live.update_telling(&Change::Paths(BTreeSet::from([file])), now()?, &mut |stage| {
            let took = ms(last.elapsed());
            last = Instant::now();
            match stages.iter_mut().find(|(known, _)| *known == stage) {
                Some((_, times)) => times.push(took),
                None => stages.push((stage, vec![took])),
            }
        });
        update.push(ms(begin.elapsed()));
        match edition.page(&wanted) {
            Some(Ok(_)) => {}
            Some(Err(fault)) => return Err(io::Error::other(fault.message)),
            None => return Err(io::Error::other(format!("there is no page {wanted}"))),
        }
        page.push(ms(begin.elapsed()));
        worked[0].push(processor_time() - work);
        if edition.finished(&AtomicBool::new(false)).is_none() {
            return Err(io::Error::other("the check of the pages was not made"));
        }
        finished.push(ms(begin.elapsed()));
        worked[1].push(processor_time() - work);
    }
    let [work_to_page, work_to_end] = worked;
    row(&format!("{}: update", kind.name), update, None);
    row(&format!("{}: page", kind.name), page, Some(Duration::from_millis(size.of(30, 150))));
    row(&format!("{}: last finding", kind.name), finished, Some(FINISHED));
    row(&format!("{}: page, on all processors", kind.name), work_to_page, None);
    row(&format!("{}: last finding, on all processors", kind.name), work_to_end, None);
    Ok(stages)
}

fn row(what: &str, figures: Vec<f64>, bound: Option<Duration>) {
    let Spread { min, median, max } = Spread::of(figures.into_iter());
    let verdict = bound.map_or_else(String::new, |bound| {
        let word = if median <= ms(bound) { "within" } else { "over" };
        format!("{word} bound of {} ms", ms(bound))
    });
    println!("{what:<44} {min:>9.1} {median:>9.1} {max:>9.1}  ms  {verdict}");
}

fn now() -> io::Result<jiff::Timestamp> {
    NOW.parse().map_err(io::Error::other)
}

fn request(root: &Path) -> io::Result<Request> {
    let root = root.to_owned();
    Ok(Request {
        root,
        output: None,
        base_url: None,
        drafts: true,
        file_links: false,
        now: now()?,
        strict: false,
        published: None,
    })
}

/// How many milliseconds the process has worked, on all processors together: this is independent of other load.
#[cfg(target_os = "linux")]
fn processor_time() -> f64 {
    /// The kernel's `struct timespec` on 64 bits.
    #[repr(C)]
    #[derive(Default)]
    struct Time {
        seconds: i64,
        nanoseconds: i64,
    }
    // Declared here for the reason given at `wait4` in benches/build.rs.
    unsafe extern "C" {
        fn clock_gettime(clock: std::ffi::c_int, time: *mut Time) -> std::ffi::c_int;
    }
    const PROCESS: std::ffi::c_int = 2;
    let mut time = Time::default();
    // SAFETY: the pointer is to a value with the layout that the kernel fills.
    let failed = unsafe { clock_gettime(PROCESS, &raw mut time) } != 0;
    if failed { f64::NAN } else { time.seconds as f64 * 1e3 + time.nanoseconds as f64 / 1e6 }
}

/// Other systems measure only elapsed time.
#[cfg(not(target_os = "linux"))]
fn processor_time() -> f64 {
    f64::NAN
}

/// The memory that the process holds, in MB; `NaN` if the system doesn't say.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kib.map_or(f64::NAN, |kib| kib * 1024.0 / 1e6)
}
