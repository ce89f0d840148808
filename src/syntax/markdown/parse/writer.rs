//! A text in the making: its characters, and where each of them stands.

use std::ops::Range;

use super::Source;
use crate::syntax::markdown::ops::{Markdown, Slice};
use crate::syntax::source_map::RunsBuilder;

/// What was written of a text so far.
pub(super) struct Writer<'s> {
    pub(super) source: Source<'s>,
    pub(super) out: Markdown,
    runs: RunsBuilder<'s>,
}

impl<'s> Writer<'s> {
    /// The text of `source`, to be written to `out`, which is empty.
    pub(super) fn new(source: Source<'s>, out: Markdown) -> Self {
        Self { source, out, runs: RunsBuilder::new(source.map) }
    }

    /// Keeps `text`, which stands at `source`.
    pub(super) fn store(&mut self, text: &str, source: Range<usize>) -> Slice {
        let slice = self.out.store(text);
        let range = slice.range();
        self.runs.add(range.start, range.len(), source);
        slice
    }

    /// The text as it is kept.
    pub(super) fn finish(mut self) -> Markdown {
        self.out.ops.shrink_to_fit();
        self.out.map = self.runs.finish(self.out.characters().len(), self.source.range);
        self.out
    }
}
