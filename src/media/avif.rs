//! AVIF: boxes. Metadata are items among others, at places that other boxes name, so they are overwritten, not cut out.

use std::ops::Range;

use super::scan::big;

/// What holds no box's content and no place: a reader that looks for metadata finds none.
const BLANK: u8 = 0;

/// A file whose EXIF and XMP are blank. Whichever way up the picture is, a box of its own says so.
///
/// If the list of items can't be read, the file can't be cleaned: `None`.
pub(super) fn published(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.to_vec();
    let meta = child(bytes, 0..bytes.len(), *b"meta")?;
    // `meta` has a version and flags before its boxes.
    let inside = meta.start.checked_add(4)?..meta.end;
    let Some(info) = child(bytes, inside.clone(), *b"iinf") else { return Some(out) };
    let secret = secret_items(bytes, info)?;
    if !secret.is_empty() {
        let places = child(bytes, inside.clone(), *b"iloc")?;
        let data = child(bytes, inside, *b"idat");
        for extent in extents(bytes, places, data.as_ref(), &secret)? {
            out.get_mut(extent)?.fill(BLANK);
        }
    }
    Some(out)
}

/// The boxes in a part of a file: the name of each, and where its content is.
fn boxes(bytes: &[u8], within: Range<usize>) -> impl Iterator<Item = ([u8; 4], Range<usize>)> {
    let mut at = within.start;
    std::iter::from_fn(move || {
        let length = big(bytes, at)?;
        let name = bytes.get(at + 4..at + 8)?.try_into().ok()?;
        let (head, length) = match length {
            0 => (8, within.end.checked_sub(at)?),
            1 => (16, big(bytes, at + 12).filter(|_| big(bytes, at + 8) == Some(0))?),
            length => (8, length),
        };
        let end = at.checked_add(length).filter(|end| *end <= within.end && length >= head)?;
        let content = at + head..end;
        at = end;
        Some((name, content))
    })
}

fn child(bytes: &[u8], within: Range<usize>, wanted: [u8; 4]) -> Option<Range<usize>> {
    boxes(bytes, within).find(|(name, _)| *name == wanted).map(|(_, content)| content)
}

/// The numbers of items that are EXIF or XMP.
fn secret_items(bytes: &[u8], info: Range<usize>) -> Option<Vec<usize>> {
    let count = if *bytes.get(info.start)? == 0 { 2 } else { 4 };
    let mut secret = Vec::new();
    for (_, entry) in boxes(bytes, info.start + 4 + count..info.end).filter(|(name, _)| name == b"infe") {
        let (id, kind) = match *bytes.get(entry.start)? {
            2 => (number(bytes, entry.start + 4, 2)?, entry.start + 8),
            3 => (number(bytes, entry.start + 4, 4)?, entry.start + 10),
            _ => return None,
        };
        if matches!(bytes.get(kind..kind + 4)?, b"Exif" | b"mime") {
            secret.push(id);
        }
    }
    Some(secret)
}

/// Where the items with these numbers are in the file.
fn extents(bytes: &[u8], places: Range<usize>, data: Option<&Range<usize>>, ids: &[usize]) -> Option<Vec<Range<usize>>> {
    let version = *bytes.get(places.start)?;
    let sizes = number(bytes, places.start + 4, 2)?;
    let [offset, length, base, index] = [12, 8, 4, 0].map(|shift| sizes >> shift & 0xf);
    let wide = if version == 2 { 4 } else { 2 };
    let mut at = places.start + 6;
    let mut read = |size: usize| {
        let value = number(bytes, at, size);
        at += size;
        value
    };
    let mut found = Vec::new();
    for _ in 0..read(wide)? {
        let id = read(wide)?;
        let method = if version == 0 { 0 } else { read(2)? & 0xf };
        let _reference = read(2)?;
        let base = read(base)?;
        for _ in 0..read(2)? {
            if version > 0 {
                read(index)?;
            }
            let (offset, length) = (read(offset)?, read(length)?);
            let origin = match method {
                0 => 0,
                1 => data?.start,
                _ => return None,
            };
            let start = origin.checked_add(base)?.checked_add(offset)?;
            if ids.contains(&id) {
                found.push(start..start.checked_add(length)?);
            }
        }
    }
    Some(found)
}

/// A number of up to eight bytes, the most significant first; zero if it has none.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<usize> {
    bytes
        .get(at..at.checked_add(size)?)?
        .iter()
        .try_fold(0_usize, |all, byte| Some(all.checked_mul(256)? | usize::from(*byte)))
}
