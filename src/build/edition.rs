//! One state of a site that is followed: its pages, made when they are asked for, and what is wrong with it.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use super::pipeline::{Analysis, Counts, Unreadable};
pub use super::preview_site::Page;
use super::preview_site::{BrokenTheme, PreviewSite};
use crate::base::Span;
use crate::diagnostics::{self, Diagnostic};
use crate::model::Model;
use crate::source::SourceTree;

/// One state of the site. It never changes: requests are answered from it while the next one is made.
pub struct Edition {
    number: u64,
    state: State,
    /// All that is wrong, once it was asked for.
    diagnostics: OnceLock<Vec<Diagnostic>>,
    published: OnceLock<Option<Arc<Edition>>>,
}

/// How far the files of an edition could be understood. Where they make no site, `last` shows what it showed: the last one that
/// could be made, if there has been any.
enum State {
    /// No further than the settings, which have errors.
    Unreadable { unreadable: Unreadable, last: Option<Arc<PreviewSite>> },
    /// All but the theme.
    Broken { broken: Box<BrokenTheme>, last: Option<Arc<PreviewSite>> },
    /// As a site that can be made.
    Complete(Arc<PreviewSite>),
}

impl Edition {
    /// The state in which the site could be made.
    pub(super) fn complete(number: u64, site: PreviewSite) -> Self {
        Self::new(number, State::Complete(Arc::new(site)))
    }

    /// The state in which the theme is broken, after `last`.
    pub(super) fn broken(number: u64, broken: Box<BrokenTheme>, last: Option<&Self>) -> Self {
        Self::new(number, State::Broken { broken, last: last.and_then(Self::site).cloned() })
    }

    /// The state in which the settings can't be read, after `last`.
    pub(super) fn unreadable(number: u64, unreadable: Unreadable, last: Option<&Self>) -> Self {
        Self::new(number, State::Unreadable { unreadable, last: last.and_then(Self::site).cloned() })
    }

    fn new(number: u64, state: State) -> Self {
        Self { number, state, diagnostics: OnceLock::new(), published: OnceLock::new() }
    }

    /// The site that is shown; `None` if there has never been one that could be made.
    fn site(&self) -> Option<&Arc<PreviewSite>> {
        match &self.state {
            State::Unreadable { last, .. } | State::Broken { last, .. } => last.as_ref(),
            State::Complete(site) => Some(site),
        }
    }

    /// What was understood of the site that is shown.
    pub(super) fn analysis(&self) -> Option<&Analysis> {
        self.site().map(|site| &site.analysis)
    }

    /// The site, if its pages are worth a check: before that, all that was found has to be mended.
    fn sound_site(&self) -> Option<&Arc<PreviewSite>> {
        self.site().filter(|_| diagnostics::errors(self.diagnostics()) == 0)
    }

    /// Its number: one more than that of the edition before it.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The files as they are, for the excerpts of diagnostics.
    #[must_use]
    pub fn tree(&self) -> &SourceTree {
        match &self.state {
            State::Unreadable { unreadable, .. } => &unreadable.tree,
            State::Broken { broken, .. } => &broken.analysis.read.tree,
            State::Complete(site) => &site.analysis.read.tree,
        }
    }

    /// All that a check finds before it makes a page.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        self.diagnostics.get_or_init(|| {
            let (analysis, more) = match &self.state {
                State::Unreadable { unreadable, .. } => (None, &unreadable.faults),
                State::Broken { broken, .. } => (Some(&broken.analysis), &broken.faults),
                State::Complete(site) => (Some(&site.analysis), &site.faults),
            };
            let mut all = analysis.map(|analysis| analysis.diagnostics().to_vec()).unwrap_or_default();
            all.extend_from_slice(more);
            diagnostics::sort(&mut all);
            all
        })
    }

    /// Why the pages are those of an older edition: the faults of the settings or the theme, which a site can't be made
    /// without. `None` if nothing is in the way.
    #[must_use]
    pub fn blocked(&self) -> Option<&[Diagnostic]> {
        match &self.state {
            State::Unreadable { unreadable, .. } => Some(&unreadable.faults),
            State::Broken { broken, .. } => Some(&broken.faults),
            State::Complete(_) => None,
        }
    }

    /// The same state as it would be published: without drafts, and without what is under an embargo. Made when first asked
    /// for.
    #[must_use]
    pub fn as_published(self: &Arc<Self>) -> Arc<Self> {
        let published = self.published.get_or_init(|| {
            let site = self.site()?.as_published()?;
            Some(Arc::new(Self::complete(self.number, site)))
        });
        published.clone().unwrap_or_else(|| self.clone())
    }

    /// How many records the site has.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.site().map(|site| site.analysis.counts()).unwrap_or_default()
    }

    /// The paths of all files of the site, in order: `index.html`, `events/x/index.html`.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.site().into_iter().flat_map(|site| site.output.recipes.keys().map(String::as_str))
    }

    /// The site as it was understood; `None` if there has never been one that could be made.
    #[must_use]
    pub fn model(&self) -> Option<&Model> {
        self.site().map(|site| &site.analysis.model)
    }

    /// Files of the site with the place of the record, page or setting that they are there for.
    pub fn origins(&self) -> impl Iterator<Item = (&str, Span)> {
        let paths = self.paths();
        paths.filter_map(|path| Some((path, self.origin_of(path)?)))
    }

    /// The place of the record, page or setting that the file at `path` is there for; nothing if it is there for the site.
    #[must_use]
    pub fn origin_of(&self, path: &str) -> Option<Span> {
        let site = self.site()?;
        site.output
            .recipes
            .get(path)?
            .place(|record| site.analysis.model.record(record.find(&site.analysis.model)).id_span())
    }

    /// Whether the site has a file at `path`.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.site().is_some_and(|site| site.output.recipes.contains_key(path))
    }

    /// The file at `path` of the output, made once; `None` if the site has none there.
    ///
    /// # Errors
    /// The fault of a template, or of a file that can't be read.
    #[must_use]
    pub fn page(&self, path: &str) -> Option<Result<Arc<Page>, Diagnostic>> {
        self.site()?.page(path)
    }

    /// The file at `path` as the last theme makes it that worked, if there was one: for a page that has a fault in the present
    /// one, and for nobody who would publish it.
    #[must_use]
    pub fn with_earlier_theme(&self, path: &str) -> Option<Arc<Page>> {
        self.site()?.with_earlier_theme(path)
    }

    /// All that a check finds on the finished pages, if nothing before kept it from making them. It makes every page, so it
    /// is meant for a thread of its own. `None` if `cancelled` became true before it was through.
    #[must_use]
    pub fn finished(&self, cancelled: &AtomicBool) -> Option<&[Diagnostic]> {
        self.sound_site().map_or(Some(&[]), |site| site.check_pages(cancelled))
    }

    /// What [`Self::finished`] found, if it is known by now.
    #[must_use]
    pub fn known_findings(&self) -> Option<&[Diagnostic]> {
        self.sound_site().map_or(Some(&[]), |site| site.known_findings())
    }

    /// Pages of which other links are kept than they have. There never are any once [`Self::finished`] is through: what is
    /// kept is good for all that a page can be made of. A test asks, because a stale link that leads somewhere would show
    /// in no finding.
    #[must_use]
    pub fn stale(&self) -> Vec<&str> {
        self.site().map(|site| site.stale()).unwrap_or_default()
    }
}
