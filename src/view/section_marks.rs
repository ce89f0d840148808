//! Marks: the shape and hue that say which section an event belongs to, on any timeline.

use std::sync::OnceLock;

use serde::Serialize;

use super::{DateText, View};
use crate::model::read::{Facet, RecordKind};
use crate::model::reader::Reader;
use crate::model::{EventIx, PageIx};
use crate::syntax::kinds::event::EventStatus;

/// How many shapes the theme has. Readers can't tell more of them apart at the size of a letter.
pub const SHAPES: usize = 8;

/// The marks of all sections and events, as class names: `s3`, and `major s3 soft open`. An event's mark is computed
/// when it is first asked for.
#[derive(Debug)]
pub struct Marks {
    sections: Vec<&'static str>,
    events: Box<[OnceLock<String>]>,
}

/// A section's shape as a class name; the first is for everything without a section.
const NAMES: [&str; SHAPES + 1] = ["s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"];

impl Marks {
    /// The marks of `model`. Up to [`SHAPES`] sections have a shape each. On a larger site each part has one, if there
    /// are no more parts than shapes; otherwise there are no shapes, because a shape that means two things says
    /// nothing.
    #[must_use]
    pub fn of(reader: Reader<'_>) -> Self {
        let pages: Vec<Option<&str>> = PageIx::first(reader.sections()).map(|at| reader.part(at)).collect();
        let sections: Vec<&'static str> = if pages.len() <= SHAPES {
            NAMES[1..=pages.len()].to_vec()
        } else {
            let mut parts: Vec<&str> = Vec::new();
            for part in pages.iter().flatten().copied() {
                // We keep at most one too many, so that the lookup stays short on any site.
                if parts.len() <= SHAPES && !parts.contains(&part) {
                    parts.push(part);
                }
            }
            let number = |part: Option<&str>| parts.iter().position(|known| Some(*known) == part).map_or(0, |at| at + 1);
            let few = parts.len() <= SHAPES;
            pages.iter().map(|part| if few { NAMES[number(*part)] } else { NAMES[0] }).collect()
        };
        let events = std::iter::repeat_with(OnceLock::new).take(reader.count(RecordKind::Event));
        Self { sections, events: events.collect() }
    }

    /// The marks of all sections, in reading order.
    #[must_use]
    pub fn sections(&self) -> &[&'static str] {
        &self.sections
    }

    /// The sections that the key to the marks lists: the first with each mark.
    #[must_use]
    pub fn key(&self) -> Vec<PageIx> {
        let mut named: Vec<(&str, PageIx)> = Vec::new();
        for (at, mark) in self.sections.iter().enumerate() {
            if *mark != NAMES[0] && !named.iter().any(|(known, _)| known == mark) {
                named.push((mark, PageIx::new(at)));
            }
        }
        named.into_iter().map(|(_, at)| at).collect()
    }

    /// A section's mark.
    #[must_use]
    pub fn section(&self, at: PageIx) -> &'static str {
        self.sections.get(at.position()).copied().unwrap_or(NAMES[0])
    }

    /// An event's mark.
    fn event(&self, reader: Reader<'_>, at: EventIx) -> &str {
        let mark = self.events.get(at.position());
        mark.map_or("", |mark| mark.get_or_init(|| event(reader.without_log(), &self.sections, at)))
    }
}

/// An event's mark: its weight, its section, and what its date and status leave open.
fn event(reader: Reader<'_>, sections: &[&'static str], at: EventIx) -> String {
    let item = reader.item(at);
    let fields = &item.record.fields;
    // The section that the event names first is its own; a mention alone means less.
    let named = fields.sections.iter().find_map(|section| item.targets[section.0].page());
    let section = named.or_else(|| reader.sections_of(at).first().copied());
    let shape = section.and_then(|page| sections.get(page.position()).copied()).unwrap_or(NAMES[0]);
    let date = reader.date(at);
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
    pub date: DateText,
    /// Its mark, as class names: `major s3 soft`.
    pub mark: String,
}

/// A section in the key to the marks, for `components/legend.html`.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct LegendView {
    /// Sections or parts, each with its shape; empty if there are none to explain.
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

impl<'m> View<'m> {
    /// A section's mark, as a class name.
    #[must_use]
    pub fn section_mark(&self, at: PageIx) -> &'static str {
        self.reader.note(at, Facet::Mark);
        self.prepared.marks.section(at)
    }

    /// An event's mark, as class names.
    #[must_use]
    pub fn event_mark(&self, at: EventIx) -> &'m str {
        self.reader.note(at, Facet::Mark);
        self.prepared.marks.event(self.reader, at)
    }

    /// A link to an event, with its day and its mark.
    #[must_use]
    pub fn event_link(&self, at: EventIx) -> EventLink {
        let link = self.record_link(at.into());
        EventLink {
            title_html: link.title_html,
            url: link.url,
            date: self.date_text(self.reader.date(at)),
            mark: self.event_mark(at).to_owned(),
        }
    }

    /// The key to the marks.
    #[must_use]
    pub fn legend(&self) -> LegendView {
        let is_by_part = self.reader.sections() > SHAPES;
        let line = |at: PageIx| {
            let title_html = match (self.reader.part(at), is_by_part) {
                (Some(part), true) => crate::base::escape::html_string(part),
                _ => self.record_link(at.into()).title_html,
            };
            LegendLine { mark: self.section_mark(at), title_html }
        };
        LegendView { shapes: self.prepared.marks.key().into_iter().map(line).collect() }
    }
}
