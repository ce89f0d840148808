//! Whole addresses, and which formats that need them the site has.

use super::View;
use crate::model::{RecordIx, Role, address};

impl View<'_> {
    /// `text` with its place-held addresses as whole ones. Only formats of a site with a `base-url` ask for it; without one,
    /// addresses begin at the host.
    #[must_use]
    pub fn absolute(&self, text: &str) -> String {
        address::absolute(self.config.base_url.as_deref().unwrap_or_default(), text)
    }

    /// An address for others: whole if the site knows its own, and otherwise from its root, without a slash at the beginning.
    #[must_use]
    pub fn public(&self, text: &str) -> String {
        match &self.config.base_url {
            Some(base) => address::absolute(base, text),
            None => address::absolute("", text).split_off(1),
        }
    }

    /// The address of a record for others.
    #[must_use]
    pub fn public_url(&self, owner: RecordIx) -> String {
        self.public(&self.reader.record_address(owner))
    }

    /// Whether the site has feeds.
    #[must_use]
    pub fn has_feeds(&self) -> bool {
        self.config.base_url.is_some() && self.config.feeds.enable != Some(false)
    }

    /// Whether the site has data for others.
    #[must_use]
    pub fn has_data(&self) -> bool {
        self.config.data.enable != Some(false)
    }

    /// Whether a section or entity has a calendar of its own: it has events.
    #[must_use]
    pub fn has_calendar(&self, owner: RecordIx) -> bool {
        let has_events = match owner {
            RecordIx::Page(at) => self.reader.role(at) == Role::Section && !self.reader.timeline(owner).is_empty(),
            RecordIx::Entity(_) => !self.reader.timeline(owner).is_empty(),
            RecordIx::Event(_) | RecordIx::Claim(_) | RecordIx::Term(_) | RecordIx::Source(_) | RecordIx::Author(_) => false,
        };
        self.has_data() && self.config.data.calendars != Some(false) && has_events
    }
}
