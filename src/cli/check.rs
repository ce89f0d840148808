//! `backgrounder check`.

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
    /// Say what a rule means and why it is there, such as `unsourced-event`
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
}

pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    if let Some(code) = &options.explain {
        return explain(code);
    }
    let begun = Instant::now();
    let mut request = options.site.request()?;
    request.published.clone_from(&options.reporting.published);
    let files = report::open(&request.root)?;
    let outcome = progress::staged(loudness, |ended| pipeline::check(&request, &files, ended))?;
    formats::print(&outcome, &files, options.reporting.format())?;
    let code = report::closing(&outcome, &request, loudness, begun.elapsed());
    std::mem::forget(outcome);
    Ok(code)
}

/// Prints a rule's documentation.
fn explain(code: &str) -> Result<ExitCode, Failure> {
    let rules = crate::check::RULES;
    let Some(rule) = rules.iter().find(|rule| rule.code().0 == code) else {
        let known: Vec<_> = rules.iter().map(|rule| rule.code().0).collect();
        let near = crate::base::similar::nearest(code, known.iter().copied());
        let hint = near.map_or_else(|| format!("there are: {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
        return Err(Failure::Usage(format!("there is no rule `{code}`; {hint}")));
    };
    anstream::println!("{} ({})\n\n{}", rule.code(), rule.default_severity().word(), rule.documentation().trim());
    Ok(ExitCode::SUCCESS)
}
