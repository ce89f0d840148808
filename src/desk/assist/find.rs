//! Finds records by their ids and titles, for whoever is about to write a pointer or a citation.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::words;
use crate::base::accents;
use crate::build::edition::ReadSite;
use crate::date;
use crate::model::RecordIx;
use crate::syntax::references::Expects;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub enum Wanted {
    /// A record with an id, of this kind.
    Record(Expects),
    /// A source.
    Source,
}

/// A record that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The record.
    pub at: RecordIx,
    /// Its id or key.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its date in words; empty if it has none.
    pub date: String,
    /// What kind of record it is, in a word of the site's language.
    pub kind: String,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// The best matches, the nearest first.
    pub found: Vec<Found>,
    /// Whether those are all.
    pub is_complete: bool,
}

/// Records of the wanted kind whose id or title contains all of these words, at most `most` of them. Case and accents don't
/// matter. Without any words, the latest come first.
#[must_use]
pub fn find(site: ReadSite<'_>, wanted: Wanted, typed: &str, most: usize) -> Search {
    let model = site.model;
    let typed = folded(typed);
    let words: Vec<&str> = typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_wanted = |at: &RecordIx| match wanted {
        Wanted::Source => at.source().is_some(),
        Wanted::Record(expects) => at.source().is_none() && model.may_lead_to(expects, *at),
    };
    let entry = |rank: u8, at: RecordIx| (rank, Reverse(when(site, at)), model.record(at).id, at);
    let (mut ranked, mut others) = (Vec::new(), Vec::new());
    for at in model.records().filter(is_wanted) {
        match rank_of_id(model.record(at).id, &typed, &words) {
            Some(rank) => ranked.push(entry(rank, at)),
            None => others.push(at),
        }
    }
    // A title ranks below any id, so with enough ids nobody needs to look at thousands of titles.
    if ranked.len() <= most {
        let by_title = others.into_par_iter().filter_map(|at| {
            let rank = rank_of_title(model.record(at).id, &words::title(site, at), &words)?;
            Some(entry(rank, at))
        });
        ranked.extend(by_title.collect::<Vec<_>>());
    }
    let is_complete = ranked.len() <= most;
    if !is_complete {
        ranked.select_nth_unstable(most);
        ranked.truncate(most);
    }
    ranked.sort_unstable();
    let catalogue = site.config.catalogue();
    let found = ranked.into_iter().map(|(_, _, id, at)| Found {
        at,
        id: id.to_owned(),
        title: words::title(site, at),
        date: date_of(site, at).map(|date| date::show(date, &catalogue, Some(&model.today))).unwrap_or_default(),
        kind: catalogue.get(kind_word(site, at)).to_owned(),
    });
    Search { found: found.collect(), is_complete }
}

/// How near an id is to what was typed: 0 is nearest. `None` if it isn't near at all.
fn rank_of_id(id: &str, typed: &str, words: &[&str]) -> Option<u8> {
    if words.is_empty() || id == typed {
        return Some(0);
    }
    if starts_with(id, typed) {
        return Some(1);
    }
    let id = folded(id);
    words.iter().all(|word| begins(&id, word)).then_some(2)
}

/// The same for an id that isn't near by itself, together with a title.
fn rank_of_title(id: &str, title: &str, words: &[&str]) -> Option<u8> {
    let (id, title) = (folded(id), folded(title));
    let all = |test: &dyn Fn(&str) -> bool| words.iter().all(|word| test(word));
    if all(&|word| begins(&title, word)) {
        Some(3)
    } else if all(&|word| begins(&id, word) || begins(&title, word)) {
        Some(4)
    } else if all(&|word| word.len() >= 3 && (id.contains(word) || title.contains(word))) {
        Some(5)
    } else {
        None
    }
}

/// Whether one of the words of a text begins with another.
fn begins(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|part| part.starts_with(word))
}

/// Whether an id begins with a text, in any case.
fn starts_with(id: &str, typed: &str) -> bool {
    id.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed))
}

/// A text in lower case and without accents.
fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let is_accent = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    accents::decomposed(&text.to_lowercase()).chars().filter(|c| !is_accent(c)).collect()
}

/// A number that is greater the later a record's date is.
fn when(site: ReadSite<'_>, at: RecordIx) -> i64 {
    date_of(site, at).map_or(i64::MIN, |date| date.first_day().number())
}

/// The date of an event or source, or the one that a page was last updated on.
#[must_use]
pub fn date_of(site: ReadSite<'_>, at: RecordIx) -> Option<&date::Date> {
    let model = site.model;
    match at {
        RecordIx::Event(at) => Some(model[at].date()),
        RecordIx::Source(at) => model[at].item.record.fields.date.as_ref().map(|date| &date.value),
        RecordIx::Page(at) => {
            let front = &model[at].item.record.fields.front;
            front.updated.as_ref().or(front.published.as_ref()).map(|date| &date.value)
        }
        _ => None,
    }
}

/// The key of the word for a record's kind in the catalogue.
#[must_use]
pub fn kind_word(site: ReadSite<'_>, at: RecordIx) -> &'static str {
    use crate::model::Role;
    use crate::syntax::kinds::entity::EntityKind;
    let model = site.model;
    match at {
        RecordIx::Page(at) if model[at].role == Role::Section => "kind.section",
        RecordIx::Page(_) => "kind.page",
        RecordIx::Event(_) => "kind.event",
        RecordIx::Claim(_) => "kind.claim",
        RecordIx::Term(_) => "kind.term",
        RecordIx::Source(_) => "kind.source",
        RecordIx::Author(_) => "kind.author",
        RecordIx::Entity(at) => match model[at].item.record.fields.kind {
            EntityKind::Person => "kind.person",
            EntityKind::Organization => "kind.organization",
            EntityKind::Place => "kind.place",
            EntityKind::Facility => "kind.facility",
            EntityKind::Law => "kind.law",
            EntityKind::Case => "kind.case",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first() {
        let rank = |id: &str, title: &str, typed: &str| {
            let typed = folded(typed);
            let words: Vec<&str> = typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            rank_of_id(id, &typed, &words).or_else(|| rank_of_title(id, title, &words))
        };
        assert_eq!(rank("flights", "Three flights", "flights"), Some(0));
        assert_eq!(rank("flights-leave", "x", "Flig"), Some(1));
        assert_eq!(rank("three-flights", "x", "flights"), Some(2));
        assert_eq!(rank("a", "José leaves", "jose"), Some(3));
        assert_eq!(rank("a-raid", "José leaves", "raid leav"), Some(4));
        assert_eq!(rank("a-raid", "x", "aid"), Some(5));
        assert_eq!(rank("a-raid", "x", "y"), None);
        assert_eq!(rank("a-raid", "x", ""), Some(0));
        assert_eq!(rank("日", "x", "a日"), None);
    }
}
