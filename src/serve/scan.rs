//! Looks at the folders that a site is made of, and finds what changed there since the last time.
//!
//! The system's messages about changed files are hints: they come late or twice, or not at all for what is behind a link, on
//! a network drive, or in a folder that was moved here as a whole. What a [`scan`] sees is the truth.

#![expect(clippy::disallowed_methods, reason = "it checks when files changed, and never reads them")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use crate::source::files::is_skipped;
use crate::source::walk::{Guard, Way};

/// What to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchPaths {
    /// The site's folder after following all links.
    pub root: PathBuf,
    /// Folders that are scanned with all their contents, relative to the root, with slashes; `../` may lead out of the root.
    pub folders: Vec<String>,
    /// Single files, relative to the root: `book.toml`, and style sheets and scripts that it names.
    pub files: Vec<String>,
    /// Folders that are never scanned: the finished site.
    pub except: Vec<PathBuf>,
}

/// Tells one state of a file from another without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// Its identity, and when that last changed: a file that is moved into place keeps its length and time.
    identity: (u64, i64, i64),
}

impl Stamp {
    /// The stamp of a file.
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let identity = {
            use std::os::unix::fs::MetadataExt;
            (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
        };
        #[cfg(not(unix))]
        let identity = (0, 0, 0);
        Self { length: metadata.len(), modified: metadata.modified().ok(), identity }
    }
}

/// The result of a scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Every file by its path from the root.
    pub files: BTreeMap<String, Stamp>,
    /// The targets of links, which have to be watched too: folders, and the folders of files.
    pub behind_links: BTreeSet<PathBuf>,
}

impl Snapshot {
    /// The files that are new, deleted, or different from `before`.
    #[must_use]
    pub fn since(&self, before: &Self) -> BTreeSet<String> {
        let differs = |(path, stamp): &(&String, &Stamp)| before.files.get(*path) != Some(stamp);
        let other = self.files.iter().filter(differs).map(|(path, _)| path.clone());
        let gone = before.files.keys().filter(|path| !self.files.contains_key(*path)).cloned();
        other.chain(gone).collect()
    }
}

impl WatchPaths {
    /// The path of `file` from the root as the site names it, if the site is or could be made of it.
    #[must_use]
    pub fn names(&self, file: &Path) -> Option<String> {
        if self.except.iter().any(|folder| file.starts_with(folder)) {
            return None;
        }
        // Only folders outside the root have a prefix that leads up.
        let outside = self.folders.iter().filter(|folder| folder.starts_with("..")).find_map(|folder| {
            let rest = slashed(file.strip_prefix(normal(&self.root.join(folder))).ok()?)?;
            Some(if rest.is_empty() { folder.clone() } else { format!("{folder}/{rest}") })
        });
        let path = match file.strip_prefix(&self.root) {
            Ok(inside) => slashed(inside)?,
            Err(_) => outside?,
        };
        let below = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
        let folder = self.folders.iter().find(|folder| path == **folder || below(&path, folder));
        if let Some(folder) = folder {
            let rest = &path[folder.len()..];
            let skipped = rest.split('/').filter(|name| !name.is_empty()).any(|name| is_skipped(name, folder));
            return (!skipped).then_some(path);
        }
        // A folder that contains one of them may have been moved here with it.
        let above = self.folders.iter().any(|folder| below(folder, &path));
        (above || self.files.iter().any(|file| *file == path || below(file, &path))).then_some(path)
    }
}

impl WatchPaths {
    /// Whether a folder at `path` is watched, or contains one that is.
    #[must_use]
    pub fn begins_at(&self, path: &str) -> bool {
        let below = |inner: &String| inner.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        self.folders.iter().any(|folder| folder == path || below(folder)) || self.files.iter().any(below)
    }
}

/// A path's parts joined by slashes, if they are Unicode.
fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<_>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

/// A path with its `..` resolved, without asking the disk.
#[must_use]
pub fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            part => out.push(part),
        }
    }
    out
}

/// Scans everything that is watched. What can't be read counts as missing.
#[must_use]
pub fn scan(watched: &WatchPaths) -> Snapshot {
    let mut snapshot = Snapshot::default();
    for file in &watched.files {
        let path = watched.root.join(file);
        note_link(&path, &mut snapshot);
        if let Some(metadata) = path.metadata().ok().filter(Metadata::is_file) {
            snapshot.files.insert(file.clone(), Stamp::of(&metadata));
        }
    }
    for folder in &watched.folders {
        let top = normal(&watched.root.join(folder));
        let mut guard = Guard::new(&top);
        // In the order in which a site is read, so that we follow the same one of several links to a folder.
        let mut walk = walkdir::WalkDir::new(&top).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let Ok(entry) = entry else { continue };
            let name = entry.file_name().to_str();
            let skipped = entry.depth() > 0 && name.is_none_or(|name| is_skipped(name, folder));
            if skipped || watched.except.iter().any(|except| entry.path().starts_with(except)) {
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            }
            if entry.path_is_symlink() {
                note_link(entry.path(), &mut snapshot);
            }
            if entry.file_type().is_dir() && guard.way(&entry) != Way::In {
                walk.skip_current_dir();
            }
            if !entry.file_type().is_file() {
                continue;
            }
            let rest = entry.path().strip_prefix(&top).ok().and_then(slashed);
            if let (Some(rest), Ok(metadata)) = (rest, entry.metadata()) {
                let path = if rest.is_empty() { folder.clone() } else { format!("{folder}/{rest}") };
                snapshot.files.insert(path, Stamp::of(&metadata));
            }
        }
    }
    snapshot
}

/// Notes where a link leads; the system does not announce changes there under the link's name.
fn note_link(path: &Path, snapshot: &mut Snapshot) {
    if !path.is_symlink() {
        return;
    }
    if let Ok(real) = path.canonicalize() {
        let folder = if real.is_dir() { Some(real.as_path()) } else { real.parent() };
        snapshot.behind_links.extend(folder.map(Path::to_owned));
    }
}

#[cfg(test)]
impl WatchPaths {
    /// The paths of a small site at `root`.
    pub(super) fn example(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            folders: vec!["content".to_owned()],
            files: vec!["book.toml".to_owned(), "styles/own.css".to_owned()],
            except: vec![root.join("site")],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched(root: &Path) -> WatchPaths {
        let folders = ["content", "static", "../shared"].map(str::to_owned).to_vec();
        WatchPaths {
            root: root.to_owned(),
            folders,
            files: vec!["book.toml".to_owned()],
            except: vec![root.join("static/site")],
        }
    }

    #[test]
    fn only_what_a_site_is_made_of_has_a_name() {
        let watched = watched(Path::new("/x/site"));
        let named = |path: &str| watched.names(&Path::new("/x/site").join(path));
        for (path, name) in [
            ("book.toml", Some("book.toml")),
            ("content", Some("content")),
            ("content/a/b.md", Some("content/a/b.md")),
            ("static/.well-known/x", Some("static/.well-known/x")),
            ("content/.a.md.swp", None),
            ("content/a.md~", None),
            ("content/.git/index", None),
            ("content/#a.md#", None),
            ("static/site/index.html", None),
            ("target/debug", None),
            ("contents", None),
        ] {
            assert_eq!(named(path).as_deref(), name, "{path}");
        }
        assert_eq!(watched.names(Path::new("/x/shared/a.css")).as_deref(), Some("../shared/a.css"));
        assert_eq!(watched.names(Path::new("/y/a.md")), None);
    }

    #[test]
    fn a_second_look_shows_what_changed() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        let write = |path: &str, text: &str| {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("book.toml", "x");
        write("content/a.md", "x");
        write("content/b/c.md", "x");
        write("static/site/index.html", "x");
        write("content/.a.md.swp", "x");
        let watched = watched(&root);
        let before = scan(&watched);
        assert_eq!(before.files.keys().collect::<Vec<_>>(), ["book.toml", "content/a.md", "content/b/c.md"]);
        assert!(scan(&watched).since(&before).is_empty());
        write("content/a.md", "longer");
        std::fs::rename(root.join("content/b"), root.join("content/d")).unwrap();
        write("../shared/new.css", "x");
        let changed = scan(&watched).since(&before);
        assert_eq!(
            changed.into_iter().collect::<Vec<_>>(),
            ["../shared/new.css", "content/a.md", "content/b/c.md", "content/d/c.md"]
        );
    }

    #[test]
    #[cfg(unix)]
    fn targets_of_links_are_seen_under_the_links_name() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("site");
        std::fs::create_dir_all(root.join("content")).unwrap();
        std::fs::create_dir_all(root.join("notes/deep")).unwrap();
        std::fs::write(root.join("notes/deep/a.md"), "x").unwrap();
        std::os::unix::fs::symlink("../notes/deep", root.join("content/linked")).unwrap();
        std::os::unix::fs::symlink("../notes/deep/a.md", root.join("content/one.md")).unwrap();
        let watched = watched(&root);
        let before = scan(&watched);
        assert_eq!(before.files.keys().collect::<Vec<_>>(), ["content/linked/a.md", "content/one.md"]);
        assert_eq!(before.behind_links.iter().collect::<Vec<_>>(), [&root.join("notes/deep")]);
        std::fs::write(root.join("notes/deep/a.md"), "other").unwrap();
        assert_eq!(scan(&watched).since(&before).len(), 2);
    }
}
