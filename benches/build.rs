//! How long `backgrounder build` takes, and how much memory, compared with simply copying the site that it makes.
//!
//! `cargo bench --bench build -- --help` says how to run it; `benches/README.md` explains the figures.
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

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use arguments::{Arguments, Options, Size};
use figures::{Spread, ms};

const OPTIONS: Options = Options {
    name: "build",
    flags: &[("--formats", "also build with feeds, sitemaps, structured data, data and calendars")],
    numbers: &[("--runs", 5, "how many times to build")],
};

/// The most times longer that a build may take than copying what it made, file by file, in one thread.
const MAX_RATIO: f64 = 2.5;

/// The most times longer that a build with every format but cards may take than one of the pages alone.
const MAX_FORMATS: f64 = 1.5;

/// The time that the program is given, so that all builds make the same bytes: December 23, 2025.
const NOW: &str = "1766448000";

fn main() -> ExitCode {
    arguments::run(&OPTIONS, measure)
}

/// The end of `book.toml` for a site with every format except cards, which would take nearly all of the time.
const EVERY_FORMAT: &str = "\n[output.cards]\nenable = false\n";

/// The address that formats need; without one, a site has only pages and data.
const BASE_URL: &str = "https://bench.example/files";

/// The figures of one run.
struct Run {
    build: Cost,
    copy: Duration,
    copy_by_all: Duration,
    rebuild: Cost,
    /// With every format, if asked for.
    formats: Option<Cost>,
}

/// Measures one size and prints the results.
fn measure(size: &Size, arguments: &Arguments) -> io::Result<()> {
    let runs = arguments.number("--runs").max(1);
    let home = corpus::kept::home()?;
    let root = corpus::kept::corpus(&home, size.name, size.sections, size.events)?;
    // We remove nothing while measuring: for minutes after a file is deleted, ext4 checks its inode again for each new
    // file, which can double the time of a build or a copy.
    let scratch = home.join(format!("run-{}", std::process::id()));
    let fresh = |what: &str, run: usize| scratch.join(format!("{what}-{run}"));
    fs::create_dir_all(&scratch)?;
    let log = home.join("build.log");
    let cores = thread::available_parallelism().map_or(1, usize::from);
    println!("\n{} sections + {} events, {runs} runs, {cores} cores", size.sections, size.events);

    // The first build doesn't count: it warms the caches and reports its stages.
    let first = fresh("first", 0);
    build(&root, &first, &["-v"], &log)?;
    let stages = fs::read_to_string(&log)?;
    let tree = Tree::of(&first)?;

    let mut figures = Vec::new();
    for run in 0..runs {
        let out = fresh("out", run);
        let built = build(&root, &out, &[], &log)?;
        let copy = tree.copy(&out, &fresh("copy", run), 1)?;
        let copy_by_all = tree.copy(&out, &fresh("copy-by-all", run), cores)?;
        let rebuild = build(&root, &out, &[], &log)?;
        let formats =
            if arguments.has("--formats") { Some(build_formats(&root, &fresh("formats", run), &log)?) } else { None };
        figures.push(Run { build: built, copy, copy_by_all, rebuild, formats });
    }
    corpus::kept::clear(&scratch)?;
    report(size, &tree, cores, &figures);
    println!("\nThe program's own account of its stages, from one more build:\n");
    let stages: Vec<_> = stages.lines().filter(|line| line.ends_with(" ms")).collect();
    println!("{}", if stages.is_empty() { "(none)".to_owned() } else { stages.join("\n") });
    Ok(())
}

/// What a build took.
struct Cost {
    wall: Duration,
    usage: Option<usage::Usage>,
}

/// Runs the program; its output goes to the file `log`, so that no pipe makes it wait.
fn build(root: &Path, out: &Path, more: &[&str], log: &Path) -> io::Result<Cost> {
    let said = File::create(log)?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_backgrounder"));
    command.arg("build").arg(root).arg("-d").arg(out).args(more);
    command.env("SOURCE_DATE_EPOCH", NOW).stdin(std::process::Stdio::null());
    command.stdout(said.try_clone()?).stderr(said);
    let begin = Instant::now();
    let (status, usage) = usage::wait(command.spawn()?)?;
    let wall = begin.elapsed();
    if status.success() {
        return Ok(Cost { wall, usage });
    }
    let said = fs::read_to_string(log)?;
    let first: Vec<_> = said.lines().take(40).collect();
    Err(io::Error::other(format!(
        "backgrounder build failed, {status}; its output is in {}:\n{}",
        log.display(),
        first.join("\n")
    )))
}

/// Builds with every format but cards: the same corpus with a different end of its settings, which are restored
/// afterward.
fn build_formats(root: &Path, out: &Path, log: &Path) -> io::Result<Cost> {
    let settings = root.join("book.toml");
    let pages = fs::read_to_string(&settings)?;
    fs::write(&settings, pages.replace(corpus::PAGES_ALONE, EVERY_FORMAT))?;
    let built = build(root, out, &["--base-url", BASE_URL], log);
    fs::write(&settings, pages)?;
    built
}

/// A finished site: its folders, parents first, and the files in each.
struct Tree {
    folders: Vec<(PathBuf, Vec<OsString>)>,
    files: usize,
    pages: usize,
    bytes: u64,
}

impl Tree {
    fn of(root: &Path) -> io::Result<Self> {
        let mut tree = Self { folders: Vec::new(), files: 0, pages: 0, bytes: 0 };
        let mut waiting = vec![PathBuf::new()];
        while let Some(folder) = waiting.pop() {
            let mut files = Vec::new();
            for entry in fs::read_dir(root.join(&folder))? {
                let entry = entry?;
                let name = entry.file_name();
                if entry.file_type()?.is_dir() {
                    waiting.push(folder.join(name));
                    continue;
                }
                tree.files += 1;
                tree.pages += usize::from(Path::new(&name).extension().is_some_and(|extension| extension == "html"));
                tree.bytes += entry.metadata()?.len();
                files.push(name);
            }
            tree.folders.push((folder, files));
        }
        Ok(tree)
    }

    /// Copies the files of `from` to the new folder `to`, reading and writing each as a whole, and returns the time it
    /// took.
    fn copy(&self, from: &Path, to: &Path, threads: usize) -> io::Result<Duration> {
        let next = AtomicUsize::new(0);
        let work = || -> io::Result<()> {
            while let Some((folder, files)) = self.folders.get(next.fetch_add(1, Ordering::Relaxed)) {
                let (from, to) = (from.join(folder), to.join(folder));
                fs::create_dir_all(&to)?;
                for name in files {
                    fs::write(to.join(name), fs::read(from.join(name))?)?;
                }
            }
            Ok(())
        };
        let begin = Instant::now();
        thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mine = work();
            others
                .into_iter()
                .map(|other| other.join().unwrap_or_else(|_| Err(io::Error::other("a thread that copied panicked"))))
                .fold(mine, Result::and)
        })?;
        Ok(begin.elapsed())
    }
}

fn report(size: &Size, tree: &Tree, cores: usize, runs: &[Run]) {
    let row = |what: &str, unit: &str, figures: &dyn Fn(&Run) -> f64, bound: Option<f64>| {
        let Spread { min, median, max } = Spread::of(runs.iter().map(figures));
        let places = if median < 10.0 { 2 } else { 1 };
        let verdict = bound.map_or_else(String::new, |bound| {
            format!("{} bound of {bound} {unit}", if median <= bound { "within" } else { "over" })
        });
        println!("{what:<28} {min:>9.places$} {median:>9.places$} {max:>9.places$}  {unit:<3} {verdict}");
    };
    let of_usage = |cost: &Cost, figure: &dyn Fn(&usage::Usage) -> f64| cost.usage.as_ref().map_or(f64::NAN, figure);
    println!(
        "site: {} pages, {} files, {} folders, {:.1} MB\n",
        tree.pages,
        tree.files,
        tree.folders.len(),
        tree.bytes as f64 / 1e6
    );
    println!("{:<28} {:>9} {:>9} {:>9}", "", "min", "median", "max");
    row("build, wall", "ms", &|run| ms(run.build.wall), Some(size.of(350.0, 5_500.0)));
    row("build, user", "ms", &|run| of_usage(&run.build, &|usage| ms(usage.user)), None);
    row("build, system", "ms", &|run| of_usage(&run.build, &|usage| ms(usage.system)), None);
    row("build, peak memory", "MB", &|run| of_usage(&run.build, &|usage| usage.peak / 1e6), Some(size.of(150.0, 1_000.0)));
    row("copy, 1 thread", "ms", &|run| ms(run.copy), None);
    row(&format!("copy, {cores} threads"), "ms", &|run| ms(run.copy_by_all), None);
    row("build / copy, 1 thread", "x", &|run| run.build.wall.as_secs_f64() / run.copy.as_secs_f64(), Some(MAX_RATIO));
    row(
        &format!("build / copy, {cores} threads"),
        "x",
        &|run| run.build.wall.as_secs_f64() / run.copy_by_all.as_secs_f64(),
        None,
    );
    row("build again, unchanged", "ms", &|run| ms(run.rebuild.wall), None);
    if runs.iter().all(|run| run.formats.is_some()) {
        let wall = |run: &Run| run.formats.as_ref().map_or(f64::NAN, |cost| ms(cost.wall));
        let peak = |run: &Run| run.formats.as_ref().map_or(f64::NAN, |cost| of_usage(cost, &|usage| usage.peak / 1e6));
        row("every format, wall", "ms", &wall, None);
        row("every format, peak memory", "MB", &peak, None);
        row("every format / pages alone", "x", &|run| wall(run) / ms(run.build.wall), Some(MAX_FORMATS));
    }
}

/// What a child process used.
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
mod usage {
    use super::{Duration, ExitStatus, io};
    use std::ffi::{c_int, c_long};
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::Child;

    /// CPU times, and the peak of the resident set in bytes.
    pub struct Usage {
        pub user: Duration,
        pub system: Duration,
        pub peak: f64,
    }

    /// The kernel's `struct timeval` on 64 bits.
    #[repr(C)]
    #[derive(Default)]
    struct Time {
        seconds: c_long,
        microseconds: c_long,
    }

    /// The kernel's `struct rusage` on 64 bits; see getrusage(2).
    #[repr(C)]
    #[derive(Default)]
    struct Rusage {
        user: Time,
        system: Time,
        /// In KiB on Linux.
        max_resident: c_long,
        rest: [c_long; 13],
    }

    // Declared here because the standard library doesn't report resource usage, and a crate is too much for one call.
    unsafe extern "C" {
        fn wait4(pid: c_int, status: *mut c_int, options: c_int, usage: *mut Rusage) -> c_int;
    }

    /// Waits for `child` to end. The peak is its own and not the largest of all children's, as getrusage(2) would
    /// report. But it is never less than the peak of this process, because the kernel passes that on.
    #[allow(clippy::needless_pass_by_value, reason = "a child that has been waited for is gone")]
    pub fn wait(child: Child) -> io::Result<(ExitStatus, Option<Usage>)> {
        let pid = c_int::try_from(child.id()).map_err(io::Error::other)?;
        let (mut status, mut usage) = (0, Rusage::default());
        loop {
            // SAFETY: both pointers are to values that outlive the call, with the layout that the kernel fills; `child`
            // is owned and has not been waited for, so the number is still its own.
            if unsafe { wait4(pid, &raw mut status, 0, &raw mut usage) } == pid {
                break;
            }
            let error = io::Error::last_os_error();
            if error.kind() != io::ErrorKind::Interrupted {
                return Err(error);
            }
        }
        let time = |time: &Time| Duration::from_micros((time.seconds * 1_000_000 + time.microseconds).unsigned_abs());
        let used = Usage { user: time(&usage.user), system: time(&usage.system), peak: usage.max_resident as f64 * 1024.0 };
        Ok((ExitStatus::from_raw(status), Some(used)))
    }
}

/// Other systems measure only the time.
#[cfg(not(all(target_os = "linux", target_pointer_width = "64")))]
mod usage {
    use super::{Duration, ExitStatus, io};
    use std::process::Child;

    /// Never constructed.
    pub struct Usage {
        pub user: Duration,
        pub system: Duration,
        pub peak: f64,
    }

    /// Waits for `child` to end.
    pub fn wait(mut child: Child) -> io::Result<(ExitStatus, Option<Usage>)> {
        Ok((child.wait()?, None))
    }
}
