//! One state of a site that is followed: its pages, made when they are asked for, and what is wrong with it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::pipeline::{Counts, Known, Request};
use super::shared::Shared;
use super::write;
use crate::base::{Hash, Map, Span};
use crate::diagnostics::{self, Diagnostic};
use crate::model::Model;
use crate::output::links;
use crate::output::{self, Output, Site};
use crate::source::{Files, SourceTree};

/// A file of the site, finished.
#[derive(Debug)]
pub struct Page {
    /// Its bytes, which are those that a build would write.
    pub bytes: Vec<u8>,
    /// Their hash.
    pub hash: Hash,
}

/// One state of the site. It never changes: requests are answered from it while the next one is made.
pub struct Edition {
    number: u64,
    /// The files as they are, which may be further than those that the site was made of.
    tree: Arc<SourceTree>,
    diagnostics: Vec<Diagnostic>,
    /// The site; `None` if there has never been one that could be made.
    site: Option<Arc<Whole>>,
    is_blocked: bool,
    published: OnceLock<Arc<Edition>>,
}

/// A site that can be made, and what of it has been asked for.
pub(super) struct Whole {
    known: Known,
    shared: Shared,
    output: Output,
    files: Arc<dyn Files>,
    request: Request,
    asked: Map<String, OnceLock<Result<Arc<Page>, Diagnostic>>>,
    finished: OnceLock<Vec<Diagnostic>>,
}

impl Whole {
    /// Compiles the theme and plans the site; the clashes of addresses beside it.
    ///
    /// # Errors
    /// The fault of a template.
    pub(super) fn of(
        known: Known,
        request: &Request,
        files: Arc<dyn Files>,
    ) -> Result<(Self, Vec<Diagnostic>), (Box<Known>, Diagnostic)> {
        let shared = match Shared::of(&known) {
            Ok(shared) => shared,
            Err(fault) => return Err((Box::new(known), fault)),
        };
        let (output, clashes) = output::plan(&shared.site(&known, &*files, request.file_links));
        let asked = output.recipes.keys().map(|path| (path.clone(), OnceLock::new())).collect();
        let finished = OnceLock::new();
        Ok((Self { known, shared, output, files, request: request.clone(), asked, finished }, clashes))
    }

    fn site(&self) -> Site<'_> {
        self.shared.site(&self.known, &*self.files, self.request.file_links)
    }
}

impl Edition {
    /// The state in which the site could be made.
    pub(super) fn of(number: u64, whole: Whole, mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics::sort(&mut diagnostics);
        let tree = Arc::new(whole.known.tree.clone());
        Self { number, tree, diagnostics, site: Some(Arc::new(whole)), is_blocked: false, published: OnceLock::new() }
    }

    /// The state in which settings or theme are broken, and `last` still shows what it showed.
    pub(super) fn without(number: u64, tree: SourceTree, mut diagnostics: Vec<Diagnostic>, last: Option<&Edition>) -> Self {
        diagnostics::sort(&mut diagnostics);
        let site = last.and_then(|last| last.site.clone());
        let tree = Arc::new(tree);
        Self { number, tree, diagnostics, site, is_blocked: true, published: OnceLock::new() }
    }

    /// Its number: one more than that of the edition before it.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The files as they are, for the excerpts of diagnostics.
    #[must_use]
    pub fn tree(&self) -> &Arc<SourceTree> {
        &self.tree
    }

    /// All that a check finds before it makes a page.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Why the pages are those of an older edition: the faults of the settings or the theme, which a site can't be made
    /// without. `None` if nothing is in the way.
    #[must_use]
    pub fn blocked(&self) -> Option<&[Diagnostic]> {
        self.is_blocked.then_some(&*self.diagnostics)
    }

    /// The same state as it would be published: without drafts, and without what is under an embargo. Made when first asked
    /// for.
    #[must_use]
    pub fn as_published(self: &Arc<Self>) -> Arc<Self> {
        let Some(whole) = self.site.as_ref().filter(|whole| whole.request.drafts) else {
            return self.clone();
        };
        let make = || {
            let request = Request { drafts: false, ..whole.request.clone() };
            super::live::edition(&request, &whole.files, self.number, None).map_or_else(|_| self.clone(), Arc::new)
        };
        self.published.get_or_init(make).clone()
    }

    /// How many records the site has.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.site.as_ref().map(|whole| whole.known.counts()).unwrap_or_default()
    }

    /// The paths of all files of the site, in order: `index.html`, `events/x/index.html`.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.site.iter().flat_map(|whole| whole.output.recipes.keys().map(String::as_str))
    }

    /// The site as it was understood; `None` if there has never been one that could be made.
    #[must_use]
    pub fn model(&self) -> Option<&Model> {
        self.site.as_ref().map(|whole| &whole.known.model)
    }

    /// Files of the site with the place of the record, page or setting that asked for them.
    pub fn asked(&self) -> impl Iterator<Item = (&str, Span)> {
        let recipes = self.site.iter().flat_map(|whole| &whole.output.recipes);
        recipes.filter_map(|(path, recipe)| Some((path.as_str(), recipe.asked?)))
    }

    /// Whether the site has a file at `path`.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.site.as_ref().is_some_and(|whole| whole.output.recipes.contains_key(path))
    }

    /// The file at `path` of the output, made once; `None` if the site has none there.
    ///
    /// # Errors
    /// The fault of a template, or of a file that can't be read.
    #[must_use]
    pub fn page(&self, path: &str) -> Option<Result<Arc<Page>, Diagnostic>> {
        let whole = self.site.as_ref()?;
        let recipe = whole.output.recipes.get(path)?;
        let made = whole.asked.get(path)?.get_or_init(|| {
            let bytes = (recipe.make)(&whole.site())?;
            Ok(Arc::new(Page { hash: Hash::of(&bytes), bytes }))
        });
        Some(made.clone())
    }

    /// All that a check finds on the finished pages, if nothing before kept it from making them. It makes every page, so it
    /// is meant for a thread of its own. `None` if `cancelled` became true before it was through.
    #[must_use]
    pub fn finished(&self, cancelled: &AtomicBool) -> Option<&[Diagnostic]> {
        let Some(whole) = self.site.as_ref().filter(|_| diagnostics::errors(&self.diagnostics) == 0) else {
            return Some(&[]);
        };
        if let Some(found) = whole.finished.get() {
            return Some(found);
        }
        let site = whole.site();
        let recipes: Vec<_> = whole.output.recipes.iter().collect();
        let made: Vec<_> = recipes
            .par_iter()
            .map(|(path, recipe)| {
                if cancelled.load(Ordering::Relaxed) {
                    return None;
                }
                let read = |bytes: Vec<u8>| recipe.is_page.then(|| links::read(path, &bytes, &site.config.base_path));
                Some((path.as_str(), (recipe.make)(&site).map(read)))
            })
            .collect::<Option<_>>()?;
        Some(whole.finished.get_or_init(|| {
            let mut found = write::findings(&whole.output, &site, made);
            diagnostics::sort(&mut found);
            found
        }))
    }
}
