//! Pictures: one of a record, those of a text, and blocks of them.

use serde::Serialize;

use super::View;
use super::film::class_of;
use super::html::Writer;
use crate::base::escape;
use crate::media::{Medium, sized};
use crate::model::{Destination, address};
use crate::syntax::indices::AddressIx;
use crate::syntax::kinds::common::Media;
use crate::syntax::kinds::pictures::{Figure, FigureWidth, Gallery, GalleryLayout, GalleryPicture};
use crate::syntax::text::Text;

/// A picture.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct PictureView {
    /// Its address.
    pub url: String,
    /// What it shows, in words.
    pub alt: String,
    /// Its width in pixels; absent if it isn't known.
    pub width: Option<u32>,
    /// Its height in pixels.
    pub height: Option<u32>,
    /// Whether it is taller than wide.
    pub upright: bool,
    /// The picture with all its sizes, ready to show.
    pub img_html: String,
    /// Text shown below it.
    pub caption_html: Option<String>,
    /// Who made it.
    pub credit_html: Option<String>,
    /// Its license.
    pub license_html: Option<String>,
}

/// A picture, film, sound or document in a text, with its caption.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct FigureView {
    /// What it shows: `picture`, `film`, `sound` or `document`.
    pub kind: &'static str,
    /// The picture, or what else it shows. Its caption is in `caption_html` below.
    pub picture: PictureView,
    /// Whether it is as wide as the page has room for.
    pub wide: bool,
    /// Text shown below it, paragraph by paragraph.
    pub caption_html: Vec<String>,
}

/// Several pictures in a text.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct GalleryView {
    /// Two to six pictures.
    pub pictures: Vec<PictureView>,
    /// Whether they are two of the same place, one over the other, with a slider between them.
    pub compare: bool,
    /// Text shown below all of them, paragraph by paragraph.
    pub caption_html: Vec<String>,
    /// Who made them.
    pub credit_html: Option<String>,
    /// Their license.
    pub license_html: Option<String>,
}

/// Where a picture is shown, which decides how wide it can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a column of text.
    Text,
    /// Wider than the text.
    Wide,
    /// Beside another.
    Half,
}

impl Place {
    /// The `sizes` of a picture here, as HTML has them: what is true of the theme's style sheet.
    fn sizes(self, is_upright: bool) -> &'static str {
        match self {
            Self::Text if is_upright => "(min-width: 40rem) 15.4rem, 60vw",
            Self::Text => "(min-width: 40rem) 38.5rem, calc(100vw - 2rem)",
            Self::Wide => "(min-width: 80rem) 52rem, (min-width: 62rem) 38.5rem, calc(100vw - 2rem)",
            Self::Half => "(min-width: 40rem) 19rem, calc(50vw - 1.5rem)",
        }
    }
}

impl View<'_> {
    /// Opens a picture, up to its alternative text.
    pub(super) fn open_picture(&self, out: &mut String, path: &str, place: Place, is_first: bool) {
        let medium = self.pictures.get(path);
        let encoded = escape::percent_encoded(path);
        let widths = medium.map(Medium::widths).unwrap_or_default();
        if !widths.is_empty() {
            let one = |width: &u32| format!("{} {width}w", address::file(&sized(&encoded, *width)));
            let sizes = place.sizes(medium.is_some_and(Medium::is_upright));
            out.push_str("<picture><source type=\"image/webp\" srcset=\"");
            out.push_str(&widths.iter().map(one).collect::<Vec<_>>().join(", "));
            out.push_str(&format!("\" sizes=\"{sizes}\">"));
        }
        out.push_str("<img src=\"");
        out.push_str(&address::file(&encoded));
        if let Some((width, height)) = medium.and_then(|medium| medium.size) {
            out.push_str(&format!("\" width=\"{width}\" height=\"{height}"));
        }
        if medium.is_some_and(Medium::is_upright) {
            out.push_str("\" class=\"upright");
        }
        if let Some(tint) = self.pictures.tint(path) {
            out.push_str("\" data-tint=\"");
            out.push_str(&tint);
        }
        // What a reader sees first shouldn't wait.
        out.push_str(if is_first { "\" alt=\"" } else { "\" loading=\"lazy\" decoding=\"async\" alt=\"" });
    }

    /// Closes what [`Self::open_picture`] opened, behind the alternative text.
    pub(super) fn close_picture(&self, out: &mut String, path: &str) {
        let has_sizes = self.pictures.get(path).is_some_and(|medium| !medium.widths().is_empty());
        out.push_str(if has_sizes { "\"></picture>" } else { "\">" });
    }
}

/// What blocks and records say about a picture.
struct Said<'t> {
    src: AddressIx,
    alt: Option<&'t Text>,
    caption: Option<&'t Text>,
    credit: Option<&'t Text>,
    license: Option<&'t Text>,
}

impl<'m> Writer<'_, 'm> {
    /// A record's picture.
    pub fn picture(&mut self, media: &Media) -> PictureView {
        let Media { src, alt, credit, license, caption } = media;
        let said = Said {
            src: src.0,
            alt: alt.as_ref(),
            caption: caption.as_ref(),
            credit: credit.as_ref(),
            license: license.as_ref(),
        };
        self.shown(&said, Place::Text, None)
    }

    /// A block with one picture.
    pub(super) fn figure(&mut self, figure: &Figure) -> FigureView {
        let Figure { src, alt, caption, credit, license, width, highlight } = figure;
        let is_wide = *width == FigureWidth::Wide;
        let place = if is_wide { Place::Wide } else { Place::Text };
        let said = Said { src: src.0, alt: Some(alt), caption: None, credit: credit.as_ref(), license: license.as_ref() };
        let kind = self.film_at(src.0).map_or("picture", |(_, medium)| class_of(medium.kind));
        let page = highlight.as_ref().map(|page| format!("page={}", page.0.value));
        FigureView {
            kind,
            picture: self.shown(&said, place, page.as_deref()),
            wide: is_wide,
            caption_html: self.maybe_paragraphs(caption.as_ref()),
        }
    }

    /// A block with several pictures.
    pub(super) fn gallery(&mut self, gallery: &Gallery) -> GalleryView {
        let Gallery { pictures, layout, caption, credit, license } = gallery;
        let is_compare = *layout == GalleryLayout::Compare;
        let place = if is_compare { Place::Text } else { Place::Half };
        let mut one = |picture: &GalleryPicture| {
            let GalleryPicture { src, alt, caption, credit, license } = picture;
            let said = Said {
                src: src.0,
                alt: Some(alt),
                caption: caption.as_ref(),
                credit: credit.as_ref(),
                license: license.as_ref(),
            };
            self.shown(&said, place, None)
        };
        let pictures = pictures.iter().map(&mut one).collect();
        GalleryView {
            pictures,
            compare: is_compare,
            caption_html: self.maybe_paragraphs(caption.as_ref()),
            credit_html: self.maybe(credit.as_ref()),
            license_html: self.maybe(license.as_ref()),
        }
    }

    fn shown(&mut self, said: &Said<'_>, place: Place, part: Option<&str>) -> PictureView {
        let alt = said.alt.map(|alt| self.plain(alt)).unwrap_or_default();
        if let Some((path, medium)) = self.film_at(said.src) {
            return self.shown_film(said, alt, (path, medium), part);
        }
        let is_first = self.is_first_picture();
        let (view, destination) = (self.view(), self.destination(said.src));
        let mut img_html = String::new();
        let (mut size, mut upright, mut url) = (None, false, String::new());
        match destination {
            Destination::Media(path) => {
                url = address::file(&escape::percent_encoded(path));
                let medium = view.pictures.get(path);
                size = medium.and_then(|medium| medium.size);
                upright = medium.is_some_and(Medium::is_upright);
                view.open_picture(&mut img_html, path, place, is_first);
                escape::html(&mut img_html, &alt);
                view.close_picture(&mut img_html, path);
            }
            Destination::Root(path) => {
                url = address::rooted(path);
                img_html = format!("<img src=\"{url}\" alt=\"{}\">", escape::html_string(&alt));
            }
            _ => {}
        }
        PictureView {
            url,
            alt,
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
            upright,
            img_html,
            caption_html: self.maybe(said.caption),
            credit_html: self.maybe(said.credit),
            license_html: self.maybe(said.license),
        }
    }

    /// A block with a film, sound or document.
    fn shown_film(
        &mut self,
        said: &Said<'_>,
        alt: String,
        (path, medium): (&str, &Medium),
        part: Option<&str>,
    ) -> PictureView {
        let mut img_html = String::new();
        self.view().open_film(&mut img_html, path, medium, part);
        escape::html(&mut img_html, &alt);
        self.view().close_film(&mut img_html, path, medium, true);
        PictureView {
            url: address::file(&escape::percent_encoded(path)),
            alt,
            width: medium.size.map(|(width, _)| width),
            height: medium.size.map(|(_, height)| height),
            upright: medium.is_upright(),
            img_html,
            caption_html: self.maybe(said.caption),
            credit_html: self.maybe(said.credit),
            license_html: self.maybe(said.license),
        }
    }
}
