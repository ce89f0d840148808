//! Finds the sentences of the site's own that link certain records, for rules about what such sentences say.

use std::cell::OnceCell;
use std::ops::Range;

use super::reading::{LinkedWords, Reading, Texts};
use super::told::{Told, is_own, language};
use crate::base::sentences::sentences;
use crate::model::RecordIx;
use crate::syntax::indices::{OpIx, PointerIx, TextIx};
use crate::syntax::markdown::{Op, Tag};
use crate::syntax::references::RefLocation;

/// A paragraph, an item of a list or a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    /// The text that it is in.
    pub(super) text: TextIx,
    at: OpIx,
}

impl Block {
    /// Its operations.
    pub(super) fn ops<'m>(self, texts: &Texts<'m>) -> &'m [Op] {
        texts.pieces.proses[self.text].markdown.block(self.at)
    }
}

/// A sentence that has such links.
pub(super) struct Linking<'r, 'm> {
    /// The words of its paragraph.
    pub(super) reading: &'r Reading<'m>,
    /// The sentence.
    pub(super) range: Range<usize>,
    /// Those links in it, each with the record that it leads to.
    pub(super) links: Vec<(&'r LinkedWords, RecordIx)>,
    /// The tag of its language.
    pub(super) language: &'r str,
    told: &'r OnceCell<Told<'r, 'm>>,
}

impl Linking<'_, '_> {
    /// Whether some words of the paragraph are the site's own, and not in a heading or in quotation marks.
    pub(super) fn is_told(&self, words: &Range<usize>) -> bool {
        self.told.get_or_init(|| Told::of(self.reading, self.language)).holds(words)
    }
}

/// Calls `each` with the sentences that link records that are `wanted`, out of the paragraphs that `may` be of interest:
/// nearly all are not, and cost nothing but that question.
pub(super) fn each_linking(
    texts: &Texts<'_>,
    wanted: impl Fn(RecordIx) -> bool,
    may: impl Fn(Block) -> bool,
    mut each: impl FnMut(Block, &Linking<'_, '_>),
) {
    let mut last = None;
    let mut quoted: Option<(TextIx, Vec<Range<usize>>)> = None;
    for (pointer, target) in texts.pieces.pointers.iter().zip(texts.targets) {
        let (RefLocation::Prose { prose, block }, Some(record)) = (pointer.place, target.record()) else { continue };
        let block = Block { text: prose, at: block };
        if last == Some(block) || !wanted(record) {
            continue;
        }
        last = Some(block);
        if !is_own(texts, prose) || !may(block) {
            continue;
        }
        let (_, quoted) = match &mut quoted {
            Some(known) if known.0 == prose => known,
            unknown => unknown.insert((prose, quotations(&texts.pieces.proses[prose].markdown.ops))),
        };
        let next = quoted.partition_point(|quoted| quoted.end <= block.at.position());
        if quoted.get(next).is_none_or(|quoted| block.at.position() < quoted.start) {
            each_in(texts, block, &wanted, &mut each);
        }
    }
}

/// Which operations of a text are in block quotations.
fn quotations(ops: &[Op]) -> Vec<Range<usize>> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0_u32, 0);
    for (at, op) in ops.iter().enumerate() {
        match op {
            Op::Open(Tag::Quote) => {
                start = if depth == 0 { at } else { start };
                depth += 1;
            }
            Op::Close(Tag::Quote) if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push(start..at);
                }
            }
            _ => {}
        }
    }
    found
}

fn each_in(
    texts: &Texts<'_>,
    block: Block,
    wanted: impl Fn(RecordIx) -> bool,
    each: &mut impl FnMut(Block, &Linking<'_, '_>),
) {
    let language = language(texts, block.text);
    let reading = Reading::of_part(&texts.pieces.proses[block.text].markdown, block.ops(texts));
    let told = OnceCell::new();
    // An item of a list holds others, which are blocks of their own.
    let is_here = |at: PointerIx| {
        let place = texts.pieces.pointers.get(at).map(|pointer| pointer.place);
        place == Some(RefLocation::Prose { prose: block.text, block: block.at })
    };
    let leads = |link: &LinkedWords| {
        let record = texts.targets.get(link.pointer)?.record()?;
        (is_here(link.pointer) && wanted(record)).then_some(record)
    };
    let links: Vec<_> = reading.links.iter().filter_map(|link| Some((link, leads(link)?))).collect();
    for range in sentences(&reading.text, language) {
        let from = links.partition_point(|(link, _)| link.words.start < range.start);
        let end = links.partition_point(|(link, _)| link.words.end <= range.end);
        if from < end {
            let links = links[from..end].to_vec();
            each(block, &Linking { reading: &reading, range, links, told: &told, language });
        }
    }
}
