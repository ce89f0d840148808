//! Long lists in pages of a fixed length.

use std::ops::Range;

/// How many entries one page of a list holds. No list on a page grows with the site.
pub const PER_PAGE: usize = 200;

/// How many pages `entries` entries fill; an empty list still has its page.
#[must_use]
pub fn pages(entries: usize) -> usize {
    entries.div_ceil(PER_PAGE).max(1)
}

/// The entries of page `page`, counted from one.
#[must_use]
pub fn slice(page: usize, entries: usize) -> Range<usize> {
    let start = (page.saturating_sub(1) * PER_PAGE).min(entries);
    start..(start + PER_PAGE).min(entries)
}
