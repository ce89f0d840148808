//! Planned changes to files, which can be shown before they are made.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::build::Failure;
use crate::edit::write::{self, Job};
use crate::edit::{TextEdit, apply, diff};

/// Planned changes to a site's files, by their paths from its root.
#[derive(Debug, Default)]
pub struct Changes {
    files: BTreeMap<String, Change>,
    /// Anything else to tell the user.
    pub notes: Vec<String>,
}

/// The content of a file before and after a change; `None` if there is no such file then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Its path from the site's root.
    pub path: String,
    /// Its content before.
    pub before: Option<String>,
    /// Its content after.
    pub after: Option<String>,
}

/// The planned change to one file.
#[derive(Debug)]
struct Change {
    /// Its content now; `None` if it doesn't exist.
    before: Option<String>,
    edits: Vec<TextEdit>,
    /// Its whole new content, which replaces the edits.
    whole: Option<String>,
    /// The file outside the site that it is a copy of.
    from: Option<PathBuf>,
    /// Its new path, if it moves.
    to: Option<String>,
    is_removed: bool,
}

/// What happens to one file, for programs that make the change themselves, such as an editor with the file open.
#[derive(Debug, PartialEq, Eq)]
pub struct Planned<'c> {
    /// The file.
    pub path: &'c str,
    /// Its content now; `None` if it doesn't exist.
    pub before: Option<&'c str>,
    /// The edits to that.
    pub edits: Vec<TextEdit>,
    /// Its new path, if it moves.
    pub to: Option<&'c str>,
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

    /// Creates a file.
    pub fn create(&mut self, path: &str, text: String) {
        self.file(path, None).whole = Some(text);
    }

    /// Creates a file that is a copy of one outside the site.
    pub fn copy(&mut self, path: &str, from: PathBuf) {
        self.file(path, None).from = Some(from);
    }

    /// Edits a file whose content is `before`. All ranges are in `before`, however many edits there are.
    pub fn edit(&mut self, path: &str, before: &str, edits: impl IntoIterator<Item = TextEdit>) {
        self.file(path, Some(before)).edits.extend(edits);
    }

    /// Replaces the content of a file, which is `before` now.
    pub fn replace(&mut self, path: &str, before: &str, after: String) {
        self.file(path, Some(before)).whole = Some(after);
    }

    /// Renames a file whose content is `before`.
    pub fn rename(&mut self, path: &str, before: &str, to: &str) {
        self.file(path, Some(before)).to = Some(to.to_owned());
    }

    /// Removes a file whose content is `before`.
    pub fn remove(&mut self, path: &str, before: &str) {
        self.file(path, Some(before)).is_removed = true;
    }

    /// Whether these changes leave every file as it is.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.files.values().all(|change| {
            change.to.is_none()
                && !change.is_removed
                && change.before.as_ref().is_some_and(|before| *before == change.after())
        })
    }

    /// The text files that will be created, by path, with their content. Copies are left out.
    pub fn created(&self) -> impl Iterator<Item = (&str, String)> {
        let new = self.files.iter().filter(|(_, change)| change.before.is_none() && change.from.is_none());
        new.map(|(path, change)| (path.as_str(), change.after()))
    }

    /// What happens to each file, by path. Removed files and copies are left out: no task that an editor asks for makes any.
    pub fn planned(&self) -> impl Iterator<Item = Planned<'_>> {
        let texts = self.files.iter().filter(|(_, change)| !change.is_removed && change.from.is_none());
        texts.map(|(path, change)| {
            let before = change.before.as_deref();
            let edits = match &change.whole {
                Some(whole) => vec![TextEdit::replace(0..before.map_or(0, str::len), whole.clone())],
                None => change.edits.clone(),
            };
            Planned { path, before, edits, to: change.to.as_deref() }
        })
    }

    /// What happens to the content of each file, by path: what it is before and after, with `None` where there is no such file.
    /// Copies of other files are left out.
    #[must_use]
    pub fn contents(&self) -> Vec<Contents> {
        let mut out = Vec::new();
        for (path, change) in self.files.iter().filter(|(_, change)| change.from.is_none()) {
            let (before, after) = (change.before.clone(), change.after());
            match (&change.to, change.is_removed) {
                (_, true) => out.push(Contents { path: path.clone(), before, after: None }),
                (Some(to), false) => {
                    out.push(Contents { path: path.clone(), before, after: None });
                    out.push(Contents { path: to.clone(), before: None, after: Some(after) });
                }
                (None, false) => out.push(Contents { path: path.clone(), before, after: Some(after) }),
            }
        }
        out
    }

    /// The changes that bring back what was before these.
    #[must_use]
    pub fn undone(&self) -> Self {
        let mut back = Self::default();
        for Contents { path, before, after } in self.contents() {
            match (before, after) {
                (Some(before), Some(after)) => back.replace(&path, &after, before),
                (None, Some(after)) => back.remove(&path, &after),
                (Some(before), None) => back.create(&path, before),
                (None, None) => {}
            }
        }
        back
    }

    /// One line for each file that changes, by path: `created …`, `changed …`, `renamed …`, `removed …`.
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

    /// The changes as a diff.
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

    /// Makes the changes in the folder `root`: edits first, then new files, then renames and removals. A run that is interrupted
    /// loses nothing and can be repeated.
    ///
    /// # Errors
    /// The system's error for the first file that can't be written.
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
