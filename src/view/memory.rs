//! What pages need to tell readers who come back what has changed. Nobody counts visits: the reader's own browser keeps hashes
//! of what was there, and compares them with those of now.

use serde::Serialize;

use super::View;
use super::plain_text::plain;
use crate::base::Hash;
use crate::model::{PageIx, RecordIx, address};

/// Where the manifest is.
pub const MANIFEST: &str = "changes/memory.json";

/// The forms that a plural may have in any language.
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What a page needs to tell a returning reader what has changed.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct MemoryView {
    /// The address of the manifest with the hashes of everything that can change.
    pub manifest: String,
    /// What the script says, as JSON by name; a message with a number has one text for each plural form.
    pub words: String,
}

/// Eight hexadecimal digits of the hash of some texts. Thousands of things seldom share them, and then one is missing from a
/// list.
#[must_use]
pub fn short(parts: &[&str]) -> String {
    digits(parts.join(&*char::from(BETWEEN).to_string()).as_bytes())
}

fn digits(bytes: &[u8]) -> String {
    Hash::of(bytes).to_string()[..8].to_owned()
}

/// What stands between texts that are hashed together. No text contains this character, so no two lists read alike.
const BETWEEN: u8 = 0x1f;

/// The words of a text as [`short`] joins a list of them. Every page of a site asks for this, so no list is made: the words
/// move up in the text itself.
fn joined(text: &str) -> Vec<u8> {
    let mut out = text.as_bytes().to_vec();
    // A separator takes no more room than the space it stands for, so what is written never passes what is read. No
    // processor can predict whether a letter or a space comes next, so there is no branch on it.
    let (mut at, mut to, mut was_space) = (0, 0, true);
    while let Some(byte) = out.get(at).copied() {
        let (is_space, length) = if byte.is_ascii() {
            (matches!(byte, b'\t'..=b'\r' | b' '), 1)
        } else {
            text[at..].chars().next().map_or((false, 1), |c| (c.is_whitespace(), c.len_utf8()))
        };
        out[to] = if is_space { BETWEEN } else { byte };
        to += usize::from(!(is_space && was_space));
        if length > 1 && !is_space {
            out.copy_within(at + 1..at + length, to);
            to += length - 1;
        }
        was_space = is_space;
        at += length;
    }
    out.truncate(to - usize::from(was_space && to > 0));
    out
}

impl View<'_> {
    /// Whether pages tell returning readers what has changed.
    #[must_use]
    pub fn has_memory(&self) -> bool {
        self.config.theme.memory != Some(false)
    }

    /// What pages need to tell returning readers what has changed.
    #[must_use]
    pub fn memory(&self) -> MemoryView {
        let mut words = serde_json::Map::new();
        let changed = "count.changed-since";
        let forms = PLURALS.iter().filter_map(|form| {
            let text = self.words.find(&format!("{changed}.{form}"))?;
            Some(((*form).to_owned(), text.into()))
        });
        words.insert("changed".to_owned(), serde_json::Value::Object(forms.collect()));
        for (name, key) in [
            ("nothing", "memory.nothing"),
            ("page", "memory.page"),
            ("mark", "memory.mark"),
            ("forgotten", "memory.forgotten"),
        ] {
            words.insert(name.to_owned(), self.words.get(key).into());
        }
        MemoryView { manifest: address::file(MANIFEST), words: serde_json::Value::Object(words).to_string() }
    }

    /// A hash of a page's words, which changes when a reader would see a difference.
    #[must_use]
    pub fn page_state(&self, at: PageIx) -> String {
        let owner = RecordIx::Page(at);
        let linked = self.reader.linked(owner);
        let mut words = String::new();
        for (index, prose) in linked.pieces.proses.indices().zip(&linked.pieces.proses) {
            if linked.is_first(index, self.language()) {
                plain(&mut words, self, linked, &prose.markdown);
                words.push('\n');
            }
        }
        // How lines are broken makes no difference to readers.
        digits(&joined(&words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_like_lists_of_words() {
        for text in ["", " ", "one", " one  two\n\nthree\t", "a\u{a0}b\u{2003}c\u{3000}", "é ü\u{85}ñ", "\u{200b} x\u{b}y"]
        {
            let words: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(joined(text), words.join("\u{1f}").as_bytes(), "{text:?}");
        }
    }
}
