//! The figures of charts that are in files of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::destinations::{media_at, read_data};
use crate::base::FileId;
use crate::source::SourceTree;
use crate::source::kinds::ending;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::{Parsed, Written};

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
    let figures = |record: Written<'p>| {
        let charts = record.blocks().filter_map(Block::chart);
        charts.filter_map(move |chart| Some(&*record.pieces.addresses[chart.data?.0].target))
    };
    let paths = files.flat_map(Parsed::written).flat_map(figures);
    paths.filter_map(|path| media_at(tree, &tree.content, path)).filter(|path| is_readable(path)).cloned().collect()
}

/// The files that were read for charts.
pub(super) fn of(tree: &SourceTree) -> ChartFiles {
    let file = |(path, file): (Box<str>, FileId)| (path, ChartFile { file, text: tree.file(file).text.clone() });
    read_data(tree, is_readable).map(file).collect()
}
