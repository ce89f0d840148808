//! See [`SaidTwice`].

use std::collections::hash_map::Entry;

use super::LocalContext;
use super::reading::{Texts, each_texts};
use super::rule::{Report, Scope, label, rule};
use crate::base::{Map, Origin, TextRange};
use crate::model::RecordIx;
use crate::syntax::Record;
use crate::syntax::kinds::blocks::Block;
use crate::syntax::kinds::page::Page;
use crate::syntax::markdown::{Op, Tag};
use crate::syntax::text::Text;

rule! {
    /// A key point, a topic, an item of a `known` block, a paragraph or a citation appears twice.
    ///
    /// Usually someone copied a line and forgot to change the copy, so something else is missing. In a `known` block, the same
    /// words may even be under both `known` and `unknown`, and only one of them is true.
    ///
    /// The rule compares what you type, but ignores capitals, spaces, quotation marks around a whole item and the period at its
    /// end. Paragraphs of a text are the same if their words are; those under 40 characters may repeat. Within one pair of
    /// brackets, a source may be cited again with another page: `[@herald, p. 1; @herald, p. 3]`.
    ///
    /// Delete one of the two, or write what it should have said.
    ///
    /// ```yaml
    /// key-points:
    ///   - The bridge shut on March 12.
    ///   - A crack was found in 2019.
    ///   - The bridge shut on March 12.     # said twice
    /// ```
    SaidTwice: SAID_TWICE, Warning, Scope::Local(check)
}

/// Shorter paragraphs, such as “She declined to comment.”, may be meant to repeat.
const SHORT: usize = 40;

const HELP: &str = "delete one of the two, or write what it should have said";

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    each_texts(site.reader, owner, |texts| {
        paragraphs(texts, report);
        citations(texts, report);
    });
    match owner {
        RecordIx::Page(at) => {
            let variants = site.reader.variants(at).iter().map(|(_, item)| &item.record);
            std::iter::once(&site.reader.item(at).record).chain(variants).for_each(|page| of_page(site, page, report));
        }
        RecordIx::Event(at) => {
            let record = &site.reader.item(at).record;
            topics(site, &record.fields.topics, record.origin, report);
        }
        RecordIx::Claim(_) | RecordIx::Entity(_) | RecordIx::Author(_) | RecordIx::Term(_) | RecordIx::Source(_) => {}
    }
}

fn of_page(site: &LocalContext<'_>, page: &Record<Page>, report: &mut Report) {
    let front = &page.fields.front;
    let ranges = |texts: &[Text]| -> Vec<TextRange> {
        let first = texts.iter().filter_map(|text| text.variants.first());
        first.map(|at| page.pieces.proses[*at].range).collect()
    };
    let mut list = List::new(site, page.origin);
    list.add("key-points", ranges(&front.key_points), report);
    topics(site, &front.topics, page.origin, report);
    for block in page.blocks() {
        let Block::Known(known) = block else { continue };
        let mut list = List::new(site, page.origin);
        for (field, texts) in [("known", &known.known), ("unknown", &known.unknown), ("contested", &known.contested)] {
            list.add(field, ranges(texts), report);
        }
    }
}

fn topics(site: &LocalContext<'_>, topics: &[crate::base::At<String>], origin: Origin, report: &mut Report) {
    List::new(site, origin).add("topics", topics.iter().map(|topic| topic.range), report);
}

/// The paragraphs of a page's own text.
fn paragraphs(texts: &Texts<'_>, report: &mut Report) {
    let Some(markdown) = texts.body.map(|body| body.markdown(texts.pieces)) else { return };
    let mut said: Map<u64, (&str, TextRange)> = Map::default();
    let mut words: Option<std::ops::Range<usize>> = None;
    let mut names = false;
    for op in &markdown.ops {
        match op {
            Op::Open(Tag::Paragraph) => (words, names) = (None, false),
            // What is named without words of its own may be another record each time.
            Op::Mention(_) => names = true,
            Op::Text(slice) | Op::Code(slice) => {
                let range = slice.range();
                let start = words.as_ref().map_or(range.start, |words| words.start);
                words = Some(start..range.end);
            }
            Op::Close(Tag::Paragraph) => {
                let Some(words) = words.take().filter(|words| words.len() >= SHORT && !names) else { continue };
                // Words are stored one after the other, so a paragraph is one piece of them.
                let Some(text) = markdown.characters().get(words.clone()) else { continue };
                let place = markdown.place(words);
                let key = key(text);
                match said.entry(key) {
                    Entry::Vacant(free) => {
                        free.insert((text, place));
                    }
                    Entry::Occupied(first) if letters(first.get().0).eq(letters(text)) => {
                        let finding = report.add(texts.origin.span(place), "this paragraph is on the page twice");
                        finding.labels.push(label(texts.origin.span(first.get().1), "first here"));
                        finding.help = Some(HELP.to_owned());
                    }
                    Entry::Occupied(_) => {}
                }
            }
            _ => {}
        }
    }
}

/// The bytes of a text without spaces: where a line ends, none is stored.
fn letters(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(|byte| *byte != b' ')
}

/// The FNV-1a hash of [`letters`]; every paragraph of the site is hashed, a byte at a time.
fn key(text: &str) -> u64 {
    letters(text).fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Citations in one pair of brackets.
fn citations(texts: &Texts<'_>, report: &mut Report) {
    let groups = texts.pieces.proses.iter().flat_map(|prose| &prose.markdown.ops);
    let groups = groups.filter_map(|op| match op {
        Op::Cite(first, count) if *count > 1 => Some((*first, *count as usize)),
        _ => None,
    });
    let mut said: Map<_, TextRange> = Map::default();
    for (first, count) in groups {
        said.clear();
        for citation in texts.pieces.citations.iter().skip(first.position()).take(count) {
            match said.entry((&citation.key, citation.locator(), citation.prefix())) {
                Entry::Vacant(free) => {
                    free.insert(citation.range);
                }
                Entry::Occupied(twin) => {
                    let message = format!("`@{}` is cited twice in one pair of brackets", citation.key);
                    let finding = report.add(texts.origin.span(citation.range), message);
                    finding.labels.push(label(texts.origin.span(*twin.get()), "first here"));
                    finding.help = Some("delete one of the two, or name the source that was meant".to_owned());
                }
            }
        }
    }
}

/// The items so far, with their places and lists.
struct List<'l> {
    file: &'l str,
    origin: Origin,
    said: Map<String, (&'static str, TextRange)>,
}

impl<'l> List<'l> {
    fn new(site: &LocalContext<'l>, origin: Origin) -> Self {
        Self { file: &site.tree.file(origin.file).text, origin, said: Map::default() }
    }

    /// Adds the items of a list, and reports each that repeats another.
    fn add(&mut self, field: &'static str, items: impl IntoIterator<Item = TextRange>, report: &mut Report) {
        for range in items {
            let span = self.origin.span(range);
            let typed = plain(self.file.get(span.range.bytes()).unwrap_or_default());
            if typed.is_empty() {
                continue;
            }
            match self.said.entry(typed) {
                Entry::Vacant(free) => {
                    free.insert((field, range));
                }
                Entry::Occupied(first) => {
                    let (list, first) = *first.get();
                    let message = if list == field {
                        format!("this appears twice in `{field}`")
                    } else {
                        format!("this appears in both `{list}` and `{field}`")
                    };
                    let finding = report.add(span, message);
                    finding.labels.push(label(self.origin.span(first), "first here"));
                    finding.help = Some(HELP.to_owned());
                }
            }
        }
    }
}

/// What is typed, without the differences that don't count.
fn plain(typed: &str) -> String {
    let words = typed.trim().trim_matches(['"', '\'']).trim_end_matches('.');
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
