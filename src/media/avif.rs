//! AVIF: boxes. Parts of the picture are at places that other boxes name, so what isn't published is blanked, not cut out.

use std::ops::Range;

use super::scan::{big, tells_place};

/// The boxes that say what the picture's parts are, and where.
const OF_META: &[&[u8; 4]] = &[b"hdlr", b"pitm", b"iinf", b"iloc", b"iprp", b"iref", b"grpl", b"idat"];

/// What a part of a picture may be: coded pixels, or made of others. The rest are EXIF, XMP and whatever is thought of next.
const ITEMS: &[&[u8; 4]] = &[b"av01", b"grid", b"iovl", b"iden", b"tmap", b"sato"];

/// What a property may say of a part: its size, its colors, how it is turned and how it is coded. Others have words or times.
const PROPERTIES: &[&[u8; 4]] = &[
    b"ispe", b"pixi", b"av1C", b"colr", b"pasp", b"clap", b"irot", b"imir", b"auxC", b"a1op", b"a1lx", b"lsel", b"clli",
    b"mdcv", b"cclv", b"amve", b"reve", b"ndwt", b"iscl", b"rloc",
];

/// The boxes that say how an animation is played, in each box of such boxes.
const OF_FILM: &[(&[u8; 4], &[&[u8; 4]])] = &[
    (b"moov", &[b"mvhd", b"trak"]),
    (b"trak", &[b"tkhd", b"edts", b"tref", b"mdia"]),
    (b"mdia", &[b"mdhd", b"hdlr", b"minf"]),
];

/// The boxes of an animation that begin with the times when it was made and changed.
const DATED: &[&[u8; 4]] = &[b"mvhd", b"tkhd", b"mdhd"];

/// What identifies a manifest of origin (C2PA).
const MANIFEST: &[u8] = &[0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81];

/// What replaces the name of a box whose content is blank: space that nobody uses.
const FREE: &[u8; 4] = b"free";

/// A file of which only the picture is left, each part of it at its place. Whichever way up it is, a box of its own says so.
///
/// If the lists of its parts can't be read, or it is cut off, it can't be cleaned: `None`.
pub(super) fn published(bytes: &[u8]) -> Option<Vec<u8>> {
    let top = top_level(bytes)?;
    let meta = top.iter().find(|part| part.name == *b"meta")?;
    let is_film = top.iter().any(|part| part.name == *b"moov");
    // `meta` has a version and flags before its boxes.
    let inside = meta.content.start.checked_add(4).filter(|start| *start <= meta.content.end)?..meta.content.end;
    let items = items(bytes, child(bytes, inside.clone(), *b"iinf")?)?;
    let data = child(bytes, inside.clone(), *b"idat");
    let extents = extents(bytes, child(bytes, inside.clone(), *b"iloc")?, data.as_ref())?;

    let mut copy = Copy { from: bytes, to: vec![0; bytes.len()], end: 0 };
    for part in &top {
        match &part.name {
            b"ftyp" => copy.keep(part.whole.clone())?,
            b"meta" => {
                copy.keep(part.whole.start..inside.start)?;
                copy.meta(inside.clone())?;
            }
            // The picture's parts in it are named by `meta`, and those of an animation are all that isn't.
            b"mdat" => copy.keep(if is_film { part.whole.clone() } else { part.whole.start..part.content.start })?,
            b"moov" => copy.film(part)?,
            b"uuid" if is_public_manifest(bytes, part) => copy.keep(part.whole.clone())?,
            _ => {
                copy.blank(part)?;
                continue;
            }
        }
        copy.end = part.whole.end;
    }
    let is_shown = |id: usize| items.iter().any(|(own, kind)| *own == id && ITEMS.contains(&kind));
    let (shown, others): (Vec<_>, Vec<_>) = extents.into_iter().partition(|(id, _)| is_shown(*id));
    for (_, extent) in others {
        copy.to.get_mut(extent)?.fill(0);
    }
    for (_, extent) in shown {
        copy.keep(extent)?;
    }
    copy.to.truncate(copy.end);
    Some(copy.to)
}

/// A file that is blank but for what is kept of another.
struct Copy<'b> {
    from: &'b [u8],
    to: Vec<u8>,
    /// Where the last box that is kept ends.
    end: usize,
}

impl Copy<'_> {
    fn keep(&mut self, range: Range<usize>) -> Option<()> {
        self.to.get_mut(range.clone())?.copy_from_slice(self.from.get(range)?);
        Some(())
    }

    /// Keeps the room of a box, and nothing in it.
    fn blank(&mut self, part: &Part) -> Option<()> {
        self.keep(part.whole.start..part.content.start)?;
        self.to.get_mut(part.whole.start + 4..part.whole.start + 8)?.copy_from_slice(FREE);
        Some(())
    }

    /// What says which parts the picture has.
    fn meta(&mut self, inside: Range<usize>) -> Option<()> {
        for part in boxes(self.from, inside) {
            match &part.name {
                name if !OF_META.contains(&name) => self.blank(&part)?,
                b"idat" => self.keep(part.whole.start..part.content.start)?,
                b"iinf" => {
                    let first = part.content.start + list_head(self.from, &part.content)?;
                    self.keep(part.whole.start..first)?;
                    // An entry's name comes last, and is words.
                    for entry in boxes(self.from, first..part.content.end) {
                        let (_, kind) = entry_places(self.from, &entry.content)?;
                        self.keep(entry.whole.start..kind + 4)?;
                    }
                }
                b"iprp" => {
                    self.keep(part.whole.clone())?;
                    let list = child(self.from, part.content.clone(), *b"ipco")?;
                    for property in boxes(self.from, list).filter(|own| !PROPERTIES.contains(&&own.name)) {
                        self.to.get_mut(property.content.clone())?.fill(0);
                        self.blank(&property)?;
                    }
                }
                _ => self.keep(part.whole.clone())?,
            }
        }
        Some(())
    }

    /// What says how an animation is played.
    fn film(&mut self, part: &Part) -> Option<()> {
        let Some((_, wanted)) = OF_FILM.iter().find(|(name, _)| **name == part.name) else {
            self.keep(part.whole.clone())?;
            if DATED.contains(&&part.name) {
                // A version and flags, and two times, whose length depends on the version.
                let times = if *self.from.get(part.content.start)? == 1 { 16 } else { 8 };
                let start = part.content.start + 4;
                self.to.get_mut(start..start + times)?.fill(0);
            }
            return Some(());
        };
        self.keep(part.whole.start..part.content.start)?;
        for inner in boxes(self.from, part.content.clone()) {
            if wanted.contains(&&inner.name) {
                self.film(&inner)?;
            } else {
                self.blank(&inner)?;
            }
        }
        Some(())
    }
}

/// A box.
struct Part {
    name: [u8; 4],
    whole: Range<usize>,
    content: Range<usize>,
}

/// The boxes of a file, up to the end of the picture: what a second `ftyp` begins is another file, such as the film of a
/// “live” photograph. `None` if one of the picture's is cut off.
fn top_level(bytes: &[u8]) -> Option<Vec<Part>> {
    let mut top: Vec<Part> = Vec::new();
    for part in boxes(bytes, 0..bytes.len()) {
        if part.name == *b"ftyp" && !top.is_empty() {
            return Some(top);
        }
        top.push(part);
    }
    let end = top.last().map_or(0, |part| part.whole.end);
    let rest = bytes.get(end + 4..end + 8);
    let is_cut = rest.is_some_and(|name| [&b"ftyp"[..], b"meta", b"mdat", b"moov"].contains(&name));
    (!is_cut).then_some(top)
}

/// The boxes in a part of a file.
fn boxes(bytes: &[u8], within: Range<usize>) -> impl Iterator<Item = Part> {
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
        let part = Part { name, whole: at..end, content: at + head..end };
        at = end;
        Some(part)
    })
}

fn child(bytes: &[u8], within: Range<usize>, wanted: [u8; 4]) -> Option<Range<usize>> {
    boxes(bytes, within).find(|part| part.name == wanted).map(|part| part.content)
}

/// Whether a box is a manifest of origin (C2PA) that doesn't tell a place.
fn is_public_manifest(bytes: &[u8], part: &Part) -> bool {
    bytes.get(part.content.clone()).is_some_and(|content| content.starts_with(MANIFEST) && !tells_place(content))
}

/// How many bytes the list of items has before its first entry.
fn list_head(bytes: &[u8], list: &Range<usize>) -> Option<usize> {
    Some(4 + if *bytes.get(list.start)? == 0 { 2 } else { 4 })
}

/// The number of each item, and what it is.
fn items(bytes: &[u8], list: Range<usize>) -> Option<Vec<(usize, [u8; 4])>> {
    let first = list.start + list_head(bytes, &list)?;
    boxes(bytes, first..list.end)
        .map(|entry| {
            let (id, kind) = entry_places(bytes, &entry.content)?;
            Some((number(bytes, id.start, id.len())?, bytes.get(kind..kind + 4)?.try_into().ok()?))
        })
        .collect()
}

/// Where an entry of that list has the item's number, and what it is.
fn entry_places(bytes: &[u8], entry: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let id = entry.start + 4;
    match *bytes.get(entry.start)? {
        2 => Some((id..id + 2, entry.start + 8)),
        3 => Some((id..id + 4, entry.start + 10)),
        _ => None,
    }
}

/// Where the parts of each item are in the file, each with the item's number.
fn extents(bytes: &[u8], places: Range<usize>, data: Option<&Range<usize>>) -> Option<Vec<(usize, Range<usize>)>> {
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
            let source = match method {
                0 => 0..bytes.len(),
                1 => data?.clone(),
                _ => return None,
            };
            let start = source.start.checked_add(base)?.checked_add(offset)?;
            // Without a length, it is all that there is.
            let end = if length == 0 { source.end } else { start.checked_add(length)? };
            found.push((id, start..end));
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
