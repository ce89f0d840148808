//! Fields that a reader sees: inline Markdown, possibly by language.

use std::ops::Range;

use super::decode::{Decode, Decoder};
use super::markdown::Markdown;
use super::markdown_parse::{self, Mode};
use super::node::{Kind, Node};
use super::pieces::{Expects, Place, Pointer, Prose};
use crate::base::TextRange;
use crate::base::slug::is_id;

/// A Markdown field in every language it was given in: indices into [`super::Pieces::proses`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// One index a language; never empty once decoded.
    pub variants: Vec<u32>,
}

impl Decode for Text {
    const SHAPE: &'static str = "text, or text by language";

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, .. } => Some(Self { variants: vec![inline(text, node.range, None, d)] }),
            Kind::Map(entries) if !entries.is_empty() => {
                let mut variants = Vec::with_capacity(entries.len());
                for (language, value) in entries {
                    let text = d.scalar(value, "text")?;
                    variants.push(inline(text, value.range, Some(language.value.as_str().into()), d));
                }
                Some(Self { variants })
            }
            _ => {
                d.wrong_type(node, "text");
                None
            }
        }
    }
}

/// Parses one inline text into the record's pieces and gives its index.
fn inline(text: &str, range: TextRange, language: Option<Box<str>>, d: &mut Decoder) -> u32 {
    let index = d.pieces.proses.len() as u32;
    let field = d.field;
    let raw = range.of(d.text);
    let map = Alignment::of(text, raw);
    let place = |part: Range<usize>| map.place(part, range);
    // The slot is taken first, so that what the text points at can name it.
    d.pieces.proses.push(Prose { field, language, markdown: Markdown::default(), range });
    let markdown = markdown_parse::parse(text, Mode::Inline, index, &place, d, &mut Vec::new());
    d.pieces.proses[index as usize].markdown = markdown;
    index
}

/// Which bytes of a scalar's value stand where in the file, as far as escapes and folding let it be followed.
enum Alignment {
    /// The value stands as it is, so many bytes behind the beginning of the range.
    Verbatim(usize),
    /// Runs of equal bytes: offset in the value, offset in the raw text.
    Runs(Vec<(usize, usize)>),
}

impl Alignment {
    fn of(value: &str, raw: &str) -> Self {
        let quote = match raw.bytes().next() {
            Some(first @ (b'"' | b'\'')) if value.as_bytes().first() != Some(&first) => 1,
            _ => 0,
        };
        if raw.get(quote..).is_some_and(|rest| rest.starts_with(value)) {
            return Self::Verbatim(quote);
        }
        // Only texts that point somewhere are ever asked for the place of a part.
        if !value.contains('[') && !value.contains('<') {
            return Self::Runs(Vec::new());
        }
        let (value, raw) = (value.as_bytes(), raw.as_bytes());
        let mut runs = vec![(0, quote)];
        let (mut v, mut r) = (0, quote);
        while v < value.len() && r < raw.len() {
            let blank = |byte: u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
            if value[v] == raw[r] && !(blank(raw[r]) && raw.get(r + 1).is_some_and(|next| blank(*next))) {
                v += 1;
                r += 1;
                // A single quote inside single quotes is written twice.
                if value[v - 1] == b'\'' && quote == 1 && raw[0] == b'\'' && raw.get(r) == Some(&b'\'') {
                    r += 1;
                    runs.push((v, r));
                }
            } else if blank(value[v]) && blank(raw[r]) {
                while v < value.len() && blank(value[v]) {
                    v += 1;
                }
                while r < raw.len() && blank(raw[r]) {
                    r += 1;
                }
                runs.push((v, r));
            } else {
                break;
            }
        }
        runs.push((v, usize::MAX));
        Self::Runs(runs)
    }

    fn place(&self, part: Range<usize>, whole: TextRange) -> TextRange {
        let runs = match self {
            Self::Verbatim(skip) => {
                return TextRange::new(part.start + skip, part.end + skip).shifted(whole.start);
            }
            Self::Runs(runs) => runs,
        };
        let find = |at: usize| {
            let (from, to) = runs[..runs.partition_point(|(from, _)| *from <= at)].last()?;
            (*to != usize::MAX).then(|| to + at - from)
        };
        match (find(part.start), find(part.end.saturating_sub(1))) {
            (Some(start), Some(last)) if last >= start => TextRange::new(start, last + 1).shifted(whole.start),
            _ => whole,
        }
    }
}

/// Someone who says something: an entity by its id, or words.
#[derive(Clone, Debug)]
pub struct Party {
    /// Set if it is written as an id, or as a single lower-case word that may be one.
    pub pointer: Option<u32>,
    /// The words, shown where no entity is meant.
    pub text: Text,
}

impl Decode for Party {
    const SHAPE: &'static str = "an entity's id, or words";

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let pointer = match &node.kind {
            Kind::Scalar { text, .. } if is_id(text) => {
                d.pieces.pointers.push(Pointer {
                    id: text.as_str().into(),
                    heading: None,
                    expects: Expects::Party,
                    range: node.range,
                    place: Place::Field(d.field),
                });
                Some(d.pieces.pointers.len() as u32 - 1)
            }
            _ => None,
        };
        Some(Self { pointer, text: Text::decode(node, d)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(value: &str, raw: &str, needle: &str) -> String {
        let start = value.find(needle).unwrap();
        let range = Alignment::of(value, raw).place(start..start + needle.len(), TextRange::new(0, raw.len()));
        range.of(raw).to_owned()
    }

    #[test]
    fn follows_values_into_the_file() {
        assert_eq!(found("see [[a]] now", "see [[a]] now", "[[a]]"), "[[a]]");
        assert_eq!(found("see [[a]]", "\"see [[a]]\"", "[[a]]"), "[[a]]");
        assert_eq!(found("it's [[a]]", "'it''s [[a]]'", "[[a]]"), "[[a]]");
        assert_eq!(found("one two [[a]] three", "one\n    two [[a]]\n    three\n", "[[a]]"), "[[a]]");
        assert_eq!(found("one [[a|b c]]", "one [[a|b\n    c]]\n", "[[a|b c]]"), "[[a|b\n    c]]");
        // Behind an escape nothing is certain, and the whole scalar is shown.
        assert_eq!(found("x\ty [[a]]", "\"x\\ty [[a]]\"", "[[a]]"), "\"x\\ty [[a]]\"");
    }
}
