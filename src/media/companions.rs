//! The files beside a film that belong to it: its captions, and the picture that stands for it.

use std::collections::BTreeSet;

/// What may be beside a film.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Companions {
    /// Its captions, by their path below the content folder.
    pub captions: Option<String>,
    /// The picture shown until it plays, likewise.
    pub poster: Option<String>,
}

/// Endings of pictures that can stand for a film, the usual one first.
const POSTERS: [&str; 5] = ["jpg", "jpeg", "png", "webp", "avif"];

impl Companions {
    /// Those of the film at a path below the folder `content`; `listed` are all files that there are.
    pub(super) fn of(path: &str, content: &str, listed: &BTreeSet<String>) -> Self {
        let below = |full: String| full.strip_prefix(content).map(|rest| rest.trim_start_matches('/').to_owned());
        let full = format!("{content}/{path}");
        Self {
            captions: captions_of(&full, listed).and_then(below),
            poster: POSTERS.iter().find_map(|ending| beside(&full, ending, listed)).and_then(below),
        }
    }

    /// Their paths.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.captions.iter().chain(&self.poster).map(String::as_str)
    }
}

/// The captions beside the film at a path, if there are any.
#[must_use]
pub fn captions_of(path: &str, listed: &BTreeSet<String>) -> Option<String> {
    beside(path, "vtt", listed)
}

/// The file of the same name with another ending.
fn beside(path: &str, ending: &str, listed: &BTreeSet<String>) -> Option<String> {
    let stem = path.rsplit_once('.')?.0;
    let names = [format!("{stem}.{ending}"), format!("{stem}.{}", ending.to_ascii_uppercase())];
    names.into_iter().find(|name| name != path && listed.contains(name))
}
