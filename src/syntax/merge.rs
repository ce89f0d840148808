//! Git conflicts in a content file, except those that a page shows as samples.

use std::ops::Range;

use super::kinds::blocks;
use crate::source::merge_marks::{self, Conflict};

/// The conflicts in `text`. In a page, a conflict in fenced code that isn't one of our blocks is a sample.
pub(super) fn conflicts(text: &str, is_page: bool) -> Vec<Conflict> {
    let mut found = merge_marks::find(text);
    if is_page && !found.is_empty() {
        let samples = samples(text);
        found.retain(|Conflict { lines, .. }| {
            let next = samples.partition_point(|sample| sample.end < lines.end);
            samples.get(next).is_none_or(|sample| sample.start > lines.start)
        });
    }
    found
}

/// Fenced code of a page that opens in the first few columns, is closed, and isn't a block.
fn samples(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let marks = words.len() - words.trim_start_matches(['`', '~']).len();
        let (fence, info) = words.split_at(marks);
        match open {
            None if marks >= 3 => {
                let name = info.split_whitespace().next().unwrap_or_default();
                // A block's lines are parsed, so a conflict in them counts.
                open = Some((if blocks::NAMES.contains(&name) { usize::MAX } else { at }, fence));
            }
            Some((start, opening)) if info.is_empty() && fence.starts_with(opening) => {
                if start <= at {
                    out.push(start..at + line.len());
                }
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    out
}
