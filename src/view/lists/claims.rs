//! The list of claims.

use serde::Serialize;

use crate::base::paging;
use crate::model::read::RecordKind;
use crate::model::{ClaimIx, Link, PageIx, RecordIx};
use crate::syntax::kinds::claim::ClaimStatus;
use crate::view::{DateView, Head, LinkView, PagingView, View};

/// A list of claims.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ClaimsPage {
    /// What the page says about itself.
    pub page: Head,
    /// Whether any of them says when its evidence last changed.
    pub has_dates: bool,
    /// The claims by status.
    pub groups: Vec<ClaimGroup>,
    /// This page in the list's pages.
    pub paging: PagingView,
}

/// Claims with one status.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ClaimGroup {
    /// Their status, as authors type it.
    pub status: &'static str,
    /// Their status, in words.
    pub status_word: String,
    /// The claims by section, in reading order.
    pub sections: Vec<ClaimsOfSection>,
}

/// Claims with one status that belong to one section.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ClaimsOfSection {
    /// The section; absent for claims that belong to none.
    pub section: Option<LinkView>,
    /// The section's mark, as a class name; `s0` if there is none.
    pub mark: &'static str,
    /// The claims, the latest change first.
    pub claims: Vec<ListedClaim>,
}

/// A claim in that list.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ListedClaim {
    /// The statement.
    pub text_html: String,
    /// Its page.
    pub url: String,
    /// When its evidence last changed; absent if it has no history.
    pub changed: Option<DateView>,
}

impl View<'_> {
    /// Page `number` of the list of claims.
    #[must_use]
    pub fn claims_page(&self, number: usize) -> ClaimsPage {
        let order = self.order(RecordKind::Claim);
        let mut groups: Vec<ClaimGroup> = Vec::new();
        let mut last: Option<(ClaimStatus, Option<PageIx>)> = None;
        for at in order[paging::slice(number, order.len())].iter().map(|at| ClaimIx(*at)) {
            let (status, section) = (self.reader.claim_status(at), self.section_of_claim(at));
            if last.is_none_or(|last| last.0 != status) {
                let status_word = self.word("claim-status", status.word());
                groups.push(ClaimGroup { status: status.word(), status_word, sections: Vec::new() });
            }
            let Some(group) = groups.last_mut() else { continue };
            if last != Some((status, section)) {
                group.sections.push(ClaimsOfSection {
                    section: section.map(|page| self.record_link(page.into())),
                    mark: section.map_or("s0", |page| self.section_mark(page)),
                    claims: Vec::new(),
                });
            }
            if let Some(part) = group.sections.last_mut() {
                part.claims.push(self.listed_claim(at));
            }
            last = Some((status, section));
        }
        let mut claims = groups.iter().flat_map(|group| &group.sections).flat_map(|part| &part.claims);
        ClaimsPage {
            has_dates: claims.any(|claim| claim.changed.is_some()),
            page: self.list_head("claims", "ui.claims", "claims", number),
            groups,
            paging: self.paging("claims", number, order.len()),
        }
    }

    /// The section that a claim is listed under: the first that it names.
    pub(super) fn section_of_claim(&self, at: ClaimIx) -> Option<PageIx> {
        let item = self.reader.item(at);
        item.record.fields.sections.iter().find_map(|section| item.targets[section.0].page())
    }

    fn listed_claim(&self, at: ClaimIx) -> ListedClaim {
        let link = self.link(Link::To(RecordIx::Claim(at)));
        let zone = self.reader.zone();
        let history = &self.reader.item(at).record.fields.history;
        let last = history.iter().max_by_key(|step| step.date.value.order_key(zone));
        ListedClaim { text_html: link.title_html, url: link.url, changed: last.map(|step| self.date(&step.date.value)) }
    }
}
