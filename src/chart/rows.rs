//! Bars and dots by name: each name has a line to itself, so that long names need no slant and no abbreviation.

use super::canvas::{Anchor, Canvas};
use super::metrics::{LINE, width, wrapped};
use super::scale::{Scale, Ticks};
use super::{Look, Points, Room};
use crate::syntax::kinds::chart::ChartKind;

/// The height of a bar.
const BAR: f64 = 16.0;

/// Draws the rows one below the other; returns the height.
pub fn draw(look: &Look<'_>, room: Room, canvas: &mut Canvas) -> f64 {
    let Points::Names(names) = &look.figures.points else { return 0.0 };
    let (scale, zero) = scale(look, room);
    let many = look.figures.series.len() > 1;
    let both_sides = look.figures.numbers().any(|number| number < 0.0);
    let mut y = 0.0;
    for (at, name) in names.iter().enumerate() {
        for line in wrapped(name, room.width()) {
            y += LINE;
            canvas.text((0.0, y - 4.0), Anchor::Start, "name", &line);
        }
        for (index, series) in look.figures.series.iter().enumerate() {
            if many {
                for line in wrapped(&series.name, room.width()) {
                    y += LINE;
                    canvas.text((0.0, y - 4.0), Anchor::Start, "sub", &line);
                }
            }
            y += 2.0;
            match &series.values[at] {
                Some(number) => {
                    if both_sides {
                        canvas.line((zero, y), (zero, y + BAR), "zero");
                    }
                    let text = look.words.decimal(&number.written);
                    row(look, canvas, (scale.at(number.value), zero, y), index, &text, number.value < 0.0);
                }
                None => canvas.text((0.0, y + 12.5), Anchor::Start, "missing", look.words.get("ui.chart-missing")),
            }
            y += BAR + 2.0;
        }
        y += 8.0;
    }
    y
}

/// One figure: its bar or dot, and the number at its end.
fn row(look: &Look<'_>, canvas: &mut Canvas, (end, zero, y): (f64, f64, f64), series: usize, text: &str, below: bool) {
    let class = format!("c{}", series % 6 + 1);
    let middle = y + BAR / 2.0;
    if look.kind == ChartKind::Bar {
        canvas.rect((end.min(zero), y), ((end - zero).abs(), BAR), &format!("chart-bar {class}"));
        if series > 0 {
            hatch(canvas, (end.min(zero), y), (end - zero).abs(), series);
        }
    } else {
        canvas.line((zero, middle), (end, middle), "guide");
        canvas.mark((end, middle), series, &format!("mark {class}"));
    }
    let gap = if look.kind == ChartKind::Bar { 6.0 } else { 10.0 };
    if below {
        canvas.text((end - gap, y + 12.5), Anchor::End, "value", text);
    } else {
        canvas.text((end + gap, y + 12.5), Anchor::Start, "value", text);
    }
}

/// Lines across a bar, another way for each series.
fn hatch(canvas: &mut Canvas, (left, top): (f64, f64), length: f64, series: usize) {
    let step = 4.0 + series as f64 * 2.0;
    let mut at = step;
    while at < length && at < 700.0 {
        let lean = if series.is_multiple_of(2) { 0.0 } else { step / 2.0 };
        canvas.line((left + at, top), (left + (at - lean).max(0.0), top + BAR), "hatch");
        at += step;
    }
}

/// The scale, which leaves room for the numbers at both ends, and the place of zero.
fn scale(look: &Look<'_>, room: Room) -> (Scale, f64) {
    let numbers = || look.figures.series.iter().flat_map(|series| series.values.iter().flatten());
    let wide = |below: bool| {
        let own = numbers().filter(|number| (number.value < 0.0) == below);
        own.map(|number| width(&look.words.decimal(&number.written)) + 14.0).fold(0.0, f64::max)
    };
    let base = look.from.unwrap_or(0.0);
    let low = look.figures.numbers().fold(base, f64::min);
    let high = look.figures.numbers().fold(base, f64::max);
    let high = if high > low { high } else { Ticks::of(low, high, 2, false).ends().1 };
    let scale = Scale::new((low, high), (wide(true), room.width() - wide(false).max(8.0)));
    let zero = scale.at(base);
    (scale, zero)
}
