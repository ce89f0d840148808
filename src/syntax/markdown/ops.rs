//! A Markdown text as a flat list of operations, with references not yet resolved.
//!
//! Operations are pairs of `Open` and `Close` around text, in document order, so that rendering, clipping and searching
//! are loops and never recurse, however deeply a text is nested. All characters of a text are in one string.

use crate::base::escape::without_forbidden;
use crate::base::{Table, TextRange, exact};
use crate::syntax::indices::{
    AbbreviationIx, AddressIx, BlockIx, CitationIx, CodeBlockIx, ColumnIx, FootnoteIx, HeadingIx, OpIx, PointerIx, TableIx,
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
    /// An alert, and whether it has its own title.
    Alert(AlertKind, bool),
    /// The title of an alert.
    AlertTitle,
    /// A code block.
    CodeBlock(CodeBlockIx),
    /// A list without numbers.
    List,
    /// A numbered list, with its first number.
    NumberedList(u32),
    /// An item of a list.
    Item,
    /// The text of a footnote.
    Footnote(FootnoteIx),
    /// A list of definitions.
    DefinitionList,
    /// The term in a list of definitions.
    DefinitionTerm,
    /// The definition.
    Definition,
    /// A table.
    Table(TableIx),
    /// Its header row.
    TableHead,
    /// A row.
    TableRow,
    /// A cell, with its column.
    TableCell(ColumnIx),
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Struck-out text.
    Strikethrough,
    /// Superscript.
    Superscript,
    /// Subscript.
    Subscript,
    /// A key to press.
    Keyboard,
    /// Highlighted text.
    Highlight,
    /// Text with its own direction, whatever is next to it.
    Isolated,
    /// An abbreviation.
    Abbreviation(AbbreviationIx),
    /// A link to a record with the author's words.
    Mention(PointerIx),
    /// A link by address.
    Link(AddressIx),
    /// A picture; its operations are its alt text.
    Picture(AddressIx),
}

impl Slice {
    /// Its bytes in the text's own string ([`Markdown::characters`]).
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..(self.start + self.len) as usize
    }

    /// From the beginning of this slice to the end of `last`, which comes after it.
    #[must_use]
    pub(super) fn through(self, last: Self) -> Self {
        Self { start: self.start, len: last.start + last.len - self.start }
    }
}

impl Tag {
    /// Whether what it encloses is part of a line, and may begin and end inside a word.
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
    /// By the reader's language.
    Natural,
    /// Left.
    Left,
    /// Centered.
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
    /// Text.
    Text(Slice),
    /// Inline code.
    Code(Slice),
    /// A line break without meaning.
    SoftBreak,
    /// A hard line break.
    HardBreak,
    /// A thematic break.
    Rule,
    /// A checkbox, and whether it is checked.
    Task(bool),
    /// `[[id]]` without words of the author's.
    Mention(PointerIx),
    /// Citations in one pair of brackets: the first, and how many there are.
    Cite(CitationIx, u32),
    /// A mark for a footnote, and whether it is that footnote's first.
    FootnoteMark(FootnoteIx, bool),
    /// One of our blocks.
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
    parts: Option<Box<Parts>>,
    pub(super) map: SourceMap,
}

/// What a few operations need to know beyond their place. Most texts are a line without any such operation, and a large site
/// keeps hundreds of thousands of texts.
#[derive(Debug)]
pub struct Parts {
    /// Headings, in order.
    pub headings: Table<HeadingIx, Vec<Heading>>,
    /// Languages of code blocks, in order; empty if there is none.
    pub languages: Table<CodeBlockIx, Vec<Slice>>,
    /// Labels of footnotes, in the order of their first marks.
    pub footnotes: Table<FootnoteIx, Vec<Box<str>>>,
    /// What the abbreviations stand for, in order.
    pub abbreviations: Table<AbbreviationIx, Vec<Box<str>>>,
    /// Alignments of each table's columns.
    pub tables: Table<TableIx, Vec<Table<ColumnIx, Vec<Alignment>>>>,
}

impl Parts {
    const NONE: &Self = &Self::none();

    const fn none() -> Self {
        Self {
            headings: Table::new(),
            languages: Table::new(),
            footnotes: Table::new(),
            abbreviations: Table::new(),
            tables: Table::new(),
        }
    }
}

impl Markdown {
    /// An empty text with room for what `source` will become.
    #[must_use]
    pub(super) fn for_text(source: &str) -> Self {
        Self { ops: Vec::with_capacity(source.len() / 16), text: String::with_capacity(source.len()), ..Self::default() }
    }

    /// Gives back the room that was not needed: most texts are kept as long as a preview runs.
    pub(super) fn shrink(&mut self) {
        self.ops = exact(std::mem::take(&mut self.ops));
        self.text = self.text.as_str().to_owned();
    }

    /// What operations refer to by index.
    #[must_use]
    pub fn parts(&self) -> &Parts {
        self.parts.as_deref().unwrap_or(Parts::NONE)
    }

    /// The same, to add to it.
    pub(super) fn parts_mut(&mut self) -> &mut Parts {
        self.parts.get_or_insert_with(|| Box::new(Parts::none()))
    }

    /// Keeps `text` and returns where it is.
    pub(super) fn store(&mut self, text: &str) -> Slice {
        let start = self.text.len();
        // The placeholders of finished addresses are control characters, which no text may forge and HTML forbids.
        self.text.push_str(&without_forbidden(text));
        Slice { start: start as u32, len: (self.text.len() - start) as u32 }
    }

    /// The characters of a slice of this text.
    #[must_use]
    pub fn str(&self, slice: Slice) -> &str {
        &self.text[slice.range()]
    }

    /// Where a slice is in the record, including any markup between its first character and its last.
    #[must_use]
    pub fn place_of(&self, slice: Slice) -> TextRange {
        self.place(slice.range())
    }

    /// Where a part of [`Markdown::characters`] is in the record.
    #[must_use]
    pub fn place(&self, part: std::ops::Range<usize>) -> TextRange {
        self.map.place(part)
    }

    /// All characters of the text, code included, with nothing between blocks: for searching, not for reading.
    #[must_use]
    pub fn characters(&self) -> &str {
        &self.text
    }

    /// The words of the text as a reader sees them, code included, in pieces that end with a line or a block.
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

    /// Whether an inline text has several paragraphs. A single paragraph has no tags.
    #[must_use]
    pub fn has_paragraphs(&self) -> bool {
        matches!(self.ops.first(), Some(Op::Open(Tag::Paragraph)))
    }

    /// The operations of the block that opens at `block`: a paragraph, a list item, a cell; the whole text for an
    /// inline one.
    #[must_use]
    pub fn block(&self, block: OpIx) -> &[Op] {
        let from = block.position();
        // An inline text may begin with a link or emphasis, which is part of it and not a block.
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
        assert_eq!(size_of::<Op>(), 12);
    }
}
