//! Keeps the site up to date in a thread of its own, with the texts that are being written laid over the files.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError};

use crate::base::TextRange;
use crate::build::edition::Edition;
use crate::build::live::{Change, Live};
use crate::build::pipeline::Request;
use crate::config;
use crate::diagnostics::{Diagnostic, code};
use crate::serve::Clock;
use crate::source::Overlay;
use crate::source::files::plain_words;

/// How long nobody must have typed before the finished pages are checked.
const QUIET: Duration = Duration::from_millis(300);

const BOOK_FILE: &str = "book.toml";

/// A change that the engine is told about, with the number of the state after it.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) revision: u64,
    pub(super) change: JobChange,
}

#[derive(Debug)]
pub(super) enum JobChange {
    /// An open document got this text, or was closed.
    Text(String, Option<Arc<String>>),
    /// Files were changed by someone else.
    Saved(BTreeSet<String>),
}

/// What the engine tells.
pub(super) enum Told {
    /// There is a new state of the site.
    Updated(Arc<Snapshot>),
    /// The finished pages of an edition were checked.
    Checked(u64, Vec<Diagnostic>),
}

/// A state of the site.
pub(super) struct Snapshot {
    /// The number of the last change that it includes.
    pub(super) revision: u64,
    /// The site; `None` if there is none.
    pub(super) edition: Option<Arc<Edition>>,
    /// `book.toml` as it is now, if that has errors and the edition uses an earlier one.
    pub(super) broken_book: Option<(Arc<String>, Vec<Diagnostic>)>,
    /// Why there is no site.
    pub(super) failure: Option<String>,
}

pub(super) struct Engine {
    pub(super) request: Request,
    pub(super) overlay: Arc<Overlay>,
    pub(super) clock: Clock,
    live: Option<Live>,
    /// The text of `book.toml`, if it is open.
    open_book: Option<Arc<String>>,
    /// The last text of `book.toml` without errors.
    good_book: Option<Arc<String>>,
    broken_book: Option<(Arc<String>, Vec<Diagnostic>)>,
}

impl Engine {
    pub(super) fn new(request: Request, overlay: Arc<Overlay>, clock: Clock) -> Self {
        Self { request, overlay, clock, live: None, open_book: None, good_book: None, broken_book: None }
    }

    /// Reads the site, and then follows all changes until nobody can send any more.
    pub(super) fn run(mut self, jobs: &Receiver<Job>, tell: &(impl Fn(Told) + Clone + Send + 'static)) {
        let mut revision = 0;
        let mut changed: BTreeSet<String> = [BOOK_FILE.to_owned()].into();
        loop {
            // Whoever types fast gets the findings of the last text, not of each before it.
            for job in jobs.try_iter() {
                revision = job.revision;
                self.take(job.change, &mut changed);
            }
            let snapshot = self.update(revision, &std::mem::take(&mut changed));
            let edition = snapshot.edition.clone();
            tell(Told::Updated(Arc::new(snapshot)));
            let canceled = Arc::new(AtomicBool::new(false));
            let mut waits = edition.is_some();
            let job = loop {
                let job = if waits { jobs.recv_timeout(QUIET) } else { jobs.recv().map_err(RecvTimeoutError::from) };
                match (job, &edition) {
                    (Err(RecvTimeoutError::Timeout), Some(edition)) => {
                        waits = false;
                        check(edition.clone(), canceled.clone(), tell.clone());
                    }
                    (Err(_), _) => {
                        canceled.store(true, Ordering::Relaxed);
                        return;
                    }
                    (Ok(job), _) => break job,
                }
            };
            canceled.store(true, Ordering::Relaxed);
            revision = job.revision;
            self.take(job.change, &mut changed);
        }
    }

    /// Notes a change.
    fn take(&mut self, change: JobChange, changed: &mut BTreeSet<String>) {
        match change {
            JobChange::Text(path, text) => {
                // Which `book.toml` is used is decided by what it says.
                if path == BOOK_FILE {
                    self.open_book = text;
                } else {
                    self.overlay.lay(&path, text);
                }
                changed.insert(path);
            }
            JobChange::Saved(paths) => changed.extend(paths),
        }
    }

    fn update(&mut self, revision: u64, changed: &BTreeSet<String>) -> Snapshot {
        let now = self.clock.now();
        if changed.contains(BOOK_FILE) {
            self.choose_book();
        }
        let mut failure = None;
        let edition = match &mut self.live {
            Some(live) => Some(live.update(&Change::Paths(changed.clone()), now)),
            None => {
                let request = Request { now, ..self.request.clone() };
                match Live::open(request, self.overlay.clone()) {
                    Ok(live) => Some(self.live.insert(live).edition()),
                    Err(error) => {
                        failure = Some(error.to_string());
                        None
                    }
                }
            }
        };
        if let Some(edition) = &edition {
            // The rules are run here, so that nobody waits for them elsewhere.
            let _ = edition.diagnostics();
        }
        Snapshot { revision, edition, broken_book: self.broken_book.clone(), failure }
    }

    /// Uses `book.toml` as it is now, or the last one without errors: while someone is changing a setting, the rest of the site
    /// should not be without help.
    fn choose_book(&mut self) {
        let (text, mut found) = match &self.open_book {
            Some(text) => (text.clone(), Vec::new()),
            None => saved_book(&self.overlay),
        };
        if found.is_empty() {
            let (config, faults) = self.settings(&text);
            if config.is_some() {
                self.good_book = Some(text);
                self.broken_book = None;
                self.overlay.lay(BOOK_FILE, self.open_book.clone());
                return;
            }
            found = faults;
        }
        let Some(good) = self.good_book.clone().or_else(|| self.saved_good_book()) else {
            // There is nothing to fall back on.
            self.overlay.lay(BOOK_FILE, self.open_book.clone());
            return;
        };
        self.good_book = Some(good.clone());
        self.overlay.lay(BOOK_FILE, Some(good));
        self.broken_book = Some((text, found));
    }
}

impl Engine {
    fn settings(&self, text: &str) -> (Option<config::Config>, Vec<Diagnostic>) {
        config::read(text, self.request.base_url.as_deref())
    }

    /// `book.toml` as it is on disk, if that has no errors.
    fn saved_good_book(&self) -> Option<Arc<String>> {
        let (text, found) = saved_book(&self.overlay);
        (found.is_empty() && self.settings(&text).0.is_some()).then_some(text)
    }
}

/// `book.toml` as it is on disk, and what is wrong if it can't be read as text.
fn saved_book(overlay: &Overlay) -> (Arc<String>, Vec<Diagnostic>) {
    let bytes = match overlay.saved().read(BOOK_FILE) {
        Ok(bytes) => bytes,
        Err(error) => {
            let message = format!("book.toml can't be read: {}", plain_words(&error));
            let place = config::book_span(TextRange::default());
            return (Arc::default(), vec![Diagnostic::error(code::UNREADABLE, place, message)]);
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => (Arc::new(text), Vec::new()),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let place = config::book_span(TextRange::new(at, at + 1));
            let fault = Diagnostic::error(code::INVALID_UTF8, place, "book.toml is not UTF-8");
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            (Arc::new(text), vec![fault.help("save it as UTF-8 in your editor")])
        }
    }
}

/// Checks the finished pages of an edition in the background.
fn check(edition: Arc<Edition>, canceled: Arc<AtomicBool>, tell: impl Fn(Told) + Send + 'static) {
    std::thread::spawn(move || {
        if let Some(found) = edition.finished(&canceled) {
            tell(Told::Checked(edition.number(), found.to_vec()));
        }
    });
}
