//! The picture of a record.

use serde::Serialize;

use super::html::Writer;
use crate::model::{Destination, Item, address};
use crate::syntax::kinds::common::Media;

/// A picture.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct PictureView {
    /// Its address.
    pub url: String,
    /// What it shows, in words.
    pub alt: String,
    /// Text shown below it.
    pub caption_html: Option<String>,
    /// Who made it.
    pub credit_html: Option<String>,
    /// Its license.
    pub license_html: Option<String>,
}

/// A record's picture.
pub fn picture<T>(media: &Media, item: &Item<T>, writer: &mut Writer<'_, '_>) -> PictureView {
    let url = match &item.destinations[media.src.0] {
        Destination::Media(path) => address::file(&crate::base::escape::percent_encoded(path)),
        _ => String::new(),
    };
    PictureView {
        url,
        alt: media.alt.as_ref().map(|alt| writer.plain(alt)).unwrap_or_default(),
        caption_html: writer.maybe(media.caption.as_ref()),
        credit_html: writer.maybe(media.credit.as_ref()),
        license_html: writer.maybe(media.license.as_ref()),
    }
}
