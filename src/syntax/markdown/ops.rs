//! A Markdown text as a flat list of operations, references in it not yet resolved.
//!
//! Operations are pairs of `Open` and `Close` around text, in document order, so that rendering, clipping and searching
//! are loops and never recurse, however deep a text is nested. All characters lie in one string per text.

use crate::base::escape::without_forbidden;
use crate::base::{Table, TextRange};
use crate::syntax::indices::{
    AbbreviationIx, AddressIx, BlockIx, CitationIx, ColumnIx, FootnoteIx, HeadingIx, OpIx, PointerIx, TableIx,
};
use crate::syntax::source_map::SourceMap;

/// A piece of a text's own string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    start: u32,
    len: u32,
}

/// What encloses a run of operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading(HeadingIx),
    /// A block quotation.
    Quote,
    /// An alert, and whether it has a title of its own.
    Alert(AlertKind, bool),
    /// The title of an alert.
    AlertTitle,
    /// Code on lines of its own, with its language.
    CodeBlock(Slice),
    /// A list; ordered ones have a first number.
    List(Option<u32>),
    /// An item of a list.
    Item,
    /// The text of a footnote.
    Footnote(FootnoteIx),
    /// A list of definitions.
    DefinitionList,
    /// What is defined.
    DefinitionTerm,
    /// The definition.
    Definition,
    /// A table.
    Table(TableIx),
    /// Its head row.
    TableHead,
    /// A row.
    TableRow,
    /// A cell, with its column.
    TableCell(ColumnIx),
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Struck out.
    Strikethrough,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
    /// A key to press.
    Keyboard,
    /// Set off, as with a marker.
    Highlight,
    /// Set in its own direction, whatever stands beside it.
    Isolated,
    /// Letters that stand for words.
    Abbreviation(AbbreviationIx),
    /// A link with words of its own to a record.
    Mention(PointerIx),
    /// A link by address.
    Link(AddressIx),
    /// A picture, whose operations are its alternative text.
    Picture(AddressIx),
}

impl Slice {
    /// Its bytes in the text's own string ([`Markdown::characters`]).
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..(self.start + self.len) as usize
    }

    /// From the beginning of this slice to the end of `last`, which lies behind it.
    #[must_use]
    pub(super) fn through(self, last: Self) -> Self {
        Self { start: self.start, len: last.start + last.len - self.start }
    }
}

impl Tag {
    /// Whether what it encloses is a part of a line, and may begin and end inside a word.
    #[must_use]
    pub fn is_inline(self) -> bool {
        matches!(
            self,
            Self::Emphasis
                | Self::Strong
                | Self::Strikethrough
                | Self::Superscript
                | Self::Subscript
                | Self::Keyboard
                | Self::Highlight
                | Self::Isolated
                | Self::Abbreviation(_)
                | Self::Mention(_)
                | Self::Link(_)
                | Self::Picture(_)
        )
    }
}

/// The kinds of GFM alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertKind {
    /// Useful to know.
    Note,
    /// Advice.
    Tip,
    /// Needed to reach a goal.
    Important,
    /// Urgent.
    Warning,
    /// Dangerous.
    Caution,
}

impl AlertKind {
    /// The word for it, in lower case.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }
}

/// How a table's column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// As the reader's language does.
    Natural,
    /// Left.
    Left,
    /// Centred.
    Center,
    /// Right.
    Right,
}

/// One operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Begins something.
    Open(Tag),
    /// Ends it.
    Close(Tag),
    /// Words.
    Text(Slice),
    /// Code within a line.
    Code(Slice),
    /// A line break that means nothing.
    SoftBreak,
    /// A line break that was asked for.
    HardBreak,
    /// A thematic break.
    Rule,
    /// A box to be ticked, and whether it is.
    Task(bool),
    /// `[[id]]` without words of its own.
    Mention(PointerIx),
    /// Citations that stand in one pair of brackets: the first, and how many.
    Cite(CitationIx, u32),
    /// A mark that leads to a footnote, and whether it is the first that does.
    FootnoteMark(FootnoteIx, bool),
    /// A block of ours.
    Block(BlockIx),
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its anchor, unique in the text.
    pub anchor: Box<str>,
    /// Its words.
    pub text: Box<str>,
}

/// A Markdown text.
#[derive(Debug, Default)]
pub struct Markdown {
    /// The operations, in order.
    pub ops: Vec<Op>,
    text: String,
    /// Headings, in order.
    pub headings: Table<HeadingIx, Vec<Heading>>,
    /// Labels of footnotes, in order of first mark.
    pub footnotes: Table<FootnoteIx, Vec<Box<str>>>,
    /// What abbreviations stand for, in order.
    pub abbreviations: Table<AbbreviationIx, Vec<Box<str>>>,
    /// Alignments of each table's columns.
    pub tables: Table<TableIx, Vec<Table<ColumnIx, Vec<Alignment>>>>,
    pub(super) map: SourceMap,
}

impl Markdown {
    /// An empty text with room for what `source` will become.
    #[must_use]
    pub(super) fn for_text(source: &str) -> Self {
        Self { ops: Vec::with_capacity(source.len() / 16), text: String::with_capacity(source.len()), ..Self::default() }
    }

    /// Keeps `text` and says where.
    pub(super) fn store(&mut self, text: &str) -> Slice {
        let start = self.text.len();
        // The place-holders of finished addresses are control characters, which no text may forge and HTML forbids.
        self.text.push_str(&without_forbidden(text));
        Slice { start: start as u32, len: (self.text.len() - start) as u32 }
    }

    /// The characters of a slice of this text.
    #[must_use]
    pub fn str(&self, slice: Slice) -> &str {
        &self.text[slice.range()]
    }

    /// Where a slice stands, relative to the record, markup between its first character and its last included.
    #[must_use]
    pub fn place_of(&self, slice: Slice) -> TextRange {
        self.place(slice.range())
    }

    /// Where a part of [`Markdown::characters`] stands, relative to the record.
    #[must_use]
    pub fn place(&self, part: std::ops::Range<usize>) -> TextRange {
        self.map.place(part)
    }

    /// All characters of the text, code included, with nothing between blocks: for looking something up, not for reading.
    #[must_use]
    pub fn characters(&self) -> &str {
        &self.text
    }

    /// The words of the text as a reader sees them, code included: pieces between which a line or a block ends.
    #[must_use]
    pub fn runs(&self) -> Vec<&str> {
        let mut runs = Vec::new();
        let mut run: Option<std::ops::Range<usize>> = None;
        for op in &self.ops {
            match op {
                Op::Text(slice) | Op::Code(slice) => match &mut run {
                    Some(run) if run.end == slice.range().start => run.end = slice.range().end,
                    run => runs.extend(run.replace(slice.range()).map(|run| &self.text[run])),
                },
                Op::Cite(..) | Op::FootnoteMark(..) => {}
                Op::Open(tag) | Op::Close(tag) if tag.is_inline() => {}
                _ => runs.extend(run.take().map(|run| &self.text[run])),
            }
        }
        runs.extend(run.map(|run| &self.text[run]));
        runs
    }

    /// Whether an inline text has several paragraphs. One that has one has no tags for it.
    #[must_use]
    pub fn has_paragraphs(&self) -> bool {
        matches!(self.ops.first(), Some(Op::Open(Tag::Paragraph)))
    }

    /// The operations of the block that opens at `block`: a paragraph, a list item, a cell; the whole text for an
    /// inline one.
    #[must_use]
    pub fn block(&self, block: OpIx) -> &[Op] {
        let from = block.position();
        // An inline text may begin with a link or emphasis, which is a part of it and no block.
        let Some(Op::Open(tag)) = self.ops.get(from).filter(|op| !matches!(op, Op::Open(tag) if tag.is_inline())) else {
            return &self.ops;
        };
        let mut depth = 0;
        for (index, op) in self.ops[from..].iter().enumerate() {
            match op {
                Op::Open(open) if open == tag => depth += 1,
                Op::Close(close) if close == tag => {
                    depth -= 1;
                    if depth == 0 {
                        return &self.ops[from..=from + index];
                    }
                }
                _ => {}
            }
        }
        &self.ops[from..]
    }
}

#[cfg(test)]
mod tests {
    use super::Op;

    #[test]
    fn operations_are_small() {
        // A site of ten thousand sections has millions of them.
        assert_eq!(size_of::<Op>(), 16);
    }
}
