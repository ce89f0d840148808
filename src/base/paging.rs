//! Splits long lists into pages of a fixed length.

use std::ops::Range;

/// How many entries one page of a list holds. No page's list grows with the site.
pub const PER_PAGE: usize = 200;

/// How many pages `entries` entries fill; an empty list still gets one page.
#[must_use]
pub fn pages(entries: usize) -> usize {
    entries.div_ceil(PER_PAGE).max(1)
}

/// The entries on page `page`, counted from one.
#[must_use]
pub fn slice(page: usize, entries: usize) -> Range<usize> {
    let start = (page.saturating_sub(1) * PER_PAGE).min(entries);
    start..(start + PER_PAGE).min(entries)
}
