//! Text for YAML with stand-ins for characters that aren't allowed on a page. Those are reported separately, and should
//! not keep a record from being parsed.

use std::borrow::Cow;

use crate::base::escape::{forbidden, is_forbidden, without_forbidden};

/// A text with unassigned code points in place of such characters.
pub(super) struct Filled<'t> {
    pub(super) text: Cow<'t, str>,
    /// Where the fillers are that are longer than what they replace.
    longer: Vec<usize>,
}

/// The fillers for characters of one and of three bytes, of two, and of four.
const FILLERS: [char; 3] = ['\u{2fe0}', '\u{378}', '\u{e0fff}'];

/// How much longer the filler of a one-byte character is.
const BY: usize = 2;

impl<'t> Filled<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        if forbidden(text).next().is_none() {
            return Self { text: text.into(), longer: Vec::new() };
        }
        let (mut out, mut longer) = (String::with_capacity(text.len()), Vec::new());
        for c in text.chars() {
            match c.len_utf8() {
                _ if !is_forbidden(c) => out.push(c),
                1 => {
                    longer.push(out.len());
                    out.push(FILLERS[0]);
                }
                2 => out.push(FILLERS[1]),
                3 => out.push(FILLERS[0]),
                _ => out.push(FILLERS[2]),
            }
        }
        Self { text: out.into(), longer }
    }

    /// Where a byte of it is in the original text.
    pub(super) fn place(&self, at: usize) -> usize {
        let before = self.longer.partition_point(|longer| *longer < at);
        // Inside a filler counts as after the character it replaces.
        let within = self.longer[..before].last().map_or(0, |last| (last + 1 + BY).saturating_sub(at));
        at - before * BY + within
    }

    /// A value that was parsed from it, without fillers and characters that aren't allowed on a page.
    pub(super) fn clean(&self, value: &str) -> String {
        let value = without_forbidden(value);
        if matches!(self.text, Cow::Owned(_)) { value.replace(FILLERS, "") } else { value.into_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_values_are_those_of_the_text() {
        let text = "a\u{1}b\u{85}\u{fffe}«\u{7}\u{1ffff}é";
        let filled = Filled::of(text);
        assert!(forbidden(&filled.text).next().is_none());
        assert_eq!(filled.clean(&filled.text), "ab«é");
        for needle in ["a", "b", "«", "é"] {
            let at = filled.text.find(needle).unwrap();
            assert_eq!(filled.place(at), text.find(needle).unwrap(), "{needle}");
        }
        for at in 0..=filled.text.len() {
            let place = filled.place(at);
            assert!(!filled.text.is_char_boundary(at) || text.is_char_boundary(place), "{at}");
            assert!(place <= text.len());
        }
        assert_eq!(filled.place(filled.text.len()), text.len());
        assert!(matches!(Filled::of("a «é»\t").text, Cow::Borrowed(_)));
    }
}
