//! Finds the site's own sentences, for rules about what they say: not what others say, and not names or code.

use std::ops::Range;

use super::quoted;
use super::reading::{Reading, Texts};
use crate::syntax::indices::TextIx;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::pieces::TextField;

/// Whether a text consists of the site's own sentences, in English, the only language that such rules know.
pub(super) fn is_told(texts: &Texts<'_>, at: TextIx) -> bool {
    let prose = &texts.pieces.proses[at];
    let language = prose.language.as_deref().unwrap_or(texts.language);
    let is_english = language.split(['-', '_']).next().is_some_and(|tag| tag.eq_ignore_ascii_case("en"));
    // Fields not listed here hold names, or the words of a source.
    let has_sentences = match prose.field {
        field if field.is_told() => true,
        TextField::Summary | TextField::Now | TextField::Note | TextField::Says => true,
        TextField::Other(key) => matches!(key, "text" | "description" | "definition" | "is" | "alt" | "caption"),
        _ => false,
    };
    is_english && has_sentences && !is_quote(texts, at)
}

/// Whether a text is that of a `quote` block.
fn is_quote(texts: &Texts<'_>, at: TextIx) -> bool {
    let blocks = texts.body.iter().flat_map(|body| &body.blocks);
    blocks
        .filter_map(|block| if let Block::Quote(quote) = block { Some(quote) } else { None })
        .any(|quote| quote.text.variants.contains(&at))
}

/// Which words of a text are the site's own.
pub(super) struct Told<'r, 'm> {
    reading: &'r Reading<'m>,
    quoted: Vec<Range<usize>>,
}

impl<'r, 'm> Told<'r, 'm> {
    /// The site's own words in a text.
    pub(super) fn of(reading: &'r Reading<'m>) -> Self {
        Self { reading, quoted: quoted::find(&reading.text) }
    }

    /// Whether all of some words are the site's own.
    pub(super) fn holds(&self, words: &Range<usize>) -> bool {
        let next = self.quoted.partition_point(|quoted| quoted.end <= words.start);
        let is_quoted = self.quoted.get(next).is_some_and(|quoted| quoted.start < words.end);
        !is_quoted && self.reading.is_prose(words)
    }
}
