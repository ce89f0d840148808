//! The texts of a record as readers see them, for rules about words, and the way back from words to the file.

use std::ops::Range;

use crate::base::{Origin, Table, TextRange};
use crate::model::reader::Reader;
use crate::model::{Item, Link, RecordIx};
use crate::syntax::indices::{CitationIx, PointerIx};
use crate::syntax::markdown::{Markdown, Op, Slice, Tag};
use crate::syntax::{Body, References};

/// The texts of a record, or of a page in one language.
pub(super) struct Texts<'m> {
    /// The texts.
    pub(super) pieces: &'m References,
    /// What their pointers lead to.
    pub(super) targets: &'m Table<PointerIx, Box<[Link]>>,
    /// What their citations lead to.
    pub(super) cited: &'m Table<CitationIx, Box<[Link]>>,
    /// Where the record begins.
    pub(super) origin: Origin,
    /// The language of texts for which none is given.
    pub(super) language: &'m str,
    /// Which of them is the longer one below a Markdown file's head.
    pub(super) body: Option<&'m Body>,
}

/// Calls `each` with the texts of a record; of a page, once for each of its languages.
pub(super) fn each_texts<'m>(reader: Reader<'m>, owner: RecordIx, mut each: impl FnMut(&Texts<'m>)) {
    fn of<'m, T>(item: &'m Item<T>, language: &'m str) -> Texts<'m> {
        let record = &item.record;
        let (targets, cited) = (&item.targets, &item.cited);
        Texts { pieces: &record.pieces, targets, cited, origin: record.origin, language, body: record.body.as_deref() }
    }
    let first = reader.language();
    let texts = match owner {
        RecordIx::Page(at) => {
            let variants = reader.variants(at).iter().map(|(tag, item)| (tag.as_str(), item));
            for (language, item) in std::iter::once((first, reader.item(at))).chain(variants) {
                each(&of(item, language));
            }
            return;
        }
        RecordIx::Event(at) => of(reader.item(at), first),
        RecordIx::Claim(at) => of(reader.item(at), first),
        RecordIx::Entity(at) => of(reader.item(at), first),
        RecordIx::Term(at) => of(reader.item(at), first),
        RecordIx::Source(at) => of(reader.item(at), first),
        RecordIx::Author(at) => of(reader.item(at), first),
    };
    each(&texts);
}

/// Represents a record that a [`Reading`] mentions without giving it words.
pub(super) const MENTION: char = '\u{fffc}';

/// The words of a text, with each block on its own line and each line break within a block as a space.
pub(super) struct Reading<'m> {
    markdown: &'m Markdown,
    /// The words.
    pub(super) text: String,
    /// The links to records.
    pub(super) links: Vec<LinkedWords>,
    parts: Vec<Part>,
}

/// A link to a record.
pub(super) struct LinkedWords {
    /// Where it leads.
    pub(super) pointer: PointerIx,
    /// Its words; [`MENTION`] if the author wrote none.
    pub(super) words: Range<usize>,
}

/// Words that are contiguous in the text's own string.
struct Part {
    at: usize,
    slice: Slice,
    kind: PartKind,
    /// Whether they are in a link, or emphasized as titles of works are.
    is_marked: bool,
}

/// What words belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PartKind {
    /// What the author writes.
    Prose,
    /// A heading.
    Heading,
    /// A block quotation.
    Quotation,
    /// Code of any kind.
    Code,
}

impl Part {
    fn end(&self) -> usize {
        self.at + self.slice.range().len()
    }
}

impl<'m> Reading<'m> {
    pub(super) fn of(markdown: &'m Markdown) -> Self {
        Self::of_part(markdown, &markdown.ops)
    }

    /// The words of some of its operations, such as those of one paragraph.
    pub(super) fn of_part(markdown: &'m Markdown, ops: &[Op]) -> Self {
        let size = if ops.len() == markdown.ops.len() { markdown.characters().len() } else { 0 };
        let mut reading = Self { markdown, text: String::with_capacity(size), links: Vec::new(), parts: Vec::new() };
        let (mut block, mut quotations, mut marks) = (PartKind::Prose, 0_u32, 0_u32);
        for op in ops {
            let kind = if block != PartKind::Code && quotations > 0 { PartKind::Quotation } else { block };
            match op {
                Op::Text(slice) => reading.add(*slice, kind, marks > 0),
                Op::Code(slice) => reading.add(*slice, PartKind::Code, marks > 0),
                Op::Mention(pointer) => {
                    let start = reading.text.len();
                    reading.text.push(MENTION);
                    reading.links.push(LinkedWords { pointer: *pointer, words: start..reading.text.len() });
                }
                // A citation has no words, and separates those around it.
                Op::SoftBreak | Op::HardBreak | Op::Cite(..) | Op::FootnoteMark(..) | Op::Task(_) => reading.text.push(' '),
                Op::Open(tag) if tag.is_inline() && !matches!(tag, Tag::Picture(_)) => {
                    marks += u32::from(is_mark(*tag));
                    if let Tag::Mention(pointer) = tag {
                        let here = reading.text.len();
                        reading.links.push(LinkedWords { pointer: *pointer, words: here..here });
                    }
                }
                Op::Close(tag) if tag.is_inline() && !matches!(tag, Tag::Picture(_)) => {
                    marks = marks.saturating_sub(u32::from(is_mark(*tag)));
                    if let (Tag::Mention(_), Some(link)) = (tag, reading.links.last_mut()) {
                        link.words.end = reading.text.len();
                    }
                }
                Op::Open(_) | Op::Close(_) => {
                    block = match op {
                        Op::Open(Tag::CodeBlock(_)) => PartKind::Code,
                        Op::Open(Tag::Heading(_)) => PartKind::Heading,
                        _ => PartKind::Prose,
                    };
                    match op {
                        Op::Open(Tag::Quote) => quotations += 1,
                        Op::Close(Tag::Quote) => quotations = quotations.saturating_sub(1),
                        _ => {}
                    }
                    reading.text.push('\n');
                }
                Op::Rule | Op::Block(_) => reading.text.push('\n'),
            }
        }
        reading
    }

    fn add(&mut self, slice: Slice, kind: PartKind, is_marked: bool) {
        self.parts.push(Part { at: self.text.len(), slice, kind, is_marked });
        self.text.push_str(self.markdown.str(slice));
    }

    /// The part that contains the byte at `at`, if it belongs to the text's own words.
    fn part(&self, at: usize) -> Option<&Part> {
        let next = self.parts.partition_point(|part| part.at <= at);
        self.parts[..next].last().filter(|part| at < part.end())
    }

    /// Whether a range of words is code.
    pub(super) fn is_code(&self, words: &Range<usize>) -> bool {
        self.part(words.start).is_some_and(|part| part.kind == PartKind::Code && words.end <= part.end())
    }

    /// Whether a range of words is entirely the author's own: it contains no heading, block quotation or code.
    pub(super) fn is_prose(&self, words: &Range<usize>) -> bool {
        self.parts_of(words).all(|part| part.kind == PartKind::Prose)
    }

    /// Whether none of a range of words is in a link or emphasized.
    pub(super) fn is_unmarked(&self, words: &Range<usize>) -> bool {
        self.parts_of(words).all(|part| !part.is_marked)
    }

    fn parts_of(&self, words: &Range<usize>) -> impl Iterator<Item = &Part> {
        let (from, end) = (self.parts.partition_point(|part| part.end() <= words.start), words.end);
        self.parts[from..].iter().take_while(move |part| part.at < end)
    }

    /// The words, with code replaced by letters, byte for byte.
    pub(super) fn without_code(&self) -> String {
        let mut out = String::with_capacity(self.text.len());
        for part in self.parts.iter().filter(|part| part.kind == PartKind::Code) {
            out.push_str(&self.text[out.len()..part.at]);
            out.extend(std::iter::repeat_n('x', part.end() - part.at));
        }
        out.push_str(&self.text[out.len()..]);
        out
    }

    /// Where a word is in the text's own string, if it is one of the author's.
    pub(super) fn own(&self, at: usize) -> Option<usize> {
        self.part(at).map(|part| part.slice.range().start + at - part.at)
    }

    /// The location of a range of words, relative to the record.
    pub(super) fn place(&self, words: &Range<usize>) -> TextRange {
        let (first, last) = (self.own(words.start), self.own(words.end.saturating_sub(1)));
        let all = 0..self.markdown.characters().len();
        self.markdown.place(first.zip(last).map_or(all, |(first, last)| first..last + 1))
    }
}

/// Whether what a tag encloses is a link, or looks like the title of a work.
fn is_mark(tag: Tag) -> bool {
    matches!(tag, Tag::Mention(_) | Tag::Link(_) | Tag::Emphasis)
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
        let reading = Reading::of(record.body.as_ref().unwrap().markdown(&record.pieces));
        assert_eq!(reading.text, "\nsee it TK and\n\n\nTK TK\n\n");
        let places = reading.text.match_indices("TK").map(|(at, mark)| {
            let words = at..at + mark.len();
            (reading.place(&words).of(text), reading.is_code(&words))
        });
        assert_eq!(places.collect::<Vec<_>>(), [("TK", true), ("T_**K", false), ("T&#75;", false)]);
        // The space between blocks has no words, so it maps to the whole text.
        assert_eq!(reading.place(&(0..1)), TextRange::new(17, text.trim_end().len()));
    }

    #[test]
    fn links_have_their_words() {
        let text = "[[a]] and [[b|some *more* words]], *a title*, [c](d)\n";
        let parsed = parse_file("a.md", ContentKind::Page, &Arc::new(text.to_owned()), Options::default(), None);
        let record = &parsed.page.as_ref().unwrap().0;
        let reading = Reading::of(record.body.as_ref().unwrap().markdown(&record.pieces));
        let words: Vec<_> = reading.links.iter().map(|link| &reading.text[link.words.clone()]).collect();
        assert_eq!(words, ["\u{fffc}", "some more words"]);
        let letters = reading.text.char_indices().filter(|(_, c)| c.is_ascii_alphabetic());
        let plain: String = letters.filter(|(at, _)| reading.is_unmarked(&(*at..at + 1))).map(|(_, c)| c).collect();
        assert_eq!(plain, "and");
    }

    #[test]
    fn prose_is_told_from_headings_quotations_and_code() {
        let text = "# a\n\nb `c` [[id]][@key]d\n\n> e\n>\n> - f\n>\n> ```\n> g\n> ```\n\n- h\n";
        let parsed = parse_file("a.md", ContentKind::Page, &Arc::new(text.to_owned()), Options::default(), None);
        let record = &parsed.page.as_ref().unwrap().0;
        let reading = Reading::of(record.body.as_ref().unwrap().markdown(&record.pieces));
        assert!(reading.text.contains("b c \u{fffc} d\n"), "{}", reading.text);
        let words = reading.text.char_indices().filter(|(_, c)| c.is_ascii_alphabetic());
        let prose: String = words.filter(|(at, _)| reading.is_prose(&(*at..at + 1))).map(|(_, c)| c).collect();
        assert_eq!(prose, "bdh");
        let at = reading.text.find("b c").unwrap();
        assert!(!reading.is_prose(&(at..at + 3)));
    }
}
