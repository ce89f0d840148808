//! The preview: shows a site in browsers and follows what its authors save.
//!
//! One thread waits for files to change ([`watch`]), lets [`Live`] make the next edition of the site, and puts it into
//! the [`state`]. Requests ([`http`]) are answered from there: a page is made when a browser asks for it. A script in each
//! page is told about each new state, asks what that means for its page ([`sync`]), and updates the parts that differ.
//!
//! Nothing here decides what a page contains. What the preview adds to a page (the script and all that it shows) is added
//! on the way out, so it can't get into a build.

#![expect(clippy::disallowed_methods, reason = "a preview runs for a long time, so it reads the clock itself")]

mod address;
mod changed_pages;
mod client;
pub mod cursor;
mod debounce;
mod desk;
mod editor;
mod guard;
mod http;
mod listen;
mod problems;
mod respond;
mod scan;
mod settings;
mod state;
mod sync;
pub mod watch;
mod withheld;

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::build::Failure;
use crate::build::edition::Edition;
use crate::build::live::{Change, Live};
use crate::build::pipeline::Request;
use crate::build::stage::Stage;
use crate::diagnostics::Diagnostic;
use crate::source::Files;
use cursor::Cursor;
use desk::session::Session;
use scan::WatchPaths;
use settings::Settings;
use state::{Preview, Save, State};
use watch::{PollReason, Watch};

/// A clock. It stands still if the preview was given a fixed time.
#[derive(Clone, Copy, Debug)]
pub struct Clock(pub Option<jiff::Timestamp>);

impl Clock {
    /// The current time.
    #[must_use]
    pub fn now(self) -> jiff::Timestamp {
        self.0.unwrap_or_else(jiff::Timestamp::now)
    }
}

/// What the caller wants.
#[derive(Clone, Debug)]
pub struct Options {
    /// The site, and whether drafts are shown.
    pub request: Request,
    /// The name or address to listen on.
    pub host: String,
    /// The port, or the first one to try.
    pub port: u16,
    /// Whether records may be edited in the browser; `None` if nobody said so, and the host decides.
    pub edit: Option<bool>,
    /// Whether to poll the files instead of waiting for the system's messages.
    pub poll: bool,
    /// The script of axe-core, if there is one.
    pub axe: Option<Arc<Vec<u8>>>,
    /// The time.
    pub clock: Clock,
}

impl Options {
    /// Whether records may be edited in the browser: as the caller says, or if the host is only for this machine.
    fn may_edit(&self) -> bool {
        self.edit.unwrap_or_else(|| guard::is_loopback(&self.host))
    }
}

/// What the preview reports to its caller.
pub enum News<'a> {
    /// The preview is ready.
    Ready {
        /// Its address on this machine.
        address: String,
        /// Its address for others on the network, if it is open to them.
        network: Option<String>,
        /// The requested port, if it was taken.
        taken: Option<u16>,
    },
    /// A stage in making an edition has ended.
    StageEnded(Stage),
    /// Something was saved, and the next edition is being made.
    Saved,
    /// The next edition is ready, and its pages are being checked.
    Shown,
    /// The site has moved to another path.
    Moved(String),
    /// The report on an edition: what changed, what was found, and how long making it took.
    Checked {
        /// The edition.
        edition: &'a Edition,
        /// The findings on its finished pages.
        found: &'a [Diagnostic],
        /// The files that it is about; none for the first edition.
        changed: &'a BTreeSet<String>,
        /// Those of them that were deleted.
        removed: &'a BTreeSet<String>,
        /// How long it took until pages could be requested.
        took: Duration,
    },
    /// From now on, the files are polled.
    Polling(PollReason),
}

/// A callback for reports.
pub type Tell = dyn Fn(News<'_>) + Send + Sync;

/// Shows the site until the program is interrupted.
///
/// # Errors
/// If the folder does not contain a site, the preview can't listen anywhere, or the system refuses.
pub fn serve(options: &Options, files: Arc<dyn Files>, tell: Arc<Tell>) -> Result<(), Failure> {
    let root = real(&options.request.root)?;
    let door = listen::open(&options.host, options.port)?;
    let settings = read_settings(&root, &*files, &options.request).unwrap_or_else(|| Settings::unknown(&root, None));
    // Start before reading anything, so that no change is missed in between.
    let watch = Watch::new(with_cursor(&settings.watched), options.poll, &mut |why| tell(News::Polling(why)));
    let begun = Instant::now();
    let request = Request { now: options.clock.now(), ..options.request.clone() };
    let live = Live::open_telling(request, files.clone(), &mut |stage| tell(News::StageEnded(stage)))?;
    let took = begun.elapsed();
    // What an earlier preview was making when it was stopped.
    files.tidy_cache();
    let settings = Arc::new(settings);
    let state = State {
        tick: 0,
        edition: live.edition(),
        settings: settings.clone(),
        checked: None,
        saves: Arc::default(),
        pointed: None,
    };
    let desk = if options.may_edit() { Some(Session::begin(files.clone())?) } else { None };
    let preview =
        Arc::new(Preview::new(guard::Names::new(&options.host), root, options.clock, desk, options.axe.clone(), state));
    let taken = (options.port != 0 && door.port != options.port).then_some(options.port);
    let address = address(&options.host, door.port, &settings.base);
    let network = network(&options.host).map(|own| address_of(own, door.port, &settings.base));
    tell(News::Ready { address, network, taken });

    let updates =
        UpdateLoop { live, watch, preview: preview.clone(), files, options: options.clone(), port: door.port, tell };
    std::thread::Builder::new()
        .name("preview".to_owned())
        .spawn(move || updates.work(took))
        .map_err(Failure::io("the preview can't be started"))?;
    run(door.listeners, &preview)
}

/// The saves in a site, for rebuilding it after each.
pub struct Saves<'f, T> {
    root: PathBuf,
    files: &'f dyn Files,
    output: Option<PathBuf>,
    watch: Watch,
    tell: T,
}

impl<'f, T: FnMut(&PollReason)> Saves<'f, T> {
    /// Starts watching the site in `root`. `output` is where it is written, overriding `book.toml`.
    ///
    /// # Errors
    /// If there is no such folder.
    pub fn of(root: &Path, files: &'f dyn Files, output: Option<&Path>, poll: bool, mut tell: T) -> Result<Self, Failure> {
        let root = real(root)?;
        let output = output.map(|folder| std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()));
        let settings = Settings::read(&root, files, output.as_deref(), None)
            .unwrap_or_else(|| Settings::unknown(&root, output.as_deref()));
        let watch = Watch::new(settings.watched, poll, &mut |why| tell(&why));
        Ok(Self { root, files, output, watch, tell })
    }
}

impl<T: FnMut(&PollReason)> Iterator for Saves<'_, T> {
    type Item = BTreeSet<String>;

    /// Waits for the next change; the iterator never ends.
    fn next(&mut self) -> Option<BTreeSet<String>> {
        let changed = self.watch.next(&mut |why| (self.tell)(&why));
        if changed.contains("book.toml")
            && let Some(settings) = Settings::read(&self.root, self.files, self.output.as_deref(), None)
        {
            self.watch.follow(settings.watched, &mut |why| (self.tell)(&why));
        }
        Some(changed)
    }
}

/// The site's folder after following all links, as the system names it in its messages.
fn real(root: &Path) -> Result<PathBuf, Failure> {
    root.canonicalize().map_err(Failure::io(format!("{} can't be opened", root.display())))
}

/// What a preview watches: the site, and the note that says where an editor's cursor is.
fn with_cursor(watched: &WatchPaths) -> WatchPaths {
    let mut watched = watched.clone();
    watched.files.push(cursor::path());
    watched
}

fn read_settings(root: &Path, files: &dyn Files, request: &Request) -> Option<Settings> {
    Settings::read(root, files, request.output.as_deref(), request.base_url.as_deref())
}

/// Answers requests until the program is interrupted.
fn run(listeners: Vec<std::net::TcpListener>, preview: &Arc<Preview>) -> Result<(), Failure> {
    let failed = || Failure::io("the preview had to stop");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed())?;
    let done = runtime.block_on(async {
        let mut servers = tokio::task::JoinSet::new();
        for listener in listeners {
            servers.spawn(http::serve(listener, preview.clone()));
        }
        let ended = std::pin::pin!(servers.join_next());
        let interrupted = std::pin::pin!(tokio::signal::ctrl_c());
        match futures_util::future::select(ended, interrupted).await {
            futures_util::future::Either::Left((Some(Ok(Err(error))), _)) => Err(error),
            _ => Ok(()),
        }
    });
    // Nobody wants the pages that are still being made.
    runtime.shutdown_background();
    done.map_err(failed())
}

/// The address to type on this machine.
fn address(host: &str, port: u16, base: &str) -> String {
    let bare = host.trim_matches(['[', ']']);
    match bare.parse::<IpAddr>() {
        Ok(own) if own.is_unspecified() => format!("http://localhost:{port}{base}"),
        Ok(own) => address_of(own, port, base),
        Err(_) => format!("http://{bare}:{port}{base}"),
    }
}

fn address_of(own: IpAddr, port: u16, base: &str) -> String {
    format!("http://{}{base}", std::net::SocketAddr::new(own, port))
}

/// This machine's address for others, if the preview listens for them.
fn network(host: &str) -> Option<IpAddr> {
    let own: IpAddr = host.trim_matches(['[', ']']).parse().ok()?;
    own.is_unspecified().then(listen::on_network).flatten()
}

/// Makes editions, one after the other.
struct UpdateLoop {
    live: Live,
    watch: Watch,
    preview: Arc<Preview>,
    files: Arc<dyn Files>,
    options: Options,
    port: u16,
    tell: Arc<Tell>,
}

impl UpdateLoop {
    /// Makes an edition of each change until the program ends.
    fn work(mut self, took: Duration) {
        let mut canceled = self.check(BTreeSet::new(), took);
        let tell = self.tell.clone();
        loop {
            let mut changed = self.watch.next(&mut |why| tell(News::Polling(why)));
            if changed.remove(&cursor::path()) {
                self.point();
            }
            if changed.is_empty() {
                continue;
            }
            let begun = Instant::now();
            // A check of an old edition would only delay the next one.
            canceled.store(true, Ordering::Relaxed);
            self.preview.stop_checking();
            tell(News::Saved);
            self.take_in(&changed);
            tell(News::Shown);
            canceled = self.check(changed, begun.elapsed());
        }
    }

    /// Tells the browsers where somebody's cursor is.
    fn point(&self) {
        let Some(cursor) = Cursor::found(&*self.files) else { return };
        self.preview.publish(|state| {
            let number = state.tick + 1;
            let pointed = cursor::pointed(&cursor, &state.edition, &state.settings.base, number)?;
            Some(State { pointed: Some(Arc::new(pointed)), ..state.clone() })
        });
    }

    /// Makes the next edition and publishes it to the browsers.
    fn take_in(&mut self, changed: &BTreeSet<String>) {
        let before = self.live.edition();
        let mut settings = self.preview.state().settings.clone();
        // Extra folders may matter to the site in ways that only its authors know.
        let is_further = |path: &String| settings.further.iter().any(|folder| path.starts_with(folder));
        let mut what = if changed.iter().any(is_further) { Change::All } else { Change::Paths(changed.clone()) };
        // Unreadable settings change nothing: the site stays as it was, too.
        let read =
            changed.contains("book.toml").then(|| read_settings(&self.preview.root, &*self.files, &self.options.request));
        if let Some(read) = read.flatten() {
            if read.base != settings.base {
                (self.tell)(News::Moved(address(&self.options.host, self.port, &read.base)));
            }
            if read.watched != settings.watched {
                self.watch.follow(with_cursor(&read.watched), &mut |why| (self.tell)(News::Polling(why)));
                what = Change::All;
            }
            settings = Arc::new(read);
        }
        let tell = self.tell.clone();
        let edition = self.live.update_telling(&what, self.options.clock.now(), &mut |stage| tell(News::StageEnded(stage)));
        let save = Save { edition: edition.number(), pages: changed_pages::pages(before.tree(), &edition, changed) };
        self.preview.publish(|state| {
            let saves = Save::after(&state.saves, save);
            Some(State { tick: 0, edition, settings, checked: None, saves, pointed: state.pointed.clone() })
        });
    }

    /// Checks the finished pages in the background; returns a flag that stops the check.
    fn check(&self, changed: BTreeSet<String>, took: Duration) -> Arc<AtomicBool> {
        let canceled = Arc::new(AtomicBool::new(false));
        let (preview, tell, stop) = (self.preview.clone(), self.tell.clone(), canceled.clone());
        let edition = self.live.edition();
        let removed: BTreeSet<String> =
            changed.iter().filter(|path| !self.preview.root.join(path).exists()).cloned().collect();
        std::thread::spawn(move || {
            let Some(found) = edition.finished(&stop) else { return };
            tell(News::Checked { edition: &edition, found, changed: &changed, removed: &removed, took });
            let found: Arc<[Diagnostic]> = found.into();
            preview.publish(|state| {
                let still = Arc::ptr_eq(&state.edition, &edition);
                still.then(|| State { checked: Some(found), ..state.clone() })
            });
        });
        canceled
    }
}
