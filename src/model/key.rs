//! Names a record, for values that outlive a change in the order of its kind.

use super::{Link, Model, RecordIx};

/// A record by its kind and name. A later model with the same records may have it at another index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordKey {
    /// Its index when the key was made.
    at: RecordIx,
    /// Its id or key.
    name: Box<str>,
}

impl RecordKey {
    /// The key of a record of this model.
    #[must_use]
    pub fn of(model: &Model, at: RecordIx) -> Self {
        Self { at, name: model.record(at).id.into() }
    }

    /// The record's index in a model that has it; its old index if the model has none of this name.
    #[must_use]
    pub fn find(&self, model: &Model) -> RecordIx {
        let RecordIx::Event(_) = self.at else {
            // All other kinds are sorted by id or key, or by what each page's own file says.
            return self.at;
        };
        model.target(&self.name).and_then(Link::event).map_or(self.at, RecordIx::Event)
    }
}
