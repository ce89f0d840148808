//! A text as it is read, for rules about words, and the way back from its words to the file.

use std::ops::Range;

use crate::base::TextRange;
use crate::syntax::markdown::{Markdown, Op, Slice, Tag};

/// The words of a text, blocks on lines of their own.
pub(super) struct Reading<'m> {
    markdown: &'m Markdown,
    /// The words.
    pub(super) text: String,
    parts: Vec<Part>,
}

/// Words that stand together in the text's own string.
struct Part {
    at: usize,
    slice: Slice,
    is_code: bool,
}

impl<'m> Reading<'m> {
    pub(super) fn of(markdown: &'m Markdown) -> Self {
        let mut reading = Self { markdown, text: String::with_capacity(markdown.characters().len()), parts: Vec::new() };
        let mut in_code = false;
        for op in &markdown.ops {
            match op {
                Op::Text(slice) => reading.add(*slice, in_code),
                Op::Code(slice) => reading.add(*slice, true),
                Op::SoftBreak | Op::HardBreak => reading.text.push(' '),
                Op::Open(tag) | Op::Close(tag) if tag.is_inline() && !matches!(tag, Tag::Picture(_)) => {}
                Op::Open(tag) | Op::Close(tag) => {
                    in_code = matches!((op, tag), (Op::Open(_), Tag::CodeBlock(_)));
                    reading.text.push('\n');
                }
                _ => reading.text.push('\n'),
            }
        }
        reading
    }

    fn add(&mut self, slice: Slice, is_code: bool) {
        self.parts.push(Part { at: self.text.len(), slice, is_code });
        self.text.push_str(self.markdown.str(slice));
    }

    /// The part that holds the byte at `at`, if that is of the text's own.
    fn part(&self, at: usize) -> Option<&Part> {
        let next = self.parts.partition_point(|part| part.at <= at);
        self.parts[..next].last().filter(|part| at < part.at + part.slice.range().len())
    }

    /// Whether some words are code.
    pub(super) fn is_code(&self, words: &Range<usize>) -> bool {
        self.part(words.start).is_some_and(|part| part.is_code && words.end <= part.at + part.slice.range().len())
    }

    /// Where some words stand, relative to the record.
    pub(super) fn place(&self, words: &Range<usize>) -> TextRange {
        let own = |at: usize| self.part(at).map(|part| part.slice.range().start + at - part.at);
        let (first, last) = (own(words.start), own(words.end.saturating_sub(1)));
        let all = 0..self.markdown.characters().len();
        self.markdown.place(first.zip(last).map_or(all, |(first, last)| first..last + 1))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::ContentKind;
    use crate::syntax::{Options, parse_file};

    #[test]
    fn words_are_found_in_the_file_and_code_is_known() {
        let text = "---\ntitle: x\n---\nsee [it](TODO-x) `TK` and\n> _T_**K** T&#75;\n";
        let parsed = parse_file("a.md", ContentKind::Page, &Arc::new(text.to_owned()), Options::default(), None);
        let record = &parsed.page.as_ref().unwrap().0;
        let reading = Reading::of(&record.pieces.proses[record.fields.body].markdown);
        assert_eq!(reading.text, "\nsee it TK and\n\n\nTK TK\n\n");
        let places = reading.text.match_indices("TK").map(|(at, mark)| {
            let words = at..at + mark.len();
            (reading.place(&words).of(text), reading.is_code(&words))
        });
        assert_eq!(places.collect::<Vec<_>>(), [("TK", true), ("T_**K", false), ("T&#75;", false)]);
        // Between blocks there are no words, and all of them stand for that.
        assert_eq!(reading.place(&(0..1)), TextRange::new(17, text.trim_end().len()));
    }
}
