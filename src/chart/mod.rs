//! Charts: figures from a CSV file or a block as drawings in SVG, made when the site is built.
//!
//! - [`read_csv`] and [`sheet_of`] make a [`Sheet`], which is text with its places.
//! - [`read`] makes [`Figures`] of it, or says what is wrong.
//! - [`draw`] makes a [`Drawing`], once for wide columns and once for narrow ones: letters that are scaled down can't be read.
//!
//! [`canvas`] and [`metrics`] are what maps are drawn with, too.
//!
//! Knows nothing of records, pages or the disk. Colors come from the theme's style sheet, by class.

pub mod canvas;
mod figures;
pub mod metrics;
mod number;
mod plot;
mod rows;
mod scale;
mod series;
mod sheet;
mod unit;

use crate::base::escape;
use crate::date::Bounds;
use crate::language::Catalogue;
use crate::syntax::kinds::chart::ChartKind;

use canvas::Canvas;
pub use canvas::Frame;
pub use figures::{Figures, Points, Series, read, sheet_of};
pub use number::Number;
pub use sheet::{Fault, Place, Sheet, read_csv};

/// An event on the time axis.
#[derive(Clone, Debug)]
pub struct EventMark {
    /// Its number below the drawing.
    pub number: usize,
    /// Its days.
    pub days: Bounds,
    /// Where its page is.
    pub url: String,
}

/// What is drawn, and how.
pub struct Look<'a> {
    /// The kind of chart.
    pub kind: ChartKind,
    /// The figures.
    pub figures: &'a Figures,
    /// Where the axis of figures begins, if not at zero.
    pub from: Option<f64>,
    /// Whether each series has a drawing of its own.
    pub panels: bool,
    /// Events to mark, in order.
    pub events: &'a [EventMark],
    /// The language of numbers and dates.
    pub words: &'a Catalogue,
}

/// The two columns that drawings are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// A column of text on a large screen or on paper.
    Wide,
    /// A phone.
    Narrow,
}

impl Room {
    /// Its width.
    #[must_use]
    pub fn width(self) -> f64 {
        match self {
            Self::Wide => 640.0,
            Self::Narrow => 320.0,
        }
    }
}

/// A finished drawing.
#[derive(Debug)]
pub struct Drawing {
    /// Its height; its width is that of the room.
    pub height: f64,
    /// What is in it, as SVG without the outer element.
    pub inner: String,
    /// The boxes of its texts.
    pub frames: Vec<Frame>,
    /// Where the events are: the place of each number, in order.
    pub events: Vec<(f64, f64)>,
    room: Room,
}

/// Draws figures.
#[must_use]
pub fn draw(look: &Look<'_>, room: Room) -> Drawing {
    let mut canvas = Canvas::default();
    let by_name = matches!(look.figures.points, Points::Names(_));
    let (height, events) = match look.kind {
        ChartKind::Unit => (unit::draw(look, room, &mut canvas), Vec::new()),
        ChartKind::Bar | ChartKind::Dot if by_name => (rows::draw(look, room, &mut canvas), Vec::new()),
        _ if look.panels => plot::panels(look, room, &mut canvas),
        _ => plot::draw(look, room, &mut canvas),
    };
    let Canvas { out, frames, .. } = canvas;
    Drawing { height, inner: out, frames, events, room }
}

impl Drawing {
    fn view_box(&self) -> String {
        format!("viewBox=\"0 0 {} {}\"", canvas::place(self.room.width()), canvas::place(self.height))
    }

    /// The drawing with its name and a description. Its parts are no parts of the page for those who don't see it: the table is.
    #[must_use]
    pub fn svg(&self, id: &str, title: &str, description: &str) -> String {
        let mut out = format!(
            "<svg {} role=\"img\" direction=\"ltr\" aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-desc\"><title id=\"{id}-title\">",
            self.view_box()
        );
        escape::html(&mut out, title);
        out.push_str(&format!("</title><desc id=\"{id}-desc\">"));
        escape::html(&mut out, description);
        out.push_str("</desc>");
        out.push_str(&self.inner);
        out.push_str("</svg>");
        out
    }

    /// Links over the marks of events, for those who point at them. The list below the drawing has the same links for everybody.
    #[must_use]
    pub fn links(&self, events: &[EventMark]) -> Option<String> {
        let link = |((x, y), event): (&(f64, f64), &EventMark)| {
            let (x, y) = (canvas::place(*x), canvas::place(*y));
            // Addresses of records are safe, and have place holders that escaping would remove.
            format!("<a href=\"{}\" tabindex=\"-1\"><circle cx=\"{x}\" cy=\"{y}\" r=\"12\"/></a>", event.url)
        };
        let links: String = self.events.iter().zip(events).map(link).collect();
        (!links.is_empty())
            .then(|| format!("<svg {} class=\"event-links\" aria-hidden=\"true\">{links}</svg>", self.view_box()))
    }
}

#[cfg(test)]
mod tests;
