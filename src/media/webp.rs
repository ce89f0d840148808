//! WebP: chunks in a RIFF file.

use super::exif;
use super::scan::{Scan, little, tells_place};

/// Which chunks the first one, `VP8X`, promises.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;
#[cfg(feature = "pictures")]
const HAS_ALPHA: u8 = 0x10;
#[cfg(feature = "pictures")]
const HAS_PROFILE: u8 = 0x20;

/// Reads the chunks of a file. EXIF and XMP are left out.
pub(super) fn scan(bytes: &[u8]) -> Scan {
    let mut scan = Scan::default();
    let whole = little(bytes, 4).and_then(|length| length.checked_add(8)).unwrap_or(usize::MAX);
    scan.is_whole = whole <= bytes.len();
    let mut at = 12;
    while let (Some(name), Some(length)) = (bytes.get(at..at + 4), little(bytes, at + 4)) {
        let Some(end) = at.checked_add(8).and_then(|start| start.checked_add(length)) else { break };
        let Some(data) = bytes.get(at + 8..end) else { break };
        let padded = end.saturating_add(length % 2).min(bytes.len());
        match name {
            b"EXIF" => scan.orientation = exif::orientation(data),
            b"ICCP" => {
                scan.profile = data.len();
                scan.keep(at..padded);
            }
            b"C2PA" if !tells_place(data) => {
                scan.has_manifest = true;
                scan.keep(at..padded);
            }
            b"ANIM" | b"ANMF" => {
                scan.is_plain = false;
                scan.keep(at..padded);
            }
            b"VP8X" | b"VP8 " | b"VP8L" | b"ALPH" => scan.keep(at..padded),
            _ => {}
        }
        at = padded;
    }
    scan.turn_at = usize::MAX;
    scan
}

/// The file without what isn't published. An orientation, if it isn't 1, is a chunk at the end.
pub(super) fn published(scan: &Scan, bytes: &[u8]) -> Vec<u8> {
    let mut chunks = scan.published(bytes, &[]);
    let is_extended = chunks.starts_with(b"VP8X");
    let turns = is_extended && scan.orientation != 1;
    if let Some(flags) = chunks.get_mut(8).filter(|_| is_extended) {
        *flags = *flags & !(HAS_EXIF | HAS_XMP) | if turns { HAS_EXIF } else { 0 };
    }
    if turns {
        push(&mut chunks, *b"EXIF", &exif::with_orientation(scan.orientation));
    }
    riff(&chunks)
}

/// A file with a color profile, made from one that has neither a profile nor an extended header.
#[cfg(feature = "pictures")]
pub(super) fn with_profile(bytes: &[u8], (width, height): (u32, u32), profile: &[u8]) -> Vec<u8> {
    let Some(chunks) = bytes.get(12..) else { return bytes.to_vec() };
    if chunks.starts_with(b"VP8X") {
        // The encoder writes an extended header only for transparency: the profile comes behind it.
        let mut out = chunks.get(..18).unwrap_or_default().to_vec();
        out[8] |= HAS_PROFILE;
        push(&mut out, *b"ICCP", profile);
        out.extend_from_slice(chunks.get(18..).unwrap_or_default());
        return riff(&out);
    }
    // In a lossless file, the bit behind the two sizes says whether anything is transparent.
    let is_clear = chunks.starts_with(b"VP8L") && chunks.get(12).is_some_and(|bits| bits & 0x10 != 0);
    let mut head = vec![HAS_PROFILE | if is_clear { HAS_ALPHA } else { 0 }, 0, 0, 0];
    for side in [width, height] {
        head.extend(&side.saturating_sub(1).to_le_bytes()[..3]);
    }
    let mut out = Vec::new();
    push(&mut out, *b"VP8X", &head);
    push(&mut out, *b"ICCP", profile);
    out.extend_from_slice(chunks);
    riff(&out)
}

/// The color profile of a file.
#[cfg(feature = "pictures")]
pub(super) fn profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut at = 12;
    loop {
        let (name, length) = (bytes.get(at..at + 4)?, little(bytes, at + 4)?);
        if name == b"ICCP" {
            return bytes.get(at + 8..(at + 8).checked_add(length)?).map(<[u8]>::to_vec);
        }
        at = at.checked_add(8)?.checked_add(length)?.checked_add(length % 2)?;
    }
}

fn push(out: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    out.extend(name);
    out.extend(u32::try_from(data.len()).unwrap_or_default().to_le_bytes());
    out.extend_from_slice(data);
    if data.len() % 2 == 1 {
        out.push(0);
    }
}

fn riff(chunks: &[u8]) -> Vec<u8> {
    let length = u32::try_from(chunks.len() + 4).unwrap_or_default().to_le_bytes();
    [b"RIFF", &length[..], b"WEBP", chunks].concat()
}
