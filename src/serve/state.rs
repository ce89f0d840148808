//! The current state of the preview, from which requests are answered.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::Clock;
use super::cursor::Pointed;
use super::desk::session::Session;
use super::guard::Names;
use super::settings::Settings;
use crate::build::edition::{Edition, Page};
use crate::diagnostics::Diagnostic;
use crate::output::html::NOT_FOUND_FILE;

/// The two views of a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// With drafts, if they were asked for: what editors work with.
    #[default]
    Preview,
    /// As it would be published at this moment.
    Published,
}

/// The state of the preview. It never changes; a new one takes its place.
#[derive(Clone)]
pub struct State {
    /// Goes up with each state, even if there is only more known about the same edition.
    pub tick: u64,
    /// The site.
    pub edition: Arc<Edition>,
    /// Its settings.
    pub settings: Arc<Settings>,
    /// The findings on the finished pages; `None` while they are being checked.
    pub checked: Option<Arc<[Diagnostic]>>,
    /// The last few saves, oldest first.
    pub saves: Arc<[Save]>,
    /// Where an editor's cursor was last, if one says so.
    pub pointed: Option<Arc<Pointed>>,
}

/// How many saves are remembered. A browser that is further behind than that is not offered what they changed.
const REMEMBERED: usize = 20;

/// A save that became an edition.
#[derive(Clone, Debug)]
pub struct Save {
    /// The number of the edition.
    pub edition: u64,
    /// The pages that it affected, as paths from the site's root.
    pub pages: Vec<String>,
}

impl Save {
    /// The last few saves, with one more.
    #[must_use]
    pub fn after(before: &[Self], save: Self) -> Arc<[Self]> {
        before.iter().skip((before.len() + 1).saturating_sub(REMEMBERED)).cloned().chain([save]).collect()
    }
}

impl State {
    /// The pages that were affected by saves after the edition with the number `since`, newest first, or by the last save
    /// if no number is given.
    ///
    /// Two saves, or two messages about one, may follow each other before a browser asks: it must not miss the first.
    #[must_use]
    pub fn changed(&self, since: Option<u64>) -> Vec<&str> {
        let last = self.saves.last().map_or(0, |save| save.edition.saturating_sub(1));
        let mut pages: Vec<&str> = Vec::new();
        for save in self.saves.iter().rev().take_while(|save| save.edition > since.unwrap_or(last)) {
            for page in &save.pages {
                if !pages.contains(&page.as_str()) {
                    pages.push(page);
                }
            }
        }
        pages
    }

    /// The edition that a view shows; the published one is made when it is first requested.
    #[must_use]
    pub fn shown(&self, face: Face) -> Arc<Edition> {
        match face {
            Face::Preview => self.edition.clone(),
            Face::Published => self.edition.as_published(),
        }
    }
}

/// What all requests share.
pub struct Preview {
    /// The names that requests may use.
    pub names: Names,
    /// The site's folder after following all links.
    pub root: PathBuf,
    /// The clock.
    pub clock: Clock,
    /// The desk, if records may be edited here.
    pub desk: Option<Session>,
    /// The script of axe-core, if there is one.
    pub axe: Option<Arc<Vec<u8>>>,
    state: watch::Sender<Arc<State>>,
    /// The edition whose published view is being or was checked, and the flag that stops the check.
    checking: Mutex<Option<(u64, Arc<AtomicBool>)>>,
}

/// What a view has at a path.
pub enum Lookup {
    /// A file; with the fault, if it could only be made with an earlier theme.
    File(Arc<Page>, Option<Diagnostic>),
    /// A folder's page, whose address ends in a slash.
    Folder,
    /// Nothing; with the page that says so, if the site has one.
    NotFound(Option<Arc<Page>>),
    /// A file that could not be made.
    Fault(Diagnostic),
}

fn is_folder(path: &str) -> bool {
    path.is_empty() || path.ends_with('/')
}

/// The file that answers for a path from the site's root.
#[must_use]
pub fn file(path: &str) -> String {
    if is_folder(path) { format!("{path}index.html") } else { path.to_owned() }
}

/// Takes the lock even if a thread panicked while holding it: no value here is ever half written.
pub(super) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Preview {
    /// A preview in its first state.
    #[must_use]
    pub fn new(
        names: Names,
        root: PathBuf,
        clock: Clock,
        desk: Option<Session>,
        axe: Option<Arc<Vec<u8>>>,
        state: State,
    ) -> Self {
        let (state, _) = watch::channel(Arc::new(state));
        Self { names, root, clock, desk, axe, state, checking: Mutex::default() }
    }

    /// The present state.
    #[must_use]
    pub fn state(&self) -> Arc<State> {
        self.state.borrow().clone()
    }

    /// Announces every state from now on, beginning with the current one.
    #[must_use]
    pub fn follow(&self) -> watch::Receiver<Arc<State>> {
        let mut receiver = self.state.subscribe();
        receiver.mark_changed();
        receiver
    }

    /// Replaces the current state, if there is a new one; this counts the ticks.
    pub fn publish(&self, next: impl FnOnce(&State) -> Option<State>) {
        self.state.send_if_modified(|state| match next(state) {
            Some(next) => {
                *state = Arc::new(State { tick: state.tick + 1, ..next });
                true
            }
            None => false,
        });
    }

    /// Checks the finished pages of the published view in the background, and announces the result. Only a browser that
    /// shows that view asks for this, because it makes every page.
    pub fn check_published(self: &Arc<Self>, state: &State) {
        let number = state.edition.number();
        let stop = Arc::new(AtomicBool::new(false));
        {
            let mut checking = held(&self.checking);
            // Someone may ask late about an old edition.
            if checking.as_ref().is_some_and(|(begun, _)| *begun >= number) {
                return;
            }
            if let Some((_, before)) = checking.replace((number, stop.clone())) {
                before.store(true, Ordering::Relaxed);
            }
        }
        let (preview, edition) = (self.clone(), state.edition.clone());
        std::thread::spawn(move || {
            if edition.as_published().finished(&stop).is_some() {
                preview.publish(|state| Arc::ptr_eq(&state.edition, &edition).then(|| state.clone()));
            }
        });
    }

    /// Stops what [`Self::check_published`] started, so that the next edition need not wait for an old one.
    pub fn stop_checking(&self) {
        if let Some((_, stop)) = &*held(&self.checking) {
            stop.store(true, Ordering::Relaxed);
        }
    }
}

/// What an edition has at `path`, a path from the site's root.
#[must_use]
pub fn find(edition: &Edition, path: &str) -> Lookup {
    let (file, is_folder) = (file(path), is_folder(path));
    match edition.page(&file) {
        Some(Ok(page)) => Lookup::File(page, None),
        Some(Err(fault)) => match edition.with_earlier_theme(&file) {
            Some(page) => Lookup::File(page, Some(fault)),
            None => Lookup::Fault(fault),
        },
        None if !is_folder && edition.has(&format!("{path}/index.html")) => Lookup::Folder,
        None => Lookup::NotFound(edition.page(NOT_FOUND_FILE).and_then(Result::ok)),
    }
}

/// Both ends of a connection.
#[derive(Clone, Copy, Debug)]
pub struct Connection {
    /// The address that received the request.
    pub own: IpAddr,
    /// The address that sent it.
    pub peer: IpAddr,
}

impl Connection {
    /// Whether both are on this machine.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.peer.to_canonical().is_loopback()
    }
}
