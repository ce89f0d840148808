//! A site in memory, updated as its files change.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Failure;
use super::edition::Edition;
use super::memo::Memo;
use super::pipeline::{self, Reading, Request, Unreadable};
use super::preview_site::PreviewSite;
use super::stage::{OnStage, Stage};
use crate::diagnostics::{Diagnostic, code};
use crate::source::{Files, Held, SourceTree};

/// What may have changed since the files were last read.
#[derive(Clone, Debug)]
pub enum Change {
    /// Files or folders that were created, written or removed: paths below the site's root, with slashes. Extra paths do no
    /// harm, even if they don't belong to the site.
    Paths(BTreeSet<String>),
    /// Possibly anything: read everything again.
    All,
}

/// A site that is kept up to date.
pub struct Live {
    request: Request,
    files: Arc<Held>,
    memo: Memo,
    edition: Arc<Edition>,
}

impl Live {
    /// Reads the site. If its settings or theme are broken, the first edition is blocked and has no pages.
    ///
    /// # Errors
    /// If the folder does not contain a site, or the system refuses.
    pub fn open(request: Request, files: Arc<dyn Files>) -> Result<Self, Failure> {
        Self::open_telling(request, files, &mut |_| {})
    }

    /// Like [`Self::open`], but reports the end of each stage to `on_stage`.
    ///
    /// # Errors
    /// Same as [`Self::open`].
    pub fn open_telling(request: Request, files: Arc<dyn Files>, on_stage: &mut OnStage<'_>) -> Result<Self, Failure> {
        let (files, mut memo) = (Arc::new(Held::new(files)), Memo::default());
        let edition = Arc::new(next(&request, &files, &mut memo, 1, None, on_stage)?);
        Ok(Self { request, files, memo, edition })
    }

    /// Applies a change and returns the state after it. `now` is the time of that state.
    ///
    /// This succeeds whatever the files contain. If the settings can no longer be read, the edition is blocked.
    pub fn update(&mut self, changed: &Change, now: jiff::Timestamp) -> Arc<Edition> {
        self.update_telling(changed, now, &mut |_| {})
    }

    /// Like [`Self::update`], but reports the end of each stage to `on_stage`.
    pub fn update_telling(&mut self, changed: &Change, now: jiff::Timestamp, on_stage: &mut OnStage<'_>) -> Arc<Edition> {
        match changed {
            Change::Paths(paths) => self.files.changed(paths),
            Change::All => self.files.all_changed(),
        }
        let content = self.edition.analysis().map(|analysis| analysis.read.config.src.clone());
        self.memo.forget_media(changed, content.as_deref());
        self.request.now = now;
        let number = self.edition.number() + 1;
        let last = &self.edition;
        let next =
            next(&self.request, &self.files, &mut self.memo, number, Some(last), on_stage).unwrap_or_else(|failure| {
                let fault = Diagnostic::placeless(code::UNREADABLE, failure.to_string());
                Edition::unreadable(number, Unreadable { tree: SourceTree::new(""), faults: vec![fault] }, Some(last))
            });
        let old = std::mem::replace(&mut self.edition, Arc::new(next));
        // Requests that still use it keep it alive. Otherwise dropping it takes a while, and nobody should have to wait.
        rayon::spawn(move || drop(old));
        self.edition.clone()
    }

    /// The state after the last update.
    #[must_use]
    pub fn edition(&self) -> Arc<Edition> {
        self.edition.clone()
    }
}

fn next(
    request: &Request,
    files: &Arc<Held>,
    memo: &mut Memo,
    number: u64,
    last: Option<&Edition>,
    on_stage: &mut OnStage<'_>,
) -> Result<Edition, Failure> {
    let analysis = match pipeline::analyze(request, &**files, memo, last.and_then(Edition::analysis), on_stage)? {
        Reading::Complete(analysis) => *analysis,
        Reading::Unreadable(unreadable) => return Ok(Edition::unreadable(number, unreadable, last)),
    };
    let site = PreviewSite::new(analysis, request, files.clone(), memo.rendered.clone());
    on_stage(Stage::Plan);
    Ok(match site {
        Ok(site) => Edition::complete(number, site),
        Err(broken) => Edition::broken(number, broken, last),
    })
}
