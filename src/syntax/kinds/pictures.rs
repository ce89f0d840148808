//! Blocks of pictures in a text.

use super::paths::{FigurePath, PicturePath};
use crate::base::At;
use crate::diagnostics::code;
use crate::syntax::decode::{Decode, Decoder};
use crate::syntax::node::{Kind, Node};
use crate::syntax::shape::Shape;
use crate::syntax::text::Text;
use crate::{choice, record};

choice! {
    /// How wide a picture in a text is.
    #[derive(Default)]
    pub enum FigureWidth {
        /// As wide as the text.
        #[default]
        Text = "text",
        /// As wide as the page has room for.
        Wide = "wide",
    }
}

choice! {
    /// How the pictures of a gallery are arranged.
    #[derive(Default)]
    pub enum GalleryLayout {
        /// Side by side.
        #[default]
        Grid = "grid",
        /// Two of the same place, one over the other, with a slider between them.
        Compare = "compare",
    }
}

record! {
    /// A picture, film, sound or document in a text.
    pub struct Figure = "a `figure` block" {
        /// the file, relative to `content/`
        "src" src: FigurePath, required;
        /// what it shows, in words
        "alt" alt: Text, required;
        /// text shown below it
        "caption" caption: Option<Text> => paragraphs;
        /// who made it
        "credit" credit: Option<Text>;
        /// its license
        "license" license: Option<Text>;
        /// how wide it is
        "width" width: FigureWidth;
        /// the page at which a document opens, such as `p. 3`
        "highlight" highlight: Option<PageNumber>;
    }
}

/// A page of a document.
#[derive(Clone, Debug)]
pub struct PageNumber(pub At<u32>);

impl Decode for PageNumber {
    const SHAPE: &'static str = "a page, such as `p. 3`";

    fn shape() -> Shape {
        Shape::Text
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let written = d.scalar(node, Self::SHAPE)?;
        let number = written.trim().trim_start_matches("page").trim_start_matches("p.").trim_start_matches('p').trim();
        let is_number = (1..=5).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        if let Some(number) = number.parse().ok().filter(|number| is_number && *number > 0) {
            return Some(Self(At::new(number, node.range)));
        }
        d.error(code::BAD_VALUE, node.range, format!("`{written}` is not a page")).help =
            Some("write the number of one page, as in `p. 3`".to_owned());
        None
    }
}

record! {
    /// Several pictures in a text.
    pub struct Gallery = "a `gallery` block" {
        /// two to six pictures
        "pictures" pictures: Vec<GalleryPicture>, required;
        /// how they are arranged
        "layout" layout: GalleryLayout;
        /// text shown below all of them
        "caption" caption: Option<Text> => paragraphs;
        /// who made them
        "credit" credit: Option<Text>;
        /// their license
        "license" license: Option<Text>;
    }
}

record! {
    /// One picture of a gallery.
    pub struct GalleryPicture = "a picture of a gallery" {
        /// the file, relative to `content/`
        "src" src: PicturePath, required;
        /// what it shows, in words
        "alt" alt: Text, required;
        /// text shown below it
        "caption" caption: Option<Text>;
        /// who made it
        "credit" credit: Option<Text>;
        /// its license
        "license" license: Option<Text>;
    }
}

/// Decodes a gallery, and counts its pictures.
pub(super) fn gallery(node: &Node, d: &mut Decoder) -> Option<Gallery> {
    let gallery = Gallery::decode(node, d)?;
    let Kind::Map(entries) = &node.kind else { return None };
    // Those that can't be read count, because what is wrong with them is another matter.
    let (written, range) = entries.iter().find_map(|(key, value)| match &value.kind {
        Kind::Seq(items) if key.value == "pictures" => Some((items.len(), key.range)),
        _ => (key.value == "pictures").then_some((0, key.range)),
    })?;
    let (message, help) = match (gallery.layout, written) {
        (GalleryLayout::Grid, 2..=6) | (GalleryLayout::Compare, 2) => return Some(gallery),
        (GalleryLayout::Compare, _) => {
            ("a comparison takes two pictures", "name the earlier one first, or remove `layout: compare`")
        }
        (GalleryLayout::Grid, 0 | 1) => ("a gallery takes at least two pictures", "write a `figure` block for one picture"),
        (GalleryLayout::Grid, _) => ("a gallery takes at most six pictures", "make two galleries of them"),
    };
    d.error(code::BAD_VALUE, range, message).help = Some(help.to_owned());
    None
}
