//! Finds the site's own sentences, for rules about what they say: not what others say, and not names or code.

use std::ops::Range;

use super::quoted;
use super::reading::{Reading, Texts};
use crate::syntax::indices::TextIx;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::pieces::TextField;

/// Whether a text consists of the site's own sentences, in English, the only language that some rules know.
pub(super) fn is_told(texts: &Texts<'_>, at: TextIx) -> bool {
    primary(language(texts, at)) == "en" && is_own(texts, at)
}

/// Whether a text consists of the site's own sentences.
pub(super) fn is_own(texts: &Texts<'_>, at: TextIx) -> bool {
    // Fields not listed here hold names, or the words of a source.
    match texts.pieces.proses[at].field {
        field if field.is_told() => true,
        TextField::Summary | TextField::Now | TextField::Note | TextField::Says => true,
        TextField::Other("text") => !is_quote(texts, at),
        TextField::Other(key) => matches!(key, "description" | "definition" | "is" | "alt" | "caption"),
        _ => false,
    }
}

/// The tag of a text's language.
pub(super) fn language<'t>(texts: &'t Texts<'_>, at: TextIx) -> &'t str {
    texts.pieces.proses[at].language.as_deref().unwrap_or(texts.language)
}

/// The language of a tag, without its region: `en` of `en-GB`.
pub(super) fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
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
    /// The site's own words in a text in a language.
    pub(super) fn of(reading: &'r Reading<'m>, language: &str) -> Self {
        Self { reading, quoted: quoted::find(&reading.text, language) }
    }

    /// Whether all of some words are the site's own.
    pub(super) fn holds(&self, words: &Range<usize>) -> bool {
        let next = self.quoted.partition_point(|quoted| quoted.end <= words.start);
        let is_quoted = self.quoted.get(next).is_some_and(|quoted| quoted.start < words.end);
        !is_quoted && self.reading.is_prose(words)
    }
}
