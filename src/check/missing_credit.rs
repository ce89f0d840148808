//! See [`MissingCredit`].

use super::CheckContext;
use super::rule::{Report, Scope, rule};
use crate::base::Origin;
use crate::model::{Linked, RecordIx};
use crate::syntax::indices::AddressIx;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::common::Media;

rule! {
    /// A picture or film has neither a `credit` nor a `license`.
    ///
    /// Somebody made it, and nearly everywhere has the right to be named. Without either, readers can't tell a photographer's
    /// work from a handout, and nobody in the newsroom knows whether it may be shown at all.
    ///
    /// The rule looks at `figure` and `gallery` blocks, the `media` of events and the `image` of entities. A credit of a
    /// whole gallery counts for each of its pictures. A picture in Markdown, `![…](…)`, has no room for one: write a `figure`.
    ///
    /// Add `credit` with who made it, or `license` if nobody has to be named. For the newsroom's own picture, name who took
    /// it.
    ///
    /// ```yaml
    /// src: media/court.jpg
    /// alt: Two guards in front of a white building
    /// credit: Jane Doe          # add this
    /// ```
    MissingCredit: MISSING_CREDIT, Warning, Scope::Global(check)
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    for owner in site.model.illustrated().iter().copied() {
        let linked = site.model.linked(owner);
        let mut look = Look { site, linked, origin: site.model.origin(owner), report: &mut *report };
        look.media(match owner {
            RecordIx::Event(at) => site.model[at].item.record.fields.media.as_deref(),
            RecordIx::Entity(at) => site.model[at].item.record.fields.image.as_deref(),
            _ => None,
        });
        look.blocks();
        let RecordIx::Page(page) = owner else { continue };
        for (_, variant) in &site.model[page].variants {
            let origin = variant.record.origin;
            Look { site, linked: variant.linked(), origin, report: &mut *report }.blocks();
        }
    }
}

struct Look<'c, 'a> {
    site: &'c CheckContext<'a>,
    linked: Linked<'a>,
    origin: Origin,
    report: &'c mut Report,
}

impl Look<'_, '_> {
    fn media(&mut self, media: Option<&Media>) {
        let Some(media) = media else { return };
        self.picture(media.src.0, media.credit.is_some() || media.license.is_some());
    }

    fn blocks(&mut self) {
        for block in self.linked.blocks() {
            match block {
                Block::Figure(figure) => self.picture(figure.src.0, figure.credit.is_some() || figure.license.is_some()),
                Block::Gallery(gallery) => {
                    let has_all = gallery.credit.is_some() || gallery.license.is_some();
                    for picture in &gallery.pictures {
                        self.picture(picture.src.0, has_all || picture.credit.is_some() || picture.license.is_some());
                    }
                }
                _ => {}
            }
        }
    }

    /// Reports a picture or film that says nothing about who made it. Other files, such as documents, say that themselves, and
    /// one that can't be shown needs other work first.
    fn picture(&mut self, src: AddressIx, is_credited: bool) {
        let is_unread = |field| self.linked.pieces.has_unread(field);
        if is_credited || is_unread("credit") || is_unread("license") {
            return;
        }
        let address = &self.linked.pieces.addresses[src];
        let Some(medium) = self.linked.destinations[src].media().and_then(|path| self.site.media.get(path)) else { return };
        let what = match medium.kind {
            kind if kind.is_picture() => "picture",
            kind if kind.is_film() && address.usage.takes_films() => "film",
            _ => return,
        };
        if medium.fault.is_some() || medium.unplayable.is_some() {
            return;
        }
        let place = self.origin.span(address.range);
        self.report.add(place, format!("this {what} has neither a credit nor a license")).help =
            Some("add `credit:` with who made it, or `license:` with its terms".to_owned());
    }
}
