//! What two states of a site have in common. A state that is made from an earlier one shares all of it that did not change.

use std::sync::Arc;

use super::Model;
use super::record::RecordIx;

impl Model {
    /// Whether another model has the very same record, with everything that points at it, at the same index.
    #[must_use]
    pub fn shares(&self, at: RecordIx, other: &Model) -> bool {
        fn is_shared<T>(own: &[Arc<T>], other: &[Arc<T>], at: usize) -> bool {
            own.get(at).zip(other.get(at)).is_some_and(|(own, other)| Arc::ptr_eq(own, other))
        }
        match at {
            RecordIx::Page(at) => is_shared(&self.pages, &other.pages, at.position()),
            RecordIx::Event(at) => is_shared(&self.events, &other.events, at.position()),
            RecordIx::Claim(at) => is_shared(&self.claims, &other.claims, at.position()),
            RecordIx::Entity(at) => is_shared(&self.entities, &other.entities, at.position()),
            RecordIx::Term(at) => is_shared(&self.terms, &other.terms, at.position()),
            RecordIx::Source(at) => is_shared(&self.sources, &other.sources, at.position()),
            RecordIx::Author(at) => is_shared(&self.authors, &other.authors, at.position()),
        }
    }

    /// Whether another state with the same settings is the same in all that pages and rules see of it.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        fn are_shared<T>(own: &[Arc<T>], other: &[Arc<T>]) -> bool {
            own.len() == other.len() && own.iter().zip(other).all(|(own, other)| Arc::ptr_eq(own, other))
        }
        let has_same_days = self.today == other.today && self.clock_day == other.clock_day;
        has_same_days
            && self.hidden.is_empty()
            && other.hidden.is_empty()
            && self.visibility.drafts == other.visibility.drafts
            && self.has_same_names(other)
            && self.has_same_blocks(other)
            && are_shared(&self.pages, &other.pages)
            && are_shared(&self.events, &other.events)
            && are_shared(&self.claims, &other.claims)
            && are_shared(&self.entities, &other.entities)
            && are_shared(&self.terms, &other.terms)
            && are_shared(&self.sources, &other.sources)
            && are_shared(&self.authors, &other.authors)
            && self.makers == other.makers
            && self.periods == other.periods
            && self.has_same_data(other)
            // An embargo may have ended in the meantime.
            && self.has_withheld == other.has_withheld
            && (!self.has_withheld || self.records().all(|at| self.withheld(at) == other.withheld(at)))
    }

    /// The record with the same kind and key in another state of the site.
    #[must_use]
    pub fn counterpart(&self, at: RecordIx, other: &Model) -> Option<RecordIx> {
        // Nearly always it is still at the same index.
        if self.shares(at, other) {
            return Some(at);
        }
        let id = self.record(at).id;
        if other.has_index(at) && other.record(at).id == id {
            return Some(at);
        }
        let found = match at {
            RecordIx::Source(_) => other.names.keys.get(id),
            _ => other.names.ids.get(id),
        };
        let found = found?.record()?;
        (std::mem::discriminant(&found) == std::mem::discriminant(&at)).then_some(found)
    }

    /// Whether a record says, and points at, what a record of the same kind does in another state of the site.
    #[must_use]
    pub fn has_same_text(&self, at: RecordIx, other: &Model, was: RecordIx) -> bool {
        if at == was && self.shares(at, other) {
            return true;
        }
        match (at, was) {
            (RecordIx::Page(at), RecordIx::Page(was)) => {
                let (now, before) = (&self[at], &other[was]);
                let variants = || now.variants.iter().zip(&before.variants);
                now.item.is_same(&before.item)
                    && now.role == before.role
                    && now.part == before.part
                    && now.variants.len() == before.variants.len()
                    && variants().all(|((tag, now), (before_tag, before))| tag == before_tag && now.is_same(before))
            }
            (RecordIx::Event(at), RecordIx::Event(was)) => self[at].item.is_same(&other[was].item),
            (RecordIx::Claim(at), RecordIx::Claim(was)) => self[at].item.is_same(&other[was].item),
            (RecordIx::Entity(at), RecordIx::Entity(was)) => self[at].item.is_same(&other[was].item),
            (RecordIx::Term(at), RecordIx::Term(was)) => self[at].item.is_same(&other[was].item),
            (RecordIx::Source(at), RecordIx::Source(was)) => self[at].item.is_same(&other[was].item),
            (RecordIx::Author(at), RecordIx::Author(was)) => self[at].item.is_same(&other[was].item),
            _ => false,
        }
    }

    /// Whether another state has the same records at the same indices, by the same names.
    #[must_use]
    pub fn has_same_names(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.names, &other.names)
    }

    /// Whether the timeline blocks in another state have the same events.
    #[must_use]
    pub fn has_same_blocks(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.block_events, &other.block_events)
    }

    /// Whether the files with figures and borders say the same in another state.
    #[must_use]
    pub fn has_same_data(&self, other: &Self) -> bool {
        let charts = self.chart_files.iter().map(|(path, file)| (path, &file.text));
        let maps = self.map_files.iter().map(|(path, file)| (path, &file.text));
        charts.eq(other.chart_files.iter().map(|(path, file)| (path, &file.text)))
            && maps.eq(other.map_files.iter().map(|(path, file)| (path, &file.text)))
    }
}
