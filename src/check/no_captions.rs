//! See [`NoCaptions`].

use super::CheckContext;
use super::rule::{Report, Scope, rule};

rule! {
    /// A film that a page shows has sound and no captions.
    ///
    /// Readers who can't hear it, or can't turn the sound on where they are, don't learn what is said. In many countries the law
    /// requires captions.
    ///
    /// Put a file in `WebVTT` beside the film, with the same name and the ending `.vtt`. Programs that write down what is said
    /// can export it; read it once against the film. A film without a sound track needs none. If nobody speaks in it, say so in
    /// a waiver in `book.toml`.
    ///
    /// ```text
    /// media/hearing.mp4
    /// media/hearing.vtt       add this
    /// ```
    NoCaptions: NO_CAPTIONS, Warning, Scope::Global(check)
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    for owner in site.model.illustrated().iter().copied() {
        let linked = site.model.linked(owner);
        for (address, destination) in linked.pieces.addresses.iter().zip(linked.destinations) {
            let Some(path) = destination.media().filter(|_| address.usage.takes_films()) else { continue };
            let Some(medium) = site.media.get(path).filter(|medium| medium.kind.is_film() && !medium.is_silent) else {
                continue;
            };
            let has_captions = site.media.companions(path).is_some_and(|beside| !beside.captions.is_empty());
            if medium.fault.is_none() && medium.unplayable.is_none() && !has_captions {
                let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
                let message = format!("`{}/{path}` has no captions", site.tree.content);
                report.add(site.model.origin(owner).span(address.range), message).help =
                    Some(format!("write them in WebVTT and save them as `{}/{stem}.vtt`", site.tree.content));
            }
        }
    }
}
