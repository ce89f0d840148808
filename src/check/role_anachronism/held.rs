//! When a role was certainly not held.

use jiff::tz::TimeZone;

use crate::base::TextRange;
use crate::date::{Bounds, Date};
use crate::syntax::kinds::entity::{Role, RoleEnd};

/// Why a role wasn't held on some days, with the place of the date that says so.
#[derive(Clone, Copy)]
pub(super) enum Gap {
    /// It begins after them.
    Begins(TextRange),
    /// It ended before them.
    Ended(TextRange),
}

/// The days of a date, as written and by the site's clocks; `None` for one that is rough.
pub(super) fn certain_days(date: &Date, zone: &TimeZone) -> Option<Bounds> {
    let is_rough = date.is_approximate() || date.is_uncertain() || date.end_unknown() || date.start_unknown();
    let (written, there) = (date.bounds(), date.days(zone));
    let days = Bounds { first: written.first.min(there.first), last: written.last.max(there.last) };
    (!is_rough).then_some(days)
}

/// Why a role was certainly not held on any of some days; `None` if it may have been.
pub(super) fn gap(role: &Role, days: Bounds, zone: &TimeZone) -> Option<Gap> {
    let begins = || {
        let from = role.from.as_ref()?;
        (days.last < certain_days(&from.value, zone)?.first).then_some(Gap::Begins(from.range))
    };
    let ended = || {
        let Some(RoleEnd::At(to)) = &role.to else { return None };
        (certain_days(&to.value, zone)?.last < days.first).then_some(Gap::Ended(to.range))
    };
    begins().or_else(ended)
}
