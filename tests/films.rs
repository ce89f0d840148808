//! Films, sounds and documents of a few bytes, and what the program reads in them.

use std::collections::{BTreeMap, BTreeSet};

use backgrounder::base::Map;
use backgrounder::media::{Kind, Media, Medium};
use backgrounder::source::files::InMemory;

/// A box of an MP4.
fn boxed(name: &[u8], content: &[u8]) -> Vec<u8> {
    [&u32::try_from(content.len() + 8).unwrap().to_be_bytes(), name, content].concat()
}

/// What a film in MP4 says.
#[derive(Clone, Copy)]
pub struct Mp4 {
    /// Its brand.
    pub brand: &'static [u8; 4],
    /// The format of its picture.
    pub picture: Option<&'static [u8; 4]>,
    /// The format of its sound.
    pub sound: Option<&'static [u8; 4]>,
    /// Its size.
    pub size: (u32, u32),
    /// Whether it is shown turned by a quarter.
    pub is_turned: bool,
    /// How long it takes, in thousandths of a second.
    pub length: u32,
}

/// A film with picture and sound, as phones and editors make them.
pub const FILM: Mp4 =
    Mp4 { brand: b"isom", picture: Some(b"avc1"), sound: Some(b"mp4a"), size: (640, 360), is_turned: false, length: 42_400 };

impl Mp4 {
    fn track(&self, handler: &[u8], format: &[u8]) -> Vec<u8> {
        let mut head = vec![0; 84];
        let matrix: [u32; 4] = if self.is_turned { [0, 1 << 16, 0, u32::MAX << 16] } else { [1 << 16, 0, 0, 0] };
        for (at, number) in matrix.into_iter().enumerate() {
            head[40 + at * 4..44 + at * 4].copy_from_slice(&number.to_be_bytes());
        }
        if handler == b"vide" {
            head[76..80].copy_from_slice(&(self.size.0.min(0xffff) << 16).to_be_bytes());
            head[80..84].copy_from_slice(&(self.size.1.min(0xffff) << 16).to_be_bytes());
        }
        let entry = boxed(format, &[0; 78]);
        let description = boxed(b"stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1], &*entry].concat());
        let handler = boxed(b"hdlr", &[&[0; 8][..], handler, &[0; 13]].concat());
        let tables = boxed(b"minf", &boxed(b"stbl", &description));
        boxed(b"trak", &[boxed(b"tkhd", &head), boxed(b"mdia", &[handler, tables].concat())].concat())
    }

    /// Its bytes, with its head before or after the pictures.
    pub fn bytes(&self, has_head_last: bool) -> Vec<u8> {
        let mut times = vec![0; 100];
        times[12..16].copy_from_slice(&1000_u32.to_be_bytes());
        times[16..20].copy_from_slice(&self.length.to_be_bytes());
        let picture = self.picture.map(|format| self.track(b"vide", format)).unwrap_or_default();
        let sound = self.sound.map(|format| self.track(b"soun", format)).unwrap_or_default();
        let movie = boxed(b"moov", &[boxed(b"mvhd", &times), picture, sound].concat());
        let kind = boxed(b"ftyp", &[&self.brand[..], &[0; 4], self.brand].concat());
        let data = boxed(b"mdat", &vec![7; 20_000]);
        if has_head_last { [kind, data, movie].concat() } else { [kind, movie, data].concat() }
    }
}

/// An element of a `WebM`.
fn element(name: &[u8], content: &[u8]) -> Vec<u8> {
    let length = (u32::try_from(content.len()).unwrap() | 0x1000_0000).to_be_bytes();
    [name, &length, content].concat()
}

/// A `WebM` of 10.5 seconds with these codecs.
pub fn webm(picture: Option<&str>, sound: Option<&str>, size: (u16, u16)) -> Vec<u8> {
    webm_with(picture, sound, size, &[], &[])
}

/// The same with these elements before what tells of its tracks, and these at its end.
fn webm_with(
    picture: Option<&str>,
    sound: Option<&str>,
    (width, height): (u16, u16),
    before: &[u8],
    behind: &[u8],
) -> Vec<u8> {
    let head = element(&[0x1a, 0x45, 0xdf, 0xa3], &element(&[0x42, 0x82], b"webm"));
    let info = element(&[0x15, 0x49, 0xa9, 0x66], &element(&[0x44, 0x89], &10_500.0_f64.to_be_bytes()));
    let track = |kind: u8, codec: &str, more: Vec<u8>| {
        element(&[0xae], &[element(&[0x83], &[kind]), element(&[0x86], codec.as_bytes()), more].concat())
    };
    let sides = [element(&[0xb0], &width.to_be_bytes()), element(&[0xba], &height.to_be_bytes())].concat();
    let picture = picture.map(|codec| track(1, codec, element(&[0xe0], &sides))).unwrap_or_default();
    let sound = sound.map(|codec| track(2, codec, Vec::new())).unwrap_or_default();
    let tracks = element(&[0x16, 0x54, 0xae, 0x6b], &[picture, sound].concat());
    let cluster = element(&[0x1f, 0x43, 0xb6, 0x75], &[7; 9000]);
    [head, element(&[0x18, 0x53, 0x80, 0x67], &[before, &info, &tracks, &cluster, behind].concat())].concat()
}

/// A PDF that lists its pages in the open.
pub fn pdf(pages: usize) -> Vec<u8> {
    let page = "4 0 obj\n<< /Type /Page /Parent 3 0 R >>\nendobj\n".repeat(pages);
    format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 3 0 R /Outlines << /Count 900 >> >>\nendobj\n\
         3 0 obj\n<< /Type /Pages /Kids [4 0 R] /Count {pages} >>\nendobj\n{page}trailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
    )
    .into_bytes()
}

/// An MP3 of no sound.
pub fn mp3() -> Vec<u8> {
    [&b"ID3\x04\0\0\0\0\0\0"[..], &[0xff, 0xfb, 0x90, 0x64], &[0; 1500]].concat()
}

/// A PNG of one color.
pub fn picture() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, 64, 36);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(&[90; 64 * 36]).unwrap();
    out
}

/// What the program reads in a file.
fn read(name: &str, bytes: Vec<u8>) -> Medium {
    let files = InMemory(BTreeMap::from([(format!("content/{name}"), bytes)]));
    let media = Media::read(&BTreeMap::from([(name, true)]), "content", &files, &BTreeSet::new(), &Map::default());
    media.get(name).unwrap().clone()
}

/// Why a file can't be shown.
fn wrong(name: &str, bytes: Vec<u8>) -> String {
    let medium = read(name, bytes);
    let fault = medium.fault.or(medium.unplayable).unwrap_or_else(|| panic!("{name} is fine"));
    format!("{} | {}", fault.message, fault.help)
}

#[test]
fn films_say_how_large_and_long_they_are() {
    for has_head_last in [false, true] {
        let film = read("x.mp4", FILM.bytes(has_head_last));
        assert_eq!((film.kind, film.size, film.seconds, film.is_silent), (Kind::Mp4, Some((640, 360)), Some(42), false));
        assert_eq!((film.fault, film.unplayable), (None, None));
    }
    let upright = Mp4 { is_turned: true, sound: None, ..FILM };
    let film = read("x.m4v", upright.bytes(false));
    assert_eq!((film.size, film.is_silent), (Some((360, 640)), true));
    let film = read("x.webm", webm(Some("V_VP9"), Some("A_OPUS"), (1280, 720)));
    assert_eq!((film.kind, film.size, film.seconds, film.is_silent), (Kind::WebM, Some((1280, 720)), Some(11), false));
    assert_eq!((film.fault, film.unplayable), (None, None));
}

#[test]
fn a_container_without_pictures_is_a_sound() {
    let sound = Mp4 { picture: None, ..FILM };
    let read_as = |name: &str, bytes: Vec<u8>| {
        let medium = read(name, bytes);
        assert_eq!((medium.fault, medium.unplayable, medium.size), (None, None, None), "{name}");
        medium.kind
    };
    assert_eq!(read_as("x.m4a", sound.bytes(false)), Kind::M4a);
    assert_eq!(read_as("x.m4a", Mp4 { brand: b"M4A ", picture: Some(b"jpeg"), ..FILM }.bytes(false)), Kind::M4a);
    assert_eq!(read_as("x.webm", webm(None, Some("A_OPUS"), (0, 0))), Kind::Weba);
    assert_eq!(read_as("x.mp3", mp3()), Kind::Mp3);
    assert!(wrong("x.mp4", sound.bytes(false)).ends_with("rename it to `x.m4a`"));
}

#[test]
fn what_browsers_cannot_play_is_told_with_the_way_out() {
    let film = |picture: &'static [u8; 4]| Mp4 { picture: Some(picture), ..FILM }.bytes(false);
    let mov = |picture: &'static [u8; 4]| Mp4 { brand: b"qt  ", picture: Some(picture), ..FILM }.bytes(true);
    for (name, bytes, words) in [
        (
            "x.mp4",
            film(b"hvc1"),
            "is in HEVC, which many browsers can't play | convert it to MP4 with H.264 and AAC: `ffmpeg -i x.mp4 ",
        ),
        ("x.mp4", film(b"mp4v"), "is in MPEG-4 Part 2"),
        ("x.mp4", film(b"\x01<>\""), "is in the format “?<>\"”"),
        ("x.mp4", Mp4 { sound: Some(b"ac-3"), ..FILM }.bytes(false), "is in Dolby Digital"),
        ("x.mov", mov(b"apcn"), "is in ProRes"),
        ("x.mov", mov(b"avc1"), "is in QuickTime, which many browsers can't play | copy what is in it to MP4, without loss"),
        (
            "a film.avi",
            b"RIFF\0\0\0\0AVI LIST".to_vec(),
            "is in AVI, which many browsers can't play | convert it to MP4 with H.264 and AAC: `ffmpeg -i 'a film.avi' ",
        ),
        ("x.wmv", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa".to_vec(), "is in Windows Media"),
        (
            "x.aiff",
            b"FORM\0\0\0\0AIFFCOMM".to_vec(),
            "is in AIFF, which many browsers can't play | convert it to MP3: `ffmpeg -i x.aiff x.mp3`",
        ),
        ("x.wav", [&b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x11\0"[..], &[0; 20]].concat(), "is in compressed WAV"),
        ("x.webm", webm(Some("V_MPEG4/ISO/AVC"), None, (9, 9)), "is in the format “V_MPEG4/ISO/AVC”"),
        // Under another name than its own, too.
        ("x.mp4", b"RIFF\0\0\0\0AVI LIST".to_vec(), "is a film in AVI, not an MP4 film | convert it"),
        ("x.mp4", webm(Some("V_VP9"), None, (9, 9)), "is a WebM film, not an MP4 film | rename it to `x.webm`"),
        ("x.mp3", b"<!doctype html><p>Sign in</p>".to_vec(), "is a web page, not an MP3"),
        ("x.mp4", Vec::new(), "is empty"),
    ] {
        let said = wrong(name, bytes);
        assert!(said.contains(words), "{name}: {said}\nlacks {words}");
    }
    let wav = [&b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0"[..], &[0; 20]].concat();
    assert_eq!(read("x.wav", wav).unplayable, None);
}

#[test]
fn films_that_say_where_they_were_recorded_are_told() {
    let film = FILM.bytes(false);
    let movie = film.windows(4).position(|name| name == b"moov").unwrap();
    let length = u32::from_be_bytes(film[movie - 4..movie].try_into().unwrap()) as usize;
    let with = |more: &[u8]| {
        let mut film = film.clone();
        film.splice(movie - 4 + length..movie - 4 + length, more.iter().copied());
        film[movie - 4..movie].copy_from_slice(&u32::try_from(length + more.len()).unwrap().to_be_bytes());
        film
    };
    let by_phone = boxed(b"udta", &boxed(b"\xa9xyz", b"\0\x12\x15\xc7+13.7034-089.2182/"));
    let by_apple = boxed(b"meta", &boxed(b"keys", b"mdtacom.apple.quicktime.location.ISO6709"));
    let positions = boxed(b"stsd", b"\0\0\0\0\0\0\0\x01mebxmdtacom.apple.quicktime.location.ISO6709");
    let in_track = boxed(b"trak", &boxed(b"mdia", &boxed(b"minf", &boxed(b"stbl", &positions))));
    for place in [by_phone, by_apple, in_track] {
        let told = wrong("raid.mp4", with(&place));
        assert!(told.contains("says where it was recorded") && told.contains("-map_metadata -1 -c copy"), "{told}");
    }
    let other = read("raid.mp4", with(&boxed(b"udta", &boxed(b"\xa9too", b"Lavf60.16.100"))));
    assert!(other.fault.is_none() && other.unplayable.is_none());
}

#[test]
fn a_place_in_the_tags_of_a_webm_is_an_error() {
    let tags = |name: &str| {
        let named = [element(&[0x45, 0xa3], name.as_bytes()), element(&[0x44, 0x87], b"+13.7034-089.2182/")].concat();
        element(&[0x12, 0x54, 0xc3, 0x67], &element(&[0x73, 0x73], &element(&[0x67, 0xc8], &named)))
    };
    let film = |before: &[u8], behind: &[u8]| webm_with(Some("V_VP9"), None, (640, 360), before, behind);
    // What leads to an element at this many bytes from the segment's first.
    let list = |place: u32| {
        let name = element(&[0x53, 0xab], &[0x12, 0x54, 0xc3, 0x67]);
        let entry = element(&[0x4d, 0xbb], &[name, element(&[0x53, 0xac], &place.to_be_bytes())].concat());
        element(&[0x11, 0x4d, 0x9b, 0x74], &entry)
    };
    let whole = film(&list(0), &[]);
    let first = whole.windows(4).position(|four| four == [0x11, 0x4d, 0x9b, 0x74]).unwrap();
    let behind = u32::try_from(whole.len() - first).unwrap();

    for name in ["LOCATION", "location-eng", "COM.APPLE.QUICKTIME.LOCATION.ISO6709", "RECORDING_LOCATION"] {
        for told in [wrong("raid.webm", film(&tags(name), &[])), wrong("raid.webm", film(&list(behind), &tags(name)))] {
            assert!(told.contains("says where it was recorded") && told.contains("raid-without-place.webm"), "{told}");
        }
    }
    for name in ["ENCODER", "ALLOCATION"] {
        for film in [film(&tags(name), &[]), film(&list(behind), &tags(name))] {
            let other = read("raid.webm", film);
            assert!(other.fault.is_none() && other.unplayable.is_none());
        }
    }
    // A list that leads nowhere, or to something else, is passed over, as players do.
    for place in [0, 3, u32::MAX] {
        assert!(read("raid.webm", film(&list(place), &[])).fault.is_none());
    }
}

#[test]
fn headers_that_make_no_sense_are_told() {
    let film = FILM.bytes(false);
    for (name, bytes, words) in [
        ("x.mp4", film[..film.len() - 900].to_vec(), "is damaged or cut off"),
        ("x.mp4", film[..200].to_vec(), "is damaged or cut off"),
        ("x.mp4", boxed(b"ftyp", b"isom\0\0\0\0"), "is damaged or cut off"),
        ("x.mp4", Mp4 { picture: None, sound: None, ..FILM }.bytes(false), "has neither picture nor sound"),
        ("x.mp4", Mp4 { size: (60_000, 7), ..FILM }.bytes(false), "says that it is 60000 × 7 pixels"),
        ("x.mp4", Mp4 { size: (0, 7), ..FILM }.bytes(false), "says that it is 0 × 0 pixels"),
        ("x.webm", webm(Some("V_VP9"), None, (0, 720)), "says that it is 0 × 720 pixels"),
        ("x.webm", webm(None, None, (0, 0)), "has neither picture nor sound"),
        ("x.webm", webm(Some("V_VP9"), None, (9, 9))[..9100].to_vec(), "`ffmpeg -i x.webm -c copy x-mended.webm`"),
        ("x.pdf", b"%PDF-1.7\nno end".to_vec(), "is damaged or cut off"),
    ] {
        let said = wrong(name, bytes);
        assert!(said.contains(words), "{name}: {said}\nlacks {words}");
    }
    // A length that nobody can believe is not shown, and stops nothing.
    let endless = Mp4 { length: u32::MAX, ..FILM };
    assert_eq!(read("x.mp4", endless.bytes(false)).seconds, None);
}

#[test]
fn the_pages_of_a_document_are_counted_if_that_is_sure() {
    assert_eq!(read("x.pdf", pdf(24)).pages, Some(24));
    // A document that was changed later has two lists.
    assert_eq!(read("x.pdf", [pdf(24), pdf(2)].concat()).pages, None);
    let web = |length: usize| {
        format!("%PDF-1.5\n1 0 obj\n<< /Linearized 1 /L {length:>4} /H [ 9 9 ] /N 12 /O 3 >>\nendobj\nstartxref\n0\n%%EOF\n")
            .into_bytes()
    };
    let length = web(100).len();
    assert_eq!(read("x.pdf", web(length)).pages, Some(12));
    assert_eq!(read("x.pdf", web(length + 1)).pages, None);
}

/// Nothing that is cut or changed anywhere stops the program.
#[test]
fn damaged_files_stop_nothing() {
    let files = [
        ("x.mp4", FILM.bytes(true)),
        ("x.webm", webm(Some("V_VP9"), Some("A_OPUS"), (9, 9))),
        ("x.pdf", pdf(2)),
        ("x.mp3", mp3()),
    ];
    for (name, bytes) in files {
        let heads = (0..bytes.len().min(600)).chain(bytes.len().saturating_sub(700)..bytes.len());
        for at in heads {
            let _ = read(name, bytes[..at].to_vec());
            for odd in [0, 0x7f, 0xff] {
                let mut changed = bytes.clone();
                changed[at] = odd;
                let _ = read(name, changed);
            }
        }
    }
}
