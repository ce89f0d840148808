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
    /// A film in MP4.
    Mp4,
    /// A film in `WebM`.
    WebM,
    /// A sound in MP3.
    Mp3,
    /// A sound in MP4.
    M4a,
    /// A sound in `WebM`.
    Weba,
    /// A sound in Ogg.
    Ogg,
    /// A sound in WAV.
    Wav,
    /// A sound in FLAC.
    Flac,
    /// A sound in AAC.
    Aac,
    /// A PDF file.
    Document,
    /// A picture that not every browser can show, by its name.
    Foreign(&'static str),
    /// A film that not every browser can play, by its name.
    ForeignFilm(&'static str),
    /// A sound that not every browser can play, by its name.
    ForeignSound(&'static str),
    /// Anything else, such as data and subtitles.
    Other,
}

impl Kind {
    /// The kind of a file with these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let Some(found) = infer::get(bytes) else {
            return if is_svg(bytes) { Self::Svg } else { played(bytes).unwrap_or(Self::Other) };
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
            "video/webm" => Self::WebM,
            "video/x-matroska" => Self::ForeignFilm("Matroska"),
            "video/x-msvideo" => Self::ForeignFilm("AVI"),
            "video/x-ms-wmv" => Self::ForeignFilm("Windows Media"),
            "video/mpeg" => Self::ForeignFilm("MPEG"),
            "video/x-flv" => Self::ForeignFilm("Flash Video"),
            "audio/mpeg" => Self::Mp3,
            "audio/x-flac" => Self::Flac,
            "audio/x-wav" => Self::Wav,
            "audio/aac" => Self::Aac,
            "audio/x-aiff" => Self::ForeignSound("AIFF"),
            "audio/amr" => Self::ForeignSound("AMR"),
            "audio/midi" => Self::ForeignSound("MIDI"),
            "audio/x-ape" => Self::ForeignSound("Monkey's Audio"),
            "audio/x-dsf" => Self::ForeignSound("DSF"),
            _ => played(bytes).unwrap_or(Self::Other),
        }
    }

    /// Whether a page can show it as a film.
    #[must_use]
    pub fn is_film(self) -> bool {
        matches!(self, Self::Mp4 | Self::WebM)
    }

    /// Whether a page can play it as a sound.
    #[must_use]
    pub fn is_sound(self) -> bool {
        matches!(self, Self::Mp3 | Self::M4a | Self::Weba | Self::Ogg | Self::Wav | Self::Flac | Self::Aac)
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
            Self::Mp4 => &["mp4", "m4v"],
            Self::WebM => &["webm"],
            Self::Mp3 => &["mp3"],
            Self::M4a => &["m4a", "m4b"],
            Self::Weba => &["weba", "webm"],
            Self::Ogg => &["ogg", "oga", "opus"],
            Self::Wav => &["wav"],
            Self::Flac => &["flac"],
            Self::Aac => &["aac"],
            Self::ForeignFilm("AVI") => &["avi"],
            Self::ForeignFilm("Matroska") => &["mkv"],
            Self::ForeignFilm("QuickTime") => &["mov", "qt"],
            Self::ForeignFilm("Windows Media") => &["wmv", "wma", "asf"],
            Self::ForeignFilm("MPEG") => &["mpg", "mpeg", "vob"],
            Self::ForeignFilm("Flash Video") => &["flv"],
            Self::ForeignFilm("Ogg Theora") => &["ogv", "ogg"],
            Self::ForeignFilm("3GP") => &["3gp", "3g2"],
            Self::ForeignSound("AIFF") => &["aiff", "aif"],
            Self::Foreign(_) | Self::ForeignFilm(_) | Self::ForeignSound(_) | Self::Other => &[],
        }
    }

    /// What it is called where readers download it.
    #[must_use]
    pub fn format(self) -> &'static str {
        match self {
            Self::Mp4 => "MP4",
            Self::WebM | Self::Weba => "WebM",
            Self::Mp3 => "MP3",
            Self::M4a => "M4A",
            Self::Ogg => "Ogg",
            Self::Wav => "WAV",
            Self::Flac => "FLAC",
            Self::Aac => "AAC",
            Self::Document => "PDF",
            _ => "",
        }
    }

    /// What a name with this ending, in lower case, promises; `None` if it promises nothing that we can tell.
    #[must_use]
    pub fn promised_by(ending: &str) -> Option<Self> {
        const FILMS: [&str; 8] =
            ["AVI", "Matroska", "QuickTime", "Windows Media", "MPEG", "Flash Video", "Ogg Theora", "3GP"];
        let films = FILMS.into_iter().map(Self::ForeignFilm);
        let mut known = KNOWN.into_iter().chain(films).chain([Self::ForeignSound("AIFF")]);
        known.find(|kind| kind.endings().contains(&ending)).or(match ending {
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
            Self::Mp4 => "an MP4 film",
            Self::WebM => "a WebM film",
            Self::Mp3 => "an MP3",
            Self::M4a => "a sound in MP4",
            Self::Weba => "a sound in WebM",
            Self::Ogg => "a sound in Ogg",
            Self::Wav => "a WAV",
            Self::Flac => "a FLAC",
            Self::Aac => "a sound in AAC",
            Self::Document => "a PDF",
            Self::Foreign(name) => return write!(f, "a picture in {name}"),
            Self::ForeignFilm(name) => return write!(f, "a film in {name}"),
            Self::ForeignSound(name) => return write!(f, "a sound in {name}"),
            Self::Other => "something else",
        })
    }
}

/// The kinds that browsers show and that an ending can promise.
const KNOWN: [Kind; 16] = [
    Kind::Jpeg,
    Kind::Png,
    Kind::Gif,
    Kind::WebP,
    Kind::Avif,
    Kind::Svg,
    Kind::Document,
    Kind::Mp4,
    Kind::WebM,
    Kind::Mp3,
    Kind::M4a,
    Kind::Weba,
    Kind::Ogg,
    Kind::Wav,
    Kind::Flac,
    Kind::Aac,
];

/// What can be played, in containers whose kind is not in their first bytes.
fn played(bytes: &[u8]) -> Option<Kind> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return match bytes.get(8..12)? {
            b"M4A " | b"M4B " => Some(Kind::M4a),
            b"qt  " => Some(Kind::ForeignFilm("QuickTime")),
            // A photograph of a camera.
            b"crx " => None,
            brand if brand.starts_with(b"3g") => Some(Kind::ForeignFilm("3GP")),
            _ => Some(Kind::Mp4),
        };
    }
    // Films were written this way before they began with their kind.
    if matches!(bytes.get(4..8), Some(b"moov" | b"mdat" | b"wide")) {
        return Some(Kind::ForeignFilm("QuickTime"));
    }
    if bytes.starts_with(b"OggS") {
        let is_film = memchr::memmem::find(&bytes[..bytes.len().min(512)], b"\x80theora").is_some();
        return Some(if is_film { Kind::ForeignFilm("Ogg Theora") } else { Kind::Ogg });
    }
    // The first frame of an MP3 that has no title: layer III, whichever version.
    let is_mp3 = matches!(bytes, [0xff, second, ..] if second & 0xe6 == 0xe2);
    is_mp3.then_some(Kind::Mp3)
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
        assert_eq!(Kind::of(b"\0\0\0\x18ftypisom\0\0\0\0isomavc1"), Kind::Mp4);
        assert_eq!(Kind::of(b"\0\0\0\x18ftypxxxx\0\0\0\0"), Kind::Mp4);
        assert_eq!(Kind::of(b"\0\0\0\x18ftypqt  \0\0\0\0qt  "), Kind::ForeignFilm("QuickTime"));
        assert_eq!(Kind::of(b"\0\0\0\x18ftypM4A \0\0\0\0"), Kind::M4a);
        assert_eq!(Kind::of(b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01"), Kind::WebM);
        assert_eq!(Kind::of(b"RIFF\0\0\0\0AVI LIST"), Kind::ForeignFilm("AVI"));
        assert_eq!(Kind::of(b"RIFF\0\0\0\0WAVEfmt "), Kind::Wav);
        assert_eq!(Kind::of(b"FORM\0\0\0\0AIFF"), Kind::ForeignSound("AIFF"));
        assert_eq!(Kind::of(b"ID3\x04\0\0\0\0\0\0"), Kind::Mp3);
        assert_eq!(Kind::of(b"\xff\xf3\x44\xc4"), Kind::Mp3);
        assert_eq!(Kind::of(b"OggS\0\x02\0\0\0\0\0\0\0\0"), Kind::Ogg);
        assert_eq!(Kind::of(b"\xef\xbb\xbf<?xml version=\"1.0\"?><!-- x --><svg/>"), Kind::Svg);
        assert_eq!(Kind::of(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), Kind::Svg);
        for other in [&b""[..], b"a,b\n1,2\n", b"<!DOCTYPE html><svg/>", b"<html><svg/></html>", b"WEBVTT\n"] {
            assert_eq!(Kind::of(other), Kind::Other);
        }
    }
}
