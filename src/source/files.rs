//! Reads a site from disk. For tests, a twin keeps the files in memory.

#![expect(clippy::disallowed_methods, reason = "this is where a site is read from disk")]

use std::collections::BTreeMap;
use std::io::{self, Read, Seek as _};
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;
use std::sync::Arc;

use super::{cache, walk};

/// Where a site's files come from. Paths are relative to the site's root and use slashes.
pub trait Files: Send + Sync {
    /// Every file below `folder`, sorted by path, and what had to be left out. A folder that does not exist has no
    /// files.
    fn list(&self, folder: &str) -> Listing;

    /// Whether `path` is a file that lies inside the site after following all links. Files from [`Files::list`] do.
    fn is_inside(&self, path: &str) -> bool;

    /// The bytes of a file that was listed, or that is known to lie inside the site.
    ///
    /// # Errors
    /// The system's error; [`io::ErrorKind::NotFound`] if there is no such file.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// The first bytes of a file, up to `most`, and how many it has in all.
    ///
    /// # Errors
    /// Same as [`Files::read`].
    fn head(&self, path: &str, most: u64) -> io::Result<(Vec<u8>, u64)> {
        let mut bytes = self.read(path)?;
        let length = bytes.len() as u64;
        bytes.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok((bytes, length))
    }

    /// As many bytes of a file from a place on, or fewer if it ends before.
    ///
    /// # Errors
    /// Same as [`Files::read`].
    fn part(&self, path: &str, at: u64, count: u64) -> io::Result<Vec<u8>> {
        let bytes = self.read(path)?;
        let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX).min(bytes.len());
        Ok(bytes[place(at)..place(at.saturating_add(count))].to_vec())
    }

    /// Something that is another text whenever the file may have changed; `None` if nothing tells.
    fn stamp(&self, path: &str) -> Option<String> {
        let _ = path;
        None
    }

    /// What [`Files::cache`] kept under this name; `None` if nothing did, or it is damaged.
    fn cached(&self, name: &str) -> Option<Vec<u8>> {
        let _ = name;
        None
    }

    /// Keeps something that took long to make, if there is a place for it. What is lost is made again, so nobody is told
    /// if it can't be kept.
    fn cache(&self, name: &str, bytes: &[u8]) {
        let _ = (name, bytes);
    }

    /// Removes what is unfinished in that place because the program that wrote it was killed.
    fn tidy_cache(&self) {}

    /// The text of a file; or its bytes, and where they stop being text. Implementations that keep texts share them.
    ///
    /// # Errors
    /// Same as [`Files::read`].
    fn text(&self, path: &str) -> io::Result<Result<Arc<String>, FromUtf8Error>> {
        Ok(String::from_utf8(self.read(path)?).map(Arc::new))
    }

    /// The part of [`Files::list`] for `folder` that is `path` or lies below it. `path` lies below `folder`.
    fn list_part(&self, folder: &str, path: &str) -> Listing {
        let mut listing = self.list(folder);
        listing.keep(path);
        listing
    }

    /// Whether [`Files::is_inside`] holds and, after following all links, the file is neither `book.toml` nor hidden.
    fn is_public(&self, path: &str) -> bool {
        self.is_inside(path)
    }

    /// Whether `path` is a folder.
    fn has_folder(&self, path: &str) -> bool;

    /// Whether `path`, after following all links, is `folder`, lies in it, or contains it. Where there are no links, the
    /// paths themselves tell.
    fn overlaps(&self, path: &str, folder: &str) -> bool {
        is_at_or_below(path, folder) || is_at_or_below(folder, path)
    }

    /// The names of the folders directly in the site's folder, sorted.
    fn folders(&self) -> Vec<String>;
}

/// Whether `path` is `folder` or lies below it.
#[must_use]
pub fn is_at_or_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The files below a folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Paths of files, sorted.
    pub files: Vec<String>,
    /// What was left out, and why.
    pub refused: Vec<(String, Refusal)>,
    /// Which of the listed files and folders are links. For a link to a folder that was reached through other links, its
    /// whole path.
    pub links: Vec<String>,
    /// Whether the listing depends on links to folders elsewhere, since each real folder is read only once.
    pub is_linked: bool,
}

impl Listing {
    /// Keeps only `path` and what lies below it.
    fn keep(&mut self, path: &str) {
        self.files.retain(|file| is_at_or_below(file, path));
        self.refused.retain(|(file, _)| is_at_or_below(file, path));
        self.links.retain(|link| is_at_or_below(link, path));
    }
}

/// Why something in a folder was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is a link to something outside the site.
    Outside,
    /// It is a link to a folder that contains the link.
    Loop,
    /// It can't be read; the system's message.
    Unreadable(String),
    /// Its name is not Unicode.
    Name,
    /// It is a folder, but its name looks like a file that would be read.
    Folder,
    /// It is a link to a folder that was already read under this path.
    Again(String),
    /// It is neither a file nor a folder, but this.
    Special(&'static str),
    /// It is a link to `book.toml`, or to something hidden.
    Private,
    /// It would publish the raw files of the content folder.
    Content,
}

/// A site in a folder on disk.
pub struct OnDisk {
    root: PathBuf,
    /// The root after following all links, to compare targets with.
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

    /// The path from the folder `base` to the site's folder, with slashes and a trailing slash; empty if they are the same;
    /// `None` if the site is not inside `base`.
    #[must_use]
    pub fn below(&self, base: &Path) -> Option<String> {
        let base = base.canonicalize().ok()?;
        let parts: Option<Vec<_>> =
            self.real.strip_prefix(base).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
        Some(parts?.into_iter().flat_map(|part| [part, "/"]).collect())
    }

    /// The folder as the user named it.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder after following all links.
    pub(super) fn real(&self) -> &Path {
        &self.real
    }

    /// A path relative to the site's root, with slashes; `None` if it is not Unicode.
    pub(super) fn relative(&self, path: &Path) -> Option<String> {
        let relative = path.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<_>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
        Some(parts?.join("/"))
    }
}

/// Files that editors and systems leave behind, and that nobody means to publish.
fn is_litter(name: &str) -> bool {
    matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini" | ".git" | ".gitkeep" | ".gitignore")
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name.len() > 1 && name.starts_with('#') && name.ends_with('#')
        || name.starts_with(".#")
        || name.starts_with("~$")
}

/// Whether a name below `folder` is skipped. In `static/`, names that begin with a dot are intended: `.nojekyll`,
/// `.well-known/`.
#[must_use]
pub fn is_skipped(name: &str, folder: &str) -> bool {
    is_litter(name) || (name.starts_with('.') && !folder.starts_with("static"))
}

impl Files for OnDisk {
    fn list(&self, folder: &str) -> Listing {
        if self.root.join(folder).exists() { self.walk(folder, folder) } else { Listing::default() }
    }

    fn list_part(&self, folder: &str, path: &str) -> Listing {
        let mut is_linked = false;
        // If a folder is hidden, so is everything below it.
        for (at, _) in path.match_indices('/').filter(|(at, _)| *at > folder.len()) {
            let name = path[..at].rsplit('/').next().unwrap_or_default();
            if is_skipped(name, folder) {
                return Listing::default();
            }
            is_linked |= self.root.join(&path[..at]).is_symlink();
        }
        let here = self.root.join(path);
        is_linked |= path != folder && here.is_symlink() && here.is_dir();
        let name = path.rsplit('/').next().unwrap_or_default();
        if path != folder && is_skipped(name, folder) {
            return Listing::default();
        }
        if !is_linked {
            let there = here.symlink_metadata().is_ok();
            let listing = if there { self.walk(folder, path) } else { Listing::default() };
            if !listing.is_linked {
                return listing;
            }
        }
        // Only a walk from the top can tell which of several links to a folder is followed.
        let mut whole = self.list(folder);
        whole.keep(path);
        whole.is_linked = true;
        whole
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        read_file(&self.root.join(path), u64::MAX)
    }

    fn head(&self, path: &str, most: u64) -> io::Result<(Vec<u8>, u64)> {
        read_head(&self.root.join(path), most)
    }

    fn part(&self, path: &str, at: u64, count: u64) -> io::Result<Vec<u8>> {
        read_part(&self.root.join(path), at, count)
    }

    fn stamp(&self, path: &str) -> Option<String> {
        cache::stamp(&self.root.join(path))
    }

    fn cached(&self, name: &str) -> Option<Vec<u8>> {
        cache::get(&self.root, name)
    }

    fn cache(&self, name: &str, bytes: &[u8]) {
        cache::put(&self.root, name, bytes);
    }

    fn tidy_cache(&self) {
        cache::tidy(&self.root);
    }

    fn text(&self, path: &str) -> io::Result<Result<Arc<String>, FromUtf8Error>> {
        Ok(String::from_utf8(read_file(&self.root.join(path), u64::from(u32::MAX))?).map(Arc::new))
    }

    fn is_inside(&self, path: &str) -> bool {
        self.root.join(path).canonicalize().is_ok_and(|real| real.starts_with(&self.real) && real.is_file())
    }

    fn is_public(&self, path: &str) -> bool {
        let real = self.root.join(path).canonicalize();
        self.is_inside(path) && real.is_ok_and(|real| !self.is_private(&real, "static"))
    }

    fn has_folder(&self, path: &str) -> bool {
        self.root.join(path).is_dir()
    }

    fn overlaps(&self, path: &str, folder: &str) -> bool {
        let real = |path: &str| self.root.join(path).canonicalize().ok();
        real(path).zip(real(folder)).is_some_and(|(path, folder)| path.starts_with(&folder) || folder.starts_with(&path))
    }

    fn folders(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.root).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| entry.path().is_dir());
        let mut names: Vec<_> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }
}

/// The bytes of a file, if it is a regular file of at most `most` bytes. Reading a named pipe could block, and a device may
/// never end.
///
/// # Errors
/// The system's error, or that it is too large or not a file.
pub fn read_file(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let length = length(path)?;
    let too_large = || io::Error::new(io::ErrorKind::FileTooLarge, "it is too large");
    if length > most {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(length.min(1 << 26) as usize);
    // This also stops at a file that grows while it is read.
    std::fs::File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
}

/// The first bytes of a regular file, up to `most`, and how many it has in all.
fn read_head(path: &Path, most: u64) -> io::Result<(Vec<u8>, u64)> {
    let length = length(path)?;
    let mut bytes = Vec::with_capacity(length.min(most).min(1 << 16) as usize);
    std::fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok((bytes, length))
}

/// As many bytes of a regular file from a place on, or fewer if it ends before.
fn read_part(path: &Path, at: u64, count: u64) -> io::Result<Vec<u8>> {
    length(path)?;
    let mut bytes = Vec::with_capacity(count.min(1 << 16) as usize);
    let mut file = std::fs::File::open(path)?;
    file.seek(io::SeekFrom::Start(at))?;
    file.take(count).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// How many bytes a regular file has.
fn length(path: &Path) -> io::Result<u64> {
    let there = std::fs::metadata(path)?;
    if there.is_file() {
        return Ok(there.len());
    }
    let kind = if there.is_dir() { io::ErrorKind::IsADirectory } else { io::ErrorKind::InvalidInput };
    Err(io::Error::new(kind, format!("{} is not a file", walk::special(there.file_type()))))
}

/// The system's error message, without the error number.
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
        Listing { files: self.0.keys().filter(|path| path.starts_with(&prefix)).cloned().collect(), ..Listing::default() }
    }

    fn is_inside(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn has_folder(&self, path: &str) -> bool {
        self.0.keys().any(|file| file != path && is_at_or_below(file, path))
    }

    fn folders(&self) -> Vec<String> {
        let mut names: Vec<_> = self.0.keys().filter_map(|file| Some(file.split_once('/')?.0.to_owned())).collect();
        names.dedup();
        names
    }
}
