//! What is known about a picture from an earlier build, so that nobody reads it again while it is the same file.

use super::{Kind, Medium};
use crate::base::Hash;
use crate::source::Files;

/// Part of the names in the cache: another number for other notes.
const EDITION: &str = "media-1";

/// The name of the note on a file in this state; `None` if files tell no state.
fn name(path: &str, files: &dyn Files) -> Option<String> {
    let stamp = files.stamp(path)?;
    Some(format!("{EDITION}/{}", Hash::of(format!("{path}\n{stamp}").as_bytes())))
}

/// What an earlier build found in the file, if it hasn't changed since.
pub(super) fn recall(path: &str, files: &dyn Files) -> Option<Medium> {
    let note = String::from_utf8(files.cached(&name(path, files)?)?).ok()?;
    let words: Vec<&str> = note.split(' ').collect();
    let [kind, width, height, orientation, has_manifest, is_plain, hash] = words[..] else { return None };
    Some(Medium {
        size: width.parse().ok().zip(height.parse().ok()),
        hash: Some(Hash::from_hex(hash)?),
        orientation: orientation.parse().ok()?,
        has_manifest: has_manifest.parse().ok()?,
        is_plain: is_plain.parse().ok()?,
        ..Medium::of_kind(Kind::promised_by(kind)?)
    })
}

/// Notes what a file is for later builds. What can't be published isn't noted: somebody is about to change it.
pub(super) fn note(path: &str, files: &dyn Files, medium: &Medium) {
    let Medium { kind, size, hash: Some(hash), orientation, has_manifest, is_plain, fault: None, .. } = medium else {
        return;
    };
    let (Some(name), Some(kind)) = (name(path, files), kind.endings().first()) else { return };
    let [width, height] = size.map_or_else(|| ["-", "-"].map(str::to_owned), |(w, h)| [w.to_string(), h.to_string()]);
    files.cache(&name, format!("{kind} {width} {height} {orientation} {has_manifest} {is_plain} {hash}").as_bytes());
}
