//! A text being written: its characters, and where each one comes from.

use std::ops::Range;

use super::Source;
use crate::base::escape::is_forbidden;
use crate::syntax::markdown::ops::{Markdown, Slice};
use crate::syntax::source_map::RunsBuilder;

/// What has been written of a text so far.
pub(super) struct Writer<'s> {
    pub(super) source: Source<'s>,
    pub(super) out: Markdown,
    runs: RunsBuilder<'s>,
}

impl<'s> Writer<'s> {
    /// Starts the text of `source`, to be written to `out`, which is empty.
    pub(super) fn new(source: Source<'s>, out: Markdown) -> Self {
        Self { source, out, runs: RunsBuilder::new(source.map) }
    }

    /// Keeps `text`, which is at `source`.
    pub(super) fn store(&mut self, text: &str, source: Range<usize>) -> Slice {
        let slice = self.out.store(text);
        let range = slice.range();
        if range.len() == text.len() || source.len() != text.len() {
            self.runs.add(range.start, range.len(), source);
            return slice;
        }
        // Characters that aren't allowed on a page are dropped, and the others are on both sides of the gap.
        let mut at = range.start;
        for (skip, c) in text.char_indices().filter(|(_, c)| !is_forbidden(*c)) {
            let stands = source.start + skip;
            self.runs.add(at, c.len_utf8(), stands..stands + c.len_utf8());
            at += c.len_utf8();
        }
        slice
    }

    /// Keeps `text`, which may take several lines at `source`.
    pub(super) fn store_folded(&mut self, text: &str, source: Range<usize>) -> Slice {
        let raw = &self.source.text[source.clone()];
        if raw.len() == text.len() {
            return self.store(text, source);
        }
        let slice = self.out.store(text);
        self.runs.add_folded(slice.range().start, self.out.str(slice), raw, source);
        slice
    }

    /// The text as it is kept.
    pub(super) fn finish(mut self) -> Markdown {
        self.out.shrink();
        self.out.map = self.runs.finish(self.out.characters().len(), self.source.range);
        self.out
    }
}
