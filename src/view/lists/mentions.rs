//! More mentions of a record, for which its own page has no room.

use serde::Serialize;

use crate::base::paging;
use crate::model::{RecordIx, address};
use crate::view::mentions::MentionView;
use crate::view::{Head, LinkView, PagingView, View};

/// More mentions of a record.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct MentionsPage {
    /// What the page says about itself.
    pub page: Head,
    /// The record.
    pub of: LinkView,
    /// Where it is mentioned.
    pub mentions: Vec<MentionView>,
    /// This page in the list's pages; the first is the record's own page.
    pub paging: PagingView,
}

impl View<'_> {
    /// Page `number`, from 2, of the places that mention a record or cite a source.
    #[must_use]
    pub fn mentions_page(&self, owner: RecordIx, path: &str, number: usize) -> MentionsPage {
        let all = self.reader.mentions(owner);
        let slice = &all[paging::slice(number, all.len())];
        let title = self.labeled(&self.record_title(owner), self.words.get("ui.mentioned-in"));
        let page = |number: usize| match number {
            1 => address::folder(path),
            number => address::folder(&format!("{path}/mentions/{number}")),
        };
        let of = paging::pages(all.len());
        MentionsPage {
            page: Head {
                withheld: self.withheld_note(owner),
                ..self.head("mentions", title.clone(), self.about_list(&title), &format!("{path}/mentions/{number}"))
            },
            of: self.record_link(owner),
            mentions: self.mentions_among(slice),
            paging: PagingView {
                number,
                of,
                previous: (number > 1).then(|| page(number - 1)),
                next: (number < of).then(|| page(number + 1)),
            },
        }
    }
}
