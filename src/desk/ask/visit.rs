//! Asks for one address, and follows its redirects one by one: each is a request to a host that has turns of its own, and only
//! those that are permanent say where an address has moved.

use super::turns::Turns;
use crate::base::web_address;
use crate::check::external::{Answer, End};
use crate::desk::fetch::{Heard, NotFetched, Reply};

/// How many redirects are followed; browsers follow twenty.
const REDIRECTS: usize = 20;

/// What is heard of an address in the end.
pub(super) fn visit(address: &str, turns: &Turns<'_>) -> Result<Answer, NotFetched> {
    let mut been = vec![address.to_owned()];
    let (mut moved, mut is_permanent) = (None, true);
    let end = loop {
        let here = &been[been.len() - 1];
        let (status, location) = match turns.hear(here)? {
            Heard::Reply(Reply { status: status @ (301 | 302 | 303 | 307 | 308), location: Some(to), .. }) => (status, to),
            Heard::Reply(reply) => break End::Status(reply.status),
            Heard::Silence(end) => break end,
        };
        let Some(next) = web_address::followed(here, &location) else {
            break End::Other("it leads to something that is no web page".to_owned());
        };
        is_permanent &= matches!(status, 301 | 308);
        if been.contains(&next) || been.len() > REDIRECTS {
            break End::Circle;
        }
        if is_permanent {
            moved = Some(next.clone());
        }
        been.push(next);
    };
    let last = been.pop().filter(|_| !been.is_empty());
    Ok(Answer { moved, last, end })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Mutex;
    use std::time::Duration;

    use super::super::turns::Door;
    use super::*;
    use crate::desk::fetch::Method;

    /// What is heard of each address, one after another; the last is repeated. Keeps what was asked.
    #[derive(Default)]
    struct Script {
        heard: BTreeMap<&'static str, Vec<Heard>>,
        asked: Mutex<Vec<String>>,
    }

    impl Door for Script {
        fn hear(&self, address: &str, method: Method) -> Result<Heard, NotFetched> {
            let mut asked = self.asked.lock().unwrap();
            let before = asked.iter().filter(|one| one.ends_with(&format!(" {address}"))).count();
            asked.push(format!("{method:?} {address}"));
            let heard = &self.heard[address];
            Ok(heard[before.min(heard.len() - 1)].clone())
        }
    }

    fn status(status: u16) -> Heard {
        Heard::Reply(Reply { status, ..Reply::default() })
    }

    fn redirect(status: u16, to: &str) -> Heard {
        Heard::Reply(Reply { status, location: Some(to.to_owned()), wait: None })
    }

    fn wait(status: u16, seconds: u64) -> Heard {
        Heard::Reply(Reply { status, location: None, wait: Some(Duration::from_secs(seconds)) })
    }

    /// What comes of these addresses, asked in this order, and all requests.
    fn visited(heard: &[(&'static str, &[Heard])], addresses: &[&str]) -> (Vec<Answer>, Vec<String>) {
        let script = Script { heard: heard.iter().map(|(at, heard)| (*at, heard.to_vec())).collect(), ..Script::default() };
        let turns = Turns::new(&script, Duration::ZERO);
        let answers = addresses.iter().map(|address| visit(address, &turns).unwrap()).collect();
        (answers, script.asked.into_inner().unwrap())
    }

    const A: &str = "https://a.example/a";
    const B: &str = "https://b.example/b";
    const C: &str = "https://a.example/c";

    fn ends(heard: &[(&'static str, &[Heard])], addresses: &[&str], ends: &[End], asked: &[&str]) {
        let (answers, requests) = visited(heard, addresses);
        assert_eq!(answers.into_iter().map(|answer| answer.end).collect::<Vec<_>>(), ends);
        assert_eq!(requests, asked);
    }

    #[test]
    fn a_head_is_enough_unless_it_is_refused() {
        ends(&[(A, &[status(200)])], &[A], &[End::Status(200)], &["Head https://a.example/a"]);
        for refused in [status(404), status(403), status(405), status(500), Heard::Silence(End::Late)] {
            let asked = ["Head https://a.example/a", "Get https://a.example/a"];
            ends(&[(A, &[refused, status(200)])], &[A], &[End::Status(200)], &asked);
        }
        // A host that refuses heads as such isn't asked for one again.
        let heard: &[(&str, &[Heard])] = &[(A, &[status(405), status(200)]), (C, &[status(200)])];
        let asked = ["Head https://a.example/a", "Get https://a.example/a", "Get https://a.example/c"];
        ends(heard, &[A, C], &[End::Status(200), End::Status(200)], &asked);
    }

    #[test]
    fn what_may_pass_is_tried_three_times() {
        let thrice =
            ["Head https://a.example/a", "Get https://a.example/a", "Get https://a.example/a", "Get https://a.example/a"];
        ends(&[(A, &[status(503)])], &[A], &[End::Status(503)], &thrice);
        ends(&[(A, &[status(503), status(503), status(200)])], &[A], &[End::Status(200)], &thrice[..3]);
        ends(&[(A, &[wait(429, 0), status(200)])], &[A], &[End::Status(200)], &thrice[..2]);
        ends(&[(A, &[Heard::Silence(End::NoHost)])], &[A], &[End::NoHost], &[thrice[0], thrice[1], thrice[2]]);
        // What won't pass isn't.
        ends(&[(A, &[status(404)])], &[A], &[End::Status(404)], &thrice[..2]);
    }

    #[test]
    fn a_host_that_does_not_answer_or_wants_to_be_left_alone_is() {
        let (answers, asked) = visited(&[(A, &[wait(429, 3600)])], &[A, C]);
        assert_eq!(answers.iter().map(|answer| &answer.end).collect::<Vec<_>>(), [&End::Status(429), &End::Spared]);
        assert_eq!(asked, ["Head https://a.example/a"]);
        let (answers, asked) = visited(&[(A, &[Heard::Silence(End::Refused)])], &[A, C]);
        assert!(answers.iter().all(|answer| answer.end == End::Refused) && asked.len() == 3, "{asked:?}");
        let late: &[Heard] = &[Heard::Silence(End::Late)];
        let d = "https://a.example/d";
        let (answers, _) = visited(&[(A, late), (C, late)], &[A, C, d]);
        assert_eq!(answers[2].end, End::Spared);
        // A failing page says nothing about the others.
        let (answers, _) = visited(&[(A, &[status(500)]), (C, &[status(200)])], &[A, C]);
        assert!(answers[1].is_fine());
    }

    #[test]
    fn only_permanent_redirects_say_where_it_moved() {
        let moved = |first: Heard, second: Heard| {
            let (answers, _) = visited(&[(A, &[first]), (B, &[second]), (C, &[status(200)])], &[A]);
            (answers[0].moved.clone(), answers[0].last.clone())
        };
        let some = |address: &str| Some(address.to_owned());
        assert_eq!(moved(redirect(301, B), status(200)), (some(B), some(B)));
        assert_eq!(moved(redirect(302, B), status(200)), (None, some(B)));
        assert_eq!(moved(redirect(308, B), redirect(307, C)), (some(B), some(C)));
        assert_eq!(moved(redirect(303, B), redirect(301, C)), (None, some(C)));
        assert_eq!(moved(redirect(301, "/c"), status(200)), (some(C), some(C)));
    }

    #[test]
    fn redirects_end() {
        let (answers, asked) = visited(&[(A, &[redirect(301, B)]), (B, &[redirect(302, A)])], &[A]);
        assert_eq!((&answers[0].end, asked.len()), (&End::Circle, 2));
        for elsewhere in ["file:///etc/passwd", "mailto:a@b.example", "https://u:p@b.example/"] {
            let (answers, asked) = visited(&[(A, &[redirect(301, elsewhere)])], &[A]);
            assert!(matches!(answers[0].end, End::Other(_)) && asked.len() == 1, "{elsewhere}");
        }
        let (answers, _) = visited(&[(A, &[redirect(302, B)]), (B, &[status(404)])], &[A]);
        assert_eq!(answers[0], Answer { moved: None, last: Some(B.to_owned()), end: End::Status(404) });
    }
}
