//! Maps in a body, and the small ones on the pages of places.

use serde::Serialize;

use super::citations::numbered::Numbering;
use super::html::Writer;
use super::{DateView, View};
use crate::map::{self, Area, Drawing, Look, Place, Position, Shapes};
use crate::model::{Destination, EntityIx, Link, Linked, RecordIx};
use crate::syntax::indices::BlockIx;
use crate::syntax::kinds::location::Location;
use crate::syntax::kinds::map::{Base, Map, Stop};

/// A map.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct MapView {
    /// Its anchor on the page.
    pub id: String,
    /// What it shows, in a sentence.
    pub title_html: String,
    /// The drawing for columns of text on large screens and on paper.
    pub wide_html: String,
    /// The drawing for phones. It takes land and borders from the other one.
    pub narrow_html: String,
    /// The stops of its route, in the order of their numbers.
    pub route: Vec<MapStop>,
    /// Its other places: numbered in this order if it has no route, with letters if it has one.
    pub places: Vec<MapStop>,
    /// What readers need to know about the map, paragraph by paragraph.
    pub caveat_html: Vec<String>,
    /// The names of its sources.
    pub sources: String,
    /// Citations of them.
    pub marks_html: String,
    /// The day that the map is accurate as of.
    pub as_of: Option<DateView>,
}

/// A place on a map.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct MapStop {
    /// Its name.
    pub title_html: String,
    /// Its page.
    pub url: String,
    /// What happened there.
    pub text_html: Option<String>,
    /// Citations of that.
    pub marks_html: String,
    /// Whether its position is known only approximately.
    pub approximate: bool,
}

/// A small map that shows where a place is.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct LocatorView {
    /// The drawing.
    pub map_html: String,
    /// Whether the position is known only approximately.
    pub approximate: bool,
}

/// The anchor of a map in a record's text.
#[must_use]
pub fn map_anchor(block: BlockIx) -> String {
    format!("map--{}", block.position() + 1)
}

/// The places of a map, each once.
#[derive(Default)]
struct Places {
    all: Vec<Place>,
    entities: Vec<EntityIx>,
}

impl Places {
    /// The position of an entity in the list, where it is added if it isn't there.
    fn add(&mut self, at: EntityIx, location: &Location, name: String) -> usize {
        self.entities.iter().position(|known| *known == at).unwrap_or_else(|| {
            self.entities.push(at);
            self.all.push(Place { name, position: position(location), is_approximate: location.is_approximate });
            self.all.len() - 1
        })
    }
}

fn position(location: &Location) -> Position {
    Position { lat: location.lat, lon: location.lon }
}

impl<'m> View<'m> {
    /// A map; `None` if it can't be drawn, which was reported.
    pub(super) fn map(
        &self,
        owner: RecordIx,
        (index, map): (BlockIx, &'m Map),
        numbering: &mut Numbering,
    ) -> Option<MapView> {
        let linked = self.reader.linked(owner);
        let id = map_anchor(index);
        let mut writer = Writer::page(self, owner, numbering);
        let title_html = writer.text(&map.title);
        let (title, alt) = (writer.plain(&map.title), writer.plain(&map.alt));
        let mut places = Places::default();
        let mut route = Vec::new();
        let stops = map.route.iter().filter_map(|stop| {
            let (view, at) = self.stop(linked, stop, &mut writer, &mut places)?;
            route.push(at);
            Some(view)
        });
        let stops: Vec<MapStop> = stops.collect();
        let others: Vec<MapStop> = map
            .places
            .iter()
            .filter_map(|stop| {
                let before = places.all.len();
                let (view, at) = self.stop(linked, stop, &mut writer, &mut places)?;
                // A stop of the route is in its list.
                (at >= before).then_some(view)
            })
            .collect();
        let area = |area: &crate::syntax::kinds::map::Area| Area {
            name: writer.plain(&area.name),
            position: position(&area.location),
        };
        let areas: Vec<Area> = map.areas.iter().map(area).collect();
        let own = self.shapes(linked, map.base).ok()?;
        let look = Look { id: &id, places: &places.all, route: &route, areas: &areas, own, words: self.words };
        let [wide, narrow] = map::draw(&look)?.map(|drawing: Drawing| drawing.svg(&title, &alt));
        let cited: Vec<Link> = map.sources.iter().map(|source| linked.cited[source.0]).collect();
        Some(MapView {
            title_html,
            wide_html: wide,
            narrow_html: narrow,
            route: stops,
            places: others,
            caveat_html: writer.maybe_paragraphs(map.caveat.as_ref()),
            marks_html: writer.marks(&map.sources),
            sources: self.source_names(&cited),
            as_of: map.as_of.as_ref().map(|date| self.date(&date.value)),
            id,
        })
    }

    /// A place for the list below a map, and its position among the places; nothing if it can't be shown, which was reported.
    fn stop(
        &self,
        linked: Linked<'m>,
        stop: &'m Stop,
        writer: &mut Writer<'_, 'm>,
        places: &mut Places,
    ) -> Option<(MapStop, usize)> {
        let Link::To(RecordIx::Entity(entity)) = linked.targets[stop.place.0] else { return None };
        let location = self.reader.location(entity)?;
        let name = stop.label.as_ref().map_or_else(|| self.record_title(entity.into()), |label| writer.plain(label));
        let at = places.add(entity, location, name);
        let link = self.record_link(entity.into());
        let stop = MapStop {
            title_html: link.title_html,
            url: link.url,
            text_html: writer.maybe(stop.text.as_ref()),
            marks_html: writer.marks(&stop.sources),
            approximate: location.is_approximate,
        };
        Some((stop, at))
    }

    /// The site's own land and borders, if a map has any.
    ///
    /// # Errors
    /// If it should have some and they can't be read, which was reported.
    fn shapes(&self, linked: Linked<'m>, base: Base) -> Result<Option<&'m Shapes>, ()> {
        let path = match base {
            Base::NaturalEarth => None,
            Base::Usual => self.config.map_base.as_ref().map(|base| base.value.as_str()),
            Base::File(base) => match &linked.destinations[base.0] {
                Destination::Media(path) => Some(&**path),
                _ => return Err(()),
            },
        };
        path.map(|path| self.reader.map_shapes(path).ok_or(())).transpose()
    }

    /// The small map of a place, if the site has such maps and the place says where it is.
    pub(super) fn locator(&self, at: EntityIx) -> Option<LocatorView> {
        if !self.config.locators {
            return None;
        }
        let location = self.reader.location(at)?;
        let name = self.record_title(at.into());
        let places = [Place { name: name.clone(), position: position(location), is_approximate: location.is_approximate }];
        let own = match &self.config.map_base {
            Some(base) => Some(self.reader.map_shapes(&base.value)?),
            None => None,
        };
        let look = Look { id: "page--map", places: &places, route: &[], areas: &[], own, words: self.words };
        let title = self.words.fill("phrase.locator", &[("place", &name)]);
        Some(LocatorView { map_html: map::locator(&look)?.svg(&title, ""), approximate: location.is_approximate })
    }
}
