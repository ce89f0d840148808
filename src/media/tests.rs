//! What is found in files, and what of them is published.

use super::*;

const SECRET: &[u8] = b"GPS 13.5N 89.2W";

/// A segment of a JPEG.
fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker, length[0], length[1]], data].concat()
}

/// EXIF with an orientation and a secret.
fn exif_of(orientation: u8) -> Vec<u8> {
    [&exif::with_orientation(orientation), SECRET].concat()
}

/// A JPEG of 40 by 20 pixels with these segments before its pixels, and something behind its end.
fn jpeg_with(segments: &[Vec<u8>]) -> Vec<u8> {
    let frame = segment(0xc0, &[8, 0, 20, 0, 40, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
    let scan = segment(0xda, &[1, 1, 0, 0, 0x3f, 0]);
    [&[0xff, 0xd8], &*segments.concat(), &frame, &scan, &[0x12, 0xff, 0, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9], SECRET]
        .concat()
}

fn png_with(chunks: &[Vec<u8>]) -> Vec<u8> {
    let head = png::chunk(*b"IHDR", &[0, 0, 0, 40, 0, 0, 0, 20, 8, 2, 0, 0, 0]);
    let (data, end) = (png::chunk(*b"IDAT", b"pixels"), png::chunk(*b"IEND", b""));
    [b"\x89PNG\r\n\x1a\n", &*head, &chunks.concat(), &data, &end, SECRET].concat()
}

fn riff_chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let padding: &[u8] = if data.len() % 2 == 1 { &[0] } else { &[] };
    [&name[..], &u32::try_from(data.len()).unwrap().to_le_bytes(), data, padding].concat()
}

fn webp_with(chunks: &[Vec<u8>]) -> Vec<u8> {
    let head = riff_chunk(*b"VP8X", &[0x0c, 0, 0, 0, 39, 0, 0, 19, 0, 0]);
    let body = [b"WEBP", &*head, &riff_chunk(*b"VP8 ", b"pixels"), &chunks.concat()].concat();
    riff_chunk(*b"RIFF", &body)
}

/// A box of an AVIF.
fn boxed(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    [&u32::try_from(content.len() + 8).unwrap().to_be_bytes(), &name[..], content].concat()
}

/// An AVIF whose second item is EXIF, and whose third one is XMP.
fn avif_with() -> Vec<u8> {
    avif_of(b"", &boxed(*b"ispe", &[0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0, 20]), &[])
}

/// The same with a name for its first item, these properties, and what comes behind `meta`, before its pixels.
fn avif_of(name: &[u8], properties: &[u8], between: &[u8]) -> Vec<u8> {
    let entry =
        |id: u8, kind: &[u8; 4], rest: &[u8]| boxed(*b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], &kind[..], rest].concat());
    let first = entry(1, b"av01", &[name, b"\0"].concat());
    let entries = [first, entry(2, b"Exif", b"\0"), entry(3, b"mime", b"\0application/rdf+xml\0")].concat();
    let info = boxed(*b"iinf", &[&[0, 0, 0, 0, 0, 3], &*entries].concat());
    let properties = boxed(*b"iprp", &boxed(*b"ipco", properties));
    let first = boxed(*b"ftyp", b"avif\0\0\0\0avifmif1miaf");
    let file = |start: u32| {
        let item =
            |id: u8, at: u32, length: u32| [&[0, id, 0, 0, 0, 1], &at.to_be_bytes()[..], &length.to_be_bytes()].concat();
        let length = u32::try_from(SECRET.len()).unwrap();
        let items = [item(1, start, 6), item(2, start + 6, length), item(3, start + 6 + length, length)].concat();
        let places = boxed(*b"iloc", &[&[0, 0, 0, 0, 0x44, 0, 0, 3], &*items].concat());
        let meta = boxed(*b"meta", &[&[0; 4], &*info, &places, &properties].concat());
        let data = boxed(*b"mdat", &[b"pixels", SECRET, SECRET].concat());
        (first.len() + meta.len() + between.len() + 8, [&*first, &meta, between, &data].concat())
    };
    let (start, _) = file(0);
    file(u32::try_from(start).unwrap()).1
}

fn has(bytes: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(bytes, needle).is_some()
}

#[track_caller]
fn cleaned(name: &str, bytes: &[u8]) -> (Medium, Vec<u8>) {
    assert!(has(bytes, SECRET));
    let medium = Medium::of(name, bytes);
    assert_eq!(medium.fault, None, "{name}");
    let out = published(&medium, bytes.to_vec());
    assert!(!has(&out, SECRET), "{name}");
    let again = Medium::of(name, &out);
    assert_eq!((again.size, again.orientation, again.fault.clone()), (medium.size, medium.orientation, None), "{name}");
    (medium, out)
}

#[test]
fn nothing_says_where_a_picture_was_taken() {
    let exif = [b"Exif\0\0", &*exif_of(6)].concat();
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0", SECRET].concat();
    let photo = jpeg_with(&[
        segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        segment(0xe1, &exif),
        segment(0xe1, &xmp),
        segment(0xe2, &[b"MPF\0", SECRET].concat()),
        segment(0xed, &[b"Photoshop 3.0\0", SECRET].concat()),
        segment(0xfe, SECRET),
        segment(0xe2, b"ICC_PROFILE\0\x01\x01colors"),
    ]);
    let (medium, out) = cleaned("a.jpg", &photo);
    assert_eq!((medium.size, medium.orientation), (Some((20, 40)), 6), "it is turned");
    assert!(has(&out, b"ICC_PROFILE") && has(&out, b"JFIF") && out.ends_with(&[0xff, 0xd9]));
    assert!(has(&out, &[0x12, 0xff, 0, 0x34, 0xff, 0xd0, 0x56]), "the pixels are the same");

    let drawing = png_with(&[
        png::chunk(*b"eXIf", &exif_of(3)),
        png::chunk(*b"iCCP", b"x\0\0colors"),
        png::chunk(*b"tEXt", SECRET),
        png::chunk(*b"iTXt", SECRET),
        png::chunk(*b"zzZz", SECRET),
    ]);
    let (medium, out) = cleaned("a.png", &drawing);
    assert_eq!((medium.size, medium.orientation), (Some((40, 20)), 3));
    assert!(has(&out, b"iCCP") && out.ends_with(&png::chunk(*b"IEND", b"")));

    let picture =
        webp_with(&[riff_chunk(*b"EXIF", &exif_of(8)), riff_chunk(*b"XMP ", SECRET), riff_chunk(*b"odd ", SECRET)]);
    let (medium, _) = cleaned("a.webp", &picture);
    assert_eq!((medium.size, medium.orientation), (Some((20, 40)), 8));

    let (medium, out) = cleaned("a.avif", &avif_with());
    assert_eq!(medium.size, Some((40, 20)));
    assert!(has(&out, b"pixels"));

    let gif = b"GIF89a\x28\0\x14\0\0\0\0\x21\xfe\x0fGPS 13.5N 89.2W\0\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0\
        \x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b";
    let (_, out) = cleaned("a.gif", gif);
    assert!(has(&out, b"NETSCAPE2.0") && out.ends_with(b"\x3b"));
}

#[test]
fn nothing_of_an_avif_is_published_but_its_picture() {
    let size = boxed(*b"ispe", &[0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0, 20]);
    let told = boxed(*b"udes", &[&[0; 4], SECRET].concat());
    let turned = boxed(*b"irot", &[1]);
    let note = boxed(*b"uuid", &[&[7; 16], SECRET].concat());
    let whole = avif_of(SECRET, &[size, told, turned.clone()].concat(), &note);
    let (_, out) = cleaned("a.avif", &whole);
    assert!(has(&out, b"pixels") && has(&out, &turned) && out.len() == whole.len());
    // What comes after its end: the film of a “live” photograph in a box, the same as a file, and what is no box.
    let film = [boxed(*b"ftyp", b"isom\0\0\0\0"), boxed(*b"moov", SECRET), boxed(*b"mdat", SECRET)].concat();
    for tail in [boxed(*b"mpvd", &film), film, SECRET.to_vec()] {
        assert_eq!(cleaned("a.avif", &[&*whole, &tail].concat()).1, out);
    }
    // An animation: its pixels have places of their own, and its times go.
    let dated = |name: [u8; 4]| boxed(name, &[&[0; 4], &SECRET[..8], b"length"].concat());
    let media = boxed(*b"mdia", &[dated(*b"mdhd"), boxed(*b"minf", b"places")].concat());
    let track = boxed(*b"trak", &[dated(*b"tkhd"), media, boxed(*b"udta", SECRET)].concat());
    let played = boxed(*b"moov", &[dated(*b"mvhd"), track, boxed(*b"meta", SECRET)].concat());
    let (_, out) = cleaned("a.avif", &[&*whole, &played, &boxed(*b"mdat", b"frames")].concat());
    assert!(has(&out, b"places") && has(&out, b"frames") && has(&out, b"length") && !has(&out, &SECRET[..8]));
    // One that is cut off.
    let medium = Medium::of("a.avif", &whole[..whole.len() - 1]);
    assert!(medium.fault.is_some_and(|fault| fault.message.contains("cut off")));
}

#[test]
fn a_manifest_of_origin_is_kept_unless_it_tells_a_place() {
    let with = |manifest: &[u8]| {
        let jpeg = jpeg_with(&[segment(0xeb, &[b"JP\0\x01\0\0\0\x01", manifest].concat())]);
        let png = png_with(&[png::chunk(*b"caBX", manifest)]);
        let webp = webp_with(&[riff_chunk(*b"C2PA", manifest)]);
        [("a.jpg", jpeg), ("a.png", png), ("a.webp", webp)]
    };
    for (name, bytes) in with(b"jumb c2pa made by") {
        let medium = Medium::of(name, &bytes);
        assert!(medium.has_manifest && has(&published(&medium, bytes), b"jumb c2pa made by"), "{name}");
    }
    for (name, bytes) in with(b"jumb c2pa exif:GPSLatitude 13.5") {
        let medium = Medium::of(name, &bytes);
        assert!(!medium.has_manifest && !has(&published(&medium, bytes), b"GPSLatitude"), "{name}");
    }
    let id = b"\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81";
    let in_avif = |manifest: &[u8]| {
        let size = boxed(*b"ispe", &[0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0, 20]);
        cleaned("a.avif", &avif_of(b"", &size, &boxed(*b"uuid", &[&id[..], manifest].concat()))).1
    };
    assert!(has(&in_avif(b"jumb c2pa made by"), b"jumb c2pa made by"));
    assert!(!has(&in_avif(b"jumb c2pa exif:GPSLatitude 13.5"), b"GPSLatitude"));
}

#[test]
fn what_cannot_be_shown_is_told_with_what_to_do() {
    let page = b"<!DOCTYPE html><p>Not found</p>";
    let mut large = png_with(&[]);
    large[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let profile = segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", &*vec![7; 60_000]].concat());
    let wide = jpeg_with(&[profile.clone(), profile]);
    for (name, bytes, message, help) in [
        ("a.heic", &b"\0\0\0\x1cftypheic\0\0\0\0heicmif1hevc"[..], "is in HEIC", "save it as JPEG"),
        ("a.tif", b"II*\0\x08\0\0\0\x01\0\0\0", "is in TIFF", "PNG, or as JPEG"),
        ("a.bmp", b"BM\x36\0\0\0\0\0", "is in BMP", "PNG"),
        ("x/a.jpg", &png_with(&[]), "is a PNG, not a JPEG", "rename it to `a.png`"),
        ("a", &png_with(&[]), "isn't named like one", "rename it to `a.png`"),
        ("a.jpg", page, "is a web page, not a JPEG", "save it again"),
        ("a.jpg", b"", "is empty", "save it again"),
        ("a.pdf", b"x", "isn't a PDF", "save it again"),
        ("film.mp4", b"x", "isn't an MP4 film", "save it again"),
        ("a.png", b"version https://git-lfs.github.com/spec/v1\n", "Git LFS", "git lfs pull"),
        ("a.jpg", &jpeg_with(&[])[..38], "is damaged or cut off", "save or download it again"),
        ("a.png", &png_with(&[])[..60], "is damaged or cut off", "save or download it again"),
        ("a.webp", &webp_with(&[])[..40], "is damaged or cut off", "save or download it again"),
        ("a.png", &large, "has 30000 × 30000 pixels, or 900 megapixels; at most 100", "save it smaller"),
        ("a.jpg", &wide, "has a color profile of 118 KB", "convert it to sRGB"),
        ("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>", "(line 1, column 41)", "remove that"),
    ] {
        let fault = Medium::of(name, bytes).fault.unwrap_or_else(|| panic!("{name}: {message}"));
        assert!(fault.message.starts_with(&format!("`{name}` ")) && fault.message.contains(message), "{}", fault.message);
        assert!(fault.help.contains(help), "{}", fault.help);
    }
    for (name, bytes) in [("a.csv", &b"a,b"[..]), ("a.vtt", b"WEBVTT"), ("a.bin", b""), ("a.txt", page)] {
        assert_eq!(Medium::of(name, bytes).fault, None, "{name}");
    }
}

#[test]
fn no_part_of_a_file_stops_the_program() {
    let whole = [
        ("a.jpg", jpeg_with(&[segment(0xe1, &[b"Exif\0\0", &*exif_of(6)].concat())])),
        ("a.png", png_with(&[png::chunk(*b"eXIf", &exif_of(3))])),
        ("a.webp", webp_with(&[riff_chunk(*b"EXIF", &exif_of(8))])),
        ("a.avif", avif_with()),
        ("a.gif", b"GIF89a\x28\0\x14\0\x80\0\0\0\0\0\0\0\0\x21\xfe\x01G\0\x3b".to_vec()),
    ];
    for (name, bytes) in &whole {
        for cut in 0..bytes.len() {
            let _ = published(&Medium::of(name, &bytes[..cut]), bytes[..cut].to_vec());
            for value in [0, 0x7f, 0xff] {
                let mut odd = bytes.clone();
                odd[cut] = value;
                let _ = published(&Medium::of(name, &odd), odd);
            }
        }
    }
}

#[cfg(feature = "pictures")]
mod pixels {
    use super::*;
    use crate::source::files::InMemory;

    /// A photograph: its left half is red and its right half is blue.
    fn photo(width: u16, height: u16, orientation: u8) -> Vec<u8> {
        let row = (0..width).flat_map(|x| if x < width / 2 { [200, 0, 0] } else { [0, 0, 200] });
        let pixels: Vec<u8> = (0..height).flat_map(|_| row.clone()).collect();
        let mut out = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut out, 90);
        let exif = [b"Exif\0\0", &*exif_of(orientation)].concat();
        encoder.add_app_segment(1, &exif).unwrap();
        let profile: Vec<u8> = [&[0; 16], &b"RGB "[..], &[7; 44]].concat();
        encoder.add_icc_profile(&profile).unwrap();
        encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
        out
    }

    fn shown<T>(name: &str, bytes: Vec<u8>, look: impl FnOnce(&Shown<'_>) -> T) -> T {
        let files = InMemory([(format!("content/{name}"), bytes)].into());
        let media = Media::read(&BTreeMap::from([(name, true)]), "content", &files, &BTreeSet::new(), &Map::default());
        look(&Shown { media: &media, files: &files, content: "content" })
    }

    #[test]
    fn sizes_are_the_right_way_up_and_say_nothing_else() {
        let bytes = photo(1000, 500, 6);
        assert!(has(&bytes, SECRET));
        shown("a.jpg", bytes, |pictures| {
            let medium = pictures.get("a.jpg").unwrap();
            assert_eq!((medium.size, medium.widths()), (Some((500, 1000)), vec![360, 500]));
            let small = pictures.sized("a.jpg", 360).unwrap();
            assert!(!has(&small, SECRET) && !has(&small, b"EXIF") && has(&small, b"ICCP"));
            assert_eq!(imagesize::blob_size(&small).map(|size| (size.width, size.height)).unwrap(), (360, 720));
            let image = ::webp::Decoder::new(&small).decode().unwrap();
            let at = |x: usize, y: usize| (image[3 * (y * 360 + x)], image[3 * (y * 360 + x) + 2]);
            // Turned to the right by a quarter, what was left is on top.
            assert!(at(180, 100).0 > 150 && at(180, 100).1 < 60, "{:?}", at(180, 100));
            assert!(at(180, 600).1 > 150 && at(180, 600).0 < 60, "{:?}", at(180, 600));
            assert_eq!(pictures.tint("a.jpg").map(|tint| tint.len()), Some(7));
        });
    }

    #[test]
    fn each_orientation_puts_the_corners_where_they_belong() {
        // One pixel a corner: 1 2 over 3 4.
        let turned = |orientation| {
            let pixels = vec![1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4];
            let out = super::super::master::turned(pixels, (2, 2), 3, orientation);
            [out[0], out[3], out[6], out[9]]
        };
        let wanted =
            [[1, 2, 3, 4], [2, 1, 4, 3], [4, 3, 2, 1], [3, 4, 1, 2], [1, 3, 2, 4], [3, 1, 4, 2], [4, 2, 3, 1], [2, 4, 1, 3]];
        for (orientation, corners) in (1..).zip(wanted) {
            assert_eq!(turned(orientation), corners, "{orientation}");
        }
    }

    #[test]
    fn a_wide_picture_is_cut_down_in_its_own_kind() {
        shown("a.jpg", photo(2400, 120, 1), |pictures| {
            let medium = pictures.get("a.jpg").unwrap();
            assert!(medium.is_reduced());
            assert_eq!(medium.widths(), WIDTHS);
            let small = pictures.reduced("a.jpg").unwrap();
            assert_eq!(Kind::of(&small), Kind::Jpeg);
            assert!(!has(&small, SECRET) && has(&small, b"ICC_PROFILE"));
            assert_eq!(imagesize::blob_size(&small).map(|size| (size.width, size.height)).unwrap(), (1920, 96));
        });
    }

    #[test]
    fn networks_get_a_jpeg_over_white() {
        let mut clear = Vec::new();
        let mut encoder = ::png::Encoder::new(&mut clear, 2000, 901);
        encoder.set_color(::png::ColorType::Rgba);
        encoder.add_text_chunk("Comment".to_owned(), String::from_utf8(SECRET.to_vec()).unwrap()).unwrap();
        encoder.write_header().unwrap().write_image_data(&vec![0; 2000 * 901 * 4]).unwrap();
        for (name, bytes, size) in [("a.png", clear, (1200, 541)), ("a.jpg", photo(800, 1000, 6), (1000, 800))] {
            let small = shown(name, bytes, |pictures| {
                assert_eq!(pictures.get(name).unwrap().shared_size(), Some(size), "{name}");
                pictures.shared(name, size.0).unwrap()
            });
            assert!(Kind::of(&small) == Kind::Jpeg && !has(&small, SECRET), "{name}");
            let found = imagesize::blob_size(&small).map(|size| (size.width as u32, size.height as u32)).unwrap();
            assert_eq!(found, size, "{name}");
            if name == "a.png" {
                let tint = shown("b.jpg", small, |pictures| pictures.tint("b.jpg"));
                assert_eq!(tint.as_deref(), Some("#ffffff"), "what is clear is white");
            }
        }
        for (width, height) in [(599, 400), (700, 314)] {
            let medium = shown("a.jpg", photo(width, height, 1), |pictures| pictures.get("a.jpg").unwrap().clone());
            assert_eq!(medium.shared_size(), None, "{width} × {height}");
        }
    }

    #[test]
    fn a_picture_without_sound_pixels_is_told() {
        let mut bytes = photo(1000, 500, 1);
        let at = memchr::memmem::rfind(&bytes, &[0xff, 0xda]).unwrap();
        let frame = memchr::memmem::find(&bytes, &[0xff, 0xc4]).unwrap();
        bytes.drain(frame..at);
        shown("a.jpg", bytes, |pictures| {
            assert!(pictures.sized("a.jpg", 360).is_err());
            assert_eq!(pictures.tint("a.jpg"), None);
        });
    }
}
