//! Applying the fixes that diagnostics carry.

use std::collections::BTreeMap;

use super::Changes;
use crate::base::FileId;
use crate::diagnostics::{Diagnostic, Fix};
use crate::edit::TextEdit;
use crate::source::SourceTree;

/// How many fixes were applied, and how many weren't.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// Fixes that were applied.
    pub done: usize,
    /// Guesses that were left out because they weren't asked for.
    pub guesses: usize,
    /// Fixes that overlap with an applied one and have to wait for the next run.
    pub later: usize,
}

/// The changes made by the fixes of these diagnostics: only the safe ones, or guesses too if `all` is set.
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

/// Whether a fix can be applied without touching another fix's edits. An identical edit is no conflict.
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
