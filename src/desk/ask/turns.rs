//! Who may ask a host, and when: one request at a time, with a pause before the next, and none to a host that wants none.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::base::web_address;
use crate::check::external::End;
use crate::desk::fetch::{self, Heard, Method, NotFetched, Reply};

/// Who asks a server.
pub(super) trait Door: Sync {
    /// Asks once.
    fn hear(&self, address: &str, method: Method) -> Result<Heard, NotFetched>;
}

/// The network.
pub(super) struct Network {
    pub(super) patience: Duration,
}

impl Door for Network {
    fn hear(&self, address: &str, method: Method) -> Result<Heard, NotFetched> {
        fetch::hear(address, method, self.patience)
    }
}

/// Before the second and the third try, as many times the pause.
const WAITS: [u32; 2] = [2, 6];

/// The longest time that a host may ask us to wait. Whoever asks for more is left alone.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// How many addresses in a row may go unanswered before the rest of a site is left alone.
const UNANSWERED: usize = 2;

/// The turns of all hosts.
pub(super) struct Turns<'a> {
    door: &'a dyn Door,
    pause: Duration,
    hosts: Mutex<BTreeMap<String, Arc<Mutex<Host>>>>,
}

/// What is known of a host.
#[derive(Default)]
struct Host {
    was_asked: bool,
    /// Whether it refuses to say anything without the page itself.
    refuses_heads: bool,
    /// How many of its addresses in a row had no answer.
    unanswered: usize,
    /// Which of its sites (scheme, host and port) aren't asked any more, and what is said of their addresses instead.
    closed: BTreeMap<String, End>,
}

impl<'a> Turns<'a> {
    pub(super) fn new(door: &'a dyn Door, pause: Duration) -> Self {
        Self { door, pause, hosts: Mutex::default() }
    }

    /// What is heard of an address. Waits for its host's turn, and asks again if a failure may pass.
    pub(super) fn hear(&self, address: &str) -> Result<Heard, NotFetched> {
        let host = web_address::host(address).to_owned();
        let host = self.hosts.lock().unwrap_or_else(PoisonError::into_inner).entry(host).or_default().clone();
        // Whoever holds this lock has the turn, also while waiting for the next try.
        let mut host = host.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(end) = host.closed.get(site_of(address)) {
            return Ok(Heard::Silence(end.clone()));
        }
        let mut heard = self.first(address, &mut host)?;
        for times in WAITS {
            let Some(wait) = may_pass(&heard).filter(|wait| *wait <= LONGEST_WAIT) else { break };
            thread::sleep(wait.max(self.pause * times));
            heard = self.door.hear(address, Method::Get)?;
        }
        host.learn(address, &heard);
        Ok(heard)
    }

    /// Asks for the first time: for the head and, if that is refused, for the page.
    fn first(&self, address: &str, host: &mut Host) -> Result<Heard, NotFetched> {
        if host.was_asked {
            thread::sleep(self.pause);
        }
        host.was_asked = true;
        if host.refuses_heads {
            return self.door.hear(address, Method::Get);
        }
        let heard = self.door.hear(address, Method::Head)?;
        if !is_of_method(&heard) {
            return Ok(heard);
        }
        thread::sleep(self.pause);
        if matches!(heard, Heard::Reply(Reply { status: 405 | 501, .. })) {
            host.refuses_heads = true;
        }
        self.door.hear(address, Method::Get)
    }
}

impl Host {
    /// Draws conclusions for the other addresses of the same site.
    fn learn(&mut self, address: &str, heard: &Heard) {
        let end = match heard {
            Heard::Silence(end @ (End::NoHost | End::Refused)) => Some(end.clone()),
            Heard::Silence(End::Late) => {
                self.unanswered += 1;
                (self.unanswered >= UNANSWERED).then_some(End::Spared)
            }
            Heard::Reply(Reply { status: 429, .. }) => Some(End::Spared),
            Heard::Reply(Reply { wait: Some(wait), .. }) if *wait > LONGEST_WAIT => Some(End::Spared),
            _ => {
                self.unanswered = 0;
                None
            }
        };
        if let Some(end) = end {
            self.closed.insert(site_of(address).to_owned(), end);
        }
    }
}

/// Whether an answer may be due to the method: many servers refuse to give the head alone, in many ways.
fn is_of_method(heard: &Heard) -> bool {
    match heard {
        Heard::Reply(reply) => reply.status >= 400 && !matches!(reply.status, 401 | 407 | 429 | 451) && reply.wait.is_none(),
        Heard::Silence(end) => matches!(end, End::Late | End::Other(_)),
    }
}

/// Whether a failure may pass, and how long the host wants us to wait at least.
fn may_pass(heard: &Heard) -> Option<Duration> {
    match heard {
        Heard::Reply(reply) if reply.status == 429 || matches!(reply.status, 500..=599) && reply.status != 501 => {
            Some(reply.wait.unwrap_or_default())
        }
        Heard::Reply(_) => None,
        Heard::Silence(End::Circle | End::Spared | End::Status(_)) => None,
        Heard::Silence(_) => Some(Duration::ZERO),
    }
}

/// The scheme, host and port of an address.
fn site_of(address: &str) -> &str {
    let begin = address.find("://").map_or(0, |at| at + "://".len());
    let end = address[begin..].find(['/', '?', '#']).map_or(address.len(), |at| begin + at);
    &address[..end]
}
