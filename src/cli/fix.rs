//! `backgrounder fix`.

use std::process::ExitCode;

use clap::Args;

use super::desk::DeskOptions;
use super::report::{self, Loudness, count};
use super::terminal::say;
use super::{SiteOptions, progress};
use crate::build::{Failure, pipeline};
use crate::desk::fix::{Fixed, fixes};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Guesses as well, such as the nearest of all known ids
    #[arg(long)]
    all: bool,
    /// Write without asking
    #[arg(short, long)]
    yes: bool,
    #[command(flatten)]
    desk: DeskOptions,
}

pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    let root = options.desk.root.clone();
    // Drafts are to be right as well.
    let request = SiteOptions { root, drafts: true, now: None, strict: false, base_url: None }.request()?;
    let files = report::open(&request.root)?;
    let outcome = progress::staged(loudness, |on_stage| pipeline::check(&request, &files, on_stage))?;
    let (changes, fixed) = fixes(&outcome.tree, &outcome.diagnostics, options.all);
    let code = options.desk.ask_and_finish(&changes, options.yes, loudness)?;
    if loudness != Loudness::Quiet {
        tell(fixed);
    }
    Ok(code)
}

fn tell(Fixed { done, guesses, later }: Fixed) {
    if done > 0 {
        say!("{} of these changes", count(done, "finding is the reason", "findings are the reasons"));
    }
    if guesses > 0 {
        say!("{} only guesses: look at them with --all --dry-run", count(guesses, "more fix is", "more fixes are"));
    }
    if later > 0 {
        say!("{} in the way of others: run this again", count(later, "fix is", "fixes are"));
    }
}
