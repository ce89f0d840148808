//! Caches files as they were last read, and reads again only what may have changed.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::string::FromUtf8Error;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::files::{Files, Listing, Refusal, is_at_or_below};
use crate::base::Map;

/// Cached files. They stay the same until someone reports a change. Texts are shared: an unchanged text is the same object,
/// not just an equal one.
pub struct Held {
    files: Arc<dyn Files>,
    known: RwLock<Cached>,
}

#[derive(Default)]
struct Cached {
    folders: BTreeMap<String, Folder>,
    texts: Map<String, Text>,
}

/// What a folder contained when it was listed.
struct Folder {
    /// By path; `None` for files.
    entries: Entries,
    /// Which of them are links, and the links to folders.
    links: BTreeSet<String>,
    /// Whether a change anywhere could cause a different link to be followed.
    is_linked: bool,
}

type Entries = BTreeMap<String, Option<Refusal>>;

struct Text {
    text: Arc<String>,
    /// Whether the file may have changed since it was read.
    is_stale: bool,
}

impl Held {
    /// Wraps `files` with an empty cache.
    #[must_use]
    pub fn new(files: Arc<dyn Files>) -> Self {
        Self { files, known: RwLock::default() }
    }

    /// Marks these files and folders to be read again when they are next needed.
    pub fn changed(&self, paths: &BTreeSet<String>) {
        let mut known = self.write();
        let Cached { folders, texts } = &mut *known;
        folders.retain(|folder, _| !paths.iter().any(|path| is_at_or_below(folder, path)));
        folders.retain(|folder, held| {
            for path in paths.iter().filter(|path| is_at_or_below(path, folder)) {
                let part = if held.is_linked { Listing::default() } else { self.files.list_part(folder, path) };
                if held.is_linked || part.is_linked {
                    // The next request lists it again.
                    return false;
                }
                held.links.retain(|link| !is_at_or_below(link, path));
                held.links.extend(part.links.iter().cloned());
                let gone: Vec<String> = below(&held.entries, path).map(|(path, _)| path.clone()).collect();
                gone.iter().for_each(|path| drop(held.entries.remove(path)));
                held.entries.extend(entries(part));
            }
            true
        });
        for path in paths {
            match texts.get_mut(path) {
                Some(text) => text.is_stale = true,
                // This path is a folder. Few changes are to folders.
                None => texts
                    .iter_mut()
                    .filter(|(text, _)| is_at_or_below(text, path))
                    .for_each(|(_, text)| text.is_stale = true),
            }
        }
    }

    /// Marks everything to be read again.
    pub fn all_changed(&self) {
        let mut known = self.write();
        known.folders.clear();
        known.texts.values_mut().for_each(|text| text.is_stale = true);
    }

    /// Drops all cached texts except those at `paths`.
    pub fn forget_all_but<'p>(&self, paths: impl Iterator<Item = &'p str>) {
        let paths: HashSet<&str> = paths.collect();
        let mut known = self.write();
        if known.texts.len() > paths.len() {
            known.texts.retain(|path, _| paths.contains(path.as_str()));
        }
    }

    // Between two calls the cache is consistent, even if something panicked in the meantime.
    fn read(&self) -> RwLockReadGuard<'_, Cached> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Cached> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is cached at or below `path`.
fn below<'f>(folder: &'f Entries, path: &'f str) -> impl Iterator<Item = (&'f String, &'f Option<Refusal>)> {
    let behind = folder.range(path.to_owned()..).take_while(move |(file, _)| file.starts_with(path));
    behind.filter(move |(file, _)| is_at_or_below(file, path))
}

fn entries(listing: Listing) -> impl Iterator<Item = (String, Option<Refusal>)> {
    let refused = listing.refused.into_iter().map(|(path, refusal)| (path, Some(refusal)));
    listing.files.into_iter().map(|path| (path, None)).chain(refused)
}

impl Files for Held {
    fn list(&self, folder: &str) -> Listing {
        let known = self.read();
        let known = if known.folders.contains_key(folder) {
            known
        } else {
            drop(known);
            let listing = self.files.list(folder);
            let links = listing.links.iter().cloned().collect();
            let held = Folder { is_linked: listing.is_linked, links, entries: entries(listing).collect() };
            self.write().folders.insert(folder.to_owned(), held);
            self.read()
        };
        let mut listing = Listing::default();
        let held = known.folders.get(folder);
        listing.is_linked = held.is_some_and(|held| held.is_linked);
        listing.links.extend(held.into_iter().flat_map(|held| held.links.iter().cloned()));
        for (path, refusal) in held.into_iter().flat_map(|held| &held.entries) {
            match refusal {
                None => listing.files.push(path.clone()),
                Some(refusal) => listing.refused.push((path.clone(), refusal.clone())),
            }
        }
        listing
    }

    fn is_inside(&self, path: &str) -> bool {
        self.files.is_inside(path)
    }

    fn is_public(&self, path: &str) -> bool {
        self.files.is_public(path)
    }

    fn has_folder(&self, path: &str) -> bool {
        self.files.has_folder(path)
    }

    fn overlaps(&self, path: &str, folder: &str) -> bool {
        self.files.overlaps(path, folder)
    }

    fn folders(&self) -> Vec<String> {
        self.files.folders()
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.files.read(path)
    }

    fn head(&self, path: &str, most: u64) -> io::Result<(Vec<u8>, u64)> {
        self.files.head(path, most)
    }

    fn part(&self, path: &str, at: u64, count: u64) -> io::Result<Vec<u8>> {
        self.files.part(path, at, count)
    }

    fn stamp(&self, path: &str) -> Option<String> {
        self.files.stamp(path)
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

    fn text(&self, path: &str) -> io::Result<Result<Arc<String>, FromUtf8Error>> {
        let old = match self.read().texts.get(path) {
            Some(text) if !text.is_stale => return Ok(Ok(text.text.clone())),
            old => old.map(|old| old.text.clone()),
        };
        Ok(self.files.text(path)?.map(|new| {
            let text = old.filter(|old| *old == new).unwrap_or(new);
            self.write().texts.insert(path.to_owned(), Text { text: text.clone(), is_stale: false });
            text
        }))
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "its tests change a real folder underneath it")]
mod tests {
    use super::*;
    use crate::source::OnDisk;

    /// How two implementations list a folder.
    fn same(held: &Held, folder: &str, root: &std::path::Path) {
        let fresh = OnDisk::new(root).unwrap().list(folder);
        let mut held = held.list(folder);
        let mut refused = fresh.refused;
        refused.sort_by(|a, b| a.0.cmp(&b.0));
        held.refused.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!((held.files, held.refused), (fresh.files, refused));
    }

    #[test]
    fn a_folder_that_is_followed_is_the_one_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let write = |path: &str, text: &str| {
            std::fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            std::fs::write(root.join(path), text).unwrap();
        };
        write("content/a.md", "a");
        write("content/deep/b.md", "b");
        write("content/deeper.md", "b");
        let held = Held::new(Arc::new(OnDisk::new(root).unwrap()));
        same(&held, "content", root);
        let first = held.text("content/a.md").unwrap().unwrap();
        let follow_all = |paths: &[&str]| {
            held.changed(&paths.iter().map(|path| (*path).to_owned()).collect());
            same(&held, "content", root);
        };
        let follow = |path: &str| follow_all(&[path]);
        write("content/new/c.md", "c");
        follow("content/new");
        write("content/.git/c.md", "c");
        follow("content/.git/c.md");
        write("content/a.md~", "c");
        follow("content/a.md~");
        std::fs::rename(root.join("content/deep"), root.join("content/other")).unwrap();
        follow_all(&["content/other", "content/deep"]);
        std::fs::remove_dir_all(root.join("content/other")).unwrap();
        follow("content/other");
        follow("content/a.md");
        assert!(Arc::ptr_eq(&first, &held.text("content/a.md").unwrap().unwrap()));
        std::fs::remove_dir_all(root.join("content")).unwrap();
        follow("content");
        write("content/a.md", "x");
        follow("content");
        assert_eq!(*held.text("content/a.md").unwrap().unwrap(), "x");
    }

    #[cfg(unix)]
    #[test]
    fn a_part_of_a_folder_is_what_the_whole_shows_of_it() {
        use std::os::unix::fs::symlink;
        let (folder, away) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let root = folder.path();
        std::fs::create_dir_all(root.join("content/deep")).unwrap();
        std::fs::write(root.join("content/deep/a.md"), "a").unwrap();
        std::fs::create_dir_all(away.path().join("x")).unwrap();
        std::fs::write(away.path().join("x/a.md"), "a").unwrap();
        symlink(away.path(), root.join("content/away")).unwrap();
        symlink(root.join("content"), root.join("content/deep/loop")).unwrap();
        symlink(root.join("content/deep"), root.join("content/again")).unwrap();
        symlink(root.join("nowhere"), root.join("content/lost.md")).unwrap();
        let disk = OnDisk::new(root).unwrap();
        let whole = disk.list("content");
        for path in [
            "content/deep",
            "content/deep/a.md",
            "content/away",
            "content/away/x",
            "content/away/x/a.md",
            "content/again/a.md",
            "content/deep/loop",
            "content/deep/loop/deep/a.md",
            "content/lost.md",
            "content/none",
        ] {
            let part = disk.list_part("content", path);
            let files: Vec<_> = whole.files.iter().filter(|file| is_at_or_below(file, path)).cloned().collect();
            let refused: Vec<_> = whole.refused.iter().filter(|(file, _)| is_at_or_below(file, path)).cloned().collect();
            assert_eq!((part.files, part.refused), (files, refused), "{path}");
        }
    }
}
