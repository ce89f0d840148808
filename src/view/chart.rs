//! Charts in a body.

use serde::Serialize;

use super::citations::numbered::Numbering;
use super::html::Writer;
use super::{DateView, View};
use crate::chart::{self, EventMark, Figures, Look, Points, Room};
use crate::model::{Destination, Link, Linked, RecordIx, address};
use crate::syntax::indices::BlockIx;
use crate::syntax::kinds::chart::Chart;

/// A chart.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ChartView {
    /// Its anchor on the page.
    pub id: String,
    /// What it shows, in a sentence.
    pub title_html: String,
    /// What the figures count.
    pub measure_html: Option<String>,
    /// The drawing for columns of text on large screens and on paper.
    pub wide_html: String,
    /// Links over the events in it, for pointing devices.
    pub wide_links_html: Option<String>,
    /// The drawing for phones.
    pub narrow_html: String,
    /// Links over the events in it, for pointing devices.
    pub narrow_links_html: Option<String>,
    /// The events that it marks, in the order of their numbers.
    pub events: Vec<ChartEvent>,
    /// What readers need to know about the figures, paragraph by paragraph.
    pub caveat_html: Vec<String>,
    /// The names of its sources.
    pub sources: String,
    /// Citations of them.
    pub marks_html: String,
    /// The day that the figures are accurate as of.
    pub as_of: Option<DateView>,
    /// The names of the columns, the first being that of the points.
    pub columns: Vec<String>,
    /// The figures as a table.
    pub rows: Vec<ChartRow>,
    /// The file with the figures.
    pub data_url: Option<String>,
}

/// An event that a chart marks.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ChartEvent {
    /// Its title.
    pub title_html: String,
    /// Its page.
    pub url: String,
    /// When.
    pub date: DateView,
}

/// A row of a chart's table.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct ChartRow {
    /// What the figures belong to.
    pub name: String,
    /// The figures, as the language writes them.
    pub cells: Vec<String>,
}

/// The anchor of a chart in a record's text.
#[must_use]
pub fn chart_anchor(block: BlockIx) -> String {
    format!("chart--{}", block.position() + 1)
}

impl<'m> View<'m> {
    /// A chart; `None` if its figures can't be drawn, which was reported.
    pub(super) fn chart(
        &self,
        owner: RecordIx,
        (index, chart): (BlockIx, &'m Chart),
        numbering: &mut Numbering,
    ) -> Option<ChartView> {
        let linked = self.reader.linked(owner);
        let (figures, data_url) = self.figures(linked, chart)?;
        let (marks, events) = self.chart_events(linked, chart);
        let look = Look {
            kind: chart.kind.value,
            figures: &figures,
            from: chart.from.as_ref().map(|from| f64::from(from.value)),
            panels: chart.panels,
            events: &marks,
            words: self.words,
        };
        let [wide, narrow] = [Room::Wide, Room::Narrow].map(|room| chart::draw(&look, room));
        let id = chart_anchor(index);
        let mut writer = Writer::page(self, owner, numbering);
        let (title, alt) = (writer.plain(&chart.title), writer.plain(&chart.alt));
        let cited: Vec<Link> = chart.sources.iter().map(|source| linked.cited[source.0]).collect();
        let columns = std::iter::once(&figures.heading).chain(figures.series.iter().map(|series| &series.name));
        Some(ChartView {
            title_html: writer.text(&chart.title),
            measure_html: writer.maybe(chart.measure.as_ref()),
            wide_html: wide.svg(&format!("{id}-wide"), &title, &alt),
            wide_links_html: wide.links(&marks),
            narrow_html: narrow.svg(&format!("{id}-narrow"), &title, &alt),
            narrow_links_html: narrow.links(&marks),
            events,
            caveat_html: writer.maybe_paragraphs(chart.caveat.as_ref()),
            marks_html: writer.marks(&chart.sources),
            sources: self.source_names(&cited),
            as_of: chart.as_of.as_ref().map(|date| self.date(&date.value)),
            columns: columns.cloned().collect(),
            rows: self.chart_rows(&figures),
            data_url,
            id,
        })
    }

    /// The events that a chart marks, for its drawing and for the list below it.
    fn chart_events(&self, linked: Linked<'m>, chart: &Chart) -> (Vec<EventMark>, Vec<ChartEvent>) {
        let mut marks: Vec<EventMark> = Vec::new();
        let mut events: Vec<ChartEvent> = Vec::new();
        for target in chart.events.iter().map(|event| linked.targets[event.0]) {
            let Link::To(RecordIx::Event(event)) = target else { continue };
            let date = self.reader.date(event);
            let link = self.record_link(event.into());
            // Something that goes on is marked where it begins.
            let first = date.first_day();
            let days = crate::date::Bounds { first, last: date.last_stated_day().max(first) };
            marks.push(EventMark { number: marks.len() + 1, days, url: link.url.clone() });
            events.push(ChartEvent { title_html: link.title_html, url: link.url, date: self.date(date) });
        }
        (marks, events)
    }

    /// A chart's figures, and the address of the file that has them, if one does.
    fn figures(&self, linked: Linked<'m>, chart: &Chart) -> Option<(Figures, Option<String>)> {
        let Some(data) = chart.data else {
            return Some((chart::read(chart, &chart::sheet_of(&chart.rows)).ok()?, None));
        };
        let Destination::Media(path) = &linked.destinations[data.0] else { return None };
        let sheet = chart::read_csv(self.reader.chart_text(path)?).ok()?;
        let url = address::file(&crate::base::escape::percent_encoded(path));
        Some((chart::read(chart, &sheet).ok()?, Some(url)))
    }

    /// The figures as a table.
    fn chart_rows(&self, figures: &Figures) -> Vec<ChartRow> {
        let names: Vec<String> = match &figures.points {
            Points::Dates(dates) => dates.iter().map(|date| self.date(date).text).collect(),
            Points::Names(names) => names.clone(),
        };
        let missing = self.words.get("ui.chart-missing");
        let cell = |number: &Option<chart::Number>| {
            number.as_ref().map_or_else(|| missing.to_owned(), |number| self.words.decimal(&number.written))
        };
        let row =
            |(at, name)| ChartRow { name, cells: figures.series.iter().map(|series| cell(&series.values[at])).collect() };
        names.into_iter().enumerate().map(row).collect()
    }
}
