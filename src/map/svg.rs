//! A map as SVG.

use super::flatten::{self, Ground};
use super::marks::{self, Mark, Name, Taken};
use super::projection::{Point, Projection};
use super::route::{self, Leg};
use super::scale_bar::{self, Bar};
use super::window::{self, BESIDE, NARROW, Room, WIDE, Window};
use super::{Look, path};
use crate::base::escape;
use crate::chart::canvas::{Anchor, Canvas, Frame, place};
use crate::chart::metrics::LINE;

/// A finished drawing.
#[derive(Debug)]
pub struct Drawing {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// What is in it, as SVG without the outer element.
    pub inner: String,
    /// The boxes of its texts and marks.
    pub frames: Vec<Frame>,
    /// How many places have their names beside them.
    pub names: usize,
    /// What makes its ids unique on a page.
    id: String,
}

/// How many kilometers a map shows at least: closer, the coasts of Natural Earth are wrong.
const LEAST: f64 = 60.0;

/// The same for a site's own shapes.
const OWN_LEAST: f64 = 1.0;

/// The two drawings of a map, the wide one and the narrow one; nothing if there are no places, or nothing to draw them on.
///
/// The second takes land and borders from the first, so both have to be on one page.
#[must_use]
pub fn draw(look: &Look<'_>) -> Option<[Drawing; 2]> {
    let all: Vec<_> = look.places.iter().map(|place| place.position).collect();
    if all.is_empty() {
        return None;
    }
    let projection = window::projection(&all);
    let sizes = sizes(look);
    let [wide, narrow] = [WIDE, NARROW].map(|room: Room| window::window(projection, &all, sizes, room));
    let shapes = look.shapes(wide.detail())?;
    let rect = wide.rect().with(wide.rect_of(&narrow)).grown(3.0);
    let ground = flatten::ground(shapes, &wide, rect);
    Some([
        finished(look, &wide, &drawn_ground(look.id, &ground), "wide"),
        finished(look, &narrow, &used_ground(look.id, &wide, &narrow), "narrow"),
    ])
}

/// The small drawing of a single place, for the margin of its page; nothing if there is nothing to draw it on.
#[must_use]
pub fn locator(look: &Look<'_>) -> Option<Drawing> {
    let all: Vec<_> = look.places.iter().map(|place| place.position).collect();
    let window = window::window(window::projection(&all), &all, sizes(look), BESIDE);
    let ground = flatten::ground(look.shapes(window.detail())?, &window, window.rect().grown(3.0));
    Some(finished(look, &window, &drawn_ground(look.id, &ground), "small"))
}

/// The least number of kilometers across a wide drawing, and those around a single place.
fn sizes(look: &Look<'_>) -> (f64, f64) {
    let Some(own) = look.own else { return (LEAST, window::surroundings()) };
    let size = own.bounds().map_or(0.0, |bounds| {
        let narrowed = f64::midpoint(bounds.south, bounds.north).to_radians().cos();
        ((bounds.east - bounds.west) * narrowed).max(bounds.north - bounds.south) * 111.2
    });
    (OWN_LEAST, size.clamp(OWN_LEAST, window::surroundings()))
}

fn drawn_ground(id: &str, ground: &Ground) -> String {
    let mut out = format!("<g id=\"{id}-ground\">");
    let Ground { land, lakes, borders, states } = ground;
    let shapes =
        [("map-land", land, true), ("map-lake", lakes, true), ("map-state", states, false), ("map-border", borders, false)];
    for (class, lines, is_closed) in shapes {
        let data = path::data(lines, is_closed);
        if !data.is_empty() {
            out.push_str(&format!("<path class=\"{class}\" d=\"{data}\"/>"));
        }
    }
    out.push_str("</g>");
    out
}

/// The same land and borders, moved to another window.
fn used_ground(id: &str, from: &Window, to: &Window) -> String {
    let ratio = to.scale / from.scale;
    let (x, y) = to.pixel(from.corner);
    format!("<use href=\"#{id}-ground\" transform=\"translate({} {}) scale({:.5})\"/>", place(x), place(y), ratio)
}

fn finished(look: &Look<'_>, window: &Window, ground: &str, which: &str) -> Drawing {
    let marks = marks::marks(look, window);
    let legs = route::legs(look, window, &marks);
    let bar = scale_bar::bar(window, &marks, look.words);
    let mut taken = Taken::default();
    taken.frames.extend(marks.iter().map(|mark| mark.frame));
    taken.frames.extend(bar.iter().map(|bar| bar.frame));
    taken.lines.extend(legs.iter().flat_map(|leg| leg.lines.iter().flat_map(|line| dense(line))));
    taken.lines.extend(marks.iter().filter(|mark| mark.is_moved()).flat_map(|mark| dense(&[mark.place, mark.middle])));
    let names = marks::names(look, window, &marks, &mut taken);
    let areas = marks::areas(look, window, &mut taken);
    let mut canvas = Canvas::default();
    water(&mut canvas, window);
    canvas.out.push_str(ground);
    areas.iter().for_each(|area| name(&mut canvas, area, "map-area"));
    legs.iter().for_each(|leg| draw_leg(&mut canvas, leg));
    // A mark covers the true place of another rather than the other way around.
    marks.iter().filter(|mark| mark.is_moved()).for_each(|mark| draw_leader(&mut canvas, mark));
    marks.iter().for_each(|mark| draw_mark(&mut canvas, mark));
    names.iter().for_each(|own| name(&mut canvas, own, "map-name"));
    bar.iter().for_each(|bar| draw_bar(&mut canvas, bar));
    let dots = marks.iter().filter(|mark| mark.text.is_empty()).map(|mark| mark.frame);
    canvas.frames.extend(dots);
    Drawing {
        width: window.width,
        height: window.height.round(),
        inner: canvas.out,
        frames: canvas.frames,
        names: names.len(),
        id: format!("{}-{which}", look.id),
    }
}

/// Points along a line, close enough to each other to see what covers it.
fn dense(line: &[Point]) -> Vec<Point> {
    let mut out = Vec::new();
    for pair in line.windows(2) {
        let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
        let steps = (dx.hypot(dy) / 6.0).ceil().clamp(1.0, 200.0);
        let at = |step: u32| {
            let part = f64::from(step) / steps;
            (pair[0].0 + dx * part, pair[0].1 + dy * part)
        };
        out.extend((0..steps as u32).map(at));
    }
    out
}

fn water(canvas: &mut Canvas, window: &Window) {
    match window.projection {
        Projection::Around(_) => canvas.rect((0.0, 0.0), (window.width, window.height.round()), "map-water"),
        Projection::World(_) => {
            let data = path::data(&[flatten::edge(window)], true);
            canvas.out.push_str(&format!("<path class=\"map-water\" d=\"{data}\"/>"));
        }
    }
}

fn name(canvas: &mut Canvas, name: &Name, class: &str) {
    for (nth, line) in name.lines.iter().enumerate() {
        canvas.text((name.at.0, name.at.1 + LINE * nth as f64), name.anchor, class, line);
    }
}

fn draw_leg(canvas: &mut Canvas, leg: &Leg) {
    let data = path::data(&leg.lines, false);
    if !data.is_empty() {
        canvas.out.push_str(&format!("<path class=\"map-route\" d=\"{data}\"/>"));
    }
    if let Some(corners) = &leg.arrow {
        let data = path::data(&[corners.to_vec()], true);
        canvas.out.push_str(&format!("<path class=\"map-arrow\" d=\"{data}\"/>"));
    }
}

/// A line from where a place is to its mark.
fn draw_leader(canvas: &mut Canvas, mark: &Mark) {
    canvas.line(mark.place, mark.middle, "map-leader");
    draw_dot(canvas, mark.place, 2.5, "map-dot");
}

fn draw_dot(canvas: &mut Canvas, (x, y): Point, radius: f64, class: &str) {
    let [x, y, radius] = [x, y, radius].map(place);
    canvas.out.push_str(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" class=\"{class}\"/>"));
}

fn draw_mark(canvas: &mut Canvas, mark: &Mark) {
    let soft = if mark.is_approximate { " soft" } else { "" };
    if mark.text.is_empty() {
        return draw_dot(canvas, mark.middle, 5.5, &format!("map-dot{soft}"));
    }
    let Frame { left, top, width, height } = mark.frame;
    let [x, y, wide, high, round] = [left, top, width, height, height / 2.0].map(place);
    let shape =
        format!("<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" rx=\"{round}\" class=\"map-mark{soft}\"/>");
    canvas.out.push_str(&shape);
    let frames = canvas.frames.len();
    canvas.text((mark.middle.0, mark.middle.1 + 4.5), Anchor::Middle, "map-number", &mark.text);
    // The box of the mark stands for that of its number.
    canvas.frames.truncate(frames);
    canvas.frames.push(mark.frame);
}

fn draw_bar(canvas: &mut Canvas, bar: &Bar) {
    let Bar { text, left, y, length, .. } = bar;
    canvas.path(&[(*left, y - 5.0), (*left, *y), (left + length, *y), (left + length, y - 5.0)], "map-scale");
    canvas.text((left + 4.0, y - 6.0), Anchor::Start, "map-distance", text);
}

impl Drawing {
    /// The drawing with its name and a description, unless that is empty. Its parts are no parts of the page for those who don't see it: the list is.
    #[must_use]
    pub fn svg(&self, title: &str, description: &str) -> String {
        let id = &self.id;
        let described = if description.is_empty() { String::new() } else { format!(" aria-describedby=\"{id}-desc\"") };
        let mut out = format!(
            "<svg viewBox=\"0 0 {} {}\" role=\"img\" direction=\"ltr\" aria-labelledby=\"{id}-title\"{described}><title id=\"{id}-title\">",
            place(self.width),
            place(self.height)
        );
        escape::html(&mut out, title);
        out.push_str("</title>");
        if !description.is_empty() {
            out.push_str(&format!("<desc id=\"{id}-desc\">"));
            escape::html(&mut out, description);
            out.push_str("</desc>");
        }
        out.push_str(&self.inner);
        out.push_str("</svg>");
        out
    }
}
