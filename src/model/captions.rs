//! The captions of films, which are read with the texts so that what is wrong with them has a place.

use std::collections::BTreeSet;

use super::destinations::media_at;
use crate::base::FileId;
use crate::media::captions_of;
use crate::source::SourceTree;
use crate::source::kinds::{ending, markdown_stem};
use crate::syntax::Parsed;
use crate::syntax::pieces::{Address, Use};

/// The paths, from the root, of the captions beside films that texts show.
#[must_use]
pub fn wanted<'p>(files: impl Iterator<Item = (FileId, &'p Parsed)>, tree: &SourceTree) -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    for (id, file) in files {
        let path = &tree.file(id).path;
        // Only longer texts have films.
        for record in file.written().filter(|record| record.body.is_some()) {
            let films = record.pieces.addresses.iter().filter(|address| address.usage.takes_films());
            wanted.extend(films.flat_map(|address| beside(address, path, tree)));
        }
    }
    wanted
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
    media_at(tree, folder, target)
}
