//! See [`BadEmbed`].

use super::CheckContext;
use super::rule::{Report, Scope, rule};
use crate::base::Origin;
use crate::embed;
use crate::model::Linked;
use crate::syntax::kinds::blocks::Block;

rule! {
    /// An `embed` block has an address that no page can show.
    ///
    /// It is that of a channel, a profile or a search and not of a single video, post or map; part of its id is missing; or it
    /// begins with `http:`, which browsers block on a page that came by `https:`. Readers would ask for it and get an error
    /// message.
    ///
    /// Copy the address of the video or post itself. For a whole channel, write a link in the text. For a map of Google's, choose
    /// “Share” and “Embed a map,” and take the address behind `src`.
    ///
    /// ```yaml
    /// url: https://www.youtube.com/@channel                  # write that of a video
    /// url: https://www.youtube.com/watch?v=jNQXAC9IVRw
    /// title: The first video on YouTube
    /// ```
    BadEmbed: BAD_EMBED, Error, Scope::Global(check)
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    for owner in site.model.illustrated().iter().copied() {
        look_at(site.model.origin(owner), site.model.linked(owner), report);
    }
    for (_, variant) in site.model.pages.iter().flat_map(|page| &page.variants) {
        look_at(variant.record.origin, variant.linked(), report);
    }
}

/// The embeds in a text.
fn look_at(origin: Origin, linked: Linked<'_>, report: &mut Report) {
    for embed in linked.blocks().filter_map(Block::embed) {
        let url = &embed.url.0;
        if let Err(fault) = embed::find(&url.value, embed.frame) {
            report.add(origin.span(url.range), fault.message).help = Some(fault.help);
        }
    }
}
