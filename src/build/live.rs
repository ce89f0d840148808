//! A site held in memory and followed as its files change.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Failure;
use super::edition::{self, Edition, Whole};
use super::memo::Memo;
use super::pipeline::{self, Request};
use crate::diagnostics::{Diagnostic, code};
use crate::source::{Files, Held, SourceTree};

/// What may differ from the last look at the files.
#[derive(Clone, Debug)]
pub enum Changed {
    /// Files or folders, made, written or removed: paths below the site's root, with slashes. Too many do no harm, and one
    /// that holds nothing of the site none either.
    Paths(BTreeSet<String>),
    /// Anything: everything is looked at again.
    All,
}

/// Whoever is told the name of a stage that has ended.
pub type Ended<'a> = dyn FnMut(&'static str) + 'a;

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

    /// [`Self::open`], which tells each stage that has ended.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_telling(request: Request, files: Arc<dyn Files>, ended: &mut Ended<'_>) -> Result<Self, Failure> {
        let (files, mut memo) = (Arc::new(Held::new(files)), Memo::default());
        let edition = Arc::new(next(&request, &files, &mut memo, 1, None, ended)?);
        Ok(Self { request, files, memo, edition })
    }

    /// Takes in what has changed, and gives the state after it. `now` is the time of that state.
    ///
    /// Nothing that stands in a file keeps this from succeeding; where the settings can't be read any more, the edition is
    /// blocked.
    pub fn update(&mut self, changed: &Changed, now: jiff::Timestamp) -> Arc<Edition> {
        self.update_telling(changed, now, &mut |_| {})
    }

    /// [`Self::update`], which tells each stage that has ended.
    pub fn update_telling(&mut self, changed: &Changed, now: jiff::Timestamp, ended: &mut Ended<'_>) -> Arc<Edition> {
        match changed {
            Changed::Paths(paths) => self.files.changed(paths),
            Changed::All => self.files.all_changed(),
        }
        self.request.now = now;
        let number = self.edition.number() + 1;
        let last = &self.edition;
        let next = next(&self.request, &self.files, &mut self.memo, number, Some(last), ended).unwrap_or_else(|failure| {
            let fault = Diagnostic::placeless(code::UNREADABLE, failure.to_string());
            Edition::without(number, files_of(SourceTree::new("")), vec![fault], Some(last))
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
    ended: &mut Ended<'_>,
) -> Result<Edition, Failure> {
    let known = match pipeline::know(request, &**files, memo, last.and_then(Edition::model), ended)? {
        Ok(known) => known,
        Err(outcome) => return Ok(Edition::without(number, files_of(outcome.tree), outcome.diagnostics, last)),
    };
    let made = Whole::of(known, request, files.clone(), memo.rendered.clone());
    ended("plan");
    Ok(match made {
        Ok((whole, faults)) => Edition::of(number, whole, faults),
        Err((known, faults)) => Edition::without(number, edition::Files::Known(known), faults, last),
    })
}

/// Files of which no more is known than that they are there.
fn files_of(tree: SourceTree) -> edition::Files {
    edition::Files::Unknown(Box::new(tree))
}
