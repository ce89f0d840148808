//! A YAML file as its records, each parsed separately: those that did not change are taken from before, and one that
//! can't be read hides nothing else.

use std::ops::Range;

use super::node::{Kind, Node};
use super::yaml;
use super::yaml::split::{self, Layout};
use crate::base::{Map, TextRange};

/// Records by their lines.
pub(super) type Previous<'a, R> = Map<&'a str, R>;

/// A record whose lines are known from before, the tree of a new one, or why there is neither.
pub(super) enum Segment<R> {
    Reused(R),
    New(Node),
    Broken(yaml::Fault),
}

/// The pieces of a file, and where they are.
pub(super) type Segments<R> = Vec<(Range<usize>, Segment<R>)>;

/// A file parsed as a whole.
pub(super) type Unsplit = Result<Node, yaml::Fault>;

/// A file cut into its records; `None` if it can't be cut.
fn pieces<R: Copy>(
    text: &str,
    layout: Layout,
    known: &Previous<'_, R>,
    is_one: impl Fn(&Node) -> bool,
) -> Option<Segments<R>> {
    let read = |range: Range<usize>| match known.get(&text[range.clone()]) {
        Some(record) => (range, Segment::Reused(*record)),
        None => match yaml::parse(&text[range.clone()]) {
            Ok(node) if is_one(&node) => (range, Segment::New(node)),
            Ok(node) => {
                let fault = yaml::not_a_record(&text[range.clone()], &node);
                (range, Segment::Broken(fault))
            }
            Err(fault) => (range, Segment::Broken(fault)),
        },
    };
    let piece = |range: Range<usize>| match &text[range.clone()] {
        own if split::is_item(own, layout) => read(range),
        own => (range, Segment::Broken(split::stray(own, layout))),
    };
    Some(split::records(text, layout)?.into_iter().map(piece).collect())
}

/// A file cut into its records; or no pieces, and the whole file: what a record says may depend on others, and not
/// every file can be cut.
pub(super) fn records<R: Copy>(
    text: &str,
    layout: Layout,
    known: &Previous<'_, R>,
    is_one: impl Fn(&Node) -> bool,
) -> (Segments<R>, Unsplit) {
    let nothing = Ok(Node { kind: Kind::Null, range: TextRange::default() });
    let Some(mut pieces) = pieces(text, layout, known, is_one) else { return (Vec::new(), yaml::parse(text)) };
    if !pieces.iter().any(is_broken) {
        return (pieces, nothing);
    }
    let whole = yaml::parse(text);
    if whole.is_ok() {
        return (Vec::new(), whole);
    }
    // A reference to another record is at fault only if nothing else is: the name may be in lines that can't be read.
    let refers = |piece: &(Range<usize>, Segment<R>)| match &piece.1 {
        Segment::Broken(yaml::Fault { range: Some(range), .. }) => {
            text.get(piece.0.start + range.bytes().start..).is_some_and(|rest| rest.starts_with(['*', '&']))
        }
        _ => false,
    };
    if text.contains('&') && pieces.iter().any(|piece| is_broken(piece) && !refers(piece)) {
        pieces.retain(|piece| !refers(piece));
    }
    (pieces, nothing)
}

fn is_broken<R>((_, piece): &(Range<usize>, Segment<R>)) -> bool {
    matches!(piece, Segment::Broken(_))
}
