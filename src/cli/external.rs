//! `backgrounder check --external`.

#![expect(clippy::disallowed_methods, reason = "the program reports how long things took")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;

use super::formats::{self, Reporting};
use super::progress::{Progress, after};
use super::report::{self, Loudness, Stages, count};
use super::terminal::say;
use crate::build::Failure;
use crate::build::external::{External, external};
use crate::build::pipeline::Request;
use crate::check::external::Judged;
use crate::desk::ask::{self, Asked, ask};
use crate::diagnostics::emit::Places;
use crate::diagnostics::{errors, warnings};
use crate::source::SourceTree;

/// How other sites are asked.
#[derive(Debug, Args)]
pub(super) struct Manners {
    /// With --external: how many seconds to wait between two requests to one host
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = seconds, requires = "external")]
    pause: Duration,
    /// With --external: how many seconds to wait for an answer
    #[arg(long, value_name = "SECONDS", default_value = "20", value_parser = seconds, requires = "external")]
    timeout: Duration,
    /// With --external: ask even for addresses that answered well in the last seven days
    #[arg(long, requires = "external")]
    fresh: bool,
}

/// The longest pause or timeout, in seconds.
const MOST: f64 = 600.0;

fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.parse::<f64>().ok().filter(|number| (0.0..=MOST).contains(number));
    let duration = number.and_then(|number| Duration::try_from_secs_f64(number).ok());
    duration.ok_or_else(|| format!("write a number of seconds from 0 to {MOST}, such as 1 or 0.5"))
}

pub(super) fn run(
    request: &Request,
    manners: &Manners,
    reporting: &Reporting,
    loudness: Loudness,
) -> Result<ExitCode, Failure> {
    if manners.timeout.is_zero() {
        return Err(Failure::Usage(
            "no server answers in 0 seconds: leave out `--timeout`, or write a longer time".to_owned(),
        ));
    }
    let begun = Instant::now();
    let files = report::open(&request.root)?;
    let progress = Progress::begin("reading the files", loudness);
    let mut stages = Stages::new(loudness);
    let mut asked = Asked::default();
    let on_stage = &mut |stage| {
        stages.end(stage);
        progress.now(after(stage));
    };
    let manners = ask::Manners { pause: manners.pause, patience: manners.timeout, fresh: manners.fresh };
    let External { outcome, judged } = external(request, &files, on_stage, |addresses| {
        let done = ask(addresses, &files, request.now, manners, &mut |now| {
            asked = now;
            progress.now(format!("asking other sites: {} of {}", now.done, count(now.all, "address", "addresses")));
        });
        done.map_err(|fault| Failure::Usage(format!("{}: install it", fault.reason)))
    })?;
    drop(progress);
    stages.print();
    formats::print(&outcome, &files, reporting.format(), loudness)?;
    if loudness == Loudness::Verbose {
        list_unchecked(&judged, &outcome.tree);
    }
    let (errors, warnings) = (errors(&outcome.diagnostics), warnings(&outcome.diagnostics));
    let failed = errors > 0 || request.strict && warnings > 0;
    let found = report::found(errors, warnings);
    let is_readable = outcome.model.is_some();
    if is_readable && (failed || loudness != Loudness::Quiet) {
        let took = begun.elapsed().as_secs_f64();
        let found = if found.is_empty() { found } else { format!("; {found}") };
        say!("{}{found} in {took:.2} s", summary(&judged, asked));
    } else if failed {
        say!("{found}");
    }
    Ok(ExitCode::from(u8::from(failed)))
}

/// Lists the addresses that nothing can be said about.
fn list_unchecked(judged: &Judged, tree: &SourceTree) {
    let mut places = Places::new(tree);
    for one in &judged.unchecked {
        let place = places.of(one.span);
        let (line, column) = (place.start.line, place.start.column);
        say!("{}:{line}:{column}: {} could not be checked: {}", place.path, one.address, one.why);
    }
}

/// What became of how many addresses.
fn summary(judged: &Judged, Asked { all, known, .. }: Asked) -> String {
    let addresses = count(all + known, "address", "addresses");
    let known = if known > 0 { format!(" ({known} of them known from the last seven days)") } else { String::new() };
    let unchecked = match judged.unchecked.len() {
        0 => String::new(),
        unchecked => format!(", {unchecked} could not be checked"),
    };
    format!("{addresses}{known}: {} dead, {} moved{unchecked}", judged.dead, judged.moved)
}
