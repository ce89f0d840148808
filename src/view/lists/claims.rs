//! The list of claims.

use serde::Serialize;

use crate::base::paging;
use crate::model::ClaimIx;
use crate::model::read::RecordKind;
use crate::view::claim::ClaimLine;
use crate::view::{Head, PagingView, View};

/// A list of claims.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ClaimsPage {
    /// What the page says about itself.
    pub page: Head,
    /// The claims, in alphabetical order.
    pub claims: Vec<ClaimLine>,
    /// This page in the list's pages.
    pub paging: PagingView,
}

impl View<'_> {
    /// Page `number` of the list of claims.
    #[must_use]
    pub fn claims_page(&self, number: usize) -> ClaimsPage {
        let order = self.order(RecordKind::Claim);
        let line = |at: &u32| self.claim_line(ClaimIx(*at).into());
        ClaimsPage {
            page: self.list_head("claims", "ui.claims", "claims", number),
            claims: order[paging::slice(number, order.len())].iter().filter_map(line).collect(),
            paging: self.paging("claims", number, order.len()),
        }
    }
}
