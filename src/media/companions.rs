//! The files beside a film that belong to it: its captions, and the picture that stands for it.

use std::collections::BTreeSet;

/// What may be beside a film.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Companions {
    /// Its captions: those without a language in their name first, then by language.
    pub captions: Vec<Captions>,
    /// The picture shown until it plays, by its path below the content folder.
    pub poster: Option<String>,
}

/// The captions of a film in one language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Captions {
    /// What their name says of their language, as in `hearing.es.vtt`; `None` for `hearing.vtt`, which is in the site's.
    pub language: Option<String>,
    /// Their path below the content folder.
    pub path: String,
}

/// Endings of pictures that can stand for a film, the usual one first.
const POSTERS: [&str; 5] = ["jpg", "jpeg", "png", "webp", "avif"];

impl Companions {
    /// Those of the film at a path below the folder `content`; `listed` are all files that there are.
    pub(super) fn of(path: &str, content: &str, listed: &BTreeSet<String>) -> Self {
        let below = |full: String| full.strip_prefix(content).map(|rest| rest.trim_start_matches('/').to_owned());
        let full = format!("{content}/{path}");
        Self {
            captions: captions_of(&full, listed)
                .into_iter()
                .filter_map(|(language, path)| Some(Captions { language, path: below(path)? }))
                .collect(),
            poster: POSTERS.iter().find_map(|ending| beside(&full, ending, listed)).and_then(below),
        }
    }

    /// Their paths.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.captions.iter().map(|captions| &captions.path).chain(&self.poster).map(String::as_str)
    }
}

/// The captions beside the film at a path: what stands for their language in their names, and their paths. Those without come
/// first, and of each there is one.
#[must_use]
pub fn captions_of(path: &str, listed: &BTreeSet<String>) -> Vec<(Option<String>, String)> {
    let Some((stem, _)) = path.rsplit_once('.') else { return Vec::new() };
    let prefix = format!("{stem}.");
    let beside = listed.range(prefix.clone()..).take_while(|name| name.starts_with(&prefix));
    let mut found: Vec<_> = beside
        .filter_map(|name| {
            let rest = &name[prefix.len()..];
            let (language, ending) =
                rest.rsplit_once('.').map_or((None, rest), |(language, ending)| (Some(language), ending));
            let is_captions = ending.eq_ignore_ascii_case("vtt") && !rest.contains('/');
            is_captions.then(|| (language.map(str::to_owned), name.clone()))
        })
        .collect();
    // The usual, lowercase ending comes last in byte order, and wins.
    found.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
    found.dedup_by(|later, first| later.0 == first.0);
    found
}

/// The file of the same name with another ending.
fn beside(path: &str, ending: &str, listed: &BTreeSet<String>) -> Option<String> {
    let stem = path.rsplit_once('.')?.0;
    let names = [format!("{stem}.{ending}"), format!("{stem}.{}", ending.to_ascii_uppercase())];
    names.into_iter().find(|name| name != path && listed.contains(name))
}
