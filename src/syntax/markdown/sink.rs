//! What a Markdown text passes on while it is parsed: what it points at, what is wrong with it, and fenced code.

use crate::base::{Table, TextRange};
use crate::diagnostics::Diagnostic;
use crate::syntax::indices::{AddressIx, BlockIx, CitationIx, PointerIx};
use crate::syntax::references::{Address, Citation, Pointer};
use crate::syntax::source_map::SourceMap;

/// Receives what a text passes on, in the order of the text. Operations refer to pointers, citations and addresses by
/// index in these lists, which may already contain those of other texts.
pub trait Sink {
    /// The lists of the record.
    fn lists(&mut self) -> Lists<'_>;

    /// Takes fenced code, which is one of our blocks if the sink says so. Markdown doesn't know which blocks exist.
    fn fence(&mut self, fence: &Fence<'_>) -> Fenced {
        let _ = fence;
        Fenced::Code
    }
}

/// The lists that a text's references and faults go to.
pub struct Lists<'l> {
    /// `[[id]]`.
    pub pointers: &'l mut Table<PointerIx, Vec<Pointer>>,
    /// `[@key]`.
    pub citations: &'l mut Table<CitationIx, Vec<Citation>>,
    /// Links and pictures.
    pub addresses: &'l mut Table<AddressIx, Vec<Address>>,
    /// What is wrong with the text.
    pub findings: &'l mut Vec<Diagnostic>,
}

/// Fenced code.
pub struct Fence<'f> {
    /// The marks that it opens with; empty for indented code.
    pub marks: &'f str,
    /// Whether the same marks end it.
    pub is_closed: bool,
    /// Whether it is the last thing on the page. Unclosed code also ends with the list or quotation around it.
    pub is_last: bool,
    /// The first word after the fence.
    pub name: &'f str,
    /// What follows that word on the same line.
    pub behind: &'f str,
    /// The text between the fences, without the marks of the lists and quotations around it.
    pub content: &'f str,
    /// Where the opening line is.
    pub opening: TextRange,
    /// Where the content is. Parts that can't be located are placed at the opening line.
    pub map: &'f SourceMap,
}

/// What fenced code turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fenced {
    /// It is ordinary code.
    Code,
    /// It names a block and is wrong, which was reported.
    Refused,
    /// It is this block.
    Block(BlockIx),
}
