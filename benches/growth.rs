//! How the time of a check grows with each thing that a site may have many of: every row doubles one of them.
//!
//! Something that grows like n log n takes a little over twice as long for twice as much. A row that takes longer is
//! marked as a fault: somewhere a loop scans everything that came before. `benches/README.md` says how to read the
//! figures.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark reads the clock, and prints it"
)]

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use backgrounder::build::pipeline::{self, Request};
use backgrounder::source::files::InMemory;

/// If twice as much takes more than this many times as long, it grows faster than n log n.
const MOST: f64 = 2.6;

/// For times below this, a ratio means nothing.
const LEAST: Duration = Duration::from_millis(5);

/// How often to time each size; the shortest time counts.
const RUNS: usize = 3;

/// The files of a site with `n` of something.
type Make = fn(usize) -> Vec<(&'static str, String)>;

/// What is doubled, how many there are at first, and the site.
const ROWS: &[(&str, usize, Make)] = &[
    ("headings, equal", 4_000, |n| page(&repeat(n, |_| "## Same\n\nText.\n\n".into()))),
    ("headings, distinct", 4_000, |n| page(&repeat(n, |at| format!("## Heading {at}\n\nText.\n\n")))),
    ("headings without letters", 4_000, |n| page(&repeat(n, |_| "## !!!\n\nText.\n\n".into()))),
    ("headings `Same-i` beside `Same`", 2_000, |n| page(&repeat(n, |at| format!("## Same-{at}\n\n## Same\n\n")))),
    ("headings with anchors", 4_000, |n| page(&repeat(n, |at| format!("## Heading {{#h-{at}}}\n\n")))),
    ("links to headings of the page", 4_000, |n| page(&repeat(n, |at| format!("## H {at}\n\nSee [[#h-{at}]].\n\n")))),
    ("links to missing headings", 8_000, |n| page(&repeat(n, |at| format!("## H {at}\n\n[[a#g-{at}]]\n\n")))),
    ("links to one record", 8_000, |n| page(&repeat(n, |_| "[[event-0]] ".into()))),
    ("links to each record", 4_000, |n| with_events(n, &repeat(n, |at| format!("[[event-{at}]]\n\n")))),
    ("links to files", 8_000, |n| page(&repeat(n, |_| "[a](a.md) ".into()))),
    ("citations", 8_000, |n| page(&repeat(n, |_| "So.[@s] ".into()))),
    ("citations in one pair of brackets", 2_000, |n| page(&format!("So.[{}]", repeat(n, |at| format!("@s, p. {at}; "))))),
    ("quotations", 2_000, |n| page(&repeat(n, |_| "He said “so it was, and so it is.”[@s] ".into()))),
    ("quotations in paragraphs", 2_000, |n| page(&repeat(n, |_| "> So it was, and so it is.[@s]\n\n".into()))),
    ("dates of events", 2_000, |n| page(&repeat(n, |_| "It [[event-0|shut on March 13]]. ".into()))),
    ("names of people", 2_000, |n| {
        let people = repeat(n, |at| format!("- {{id: p-{at}, kind: person, name: Jane Q. Roe{at}, description: A}}\n"));
        let mut files = page(&repeat(n, |at| format!("So Jane Q. Roe{at} came. ")));
        files.push(("content/entities/people.yaml", people));
        files
    }),
    ("footnotes", 12_500, |n| {
        page(&(repeat(n, |at| format!("A[^{at}] ")) + "\n\n" + &repeat(n, |at| format!("[^{at}]: B\n\n"))))
    }),
    ("footnotes without a text", 4_000, |n| page(&repeat(n, |at| format!("A[^{at}] ")))),
    ("rows of a table", 4_000, |n| page(&format!("| a | b |\n|---|---|\n{}", repeat(n, |_| "| c | d |\n".into())))),
    ("cells of a row", 4_000, |n| {
        page(&format!("{0}|\n{1}|\n{2}|\n", "| a ".repeat(n), "|---".repeat(n), "| c ".repeat(n)))
    }),
    ("comments", 8_000, |n| page(&repeat(n, |_| "A <!-- b --> ".into()))),
    ("lines of a paragraph", 16_000, |n| page(&"A line of words.\n".repeat(n))),
    ("lines of a list", 8_000, |n| page(&"- An item.\n".repeat(n))),
    ("records of one name", 2_000, |n| events(&repeat(n, |_| event("one", "")))),
    ("records of one title", 2_000, |n| events(&repeat(n, |at| event(&format!("e-{at}"), "")))),
    ("records on one line each", 4_000, |n| {
        events(&repeat(n, |at| format!("- {{id: e-{at}, date: 2025, title: E, sources: [s]}}\n")))
    }),
    ("lines of one record", 8_000, |n| events(&event("e", &format!("  summary: |\n{}", "    A line.\n".repeat(n))))),
    ("lines that aren't YAML", 4_000, |n| events(&(event("e", "") + &"x: y: z\n".repeat(n)))),
    ("records that aren't YAML", 2_000, |n| events(&repeat(n, |at| format!("- id: e-{at}\n  title: \"T\n")))),
    ("flow list of equal topics", 75_000, |n| events(&event("e", &format!("  topics: [{}]\n", "a, ".repeat(n))))),
    ("flow list of distinct topics", 75_000, |n| {
        events(&event("e", &format!("  topics: [{}]\n", repeat(n, |at| format!("t-{at}, ")))))
    }),
    ("flow list of equal ids", 40_000, |n| events(&event("e", &format!("  after: [{}]\n", "event-0, ".repeat(n))))),
    ("flow list of unknown ids", 8_000, |n| {
        events(&event("e", &format!("  after: [{}]\n", repeat(n, |at| format!("u-{at}, ")))))
    }),
    ("flow list of lists", 4_000, |n| {
        events(&event("e", &format!("  after: [{}]\n", repeat(n, |at| format!("[u-{at}], ")))))
    }),
    ("commas in a text between braces", 8_000, |n| {
        events(&format!("- {{id: e, date: 2025, title: T{}, sources: [s]}}\n", repeat(n, |at| format!(", word {at}"))))
    }),
    ("anchors on one line", 16_000, |n| {
        events(&event("e", &format!("  topics: [{}]\n", repeat(n, |at| format!("&a{at} x, *a{at}, ")))))
    }),
    ("unknown ids x records", 4_000, |n| with_events(n, &repeat(n, |at| format!("[[evnt-{at}]] ")))),
    ("one unknown id x records", 8_000, |n| with_events(n, &repeat(n, |_| "[[evnt-one]] ".into()))),
    ("unknown keys x sources", 4_000, |n| {
        let mut site = page(&repeat(n, |at| format!("[@surce-{at}] ")));
        site.push(("content/sources/more.yaml", repeat(n, |at| format!("source-{at}: {{title: T}}\n"))));
        site
    }),
    ("unknown files", 8_000, |n| page(&repeat(n, |at| format!("[a](b-{at}.md) ")))),
    ("unknown keys of a record", 1_000, |n| events(&event("e", &repeat(n, |at| format!("  key-{at}: x\n"))))),
    ("aliases", 2_000, |n| head(&format!("aliases: [{}]\n", repeat(n, |at| format!("/old-{at}/, "))))),
    ("old addresses that lead nowhere", 2_000, |n| {
        settings(&format!("[output.html.redirect]\n{}", repeat(n, |at| format!("\"/o-{at}/\" = \"/n-{at}/\"\n"))))
    }),
    ("old anchors of one page", 2_000, |n| {
        settings(&format!("[output.html.redirect]\n{}", repeat(n, |at| format!("\"/a/#o-{at}\" = \"/\"\n"))))
    }),
    ("unknown settings", 2_000, |n| settings(&format!("[site]\n{}", repeat(n, |at| format!("key-{at} = 1\n"))))),
    ("settings that aren't TOML", 2_000, |n| settings(&format!("[site]\n{}", repeat(n, |at| format!("key-{at} = word\n"))))),
    ("updates", 2_000, |n| head(&format!("updates:\n{}", "- {date: 2025-04-01, kind: update, text: T}\n".repeat(n)))),
    ("key points", 4_000, |n| head(&format!("key-points:\n{}", "- A point.[@s]\n".repeat(n)))),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let is_quick = arguments.iter().any(|argument| argument == "--quick");
    let words: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    if arguments.iter().any(|argument| argument.starts_with("--") && argument != "--quick") {
        eprintln!("cargo bench --bench growth -- [--quick] [WORD…]: only rows with one of the words; by default, all");
        return ExitCode::from(2);
    }
    // The time that every check takes, however small the site.
    let nothing = least(&[]);
    println!("{:<38} {:>8} {:>10} {:>10} {:>10}   twice as much takes", "", "n", "n", "2 n", "4 n");
    let mut steep = 0;
    for (name, first, make) in
        ROWS.iter().filter(|(name, ..)| words.is_empty() || words.iter().any(|word| name.contains(*word)))
    {
        let first = if is_quick { first / 4 } else { *first };
        let times = [1, 2, 4].map(|times| least(&make(first * times)).saturating_sub(nothing));
        let ratio = |at: usize| times[at].as_secs_f64() / times[at - 1].as_secs_f64().max(1e-6);
        let is_steep = times[1] > LEAST && ratio(2) > MOST;
        steep += usize::from(is_steep);
        let [one, two, four] = times.map(|time| format!("{:.1} ms", time.as_secs_f64() * 1e3));
        let mark = if is_steep { "  <- steeper than n log n" } else { "" };
        println!("{name:<38} {first:>8} {one:>10} {two:>10} {four:>10}   {:.2}, {:.2} times{mark}", ratio(1), ratio(2));
    }
    println!("\n{steep} of the rows grow faster than n log n");
    ExitCode::SUCCESS
}

/// The shortest time that a check of these files takes.
fn least(files: &[(&'static str, String)]) -> Duration {
    (0..RUNS).map(|_| time(files)).min().unwrap_or_default()
}

fn time(files: &[(&'static str, String)]) -> Duration {
    let mut all: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (path, text) in BASE {
        all.insert((*path).to_owned(), text.as_bytes().to_vec());
    }
    all.extend(files.iter().map(|(path, text)| ((*path).to_owned(), text.clone().into_bytes())));
    let request = Request {
        root: "nowhere".into(),
        output: None,
        base_url: None,
        drafts: false,
        file_links: false,
        now: "2025-12-22T12:00:00Z".parse().unwrap(),
        strict: false,
        published: None,
    };
    let files = InMemory(all);
    let begun = Instant::now();
    let outcome = pipeline::check(&request, &files, &mut |_| {}).expect("nothing is read from a disk");
    let took = begun.elapsed();
    drop(outcome);
    took
}

const BASE: &[(&str, &str)] = &[
    ("book.toml", "[book]\ntitle = \"Growth\"\n"),
    ("content/sources/s.yaml", "s: {title: A source}\n"),
    ("content/events/first.yaml", "- {id: event-0, date: 2024, title: First, sources: [s]}\n"),
    ("content/a.md", "---\ntitle: A\n---\n"),
];

fn repeat(n: usize, one: impl Fn(usize) -> String) -> String {
    (0..n).map(one).collect()
}

fn page(body: &str) -> Vec<(&'static str, String)> {
    vec![("content/a.md", format!("---\ntitle: A\n---\n\n{body}\n"))]
}

fn head(lines: &str) -> Vec<(&'static str, String)> {
    vec![("content/a.md", format!("---\ntitle: A\n{lines}---\n"))]
}

fn events(text: &str) -> Vec<(&'static str, String)> {
    vec![("content/events/many.yaml", text.to_owned())]
}

fn event(id: &str, lines: &str) -> String {
    format!("- id: {id}\n  date: 2025\n  title: Title\n  sources: [s]\n{lines}")
}

/// A page with this body in addition to `n` events.
fn with_events(n: usize, body: &str) -> Vec<(&'static str, String)> {
    let mut site = page(body);
    site.extend(events(&repeat(n, |at| format!("- {{id: event-{}, date: 2025, title: E, sources: [s]}}\n", at + 1))));
    site
}

fn settings(lines: &str) -> Vec<(&'static str, String)> {
    vec![("book.toml", format!("[book]\ntitle = \"Growth\"\n{lines}"))]
}
