//! Indices into the lists of a record and of one of its texts, each with its own type.

use crate::base::index;

index! {
    /// A pointer: index into [`super::References::pointers`].
    pub struct PointerIx(u32);
    /// A citation: index into [`super::References::citations`].
    pub struct CitationIx(u32);
    /// An address: index into [`super::References::addresses`].
    pub struct AddressIx(u32);
    /// A Markdown text: index into [`super::References::proses`].
    pub struct TextIx(u32);
    /// One of our blocks: index into the blocks of a page.
    pub struct BlockIx(u32);
    /// An operation: index into [`super::markdown::Markdown::ops`].
    pub struct OpIx(u32);
    /// A heading: index into [`super::markdown::Parts::headings`].
    pub struct HeadingIx(u32);
    /// A code block: index into [`super::markdown::Parts::languages`].
    pub struct CodeBlockIx(u32);
    /// A footnote: index into [`super::markdown::Parts::footnotes`].
    pub struct FootnoteIx(u32);
    /// An abbreviation: index into [`super::markdown::Parts::abbreviations`].
    pub struct AbbreviationIx(u32);
    /// A table: index into [`super::markdown::Parts::tables`].
    pub struct TableIx(u32);
    /// A column of a table: index into its alignments.
    pub struct ColumnIx(u32);
}
