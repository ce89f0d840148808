//! Finds out whether a `WebM` says where it was recorded. Programs that convert a phone's film keep its place as a tag, and
//! tags stand before the pictures (ffmpeg) or behind them (mkvmerge), where only the list of elements (`SeekHead`) leads.

use super::super::window::Window;
use super::{Element, element, elements, unsigned};

const SEEK_HEAD: u32 = 0x114d_9b74;
const SEEK: u32 = 0x4dbb;
const SEEK_NAME: u32 = 0x53ab;
const SEEK_PLACE: u32 = 0x53ac;
const TAGS: u32 = 0x1254_c367;
const TAG: u32 = 0x7373;
const SIMPLE_TAG: u32 = 0x67c8;
const TAG_NAME: u32 = 0x45a3;

/// How far tags within tags are followed.
const DEEPEST: u8 = 8;

/// Whether this element of a segment, which begins at `start`, holds a place, or leads to tags that do. A damaged list or
/// damaged tags hold none: players pass over them.
pub(super) fn is_in(window: &mut Window<'_>, whole: &Element, part: &Element) -> bool {
    match part.name {
        TAGS => is_in_tags(window, part, 0),
        SEEK_HEAD => listed_tags(window, part, whole).iter().any(|tags| is_in_tags(window, tags, 0)),
        _ => false,
    }
}

/// The tags that a list of elements leads to. Its places count from the segment's first byte.
fn listed_tags(window: &mut Window<'_>, list: &Element, whole: &Element) -> Vec<Element> {
    let mut places = Vec::new();
    let _damaged = elements(window, list.from, list.to, &mut |window, part| {
        if part.name == SEEK {
            let (mut name, mut place) = (None, None);
            elements(window, part.from, part.to, &mut |window, part| {
                match part.name {
                    SEEK_NAME => name = unsigned(window, part),
                    SEEK_PLACE => place = unsigned(window, part),
                    _ => {}
                }
                Some(true)
            })?;
            places.extend(place.filter(|_| name == Some(u64::from(TAGS))));
        }
        Some(true)
    });
    let tags = places.into_iter().filter_map(|place| element(window, whole.from.checked_add(place)?, whole.to));
    tags.filter(|element| element.name == TAGS).collect()
}

fn is_in_tags(window: &mut Window<'_>, tags: &Element, depth: u8) -> bool {
    let mut found = false;
    let _damaged = elements(window, tags.from, tags.to, &mut |window, part| {
        match part.name {
            TAG | SIMPLE_TAG if depth < DEEPEST => found |= is_in_tags(window, part, depth + 1),
            TAG_NAME => {
                let length = (part.to - part.from).min(64);
                found |= names_place(window.get(part.from, length)?);
            }
            _ => {}
        }
        Some(!found)
    });
    found
}

/// Whether a tag of this name holds a place: Matroska's own, and what becomes of the names that phones give it in MP4
/// (`location`, `location-eng`, `com.apple.quicktime.location.ISO6709`).
fn names_place(name: &[u8]) -> bool {
    let name = String::from_utf8_lossy(name).trim_end_matches('\0').to_ascii_lowercase();
    name == "location" || name == "recording_location" || name.starts_with("location-") || name.ends_with("location.iso6709")
}
