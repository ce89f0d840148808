//! The captions of films, which are read with the texts so that what is wrong with them has a place.

use std::collections::BTreeSet;

use super::destinations::join;
use crate::base::accents::decomposed;
use crate::base::{FileId, escape};
use crate::media::captions_of;
use crate::source::SourceTree;
use crate::source::kinds::{ending, markdown_stem};
use crate::syntax::pieces::{Address, Use};
use crate::syntax::{Parsed, Record};

/// The paths, from the root, of the captions beside films that texts show.
#[must_use]
pub fn wanted<'p>(files: impl Iterator<Item = (FileId, &'p Parsed)>, tree: &SourceTree) -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    for (id, file) in files {
        let path = &tree.file(id).path;
        let mut take = |address: &Address| wanted.extend(beside(address, path, tree));
        of_records(file.page.as_slice().iter().map(|(page, _)| page), &mut take);
        of_records(&file.events, &mut take);
        of_records(&file.entities, &mut take);
        of_records(&file.authors, &mut take);
        of_records(&file.sources, &mut take);
        of_records(&file.claims, &mut take);
    }
    wanted
}

/// Calls `take` with what these records show. Terms have no longer texts, which alone have films.
fn of_records<'p, T: 'p>(records: impl IntoIterator<Item = &'p Record<T>>, take: &mut dyn FnMut(&'p Address)) {
    for record in records.into_iter().filter(|record| record.body.is_some()) {
        record.pieces.addresses.iter().filter(|address| address.usage.takes_films()).for_each(&mut *take);
    }
}

/// The captions beside the film at an address in the file at `path`.
fn beside(address: &Address, path: &str, tree: &SourceTree) -> Vec<String> {
    let film = film_at(address, path, tree);
    film.map(|film| captions_of(film, &tree.media).into_iter().map(|(_, path)| path).collect()).unwrap_or_default()
}

/// The path of the film at an address in the file at `path`.
fn film_at<'t>(address: &Address, path: &str, tree: &'t SourceTree) -> Option<&'t String> {
    let target = address.target.split('#').next().unwrap_or_default();
    if !matches!(ending(target).as_str(), "mp4" | "m4v" | "webm") {
        return None;
    }
    let folder = match address.usage {
        Use::Picture if markdown_stem(path).is_some() => path.rsplit_once('/').map_or("", |(folder, _)| folder),
        _ => &tree.content,
    };
    let full = join(folder, &escape::percent_decoded(target))?;
    let twin = || tree.media.iter().find(|known| decomposed(known) == decomposed(&full));
    tree.media.get(&full).or_else(|| (!full.is_ascii()).then(twin).flatten())
}
