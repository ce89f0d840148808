//! Footnotes: their marks, their texts, and a check that each has the other.

use std::ops::Range;

use super::build::Build;
use crate::diagnostics::code;
use crate::syntax::indices::FootnoteIx;
use crate::syntax::markdown::ops::Tag;

impl Build<'_> {
    /// A mark whose footnote isn't defined comes as plain text, beginning with its bracket.
    pub(super) fn lost_footnote(&mut self, at: usize) {
        let Some(rest) = self.source()[at..].strip_prefix("[^") else { return };
        let Some(label) = rest.split([']', '\n', ' ']).next().filter(|label| rest[label.len()..].starts_with(']')) else {
            return;
        };
        if label.is_empty() {
            return;
        }
        let (message, help) = if self.is_field {
            (
                format!("a field can't have footnotes: there is no place for the text of `[^{label}]`"),
                "say it in the text itself; cite a source with [@key]".to_owned(),
            )
        } else {
            (format!("the footnote `[^{label}]` has no text"), format!("write its text on its own line: `[^{label}]: …`"))
        };
        self.error(code::BROKEN_LINK, at..at + label.len() + 3, message).help = Some(help);
    }

    pub(super) fn footnote(&mut self, label: &str) -> FootnoteIx {
        if let Some(known) = self.labels.get(label) {
            return *known;
        }
        let index = self.writer.out.parts_mut().footnotes.push(label.into());
        self.labels.insert(label.into(), index);
        index
    }

    pub(super) fn footnote_text(&mut self, label: &str, span: &Range<usize>) -> Tag {
        let index = self.footnote(label);
        // The label as written may differ: runs of blanks in it count as one.
        let length = self.source()[span.clone()].find("]:").map_or(span.len(), |end| end + 1);
        let head = span.start..span.start + length;
        if !self.known.insert(index) {
            self.error(code::DUPLICATE_ID, head.clone(), format!("the footnote `[^{label}]` is defined twice")).help =
                Some("give each its own name".to_owned());
        }
        self.written.push((index, head));
        Tag::Footnote(index)
    }

    /// Reports footnotes that have no mark.
    pub(super) fn lost_marks(&mut self) {
        for (index, head) in std::mem::take(&mut self.written) {
            if self.marked.contains(&index) {
                continue;
            }
            let label = self.writer.out.parts().footnotes[index].clone();
            self.error(code::BROKEN_LINK, head, format!("nothing in the text refers to the footnote `[^{label}]`")).help =
                Some(format!("write [^{label}] after what it explains, or remove the footnote"));
        }
    }
}
