//! Places in the site's files as a client names them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use gen_lsp_types::{Location, Position, Range as Places, Uri};

use super::documents::Documents;
use super::position::{Encoding, Lines};
use crate::base::{FileId, Span, TextRange};
use crate::source::SourceTree;

/// Turns spans into places. The lines of each file are looked for only once.
pub(super) struct Locator<'a> {
    tree: &'a SourceTree,
    documents: &'a Documents,
    encoding: Encoding,
    lines: BTreeMap<FileId, Lines>,
}

impl<'a> Locator<'a> {
    pub(super) fn new(tree: &'a SourceTree, documents: &'a Documents, encoding: Encoding) -> Self {
        Self { tree, documents, encoding, lines: BTreeMap::new() }
    }

    pub(super) fn range(&mut self, file: FileId, range: TextRange) -> Places {
        let Some(source) = self.tree.files.get(file) else { return Places::default() };
        let skipped = skipped(self.documents, &source.path, &source.text);
        let lines = self.lines.entry(file).or_insert_with(|| Lines::of(&source.text));
        lines.range(&source.text, &range.bytes(), self.encoding, skipped)
    }

    pub(super) fn position(&mut self, file: FileId, byte: usize) -> Position {
        self.range(file, TextRange::new(byte, byte)).start
    }

    pub(super) fn location(&mut self, span: Span) -> Location {
        Location { uri: self.uri(span.file), range: self.range(span.file, span.range) }
    }

    pub(super) fn uri(&self, file: FileId) -> Uri {
        self.documents.uri(self.tree.files.get(file).map_or("book.toml", |file| &file.path))
    }

    /// The byte at a position of a file.
    pub(super) fn byte(&mut self, file: FileId, position: Position) -> usize {
        let Some(source) = self.tree.files.get(file) else { return 0 };
        let skipped = skipped(self.documents, &source.path, &source.text);
        let lines = self.lines.entry(file).or_insert_with(|| Lines::of(&source.text));
        lines.byte(&source.text, position, self.encoding, skipped)
    }

    /// The bytes between two positions of a file.
    pub(super) fn bytes(&mut self, file: FileId, places: Places) -> Range<usize> {
        let start = self.byte(file, places.start);
        start..self.byte(file, places.end).max(start)
    }
}

/// How many bytes at the beginning of a file a client doesn't count. Editors take the byte-order mark off when they open a file,
/// and send the text without it.
pub(super) fn skipped(documents: &Documents, path: &str, text: &Arc<String>) -> usize {
    let is_open = documents.open.contains_key(path);
    if !is_open && text.starts_with('\u{feff}') { 3 } else { 0 }
}
