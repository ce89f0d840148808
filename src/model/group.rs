//! Groups many pairs of a record and something that belongs to it into a list for each record.

use crate::base::Ix;

/// What belongs to each of `count` records, in the order in which it was found. Lists have no spare capacity, because a
/// large site has many of them.
pub(super) fn grouped<I: Ix, T: Copy>(count: usize, found: impl Iterator<Item = (I, T)> + Clone) -> Vec<Vec<T>> {
    let mut lengths = vec![0_u32; count];
    found.clone().for_each(|(at, _)| lengths[at.position()] += 1);
    let mut lists: Vec<Vec<T>> = lengths.into_iter().map(|length| Vec::with_capacity(length as usize)).collect();
    found.for_each(|(at, what)| lists[at.position()].push(what));
    lists
}
