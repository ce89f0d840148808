//! What the preview shows and the published site would not.

use std::collections::BTreeMap;

use super::settings::Settings;
use crate::build::edition::Edition;
use crate::model::address::{INDEX, ROOT};

/// Every page that is kept out of the published site, by its address, with the words that say so.
#[must_use]
pub fn addresses(edition: &Edition, settings: &Settings, now: jiff::Timestamp) -> BTreeMap<String, String> {
    let Some(model) = edition.model() else { return BTreeMap::new() };
    let hidden = model.owners().filter_map(|owner| {
        let common = model.common(owner);
        let words = if common.draft {
            settings.words.get("preview.draft").to_owned()
        } else {
            let until = common.embargo.as_ref()?.value;
            if until <= now {
                return None;
            }
            let until = until.to_zoned(settings.time_zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string();
            settings.words.fill("preview.embargo", &[("until", &until)])
        };
        let address = model.owner_address(owner).replace(ROOT, &settings.base).replace(INDEX, "");
        Some((address, words))
    });
    hidden.collect()
}
