//! What is heard of an address, and what that says about it.

use std::collections::BTreeMap;

/// How asking for an address ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// A server answered with this status.
    Status(u16),
    /// The name of the host has no address.
    NoHost,
    /// Nothing accepts connections there.
    Refused,
    /// There is no safe connection, for this reason.
    Unsafe(String),
    /// There was no answer in time.
    Late,
    /// Redirects lead in a circle, or don't end.
    Circle,
    /// It wasn't asked, because its host had stopped answering, or wants to be left alone.
    Spared,
    /// Something else went wrong, in a clause.
    Other(String),
}

/// What was heard of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Where it moved for good, by its own word.
    pub moved: Option<String>,
    /// The address that was asked last, if redirects led to another one.
    pub last: Option<String>,
    /// How it ended.
    pub end: End,
}

/// What was heard of all addresses.
#[derive(Debug, Default)]
pub struct Answers {
    /// By address.
    pub by_address: BTreeMap<String, Answer>,
    /// Which parts of the network could be reached.
    pub reached: Reached,
}

/// Which parts of the network could be reached. If no server at all answers, the fault is with this machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// Whether any server answered.
    pub any: bool,
    /// Whether any did over a safe connection.
    pub safely: bool,
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Readers get a page.
    Fine,
    /// They don't, for this reason.
    Dead(String),
    /// Nobody can say, for this reason.
    Unchecked(String),
}

impl Reached {
    /// Adds what an answer tells about the network.
    pub fn add(&mut self, address: &str, answer: &Answer) {
        if matches!(answer.end, End::Status(_)) {
            self.any = true;
            self.safely |= answer.last.as_deref().unwrap_or(address).starts_with("https:");
        }
    }

    /// Whether an answer means what it seems to, and not that this machine has no network.
    #[must_use]
    pub fn bears_out(self, end: &End) -> bool {
        match end {
            End::NoHost | End::Refused => self.any,
            End::Unsafe(_) => self.safely,
            _ => true,
        }
    }
}

impl Answer {
    /// An answer that nothing is wrong with.
    #[must_use]
    pub fn fine(moved: Option<String>) -> Self {
        Self { moved, last: None, end: End::Status(200) }
    }

    /// Whether readers get a page.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        matches!(self.end, End::Status(200..=299))
    }

    /// What it says, if this much of the network could be reached.
    #[must_use]
    pub fn verdict(&self, reached: Reached) -> Verdict {
        if self.is_fine() {
            return Verdict::Fine;
        }
        let is_dead = matches!(self.end, End::Status(404 | 410) | End::NoHost | End::Refused | End::Unsafe(_))
            && reached.bears_out(&self.end);
        let mut why = reason(&self.end);
        if !reached.bears_out(&self.end) {
            why.push_str(", and no other site could be reached to tell whether that is this machine's fault");
        }
        let why = match &self.last {
            Some(last) => format!("it leads to {last}, and {why}"),
            None => why,
        };
        if is_dead { Verdict::Dead(why) } else { Verdict::Unchecked(why) }
    }
}

/// How it ended, in a clause.
fn reason(end: &End) -> String {
    match end {
        End::Status(status) => match meaning(*status) {
            Some(meaning) => format!("the server answers {status} ({meaning})"),
            None => format!("the server answers {status}"),
        },
        End::NoHost => "there is no such host".to_owned(),
        End::Refused => "its host can't be connected to".to_owned(),
        End::Unsafe(words) => format!("there is no safe connection ({words})"),
        End::Late => "the server didn't answer in time".to_owned(),
        End::Circle => "its redirects don't end".to_owned(),
        End::Spared => "it wasn't asked, since its host stopped answering or wants to be left alone".to_owned(),
        End::Other(words) => words.clone(),
    }
}

/// What the commonest refusals are called.
fn meaning(status: u16) -> Option<&'static str> {
    Some(match status {
        401 => "it wants a login",
        402 => "it wants to be paid",
        403 => "forbidden",
        404 => "not found",
        410 => "gone",
        429 => "too many requests",
        451 => "unavailable for legal reasons",
        500 => "internal error",
        502 => "bad gateway",
        503 => "unavailable",
        504 => "gateway timeout",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONLINE: Reached = Reached { any: true, safely: true };

    fn verdict(end: End, reached: Reached) -> Verdict {
        Answer { moved: None, last: None, end }.verdict(reached)
    }

    #[test]
    fn only_what_is_certain_is_dead() {
        for end in [End::Status(404), End::Status(410), End::NoHost, End::Refused, End::Unsafe("expired".to_owned())] {
            assert!(matches!(verdict(end.clone(), ONLINE), Verdict::Dead(_)), "{end:?}");
        }
        for status in [400, 401, 403, 405, 418, 429, 451, 500, 503, 304, 999] {
            assert!(matches!(verdict(End::Status(status), ONLINE), Verdict::Unchecked(_)), "{status}");
        }
        for end in [End::Late, End::Circle, End::Spared, End::Other("x".to_owned())] {
            assert!(matches!(verdict(end.clone(), ONLINE), Verdict::Unchecked(_)), "{end:?}");
        }
        for status in [200, 204, 206] {
            assert_eq!(verdict(End::Status(status), Reached::default()), Verdict::Fine);
        }
    }

    #[test]
    fn a_machine_without_a_network_calls_nothing_dead() {
        for end in [End::NoHost, End::Refused, End::Unsafe("x".to_owned())] {
            assert!(matches!(verdict(end, Reached::default()), Verdict::Unchecked(_)));
        }
        let plainly = Reached { any: true, safely: false };
        assert!(matches!(verdict(End::NoHost, plainly), Verdict::Dead(_)));
        assert!(matches!(verdict(End::Unsafe("x".to_owned()), plainly), Verdict::Unchecked(_)));
    }

    #[test]
    fn a_dead_end_of_redirects_is_named() {
        let answer = Answer { moved: None, last: Some("https://b.example/".to_owned()), end: End::Status(404) };
        let why = "it leads to https://b.example/, and the server answers 404 (not found)".to_owned();
        assert_eq!(answer.verdict(ONLINE), Verdict::Dead(why));
    }
}
