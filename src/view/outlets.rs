//! Which sources are of the same outlet, for the pages of sources.

use std::cmp::Reverse;
use std::sync::OnceLock;

use serde::Serialize;

use super::{DateView, View};
use crate::base::Map;
use crate::model::SourceIx;
use crate::model::read::{Facet, RecordKind};
use crate::syntax::kinds::source::Source;

/// How many other pieces of its outlet a source's page shows.
const PIECES: usize = 8;

/// All sources by outlet, newest first; sorted when a page first asks.
#[derive(Debug, Default)]
pub struct Outlets(OnceLock<Map<String, Vec<SourceIx>>>);

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
    pub date: Option<DateView>,
}

impl<'m> View<'m> {
    /// An outlet's name as its sources write it, without markup.
    fn outlet(&self, at: SourceIx) -> Option<String> {
        let item = self.reader.item(at);
        let fields: &Source = &item.record.fields;
        let name = self.own_words(item.linked(), fields.publisher.0.as_ref()?);
        Some(name.trim().to_owned()).filter(|name| !name.is_empty())
    }

    /// All sources of this one's outlet, newest first; none if it has no outlet.
    #[must_use]
    pub fn of_outlet(&self, at: SourceIx) -> &'m [SourceIx] {
        self.reader.note(at, Facet::Outlet);
        let view = self.untracked();
        let outlets = self.outlets.0.get_or_init(|| {
            let mut all: Map<String, Vec<SourceIx>> = Map::default();
            for at in SourceIx::first(view.reader.count(RecordKind::Source)) {
                if let Some(name) = view.outlet(at) {
                    all.entry(name).or_default().push(at);
                }
            }
            let key = |at: &SourceIx| {
                let date = view.reader.item(*at).record.fields.date.as_ref();
                (Reverse(date.map(|date| date.value.order_key(view.reader.zone()))), *at)
            };
            all.values_mut().for_each(|sources| sources.sort_by_cached_key(key));
            all
        });
        view.outlet(at).and_then(|name| outlets.get(&name)).map_or(&[], Vec::as_slice)
    }

    /// Other pieces of a source's outlet; `None` if there are none.
    #[must_use]
    pub fn more_of_outlet(&self, at: SourceIx) -> Option<OutletView> {
        let others = || self.of_outlet(at).iter().copied().filter(|other| *other != at);
        let count = others().count();
        let name = self.outlet(at).filter(|_| count > 0)?;
        let piece = |at: SourceIx| {
            let link = self.record_link(at.into());
            let date = self.reader.item(at).record.fields.date.as_ref();
            PieceView { title_html: link.title_html, url: link.url, date: date.map(|date| self.date(&date.value)) }
        };
        Some(OutletView {
            title: self.words.fill("phrase.more-from", &[("outlet", &self.isolated(&name))]),
            pieces: others().take(PIECES).map(piece).collect(),
            more: (count > PIECES).then(|| self.words.count("count.more-sources", count - PIECES)),
        })
    }
}
