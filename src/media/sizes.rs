//! Which sizes of a picture a page offers.

use rayon::prelude::*;

use super::{Companions, Kind, Media, Medium};
use crate::source::Files;

/// The widths that pages offer, in pixels.
pub const WIDTHS: [u32; 5] = [360, 640, 960, 1280, 1920];

/// The widest of them.
pub(super) const WIDEST: u32 = WIDTHS[WIDTHS.len() - 1];

/// The width at which a picture appears with a link to its page elsewhere: what networks ask for.
const SHARED: u32 = 1200;

/// What is smaller than that is shown by networks as a stamp beside the title, if at all.
const LEAST_SHARED: (u32, u32) = (600, 315);

impl Medium {
    /// The widths that are made of it, smallest first; none if it is published as it is.
    #[must_use]
    pub fn widths(&self) -> Vec<u32> {
        let is_made =
            cfg!(feature = "pictures") && self.is_plain && matches!(self.kind, Kind::Jpeg | Kind::Png | Kind::WebP);
        let Some((width, _)) = self.size.filter(|(width, _)| is_made && *width > WIDTHS[0]) else { return Vec::new() };
        let mut widths: Vec<u32> = WIDTHS.into_iter().filter(|offered| *offered < width).collect();
        if widths.len() < WIDTHS.len() {
            widths.push(width);
        }
        widths
    }

    /// Whether the file at its own address is smaller than the author's. A file with a manifest of origin isn't, because
    /// that vouches for the picture as it was taken.
    #[must_use]
    pub fn is_reduced(&self) -> bool {
        let is_wide = self.size.is_some_and(|(width, _)| width > WIDEST);
        is_wide && !self.has_manifest && !self.widths().is_empty()
    }

    /// The width and height at which it appears with a link to its page elsewhere; `None` if it doesn't.
    #[must_use]
    pub fn shared_size(&self) -> Option<(u32, u32)> {
        let (width, height) = self.size.filter(|_| !self.widths().is_empty())?;
        if width < LEAST_SHARED.0 || height < LEAST_SHARED.1 {
            return None;
        }
        // What it is made of was cut down to the widest size.
        let widest = width.min(WIDEST);
        let shared = width.min(SHARED);
        Some((shared, scaled(scaled(height, widest, width), shared, widest)))
    }

    /// Whether it is taller than wide.
    #[must_use]
    pub fn is_upright(&self) -> bool {
        self.size.is_some_and(|(width, height)| height > width)
    }
}

/// The path of one size of the picture at `path`.
#[must_use]
pub fn sized(path: &str, width: u32) -> String {
    format!("{path}.{width}.webp")
}

/// The path of the picture at `path` as it appears with links to its page elsewhere, in JPEG: no network takes less.
#[must_use]
pub fn shared(path: &str, width: u32) -> String {
    format!("{path}.{width}.jpg")
}

/// A height in proportion, when a picture `of` this width gets another one.
pub(super) fn scaled(height: u32, width: u32, of: u32) -> u32 {
    let exact = f64::from(height) * f64::from(width) / f64::from(of.max(1));
    (exact.round() as u32).max(1)
}

/// The pictures of a site as its pages show them.
#[derive(Clone, Copy)]
pub struct Shown<'m> {
    /// What is known about them.
    pub media: &'m Media,
    /// Where they are read from.
    pub files: &'m dyn Files,
    /// The content folder.
    pub content: &'m str,
}

impl<'m> Shown<'m> {
    /// The file at a path relative to the content folder.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&'m Medium> {
        self.media.get(path)
    }

    /// The files beside a film that a page shows.
    #[must_use]
    pub fn companions(&self, path: &str) -> Option<&'m Companions> {
        self.media.companions(path)
    }

    /// Finds the colors of the pictures that a page is about to show, on all cores: each has to be decoded for it once.
    pub fn prepare<'p>(&self, paths: impl Iterator<Item = &'p str>) {
        let paths: Vec<&str> =
            paths.filter(|path| self.get(path).is_some_and(|medium| !medium.widths().is_empty())).collect();
        if paths.len() > 1 {
            paths.par_iter().for_each(|path| drop(self.tint(path)));
        }
    }

    /// The color that stands for a picture until it is there: none, because nothing here decodes it.
    #[cfg(not(feature = "pictures"))]
    #[must_use]
    pub fn tint(&self, _: &str) -> Option<String> {
        None
    }
}
