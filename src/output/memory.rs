//! What there is to know for a returning reader: new events and sections, changed sections, changes of status, updates and
//! corrections. Each has two hashes, of what it is and of what it says, which the reader's browser compares with those it
//! noted at the last visit.

use std::cmp::Reverse;

use serde::Serialize;

use super::relativize::Placement;
use super::{Format, Outline, Plan, Recipe, RenderContext};
use crate::date::Date;
use crate::model::read::RecordKind;
use crate::model::{ClaimIx, EntityIx, EventIx, PageIx, RecordIx};
use crate::syntax::kinds::common::UpdateKind;
use crate::view::View;
use crate::view::lists::Change;
use crate::view::memory::{MANIFEST, short};
use crate::view::record::UPDATES;

/// The manifest of what can change.
pub struct Memory;

/// How many things of each kind are in the manifest: the newest. A reader's browser fetches it, and keeps their hashes.
const OF_A_KIND: usize = 200;

impl Format for Memory {
    fn plan(&self, site: &Outline<'_>, plan: &mut Plan) {
        if site.has_memory() {
            plan.add(MANIFEST.to_owned(), Recipe::infallible(|site| manifest(site).into_bytes()));
        }
    }
}

fn manifest(site: &RenderContext<'_>) -> String {
    let placement = Placement::relative(MANIFEST, site.file_links);
    let mut manifest = Maker { view: &site.view }.manifest();
    manifest.things.iter_mut().for_each(|thing| thing.url = placement.fill_address(&thing.url));
    // Strings and lists alone can't fail.
    serde_json::to_string(&manifest).unwrap_or_default() + "\n"
}

/// Everything that can change.
#[derive(Debug, Serialize)]
struct Manifest {
    /// By the number of each kind of thing, what a new one is called, and one that has changed.
    kinds: Vec<[String; 2]>,
    /// The things.
    things: Vec<Thing>,
}

/// Something that can change.
#[derive(Debug, Serialize)]
struct Thing {
    /// Its kind, as a number.
    kind: usize,
    /// A hash of which thing it is.
    is: String,
    /// A hash of what it says.
    says: String,
    /// Its title, as HTML.
    title: String,
    /// Where to read it.
    url: String,
    /// When it happened, in words; empty if it has no date.
    date: String,
}

/// The kinds of things, in the order of their numbers, each with the messages for a new one and for one that has changed.
const KINDS: [[&str; 2]; 7] = [
    ["memory.new-section", "memory.changed-section"],
    ["memory.new-event", "memory.new-status"],
    ["memory.new-claim", "memory.new-status"],
    ["memory.new-status", "memory.new-status"],
    ["update.update", "update.update"],
    ["update.correction", "update.correction"],
    ["update.clarification", "update.clarification"],
];
const SECTION: usize = 0;
const EVENT: usize = 1;
const CLAIM: usize = 2;
const ENTITY: usize = 3;

/// Makes the manifest.
struct Maker<'s> {
    view: &'s View<'s>,
}

impl<'s> Maker<'s> {
    /// Everything that can change.
    fn manifest(&self) -> Manifest {
        let things = [self.sections_now(), self.events_now(), self.claims_now(), self.entities_now(), self.changes_now()];
        Manifest {
            kinds: KINDS.iter().map(|keys| keys.map(|key| self.view.words.get(key).to_owned())).collect(),
            things: things.into_iter().flatten().collect(),
        }
    }

    fn thing(&self, kind: usize, owner: RecordIx, says: &[&str], date: Option<&Date>) -> Thing {
        Thing {
            kind,
            is: short(&[&kind.to_string(), self.view.reader.id(owner)]),
            says: short(says),
            title: self.view.shown_title_html(owner),
            url: self.view.reader.record_address(owner),
            date: date.map(|date| self.view.date_text(date).text).unwrap_or_default(),
        }
    }

    /// The newest of some things, newest first. Those without a date come last.
    fn newest<T: Copy + Ord>(&self, all: impl Iterator<Item = (T, Option<&'s Date>)>) -> Vec<(T, Option<&'s Date>)> {
        let mut all: Vec<_> = all.collect();
        all.sort_by_cached_key(|(at, date)| (Reverse(date.map(|date| date.order_key(self.view.reader.zone()))), *at));
        all.truncate(OF_A_KIND);
        all
    }

    fn sections_now(&self) -> Vec<Thing> {
        let dated = PageIx::first(self.view.reader.sections()).map(|at| (at, self.view.reader.changed(at.into())));
        let thing = |(at, date): (PageIx, Option<&Date>)| Thing {
            says: self.view.page_state(at),
            ..self.thing(SECTION, at.into(), &[], date)
        };
        self.newest(dated).into_iter().map(thing).collect()
    }

    /// The latest events. One that was announced and has happened has another status.
    fn events_now(&self) -> Vec<Thing> {
        let count = self.view.reader.count(RecordKind::Event);
        let latest = EventIx::first(count).skip(count.saturating_sub(OF_A_KIND));
        let thing = |at: EventIx| {
            let status = self.view.reader.item(at).record.fields.status.word();
            self.thing(EVENT, at.into(), &[status], Some(self.view.reader.date(at)))
        };
        latest.map(thing).collect()
    }

    fn claims_now(&self) -> Vec<Thing> {
        let dated = ClaimIx::first(self.view.reader.count(RecordKind::Claim)).map(|at| {
            let history = &self.view.reader.item(at).record.fields.history;
            (at, self.view.reader.latest(history).map(|step| &step.date.value))
        });
        let thing = |(at, date): (ClaimIx, Option<&Date>)| {
            let status = self.view.reader.claim_status(at).word();
            self.thing(CLAIM, at.into(), &[status], date)
        };
        self.newest(dated).into_iter().map(thing).collect()
    }

    fn entities_now(&self) -> Vec<Thing> {
        let dated = EntityIx::first(self.view.reader.count(RecordKind::Entity)).filter_map(|at| {
            let status = &self.view.reader.item(at).record.fields.status;
            Some((at, Some(&self.view.reader.latest(status)?.date.value)))
        });
        let thing = |(at, date): (EntityIx, Option<&Date>)| {
            let latest = self.view.reader.latest(&self.view.reader.item(at).record.fields.status);
            let says = latest.map(|step| self.view.plain_text(at.into(), Some(&step.is))).unwrap_or_default();
            self.thing(ENTITY, at.into(), &[&date.map(ToString::to_string).unwrap_or_default(), &says], date)
        };
        self.newest(dated).into_iter().map(thing).collect()
    }

    fn changes_now(&self) -> Vec<Thing> {
        let thing = |Change { of, index, .. }: &Change| {
            let update = &self.view.reader.common(*of).updates[*index];
            let kind = match update.kind {
                UpdateKind::Update => 4,
                UpdateKind::Correction => 5,
                UpdateKind::Clarification => 6,
            };
            let (date, says) = (update.date.value.to_string(), self.view.plain_text(*of, Some(&update.text)));
            let thing = self.thing(kind, *of, &[], Some(&update.date.value));
            // Terms share a page, which has no such list.
            let list = if matches!(of, RecordIx::Term(_)) { "" } else { UPDATES };
            Thing { is: short(&[&kind.to_string(), self.view.reader.id(*of), &date, &says]), url: thing.url + list, ..thing }
        };
        self.view.all_changes().iter().take(OF_A_KIND).map(thing).collect()
    }
}
