//! Why a file can't be published, and what to do about it.

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
        if kind.is_picture() || kind == Kind::Document {
            let right = kind.endings();
            if right.contains(&ending.as_str()) {
                return None;
            }
            let stem = path.rsplit('/').next().unwrap_or(path);
            let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
            let is = match promised {
                Some(promised) => format!("is {kind}, not {promised}"),
                None => format!("is {kind}, but isn't named like one"),
            };
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
