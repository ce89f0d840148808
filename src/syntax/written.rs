//! The records of a file, whatever their kind, as far as their texts go.

use super::body::Body;
use super::file::Parsed;
use super::kinds::blocks::Block;
use super::pieces::References;
use super::record::Record;
use crate::base::Origin;

/// What a record of any kind says and refers to.
#[derive(Clone, Copy, Debug)]
pub struct Written<'p> {
    /// Its texts and pointers.
    pub pieces: &'p References,
    /// Its longer text.
    pub body: Option<&'p Body>,
    /// Where it begins.
    pub origin: Origin,
}

impl<'p> Written<'p> {
    /// The blocks of its longer text.
    pub fn blocks(self) -> impl Iterator<Item = &'p Block> {
        self.body.into_iter().flat_map(|body| &body.blocks)
    }
}

impl<'p, T> From<&'p Record<T>> for Written<'p> {
    fn from(record: &'p Record<T>) -> Self {
        Self { pieces: &record.pieces, body: record.body.as_deref(), origin: record.origin }
    }
}

impl Parsed {
    /// Its records, kind by kind.
    pub fn written(&self) -> impl Iterator<Item = Written<'_>> {
        let Self { page, events, entities, authors, sources, claims, terms, .. } = self;
        let page = page.iter().map(|(page, _)| Written::from(page));
        let people = entities.iter().map(Written::from).chain(authors.iter().map(Written::from));
        let rest = sources.iter().map(Written::from).chain(claims.iter().map(Written::from));
        page.chain(events.iter().map(Written::from)).chain(people).chain(rest).chain(terms.iter().map(Written::from))
    }
}
