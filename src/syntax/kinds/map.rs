//! A map: a block in a body, with the places that it shows.

use super::common::{EntityRef, SourceRef};
use super::location::Location;
use super::paths::BasePath;
use crate::base::{At, TextRange};
use crate::date::Date;
use crate::record;
use crate::syntax::decode::{Decode, Decoder};
use crate::syntax::node::{Kind, Node};
use crate::syntax::pieces::References;
use crate::syntax::shape::Shape;
use crate::syntax::text::Text;

record! {
    /// Places as a drawing.
    pub struct Map = "a `map` block" {
        /// what the map shows, in one sentence
        "title" title: Text, required;
        /// what the drawing shows, in words, for readers who don't see it
        "alt" alt: Text, required;
        /// places to mark
        "places" places: Vec<Stop> as "a list of ids, or of `{place, label, text, sources}`";
        /// the stops of a route, in order
        "route" route: Vec<Stop> as "a list of ids, or of `{place, label, text, sources}`";
        /// names of countries, seas and regions, without a mark
        "areas" areas: Vec<Area> as "a list of `{name, location}`";
        /// where land and borders come from
        "base" base: Base;
        /// what readers need to know about the map, such as whose borders it shows
        "caveat" caveat: Option<Text> => paragraphs;
        /// sources for the map
        "sources" sources: Vec<SourceRef>;
        /// the day that the map is accurate as of
        "as-of" as_of: Option<At<Date>>;
    }
}

impl Map {
    /// All places that it marks, those of the route first.
    pub fn stops(&self) -> impl Iterator<Item = &Stop> {
        self.route.iter().chain(&self.places)
    }

    /// The place of what is wrong with the map as a whole.
    #[must_use]
    pub fn place(&self, pieces: &References) -> TextRange {
        self.title.variants.first().map(|title| pieces.proses[*title].range).unwrap_or_default()
    }
}

/// A place on a map.
#[derive(Clone, Debug)]
pub struct Stop {
    /// The entity that is there.
    pub place: EntityRef,
    /// What the drawing calls it, if not by its name.
    pub label: Option<Text>,
    /// What happened there.
    pub text: Option<Text>,
    /// Sources for that.
    pub sources: Vec<SourceRef>,
}

record! {
    /// A place on a map with what happened there.
    pub struct StopFields = "a place on a map" {
        /// the id of an entity with a `location`
        "place" place: EntityRef, required;
        /// what the drawing calls it; by default its name
        "label" label: Option<Text>;
        /// what happened there, for the list below the map
        "text" text: Option<Text>;
        /// sources for that
        "sources" sources: Vec<SourceRef>;
    }
}

impl Decode for Stop {
    const SHAPE: &'static str = "an entity's id, or `{place, label, text, sources}`";

    fn shape() -> Shape {
        Shape::OneOf(vec![EntityRef::shape(), StopFields::shape()])
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        if matches!(node.kind, Kind::Scalar { .. }) {
            return EntityRef::decode(node, d).map(|place| Self { place, label: None, text: None, sources: Vec::new() });
        }
        if d.colon_in_text(node, StopFields::FIELDS) {
            return None;
        }
        let StopFields { place, label, text, sources } = StopFields::decode(node, d)?;
        Some(Self { place, label, text, sources })
    }
}

record! {
    /// The name of a country, a sea or a region on a map.
    pub struct Area = "a name on a map" {
        /// the name
        "name" name: Text, required;
        /// where its middle is
        "location" location: Location, required;
    }
}

/// Where land and borders come from.
#[derive(Clone, Copy, Debug, Default)]
pub enum Base {
    /// From the file that the site's settings name, or else from Natural Earth.
    #[default]
    Usual,
    /// From Natural Earth, which is part of the program.
    NaturalEarth,
    /// A file of the site.
    File(BasePath),
}

impl Base {
    /// Whether the block asks for Natural Earth.
    #[must_use]
    pub fn is_natural_earth(self) -> bool {
        matches!(self, Self::NaturalEarth)
    }
}

/// The word for [`Base::NaturalEarth`].
const NATURAL_EARTH: &str = "natural-earth";

impl Decode for Base {
    const SHAPE: &'static str = "`natural-earth`, or a GeoJSON file in `content/`";

    fn shape() -> Shape {
        Shape::OneOf(vec![Shape::Choice(&[NATURAL_EARTH]), Shape::Path])
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, .. } if text == NATURAL_EARTH => Some(Self::NaturalEarth),
            _ => BasePath::decode(node, d).map(Self::File),
        }
    }
}
