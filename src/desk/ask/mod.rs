//! Asks for addresses of other sites what has become of them, politely: `visit` asks for one, this file for all of them, and
//! `known` remembers what needn't be asked again.

mod known;
mod turns;
mod visit;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Sender, unbounded};

use super::fetch::NotFetched;
use crate::base::web_address;
use crate::check::external::{Addresses, Answer, Answers};
use crate::source::Files;
use known::Known;
use turns::{Network, Turns};
use visit::visit;

/// How many hosts are asked at once.
const AT_ONCE: usize = 6;

/// After how many new answers they are kept, so that a run that is cut short isn't in vain.
const KEPT_AFTER: NonZero<usize> = NonZero::new(20).expect("twenty is not zero");

/// How to ask.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// How long to wait between two requests to one host.
    pub pause: Duration,
    /// How long to wait for an answer.
    pub patience: Duration,
    /// Whether to ask even for addresses that answered well a short time ago.
    pub fresh: bool,
}

/// How far asking has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// How many addresses there are to ask for.
    pub all: usize,
    /// How many of them were asked for.
    pub done: usize,
    /// How many others answered well a short time ago.
    pub known: usize,
}

/// Asks for addresses, each of them once, except for those that answered well in the days before `now`. Tells `on_progress` how
/// far it has come, first before it asks at all.
///
/// # Errors
/// If nothing can be asked because there is no curl.
pub fn ask(
    addresses: &Addresses,
    files: &dyn Files,
    now: jiff::Timestamp,
    manners: Manners,
    on_progress: &mut dyn FnMut(Asked),
) -> Result<Answers, NotFetched> {
    let mut known = Known::read(files, now);
    let mut answers = Answers::default();
    let is_known = |address: &String| !manners.fresh && known.has(address);
    let wanted: Vec<&str> = addresses.0.keys().filter(|address| !is_known(address)).map(String::as_str).collect();
    for address in addresses.0.keys().filter(|address| is_known(address)) {
        answers.by_address.insert(address.clone(), known.answer(address));
    }
    let mut asked = Asked { all: wanted.len(), done: 0, known: answers.by_address.len() };
    on_progress(asked);
    let network = Network { patience: manners.patience };
    let turns = Turns::new(&network, manners.pause);
    let old: Vec<String> = answers.by_address.keys().cloned().collect();
    each(&wanted, &turns, &mut |address, answer| {
        known.note(address, &answer, now);
        answers.reached.add(address, &answer);
        answers.by_address.insert(address.to_owned(), answer);
        asked.done += 1;
        on_progress(asked);
        if asked.done % KEPT_AFTER == 0 {
            known.keep(files);
        }
    })?;
    if asked.done > 0 {
        known.keep(files);
    }
    // One host that can't be found and nothing else to ask: one more address tells whether there is a network at all.
    let is_borne_out = |answer: &Answer| answers.reached.bears_out(&answer.end);
    if !answers.by_address.values().all(is_borne_out)
        && let Some(other) = old.iter().find(|address| address.starts_with("https:")).or(old.first())
    {
        answers.reached.add(other, &visit(other, &turns)?);
    }
    Ok(answers)
}

/// Asks for each address, a few hosts at a time.
fn each(wanted: &[&str], turns: &Turns<'_>, on_answer: &mut dyn FnMut(&str, Answer)) -> Result<(), NotFetched> {
    let mut by_host: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for address in wanted {
        by_host.entry(web_address::host(address)).or_default().push(address);
    }
    // The longest last, where they are taken from: they decide how long it takes.
    let mut queue: Vec<Vec<&str>> = by_host.into_values().collect();
    queue.sort_by_key(Vec::len);
    let (workers, queue, stop) = (queue.len().min(AT_ONCE), Mutex::new(queue), AtomicBool::new(false));
    let (send, answers) = unbounded();
    thread::scope(|scope| {
        for _ in 0..workers {
            let (send, queue, stop) = (send.clone(), &queue, &stop);
            scope.spawn(move || work(queue, turns, stop, &send));
        }
        drop(send);
        for (address, answer) in answers {
            on_answer(address, answer?);
        }
        Ok(())
    })
}

/// Takes one host after another and asks for its addresses, until there is none left or `stop` is set.
fn work<'a>(
    queue: &Mutex<Vec<Vec<&'a str>>>,
    turns: &Turns<'_>,
    stop: &AtomicBool,
    send: &Sender<(&'a str, Result<Answer, NotFetched>)>,
) {
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop();
    while let Some(addresses) = next() {
        for address in addresses {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            let answer = visit(address, turns);
            if answer.is_err() {
                stop.store(true, Ordering::Relaxed);
            }
            // Nobody listens any more once something failed.
            let _ = send.send((address, answer));
        }
    }
}
