//! Walks through a folder, entering each real folder once, and notes what has to be left out.

use std::collections::BTreeMap;
use std::fs::FileType;
use std::path::{Path, PathBuf};

use walkdir::DirEntry;

use super::files::{Listing, OnDisk, Refusal, is_skipped, plain_words};
use super::kinds;

/// What a walk should do with a folder that it reaches.
#[derive(Debug, PartialEq, Eq)]
pub enum Way {
    /// Enter it.
    In,
    /// Skip it: it is a link to a folder that contains the link.
    Loop,
    /// Skip it: it was already read under this path.
    Again(PathBuf),
}

/// Makes a walk enter each real folder only once. Otherwise a dozen folders, each with three links to the next, would give
/// half a million paths.
#[derive(Debug)]
pub struct Guard {
    top: PathBuf,
    /// The top folder after following all links. The walk reaches everything below it in any case.
    real: Option<PathBuf>,
    /// Real folders that the walk has reached through a link, and under which path.
    reached: BTreeMap<PathBuf, PathBuf>,
    /// The depth of the outermost link that the walk has followed.
    behind: Option<usize>,
}

impl Guard {
    /// For a walk that begins at `top`.
    #[must_use]
    pub fn new(top: &Path) -> Self {
        Self { top: top.to_owned(), real: top.canonicalize().ok(), reached: BTreeMap::new(), behind: None }
    }

    /// Decides about `folder`. Call this for every folder that the walk reaches.
    pub fn way(&mut self, folder: &DirEntry) -> Way {
        if folder.depth() == 0 {
            return Way::In;
        }
        if self.behind.is_some_and(|depth| folder.depth() <= depth) {
            self.behind = None;
        }
        let is_link = folder.path_is_symlink();
        if !is_link && self.behind.is_none() {
            return Way::In;
        }
        let Ok(real) = folder.path().canonicalize() else { return Way::In };
        if is_link && is_loop(folder.path()) {
            return Way::Loop;
        }
        if let Some(rest) = self.real.as_ref().and_then(|top| real.strip_prefix(top).ok()) {
            return Way::Again(self.top.join(rest));
        }
        if let Some(first) = self.reached.get(&real) {
            return Way::Again(first.clone());
        }
        self.reached.insert(real, folder.path().to_owned());
        self.behind.get_or_insert(folder.depth());
        Way::In
    }

    /// Whether the result of the walk depends on links to folders anywhere below its top.
    fn has_followed(&self) -> bool {
        !self.reached.is_empty()
    }
}

/// Whether a link leads to a folder that contains it.
fn is_loop(link: &Path) -> bool {
    let parent = link.parent().and_then(|parent| parent.canonicalize().ok());
    link.canonicalize().ok().zip(parent).is_some_and(|(real, parent)| parent.starts_with(real))
}

/// What to call something that is neither a file, a folder nor a link.
#[must_use]
pub(super) fn special(kind: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a named pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_block_device() || kind.is_char_device() {
            return "a device";
        }
    }
    if kind.is_dir() { "a folder" } else { "a special file" }
}

impl OnDisk {
    /// Everything at or below `path`, which is `folder` or lies below it.
    pub(super) fn walk(&self, folder: &str, path: &str) -> Listing {
        let mut listing = Listing::default();
        let top = self.root().join(path);
        let mut guard = Guard::new(&self.root().join(folder));
        let mut walk = walkdir::WalkDir::new(&top).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().and_then(|path| self.relative(path)).unwrap_or_else(|| folder.to_owned());
                    let refusal = if error.loop_ancestor().is_some() {
                        Refusal::Loop
                    } else {
                        Refusal::Unreadable(error.io_error().map_or_else(|| "can't be read".to_owned(), plain_words))
                    };
                    listing.refused.push((path, refusal));
                    continue;
                }
            };
            let is_folder = entry.file_type().is_dir();
            let goes_in = self.take(&entry, folder, &mut guard, &mut listing);
            if is_folder && !goes_in {
                walk.skip_current_dir();
            }
        }
        listing.is_linked = guard.has_followed();
        // Sorted by path, not folder by folder, so that every implementation returns the same order.
        listing.files.sort();
        listing
    }

    /// Records one entry of the walk; returns whether to go on below it.
    fn take(&self, entry: &DirEntry, folder: &str, guard: &mut Guard, listing: &mut Listing) -> bool {
        if entry.depth() > 0 && entry.file_name().to_str().is_some_and(|name| is_skipped(name, folder)) {
            return false;
        }
        let Some(path) = self.relative(entry.path()) else {
            listing.refused.push((entry.path().to_string_lossy().into_owned(), Refusal::Name));
            return false;
        };
        let refusal = if entry.path_is_symlink() { self.refuses_link(entry.path(), folder) } else { None };
        if let Some(refusal) = refusal {
            listing.refused.push((path, refusal));
            return false;
        }
        let kind = entry.file_type();
        if entry.path_is_symlink() && (kind.is_file() || kind.is_dir()) {
            listing.links.push(path.clone());
        }
        if kind.is_file() {
            listing.files.push(path);
            return false;
        }
        if !kind.is_dir() {
            listing.refused.push((path, Refusal::Special(special(kind))));
            return false;
        }
        match guard.way(entry) {
            Way::In => {
                if path != folder && kinds::is_named_like_a_file(&path, folder) {
                    listing.refused.push((path, Refusal::Folder));
                }
                true
            }
            Way::Loop => {
                listing.refused.push((path, Refusal::Loop));
                false
            }
            Way::Again(first) => {
                let first = self.relative(&first).unwrap_or_default();
                listing.refused.push((path, Refusal::Again(first)));
                false
            }
        }
    }

    /// Why a link is never followed, wherever it is.
    fn refuses_link(&self, link: &Path, folder: &str) -> Option<Refusal> {
        let real = link.canonicalize().ok()?;
        if !real.starts_with(self.real()) {
            return Some(Refusal::Outside);
        }
        self.is_private(&real, folder).then_some(Refusal::Private)
    }

    /// Whether a real path of the site is `book.toml` or hidden, so that no link may publish it. What lies in `folder`
    /// itself is listed even without a link.
    pub(super) fn is_private(&self, real: &Path, folder: &str) -> bool {
        let below_folder = self.root().join(folder).canonicalize().is_ok_and(|folder| real.starts_with(folder));
        let Some(inside) = real.strip_prefix(self.real()).ok().filter(|_| !below_folder) else { return false };
        inside == Path::new("book.toml")
            || inside.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'))
    }
}

#[cfg(unix)]
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "its tests walk through real folders")]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::source::Files;

    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("content")).unwrap();
        folder
    }

    #[test]
    fn links_that_fan_out_are_walked_once() {
        let site = site();
        for number in 0..=12 {
            let folder = site.path().join(format!("shared/f{number:02}"));
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("x.md"), "").unwrap();
            for name in ["a", "b", "c"] {
                if number < 12 {
                    symlink(format!("../f{:02}", number + 1), folder.join(name)).unwrap();
                }
            }
        }
        symlink("../shared/f00", site.path().join("content/in")).unwrap();
        let listing = OnDisk::new(site.path()).unwrap().list("content");
        assert_eq!(listing.files.len(), 13, "{:?}", listing.files);
        assert!(listing.is_linked);
        let again = listing.refused.iter().filter(|(_, refusal)| matches!(refusal, Refusal::Again(_))).count();
        assert_eq!((again, listing.refused.len()), (24, 24));
        assert_eq!(listing.refused[0].1, Refusal::Again(format!("content/in{}", "/a".repeat(12))));
    }

    #[test]
    fn a_link_to_what_is_read_anyway_is_the_second_way_wherever_it_stands() {
        let site = site();
        std::fs::create_dir(site.path().join("content/deep")).unwrap();
        std::fs::write(site.path().join("content/deep/a.md"), "").unwrap();
        symlink("deep", site.path().join("content/again")).unwrap();
        let listing = OnDisk::new(site.path()).unwrap().list("content");
        assert_eq!(listing.files, ["content/deep/a.md"]);
        assert_eq!(listing.refused, [("content/again".to_owned(), Refusal::Again("content/deep".to_owned()))]);
    }

    #[test]
    fn links_publish_neither_the_settings_nor_what_is_hidden() {
        let site = site();
        for folder in ["static/.well-known", ".git", "other"] {
            std::fs::create_dir_all(site.path().join(folder)).unwrap();
        }
        for file in ["book.toml", ".env", ".git/config", "other/x.txt", "static/.well-known/y.txt"] {
            std::fs::write(site.path().join(file), "").unwrap();
        }
        for (target, link) in
            [("book.toml", "a"), (".env", "b"), (".git", "c"), ("other", "d"), ("static/.well-known/y.txt", "e.txt")]
        {
            symlink(format!("../{target}"), site.path().join("static").join(link)).unwrap();
        }
        let listing = OnDisk::new(site.path()).unwrap().list("static");
        assert_eq!(listing.files, ["static/.well-known/y.txt", "static/d/x.txt", "static/e.txt"]);
        let refused: Vec<_> = listing.refused.iter().map(|(path, refusal)| (path.as_str(), refusal.clone())).collect();
        assert_eq!(refused, ["static/a", "static/b", "static/c"].map(|path| (path, Refusal::Private)));
    }
}
