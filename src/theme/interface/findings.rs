//! Which words lead to nothing, over all the ways in which a template can be rendered.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::scope::Place;
use super::syntax::Word;
use crate::base::similar::nearest;

/// How help begins when it suggests a name.
const MEANT: &str = "did you mean";

/// What is wrong with a word.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) length: usize,
    pub(super) message: String,
    pub(super) help: String,
    /// Where the site's own templates lead to this one, if it is built in: a template and a word in it.
    pub(super) through: Option<(Place, usize)>,
}

/// A template is walked once for each way to reach it, and a word may lead somewhere on one way and nowhere on another.
#[derive(Debug, Default)]
pub(super) struct Findings {
    noted: BTreeMap<Place, Finding>,
    /// Words that led to nothing on a way that perhaps no page takes.
    maybe: BTreeSet<Place>,
    /// Words that make every page fail that takes this way.
    certain: BTreeSet<Place>,
    /// Words that led somewhere, or may have.
    pub(super) found: BTreeSet<Place>,
}

impl Findings {
    /// Notes what to report about a word if it turns out to be wrong. The first note stays, unless only a later one has
    /// a suggestion.
    pub(super) fn note(&mut self, place: Place, finding: impl FnOnce() -> Finding) {
        match self.noted.entry(place) {
            Entry::Vacant(entry) => _ = entry.insert(finding()),
            Entry::Occupied(entry) if entry.get().help.starts_with(MEANT) => {}
            Entry::Occupied(mut entry) => {
                let other = finding();
                if other.help.starts_with(MEANT) {
                    entry.insert(other);
                }
            }
        }
    }

    pub(super) fn found(&mut self, place: Place) {
        self.found.insert(place);
    }

    pub(super) fn wrong(&mut self, place: Place, is_certain: bool) {
        if is_certain {
            self.certain.insert(place)
        } else {
            self.maybe.insert(place)
        };
    }

    /// What is wrong, in the order of templates and words. If a word may be right on one way, and is under a condition
    /// on the others, we leave it to the author of that condition.
    pub(super) fn all(mut self) -> Vec<(Place, Finding)> {
        let places: BTreeSet<Place> = self.maybe.difference(&self.found).chain(&self.certain).copied().collect();
        places.into_iter().filter_map(|place| Some((place, self.noted.remove(&place)?))).collect()
    }
}

/// What to type instead of `word`.
pub(super) fn instead(word: Word<'_>, mut names: Vec<&str>, those: &str) -> String {
    names.sort_unstable();
    names.dedup();
    if let Some(name) = meant(word.text, &names) {
        return format!("{MEANT} `{name}`?");
    }
    match &*names {
        [] => "the guide's page on themes lists what each template gets".to_owned(),
        names => format!("{those} `{}`", names.join("`, `")),
    }
}

/// The name that was meant; it may end in `_html`, which is easy to forget.
fn meant<'n>(word: &str, names: &[&'n str]) -> Option<&'n str> {
    const HTML: &str = "_html";
    let bare = || names.iter().filter_map(|name| name.strip_suffix(HTML));
    let full = |bare: &str| names.iter().copied().find(|name| name.strip_suffix(HTML) == Some(bare));
    full(word).or_else(|| nearest(word, names.iter().copied())).or_else(|| full(nearest(word, bare())?))
}
