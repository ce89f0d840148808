//! What a chart shows: its figures with their types, and everything that is wrong with them.

use super::number::{self, Number};
use super::sheet::{Fault, Sheet};
use crate::base::similar::nearest;
use crate::base::{At, TextRange};
use crate::date::{self, Date, Day};
use crate::syntax::kinds::chart::{Cells, Chart, ChartKind};

/// Figures by point and series.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// What stands along the axis.
    pub points: Points,
    /// What the column of the points is called.
    pub heading: String,
    /// The columns of figures.
    pub series: Vec<Series>,
}

/// What figures belong to.
#[derive(Clone, Debug, PartialEq)]
pub enum Points {
    /// Dates, from early to late.
    Dates(Vec<Date>),
    /// Names, in the order of the file.
    Names(Vec<String>),
}

/// A column of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it is called.
    pub name: String,
    /// A figure for each point, if there is one.
    pub values: Vec<Option<Number>>,
}

impl Figures {
    /// All numbers.
    pub fn numbers(&self) -> impl Iterator<Item = f64> + '_ {
        self.series.iter().flat_map(|series| series.values.iter().flatten().map(|number| number.value))
    }
}

/// The most series that one chart can tell apart.
pub const MOST_SERIES: usize = 6;

/// The most names, because each has a line of its own.
const MOST_NAMES: usize = 60;

/// The most points of a line.
const MOST_POINTS: usize = 1000;

/// The most marks of a chart with one for each person.
const MOST_MARKS: f64 = 3000.0;

/// The most faults that are told of one chart: who confused two columns need not hear of each row.
const MOST_FAULTS: usize = 8;

/// The rows that a block gives itself. Their columns are those of all rows, in the order in which they come.
#[must_use]
pub fn sheet_of(rows: &[Cells]) -> Sheet {
    let mut columns: Vec<At<String>> = Vec::new();
    for (key, _) in rows.iter().flat_map(|row| &row.0) {
        if !columns.iter().any(|column| column.value == key.value) {
            columns.push(key.clone());
        }
    }
    let cell = |row: &Cells, column: &At<String>| {
        let found = row.0.iter().find(|(key, _)| key.value == column.value).map(|(_, value)| value.clone());
        found.unwrap_or_else(|| At::new(String::new(), row.0.first().map_or(column.range, |(key, _)| key.range)))
    };
    let rows = rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect();
    Sheet { columns, rows }
}

/// The figures of a chart.
///
/// # Errors
/// All that is wrong with them.
pub fn read(chart: &Chart, sheet: &Sheet) -> Result<Figures, Vec<Fault>> {
    let mut faults = Vec::new();
    let columns = columns(chart, sheet, &mut faults);
    let Some((x, ys)) = columns.filter(|_| faults.is_empty()) else { return Err(faults) };
    if sheet.rows.is_empty() {
        return Err(vec![Fault::block(chart.place(), "this chart has no figures", "add a row with a figure")]);
    }
    let points = points(sheet, x, &mut faults);
    let series: Vec<Series> = ys.iter().map(|y| series(chart, sheet, *y, &mut faults)).collect();
    let mut figures = Figures { points, heading: name_of(chart, &sheet.columns[x].value), series };
    if faults.is_empty() {
        faults.extend(refused(chart, &figures));
        repeated(sheet, x, &figures.points, &mut faults);
    }
    if !faults.is_empty() {
        faults.truncate(MOST_FAULTS);
        return Err(faults);
    }
    sort(&mut figures);
    Ok(figures)
}

/// The positions of the column along the axis, and of those with figures.
fn columns(chart: &Chart, sheet: &Sheet, faults: &mut Vec<Fault>) -> Option<(usize, Vec<usize>)> {
    let mut find = |name: &At<String>| {
        let found = sheet.columns.iter().position(|column| column.value == name.value);
        if found.is_none() {
            let names = || sheet.columns.iter().map(|column| column.value.as_str());
            let help = nearest(&name.value, names()).map_or_else(
                || format!("the columns are: {}", names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            faults.push(Fault::block(name.range, format!("the data has no column `{}`", name.value), help));
        }
        found
    };
    for (column, _) in &chart.names.0 {
        find(column);
    }
    let x = chart.x.as_ref().map_or((!sheet.columns.is_empty()).then_some(0), &mut find);
    let ys: Vec<usize> = match &chart.y[..] {
        [] => (0..sheet.columns.len()).filter(|at| Some(*at) != x).collect(),
        named => named.iter().filter_map(find).collect(),
    };
    if faults.is_empty() && ys.is_empty() {
        let help = "a chart needs a column for its axis and one with figures";
        faults.push(Fault::block(chart.place(), "this chart has no column with figures", help));
    }
    if ys.len() > MOST_SERIES {
        let message = format!("this chart shows {} columns, and nobody can tell more than {MOST_SERIES} apart", ys.len());
        faults.push(Fault::block(chart.place(), message, "name fewer columns in `y`, or make several charts"));
    }
    Some((x?, ys))
}

fn name_of(chart: &Chart, column: &str) -> String {
    let given = chart.names.0.iter().find(|(name, _)| name.value == column);
    given.map_or(column, |(_, name)| &name.value).to_owned()
}

/// Dates if the first of them is one, else names.
fn points(sheet: &Sheet, x: usize, faults: &mut Vec<Fault>) -> Points {
    let cells = || sheet.rows.iter().map(|row| &row[x]);
    for cell in cells().filter(|cell| cell.value.is_empty()) {
        let message = format!("this row has no `{}`", sheet.columns[x].value);
        faults.push(Fault::sheet(cell.range, message, "say what its figures belong to, or remove the row"));
    }
    let is_date = |cell: &At<String>| date::parse(&cell.value).is_ok();
    if !cells().next().is_some_and(is_date) {
        return Points::Names(cells().map(|cell| cell.value.clone()).collect());
    }
    let mut dates = Vec::new();
    for cell in cells().filter(|cell| !cell.value.is_empty()) {
        match date::parse(&cell.value) {
            Ok(date) if date.first_day() == Day::MIN || date.last_day() == Day::MAX => {
                let message = format!("`{}` has no end, so it has no place on a time axis", cell.value);
                faults.push(Fault::sheet(cell.range, message, "write a date that begins and ends"));
            }
            Ok(date) => dates.push(date),
            Err(error) => {
                let message = format!("`{}` is not a date, but the first row has one", cell.value);
                faults.push(Fault::sheet(cell.range, message, error.to_string()));
            }
        }
    }
    Points::Dates(dates)
}

fn series(chart: &Chart, sheet: &Sheet, y: usize, faults: &mut Vec<Fault>) -> Series {
    let mut value = |cell: &At<String>| {
        if cell.value.is_empty() {
            return None;
        }
        let read = number::read(&cell.value);
        read.map_err(|(message, help)| faults.push(Fault::sheet(cell.range, message, help))).ok()
    };
    let values: Vec<_> = sheet.rows.iter().map(|row| value(&row[y])).collect();
    Series { name: name_of(chart, &sheet.columns[y].value), values }
}

/// A point that is there twice.
fn repeated(sheet: &Sheet, x: usize, points: &Points, faults: &mut Vec<Fault>) {
    let written: Vec<String> = match points {
        Points::Dates(dates) => dates.iter().map(ToString::to_string).collect(),
        Points::Names(names) => names.clone(),
    };
    let mut order: Vec<usize> = (0..written.len()).collect();
    order.sort_by(|a, b| written[*a].cmp(&written[*b]).then(a.cmp(b)));
    for pair in order.windows(2).filter(|pair| written[pair[0]] == written[pair[1]]) {
        let range = sheet.rows.get(pair[1]).map_or(TextRange::default(), |row| row[x].range);
        let message = format!("`{}` has two rows", written[pair[1]]);
        faults.push(Fault::sheet(range, message, "keep one of them, or add their figures up"));
    }
}

/// What these figures can't be shown as.
fn refused(chart: &Chart, figures: &Figures) -> Option<Fault> {
    let place = chart.place();
    let say = |message: String, help: &str| Some(Fault::block(place, message, help));
    let many = figures.series.len() > 1;
    let names = matches!(figures.points, Points::Names(_));
    let count = match &figures.points {
        Points::Dates(dates) => dates.len(),
        Points::Names(names) => names.len(),
    };
    let (low, high) = figures.numbers().fold((f64::MAX, f64::MIN), |(low, high), n| (low.min(n), high.max(n)));
    if low > high {
        return say("this chart has no figures: all its cells are empty".to_owned(), "add a figure");
    }
    let kind = chart.kind.value;
    if let Some(fault) = refused_axis(chart, low) {
        return Some(fault);
    }
    if chart.panels && (!many || names || kind == ChartKind::Unit) {
        return say("`panels` needs dates and several columns of figures".to_owned(), "remove `panels`");
    }
    if !chart.events.is_empty() && names {
        let help = "remove `events`, or name a column with dates in `x`";
        return say("events stand on a time axis, and this chart has none".to_owned(), help);
    }
    if many && !chart.panels && (kind == ChartKind::Area || kind == ChartKind::Bar && !names) {
        let message = format!("the shapes of this `{}` chart would hide each other", kind.word());
        return say(message, "add `panels: true`, name one column in `y`, or use `kind: line`");
    }
    let by_row = names && matches!(kind, ChartKind::Bar | ChartKind::Dot);
    if by_row && count > MOST_NAMES || !by_row && count > MOST_POINTS {
        let most = if by_row { MOST_NAMES } else { MOST_POINTS };
        let help = "show the most important ones, or sum them up";
        return say(format!("this chart has {count} points, and readers can follow at most {most}"), help);
    }
    if kind == ChartKind::Unit { refused_unit(figures, many, place) } else { None }
}

/// Where the axis of figures must not begin.
fn refused_axis(chart: &Chart, low: f64) -> Option<Fault> {
    let from = f64::from(chart.from.as_ref()?.value);
    let kind = chart.kind.value;
    if matches!(kind, ChartKind::Bar | ChartKind::Area | ChartKind::Unit) {
        let message = format!("a `{}` chart begins at zero: its lengths would not be in proportion otherwise", kind.word());
        return Some(Fault::block(chart.place(), message, "remove `from`, or use `kind: line` or `kind: dot`"));
    }
    let message = format!("`from: {from}` would hide the figure {low}");
    (from > low).then(|| Fault::block(chart.place(), message, "begin at or below the lowest figure"))
}

fn refused_unit(figures: &Figures, many: bool, place: TextRange) -> Option<Fault> {
    let say = |message: String, help: &str| Some(Fault::block(place, message, help));
    if many {
        return say("a `unit` chart shows one column of figures".to_owned(), "name it in `y`");
    }
    if figures.series.iter().any(|series| series.values.len() > MOST_SERIES) {
        return say(
            format!("a `unit` chart shows at most {MOST_SERIES} groups, because readers can't tell more apart"),
            "use `kind: bar`",
        );
    }
    if figures.numbers().any(|number| number < 0.0 || number.fract() != 0.0) {
        let help = "write whole numbers, or use `kind: bar`";
        return say(
            "a `unit` chart draws one mark for each person or thing, so it needs whole numbers, zero or more".to_owned(),
            help,
        );
    }
    let sum: f64 = figures.numbers().sum();
    let help = "use `kind: bar`, which needs no marks";
    (sum > MOST_MARKS)
        .then(|| say(format!("this chart would have {sum} marks, and {MOST_MARKS} are as many as it can show"), help))
        .flatten()
}

/// Puts dates in order, and their figures with them.
fn sort(figures: &mut Figures) {
    let Points::Dates(dates) = &mut figures.points else { return };
    let mut order: Vec<usize> = (0..dates.len()).collect();
    order.sort_by_key(|at| (dates[*at].first_day(), dates[*at].last_day()));
    *dates = order.iter().map(|at| dates[*at].clone()).collect();
    for series in &mut figures.series {
        series.values = order.iter().map(|at| series.values[*at].clone()).collect();
    }
}
