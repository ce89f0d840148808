//! Reads what an MP4 file (ISO 14496-12) says about its tracks: its boxes, by their lengths, as far as they are needed.

use super::film::{Codec, Tracks};
use super::window::Window;

/// How many boxes are looked at on one level. Films have fewer, unless they are made of fragments, which come last.
const MOST_BOXES: usize = 512;

/// A box: its name, and where its content is.
struct Part {
    name: [u8; 4],
    from: u64,
    to: u64,
}

/// The box at a place; `None` if it makes no sense or reaches beyond `end`.
fn part(window: &mut Window<'_>, at: u64, end: u64) -> Option<Part> {
    let (length, name) = (window.u32(at)?, window.word(at + 4)?);
    let (head, length) = match length {
        0 => (8, end.checked_sub(at)?),
        1 => (16, window.u64(at + 8)?),
        length => (8, u64::from(length)),
    };
    let to = at.checked_add(length).filter(|to| length >= head && *to <= end)?;
    Some(Part { name, from: at + head, to })
}

/// Calls `each` with the boxes from one place to another; `None` if one of them makes no sense.
fn parts(
    window: &mut Window<'_>,
    from: u64,
    to: u64,
    each: &mut dyn FnMut(&mut Window<'_>, &Part) -> Option<()>,
) -> Option<()> {
    let mut at = from;
    for _ in 0..MOST_BOXES {
        // Some programs end a list of boxes with four bytes of zeros.
        if to.saturating_sub(at) < 8 {
            break;
        }
        let part = part(window, at, to)?;
        each(window, &part)?;
        at = part.to;
    }
    Some(())
}

/// What the file says about its tracks; `None` if it is damaged.
pub(super) fn tracks(window: &mut Window<'_>) -> Option<Tracks> {
    let mut movie = None;
    let length = window.length;
    parts(window, 0, length, &mut |_, part| {
        if &part.name == b"moov" {
            movie = Some((part.from, part.to));
        }
        Some(())
    })?;
    let (from, to) = movie?;
    let mut tracks = Tracks::default();
    parts(window, from, to, &mut |window, part| {
        match &part.name {
            b"mvhd" => tracks.seconds = seconds(window, part.from),
            b"trak" => track(window, part, &mut tracks)?,
            _ => {}
        }
        tracks.is_located |= is_located(window, part, 0);
        Some(())
    })?;
    Some(tracks)
}

/// The most that is searched of one box for a place. What phones write is much shorter.
const MOST_NOTES: u64 = 64 << 10;

/// How a place is named: by Android and `QuickTime`, by 3GPP, and by Apple's list of keys, which tracks of positions have, too.
const PLACES: [&[u8]; 3] = [b"\xa9xyz", b"loci", b"location.ISO6709"];

/// Whether a box of the movie, or one within, says where the film was recorded.
fn is_located(window: &mut Window<'_>, part: &Part, depth: u8) -> bool {
    match &part.name {
        b"udta" | b"meta" | b"stsd" => {
            let notes = window.get(part.from, (part.to - part.from).min(MOST_NOTES)).unwrap_or_default();
            PLACES.iter().any(|place| memchr::memmem::find(notes, place).is_some())
        }
        b"trak" | b"mdia" | b"minf" | b"stbl" if depth < 5 => {
            let mut found = false;
            let whole = parts(window, part.from, part.to, &mut |window, inner| {
                found |= is_located(window, inner, depth + 1);
                Some(())
            });
            whole.is_some() && found
        }
        _ => false,
    }
}

/// How long the film takes, as the head of the movie says.
fn seconds(window: &mut Window<'_>, at: u64) -> Option<u32> {
    let is_long = *window.get(at, 1)?.first()? == 1;
    let (scale, units) = if is_long {
        (window.u32(at + 20)?, window.u64(at + 24)?)
    } else {
        (window.u32(at + 12)?, u64::from(window.u32(at + 16)?))
    };
    whole_seconds(units as f64 / f64::from(scale))
}

/// A plausible length in whole seconds: what is longer than a week is nonsense, and nobody needs to know it.
pub(super) fn whole_seconds(seconds: f64) -> Option<u32> {
    (seconds > 0.0 && seconds < 604_800.0).then(|| seconds.round().max(1.0) as u32)
}

/// What one track says.
#[derive(Default)]
struct Track {
    handler: Option<[u8; 4]>,
    size: (u32, u32),
    is_turned: bool,
    format: Option<[u8; 4]>,
    coded: (u32, u32),
}

fn track(window: &mut Window<'_>, whole: &Part, tracks: &mut Tracks) -> Option<()> {
    let mut track = Track::default();
    parts(window, whole.from, whole.to, &mut |window, part| match &part.name {
        b"tkhd" => head(window, part, &mut track),
        b"mdia" => media(window, part, &mut track),
        _ => Some(()),
    })?;
    let Some(format) = track.format else { return Some(()) };
    match track.handler.as_ref() {
        Some(b"vide") if tracks.picture.is_none() => {
            let (width, height) = if track.size.0 == 0 || track.size.1 == 0 { track.coded } else { track.size };
            tracks.size = Some(if track.is_turned { (height, width) } else { (width, height) });
            tracks.picture = Some(picture(format));
        }
        Some(b"soun") if tracks.sound.is_none() => tracks.sound = Some(sound(format)),
        _ => {}
    }
    Some(())
}

/// The head of a track: its size as shown, in 65,536ths of a pixel, and the matrix that turns it.
fn head(window: &mut Window<'_>, part: &Part, track: &mut Track) -> Option<()> {
    let is_long = *window.get(part.from, 1)?.first()? == 1;
    let matrix = part.from + if is_long { 52 } else { 40 };
    let side = |window: &mut Window<'_>, at| Some(window.u32(at)? >> 16);
    track.is_turned = window.u32(matrix)? == 0 && window.u32(matrix + 4)? != 0;
    track.size = (side(window, matrix + 36)?, side(window, matrix + 40)?);
    Some(())
}

fn media(window: &mut Window<'_>, whole: &Part, track: &mut Track) -> Option<()> {
    parts(window, whole.from, whole.to, &mut |window, part| {
        match &part.name {
            b"hdlr" => track.handler = Some(window.word(part.from + 8)?),
            b"minf" => parts(window, part.from, part.to, &mut |window, part| match &part.name {
                b"stbl" => parts(window, part.from, part.to, &mut |window, part| {
                    if &part.name == b"stsd" { description(window, part, track) } else { Some(()) }
                }),
                _ => Some(()),
            })?,
            _ => {}
        }
        Some(())
    })
}

/// The first description of how a track is encoded.
fn description(window: &mut Window<'_>, part: &Part, track: &mut Track) -> Option<()> {
    if window.u32(part.from + 4)? == 0 {
        return Some(());
    }
    let entry = part.from + 8;
    track.format = Some(window.word(entry + 4)?);
    if track.handler.as_ref() == Some(b"vide") {
        let sides = window.u32(entry + 32)?;
        track.coded = (sides >> 16, sides & 0xffff);
    }
    Some(())
}

fn picture(format: [u8; 4]) -> Codec {
    match &format {
        b"avc1" | b"avc3" => Codec::common("H.264"),
        b"av01" => Codec::common("AV1"),
        b"vp09" => Codec::common("VP9"),
        b"hvc1" | b"hev1" | b"dvh1" | b"dvhe" => Codec::rare("HEVC"),
        b"apcn" | b"apch" | b"apcs" | b"apco" | b"ap4h" | b"ap4x" => Codec::rare("ProRes"),
        b"mp4v" => Codec::rare("MPEG-4 Part 2"),
        b"mjpa" | b"mjpb" | b"jpeg" => Codec::rare("Motion JPEG"),
        other => Codec::rare(printed(*other)),
    }
}

fn sound(format: [u8; 4]) -> Codec {
    match &format {
        b"mp4a" => Codec::common("AAC"),
        b"Opus" => Codec::common("Opus"),
        b"fLaC" => Codec::common("FLAC"),
        b".mp3" => Codec::common("MP3"),
        b"alac" => Codec::rare("Apple Lossless"),
        b"ac-3" | b"ec-3" => Codec::rare("Dolby Digital"),
        other => Codec::rare(printed(*other)),
    }
}

/// The name of a format as it is in the file, without what can't be printed.
fn printed(name: [u8; 4]) -> String {
    let printed: String = name.iter().map(|b| if b.is_ascii_graphic() { char::from(*b) } else { '?' }).collect();
    format!("the format “{printed}”")
}
