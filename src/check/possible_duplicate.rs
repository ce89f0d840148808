//! See [`PossibleDuplicate`].

use std::collections::BTreeSet;

use super::rule::{Report, Scope, label, rule};
use super::{CheckContext, Unseen};
use crate::base::{Map, Span};
use crate::date::Date;
use crate::model::EventIx;
use crate::model::read::RecordKind;
use crate::model::reader::Reader;

rule! {
    /// Two events have the same date and nearly the same title.
    ///
    /// Two editors entered the same thing, or one of them twice. Readers count it twice, and a correction reaches only one
    /// of the two.
    ///
    /// Titles are compared by their words: capitals, punctuation and order make no difference, and of five words, four must
    /// be the same. Dates are compared as they are written, so `2025-03` and `2025-03-15` are not the same.
    ///
    /// Keep one record, and let everything point at it: `backgrounder rename` carries the pointers of the other over. If both
    /// happened, say in the titles what tells them apart.
    ///
    /// ```yaml
    /// - {id: bridge-closes, date: 2024-05-16, title: The state closes the bridge}
    /// - {id: bridge-closed, date: 2024-05-16, title: State closes the bridge}     # the same again
    /// ```
    PossibleDuplicate: POSSIBLE_DUPLICATE, Warning, Scope::Alike(check)
}

/// Of how many of its words a title must be made to be nearly the same: four in five.
const SHARE: (usize, usize) = (4, 5);

/// How many events with a rare word in common are compared with each other. More of one day with a common word are a list
/// of like things, such as flights, and no slip.
const MANY: usize = 8;

/// An event of a day.
struct Entry {
    at: EventIx,
    span: Span,
    /// The hashes of the words of its title, sorted, each once. A site's titles have hundreds of thousands of words, and all
    /// that matters is which are the same.
    words: Vec<u64>,
}

/// How words are hashed.
const HASHER: ahash::RandomState = ahash::RandomState::with_seeds(13, 61, 17, 83);

fn check(site: &CheckContext<'_>, unseen: &Unseen<'_>, report: &mut Report) {
    let reader = Reader::untracked(site.model);
    let date = |at: usize| &reader.item(EventIx::new(at)).record.fields.date.value;
    let key = |at: usize| date(at).order_key(reader.zone());
    // Events are in the order of their dates, so those of one date are close together.
    let count = reader.count(RecordKind::Event);
    let mut next = 0;
    for at in 0..count {
        if at < next || !unseen.has(EventIx::new(at)) {
            continue;
        }
        let own = key(at);
        let first = (next..at).rev().take_while(|before| key(*before) == own).last().unwrap_or(at);
        next = (at + 1..count).find(|after| key(*after) != own).unwrap_or(count);
        let mut dates: Map<&Date, Vec<Entry>> = Map::default();
        for at in (first..next).filter(|_| next - first > 1) {
            dates.entry(date(at)).or_default().push(entry(&reader, EventIx::new(at)));
        }
        dates.values().for_each(|entries| twins(&reader, entries, report));
    }
}

fn entry(reader: &Reader<'_>, at: EventIx) -> Entry {
    let item = reader.item(at);
    let title = item.linked().text(&item.record.fields.title, reader.language());
    let first = item.record.fields.title.variants.first();
    let place = first.map_or(item.record.id.range, |first| item.record.pieces.proses[*first].range);
    let words = title.characters().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut lower = String::new();
    let mut words: Vec<u64> = words.map(|word| hash(word, &mut lower)).collect();
    words.sort_unstable();
    words.dedup();
    Entry { at, span: item.record.span(place), words }
}

/// The hash of a word, whatever its capitals. `lower` is room to work in.
fn hash(word: &str, lower: &mut String) -> u64 {
    if !word.is_ascii() {
        return HASHER.hash_one(word.to_lowercase().as_str());
    }
    lower.clear();
    lower.push_str(word);
    lower.make_ascii_lowercase();
    HASHER.hash_one(lower.as_str())
}

/// Reports the events of a day that are like an earlier one in the files. Only those that share a word are compared, and
/// of those with words that many share, none.
fn twins(reader: &Reader<'_>, entries: &[Entry], report: &mut Report) {
    let mut by_word: Map<u64, Vec<usize>> = Map::default();
    for (at, entry) in entries.iter().enumerate() {
        for word in &entry.words {
            by_word.entry(*word).or_default().push(at);
        }
    }
    for entry in entries {
        let few = |word: &u64| by_word.get(word).filter(|others| others.len() <= MANY);
        let near: BTreeSet<usize> = entry.words.iter().filter_map(few).flatten().copied().collect();
        let twin =
            near.into_iter().map(|other| &entries[other]).find(|other| other.span < entry.span && alike(entry, other));
        if let Some(twin) = twin {
            let id = |at: EventIx| &reader.item(at).record.id.value;
            let message = format!("`{}` may be the same as `{}`: same date, like titles", id(entry.at), id(twin.at));
            let finding = report.add(entry.span, message);
            finding.labels.push(label(twin.span, format!("`{}`", id(twin.at))));
            let help = "keep one of the two; if both happened, say in the titles what tells them apart";
            finding.help = Some(help.to_owned());
        }
    }
}

/// Whether two titles are nearly the same.
fn alike(one: &Entry, other: &Entry) -> bool {
    let same = one.words.iter().filter(|word| other.words.binary_search(word).is_ok()).count();
    let all = one.words.len() + other.words.len() - same;
    same > 0 && same * SHARE.1 >= all * SHARE.0
}
