//! What the program prints.

#![expect(clippy::disallowed_methods, reason = "the program reports how long things took")]

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};

use super::summary;
use super::terminal::{self, say};
use crate::base::FileId;
use crate::build::Failure;
use crate::build::analysis::Counts;
use crate::build::pipeline::{Outcome, Request};
use crate::build::stage::Stage;
use crate::diagnostics::emit::{Texts, human};
use crate::diagnostics::{Diagnostic, Severity, errors, warnings};
use crate::serve::watch::PollReason;
use crate::source::files::plain_words;
use crate::source::{OnDisk, SourceTree};

/// How much is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loudness {
    /// Errors and warnings.
    Quiet,
    /// Also a summary.
    Normal,
    /// Also how long each stage took.
    Verbose,
}

/// Opens the site's folder.
pub(super) fn open(root: &Path) -> Result<OnDisk, Failure> {
    OnDisk::new(root).map_err(|error| Failure::Usage(format!("{} can't be opened: {}", root.display(), plain_words(&error))))
}

/// How long each stage took.
pub(super) struct Stages {
    wanted: bool,
    last: Instant,
    ended: Vec<(Stage, Duration)>,
}

impl Stages {
    pub(super) fn new(loudness: Loudness) -> Self {
        Self { wanted: loudness == Loudness::Verbose, last: Instant::now(), ended: Vec::new() }
    }

    pub(super) fn end(&mut self, stage: Stage) {
        let now = Instant::now();
        self.ended.push((stage, now - self.last));
        self.last = now;
    }

    /// Counts the time since the last stage toward no stage.
    pub(super) fn goes_on(&mut self) {
        self.last = Instant::now();
    }

    pub(super) fn print(&self) {
        for (stage, took) in self.ended.iter().filter(|_| self.wanted) {
            say!("{:<8} {:9.1} ms", stage.name(), took.as_secs_f64() * 1000.0);
        }
    }
}

impl Texts for SourceTree {
    fn path(&self, file: FileId) -> &str {
        &self.file(file).path
    }

    fn text(&self, file: FileId) -> &str {
        &self.file(file).text
    }
}

/// Whether to color errors: on a terminal, unless `NO_COLOR` is set.
pub(super) fn color() -> bool {
    match AutoStream::choice(&std::io::stderr()) {
        ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
        ColorChoice::Auto => std::io::stderr().is_terminal(),
        ColorChoice::Never => false,
    }
}

/// Prints findings.
pub(super) fn findings(found: &[Diagnostic], tree: &SourceTree) {
    terminal::text(format_args!("{}", human::render(found, tree, color())));
}

/// Prints findings, without infos if little is to be printed.
pub(super) fn findings_of(found: &[Diagnostic], tree: &SourceTree, loudness: Loudness) {
    if loudness != Loudness::Quiet {
        return findings(found, tree);
    }
    let grave: Vec<_> = found.iter().filter(|one| one.severity > Severity::Info).cloned().collect();
    findings(&grave, tree);
}

/// How many findings are printed after each save. Nobody reads more than that while writing.
const AT_ONCE: usize = 10;

/// Prints the worst findings, those in the saved files first, and says how many more there are. Of infos, only those in
/// the saved files count: a site may have hundreds of old ones. `drafts` says whether drafts are included.
pub(super) fn gravest(found: &[Diagnostic], tree: &SourceTree, saved: &BTreeSet<String>, drafts: bool) {
    let is_elsewhere = |one: &&Diagnostic| one.span.is_none_or(|span| !saved.contains(&tree.file(span.file).path));
    let mut first: Vec<&Diagnostic> =
        found.iter().filter(|one| one.severity > Severity::Info || !is_elsewhere(one)).collect();
    let all = first.len();
    first.sort_by_key(|one| (Reverse(one.severity), is_elsewhere(one)));
    let first: Vec<Diagnostic> = first.into_iter().take(AT_ONCE).cloned().collect();
    findings(&first, tree);
    let more = all - first.len();
    if more > 0 {
        let drafts = if drafts { " --drafts" } else { "" };
        say!("and {more} more: run `backgrounder check{drafts}` to list them all\n");
    }
}

/// The number of records, in words.
pub(super) fn records(counts: Counts) -> String {
    [
        count(counts.sections, "section", "sections"),
        count(counts.events, "event", "events"),
        count(counts.entities, "entity", "entities"),
        count(counts.sources, "source", "sources"),
    ]
    .join(", ")
}

/// The number of errors and warnings, in words; empty if there are none.
pub(super) fn found(errors: usize, warnings: usize) -> String {
    match (errors, warnings) {
        (0, 0) => String::new(),
        (0, warnings) => count(warnings, "warning", "warnings"),
        (errors, 0) => count(errors, "error", "errors"),
        (errors, warnings) => format!("{}, {}", count(errors, "error", "errors"), count(warnings, "warning", "warnings")),
    }
}

/// Explains why files are polled, and what can be done about it.
pub(super) fn polls(why: &PollReason) {
    let reason = match why {
        PollReason::Limit => "the system has reached its limit of watched folders".to_owned(),
        PollReason::Refused(words) => format!("the system can't watch this folder ({words})"),
        PollReason::Silent => "the system does not report changes in this folder".to_owned(),
    };
    say!("{reason}; checking for changes twice a second instead");
    if *why == PollReason::Limit && cfg!(target_os = "linux") {
        say!("  to raise the limit: sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512");
    }
}

/// Prints a one-line summary, and returns the exit code.
pub(super) fn closing(outcome: &Outcome, request: &Request, loudness: Loudness, took: Duration) -> ExitCode {
    let (errors, warnings) = (errors(&outcome.diagnostics), warnings(&outcome.diagnostics));
    let failed = errors > 0 || request.strict && warnings > 0;
    let records = records(outcome.counts);
    let seconds = took.as_secs_f64();
    let found = found(errors, warnings);
    if failed {
        let kept = if outcome.written.is_none() { "; nothing was written" } else { "" };
        say!("{found}{kept}");
        return ExitCode::from(1);
    }
    if loudness != Loudness::Quiet {
        let found = if found.is_empty() { found } else { format!(", {found}") };
        match &outcome.written {
            Some((folder, done)) => {
                let removed = if done.removed > 0 { format!(", {} removed", done.removed) } else { String::new() };
                let files = count(done.files, "file", "files");
                let folder = shown(folder);
                say!("{records} → {folder} ({files}, {} written{removed}){found} in {seconds:.2} s", done.written);
            }
            None => say!("{records}: no errors{found} in {seconds:.2} s"),
        }
        if let Some(changes) = &outcome.changes {
            say!("pages changed since the site was published: {}", summary::counts(changes));
        }
    }
    ExitCode::SUCCESS
}

/// A folder as people would write it: relative to the current folder if it is inside, and with a trailing slash.
pub(super) fn shown(folder: &Path) -> String {
    let here = std::env::current_dir().ok();
    let folder = here.as_deref().and_then(|here| folder.strip_prefix(here).ok()).unwrap_or(folder);
    format!("{}/", folder.display())
}

/// Prints why the program could not run.
pub(super) fn failure(failure: &Failure) {
    let mark = if color() { "\u{1b}[1m\u{1b}[91merror\u{1b}[0m" } else { "error" };
    say!("{mark}: {failure}");
}

pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
