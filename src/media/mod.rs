//! Pictures, films and other files that pages show: what each one is, and what of it is published.
//!
//! [`Media::read`] looks at every file that a record uses: its kind by its bytes, its size, which way up it is, and whether
//! it may be published at all. What is wrong is data ([`Fault`]); the rule `bad-media` reports it. [`published`] is the file
//! without its metadata: a photograph says where and when it was taken and with whose camera, and nobody means to publish
//! that. With the feature `pictures`, [`Master`] makes the sizes that pages offer.
//!
//! Knows nothing about records or pages. Containers are read here and not by a library, because what decides is which of
//! their parts are let through: a part that nobody knows must not be.

mod avif;
mod exif;
mod fault;
mod gif;
mod jpeg;
mod kind;
#[cfg(feature = "pictures")]
mod master;
mod notes;
mod png;
mod scan;
mod sizes;
mod svg;
mod webp;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

pub use fault::Fault;
pub use kind::Kind;
#[cfg(feature = "pictures")]
pub use master::{Master, paths};
pub use sizes::{Shown, WIDTHS, sized};

use crate::base::{Hash, Map};
use crate::source::Files;
use crate::source::files::plain_words;
use scan::Scan;

/// The most pixels of a picture, in millions.
pub const MOST_MEGAPIXELS: u64 = 100;

/// The most bytes of a picture's file.
pub const MOST_BYTES: u64 = 64 << 20;

/// The most bytes of a color profile: it is part of every size of a picture.
const MOST_PROFILE: usize = 64 << 10;

/// How much of a file says what it is.
const HEAD: u64 = 8 << 10;

/// What is known about a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Medium {
    /// What it holds.
    pub kind: Kind,
    /// For a picture, its width and height as shown: after it was turned the right way up.
    pub size: Option<(u32, u32)>,
    /// A hash of a picture's bytes.
    pub hash: Option<Hash>,
    /// Which way up a picture is, as EXIF counts: 1 for “as it is”.
    orientation: u8,
    /// Whether it has a manifest of its origin (C2PA), so that it is published at its full size.
    has_manifest: bool,
    /// Whether other sizes can be made of it.
    is_plain: bool,
    /// Why it can't be published.
    pub fault: Option<Fault>,
}

impl Medium {
    /// A file that is published as it is.
    fn of_kind(kind: Kind) -> Self {
        let (size, hash, fault) = Default::default();
        Self { kind, size, hash, orientation: 1, has_manifest: false, is_plain: false, fault }
    }

    /// A file that can't be published.
    fn faulty(kind: Kind, fault: Fault) -> Self {
        Self { fault: Some(fault), ..Self::of_kind(kind) }
    }

    /// What the file at `path` is, with these bytes.
    #[must_use]
    pub fn of(path: &str, bytes: &[u8]) -> Self {
        let kind = Kind::of(bytes);
        if let Some(fault) = Fault::of_kind(path, kind, bytes) {
            return Self::faulty(kind, fault);
        }
        let seen = match kind {
            Kind::Svg => {
                return match svg::read(bytes) {
                    Ok(drawing) => Self { size: drawing.size, hash: Some(Hash::of(bytes)), ..Self::of_kind(kind) },
                    Err(refusal) => Self::faulty(kind, Fault::of_drawing(path, refusal)),
                };
            }
            Kind::Film | Kind::Sound | Kind::Document | Kind::Foreign(_) | Kind::Other => return Self::of_kind(kind),
            Kind::Jpeg | Kind::Png | Kind::Gif | Kind::WebP | Kind::Avif => scanned(kind, bytes),
        };
        let Some((size, scan)) = imagesize::blob_size(bytes).ok().zip(seen) else {
            return Self::faulty(kind, Fault::broken(path));
        };
        let is_turned = scan.orientation > 4;
        let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
        let (width, height) = (side(size.width), side(size.height));
        let size = if is_turned { (height, width) } else { (width, height) };
        if let Some(fault) = Fault::of_picture(path, size, &scan) {
            return Self::faulty(kind, fault);
        }
        Self {
            kind,
            size: Some(size),
            hash: Some(Hash::of(bytes)),
            orientation: scan.orientation,
            has_manifest: scan.has_manifest,
            is_plain: scan.is_plain,
            fault: None,
        }
    }

    /// Looks at a file. What follows the first bytes of a film is of no interest.
    fn read(path: &str, files: &dyn Files) -> Self {
        let unreadable = |error| Self::faulty(Kind::Other, Fault::unreadable(path, &plain_words(&error)));
        let (head, length) = match files.head(path, HEAD) {
            Ok(read) => read,
            Err(error) => return unreadable(error),
        };
        let kind = Kind::of(&head);
        if !kind.is_picture() || length <= HEAD {
            return Self::of(path, &head);
        }
        if length > MOST_BYTES {
            return Self::faulty(kind, Fault::large(path, length));
        }
        if let Some(known) = notes::recall(path, files) {
            return known;
        }
        let medium = files.read(path).map_or_else(unreadable, |bytes| Self::of(path, &bytes));
        notes::note(path, files, &medium);
        medium
    }
}

/// What a container says; `None` if it can't be cleaned.
fn scanned(kind: Kind, bytes: &[u8]) -> Option<Scan> {
    match kind {
        Kind::Jpeg => Some(jpeg::scan(bytes)),
        Kind::Png => Some(png::scan(bytes)),
        Kind::Gif => Some(gif::scan(bytes)),
        Kind::WebP => Some(webp::scan(bytes)),
        Kind::Avif => avif::published(bytes).map(|_| Scan { is_plain: false, is_whole: true, ..Scan::default() }),
        Kind::Svg | Kind::Film | Kind::Sound | Kind::Document | Kind::Foreign(_) | Kind::Other => None,
    }
}

/// What is published of a file: all of it but its metadata. Its color profile, its manifest of origin, and which way up it
/// is stay.
#[must_use]
pub fn published(medium: &Medium, bytes: Vec<u8>) -> Vec<u8> {
    let turn = |make: fn(u8) -> Vec<u8>| if medium.orientation == 1 { Vec::new() } else { make(medium.orientation) };
    match medium.kind {
        Kind::Jpeg => jpeg::scan(&bytes).published(&bytes, &turn(jpeg::turn)),
        Kind::Png => png::scan(&bytes).published(&bytes, &turn(png::turn)),
        Kind::Gif => gif::scan(&bytes).published(&bytes, &[]),
        Kind::WebP => webp::published(&webp::scan(&bytes), &bytes),
        // A file that can't be cleaned or read has a fault, so it isn't published.
        Kind::Avif => avif::published(&bytes).unwrap_or_default(),
        Kind::Svg => svg::read(&bytes).map(|drawing| svg::published(&drawing, &bytes)).unwrap_or_default(),
        Kind::Film | Kind::Sound | Kind::Document | Kind::Foreign(_) | Kind::Other => bytes,
    }
}

/// The files that a site's records use.
#[derive(Debug, Default)]
pub struct Media {
    known: BTreeMap<String, Arc<Medium>>,
    /// Pictures decoded last.
    #[cfg(feature = "pictures")]
    masters: master::Masters,
}

impl Media {
    /// Looks at the files at `paths`, which are relative to the folder `content`. Those in `known` need no second look.
    #[must_use]
    pub fn read(paths: Vec<&str>, content: &str, files: &dyn Files, known: &Map<String, Arc<Medium>>) -> Self {
        let look = |path: &str| {
            let seen = known.get(path).cloned();
            let medium = seen.unwrap_or_else(|| Arc::new(Medium::read(&format!("{content}/{path}"), files)));
            (path.to_owned(), medium)
        };
        let seen: Vec<_> = paths.into_par_iter().map(look).collect();
        Self { known: seen.into_iter().collect(), ..Self::default() }
    }

    /// The file at a path relative to the content folder; `None` if no record uses it.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Medium> {
        self.known.get(path).map(|medium| &**medium)
    }

    /// Every file, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Arc<Medium>)> {
        self.known.iter()
    }
}

#[cfg(test)]
mod tests;
