//! The picture that appears with a link to a page: the record's own, or a card.

use super::View;
use crate::base::escape;
use crate::config::CardKind;
use crate::media::{Kind, Medium, shared};
use crate::model::{Destination, RecordIx, Role};
use crate::syntax::kinds::common::Media;

/// The size of a card, in pixels: what consumers of Open Graph ask for.
pub const CARD: (u32, u32) = (1200, 630);

/// The picture that appears with a link to a page.
pub(super) struct Picture {
    /// Its address from the root.
    pub(super) path: String,
    pub(super) alt: String,
    /// What kind of file it is, as servers say it.
    pub(super) media_type: &'static str,
    /// Its width and height in pixels, if they are known.
    pub(super) size: Option<(u32, u32)>,
    /// Whether networks get it in a size that they show as wide as they can.
    is_large: bool,
}

impl Picture {
    /// Whether it may be shown across the whole of what represents a link. Networks would cut off the head and feet of
    /// what is taller than wide.
    pub(super) fn fills_the_width(&self) -> bool {
        self.is_large && self.size.is_some_and(|(width, height)| width >= height)
    }
}

impl<'m> View<'m> {
    /// The picture of a page: the record's own, in a size for networks; otherwise its card; without cards, its own picture
    /// as it is.
    pub(super) fn picture(&self, owner: Option<RecordIx>) -> Option<Picture> {
        let own = owner.and_then(|owner| self.own_picture(owner));
        let alt_of = |media: &Media| owner.map(|owner| self.plain_text(owner, media.alt.as_ref())).unwrap_or_default();
        if let Some((media, path, medium)) = own
            && let Some(size) = medium.shared_size()
        {
            let path = shared(&escape::percent_encoded(path), size.0);
            return Some(Picture { path, alt: alt_of(media), media_type: "image/jpeg", size: Some(size), is_large: true });
        }
        if self.has_cards() {
            let own = owner.and_then(|owner| Some((self.card_path(owner)?, self.record_title(owner))));
            let (path, alt) = own.unwrap_or_else(|| ("card.png".to_owned(), self.config.first().title.clone()));
            return Some(Picture { path, alt, media_type: "image/png", size: Some(CARD), is_large: true });
        }
        let (media, path, medium) = own?;
        // No network shows drawings in SVG, and few show AVIF.
        let media_type = match medium.kind {
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Gif => "image/gif",
            Kind::WebP => "image/webp",
            _ => return None,
        };
        let size = medium.size.filter(|_| !medium.is_reduced());
        Some(Picture { path: escape::percent_encoded(path), alt: alt_of(media), media_type, size, is_large: false })
    }

    /// The path of a record's own picture, if networks get it in a size of its own.
    #[must_use]
    pub fn shared_picture(&self, owner: RecordIx) -> Option<&'m str> {
        self.config.base_url.as_ref()?;
        self.own_picture(owner).filter(|(_, _, medium)| medium.shared_size().is_some()).map(|(_, path, _)| path)
    }

    /// A record's own picture: what is said about it, its path, and what is known about the file.
    fn own_picture(&self, owner: RecordIx) -> Option<(&'m Media, &'m str, &'m Medium)> {
        let media = match owner {
            RecordIx::Event(at) => self.reader.item(at).record.fields.media.as_deref(),
            RecordIx::Entity(at) => self.reader.item(at).record.fields.image.as_deref(),
            _ => None,
        }?;
        let Destination::Media(path) = self.reader.linked(owner).destinations.get(media.src.0)? else {
            return None;
        };
        let medium = self.pictures.get(path).filter(|medium| medium.fault.is_none())?;
        Some((media, &**path, medium))
    }

    /// Whether the site has cards.
    #[must_use]
    pub fn has_cards(&self) -> bool {
        cfg!(feature = "cards") && self.config.base_url.is_some() && self.config.cards.enable != Some(false)
    }

    /// The path of a record's own card in the output; `None` if it shows the site's, or a picture of its own.
    #[must_use]
    pub fn card_path(&self, owner: RecordIx) -> Option<String> {
        let kind = match owner {
            RecordIx::Page(at) if self.reader.role(at) == Role::Section => CardKind::Sections,
            RecordIx::Event(_) => CardKind::Events,
            RecordIx::Entity(_) => CardKind::Entities,
            RecordIx::Claim(_) => CardKind::Claims,
            RecordIx::Page(_) | RecordIx::Term(_) | RecordIx::Source(_) | RecordIx::Author(_) => return None,
        };
        let wanted = self.config.cards.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind));
        (wanted && self.shared_picture(owner).is_none()).then(|| format!("{}card.png", self.folder_of(owner)))
    }
}
