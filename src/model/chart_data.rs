//! The figures of charts that are in files of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::destinations::join;
use crate::base::accents::decomposed;
use crate::base::{FileId, escape};
use crate::source::SourceTree;
use crate::source::kinds::ending;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::{Parsed, Record};

/// A file with figures.
#[derive(Clone, Debug)]
pub struct ChartFile {
    /// Which file it is.
    pub file: FileId,
    /// What it says.
    pub text: Arc<String>,
}

/// Files with figures, by their path below the content folder.
pub type ChartFiles = BTreeMap<Box<str>, ChartFile>;

/// Whether a chart can read a file of this name.
#[must_use]
pub fn is_readable(path: &str) -> bool {
    matches!(ending(path).as_str(), "csv" | "tsv")
}

/// The paths, from the root, of the files that charts take their figures from.
#[must_use]
pub fn wanted<'p>(files: impl Iterator<Item = &'p Parsed>, tree: &SourceTree) -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    let mut paths = Vec::new();
    for file in files {
        of_records(file.page.as_slice().iter().map(|(page, _)| page), &mut paths);
        of_records(&file.events, &mut paths);
        of_records(&file.entities, &mut paths);
        of_records(&file.authors, &mut paths);
        of_records(&file.sources, &mut paths);
        of_records(&file.claims, &mut paths);
    }
    for path in paths {
        let Some(path) = join(&tree.content, &escape::percent_decoded(path)) else { continue };
        let twin = || tree.media.iter().find(|known| decomposed(known) == decomposed(&path));
        let found = tree.media.get(&path).or_else(|| (!path.is_ascii()).then(twin).flatten());
        wanted.extend(found.filter(|path| is_readable(path)).cloned());
    }
    wanted
}

/// Adds the paths that charts in these records' texts give. Terms have no blocks.
fn of_records<'p, T: 'p>(records: impl IntoIterator<Item = &'p Record<T>>, paths: &mut Vec<&'p str>) {
    for record in records {
        for chart in record.blocks().filter_map(Block::chart) {
            paths.extend(chart.data.map(|data| &*record.pieces.addresses[data.0].target));
        }
    }
}

/// The files that were read for charts.
pub(super) fn of(tree: &SourceTree) -> ChartFiles {
    let below = |path: &String| path.strip_prefix(&tree.content).and_then(|rest| rest.strip_prefix('/')).map(Box::from);
    let data = tree.data.iter().filter(|(path, _)| is_readable(path));
    let file = |(path, file): (&String, &FileId)| {
        Some((below(path)?, ChartFile { file: *file, text: tree.file(*file).text.clone() }))
    };
    data.filter_map(file).collect()
}
