//! Which addresses answered well a short time ago: a small text in the cache folder, with a line for each.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};

use crate::check::external::Answer;
use crate::source::Files;

/// For how long an address that answered well isn't asked again.
const FRESH: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Its name in the cache folder.
const NAME: &str = "addresses.txt";

/// Its first line.
const HEAD: &str =
    "# When addresses of other sites answered well, and where they moved for good: `backgrounder check --external`";

/// Addresses that answered well, with the time and, if they moved for good, the new address.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Known(BTreeMap<String, (Timestamp, Option<String>)>);

impl Known {
    /// What is known at this time.
    pub(super) fn read(files: &dyn Files, now: Timestamp) -> Self {
        let text = files.cached(NAME).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        Self::parse(&text, now)
    }

    fn parse(text: &str, now: Timestamp) -> Self {
        let is_fresh = |when: Timestamp| when <= now && when.duration_until(now) < FRESH;
        let entry = |line: &str| {
            let mut parts = line.split(' ');
            let when = parts.next()?.parse().ok().filter(|when| is_fresh(*when))?;
            Some((parts.next()?.to_owned(), (when, parts.next().map(str::to_owned))))
        };
        Self(text.lines().filter_map(entry).collect())
    }

    fn text(&self) -> String {
        let mut out = format!("{HEAD}\n");
        for (address, (when, moved)) in &self.0 {
            let moved = moved.as_ref().map(|moved| format!(" {moved}")).unwrap_or_default();
            // Writing to a string can't fail.
            let _ = writeln!(out, "{when} {address}{moved}");
        }
        out
    }

    pub(super) fn has(&self, address: &str) -> bool {
        self.0.contains_key(address)
    }

    /// What an address answered.
    pub(super) fn answer(&self, address: &str) -> Answer {
        Answer::fine(self.0.get(address).and_then(|(_, moved)| moved.clone()))
    }

    /// Notes an answer; one that isn't fine is asked for again next time.
    pub(super) fn note(&mut self, address: &str, answer: &Answer, now: Timestamp) {
        if answer.is_fine() {
            self.0.insert(address.to_owned(), (now, answer.moved.clone()));
        } else {
            self.0.remove(address);
        }
    }

    /// Keeps it for the next run.
    pub(super) fn keep(&self, files: &dyn Files) {
        files.cache(NAME, self.text().as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::external::End;

    #[test]
    fn what_answered_well_is_known_for_a_week() {
        let now: Timestamp = "2025-12-22T12:00:00Z".parse().unwrap();
        let mut known = Known::default();
        known.note("https://b.example/", &Answer::fine(None), now);
        known.note("https://a.example/", &Answer::fine(Some("https://c.example/".to_owned())), now);
        known.note("https://d.example/", &Answer { moved: None, last: None, end: End::Status(403) }, now);
        let text = known.text();
        assert_eq!(
            text,
            format!(
                "{HEAD}\n2025-12-22T12:00:00Z https://a.example/ https://c.example/\n2025-12-22T12:00:00Z https://b.example/\n"
            )
        );
        let at = |time: &str| Known::parse(&text, time.parse().unwrap()).0.len();
        assert_eq!(Known::parse(&text, now), known);
        assert_eq!(at("2025-12-29T11:59:59Z"), 2);
        assert_eq!(at("2025-12-29T12:00:00Z"), 0);
        assert_eq!(at("2025-12-22T11:00:00Z"), 0, "nothing is known of the future");
        assert_eq!(Known::parse("\u{0}nonsense\n2025-12-22T12:00:00Z\n\n2025 x", now), Known::default());
    }
}
