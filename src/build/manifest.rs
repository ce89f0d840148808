//! `site/.backgrounder.json`: which files in the output folder are ours, and their hashes; and hashes of what sections say.

#![expect(clippy::disallowed_methods, reason = "it reads and writes the list of our files in the output folder")]

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Failure;
use crate::base::Hash;
use crate::check::Wording;
use crate::source::files::read_file;

/// The manifest's file name in the output folder.
pub const NAME: &str = ".backgrounder.json";

/// The largest manifest that is read. Each file takes a hundred bytes, and no site has ten million files.
const LARGEST: u64 = 1 << 30;

/// Tells one state of a manifest from another without reading it.
#[derive(Debug, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Option<std::time::SystemTime>,
    /// Which file it is: every build replaces the file with a new one.
    identity: u64,
}

/// The stamp of the manifest in `folder`; `None` if there is none.
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
    /// For files that are slow to make: the hash of what each was made from.
    pub made_from: BTreeMap<String, Hash>,
    /// The wordings of sections, by id. Earlier versions of the program kept none.
    pub sections: BTreeMap<String, Wording>,
}

/// How one site differs from another: sorted paths of files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteDiff {
    /// New files.
    pub new: Vec<String>,
    /// Files whose bytes changed.
    pub changed: Vec<String>,
    /// Files that no longer exist.
    pub gone: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Form {
    version: u32,
    files: BTreeMap<String, String>,
    #[serde(default, rename = "made-from", skip_serializing_if = "BTreeMap::is_empty")]
    made_from: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    sections: BTreeMap<String, Section>,
}

#[derive(Serialize, Deserialize)]
struct Section {
    words: String,
    updates: String,
}

impl Section {
    fn of(Wording { words, updates }: Wording) -> Self {
        Self { words: words.to_string(), updates: updates.to_string() }
    }

    fn read(&self) -> Option<Wording> {
        Some(Wording { words: Hash::from_hex(&self.words)?, updates: Hash::from_hex(&self.updates)? })
    }
}

impl Manifest {
    /// Reads the manifest of an output folder; `None` if it has none, or an invalid one. Such a folder is not known to be
    /// ours.
    ///
    /// # Errors
    /// If the file exists and can't be read.
    pub fn read(folder: &Path) -> io::Result<Option<Self>> {
        match read_file(&folder.join(NAME), LARGEST) {
            Ok(bytes) => Ok(Self::parse(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let form = serde_json::from_slice::<Form>(bytes).ok()?;
        // These paths are followed when old files are removed, so none may lead out of the folder.
        let inside = |path: &str| {
            !path.starts_with('/') && !path.contains('\\') && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        };
        let hashes = |all: BTreeMap<String, String>| {
            let sound = all.into_iter().filter(|(path, _)| inside(path));
            sound.filter_map(|(path, hash)| Some((path, Hash::from_hex(&hash)?))).collect()
        };
        let sections = form.sections.into_iter().filter_map(|(id, section)| Some((id, section.read()?))).collect();
        Some(Self { files: hashes(form.files), made_from: hashes(form.made_from), sections })
    }

    /// Reads the manifest of a published site: `path` is the file, or the folder that contains it.
    ///
    /// # Errors
    /// If there is none, or it is invalid.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let file = if path.is_dir() { path.join(NAME) } else { path.to_owned() };
        let shown = file.display();
        let bytes = read_file(&file, LARGEST).map_err(Failure::io(format!("{shown} can't be read")))?;
        let manifest = Self::parse(&bytes);
        manifest.ok_or_else(|| {
            Failure::Usage(format!("{shown} is not a manifest: give the path to the {NAME} of a published site"))
        })
    }

    /// How this site differs from `old`.
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

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let hex = |all: &BTreeMap<String, Hash>| all.iter().map(|(path, hash)| (path.clone(), hash.to_string())).collect();
        let sections = self.sections.iter().map(|(id, wording)| (id.clone(), Section::of(*wording))).collect();
        let form = Form { version: 1, files: hex(&self.files), made_from: hex(&self.made_from), sections };
        // Maps of strings always serialize.
        let mut text = serde_json::to_string_pretty(&form).unwrap_or_default();
        text.push('\n');
        text
    }
}
