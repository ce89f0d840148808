//! The bar that says how long a kilometer or a mile is.

use super::marks::Mark;
use super::window::Window;
use crate::chart::canvas::Frame;
use crate::chart::metrics::width;
use crate::language::Catalogue;

/// Kilometers in a mile.
const MILE: f64 = 1.609_344;

/// A bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What it measures: “200 km.”
    pub text: String,
    /// Its left end.
    pub left: f64,
    /// The line that it is on.
    pub y: f64,
    /// Its length in pixels.
    pub length: f64,
    /// The box of both.
    pub frame: Frame,
}

/// The bar of a drawing, in a corner without a mark; none if the scale differs too much within the drawing.
#[must_use]
pub fn bar(window: &Window, marks: &[Mark], words: &Catalogue) -> Option<Bar> {
    const EDGE: f64 = 10.0;
    let in_miles = words.measures_in_miles();
    let (unit, key) = if in_miles { (MILE, "phrase.miles") } else { (1.0, "phrase.kilometers") };
    let per_unit = window.pixels_per_km()? * unit;
    let amount = round(window.width / 4.5 / per_unit)?;
    let written = if amount < 1.0 { format!("{amount:.1}") } else { format!("{amount:.0}") };
    let text = words.fill(key, &[("n", &words.decimal(&written))]);
    let length = amount * per_unit;
    let (wide, high) = (length.max(width(&text)), 24.0);
    let (right, bottom) = (window.width - EDGE - wide, window.height - EDGE - high);
    let corners = [(EDGE, bottom), (right, bottom), (EDGE, EDGE), (right, EDGE)];
    let frame = |(left, top): (f64, f64)| Frame { left, top, width: wide, height: high };
    let is_free = |frame: &Frame| marks.iter().all(|mark| !mark.frame.overlaps(frame) && !holds(frame, mark.place));
    let frame = corners.map(frame).into_iter().find(is_free)?;
    Some(Bar { text, left: frame.left, y: frame.top + high - 3.0, length, frame })
}

fn holds(frame: &Frame, (x, y): (f64, f64)) -> bool {
    x > frame.left && x < frame.left + frame.width && y > frame.top && y < frame.top + frame.height
}

/// The largest round number up to this one: 1, 2 or 5 with zeros.
fn round(most: f64) -> Option<f64> {
    let power = 10.0_f64.powf(most.log10().floor());
    let found = [5.0, 2.0, 1.0].into_iter().map(|step| step * power).find(|step| *step <= most)?;
    (found >= 0.1).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_have_round_lengths() {
        assert_eq!([1.0, 4.9, 73.0, 0.34, 999.0].map(round), [Some(1.0), Some(2.0), Some(50.0), Some(0.2), Some(500.0)]);
        assert_eq!(round(0.01), None);
        assert_eq!(round(f64::NAN), None);
    }
}
