//! Finds the pages that a save affects, so that a browser that shows another page can offer them.

use std::collections::BTreeSet;

use crate::base::FileId;
use crate::build::edition::Edition;
use crate::model::Model;
use crate::model::address::file_of;
use crate::model::at::{Standing, Standings};
use crate::source::SourceTree;

/// From this many files on, it is more than one save: then nothing is offered.
const MANY: usize = 4;

/// The pages of what was written in `changed`, as paths from the site's root: `events/x/`.
#[must_use]
pub fn pages(before: &SourceTree, edition: &Edition, changed: &BTreeSet<String>) -> Vec<String> {
    if changed.len() > MANY {
        return Vec::new();
    }
    let (Some(model), tree) = (edition.model(), edition.tree()) else { return Vec::new() };
    let text = |tree: &SourceTree, path: &str| tree.files.iter().position(|file| file.path == path).map(FileId::new);
    let pages = changed.iter().filter_map(|path| {
        let at = text(tree, path)?;
        tree.files[at].kind?;
        let new = tree.files[at].text.as_bytes();
        let old = text(before, path).map_or(&b""[..], |at| before.files[at].text.as_bytes());
        if old == new {
            return None;
        }
        let differs = old.iter().zip(new).position(|(old, new)| old != new).unwrap_or(old.len().min(new.len()));
        page(model, at, differs as u32)
    });
    pages.collect()
}

/// The page of the record at byte `place` of a file, or of the first record of the file.
fn page(model: &Model, file: FileId, place: u32) -> Option<String> {
    let standings = Standings::of_file(model, file);
    match standings.at(file, place).or_else(|| standings.first(file))? {
        Standing::Record(at) => Some(file_of(&model.path_of(at)).trim_end_matches("index.html").to_owned()),
        Standing::Hidden(_) => None,
    }
}
