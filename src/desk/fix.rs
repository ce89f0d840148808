//! Fixes that findings carry, done.

use std::collections::BTreeMap;

use super::Changes;
use crate::base::FileId;
use crate::diagnostics::{Diagnostic, Fix};
use crate::edit::TextEdit;
use crate::source::SourceTree;

/// What was done of all that could be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// Findings whose fix is among the changes.
    pub done: usize,
    /// Findings whose fix is a guess, and was not wanted.
    pub guesses: usize,
    /// Findings whose fix stands in the way of another's: they are for the next run.
    pub later: usize,
}

/// The changes that the fixes of some findings are: those that the author must have meant, or guesses as well if `all` are wanted.
#[must_use]
pub fn fixes(tree: &SourceTree, found: &[Diagnostic], all: bool) -> (Changes, Fixed) {
    let (mut changes, mut fixed) = (Changes::default(), Fixed::default());
    let mut edits: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
    for fix in found.iter().filter_map(|found| found.fix.as_deref()) {
        if !fix.safe && !all {
            fixed.guesses += 1;
        } else if is_free(fix, &edits) {
            fixed.done += 1;
            for edit in &fix.edits {
                let edits = edits.entry(edit.span.file).or_default();
                let edit = TextEdit::replace(edit.span.range.bytes(), edit.text.clone());
                if !edits.contains(&edit) {
                    edits.push(edit);
                }
            }
        } else {
            fixed.later += 1;
        }
    }
    for (file, edits) in edits {
        let file = tree.file(file);
        changes.edit(&file.path, &file.text, edits);
    }
    (changes, fixed)
}

/// Whether no edit of a fix touches another one's. The same edit twice is one.
fn is_free(fix: &Fix, edits: &BTreeMap<FileId, Vec<TextEdit>>) -> bool {
    fix.edits.iter().all(|edit| {
        let range = edit.span.range.bytes();
        let touches = |known: &TextEdit| {
            let is_same = known.range == range && known.text == edit.text;
            !is_same && known.range.start <= range.end && range.start <= known.range.end
        };
        edits.get(&edit.span.file).is_none_or(|edits| !edits.iter().any(touches))
    })
}
