//! The property that a preview relies on: after any sequence of edits, what it shows and says is what a site made anew from
//! the same files shows and says.
//!
//! Each case is a sequence of saves, each of a few files at once. A file is put together from a few pieces that mean
//! something to each other: ids that other files point at, dates, errors, drafts. `INCREMENTAL_CASES` says how many
//! sequences are tried (150), the same at each run; one that fails is cut down to the shortest that still does, and printed.
//! `./test --explore` tries others, and its finds are tried first from then on.

mod edits;
mod files;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use backgrounder::build::edition::Edition;
use backgrounder::build::live::{Change, Live};
use backgrounder::build::pipeline::Request;
use backgrounder::diagnostics::emit::human;
use backgrounder::diagnostics::{self, Diagnostic};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::live::{SiteFiles, request};
use crate::support::{Site, files_below};
use crate::trials::trials;
use edits::{Asked, Save, Told, desk, save};

fn follow(live: &mut Live, desk: &SiteFiles, save: &Save, now: &mut jiff::Timestamp) {
    save.edits.iter().for_each(|edit| edit.apply(desk));
    let paths: BTreeSet<String> = save.edits.iter().map(|edit| edit.path().to_owned()).collect();
    let changed = match save.told {
        Told::Files => Change::Paths(paths),
        Told::Folders => {
            let folder = |path: &String| path.rsplit_once('/').map_or(path.as_str(), |(folder, _)| folder).to_owned();
            Change::Paths(paths.iter().map(folder).collect())
        }
        Told::All => Change::All,
        Told::Hourly => {
            *now += jiff::SignedDuration::from_hours(7);
            Change::Paths(paths)
        }
    };
    let edition = live.update(&changed, *now);
    match save.asked {
        Asked::Nothing => {}
        Asked::APage => drop(edition.page("deal/index.html")),
        Asked::Findings => drop(edition.finished(&AtomicBool::new(false)).map(<[_]>::len)),
        Asked::Everything => drop(shown(&edition)),
    }
}

type Shown = Vec<(String, Result<Vec<u8>, Diagnostic>)>;

/// Every file that an edition has.
fn shown(edition: &Edition) -> Shown {
    let made = |path: &str| edition.page(path).map(|page| page.map(|page| page.bytes.clone()));
    edition.paths().filter_map(|path| Some((path.to_owned(), made(path)?))).collect()
}

/// A difference between two editions, in words.
pub fn difference(followed: &Arc<Edition>, clean: &Arc<Edition>) -> Option<String> {
    let said = |edition: &Edition| human::render(edition.diagnostics(), edition.tree(), false);
    if said(followed) != said(clean) || followed.diagnostics() != clean.diagnostics() {
        return Some(format!("followed, it says:\n{}\nclean, it says:\n{}", said(followed), said(clean)));
    }
    if followed.blocked() != clean.blocked() {
        return Some("only one of them is blocked".to_owned());
    }
    if clean.blocked().is_some() {
        return None;
    }
    let go_on = AtomicBool::new(false);
    let (a, b) = (followed.finished(&go_on), clean.finished(&go_on));
    if a != b {
        return Some(format!("on finished pages, followed it finds {a:#?}, clean {b:#?}"));
    }
    if diagnostics::errors(followed.diagnostics()) == 0 && !followed.stale().is_empty() {
        return Some(format!("what is kept of {:?} is stale", followed.stale()));
    }
    same_pages(followed, clean).or_else(|| {
        same_pages(&followed.as_published(), &clean.as_published()).map(|difference| format!("as published: {difference}"))
    })
}

fn same_pages(followed: &Edition, clean: &Edition) -> Option<String> {
    if !followed.paths().eq(clean.paths()) {
        let paths = |edition: &Edition| edition.paths().map(str::to_owned).collect::<BTreeSet<_>>();
        let (a, b) = (paths(followed), paths(clean));
        return Some(format!("{:?} are there in one alone", a.symmetric_difference(&b).collect::<Vec<_>>()));
    }
    let (a, b) = (shown(followed), shown(clean));
    let ((path, a), (_, b)) = a.into_iter().zip(b).find(|(a, b)| a != b)?;
    let text = |made: Result<Vec<u8>, Diagnostic>| made.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Some(match (text(a), text(b)) {
        (Ok(a), Ok(b)) => {
            let line = a.lines().zip(b.lines()).find(|(a, b)| a != b);
            format!("/{path} differs: {line:#?}")
        }
        (a, b) => format!("/{path} differs: followed {a:?}, clean {b:?}"),
    })
}

/// Follows a site through `saves`; what then differs from one made anew, if anything does.
fn try_saves(saves: &[Save], in_a_process: bool) -> Result<(), TestCaseError> {
    let desk = desk();
    let mut now = request().now;
    let mut live =
        Live::open(request(), Arc::new(desk.clone())).map_err(|failure| TestCaseError::fail(failure.to_string()))?;
    for save in saves {
        follow(&mut live, &desk, save, &mut now);
    }
    let clean = match Live::open(Request { now, ..request() }, Arc::new(desk.clone())) {
        Ok(clean) => clean.edition(),
        // There is no book.toml any more, which a site that is followed outlives.
        Err(_) => {
            prop_assert!(live.edition().blocked().is_some());
            return Ok(());
        }
    };
    let found = difference(&live.edition(), &clean);
    prop_assert!(found.is_none(), "{}", found.unwrap_or_default());
    if in_a_process && clean.blocked().is_none() {
        let found = difference_to_the_program(&live.edition(), &desk, now);
        prop_assert!(found.is_none(), "{}", found.unwrap_or_default());
    }
    Ok(())
}

/// What differs from what the program itself prints and writes, in a process of its own.
fn difference_to_the_program(followed: &Arc<Edition>, desk: &SiteFiles, now: jiff::Timestamp) -> Option<String> {
    let mut site = Site::new().now(&now.to_string());
    for (path, bytes) in desk.files() {
        site = site.file(&path, bytes);
    }
    let published = followed.as_published();
    let mut expected = published.diagnostics().to_vec();
    let is_sound = diagnostics::errors(&expected) == 0;
    if is_sound {
        expected.extend_from_slice(published.finished(&AtomicBool::new(false)).unwrap_or_default());
        diagnostics::sort(&mut expected);
    }
    let outcome = site.build();
    let said = human::render(&expected, published.tree(), false);
    if !outcome.stderr.starts_with(&said) {
        return Some(format!("followed, it says:\n{said}\nthe program says:\n{}", outcome.stderr));
    }
    if diagnostics::errors(&expected) > 0 {
        return (outcome.code == Some(0)).then(|| "the program does not see the errors".to_owned());
    }
    let written = files_below(&site.root().join("site"));
    let written: Shown = written
        .into_iter()
        .filter(|(path, _)| path != ".backgrounder.json")
        .map(|(path, bytes)| (path, Ok(bytes)))
        .collect();
    let shown = shown(&published);
    if written == shown {
        return None;
    }
    let differing =
        shown.iter().find(|file| !written.contains(file)).or_else(|| written.iter().find(|file| !shown.contains(file)));
    Some(format!("the program writes another /{}", differing.map_or("", |(path, _)| path)))
}

/// How many sequences are tried.
fn cases() -> u32 {
    std::env::var("INCREMENTAL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(150)
}

/// Which inputs are tried.
#[derive(Clone, Copy)]
enum Inputs {
    Usual,
    Others,
}

fn run(cases: u32, saves: std::ops::Range<usize>, in_a_process: bool, inputs: Inputs) {
    let mut config = Config { source_file: Some(file!()), max_shrink_iters: 2_000, ..trials(cases) };
    if let (RngSeed::Fixed(seed), Inputs::Others) = (&mut config.rng_seed, inputs) {
        *seed += 1;
    }
    let sequence = prop::collection::vec(save(), saves);
    if let Err(error) = TestRunner::new(config).run(&sequence, |saves| try_saves(&saves, in_a_process)) {
        panic!("{error}");
    }
}

// Two tests, because one of them alone would keep a single core busy long after the others are done.

#[test]
fn a_followed_site_equals_a_clean_build() {
    run(cases() * 12 / 25, 1..8, false, Inputs::Usual);
}

#[test]
fn a_followed_site_equals_a_clean_build_from_other_saves() {
    run(cases() * 12 / 25, 1..8, false, Inputs::Others);
}

#[test]
fn a_followed_site_equals_what_the_program_builds() {
    run(cases().div_ceil(25), 1..5, true, Inputs::Usual);
}

#[test]
fn the_site_that_edits_begin_with_is_sound() {
    let live = Live::open(request(), Arc::new(desk())).unwrap();
    let edition = live.edition();
    // It is small, so its sources are few, and nothing leads to some records.
    let is_weighty = |found: &&Diagnostic| !["single-source", "orphan"].contains(&found.code.0);
    let found: Vec<Diagnostic> = edition.diagnostics().iter().filter(is_weighty).cloned().collect();
    assert_eq!(human::render(&found, edition.tree(), false), "");
    assert_eq!(edition.finished(&AtomicBool::new(false)).map(<[_]>::len), Some(0));
}
