//! Headings: their levels, words and anchors.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use super::build::Build;
use crate::base::slug::{is_id, slug};
use crate::diagnostics::code;
use crate::syntax::indices::{HeadingIx, PointerIx};
use crate::syntax::markdown::ops::{Heading, Op, Tag};

/// A link to a heading on the same page, `[[#heading]]`.
pub(super) struct OwnHeading {
    /// The pointer, with the heading as written.
    pub(super) pointer: PointerIx,
    /// The operation that shows the heading's words, if the link has none.
    pub(super) words: Option<usize>,
    /// Where the link is.
    pub(super) span: Range<usize>,
}

/// The anchors of the headings so far.
#[derive(Default)]
pub(super) struct Anchors {
    taken: HashSet<String>,
    /// For words that several headings share, the number to try next: lower ones are taken.
    next: HashMap<String, usize>,
}

impl Anchors {
    /// Takes an anchor; returns whether it was free.
    fn take(&mut self, anchor: &str) -> bool {
        self.taken.insert(anchor.to_owned())
    }

    /// Takes the first free anchor of `base`, `base-2`, `base-3` …
    fn free(&mut self, base: String) -> String {
        if self.take(&base) {
            return base;
        }
        let mut number = self.next.get(&base).copied().unwrap_or(2);
        let anchor = loop {
            let anchor = format!("{base}-{number}");
            number += 1;
            if self.take(&anchor) {
                break anchor;
            }
        };
        self.next.insert(base, number);
        anchor
    }
}

impl Build<'_> {
    /// Points the links to headings on the same page at their anchors, and gives them the headings' words, now that all
    /// are known. A link may name a heading by its words too.
    pub(super) fn name_own_headings(&mut self) {
        let own = std::mem::take(&mut self.own);
        if own.is_empty() {
            return;
        }
        let headings = self.writer.out.parts().headings.iter().rev();
        let known: HashMap<Box<str>, Box<str>> =
            headings.map(|heading| (heading.anchor.clone(), heading.text.clone())).collect();
        for OwnHeading { pointer, words, span } in own {
            let pointers = self.sink.lists().pointers;
            let written = pointers[pointer].heading.clone().unwrap_or_default();
            let anchor = if known.contains_key(&written) { written.clone() } else { slug(&written).into_boxed_str() };
            if known.contains_key(&anchor) {
                pointers[pointer].heading = Some(anchor.clone());
            }
            if let Some(at) = words {
                let words = known.get(&anchor).unwrap_or(&written).clone();
                let slice = self.writer.store(&words, span);
                self.writer.out.ops[at] = Op::Text(slice);
            }
        }
    }

    /// Reports anything besides the anchor in the braces after a heading: nobody would read it.
    pub(super) fn heading_attributes(&mut self, has_id: bool, others: usize, span: &Range<usize>) {
        let source = self.source()[span.clone()].trim_end();
        let braces = source.rfind('{').map_or("", |at| &source[at..]);
        if others > 0 || has_id && braces.split_whitespace().count() > 1 {
            let part = span.start..span.start + source.len();
            self.error(code::BAD_VALUE, part, "the braces after a heading may contain only its anchor").help =
                Some("write `{#anchor}`, and use other brackets for words that readers should see".to_owned());
        }
    }

    pub(super) fn heading(&mut self, level: HeadingLevel, id: Option<&str>, span: &Range<usize>) -> Tag {
        if let Some(id) = id {
            let part = span.start..span.start + self.source()[span.clone()].trim_end().len();
            if !is_id(id) {
                self.error(code::BAD_VALUE, part, format!("`#{id}` can't be a heading's anchor")).help =
                    Some(format!("use lowercase letters, digits and single hyphens: {{#{}}}", slug(id)));
            } else if !self.anchors.take(id) {
                self.error(code::DUPLICATE_ID, part, format!("two headings have the anchor `#{id}`")).help =
                    Some("give each its own".to_owned());
            }
        }
        // Something that can't be an anchor isn't used: a preview shows the heading anyway, with an anchor made from
        // its words.
        let anchor = id.filter(|id| is_id(id)).unwrap_or_default().into();
        Tag::Heading(self.writer.out.parts_mut().headings.push(Heading { level: level as u8, anchor, text: Box::default() }))
    }

    /// Gives a finished heading its words and, unless it has one, an anchor made from them.
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
        let heading = &mut self.writer.out.parts_mut().headings[index];
        if heading.anchor.is_empty() {
            let base = Some(slug(&words)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "heading".to_owned());
            heading.anchor = self.anchors.free(base).into();
        }
        heading.text = words.trim().into();
    }
}
