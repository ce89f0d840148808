//! A record by its name, for what is kept while records of its kind change places.

use super::{Link, Model, RecordIx};

/// A record by its kind and name. In a later model with the same records it may stand elsewhere among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordKey {
    /// Where it stood.
    at: RecordIx,
    /// Its id or key.
    name: Box<str>,
}

impl RecordKey {
    /// That of a record of this model.
    #[must_use]
    pub fn of(model: &Model, at: RecordIx) -> Self {
        Self { at, name: model.record(at).id.into() }
    }

    /// Where the record stands in a model that has it; where it stood if that has none of this name.
    #[must_use]
    pub fn find(&self, model: &Model) -> RecordIx {
        let RecordIx::Event(_) = self.at else {
            // All others stand in the order of their names, or of settings that their own page has.
            return self.at;
        };
        model.target(&self.name).and_then(Link::event).map_or(self.at, RecordIx::Event)
    }
}
