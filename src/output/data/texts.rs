//! The longer texts of pages and records, as `data/site.json` has them.

use super::site_json::Maker;
use crate::model::RecordIx;
use crate::syntax::kinds::blocks::{Block, ClaimBlock, Known, Quote};
use crate::syntax::kinds::map::{Map, Stop};
use crate::syntax::kinds::pictures::{Figure, Gallery};
use crate::syntax::text::Text;
use crate::view::plain_text::paragraphs;

impl Maker<'_> {
    /// The words of a record's longer text, if it has one and texts are wanted.
    pub(super) fn body(&self, owner: RecordIx) -> Option<String> {
        let linked = self.model().linked(owner);
        let body = linked.body.filter(|_| self.texts)?;
        let words = |block| self.block(owner, &body.blocks[block]);
        Some(paragraphs(&self.view, linked, body.markdown(linked.pieces), &words))
    }

    /// What a map shows: its title, its places with what happened there, and what is said about it.
    fn map(&self, owner: RecordIx, map: &Map) -> String {
        let targets = self.model().linked(owner).targets;
        let stop = |stop: &Stop| {
            let name = self.view.plain_title(targets[stop.place.0]).unwrap_or_default();
            match &stop.text {
                Some(text) => self.view.labeled(name, &self.text(owner, text)),
                None => name.to_owned(),
            }
        };
        let stops: Vec<String> = map.stops().map(stop).filter(|words| !words.is_empty()).collect();
        let head = format!("{} {}", self.text(owner, &map.title), self.text(owner, &map.alt));
        let caveat = map.caveat.as_ref().map(|caveat| self.text(owner, caveat));
        std::iter::once(head).chain(stops).chain(caveat).collect::<Vec<_>>().join("\n\n")
    }

    /// The text of one of our blocks.
    pub(in crate::output) fn block(&self, owner: RecordIx, block: &Block) -> String {
        match block {
            // Its events are listed with the page's.
            Block::Timeline(_) => String::new(),
            Block::Claim(ClaimBlock { id }) => {
                let target = self.model().linked(owner).targets[id.0];
                self.view.plain_title(target).unwrap_or_default().to_owned()
            }
            Block::Known(Known { known, unknown, contested, as_of: _ }) => {
                let lists = [("ui.known", known), ("ui.unknown", unknown), ("ui.contested", contested)];
                let list = |(word, texts): (&str, &Vec<Text>)| {
                    let texts: Vec<_> = texts.iter().map(|text| self.text(owner, text)).collect();
                    (!texts.is_empty()).then(|| self.view.labeled(self.view.words.get(word), &texts.join(" ")))
                };
                lists.into_iter().filter_map(list).collect::<Vec<_>>().join("\n\n")
            }
            // Its figures are in a file of their own or on the page; its words say what they show.
            Block::Chart(chart) => format!("{} {}", self.text(owner, &chart.title), self.text(owner, &chart.alt)),
            Block::Figure(Figure { alt, caption, src: _, credit: _, license: _, width: _, highlight: _ }) => {
                self.text(owner, caption.as_ref().unwrap_or(alt))
            }
            Block::Gallery(Gallery { pictures, caption, layout: _, credit: _, license: _ }) => {
                let own = pictures.iter().map(|picture| picture.caption.as_ref().unwrap_or(&picture.alt));
                let texts: Vec<_> = own.chain(caption).map(|text| self.text(owner, text)).collect();
                texts.join("\n\n")
            }
            Block::Map(map) => self.map(owner, map),
            Block::Embed(embed) => format!("{} ({})", self.text(owner, &embed.title), embed.url.0.value),
            Block::Quote(Quote { text, by, on: _, sources: _, lang: _ }) => {
                let by = by.as_ref().map(|by| format!(" ({})", self.party(owner, by).1)).unwrap_or_default();
                format!("{}{by}", self.view.quoted(&self.text(owner, text)))
            }
        }
    }
}
