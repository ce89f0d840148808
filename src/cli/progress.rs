//! A progress line on the terminal, shown once a run takes longer than a second.

#![expect(clippy::disallowed_methods, reason = "the program reports how long things took")]

use std::borrow::Cow;
use std::io::IsTerminal;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{RecvTimeoutError, Sender, bounded};

use super::report::{Loudness, Stages};
use super::terminal;
use crate::build::Failure;
use crate::build::stage::{OnStage, Stage};

/// How long to wait before showing it.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line is updated.
const EVERY: Duration = Duration::from_millis(200);

/// The line; dropping this removes it.
pub(super) struct Progress {
    doing: Arc<Mutex<Cow<'static, str>>>,
    /// Dropping this ends the thread.
    alive: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts with `doing`. Nothing is ever written if standard error is not a terminal, or in quiet mode.
    pub(super) fn begin(doing: &'static str, loudness: Loudness) -> Self {
        let doing = Arc::new(Mutex::new(Cow::from(doing)));
        let mut progress = Self { doing: doing.clone(), alive: None, thread: None };
        if loudness != Loudness::Quiet && std::io::stderr().is_terminal() {
            let (alive, ended) = bounded(0);
            let begun = Instant::now();
            let line = move || {
                let mut wait = PATIENCE;
                while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                    wait = EVERY;
                    let doing = doing.lock().unwrap_or_else(PoisonError::into_inner).clone();
                    terminal::text(format_args!("\r\u{1b}[2K{doing} … {} s", begun.elapsed().as_secs()));
                }
                if wait == EVERY {
                    terminal::text(format_args!("\r\u{1b}[2K"));
                }
            };
            progress.thread = std::thread::Builder::new().name("progress".to_owned()).spawn(line).ok();
            progress.alive = Some(alive);
        }
        progress
    }

    /// Sets what the line says from now on.
    pub(super) fn now(&self, doing: impl Into<Cow<'static, str>>) {
        *self.doing.lock().unwrap_or_else(PoisonError::into_inner) = doing.into();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.alive = None;
        if let Some(thread) = self.thread.take() {
            // Erase the line before anything else is printed.
            let _ = thread.join();
        }
    }
}

/// Runs `work`, which reports the end of each stage. Shows progress while it runs, and then how long each stage took.
pub(super) fn staged<T>(
    loudness: Loudness,
    work: impl FnOnce(&mut OnStage<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let progress = Progress::begin("reading the files", loudness);
    let mut stages = Stages::new(loudness);
    let done = work(&mut |stage| {
        stages.end(stage);
        progress.now(after(stage));
    })?;
    drop(progress);
    stages.print();
    Ok(done)
}

/// What the program does after a stage has ended.
pub(super) fn after(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "reading the records",
        Stage::Parse => "resolving links",
        Stage::Resolve => "checking",
        Stage::Check => "preparing pages",
        Stage::Plan => "making pages",
        Stage::Pages | Stage::Write => "finishing",
    }
}
