//! What the program prints.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};

use super::{Format, Reporting, actions, summary};
use crate::base::FileId;
use crate::build::Failure;
use crate::build::pipeline::{Outcome, Request};
use crate::check;
use crate::diagnostics::emit::{Texts, github, human, json, sarif, short};
use crate::diagnostics::{errors, warnings};
use crate::source::files::plain_words;
use crate::source::{OnDisk, SourceTree};

/// How much is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loudness {
    /// Errors and warnings.
    Quiet,
    /// A summary as well.
    Normal,
    /// And how long each stage took.
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
    ended: Vec<(&'static str, Duration)>,
}

impl Stages {
    pub(super) fn new(loudness: Loudness) -> Self {
        Self { wanted: loudness == Loudness::Verbose, last: Instant::now(), ended: Vec::new() }
    }

    pub(super) fn end(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.ended.push((stage, now - self.last));
        self.last = now;
    }

    pub(super) fn print(&self) {
        for (stage, took) in self.ended.iter().filter(|_| self.wanted) {
            anstream::eprintln!("{stage:<8} {:9.1} ms", took.as_secs_f64() * 1000.0);
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

/// Whether errors may be coloured: on a terminal, and unless `NO_COLOR` is set.
fn colour() -> bool {
    match AutoStream::choice(&std::io::stderr()) {
        ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
        ColorChoice::Auto => std::io::stderr().is_terminal(),
        ColorChoice::Never => false,
    }
}

/// Prints what was found and done, and gives the exit code. In a job of GitHub Actions its summary is written as well.
pub(super) fn outcome(
    outcome: &Outcome,
    request: &Request,
    files: &OnDisk,
    reporting: &Reporting,
    loudness: Loudness,
    took: Duration,
) -> Result<ExitCode, Failure> {
    findings(outcome, files, reporting.format());
    let (errors, warnings) = (errors(&outcome.diagnostics), warnings(&outcome.diagnostics));
    let failed = errors > 0 || request.strict && warnings > 0;
    let counts = outcome.counts;
    let records = [
        count(counts.sections, "section", "sections"),
        count(counts.events, "event", "events"),
        count(counts.entities, "entity", "entities"),
        count(counts.sources, "source", "sources"),
    ]
    .join(", ");
    let seconds = took.as_secs_f64();
    let found = match (errors, warnings) {
        (0, 0) => String::new(),
        (0, warnings) => count(warnings, "warning", "warnings"),
        (errors, 0) => count(errors, "error", "errors"),
        (errors, warnings) => format!("{}, {}", count(errors, "error", "errors"), count(warnings, "warning", "warnings")),
    };
    if let Some(summary) = actions::summary() {
        let text = summary::render(outcome, &actions::prefix(files), actions::files_address().as_deref(), &records, &found);
        actions::append(&summary, &text)?;
    }
    if failed {
        let kept = if outcome.written.is_none() { "; nothing was written" } else { "" };
        anstream::eprintln!("{found}{kept}");
        return Ok(ExitCode::from(1));
    }
    if loudness != Loudness::Quiet {
        let found = if found.is_empty() { found } else { format!(", {found}") };
        match &outcome.written {
            Some((folder, done)) => {
                let removed = if done.removed > 0 { format!(", {} removed", done.removed) } else { String::new() };
                let files = count(done.files, "file", "files");
                let folder = shown(folder);
                anstream::eprintln!(
                    "{records} → {folder} ({files}, {} written{removed}){found} in {seconds:.2} s",
                    done.written
                );
            }
            None => anstream::eprintln!("{records}: no errors{found} in {seconds:.2} s"),
        }
        if let Some(changes) = &outcome.changes {
            anstream::eprintln!("pages since the site was published: {}", summary::counts(changes));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what was found: for people where errors go, in every other form where results go.
fn findings(outcome: &Outcome, files: &OnDisk, format: Format) {
    let (found, tree) = (&outcome.diagnostics, &outcome.tree);
    match format {
        Format::Human => anstream::eprint!("{}", human::render(found, tree, colour())),
        Format::Short => print(&short::render(found, tree)),
        Format::Json => print(&json::render(found, tree)),
        Format::Sarif => {
            let documentation = |code| check::rule(code).map(|rule| rule.documentation());
            print(&sarif::render(found, tree, &actions::prefix(files), &documentation));
        }
        Format::Github => {
            anstream::eprint!("{}", github::fenced(&human::render(found, tree, false)));
            print(&github::render(found, tree, &actions::prefix(files)));
        }
    }
}

/// Prints a result. Whoever reads it may stop when he has enough.
fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// A folder as people name it: from here if it is below here, with a slash at its end.
pub(super) fn shown(folder: &Path) -> String {
    let here = std::env::current_dir().ok();
    let folder = here.as_deref().and_then(|here| folder.strip_prefix(here).ok()).unwrap_or(folder);
    format!("{}/", folder.display())
}

/// Prints why the program could not do its work.
pub(super) fn failure(failure: &Failure, format: Option<Format>) {
    if format == Some(Format::Github) {
        print(&github::failure(&failure.to_string()));
    }
    let mark = if colour() { "\u{1b}[1m\u{1b}[91merror\u{1b}[0m" } else { "error" };
    eprintln!("{mark}: {failure}");
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
