//! Where the marks and names of a map are: none covers another.

use super::clip::distance;
use super::projection::Point;
use super::window::Window;
use super::{Look, MOST_NAMES, Place};
use crate::chart::canvas::{Anchor, Frame, frame};
use crate::chart::metrics::{LINE, width, wrapped};

/// The height of a mark with a number.
pub const MARK: f64 = 18.0;

/// The mark of a place.
#[derive(Clone, Debug)]
pub struct Mark {
    /// What is written on it; empty for a dot.
    pub text: String,
    /// Where the place is.
    pub place: Point,
    /// The middle of the mark, which is elsewhere if another one is in the way.
    pub middle: Point,
    /// Its box.
    pub frame: Frame,
    /// Whether the place is known only approximately.
    pub is_approximate: bool,
}

impl Mark {
    /// Whether it had to move away from its place.
    #[must_use]
    pub fn is_moved(&self) -> bool {
        self.place != self.middle
    }
}

/// A text on the map.
#[derive(Clone, Debug)]
pub struct Name {
    /// Its lines.
    pub lines: Vec<String>,
    /// Where the first line begins, ends or has its middle.
    pub at: Point,
    /// Which of these.
    pub anchor: Anchor,
}

impl Name {
    fn frames(&self) -> Vec<Frame> {
        let line = |(nth, line): (usize, &String)| frame((self.at.0, self.at.1 + LINE * nth as f64), self.anchor, line);
        self.lines.iter().enumerate().map(line).collect()
    }
}

/// What is written on the marks of places: their numbers on the route, or numbers or letters if they are on none.
#[must_use]
pub fn texts(look: &Look<'_>) -> Vec<String> {
    let number = |at: usize| look.words.decimal(&(at + 1).to_string());
    let mut letters = ('A'..='Z').map(String::from);
    let text = |place: usize| {
        if look.route.is_empty() {
            return if look.places.len() == 1 { String::new() } else { number(place) };
        }
        let stops = look.route.iter().enumerate().filter(|(_, stop)| **stop == place);
        let numbers: Vec<String> = stops.map(|(at, _)| number(at)).collect();
        if numbers.is_empty() { letters.next().unwrap_or_default() } else { numbers.join(", ") }
    };
    (0..look.places.len()).map(text).collect()
}

/// The marks of all places, each as near to its place as it can be.
#[must_use]
pub fn marks(look: &Look<'_>, window: &Window) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for (index, (place, text)) in look.places.iter().zip(texts(look)).enumerate() {
        let (wide, high) = if text.is_empty() { (12.0, 12.0) } else { ((width(&text) + 9.0).max(MARK), MARK) };
        let at = window.place(place.position);
        let around = |(x, y): Point| Frame { left: x - wide / 2.0, top: y - high / 2.0, width: wide, height: high };
        let is_free = |middle: &Point| {
            let own = grown(around(*middle), 1.5);
            is_inside(&own, window) && !marks.iter().any(|mark| mark.frame.overlaps(&own))
        };
        let middle = if is_free(&at) {
            at
        } else {
            // The lines of a route should reach a mark without crossing another.
            let stops: Vec<Point> = beside_on_route(look, index).map(|stop| window.place(stop.position)).collect();
            let crossed = |middle: &Point| stops.iter().map(|stop| crossings(*stop, *middle, &marks)).sum::<usize>();
            nearby(at, wide).filter(is_free).take(12).min_by_key(crossed).unwrap_or(at)
        };
        marks.push(Mark { text, place: at, middle, frame: around(middle), is_approximate: place.is_approximate });
    }
    marks
}

/// The places that a route comes from or goes on to, at a place.
fn beside_on_route<'a>(look: &'a Look<'_>, index: usize) -> impl Iterator<Item = &'a Place> {
    let pairs = look.route.windows(2);
    let other = move |pair: &[usize]| match *pair {
        [from, to] if from == index => Some(to),
        [from, to] if to == index => Some(from),
        _ => None,
    };
    pairs.filter_map(other).filter_map(|at| look.places.get(at))
}

/// How much of a straight line is on marks.
fn crossings(from: Point, to: Point, marks: &[Mark]) -> usize {
    let at = |step: u32| {
        let part = f64::from(step) / 40.0;
        (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
    };
    let is_covered = |point: &Point| marks.iter().any(|mark| is_on(mark, *point, 2.0) && mark.place != from);
    (1..=40).map(at).filter(is_covered).count()
}

/// Places around another, the nearest first.
fn nearby((x, y): Point, wide: f64) -> impl Iterator<Item = Point> {
    let ring = move |ring: u32| {
        let by = wide.max(MARK) / 2.0 + 4.0 + 9.0 * f64::from(ring);
        // Beside a place rather than above it.
        let directions = [0.0, 180.0, 45.0, 135.0, 315.0, 225.0, 90.0, 270.0_f64];
        directions.map(|degrees| {
            let (sin, cos) = degrees.to_radians().sin_cos();
            (x + by * cos, y + by * sin)
        })
    };
    (1..30).flat_map(ring)
}

/// What names keep clear of.
#[derive(Debug, Default)]
pub struct Taken {
    /// Boxes.
    pub frames: Vec<Frame>,
    /// Lines, as points along them; a name covers them only if there is no other place for it.
    pub lines: Vec<Point>,
}

/// The names of the first places, beside their marks. A name for which there is no room is left to the list below the map.
#[must_use]
pub fn names(look: &Look<'_>, window: &Window, marks: &[Mark], taken: &mut Taken) -> Vec<Name> {
    let most = window.width * 0.3;
    let mut names = Vec::new();
    for (place, mark) in look.places.iter().zip(marks).take(MOST_NAMES) {
        let lines = wrapped(&place.name, most);
        let choices = beside(mark, &lines).into_iter().enumerate();
        let free = choices.filter(|(_, name)| is_free(name, window, taken, Some(mark)));
        let cost = |(nth, name): &(usize, Name)| covered(name, taken) * 10 + nth;
        if let Some((_, name)) = free.min_by_key(cost) {
            taken.frames.extend(name.frames());
            names.push(name);
        }
    }
    names
}

/// Where a name can be beside its mark, the best first.
fn beside(mark: &Mark, lines: &[String]) -> Vec<Name> {
    let Frame { left, top, width, height } = mark.frame;
    let (x, y) = mark.middle;
    let more = LINE * (lines.len() as f64 - 1.0);
    let level = y + 4.5 - more / 2.0;
    let (above, below) = (top - 5.0 - more, top + height + 13.0);
    let (before, behind) = (left - 5.0, left + width + 5.0);
    let places = [
        (behind, level, Anchor::Start),
        (before, level, Anchor::End),
        (x, above, Anchor::Middle),
        (x, below, Anchor::Middle),
        (behind - 3.0, above + 5.0, Anchor::Start),
        (behind - 3.0, below - 5.0, Anchor::Start),
        (before + 3.0, above + 5.0, Anchor::End),
        (before + 3.0, below - 5.0, Anchor::End),
    ];
    places.map(|(x, y, anchor)| Name { lines: lines.to_vec(), at: (x, y), anchor }).into()
}

/// The names of areas, each as near to its place as it can be. One for which there is no room is left out.
#[must_use]
pub fn areas(look: &Look<'_>, window: &Window, taken: &mut Taken) -> Vec<Name> {
    let mut names = Vec::new();
    for area in look.areas {
        let (x, y) = window.place(area.position);
        let lines = wrapped(&area.name, window.width * 0.4);
        let near = [
            (0.0, 0.0),
            (0.0, 16.0),
            (0.0, -16.0),
            (24.0, 0.0),
            (-24.0, 0.0),
            (0.0, 32.0),
            (0.0, -32.0),
            (48.0, 0.0),
            (-48.0, 0.0),
        ];
        let name = |(dx, dy): Point| Name { lines: lines.clone(), at: (x + dx, y + dy + 4.5), anchor: Anchor::Middle };
        let free = near.into_iter().map(name).filter(|name| is_free(name, window, taken, None)).enumerate();
        if let Some((_, name)) = free.min_by_key(|(nth, name)| covered(name, taken) * 2 + nth) {
            taken.frames.extend(name.frames());
            names.push(name);
        }
    }
    names
}

fn is_free(name: &Name, window: &Window, taken: &Taken, own: Option<&Mark>) -> bool {
    name.frames().iter().all(|frame| {
        let others = taken.frames.iter().filter(|other| own.is_none_or(|mark| **other != mark.frame));
        is_inside(frame, window)
            && others.into_iter().all(|other| !other.overlaps(&grown(*frame, 2.0)))
            && own.is_none_or(|mark| !mark.frame.overlaps(frame))
    })
}

/// How many points of lines a name covers.
fn covered(name: &Name, taken: &Taken) -> usize {
    let frames = name.frames();
    let is_covered = |(x, y): &&Point| {
        let has = |frame: &Frame| {
            *x > frame.left && *x < frame.left + frame.width && *y > frame.top && *y < frame.top + frame.height
        };
        frames.iter().any(has)
    };
    taken.lines.iter().filter(is_covered).count()
}

fn grown(frame: Frame, by: f64) -> Frame {
    let Frame { left, top, width, height } = frame;
    Frame { left: left - by, top: top - by, width: width + 2.0 * by, height: height + 2.0 * by }
}

fn is_inside(frame: &Frame, window: &Window) -> bool {
    const EDGE: f64 = 3.0;
    frame.left >= EDGE
        && frame.top >= EDGE
        && frame.left + frame.width <= window.width - EDGE
        && frame.top + frame.height <= window.height - EDGE
}

/// Whether a point is on a mark, or nearly.
#[must_use]
pub fn is_on(mark: &Mark, (x, y): Point, by: f64) -> bool {
    let Frame { left, top, width, height } = mark.frame;
    let half = height / 2.0;
    distance((x, y), (left + half, top + half), (left + width - half, top + half)) < half + by
}
