//! What one state of a site leaves to the next: results of pure functions, each with its whole input or the fingerprint of it.
//!
//! Nothing here is ever invalidated. A result is used again if its input is what it was, and forgotten once a whole state of
//! the site did not ask for it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::freshness::OwnValues;
use super::reads::{Keys, Reads, Slots};
use crate::base::{FileId, Map};
use crate::diagnostics::Diagnostic;
use crate::linkcheck::{Checked, Links};
use crate::model::Model;
use crate::output::{MadeOf, Output};
use crate::source::SourceTree;
use crate::syntax::Parsed;
use crate::theme::Theme;
use crate::view::lists::KnownOrders;

/// Results that are kept. A build begins with none.
#[derive(Default)]
pub struct Memo {
    /// Files by path, as they were parsed last.
    pub(super) parsed: Map<String, Arc<Parsed>>,
    pub(super) rendered: Arc<Rendered>,
}

/// What was made of the last state whose pages were all checked, and of those since.
#[derive(Default)]
pub(super) struct Rendered {
    themes: Mutex<Themes>,
    /// The last plan with which nothing was wrong, by the fingerprint of its outline.
    output: Mutex<Option<(u64, Arc<Output>)>>,
    /// Event entries by the event's id.
    entries: Mutex<Map<Box<str>, Fragment>>,
    /// Navigations by the part.
    navs: Mutex<Map<Box<str>, Fragment>>,
    /// Orders of long lists.
    orders: Arc<KnownOrders>,
    /// The numbers by which reads are kept.
    keys: Mutex<Keys>,
    /// What finished pages link to, by path.
    links: Mutex<Map<Box<str>, Seen>>,
    /// What the last check of all links came to.
    checked: Mutex<Arc<Checked>>,
    /// What records say of themselves.
    own: Mutex<Arc<OwnValues>>,
}

/// A piece of HTML as it was rendered last.
#[derive(Clone)]
pub(super) struct Fragment {
    /// What was read for it.
    pub(super) reads: Reads,
    /// The fingerprint of its template, and of what else was handed to it.
    pub(super) input: u64,
    pub(super) html: Arc<str>,
}

/// A page as it was when it was made last.
#[derive(Clone)]
pub(super) struct Seen {
    /// What was read for it.
    pub(super) reads: Reads,
    /// The fingerprint of what every page is made of.
    pub(super) site: u64,
    /// The fingerprint of all templates that had a part in it.
    pub(super) theme: u64,
    /// What it was made of.
    pub(super) made_of: MadeOf,
    /// What it links to.
    pub(super) links: Arc<Links>,
}

/// The theme, and the one to fall back on.
#[derive(Default)]
struct Themes {
    /// The present one, by the fingerprint of all that it was compiled from.
    now: Option<(u64, Arc<Theme>)>,
    /// Whether a page could not be made with it, or one may not be.
    has_failed: bool,
    /// The last one before it with which no page failed.
    good: Option<Arc<Theme>>,
}

impl Memo {
    /// Keeps what files say, and forgets those that are no more.
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
    // A table of finished values is whole, whatever panicked meanwhile.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Rendered {
    /// The theme that was compiled from the same, or what `load` gives.
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
        // A page that comes by such a fault can't be made, and there may be one at any time.
        let has_failed = std::mem::replace(&mut themes.has_failed, !new.faults().is_empty());
        if let Some((_, old)) = old.filter(|_| !has_failed) {
            themes.good = Some(old);
        }
        Ok(new)
    }

    /// The plan of an outline with this fingerprint, and what is wrong with it: the last one, or what `make` gives.
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
        // Faults have places, which an outline does not say.
        *last = faults.is_empty().then(|| (outline, output.clone()));
        (output, faults)
    }

    /// Nothing but the theme to fall back on.
    pub(super) fn with_good_theme_of(other: &Self) -> Self {
        let themes = Themes { good: other.good_theme(), ..Themes::default() };
        Self { themes: Mutex::new(themes), orders: other.orders.clone(), ..Self::default() }
    }

    /// Notes that a page could not be made with a theme.
    pub(super) fn failed(&self, theme: &Arc<Theme>) {
        let mut themes = lock(&self.themes);
        if themes.now.as_ref().is_some_and(|(_, now)| Arc::ptr_eq(now, theme)) {
            themes.has_failed = true;
        }
    }

    /// The last theme before the present one with which no page failed.
    pub(super) fn good_theme(&self) -> Option<Arc<Theme>> {
        lock(&self.themes).good.clone()
    }

    /// Orders of long lists, as far as they are known.
    pub(super) fn orders(&self) -> Arc<KnownOrders> {
        self.orders.clone()
    }

    /// An event's entry as it was.
    pub(super) fn entry(&self, id: &str) -> Option<Fragment> {
        lock(&self.entries).get(id).cloned()
    }

    /// Keeps an event's entry.
    pub(super) fn keep_entry(&self, id: &str, entry: Fragment) {
        lock(&self.entries).insert(id.into(), entry);
    }

    /// The navigation of a part as it was; of pages of no part, under the empty name.
    pub(super) fn nav(&self, part: &str) -> Option<Fragment> {
        lock(&self.navs).get(part).cloned()
    }

    /// Keeps the navigation of a part.
    pub(super) fn keep_nav(&self, part: &str, nav: Fragment) {
        lock(&self.navs).insert(part.into(), nav);
    }

    /// The numbers by which reads of this model are kept.
    pub(super) fn slots(&self, model: &Model) -> Slots {
        lock(&self.keys).slots(model)
    }

    /// The page at `path` as it was.
    pub(super) fn seen(&self, path: &str) -> Option<Seen> {
        lock(&self.links).get(path).cloned()
    }

    /// Keeps what is known of a page.
    pub(super) fn keep_seen(&self, path: &str, seen: Seen) {
        lock(&self.links).insert(path.into(), seen);
    }

    /// What the last check of all links came to.
    pub(super) fn checked(&self) -> Arc<Checked> {
        lock(&self.checked).clone()
    }

    /// Keeps what a check of all links came to.
    pub(super) fn keep_checked(&self, checked: Checked) {
        *lock(&self.checked) = Arc::new(checked);
    }

    /// What records said of themselves when all pages were checked last.
    pub(super) fn own_values(&self) -> Arc<OwnValues> {
        lock(&self.own).clone()
    }

    /// Keeps what records say of themselves.
    pub(super) fn keep_own_values(&self, own: OwnValues) {
        *lock(&self.own) = Arc::new(own);
    }

    /// Forgets pages and events that are no more, once there are more than the `pages` and `events` of the site.
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
