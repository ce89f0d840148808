//! Help for people who are writing a site: what may be written at a place, what stands there, and where else.
//!
//! The answers are plain values, for the language server and for forms. They come from the tables that the decoder uses and from
//! the [`ReadSite`](crate::build::edition::ReadSite) of an edition, which may be older than the text being written: what to write
//! at a place ([`complete`]) depends on the text around it, and what to offer there on the site as it was last read.

pub mod area;
pub mod card;
pub mod complete;
pub mod dates;
pub mod fields;
pub mod find;
pub mod hint;
pub mod outline;
pub mod standing;
pub mod toml;
pub mod typed;
pub mod words;
pub mod yaml;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::area::{Area, area};
    use super::fields::allowed;
    use super::typed::typed;
    use super::{toml, yaml};
    use crate::trials::trials;

    /// Asks everything about every place of a text, however little sense it makes.
    fn ask_all(path: &str, text: &str) {
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let _ = typed(text, at);
            let (spot, shape) = match area(path, "content", text, at) {
                Some(Area::Yaml(range, shape)) => (yaml::spot(text, &range, at), shape),
                Some(Area::Toml(shape)) => (toml::spot(text, at), shape),
                _ => continue,
            };
            if let Some(spot) = spot {
                let range = spot.token.range.clone();
                assert!(text.get(range.clone()).is_some(), "{text:?} at {at}: {range:?}");
                let _ = allowed(&shape, &spot.token.path, spot.kind);
            }
        }
        let whole = 0..text.len();
        for token in yaml::tokens(text, &whole, &whole) {
            assert!(text.get(token.range.clone()).is_some(), "{text:?}: {:?}", token.range);
        }
    }

    proptest! {
        #![proptest_config(trials(400))]

        #[test]
        fn no_text_is_too_odd(
            text in "(- |id: |date|: |\\[|\\]|\\{|\\}|\"|'|\\||>|#| #|\n|\r\n|  |---\n|```|claim\n|\\[\\[|@|;|=|é|😀|\u{feff}|a){0,24}",
            kind in 0..4_usize,
        ) {
            ask_all(["content/events/a.yaml", "content/sources/a.yaml", "content/a.md", "book.toml"][kind], &text);
        }
    }
}
