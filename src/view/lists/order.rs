//! The order of long lists: by what readers see, with the rules of the site's language.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::changes::{self, Change};
use crate::base::{Ix, fingerprint, person};
use crate::language::collation::Collation;
use crate::model::read::{Facet, RecordKind};
use crate::model::{ClaimIx, EntityIx, PageIx, RecordIx, SourceIx, TermIx};
use crate::source::tree::BOOK;
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::kinds::source::SourceKind;
use crate::syntax::text::Text;
use crate::view::View;

/// Orders of long lists, each computed once, for whichever of its pages is asked for first.
#[derive(Default)]
pub struct Orders {
    sorted: [OnceLock<Arc<[u32]>>; 4],
    ranks: [OnceLock<Box<[u32]>>; 4],
    by_kind: OnceLock<Vec<(SourceKind, Vec<u32>)>>,
    changes: OnceLock<Vec<Change>>,
    known: Arc<KnownOrders>,
}

/// An order, and a fingerprint of what it depends on.
type Known = (u64, Arc<[u32]>);

/// Orders that were computed for earlier states of a site: the last two of each kind, because a preview follows a site
/// both with drafts and without.
#[derive(Default)]
pub struct KnownOrders(Mutex<BTreeMap<RecordKind, [Option<Known>; 2]>>);

impl KnownOrders {
    fn get(&self, kind: RecordKind, input: u64) -> Option<Arc<[u32]>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&kind)?.iter().flatten().find(|(of, _)| *of == input).map(|(_, order)| order.clone())
    }

    fn keep(&self, kind: RecordKind, known: Known) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [last, before] = all.entry(kind).or_default();
        *before = last.replace(known);
    }
}

impl Orders {
    /// Orders that are reused if `known` has them.
    #[must_use]
    pub fn knowing(known: Arc<KnownOrders>) -> Self {
        Self { known, ..Self::default() }
    }

    /// The place of each record of a kind in [`Self::sorted`].
    fn ranks(&self, kind: RecordKind, view: &View<'_>) -> &[u32] {
        let Some(slot) = slot(kind) else { return &[] };
        self.ranks[slot].get_or_init(|| {
            let order = self.sorted(kind, view);
            let mut ranks = vec![0; order.len()];
            order.iter().zip(0..).for_each(|(at, rank)| ranks[*at as usize] = rank);
            ranks.into()
        })
    }

    /// The positions of all records of a kind, in the order of their list.
    fn sorted(&self, kind: RecordKind, view: &View<'_>) -> &[u32] {
        let Some(slot) = slot(kind) else { return &[] };
        let sort: fn(&View<'_>) -> Vec<u32> = match kind {
            RecordKind::Entity => entities,
            RecordKind::Source => sources,
            RecordKind::Term => terms,
            RecordKind::Claim | RecordKind::Page | RecordKind::Event | RecordKind::Author => claims,
        };
        self.sorted[slot].get_or_init(|| {
            let view = view.untracked();
            let input = input(&view, kind);
            self.known.get(kind, input).unwrap_or_else(|| {
                let order: Arc<[u32]> = sort(&view).into();
                self.known.keep(kind, (input, order.clone()));
                order
            })
        })
    }

    /// The positions of the sources of each kind, in the order of their list; the kinds with most sources first.
    fn by_kind(&self, view: &View<'_>) -> &[(SourceKind, Vec<u32>)] {
        self.by_kind.get_or_init(|| {
            let view = view.untracked();
            let mut kinds: BTreeMap<SourceKind, Vec<u32>> = BTreeMap::new();
            for at in self.sorted(RecordKind::Source, &view) {
                if let Some(kind) = view.reader.item(SourceIx(*at)).record.fields.kind {
                    kinds.entry(kind).or_default().push(*at);
                }
            }
            let mut kinds: Vec<_> = kinds.into_iter().collect();
            kinds.sort_by_key(|(kind, sources)| (Reverse(sources.len()), *kind));
            kinds
        })
    }

    /// All updates and corrections, newest first.
    pub(super) fn changes(&self, view: &View<'_>) -> &[Change] {
        self.changes.get_or_init(|| changes::in_order(&view.untracked()))
    }
}

/// The slot for a kind's order; `None` if the model has its records in order, or no list shows them.
fn slot(kind: RecordKind) -> Option<usize> {
    match kind {
        RecordKind::Entity => Some(0),
        RecordKind::Source => Some(1),
        RecordKind::Term => Some(2),
        RecordKind::Claim => Some(3),
        RecordKind::Page | RecordKind::Event | RecordKind::Author => None,
    }
}

/// A fingerprint of everything that an order depends on: the settings, what the records of its kind say, and for claims the
/// reading order of the sections.
fn input(view: &View<'_>, kind: RecordKind) -> u64 {
    let records = view.reader.fingerprints(kind);
    let sections = if kind == RecordKind::Claim { view.reader.sections() } else { 0 };
    let sections: Vec<&str> = PageIx::first(sections).map(|at| view.reader.id(at)).collect();
    fingerprint(&(&**view.tree.file(BOOK).text, records, sections))
}

impl<'m> View<'m> {
    /// The positions of all entities, sources, terms or claims, in the order in which readers see them: entities by
    /// kind and name, sources by publisher and date, terms alphabetically, claims by status, section and latest change.
    #[must_use]
    pub fn order(&self, kind: RecordKind) -> &'m [u32] {
        self.reader.note_list(kind, Facet::Order);
        self.orders.sorted(kind, self)
    }

    /// The positions of the sources of each kind, in the order of their list; the kinds with most sources first. Sources
    /// without a kind are in none.
    #[must_use]
    pub fn sources_by_kind(&self) -> &'m [(SourceKind, Vec<u32>)] {
        self.reader.note_list(RecordKind::Source, Facet::SourceKinds);
        self.orders.by_kind(self)
    }

    /// The place of each entity, source, term or claim in that order.
    #[must_use]
    pub fn ranks(&self, kind: RecordKind) -> &'m [u32] {
        self.reader.note_list(kind, Facet::Order);
        self.orders.ranks(kind, self)
    }
}

/// The positions of `count` records, sorted by their keys, each of which is made once. Records come in the order of
/// their ids, which decides ties.
///
/// One thread does this, because others wait for it: if it asked the pool that makes pages for help, it would wait for
/// threads that wait for it.
fn by_key<K: Ord>(count: usize, key: impl Fn(usize) -> K) -> Vec<u32> {
    let mut keyed: Vec<(K, u32)> = (0..count).map(|at| (key(at), at as u32)).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, at)| at).collect()
}

/// The words that an entity is listed by, a person's family name say, and what decides between two with the same.
pub(super) fn listed_by<'v>(view: &View<'v>, at: EntityIx) -> (&'v str, &'v str) {
    let fields = &view.reader.item(at).record.fields;
    let name = view.title_of(RecordIx::Entity(at));
    match &fields.sort_name {
        Some(sort_name) => sort_name.value.split_once(',').unwrap_or((&sort_name.value, name)),
        None if fields.kind == EntityKind::Person => (person::listed_by(name, view.language()), name),
        None => (name, ""),
    }
}

/// Entities by kind, in the format's order, and name.
fn entities(view: &View<'_>) -> Vec<u32> {
    let collation = Collation::of(view.language());
    by_key(view.reader.count(RecordKind::Entity), |at| {
        let at = EntityIx::new(at);
        let (listed_by, rest) = listed_by(view, at);
        (view.reader.item(at).record.fields.kind, collation.key(listed_by), collation.key(rest))
    })
}

/// Sources by publisher, or by the beginning of their entry if they have none, and then by date, undated ones last.
fn sources(view: &View<'_>) -> Vec<u32> {
    let collation = Collation::of(view.language());
    by_key(view.reader.count(RecordKind::Source), |at| {
        let at = SourceIx::new(at);
        let item = view.reader.item(at);
        let fields = &item.record.fields;
        let words = |text: &Text| view.own_words(item.linked(), text);
        let title = view.title_of(RecordIx::Source(at));
        let first = match (&fields.publisher.0, fields.author.0.first()) {
            (Some(publisher), _) => collation.key(&words(publisher)),
            (None, Some(author)) => collation.key(&author.0),
            (None, None) => collation.key(title),
        };
        let date = fields.date.as_ref().map(|date| date.value.order_key(view.reader.zone()));
        (first, date.is_none(), date, collation.key(title))
    })
}

/// Claims by status, in the format's order, by section, and the latest change first; those without a history last, by their
/// words.
fn claims(view: &View<'_>) -> Vec<u32> {
    let collation = Collation::of(view.language());
    let zone = view.reader.zone();
    by_key(view.reader.count(RecordKind::Claim), |at| {
        let at = ClaimIx::new(at);
        let section = view.section_of_claim(at).map_or(usize::MAX, Ix::position);
        let history = &view.reader.item(at).record.fields.history;
        let changed = history.iter().map(|step| step.date.value.order_key(zone)).max();
        (view.reader.claim_status(at), section, Reverse(changed), collation.key(view.title_of(at.into())))
    })
}

fn terms(view: &View<'_>) -> Vec<u32> {
    let collation = Collation::of(view.language());
    by_key(view.reader.count(RecordKind::Term), |at| collation.key(view.title_of(TermIx::new(at).into())))
}
