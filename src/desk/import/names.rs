//! Names for what is imported: those that are free, and those of what is there already.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::slug::slug;
use crate::desk::Desk;
use crate::desk::listed::{Listed, listed};
use crate::model::registry;
use crate::source::ContentKind;

/// A record that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Have {
    kind: ContentKind,
    title: String,
    date: String,
}

/// The names of a site, and those that were given since.
pub struct Names<'d> {
    desk: &'d Desk,
    ids: BTreeSet<String>,
    keys: BTreeSet<String>,
    /// Sources have addresses made of their keys.
    slugs: BTreeSet<String>,
    have: BTreeMap<String, Have>,
    /// Names of the records that are there, by what they say of themselves.
    alike: BTreeMap<String, Vec<String>>,
    /// The number that the next name made of some words ends with.
    numbers: BTreeMap<String, usize>,
    /// Keys of sources by their addresses.
    by_address: BTreeMap<String, String>,
    /// Ids by what is called that.
    by_title: BTreeMap<String, String>,
}

/// What a text is compared by.
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
        // The first of several alike is given out first.
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

    /// Lets a title lead to an id, if it leads nowhere yet.
    pub fn call(&mut self, title: &str, id: &str) {
        if !title.is_empty() {
            self.by_title.entry(folded(title)).or_insert_with(|| id.to_owned());
        }
    }

    /// The id that somebody means who writes an id or a title.
    #[must_use]
    pub fn meant(&self, words: &str) -> Option<&str> {
        let words = words.trim().trim_start_matches("[[").trim_end_matches("]]");
        let is_id = self.ids.get(words).map(String::as_str);
        is_id.or_else(|| self.by_title.get(&folded(words)).map(String::as_str))
    }

    /// The key of a source that is there.
    #[must_use]
    pub fn source(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// The key of the source that stands at an address.
    #[must_use]
    pub fn at_address(&self, address: &str) -> Option<&str> {
        self.by_address.get(address).map(String::as_str)
    }

    /// Whether a page of this id is there already.
    #[must_use]
    pub fn has_page(&self, id: &str) -> bool {
        let is_page = |have: &Have| matches!(have.kind, ContentKind::Page | ContentKind::Front);
        self.have.get(&key(ContentKind::Page, id)).is_some_and(is_page)
    }

    /// Whether a record of this name is there that says the same of itself.
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

    /// A record that is there and says the same of itself. Each is given out once, so that of equal rows each has its own.
    pub fn known(&mut self, kind: ContentKind, title: &str, date: &str) -> Option<String> {
        self.alike.get_mut(&alike(kind, title, date)).and_then(Vec::pop)
    }

    /// The first name made of some words that is free.
    pub fn free(&mut self, kind: ContentKind, words: &str) -> Option<String> {
        let base = self.desk.free_name(words, &BTreeSet::new())?;
        if self.take(kind, &base) {
            return Some(base);
        }
        // Thousands may have one title: nobody counts from the beginning for each.
        let from = self.numbers.get(&key(kind, &base)).copied().unwrap_or(2);
        let (number, name) =
            (from..usize::MAX).map(|number| (number, format!("{base}-{number}"))).find(|(_, name)| self.take(kind, name))?;
        self.numbers.insert(key(kind, &base), number + 1);
        Some(name)
    }
}

/// What two records have in common that are one.
fn alike(kind: ContentKind, title: &str, date: &str) -> String {
    format!("{kind:?}\n{date}\n{}", folded(title))
}

/// A name that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Free {
    /// Nothing has it.
    New(String),
    /// The record itself has it: it was imported before.
    Same(String),
}

/// Sources have names of their own.
fn key(kind: ContentKind, name: &str) -> String {
    if kind == ContentKind::Sources { format!("@{name}") } else { name.to_owned() }
}
