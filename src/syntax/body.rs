//! The body of a Markdown file, and our blocks in it.

use std::ops::Range;

use super::decode::Decoder;
use super::indices::{BlockIx, TextIx};
use super::kinds::blocks::{self, Block};
use super::markdown::{self, Fence, Fenced, Lists, Markdown, Mode, Sink, Source};
use super::pieces::{Prose, TextField};
use super::source_map::SourceMap;
use crate::base::{Table, TextRange};

/// Reads the body at `range`; returns its index among the record's texts, and its blocks.
pub(super) fn read(text: &str, range: Range<usize>, decoder: &mut Decoder<'_>) -> (TextIx, Table<BlockIx, Vec<Block>>) {
    let field = TextField::Body;
    decoder.field = field.key();
    let whole = TextRange::new(range.start, range.end);
    // The slot is reserved first, so that what the text points at can refer to it.
    let index = decoder.pieces.proses.push(Prose { field, language: None, markdown: Markdown::default(), range: whole });
    let source = Source {
        text: &text[range.clone()],
        map: &SourceMap::verbatim(range.start),
        range: whole,
        index,
        smart_punctuation: decoder.options.smart_punctuation,
        quotes: decoder.options.quotes,
    };
    let mut body = Body { decoder, blocks: Table::default() };
    let markdown = markdown::parse(source, Mode::Body, &mut body);
    let Body { decoder, blocks } = body;
    decoder.pieces.proses[index].markdown = markdown;
    (index, blocks)
}

/// Decodes blocks as they come, so that what they point at enters the record's lists in the order of the text: anchors
/// and citation numbers follow that order.
struct Body<'d, 'a> {
    decoder: &'d mut Decoder<'a>,
    blocks: Table<BlockIx, Vec<Block>>,
}

impl Sink for Body<'_, '_> {
    fn lists(&mut self) -> Lists<'_> {
        self.decoder.lists()
    }

    fn fence(&mut self, fence: &Fence<'_>) -> Fenced {
        match blocks::parse(fence, self.decoder) {
            blocks::Outcome::NotOurs => Fenced::Code,
            blocks::Outcome::Refused => Fenced::Refused,
            blocks::Outcome::Block(block) => Fenced::Block(self.blocks.push(block)),
        }
    }
}
