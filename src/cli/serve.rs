//! `backgrounder serve`.

#![expect(clippy::disallowed_methods, reason = "it reads a script that the person who starts it names")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use clap::Args;

use super::SiteOptions;
use super::follow::{Follower, SavedFiles};
use super::moment::Moment;
use super::progress::Progress;
use super::report::{self, Loudness, Stages};
use super::terminal::say;
use crate::build::Failure;
use crate::build::stage::Stage;
use crate::serve::{self, Clock, News};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The folder with book.toml
    #[arg(default_value = ".", value_name = "ROOT")]
    root: PathBuf,
    /// The host name or address to listen on; use 0.0.0.0 to let others on your network in
    #[arg(short = 'n', long, value_name = "HOST", default_value = "localhost")]
    hostname: String,
    /// The port; if it is taken, the next free one
    #[arg(short, long, value_name = "PORT", default_value_t = 3000)]
    port: u16,
    /// Open the site in a browser
    #[arg(short, long)]
    open: bool,
    #[command(flatten)]
    editing: Editing,
    /// Leave out drafts and embargoed records
    #[arg(long)]
    no_drafts: bool,
    #[expect(clippy::doc_markdown, reason = "`--help` prints this text")]
    /// The time to show the site at, such as 2025-12-22T12:00:00Z, or a day. The default is SOURCE_DATE_EPOCH, or the
    /// current time
    #[arg(long, value_name = "TIME", value_parser = Moment::parse)]
    now: Option<Moment>,
    /// The script of axe-core, for “See as …”; node_modules/axe-core/axe.min.js in the site's folder unless given
    #[arg(long, value_name = "FILE")]
    axe: Option<PathBuf>,
    /// Poll the files for changes, where the system does not report them
    #[arg(long)]
    poll: bool,
}

/// Whether records may be edited.
#[derive(Debug, Args)]
struct Editing {
    /// Let people edit records in the browser; on unless -n names another host than this machine
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    edit: Option<bool>,
    /// Don't let anyone edit records in the browser
    #[arg(long, conflicts_with = "edit")]
    no_edit: bool,
}

impl Editing {
    /// What was said; `None` if nothing was.
    fn wanted(&self) -> Option<bool> {
        if self.no_edit { Some(false) } else { self.edit }
    }
}

pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    let site = SiteOptions {
        root: options.root.clone(),
        drafts: !options.no_drafts,
        now: options.now,
        strict: false,
        base_url: None,
    };
    let files = Arc::new(report::open(&site.root)?);
    let wanted = serve::Options {
        request: site.request()?,
        host: options.hostname.clone(),
        port: options.port,
        edit: options.editing.wanted(),
        poll: options.poll,
        axe: axe(options)?,
        clock: Clock(site.fixed_time()?),
    };
    let progress = Mutex::new(Some(Progress::begin("reading the site", loudness)));
    let stages = Mutex::new(Stages::new(loudness));
    let follower = Mutex::new(Follower::new(loudness, site.drafts));
    let open = options.open;
    let tell = move |news: News<'_>| {
        let mut stages = stages.lock().unwrap_or_else(PoisonError::into_inner);
        if let News::StageEnded(stage) = news {
            return stages.end(stage);
        }
        let mut progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
        if let (News::Shown, Some(progress)) = (&news, &*progress) {
            return progress.now("checking the pages");
        }
        // By the time anything else is printed, the progress line is gone.
        *progress = None;
        let mut follower = follower.lock().unwrap_or_else(PoisonError::into_inner);
        match news {
            News::Ready { address, network, taken } => {
                if loudness != Loudness::Quiet || taken.is_some() {
                    ready(&address, network.as_deref(), taken);
                }
                // The system's message would name programs that nobody has heard of.
                if open && open::that_detached(&address).is_err() {
                    say!("can't open a browser: go to {address} yourself");
                }
                // The time from here on belongs to the check, not to opening the browser.
                stages.goes_on();
            }
            News::Saved => {
                *stages = Stages::new(loudness);
                *progress = Some(Progress::begin("reading your changes", loudness));
            }
            News::Shown | News::StageEnded(_) => {}
            News::Moved(address) => say!("the site has moved to {address}"),
            News::Checked { edition, found, changed, removed, took } => {
                stages.end(Stage::Check);
                stages.print();
                *stages = Stages::new(loudness);
                follower.checked(edition, found, &SavedFiles { changed, removed }, took);
            }
            News::Polling(why) => report::polls(&why),
        }
    };
    serve::serve(&wanted, files, Arc::new(tell))?;
    Ok(ExitCode::SUCCESS)
}

/// The script that finds faults in pages, if it is named or stands where npm puts it.
fn axe(options: &Options) -> Result<Option<Arc<Vec<u8>>>, Failure> {
    match &options.axe {
        Some(file) => {
            let bytes = std::fs::read(file).map_err(Failure::io(format!("{} can't be read", file.display())))?;
            Ok(Some(Arc::new(bytes)))
        }
        None => Ok(std::fs::read(options.root.join("node_modules/axe-core/axe.min.js")).ok().map(Arc::new)),
    }
}

fn ready(address: &str, network: Option<&str>, taken: Option<u16>) {
    if let Some(port) = taken {
        say!("port {port} is taken, so the preview uses the next free one");
    }
    say!("the site is at {address}");
    if let Some(network) = network {
        say!("other devices on your network, such as your phone, can see it at {network}");
    }
    say!("the preview updates whenever you save; press Ctrl-C to stop");
}
