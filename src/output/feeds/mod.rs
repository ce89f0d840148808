//! Feeds: what is new, and what changed, in Atom (RFC 4287) and JSON Feed 1.1.
//!
//! The ids of entries come from the site's id and the record's, so that they survive rebuilds, moves to another host,
//! and new titles. Times come from the records; a build without a change of content changes no byte.

mod atom;
mod entries;
mod json;

use super::{Format, Outline, Plan, Recipe};
use crate::model::{EntityIx, PageIx, RecordIx};

pub use entries::Which;

/// Feeds.
pub struct Feeds;

impl Format for Feeds {
    fn plan(&self, site: &Outline<'_>, plan: &mut Plan) {
        if !site.has_feeds() {
            return;
        }
        pair(plan, Which::News);
        pair(plan, Which::Updates);
        let feeds = &site.config().feeds;
        let [_, _, _, entities, ..] = site.counts();
        if feeds.sections {
            for at in PageIx::first(site.sections()).map(RecordIx::Page) {
                pair(plan, Which::Of(at, site.path(at)));
            }
        }
        if feeds.entities {
            for at in EntityIx::first(entities).map(RecordIx::Entity) {
                pair(plan, Which::Of(at, site.path(at)));
            }
        }
    }
}

/// A feed in both formats.
fn pair(plan: &mut Plan, which: Which) {
    let stem = which.stem();
    let own = which.clone();
    plan.add(format!("{stem}.xml"), Recipe::infallible(move |site| atom::write(&entries::feed(site, &own))));
    plan.add(format!("{stem}.json"), Recipe::infallible(move |site| json::write(&entries::feed(site, &which))));
}
