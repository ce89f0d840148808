//! The parts of records that are listed by date.

use super::claim::ClaimStep;
use super::common::Update;
use super::entity::{Role, RoleEnd, StatusStep};
use super::event::Later;
use crate::base::At;
use crate::date::Date;

/// An entry in a list that is ordered by date, whichever way round an author wrote it.
pub trait Dated {
    /// The date that it is listed by, if it has one.
    fn by_date(&self) -> Option<&At<Date>>;
}

impl Dated for ClaimStep {
    fn by_date(&self) -> Option<&At<Date>> {
        Some(&self.date)
    }
}

impl Dated for StatusStep {
    fn by_date(&self) -> Option<&At<Date>> {
        Some(&self.date)
    }
}

impl Dated for Later {
    fn by_date(&self) -> Option<&At<Date>> {
        Some(&self.date)
    }
}

impl Dated for Update {
    fn by_date(&self) -> Option<&At<Date>> {
        Some(&self.date)
    }
}

impl Dated for Role {
    fn by_date(&self) -> Option<&At<Date>> {
        self.from.as_ref().or(match &self.to {
            Some(RoleEnd::At(date)) => Some(date),
            Some(RoleEnd::Open) | None => None,
        })
    }
}
