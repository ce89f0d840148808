//! The output formats for findings, and the other outputs meant for programs.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::report::Loudness;
use super::{actions, report, summary, terminal};
use crate::build::Failure;
use crate::build::pipeline::Outcome;
use crate::check;
use crate::diagnostics::emit::{github, human, json, sarif, short};
use crate::diagnostics::{errors, warnings};
use crate::source::OnDisk;

/// Options of the commands that look for errors.
#[derive(Debug, Args)]
pub(super) struct Reporting {
    /// How to print findings. The default is `github` in GitHub Actions, and `human` elsewhere
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
    /// The site as last published (its `.backgrounder.json`, or the folder with it), to report new, changed and removed
    /// pages
    #[arg(long, value_name = "FILE-OR-DIR")]
    pub(super) published: Option<PathBuf>,
}

/// The formats for findings. All but the first go to standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the affected lines
    Human,
    /// One line per finding
    Short,
    /// One JSON document
    Json,
    /// GitHub Actions commands, plus `human`
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

impl Reporting {
    pub(super) fn format(&self) -> Format {
        self.format.unwrap_or(if actions::are_here() { Format::Github } else { Format::Human })
    }
}

/// Prints the findings: to standard error in the format for people, and to standard output in all others. In a GitHub
/// Actions job, writes the summary too.
pub(super) fn print(outcome: &Outcome, files: &OnDisk, format: Format, loudness: Loudness) -> Result<(), Failure> {
    let (found, tree) = (&outcome.diagnostics, &outcome.tree);
    match format {
        Format::Human => report::findings_of(found, tree, loudness),
        Format::Short => put(&short::render(found, tree))?,
        Format::Json => put(&json::render(found, tree))?,
        Format::Sarif => {
            let documentation = |code| check::rule(code).map(check::Rule::documentation);
            put(&sarif::render(found, tree, &actions::prefix(files), &documentation))?;
        }
        Format::Github => {
            // Use a single stream. GitHub interleaves the two, and could see commands on one while they are stopped on the
            // other.
            put(&github::fenced(&human::render(found, tree, false)))?;
            put(&github::render(found, tree, &actions::prefix(files)))?;
        }
    }
    let Some(file) = actions::summary() else { return Ok(()) };
    let counted = report::found(errors(found), warnings(found));
    let (prefix, address) = (actions::prefix(files), actions::files_address());
    let text = summary::render(outcome, &prefix, address.as_deref(), &report::records(outcome.counts), &counted);
    actions::append(&file, &text)
}

/// Also tells GitHub why the program could not run. The exit code says so in any case.
pub(super) fn failure(failure: &Failure, format: Format) {
    if format == Format::Github {
        let _ = put(&github::failure(&failure.to_string()));
    }
}

fn put(text: &str) -> Result<(), Failure> {
    terminal::put(text.as_bytes())
}
