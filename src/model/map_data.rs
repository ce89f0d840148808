//! A site's own land and borders, for its maps.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::destinations::{media_at, read_data};
use crate::base::FileId;
use crate::config::Config;
use crate::map::{Fault, Shapes, read_geojson};
use crate::source::SourceTree;
use crate::source::kinds::ending;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::map::Base;
use crate::syntax::{Parsed, Written};

/// A file with land and borders.
#[derive(Clone, Debug)]
pub struct MapFile {
    /// Which file it is.
    pub file: FileId,
    /// What it says.
    pub text: Arc<String>,
    /// What it holds, or what is wrong with it.
    pub shapes: Arc<Result<Shapes, Vec<Fault>>>,
}

/// Files with land and borders, by their path below the content folder.
pub type MapFiles = BTreeMap<Box<str>, MapFile>;

/// Whether a map can read a file of this name.
#[must_use]
pub fn is_readable(path: &str) -> bool {
    matches!(ending(path).as_str(), "geojson" | "json")
}

/// The paths, from the root, of the files that maps take land and borders from.
#[must_use]
pub fn wanted<'p>(files: impl Iterator<Item = &'p Parsed>, config: &'p Config, tree: &SourceTree) -> BTreeSet<String> {
    let borders = |record: Written<'p>| {
        record.blocks().filter_map(Block::map).filter_map(move |map| match map.base {
            Base::File(base) => Some(&*record.pieces.addresses[base.0].target),
            _ => None,
        })
    };
    let paths =
        config.map_base.iter().map(|path| path.value.as_str()).chain(files.flat_map(Parsed::written).flat_map(borders));
    paths.filter_map(|path| media_at(tree, &tree.content, path)).filter(|path| is_readable(path)).cloned().collect()
}

/// The files that were read for maps. What an earlier model made of the same text is used again.
pub(super) fn of(tree: &SourceTree, before: Option<&MapFiles>) -> MapFiles {
    let file = |(path, file): (Box<str>, FileId)| {
        let text = tree.file(file).text.clone();
        let known = before.and_then(|before| before.get(&path)).filter(|known| known.text == text);
        let shapes = known.map_or_else(|| Arc::new(read_geojson(&text)), |known| known.shapes.clone());
        (path, MapFile { file, text, shapes })
    };
    read_data(tree, is_readable).map(file).collect()
}
