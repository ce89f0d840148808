//! What a preview remembers while records are edited in it: its token, and what the files said before each change.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::write;
use crate::build::Failure;
use crate::build::edition::Edition;
use crate::desk::Changes;
use crate::desk::listed::{Listed, of_tree};
use crate::serve::state::held;
use crate::source::Files;

/// The most text that is kept for undoing, in bytes. The last change is always kept.
const KEPT: usize = 64 << 20;

/// One run of the preview in which records may be edited.
pub struct Session {
    token: String,
    /// The site's files as they are on disk.
    pub files: Arc<dyn Files>,
    history: Mutex<History>,
    listed: Mutex<Option<(u64, Arc<Vec<Listed>>)>>,
}

/// Changes that can be undone, oldest first.
#[derive(Default)]
struct History {
    last: u64,
    changes: VecDeque<Kept>,
}

struct Kept {
    number: u64,
    undone: Changes,
    size: usize,
}

/// Why an undo was not made.
pub enum NotUndone {
    /// It is too long ago, or there never was such a change.
    Unknown,
    /// It can't be written.
    Refused(write::NotWritten),
}

impl Session {
    /// Begins a session with a token that nobody can guess.
    ///
    /// # Errors
    /// If the system has no random numbers.
    pub fn begin(files: Arc<dyn Files>) -> Result<Self, Failure> {
        let mut bytes = [0u8; 16];
        getrandom::fill(&mut bytes).map_err(|why| {
            Failure::Usage(format!("the system has no random numbers ({why}); start the preview with --no-edit"))
        })?;
        let token = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { token, files, history: Mutex::default(), listed: Mutex::default() })
    }

    /// The token.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Whether this is the token. It takes the same time however much of it is right.
    #[must_use]
    pub fn is_token(&self, given: &str) -> bool {
        let (own, given) = (self.token.as_bytes(), given.as_bytes());
        own.len() == given.len() && own.iter().zip(given).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
    }

    /// Writes changes that `plan` makes from the files as they are now, one request after the other. Returns what `plan` returned
    /// and the number for undoing the change; `None` if nothing changed.
    ///
    /// # Errors
    /// What `plan` refuses, or why the changes can't be written.
    pub fn write<T, E: From<write::NotWritten>>(
        &self,
        root: &Path,
        content: &str,
        plan: impl FnOnce() -> Result<(Changes, T), E>,
    ) -> Result<(Option<u64>, T), E> {
        let mut history = held(&self.history);
        let (changes, more) = plan()?;
        if changes.is_nothing() {
            return Ok((None, more));
        }
        write::write(root, content, &changes)?;
        Ok((Some(history.keep(&changes)), more))
    }

    /// Undoes a change, if the files still say what it wrote. Returns the paths of the files.
    ///
    /// # Errors
    /// If the change is unknown, or somebody has changed a file since.
    pub fn undo(&self, root: &Path, content: &str, number: u64) -> Result<Vec<String>, NotUndone> {
        let mut history = held(&self.history);
        let at = history.changes.iter().position(|kept| kept.number == number).ok_or(NotUndone::Unknown)?;
        let undone = &history.changes[at].undone;
        write::write(root, content, undone).map_err(NotUndone::Refused)?;
        let paths = undone.contents().into_iter().map(|file| file.path).collect();
        history.changes.remove(at);
        Ok(paths)
    }

    /// The records of an edition, listed when they are first asked for.
    pub fn listed(&self, edition: &Edition) -> Arc<Vec<Listed>> {
        let mut known = held(&self.listed);
        match &*known {
            Some((number, all)) if *number == edition.number() => all.clone(),
            _ => {
                let all = Arc::new(of_tree(edition.tree()));
                *known = Some((edition.number(), all.clone()));
                all
            }
        }
    }
}

impl History {
    /// Keeps what is needed to undo changes, and returns their number.
    fn keep(&mut self, changes: &Changes) -> u64 {
        self.last += 1;
        let undone = changes.undone();
        let length = |text: Option<String>| text.map_or(0, |text| text.len());
        let size = undone.contents().into_iter().map(|file| length(file.before) + length(file.after)).sum();
        self.changes.push_back(Kept { number: self.last, undone, size });
        while self.changes.len() > 1 && self.changes.iter().map(|kept| kept.size).sum::<usize>() > KEPT {
            self.changes.pop_front();
        }
        self.last
    }
}
