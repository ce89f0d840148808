//! Embeds in a body: what a page shows of something on another site until a reader asks for it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::View;
use super::citations::numbered::Numbering;
use super::html::Writer;
use super::picture::Place;
use crate::base::{escape, web_address};
use crate::embed::{self, Frame, Shape};
use crate::model::{Destination, Link, Linked, RecordIx, address};
use crate::syntax::indices::{AddressIx, BlockIx};
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::embed::Embed;

/// Something on another site.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct EmbedView {
    /// Its anchor on the page.
    pub id: String,
    /// What it is.
    pub title_html: String,
    /// The same without markup: the name of its frame.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Whose it is: “Vimeo,” or the name of a host.
    pub provider: String,
    /// The words for the link to it: “Open on Vimeo.”
    pub open: String,
    /// The picture that stands for it, with all its sizes.
    pub still_html: Option<String>,
    /// Who made it.
    pub by_html: Option<String>,
    /// The names of its sources.
    pub sources: String,
    /// Citations of them.
    pub marks_html: String,
    /// Its frame; absent if a page can only link to it.
    pub frame: Option<FrameView>,
}

/// The frame of an embed, which a script makes when a reader asks for it.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct FrameView {
    /// The address that it loads.
    pub url: String,
    /// The words on the button: “Show (loads from youtube.com).”
    pub show: String,
    /// Its width to its height, as in style sheets: `16 / 9`. Absent if it has a `height`.
    pub ratio: Option<String>,
    /// Its height in pixels.
    pub height: Option<u32>,
    /// What it may do, as the attribute `sandbox` has it.
    pub sandbox: &'static str,
    /// Which features of the browser it may use, as the attribute `allow` has it.
    pub allow: &'static str,
    /// How much of the page's address it learns, as the attribute `referrerpolicy` has it.
    pub referrer: &'static str,
}

/// The anchor of an embed in a record's text.
#[must_use]
pub fn embed_anchor(block: BlockIx) -> String {
    format!("embed--{}", block.position() + 1)
}

impl<'m> View<'m> {
    /// An embed; `None` if its address can't be embedded, which was reported.
    pub(super) fn embed(
        &self,
        owner: RecordIx,
        (index, embed): (BlockIx, &'m Embed),
        numbering: &mut Numbering,
    ) -> Option<EmbedView> {
        let linked = self.reader.linked(owner);
        let url = &embed.url.0.value;
        let found = embed::find(url, embed.frame).ok()?;
        let cited: Vec<Link> = embed.sources.iter().map(|source| linked.cited[source.0]).collect();
        let mut writer = Writer::page(self, owner, numbering);
        let still_html = embed.still.and_then(|still| writer.still(still.0));
        Some(EmbedView {
            id: embed_anchor(index),
            title_html: writer.text(&embed.title),
            title: writer.plain(&embed.title),
            url: url.clone(),
            open: self.words.fill("phrase.embed-open", &[("provider", &found.provider)]),
            provider: found.provider,
            still_html,
            by_html: embed.by.as_ref().map(|by| writer.party(by)),
            marks_html: writer.marks(&embed.sources),
            sources: self.source_names(&cited),
            frame: found.frame.map(|frame| self.frame(frame)),
        })
    }

    fn frame(&self, frame: Frame) -> FrameView {
        let own = self.config.base_url.as_deref().and_then(web_address::origin);
        let (ratio, height) = match frame.shape {
            Shape::Ratio(width, height) => (Some(format!("{width} / {height}")), None),
            Shape::Pixels(height) => (None, Some(u32::from(height))),
        };
        FrameView {
            show: self.words.fill("phrase.embed-show", &[("host", &frame.host)]),
            ratio,
            height,
            // A frame of the page's own origin could remove its sandbox, so it gets an origin of its own.
            sandbox: if own.as_ref() == Some(&frame.origin) { "allow-scripts allow-popups" } else { frame.sandbox },
            allow: frame.allow,
            referrer: frame.referrer,
            url: frame.url,
        }
    }

    /// Whether a longer text embeds anything, and the places whose frames its page has to allow.
    pub(super) fn frames(linked: Linked<'_>) -> (bool, Option<String>) {
        let mut embeds = linked.blocks().filter_map(Block::embed).peekable();
        let has_embeds = embeds.peek().is_some();
        let origin = |embed: &Embed| Some(embed::find(&embed.url.0.value, embed.frame).ok()?.frame?.origin);
        let origins: BTreeSet<String> = embeds.filter_map(origin).collect();
        let joined = origins.into_iter().collect::<Vec<_>>().join(" ");
        (has_embeds, Some(joined).filter(|joined| !joined.is_empty()))
    }
}

impl Writer<'_, '_> {
    /// The picture that stands for an embed. Its title says what it is, so the picture needs no words.
    fn still(&mut self, at: AddressIx) -> Option<String> {
        let mut out = String::new();
        match self.destination(at) {
            Destination::Media(path) => {
                let is_first = self.is_first_picture();
                self.view().open_picture(&mut out, path, Place::Text, is_first);
                self.view().close_picture(&mut out, path);
            }
            Destination::Root(path) => {
                out = format!("<img src=\"{}\" alt=\"\" loading=\"lazy\">", escape::html_string(&address::rooted(path)));
            }
            _ => return None,
        }
        Some(out)
    }
}
