//! A chart: a block in a body, with its figures or the path of a file that has them.

use super::common::{EventRef, SourceRef};
use super::paths::DataPath;
use crate::base::{At, TextRange};
use crate::date::Date;
use crate::syntax::decode::{Decode, Decoder};
use crate::syntax::node::{Kind, Node};
use crate::syntax::shape::Shape;
use crate::syntax::text::Text;
use crate::{choice, record};

choice! {
    /// How figures are drawn.
    pub enum ChartKind {
        /// Points joined by a line, with a gap where a figure is missing.
        Line = "line",
        /// Bars from zero.
        Bar = "bar",
        /// A line with the area below it filled.
        Area = "area",
        /// A mark for each figure.
        Dot = "dot",
        /// A line that stays level until the next figure.
        Step = "step",
        /// A mark for each person or thing.
        Unit = "unit",
    }
}

record! {
    /// Figures as a drawing.
    pub struct Chart = "a `chart` block" {
        /// how the figures are drawn
        "kind" kind: At<ChartKind>, required;
        /// what the figures show, in one sentence
        "title" title: Text, required;
        /// what the drawing shows, in words, for readers who don't see it
        "alt" alt: Text, required;
        /// a CSV file in `content/`, such as `media/removals.csv`
        "data" data: Option<DataPath>;
        /// the figures themselves, instead of a file
        "rows" rows: Vec<Cells> as "a list of `{column: value}`";
        /// the column along the axis; without it the first
        "x" x: Option<At<String>> as "a column's name";
        /// the columns with figures; without it all others
        "y" y: Vec<At<String>> as "a list of columns' names";
        /// what readers see instead of a column's name
        "names" names: Cells as "`{column: words}`";
        /// what the figures count
        "measure" measure: Option<Text>;
        /// where the axis of figures begins; without it at zero
        "from" from: Option<At<i32>>;
        /// events to mark on the time axis
        "events" events: Vec<EventRef>;
        /// a small chart for each column
        "panels" panels: bool;
        /// what readers need to know about the figures
        "caveat" caveat: Option<Text> => paragraphs;
        /// sources for the figures
        "sources" sources: Vec<SourceRef>;
        /// the day that the figures are accurate as of
        "as-of" as_of: Option<At<Date>>;
    }
}

impl Chart {
    /// The place of what is wrong with the chart as a whole.
    #[must_use]
    pub fn place(&self) -> TextRange {
        self.kind.range
    }
}

impl Decode for At<ChartKind> {
    const SHAPE: &'static str = ChartKind::SHAPE;

    fn shape() -> Shape {
        ChartKind::shape()
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        ChartKind::decode(node, d).map(|kind| At::new(kind, node.range))
    }
}

/// Words or figures by the name of a column.
#[derive(Clone, Debug, Default)]
pub struct Cells(pub Vec<(At<String>, At<String>)>);

impl Decode for Cells {
    const SHAPE: &'static str = "values by column";

    fn shape() -> Shape {
        Shape::Map { keys: Box::new(Shape::Text), values: Box::new(Shape::Text.maybe()) }
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let Kind::Map(entries) = &node.kind else {
            d.wrong_type(node, "a map from columns to values, such as `{year: 2024, homicides: 114}`");
            return None;
        };
        let mut cells = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let value = match value.kind {
                Kind::Null => At::new(String::new(), value.range),
                _ => <At<String>>::decode(value, d)?,
            };
            cells.push((key.clone(), value));
        }
        Some(Self(cells))
    }
}
