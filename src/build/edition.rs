//! One state of a site in a preview: its pages, made when a browser asks for them, and its findings.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use super::analysis::{Analysis, Counts};
use super::pipeline::Unreadable;
pub use super::preview_site::Page;
use super::preview_site::{BrokenTheme, PreviewSite};
use crate::base::Span;
use crate::config::Config;
use crate::diagnostics::{self, Diagnostic};
use crate::model::Model;
use crate::source::SourceTree;

/// One state of the site. It never changes: requests are answered from it while the next one is being made.
pub struct Edition {
    number: u64,
    state: State,
    /// All findings, once someone has asked for them.
    diagnostics: OnceLock<Vec<Diagnostic>>,
    published: OnceLock<Option<Arc<Edition>>>,
}

/// How much of an edition's files could be read. If they don't make a site, `last` is the site that is shown instead: the
/// last one that worked, if there was one.
enum State {
    /// Only the settings, which have errors.
    Unreadable { unreadable: Unreadable, last: Option<Arc<PreviewSite>> },
    /// Everything but the theme.
    Broken { broken: Box<BrokenTheme>, last: Option<Arc<PreviewSite>> },
    /// Everything, so that the site can be made.
    Complete(Arc<PreviewSite>),
}

/// A site as it was last read, whether or not its pages can be made.
#[derive(Clone, Copy)]
pub struct ReadSite<'e> {
    /// Its records.
    pub model: &'e Model,
    /// The files that the model was made from.
    pub tree: &'e SourceTree,
    /// Its settings.
    pub config: &'e Config,
}

impl Edition {
    /// The state of a working site.
    pub(super) fn complete(number: u64, site: PreviewSite) -> Self {
        Self::new(number, State::Complete(Arc::new(site)))
    }

    /// The state when the theme is broken, after `last`.
    pub(super) fn broken(number: u64, broken: Box<BrokenTheme>, last: Option<&Self>) -> Self {
        Self::new(number, State::Broken { broken, last: last.and_then(Self::site).cloned() })
    }

    /// The state when the settings can't be read, after `last`.
    pub(super) fn unreadable(number: u64, unreadable: Unreadable, last: Option<&Self>) -> Self {
        Self::new(number, State::Unreadable { unreadable, last: last.and_then(Self::site).cloned() })
    }

    fn new(number: u64, state: State) -> Self {
        Self { number, state, diagnostics: OnceLock::new(), published: OnceLock::new() }
    }

    /// The site that is shown; `None` if none has ever worked.
    fn site(&self) -> Option<&Arc<PreviewSite>> {
        match &self.state {
            State::Unreadable { last, .. } | State::Broken { last, .. } => last.as_ref(),
            State::Complete(site) => Some(site),
        }
    }

    /// The analysis of the site that is shown.
    pub(super) fn analysis(&self) -> Option<&Analysis> {
        self.site().map(|site| &site.analysis)
    }

    /// The site, if its pages are worth checking. Until then, the errors found so far have to be fixed first.
    fn sound_site(&self) -> Option<&Arc<PreviewSite>> {
        self.site().filter(|_| diagnostics::errors(self.diagnostics()) == 0)
    }

    /// Its number: one more than that of the previous edition.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The files as they are now, for the excerpts in diagnostics.
    #[must_use]
    pub fn tree(&self) -> &SourceTree {
        match &self.state {
            State::Unreadable { unreadable, .. } => &unreadable.tree,
            State::Broken { broken, .. } => &broken.analysis.read.tree,
            State::Complete(site) => &site.analysis.read.tree,
        }
    }

    /// All findings of a check before it makes a page.
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

    /// Why the pages are those of an older edition: errors in the settings or the theme, without which no site can be made.
    /// `None` if the pages are current.
    #[must_use]
    pub fn blocked(&self) -> Option<&[Diagnostic]> {
        match &self.state {
            State::Unreadable { unreadable, .. } => Some(&unreadable.faults),
            State::Broken { broken, .. } => Some(&broken.faults),
            State::Complete(_) => None,
        }
    }

    /// The same state as it would be published: without drafts and embargoed records. Made when first requested.
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

    /// The sorted paths of all files of the site: `index.html`, `events/x/index.html`.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.site().into_iter().flat_map(|site| site.output.recipes.keys().map(String::as_str))
    }

    /// The model of the site; `None` if none has ever worked.
    #[must_use]
    pub fn model(&self) -> Option<&Model> {
        self.site().map(|site| &*site.analysis.model)
    }

    /// The site as it was last read, even if its theme is broken; `None` if its settings could never be read.
    #[must_use]
    pub fn read_site(&self) -> Option<ReadSite<'_>> {
        let analysis = match &self.state {
            State::Broken { broken, .. } => &broken.analysis,
            State::Unreadable { .. } | State::Complete(_) => self.analysis()?,
        };
        Some(ReadSite { model: &analysis.model, tree: &analysis.read.tree, config: &analysis.read.config })
    }

    /// Files of the site, each with the location of the record, page or setting that it was made for.
    pub fn origins(&self) -> impl Iterator<Item = (&str, Span)> {
        let paths = self.paths();
        paths.filter_map(|path| Some((path, self.origin_of(path)?)))
    }

    /// The location of the record, page or setting that the file at `path` was made for; `None` if it belongs to the site as
    /// a whole.
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

    /// The file at `path` of the output, made at most once; `None` if the site has no such file.
    ///
    /// # Errors
    /// A template that failed, or a file that can't be read.
    #[must_use]
    pub fn page(&self, path: &str) -> Option<Result<Arc<Page>, Diagnostic>> {
        self.site()?.page(path)
    }

    /// The file at `path` as made with the last theme that worked, if there was one. Use it for a page that fails with the
    /// current theme, never for publishing.
    #[must_use]
    pub fn with_earlier_theme(&self, path: &str) -> Option<Arc<Page>> {
        self.site()?.with_earlier_theme(path)
    }

    /// All findings of a check on the finished pages, unless earlier errors kept it from making them. It makes every page,
    /// so run it on a separate thread. `None` if `canceled` became true before it was done.
    #[must_use]
    pub fn finished(&self, canceled: &AtomicBool) -> Option<&[Diagnostic]> {
        self.sound_site().map_or(Some(&[]), |site| site.check_pages(canceled))
    }

    /// What [`Self::finished`] found, if it is known yet.
    #[must_use]
    pub fn known_findings(&self) -> Option<&[Diagnostic]> {
        self.sound_site().map_or(Some(&[]), |site| site.known_findings())
    }

    /// Pages whose remembered links differ from their real ones. There must be none once [`Self::finished`] is done, because
    /// what is remembered has to hold for everything that a page is made of. This exists for a test: a stale link that leads
    /// somewhere would show up in no finding.
    #[must_use]
    pub fn stale(&self) -> Vec<&str> {
        self.site().map(|site| site.stale()).unwrap_or_default()
    }
}
