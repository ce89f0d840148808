//! A site that can be made, and what has been made of it so far.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::FILES_AT_ONCE;
use super::analysis::Analysis;
use super::findings::{self, PageLinks};
use super::freshness::Freshness;
use super::memo::{Rendered, Seen};
use super::pipeline::Request;
use super::shared::{Shared, ThemeSource};
use crate::base::{Hash, Map};
use crate::diagnostics::{self, Diagnostic};
use crate::linkcheck;
use crate::model::read::ReadLog;
use crate::output::{self, FileKind, Outline, Output, Recipe, RenderContext, RenderError, Same};
use crate::source::Held;
use crate::view::View;

/// A finished file of the site.
#[derive(Debug)]
pub struct Page {
    /// Its bytes, the same as those that a build would write.
    pub bytes: Vec<u8>,
    /// Their hash.
    pub hash: Hash,
}

impl Page {
    fn new(bytes: Vec<u8>) -> Arc<Self> {
        Arc::new(Self { hash: Hash::of(&bytes), bytes })
    }
}

/// A file, made by the first request while others wait for it.
type PageOnce = Arc<OnceLock<Result<Arc<Page>, Diagnostic>>>;

/// A site that can be made, and what has been requested of it.
pub(super) struct PreviewSite {
    pub(super) analysis: Analysis,
    pub(super) output: Arc<Output>,
    /// Faults that leave most pages intact: names in templates that lead to nothing, and addresses that two files want.
    pub(super) faults: Vec<Diagnostic>,
    shared: Shared,
    files: Arc<Held>,
    request: Request,
    rendered: Arc<Rendered>,
    pages: Mutex<Map<String, PageOnce>>,
    findings: OnceLock<Vec<Diagnostic>>,
    /// The shared parts from the last theme that worked, for pages that fail with the current one.
    earlier: OnceLock<Option<Shared>>,
}

/// A site that can't be made, because its theme has faults.
pub(super) struct BrokenTheme {
    pub(super) analysis: Analysis,
    /// Faults of templates and style sheets that no page can be made with, and other faults of templates.
    pub(super) faults: Vec<Diagnostic>,
}

impl PreviewSite {
    /// Compiles the theme and plans the site.
    ///
    /// # Errors
    /// The faults of the theme, if it can't make any page.
    pub(super) fn new(
        analysis: Analysis,
        request: &Request,
        files: Arc<Held>,
        rendered: Arc<Rendered>,
    ) -> Result<Self, Box<BrokenTheme>> {
        let shared = match Shared::of(&analysis, request.file_links, &*files, ThemeSource::Cached(&rendered)) {
            Ok(shared) => shared,
            Err(faults) => return Err(Box::new(BrokenTheme { analysis, faults })),
        };
        let outline = Outline::of(shared.site(&analysis, &*files, request));
        let (output, clashes) = rendered.plan(outline.fingerprint(), || output::plan(&outline));
        let faults = [shared.theme().faults(), &clashes].concat();
        let request = request.clone();
        let (pages, findings, earlier) = Default::default();
        Ok(Self { analysis, output, faults, shared, files, request, rendered, pages, findings, earlier })
    }

    /// The same site as it would be published: without drafts and embargoed records. `None` if it has neither.
    pub(super) fn as_published(&self) -> Option<Self> {
        let analysis = self.analysis.as_published()?;
        let request = Request { drafts: false, ..self.request.clone() };
        // What was rendered with drafts is kept for the next state with drafts.
        let rendered = Arc::new(Rendered::with_good_theme_of(&self.rendered));
        Self::new(analysis, &request, self.files.clone(), rendered).ok()
    }

    /// The file at `path` of the output, made at most once; `None` if the site has no such file.
    ///
    /// # Errors
    /// A template that failed, or a file that can't be read.
    pub(super) fn page(&self, path: &str) -> Option<Result<Arc<Page>, Diagnostic>> {
        let recipe = self.output.recipes.get(path)?;
        let once = {
            // Code that panicked while it held this lock had only looked something up.
            let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
            pages.entry(path.to_owned()).or_default().clone()
        };
        Some(once.get_or_init(|| Ok(Page::new(self.make(recipe, &self.context())?))).clone())
    }

    /// The file at `path` as made with the last theme that worked, if there was one.
    pub(super) fn with_earlier_theme(&self, path: &str) -> Option<Arc<Page>> {
        let recipe = self.output.recipes.get(path)?;
        let shared = self.earlier.get_or_init(|| {
            let theme = ThemeSource::Earlier(self.rendered.good_theme()?);
            Shared::of(&self.analysis, self.request.file_links, &*self.files, theme).ok()
        });
        let context = shared.as_ref()?.site(&self.analysis, &*self.files, &self.request);
        recipe.evaluate(&context).ok().map(Page::new)
    }

    /// The findings on all finished pages. It makes every page. `None` if `canceled` became true before it was done.
    pub(super) fn check_pages(&self, canceled: &AtomicBool) -> Option<&[Diagnostic]> {
        if let Some(findings) = self.findings.get() {
            return Some(findings);
        }
        let context = self.context();
        let freshness = Freshness::new(&self.analysis, &self.shared, &self.rendered, context.view);
        let view = View { entries: &freshness, ..context.view };
        let context = RenderContext { view, ..context };
        let recipes: Vec<_> = self.output.recipes.iter().collect();
        let made: Option<Vec<_>> = recipes
            .par_iter()
            .with_max_len(FILES_AT_ONCE)
            .map(|(path, recipe)| {
                let wanted = !canceled.load(Ordering::Relaxed);
                wanted.then(|| (path.as_str(), self.links(path, recipe, &context, &freshness)))
            })
            .collect();
        self.rendered.keep_values(freshness.into_values());
        let made = made?;
        Some(self.findings.get_or_init(|| {
            let model = &self.analysis.model;
            let (mut findings, ()) = rayon::join(
                || findings::findings(&self.output, &self.context(), made, Some(&self.rendered)),
                || {
                    let counts = (self.output.recipes.len(), model.events.len());
                    let has_page = |path: &str| self.output.recipes.contains_key(path);
                    self.rendered.forget(counts, has_page, |id| model.target(id).is_some());
                },
            );
            diagnostics::sort(&mut findings);
            findings
        }))
    }

    /// What [`Self::check_pages`] found, if it is known yet.
    pub(super) fn known_findings(&self) -> Option<&[Diagnostic]> {
        self.findings.get().map(Vec::as_slice)
    }

    /// Pages whose remembered links differ from their real ones.
    pub(super) fn stale(&self) -> Vec<&str> {
        let context = self.context();
        let is_stale = |path: &str, recipe: &Recipe| {
            let seen = self.rendered.seen(path);
            let bytes = recipe.evaluate(&context).ok();
            let links = bytes.map(|bytes| linkcheck::read(path, &bytes, &context.config.base_path));
            seen.zip(links).is_some_and(|(seen, links)| *seen.links != links)
        };
        let recipes = self.output.recipes.iter().filter(|(path, recipe)| is_stale(path, recipe));
        recipes.map(|(path, _)| path.as_str()).collect()
    }

    /// Makes a file.
    fn make(&self, recipe: &Recipe, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
        self.noting_theme(recipe.evaluate(context))
    }

    /// Remembers a fault in one of the theme's templates.
    fn noting_theme(&self, made: Result<Vec<u8>, RenderError>) -> Result<Vec<u8>, RenderError> {
        if let Err(RenderError::Template(_)) = made {
            self.rendered.failed(self.shared.theme());
        }
        made
    }

    /// What a file links to; `None` if it is not a page. A page that would come out unchanged is not made again.
    ///
    /// # Errors
    /// The fault of the recipe.
    fn links(&self, path: &str, recipe: &Recipe, context: &RenderContext<'_>, freshness: &Freshness<'_>) -> PageLinks {
        let is_amended = match recipe.kind {
            FileKind::Page { is_amended } => is_amended,
            FileKind::Fallible => {
                self.make(recipe, context)?;
                return Ok(None);
            }
            FileKind::Infallible | FileKind::Keyed(_) => return Ok(None),
        };
        let read = |bytes: &[u8]| Arc::new(linkcheck::read(path, bytes, &context.config.base_path));
        if is_amended {
            return Ok(Some(read(&self.make(recipe, context)?)));
        }
        let before = self.rendered.seen(path);
        let fresh = before.as_ref().filter(|seen| seen.site == freshness.site() && freshness.is_fresh(&seen.reads));
        if let Some(seen) = fresh.filter(|seen| seen.theme == self.shared.theme_fingerprint(seen.made_of.template)) {
            return Ok(Some(seen.links.clone()));
        }
        let same = Same::new(before.as_ref().map(|before| before.made_of), fresh.is_some());
        // Templates don't read records themselves, so a page reads the same under another theme.
        let known = fresh.map(|seen| seen.reads.clone());
        let log = if known.is_some() { ReadLog::of_faults() } else { ReadLog::recording() };
        // What a page says follows from what was read for it, and so does a hash of its words.
        let state = OnceLock::new();
        if let Some(known) = fresh.and_then(|seen| seen.state.clone()) {
            let _ = state.set(String::from(known));
        }
        let view = View { state: Some(&state), ..context.view };
        let context = RenderContext { same: Some(&same), view, ..*context };
        let bytes = self.noting_theme(recipe.evaluate_logging(&context, &log))?;
        let links = before.filter(|_| same.is_same()).map_or_else(|| read(&bytes), |before| before.links.clone());
        if let Some(made_of) = same.now() {
            let (theme, site) = (self.shared.theme_fingerprint(made_of.template), freshness.site());
            let reads = known.unwrap_or_else(|| freshness.kept(log));
            let state = state.into_inner().map(String::into_boxed_str);
            let seen = Seen { reads, site, theme, made_of, state, links: links.clone() };
            self.rendered.keep_seen(path, seen);
        }
        Ok(Some(links))
    }

    fn context(&self) -> RenderContext<'_> {
        self.shared.site(&self.analysis, &*self.files, &self.request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::memo::Memo;
    use crate::build::pipeline::{self, Reading};
    use crate::source::files::InMemory;

    /// The site made of these files, after an earlier one that left `memo`.
    fn site(files: &[(&str, &str)], memo: &mut Memo) -> PreviewSite {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        let files = Arc::new(Held::new(Arc::new(InMemory(files))));
        let request = Request {
            root: "nowhere".into(),
            output: None,
            base_url: None,
            drafts: true,
            file_links: false,
            now: jiff::Timestamp::UNIX_EPOCH,
            strict: false,
            published: None,
        };
        let reading = pipeline::analyze(&request, &*files, memo, None, &mut |_| {}).unwrap();
        let Reading::Complete(analysis) = reading else { panic!("the settings can't be read") };
        let made = PreviewSite::new(*analysis, &request, files, memo.rendered.clone());
        made.unwrap_or_else(|broken| panic!("{:?}", broken.faults))
    }

    #[test]
    fn template_faults_are_computed_once_for_all_content_edits() {
        let book = ("book.toml", "[book]\ntitle = \"T\"\n");
        let before = ("content/a.md", "---\ntitle: First\n---\nText.\n");
        let after = ("content/a.md", "---\ntitle: Another\n---\n\n## Heading\n\nOther text.\n");
        let slip = ("templates/claim.html", "{% if false %}{{ claim.titel }}{% endif %}");
        let mut memo = Memo::default();
        let good = site(&[book, before], &mut memo);
        let first = site(&[book, before, slip], &mut memo);
        let second = site(&[book, after, slip], &mut memo);
        assert!(Arc::ptr_eq(first.shared.theme(), second.shared.theme()), "the theme is compiled and checked only once");
        assert_eq!((first.faults.len(), second.faults.len()), (1, 1));
        assert_eq!(second.faults[0].message, "`claim` has no field `titel`");
        // A theme with faults must not become the fallback, even if no page has run into them.
        let mended = site(&[book, after, (slip.0, "mended")], &mut memo);
        assert!(mended.faults.is_empty());
        assert!(Arc::ptr_eq(&memo.rendered.good_theme().unwrap(), good.shared.theme()));
    }
}
