//! Alerts as other tools write them: with a title in their first line, `> [!NOTE] Title`, or of a kind that isn't one
//! of GitHub's five, `> [!INFO]`.

use std::ops::Range;

use pulldown_cmark::{self as cmark, Event, TagEnd};

use super::build::{Build, Located};
use crate::syntax::indices::OpIx;
use crate::syntax::markdown::ops::{AlertKind, Op, Tag};

/// The first line of an alert while it is parsed.
pub(super) struct Marker {
    /// Where the text after the mark begins.
    end: usize,
    has_title: bool,
    /// Whether its paragraph has begun.
    is_begun: bool,
}

impl Build<'_> {
    /// A block quotation that the library takes for nothing more: an alert if it begins like one.
    pub(super) fn quotation(&mut self, span: &Range<usize>) -> Tag {
        let source = self.source();
        let inner = source[span.clone()].trim_start_matches([' ', '\t', '>']);
        let start = span.end - inner.len();
        let Some((kind, length)) = mark(inner).filter(|_| source[span.start..start].matches('>').count() == 1) else {
            return Tag::Quote;
        };
        let line = inner[length..].split(['\n', '\r']).next().unwrap_or_default();
        let blanks = line.len() - line.trim_start().len();
        let has_title = !line.trim().is_empty();
        self.marker = Some(Marker { end: start + length + blanks, has_title, is_begun: false });
        Tag::Alert(kind, has_title)
    }

    /// Removes an alert's mark from the events, and makes the rest of the line its title. Returns all other events.
    pub(super) fn in_marker<'e>(&mut self, event: Event<'e>, span: Range<usize>) -> Option<Located<'e>> {
        let Some(marker) = &mut self.marker else { return Some((event, span)) };
        let (end, has_title) = (marker.end, marker.has_title);
        match event {
            Event::Start(cmark::Tag::Paragraph) if has_title && !marker.is_begun => {
                marker.is_begun = true;
                self.block = OpIx::new(self.writer.out.ops.len());
                self.open(Tag::AlertTitle);
                None
            }
            Event::Start(cmark::Tag::Paragraph) => {
                marker.is_begun = true;
                Some((event, span))
            }
            Event::Text(text) if span.start < end => {
                // The library may return the mark and what follows as one event.
                let behind = text.get(end - span.start..).filter(|rest| !rest.is_empty() && text.len() == span.len())?;
                Some((Event::Text(behind.to_owned().into()), end..span.end))
            }
            Event::SoftBreak | Event::HardBreak if span.start < end || !has_title => {
                self.marker = None;
                None
            }
            // A break inside the title's emphasis doesn't end it.
            Event::SoftBreak | Event::HardBreak if self.open.last() == Some(&Tag::AlertTitle) => {
                self.marker = None;
                self.close_html();
                self.close();
                self.block = OpIx::new(self.writer.out.ops.len());
                self.open(Tag::Paragraph);
                None
            }
            Event::End(TagEnd::Paragraph) => {
                self.marker = None;
                if matches!(self.writer.out.ops.last(), Some(Op::Open(Tag::Paragraph))) {
                    self.writer.out.ops.pop();
                    self.open.pop();
                    return None;
                }
                Some((event, span))
            }
            event => Some((event, span)),
        }
    }
}

/// The kind of alert that a quotation begins with, and the length of its mark: `[!NOTE]`, and Obsidian's `[!note]-`.
fn mark(text: &str) -> Option<(AlertKind, usize)> {
    let inner = text.strip_prefix("[!")?;
    let end = inner.find(']')?;
    let kind = match inner[..end].to_ascii_lowercase().as_str() {
        "note" | "info" | "abstract" | "summary" => AlertKind::Note,
        "tip" | "hint" => AlertKind::Tip,
        "important" => AlertKind::Important,
        "warning" | "attention" => AlertKind::Warning,
        "caution" | "danger" | "error" => AlertKind::Caution,
        _ => return None,
    };
    let fold = usize::from(inner[end + 1..].starts_with(['-', '+']));
    Some((kind, "[!".len() + end + 1 + fold))
}
