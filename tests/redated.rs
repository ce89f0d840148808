//! Events that move in time while a site is followed: the preview renumbers them instead of making the model anew, and has to
//! come to the same.
//!
//! Every event is told, cited, queried and caused by others, so that each list of events that pages show has something to lose.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use backgrounder::build::live::{Change, Live};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::incremental::difference;
use crate::live::{SiteFiles, request};
use crate::trials::trials;

/// What events may be dated: equal days, so that `order` and ids decide; spans, doubt, and times of a day.
const DATES: [&str; 10] = [
    "2025-03-01",
    "2025-03-15",
    "2025-03-15T10:00:00Z",
    "2025-03",
    "2025-04-10~",
    "2025-04-10",
    "2025-03-20/2025-04-20",
    "2024",
    "2025-05-01/..",
    "\"[2025-03-14, 2025-04-11]\"",
];

const EVENTS: usize = 12;

/// A date for one of the events, and whether it comes before others of its time.
#[derive(Clone, Debug)]
struct Redated {
    event: usize,
    date: usize,
    is_first: bool,
}

fn event(at: usize, date: usize, is_first: bool) -> String {
    let mut out = format!("- id: e{at}\n  date: {}\n  title: Event {at} after [[e{}]]\n", DATES[date], (at + 5) % EVENTS);
    if is_first {
        out.push_str("  order: -1\n");
    }
    let _ = write!(
        out,
        "  summary: See [[e{}]], [[court]] and [[c1]].[@ap]\n  entities: [p{}]\n  claims: [c{}]\n  sources: [ap]\n",
        (at + 1) % EVENTS,
        at % 3,
        at % 2,
    );
    if at % 4 == 1 {
        let _ = writeln!(out, "  caused-by: [e{}, e{}]", (at + 3) % EVENTS, (at + 6) % EVENTS);
    }
    if at.is_multiple_of(3) {
        out.push_str("  significance: major\n  topics: [t]\n  sections: [deal]\n");
    }
    out
}

fn file(dates: &[(usize, bool)], half: usize) -> String {
    (0..EVENTS).filter(|at| at % 2 == half).map(|at| event(at, dates[at].0, dates[at].1)).collect()
}

const FILES: [&str; 2] = ["content/events/a.yaml", "content/events/b.yaml"];

fn desk(dates: &[(usize, bool)]) -> SiteFiles {
    let desk = SiteFiles::default();
    desk.write("book.toml", "[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\n[checks]\norder-violated = \"off\"\n");
    desk.write(
        "content/deal.md",
        "---\ntitle: A deal\ntimeline: {from: 2025-03-15, to: 2025-04-10}\n---\n\nWhat [[e2]] and [[e7]] were, [[e2|again]].[@ap]\n\n```timeline\nto: 2025-03-15\nentities: [p1, p2]\n```\n\n```timeline\ntopics: [t]\n```\n",
    );
    desk.write(
        "content/court.md",
        "---\ntitle: A court\nkey-points: [\"It was [[e4]] or [[e9]].[@ap]\"]\n---\n\nAfter [[e1]].[@ap]\n",
    );
    let entities: String = (0..3)
        .map(|at| format!("- {{id: p{at}, kind: person, name: P{at}, description: \"Met at [[e{at}]].[@ap]\"}}\n"))
        .collect();
    desk.write("content/entities/all.yaml", &entities);
    let claims: String = (0..2)
        .map(|at| {
            format!("- {{id: c{at}, text: \"It was [[e{at}]].\", asserted-by: [p{at}], status: alleged, sources: [ap]}}\n")
        })
        .collect();
    desk.write("content/claims/all.yaml", &claims);
    desk.write("content/glossary.yaml", "- {id: writ, term: Writ, definition: \"Used in [[e3]].\", sources: [ap]}\n");
    desk.write(
        "content/sources/all.yaml",
        "ap:\n  title: A report on [[e8]]\n  publisher: AP\n  date: 2025-04-10\n  url: https://ap.example/1\n",
    );
    (0..2).for_each(|half| desk.write(FILES[half], &file(dates, half)));
    desk
}

fn follow(saves: &[Vec<Redated>]) -> Result<(), TestCaseError> {
    let mut dates: Vec<(usize, bool)> = (0..EVENTS).map(|at| (at % DATES.len(), false)).collect();
    let desk = desk(&dates);
    let open = || Live::open(request(), Arc::new(desk.clone())).map_err(|failure| TestCaseError::fail(failure.to_string()));
    let mut live = open()?;
    prop_assert!(live.edition().blocked().is_none());
    for save in saves {
        save.iter().for_each(|redated| dates[redated.event] = (redated.date, redated.is_first));
        (0..2).for_each(|half| desk.write(FILES[half], &file(&dates, half)));
        let edition = live.update(&Change::Paths(BTreeSet::from(FILES.map(str::to_owned))), request().now);
        let found = difference(&edition, &open()?.edition());
        prop_assert!(found.is_none(), "{}", found.unwrap_or_default());
    }
    Ok(())
}

#[test]
fn events_that_move_leave_the_same_site_as_a_clean_build() {
    let redated = (0..EVENTS, 0..DATES.len(), prop::bool::weighted(0.2));
    let redated = redated.prop_map(|(event, date, is_first)| Redated { event, date, is_first });
    let saves = prop::collection::vec(prop::collection::vec(redated, 1..4), 1..4);
    let config = Config { source_file: Some(file!()), ..trials(24) };
    if let Err(error) = TestRunner::new(config).run(&saves, |saves| follow(&saves)) {
        panic!("{error}");
    }
}
