//! The search: the names of all records in one file, and an index of their sentences in many small files.
//!
//! The files are made together when the first of them is asked for, so a preview makes them only for those who search. How
//! many there are depends only on how many records there are: a word's file follows from its first letters, and a record's
//! text is at its number. `static/theme/search.js` reads them.

mod index;
mod texts;
mod words;

use std::sync::OnceLock;

use super::{Format, Outline, Plan, Recipe, RenderContext};
use index::Files;

/// The search.
pub struct Search;

/// What a record is: its key in the catalog's `kind` table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind(&'static str);

/// Kinds in the order of results.
const KINDS: [&str; 13] = [
    "term",
    "person",
    "organization",
    "place",
    "facility",
    "law",
    "case",
    "section",
    "page",
    "event",
    "claim",
    "author",
    "source",
];

impl Kind {
    /// Its place in the order of results.
    fn index(self) -> usize {
        KINDS.iter().position(|kind| *kind == self.0).unwrap_or(KINDS.len())
    }
}

/// How many records' texts are in one file: of pages, which are long, and of others.
const IN_ONE: [usize; 2] = [2, 16];

/// How many records there are decides how many files there are.
#[derive(Clone, Copy)]
struct Sizes {
    /// The number of pages, whose texts come first.
    pages: usize,
    /// The number of records.
    records: usize,
    /// The number of files of words.
    shards: usize,
}

impl Sizes {
    fn of(counts: [usize; 7]) -> Self {
        let records = counts.iter().sum::<usize>();
        let shards = (records / 6).next_power_of_two().clamp(16, 2048);
        Self { pages: counts[0], records, shards }
    }

    /// The number of files with texts.
    fn text_files(self) -> usize {
        text_file(self.pages, self.pages) + (self.records - self.pages).div_ceil(IN_ONE[1])
    }
}

/// The number of the file with the text of a record.
fn text_file(record: usize, pages: usize) -> usize {
    match record.checked_sub(pages) {
        None => record / IN_ONE[0],
        Some(other) => pages.div_ceil(IN_ONE[0]) + other / IN_ONE[1],
    }
}

/// The files of the search, once one of them has been asked for.
#[derive(Default)]
pub struct SearchFiles(OnceLock<Files>);

impl SearchFiles {
    fn of(&self, site: &RenderContext<'_>) -> &Files {
        self.0.get_or_init(|| index::make(site, Sizes::of(site.model.counts())))
    }
}

/// Takes one file out of all.
type Get = Box<dyn Fn(&Files) -> Option<&Vec<u8>> + Send + Sync>;

impl Format for Search {
    fn plan(&self, site: &Outline<'_>, plan: &mut Plan) {
        if !site.has_search() {
            return;
        }
        let mut add = |name: String, get: Get| {
            let make = move |site: &RenderContext<'_>| get(site.search.of(site)).cloned().unwrap_or_default();
            plan.add(format!("search/{name}.js"), Recipe::infallible(make));
        };
        let sizes = Sizes::of(site.counts());
        add("names".to_owned(), Box::new(|files| Some(&files.names)));
        for at in 0..sizes.shards {
            add(format!("words/{at}"), Box::new(move |files| files.words.get(at)));
        }
        for at in 0..sizes.text_files() {
            add(format!("texts/{at}"), Box::new(move |files| files.texts.get(at)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Catalogue;

    #[test]
    fn every_kind_has_a_word() {
        let catalogue = Catalogue::load("en");
        assert!(KINDS.iter().all(|kind| !catalogue.get(&format!("kind.{kind}")).is_empty()));
    }

    #[test]
    fn texts_fill_their_files() {
        for (pages, others, files) in [(0, 0, 0), (1, 0, 1), (2, 1, 2), (5, 16, 4), (5, 17, 5)] {
            let sizes = Sizes::of([pages, others, 0, 0, 0, 0, 0]);
            assert_eq!(sizes.text_files(), files, "{pages} + {others}");
            assert!((0..pages + others).all(|record| text_file(record, pages) < files));
        }
    }
}
