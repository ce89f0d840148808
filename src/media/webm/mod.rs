//! Reads what a `WebM` file (a subset of Matroska, RFC 9559) says about its tracks: its elements, up to the first that holds
//! pictures or sound.

mod place;

use super::film::{Codec, Tracks};
use super::mp4::whole_seconds;
use super::window::Window;

/// How many elements are looked at on one level.
const MOST_ELEMENTS: usize = 512;

const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_a966;
const SCALE: u32 = 0x002a_d7b1;
const DURATION: u32 = 0x4489;
const TRACKS: u32 = 0x1654_ae6b;
const TRACK: u32 = 0xae;
const KIND: u32 = 0x83;
const CODEC: u32 = 0x86;
const VIDEO: u32 = 0xe0;
const WIDTH: u32 = 0xb0;
const HEIGHT: u32 = 0xba;
const SHOWN_WIDTH: u32 = 0x54b0;
const SHOWN_HEIGHT: u32 = 0x54ba;
const SHOWN_UNIT: u32 = 0x54b2;
const CLUSTER: u32 = 0x1f43_b675;

/// An element: its name, and where its content is.
struct Element {
    name: u32,
    from: u64,
    to: u64,
}

/// A number whose first byte says how many there are: with that mark for names, without it for lengths. Also returns how
/// many bytes it has.
fn number(window: &mut Window<'_>, at: u64, keeps_mark: bool) -> Option<(u64, u64)> {
    let first = *window.get(at, 1)?.first()?;
    let count = u64::from(first.leading_zeros()) + 1;
    if count > 8 {
        return None;
    }
    let mark = if keeps_mark { 0 } else { 0x80_u8 >> (count - 1) };
    let bytes = window.get(at, count)?;
    let value = bytes.iter().skip(1).fold(u64::from(first & !mark), |sum, byte| sum << 8 | u64::from(*byte));
    Some((value, count))
}

/// The element at a place; `None` if it makes no sense or reaches beyond `end`. One of unknown length reaches to there.
fn element(window: &mut Window<'_>, at: u64, end: u64) -> Option<Element> {
    let (name, name_length) = number(window, at, true)?;
    let (length, length_length) = number(window, at + name_length, false)?;
    let from = at + name_length + length_length;
    let is_unknown = length == (1_u64 << (7 * length_length)) - 1;
    let to = if is_unknown { end } else { from.checked_add(length).filter(|to| *to <= end)? };
    Some(Element { name: u32::try_from(name).ok()?, from, to })
}

/// Calls `each` with the elements from one place to another, until it returns `false`; `None` if one of them makes no sense.
fn elements(
    window: &mut Window<'_>,
    from: u64,
    to: u64,
    each: &mut dyn FnMut(&mut Window<'_>, &Element) -> Option<bool>,
) -> Option<()> {
    let mut at = from;
    for _ in 0..MOST_ELEMENTS {
        if at >= to {
            break;
        }
        let element = element(window, at, to)?;
        if !each(window, &element)? {
            break;
        }
        at = element.to;
    }
    Some(())
}

/// What the file says about its tracks; `None` if it is damaged.
pub(super) fn tracks(window: &mut Window<'_>) -> Option<Tracks> {
    let mut tracks = Tracks::default();
    let mut is_whole = false;
    let length = window.length;
    elements(window, 0, length, &mut |window, part| {
        if part.name == SEGMENT {
            is_whole = segment(window, part, &mut tracks)?;
        }
        Some(part.name != SEGMENT)
    })?;
    is_whole.then_some(tracks)
}

/// Reads up to the first pictures or sounds; returns whether there were tracks before them.
fn segment(window: &mut Window<'_>, whole: &Element, tracks: &mut Tracks) -> Option<bool> {
    let mut has_tracks = false;
    elements(window, whole.from, whole.to, &mut |window, part| {
        tracks.is_located |= place::is_in(window, whole, part);
        match part.name {
            INFO => tracks.seconds = seconds(window, part),
            TRACKS => {
                has_tracks = true;
                elements(window, part.from, part.to, &mut |window, part| {
                    if part.name == TRACK {
                        track(window, part, tracks)?;
                    }
                    Some(true)
                })?;
            }
            CLUSTER => return Some(false),
            _ => {}
        }
        Some(true)
    })?;
    Some(has_tracks)
}

fn seconds(window: &mut Window<'_>, whole: &Element) -> Option<u32> {
    let (mut scale, mut units) = (1_000_000, None);
    elements(window, whole.from, whole.to, &mut |window, part| {
        match part.name {
            SCALE => scale = unsigned(window, part)?,
            DURATION => units = float(window, part),
            _ => {}
        }
        Some(true)
    })?;
    whole_seconds(units? * scale as f64 / 1e9)
}

fn track(window: &mut Window<'_>, whole: &Element, tracks: &mut Tracks) -> Option<()> {
    let (mut kind, mut codec, mut size) = (0, String::new(), None);
    elements(window, whole.from, whole.to, &mut |window, part| {
        match part.name {
            KIND => kind = unsigned(window, part)?,
            CODEC => {
                let length = (part.to - part.from).min(64);
                let name = String::from_utf8_lossy(window.get(part.from, length)?);
                name.trim_end_matches('\0').clone_into(&mut codec);
            }
            VIDEO => size = Some(video(window, part)?),
            _ => {}
        }
        Some(true)
    })?;
    match kind {
        1 if tracks.picture.is_none() => {
            tracks.size = Some(size.unwrap_or_default());
            tracks.picture = Some(match codec.as_str() {
                "V_VP8" => Codec::common("VP8"),
                "V_VP9" => Codec::common("VP9"),
                "V_AV1" => Codec::common("AV1"),
                other => Codec::rare(printed(other)),
            });
        }
        2 if tracks.sound.is_none() => {
            tracks.sound = Some(match codec.as_str() {
                "A_OPUS" => Codec::common("Opus"),
                "A_VORBIS" => Codec::common("Vorbis"),
                other => Codec::rare(printed(other)),
            });
        }
        _ => {}
    }
    Some(())
}

/// The width and height as shown, which may be other than those of the pixels.
fn video(window: &mut Window<'_>, whole: &Element) -> Option<(u32, u32)> {
    let (mut coded, mut shown, mut unit) = ((0, 0), (0, 0), 0);
    elements(window, whole.from, whole.to, &mut |window, part| {
        let mut side = || Some(u32::try_from(unsigned(window, part)?).unwrap_or(u32::MAX));
        match part.name {
            WIDTH => coded.0 = side()?,
            HEIGHT => coded.1 = side()?,
            SHOWN_WIDTH => shown.0 = side()?,
            SHOWN_HEIGHT => shown.1 = side()?,
            SHOWN_UNIT => unit = side()?,
            _ => {}
        }
        Some(true)
    })?;
    Some(if unit == 0 && shown.0 > 0 && shown.1 > 0 { shown } else { coded })
}

fn unsigned(window: &mut Window<'_>, part: &Element) -> Option<u64> {
    let length = part.to - part.from;
    if length > 8 {
        return None;
    }
    Some(window.get(part.from, length)?.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

fn float(window: &mut Window<'_>, part: &Element) -> Option<f64> {
    match part.to - part.from {
        4 => Some(f64::from(f32::from_bits(window.u32(part.from)?))),
        8 => Some(f64::from_bits(window.u64(part.from)?)),
        _ => None,
    }
}

/// A codec's name, without what can't be printed.
fn printed(name: &str) -> String {
    let printed: String = name.chars().map(|c| if c.is_ascii_graphic() { c } else { '?' }).collect();
    format!("the format “{printed}”")
}
