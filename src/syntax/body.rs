//! The body of a Markdown file, and the blocks of ours in it.

use std::ops::Range;

use super::decode::Decoder;
use super::kinds::blocks::{self, Block};
use super::markdown::{self, Fence, Fenced, Lists, Markdown, Mode, Sink, Source};
use super::pieces::{Prose, TextField};
use super::source_map::SourceMap;
use crate::base::TextRange;

/// Reads the body that stands at `range`: its number among the record's texts, and its blocks.
pub(super) fn read(text: &str, range: Range<usize>, decoder: &mut Decoder<'_>) -> (u32, Vec<Block>) {
    let index = decoder.pieces.proses.len() as u32;
    let field = TextField::Body;
    decoder.field = field.key();
    let whole = TextRange::new(range.start, range.end);
    // The slot is taken first, so that what the text points at can name it.
    decoder.pieces.proses.push(Prose { field, language: None, markdown: Markdown::default(), range: whole });
    let source = Source {
        text: &text[range.clone()],
        map: &SourceMap::verbatim(range.start),
        range: whole,
        index,
        smart_punctuation: decoder.options.smart_punctuation,
    };
    let mut body = Body { decoder, blocks: Vec::new() };
    let markdown = markdown::parse(source, Mode::Body, &mut body);
    let Body { decoder, blocks } = body;
    decoder.pieces.proses[index as usize].markdown = markdown;
    (index, blocks)
}

/// Decodes blocks as they come, so that what they point at stands in the record's lists where the text has it: anchors and
/// numbers of citations follow that order.
struct Body<'d, 'a> {
    decoder: &'d mut Decoder<'a>,
    blocks: Vec<Block>,
}

impl Sink for Body<'_, '_> {
    fn lists(&mut self) -> Lists<'_> {
        self.decoder.lists()
    }

    fn fence(&mut self, fence: &Fence<'_>) -> Fenced {
        match blocks::parse(fence, self.decoder) {
            blocks::Outcome::NotOurs => Fenced::Code,
            blocks::Outcome::Refused => Fenced::Refused,
            blocks::Outcome::Block(block) => {
                self.blocks.push(block);
                Fenced::Block(self.blocks.len() as u32 - 1)
            }
        }
    }
}
