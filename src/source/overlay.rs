//! Texts that someone is still writing, laid over the files on disk.

use std::collections::BTreeMap;
use std::io;
use std::string::FromUtf8Error;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use super::files::{Files, Listing, is_at_or_below, is_skipped};

/// A site whose files have other texts than those on disk, where someone has changed them without saving.
pub struct Overlay {
    files: Arc<dyn Files>,
    texts: RwLock<BTreeMap<String, Arc<String>>>,
}

impl Overlay {
    /// `files`, with nothing laid over them yet.
    #[must_use]
    pub fn new(files: Arc<dyn Files>) -> Self {
        Self { files, texts: RwLock::default() }
    }

    /// Lays a text over the file at `path`, which need not exist; `None` takes it away again.
    pub fn lay(&self, path: &str, text: Option<Arc<String>>) {
        let mut texts = self.texts.write().unwrap_or_else(PoisonError::into_inner);
        match text {
            Some(text) => drop(texts.insert(path.to_owned(), text)),
            None => drop(texts.remove(path)),
        }
    }

    /// The file below, whatever is laid over it.
    #[must_use]
    pub fn saved(&self) -> &dyn Files {
        &*self.files
    }

    fn texts(&self) -> RwLockReadGuard<'_, BTreeMap<String, Arc<String>>> {
        self.texts.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The text that is laid over a file.
    fn laid(&self, path: &str) -> Option<Arc<String>> {
        self.texts().get(path).cloned()
    }

    /// Adds the files that are not on disk yet, among those at or below `path`.
    fn with_new(&self, mut listing: Listing, folder: &str, path: &str) -> Listing {
        let texts = self.texts();
        // The names of all folders on the way count, too.
        let is_seen = |file: &&String| {
            let below = file[folder.len()..].trim_start_matches('/');
            !below.is_empty() && !below.split('/').any(|name| is_skipped(name, folder))
        };
        let new = texts.keys().filter(|file| is_at_or_below(file, folder) && is_at_or_below(file, path)).filter(is_seen);
        for file in new {
            let is_refused = listing.refused.iter().any(|(refused, _)| refused == file);
            if let (Err(at), false) = (listing.files.binary_search(file), is_refused) {
                listing.files.insert(at, file.clone());
            }
        }
        listing
    }
}

impl Files for Overlay {
    fn list(&self, folder: &str) -> Listing {
        self.with_new(self.files.list(folder), folder, folder)
    }

    fn list_part(&self, folder: &str, path: &str) -> Listing {
        self.with_new(self.files.list_part(folder, path), folder, path)
    }

    fn is_inside(&self, path: &str) -> bool {
        self.texts().contains_key(path) || self.files.is_inside(path)
    }

    fn is_public(&self, path: &str) -> bool {
        self.texts().contains_key(path) || self.files.is_public(path)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.laid(path).map_or_else(|| self.files.read(path), |text| Ok(text.as_bytes().to_vec()))
    }

    fn head(&self, path: &str, most: u64) -> io::Result<(Vec<u8>, u64)> {
        let Some(text) = self.laid(path) else { return self.files.head(path, most) };
        let shown = text.len().min(usize::try_from(most).unwrap_or(usize::MAX));
        Ok((text.as_bytes()[..shown].to_vec(), text.len() as u64))
    }

    fn text(&self, path: &str) -> io::Result<Result<Arc<String>, FromUtf8Error>> {
        self.laid(path).map_or_else(|| self.files.text(path), |text| Ok(Ok(text)))
    }

    fn stamp(&self, path: &str) -> Option<String> {
        // Nothing that is made of an unsaved text is worth keeping.
        if self.texts().contains_key(path) { None } else { self.files.stamp(path) }
    }

    fn cached(&self, name: &str) -> Option<Vec<u8>> {
        self.files.cached(name)
    }

    fn cache(&self, name: &str, bytes: &[u8]) {
        self.files.cache(name, bytes);
    }

    fn tidy_cache(&self) {
        self.files.tidy_cache();
    }

    fn has_folder(&self, path: &str) -> bool {
        self.files.has_folder(path) || self.texts().keys().any(|file| file != path && is_at_or_below(file, path))
    }

    fn overlaps(&self, path: &str, folder: &str) -> bool {
        self.files.overlaps(path, folder)
    }

    fn folders(&self) -> Vec<String> {
        self.files.folders()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::files::InMemory;

    #[test]
    fn what_is_being_written_takes_precedence_over_what_is_saved() {
        let saved =
            InMemory([("content/a.md".to_owned(), b"old".to_vec()), ("content/c.md".to_owned(), b"c".to_vec())].into());
        let overlay = Overlay::new(Arc::new(saved));
        let lay = |path: &str, text: &str| overlay.lay(path, Some(Arc::new(text.to_owned())));
        let text = |path: &str| overlay.text(path).unwrap().unwrap().to_string();
        lay("content/a.md", "new");
        lay("content/b.md", "b");
        lay("content/.hidden/d.md", "d");
        lay("elsewhere/e.md", "e");
        assert_eq!(overlay.list("content").files, ["content/a.md", "content/b.md", "content/c.md"]);
        assert_eq!(overlay.list_part("content", "content/b.md").files, ["content/b.md"]);
        assert_eq!((text("content/a.md"), text("content/c.md")), ("new".to_owned(), "c".to_owned()));
        assert_eq!(overlay.head("content/a.md", 2).unwrap(), (b"ne".to_vec(), 3));
        overlay.lay("content/a.md", None);
        overlay.lay("content/b.md", None);
        assert_eq!(text("content/a.md"), "old");
        assert!(overlay.text("content/b.md").is_err() && !overlay.is_inside("content/b.md"));
    }
}
