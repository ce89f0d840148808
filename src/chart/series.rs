//! Figures in a frame: their lines, columns and marks, and the numbers that are written beside them.

use super::canvas::{Anchor, Canvas, frame};
use super::scale::Scale;
use super::{Look, Number, Series};
use crate::date::Date;
use crate::syntax::kinds::chart::ChartKind;

/// Where figures are drawn.
pub struct Ground {
    /// The middle of each point.
    pub x: Vec<f64>,
    /// From figures to places.
    pub y: Scale,
    /// The left edge.
    pub left: f64,
    /// The right edge.
    pub right: f64,
    /// The highest place that a number may take.
    pub top: f64,
    /// The axis.
    pub bottom: f64,
}

impl Ground {
    /// The height of the part with the figures.
    #[must_use]
    pub fn y_height(&self) -> f64 {
        self.bottom - self.top - 20.0
    }

    fn at(&self, point: usize, number: &Number) -> (f64, f64) {
        (self.x[point], self.y.at(number.value))
    }
}

/// More points than this are a line without marks.
const MOST_MARKS: usize = 40;

/// Draws all series, and the numbers of a single one.
pub fn draw_series(look: &Look<'_>, dates: &[(Date, (f64, f64))], ground: &Ground, is_named: bool, canvas: &mut Canvas) {
    for (index, series) in look.figures.series.iter().enumerate() {
        let class = format!("c{}", index % 6 + 1);
        match look.kind {
            ChartKind::Bar => columns(series, dates, ground, &class, canvas),
            ChartKind::Dot => {}
            kind => lines(kind, series, ground, &class, canvas),
        }
        if look.kind != ChartKind::Bar {
            marks(look.kind, series, index, dates, ground, canvas);
        }
    }
    if !is_named {
        look.figures.series.iter().for_each(|series| numbers(look, series, ground, canvas));
    }
}

/// The place of a series' last figure.
#[must_use]
pub fn last_point(series: &Series, ground: &Ground) -> (f64, f64) {
    let last = series.values.iter().enumerate().filter_map(|(at, value)| Some((at, value.as_ref()?))).next_back();
    last.map_or((ground.right - 6.0, ground.bottom), |(at, number)| ground.at(at, number))
}

/// Whether a date isn't known as well as it is written.
fn is_soft(date: &Date) -> bool {
    date.is_approximate() || date.is_uncertain() || date.machine().is_none()
}

/// Lines from figure to figure, with gaps where one is missing.
fn lines(kind: ChartKind, series: &Series, ground: &Ground, class: &str, canvas: &mut Canvas) {
    let mut run: Vec<(f64, f64)> = Vec::new();
    let mut finish = |run: &mut Vec<(f64, f64)>| {
        let run = std::mem::take(run);
        let (Some(first), Some(last)) = (run.first().copied(), run.last().copied()) else { return };
        if kind == ChartKind::Area {
            let zero = ground.y.at(0.0);
            let shape: Vec<_> =
                std::iter::once((first.0, zero)).chain(run.iter().copied()).chain([(last.0, zero)]).collect();
            canvas.path(&shape, &format!("area {class}"));
        }
        if run.len() > 1 {
            canvas.path(&run, &format!("line {class}"));
        }
    };
    for (at, value) in series.values.iter().enumerate() {
        let Some(number) = value else {
            finish(&mut run);
            continue;
        };
        let (x, y) = ground.at(at, number);
        if let Some((_, before)) = run.last().copied().filter(|_| kind == ChartKind::Step) {
            run.push((x, before));
        }
        run.push((x, y));
    }
    finish(&mut run);
}

/// Marks at figures, and how far a date that isn't certain reaches. A line with many points has marks only where there is no line.
fn marks(
    kind: ChartKind,
    series: &Series,
    index: usize,
    dates: &[(Date, (f64, f64))],
    ground: &Ground,
    canvas: &mut Canvas,
) {
    let class = format!("c{}", index % 6 + 1);
    let is_there = |at: Option<usize>| at.and_then(|at| series.values.get(at)).is_some_and(Option::is_some);
    for (at, value) in series.values.iter().enumerate() {
        let Some(number) = value else { continue };
        let place = ground.at(at, number);
        let soft = dates.get(at).filter(|(date, _)| is_soft(date));
        let alone = !is_there(at.checked_sub(1)) && !is_there(Some(at + 1));
        if let Some((_, (first, last))) = soft {
            canvas.line((*first, place.1), (*last, place.1), &format!("doubt {class}"));
        }
        if soft.is_some() || alone || kind == ChartKind::Dot || series.values.len() <= MOST_MARKS {
            canvas.mark(place, index, &format!("mark{} {class}", if soft.is_some() { " soft" } else { "" }));
        }
    }
}

/// Columns from zero.
fn columns(series: &Series, dates: &[(Date, (f64, f64))], ground: &Ground, class: &str, canvas: &mut Canvas) {
    let wide = column_width(ground);
    let zero = ground.y.at(0.0);
    for (at, value) in series.values.iter().enumerate() {
        let Some(number) = value else { continue };
        let (x, y) = ground.at(at, number);
        let soft = if dates.get(at).is_some_and(|(date, _)| is_soft(date)) { " soft" } else { "" };
        canvas.column((x - wide / 2.0, y.min(zero)), (wide, (y - zero).abs()), &format!("chart-bar{soft} {class}"));
    }
}

fn column_width(ground: &Ground) -> f64 {
    let gap = ground.x.windows(2).map(|pair| pair[1] - pair[0]).fold(60.0, f64::min);
    (gap * 0.7).clamp(0.5, 28.0)
}

/// Writes the numbers that matter most, where there is room: of a line the last, the first, the highest and the lowest; of columns
/// and dots all, in this order.
fn numbers(look: &Look<'_>, series: &Series, ground: &Ground, canvas: &mut Canvas) {
    let known: Vec<(usize, &Number)> =
        series.values.iter().enumerate().filter_map(|(at, value)| Some((at, value.as_ref()?))).collect();
    let by_value = |a: &&(usize, &Number), b: &&(usize, &Number)| a.1.value.total_cmp(&b.1.value);
    let extremes = [known.last(), known.first(), known.iter().max_by(by_value), known.iter().min_by(by_value)];
    let mut order: Vec<usize> = Vec::new();
    let rest = matches!(look.kind, ChartKind::Bar | ChartKind::Dot) && known.len() <= MOST_MARKS;
    for (at, _) in extremes.into_iter().flatten().chain(known.iter().filter(|_| rest)) {
        if !order.contains(at) {
            order.push(*at);
        }
    }
    for at in order {
        let Some(number) = &series.values[at] else { continue };
        let text = look.words.decimal(&number.written);
        let (x, y) = ground.at(at, number);
        let half = super::metrics::width(&text) / 2.0;
        let x = x.clamp(ground.left + half, (ground.right - half).max(ground.left + half));
        let below_first = number.value < 0.0;
        let (above, below) = ((x, y - 9.0), (x, y + 20.0));
        let order = if below_first { [below, above] } else { [above, below] };
        // A number below a column would stand in the column.
        let usable = if look.kind == ChartKind::Bar { &order[..1] } else { &order[..] };
        let free = usable.iter().find(|place| {
            let frame = frame(**place, Anchor::Middle, &text);
            frame.top >= ground.top - 1.0
                && frame.top + frame.height <= ground.bottom - 1.0
                && canvas.is_free(**place, Anchor::Middle, &text)
        });
        if let Some(place) = free {
            canvas.text(*place, Anchor::Middle, "value", &text);
        }
    }
}
