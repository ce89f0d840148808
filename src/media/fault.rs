//! Why a file can't be published, and what to do about it.

use super::film::Broken;
use super::kind::Kind;
use super::scan::Scan;
use super::svg::Refusal;
use super::{MOST_BYTES, MOST_MEGAPIXELS, MOST_PROFILE};
use crate::source::kinds::ending;

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Fault {
    fn new(path: &str, is: impl AsRef<str>, help: impl Into<String>) -> Self {
        Self { message: format!("`{path}` {}", is.as_ref()), help: help.into() }
    }

    /// What is wrong with the kind of a file.
    pub(super) fn of_kind(path: &str, kind: Kind, bytes: &[u8]) -> Option<Self> {
        if let Kind::Foreign(name) = kind {
            let to = if matches!(name, "BMP" | "TIFF") { "PNG, or as JPEG if it is a photograph" } else { "JPEG" };
            return Some(Self::new(
                path,
                format!("is in {name}, which many browsers can't show"),
                format!("save it as {to}"),
            ));
        }
        let ending = ending(path);
        let promised = Kind::promised_by(&ending);
        let right = kind.endings();
        if !right.is_empty() {
            if right.contains(&ending.as_str()) {
                return None;
            }
            let stem = path.rsplit('/').next().unwrap_or(path);
            let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
            let is = match promised {
                Some(promised) => format!("is {kind}, not {promised}"),
                None => format!("is {kind}, but isn't named like one"),
            };
            if let Some(foreign) = Self::of_foreign(path, kind, bytes) {
                return Some(Self::new(path, is, foreign.help));
            }
            return Some(Self::new(path, is, format!("rename it to `{stem}.{}`", right.first().unwrap_or(&""))));
        }
        let promised = promised?;
        if bytes.starts_with(b"version https://git-lfs") {
            let is = "stands for a file that Git LFS keeps elsewhere";
            return Some(Self::new(path, is, "fetch the files themselves: `git lfs pull`"));
        }
        let start = bytes.trim_ascii_start();
        let is_page = start.starts_with(b"<!") || start.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"<html"));
        let is = if bytes.is_empty() {
            "is empty".to_owned()
        } else if is_page {
            format!("is a web page, not {promised}")
        } else if kind == Kind::Other {
            format!("isn't {promised}")
        } else {
            format!("is {kind}, not {promised}")
        };
        Some(Self::new(path, is, "save it again, and look at it in another program"))
    }

    /// Why a film or sound can't be played on a page, if its kind says so.
    pub(super) fn of_foreign(path: &str, kind: Kind, bytes: &[u8]) -> Option<Self> {
        let name = match kind {
            // The number that says how a sound in WAV is encoded: as plain or floating numbers, or as a later field says.
            Kind::Wav if bytes.get(12..16) == Some(b"fmt ") => {
                let plain = matches!(bytes.get(20..22), Some([1 | 3, 0] | [0xfe, 0xff]));
                return (!plain).then(|| Self::of_codec(path, kind, "compressed WAV"));
            }
            Kind::ForeignFilm(name) | Kind::ForeignSound(name) => name,
            _ => return None,
        };
        Some(Self::of_codec(path, kind, name))
    }

    /// A film or sound that not every browser can play.
    pub(super) fn of_codec(path: &str, kind: Kind, codec: &str) -> Self {
        let is_sound = kind.is_sound() || matches!(kind, Kind::ForeignSound(_));
        let help = if is_sound {
            let [from, to] = command_names(path, ".mp3");
            format!("convert it to MP3: `ffmpeg -i {from} {to}`")
        } else {
            let [from, to] = command_names(path, if kind == Kind::Mp4 { "-h264.mp4" } else { ".mp4" });
            format!(
                "convert it to MP4 with H.264 and AAC: `ffmpeg -i {from} -c:v libx264 -pix_fmt yuv420p -c:a aac -movflags +faststart {to}`"
            )
        };
        Self::new(path, format!("is in {codec}, which many browsers can't play"), help)
    }

    /// A film in a container of Apple's, whose picture and sound can stay as they are.
    pub(super) fn of_container(path: &str) -> Self {
        let [from, to] = command_names(path, ".mp4");
        let help = format!("copy what is in it to MP4, without loss: `ffmpeg -i {from} -c copy -movflags +faststart {to}`");
        Self::new(path, "is in QuickTime, which many browsers can't play", help)
    }

    /// A film that says where it was recorded. Films are published as they are, so it has to be taken out by hand.
    pub(super) fn of_place(path: &str) -> Self {
        let ending = ending(path);
        let [from, to] = command_names(path, &format!("-without-place.{ending}"));
        let help = format!("copy it without what it says about itself: `ffmpeg -i {from} -map_metadata -1 -c copy {to}`");
        Self::new(path, "says where it was recorded, and every reader could see the place", help)
    }

    /// A film whose container makes no sense.
    pub(super) fn of_film(path: &str, broken: Broken) -> Self {
        match broken {
            Broken::Damaged => {
                let ending = ending(path);
                let [from, to] = command_names(path, &format!("-mended.{ending}"));
                let help =
                    format!("export or download it again; if it plays, write it anew: `ffmpeg -i {from} -c copy {to}`");
                Self::new(path, "is damaged or cut off", help)
            }
            Broken::Empty => {
                Self::new(path, "has neither picture nor sound", "export it again, and look at it in another program")
            }
            Broken::Absurd(width, height) => {
                let is = format!("says that it is {width} × {height} pixels, which no film is");
                Self::new(path, is, "export it again, and look at it in another program")
            }
        }
    }

    /// What is wrong with a picture of a kind that can be shown.
    pub(super) fn of_picture(path: &str, (width, height): (u32, u32), scan: &Scan) -> Option<Self> {
        let megapixels = (u64::from(width) * u64::from(height)).div_ceil(1_000_000);
        if width == 0 || height == 0 || !scan.is_whole {
            return Some(Self::broken(path));
        }
        if megapixels > MOST_MEGAPIXELS {
            let is =
                format!("has {width} × {height} pixels, or {megapixels} megapixels; at most {MOST_MEGAPIXELS} are allowed");
            return Some(Self::new(path, is, "save it smaller: pages show at most 1920 pixels across"));
        }
        if scan.profile > MOST_PROFILE {
            let is = format!(
                "has a color profile of {} KB, which every reader would download; at most {} are allowed",
                scan.profile.div_ceil(1024),
                MOST_PROFILE / 1024
            );
            return Some(Self::new(path, is, "convert it to sRGB"));
        }
        None
    }

    pub(super) fn of_drawing(path: &str, refusal: Refusal) -> Self {
        Self::new(path, refusal.message, refusal.help)
    }

    /// A picture that ends too early, or whose parts make no sense.
    pub(super) fn broken(path: &str) -> Self {
        Self::new(path, "is damaged or cut off", "save or download it again, and look at it in another program")
    }

    pub(super) fn large(path: &str, length: u64) -> Self {
        let is = format!("is {} MB large; at most {} are allowed", length.div_ceil(1 << 20), MOST_BYTES >> 20);
        Self::new(path, is, "save it smaller: pages show at most 1920 pixels across")
    }

    pub(super) fn unreadable(path: &str, why: &str) -> Self {
        Self::new(path, format!("can't be read: {why}"), "allow the program to read it, or replace it")
    }
}

/// The name of a file and that of what is made of it, as a command has them.
fn command_names(path: &str, ending: &str) -> [String; 2] {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_plain = |name: &str| name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)) && !name.starts_with('-');
    [name.to_owned(), format!("{stem}{ending}")].map(|name| if is_plain(&name) { name } else { format!("'{name}'") })
}
