//! What others build on: the public records as JSON, events as a table and as calendars.
//!
//! All of it is made of the model of this build, so that what is hidden is in none of it.

mod document;
mod each;
mod events_csv;
mod ics;
mod records;
mod site_json;

use super::{Format, Plan, Recipe, RenderContext};
use crate::model::{EntityIx, EventIx, Owner, PageIx};

/// The path of all records.
pub const SITE_JSON: &str = "data/site.json";

/// Data for others.
pub struct Data;

impl Format for Data {
    fn plan(&self, site: &RenderContext<'_>, plan: &mut Plan) {
        if !site.view.has_data() {
            return;
        }
        let mut add =
            |path: &str, make: fn(&RenderContext<'_>) -> Vec<u8>| plan.add(path.to_owned(), Recipe::infallible(make));
        add(SITE_JSON, document::write);
        add("data/site.schema.json", |_| document::schema());
        if site.model.events.is_empty() {
            return;
        }
        add("data/events.csv", events_csv::write);
        add("data/events.ics", |site| {
            let all: Vec<EventIx> = (0..site.model.events.len() as u32).map(EventIx).collect();
            ics::write(site, &site.config.first().title, &all)
        });
        let sections = (0..site.model.sections as u32).map(|at| Owner::Page(PageIx(at)));
        let entities = (0..site.model.entities.len() as u32).map(|at| Owner::Entity(EntityIx(at)));
        for owner in sections.chain(entities).filter(|owner| site.view.has_calendar(*owner)) {
            let make = move |site: &RenderContext<'_>| ics::write(site, site.view.title_of(owner), events_of(site, owner));
            plan.add(format!("{}events.ics", site.view.folder_of(owner)), Recipe::infallible(make));
        }
    }
}

/// The events of a section's or entity's calendar: those of its timeline.
fn events_of<'s>(site: &RenderContext<'s>, owner: Owner) -> &'s [EventIx] {
    match owner {
        Owner::Page(at) => &site.model.pages[at.at()].timeline,
        Owner::Entity(at) => &site.model.entities[at.at()].timeline,
        _ => &[],
    }
}
