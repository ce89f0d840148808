//! See [`DuplicateId`].

use super::rule::{Scope, rule};

rule! {
    /// Two records or pages have the same id, two sources the same key or address, or two headings of a page the same
    /// anchor.
    ///
    /// Every fact is written once, and whatever points at it must lead to one place. Sections, pages, events, entities,
    /// claims and terms share one set of ids; keys of sources have their own. Ids that differ only in case count as the
    /// same, because some systems can't tell their addresses apart.
    ///
    /// If both record the same fact, keep one. Otherwise, give one of them another id, and correct what points at it.
    ///
    /// ```yaml
    /// - {id: march-2025-flights, date: 2025-03-15, title: The flights leave}
    /// - {id: march-2025-flights, date: 2025-03-16, title: The flights arrive}     # this id is already taken
    /// ```
    DuplicateId: DUPLICATE_ID, Error, Scope::Resolve
}
