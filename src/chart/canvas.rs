//! What a drawing is made on: shapes and texts as SVG, and the boxes of its texts, so that no two of them overlap.

use super::metrics::{LINE, SIZE, width};
use crate::base::escape;

/// A box around a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Its left edge.
    pub left: f64,
    /// Its top.
    pub top: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Frame {
    /// Whether the two have a place in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.left + other.width
            && other.left < self.left + self.width
            && self.top < other.top + other.height
            && other.top < self.top + self.height
    }
}

/// Which part of a text is at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// The box of a line of text whose letters stand on `y`.
#[must_use]
pub fn frame((x, y): (f64, f64), anchor: Anchor, text: &str) -> Frame {
    let width = width(text);
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    Frame { left, top: y - SIZE + 1.0, width, height: LINE - 2.0 }
}

/// A drawing in the making.
#[derive(Debug, Default)]
pub struct Canvas {
    /// The SVG so far.
    pub out: String,
    /// The boxes of its texts.
    pub frames: Vec<Frame>,
    /// The boxes of shapes that numbers keep clear of.
    pub columns: Vec<Frame>,
    /// Where its origin is in the whole drawing.
    origin: (f64, f64),
}

/// A coordinate with no more digits than a screen can show.
#[must_use]
pub fn place(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

impl Canvas {
    /// Moves the origin, for a part of the drawing.
    pub fn moved(&mut self, origin: (f64, f64)) {
        self.origin = origin;
    }

    fn point(&self, (x, y): (f64, f64)) -> (String, String) {
        (place(self.origin.0 + x), place(self.origin.1 + y))
    }

    /// A line of text.
    pub fn text(&mut self, at: (f64, f64), anchor: Anchor, class: &str, text: &str) {
        let mut frame = frame(at, anchor, text);
        frame.left += self.origin.0;
        frame.top += self.origin.1;
        self.frames.push(frame);
        let (x, y) = self.point(at);
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        self.out.push_str(&format!("<text x=\"{x}\" y=\"{y}\"{anchor} class=\"{class}\">"));
        escape::html(&mut self.out, text);
        self.out.push_str("</text>");
    }

    /// A rectangle that numbers keep clear of.
    pub fn column(&mut self, at: (f64, f64), (width, height): (f64, f64), class: &str) {
        let (left, top) = (self.origin.0 + at.0, self.origin.1 + at.1);
        self.columns.push(Frame { left, top, width, height });
        self.rect(at, (width, height), class);
    }

    /// Whether a text there would cover none that is there already, and no column.
    #[must_use]
    pub fn is_free(&self, at: (f64, f64), anchor: Anchor, text: &str) -> bool {
        let mut new = frame(at, anchor, text);
        new.left += self.origin.0 - 3.0;
        new.top += self.origin.1;
        new.width += 6.0;
        self.frames.iter().all(|known| !known.overlaps(&new))
            && self
                .columns
                .iter()
                .all(|column| !column.overlaps(&Frame { left: new.left + 4.0, width: new.width - 8.0, ..new }))
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        let ((x1, y1), (x2, y2)) = (self.point(from), self.point(to));
        self.out.push_str(&format!("<path d=\"M{x1} {y1}L{x2} {y2}\" class=\"{class}\"/>"));
    }

    /// A line through points.
    pub fn path(&mut self, points: &[(f64, f64)], class: &str) {
        let points: Vec<_> = points.iter().map(|at| self.point(*at)).collect();
        let rest: String = points.iter().skip(1).map(|(x, y)| format!("L{x} {y}")).collect();
        if let Some((x, y)) = points.first() {
            self.out.push_str(&format!("<path d=\"M{x} {y}{rest}\" class=\"{class}\"/>"));
        }
    }

    /// A rectangle.
    pub fn rect(&mut self, at: (f64, f64), (width, height): (f64, f64), class: &str) {
        let (x, y) = self.point(at);
        let (width, height) = (place(width.max(0.0)), place(height.max(0.0)));
        self.out.push_str(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" class=\"{class}\"/>"));
    }

    /// A row of `count` equal marks, each in `pitch` of room: one line with dashes.
    pub fn marks(&mut self, at: (f64, f64), count: usize, pitch: f64, class: &str) {
        let (x, y) = self.point(at);
        let length = place(count as f64 * pitch - 0.1);
        self.out.push_str(&format!("<path d=\"M{x} {y}h{length}\" class=\"{class}\"/>"));
    }

    /// The mark of a figure: a shape for each series, so that colors are not all that tells them apart.
    pub fn mark(&mut self, at: (f64, f64), series: usize, class: &str) {
        let (x, y) = self.point(at);
        let shape = match series % 6 {
            0 => "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
            1 => "m-3.5-3.5h7v7h-7z",
            2 => "m0-5l4.6 8.2h-9.2z",
            3 => "m0-5l5 5l-5 5l-5-5z",
            4 => "m0 5l4.6-8.2h-9.2z",
            _ => "m-1.5-4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z",
        };
        self.out.push_str(&format!("<path d=\"M{x} {y}{shape}\" class=\"{class}\"/>"));
    }

    /// An event's number in a circle.
    pub fn number(&mut self, at: (f64, f64), number: usize) {
        let (x, y) = self.point(at);
        self.out.push_str(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"8\" class=\"event-dot\"/>"));
        self.text((at.0, at.1 + 4.5), Anchor::Middle, "event-number", &number.to_string());
    }
}

/// Moves boxes of these heights, each wanted around a middle, apart, within `low` and `high`, and keeps their order. Returns their
/// tops, in the order of the input. They fit if their heights together do.
#[must_use]
pub fn apart(wanted: &[(f64, f64)], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].0.total_cmp(&wanted[*b].0).then(a.cmp(b)));
    let mut tops = vec![0.0; wanted.len()];
    let mut free = low;
    for at in &order {
        let (middle, height) = wanted[*at];
        tops[*at] = (middle - height / 2.0).max(free);
        free = tops[*at] + height;
    }
    let mut free = high;
    for at in order.iter().rev() {
        tops[*at] = tops[*at].min(free - wanted[*at].1);
        free = tops[*at];
    }
    tops
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_moved_apart_and_stay_within() {
        let wanted = [(50.0, 20.0), (52.0, 20.0), (99.0, 20.0), (98.0, 20.0)];
        let tops = apart(&wanted, 0.0, 100.0);
        let mut sorted = tops.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 20.0 - 1e-9), "{tops:?}");
        assert!(sorted[0] >= 0.0 && sorted[3] + 20.0 <= 100.0 + 1e-9, "{tops:?}");
        assert!(tops[3] < tops[2], "their order is kept");
    }

    #[test]
    fn coordinates_are_short() {
        assert_eq!([place(1.0), place(-0.04), place(2.25), place(10.55)], ["1", "0", "2.2", "10.6"].map(str::to_owned));
    }
}
