//! The fonts of cards, which characters they have, and how wide those are.
//!
//! A text is set in one font only, the first that has all its letters. Mixing fonts within a line would mean shaping
//! each script separately and putting the runs back in order, and any mistake shows as boxes. So each font has Latin
//! letters too.

use std::sync::Arc;

use resvg::usvg::fontdb::{Database, ID, Source};
use resvg::usvg::{FontResolver, Options};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use crate::base::Hash;

/// Titles, leads, labels; then scripts that those lack. `assets/card-fonts/README.md` says where they come from.
static BUILT_IN: [&[u8]; 7] = [
    include_bytes!("../../../assets/card-fonts/newsreader-title.ttf"),
    include_bytes!("../../../assets/card-fonts/newsreader-lead.ttf"),
    include_bytes!("../../../assets/card-fonts/public-sans.ttf"),
    include_bytes!("../../../assets/card-fonts/noto-serif-greek-cyrillic.ttf"),
    include_bytes!("../../../assets/card-fonts/noto-naskh-arabic.ttf"),
    include_bytes!("../../../assets/card-fonts/noto-serif-hebrew.ttf"),
    include_bytes!("../../../assets/card-fonts/noto-serif-devanagari.ttf"),
];

/// Which font to try first for a text, as an index into [`BUILT_IN`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Newsreader, large and strong.
    Title = 0,
    /// Newsreader, for reading.
    Lead = 1,
    /// Public Sans.
    Label = 2,
}

impl Face {
    /// The position of that font.
    const fn position(self) -> usize {
        self as usize
    }
}

/// A text that can be drawn.
pub struct Drawable {
    /// Its font, as an index.
    pub font: usize,
    /// The text, without what the font lacks and readers can do without.
    pub text: String,
}

type Bytes = Arc<dyn AsRef<[u8]> + Sync + Send>;

/// Fonts, in the order in which they are tried.
pub struct Fonts {
    data: Vec<Bytes>,
    ids: Vec<ID>,
    database: Arc<Database>,
    hash: Hash,
}

impl Fonts {
    /// The program's own fonts.
    pub fn built_in() -> Self {
        let mut fonts =
            Self { data: Vec::new(), ids: Vec::new(), database: Arc::new(Database::new()), hash: Hash::of(b"built in") };
        for bytes in BUILT_IN {
            fonts.take(Arc::new(bytes));
        }
        fonts
    }

    /// Adds one of the site's fonts; false if the bytes aren't a font.
    pub fn add(&mut self, bytes: Vec<u8>) -> bool {
        self.hash = Hash::of(&[self.hash.to_string().as_bytes(), &bytes].concat());
        self.take(Arc::new(bytes))
    }

    fn take(&mut self, data: Bytes) -> bool {
        if FontRef::new((*data).as_ref()).is_err() {
            return false;
        }
        let ids = Arc::make_mut(&mut self.database).load_font_source(Source::Binary(data.clone()));
        let Some(id) = ids.first() else { return false };
        self.ids.push(*id);
        self.data.push(data);
        true
    }

    /// A hash of all of them.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    fn font(&self, at: usize) -> Option<FontRef<'_>> {
        FontRef::new((**self.data.get(at)?).as_ref()).ok()
    }

    /// `text` as it can be drawn, in the font that `face` asks for or in the next that has all its letters. Symbols
    /// that this font lacks, such as emoji, are left out. `None` if no font has all the letters, or if nothing is left.
    pub fn drawable(&self, face: Face, text: &str) -> Option<Drawable> {
        let first = face.position();
        // The other two faces have the same letters as the first.
        let others = (Face::Label.position() + 1)..self.data.len();
        let mut all = std::iter::once(first).chain(others);
        let found = all.find_map(|at| Some(Drawable { font: at, text: self.in_font(at, text)? }));
        found.filter(|drawable| !drawable.text.is_empty())
    }

    fn in_font(&self, at: usize, text: &str) -> Option<String> {
        let map = self.font(at)?.charmap();
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                c if c.is_whitespace() => out.push(' '),
                c if map.map(c).is_some() => out.push(c),
                // Letters and digits carry meaning; readers can do without any other character that is missing, and
                // without joiners.
                c if c.is_alphanumeric() => return None,
                _ => {}
            }
        }
        Some(out.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Measures texts in a font at `size` pixels: the sum of the characters' widths, which is slightly more than what
    /// is drawn.
    pub fn ruler(&self, font: usize, size: f32) -> impl Fn(&str) -> f32 + '_ {
        let font = self.font(font).map(|font| (font.charmap(), font.glyph_metrics(Size::new(size), LocationRef::default())));
        move |text| {
            let Some((map, metrics)) = &font else { return 0.0 };
            text.chars().filter_map(|c| metrics.advance_width(map.map(c)?)).sum()
        }
    }

    /// The name of a font in an SVG drawing.
    pub fn family(font: usize) -> String {
        format!("f{font}")
    }

    /// The settings of the drawing library: it finds fonts by [`Self::family`], and falls back to no other.
    pub fn options(&self) -> Options<'_> {
        let select_font = |font: &resvg::usvg::Font, _: &mut Arc<Database>| {
            let family = font.families().first().map(ToString::to_string).unwrap_or_default();
            let at: usize = family.trim_matches('"').strip_prefix('f')?.parse().ok()?;
            self.ids.get(at).copied()
        };
        Options {
            font_resolver: FontResolver { select_font: Box::new(select_font), select_fallback: Box::new(|_, _, _| None) },
            fontdb: self.database.clone(),
            ..Options::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_cant_be_drawn_are_known() {
        let fonts = Fonts::built_in();
        let of = |text: &str| fonts.drawable(Face::Title, text).map(|drawable| drawable.text);
        for text in [
            "What’s known – and “what” isn’t…",
            "Đặng Thùy Trâm, Łódź, Besançon",
            "Угода з Сальвадором",
            "Η συμφωνία",
            "الاتفاق مع السلفادور",
            "ההסכם",
            "समझौता",
            "What السلفادور said in 2025",
        ] {
            assert_eq!(of(text).as_deref(), Some(text));
        }
        assert_eq!(of("協定"), None);
        assert_eq!(of("עברית and Ελληνικά"), None, "in no one font");
        assert_eq!(of("The deal \u{1f1f8}\u{1f1fb}").as_deref(), Some("The deal"));
    }

    #[test]
    fn widths_grow_with_size_and_text() {
        let fonts = Fonts::built_in();
        let (small, large) = (fonts.ruler(0, 20.0), fonts.ruler(0, 40.0));
        assert!(small("ab") > small("a") && small("a") > 0.0);
        assert!((large("word") - 2.0 * small("word")).abs() < 0.1);
        assert!(!Fonts::built_in().add(b"no font".to_vec()));
    }
}
