//! `backgrounder rename`.

use std::process::ExitCode;

use clap::Args;

use super::desk::DeskOptions;
use super::report::Loudness;
use crate::build::Failure;
use crate::desk::rename::rename;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The id that the record has, or the source's key
    #[arg(value_name = "OLD")]
    old: String,
    /// The one that it is to have
    #[arg(value_name = "NEW")]
    new: String,
    #[command(flatten)]
    desk: DeskOptions,
}

pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    let site = options.desk.open()?;
    let changes = rename(&site, &options.old, &options.new)?;
    options.desk.finish(&changes, loudness)
}
