//! The door to the disk, and a twin of it in memory for tests.

#![expect(clippy::disallowed_methods, reason = "this is the door by which a site is read")]

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;
use std::sync::Arc;

/// Where a site's files come from. Paths are relative to the site's root and have slashes.
pub trait Files: Send + Sync {
    /// Every file below `folder` in the order of their paths, and what had to be left out. A folder that is not there
    /// holds nothing.
    fn list(&self, folder: &str) -> Listing;

    /// Whether `path` is a file that, with every link followed, lies inside the site. What [`Files::list`] gives does.
    fn is_inside(&self, path: &str) -> bool;

    /// The bytes of a file that was listed, or that is known to lie inside.
    ///
    /// # Errors
    /// Whatever the system says; [`io::ErrorKind::NotFound`] if there is no such file.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// A file that is to be text, or its bytes and where they are none. Doors that keep texts share them.
    ///
    /// # Errors
    /// As [`Files::read`].
    fn text(&self, path: &str) -> io::Result<Result<Arc<String>, FromUtf8Error>> {
        Ok(String::from_utf8(self.read(path)?).map(Arc::new))
    }

    /// That part of what [`Files::list`] gives for `folder` that is `path`, which lies below it, or lies below `path`.
    fn list_part(&self, folder: &str, path: &str) -> Listing {
        let mut listing = self.list(folder);
        listing.files.retain(|file| is_at_or_below(file, path));
        listing.refused.retain(|(file, _)| is_at_or_below(file, path));
        listing
    }
}

/// Whether `path` is `folder` or lies below it.
#[must_use]
pub fn is_at_or_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What lies below a folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Paths of files, sorted.
    pub files: Vec<String>,
    /// What was left out, and why.
    pub refused: Vec<(String, Refusal)>,
}

/// Why something below a folder was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is a link to something outside the site.
    Outside,
    /// It is a link to a folder that holds the link.
    Loop,
    /// It can't be read; the system's words.
    Unreadable(String),
    /// Its name is not Unicode.
    Name,
}

/// A site in a folder.
pub struct OnDisk {
    root: PathBuf,
    /// The root with every link followed, to judge targets by.
    real: PathBuf,
}

impl OnDisk {
    /// The site in `root`.
    ///
    /// # Errors
    /// If there is no such folder.
    pub fn new(root: &Path) -> io::Result<Self> {
        let real = root.canonicalize()?;
        if !real.is_dir() {
            return Err(io::Error::new(io::ErrorKind::NotADirectory, "not a folder"));
        }
        Ok(Self { root: root.to_owned(), real })
    }

    /// The way from the folder `base` to the site's, with slashes and one at its end, or empty if they are one; `None` if the
    /// site does not lie in it.
    #[must_use]
    pub fn below(&self, base: &Path) -> Option<String> {
        let base = base.canonicalize().ok()?;
        let parts: Option<Vec<_>> =
            self.real.strip_prefix(base).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
        Some(parts?.into_iter().flat_map(|part| [part, "/"]).collect())
    }

    fn relative(&self, path: &Path) -> Option<String> {
        let relative = path.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<_>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
        Some(parts?.join("/"))
    }

    fn is_outside(&self, path: &Path) -> bool {
        path.canonicalize().is_ok_and(|real| !real.starts_with(&self.real))
    }
}

/// Whether a link leads to a folder that it lies in.
fn is_loop(link: &Path) -> bool {
    let parent = link.parent().and_then(|parent| parent.canonicalize().ok());
    link.canonicalize().ok().zip(parent).is_some_and(|(real, parent)| parent.starts_with(real))
}

/// Files that editors and systems leave behind, and that nobody means to publish.
fn is_litter(name: &str) -> bool {
    matches!(name, ".DS_Store" | "Thumbs.db" | ".git" | ".gitkeep" | ".gitignore")
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name.starts_with('#')
        || name.starts_with(".#")
}

/// Whether a name below `folder` is passed over. In `static/` a dot at the beginning is meant: `.nojekyll`, `.well-known/`.
#[must_use]
pub fn is_skipped(name: &str, folder: &str) -> bool {
    is_litter(name) || (name.starts_with('.') && !folder.starts_with("static"))
}

impl Files for OnDisk {
    fn list(&self, folder: &str) -> Listing {
        if self.root.join(folder).exists() { self.walk(folder, folder) } else { Listing::default() }
    }

    fn list_part(&self, folder: &str, path: &str) -> Listing {
        // Whatever hides a folder hides what is below it.
        for (at, _) in path.match_indices('/').filter(|(at, _)| *at > folder.len()) {
            let above = self.root.join(&path[..at]);
            let name = path[..at].rsplit('/').next().unwrap_or_default();
            let leads_away = || above.is_symlink() && (self.is_outside(&above) || is_loop(&above));
            if is_skipped(name, folder) || leads_away() {
                return Listing::default();
            }
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        let there = self.root.join(path).symlink_metadata().is_ok();
        if there && !is_skipped(name, folder) { self.walk(folder, path) } else { Listing::default() }
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.root.join(path))
    }

    fn is_inside(&self, path: &str) -> bool {
        self.root.join(path).canonicalize().is_ok_and(|real| real.starts_with(&self.real) && real.is_file())
    }
}

impl OnDisk {
    /// What lies at or below `path`, which is `folder` or lies below it.
    fn walk(&self, folder: &str, path: &str) -> Listing {
        let mut listing = Listing::default();
        let top = self.root.join(path);
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
            let skips = |name: &str| is_skipped(name, folder);
            let litter = entry.depth() > 0 && entry.file_name().to_str().is_some_and(skips);
            let Some(path) = self.relative(entry.path()) else {
                listing.refused.push((entry.path().to_string_lossy().into_owned(), Refusal::Name));
                continue;
            };
            let outside = entry.path_is_symlink() && self.is_outside(entry.path());
            if outside && !litter {
                listing.refused.push((path.clone(), Refusal::Outside));
            } else if !litter && entry.file_type().is_file() {
                listing.files.push(path.clone());
            }
            // The walk itself notices a loop only if it began above it.
            let is_loop = !litter && entry.path_is_symlink() && entry.file_type().is_dir() && is_loop(entry.path());
            if is_loop && !outside {
                listing.refused.push((path, Refusal::Loop));
            }
            if (outside || litter || is_loop) && entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
        }
        // By path, not folder by folder, so that every door gives one order.
        listing.files.sort();
        listing
    }
}

/// The system's words for an error, without the number behind them.
#[must_use]
pub fn plain_words(error: &io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or(&words).to_lowercase()
}

/// A site in memory.
#[derive(Clone, Debug, Default)]
pub struct InMemory(pub BTreeMap<String, Vec<u8>>);

impl Files for InMemory {
    fn list(&self, folder: &str) -> Listing {
        let prefix = format!("{folder}/");
        Listing { files: self.0.keys().filter(|path| path.starts_with(&prefix)).cloned().collect(), refused: Vec::new() }
    }

    fn is_inside(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
