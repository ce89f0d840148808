//! Judges the system's messages about changed files: which of them matter, and when a change is complete.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind};

use super::scan::WatchPaths;

/// How long things must be quiet before a change is passed on.
pub mod quiet {
    use std::time::Duration;

    /// After a file was closed or renamed into place: it is complete, and editors do little after that.
    pub const WHOLE: Duration = Duration::from_millis(4);
    /// While a file is being written, or has vanished and may be about to return.
    pub const HALF: Duration = Duration::from_millis(60);
    /// While many files are changing.
    pub const MANY: Duration = Duration::from_millis(150);
    /// Between two scans that have to agree.
    pub const LOOKS: Duration = Duration::from_millis(40);
}

/// From this many files on, it is more than someone saving.
const MANY: usize = 12;

/// Messages that belong together.
#[derive(Default)]
pub struct Debounce {
    /// The paths they named, relative to the root.
    pub named: BTreeSet<String>,
    /// Files that are being written, and files that have vanished.
    half: BTreeSet<PathBuf>,
    /// Whether something happened that the names don't tell.
    pub look: bool,
    /// What the system failed to do.
    pub failed: Option<notify::Error>,
}

impl Debounce {
    /// Adds a message; returns false if it doesn't matter.
    pub fn add(&mut self, message: notify::Result<Event>, watched: &WatchPaths) -> bool {
        let event = match message {
            Ok(event) => event,
            Err(error) => {
                self.look = true;
                self.failed = Some(error);
                return true;
            }
        };
        if event.need_rescan() {
            self.look = true;
            return true;
        }
        // Reading a file is not a change. Otherwise a program that reads the files would keep triggering itself.
        let is_close = matches!(event.kind, EventKind::Access(AccessKind::Close(AccessMode::Write)));
        let is_idle = matches!(event.kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)));
        if is_idle && !is_close {
            return false;
        }
        let whole = match event.kind {
            EventKind::Modify(ModifyKind::Name(RenameMode::To)) => true,
            // A file that was renamed to a backup is about to be rewritten; any other just got a new name.
            EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => {
                event.paths.last().is_some_and(|target| watched.names(target).is_some())
            }
            _ => is_close,
        };
        let mut ours = false;
        for path in event.paths {
            let Some(name) = watched.names(&path) else {
                // This may be the target of a link; only a scan tells what it means. Stray files, the finished site, and
                // what is next to the site's folders don't matter.
                let beside = path.parent() == Some(&*watched.root) || !path.starts_with(&watched.root);
                let except = watched.except.iter().any(|folder| path.starts_with(folder));
                if !beside && !except && path.ancestors().all(|folder| watched.names(folder).is_none()) {
                    self.look = true;
                    ours = true;
                }
                continue;
            };
            ours = true;
            if whole {
                self.half.remove(&path);
            } else {
                self.half.insert(path);
            }
            self.named.insert(name);
        }
        ours
    }

    /// How long things must stay quiet before this change is complete.
    #[must_use]
    pub fn patience(&self) -> Duration {
        if self.named.len() >= MANY {
            quiet::MANY
        } else if self.look || !self.half.is_empty() {
            quiet::HALF
        } else {
            quiet::WHOLE
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use notify::event::{CreateKind, DataChange, Flag, MetadataKind, RemoveKind};

    use super::*;

    #[test]
    fn messages_are_judged_by_what_they_tell() {
        let root = Path::new("/s");
        let close = EventKind::Access(AccessKind::Close(AccessMode::Write));
        let write = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let rename = |mode| EventKind::Modify(ModifyKind::Name(mode));
        let after = |messages: &[(EventKind, &[&str])]| {
            let mut debounce = Debounce::default();
            let mut ours = false;
            for (kind, paths) in messages {
                let event = paths.iter().fold(Event::new(*kind), |event, path| event.add_path(root.join(path)));
                ours |= debounce.add(Ok(event), &WatchPaths::example(root));
            }
            ours.then(|| debounce.patience())
        };
        let ignored = [
            (EventKind::Access(AccessKind::Open(AccessMode::Any)), "content/a.md"),
            (EventKind::Access(AccessKind::Close(AccessMode::Read)), "content/a.md"),
            (EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)), "content/a.md"),
            (close, "site/index.html"),
            (close, "target"),
            (close, "content/.a.md.swp"),
            (close, "content/.git/deep/index"),
            (EventKind::Create(CreateKind::Folder), "site"),
        ];
        for (kind, path) in ignored {
            assert_eq!(after(&[(kind, &[path])]), None, "{kind:?} {path}");
        }
        // A file is complete as soon as it is closed or renamed into place, and not before.
        assert_eq!(after(&[(write, &["content/a.md"])]), Some(quiet::HALF));
        assert_eq!(after(&[(write, &["content/a.md"]), (close, &["content/a.md"])]), Some(quiet::WHOLE));
        assert_eq!(after(&[(rename(RenameMode::To), &["content/a.md"])]), Some(quiet::WHOLE));
        assert_eq!(after(&[(rename(RenameMode::Both), &["content/b.md", "content/a.md"])]), Some(quiet::WHOLE));
        // A file that was renamed to a backup will be rewritten.
        assert_eq!(after(&[(rename(RenameMode::Both), &["content/a.md", "content/a.md~"])]), Some(quiet::HALF));
        assert_eq!(after(&[(EventKind::Remove(RemoveKind::File), &["content/a.md"])]), Some(quiet::HALF));
        // The target of a link, and the folder of a single file.
        assert_eq!(after(&[(close, &["notes/deep/x.md"])]), Some(quiet::HALF));
        assert_eq!(after(&[(close, &["styles/own.css"])]), Some(quiet::WHOLE));
        let many: Vec<String> = (0..MANY).map(|at| format!("content/{at}.md")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(after(&[(close, &many)]), Some(quiet::MANY));
        let mut debounce = Debounce::default();
        assert!(
            debounce.add(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)), &WatchPaths::example(root))
                && debounce.look
        );
    }
}
