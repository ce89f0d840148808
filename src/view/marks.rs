//! Marks: the shape and hue that say which section an event belongs to, wherever it stands on a line of time.

use rayon::prelude::*;
use serde::Serialize;

use super::{DateView, View};
use crate::model::{EventIx, Model, PageIx, Target};
use crate::syntax::event::EventStatus;

/// How many shapes the theme has. A reader can't tell more of them apart at the size of a letter.
pub const SHAPES: usize = 8;

/// The marks of all sections and events, as class names: `s3`, and `major s3 soft open`.
#[derive(Debug)]
pub struct Marks {
    sections: Vec<&'static str>,
    events: Vec<String>,
}

/// A section's shape as a class name; the first is that of what belongs to none.
const NAMES: [&str; SHAPES + 1] = ["s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"];

impl Marks {
    /// Those of `model`. Up to [`SHAPES`] sections have a shape each; on a larger site each part has one, if the parts are no
    /// more than that; otherwise nothing has one of its own, because a shape that stands for two things says nothing.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let pages = model.section_items();
        let sections: Vec<&'static str> = if pages.len() <= SHAPES {
            NAMES[1..=pages.len()].to_vec()
        } else {
            let mut parts: Vec<&str> = Vec::new();
            for part in pages.iter().filter_map(|page| page.part.as_deref()) {
                // No more are kept than one too many, so that the look-up stays short on any site.
                if parts.len() <= SHAPES && !parts.contains(&part) {
                    parts.push(part);
                }
            }
            let number = |part: Option<&str>| parts.iter().position(|known| Some(*known) == part).map_or(0, |at| at + 1);
            let few = parts.len() <= SHAPES;
            pages.iter().map(|page| if few { NAMES[number(page.part.as_deref())] } else { NAMES[0] }).collect()
        };
        let events = (0..model.events.len() as u32).into_par_iter();
        let events = events.map(|at| event(model, &sections, EventIx(at))).collect();
        Self { sections, events }
    }

    /// Those of all sections, in reading order.
    #[must_use]
    pub fn sections(&self) -> &[&'static str] {
        &self.sections
    }

    /// The sections that the key to the marks names: the first of each mark.
    #[must_use]
    pub fn key(&self) -> Vec<PageIx> {
        let mut named: Vec<(&str, PageIx)> = Vec::new();
        for (at, mark) in self.sections.iter().enumerate() {
            if *mark != NAMES[0] && !named.iter().any(|(known, _)| known == mark) {
                named.push((mark, PageIx(at as u32)));
            }
        }
        named.into_iter().map(|(_, at)| at).collect()
    }

    /// A section's.
    #[must_use]
    pub fn section(&self, at: PageIx) -> &'static str {
        self.sections.get(at.at()).copied().unwrap_or(NAMES[0])
    }

    /// An event's.
    #[must_use]
    pub fn event(&self, at: EventIx) -> &str {
        self.events.get(at.at()).map_or("", String::as_str)
    }
}

/// An event's mark: its weight, its section, and what its date and status leave open.
fn event(model: &Model, sections: &[&'static str], at: EventIx) -> String {
    let event = &model.events[at.at()];
    let fields = &event.item.record.fields;
    // The section that the event names first is its own; a mention alone says less.
    let named = fields.sections.iter().find_map(|section| match event.item.targets[section.0 as usize] {
        Target::Page(page) => Some(page),
        _ => None,
    });
    let section = named.or_else(|| event.sections.first().copied());
    let shape = section.and_then(|page| sections.get(page.at()).copied()).unwrap_or(NAMES[0]);
    let date = event.date();
    let is_soft = date.is_approximate() || date.is_uncertain();
    let is_open = date.is_ongoing() || date.end_unknown();
    let mut out = String::with_capacity(24);
    out.push_str(fields.significance.word());
    out.push(' ');
    out.push_str(shape);
    for (is, word) in [(is_soft, " soft"), (is_open, " open")] {
        out.push_str(if is { word } else { "" });
    }
    if fields.status != EventStatus::Confirmed {
        out.push(' ');
        out.push_str(fields.status.word());
    }
    out
}

/// A link to an event, with its day and its mark.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct EventLink {
    /// Its headline.
    pub title_html: String,
    /// Its page.
    pub url: String,
    /// When it happened.
    pub date: DateView,
    /// Its mark, as class names: `major s3 soft`.
    pub mark: String,
}

/// A section in the key to the marks, for `components/legend.html`.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct LegendView {
    /// Sections or parts, each with its shape; empty if there is none to explain.
    pub shapes: Vec<LegendLine>,
}

/// A line of the key to the marks.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct LegendLine {
    /// The shape, as a class name.
    pub mark: &'static str,
    /// The section or part.
    pub title_html: String,
}

impl View<'_> {
    /// A link to an event, with its day and its mark.
    #[must_use]
    pub fn event_link(&self, at: EventIx) -> EventLink {
        let link = self.link(Target::Event(at));
        EventLink {
            title_html: link.title_html,
            url: link.url,
            date: self.date(self.model.events[at.at()].date()),
            mark: self.marks.event(at).to_owned(),
        }
    }

    /// The key to the marks.
    #[must_use]
    pub fn legend(&self) -> LegendView {
        let is_by_part = self.model.sections > SHAPES;
        let line = |at: PageIx| {
            let title_html = match (&self.model.pages[at.at()].part, is_by_part) {
                (Some(part), true) => crate::base::escape::html_string(part),
                _ => self.link(Target::Page(at)).title_html,
            };
            LegendLine { mark: self.marks.section(at), title_html }
        };
        LegendView { shapes: self.marks.key().into_iter().map(line).collect() }
    }
}
