//! What one state of a site passes on to the next: results of pure functions, each with its whole input or a fingerprint of
//! it.
//!
//! Nothing here is ever invalidated. A result is reused if its input is unchanged, and dropped once a whole state of the
//! site has not asked for it.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::facet_values::FacetValues;
use super::live::Change;
use super::reads::{Keys, Reads, Slots};
use crate::base::{FileId, Map};
use crate::diagnostics::Diagnostic;
use crate::linkcheck::{Checked, Links};
use crate::media::{Media, Medium};
use crate::model::Model;
use crate::output::{MadeOf, Output};
use crate::source::SourceTree;
use crate::source::files::is_at_or_below;
use crate::syntax::Parsed;
use crate::theme::Theme;
use crate::view::lists::KnownOrders;

/// Cached results. A build starts with none.
#[derive(Default)]
pub struct Memo {
    /// Files by path, as last parsed.
    pub(super) parsed: Map<String, Arc<Parsed>>,
    pub(super) rendered: Arc<Rendered>,
    /// What is known about pictures and other files, by path below the content folder.
    pub(super) media: Map<String, Arc<Medium>>,
}

/// The results for the last state whose pages were all checked, and for the states since.
#[derive(Default)]
pub(super) struct Rendered {
    themes: Mutex<Themes>,
    /// The last plan without faults, by the fingerprint of its outline.
    output: Mutex<Option<(u64, Arc<Output>)>>,
    /// Event entries by the event's id.
    entries: Mutex<Map<Box<str>, Arc<Fragment>>>,
    /// Navigations by part.
    navs: Mutex<Map<Box<str>, Arc<Fragment>>>,
    /// Orders of long lists.
    orders: Arc<KnownOrders>,
    /// The numbers under which reads are stored.
    keys: Mutex<Keys>,
    /// What finished pages link to, by path.
    links: Mutex<Map<Box<str>, Arc<Seen>>>,
    /// The result of the last check of all links.
    checked: Mutex<Arc<Checked>>,
    /// The values of facets in the last state whose pages were checked.
    values: Mutex<Option<FacetValues>>,
    /// How many different values of facets there have been.
    states: AtomicU64,
}

/// A piece of HTML as last rendered.
pub(super) struct Fragment {
    /// What was read for it.
    pub(super) reads: Reads,
    /// The fingerprint of its template, and of its other inputs.
    pub(super) input: u64,
    pub(super) html: Arc<str>,
}

/// A page as last made.
pub(super) struct Seen {
    /// What was read for it.
    pub(super) reads: Reads,
    /// The fingerprint of what goes into every page.
    pub(super) site: u64,
    /// The fingerprint of all templates that were used for it.
    pub(super) theme: u64,
    /// The fingerprint of its context.
    pub(super) made_of: MadeOf,
    /// The hash of its words, if it has one.
    pub(super) state: Option<Box<str>>,
    /// What it links to.
    pub(super) links: Arc<Links>,
}

/// The theme, and the one to fall back on.
#[derive(Default)]
struct Themes {
    /// The current theme, by the fingerprint of all that it was compiled from.
    now: Option<(u64, Arc<Theme>)>,
    /// Whether a page failed with it, or could fail.
    has_failed: bool,
    /// The last earlier theme with which no page failed.
    good: Option<Arc<Theme>>,
}

impl Memo {
    /// Stores what is known about the files that records use.
    pub(super) fn keep_media(&mut self, media: &Media) {
        self.media = media.iter().map(|(path, medium)| (path.clone(), medium.clone())).collect();
    }

    /// Forgets files that may have changed: those at or below `paths`, which begin at the site's root.
    pub(super) fn forget_media(&mut self, changed: &Change, content: Option<&str>) {
        match (changed, content) {
            (Change::Paths(paths), Some(content)) if !self.media.is_empty() => {
                self.media.retain(|medium, _| {
                    let whole = format!("{content}/{medium}");
                    !paths.iter().any(|path| is_at_or_below(&whole, path))
                });
            }
            (Change::Paths(_), Some(_)) => {}
            (Change::All, _) | (_, None) => self.media.clear(),
        }
    }

    /// Stores parsed files, and drops those that no longer exist.
    pub(super) fn keep_parsed(&mut self, tree: &SourceTree, parsed: &[(FileId, Arc<Parsed>)]) {
        for (id, file) in parsed {
            let path = &tree.file(*id).path;
            match self.parsed.get_mut(path) {
                Some(before) if Arc::ptr_eq(before, file) => {}
                Some(before) => before.clone_from(file),
                None => {
                    self.parsed.insert(path.clone(), file.clone());
                }
            }
        }
        if self.parsed.len() > parsed.len() {
            let paths: HashSet<&str> = parsed.iter().map(|(id, _)| tree.file(*id).path.as_str()).collect();
            self.parsed.retain(|path, _| paths.contains(path.as_str()));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A table of finished values is consistent, even if something panicked in the meantime.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Rendered {
    /// The theme compiled from the same input, or the one that `load` returns.
    pub(super) fn theme(
        &self,
        input: u64,
        load: impl FnOnce() -> Result<Theme, Vec<Diagnostic>>,
    ) -> Result<Arc<Theme>, Vec<Diagnostic>> {
        let mut themes = lock(&self.themes);
        if let Some((_, theme)) = themes.now.as_ref().filter(|(known, _)| *known == input) {
            return Ok(theme.clone());
        }
        let new = Arc::new(load()?);
        let old = themes.now.replace((input, new.clone()));
        // A page that runs into such a fault can't be made, and there may be one at any time.
        let has_failed = std::mem::replace(&mut themes.has_failed, !new.faults().is_empty());
        if let Some((_, old)) = old.filter(|_| !has_failed) {
            themes.good = Some(old);
        }
        Ok(new)
    }

    /// The plan of the outline with this fingerprint, and its faults: the last one, or the one that `make` returns.
    pub(super) fn plan(
        &self,
        outline: u64,
        make: impl FnOnce() -> (Output, Vec<Diagnostic>),
    ) -> (Arc<Output>, Vec<Diagnostic>) {
        let mut last = lock(&self.output);
        if let Some((_, output)) = last.as_ref().filter(|(known, _)| *known == outline) {
            return (output.clone(), Vec::new());
        }
        let (output, faults) = make();
        let output = Arc::new(output);
        // Faults have locations, which an outline does not contain.
        *last = faults.is_empty().then(|| (outline, output.clone()));
        (output, faults)
    }

    /// A memo with nothing but a theme to fall back on.
    pub(super) fn with_good_theme_of(other: &Self) -> Self {
        let themes = Themes { good: other.good_theme(), ..Themes::default() };
        Self { themes: Mutex::new(themes), orders: other.orders.clone(), ..Self::default() }
    }

    /// Notes that a page failed with a theme.
    pub(super) fn failed(&self, theme: &Arc<Theme>) {
        let mut themes = lock(&self.themes);
        if themes.now.as_ref().is_some_and(|(_, now)| Arc::ptr_eq(now, theme)) {
            themes.has_failed = true;
        }
    }

    /// The last theme before the current one with which no page failed.
    pub(super) fn good_theme(&self) -> Option<Arc<Theme>> {
        lock(&self.themes).good.clone()
    }

    /// Known orders of long lists.
    pub(super) fn orders(&self) -> Arc<KnownOrders> {
        self.orders.clone()
    }

    /// An event's earlier entry.
    pub(super) fn entry(&self, id: &str) -> Option<Arc<Fragment>> {
        lock(&self.entries).get(id).cloned()
    }

    /// Stores an event's entry.
    pub(super) fn keep_entry(&self, id: &str, entry: Fragment) {
        lock(&self.entries).insert(id.into(), Arc::new(entry));
    }

    /// The earlier navigation of a part; the empty name means pages without a part.
    pub(super) fn nav(&self, part: &str) -> Option<Arc<Fragment>> {
        lock(&self.navs).get(part).cloned()
    }

    /// Stores the navigation of a part.
    pub(super) fn keep_nav(&self, part: &str, nav: Fragment) {
        lock(&self.navs).insert(part.into(), Arc::new(nav));
    }

    /// The numbers under which reads of this model are stored.
    pub(super) fn slots(&self, model: &Model) -> Slots {
        lock(&self.keys).slots(model)
    }

    /// The earlier page at `path`.
    pub(super) fn seen(&self, path: &str) -> Option<Arc<Seen>> {
        lock(&self.links).get(path).cloned()
    }

    /// Stores what is known about a page.
    pub(super) fn keep_seen(&self, path: &str, seen: Seen) {
        lock(&self.links).insert(path.into(), Arc::new(seen));
    }

    /// The result of the last check of all links.
    pub(super) fn checked(&self) -> Arc<Checked> {
        lock(&self.checked).clone()
    }

    /// Stores the result of a check of all links.
    pub(super) fn keep_checked(&self, checked: Checked) {
        *lock(&self.checked) = Arc::new(checked);
    }

    /// The values of facets in the last state whose pages were checked, which are then no longer here.
    pub(super) fn take_values(&self) -> Option<FacetValues> {
        lock(&self.values).take()
    }

    /// A number for values of facets that differ from all before.
    pub(super) fn next_state(&self) -> u64 {
        self.states.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Stores the values of facets.
    pub(super) fn keep_values(&self, values: FacetValues) {
        *lock(&self.values) = Some(values);
    }

    /// Drops pages and events that no longer exist, once there are more than the `pages` and `events` of the site.
    pub(super) fn forget(
        &self,
        (pages, events): (usize, usize),
        has_page: impl Fn(&str) -> bool,
        has_event: impl Fn(&str) -> bool,
    ) {
        let mut links = lock(&self.links);
        if links.len() > pages {
            links.retain(|path, _| has_page(path));
        }
        let mut entries = lock(&self.entries);
        if entries.len() > events {
            entries.retain(|id, _| has_event(id));
        }
    }
}
