//! What was read for a page, kept from one state of a site to the next.
//!
//! Indices of records change when others are added or removed, so a read is stored under the number of its record's key,
//! which never changes. A read's value is stored as a hash; a page keeps a single hash of all its reads.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::base::{Map, Table, index};
use crate::model::read::{Facet, Read, RecordKind, Subject};
use crate::model::{Model, PeriodIx, RecordIx};

/// How many bits of a stored read say which facet it is of.
const FACET_BITS: u32 = 5;
const _: () = assert!(Facet::COUNT <= 1 << FACET_BITS, "all facets must fit into FACET_BITS");

/// A read as it is stored: the number of its subject, and the facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KeptRead(u32);

index! {
    /// The number of a subject, under which its reads are stored.
    pub(super) struct KeyIx(pub(super) u32);
}

/// All that was read for something, and a hash of the values found.
#[derive(Debug)]
pub(super) struct Reads {
    pub(super) all: Arc<[KeptRead]>,
    pub(super) values: u64,
    /// The number of the last [`FacetValues`](super::facet_values::FacetValues) that were compared with these values, and had
    /// the same.
    found_in: AtomicU64,
}

impl Reads {
    /// What was read, with a hash of the values found in `state`.
    pub(super) fn new(all: Arc<[KeptRead]>, values: u64, state: u64) -> Self {
        Self { all, values, found_in: AtomicU64::new(state) }
    }

    /// Whether all was found in this state: `compare` tells if that isn't known yet.
    pub(super) fn hold_in(&self, state: u64, compare: impl FnOnce() -> bool) -> bool {
        if self.found_in.load(Ordering::Relaxed) == state {
            return true;
        }
        let hold = compare();
        if hold {
            self.found_in.store(state, Ordering::Relaxed);
        }
        hold
    }
}

impl Clone for Reads {
    fn clone(&self) -> Self {
        Self::new(self.all.clone(), self.values, self.found_in.load(Ordering::Relaxed))
    }
}

/// The numbers of all subjects so far. Numbers are assigned once and never reused, so a stored read keeps its meaning as
/// long as the memo lives.
#[derive(Default)]
pub(super) struct Keys {
    /// By kind, with periods last, so that a name can be looked up as it is.
    numbers: [Map<Box<str>, KeyIx>; PERIOD + 1],
}

/// The numbers of a model's subjects, in both directions.
pub(super) struct Slots {
    /// By kind, in the order of [`RecordKind`].
    records: [Vec<KeyIx>; RecordKind::ALL.len()],
    periods: Table<PeriodIx, Vec<KeyIx>>,
    /// The subjects of this model by their numbers; `None` for those of earlier models.
    subjects: Table<KeyIx, Vec<Option<Subject>>>,
}

/// The kind that keys use for a period; kinds of records are smaller.
const PERIOD: usize = RecordKind::ALL.len();

impl Keys {
    /// The numbers of a model's subjects, assigning new ones where needed.
    pub(super) fn slots(&mut self, model: &Model) -> Slots {
        let mut slots = Slots { records: Default::default(), periods: Table::default(), subjects: Table::default() };
        let mut subjects: Vec<(KeyIx, Subject)> = Vec::new();
        for at in model.records() {
            let kind = RecordKind::of(at);
            let number = self.number(kind.position(), model.record(at).id);
            slots.records[kind.position()].push(number);
            subjects.push((number, Subject::Record(at)));
        }
        for period in &model.periods {
            let number = self.number(PERIOD, &period.name);
            subjects.push((number, Subject::Period(slots.periods.push(number))));
        }
        slots.subjects = vec![None; self.len()].into();
        subjects.extend(RecordKind::ALL.map(|kind| (KeyIx::new(kind.position()), Subject::List(kind))));
        subjects.into_iter().for_each(|(number, subject)| slots.subjects[number] = Some(subject));
        slots
    }

    /// The number of a key; the first numbers are those of lists.
    fn number(&mut self, kind: usize, id: &str) -> KeyIx {
        if let Some(number) = self.numbers[kind].get(id) {
            return *number;
        }
        let next = KeyIx::new(self.len());
        self.numbers[kind].insert(id.into(), next);
        next
    }

    /// How many numbers have been assigned.
    fn len(&self) -> usize {
        RecordKind::ALL.len() + self.numbers.iter().map(Map::len).sum::<usize>()
    }
}

impl Slots {
    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.subjects.len()
    }

    /// The numbers of all records of a kind, in their order.
    pub(super) fn of_kind(&self, kind: RecordKind) -> &[KeyIx] {
        &self.records[kind.position()]
    }

    /// The number of a record.
    pub(super) fn record(&self, at: RecordIx) -> KeyIx {
        let numbers = &self.records[RecordKind::of(at).position()];
        match at {
            RecordIx::Page(at) => numbers[at.position()],
            RecordIx::Event(at) => numbers[at.position()],
            RecordIx::Claim(at) => numbers[at.position()],
            RecordIx::Entity(at) => numbers[at.position()],
            RecordIx::Term(at) => numbers[at.position()],
            RecordIx::Source(at) => numbers[at.position()],
            RecordIx::Author(at) => numbers[at.position()],
        }
    }

    /// A read in its stored form.
    pub(super) fn kept(&self, (subject, facet): Read) -> KeptRead {
        let number = match subject {
            Subject::List(kind) => KeyIx::new(kind.position()),
            Subject::Record(at) => self.record(at),
            Subject::Period(at) => self.periods[at],
        };
        KeptRead(number.0 << FACET_BITS | facet as u32)
    }

    /// The record of each number; `None` for lists and periods, and for what no longer exists.
    pub(super) fn by_number(&self) -> impl IndexedParallelIterator<Item = Option<RecordIx>> {
        self.subjects.par_iter().map(|subject| match subject {
            Some(Subject::Record(at)) => Some(*at),
            _ => None,
        })
    }

    /// The subject of a stored read in this model; `None` if it no longer exists.
    pub(super) fn subject(&self, read: KeptRead) -> Option<Subject> {
        self.subjects.get(read.number()).copied().flatten()
    }
}

impl KeptRead {
    /// The number of its subject.
    pub(super) fn number(self) -> KeyIx {
        KeyIx(self.0 >> FACET_BITS)
    }

    /// Its facet, as a number of [`Facet`].
    pub(super) fn facet(self) -> usize {
        (self.0 & ((1 << FACET_BITS) - 1)) as usize
    }
}
