//! `site/.backgrounder.json`: which files of the output are ours, and their hashes.

#![expect(clippy::disallowed_methods, reason = "it reads and writes the list of what is ours in the output folder")]

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Failure;
use crate::base::Hash;
use crate::source::files::read_file;

/// Its file's name in the output folder.
pub const NAME: &str = ".backgrounder.json";

/// The most bytes of a manifest that are read: it has a hundred for each file, and no site has ten million.
const LARGEST: u64 = 1 << 30;

/// What tells one state of a manifest from another without reading it.
#[derive(Debug, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Option<std::time::SystemTime>,
    /// Which file it is: a build puts a new one into the old one's place.
    identity: u64,
}

/// The stamp of the manifest in `folder`; `None` if it has none.
#[must_use]
pub fn stamp(folder: &Path) -> Option<Stamp> {
    let there = std::fs::metadata(folder.join(NAME)).ok()?;
    #[cfg(unix)]
    let identity = std::os::unix::fs::MetadataExt::ino(&there);
    #[cfg(not(unix))]
    let identity = 0;
    Some(Stamp { length: there.len(), modified: there.modified().ok(), identity })
}

/// What a build wrote.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Hashes by path, relative to the output folder.
    pub files: BTreeMap<String, Hash>,
    /// For files that take long to make: the hash of what each was made from.
    pub made_from: BTreeMap<String, Hash>,
}

/// How one site differs from another: paths of files, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteDiff {
    /// Those that were not there.
    pub new: Vec<String>,
    /// Those with other bytes.
    pub changed: Vec<String>,
    /// Those that are there no longer.
    pub gone: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Form {
    version: u32,
    files: BTreeMap<String, String>,
    #[serde(default, rename = "made-from", skip_serializing_if = "BTreeMap::is_empty")]
    made_from: BTreeMap<String, String>,
}

impl Manifest {
    /// Reads the manifest of an output folder; `None` if it has none, or one that can't be understood: such a folder is
    /// not known to be ours.
    ///
    /// # Errors
    /// If the file is there and can't be read.
    pub fn read(folder: &Path) -> io::Result<Option<Self>> {
        match read_file(&folder.join(NAME), LARGEST) {
            Ok(bytes) => Ok(Self::parse(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let form = serde_json::from_slice::<Form>(bytes).ok()?;
        // Paths are followed when old files are removed, so none may lead out of the folder.
        let inside = |path: &str| {
            !path.starts_with('/') && !path.contains('\\') && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        };
        let hashes = |all: BTreeMap<String, String>| {
            let sound = all.into_iter().filter(|(path, _)| inside(path));
            sound.filter_map(|(path, hash)| Some((path, Hash::from_hex(&hash)?))).collect()
        };
        Some(Self { files: hashes(form.files), made_from: hashes(form.made_from) })
    }

    /// Reads the manifest of a published site: `path` is its file, or the folder that holds it.
    ///
    /// # Errors
    /// If there is none, or it can't be understood.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let file = if path.is_dir() { path.join(NAME) } else { path.to_owned() };
        let shown = file.display();
        let bytes = read_file(&file, LARGEST).map_err(Failure::io(format!("{shown} can't be read")))?;
        let manifest = Self::parse(&bytes);
        manifest.ok_or_else(|| Failure::Usage(format!("{shown} is no manifest: name the file {NAME} of a published site")))
    }

    /// What is different in this site since `old`.
    #[must_use]
    pub fn since(&self, old: &Self) -> SiteDiff {
        let missing =
            |here: &Self, there: &Self| here.files.keys().filter(|path| !there.files.contains_key(*path)).cloned().collect();
        let differs = |(path, hash): &(&String, &Hash)| old.files.get(*path).is_some_and(|before| before != *hash);
        SiteDiff {
            new: missing(self, old),
            changed: self.files.iter().filter(differs).map(|(path, _)| path.clone()).collect(),
            gone: missing(old, self),
        }
    }

    /// Its file's text.
    #[must_use]
    pub fn text(&self) -> String {
        let hex = |all: &BTreeMap<String, Hash>| all.iter().map(|(path, hash)| (path.clone(), hash.to_string())).collect();
        let form = Form { version: 1, files: hex(&self.files), made_from: hex(&self.made_from) };
        // A map of strings always serialises.
        let mut text = serde_json::to_string_pretty(&form).unwrap_or_default();
        text.push('\n');
        text
    }
}
