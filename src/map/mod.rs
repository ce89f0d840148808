//! Maps: places, routes and names on land and water as drawings in SVG, made when the site is built.
//!
//! - [`natural_earth`] has the land, lakes and borders of the earth; [`read_geojson`] reads others from a file.
//! - [`draw`] makes two drawings, one for wide columns and one for narrow ones: letters that are scaled down can't be read.
//!
//! How the globe is laid flat follows from where the places are: around their middle, or the whole earth if they are far apart.
//! Knows nothing of records, pages or the disk. Colors come from the theme's style sheet, by class.

mod clip;
mod flatten;
mod geojson;
mod marks;
mod path;
mod projection;
mod route;
mod scale_bar;
mod shapes;
mod sphere;
mod svg;
#[cfg(test)]
mod tests;
mod window;
mod world;

pub use geojson::{Fault, read as read_geojson};
pub use shapes::Shapes;
pub use sphere::Position;
pub use svg::{Drawing, draw, locator};
pub use world::{Scale, natural_earth};

use crate::language::Catalogue;

/// How many places have their names on the map. Readers find the others by their numbers.
pub const MOST_NAMES: usize = 6;

/// How many places a map can have.
pub const MOST_PLACES: usize = 24;

/// A place to mark.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub position: Position,
    /// Whether that is known only approximately.
    pub is_approximate: bool,
}

/// The name of a country, a sea or a region.
#[derive(Clone, Debug)]
pub struct Area {
    /// The name.
    pub name: String,
    /// Where its middle is.
    pub position: Position,
}

/// What is drawn, and how.
pub struct Look<'a> {
    /// What makes the ids in the drawings unique on a page.
    pub id: &'a str,
    /// The places, each once.
    pub places: &'a [Place],
    /// The stops of a route, in order, by their positions in `places`.
    pub route: &'a [usize],
    /// Names without a mark.
    pub areas: &'a [Area],
    /// Land and borders of the site's own, instead of Natural Earth's.
    pub own: Option<&'a Shapes>,
    /// The language of numbers.
    pub words: &'a Catalogue,
}

impl Look<'_> {
    /// The shapes to draw.
    fn shapes(&self, scale: Scale) -> Option<&Shapes> {
        self.own.or_else(|| natural_earth(scale))
    }
}
