//! Figures over an axis: lines, areas, steps, dots and columns, with events across a time axis.

use super::canvas::{Anchor, Canvas, apart, frame};
use super::metrics::{LINE, shortened, width, wrapped};
use super::scale::{Scale, Ticks, TimeTick, time_ticks};
use super::series::{Ground, draw_series, last_point};
use super::{EventMark, Figures, Look, Points, Room};
use crate::date::{Bounds, Date, Day};
use crate::language::Catalogue;
use crate::syntax::kinds::chart::ChartKind;

/// How high the part with the figures is, without labels.
const HEIGHT: f64 = 220.0;

/// The same for one of several.
const PANEL: f64 = 110.0;

/// From the drawing of the figures to the names of series.
const BESIDE: f64 = 18.0;

/// From one row of events' numbers to the next.
const LANE: f64 = 20.0;

/// A height, and the places of events.
type Size = (f64, Vec<(f64, f64)>);

/// Draws all series in one frame.
pub fn draw(look: &Look<'_>, room: Room, canvas: &mut Canvas) -> Size {
    let ticks = ticks(look, HEIGHT);
    one(look, canvas, room.width(), HEIGHT, &ticks)
}

/// Draws each series in a frame of its own. All have the same scales, so that they can be compared.
pub fn panels(look: &Look<'_>, room: Room, canvas: &mut Canvas) -> Size {
    let ticks = ticks(look, PANEL);
    let across = if room == Room::Wide { 2 } else { 1 };
    let gap = 24.0;
    let width = (room.width() - gap * (across - 1) as f64) / across as f64;
    let (mut top, mut tallest) = (0.0, 0.0f64);
    for (at, series) in look.figures.series.iter().enumerate() {
        if at > 0 && at % across == 0 {
            top += tallest + 12.0;
            tallest = 0.0;
        }
        let left = (at % across) as f64 * (width + gap);
        canvas.moved((left, top));
        let mut y = 0.0;
        for line in wrapped(&series.name, width) {
            y += LINE;
            canvas.text((0.0, y - 4.0), Anchor::Start, "name", &line);
        }
        canvas.moved((left, top + y));
        let figures = Figures { series: vec![series.clone()], ..look.figures.clone() };
        let (height, _) = one(&Look { figures: &figures, panels: false, ..*look }, canvas, width, PANEL, &ticks);
        tallest = tallest.max(y + height);
    }
    canvas.moved((0.0, 0.0));
    (top + tallest, Vec::new())
}

/// The ticks of the axis of figures.
fn ticks(look: &Look<'_>, height: f64) -> Ticks {
    let base = look.from.unwrap_or(0.0);
    let low = look.figures.numbers().fold(base, f64::min);
    let high = look.figures.numbers().fold(base, f64::max);
    let is_whole = look.figures.numbers().all(|number| number.fract() == 0.0);
    Ticks::of(low, high, (height / 50.0) as usize, is_whole)
}

/// Draws one frame of this width, with its figures on `height`.
fn one(look: &Look<'_>, canvas: &mut Canvas, wide: f64, height: f64, ticks: &Ticks) -> Size {
    let names: Vec<String> =
        ticks.values.iter().map(|value| look.words.decimal(&super::number::written(*value, ticks.decimals))).collect();
    let left = names.iter().map(|name| width(name)).fold(0.0, f64::max) + 10.0;
    let labels = end_labels(look, wide);
    let column = labels.iter().flatten().map(|line| width(line)).fold(0.0, f64::max);
    let right = if column > 0.0 { wide - column - BESIDE } else { wide };
    let label_heights: f64 = labels.iter().map(|lines| lines.len() as f64 * LINE).sum();
    let height = height.max(label_heights);
    let axis = Axis::of(look, left, right);
    let places: Vec<f64> = look.events.iter().map(|event| axis.middle(event.days)).collect();
    let (lanes, rows) = lanes(&places);
    let top = rows as f64 * LANE + 22.0;
    let bottom = top + height;
    let y = Scale::new(ticks.ends(), (bottom, top));
    for (value, name) in ticks.values.iter().zip(&names) {
        let at = y.at(*value);
        canvas.line((left, at), (right, at), if value.abs() < 1e-9 { "zero" } else { "grid" });
        canvas.text((left - 8.0, at + 4.5), Anchor::End, "tick", name);
    }
    let ground =
        Ground { x: axis.x.clone(), y, left, right: if column > 0.0 { right } else { wide }, top: top - 22.0 + 2.0, bottom };
    let events = events(look.events, &axis, &lanes, bottom, canvas);
    x_labels(look, &axis, wide, bottom, canvas);
    draw_series(look, &axis.dates, &ground, !labels.is_empty(), canvas);
    put_end_labels(look, &ground, &labels, canvas);
    (bottom + 26.0, events)
}

/// What is along the axis, and where.
struct Axis {
    /// The middle of each point.
    x: Vec<f64>,
    /// The scale of a time axis, and its days.
    time: Option<(Scale, Bounds)>,
    /// The dates of a time axis, with their ends on it.
    dates: Vec<(Date, (f64, f64))>,
}

impl Axis {
    fn of(look: &Look<'_>, left: f64, right: f64) -> Self {
        let pad = if look.kind == ChartKind::Bar { 14.0 } else { 8.0 };
        match &look.figures.points {
            Points::Names(names) => {
                let step = (right - left) / names.len().max(1) as f64;
                let x = (0..names.len()).map(|at| left + step * (at as f64 + 0.5)).collect();
                Self { x, time: None, dates: Vec::new() }
            }
            Points::Dates(dates) => {
                let all = || dates.iter().map(Date::bounds).chain(look.events.iter().map(|event| event.days));
                let first = all().map(|days| days.first).min().unwrap_or(Day::MIN);
                let last = all().map(|days| days.last).max().unwrap_or(first);
                let ends = (first.number() as f64, last.number() as f64 + 1.0);
                let scale = Scale::new(ends, (left + pad, right - pad));
                let day = |day: Day, more: f64| scale.at(day.number() as f64 + more);
                let ends = |date: &Date| (day(date.first_day(), 0.0), day(date.last_day(), 1.0));
                Self {
                    x: dates.iter().map(|date| scale.middle(date.bounds())).collect(),
                    time: Some((scale, Bounds { first, last })),
                    dates: dates.iter().map(|date| (date.clone(), ends(date))).collect(),
                }
            }
        }
    }

    /// Where the middle of some days is, on a time axis.
    fn middle(&self, days: Bounds) -> f64 {
        self.time.map_or(0.0, |(scale, _)| scale.middle(days))
    }
}

/// In which row each event's number stands, so that none covers another; and how many rows that takes.
fn lanes(places: &[f64]) -> (Vec<usize>, usize) {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| places[*a].total_cmp(&places[*b]).then(a.cmp(b)));
    let mut ends: Vec<f64> = Vec::new();
    let mut lanes = vec![0; places.len()];
    for at in order {
        let free = ends.iter().position(|end| *end + 20.0 <= places[at]);
        let lane = free.unwrap_or(ends.len());
        if lane == ends.len() {
            ends.push(0.0);
        }
        ends[lane] = places[at];
        lanes[at] = lane;
    }
    (lanes, ends.len())
}

/// Thin lines across the axis with the events' numbers on top; returns the places of the numbers.
fn events(events: &[EventMark], axis: &Axis, lanes: &[usize], bottom: f64, canvas: &mut Canvas) -> Vec<(f64, f64)> {
    let Some((scale, _)) = axis.time else { return Vec::new() };
    let mut places = Vec::with_capacity(events.len());
    for (event, lane) in events.iter().zip(lanes) {
        let middle = axis.middle(event.days);
        let y = *lane as f64 * LANE + 10.0;
        let (first, last) = (scale.at(event.days.first.number() as f64), scale.at(event.days.last.number() as f64 + 1.0));
        if last - first > 3.0 {
            canvas.rect((first, y), (last - first, bottom - y), "event-span");
        }
        canvas.line((middle, y), (middle, bottom), "event-line");
        places.push((middle, y));
    }
    for (event, at) in events.iter().zip(&places) {
        canvas.number(*at, event.number);
    }
    places
}

/// The names along the axis, as many as there is room for.
fn x_labels(look: &Look<'_>, axis: &Axis, wide: f64, bottom: f64, canvas: &mut Canvas) {
    let inside = |at: f64, name: &str| {
        let half = width(name) / 2.0;
        at.clamp(half.min(wide / 2.0), (wide - half).max(wide / 2.0))
    };
    let labels: Vec<(f64, f64, String)> = match (&axis.time, &look.figures.points) {
        (Some((scale, days)), Points::Dates(dates)) => {
            let place = |tick: &TimeTick| tick_place(*scale, tick, dates);
            let fit = |ticks: &[TimeTick]| {
                fits(&ticks.iter().map(|tick| (inside(place(tick), &tick.name), &*tick.name)).collect::<Vec<_>>())
            };
            let finest = dates.iter().map(|date| date.first_day().days_until(date.last_day()) + 1).min().unwrap_or(1);
            let ticks = some_ticks(*days, finest, dates, look.words, fit);
            ticks.into_iter().map(|tick| (place(&tick), inside(place(&tick), &tick.name), tick.name)).collect()
        }
        (_, Points::Names(names)) => {
            // Names are whole in the table.
            let most = (wide / names.len().max(1) as f64 - 14.0).max(80.0);
            let label = |(x, name): (&f64, &String)| {
                let name = shortened(name, most);
                (*x, inside(*x, &name), name)
            };
            let all: Vec<_> = axis.x.iter().zip(names).map(label).collect();
            let some = |step: &usize| all.iter().step_by(*step).cloned().collect::<Vec<_>>();
            let is_fit =
                |some: &Vec<(f64, f64, String)>| fits(&some.iter().map(|(_, at, name)| (*at, &**name)).collect::<Vec<_>>());
            (1..=all.len()).map(|step| some(&step)).find(is_fit).unwrap_or_default()
        }
        (None, Points::Dates(_)) => Vec::new(),
    };
    for (place, at, name) in labels {
        canvas.line((place, bottom), (place, bottom + 5.0), "notch");
        canvas.text((at, bottom + 20.0), Anchor::Middle, "tick", &name);
    }
}

/// Ticks of an axis; for days that begin and end within one step, the first date itself.
fn some_ticks(
    days: Bounds,
    finest: i64,
    dates: &[Date],
    words: &Catalogue,
    fit: impl Fn(&[TimeTick]) -> bool,
) -> Vec<TimeTick> {
    let ticks = time_ticks(days, finest, words, &fit);
    let ends = |date: &Date| TimeTick { days: date.bounds(), name: crate::date::show_short(date, words) };
    match (ticks.len(), dates) {
        (0 | 1, [only]) => vec![ends(only)],
        (0 | 1, [first, .., last]) if fit(&[ends(first), ends(last)]) => vec![ends(first), ends(last)],
        (0 | 1, [first, ..]) => vec![ends(first)],
        _ => ticks,
    }
}

/// Figures of a year stand in its middle, and so does its name. Where the figures are of days, it stands where the year begins.
fn tick_place(scale: Scale, tick: &TimeTick, dates: &[Date]) -> f64 {
    let length = |days: Bounds| days.first.days_until(days.last) + 1;
    let is_whole = dates.iter().all(|date| length(date.bounds()) * 10 >= length(tick.days) * 9);
    if is_whole { scale.middle(tick.days) } else { scale.at(tick.days.first.number() as f64) }
}

/// Whether names at these places leave room between each other.
fn fits(names: &[(f64, &str)]) -> bool {
    let frames: Vec<_> = names.iter().map(|(at, name)| frame((*at, 0.0), Anchor::Middle, name)).collect();
    frames.windows(2).all(|pair| pair[0].left + pair[0].width + 12.0 <= pair[1].left)
}

/// The name of each series with its last figure, in lines, if there are several.
fn end_labels(look: &Look<'_>, wide: f64) -> Vec<Vec<String>> {
    if look.figures.series.len() < 2 {
        return Vec::new();
    }
    let label = |series: &super::Series| {
        let last = series.values.iter().flatten().next_back();
        let number = last.map_or_else(|| look.words.get("ui.chart-missing").to_owned(), |n| look.words.decimal(&n.written));
        wrapped(&format!("{} {number}", series.name), wide * 0.34)
    };
    look.figures.series.iter().map(label).collect()
}

/// Writes the names of series beside the last point of each.
fn put_end_labels(look: &Look<'_>, ground: &Ground, labels: &[Vec<String>], canvas: &mut Canvas) {
    let ends: Vec<(f64, f64)> = look.figures.series.iter().map(|series| last_point(series, ground)).collect();
    let wanted: Vec<_> = ends.iter().zip(labels).map(|((_, y), lines)| (*y, lines.len() as f64 * LINE)).collect();
    let tops = apart(&wanted, ground.bottom - ground.y_height(), ground.bottom);
    for (at, ((lines, top), (x, y))) in labels.iter().zip(tops).zip(ends).enumerate() {
        let height = lines.len() as f64 * LINE;
        canvas.line((x + 6.0, y), (ground.right + BESIDE - 6.0, top + height / 2.0), &format!("leader c{}", at % 6 + 1));
        for (row, line) in lines.iter().enumerate() {
            let place = (ground.right + BESIDE, top + LINE * (row as f64 + 1.0) - 4.0);
            canvas.text(place, Anchor::Start, &format!("series c{}", at % 6 + 1), line);
        }
    }
}
