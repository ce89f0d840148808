//! The sizes of a picture: decoded once, turned the right way up, cut down to the widest size, and encoded for each.

use std::collections::VecDeque;
use std::io::Cursor;
use std::sync::{Arc, Mutex, PoisonError};

use fast_image_resize as fir;
use fast_image_resize::images::TypedImage;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::sizes::{Shown, WIDEST, scaled, sized};
use super::{Kind, Medium, webp as container};
use crate::base::Hash;
use crate::source::files::plain_words;

/// The quality of pictures in WebP, of 100.
const QUALITY: f32 = 80.0;

/// The quality of pictures in JPEG, which few browsers ask for.
const JPEG_QUALITY: u8 = 82;

/// The same for drawings and screenshots, for networks.
const DRAWN_QUALITY: u8 = 90;

/// Part of the names in the cache: another number for another way of making pictures.
const EDITION: &str = "pictures-1";

/// From how many pixels on a picture is decoded alone.
const LARGE: u64 = 30_000_000;

fn is_large((width, height): (u32, u32)) -> bool {
    u64::from(width) * u64::from(height) > LARGE
}

/// How many decoded pictures are kept: the sizes of one are made one after another, on every core.
const RECENT: usize = 8;

/// A decoded picture, the right way up, no wider than the widest size.
#[derive(Debug)]
pub struct Master {
    width: u32,
    height: u32,
    /// Three bytes for each pixel, or four with transparency.
    pixels: Vec<u8>,
    is_clear: bool,
    /// Whether it was drawn rather than photographed, so that it may be smaller without loss.
    is_drawn: bool,
    profile: Option<Vec<u8>>,
}

/// Pixels as a decoder hands them out.
struct Decoded {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
    is_clear: bool,
    profile: Option<Vec<u8>>,
}

impl Master {
    /// Decodes a picture.
    ///
    /// # Errors
    /// Why it can't be decoded.
    pub fn of(medium: &Medium, bytes: &[u8]) -> Result<Self, String> {
        let decoded = match medium.kind {
            Kind::Jpeg => jpeg(bytes),
            Kind::Png => png(bytes),
            Kind::WebP => webp(bytes),
            _ => Err("its kind is not made in other sizes".to_owned()),
        }?;
        let is_turned = medium.orientation > 4;
        let (across, down) = if is_turned { (decoded.height, decoded.width) } else { (decoded.width, decoded.height) };
        let width = across.min(WIDEST);
        let height = scaled(down, width, across);
        let profile = decoded.profile.clone().filter(|profile| profile.get(16..20) == Some(b"RGB "));
        let is_clear = decoded.is_clear;
        let (w, h) = if is_turned { (height, width) } else { (width, height) };
        let small = resized(decoded.pixels, (decoded.width, decoded.height), (w, h), is_clear)?;
        let pixels = turned(small, (w, h), if is_clear { 4 } else { 3 }, medium.orientation);
        Ok(Self { width, height, pixels, is_clear, is_drawn: medium.kind == Kind::Png, profile })
    }

    /// The picture in WebP at this width.
    fn in_webp(&self, width: u32) -> Result<Vec<u8>, String> {
        let (pixels, height) = self.at(width)?;
        let layout = if self.is_clear { webp::PixelLayout::Rgba } else { webp::PixelLayout::Rgb };
        let encoder = webp::Encoder::new(&pixels, layout, width, height);
        let encode =
            |is_lossless, quality| encoder.encode_simple(is_lossless, quality).map_err(|error| format!("{error:?}"));
        let mut best = encode(false, QUALITY)?;
        if self.is_drawn {
            // Lines and flat colors are often smaller without loss, and then they are sharper too.
            let lossless = encode(true, 75.0)?;
            if lossless.len() <= best.len() {
                best = lossless;
            }
        }
        Ok(match &self.profile {
            Some(profile) => container::with_profile(&best, (width, height), profile),
            None => best.to_vec(),
        })
    }

    /// The picture in the kind of its original, at the widest size.
    fn in_own_kind(&self, kind: Kind) -> Result<Vec<u8>, String> {
        match kind {
            Kind::Jpeg => self.in_jpeg(&self.pixels, (self.width, self.height)),
            Kind::Png => self.in_png().map_err(|error| error.to_string()),
            _ => self.in_webp(self.width),
        }
    }

    /// The picture as networks take it: in JPEG at this width, over white where it is transparent.
    fn for_networks(&self, width: u32) -> Result<Vec<u8>, String> {
        let (mut pixels, height) = self.at(width)?;
        if self.is_clear {
            pixels = pixels.chunks_exact(4).flat_map(over_white).collect();
        }
        self.in_jpeg(&pixels, (width, height))
    }

    fn in_jpeg(&self, pixels: &[u8], (width, height): (u32, u32)) -> Result<Vec<u8>, String> {
        let mut out = Vec::new();
        let (quality, sampling) = if self.is_drawn {
            // Letters and lines suffer first.
            (DRAWN_QUALITY, jpeg_encoder::SamplingFactor::F_1_1)
        } else {
            (JPEG_QUALITY, jpeg_encoder::SamplingFactor::F_2_2)
        };
        let mut encoder = jpeg_encoder::Encoder::new(&mut out, quality);
        encoder.set_progressive(true);
        encoder.set_sampling_factor(sampling);
        let words = |error: jpeg_encoder::EncodingError| error.to_string();
        if let Some(profile) = &self.profile {
            encoder.add_icc_profile(profile).map_err(words)?;
        }
        let side = |side: u32| u16::try_from(side).map_err(|_| "it is too large for a JPEG".to_owned());
        encoder.encode(pixels, side(width)?, side(height)?, jpeg_encoder::ColorType::Rgb).map_err(words)?;
        Ok(out)
    }

    fn in_png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut out = Vec::new();
        let mut info = png::Info::with_size(self.width, self.height);
        info.color_type = if self.is_clear { png::ColorType::Rgba } else { png::ColorType::Rgb };
        info.bit_depth = png::BitDepth::Eight;
        info.icc_profile = self.profile.clone().map(Into::into);
        let mut writer = png::Encoder::with_info(&mut out, info)?.write_header()?;
        writer.write_image_data(&self.pixels)?;
        writer.finish()?;
        Ok(out)
    }

    /// The pixels at this width, and the height.
    fn at(&self, width: u32) -> Result<(Vec<u8>, u32), String> {
        let height = scaled(self.height, width, self.width);
        Ok((resized(self.pixels.clone(), (self.width, self.height), (width, height), self.is_clear)?, height))
    }

    /// The color of the picture as a whole, over white where it is transparent.
    fn color(&self) -> Result<[u8; 3], String> {
        let one = resized(self.pixels.clone(), (self.width, self.height), (1, 1), self.is_clear)?;
        Ok(if self.is_clear { over_white(&one) } else { [one[0], one[1], one[2]] })
    }
}

/// The color of a pixel with transparency, over white.
fn over_white(pixel: &[u8]) -> [u8; 3] {
    let opaque = u16::from(pixel[3]);
    let shown = |at: usize| ((u16::from(pixel[at]) * opaque + 255 * (255 - opaque)) / 255) as u8;
    [shown(0), shown(1), shown(2)]
}

fn jpeg(bytes: &[u8]) -> Result<Decoded, String> {
    let side = usize::from(u16::MAX);
    let options =
        DecoderOptions::default().set_max_width(side).set_max_height(side).jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let pixels = decoder.decode().map_err(|error| error.to_string())?;
    let info = decoder.info().ok_or("it has no size")?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    Ok(Decoded { width, height, pixels, is_clear: false, profile: decoder.icc_profile() })
}

fn png(bytes: &[u8]) -> Result<Decoded, String> {
    let words = |error: png::DecodingError| error.to_string();
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(words)?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("it is too large")?];
    let frame = reader.next_frame(&mut pixels).map_err(words)?;
    pixels.truncate(frame.buffer_size());
    let profile = reader.info().icc_profile.as_ref().map(|profile| profile.to_vec());
    let (pixels, is_clear) = match frame.color_type {
        png::ColorType::Grayscale => (pixels.iter().flat_map(|gray| [*gray; 3]).collect(), false),
        png::ColorType::GrayscaleAlpha => {
            (pixels.chunks_exact(2).flat_map(|pair| [pair[0], pair[0], pair[0], pair[1]]).collect(), true)
        }
        png::ColorType::Rgb => (pixels, false),
        png::ColorType::Rgba => (pixels, true),
        png::ColorType::Indexed => return Err("its colors can't be read".to_owned()),
    };
    Ok(Decoded { width: frame.width, height: frame.height, pixels, is_clear, profile })
}

fn webp(bytes: &[u8]) -> Result<Decoded, String> {
    let image = webp::Decoder::new(bytes).decode().ok_or("it can't be decoded")?;
    let (width, height, is_clear) = (image.width(), image.height(), image.is_alpha());
    Ok(Decoded { width, height, pixels: image.to_vec(), is_clear, profile: container::profile(bytes) })
}

fn resized(pixels: Vec<u8>, from: (u32, u32), to: (u32, u32), is_clear: bool) -> Result<Vec<u8>, String> {
    if from == to {
        return Ok(pixels);
    }
    if is_clear {
        convolved::<fir::pixels::U8x4>(pixels, from, to)
    } else {
        convolved::<fir::pixels::U8x3>(pixels, from, to)
    }
}

/// The same for one kind of pixel. The kind is a type here because `Resizer::resize` takes all of the library's thirteen, and
/// then their code is compiled into this crate: a quarter of everything that it compiles.
fn convolved<P: fir::PixelTrait>(mut pixels: Vec<u8>, from: (u32, u32), to: (u32, u32)) -> Result<Vec<u8>, String> {
    let source = TypedImage::<P>::from_buffer(from.0, from.1, &mut pixels).map_err(|error| error.to_string())?;
    let mut small = vec![0; to.0 as usize * to.1 as usize * size_of::<P>()];
    let mut target = TypedImage::<P>::from_buffer(to.0, to.1, &mut small).map_err(|error| error.to_string())?;
    let filter = if to == (1, 1) { fir::FilterType::Box } else { fir::FilterType::Lanczos3 };
    let options = fir::ResizeOptions::new().resize_alg(fir::ResizeAlg::Convolution(filter));
    fir::Resizer::new().resize_typed(&source, &mut target, &options).map_err(|error| error.to_string())?;
    Ok(small)
}

/// Pixels turned as their orientation says: `size` is before, and each pixel has this many bytes.
pub(super) fn turned(pixels: Vec<u8>, size: (u32, u32), bytes: usize, orientation: u8) -> Vec<u8> {
    if orientation == 1 {
        return pixels;
    }
    let (width, height) = (size.0 as usize, size.1 as usize);
    let (across, down) = if orientation > 4 { (height, width) } else { (width, height) };
    let mut out = Vec::with_capacity(pixels.len());
    for y in 0..down {
        for x in 0..across {
            // Where the pixel that is shown here was stored.
            let (column, row) = match orientation {
                2 => (width - 1 - x, y),
                3 => (width - 1 - x, height - 1 - y),
                4 => (x, height - 1 - y),
                5 => (y, x),
                6 => (y, height - 1 - x),
                7 => (width - 1 - y, height - 1 - x),
                8 => (width - 1 - y, x),
                _ => (x, y),
            };
            let at = (row * width + column) * bytes;
            out.extend_from_slice(&pixels[at..at + bytes]);
        }
    }
    out
}

/// The pictures decoded last.
#[derive(Debug, Default)]
pub(super) struct Masters {
    recent: Mutex<VecDeque<(Hash, Arc<Master>)>>,
    /// Held while a large picture is decoded: two at a time could fill the memory of a small machine.
    large: Mutex<()>,
}

impl Masters {
    fn get_or(
        &self,
        hash: Hash,
        is_large: bool,
        decode: impl FnOnce() -> Result<Master, String>,
    ) -> Result<Arc<Master>, String> {
        // Nothing that could panic happens while this is locked.
        let lock = || self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, master)) = lock().iter().find(|(known, _)| *known == hash) {
            return Ok(master.clone());
        }
        // What a panic left behind is no state.
        let alone = is_large.then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
        let master = Arc::new(decode()?);
        drop(alone);
        let mut recent = lock();
        recent.push_front((hash, master.clone()));
        recent.truncate(RECENT);
        Ok(master)
    }
}

impl Shown<'_> {
    /// What goes into one version of a picture, as a hash; `version` says which.
    #[must_use]
    pub fn key(&self, path: &str, version: &str) -> Hash {
        let hash = self.get(path).and_then(|medium| medium.hash);
        Hash::of(format!("{EDITION} {hash:?} {version}").as_bytes())
    }

    /// One size of a picture, in WebP.
    ///
    /// # Errors
    /// Why it can't be made.
    pub fn sized(&self, path: &str, width: u32) -> Result<Vec<u8>, String> {
        self.cached(path, &format!("{width}.webp"), |master, _| master.in_webp(width))
    }

    /// A picture no wider than pages show it, in its own kind.
    ///
    /// # Errors
    /// Why it can't be made.
    pub fn reduced(&self, path: &str) -> Result<Vec<u8>, String> {
        self.cached(path, "reduced", Master::in_own_kind)
    }

    /// A picture as it appears with links to its page elsewhere.
    ///
    /// # Errors
    /// Why it can't be made.
    pub fn shared(&self, path: &str, width: u32) -> Result<Vec<u8>, String> {
        self.cached(path, &format!("{width}.jpg"), |master, _| master.for_networks(width))
    }

    /// The color that stands for a picture until it is there, in hexadecimal; `None` if there is none.
    #[must_use]
    pub fn tint(&self, path: &str) -> Option<String> {
        self.get(path).filter(|medium| !medium.widths().is_empty())?;
        let color = self.cached(path, "color", |master, _| {
            let [red, green, blue] = master.color()?;
            Ok(format!("#{red:02x}{green:02x}{blue:02x}").into_bytes())
        });
        // A picture that can't be decoded is reported where its sizes are made.
        String::from_utf8(color.ok()?).ok()
    }

    /// What `make` makes of a picture, or what it made of the same bytes earlier.
    fn cached(
        &self,
        path: &str,
        name: &str,
        make: impl FnOnce(&Master, Kind) -> Result<Vec<u8>, String>,
    ) -> Result<Vec<u8>, String> {
        let medium = self.get(path).ok_or("no record uses it")?;
        let hash = medium.hash.ok_or("it is not a picture")?;
        let name = format!("{EDITION}/{hash}-{name}");
        if let Some(bytes) = self.files.cached(&name) {
            return Ok(bytes);
        }
        let master = self.media.masters.get_or(hash, medium.size.is_some_and(is_large), || {
            let bytes = self.files.read(&format!("{}/{path}", self.content)).map_err(|error| plain_words(&error))?;
            Master::of(medium, &bytes)
        })?;
        let bytes = make(&master, medium.kind)?;
        self.files.cache(&name, &bytes);
        Ok(bytes)
    }
}

/// The paths of all sizes of the picture at `path`.
#[must_use]
pub fn paths(medium: &Medium, path: &str) -> Vec<(u32, String)> {
    medium.widths().into_iter().map(|width| (width, sized(path, width))).collect()
}
