//! What each author wrote.

use std::cmp::Reverse;

use jiff::tz::TimeZone;

use super::group::grouped;
use super::records::Records;
use super::{AuthorIx, Item, Link, PageIx, Role};
use crate::date::OrderKey;
use crate::syntax::kinds::page::Page;

/// What each author wrote, the newest first and what has no day last. Who made the site wrote the sections that name nobody.
pub(super) fn wrote(records: &Records, makers: &[Link], zone: &TimeZone) -> Vec<Vec<PageIx>> {
    let Records { pages, authors, .. } = records;
    if authors.is_empty() {
        return Vec::new();
    }
    let makers: Vec<AuthorIx> = makers.iter().filter_map(|maker| maker.author()).collect();
    let mut shown: Vec<PageIx> =
        PageIx::first(pages.len()).filter(|at| matches!(pages[at.position()].1, Role::Section | Role::Ordinary)).collect();
    shown.sort_by_cached_key(|at| Reverse(day_of(&pages[at.position()].0, zone)));
    let mut pairs: Vec<(AuthorIx, PageIx)> = Vec::new();
    for at in shown {
        let (page, role) = &pages[at.position()];
        let is_unsigned = *role == Role::Section && page.record.fields.front.authors.0.is_empty();
        let mut by = if is_unsigned { makers.clone() } else { authors_of(page) };
        by.sort_unstable();
        by.dedup();
        pairs.extend(by.into_iter().map(|author| (author, at)));
    }
    grouped(authors.len(), pairs.iter().copied())
}

/// Whether a page is by the same authors and of the same day.
pub(super) fn is_same(was: &Item<Page>, now: &Item<Page>, zone: &TimeZone) -> bool {
    let is_unsigned = |page: &Item<Page>| page.record.fields.front.authors.0.is_empty();
    was.is_same(now)
        || is_unsigned(was) == is_unsigned(now)
            && authors_of(was) == authors_of(now)
            && day_of(was, zone) == day_of(now, zone)
}

/// The authors in a page's byline.
fn authors_of(page: &Item<Page>) -> Vec<AuthorIx> {
    let credits = page.record.fields.front.authors.0.iter();
    credits.filter_map(|credit| page.targets[credit.pointer?].author()).collect()
}

/// What a page is ordered by: the day it was published, or else changed.
fn day_of(page: &Item<Page>, zone: &TimeZone) -> Option<OrderKey> {
    let front = &page.record.fields.front;
    front.published.as_ref().or(front.updated.as_ref()).map(|date| date.value.order_key(zone))
}
