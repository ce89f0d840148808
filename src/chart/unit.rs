//! A mark for each person or thing, in groups.

use super::canvas::{Anchor, Canvas};
use super::metrics::{LINE, wrapped};
use super::{Look, Points, Room};

/// The room of a mark.
const PITCH: f64 = 12.0;

/// Draws the groups one below the other; returns the height.
pub fn draw(look: &Look<'_>, room: Room, canvas: &mut Canvas) -> f64 {
    let Points::Names(names) = named(look) else { return 0.0 };
    let across = (room.width() / PITCH) as usize;
    let mut y = 0.0;
    let values = look.figures.series.first().map(|series| &series.values[..]).unwrap_or_default();
    for (group, (name, value)) in names.iter().zip(values).enumerate() {
        let count =
            value.as_ref().map_or_else(|| look.words.get("ui.chart-missing").to_owned(), |n| look.words.decimal(&n.written));
        for line in wrapped(&format!("{count} {name}"), room.width()) {
            y += LINE;
            canvas.text((0.0, y - 4.0), Anchor::Start, "name", &line);
        }
        y += 4.0;
        let mut left = value.as_ref().map_or(0, |number| number.value as usize);
        while left > 0 {
            let now = left.min(across);
            canvas.marks((0.0, y + PITCH / 2.0), now, PITCH, &format!("unit unit-{0} c{0}", group % 6 + 1));
            y += PITCH;
            left -= now;
        }
        y += 8.0;
    }
    y
}

/// Groups by date are groups too.
fn named(look: &Look<'_>) -> Points {
    match &look.figures.points {
        Points::Dates(dates) => Points::Names(dates.iter().map(|date| crate::date::show(date, look.words, None)).collect()),
        names @ Points::Names(_) => names.clone(),
    }
}
