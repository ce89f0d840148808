//! How wide a text is, so that labels can be placed before any browser sees them.
//!
//! The widths are those of the theme's sans in its semibold weight, which is the widest that a chart uses. A site with
//! another font gets labels with a little more or less room.

/// The size of all letters in a chart.
pub const SIZE: f64 = 13.0;

/// The distance from one line to the next.
pub const LINE: f64 = 17.0;

/// Readers who don't have the font yet see another one, and it may be a little wider.
const SPARE: f64 = 1.05;

/// Advance widths from U+0020, in thousandths of the size.
const ASCII: [u16; 95] = [
    234, 268, 455, 610, 671, 923, 750, 255, 320, 324, 437, 573, 261, 386, 250, 368, 630, 419, 618, 649, 644, 659, 643, 615,
    661, 643, 250, 261, 563, 573, 563, 529, 829, 719, 678, 705, 708, 629, 605, 747, 768, 297, 396, 701, 578, 903, 770, 749,
    645, 762, 687, 682, 606, 714, 690, 962, 704, 640, 655, 322, 368, 322, 479, 537, 243, 560, 603, 546, 603, 572, 397, 626,
    585, 258, 277, 572, 317, 882, 586, 571, 602, 602, 403, 518, 404, 589, 513, 785, 577, 551, 489, 359, 266, 360, 592,
];

/// Advance widths from U+00A0.
const LATIN: [u16; 224] = [
    234, 269, 553, 632, 561, 638, 266, 503, 343, 825, 408, 479, 573, 386, 547, 364, 469, 573, 381, 415, 243, 596, 581, 246,
    254, 249, 405, 496, 813, 886, 941, 532, 719, 719, 719, 719, 719, 719, 1010, 705, 629, 629, 629, 629, 297, 297, 297, 297,
    730, 770, 749, 749, 749, 749, 749, 560, 765, 714, 714, 714, 714, 640, 667, 610, 560, 560, 560, 560, 560, 560, 914, 546,
    572, 572, 572, 572, 255, 255, 255, 347, 571, 586, 571, 571, 571, 571, 571, 573, 600, 589, 589, 589, 589, 551, 598, 551,
    719, 560, 719, 560, 719, 560, 705, 546, 705, 546, 705, 546, 705, 546, 708, 598, 730, 629, 629, 572, 629, 572, 629, 572,
    629, 572, 629, 566, 747, 626, 747, 626, 747, 626, 747, 626, 768, 585, 810, 605, 297, 313, 297, 321, 297, 255, 297, 255,
    297, 255, 600, 600, 396, 275, 701, 572, 588, 578, 317, 578, 317, 578, 317, 578, 391, 586, 363, 770, 586, 770, 586, 770,
    586, 600, 770, 594, 749, 571, 749, 571, 749, 571, 1123, 941, 687, 403, 687, 403, 687, 403, 682, 518, 682, 518, 682, 518,
    682, 518, 606, 404, 606, 438, 606, 404, 714, 589, 714, 589, 714, 589, 714, 589, 714, 589, 714, 589, 962, 785, 640, 551,
    640, 655, 489, 655, 489, 655, 489, 600,
];

/// Figures have one width, so that numbers line up.
const FIGURE: u16 = 661;

/// The advance width of a character, in thousandths of the size. Letters that the table doesn't have count as wide ones.
fn advance(c: char) -> u16 {
    let at = c as usize;
    match c {
        '0'..='9' => FIGURE,
        ' '..='~' => ASCII[at - 0x20],
        '\u{a0}'..='\u{17f}' => LATIN[at - 0xa0],
        '\u{2009}' | '\u{202f}' | '\u{2018}' | '\u{2019}' => 260,
        '\u{201c}' | '\u{201d}' => 460,
        '\u{2013}' => 580,
        // The theme's font comes without a minus sign, and that of another font is wider.
        '\u{2212}' => 1000,
        '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}' => 0,
        c if is_accent(c) => 0,
        '\u{370}'..='\u{6ff}' | '\u{900}'..='\u{97f}' => 780,
        _ => 1140,
    }
}

/// The width of a text in one line.
#[must_use]
pub fn width(text: &str) -> f64 {
    let sum: u32 = text.chars().map(|c| u32::from(advance(c))).sum();
    f64::from(sum) * SIZE / 1000.0 * SPARE
}

/// A text in lines no wider than `most`. A word that is wider by itself is divided.
#[must_use]
pub fn wrapped(text: &str, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer) <= most {
            line = longer;
            continue;
        }
        lines.extend((!line.is_empty()).then(|| std::mem::take(&mut line)));
        let is_long = width(word) > most;
        for c in word.chars() {
            let hyphen = if is_long && takes_hyphen(&line, c) { "-" } else { "" };
            let is_full = width(&line) + width(c.encode_utf8(&mut [0; 4])) + width(hyphen) > most;
            if is_full && !line.is_empty() && !is_accent(c) {
                lines.push(std::mem::take(&mut line) + hyphen);
            }
            line.push(c);
        }
    }
    lines.extend((!line.is_empty()).then_some(line));
    lines
}

/// Whether a line that ends within a word, before this letter, ends in a hyphen. Some scripts need none.
fn takes_hyphen(line: &str, next: char) -> bool {
    let is_latin = |c: char| c.is_alphabetic() && c < '\u{590}';
    is_latin(next) && line.chars().next_back().is_some_and(is_latin)
}

/// Whether it belongs to the letter before it.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{93a}'..='\u{94f}')
}

/// A text that is cut off where it gets wider than `most`.
#[must_use]
pub fn shortened(text: &str, most: f64) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if width(&out) + width(c.encode_utf8(&mut [0; 4])) + width("…") > most {
            break;
        }
        out.push(c);
    }
    format!("{}…", out.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_divided_between_words_and_only_else_within_them() {
        assert_eq!(wrapped("one two three", width("one two")), ["one two", "three"]);
        assert_eq!(wrapped("", 10.0), Vec::<String>::new());
        let word = "Donaudampfschifffahrtsgesellschaft";
        let lines = wrapped(word, 60.0);
        assert!(lines.len() > 1 && lines.concat().replace('-', "") == word, "{lines:?}");
        assert!(lines[..lines.len() - 1].iter().all(|line| line.ends_with('-')), "{lines:?}");
        assert_eq!(wrapped("最高法院下令", width("最高")), ["最高", "法院", "下令"]);
        let accents = wrapped(&"e\u{301}".repeat(9), 40.0);
        assert!(accents.iter().all(|line| line.starts_with('e')), "{accents:?}");
        assert!(lines.iter().all(|line| width(line) <= 60.0));
    }

    #[cfg(feature = "cards")]
    #[test]
    fn widths_are_those_of_the_font() {
        use skrifa::MetadataProvider as _;
        let font = skrifa::FontRef::new(include_bytes!("../../assets/card-fonts/public-sans.ttf")).unwrap();
        let metrics = font.glyph_metrics(skrifa::instance::Size::new(1000.0), skrifa::instance::LocationRef::default());
        let known = (' '..='~').chain('\u{a0}'..='\u{17f}').chain("‘’“”–".chars());
        for (c, glyph) in known.filter_map(|c| Some((c, font.charmap().map(c)?))) {
            let real = metrics.advance_width(glyph).unwrap();
            let ours = f32::from(advance(c));
            assert!(ours >= real - 0.1 && ours < real + 15.0 || c.is_ascii_digit() && ours >= real, "{c}: {ours}, {real}");
        }
    }
}
