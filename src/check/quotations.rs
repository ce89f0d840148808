//! Finds quotations of some length, and the sources that are cited close enough to be theirs.
//!
//! Close enough is the same paragraph, the same item of a list or row of a table, and for a block quotation also the paragraph
//! before it, which introduces it. A short text of a record, such as a summary, has the record's own `sources`.

use super::quoted;
use super::reading::{Reading, Texts};
use super::told::language;
use crate::base::{Ix, TextRange};
use crate::language::length::Length;
use crate::model::RecordIx;
use crate::syntax::indices::{BlockIx, CitationIx, TextIx};
use crate::syntax::kinds::blocks::Block;
use crate::syntax::markdown::{Markdown, Op, Tag};
use crate::syntax::pieces::TextField;
use crate::syntax::references::{RefLocation, is_external};

/// Fewer words are names, titles, and words that somebody wants to keep at a distance.
const FEWEST: usize = 6;

/// More citations in one paragraph don't count: every quotation in it is compared with each.
const MOST: usize = 50;

/// A quotation.
pub(super) struct Quotation {
    /// Where it is.
    pub(super) place: TextRange,
    /// Its words.
    pub(super) words: String,
    /// What is cited close to it.
    pub(super) cited: Vec<CitationIx>,
    /// Whether there is a footnote or a link to another site as close.
    pub(super) is_linked: bool,
    /// Whether it is in a `quote` block, which has `sources` of its own.
    pub(super) is_block: bool,
}

/// Calls `each` with the quotations in a record's texts, or in those of a page in one language.
pub(super) fn each_quotation(texts: &Texts<'_>, owner: RecordIx, mut each: impl FnMut(Quotation)) {
    if matches!(owner, RecordIx::Source(_) | RecordIx::Author(_)) {
        return;
    }
    for at in texts.pieces.proses.indices() {
        let markdown = &texts.pieces.proses[at].markdown;
        if texts.pieces.proses[at].field == TextField::Body {
            let blocks = || markdown.ops.iter().any(|op| matches!(op, Op::Open(Tag::Quote) | Op::Block(_)));
            if may_hold(markdown.characters()) || blocks() {
                of_body(texts, at, &mut each);
            }
        } else if may_hold(markdown.characters()) && is_quoting(texts, owner, at) {
            of_field(texts, owner, at, &mut each);
        }
    }
}

/// Whether a text has marks with several words between them. False for most texts, and needs no preparation; lines have nothing
/// between them here, so words may have run together.
fn may_hold(text: &str) -> bool {
    if !quoted::may_hold(text) {
        return false;
    }
    let mut rest = text;
    while let Some(at) = rest.find(['"', '“', '„', '‘', '”', '«', '»', '「', '『']) {
        let mut marks = rest[at..].chars();
        let closing: &[char] = match marks.next() {
            Some('"') => &['"'],
            Some('„') => &['“', '”'],
            Some('‘') => &['’'],
            Some('«') => &['»'],
            Some('»') => &['«'],
            Some('「') => &['」'],
            Some('『') => &['』'],
            _ => &['”'],
        };
        let words = marks.as_str();
        let is_end = |end: &usize| closing != ['’'] || !words[end + '’'.len_utf8()..].starts_with(char::is_alphanumeric);
        let Some((end, _)) = words.match_indices(closing).find(|(end, _)| is_end(end)) else {
            rest = words;
            continue;
        };
        // Where a line ends, no space is left; some scripts have none.
        let (quoted, blanks) = (&words[..end], FEWEST / 2);
        let is_unspaced = || !quoted.is_ascii() && quoted.len() >= FEWEST * '漢'.len_utf8();
        if quoted.bytes().filter(|byte| *byte == b' ').count() >= blanks || is_unspaced() {
            return true;
        }
        rest = &words[end..];
        rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
    }
    false
}

/// Whether a short text may quote somebody. A page's summary sums up what its body quotes with its sources, and texts in blocks
/// have the sources of their block.
fn is_quoting(texts: &Texts<'_>, owner: RecordIx, at: TextIx) -> bool {
    let prose = &texts.pieces.proses[at];
    let is_page = owner.page().is_some();
    match prose.field {
        field if field.is_told() => true,
        TextField::Summary | TextField::Note | TextField::Says => !is_page,
        TextField::Other("text") => {
            let body = texts.body.map(|body| texts.pieces.proses[body.text].range);
            body.is_none_or(|body| prose.range.start < body.start)
        }
        TextField::Other(key) => !is_page && matches!(key, "description" | "definition" | "is"),
        _ => false,
    }
}

fn of_field(texts: &Texts<'_>, owner: RecordIx, at: TextIx, each: &mut impl FnMut(Quotation)) {
    let markdown = &texts.pieces.proses[at].markdown;
    let mut own = Reach::default();
    markdown.ops.iter().for_each(|op| own.add(texts, op));
    if owner.page().is_none() {
        let fields = texts.pieces.citations.indices().zip(&texts.pieces.citations);
        let fields = fields.filter(|(_, citation)| matches!(citation.place, RefLocation::Field(_)));
        own.cited.extend(fields.map(|(at, _)| at).take(MOST));
    }
    let reading = Reading::of(markdown);
    for (place, words, _) in marked(&reading, language(texts, at)) {
        each(own.quotation(place, words));
    }
}

/// The long quotations in quotation marks of a text: their places, their words, and where in the text's own string they begin.
fn marked(reading: &Reading<'_>, language: &str) -> Vec<(TextRange, String, usize)> {
    let mut found = Vec::new();
    for range in quoted::find(&reading.text, language) {
        let words = &reading.text[range.clone()];
        let is_long = words.len() >= FEWEST * 2 && Length::of(words).words >= FEWEST;
        if is_long && quoted::is_closed(words) && !is_title(words) && reading.is_prose(&range) {
            // The first character is a mark, which the author typed in one way or another.
            let start = range.clone().find_map(|at| reading.own(at)).unwrap_or_default();
            found.push((reading.place(&range), words.to_owned(), start));
        }
    }
    found
}

/// Whether words are the title of a work: all of them that have four letters begin with a capital.
fn is_title(words: &str) -> bool {
    let long =
        words.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).filter(|word| word.chars().count() > 3);
    let (all, capitals) = long.fold((0, 0), |(all, capitals), word| {
        (all + 1, capitals + usize::from(word.starts_with(|c: char| c.is_uppercase() || c.is_numeric())))
    });
    all > 1 && all == capitals
}

/// What a paragraph or the like cites.
#[derive(Clone, Default)]
struct Reach {
    cited: Vec<CitationIx>,
    is_linked: bool,
}

impl Reach {
    fn add(&mut self, texts: &Texts<'_>, op: &Op) {
        match op {
            Op::Cite(first, count) if self.cited.len() < MOST => self.cited.extend(first.run(*count)),
            Op::FootnoteMark(..) => self.is_linked = true,
            Op::Open(Tag::Link(at)) => self.is_linked |= is_external(&texts.pieces.addresses[*at].target),
            _ => {}
        }
    }

    fn quotation(&self, place: TextRange, words: String) -> Quotation {
        Quotation { place, words, cited: self.cited.clone(), is_linked: self.is_linked, is_block: false }
    }
}

/// A paragraph, an item of a list, a row of a table, or a block quotation as a whole.
#[derive(Default)]
struct Unit {
    reach: Reach,
    /// For a block quotation, its paragraphs, in the text's own string.
    quoted: Option<Vec<std::ops::Range<usize>>>,
    /// A `quote` block.
    block: Option<BlockIx>,
    /// The unit before it, if that is no heading and nothing is between them.
    before: Option<usize>,
}

/// A unit that has not ended yet.
struct Open {
    tag: Tag,
    /// How many of its kind are within each other: quotations may have others in them.
    depth: isize,
    unit: usize,
}

/// The tag and the block of the unit that an operation begins, if it begins one.
fn begins(op: &Op, open: &[Open]) -> Option<(Option<Tag>, Option<BlockIx>)> {
    let tag = match op {
        Op::Block(block) => return open.is_empty().then_some((None, Some(*block))),
        Op::Open(tag) => *tag,
        _ => return None,
    };
    let is_one = match tag {
        Tag::Quote | Tag::Item | Tag::TableRow | Tag::TableHead | Tag::Definition | Tag::Footnote(_) => {
            open.iter().all(|open| open.tag != Tag::Quote)
        }
        Tag::Paragraph | Tag::Heading(_) | Tag::AlertTitle | Tag::DefinitionTerm => open.is_empty(),
        _ => false,
    };
    is_one.then_some((Some(tag), None))
}

/// A body's units, and for each piece of the text where it begins and what unit it belongs to.
#[derive(Default)]
struct Units {
    all: Vec<Unit>,
    starts: Vec<(usize, usize)>,
}

impl Units {
    fn of(texts: &Texts<'_>, markdown: &Markdown) -> Self {
        let mut units = Self::default();
        let mut open: Vec<Open> = Vec::new();
        let mut last: Option<usize> = None;
        for op in &markdown.ops {
            if let Some((tag, block)) = begins(op, &open) {
                units.all.push(Unit { before: last, block, ..Unit::default() });
                let unit = units.all.len() - 1;
                last = Some(unit);
                open.extend(tag.map(|tag| Open { tag, depth: 0, unit }));
            }
            let Some(within) = open.last_mut() else { continue };
            let (tag, at) = (within.tag, within.unit);
            within.depth += isize::from(*op == Op::Open(tag)) - isize::from(*op == Op::Close(tag));
            let is_over = within.depth == 0;
            let unit = &mut units.all[at];
            unit.reach.add(texts, op);
            match op {
                Op::Text(slice) | Op::Code(slice) => {
                    units.starts.push((slice.range().start, at));
                    if let Some(paragraph) = unit.quoted.as_mut().and_then(|all| all.last_mut()) {
                        let is_new = paragraph.start == paragraph.end;
                        let start = if is_new { slice.range().start } else { paragraph.start };
                        *paragraph = start..slice.range().end;
                    }
                }
                // Whatever begins in a quotation begins a paragraph of it.
                Op::Open(inner) if tag == Tag::Quote && !inner.is_inline() => {
                    unit.quoted.get_or_insert_default().push(0..0);
                }
                _ => {}
            }
            if is_over {
                open.pop();
                // A heading introduces nothing.
                last = last.filter(|_| !matches!(tag, Tag::Heading(_)));
            }
        }
        units
    }

    /// What is cited close to a place in the text's own string.
    fn reach(&self, at: usize) -> Option<&Reach> {
        let next = self.starts.partition_point(|(start, _)| *start <= at);
        let (_, unit) = self.starts[..next].last()?;
        Some(&self.all[*unit].reach)
    }

    /// What is cited close to a unit that is a quotation: in it, and in the paragraph before it.
    fn around(&self, unit: &Unit) -> Reach {
        let mut reach = unit.reach.clone();
        if let Some(before) = unit.before.map(|at| &self.all[at].reach) {
            reach.cited.extend(&before.cited);
            reach.is_linked |= before.is_linked;
        }
        reach
    }
}

fn of_body(texts: &Texts<'_>, at: TextIx, each: &mut impl FnMut(Quotation)) {
    let markdown = &texts.pieces.proses[at].markdown;
    let units = Units::of(texts, markdown);
    if may_hold(markdown.characters()) {
        let reading = Reading::of(markdown);
        for (place, words, start) in marked(&reading, language(texts, at)) {
            let reach = units.reach(start).cloned().unwrap_or_default();
            each(reach.quotation(place, words));
        }
    }
    for unit in &units.all {
        let paragraphs = unit.quoted.iter().flatten();
        let words: Vec<&str> = paragraphs.clone().map(|range| &markdown.characters()[range.clone()]).collect();
        if words.iter().map(|words| Length::of(words).words).sum::<usize>() >= FEWEST {
            let whole = paragraphs.filter(|range| !range.is_empty()).cloned().reduce(|all, next| all.start..next.end);
            let place = markdown.place(whole.unwrap_or_default());
            each(units.around(unit).quotation(place, words.join("\n")));
        }
        if let Some(quotation) = unit.block.and_then(|block| of_block(texts, block, units.around(unit))) {
            each(quotation);
        }
    }
}

/// The quotation of a `quote` block.
fn of_block(texts: &Texts<'_>, block: BlockIx, mut reach: Reach) -> Option<Quotation> {
    let Some(Block::Quote(quote)) = texts.body?.blocks.get(block) else { return None };
    let prose = &texts.pieces.proses[*quote.text.variants.first()?];
    prose.markdown.ops.iter().for_each(|op| reach.add(texts, op));
    reach.cited.extend(quote.sources.iter().map(|source| source.0));
    let words = prose.markdown.runs().join("\n");
    Some(Quotation { is_block: true, ..reach.quotation(prose.range, words) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_no_quotations() {
        for title in ["“How a Man Was Sent to El Salvador”", "“THE 12 MEN WHO BUILT THE BRIDGE”"] {
            assert!(is_title(title), "{title}");
        }
        for words in ["“How a man was sent to El Salvador”", "“I am in it to be”", "“我不会把他送回去”", ""]
        {
            assert!(!is_title(words), "{words}");
        }
    }

    #[test]
    fn short_words_in_marks_cost_nothing() {
        assert!(!may_hold("It’s “facilitate” or “effectuate.”"));
        assert!(may_hold("He said “I would not return him to the country”"));
        assert!(may_hold("他说“我不会把他送回那个国家”"));
    }
}
