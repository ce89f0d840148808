//! The door to the disk, and a twin of it in memory for tests.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

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

    fn relative(&self, path: &Path) -> Option<String> {
        let relative = path.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<_>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
        Some(parts?.join("/"))
    }

    fn is_outside(&self, path: &Path) -> bool {
        path.canonicalize().is_ok_and(|real| !real.starts_with(&self.real))
    }
}

/// Files that editors and systems leave behind, and that nobody means to publish.
fn is_litter(name: &str) -> bool {
    matches!(name, ".DS_Store" | "Thumbs.db" | ".git" | ".gitkeep" | ".gitignore")
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name.starts_with('#')
        || name.starts_with(".#")
}

/// Whether nothing of this name below `folder`, no file and no folder, is part of a site.
#[must_use]
pub fn is_skipped(folder: &str, name: &str) -> bool {
    // In `static/` a dot at the beginning is meant: `.nojekyll`, `.well-known/`.
    is_litter(name) || (name.starts_with('.') && !folder.starts_with("static"))
}

impl Files for OnDisk {
    fn list(&self, folder: &str) -> Listing {
        let mut listing = Listing::default();
        let top = self.root.join(folder);
        if !top.exists() {
            return listing;
        }
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
            let litter = entry.depth() > 0 && entry.file_name().to_str().is_some_and(|name| is_skipped(folder, name));
            let Some(path) = self.relative(entry.path()) else {
                listing.refused.push((entry.path().to_string_lossy().into_owned(), Refusal::Name));
                continue;
            };
            let outside = entry.path_is_symlink() && self.is_outside(entry.path());
            if outside && !litter {
                listing.refused.push((path, Refusal::Outside));
            } else if !litter && entry.file_type().is_file() {
                listing.files.push(path);
            }
            if (outside || litter) && entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
        }
        // By path, not folder by folder, so that every door gives one order.
        listing.files.sort();
        listing
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.root.join(path))
    }

    fn is_inside(&self, path: &str) -> bool {
        self.root.join(path).canonicalize().is_ok_and(|real| real.starts_with(&self.real) && real.is_file())
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
