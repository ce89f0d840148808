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
pub mod captions;
mod companions;
mod exif;
mod fault;
mod film;
mod gif;
mod jpeg;
mod kind;
#[cfg(feature = "pictures")]
mod master;
mod mp4;
mod notes;
mod pdf;
mod png;
mod scan;
mod sizes;
mod svg;
mod webm;
mod webp;
mod window;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

pub use companions::{Captions, Companions, captions_of};
pub use fault::Fault;
pub use kind::Kind;
#[cfg(feature = "pictures")]
pub use master::{Master, paths};
pub use sizes::{Shown, WIDTHS, shared, sized};

use crate::base::{Hash, Map};
use crate::source::Files;
use crate::source::files::plain_words;
use film::Tracks;
use scan::Scan;
use window::Window;

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
    /// How many bytes it has; zero for a picture, whose sizes have others.
    pub length: u64,
    /// How long a film or sound takes, in seconds.
    pub seconds: Option<u32>,
    /// Whether it is a film without sound.
    pub is_silent: bool,
    /// How many pages a document has, if that is cheaply known.
    pub pages: Option<u32>,
    /// Why a film or sound can't be played on a page. It can still be linked to.
    pub unplayable: Option<Fault>,
    /// Why it can't be published.
    pub fault: Option<Fault>,
}

impl Medium {
    /// A file that is published as it is.
    fn of_kind(kind: Kind) -> Self {
        Self {
            kind,
            size: None,
            hash: None,
            orientation: 1,
            has_manifest: false,
            is_plain: false,
            length: 0,
            seconds: None,
            is_silent: false,
            pages: None,
            unplayable: None,
            fault: None,
        }
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
            _ if !kind.is_picture() => {
                return Self { unplayable: Fault::of_foreign(path, kind, bytes), ..Self::of_kind(kind) };
            }
            _ => scanned(kind, bytes),
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
            ..Self::of_kind(kind)
        }
    }

    /// What a film or sound in MP4 or `WebM` is.
    fn played(path: &str, kind: Kind, head: &[u8], window: &mut Window<'_>) -> Self {
        let tracks = if kind == Kind::WebM { Tracks::of_webm(window) } else { Tracks::of_mp4(window) };
        let tracks = match tracks {
            Ok(tracks) => tracks,
            Err(broken) => {
                let fault = Fault::of_kind(path, kind, head).unwrap_or_else(|| Fault::of_film(path, broken));
                return Self::faulty(kind, fault);
            }
        };
        // The same containers hold films and sounds; a picture in what is called a sound is that of its cover.
        let kind = match kind {
            Kind::Mp4 if tracks.picture.is_none() => Kind::M4a,
            Kind::WebM if tracks.picture.is_none() => Kind::Weba,
            kind => kind,
        };
        Self {
            size: tracks.size.filter(|_| kind.is_film()),
            length: window.length,
            seconds: tracks.seconds,
            is_silent: tracks.sound.is_none(),
            unplayable: tracks.rare(kind.is_film()).map(|codec| Fault::of_codec(path, kind, codec)),
            fault: Fault::of_kind(path, kind, head).or_else(|| tracks.is_located.then(|| Fault::of_place(path))),
            ..Self::of_kind(kind)
        }
    }

    /// Looks at a file. Of a film, it is only what it says about itself.
    fn read(path: &str, files: &dyn Files) -> Self {
        let unreadable = |error| Self::faulty(Kind::Other, Fault::unreadable(path, &plain_words(&error)));
        let (head, length) = match files.head(path, HEAD) {
            Ok(read) => read,
            Err(error) => return unreadable(error),
        };
        let kind = Kind::of(&head);
        if matches!(kind, Kind::Mp4 | Kind::M4a | Kind::WebM) {
            return Self::played(path, kind, &head, &mut Window::new(files, path, length, head.clone()));
        }
        if kind == Kind::Document && Fault::of_kind(path, kind, &head).is_none() {
            return match pdf::read(&mut Window::new(files, path, length, head)) {
                Some(pages) => Self { length, pages, ..Self::of_kind(kind) },
                None => Self::faulty(kind, Fault::broken(path)),
            };
        }
        if kind == Kind::ForeignFilm("QuickTime") {
            let medium = Self { length, ..Self::of(path, &head) };
            let tracks = Tracks::of_mp4(&mut Window::new(files, path, length, head));
            return match tracks.ok().map(|tracks| tracks.rare(true).map(str::to_owned)) {
                Some(None) => Self { unplayable: Some(Fault::of_container(path)), ..medium },
                Some(Some(codec)) => Self { unplayable: Some(Fault::of_codec(path, kind, &codec)), ..medium },
                None => medium,
            };
        }
        if !kind.is_picture() {
            return Self { length, ..Self::of(path, &head) };
        }
        if length <= HEAD {
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
        _ => None,
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
        _ => bytes,
    }
}

/// The files that a site's records use.
#[derive(Debug, Default)]
pub struct Media {
    known: BTreeMap<String, Arc<Medium>>,
    /// The files beside each film, by its path.
    companions: BTreeMap<String, Companions>,
    /// Pictures decoded last.
    #[cfg(feature = "pictures")]
    masters: master::Masters,
}

impl Media {
    /// Looks at the files at the paths in `used`, which are relative to the folder `content`, and says of each whether a page
    /// shows it. Those in `known` need no second look. `listed` are all files that there are, from the root.
    #[must_use]
    pub fn read(
        used: &BTreeMap<&str, bool>,
        content: &str,
        files: &dyn Files,
        listed: &BTreeSet<String>,
        known: &Map<String, Arc<Medium>>,
    ) -> Self {
        let look = |path: &str| {
            let seen = known.get(path).cloned();
            let medium = seen.unwrap_or_else(|| Arc::new(Medium::read(&format!("{content}/{path}"), files)));
            (path.to_owned(), medium)
        };
        let seen: Vec<_> = used.par_iter().map(|(path, _)| look(path)).collect();
        let mut media = Self { known: seen.into_iter().collect(), ..Self::default() };
        let films =
            media.known.iter().filter(|(path, medium)| medium.kind.is_film() && used.get(path.as_str()) == Some(&true));
        media.companions = films.map(|(path, _)| (path.clone(), Companions::of(path, content, listed))).collect();
        let beside: BTreeSet<&str> = media.companions.values().flat_map(Companions::paths).collect();
        let more: Vec<_> = beside.into_par_iter().filter(|path| !media.known.contains_key(*path)).map(look).collect();
        media.known.extend(more);
        media
    }

    /// The files beside a film that a page shows.
    #[must_use]
    pub fn companions(&self, path: &str) -> Option<&Companions> {
        self.companions.get(path)
    }

    /// The file at a path relative to the content folder; `None` if no record uses it.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Medium> {
        self.known.get(path).map(|medium| &**medium)
    }

    /// Whether these are the same files, with the same in them.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.known == other.known && self.companions == other.companions
    }

    /// Every file, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Arc<Medium>)> {
        self.known.iter()
    }
}

#[cfg(test)]
mod tests;
