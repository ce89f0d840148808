//! Finds pages that the preview shows and the published site would not.

use super::settings::Settings;
use crate::build::edition::Edition;
use crate::model::RecordIx;
use crate::model::address::{INDEX, ROOT};

/// Why the published site would not have the page at an address, in words; `None` if it would.
#[must_use]
pub fn why(address: &str, edition: &Edition, settings: &Settings, now: jiff::Timestamp) -> Option<String> {
    let model = edition.model()?;
    let is_there = |owner: &RecordIx| {
        let common = model.common(*owner);
        // Few pages are withheld, so no other address is written out.
        (common.draft.0 || common.embargo.holds(now))
            && model.record_address(*owner).replace(ROOT, &settings.base).replace(INDEX, "") == address
    };
    let common = model.common(model.records().find(is_there)?);
    if common.draft.0 {
        return Some(settings.words.get("preview.draft").to_owned());
    }
    let Some(end) = common.embargo.end() else {
        return Some(settings.words.get("withheld.embargo").to_owned());
    };
    let end = end.to_zoned(settings.time_zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string();
    Some(settings.words.fill("preview.embargo", &[("until", &end)]))
}
