//! `backgrounder watch`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::SiteOptions;
use super::progress;
use super::report::{self, Loudness};
use crate::build::{Failure, pipeline};
use crate::serve::{self, Clock};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    site: SiteOptions,
    /// The folder to write to, instead of the one in book.toml
    #[arg(short = 'd', long = "dest-dir", value_name = "DIR")]
    dest: Option<PathBuf>,
    /// Write links that work from a disk, without a server
    #[arg(long)]
    file_links: bool,
    /// Look at the files again and again, where the system does not tell of changes
    #[arg(long)]
    poll: bool,
}

pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    let mut request = options.site.request()?;
    request.output.clone_from(&options.dest);
    request.file_links = options.file_links;
    let clock = Clock(options.site.fixed_time()?);
    let files = report::open(&request.root)?;
    let mut build = |saved: &BTreeSet<String>| -> Result<(), Failure> {
        request.now = clock.now();
        let begun = Instant::now();
        let outcome = progress::staged(loudness, |ended| pipeline::build(&request, &files, ended))?;
        report::gravest(&outcome.diagnostics, &outcome.tree, saved, request.drafts);
        report::closing(&outcome, &request, loudness, begun.elapsed());
        Ok(())
    };
    // The first has to go well, as far as the system is concerned: later there is somebody who waits for the next.
    let changes = serve::Changes::of(&options.site.root, &files, options.dest.as_deref(), options.poll, report::polls)?;
    build(&BTreeSet::new())?;
    if loudness != Loudness::Quiet {
        anstream::eprintln!("every file that you save is built; Ctrl-C ends it");
    }
    for saved in changes {
        if let Err(failure) = build(&saved) {
            report::failure(&failure);
        }
    }
    Ok(ExitCode::SUCCESS)
}
