//! Which sources are of the same outlet, for the pages of sources.

use std::cmp::Reverse;
use std::sync::OnceLock;

use serde::Serialize;

use super::{DateText, View};
use crate::base::Map;
use crate::model::SourceIx;
use crate::model::read::{Facet, RecordKind};
use crate::syntax::kinds::source::Source;

/// How many other pieces of its outlet a source's page shows.
const PIECES: usize = 6;

/// All sources by outlet, sorted when a page first asks.
#[derive(Debug, Default)]
pub struct Outlets(OnceLock<Sorted>);

#[derive(Debug, Default)]
struct Sorted {
    /// Each outlet's name, and its sources, newest first.
    outlets: Vec<(String, Vec<SourceIx>)>,
    /// By source, the position of its outlet.
    of: Vec<Option<usize>>,
}

impl Sorted {
    fn of(view: &View<'_>) -> Self {
        let mut sorted = Self::default();
        let mut known: Map<String, usize> = Map::default();
        for at in SourceIx::first(view.reader.count(RecordKind::Source)) {
            let outlet = view.outlet(at).map(|name| {
                *known.entry(name).or_insert_with_key(|name| {
                    sorted.outlets.push((name.clone(), Vec::new()));
                    sorted.outlets.len() - 1
                })
            });
            outlet.into_iter().for_each(|outlet| sorted.outlets[outlet].1.push(at));
            sorted.of.push(outlet);
        }
        let key = |at: &SourceIx| {
            let date = view.reader.item(*at).record.fields.date.as_ref();
            (Reverse(date.map(|date| date.value.order_key(view.reader.zone()))), *at)
        };
        sorted.outlets.iter_mut().for_each(|(_, sources)| sources.sort_by_cached_key(key));
        sorted
    }
}

/// Other pieces of a source's outlet.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct OutletView {
    /// “More from Associated Press”.
    pub title: String,
    /// The newest of them.
    pub pieces: Vec<PieceView>,
    /// “12 more sources”; absent if all are shown.
    pub more: Option<String>,
}

/// A piece of an outlet.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct PieceView {
    /// Its title.
    pub title_html: String,
    /// Its page.
    pub url: String,
    /// When it was published.
    pub date: Option<DateText>,
}

impl<'m> View<'m> {
    /// An outlet's name as its sources write it, without markup.
    fn outlet(&self, at: SourceIx) -> Option<String> {
        let item = self.reader.item(at);
        let fields: &Source = &item.record.fields;
        let name = self.own_words(item.linked(), fields.publisher.0.as_ref()?);
        Some(name.trim().to_owned()).filter(|name| !name.is_empty())
    }

    /// The name of a source's outlet, and all its sources, newest first; `None` if it has no outlet.
    #[must_use]
    pub fn of_outlet(&self, at: SourceIx) -> Option<(&'m str, &'m [SourceIx])> {
        self.reader.note(at, Facet::Outlet);
        let sorted = self.prepared.on_demand.outlets.0.get_or_init(|| Sorted::of(&self.untracked()));
        let (name, sources) = &sorted.outlets[sorted.of[at.position()]?];
        Some((name, sources))
    }

    /// Other pieces of a source's outlet; `None` if there are none.
    #[must_use]
    pub fn more_of_outlet(&self, at: SourceIx) -> Option<OutletView> {
        let (name, sources) = self.of_outlet(at).filter(|(_, sources)| sources.len() > 1)?;
        let others = sources.iter().copied().filter(|other| *other != at);
        let piece = |at: SourceIx| {
            let link = self.record_link(at.into());
            let date = self.reader.item(at).record.fields.date.as_ref();
            PieceView { title_html: link.title_html, url: link.url, date: date.map(|date| self.date_text(&date.value)) }
        };
        let more = (sources.len() - 1).saturating_sub(PIECES);
        Some(OutletView {
            title: self.words.fill("phrase.more-from", &[("outlet", &self.isolated(name))]),
            pieces: others.take(PIECES).map(piece).collect(),
            more: (more > 0).then(|| self.words.count("count.more-sources", more)),
        })
    }
}
