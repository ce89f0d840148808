//! `backgrounder check`.

use std::process::ExitCode;

use clap::Args;

use super::SiteOptions;
use super::external;
use super::formats::Reporting;
use super::report::Loudness;
use super::run::Run;
use super::terminal;
use crate::build::{Failure, pipeline};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    site: SiteOptions,
    #[command(flatten)]
    pub(super) reporting: Reporting,
    /// Explain a rule, such as `unsourced-event`, and why it exists
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
    /// Ask instead what has become of the addresses of other sites that this one links to. Needs the network, and curl
    #[arg(long, conflicts_with_all = ["explain", "published"])]
    external: bool,
    #[command(flatten)]
    manners: external::Manners,
}

pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    if let Some(code) = &options.explain {
        return explain(code);
    }
    let mut request = options.site.request()?;
    if options.external {
        return external::run(&request, &options.manners, &options.reporting, loudness);
    }
    request.published.clone_from(&options.reporting.published);
    Run::open(request, loudness)?.once(pipeline::check, &options.reporting)
}

/// Prints a rule's documentation.
fn explain(code: &str) -> Result<ExitCode, Failure> {
    let rules = crate::check::RULES;
    let Some(rule) = rules.iter().find(|rule| rule.code().0 == code) else {
        let known: Vec<_> = rules.iter().map(|rule| rule.code().0).collect();
        let near = crate::base::similar::nearest(code, known.iter().copied());
        let hint =
            near.map_or_else(|| format!("known rules: {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
        return Err(Failure::Usage(format!("there is no rule `{code}`; {hint}")));
    };
    let (word, documentation) = (rule.default_severity().word(), rule.documentation().trim());
    terminal::put(format!("{} ({word})\n\n{documentation}\n", rule.code()).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
