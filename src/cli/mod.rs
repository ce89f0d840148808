//! The program: what was typed, what is printed, and the exit code. One file a command.
//!
//! Exit codes: 0 good, 1 errors in the content, 2 wrong use, or the system refused.

#![expect(
    clippy::disallowed_methods,
    reason = "the clock and the environment are asked here, once, and handed on as values"
)]

mod actions;
mod build;
mod check;
mod clean;
mod follow;
mod formats;
mod manual;
mod moment;
mod progress;
mod report;
mod run;
mod serve;
mod summary;
mod terminal;
mod theme;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::base::web_address;
use crate::build::Failure;
use crate::build::pipeline::Request;
use moment::Moment;

/// Turns Markdown and YAML into a news explainer: a site of cross-linked sections, timelines and sources.
#[derive(Debug, Parser)]
#[command(name = "backgrounder", version, disable_help_subcommand = true)]
#[command(after_help = "The format of the files, the theme and this program are described in docs/guide/.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Print nothing but errors and warnings
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Print how long each stage took
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the site: reads book.toml and content/, writes site/
    Build(build::Options),
    /// Look for errors and write nothing
    Check(check::Options),
    /// Show the site in a browser, and each change as it is saved
    Serve(serve::Options),
    /// Make the site anew whenever something is saved
    Watch(watch::Options),
    /// Remove the finished site, and nothing else
    Clean(clean::Options),
    /// Print the built-in theme's files, to begin your own from
    Theme(theme::Options),
    /// Print what a shell needs to complete commands
    Completions(manual::Shell),
    /// Print the manual page of the program, or of a command
    Man(manual::Page),
}

impl Command {
    /// How what is found is printed, of commands that look for something.
    fn reporting(&self) -> Option<&formats::Reporting> {
        match self {
            Self::Build(options) => Some(&options.reporting),
            Self::Check(options) => Some(&options.reporting),
            Self::Clean(_) | Self::Serve(_) | Self::Watch(_) | Self::Theme(_) | Self::Completions(_) | Self::Man(_) => None,
        }
    }
}

/// What commands take that write the site.
#[derive(Debug, Args)]
struct OutputOptions {
    /// The folder to write to, instead of the one in book.toml
    #[arg(short = 'd', long = "dest-dir", value_name = "DIR")]
    dest: Option<PathBuf>,
    /// Write links that work from a disk, without a server
    #[arg(long)]
    file_links: bool,
}

impl OutputOptions {
    fn apply(&self, request: &mut Request) {
        request.output.clone_from(&self.dest);
        request.file_links = self.file_links;
    }
}

/// What several commands take.
#[derive(Debug, Args)]
struct SiteOptions {
    /// The folder with book.toml
    #[arg(default_value = ".", value_name = "ROOT")]
    root: PathBuf,
    /// Show drafts and what is under an embargo as well
    #[arg(long)]
    drafts: bool,
    #[expect(clippy::doc_markdown, reason = "it is what `--help` prints")]
    /// The time to build for, such as 2025-12-22T12:00:00Z, or a day; otherwise SOURCE_DATE_EPOCH, or the present
    #[arg(long, value_name = "TIME", value_parser = Moment::parse)]
    now: Option<Moment>,
    /// Let warnings fail as well
    #[arg(long)]
    strict: bool,
    /// The site's absolute address, instead of the one in book.toml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
}

impl SiteOptions {
    fn request(&self) -> Result<Request, Failure> {
        Ok(Request {
            root: self.root.clone(),
            output: None,
            base_url: self.base_url.clone(),
            drafts: self.drafts,
            file_links: false,
            now: self.now()?,
            strict: self.strict,
            published: None,
        })
    }

    /// The time of the build: as typed, or as the environment has it, or the clock's.
    fn now(&self) -> Result<jiff::Timestamp, Failure> {
        Ok(self.fixed_time()?.unwrap_or_else(jiff::Timestamp::now))
    }

    /// The time that was typed, or that the environment has.
    fn fixed_time(&self) -> Result<Option<jiff::Timestamp>, Failure> {
        if let Some(moment) = self.now {
            return moment.there(&self.root).map(Some);
        }
        let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(None) };
        let seconds = epoch.parse().ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
        let fault = || Failure::Usage(format!("SOURCE_DATE_EPOCH is `{epoch}`, and should be a number of seconds"));
        seconds.map(Some).ok_or_else(fault)
    }
}

fn base_url(text: &str) -> Result<String, String> {
    web_address::site(text.trim_end_matches('/')).map_err(|why| format!("{why}: {}", why.help()))
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors; clap knows which stream each belongs to.
            let printed = error.print();
            let is_lost = printed.is_err_and(|error| error.kind() != std::io::ErrorKind::BrokenPipe);
            return if error.use_stderr() || is_lost { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let loudness = match (arguments.quiet, arguments.verbose) {
        (true, _) => report::Loudness::Quiet,
        (false, true) => report::Loudness::Verbose,
        (false, false) => report::Loudness::Normal,
    };
    let done = match &arguments.command {
        Command::Build(options) => build::run(options, loudness),
        Command::Check(options) => check::run(options, loudness),
        Command::Serve(options) => serve::run(options, loudness),
        Command::Watch(options) => watch::run(options, loudness),
        Command::Clean(options) => clean::run(options, loudness),
        Command::Theme(options) => theme::run(options),
        Command::Completions(shell) => manual::completions(shell, Arguments::command()),
        Command::Man(page) => manual::page(page, Arguments::command()),
    };
    match done {
        Ok(code) => code,
        Err(failure) => {
            if let Some(reporting) = arguments.command.reporting() {
                formats::failure(&failure, reporting.format());
            }
            report::failure(&failure);
            ExitCode::from(2)
        }
    }
}
