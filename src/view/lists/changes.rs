//! Updates and corrections.

use std::cmp::Reverse;

use serde::Serialize;

use crate::base::paging;
use crate::date::StateKey;
use crate::model::read::{Facet, RecordKind};
use crate::model::{RecordIx, Role};
use crate::view::html::Writer;
use crate::view::record::UpdateView;
use crate::view::{Head, LinkView, PagingView, View};

/// An update or correction, in chronological order, newest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// When it was made.
    pub when: Reverse<StateKey>,
    /// What was changed.
    pub of: RecordIx,
    /// Which of its changes.
    pub index: usize,
}

/// An update or correction, and what it belongs to.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ChangeView {
    /// What it belongs to.
    pub of: LinkView,
    /// The change.
    pub update: UpdateView,
}

/// Updates and corrections.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ChangesPage {
    /// What the page says about itself.
    pub page: Head,
    /// The changes, newest first.
    pub changes: Vec<ChangeView>,
    /// This page in the list's pages.
    pub paging: PagingView,
}

impl<'m> View<'m> {
    /// All updates and corrections, newest first.
    #[must_use]
    pub fn all_changes(&self) -> &'m [Change] {
        self.reader.note_list(RecordKind::Page, Facet::Changes);
        self.orders.changes(self)
    }

    /// How many updates and corrections there are.
    #[must_use]
    pub fn changes_count(&self) -> usize {
        self.all_changes().len()
    }

    /// Some of the updates and corrections, newest first.
    pub(in crate::view) fn changes(&self, range: std::ops::Range<usize>) -> Vec<ChangeView> {
        let all = self.all_changes();
        let range = range.start.min(all.len())..range.end.min(all.len());
        all[range]
            .iter()
            .map(|Change { of, index, .. }| {
                let mut writer = Writer::fragment(self, self.reader.linked(*of));
                ChangeView {
                    of: self.record_link(*of),
                    update: self.update(&self.reader.common(*of).updates[*index], &mut writer),
                }
            })
            .collect()
    }

    /// Page `number` of the updates and corrections.
    #[must_use]
    pub fn changes_page(&self, number: usize) -> ChangesPage {
        let count = self.changes_count();
        ChangesPage {
            page: self.list_head("changes", "ui.changes", "changes", number),
            changes: self.changes(paging::slice(number, count)),
            paging: self.paging("changes", number, count),
        }
    }
}

/// Every record except the page for broken addresses, which has no address to link to.
fn owners_with_pages(view: &View<'_>) -> impl Iterator<Item = RecordIx> {
    let has_page = |owner: &RecordIx| match owner {
        RecordIx::Page(at) => view.reader.role(*at) != Role::NotFound,
        _ => true,
    };
    view.reader.records().filter(has_page)
}

/// All updates and corrections, newest first.
pub(super) fn in_order(view: &View<'_>) -> Vec<Change> {
    let mut out = Vec::new();
    for of in owners_with_pages(view) {
        for (index, update) in view.reader.common(of).updates.iter().enumerate() {
            out.push(Change { when: Reverse(update.date.value.state_key(view.reader.zone())), of, index });
        }
    }
    out.sort();
    out
}
