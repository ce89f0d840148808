//! What is where in the author's files.

use std::collections::HashMap;

use super::{Hidden, HiddenIx, Model, RecordIx};
use crate::base::FileId;
use crate::syntax::Record;

/// What is at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A record in this build; a page in any of its languages.
    Record(RecordIx),
    /// A record that is kept out of this build.
    Hidden(HiddenIx),
}

/// Where each record begins, by file and position.
#[derive(Debug, Default)]
pub struct Standings {
    by_file: HashMap<FileId, Vec<(u32, Standing)>>,
}

impl Standings {
    /// The places of all records of a model.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        Self::within(model, &|_| true)
    }

    /// The places of the records in one file.
    #[must_use]
    pub fn of_file(model: &Model, file: FileId) -> Self {
        Self::within(model, &|other| other == file)
    }

    fn within(model: &Model, is_wanted: &dyn Fn(FileId) -> bool) -> Self {
        let mut out = Self::default();
        for at in model.records().filter(|at| at.page().is_some() || is_wanted(model.origin(*at).file)) {
            match at {
                RecordIx::Page(page) => {
                    let page = &model[page];
                    out.enter(&page.item.record, at);
                    page.variants.iter().for_each(|(_, item)| out.enter(&item.record, at));
                }
                RecordIx::Event(event) => out.enter(&model[event].item.record, at),
                RecordIx::Claim(claim) => out.enter(&model[claim].item.record, at),
                RecordIx::Entity(entity) => out.enter(&model[entity].item.record, at),
                RecordIx::Term(term) => out.enter(&model[term].item.record, at),
                RecordIx::Source(source) => out.enter(&model[source].item.record, at),
                RecordIx::Author(author) => out.enter(&model[author].item.record, at),
            }
        }
        let hidden = model.hidden.iter().enumerate().filter(|(_, hidden)| is_wanted(hidden.span.file));
        for (at, Hidden { span, .. }) in hidden {
            // All that is kept of a hidden record is its id, which comes first in most.
            let standing = Standing::Hidden(HiddenIx::new(at));
            out.by_file.entry(span.file).or_default().push((span.range.start, standing));
        }
        out.by_file.values_mut().for_each(|starts| starts.sort_unstable());
        out
    }

    fn enter<T>(&mut self, record: &Record<T>, at: RecordIx) {
        let start = record.span(record.range).range.start;
        self.by_file.entry(record.origin.file).or_default().push((start, Standing::Record(at)));
    }

    /// The last record that begins before a byte of a file.
    #[must_use]
    pub fn at(&self, file: FileId, byte: u32) -> Option<Standing> {
        let starts = self.by_file.get(&file)?;
        let behind = starts.partition_point(|(start, _)| *start <= byte);
        starts.get(behind.checked_sub(1)?).map(|(_, standing)| *standing)
    }

    /// The first record of a file.
    #[must_use]
    pub fn first(&self, file: FileId) -> Option<Standing> {
        self.by_file.get(&file)?.first().map(|(_, standing)| *standing)
    }
}

impl Standing {
    /// The id or key of what is there.
    #[must_use]
    pub fn id(self, model: &Model) -> &str {
        match self {
            Self::Record(at) => model.record(at).id,
            Self::Hidden(at) => &model[at].id,
        }
    }
}
