//! Runs the pipeline: what `build`, `check` and `watch` have in common.

#![expect(clippy::disallowed_methods, reason = "the program reports how long things took")]

use std::process::ExitCode;
use std::time::Instant;

use super::formats::{self, Reporting};
use super::progress;
use super::report::{self, Loudness};
use crate::build::Failure;
use crate::build::pipeline::{Outcome, Request};
use crate::build::stage::OnStage;
use crate::source::{Files, OnDisk};

/// An entry point of the pipeline: `pipeline::build` or `pipeline::check`.
pub(super) type Work = fn(&Request, &dyn Files, &mut OnStage<'_>) -> Result<Outcome, Failure>;

/// What to run, on which files, and how much to print.
pub(super) struct Run {
    pub(super) request: Request,
    files: OnDisk,
    loudness: Loudness,
}

impl Run {
    /// Opens the site's folder.
    pub(super) fn open(request: Request, loudness: Loudness) -> Result<Self, Failure> {
        let files = report::open(&request.root)?;
        Ok(Self { request, files, loudness })
    }

    /// Runs `work` and prints the findings in the requested format; returns the exit code.
    pub(super) fn once(self, work: Work, reporting: &Reporting) -> Result<ExitCode, Failure> {
        let (outcome, code) =
            self.again(work, |outcome| formats::print(outcome, &self.files, reporting.format(), self.loudness))?;
        // The process is about to end, and the system frees the memory faster than a million destructors would.
        std::mem::forget(outcome);
        Ok(code)
    }

    /// Runs `work` and shows its progress, lets `show` print the findings, and ends with a summary line; returns the
    /// exit code.
    pub(super) fn again(
        &self,
        work: Work,
        show: impl FnOnce(&Outcome) -> Result<(), Failure>,
    ) -> Result<(Outcome, ExitCode), Failure> {
        let begun = Instant::now();
        let outcome = progress::staged(self.loudness, |on_stage| work(&self.request, &self.files, on_stage))?;
        show(&outcome)?;
        let code = report::closing(&outcome, &self.request, self.loudness, begun.elapsed());
        Ok((outcome, code))
    }
}
