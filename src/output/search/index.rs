//! Makes the files of the search: names, words, and texts.
//!
//! Every file is a script that hands one JSON value to `backgrounderSearch.got`, because a page that is read from a disk may
//! load scripts but may not fetch data.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
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

/// What is made of neighboring records.
struct Part {
    places: Map<Box<str>, Vec<Place>>,
    texts: Vec<Vec<u8>>,
    sentences: usize,
}

/// Makes all files.
pub fn make(site: &RenderContext<'_>, sizes: Sizes) -> Files {
    // No page is made here, so nobody asks what was read.
    let site = &RenderContext { view: site.view.untracked(), ..*site };
    let records: Vec<RecordIx> = site.model.records().collect();
    let runs = runs(&records, sizes);
    let parts = across(&runs, &|run| part(site, run));
    let (mut places, mut texts, mut sentences) = (Map::<Box<str>, Vec<Place>>::default(), Vec::new(), 0);
    for part in parts {
        for (word, own) in part.places {
            places.entry(word).or_default().extend(own);
        }
        texts.extend(part.texts);
        sentences += part.sentences;
    }
    let mut shards: Vec<BTreeMap<Box<str>, Vec<Place>>> = Vec::new();
    shards.resize_with(sizes.shards, BTreeMap::new);
    for (word, places) in places {
        shards[shard(&word, sizes.shards)].insert(word, places);
    }
    let numbered: Vec<_> = shards.into_iter().enumerate().collect();
    let words = across(&numbered, &|(at, shard)| word_file(*at, shard));
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

/// Does `work` for each of `items` on all cores, and returns what comes of it in their order. It doesn't use the pool that
/// makes all files of the site: a thread there that waits for this work would take up another file, which may wait for the
/// same work.
fn across<T: Sync, O: Send>(items: &[T], work: &(dyn Fn(&T) -> O + Sync)) -> Vec<O> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, O)>> = Mutex::new(Vec::with_capacity(items.len()));
    let run = || {
        let mut own = Vec::new();
        while let Some((at, item)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, items.get(at)?))) {
            own.push((at, work(item)));
        }
        done.lock().unwrap_or_else(PoisonError::into_inner).extend(own);
    };
    std::thread::scope(|scope| {
        let others = rayon::current_num_threads().min(items.len()).saturating_sub(1);
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
    let mut out = Part { places: Map::default(), texts: Vec::new(), sentences: 0 };
    let in_one = IN_ONE[usize::from(!matches!(run.first(), Some((_, RecordIx::Page(_)))))];
    for records in run.chunks(in_one) {
        let file = text_file(records[0].0 as usize, site.model.pages.len());
        let mut json = String::from("[");
        for (at, (number, record)) in records.iter().enumerate() {
            json.push_str(if at > 0 { ",\n" } else { "\n" });
            match found(site, *record) {
                Some(found) => {
                    out.sentences += found.sentences.len() + 1;
                    enter(&mut out.places, *number, &found);
                    write_text(&mut json, &found);
                }
                None => json.push('0'),
            }
        }
        json.push_str("\n]");
        out.texts.push(script(&format!("texts/{file}"), &json));
    }
    out
}

/// Notes the words of a record and where they are.
fn enter(places: &mut Map<Box<str>, Vec<Place>>, number: u32, record: &Found) {
    let titled = std::iter::once(&record.title).chain(&record.sentences);
    for (at, sentence) in titled.enumerate() {
        let place = (number, at as u32);
        words(sentence, &mut |word| match places.get_mut(word) {
            // A word that is twice in a sentence is in one place.
            Some(known) => {
                if known.last() != Some(&place) {
                    known.push(place);
                }
            }
            None => {
                places.insert(word.into(), vec![place]);
            }
        });
    }
}

fn write_text(out: &mut String, record: &Found) {
    let Found { kind, title, address, detail, headings, sentences } = record;
    out.push_str(&json(&(kind.index(), title, address, detail, headings, sentences)));
}

/// A value as JSON. Texts, numbers and lists of them always serialize.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A file with the name that the script knows it by.
fn script(name: &str, json: &str) -> Vec<u8> {
    format!("backgrounderSearch.got(\"{name}\",{json})\n").into_bytes()
}

/// The words of a shard in their order, each with its places: the step from one record's number to the next, and the
/// sentence. A word with too many places has their number as well.
fn word_file(at: usize, shard: &BTreeMap<Box<str>, Vec<Place>>) -> Vec<u8> {
    let mut out = String::from("[");
    for (word, places) in shard {
        out.push_str(if out.len() > 1 { ",\n[" } else { "\n[" });
        out.push_str(&json(word));
        out.push_str(",[");
        let is_cut = places.len() > PLACES;
        let (mut last, mut kept) = (0, 0);
        for (at, (record, sentence)) in places.iter().enumerate() {
            // Of a word that is nearly everywhere, the first place in each record is enough.
            if is_cut && (kept == PLACES || at > 0 && places[at - 1].0 == *record) {
                continue;
            }
            let comma = if kept > 0 { "," } else { "" };
            let _ = write!(out, "{comma}{},{sentence}", record - last);
            (last, kept) = (*record, kept + 1);
        }
        out.push(']');
        if is_cut {
            let _ = write!(out, ",{}", places.len());
        }
        out.push(']');
    }
    out.push_str("\n]");
    script(&format!("words/{at}"), &out)
}

/// The first digits of each file's hash: browsers may keep a file for as long as its content is the same.
fn hashes(files: &[Vec<u8>]) -> String {
    files.iter().map(|file| Hash::of(file).to_string()[..6].to_owned()).collect()
}

fn names_file(site: &RenderContext<'_>, sizes: Sizes, words: &[Vec<u8>], texts: &[Vec<u8>], sentences: usize) -> Vec<u8> {
    let catalogue = site.view.words;
    let text: BTreeMap<&str, &str> = TEXTS.into_iter().map(|(name, key)| (name, catalogue.get(key))).collect();
    let forms = catalogue.iter().filter_map(|(key, text)| Some((key.strip_prefix(COUNT)?.strip_prefix('.')?, text)));
    let counts: BTreeMap<&str, &str> = forms.collect();
    let kinds: Vec<String> = KINDS.iter().map(|kind| catalogue.get(&format!("kind.{kind}")).to_owned()).collect();
    let rows: Vec<String> = rows(site).iter().map(json).collect();
    let out = format!(
        "{{\"kinds\":{},\"text\":{},\"counts\":{},\"shards\":{},\"pages\":{},\"inOne\":{},\"sentences\":{sentences},\
         \"wordHashes\":\"{}\",\"textHashes\":\"{}\",\"rows\":[\n{}\n]}}",
        json(&kinds),
        json(&text),
        json(&counts),
        sizes.shards,
        sizes.pages,
        json(&IN_ONE),
        hashes(words),
        hashes(texts),
        rows.join(",\n"),
    );
    script("names", &out)
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
