//! See [`UnframedEmbed`].

use super::CheckContext;
use super::rule::{Report, Scope, rule};
use crate::embed::{self, Embed};
use crate::syntax::kinds::blocks::Block;

rule! {
    /// An `embed` block is only a link, although its address was made to be shown in a frame.
    ///
    /// The program knows how to show what the large providers offer. The address of any other site becomes a link, because a
    /// frame runs that site's scripts on your page. An address with `embed`, `iframe`, `player` or `widget` in it was copied to
    /// be shown.
    ///
    /// If you trust the site, write `frame: true`. Then only the page with this block allows frames, only of that host, and only
    /// when a reader asks. If a link is what you want, copy the address of the page itself.
    ///
    /// ```yaml
    /// url: https://charts.example.org/embed/12
    /// title: Arrivals by month
    /// frame: true                                # add this
    /// ```
    UnframedEmbed: UNFRAMED_EMBED, Warning, Scope::Global(check)
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    for owner in site.model.illustrated().iter().copied() {
        for embed in site.model.linked(owner).blocks().filter_map(Block::embed) {
            let url = &embed.url.0;
            let is_link = matches!(embed::find(&url.value, embed.frame), Ok(Embed { frame: None, .. }));
            if is_link && embed::is_made_for_frames(&url.value) {
                let message = "readers get a link here, because the program doesn't know this provider";
                let help = "write `frame: true` to show it on the page, or use the address of the page itself";
                report.add(site.model.origin(owner).span(url.range), message).help = Some(help.to_owned());
            }
        }
    }
}
