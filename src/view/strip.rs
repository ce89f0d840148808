//! The front page's strip: all events of the site, a column a month, in a row for each section. Where each section has a mark of
//! its own, its row is drawn beside what the front page says about it.
//!
//! A drawing as numbers, of which the template makes SVG. Positions are shares of the width, in hundredths of a percent: a drawing
//! that were stretched as a whole would stretch its letters too.

use std::collections::BTreeMap;

use serde::Serialize;

use super::View;
use super::section_marks::SHAPES;
use crate::base::escape;
use crate::config::Direction;
use crate::date::{show_month, show_year, show_years};
use crate::model::read::RecordKind;
use crate::model::{EventIx, address};

/// The fewest events, and the fewest columns with any, that are worth a drawing.
const WORTH: (usize, usize) = (10, 3);
/// The most columns that can be told apart on a phone.
const COLUMNS: i64 = 180;
/// The height of a row in pixels, by how many there are: one alone, a few, many.
const ROWS: [usize; 3] = [44, 28, 20];
/// The height of a row that is drawn beside its section.
const APART: usize = 56;
/// How many rows are a few.
const FEW: usize = 5;
/// The room above the tallest bar of a row.
const AIR: usize = 4;
/// The most names of years below the columns, and the share of the width that each takes on a phone.
const TICKS: i64 = 7;
const TICK: i64 = 1150;

/// All events of the site at a glance.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct StripView {
    /// What the drawing says: “56 events, June 2019 to December 2025. Busiest: April 2025, with 10 events.”
    pub said_html: String,
    /// The site's timeline.
    pub url: String,
    /// Whether every section has a row of its own, which is drawn apart from the others, beside its section.
    pub by_section: bool,
    /// The height of all rows, in pixels; of each row, if they are drawn apart.
    pub height: usize,
    /// The height with the names of the years.
    pub whole_height: usize,
    /// The marks of the rows, as class names; empty if there is one row.
    pub marks: Vec<String>,
    /// The bars of each row.
    pub rows: Vec<StripRow>,
    /// The columns that have events, each a link; empty if rows are drawn apart, since each then has its own.
    pub columns: Vec<StripColumn>,
    /// The names of years.
    pub ticks: Vec<StripTick>,
}

/// A row of the strip: the events with one mark.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct StripRow {
    /// The mark, as a class name: `s3`.
    pub mark: String,
    /// Where its bars stand, in pixels from the top.
    pub base: usize,
    /// Its bars.
    pub bars: Vec<StripBar>,
    /// Its columns, each a link; empty unless rows are drawn apart.
    pub columns: Vec<StripColumn>,
}

/// A bar: the events of one row and column. One that is dated no finer than a year is as wide as that year, and flat.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct StripBar {
    /// From the left, as a percentage.
    pub x: String,
    /// From the top, in pixels.
    pub y: usize,
    /// Its width, as a percentage.
    pub width: String,
    /// Its height, in pixels.
    pub height: usize,
}

/// A column of the strip.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct StripColumn {
    /// What it is: “April 2025: 10 events”.
    pub title: String,
    /// Its place on the site's timeline.
    pub url: String,
    /// From the left, as a percentage.
    pub x: String,
    /// Its width, as a percentage.
    pub width: String,
}

/// The name of a year below the columns.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct StripTick {
    /// The year.
    pub label: String,
    /// Its first events; absent if it has none.
    pub url: Option<String>,
    /// Where it begins, as a percentage from the left.
    pub x: String,
    /// How far from there its name is, in pixels.
    pub dx: i32,
    /// From the left, as a percentage: where it can be chosen.
    pub left: String,
    /// How far it reaches, as a percentage.
    pub width: String,
}

/// What is in a column.
#[derive(Default)]
struct Column<'m> {
    /// How many events each mark has.
    by_mark: BTreeMap<&'m str, usize>,
    /// The first event, and its year and month.
    first: Option<(EventIx, i32, Option<u8>)>,
}

impl Column<'_> {
    fn count(&self) -> usize {
        self.by_mark.values().sum()
    }
}

/// The events of a site in columns.
struct Strip<'m> {
    /// How many months a column has.
    months: i64,
    /// The first column, and how many there are.
    from: i64,
    count: i64,
    columns: BTreeMap<i64, Column<'m>>,
    /// Those dated no finer than a year, where columns are finer: by mark and year.
    coarse: BTreeMap<(&'m str, i64), usize>,
    is_rtl: bool,
}

/// A share of the width as a percentage: `12.66%`.
fn percent(share: i64) -> String {
    format!("{}.{:02}%", share / 100, share % 100)
}

impl Strip<'_> {
    /// Where something begins that is `width` wide, from the left, as both run in the site's direction.
    fn left(&self, at: i64, width: i64) -> String {
        percent(if self.is_rtl { 10_000 - at - width } else { at })
    }

    /// The share of the width before a column.
    fn share(&self, columns: i64) -> i64 {
        columns * 10_000 / self.count
    }

    /// A bar over some columns.
    fn bar(&self, column: i64, columns: i64, base: usize, height: usize) -> StripBar {
        let at = self.share(column - self.from).max(0);
        let width = (self.share(column - self.from + columns) - at).min(10_000 - at);
        // A tenth is left blank on either side, so that neighbors can be told apart.
        let (inset, own) = (width / 10, width - width / 5);
        StripBar { x: self.left(at + inset, own), y: base - height, width: percent(own), height }
    }

    /// The rows, one for each of `marks`: one below the other, or apart.
    fn rows(&self, marks: &[&str], height: usize, apart: bool) -> Vec<StripRow> {
        let all = self.columns.values().flat_map(|column| column.by_mark.values());
        let most = all.copied().max().unwrap_or(1).max(1);
        let row = |(nth, mark): (usize, &&str)| {
            let base = if apart { height - 1 } else { (nth + 1) * height - 1 };
            let tall = |events: usize| (events * (height - AIR)).div_ceil(most).max(3);
            let own = self.columns.iter().filter_map(|(at, column)| Some((*at, *column.by_mark.get(*mark)?)));
            let bars = own.map(|(at, events)| self.bar(at, 1, base, tall(events)));
            let coarse = self.coarse.keys().filter(|(own, _)| own == mark);
            let flat = coarse.map(|(_, year)| self.bar(year * 12 / self.months, 12 / self.months, base, 2));
            StripRow { mark: (*mark).to_owned(), base, bars: flat.chain(bars).collect(), columns: Vec::new() }
        };
        marks.iter().enumerate().map(row).collect()
    }
}

impl<'m> View<'m> {
    /// All events at a glance; `None` if they are too few to draw.
    #[must_use]
    pub fn strip(&self) -> Option<StripView> {
        let strip = self.columns()?;
        let events = EventIx::first(self.reader.count(RecordKind::Event)).len();
        let mut marks: Vec<&str> = strip.columns.values().flat_map(|column| column.by_mark.keys().copied()).collect();
        marks.extend(strip.coarse.keys().map(|(mark, _)| *mark));
        // What belongs to no section comes last.
        marks.sort_unstable_by_key(|mark| (*mark == "s0", *mark));
        marks.dedup();
        let by_section = (2..=SHAPES).contains(&self.reader.sections());
        let height = if by_section { APART } else { ROWS[usize::from(marks.len() > 1) + usize::from(marks.len() > FEW)] };
        let mut rows = strip.rows(&marks, height, by_section);
        let mut columns = Vec::new();
        if by_section {
            for row in &mut rows {
                let own = strip.columns.iter().filter_map(|at| Some((at, *at.1.by_mark.get(&*row.mark)?)));
                row.columns = own.filter_map(|((at, column), events)| self.column(&strip, *at, column, events)).collect();
            }
        } else {
            columns.extend(strip.columns.iter().filter_map(|(at, column)| self.column(&strip, *at, column, column.count())));
        }
        let whole = if by_section { height } else { height * marks.len() };
        Some(StripView {
            said_html: self.said(&strip, events)?,
            url: address::folder("timeline"),
            by_section,
            height: whole,
            whole_height: whole + 26,
            columns,
            ticks: self.ticks(&strip),
            rows,
            marks: if marks.len() > 1 { marks.into_iter().map(str::to_owned).collect() } else { Vec::new() },
        })
    }

    /// A column with `events` events, or those of them in one row.
    fn column(&self, strip: &Strip<'_>, at: i64, column: &Column<'_>, events: usize) -> Option<StripColumn> {
        let (event, year, month) = column.first?;
        let (from, to) = (strip.share(at - strip.from), strip.share(at - strip.from + 1));
        Some(StripColumn {
            title: self.labeled(&self.column_name(at, strip.months), &self.words.count("count.events", events)),
            url: self.month_url(event, year, month)?,
            x: strip.left(from, to - from),
            width: percent(to - from),
        })
    }

    /// The columns of all events with a known beginning.
    fn columns(&self) -> Option<Strip<'m>> {
        let zone = self.reader.zone();
        let dated = EventIx::first(self.reader.count(RecordKind::Event)).filter_map(|at| {
            let (year, month) = self.reader.date(at).year_month_of_first(zone)?;
            let mark = self.event_mark(at).split(' ').nth(1).unwrap_or("s0");
            Some((at, year, month, mark))
        });
        let dated: Vec<_> = dated.collect();
        let number = |year: i32, month: Option<u8>| i64::from(year) * 12 + i64::from(month.unwrap_or(1)) - 1;
        let months = dated.iter().map(|(_, year, month, _)| number(*year, *month));
        let (first, last) = (months.clone().min()?, months.max()?);
        let per =
            [1, 12, 120].into_iter().find(|per| last.div_euclid(*per) - first.div_euclid(*per) < COLUMNS).unwrap_or(1200);
        let mut strip = Strip {
            months: per,
            from: first.div_euclid(per),
            count: last.div_euclid(per) - first.div_euclid(per) + 1,
            columns: BTreeMap::new(),
            coarse: BTreeMap::new(),
            is_rtl: self.config.first().direction == Direction::Rtl,
        };
        for (at, year, month, mark) in &dated {
            if per == 1 && month.is_none() {
                *strip.coarse.entry((*mark, i64::from(*year))).or_default() += 1;
                continue;
            }
            let column = strip.columns.entry(number(*year, *month).div_euclid(per)).or_default();
            *column.by_mark.entry(*mark).or_default() += 1;
            column.first.get_or_insert((*at, *year, *month));
        }
        (dated.len() >= WORTH.0 && strip.columns.len() >= WORTH.1).then_some(strip)
    }

    /// A column in words: “April 2025”, “2025”, “1910–1919”.
    fn column_name(&self, column: i64, months: i64) -> String {
        // Years come from dates, so that they fit; so does a number from 1 to 12.
        let year = |year: i64| i32::try_from(year).unwrap_or_default();
        if months == 1 {
            let month = u8::try_from(column.rem_euclid(12) + 1).unwrap_or(1);
            return show_month(year(column.div_euclid(12)), month, self.words);
        }
        let years = months / 12;
        let (from, to) = (year(column * years), year(column * years + years - 1));
        if from == to { show_year(from, self.words) } else { show_years(from, to, self.words) }
    }

    /// The place of a month on the site's timeline, or of a year.
    fn month_url(&self, event: EventIx, year: i32, month: Option<u8>) -> Option<String> {
        let page = self.reader.period_of(event)?.path();
        Some(format!("{}#{}", address::folder(&page), address::month_anchor(year, month)))
    }

    /// What the drawing says, in words.
    fn said(&self, strip: &Strip<'_>, events: usize) -> Option<String> {
        let name = |at: i64| escape::html_string(&self.column_name(at, strip.months));
        let (first, last) = (strip.columns.keys().next()?, strip.columns.keys().next_back()?);
        let count = |n: usize| escape::html_string(&self.words.count("count.events", n));
        let range =
            self.words.fill("strip.range", &[("events", &count(events)), ("from", &name(*first)), ("to", &name(*last))]);
        let (at, most) = strip.columns.iter().max_by_key(|(at, column)| (column.count(), **at))?;
        let (event, year, month) = most.first?;
        let link = format!("<a href=\"{}\">{}</a>", self.month_url(event, year, month)?, name(*at));
        let most = self.words.fill("strip.most", &[("period", &link), ("events", &count(most.count()))]);
        let bars = match strip.months {
            1 => "strip.months",
            12 => "strip.years",
            120 => "strip.decades",
            _ => "strip.centuries",
        };
        // The drawing is hidden from screen readers, so what its bars mean is too.
        let bars = format!("<span aria-hidden=\"true\">{}</span>", escape::html_string(self.words.get(bars)));
        Some([range, most, bars].join(" "))
    }

    /// The names of years, as many as there is room for.
    fn ticks(&self, strip: &Strip<'_>) -> Vec<StripTick> {
        let years = strip.count * strip.months / 12 + 1;
        let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].into_iter().find(|step| years / step <= TICKS);
        let step = step.unwrap_or(years / TICKS + 1);
        let first = (strip.from * strip.months).div_euclid(12);
        let round = (1..=TICKS + 1).map(|nth| (first.div_euclid(step) + nth) * step);
        let column_of = |year: i64| (year * 12).div_euclid(strip.months).max(strip.from);
        let ends = strip.from + strip.count;
        let starts = std::iter::once(first).chain(round).map(|year| (year, column_of(year)));
        let starts: Vec<(i64, i64)> = starts.take_while(|(_, column)| *column < ends).collect();
        let tick = |(nth, (year, column)): (usize, &(i64, i64))| {
            let end = starts.get(nth + 1).map_or(ends, |(_, column)| *column);
            let (from, to) = (strip.share(column - strip.from), strip.share(end - strip.from));
            // A year without room for its name gives way.
            if to - from < TICK && (nth == 0 || end == ends) {
                return None;
            }
            let first = strip.columns.range(*column..end).next().and_then(|(_, column)| column.first);
            Some(StripTick {
                label: show_year(i32::try_from(*year).ok()?, self.words),
                url: first.and_then(|(event, year, month)| self.month_url(event, year, month)),
                x: strip.left(from, 0),
                dx: if strip.is_rtl { -4 } else { 4 },
                left: strip.left(from, to - from),
                width: percent(to - from),
            })
        };
        starts.iter().enumerate().filter_map(tick).collect()
    }
}
