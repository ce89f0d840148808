//! Finds free names for imported records, and the names of existing ones.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::slug::slug;
use crate::desk::Desk;
use crate::desk::listed::{Listed, listed};
use crate::model::registry;
use crate::source::ContentKind;

/// An existing record.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Have {
    kind: ContentKind,
    title: String,
    date: String,
}

/// The names of a site, and the ones given out since.
pub struct Names<'d> {
    desk: &'d Desk,
    ids: BTreeSet<String>,
    keys: BTreeSet<String>,
    /// Sources' addresses, which are made from their keys.
    slugs: BTreeSet<String>,
    have: BTreeMap<String, Have>,
    /// Names of existing records, by kind, title and date.
    alike: BTreeMap<String, Vec<String>>,
    /// The number for the next name made from the same words.
    numbers: BTreeMap<String, usize>,
    /// Keys of sources, by address.
    by_address: BTreeMap<String, String>,
    /// Ids, by title or name.
    by_title: BTreeMap<String, String>,
}

/// A text for comparison, without case and extra spaces.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl<'d> Names<'d> {
    /// The names of a site.
    #[must_use]
    pub fn of(desk: &'d Desk) -> Self {
        let (ids, keys) = desk.names();
        let slugs = keys.iter().map(|key| slug(key)).collect();
        let mut names = Self {
            desk,
            ids,
            keys,
            slugs,
            have: BTreeMap::new(),
            alike: BTreeMap::new(),
            numbers: BTreeMap::new(),
            by_address: BTreeMap::new(),
            by_title: BTreeMap::new(),
        };
        listed(desk).iter().for_each(|one| names.know(one));
        // The first of several equal records is given out first.
        names.alike.values_mut().for_each(|alike| alike.reverse());
        names
    }

    fn know(&mut self, one: &Listed) {
        if one.kind == ContentKind::Sources {
            if !one.url.is_empty() {
                self.by_address.insert(one.url.clone(), one.name.clone());
            }
        } else {
            std::iter::once(&one.title).chain(&one.others).for_each(|title| self.call(title, &one.name));
        }
        self.alike.entry(alike(one.kind, &one.title, &one.date)).or_default().push(one.name.clone());
        let have = Have { kind: one.kind, title: one.title.clone(), date: one.date.clone() };
        self.have.insert(key(one.kind, &one.name), have);
    }

    /// Registers a title for an id, unless the title is taken.
    pub fn call(&mut self, title: &str, id: &str) {
        if !title.is_empty() {
            self.by_title.entry(folded(title)).or_insert_with(|| id.to_owned());
        }
    }

    /// The id for an id or a title.
    #[must_use]
    pub fn meant(&self, words: &str) -> Option<&str> {
        let words = words.trim().trim_start_matches("[[").trim_end_matches("]]");
        let is_id = self.ids.get(words).map(String::as_str);
        is_id.or_else(|| self.by_title.get(&folded(words)).map(String::as_str))
    }

    /// The key of an existing source.
    #[must_use]
    pub fn source(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// The key of the source with an address.
    #[must_use]
    pub fn at_address(&self, address: &str) -> Option<&str> {
        self.by_address.get(address).map(String::as_str)
    }

    /// Whether a page with this id exists.
    #[must_use]
    pub fn has_page(&self, id: &str) -> bool {
        let is_page = |have: &Have| matches!(have.kind, ContentKind::Page | ContentKind::Front);
        self.have.get(&key(ContentKind::Page, id)).is_some_and(is_page)
    }

    /// Whether a record with this name, title and date exists.
    #[must_use]
    pub fn is_same(&self, kind: ContentKind, name: &str, title: &str, date: &str) -> bool {
        let have = self.have.get(&key(kind, name));
        have.is_some_and(|have| have.kind == kind && folded(&have.title) == folded(title) && have.date == date)
    }

    /// Takes a name if it is free.
    pub fn take(&mut self, kind: ContentKind, name: &str) -> bool {
        if kind == ContentKind::Sources {
            return !self.keys.contains(name) && self.slugs.insert(slug(name)) && self.keys.insert(name.to_owned());
        }
        registry::reserved(name, &self.desk.tags()).is_none() && self.ids.insert(name.to_owned())
    }

    /// An existing record with this title and date. Each is given out once, so that equal rows get one each.
    pub fn known(&mut self, kind: ContentKind, title: &str, date: &str) -> Option<String> {
        self.alike.get_mut(&alike(kind, title, date)).and_then(Vec::pop)
    }

    /// The first free name made from some words.
    pub fn free(&mut self, kind: ContentKind, words: &str) -> Option<String> {
        let base = self.desk.free_name(words, &BTreeSet::new())?;
        if self.take(kind, &base) {
            return Some(base);
        }
        // Thousands of records may have one title, so counting doesn't start over for each.
        let from = self.numbers.get(&key(kind, &base)).copied().unwrap_or(2);
        let (number, name) =
            (from..usize::MAX).map(|number| (number, format!("{base}-{number}"))).find(|(_, name)| self.take(kind, name))?;
        self.numbers.insert(key(kind, &base), number + 1);
        Some(name)
    }
}

/// A key that is equal for equal records.
fn alike(kind: ContentKind, title: &str, date: &str) -> String {
    format!("{kind:?}\n{date}\n{}", folded(title))
}

/// The result of looking for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Free {
    /// The name is free.
    New(String),
    /// The record was imported before and has this name.
    Same(String),
}

/// The key of a name; sources' names are separate.
fn key(kind: ContentKind, name: &str) -> String {
    if kind == ContentKind::Sources { format!("@{name}") } else { name.to_owned() }
}
