//! The values of facets, kept from one state of a site to the next.
//!
//! States share the records that did not change, with all that points at them, and the preview keeps the model of the last state
//! whose pages were checked. So whether a value still holds is a comparison of two pointers, and nothing of the record is read.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::analysis::Analysis;
use super::memo::Rendered;
use super::reads::Slots;
use crate::base::fingerprint;
use crate::media::Media;
use crate::model::Model;
use crate::model::read::Facet;

/// Facets, as bits.
type Facets = u32;
const _: () = assert!(Facet::COUNT <= Facets::BITS as usize, "all facets must fit into `Facets`");

/// Facets that depend on the record alone, whatever others say about it and wherever it is in a list. Computing them means
/// rendering all titles and all source entries.
const OWN: Facets = bits(&[Facet::Title, Facet::Date, Facet::Significance, Facet::Kind, Facet::Source]);
/// Facets that depend on nothing but what models share.
const SHARED: Facets = OWN
    | bits(&[Facet::Location, Facet::Mentions, Facet::Tells, Facet::Claims, Facet::Sections, Facet::Effects, Facet::Wrote]);

/// Hashes of facets in one state of a site.
pub(super) struct FacetValues {
    /// The numbers of the state's records.
    pub(super) slots: Arc<Slots>,
    /// A fingerprint of what goes into every page.
    pub(super) site: u64,
    /// Another state whose values are all the same has the same number.
    pub(super) state: u64,
    /// A fingerprint of the templates of what is rendered once for many pages.
    partials: u64,
    /// A fingerprint of the names of the content files.
    paths: u64,
    model: Arc<Model>,
    media: Arc<Media>,
    /// By the number of the subject, and by facet; zero if nobody has asked yet.
    hashes: Vec<AtomicU64>,
}

impl FacetValues {
    /// What is known about a state: the values of the last one that still hold. `site` is a fingerprint of what goes into every
    /// page, and `partials` one of the templates of what is rendered once for many.
    pub(super) fn of(analysis: &Analysis, site: u64, partials: u64, rendered: &Rendered) -> Self {
        let (model, media) = (analysis.model.clone(), analysis.media.clone());
        let content =
            analysis.read.tree.files.indices().zip(&analysis.read.tree.files).filter(|(_, file)| file.kind.is_some());
        let paths = fingerprint(&content.map(|(id, file)| (id.0, &file.path)).collect::<Vec<_>>());
        let before = rendered.take_values();
        let holds = |before: &Self| {
            (before.site, before.partials, before.paths) == (site, partials, paths)
                && model.is_same(&before.model)
                && media.is_same(&before.media)
        };
        let before = match before {
            // So it is after a save of a template or a style sheet.
            Some(before) if holds(&before) => return Self { model, media, ..before },
            before => before,
        };
        let has_same_numbers = |before: &Self| {
            let names = |model: &Model| model.periods.iter().map(|period| period.name.clone()).collect::<Vec<_>>();
            model.has_same_names(&before.model) && names(&model) == names(&before.model)
        };
        let slots = match before.as_ref().filter(|before| has_same_numbers(before)) {
            Some(before) => before.slots.clone(),
            None => Arc::new(rendered.slots(&model)),
        };
        let mut hashes = match before.filter(|before| before.site == site) {
            Some(before) => before.that_hold(&model, &media, &slots),
            None => Vec::new(),
        };
        hashes.resize_with(slots.len() * Facet::COUNT, AtomicU64::default);
        Self { slots, site, state: rendered.next_state(), partials, paths, model, media, hashes }
    }

    /// The values that hold in a later state, and zeros for all others.
    fn that_hold(mut self, model: &Model, media: &Media, slots: &Slots) -> Vec<AtomicU64> {
        let before = &self.model;
        let mut shared = SHARED;
        // What a text shows may have changed, although the text has not.
        if media.is_same(&self.media) && model.has_same_data(before) {
            shared |= bits(&[Facet::Text]);
        }
        if model.has_same_blocks(before) {
            shared |= bits(&[Facet::Timeline]);
        }
        let rows = self.hashes.par_chunks_exact_mut(Facet::COUNT).zip(slots.by_number());
        rows.for_each(|(row, at)| {
            let has_same_words = |at| {
                let was = model.counterpart(at, before);
                was.is_some_and(|was| before.record(was).fingerprint == model.record(at).fingerprint)
            };
            let kept = match at {
                Some(at) if model.shares(at, before) => shared,
                Some(at) if has_same_words(at) => OWN,
                _ => 0,
            };
            let others = row.iter_mut().enumerate().filter(|(facet, _)| kept & 1 << facet == 0);
            others.for_each(|(_, value)| *value.get_mut() = 0);
        });
        self.hashes
    }

    /// A hash, if somebody has asked for it.
    pub(super) fn get(&self, number: usize, facet: usize) -> Option<u64> {
        let value = self.hashes[number * Facet::COUNT + facet].load(Ordering::Relaxed);
        (value != 0).then_some(value)
    }

    /// Stores a hash, which is not zero. If two threads compute one at the same time, they get the same.
    pub(super) fn set(&self, number: usize, facet: usize, value: u64) {
        self.hashes[number * Facet::COUNT + facet].store(value, Ordering::Relaxed);
    }
}

/// The bits of some facets.
const fn bits(facets: &[Facet]) -> Facets {
    let (mut all, mut at) = (0, 0);
    while at < facets.len() {
        all |= 1 << facets[at] as u32;
        at += 1;
    }
    all
}
