//! Headings: their levels, words and anchors.

use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use super::build::Build;
use crate::base::slug::{is_id, slug};
use crate::diagnostics::code;
use crate::syntax::indices::HeadingIx;
use crate::syntax::markdown::ops::{Heading, Op, Tag};

impl Build<'_> {
    /// Reports what stands in the braces behind a heading beside its anchor: it would be read by nobody.
    pub(super) fn heading_attributes(&mut self, has_id: bool, others: usize, span: &Range<usize>) {
        let source = self.source()[span.clone()].trim_end();
        let braces = source.rfind('{').map_or("", |at| &source[at..]);
        if others > 0 || has_id && braces.split_whitespace().count() > 1 {
            let part = span.start..span.start + source.len();
            self.error(code::BAD_VALUE, part, "braces behind a heading hold its anchor and nothing else").help =
                Some("write `{#anchor}`, and put words that are to be read into other brackets".to_owned());
        }
    }

    pub(super) fn heading(&mut self, level: HeadingLevel, id: Option<&str>, span: &Range<usize>) -> Tag {
        if let Some(id) = id {
            let part = span.start..span.start + self.source()[span.clone()].trim_end().len();
            if !is_id(id) {
                self.error(code::BAD_VALUE, part, format!("`#{id}` can't be a heading's anchor")).help =
                    Some(format!("use small letters, digits and single hyphens: {{#{}}}", slug(id)));
            } else if self.writer.out.headings.iter().any(|heading| *heading.anchor == *id) {
                self.error(code::DUPLICATE_ID, part, format!("two headings have the anchor `#{id}`")).help =
                    Some("give each its own".to_owned());
            }
        }
        // One that can't be an anchor is none: a preview shows the heading all the same, with one made of its words.
        let anchor = id.filter(|id| is_id(id)).unwrap_or_default().into();
        Tag::Heading(self.writer.out.headings.push(Heading { level: level as u8, anchor, text: Box::default() }))
    }

    /// Gives a heading that is complete its words and, unless it has one, an anchor made of them.
    pub(super) fn name_heading(&mut self, index: HeadingIx) {
        let from = self.writer.out.ops.iter().rposition(|op| *op == Op::Open(Tag::Heading(index))).unwrap_or(0);
        let mut words = String::new();
        for op in &self.writer.out.ops[from..] {
            match op {
                Op::Text(slice) | Op::Code(slice) => words.push_str(self.writer.out.str(*slice)),
                Op::SoftBreak | Op::HardBreak => words.push(' '),
                Op::Mention(index) => words.push_str(&self.sink.lists().pointers[*index].id),
                _ => {}
            }
        }
        let taken = |anchor: &str, headings: &[Heading]| {
            headings.iter().enumerate().any(|(at, heading)| at != index.position() && *heading.anchor == *anchor)
        };
        let mut anchor: String = self.writer.out.headings[index].anchor.clone().into();
        if anchor.is_empty() {
            let base = Some(slug(&words)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "heading".to_owned());
            anchor.clone_from(&base);
            let mut number = 2;
            while taken(&anchor, &self.writer.out.headings) {
                anchor = format!("{base}-{number}");
                number += 1;
            }
        }
        let heading = &mut self.writer.out.headings[index];
        heading.anchor = anchor.into();
        heading.text = words.trim().into();
    }
}
