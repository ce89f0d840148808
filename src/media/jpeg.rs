//! JPEG: a row of segments, each behind a marker, with the compressed pixels between them.

use super::exif;
use super::scan::{Scan, tells_place};

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;

/// Reads the segments of a file.
///
/// Only what a decoder needs is kept, and of applications' segments only JFIF, Adobe's colors, the color profile, and a
/// manifest of origin. What comes after the end, such as the film of a “live” photograph, goes too.
pub(super) fn scan(bytes: &[u8]) -> Scan {
    let mut scan = Scan::default();
    scan.keep(0..2);
    scan.turn_here();
    let mut manifests = Vec::new();
    let mut at = 2;
    while let Some((marker, start)) = marker(bytes, at) {
        if marker == END {
            scan.keep(start..start + 2);
            scan.is_whole = true;
            break;
        }
        if has_no_length(marker) {
            scan.keep(start..start + 2);
            at = start + 2;
            continue;
        }
        let Some(length) = bytes.get(start + 2..start + 4) else { break };
        let end = start + 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
        let Some(payload) = bytes.get(start + 4..end) else { break };
        at = end;
        match marker {
            // EXIF and XMP share a marker.
            0xe1 if payload.starts_with(b"Exif\0\0") => scan.orientation = exif::orientation(payload),
            0xe0 if payload.starts_with(b"JFIF\0") && payload.len() == 14 => scan.keep(start..end),
            0xe2 if payload.starts_with(b"ICC_PROFILE\0") => {
                scan.profile += payload.len();
                scan.keep(start..end);
            }
            0xeb if payload.starts_with(b"JP") => {
                manifests.push(scan.kept.len());
                scan.keep(start..end);
            }
            0xee if payload.starts_with(b"Adobe") => scan.keep(start..end),
            // Applications' segments, and comments.
            0xe0..=0xef | 0xfe => {}
            SCAN => {
                at = entropy_end(bytes, end);
                scan.keep(start..at);
            }
            _ => {
                if is_frame(marker) {
                    scan.is_plain = payload.get(5).is_some_and(|parts| matches!(parts, 1 | 3));
                }
                scan.keep(start..end);
            }
        }
    }
    settle_manifests(bytes, &mut scan, &manifests);
    scan
}

/// Keeps the parts of a manifest, or none of them if it tells a place.
fn settle_manifests(bytes: &[u8], scan: &mut Scan, manifests: &[usize]) {
    let whole: Vec<u8> = manifests.iter().flat_map(|at| &bytes[scan.kept[*at].clone()]).copied().collect();
    if tells_place(&whole) {
        manifests.iter().for_each(|at| scan.kept[*at] = 0..0);
    } else {
        scan.has_manifest = !manifests.is_empty();
    }
}

/// The next marker at or after `at`, and where it starts.
fn marker(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let mut start = at;
    loop {
        start += memchr::memchr(0xff, bytes.get(start..)?)?;
        match bytes.get(start + 1)? {
            // Fill bytes, and a byte of data that looks like a marker's.
            0xff | 0 => start += 1,
            marker => return Some((*marker, start)),
        }
    }
}

fn has_no_length(marker: u8) -> bool {
    marker == 1 || (0xd0..=START).contains(&marker)
}

/// Whether a segment describes the picture: its size and its colors.
fn is_frame(marker: u8) -> bool {
    (0xc0..=0xcf).contains(&marker) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// Where compressed pixels end: at the next marker that isn't part of them.
fn entropy_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    loop {
        match marker(bytes, at) {
            Some((0xd0..=0xd7, start)) => at = start + 2,
            Some((_, start)) => return start,
            None => return bytes.len(),
        }
    }
}

/// The segment that states an orientation.
pub(super) fn turn(orientation: u8) -> Vec<u8> {
    let block = exif::with_orientation(orientation);
    let length = u16::try_from(block.len() + 8).unwrap_or_default().to_be_bytes();
    [&[0xff, 0xe1, length[0], length[1]], &b"Exif\0\0"[..], &block].concat()
}
