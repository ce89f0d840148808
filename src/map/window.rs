//! The part of the earth that a drawing shows, and how large.

use super::clip::Rect;
use super::projection::{Frame, Point, Projection, equal_earth};
use super::sphere::{Position, RADIUS_KM, cap, wrapped};
use super::world::Scale;

/// Places further apart than this from their middle, in radians, are shown on a map of the whole earth.
const WIDEST: f64 = 1.05;

/// How large the surroundings of a single place are, in kilometers across a wide drawing.
const SURROUNDINGS: f64 = 900.0;

/// What a drawing may be like.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Its width in pixels.
    pub width: f64,
    /// The least and the greatest height.
    pub heights: (f64, f64),
    /// The room left for names beside the outermost places, at each side and above and below.
    pub margins: (f64, f64),
}

/// A large screen or paper.
pub const WIDE: Room = Room { width: 640.0, heights: (320.0, 460.0), margins: (100.0, 48.0) };

/// A phone.
pub const NARROW: Room = Room { width: 320.0, heights: (260.0, 360.0), margins: (52.0, 44.0) };

/// The margin of a page.
pub const BESIDE: Room = Room { width: 280.0, heights: (200.0, 200.0), margins: (52.0, 44.0) };

/// A drawing's part of the plane, with its pixels.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// How the globe is laid flat.
    pub projection: Projection,
    /// Pixels in a radius of the earth.
    pub scale: f64,
    /// The place in the plane of its left upper corner.
    pub corner: Point,
    /// Its width in pixels.
    pub width: f64,
    /// Its height in pixels.
    pub height: f64,
}

/// Which projection suits these places.
#[must_use]
pub fn projection(places: &[Position]) -> Projection {
    match cap(places) {
        Some((center, radius)) if radius <= WIDEST => Projection::Around(Frame::at(center)),
        _ => Projection::World(meridian(places)),
    }
}

/// The middle meridian of a map of the whole earth: the places' own, unless they stand all around it.
fn meridian(places: &[Position]) -> f64 {
    /// The meridian whose opposite runs through the Bering Strait, so that no land is cut.
    const USUAL: f64 = 11.0;
    let mut lons: Vec<f64> = places.iter().map(|place| wrapped(place.lon)).collect();
    lons.sort_by(f64::total_cmp);
    let (Some(first), Some(last)) = (lons.first().copied(), lons.last().copied()) else { return USUAL };
    let inner = lons.windows(2).map(|pair| (pair[1] - pair[0], f64::midpoint(pair[0], pair[1])));
    let outer = (first + 360.0 - last, f64::midpoint(first + 360.0, last));
    let (gap, middle) = inner.fold(outer, |widest, gap| if gap.0 > widest.0 { gap } else { widest });
    let is_usual = lons.iter().all(|lon| wrapped(lon - USUAL).abs() < 170.0);
    if gap < 60.0 || is_usual && gap < 180.0 { USUAL } else { wrapped(middle + 180.0) }
}

/// The window that shows these places. `least` is how many kilometers a wide drawing shows at least; a single place has `alone`.
#[must_use]
pub fn window(projection: Projection, places: &[Position], (least, alone): (f64, f64), room: Room) -> Window {
    let points: Vec<Point> = places.iter().map(|place| projection.project(*place)).collect();
    let start = Rect { left: f64::MAX, top: f64::MAX, right: f64::MIN, bottom: f64::MIN };
    let around = points.iter().fold(start, |all, (x, y)| all.with(Rect { left: *x, top: *y, right: *x, bottom: *y }));
    let (wide, high) = (around.right - around.left, around.bottom - around.top);
    let (beside, above) = room.margins;
    let is_alone = wide.max(high) < 1e-9;
    // A phone shows less of the earth, so that it is no smaller.
    let share = room.width / WIDE.width;
    let shown = if is_alone { alone * share.sqrt() } else { least } / RADIUS_KM;
    let most = room.width / shown;
    let by_width = ((room.width - 2.0 * beside) / wide.max(1e-9)).min(most);
    let height = (high * by_width + 2.0 * above).clamp(room.heights.0, room.heights.1);
    let scale = by_width.min((height - 2.0 * above) / high.max(1e-9));
    let middle = (f64::midpoint(around.left, around.right), f64::midpoint(around.top, around.bottom));
    let window = Window {
        projection,
        scale,
        corner: (middle.0 - room.width / scale / 2.0, middle.1 + height / scale / 2.0),
        width: room.width,
        height,
    };
    if let Projection::World(_) = projection { window.of_the_earth() } else { window }
}

/// How many kilometers a drawing of a single place shows.
#[must_use]
pub fn surroundings() -> f64 {
    SURROUNDINGS
}

impl Window {
    /// The window on the whole earth, as high as that is.
    fn of_the_earth(mut self) -> Self {
        let (right, top) = (equal_earth(0.0, 180.0).0, equal_earth(90.0, 0.0).1);
        self.scale = self.width / (2.0 * right);
        self.height = (2.0 * top * self.scale).round();
        self.corner = (-right, top);
        self
    }

    /// The pixel of a point in the plane.
    #[must_use]
    pub fn pixel(&self, (x, y): Point) -> Point {
        ((x - self.corner.0) * self.scale, (self.corner.1 - y) * self.scale)
    }

    /// The pixel of a place.
    #[must_use]
    pub fn place(&self, position: Position) -> Point {
        self.pixel(self.projection.project(position))
    }

    /// All of it, in pixels.
    #[must_use]
    pub fn rect(&self) -> Rect {
        Rect { left: 0.0, top: 0.0, right: self.width, bottom: self.height }
    }

    /// The rectangle of another window of the same projection, in pixels of this one.
    #[must_use]
    pub fn rect_of(&self, other: &Self) -> Rect {
        let (left, top) = self.pixel(other.corner);
        let ratio = self.scale / other.scale;
        Rect { left, top, right: left + other.width * ratio, bottom: top + other.height * ratio }
    }

    /// How detailed the shapes for it have to be.
    #[must_use]
    pub fn detail(&self) -> Scale {
        let is_world = matches!(self.projection, Projection::World(_));
        if is_world { Scale::World } else { Scale::Region }
    }

    /// Pixels in a kilometer; `None` where that differs too much from one place to another.
    #[must_use]
    pub fn pixels_per_km(&self) -> Option<f64> {
        let is_even = matches!(self.projection, Projection::Around(_)) && self.width / self.scale < 1.2;
        is_even.then(|| self.scale / RADIUS_KM)
    }
}
