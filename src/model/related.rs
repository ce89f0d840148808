//! What a site's other records say about one, kind by kind.

use super::{ClaimIx, EventIx, PageIx};
use crate::base::Table;
use crate::syntax::indices::BlockIx;

/// What is related to a page.
pub(super) struct OfPage {
    /// The events that it tells, in order: those it mentions, and those that name it.
    pub(super) tells: Vec<EventIx>,
    /// Claims that name it.
    pub(super) claims: Vec<ClaimIx>,
    /// The events of its timeline, in order.
    pub(super) timeline: Vec<EventIx>,
    /// For each of its blocks, the events of a timeline block.
    pub(super) block_events: Table<BlockIx, Vec<Vec<EventIx>>>,
}

/// What is related to an event.
pub(super) struct OfEvent {
    /// Sections that tell it, in reading order.
    pub(super) sections: Vec<PageIx>,
    /// Events that it caused.
    pub(super) effects: Vec<EventIx>,
}

/// What is related to an entity.
pub(super) struct OfEntity {
    /// Events in which it takes part or which happened there, in order.
    pub(super) timeline: Vec<EventIx>,
    /// Claims that it makes or disputes.
    pub(super) claims: Vec<ClaimIx>,
}
