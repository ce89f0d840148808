//! Checks the addresses of other sites. A build never does: whoever wants it brings the one who asks.

use super::Failure;
use super::memo::Memo;
use super::pipeline::{Outcome, Reading, Request, analyze};
use super::stage::{OnStage, Stage};
use crate::check::external::{Addresses, Answers, Judged, addresses, judge};
use crate::diagnostics::Severity;
use crate::source::Files;

/// What was found about the addresses of other sites.
pub struct External {
    /// The findings: those about addresses, and errors, since what can't be read can't be asked about either.
    pub outcome: Outcome,
    /// What the answers say.
    pub judged: Judged,
}

/// Collects the addresses of other sites, lets `ask` ask, and judges what it hears.
///
/// # Errors
/// If the request or the system is at fault, or if nothing can be asked.
pub fn external(
    request: &Request,
    files: &dyn Files,
    on_stage: &mut OnStage<'_>,
    ask: impl FnOnce(&Addresses) -> Result<Answers, Failure>,
) -> Result<External, Failure> {
    let analysis = match analyze(request, files, &mut Memo::default(), None, on_stage)? {
        Reading::Complete(analysis) => *analysis,
        Reading::Unreadable(unreadable) => {
            return Ok(External { outcome: unreadable.into(), judged: Judged::default() });
        }
    };
    let mut found = analysis.diagnostics().to_vec();
    found.retain(|finding| finding.severity == Severity::Error);
    let site = analysis.context();
    let addresses = addresses(&site);
    on_stage(Stage::Check);
    let answers = ask(&addresses)?;
    let mut judged = judge(&site, &addresses, &answers);
    found.append(&mut judged.found);
    Ok(External { outcome: Outcome::concluded(analysis, found, None, None), judged })
}
