//! A site's own land and borders, for its maps.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::destinations::join;
use crate::base::accents::decomposed;
use crate::base::{FileId, escape};
use crate::config::Config;
use crate::map::{Fault, Shapes, read_geojson};
use crate::source::SourceTree;
use crate::source::kinds::ending;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::map::Base;
use crate::syntax::{Parsed, Record};

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
    let mut paths: Vec<&str> = config.map_base.iter().map(|path| path.value.as_str()).collect();
    for file in files {
        of_records(file.page.as_slice().iter().map(|(page, _)| page), &mut paths);
        of_records(&file.events, &mut paths);
        of_records(&file.entities, &mut paths);
        of_records(&file.authors, &mut paths);
        of_records(&file.sources, &mut paths);
        of_records(&file.claims, &mut paths);
    }
    paths.into_iter().filter_map(|path| found(path, tree)).filter(|path| is_readable(path)).collect()
}

/// The file that a path below the content folder means, from the root.
fn found(path: &str, tree: &SourceTree) -> Option<String> {
    let path = join(&tree.content, &escape::percent_decoded(path))?;
    let twin = || tree.media.iter().find(|known| decomposed(known) == decomposed(&path));
    tree.media.get(&path).or_else(|| (!path.is_ascii()).then(twin).flatten()).cloned()
}

/// Adds the paths that maps in these records' texts give. Terms have no blocks.
fn of_records<'p, T: 'p>(records: impl IntoIterator<Item = &'p Record<T>>, paths: &mut Vec<&'p str>) {
    for record in records {
        for map in record.blocks().filter_map(Block::map) {
            if let Base::File(base) = map.base {
                paths.push(&record.pieces.addresses[base.0].target);
            }
        }
    }
}

/// The files that were read for maps. What an earlier model made of the same text is used again.
pub(super) fn of(tree: &SourceTree, before: Option<&MapFiles>) -> MapFiles {
    let below = |path: &String| path.strip_prefix(&tree.content).and_then(|rest| rest.strip_prefix('/')).map(Box::from);
    let data = tree.data.iter().filter(|(path, _)| is_readable(path));
    let file = |(path, file): (&String, &FileId)| {
        let path: Box<str> = below(path)?;
        let text = tree.file(*file).text.clone();
        let known = before.and_then(|before| before.get(&path)).filter(|known| known.text == text);
        let shapes = known.map_or_else(|| Arc::new(read_geojson(&text)), |known| known.shapes.clone());
        Some((path, MapFile { file: *file, text, shapes }))
    };
    data.filter_map(file).collect()
}
