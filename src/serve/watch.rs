//! Waits until something of the site changes on disk.
//!
//! The system's messages (`notify`) say when to look and, for plain files, where. A save is passed on as soon as the file is
//! closed or renamed into place. When more is going on (a checkout, a folder that moves, a file that vanished and may
//! return), a little patience turns it into one change. In addition, a slow [`scan`] finds what no message reported. Where
//! there are no messages, a faster scan is all there is.

#![expect(
    clippy::disallowed_methods,
    reason = "waiting needs a clock, and it checks which files changed before anyone reads them"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::debounce::{Debounce, quiet};
use super::scan::{Snapshot, Stamp, WatchPaths, scan};

/// A change is passed on after this long, even if it is still going on.
const LONGEST: Duration = Duration::from_secs(3);

/// How long after a message everything is scanned, for what the message did not report.
const VERIFY: Duration = Duration::from_millis(400);

/// The time between two scans where the system reports changes, and where it does not.
const LISTENING: Duration = Duration::from_secs(2);
const POLLING: Duration = Duration::from_millis(500);

/// The time between two scans, as a multiple of what one takes.
const SHARE: u32 = 40;

/// How many changes a scan may find without a message before messages are no longer trusted.
const UNHEARD: u32 = 2;

/// A lock older than this was left by a git process that was killed.
const FORGOTTEN: Duration = Duration::from_secs(20);

/// Why the files are polled, instead of waiting for the system's messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PollReason {
    /// All programs together already watch as many folders as the system allows.
    Limit,
    /// The system can't watch; its message.
    Refused(String),
    /// Files change, but the system does not report it: a network drive, or a folder shared with a virtual machine.
    Silent,
}

/// Watches files.
pub struct Watch {
    watched: WatchPaths,
    snapshot: Snapshot,
    messages: Receiver<notify::Result<Event>>,
    sender: Sender<notify::Result<Event>>,
    /// `None` while polling.
    listener: Option<RecommendedWatcher>,
    /// The file that git locks while it changes files.
    lock: Option<PathBuf>,
    /// Whether a scan is due because of earlier messages.
    verify: bool,
    unheard: u32,
    took: Duration,
}

impl Watch {
    /// Starts watching. With `poll`, the system's messages are not used.
    pub fn new(watched: WatchPaths, poll: bool, tell: &mut dyn FnMut(PollReason)) -> Self {
        let (sender, messages) = unbounded();
        let mut watch = Self {
            lock: lock_of(&watched.root),
            watched,
            snapshot: Snapshot::default(),
            messages,
            sender,
            listener: None,
            verify: false,
            unheard: 0,
            took: Duration::ZERO,
        };
        watch.look();
        if !poll {
            watch.listen(tell);
        }
        watch
    }

    /// Watches other paths from now on. Changes there count as seen, because the caller is about to read
    /// everything.
    pub fn follow(&mut self, watched: WatchPaths, tell: &mut dyn FnMut(PollReason)) {
        if watched == self.watched {
            return;
        }
        self.watched = watched;
        self.snapshot = scan(&self.watched);
        if self.listener.is_some() {
            self.listen(tell);
        }
    }

    /// Waits until something has changed, and returns the paths, relative to the root; never an empty set.
    pub fn next(&mut self, tell: &mut dyn FnMut(PollReason)) -> BTreeSet<String> {
        loop {
            let idle = if self.verify { VERIFY } else { self.interval() };
            let changed = match self.messages.recv_timeout(idle) {
                Ok(message) => self.heard(message, tell),
                Err(_) => self.looked(tell),
            };
            if !changed.is_empty() {
                return changed;
            }
        }
    }

    /// How long to wait for a message before scanning.
    fn interval(&self) -> Duration {
        let least = if self.listener.is_some() { LISTENING } else { POLLING };
        least.max(self.took * SHARE)
    }

    fn listen(&mut self, tell: &mut dyn FnMut(PollReason)) {
        if let Err(error) = self.try_listen() {
            self.poll(&error, tell);
        }
    }

    fn poll(&mut self, error: &notify::Error, tell: &mut dyn FnMut(PollReason)) {
        self.listener = None;
        let full = |error: &std::io::Error| {
            matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
        };
        tell(match &error.kind {
            notify::ErrorKind::MaxFilesWatch => PollReason::Limit,
            // Linux says “no space left” for folders, and “too many open files” for programs that watch.
            notify::ErrorKind::Io(error) if full(error) || error.raw_os_error() == Some(24) => PollReason::Limit,
            notify::ErrorKind::Io(error) => PollReason::Refused(crate::source::files::plain_words(error)),
            _ => PollReason::Refused(error.to_string()),
        });
    }

    fn try_listen(&mut self) -> notify::Result<()> {
        let sender = self.sender.clone();
        // The other end lives as long as the watch; if it is gone, nobody waits for the message.
        let handler = move |message| drop(sender.send(message));
        let mut listener = RecommendedWatcher::new(handler, notify::Config::default())?;
        let mut watch = |path: &Path, mode| match listener.watch(path, mode) {
            // If the path doesn't exist yet, its parent folder tells when it appears.
            Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) || !path.exists() => Ok(()),
            other => other,
        };
        watch(&self.watched.root, RecursiveMode::NonRecursive)?;
        for file in &self.watched.files {
            if let Some(folder) = self.watched.root.join(file).parent().filter(|folder| *folder != self.watched.root) {
                watch(folder, RecursiveMode::NonRecursive)?;
            }
        }
        for folder in &self.watched.folders {
            watch(&super::scan::normal(&self.watched.root.join(folder)), RecursiveMode::Recursive)?;
        }
        let watched = |path: &Path| self.watched.names(path).is_some();
        for folder in self.snapshot.behind_links.iter().filter(|folder| !watched(folder)) {
            watch(folder, RecursiveMode::Recursive)?;
        }
        self.listener = Some(listener);
        Ok(())
    }

    /// Scans everything; returns what changed since the last scan.
    fn look(&mut self) -> BTreeSet<String> {
        let begun = Instant::now();
        let now = scan(&self.watched);
        self.took = begun.elapsed();
        let changed = now.since(&self.snapshot);
        self.snapshot = now;
        changed
    }

    /// A scan that no message asked for.
    fn looked(&mut self, tell: &mut dyn FnMut(PollReason)) -> BTreeSet<String> {
        let behind = self.snapshot.behind_links.clone();
        let expected = std::mem::take(&mut self.verify);
        let mut changed = self.look();
        if changed.is_empty() {
            return changed;
        }
        // It may have run in the middle of a save, and so too early.
        let begun = Instant::now();
        loop {
            std::thread::sleep(quiet::LOOKS);
            let more = self.look();
            if more.is_empty() || begun.elapsed() > LONGEST {
                break;
            }
            changed.extend(more);
        }
        if self.listener.is_some() {
            if self.snapshot.behind_links != behind {
                self.listen(tell);
            } else if !expected && self.messages.is_empty() {
                self.unheard += 1;
                if self.unheard >= UNHEARD {
                    self.listener = None;
                    tell(PollReason::Silent);
                }
            }
        }
        changed
    }

    /// A message, with those that belong to it.
    fn heard(&mut self, message: notify::Result<Event>, tell: &mut dyn FnMut(PollReason)) -> BTreeSet<String> {
        let mut debounce = Debounce::default();
        if !debounce.add(message, &self.watched) {
            return BTreeSet::new();
        }
        let begun = Instant::now();
        let mut last = begun;
        while begun.elapsed() < LONGEST {
            let left = (last + debounce.patience()).saturating_duration_since(Instant::now());
            match self.messages.recv_timeout(left) {
                Ok(message) => {
                    if debounce.add(message, &self.watched) {
                        last = Instant::now();
                    }
                }
                // Any amount of time may pass between two files of a checkout.
                Err(_) if self.git_is_at_work() => last = Instant::now() + quiet::HALF,
                Err(_) => break,
            }
        }
        if let Some(error) = debounce.failed.take() {
            self.poll(&error, tell);
        }
        self.verify = true;
        self.unheard = 0;
        self.settle(debounce, tell)
    }

    /// Whether git is in the middle of changing files.
    fn git_is_at_work(&self) -> bool {
        let age = |lock: &PathBuf| lock.metadata().and_then(|lock| lock.modified()).ok()?.elapsed().ok();
        self.lock.as_ref().and_then(age).is_some_and(|age| age < FORGOTTEN)
    }

    /// What the messages in a debounce add up to.
    fn settle(&mut self, debounce: Debounce, tell: &mut dyn FnMut(PollReason)) -> BTreeSet<String> {
        // A watched folder that did not exist, or was replaced, is not watched yet.
        if self.listener.is_some() && debounce.named.iter().any(|path| self.watched.begins_at(path)) {
            self.listen(tell);
        }
        let mut changed = BTreeSet::new();
        // Messages name either the link or its target, but not both.
        let mut look = debounce.look || !self.snapshot.behind_links.is_empty();
        for path in debounce.named {
            let file = self.watched.root.join(&path);
            match file.symlink_metadata() {
                Ok(metadata) if metadata.is_file() => {
                    self.snapshot.files.insert(path.clone(), Stamp::of(&metadata));
                    changed.insert(path);
                }
                // A folder, or a link.
                Ok(_) => look = true,
                Err(_) if self.snapshot.files.remove(&path).is_some() => {
                    changed.insert(path);
                }
                Err(_) => look = true,
            }
        }
        if look {
            let behind = self.snapshot.behind_links.clone();
            changed.extend(self.look());
            if self.listener.is_some() && self.snapshot.behind_links != behind {
                self.listen(tell);
            }
        }
        changed
    }
}

/// The lock of the git repository that `root` is in, if there is one.
fn lock_of(root: &Path) -> Option<PathBuf> {
    let git = root.ancestors().map(|folder| folder.join(".git")).find(|git| git.exists())?;
    if git.is_dir() {
        return Some(git.join("index.lock"));
    }
    // A linked working tree has a file that says where its folder is.
    let text = std::fs::read_to_string(&git).ok()?;
    Some(root.join(text.trim().strip_prefix("gitdir: ")?).join("index.lock"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("content")).unwrap();
        std::fs::write(root.join("content/a.md"), "one").unwrap();
        (folder, root)
    }

    fn named(path: &str) -> BTreeSet<String> {
        [path.to_owned()].into()
    }

    #[test]
    fn the_lock_of_git_is_found_from_within() {
        let (_folder, root) = site();
        let outside = lock_of(&root);
        std::fs::create_dir(root.join(".git")).unwrap();
        assert_eq!(lock_of(&root.join("content")), Some(root.join(".git/index.lock")));
        std::fs::write(root.join("content/.git"), "gitdir: ../elsewhere/trees/one\n").unwrap();
        assert_eq!(lock_of(&root.join("content")), Some(root.join("content/../elsewhere/trees/one/index.lock")));
        assert!(outside.is_none_or(|lock| !lock.starts_with(&root)));
    }

    #[test]
    fn folders_that_cant_be_watched_are_scanned() {
        let (_folder, root) = site();
        let mut told = Vec::new();
        let mut watch = Watch::new(WatchPaths::example(&root), false, &mut |why| told.push(why));
        watch.sender.send(Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch))).unwrap();
        // Only a scan can find this one: its message went down with the listener.
        std::fs::write(root.join("content/b.md"), "new").unwrap();
        let mut changed = watch.next(&mut |why| told.push(why));
        assert!(watch.listener.is_none() && told.contains(&PollReason::Limit), "{told:?}");
        while !changed.contains("content/b.md") {
            changed = watch.next(&mut |_| {});
        }
        std::fs::write(root.join("content/a.md"), "another").unwrap();
        assert_eq!(watch.next(&mut |_| {}), named("content/a.md"));
    }

    #[test]
    fn a_system_that_tells_nothing_is_not_relied_on() {
        let (_folder, root) = site();
        let mut told = Vec::new();
        let mut watch = Watch::new(WatchPaths::example(&root), true, &mut |_| {});
        // A watcher that watches nothing.
        watch.listener = Some(RecommendedWatcher::new(|_| {}, notify::Config::default()).unwrap());
        for text in ["two", "three", "four and more"].iter().take(UNHEARD as usize) {
            assert!(told.is_empty());
            std::fs::write(root.join("content/a.md"), text).unwrap();
            assert_eq!(watch.looked(&mut |why| told.push(why)), named("content/a.md"));
        }
        assert!(watch.listener.is_none());
        assert_eq!(told, [PollReason::Silent]);
    }
}
