//! The body of a Markdown file, and our blocks in it.

use std::ops::Range;

use super::decode::Decoder;
use super::indices::{BlockIx, TextIx};
use super::kinds::blocks::{self, Block};
use super::markdown::{self, Fence, Fenced, Heading, Lists, Markdown, Mode, Sink, Source};
use super::pieces::{Prose, References, TextField};
use super::source_map::SourceMap;
use crate::base::{Table, TextRange};
use crate::language::length::Length;

/// The part of a Markdown file after the front matter.
#[derive(Debug)]
pub struct Body {
    /// Its text.
    pub text: TextIx,
    /// How long that is.
    pub length: Length,
    /// Blocks of ours in it.
    pub blocks: Table<BlockIx, Vec<Block>>,
}

impl Body {
    /// Its Markdown, if `pieces` are those of its record.
    #[must_use]
    pub fn markdown<'p>(&self, pieces: &'p References) -> &'p Markdown {
        &pieces.proses[self.text].markdown
    }

    /// Its headings.
    #[must_use]
    pub fn headings<'p>(&self, pieces: &'p References) -> &'p [Heading] {
        &self.markdown(pieces).parts().headings
    }
}

/// Reads the body at `range`.
pub(super) fn read(text: &str, range: Range<usize>, decoder: &mut Decoder<'_>) -> Body {
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
    let mut reader = Reader { decoder, blocks: Table::default() };
    let markdown = markdown::parse(source, Mode::Body, &mut reader);
    let Reader { decoder, blocks } = reader;
    let length = markdown.runs().into_iter().map(Length::of).fold(Length::default(), Length::and);
    decoder.pieces.proses[index].markdown = markdown;
    Body { text: index, length, blocks }
}

/// Decodes blocks as they come, so that what they point at enters the record's lists in the order of the text: anchors
/// and citation numbers follow that order.
struct Reader<'d, 'a> {
    decoder: &'d mut Decoder<'a>,
    blocks: Table<BlockIx, Vec<Block>>,
}

impl Sink for Reader<'_, '_> {
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
