//! Which records have a card, and where it is.

use super::View;
use crate::model::RecordIx;

impl View<'_> {
    /// Whether links to records open cards.
    #[must_use]
    pub fn has_record_cards(&self) -> bool {
        self.config.theme.record_cards != Some(false)
    }

    /// The file of a record's card, if there is one. The theme's script works it out from the record's address.
    #[must_use]
    pub fn record_card_file(&self, owner: RecordIx) -> Option<String> {
        let path = self.reader.path_of(owner);
        let file = match owner {
            RecordIx::Event(_) | RecordIx::Entity(_) | RecordIx::Claim(_) | RecordIx::Source(_) => format!("{path}/card.js"),
            // All terms are on one page.
            RecordIx::Term(_) => format!("{path}/{}/card.js", self.reader.id(owner)),
            RecordIx::Page(_) | RecordIx::Author(_) => return None,
        };
        self.has_record_cards().then_some(file)
    }
}
