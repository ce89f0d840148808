//! `[site]`: the settings that mdBook doesn't have.

use super::{CitationsTable, DateFormat, Editor, Languages, PublisherTable, SiteTable, WordsTable};
use crate::base::At;
use crate::date::{Date, Day};
use crate::diagnostics::code;
use crate::syntax::{Decoder, ZoneName};

/// `[site]`, with what needs no other table made whole.
pub(super) struct SiteSettings {
    pub(super) time_zone: jiff::tz::TimeZone,
    pub(super) has_time_zone: bool,
    pub(super) zone_name: Option<ZoneName>,
    pub(super) as_of: Option<At<Day>>,
    pub(super) stale_after: Option<i32>,
    pub(super) correction_notice_days: i32,
    pub(super) editor: Option<Editor>,
    pub(super) publisher: PublisherTable,
    pub(super) languages: Languages,
    pub(super) date_format: Option<DateFormat>,
    pub(super) words: WordsTable,
}

impl SiteSettings {
    pub(super) fn of(table: SiteTable, d: &mut Decoder) -> Self {
        // Every setting is named, so that a new one does not compile until it is used.
        let SiteTable {
            base_url: _,
            time_zone,
            as_of,
            stale_after,
            correction_notice_days,
            raw_html,
            editor,
            publisher,
            languages,
            citations,
            date_format,
            words,
        } = table;
        refuse_what_is_to_come(citations, raw_html, d);
        let has_time_zone = time_zone.is_some();
        let zone_name = time_zone.as_ref().and_then(|zone| ZoneName::new(&zone.value));
        let time_zone = zone(time_zone.as_ref(), d);
        Self {
            as_of: as_of.and_then(|date| exact_day(&date, &time_zone, d)),
            time_zone,
            has_time_zone,
            zone_name,
            stale_after: stale_after.and_then(|days| some_days(&days, d)),
            correction_notice_days: notice_days(correction_notice_days.as_ref(), d),
            editor: editor.and_then(|command| Editor::read(&command, d)),
            publisher,
            languages,
            date_format,
            words,
        }
    }
}

/// Reports settings of the format that this version doesn't support yet.
fn refuse_what_is_to_come(citations: CitationsTable, raw_html: Option<At<bool>>, d: &mut Decoder) {
    let CitationsTable { style } = citations;
    if let Some(style) = style.filter(|style| style.value != "news") {
        d.error(code::BAD_VALUE, style.range, format!("the style `{}` can't be used by this version", style.value)).help =
            Some("use `news`, the built-in style; this version doesn't support CSL styles".to_owned());
    }
    if let Some(raw) = raw_html.filter(|raw| raw.value) {
        d.error(code::BAD_VALUE, raw.range, "raw HTML can't be allowed by this version").help =
            Some("write Markdown; tags are shown as text".to_owned());
    }
}

/// What to write instead of something that is not a time zone: the zone of that city, if there is one.
fn meant_zone(written: &str) -> String {
    let is_offset =
        written.starts_with(['+', '-']) || written.to_uppercase().starts_with("UTC") || written.starts_with("GMT");
    if is_offset {
        return "write the name of a place's time zone, such as America/New_York, which includes daylight saving time"
            .to_owned();
    }
    let wanted = written.replace(' ', "_");
    let is_meant = |name: &str| {
        name.eq_ignore_ascii_case(&wanted) || name.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&wanted))
    };
    let database = jiff::tz::TimeZoneDatabase::bundled();
    let mut known = database.available().map(|name| name.to_string());
    known
        .find(|name| is_meant(name))
        .map_or_else(|| "write its IANA name, such as America/New_York".to_owned(), |name| format!("did you mean `{name}`?"))
}

fn zone(given: Option<&At<String>>, d: &mut Decoder) -> jiff::tz::TimeZone {
    let Some(given) = given else {
        return jiff::tz::TimeZone::UTC;
    };
    // The bundled database alone, so that one site gives the same bytes on every machine.
    match jiff::tz::TimeZoneDatabase::bundled().get(&given.value) {
        Ok(zone) => zone,
        Err(_) => {
            d.error(code::BAD_VALUE, given.range, format!("there is no time zone `{}`", given.value)).help =
                Some(meant_zone(&given.value));
            jiff::tz::TimeZone::UTC
        }
    }
}

/// A number of days, at least one.
fn some_days(days: &At<i32>, d: &mut Decoder) -> Option<i32> {
    if days.value < 1 {
        d.error(code::BAD_VALUE, days.range, "this must be one day or more").help =
            Some("write after how many days a page is stale, such as 30; without this line, no page ever is".to_owned());
        return None;
    }
    Some(days.value)
}

/// For how many days a correction is announced.
fn notice_days(given: Option<&At<i32>>, d: &mut Decoder) -> i32 {
    const UNLESS_SET: i32 = 30;
    let Some(days) = given else {
        return UNLESS_SET;
    };
    if days.value < 0 {
        d.error(code::BAD_VALUE, days.range, "this must be a number of days").help =
            Some("write how many days a page says that it was corrected, such as 30; 0 turns that off".to_owned());
        return UNLESS_SET;
    }
    days.value
}

/// One day; of a time with its offset the day that the site's clocks showed.
fn exact_day(date: &At<Date>, zone: &jiff::tz::TimeZone, d: &mut Decoder) -> Option<At<Day>> {
    if date.value.is_exact_day() {
        return Some(At::new(date.value.days(zone).first, date.range));
    }
    d.error(code::BAD_DATE, date.range, "this must be one day").help = Some("write it as 2025-12-22".to_owned());
    None
}
