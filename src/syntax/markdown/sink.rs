//! What a Markdown text hands on while it is read: what it points at, what is wrong with it, and fenced code.

use crate::base::{Table, TextRange};
use crate::diagnostics::Diagnostic;
use crate::syntax::indices::{AddressIx, BlockIx, CitationIx, PointerIx};
use crate::syntax::references::{Address, Citation, Pointer};
use crate::syntax::source_map::SourceMap;

/// Who takes what a text hands on, in the order of the text. Operations name pointers, citations and addresses by their place
/// in these lists, which may hold those of other texts before.
pub trait Sink {
    /// The lists of the record.
    fn lists(&mut self) -> Lists<'_>;

    /// Takes fenced code, which is a block of ours if its reader says so. Markdown does not know what blocks there are.
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
    /// The marks that it opens with; none before indented code.
    pub marks: &'f str,
    /// Whether the same marks end it.
    pub is_closed: bool,
    /// Whether the page ends with it. What is not closed ends with the list or quotation that it lies in, too.
    pub is_last: bool,
    /// The first word behind the fence.
    pub name: &'f str,
    /// What follows that word in the same line.
    pub behind: &'f str,
    /// What stands between the fences, without the marks of the lists and quotations that it lies in.
    pub content: &'f str,
    /// Where the opening line stands.
    pub opening: TextRange,
    /// Where the content stands. Parts that can't be followed stand at the opening line.
    pub map: &'f SourceMap,
}

/// What became of fenced code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fenced {
    /// It is ordinary code.
    Code,
    /// It names a block and is wrong, which was noted.
    Refused,
    /// It is this block.
    Block(BlockIx),
}
