//! `backgrounder watch`.

use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::Args;

use super::report::{self, Loudness};
use super::run::Run;
use super::terminal::say;
use super::{OutputOptions, SiteOptions};
use crate::build::{Failure, pipeline};
use crate::serve::{self, Clock};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    site: SiteOptions,
    #[command(flatten)]
    output: OutputOptions,
    /// Poll the files for changes, where the system does not report them
    #[arg(long)]
    poll: bool,
}

pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    let mut request = options.site.request()?;
    options.output.apply(&mut request);
    let clock = Clock(options.site.fixed_time()?);
    let files = report::open(&request.root)?;
    let mut run = Run::open(request, loudness)?;
    let mut build = |saved: &BTreeSet<String>| -> Result<(), Failure> {
        run.request.now = clock.now();
        run.again(pipeline::build, |outcome| {
            report::gravest(&outcome.diagnostics, &outcome.tree, saved, run.request.drafts);
            Ok(())
        })?;
        Ok(())
    };
    // If the system makes the first build fail, stop. Later ones may fail, because someone is waiting for the next.
    let changes = serve::Saves::of(&options.site.root, &files, options.output.dest.as_deref(), options.poll, report::polls)?;
    build(&BTreeSet::new())?;
    if loudness != Loudness::Quiet {
        say!("the site is rebuilt whenever you save; press Ctrl-C to stop");
    }
    for saved in changes {
        if let Err(failure) = build(&saved) {
            report::failure(&failure);
        }
    }
    Ok(ExitCode::SUCCESS)
}
