//! Whole addresses, and which formats that need them the site has.

use super::View;
use crate::model::address;

impl View<'_> {
    /// `text` with its place-held addresses as whole ones. Only formats of a site with a `base-url` ask for it; without one,
    /// addresses begin at the host.
    #[must_use]
    pub fn whole(&self, text: &str) -> String {
        address::whole(self.config.base_url.as_deref().unwrap_or_default(), text)
    }

    /// Whether the site has feeds.
    #[must_use]
    pub fn has_feeds(&self) -> bool {
        self.config.base_url.is_some() && self.config.feeds.enable != Some(false)
    }
}
