//! A text without its markup.

use super::View;
use crate::model::Linked;
use crate::syntax::indices::{BlockIx, HeadingIx, OpIx};
use crate::syntax::markdown::{Markdown, Op, Tag};

/// Appends a text without markup: mentions become their titles, citations and footnotes are left out.
pub fn plain(out: &mut String, view: &View<'_>, linked: Linked<'_>, markdown: &Markdown) {
    words(out, view, linked, markdown, &markdown.ops, &mut |_, _| {});
    if markdown.has_paragraphs() {
        out.truncate(out.trim_end().len());
    }
}

/// A body without markup, block by block with a blank line between blocks; `block` returns the text of one of our
/// blocks.
#[must_use]
pub fn paragraphs(view: &View<'_>, linked: Linked<'_>, markdown: &Markdown, block: &dyn Fn(BlockIx) -> String) -> String {
    let mut out = String::with_capacity(markdown.characters().len() + markdown.ops.len());
    blocks(view, linked, markdown, block, false, &mut |_, text| {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(text);
    });
    out
}

/// Calls `each` with every block of a body, without markup and with its heading if it is one; `block` returns the text of
/// one of our blocks. If `are_apart`, each item of a list and each row of a table counts as a block.
pub fn blocks(
    view: &View<'_>,
    linked: Linked<'_>,
    markdown: &Markdown,
    block: &dyn Fn(BlockIx) -> String,
    are_apart: bool,
    each: &mut dyn FnMut(Option<HeadingIx>, &str),
) {
    let mut out = String::new();
    let mut at = 0;
    while at < markdown.ops.len() {
        let whole = match markdown.ops[at] {
            Op::Open(_) => markdown.block(OpIx::new(at)),
            _ => &markdown.ops[at..=at],
        };
        let heading = match markdown.ops[at] {
            Op::Open(Tag::Heading(index)) => Some(index),
            _ => None,
        };
        let ends = |op: &Op| are_apart && matches!(op, Op::Close(Tag::Item | Tag::TableHead | Tag::TableRow));
        for part in whole.split_inclusive(ends) {
            out.clear();
            match part {
                [Op::Block(index)] => out.push_str(&block(*index)),
                _ => words(&mut out, view, linked, markdown, part, &mut |_, _| {}),
            }
            let text = out.trim_end();
            if !text.is_empty() {
                each(heading, text);
            }
        }
        at += whole.len();
    }
}

/// The blank before a citation that is left out: `It shut [@herald].` is “It shut.”
#[derive(Debug, Default)]
pub(super) struct Gap(bool);

impl Gap {
    /// A citation is left out here.
    pub(super) fn left_out(&mut self, out: &mut String) {
        if out.ends_with([' ', '\n']) {
            out.pop();
            self.0 = true;
        }
    }

    /// Something follows that begins with `text`.
    pub(super) fn before(&mut self, out: &mut String, text: &str) {
        let is_behind = |c: char| {
            c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '”' | '’' | '»' | '…')
        };
        if std::mem::take(&mut self.0) && !text.starts_with(is_behind) {
            out.push(' ');
        }
    }
}

/// Appends the text of some operations, and calls `seen` with every mention or citation and the length so far.
pub(super) fn words(
    out: &mut String,
    view: &View<'_>,
    linked: Linked<'_>,
    markdown: &Markdown,
    ops: &[Op],
    seen: &mut dyn FnMut(Op, usize),
) {
    let mut gap = Gap::default();
    for op in ops {
        match *op {
            Op::Text(slice) | Op::Code(slice) => {
                gap.before(out, markdown.str(slice));
                out.push_str(markdown.str(slice));
            }
            Op::SoftBreak | Op::HardBreak => {
                gap = Gap::default();
                out.push(' ');
            }
            Op::Mention(index) => {
                gap.before(out, "");
                seen(*op, out.len());
                match view.title_in_text(linked.targets[index]) {
                    Some(title) => out.push_str(title),
                    None => out.push_str(&linked.pieces.pointers[index].id),
                }
            }
            Op::Open(Tag::Mention(_)) => {
                gap.before(out, "");
                seen(*op, out.len());
            }
            Op::Cite(..) => {
                gap.left_out(out);
                seen(*op, out.len());
            }
            Op::FootnoteMark(..) => gap.left_out(out),
            Op::Close(Tag::Paragraph | Tag::AlertTitle | Tag::Item | Tag::TableCell(_) | Tag::Heading(_)) => {
                gap = Gap::default();
                out.push(' ');
            }
            _ => {}
        }
    }
}
