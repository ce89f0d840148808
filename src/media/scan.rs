//! What the container of a picture says about it.

use std::ops::Range;

/// What was found in a picture's container, without decoding it.
#[derive(Debug)]
pub(super) struct Scan {
    /// Which way up it is, as EXIF counts: 1 for “as it is”.
    pub(super) orientation: u8,
    /// The parts that are published, in their order.
    pub(super) kept: Vec<Range<usize>>,
    /// Where a statement of the orientation goes among them.
    pub(super) turn_at: usize,
    /// How many bytes of color profile it has.
    pub(super) profile: usize,
    /// Whether it has a manifest of its origin (C2PA) that is kept.
    pub(super) has_manifest: bool,
    /// Whether it can be decoded into red, green and blue, and is one still picture.
    pub(super) is_plain: bool,
    /// Whether it ends as its container says.
    pub(super) is_whole: bool,
}

impl Default for Scan {
    fn default() -> Self {
        Self {
            orientation: 1,
            kept: Vec::new(),
            turn_at: 0,
            profile: 0,
            has_manifest: false,
            is_plain: true,
            is_whole: false,
        }
    }
}

impl Scan {
    /// Keeps a part.
    pub(super) fn keep(&mut self, part: Range<usize>) {
        self.kept.push(part);
    }

    /// States the orientation behind what was kept so far.
    pub(super) fn turn_here(&mut self) {
        self.turn_at = self.kept.len();
    }

    /// The kept parts of `bytes`, with `turn` where the orientation belongs.
    pub(super) fn published(&self, bytes: &[u8], turn: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len());
        for (at, part) in self.kept.iter().enumerate() {
            if at == self.turn_at {
                out.extend_from_slice(turn);
            }
            out.extend_from_slice(bytes.get(part.clone()).unwrap_or_default());
        }
        out
    }
}

/// Whether a manifest (C2PA) says where a picture was taken. Such a manifest isn't published.
pub(super) fn tells_place(manifest: &[u8]) -> bool {
    let has = |needle: &[u8]| memchr::memmem::find(manifest, needle).is_some();
    has(b"GPSLatitude") || has(b"GPSLongitude") || has(b"GPSCoordinates") || has(b"latitude")
}

/// A number of four bytes, the most significant first.
pub(super) fn big(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(four)).ok()
}

/// A number of four bytes, the least significant first.
pub(super) fn little(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(four)).ok()
}
