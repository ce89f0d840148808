//! `backgrounder build`.

use std::process::ExitCode;

use clap::Args;

use super::formats::Reporting;
use super::report::Loudness;
use super::run::Run;
use super::{OutputOptions, SiteOptions};
use crate::build::{Failure, pipeline};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    site: SiteOptions,
    #[command(flatten)]
    pub(super) reporting: Reporting,
    #[command(flatten)]
    output: OutputOptions,
}

pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    let mut request = options.site.request()?;
    options.output.apply(&mut request);
    request.published.clone_from(&options.reporting.published);
    Run::open(request, loudness)?.once(pipeline::build, &options.reporting)
}
