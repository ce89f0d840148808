//! Colors and their contrast (WCAG 2.2, “contrast ratio”).

use std::fmt;

/// A color in the sRGB space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color(pub [u8; 3]);

impl Color {
    /// Parses `#rgb` or `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let digit = |at: usize| digits.get(at..=at).and_then(|digit| u8::from_str_radix(digit, 16).ok());
        let channel = |at: usize| match digits.len() {
            3 => digit(at).map(|digit| digit * 17),
            6 => Some(digit(at * 2)? * 16 + digit(at * 2 + 1)?),
            _ => None,
        };
        Some(Self([channel(0)?, channel(1)?, channel(2)?]))
    }

    /// The relative luminance, from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast between two colors, from 1 (none) to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (own, other) = (self.luminance(), other.luminance());
        (own.max(other) + 0.05) / (own.min(other) + 0.05)
    }

    /// The first color between this one and white that is readable on `paper`.
    #[must_use]
    pub fn lightened(self, paper: Self, wanted: f64) -> Self {
        let toward = |step: u16| {
            let mix = |value: u8| (u16::from(value) + (255 - u16::from(value)) * step / 50) as u8;
            Self(self.0.map(mix))
        };
        (0..=50).map(toward).find(|color| color.contrast(paper) >= wanted).unwrap_or(Self([255; 3]))
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The value of a token that a sheet defines for both themes, as `--name: light-dark(#…, #…)`: light first.
#[must_use]
pub fn token(sheet: &str, name: &str) -> Option<[Color; 2]> {
    let start = sheet.find(&format!("--{name}:"))?;
    let value = sheet[start..].split([';', '}']).next()?.split_once("light-dark(")?.1;
    let (light, dark) = value.split_once(')')?.0.split_once(',')?;
    Some([Color::parse(light)?, Color::parse(dark)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let color = |text| Color::parse(text).unwrap();
        assert!((color("#000").contrast(color("#ffffff")) - 21.0).abs() < 1e-9);
        assert!((color("#777").contrast(color("#fff")) - 4.478).abs() < 1e-3);
        assert!(color("#767676").contrast(color("#fff")) >= 4.5);
    }

    #[test]
    fn other_text_is_not_a_color() {
        for text in ["", "#", "#12", "#1234", "#ggg", "red", "#12345é", "é#123"] {
            assert_eq!(Color::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_dark_color_is_lightened_until_it_can_be_read() {
        let paper = Color([21, 23, 26]);
        let light = Color([163, 39, 27]).lightened(paper, 4.5);
        assert!(light.contrast(paper) >= 4.5 && light.contrast(paper) < 5.0, "{light}");
    }
}
