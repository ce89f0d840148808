//! Which pages a save was about, so that a browser that shows another one can offer them.

use std::collections::BTreeSet;

use crate::base::{FileId, Span};
use crate::build::edition::Edition;
use crate::source::SourceTree;

/// From how many files on it is no save of one thing: then nothing is offered.
const MANY: usize = 4;

/// The pages of what was written in `changed`, as paths from the site's root: `events/x/`.
#[must_use]
pub fn pages(before: &SourceTree, edition: &Edition, changed: &BTreeSet<String>) -> Vec<String> {
    if changed.len() > MANY {
        return Vec::new();
    }
    let tree = edition.tree();
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
        page(edition, at, differs as u32)
    });
    pages.collect()
}

/// The page of the record in which the byte at `place` of a file stands: the last whose id stands before it. What
/// the page of a Markdown file is there for stands at its beginning.
fn page(edition: &Edition, file: FileId, place: u32) -> Option<String> {
    let is_page = edition.tree().file(file).path.ends_with(".md");
    let of_file = || edition.origins().filter(|(path, span)| span.file == file && path.ends_with("index.html"));
    let start = |(_, span): &(&str, Span)| span.range.start;
    let before = of_file().filter(|origin| !is_page && start(origin) <= place).max_by_key(start);
    let (path, _) = before.or_else(|| of_file().min_by_key(start))?;
    Some(path.trim_end_matches("index.html").to_owned())
}
