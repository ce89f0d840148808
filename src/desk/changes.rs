//! What becomes of which file: shown first, then done.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::build::Failure;
use crate::edit::write::{self, Job};
use crate::edit::{TextEdit, apply, diff};

/// What becomes of some files of a site, by their paths from its root.
#[derive(Debug, Default)]
pub struct Changes {
    files: BTreeMap<String, Change>,
    /// What its reader should know besides.
    pub notes: Vec<String>,
}

/// What becomes of one file.
#[derive(Debug)]
struct Change {
    /// What it holds; nothing if it is not there.
    before: Option<String>,
    edits: Vec<TextEdit>,
    /// What it is to hold instead, edits and all.
    whole: Option<String>,
    /// The file elsewhere that it is a copy of.
    from: Option<PathBuf>,
    /// Where it goes.
    to: Option<String>,
    is_removed: bool,
}

impl Change {
    fn after(&self) -> String {
        match (&self.whole, &self.before) {
            (Some(whole), _) => whole.clone(),
            (None, Some(before)) => apply(before, &self.edits),
            (None, None) => String::new(),
        }
    }
}

impl Changes {
    fn file(&mut self, path: &str, before: Option<&str>) -> &mut Change {
        self.files.entry(path.to_owned()).or_insert_with(|| Change {
            before: before.map(str::to_owned),
            edits: Vec::new(),
            whole: None,
            from: None,
            to: None,
            is_removed: false,
        })
    }

    /// A new file.
    pub fn create(&mut self, path: &str, text: String) {
        self.file(path, None).whole = Some(text);
    }

    /// A new file that is a copy of one elsewhere.
    pub fn copy(&mut self, path: &str, from: PathBuf) {
        self.file(path, None).from = Some(from);
    }

    /// Edits to a file that holds `before`. Places count in that, however many edits there are.
    pub fn edit(&mut self, path: &str, before: &str, edits: impl IntoIterator<Item = TextEdit>) {
        self.file(path, Some(before)).edits.extend(edits);
    }

    /// Another text for a file that holds `before`.
    pub fn replace(&mut self, path: &str, before: &str, after: String) {
        self.file(path, Some(before)).whole = Some(after);
    }

    /// Another name for a file that holds `before`.
    pub fn rename(&mut self, path: &str, before: &str, to: &str) {
        self.file(path, Some(before)).to = Some(to.to_owned());
    }

    /// A file that goes.
    pub fn remove(&mut self, path: &str, before: &str) {
        self.file(path, Some(before)).is_removed = true;
    }

    /// Whether nothing is different afterwards.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.files.values().all(|change| {
            change.to.is_none()
                && !change.is_removed
                && change.before.as_ref().is_some_and(|before| *before == change.after())
        })
    }

    /// The files that are new, by path, and what they hold; copies hold what they are copies of.
    pub fn created(&self) -> impl Iterator<Item = (&str, String)> {
        let new = self.files.iter().filter(|(_, change)| change.before.is_none() && change.from.is_none());
        new.map(|(path, change)| (path.as_str(), change.after()))
    }

    /// The files that are different afterwards, by path, and what becomes of each in a word.
    #[must_use]
    pub fn summary(&self) -> Vec<String> {
        let words = |(path, change): (&String, &Change)| match (&change.before, &change.to, change.is_removed) {
            (_, _, true) => Some(format!("removed {path}")),
            (_, Some(to), _) => Some(format!("renamed {path} to {to}")),
            (None, _, _) => Some(format!("created {path}")),
            (Some(before), _, _) => (*before != change.after()).then(|| format!("changed {path}")),
        };
        self.files.iter().filter_map(words).collect()
    }

    /// What becomes of the files, as a diff.
    #[must_use]
    pub fn diff(&self) -> String {
        let one = |(path, change): (&String, &Change)| {
            if let Some(from) = &change.from {
                return format!("copy of {}: {path}\n", from.display());
            }
            let before = change.before.as_deref().unwrap_or_default();
            if change.is_removed {
                return diff::of_texts(path, "", before, "");
            }
            let from = if change.before.is_some() { path.as_str() } else { "" };
            diff::of_texts(from, change.to.as_deref().unwrap_or(path), before, &change.after())
        };
        self.files.iter().map(one).collect()
    }

    /// Does it all, below the folder `root`: first what changes in its place, then what is new, then what moves or goes. So a run
    /// that is ended midway loses nothing, and can be done again.
    ///
    /// # Errors
    /// Whatever the system says of the first file that it refuses.
    pub fn perform(&self, root: &Path) -> Result<(), Failure> {
        let mut jobs: Vec<(u8, &String, Job)> = Vec::new();
        for (path, change) in &self.files {
            let after = change.after();
            if let Some(from) = &change.from {
                jobs.push((1, path, Job::Copy { from: from.clone() }));
                continue;
            }
            let job = match (&change.before, &change.to, change.is_removed) {
                (Some(before), _, true) => (2, Job::Remove { before: before.clone() }),
                (Some(before), Some(to), _) => (2, Job::Move { before: before.clone(), to: root.join(to), after }),
                (None, _, _) => (1, Job::Create { text: after }),
                (Some(before), None, _) if *before != after => (0, Job::Change { before: before.clone(), after }),
                (Some(_), None, _) => continue,
            };
            jobs.push((job.0, path, job.1));
        }
        jobs.sort_by_key(|(order, path, _)| (*order, *path));
        for (_, path, job) in jobs {
            write::perform(&root.join(path), &job).map_err(Failure::io(format!("{path} can't be written")))?;
        }
        Ok(())
    }
}
