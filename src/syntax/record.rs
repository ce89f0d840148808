//! A record: what its lines say, and where it stands.

use std::sync::Arc;

use super::decode::Decoder;
use super::pieces::References;
use crate::base::{At, FileId, Origin, Span, TextRange};
use crate::diagnostics::Diagnostic;

/// Stands for a record's file until that has its number.
pub(super) const HERE: FileId = FileId(0);

/// What a record's text says, wherever it stands. All ranges count from the record's beginning.
#[derive(Debug)]
pub struct Content<T> {
    /// Its id or key, and where that stands.
    pub id: At<String>,
    /// Its fields.
    pub fields: T,
    /// Its texts and pointers.
    pub pieces: References,
    /// Its first line, which stands for the whole in messages.
    pub range: TextRange,
    /// A fingerprint of its lines: records that say the same have the same.
    pub fingerprint: u64,
    /// What is wrong with it by itself, placed in no file yet.
    pub(super) diagnostics: Box<[Diagnostic]>,
}

/// A record: what it says, and where it stands. Cloning shares what it says, so that a preview keeps what did not change and
/// a record that merely moved costs nothing.
#[derive(Debug)]
pub struct Record<T> {
    content: Arc<Content<T>>,
    /// Where it begins.
    pub origin: Origin,
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
    /// Whether both say the same because they are of one reading.
    #[must_use]
    pub fn is_same_reading(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.content, &other.content)
    }

    /// The same record in this file.
    #[must_use]
    pub fn within(&self, file: FileId) -> Self {
        Self { content: self.content.clone(), origin: Origin { file, ..self.origin } }
    }

    /// The same record further up or down in its file.
    pub(super) fn at(&self, base: usize) -> Self {
        Self { content: self.content.clone(), origin: Origin { base: base as u32, ..self.origin } }
    }

    /// What is wrong with the record by itself.
    pub(super) fn complaints(&self) -> impl Iterator<Item = Diagnostic> {
        self.diagnostics.iter().map(|diagnostic| {
            let mut diagnostic = diagnostic.clone();
            diagnostic.relocate(self.origin.file, self.origin.base);
            diagnostic
        })
    }

    /// The absolute place of a range of this record.
    #[must_use]
    pub fn span(&self, range: TextRange) -> Span {
        self.origin.span(range)
    }

    /// The absolute place of its id.
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
) -> Record<T> {
    let Decoder { pieces, diagnostics, .. } = decoder;
    let content = Content { id, fields, pieces, range, fingerprint: own, diagnostics: diagnostics.into() };
    Record { content: Arc::new(content), origin: Origin { file: HERE, base: base as u32 } }
}
