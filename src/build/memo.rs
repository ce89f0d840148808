//! What one state of a site leaves to the next: results of pure functions, each with its whole input or the fingerprint of it.
//!
//! Nothing here is ever invalidated. A result is used again if its input is what it was, and forgotten once a whole state of
//! the site did not ask for it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::base::{FileId, Map};
use crate::diagnostics::Diagnostic;
use crate::output::Keep;
use crate::output::links::Links;
use crate::source::SourceTree;
use crate::syntax::Parsed;
use crate::theme::Theme;

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
    /// The theme, by the fingerprint of all that it was compiled from.
    theme: Mutex<Option<(u64, Arc<Theme>)>>,
    /// Event entries by the event's id.
    entries: Mutex<Map<Box<str>, Entry>>,
    /// What finished pages link to, by path.
    links: Mutex<Map<Box<str>, Seen>>,
}

/// An event's entry, and the fingerprint of all that it was rendered from.
type Entry = (u64, Arc<str>);

/// A page as it was when it was made last.
#[derive(Clone)]
pub(super) struct Seen {
    /// The fingerprint of the record's surroundings, if it is a record's page.
    pub(super) around: Option<u64>,
    /// The template that it was made with, and the fingerprint of all templates that had a part in it.
    pub(super) template: (&'static str, u64),
    /// The fingerprint of its context and all else that it was made of.
    pub(super) context: u64,
    /// What it links to.
    pub(super) links: Arc<Links>,
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

impl Keep for Rendered {
    fn html(
        &self,
        name: &str,
        fingerprint: u64,
        make: &mut dyn FnMut() -> Result<String, Diagnostic>,
    ) -> Result<Arc<str>, Diagnostic> {
        if let Some((_, html)) = lock(&self.entries).get(name).filter(|(print, _)| *print == fingerprint) {
            return Ok(html.clone());
        }
        let html: Arc<str> = make()?.into();
        lock(&self.entries).insert(name.into(), (fingerprint, html.clone()));
        Ok(html)
    }
}

impl Rendered {
    /// The theme that was compiled from the same, or what `load` gives.
    pub(super) fn theme(
        &self,
        input: u64,
        load: impl FnOnce() -> Result<Theme, Diagnostic>,
    ) -> Result<Arc<Theme>, Diagnostic> {
        let mut theme = lock(&self.theme);
        if let Some((_, theme)) = theme.as_ref().filter(|(known, _)| *known == input) {
            return Ok(theme.clone());
        }
        let new = Arc::new(load()?);
        *theme = Some((input, new.clone()));
        Ok(new)
    }

    /// The page at `path` as it was.
    pub(super) fn seen(&self, path: &str) -> Option<Seen> {
        lock(&self.links).get(path).cloned()
    }

    /// Keeps what is known of a page.
    pub(super) fn keep_seen(&self, path: &str, seen: Seen) {
        lock(&self.links).insert(path.into(), seen);
    }

    /// Forgets pages and events that are no more.
    pub(super) fn forget(&self, has_page: impl Fn(&str) -> bool, has_event: impl Fn(&str) -> bool) {
        lock(&self.links).retain(|path, _| has_page(path));
        lock(&self.entries).retain(|id, _| has_event(id));
    }
}
