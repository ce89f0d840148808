//! The command line: arguments, output, and exit codes. One file per command.
//!
//! Exit codes: 0 success, 1 errors in the content, 2 wrong usage, or the system refused.

#![expect(clippy::disallowed_methods, reason = "the clock and the environment are read here, once, and passed on as values")]

mod actions;
mod build;
mod check;
mod choose;
mod clean;
mod cms;
mod desk;
mod external;
mod fix;
mod follow;
mod format;
mod formats;
mod import;
mod init;
mod lsp;
mod manual;
mod moment;
mod new;
mod progress;
mod rename;
mod report;
mod run;
mod schema;
mod serve;
mod summary;
mod terminal;
mod theme;
mod watch;
mod worklist;

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
#[command(after_help = "See docs/guide/ for the file format, the theme and this program.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Print only errors and warnings
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Print how long each stage took
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site: reads book.toml and content/, writes site/
    Build(build::Options),
    /// Look for errors without writing anything
    Check(check::Options),
    /// Print the editor's worklist: sections by number of sources, single-source facts, stale pages and more
    Report(worklist::Options),
    /// Preview the site in a browser and update it whenever you save
    Serve(serve::Options),
    /// Rebuild the site whenever you save
    Watch(watch::Options),
    /// Start a small site
    Init(init::Options),
    /// Add a section, event, person, source or other record
    New(new::Options),
    /// Turn a spreadsheet, a timeline, a bibliography or a folder of Markdown into records
    Import(import::Options),
    /// Rename a record everywhere
    Rename(rename::Options),
    /// Put records in a canonical form: field order, and lists or files
    Format(format::Options),
    /// Apply the fixes that findings suggest
    Fix(fix::Options),
    /// Help your editor: findings, completion and more while you type, over the Language Server Protocol
    Lsp(lsp::Options),
    /// Print a JSON Schema of something you write, for your editor
    Schema(schema::Options),
    /// Print the configuration of an editing tool for your site: Sveltia, Decap, Pages CMS or Front Matter
    Cms(cms::Options),
    /// Remove the built site and nothing else
    Clean(clean::Options),
    /// Print the built-in theme's files, as a starting point for your own
    Theme(theme::Options),
    /// Print a shell's completion script
    Completions(manual::Shell),
    /// Print the manual page of the program or of a command
    Man(manual::Page),
}

impl Command {
    /// How to print findings, for commands that look for errors.
    fn reporting(&self) -> Option<&formats::Reporting> {
        match self {
            Self::Build(options) => Some(&options.reporting),
            Self::Check(options) => Some(&options.reporting),
            _ => None,
        }
    }
}

/// Options of the commands that write the site.
#[derive(Debug, Args)]
struct OutputOptions {
    /// The folder to write to, overriding the one in book.toml
    #[arg(short = 'd', long = "dest-dir", value_name = "DIR")]
    dest: Option<PathBuf>,
    /// Write links that work without a server, when the site is opened from disk
    #[arg(long)]
    file_links: bool,
}

impl OutputOptions {
    fn apply(&self, request: &mut Request) {
        request.output.clone_from(&self.dest);
        request.file_links = self.file_links;
    }
}

/// Options that several commands share.
#[derive(Debug, Args)]
struct SiteOptions {
    /// The folder with book.toml
    #[arg(default_value = ".", value_name = "ROOT")]
    root: PathBuf,
    /// Include drafts and embargoed records
    #[arg(long)]
    drafts: bool,
    #[expect(clippy::doc_markdown, reason = "`--help` prints this text")]
    /// The time to build for, such as 2025-12-22T12:00:00Z, or a day. The default is SOURCE_DATE_EPOCH, or the current time
    #[arg(long, value_name = "TIME", value_parser = Moment::parse)]
    now: Option<Moment>,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// The site's absolute address, overriding the one in book.toml
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

    /// The time of the build: from the option, the environment, or the clock.
    fn now(&self) -> Result<jiff::Timestamp, Failure> {
        Ok(self.fixed_time()?.unwrap_or_else(jiff::Timestamp::now))
    }

    /// The time from the option or the environment.
    fn fixed_time(&self) -> Result<Option<jiff::Timestamp>, Failure> {
        if let Some(moment) = self.now {
            return moment.there(&self.root).map(Some);
        }
        let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(None) };
        let seconds = epoch.parse().ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
        let fault = || Failure::Usage(format!("SOURCE_DATE_EPOCH is `{epoch}`, but must be a number of seconds"));
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
            // Help and version are not errors; clap knows which stream to print them to.
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
        Command::Report(options) => worklist::run(options, loudness),
        Command::Serve(options) => serve::run(options, loudness),
        Command::Watch(options) => watch::run(options, loudness),
        Command::Init(options) => init::run(options, loudness),
        Command::New(options) => new::run(options, loudness),
        Command::Import(options) => import::run(options, loudness),
        Command::Rename(options) => rename::run(options, loudness),
        Command::Format(options) => format::run(options, loudness),
        Command::Fix(options) => fix::run(options, loudness),
        Command::Lsp(options) => lsp::run(options),
        Command::Schema(options) => schema::run(options),
        Command::Cms(options) => cms::run(options, loudness),
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
