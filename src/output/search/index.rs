//! Makes the files of the search: names, words, and texts.
//!
//! Every file is a script that hands one JSON value to `backgrounderSearch.got`, because a page that is read from a disk may
//! load scripts but may not fetch data.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::texts::{Found, found};
use super::words::{shard, words};
use super::{IN_ONE, KINDS, Kind, Sizes, text_file};
use crate::base::{Hash, Map};
use crate::model::{RecordIx, Role};
use crate::output::RenderContext;
use crate::syntax::kinds::event::Significance;

/// The most places of one word that the index holds. A word that is in more sentences says little about what is looked for.
const PLACES: usize = 1500;
/// The most records that the file of names holds: it is fetched by everyone who searches. All others are found by their
/// titles in the index.
const NAMES: usize = 1500;
/// How many files of texts share a hash: a large site has thousands, and everyone who searches fetches all hashes.
const TEXTS_IN_HASH: usize = 8;

/// What the script says, by its names for that.
const TEXTS: [(&str, &str); 2] = [("none", "search.none"), ("best", "search.best")];
/// How it says how many results there are, in every form that the language has.
const COUNT: &str = "count.results";

/// The bytes of all files.
pub struct Files {
    /// The names.
    pub names: Vec<u8>,
    /// The index, by shard.
    pub words: Vec<Vec<u8>>,
    /// The texts, by number.
    pub texts: Vec<Vec<u8>>,
}

/// A place of a word: the number of the record, and of the sentence in it.
type Place = (u32, u32);

/// The places of a word.
#[derive(Default)]
struct Places {
    /// In how many sentences it is.
    count: usize,
    /// Where; beyond what the index holds, the first place in each record alone.
    first: Vec<Place>,
}

/// What is made of neighboring records.
struct Part {
    words: Map<Box<str>, Places>,
    texts: Vec<Vec<u8>>,
    sentences: usize,
}

/// The words of a shard, each once for every part that has it, in the order of the parts.
type Shard = Vec<(Box<str>, Places)>;

/// Makes all files.
pub fn make(site: &RenderContext<'_>, sizes: Sizes) -> Files {
    // No page is made here, so nobody asks what was read.
    let site = &RenderContext { view: site.view.untracked(), ..*site };
    let records: Vec<RecordIx> = site.model.records().collect();
    let runs = runs(&records, sizes);
    let parts = across(runs, &|_, run| part(site, &run));
    let (mut texts, mut sentences) = (Vec::new(), 0);
    let mut shards: Vec<Shard> = Vec::new();
    shards.resize_with(sizes.shards, Vec::new);
    for part in parts {
        for (word, places) in part.words {
            shards[shard(&word, sizes.shards)].push((word, places));
        }
        texts.extend(part.texts);
        sentences += part.sentences;
    }
    let words = across(shards, &|at, shard| word_file(at, shard));
    let names = names_file(site, sizes, &words, &texts, sentences);
    Files { names, words, texts }
}

/// The records in runs, each of which fills whole text files; every record with its number.
fn runs(records: &[RecordIx], sizes: Sizes) -> Vec<Vec<(u32, RecordIx)>> {
    let numbered: Vec<_> = records.iter().enumerate().map(|(at, record)| (at as u32, *record)).collect();
    let (pages, others) = numbered.split_at(sizes.pages);
    // Many small runs keep all cores busy; few large ones leave less to join.
    let length = |count: usize, in_one: usize| count.div_ceil(32).next_multiple_of(in_one).max(in_one);
    let pages = pages.chunks(length(pages.len(), IN_ONE[0]));
    pages.chain(others.chunks(length(others.len(), IN_ONE[1]))).map(<[_]>::to_vec).collect()
}

/// Does `work` for each of `items` and its number, on all cores, and returns what comes of it in their order. It doesn't use
/// the pool that makes all files of the site: a thread there that waits for this work would take up another file, which may
/// wait for the same work.
fn across<T: Send, O: Send>(items: Vec<T>, work: &(dyn Fn(usize, T) -> O + Sync)) -> Vec<O> {
    let count = items.len();
    let next = Mutex::new(items.into_iter().enumerate());
    let done: Mutex<Vec<(usize, O)>> = Mutex::new(Vec::with_capacity(count));
    let take = || next.lock().unwrap_or_else(PoisonError::into_inner).next();
    let run = || {
        let mut own = Vec::new();
        while let Some((at, item)) = take() {
            own.push((at, work(at, item)));
        }
        done.lock().unwrap_or_else(PoisonError::into_inner).extend(own);
    };
    std::thread::scope(|scope| {
        let others = rayon::current_num_threads().min(count).saturating_sub(1);
        (0..others).for_each(|_| {
            scope.spawn(run);
        });
        run();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, made)| made).collect()
}

fn part(site: &RenderContext<'_>, run: &[(u32, RecordIx)]) -> Part {
    let mut out = Part { words: Map::default(), texts: Vec::new(), sentences: 0 };
    let in_one = IN_ONE[usize::from(!matches!(run.first(), Some((_, RecordIx::Page(_)))))];
    for records in run.chunks(in_one) {
        let file = text_file(records[0].0 as usize, site.model.pages.len());
        let mut text = begin(&format!("texts/{file}"));
        text.push(b'[');
        for (at, (number, record)) in records.iter().enumerate() {
            text.extend(if at > 0 { &b",\n"[..] } else { b"\n" });
            match found(site, *record) {
                Some(found) => {
                    out.sentences += found.sentences.len() + 1;
                    enter(&mut out.words, *number, &found);
                    let Found { kind, title, address, detail, headings, sentences } = &found;
                    json(&mut text, &(kind.index(), title, address, detail, headings, sentences));
                }
                None => text.push(b'0'),
            }
        }
        out.texts.push(end(text));
    }
    out
}

/// Notes the words of a record and where they are.
fn enter(all: &mut Map<Box<str>, Places>, number: u32, record: &Found) {
    let titled = std::iter::once(&record.title).chain(&record.sentences);
    for (at, sentence) in titled.enumerate() {
        let place = (number, at as u32);
        words(sentence, &mut |word| match all.get_mut(word) {
            Some(places) => places.add(place),
            None => {
                let mut places = Places::default();
                places.add(place);
                all.insert(word.into(), places);
            }
        });
    }
}

impl Places {
    fn add(&mut self, place: Place) {
        match self.first.last() {
            // A word that is twice in a sentence is in one place.
            Some(last) if *last == place => return,
            Some(last) if self.first.len() >= PLACES && last.0 == place.0 => {}
            _ => self.first.push(place),
        }
        self.count += 1;
    }

    /// Adds the places in later records.
    fn join(&mut self, later: &Self) {
        self.count += later.count;
        self.first.extend(&later.first);
    }
}

/// Appends a value as JSON. Texts, numbers and lists of them always serialize, and memory can be written to.
fn json(out: &mut Vec<u8>, value: &impl serde::Serialize) {
    let _ = serde_json::to_writer(out, value);
}

/// Begins a file with the name that the script knows it by.
fn begin(name: &str) -> Vec<u8> {
    format!("backgrounderSearch.got(\"{name}\",").into_bytes()
}

/// Ends a file with a list.
fn end(mut file: Vec<u8>) -> Vec<u8> {
    file.extend(b"\n])\n");
    file
}

/// The words of a shard in their order, each with its places: the step from one record's number to the next, and the
/// sentence. A word with too many places has their number as well.
fn word_file(at: usize, mut shard: Shard) -> Vec<u8> {
    // Stable, so the places of a word stay in the order of the records.
    shard.sort_by(|(one, _), (other, _)| one.cmp(other));
    shard.dedup_by(|(word, later), (same, places)| {
        let is_same = word == same;
        if is_same {
            places.join(later);
        }
        is_same
    });
    let mut out = begin(&format!("words/{at}"));
    out.push(b'[');
    for (at, (word, places)) in shard.iter().enumerate() {
        out.extend(if at > 0 { &b",\n["[..] } else { b"\n[" });
        json(&mut out, word);
        out.extend(b",[");
        write_places(&mut out, places);
        out.push(b']');
    }
    end(out)
}

fn write_places(out: &mut Vec<u8>, Places { count, first }: &Places) {
    let is_cut = *count > PLACES;
    let (mut last, mut kept) = (None, 0);
    for (record, sentence) in first {
        // Of a word that is nearly everywhere, the first place in each record is enough.
        if is_cut && (kept == PLACES || last == Some(*record)) {
            continue;
        }
        if kept > 0 {
            out.push(b',');
        }
        number(out, record - last.unwrap_or_default());
        out.push(b',');
        number(out, *sentence);
        (last, kept) = (Some(*record), kept + 1);
    }
    out.push(b']');
    if is_cut {
        out.push(b',');
        number(out, *count as u32);
    }
}

/// Appends a number in digits. A large index consists of them, and formatting takes four times as long.
fn number(out: &mut Vec<u8>, mut number: u32) {
    let (mut digits, mut at) = ([0; 10], 10);
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            return out.extend(&digits[at..]);
        }
    }
}

/// The first digits of the hash of each `together` files: browsers may keep a file for as long as its content is the same.
fn hashes(files: &[Vec<u8>], together: usize) -> String {
    let hash = |files: &[Vec<u8>]| match files {
        [one] => Hash::of(one),
        _ => Hash::of(files.iter().map(|file| Hash::of(file).to_string()).collect::<String>().as_bytes()),
    };
    files.chunks(together).map(|files| hash(files).to_string()[..6].to_owned()).collect()
}

/// The file of names: all records by kind, and what the script has to know about the other files.
#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Names<'s> {
    kinds: Vec<String>,
    text: BTreeMap<&'s str, &'s str>,
    counts: BTreeMap<&'s str, &'s str>,
    shards: usize,
    pages: usize,
    in_one: [usize; 2],
    records: usize,
    sentences: usize,
    word_hashes: String,
    text_hashes: String,
    texts_in_hash: usize,
    rows: Vec<Vec<serde_json::Value>>,
}

fn names_file(site: &RenderContext<'_>, sizes: Sizes, words: &[Vec<u8>], texts: &[Vec<u8>], sentences: usize) -> Vec<u8> {
    let catalogue = site.view.words;
    let forms = catalogue.iter().filter_map(|(key, text)| Some((key.strip_prefix(COUNT)?.strip_prefix('.')?, text)));
    let names = Names {
        kinds: KINDS.iter().map(|kind| catalogue.get(&format!("kind.{kind}")).to_owned()).collect(),
        text: TEXTS.into_iter().map(|(name, key)| (name, catalogue.get(key))).collect(),
        counts: forms.collect(),
        shards: sizes.shards,
        pages: sizes.pages,
        in_one: IN_ONE,
        records: sizes.records,
        sentences,
        word_hashes: hashes(words, 1),
        text_hashes: hashes(texts, TEXTS_IN_HASH),
        texts_in_hash: TEXTS_IN_HASH,
        rows: rows(site),
    };
    let mut out = begin("names");
    json(&mut out, &names);
    out.extend(b")\n");
    out
}

/// Every record by its kind: what it is called, where it is, what else identifies it, its other names.
fn rows(site: &RenderContext<'_>) -> Vec<Vec<serde_json::Value>> {
    let view = site.view;
    let mut records: Vec<(Kind, bool, RecordIx)> = site
        .model
        .records()
        .filter_map(|record| {
            let is_minor = record
                .event()
                .is_some_and(|at| !matches!(site.model[at].item.record.fields.significance, Significance::Major));
            let is_front = record.page().is_some_and(|at| site.model[at].role == Role::Front);
            Some((Kind::of(site.model, record)?, is_minor, record)).filter(|_| !is_front)
        })
        .collect();
    records.sort_by_key(|(kind, is_minor, _)| (kind.index(), *is_minor));
    records.truncate(NAMES);
    let row = |(kind, _, record): &(Kind, bool, RecordIx)| {
        let mut row = vec![
            kind.index().into(),
            view.title_of(*record).into(),
            super::texts::address(site, *record).into(),
            super::texts::detail(site, &view, *record).into(),
        ];
        let aliases = site.model.common(*record).aliases.iter().map(|alias| alias.value.as_str());
        row.extend(aliases.filter(|alias| !alias.starts_with('/')).map(Into::into));
        if let RecordIx::Entity(at) = *record {
            let in_text = site.model[at].item.record.fields.name_in_text.as_ref();
            row.extend(in_text.map(|name| view.plain_text(*record, Some(name)).into()));
        }
        row
    };
    records.iter().map(row).collect()
}
