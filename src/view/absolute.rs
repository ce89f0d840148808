//! Absolute addresses, and which formats that need them the site has.

use super::View;
use crate::model::{RecordIx, Role, address};

impl View<'_> {
    /// `text` with absolute addresses in place of placeholders. Only formats of a site with a `base-url` ask for it;
    /// without one, addresses begin at the host.
    #[must_use]
    pub fn absolute(&self, text: &str) -> String {
        address::absolute(self.config.base_url.as_deref().unwrap_or_default(), text)
    }

    /// An address for use elsewhere: absolute if the site knows its own, otherwise from its root, without a leading
    /// slash.
    #[must_use]
    pub fn public(&self, text: &str) -> String {
        match &self.config.base_url {
            Some(base) => address::absolute(base, text),
            None => address::absolute("", text).split_off(1),
        }
    }

    /// The address of a record for use elsewhere.
    #[must_use]
    pub fn public_url(&self, owner: RecordIx) -> String {
        self.public(&self.reader.record_address(owner))
    }

    /// Whether the site has feeds.
    #[must_use]
    pub fn has_feeds(&self) -> bool {
        self.config.base_url.is_some() && self.config.feeds.enable != Some(false)
    }

    /// Whether the site offers its data to others.
    #[must_use]
    pub fn has_data(&self) -> bool {
        self.config.data.enable != Some(false)
    }

    /// Whether the site can be searched.
    #[must_use]
    pub fn has_search(&self) -> bool {
        self.config.search.enable != Some(false)
    }

    /// Whether a section or entity has its own calendar: it does if it has events.
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
