//! `backgrounder clean`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::SiteOptions;
use super::report::{self, Loudness};
use super::terminal::say;
use crate::build::{Failure, pipeline};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The folder with book.toml
    #[arg(default_value = ".", value_name = "ROOT")]
    root: PathBuf,
    /// The folder of the finished site, overriding the one in book.toml
    #[arg(short = 'd', long = "dest-dir", value_name = "DIR")]
    dest: Option<PathBuf>,
}

pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    let site = SiteOptions { root: options.root.clone(), drafts: false, now: None, strict: false, base_url: None };
    let mut request = site.request()?;
    request.output.clone_from(&options.dest);
    let files = report::open(&request.root)?;
    let (folder, removed) = pipeline::clean(&request, &files)?;
    if loudness != Loudness::Quiet {
        say!("removed {removed} files from {}", report::shown(&folder));
    }
    Ok(ExitCode::SUCCESS)
}
