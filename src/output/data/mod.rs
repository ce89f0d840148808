//! What others can build on: the public records as JSON, and events as a table and as calendars.
//!
//! All of it comes from the model of this build, so none of it includes what is hidden.

mod authors;
mod document;
mod each;
mod events_csv;
mod ics;
mod records;
mod site_json;
mod standings;
mod texts;

pub(super) use site_json::Maker;

use super::{Format, Outline, Plan, Recipe, RenderContext};
use crate::model::{EntityIx, EventIx, PageIx, RecordIx};

/// The path of the file with all records.
pub const SITE_JSON: &str = "data/site.json";

/// Data for others to use.
pub struct Data;

impl Format for Data {
    fn plan(&self, site: &Outline<'_>, plan: &mut Plan) {
        if !site.has_data() {
            return;
        }
        let mut add =
            |path: &str, make: fn(&RenderContext<'_>) -> Vec<u8>| plan.add(path.to_owned(), Recipe::infallible(make));
        add(SITE_JSON, document::write);
        add("data/site.schema.json", |_| document::schema());
        let [_, events, _, entities, ..] = site.counts();
        if events == 0 {
            return;
        }
        add("data/events.csv", events_csv::write);
        add("data/events.ics", |site| {
            let all: Vec<EventIx> = EventIx::first(site.model.events.len()).collect();
            ics::write(site, &site.config.first().title, &all)
        });
        let sections = PageIx::first(site.sections()).map(RecordIx::Page);
        let entities = EntityIx::first(entities).map(RecordIx::Entity);
        for owner in sections.chain(entities).filter(|owner| site.has_calendar(*owner)) {
            let make = move |site: &RenderContext<'_>| ics::write(site, site.view.title_of(owner), events_of(site, owner));
            plan.add(format!("{}/events.ics", site.path(owner)), Recipe::infallible(make));
        }
    }
}

/// The events of a section's or entity's calendar: those of its timeline.
fn events_of<'s>(site: &RenderContext<'s>, owner: RecordIx) -> &'s [EventIx] {
    match owner {
        RecordIx::Page(at) => &site.model[at].timeline,
        RecordIx::Entity(at) => &site.model[at].timeline,
        _ => &[],
    }
}
