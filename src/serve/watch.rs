//! Waiting until something of the site has changed on the disk.
//!
//! The system's messages (`notify`) say when to look and, for plain files, where. A save is handed on as soon as the file is
//! closed or renamed into place; where more is going on (a checkout, a folder that moves, a file that is gone and may be
//! back), a little patience makes one change of it. Behind that, a slow [`scan`] finds what no message told of, and where no
//! messages can be had, a faster one is all there is.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};
use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::scan::{Plan, Seen, Stamp, scan};

/// How long nothing may happen before a change is handed on.
mod quiet {
    use std::time::Duration;

    /// Behind a file that was closed or renamed into place: it is whole, and editors do little after that.
    pub const WHOLE: Duration = Duration::from_millis(4);
    /// While a file is being written, or gone and perhaps about to be back.
    pub const HALF: Duration = Duration::from_millis(60);
    /// While many files change.
    pub const MANY: Duration = Duration::from_millis(150);
    /// Between two looks that have to agree.
    pub const LOOKS: Duration = Duration::from_millis(40);
}

/// From how many files on it is more than somebody saving.
const MANY: usize = 12;

/// A change is handed on after this long, even if it goes on.
const LONGEST: Duration = Duration::from_secs(3);

/// How long after a message everything is looked at, for what it did not tell.
const VERIFY: Duration = Duration::from_millis(400);

/// Between two looks where the system tells of changes, and where it does not.
const LISTENING: Duration = Duration::from_secs(2);
const POLLING: Duration = Duration::from_millis(500);

/// A look may take this part of the time between two.
const SHARE: u32 = 40;

/// How many changes may be found without a message before messages are no longer relied on.
const UNHEARD: u32 = 2;

/// A lock that is older than this was forgotten by a git that was killed.
const FORGOTTEN: Duration = Duration::from_secs(20);

/// Why the files are looked at again and again, instead of waiting for the system's messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Polls {
    /// As many folders as the system allows are watched already, by all programs together.
    Limit,
    /// The system can't watch: its words.
    Refused(String),
    /// Files change, and the system tells nothing of it: a network drive, or a folder shared with a virtual machine.
    Silent,
}

/// Watches what a plan names.
pub struct Watch {
    plan: Plan,
    seen: Seen,
    messages: Receiver<notify::Result<Event>>,
    sender: Sender<notify::Result<Event>>,
    /// `None` while polling.
    listener: Option<RecommendedWatcher>,
    /// The file that git holds while it changes files.
    lock: Option<PathBuf>,
    /// Whether a look is due because of messages that were acted on.
    verify: bool,
    unheard: u32,
    took: Duration,
}

impl Watch {
    /// Begins to watch. With `poll` the system's messages are not asked for.
    pub fn new(plan: Plan, poll: bool, tell: &mut dyn FnMut(Polls)) -> Self {
        let (sender, messages) = unbounded();
        let mut watch = Self {
            lock: lock_of(&plan.root),
            plan,
            seen: Seen::default(),
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

    /// Watches by another plan from now on. What is different under it counts as seen: whoever changes the plan looks at
    /// everything.
    pub fn follow(&mut self, plan: Plan, tell: &mut dyn FnMut(Polls)) {
        if plan == self.plan {
            return;
        }
        self.plan = plan;
        self.seen = scan(&self.plan);
        if self.listener.is_some() {
            self.listen(tell);
        }
    }

    /// Waits until something has changed, and gives the paths, from the root; never an empty set.
    pub fn next(&mut self, tell: &mut dyn FnMut(Polls)) -> BTreeSet<String> {
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

    /// How long to wait for a message before looking.
    fn interval(&self) -> Duration {
        let least = if self.listener.is_some() { LISTENING } else { POLLING };
        least.max(self.took * SHARE)
    }

    fn listen(&mut self, tell: &mut dyn FnMut(Polls)) {
        if let Err(error) = self.try_listen() {
            self.poll(&error, tell);
        }
    }

    fn poll(&mut self, error: &notify::Error, tell: &mut dyn FnMut(Polls)) {
        self.listener = None;
        let full = |error: &std::io::Error| {
            matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
        };
        tell(match &error.kind {
            notify::ErrorKind::MaxFilesWatch => Polls::Limit,
            // Linux says “no space left” for folders, and “too many open files” for programs that watch.
            notify::ErrorKind::Io(error) if full(error) || error.raw_os_error() == Some(24) => Polls::Limit,
            notify::ErrorKind::Io(error) => Polls::Refused(crate::source::files::plain_words(error)),
            _ => Polls::Refused(error.to_string()),
        });
    }

    fn try_listen(&mut self) -> notify::Result<()> {
        let sender = self.sender.clone();
        // The other end lives as long as the watch; where it is gone, nobody waits for the message.
        let handler = move |message| drop(sender.send(message));
        let mut listener = RecommendedWatcher::new(handler, notify::Config::default())?;
        let mut watch = |path: &Path, mode| match listener.watch(path, mode) {
            // What is not there yet is noticed from the folder above.
            Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) || !path.exists() => Ok(()),
            other => other,
        };
        watch(&self.plan.root, RecursiveMode::NonRecursive)?;
        for file in &self.plan.files {
            if let Some(folder) = self.plan.root.join(file).parent().filter(|folder| *folder != self.plan.root) {
                watch(folder, RecursiveMode::NonRecursive)?;
            }
        }
        for folder in &self.plan.folders {
            watch(&super::scan::normal(&self.plan.root.join(folder)), RecursiveMode::Recursive)?;
        }
        let watched = |path: &Path| self.plan.names(path).is_some();
        for folder in self.seen.behind_links.iter().filter(|folder| !watched(folder)) {
            watch(folder, RecursiveMode::Recursive)?;
        }
        self.listener = Some(listener);
        Ok(())
    }

    /// Looks at everything; gives what changed since the last look.
    fn look(&mut self) -> BTreeSet<String> {
        let begun = Instant::now();
        let now = scan(&self.plan);
        self.took = begun.elapsed();
        let changed = now.since(&self.seen);
        self.seen = now;
        changed
    }

    /// A look without a message before it.
    fn looked(&mut self, tell: &mut dyn FnMut(Polls)) -> BTreeSet<String> {
        let behind = self.seen.behind_links.clone();
        let expected = std::mem::take(&mut self.verify);
        let mut changed = self.look();
        if changed.is_empty() {
            return changed;
        }
        // It may have been in the middle of a save; then it was too early.
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
            if self.seen.behind_links != behind {
                self.listen(tell);
            } else if !expected && self.messages.is_empty() {
                self.unheard += 1;
                if self.unheard >= UNHEARD {
                    self.listener = None;
                    tell(Polls::Silent);
                }
            }
        }
        changed
    }

    /// A message, with those that belong to it.
    fn heard(&mut self, message: notify::Result<Event>, tell: &mut dyn FnMut(Polls)) -> BTreeSet<String> {
        let mut burst = Burst::default();
        if !burst.add(message, &self.plan) {
            return BTreeSet::new();
        }
        let begun = Instant::now();
        let mut last = begun;
        while begun.elapsed() < LONGEST {
            let left = (last + burst.patience()).saturating_duration_since(Instant::now());
            match self.messages.recv_timeout(left) {
                Ok(message) => {
                    if burst.add(message, &self.plan) {
                        last = Instant::now();
                    }
                }
                // Between two files of a checkout there may be any time.
                Err(_) if self.git_is_at_work() => last = Instant::now() + quiet::HALF,
                Err(_) => break,
            }
        }
        if let Some(error) = burst.failed.take() {
            self.poll(&error, tell);
        }
        self.verify = true;
        self.unheard = 0;
        self.settle(burst, tell)
    }

    /// Whether git is in the middle of changing files.
    fn git_is_at_work(&self) -> bool {
        let age = |lock: &PathBuf| lock.metadata().and_then(|lock| lock.modified()).ok()?.elapsed().ok();
        self.lock.as_ref().and_then(age).is_some_and(|age| age < FORGOTTEN)
    }

    /// What a burst of messages comes to.
    fn settle(&mut self, burst: Burst, tell: &mut dyn FnMut(Polls)) -> BTreeSet<String> {
        // A folder of the plan that was not there, or was another, is not watched yet.
        if self.listener.is_some() && burst.named.iter().any(|path| self.plan.begins_at(path)) {
            self.listen(tell);
        }
        let mut changed = BTreeSet::new();
        // Messages name what a link leads to, or the link, and not both.
        let mut look = burst.look || !self.seen.behind_links.is_empty();
        for path in burst.named {
            let file = self.plan.root.join(&path);
            match file.symlink_metadata() {
                Ok(metadata) if metadata.is_file() => {
                    self.seen.files.insert(path.clone(), Stamp::of(&metadata));
                    changed.insert(path);
                }
                // A folder, or a link.
                Ok(_) => look = true,
                Err(_) if self.seen.files.remove(&path).is_some() => {
                    changed.insert(path);
                }
                Err(_) => look = true,
            }
        }
        if look {
            let behind = self.seen.behind_links.clone();
            changed.extend(self.look());
            if self.listener.is_some() && self.seen.behind_links != behind {
                self.listen(tell);
            }
        }
        changed
    }
}

/// The lock of the git repository that `root` lies in, if it lies in one.
fn lock_of(root: &Path) -> Option<PathBuf> {
    let git = root.ancestors().map(|folder| folder.join(".git")).find(|git| git.exists())?;
    if git.is_dir() {
        return Some(git.join("index.lock"));
    }
    // A further working tree has a file that says where its folder is.
    let text = std::fs::read_to_string(&git).ok()?;
    Some(root.join(text.trim().strip_prefix("gitdir: ")?).join("index.lock"))
}

/// Messages that belong together.
#[derive(Default)]
struct Burst {
    /// Paths that were named, from the root.
    named: BTreeSet<String>,
    /// Files that are being written, and files that are gone.
    half: BTreeSet<PathBuf>,
    /// Whether something happened that names do not tell.
    look: bool,
    failed: Option<notify::Error>,
}

impl Burst {
    /// Adds a message; false if it has nothing to say to us.
    fn add(&mut self, message: notify::Result<Event>, plan: &Plan) -> bool {
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
        // Looking at files is no change; a program that reads them would otherwise keep itself busy.
        let is_close = matches!(event.kind, EventKind::Access(AccessKind::Close(AccessMode::Write)));
        let is_idle = matches!(event.kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)));
        if is_idle && !is_close {
            return false;
        }
        let whole = match event.kind {
            EventKind::Modify(ModifyKind::Name(RenameMode::To)) => true,
            // A file that became a backup is about to be written anew; any other has just got another name.
            EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => {
                event.paths.last().is_some_and(|target| plan.names(target).is_some())
            }
            _ => is_close,
        };
        let mut ours = false;
        for path in event.paths {
            let Some(name) = plan.names(&path) else {
                // What a link leads to: what that means is seen by looking. Litter, the finished site and what lies beside
                // the site's folders mean nothing.
                let beside = path.parent() == Some(&*plan.root) || !path.starts_with(&plan.root);
                let except = plan.except.iter().any(|folder| path.starts_with(folder));
                if !beside && !except && path.ancestors().all(|folder| plan.names(folder).is_none()) {
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

    fn patience(&self) -> Duration {
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
    use notify::event::{CreateKind, DataChange, Flag, MetadataKind, RemoveKind};

    use super::*;

    fn plan(root: &Path) -> Plan {
        Plan {
            root: root.to_owned(),
            folders: vec!["content".to_owned()],
            files: vec!["book.toml".to_owned(), "styles/own.css".to_owned()],
            except: vec![root.join("site")],
        }
    }

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
    fn messages_are_judged_by_what_they_tell() {
        let root = Path::new("/s");
        let close = EventKind::Access(AccessKind::Close(AccessMode::Write));
        let write = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let rename = |mode| EventKind::Modify(ModifyKind::Name(mode));
        let after = |messages: &[(EventKind, &[&str])]| {
            let mut burst = Burst::default();
            let mut ours = false;
            for (kind, paths) in messages {
                let event = paths.iter().fold(Event::new(*kind), |event, path| event.add_path(root.join(path)));
                ours |= burst.add(Ok(event), &plan(root));
            }
            ours.then(|| burst.patience())
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
        // Whole as soon as it is closed or renamed into place, and not before.
        assert_eq!(after(&[(write, &["content/a.md"])]), Some(quiet::HALF));
        assert_eq!(after(&[(write, &["content/a.md"]), (close, &["content/a.md"])]), Some(quiet::WHOLE));
        assert_eq!(after(&[(rename(RenameMode::To), &["content/a.md"])]), Some(quiet::WHOLE));
        assert_eq!(after(&[(rename(RenameMode::Both), &["content/b.md", "content/a.md"])]), Some(quiet::WHOLE));
        // A file that became a backup will be written anew.
        assert_eq!(after(&[(rename(RenameMode::Both), &["content/a.md", "content/a.md~"])]), Some(quiet::HALF));
        assert_eq!(after(&[(EventKind::Remove(RemoveKind::File), &["content/a.md"])]), Some(quiet::HALF));
        // What a link leads to, and a single file's folder.
        assert_eq!(after(&[(close, &["notes/deep/x.md"])]), Some(quiet::HALF));
        assert_eq!(after(&[(close, &["styles/own.css"])]), Some(quiet::WHOLE));
        let many: Vec<String> = (0..MANY).map(|at| format!("content/{at}.md")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(after(&[(close, &many)]), Some(quiet::MANY));
        let mut burst = Burst::default();
        assert!(burst.add(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)), &plan(root)) && burst.look);
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
    fn where_no_more_can_be_watched_it_is_looked() {
        let (_folder, root) = site();
        let mut told = Vec::new();
        let mut watch = Watch::new(plan(&root), false, &mut |why| told.push(why));
        watch.sender.send(Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch))).unwrap();
        // Only a look can find this one: the message about it is gone with the listener.
        std::fs::write(root.join("content/b.md"), "new").unwrap();
        let mut changed = watch.next(&mut |why| told.push(why));
        assert!(watch.listener.is_none() && told.contains(&Polls::Limit), "{told:?}");
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
        let mut watch = Watch::new(plan(&root), true, &mut |_| {});
        // One that watches nothing.
        watch.listener = Some(RecommendedWatcher::new(|_| {}, notify::Config::default()).unwrap());
        for text in ["two", "three", "four and more"].iter().take(UNHEARD as usize) {
            assert!(told.is_empty());
            std::fs::write(root.join("content/a.md"), text).unwrap();
            assert_eq!(watch.looked(&mut |why| told.push(why)), named("content/a.md"));
        }
        assert!(watch.listener.is_none());
        assert_eq!(told, [Polls::Silent]);
    }
}
