//! A site held in memory and followed as its files change.

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

/// What may differ from the last look at the files.
#[derive(Clone, Debug)]
pub enum Change {
    /// Files or folders, made, written or removed: paths below the site's root, with slashes. Too many do no harm, and one
    /// that holds nothing of the site none either.
    Paths(BTreeSet<String>),
    /// Anything: everything is looked at again.
    All,
}

/// A site that is followed.
pub struct Live {
    request: Request,
    files: Arc<Held>,
    memo: Memo,
    edition: Arc<Edition>,
}

impl Live {
    /// Reads the site. Its settings and theme may be broken: then the first edition is a blocked one without pages.
    ///
    /// # Errors
    /// If the folder is no site's, or the system refuses.
    pub fn open(request: Request, files: Arc<dyn Files>) -> Result<Self, Failure> {
        Self::open_telling(request, files, &mut |_| {})
    }

    /// [`Self::open`], which tells `on_stage` of each stage that has ended.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_telling(request: Request, files: Arc<dyn Files>, on_stage: &mut OnStage<'_>) -> Result<Self, Failure> {
        let (files, mut memo) = (Arc::new(Held::new(files)), Memo::default());
        let edition = Arc::new(next(&request, &files, &mut memo, 1, None, on_stage)?);
        Ok(Self { request, files, memo, edition })
    }

    /// Takes in what has changed, and gives the state after it. `now` is the time of that state.
    ///
    /// Nothing that stands in a file keeps this from succeeding; where the settings can't be read any more, the edition is
    /// blocked.
    pub fn update(&mut self, changed: &Change, now: jiff::Timestamp) -> Arc<Edition> {
        self.update_telling(changed, now, &mut |_| {})
    }

    /// [`Self::update`], which tells `on_stage` of each stage that has ended.
    pub fn update_telling(&mut self, changed: &Change, now: jiff::Timestamp, on_stage: &mut OnStage<'_>) -> Arc<Edition> {
        match changed {
            Change::Paths(paths) => self.files.changed(paths),
            Change::All => self.files.all_changed(),
        }
        self.request.now = now;
        let number = self.edition.number() + 1;
        let last = &self.edition;
        let next =
            next(&self.request, &self.files, &mut self.memo, number, Some(last), on_stage).unwrap_or_else(|failure| {
                let fault = Diagnostic::placeless(code::UNREADABLE, failure.to_string());
                Edition::unreadable(number, Unreadable { tree: SourceTree::new(""), faults: vec![fault] }, Some(last))
            });
        let old = std::mem::replace(&mut self.edition, Arc::new(next));
        // Whoever still answers from it keeps it; otherwise it takes a while to take apart, and nobody should wait.
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
