//! `backgrounder lsp`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::SiteOptions;
use super::moment::Moment;
use crate::build::Failure;
use crate::lsp;
use crate::serve::Clock;

#[derive(Debug, Args)]
#[command(after_help = "Editors start this program themselves: see docs/guide/editors.md.")]
pub(super) struct Options {
    /// The folder with book.toml. The default is the folder that the editor has open, or the nearest one around a file
    #[arg(value_name = "ROOT")]
    root: Option<PathBuf>,
    #[expect(clippy::doc_markdown, reason = "`--help` prints this text")]
    /// The time to check the site at, such as 2025-12-22T12:00:00Z, or a day. The default is SOURCE_DATE_EPOCH, or the
    /// current time
    #[arg(long, value_name = "TIME", value_parser = Moment::parse)]
    now: Option<Moment>,
    /// Nothing; many editors add it for programs that can also speak in other ways
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    // Drafts are what is being written.
    let root = options.root.clone().unwrap_or_else(|| PathBuf::from("."));
    let site = SiteOptions { root, drafts: true, now: options.now, strict: false, base_url: None };
    let clock = Clock(site.fixed_time()?);
    let options = lsp::Options { root: options.root.clone(), request: site.request()?, clock };
    let is_proper = lsp::run(options, std::io::stdin(), std::io::stdout());
    // The protocol asks for these two.
    Ok(if is_proper { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
