//! See [`BadChart`].

use super::CheckContext;
use super::rule::{Report, Scope, rule};
use crate::base::{Origin, Span};
use crate::chart::{self, Fault, Place};
use crate::model::chart_data::is_readable;
use crate::model::{Destination, Linked};
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::chart::Chart;

rule! {
    /// A chart can't be drawn from its figures, or would mislead.
    ///
    /// A cell has text where a figure is expected, a row is too short, `y` names a column that the data doesn't have; or the
    /// bars of a chart would not begin at zero, so that their lengths are out of proportion. The finding is at the cell in the
    /// CSV file, or at the field of the block.
    ///
    /// Write figures with digits and a point, `1234.5`, without marks between the digits, and leave a cell empty where there is
    /// no figure: the chart shows a gap. The first line of a CSV file names the columns.
    ///
    /// ```text
    /// year,homicides
    /// 2015,"6,656"       write 6656
    /// 2016,n/a           leave the cell empty
    /// ```
    BadChart: BAD_CHART, Error, Scope::Global(check)
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    for owner in site.model.illustrated().iter().copied() {
        look_at(site, site.model.origin(owner), site.model.linked(owner), report);
    }
    for (_, variant) in site.model.pages.iter().flat_map(|page| &page.variants) {
        look_at(site, variant.record.origin, variant.linked(), report);
    }
}

/// The charts in a text.
fn look_at(site: &CheckContext<'_>, origin: Origin, linked: Linked<'_>, report: &mut Report) {
    linked.blocks().filter_map(Block::chart).for_each(|chart| look(site, origin, linked, chart, report));
}

fn look(site: &CheckContext<'_>, origin: Origin, linked: Linked<'_>, chart: &Chart, report: &mut Report) {
    let mut file = None;
    let faults = match chart.data {
        None => own_rows(chart),
        Some(data) if !chart.rows.is_empty() => {
            let range = linked.pieces.addresses[data.0].range;
            vec![Fault::block(range, "this chart has both `data` and `rows`", "remove one of the two")]
        }
        Some(data) => match &linked.destinations[data.0] {
            Destination::Media(path) if !is_readable(path) => {
                let range = linked.pieces.addresses[data.0].range;
                let message = format!("a chart reads CSV, and `{path}` is another kind of file");
                vec![Fault::block(range, message, "save the table as CSV; spreadsheets can do that")]
            }
            Destination::Media(path) => {
                file = site.model.chart_files.get(&**path);
                let read = |text: &str| chart::read_csv(text).and_then(|sheet| chart::read(chart, &sheet));
                file.and_then(|file| read(&file.text).err()).unwrap_or_default()
            }
            // Another finding says that it leads nowhere.
            _ => Vec::new(),
        },
    };
    for fault in faults {
        let span = match (fault.place, file) {
            (Place::Sheet(range), Some(file)) => Span { file: file.file, range },
            (Place::Sheet(range) | Place::Block(range), _) => origin.span(range),
        };
        report.add(span, fault.message).help = fault.help;
    }
}

/// What is wrong with a block's own figures.
fn own_rows(chart: &Chart) -> Vec<Fault> {
    if chart.rows.is_empty() {
        let help = "add `data:` with the path of a CSV file, such as `media/removals.csv`, or `rows:` with the figures";
        return vec![Fault::block(chart.place(), "this chart has no figures", help)];
    }
    let sheet = chart::sheet_of(&chart.rows);
    chart::read(chart, &sheet).err().unwrap_or_default()
}
