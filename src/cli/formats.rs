//! The forms in which findings are printed, and what else a program reads of a run.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{actions, report, summary, terminal};
use crate::build::Failure;
use crate::build::pipeline::Outcome;
use crate::check;
use crate::diagnostics::emit::{github, human, json, sarif, short};
use crate::diagnostics::{errors, warnings};
use crate::source::OnDisk;

/// What commands take that look for errors.
#[derive(Debug, Args)]
pub(super) struct Reporting {
    /// How findings are printed; otherwise `github` in GitHub Actions, and `human` elsewhere
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
    /// The site as it was last published (its `.backgrounder.json`, or a folder with it): says what is new, changed and gone
    #[arg(long, value_name = "FILE-OR-DIR")]
    pub(super) published: Option<PathBuf>,
}

/// The forms of findings. All but the first go to the standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the lines that they speak of
    Human,
    /// One line each
    Short,
    /// One document
    Json,
    /// Commands of GitHub Actions, and `human` as well
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

impl Reporting {
    pub(super) fn format(&self) -> Format {
        self.format.unwrap_or(if actions::are_here() { Format::Github } else { Format::Human })
    }
}

/// Prints what was found: for people alone where errors go, in every other form where results go. In a job of GitHub Actions its
/// summary is written as well.
pub(super) fn print(outcome: &Outcome, files: &OnDisk, format: Format) -> Result<(), Failure> {
    let (found, tree) = (&outcome.diagnostics, &outcome.tree);
    match format {
        Format::Human => report::findings(found, tree),
        Format::Short => put(&short::render(found, tree))?,
        Format::Json => put(&json::render(found, tree))?,
        Format::Sarif => {
            let documentation = |code| check::rule(code).map(check::Rule::documentation);
            put(&sarif::render(found, tree, &actions::prefix(files), &documentation))?;
        }
        Format::Github => {
            // In one stream: GitHub reads the two side by side, and might see the commands of one while those of the other
            // are stopped.
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

/// Tells GitHub as well why the program could not do its work. The exit code says so in any case.
pub(super) fn failure(failure: &Failure, format: Format) {
    if format == Format::Github {
        let _ = put(&github::failure(&failure.to_string()));
    }
}

fn put(text: &str) -> Result<(), Failure> {
    terminal::put(text.as_bytes())
}
