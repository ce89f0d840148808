//! See [`DuplicateId`].

use super::rule::{Scope, rule};

rule! {
    /// Two records or pages have one id, two sources one key or address, two headings of a page one anchor.
    ///
    /// Every fact is written once, and whatever points at it has to lead to one place. Ids of sections, pages, events,
    /// entities, claims and terms share one namespace; keys of sources have their own. Ids that differ by case alone count
    /// as one, because some systems can't tell their addresses apart.
    ///
    /// If both tell the same fact, keep one. Otherwise give one of them another id, and correct what points at it.
    ///
    /// ```yaml
    /// - {id: march-2025-flights, date: 2025-03-15, title: The flights leave}
    /// - {id: march-2025-flights, date: 2025-03-16, title: The flights arrive}     # the id is taken
    /// ```
    DuplicateId: DUPLICATE_ID, Error, Scope::Resolve
}
