//! `backgrounder build`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::SiteOptions;
use super::formats::{self, Reporting};
use super::progress;
use super::report::{self, Loudness};
use crate::build::{Failure, pipeline};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    site: SiteOptions,
    #[command(flatten)]
    pub(super) reporting: Reporting,
    /// The folder to write to, instead of the one in book.toml
    #[arg(short = 'd', long = "dest-dir", value_name = "DIR")]
    dest: Option<PathBuf>,
    /// Write links that work from a disk, without a server
    #[arg(long)]
    file_links: bool,
}

pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    let begun = Instant::now();
    let mut request = options.site.request()?;
    request.output.clone_from(&options.dest);
    request.file_links = options.file_links;
    request.published.clone_from(&options.reporting.published);
    let files = report::open(&request.root)?;
    let outcome = progress::staged(loudness, |ended| pipeline::build(&request, &files, ended))?;
    formats::print(&outcome, &files, options.reporting.format())?;
    let code = report::closing(&outcome, &request, loudness, begun.elapsed());
    // The process ends now, and the system takes the memory back faster than a million destructors would.
    std::mem::forget(outcome);
    Ok(code)
}
