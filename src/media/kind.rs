//! What a file holds, by its first bytes. Its name has no say.

use std::fmt;

/// What a file of media holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A photograph, as a rule.
    Jpeg,
    /// A screenshot or drawing, as a rule.
    Png,
    /// A picture of few colors, or an animation.
    Gif,
    /// A picture in WebP.
    WebP,
    /// A picture in AVIF.
    Avif,
    /// A drawing.
    Svg,
    /// A film.
    Film,
    /// A sound.
    Sound,
    /// A PDF file.
    Document,
    /// A picture that not every browser can show, by its name.
    Foreign(&'static str),
    /// Anything else, such as data and subtitles.
    Other,
}

impl Kind {
    /// The kind of a file with these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let Some(found) = infer::get(bytes) else {
            return if is_svg(bytes) { Self::Svg } else { Self::Other };
        };
        match found.mime_type() {
            "image/jpeg" => Self::Jpeg,
            "image/png" => Self::Png,
            "image/gif" => Self::Gif,
            "image/webp" => Self::WebP,
            "image/avif" => Self::Avif,
            "image/heif" | "image/heic" => Self::Foreign("HEIC"),
            "image/tiff" | "image/x-canon-cr2" => Self::Foreign("TIFF"),
            "image/bmp" => Self::Foreign("BMP"),
            "image/jxl" => Self::Foreign("JPEG XL"),
            "image/jp2" => Self::Foreign("JPEG 2000"),
            "image/vnd.ms-photo" => Self::Foreign("JPEG XR"),
            "image/vnd.adobe.photoshop" => Self::Foreign("Photoshop's format"),
            "application/pdf" => Self::Document,
            "text/xml" if is_svg(bytes) => Self::Svg,
            mime if mime.starts_with("video/") => Self::Film,
            mime if mime.starts_with("audio/") => Self::Sound,
            _ => Self::Other,
        }
    }

    /// Whether a page can show it as a picture.
    #[must_use]
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Gif | Self::WebP | Self::Avif | Self::Svg)
    }

    /// Its usual endings, the first for new names; none if any will do.
    #[must_use]
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg", "jpe"],
            Self::Png => &["png"],
            Self::Gif => &["gif"],
            Self::WebP => &["webp"],
            Self::Avif => &["avif"],
            Self::Svg => &["svg"],
            Self::Document => &["pdf"],
            Self::Film | Self::Sound | Self::Foreign(_) | Self::Other => &[],
        }
    }

    /// What a name with this ending, in lower case, promises; `None` if it promises nothing that we can tell.
    #[must_use]
    pub fn promised_by(ending: &str) -> Option<Self> {
        let known = [Self::Jpeg, Self::Png, Self::Gif, Self::WebP, Self::Avif, Self::Svg, Self::Document];
        known.into_iter().find(|kind| kind.endings().contains(&ending)).or(match ending {
            "heic" | "heif" => Some(Self::Foreign("HEIC")),
            "tif" | "tiff" => Some(Self::Foreign("TIFF")),
            "bmp" => Some(Self::Foreign("BMP")),
            "jxl" => Some(Self::Foreign("JPEG XL")),
            _ => None,
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Jpeg => "a JPEG",
            Self::Png => "a PNG",
            Self::Gif => "a GIF",
            Self::WebP => "a WebP",
            Self::Avif => "an AVIF",
            Self::Svg => "an SVG",
            Self::Film => "a film",
            Self::Sound => "a sound",
            Self::Document => "a PDF",
            Self::Foreign(name) => return write!(f, "a picture in {name}"),
            Self::Other => "something else",
        })
    }
}

/// How far the element `svg` may be from the start of a drawing, behind comments and the like.
const PROLOG: usize = 4096;

fn is_svg(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let start = &start[..start.len().min(PROLOG)];
    let is_element = start.starts_with(b"<svg") || start.starts_with(b"<?xml") || start.starts_with(b"<!");
    let is_page = start.get(..14).is_some_and(|start| start.eq_ignore_ascii_case(b"<!doctype html"));
    is_element && !is_page && memchr::memmem::find(start, b"<svg").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_it_begins_with() {
        assert_eq!(Kind::of(b"\xff\xd8\xff\xe0\0\x10JFIF\0"), Kind::Jpeg);
        assert_eq!(Kind::of(b"\x89PNG\r\n\x1a\n"), Kind::Png);
        assert_eq!(Kind::of(b"GIF89a"), Kind::Gif);
        assert_eq!(Kind::of(b"RIFF\0\0\0\0WEBPVP8 "), Kind::WebP);
        assert_eq!(Kind::of(b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"), Kind::Avif);
        assert_eq!(Kind::of(b"\0\0\0\x1cftypheic\0\0\0\0heicmif1hevc"), Kind::Foreign("HEIC"));
        assert_eq!(Kind::of(b"II*\0\x08\0\0\0\x01\0\0\0"), Kind::Foreign("TIFF"));
        assert_eq!(Kind::of(b"BM\x36\0\0\0\0\0"), Kind::Foreign("BMP"));
        assert_eq!(Kind::of(b"%PDF-1.7\n"), Kind::Document);
        assert_eq!(Kind::of(b"\xef\xbb\xbf<?xml version=\"1.0\"?><!-- x --><svg/>"), Kind::Svg);
        assert_eq!(Kind::of(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), Kind::Svg);
        for other in [&b""[..], b"a,b\n1,2\n", b"<!DOCTYPE html><svg/>", b"<html><svg/></html>", b"WEBVTT\n"] {
            assert_eq!(Kind::of(other), Kind::Other);
        }
    }
}
