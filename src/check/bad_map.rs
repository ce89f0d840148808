//! See [`BadMap`].

use std::collections::BTreeSet;

use super::CheckContext;
use super::rule::{Report, Scope, rule};
use crate::base::{Origin, Span};
use crate::map::{self, MOST_PLACES, Scale};
use crate::model::map_data::{self, MapFile};
use crate::model::{Destination, Link, Linked, RecordIx};
use crate::source::tree::BOOK;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::map::{Base, Map, Stop};

rule! {
    /// A map can't be drawn, or would show less than its text says.
    ///
    /// A place on it has no `location`; a route has a single stop; it has more places than readers can tell apart; or the file
    /// that it takes land and borders from is no GeoJSON. The finding is at the place in the block, or in the file.
    ///
    /// Give each entity on a map a `location`. If its position is only roughly known, say so with `approximate: true`.
    ///
    /// ```yaml
    /// - id: tecoluca
    ///   kind: place
    ///   name: Tecoluca
    ///   location: {lat: 13.54, lon: -88.78}      # add this
    /// ```
    BadMap: BAD_MAP, Error, Scope::Global(check)
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    let mut told = BTreeSet::new();
    site_base(site, &mut told, report);
    for owner in site.model.illustrated().iter().copied() {
        look_at(site, site.model.origin(owner), site.model.linked(owner), &mut told, report);
    }
    for (_, variant) in site.model.pages.iter().flat_map(|page| &page.variants) {
        look_at(site, variant.record.origin, variant.linked(), &mut told, report);
    }
}

/// The file that the settings name.
fn site_base(site: &CheckContext<'_>, told: &mut BTreeSet<Box<str>>, report: &mut Report) {
    let Some(base) = &site.config.map_base else { return };
    let span = Span { file: BOOK, range: base.range };
    if let Some(file) = site.model.map_files.get(&*base.value) {
        in_file(&base.value, file, told, report);
    } else if !map_data::is_readable(&base.value) {
        report.add(span, not_geojson(&base.value)).help = Some(AS_GEOJSON.to_owned());
    } else {
        let message = format!("there is no file `{}/{}`", site.config.src, base.value);
        report.add(span, message).help =
            Some("use a path in the content folder, such as `media/borders.geojson`".to_owned());
    }
}

const AS_GEOJSON: &str = "save the borders as GeoJSON, with the ending `.geojson`";

fn not_geojson(path: &str) -> String {
    format!("a map reads GeoJSON, and `{path}` is another kind of file")
}

/// What is wrong with a file, once for all maps that use it.
fn in_file(path: &str, file: &MapFile, told: &mut BTreeSet<Box<str>>, report: &mut Report) {
    let Err(faults) = &*file.shapes else { return };
    if told.insert(path.into()) {
        for fault in faults {
            let span = Span { file: file.file, range: fault.range };
            report.add(span, fault.message.clone()).help.clone_from(&fault.help);
        }
    }
}

/// The maps in a text.
fn look_at(site: &CheckContext<'_>, origin: Origin, linked: Linked<'_>, told: &mut BTreeSet<Box<str>>, report: &mut Report) {
    for map in linked.blocks().filter_map(Block::map) {
        base(site, origin, (linked, map), told, report);
        places(site, origin, (linked, map), report);
    }
}

fn base(
    site: &CheckContext<'_>,
    origin: Origin,
    (linked, map): (Linked<'_>, &Map),
    told: &mut BTreeSet<Box<str>>,
    report: &mut Report,
) {
    if let Base::File(base) = map.base {
        let Destination::Media(path) = &linked.destinations[base.0] else { return };
        let range = linked.pieces.addresses[base.0].range;
        match site.model.map_files.get(&**path) {
            Some(file) => in_file(path, file, told, report),
            None if map_data::is_readable(path) => {}
            None => report.add(origin.span(range), not_geojson(path)).help = Some(AS_GEOJSON.to_owned()),
        }
    } else if map::natural_earth(Scale::World).is_none() && (map.base.is_natural_earth() || site.config.map_base.is_none()) {
        let message = "this program was built without the feature `maps`, so it has no land and borders to draw";
        report.add(origin.span(map.place(linked.pieces)), message).help =
            Some("name a GeoJSON file in `base`, or build the program with its default features".to_owned());
    }
}

fn places(site: &CheckContext<'_>, origin: Origin, (linked, map): (Linked<'_>, &Map), report: &mut Report) {
    let range = |stop: &Stop| linked.pieces.pointers[stop.place.0].range;
    let mut places: Vec<RecordIx> = Vec::new();
    for stop in map.stops() {
        let Link::To(at) = linked.targets[stop.place.0] else { continue };
        if let RecordIx::Entity(entity) = at
            && site.model[entity].item.record.fields.location.is_none()
        {
            let id = &linked.pieces.pointers[stop.place.0].id;
            let found = report.add(origin.span(range(stop)), format!("`{id}` has no `location`, so no map can show it"));
            found.help = Some("add its position to the entity: `location: {lat: 13.6, lon: -88.8}`".to_owned());
            let span = site.model[entity].item.record.id_span();
            found.labels.push(crate::diagnostics::Label { span, message: "the entity is here".to_owned() });
        }
        places.push(at);
    }
    let whole = origin.span(map.place(linked.pieces));
    if map.stops().next().is_none() {
        report.add(whole, "this map shows no place").help =
            Some("name entities in `places`, or the stops of a way in `route`".to_owned());
    }
    if let [stop] = &map.route[..] {
        report.add(origin.span(range(stop)), "a route needs at least two stops").help =
            Some("add another stop, or name the place in `places`".to_owned());
    }
    twice(linked, origin, map, report);
    places.sort_unstable();
    places.dedup();
    if places.len() > MOST_PLACES {
        let message = format!("this map has {} places, and readers can tell at most {MOST_PLACES} apart", places.len());
        report.add(whole, message).help = Some("keep the most important ones, or make several maps".to_owned());
    }
}

/// Places that are named twice where once is meant: a route may come back to a place, but not at once.
fn twice(linked: Linked<'_>, origin: Origin, map: &Map, report: &mut Report) {
    let target = |stop: &Stop| linked.targets[stop.place.0].record();
    let mut known = BTreeSet::new();
    let again = map.places.iter().filter(|stop| target(stop).is_some_and(|at| !known.insert(at)));
    let stays = map.route.windows(2).filter(|pair| target(&pair[0]).is_some() && target(&pair[0]) == target(&pair[1]));
    let found: Vec<&Stop> = stays.map(|pair| &pair[1]).chain(again).collect();
    for stop in found {
        let pointer = &linked.pieces.pointers[stop.place.0];
        let message = format!("`{}` is here twice", pointer.id);
        report.add(origin.span(pointer.range), message).help = Some("remove one of the two".to_owned());
    }
}
