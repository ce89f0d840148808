//! Draws a card: as SVG, and as the picture made from that.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::Tree;

use super::fit;
use super::fonts::{Face, Fonts};
use super::words::{Card, Colors, Mark};
use crate::base::{Map, escape};
use crate::view::meta::CARD;

/// Where the timeline runs, from the edge where texts begin.
const LINE: f32 = 88.0;
/// Where texts begin and end.
const TEXT: (f32, f32) = (152.0, 1120.0);
/// The baseline of the kicker.
const KICKER: f32 = 116.0;
/// The baseline of the foot.
const FOOT: f32 = 556.0;
/// The font size of the lead, and its line height.
const LEAD: f32 = 34.0;
const LEAD_STEP: f32 = 45.0;
/// The font sizes that a title is tried in, with the most lines at each.
const TITLE: [(f32, usize); 8] = [(92.0, 1), (84.0, 1), (90.0, 2), (80.0, 3), (68.0, 4), (58.0, 5), (50.0, 6), (44.0, 7)];

/// A card as SVG. It depends on the drawing library only for the shapes of letters.
pub fn svg(card: &Card, fonts: &Fonts) -> String {
    let (width, height) = CARD;
    let colors = &card.colors;
    let mut svg = Svg { out: String::with_capacity(4096), mirrored: card.right_to_left };
    svg.out.push_str(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>",
        colors.paper
    ));
    let room = TEXT.1 - TEXT.0;
    let kicker = svg.line(fonts, Face::Label, 30.0, (TEXT.0, KICKER), room, (&colors.accent, &card.kicker));
    let top = if kicker { KICKER + 26.0 } else { KICKER - 30.0 };
    let (bottom, size) = title(&mut svg, card, fonts, top);
    if let Some(lead) = fonts.drawable(Face::Lead, &card.lead) {
        let first = bottom + size * 0.24 + 46.0;
        // As many lines of the lead as fit above the foot.
        let left = ((FOOT - 58.0 - first) / LEAD_STEP + 1.0).floor().max(0.0) as usize;
        let lines = fit::clipped(&lead.text, room, left.min(3), &fonts.ruler(lead.font, LEAD));
        for (at, line) in lines.iter().enumerate() {
            svg.text("start", lead.font, LEAD, (TEXT.0, first + at as f32 * LEAD_STEP), (&colors.soft, line));
        }
    }
    foot(&mut svg, card, fonts);
    svg.spine(card.mark, colors, (top + size * 0.2, top + size * 0.56), bottom);
    svg.out.push_str("</svg>");
    svg.out
}

/// The title, as large as it fits; returns the baseline of its last line, and its size.
fn title(svg: &mut Svg, card: &Card, fonts: &Fonts, top: f32) -> (f32, f32) {
    let room = TEXT.1 - TEXT.0;
    let texts = [&card.title, &card.instead];
    let Some(title) = texts.into_iter().find_map(|text| fonts.drawable(Face::Title, text)) else {
        return (top + TITLE[0].0 * 0.86, TITLE[0].0);
    };
    let fitted = TITLE.iter().find_map(|(size, most)| {
        let lines = fit::lines(&title.text, room, *most, &fonts.ruler(title.font, *size))?;
        Some((*size, lines))
    });
    let (size, lines) = fitted.unwrap_or_else(|| {
        let (size, most) = TITLE[TITLE.len() - 1];
        (size, fit::clipped(&title.text, room, most, &fonts.ruler(title.font, size)))
    });
    let mut base = top + size * 0.86;
    for (at, line) in lines.iter().enumerate() {
        base = top + size * (0.86 + 1.06 * at as f32);
        svg.text("start", title.font, size, (TEXT.0, base), (&card.colors.ink, line));
    }
    (base, size)
}

/// The foot: who publishes it, and the date at the other end.
fn foot(svg: &mut Svg, card: &Card, fonts: &Fonts) {
    let soft = &card.colors.soft;
    let room = TEXT.1 - TEXT.0;
    let date = fonts.drawable(Face::Label, &card.date);
    let taken = date.as_ref().map_or(0.0, |date| fonts.ruler(date.font, 26.0)(&date.text) + 48.0);
    let named = svg.line(fonts, Face::Label, 26.0, (TEXT.0, FOOT), room - taken, (soft, &card.publisher));
    if let Some(date) = date {
        // If the foot names nobody, the date begins where the texts do.
        let (anchor, x) = if named { ("end", TEXT.1) } else { ("start", TEXT.0) };
        svg.text(anchor, date.font, 26.0, (x, FOOT), (soft, &date.text));
    }
}

struct Svg {
    out: String,
    /// Whether everything is mirrored, for scripts that run from right to left.
    mirrored: bool,
}

impl Svg {
    fn x(&self, x: f32) -> f32 {
        if self.mirrored { CARD.0 as f32 - x } else { x }
    }

    /// A text on one line, cut if it is too long; false if it can't be drawn.
    fn line(
        &mut self,
        fonts: &Fonts,
        face: Face,
        size: f32,
        place: (f32, f32),
        room: f32,
        (color, text): (&str, &str),
    ) -> bool {
        let Some(text) = fonts.drawable(face, text) else { return false };
        for line in fit::clipped(&text.text, room, 1, &fonts.ruler(text.font, size)) {
            self.text("start", text.font, size, place, (color, &line));
        }
        true
    }

    /// A text that begins or ends at `x`, on the baseline `y`.
    fn text(&mut self, anchor: &str, font: usize, size: f32, (x, y): (f32, f32), (color, text): (&str, &str)) {
        let anchor = match (anchor, self.mirrored) {
            ("start", true) => "end",
            ("end", true) => "start",
            (anchor, _) => anchor,
        };
        let (x, family) = (self.x(x), Fonts::family(font));
        self.out.push_str(&format!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-family=\"{family}\" font-size=\"{size}\" text-anchor=\"{anchor}\" fill=\"{color}\">"
        ));
        escape::html(&mut self.out, text);
        self.out.push_str("</text>");
    }

    /// The timeline at the side, which runs on beyond the picture, and the mark on it: at the top or in the `middle` of
    /// the title's first line, or from there to the last.
    fn spine(&mut self, mark: Mark, colors: &Colors, (top, middle): (f32, f32), last: f32) {
        let x = self.x(LINE);
        let Colors { line, accent, paper, .. } = colors;
        self.out.push_str(&format!("<path d=\"M{x:.1} 0V630\" stroke=\"{line}\" stroke-width=\"3\" fill=\"none\"/>"));
        self.out.push_str(&match mark {
            Mark::Full => format!(
                "<circle cx=\"{x:.1}\" cy=\"{middle:.1}\" r=\"17\" fill=\"{accent}\" stroke=\"{paper}\" stroke-width=\"7\"/>"
            ),
            Mark::Ring => format!(
                "<circle cx=\"{x:.1}\" cy=\"{middle:.1}\" r=\"15\" fill=\"{paper}\" stroke=\"{accent}\" stroke-width=\"7\"/>"
            ),
            Mark::Span => {
                format!("<path d=\"M{x:.1} {top:.1}V{last:.1}\" stroke=\"{accent}\" stroke-width=\"15\" stroke-linecap=\"round\"/>")
            }
        });
    }
}

/// The picture of a drawing, as a PNG of up to 256 colors: each is a mix of the paper with one other color, so this
/// loses nothing.
///
/// # Errors
/// What can't be drawn, in words that help to fix the program or a font.
pub fn png(svg: &str, fonts: &Fonts, colors: &Colors) -> Result<Vec<u8>, String> {
    let tree = Tree::from_str(svg, &fonts.options()).map_err(|error| error.to_string())?;
    let mut pixels = Pixmap::new(CARD.0, CARD.1).ok_or("no room for a picture")?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    let palette = palette(colors);
    let mut known: Map<[u8; 3], u8> = Map::default();
    let mut indices = Vec::with_capacity(pixels.pixels().len());
    let mut last = (palette[0], 0);
    for pixel in pixels.pixels() {
        let color = [pixel.red(), pixel.green(), pixel.blue()];
        if color != last.0 {
            last = (color, *known.entry(color).or_insert_with(|| nearest(&palette, color)));
        }
        indices.push(last.1);
    }
    let mut out = Vec::with_capacity(32 * 1024);
    let mut encoder = png::Encoder::new(&mut out, CARD.0, CARD.1);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&indices));
    written.map_err(|error| error.to_string())?;
    Ok(out)
}

/// Steps between paper and each other color.
const STEPS: u16 = 48;

/// The colors of a card, and the steps between each of them and its paper.
fn palette(colors: &Colors) -> Vec<[u8; 3]> {
    let paper = rgb(&colors.paper);
    let mut out = vec![paper];
    for other in [&colors.ink, &colors.soft, &colors.line, &colors.accent].map(|color| rgb(color)) {
        out.extend((1..=STEPS).map(|step| {
            std::array::from_fn(|at| {
                let (from, to) = (u16::from(paper[at]), u16::from(other[at]));
                // The mean of two bytes fits in a byte.
                ((from * (STEPS - step) + to * step + STEPS / 2) / STEPS) as u8
            })
        }));
    }
    out
}

/// The bytes of `#rrggbb`; black for anything else, which the settings refuse.
fn rgb(color: &str) -> [u8; 3] {
    let number = u32::from_str_radix(color.trim_start_matches('#'), 16).unwrap_or_default().to_be_bytes();
    [number[1], number[2], number[3]]
}

fn nearest(palette: &[[u8; 3]], color: [u8; 3]) -> u8 {
    let far = |one: &[u8; 3]| one.iter().zip(color).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>();
    // A palette has fewer than 256 colors.
    palette.iter().enumerate().min_by_key(|(_, one)| far(one)).map_or(0, |(at, _)| at as u8)
}

#[cfg(test)]
mod tests {
    use resvg::usvg::{Group, Node};

    use super::*;

    fn card(title: &str) -> Card {
        Card {
            kicker: "15 March 2025".to_owned(),
            title: title.to_owned(),
            instead: "The site".to_owned(),
            lead: "A lead <with> & marks 🎉".to_owned(),
            publisher: "The site · Редакция".to_owned(),
            date: "Updated 22 December 2025".to_owned(),
            right_to_left: false,
            mark: Mark::Full,
            colors: Colors {
                paper: "#fcfaf5".to_owned(),
                ink: "#1c1a17".to_owned(),
                soft: "#59544b".to_owned(),
                line: "#8d8677".to_owned(),
                accent: "#a3271b".to_owned(),
            },
        }
    }

    /// Each text of a drawing, how wide it came out, and whether any of its letters had no shape.
    fn texts(group: &Group, out: &mut Vec<(String, f32, bool)>) {
        for node in group.children() {
            match node {
                Node::Group(group) => texts(group, out),
                Node::Text(text) => {
                    let words = text.chunks().iter().map(resvg::usvg::TextChunk::text).collect::<String>();
                    let mut glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
                    out.push((words, text.bounding_box().right(), glyphs.any(|glyph| glyph.id.0 == 0)));
                }
                _ => {}
            }
        }
    }

    fn drawn(title: &str) -> Vec<(String, f32, bool)> {
        let fonts = Fonts::built_in();
        let tree = Tree::from_str(&svg(&card(title), &fonts), &fonts.options()).unwrap();
        let mut out = Vec::new();
        texts(tree.root(), &mut out);
        out
    }

    #[test]
    fn no_script_comes_out_as_boxes_or_runs_out_of_the_picture() {
        let long = "A very long title that goes on and on about the many things which happened ".repeat(5);
        for title in [
            "Short",
            "Соглашение между США и Сальвадором и его последствия",
            "ماذا قالت CECOT في عام 2025 عن السلفادور",
            "समझौता और उसके बाद क्या हुआ",
            "ההסכם",
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
            &long,
        ] {
            let drawn = drawn(title);
            assert!(drawn.len() >= 5, "{drawn:?}");
            for (words, right, boxes) in drawn {
                assert!(!boxes && right <= TEXT.1 + 8.0, "{words}: to {right}");
            }
        }
        assert!(drawn(&long).iter().any(|(words, ..)| words.ends_with('…')));
    }

    #[test]
    fn a_title_that_can_not_be_drawn_makes_way() {
        let drawn = drawn("協定");
        assert!(
            drawn.iter().any(|(words, ..)| words == "The site") && drawn.iter().all(|(_, _, boxes)| !boxes),
            "{drawn:?}"
        );
    }

    #[test]
    fn a_card_is_a_picture_of_the_right_size() {
        let fonts = Fonts::built_in();
        let card = card("A title");
        let bytes = png(&svg(&card, &fonts), &fonts, &card.colors).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), CARD);
        // Paper at the corner, the timeline, and more colors than these.
        let colors: std::collections::BTreeSet<u8> = pixels.iter().copied().collect();
        assert!(pixels[0] == pixels[pixels.len() - 1] && colors.len() > 20, "{}", colors.len());
        assert_eq!(bytes, png(&svg(&card, &fonts), &fonts, &card.colors).unwrap());
    }
}
