//! A record: what its lines say, and where it is.

use std::sync::Arc;

use super::body::Body;
use super::decode::Decoder;
use super::kinds::blocks::Block;
use super::markdown::Heading;
use super::pieces::References;
use crate::base::{At, FileId, Origin, Span, TextRange};
use crate::diagnostics::Diagnostic;

/// Stands in for a record's file until its number is known.
pub(super) const HERE: FileId = FileId(0);

/// What a record's text says, wherever it is. All ranges count from the record's beginning.
#[derive(Debug)]
pub struct Content<T> {
    /// Its id or key, and where that is.
    pub id: At<String>,
    /// Its fields.
    pub fields: T,
    /// Its texts and pointers.
    pub pieces: References,
    /// Its longer text, if it is a Markdown file. Every page has one.
    pub body: Option<Box<Body>>,
    /// Its first line, which represents the whole in messages.
    pub range: TextRange,
    /// A fingerprint of its lines: records that say the same have the same one.
    pub fingerprint: u64,
    /// What is wrong with it alone, not placed in any file yet.
    pub(super) diagnostics: Box<[Diagnostic]>,
}

/// A record: what it says, and where it is. Clones share what it says, so that a preview keeps what did not change, and
/// a record that only moved costs nothing.
#[derive(Debug)]
pub struct Record<T> {
    content: Arc<Content<T>>,
    /// Where it begins.
    pub origin: Origin,
}

impl<T> Content<T> {
    /// The headings of its longer text.
    #[must_use]
    pub fn headings(&self) -> &[Heading] {
        self.body.as_ref().map_or(&[], |body| body.headings(&self.pieces))
    }

    /// Whether there is a timeline in its longer text.
    #[must_use]
    pub fn has_timeline(&self) -> bool {
        self.blocks().any(|block| matches!(block, Block::Timeline(_)))
    }

    /// The blocks of its longer text.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.body.iter().flat_map(|body| &body.blocks)
    }
}

impl<T> Clone for Record<T> {
    fn clone(&self) -> Self {
        Self { content: self.content.clone(), origin: self.origin }
    }
}

impl<T> std::ops::Deref for Record<T> {
    type Target = Content<T>;

    #[inline]
    fn deref(&self) -> &Content<T> {
        &self.content
    }
}

impl<T> Record<T> {
    /// Whether both come from the same parse, and so say the same.
    #[must_use]
    pub fn is_same_reading(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.content, &other.content)
    }

    /// The same record in this file.
    #[must_use]
    pub fn within(&self, file: FileId) -> Self {
        Self { content: self.content.clone(), origin: Origin { file, ..self.origin } }
    }

    /// The same record after lines were added or removed above it in its file.
    pub(super) fn at(&self, base: usize) -> Self {
        Self { content: self.content.clone(), origin: Origin { base: base as u32, ..self.origin } }
    }

    /// What is wrong with the record alone.
    pub(super) fn complaints(&self) -> impl Iterator<Item = Diagnostic> {
        self.diagnostics.iter().map(|diagnostic| {
            let mut diagnostic = diagnostic.clone();
            diagnostic.relocate(self.origin.file, self.origin.base);
            diagnostic
        })
    }

    /// A range of this record as a range of its file.
    #[must_use]
    pub fn span(&self, range: TextRange) -> Span {
        self.origin.span(range)
    }

    /// Where its id is in its file.
    #[must_use]
    pub fn id_span(&self) -> Span {
        self.span(self.id.range)
    }
}

/// A record that could be decoded.
pub(super) fn record<T>(
    id: At<String>,
    fields: T,
    decoder: Decoder<'_>,
    range: TextRange,
    base: usize,
    own: u64,
    body: Option<Body>,
) -> Record<T> {
    let Decoder { mut pieces, diagnostics, .. } = decoder;
    pieces.shrink();
    let body = body.map(Box::new);
    let content = Content { id, fields, pieces, body, range, fingerprint: own, diagnostics: diagnostics.into() };
    Record { content: Arc::new(content), origin: Origin { file: HERE, base: base as u32 } }
}
