//! Blocks of ours in a body: fenced code whose info string names them and whose body is YAML.

use super::common::{ClaimRef, EntityRef, LanguageTag, SectionRef, SourceRef};
use super::event::Significance;
use crate::base::{At, FileId, Span, TextRange};
use crate::date::Date;
use crate::diagnostics::{Label, code};
use crate::record;
use crate::syntax::decode::{Decode, Decoder};
use crate::syntax::markdown::Fence;
use crate::syntax::node::{Kind, Node};
use crate::syntax::text::{Party, Text};
use crate::syntax::yaml;

/// A block.
#[derive(Debug)]
pub enum Block {
    /// Events by query.
    Timeline(Query),
    /// A claim with its status and history.
    Claim(ClaimBlock),
    /// What is known, unknown and contested.
    Known(Known),
    /// Words that somebody said.
    Quote(Quote),
}

record! {
    /// Which events a timeline holds: within a field any, between fields all.
    pub struct Query = "a timeline" {
        /// events in which one of these takes part
        "entities" entities: Vec<EntityRef>;
        /// events with one of these labels
        "topics" topics: Vec<At<String>>;
        /// events of one of these sections
        "sections" sections: Vec<SectionRef>;
        /// events that end no earlier
        "from" from: Option<At<Date>>;
        /// events that begin no later
        "to" to: Option<At<Date>>;
        /// major ones only
        "significance" significance: Option<Significance>;
    }
}

record! {
    /// A claim, shown where the text speaks of it.
    pub struct ClaimBlock = "a `claim` block" {
        /// the claim's id
        "id" id: ClaimRef, required;
    }
}

record! {
    /// What is known and what is not.
    pub struct Known = "a `known` block" {
        /// what is established
        "known" known: Vec<Text>;
        /// what nobody can say
        "unknown" unknown: Vec<Text>;
        /// what is disputed
        "contested" contested: Vec<Text>;
        /// the day that all this is true as of
        "as-of" as_of: Option<At<Date>>;
    }
}

record! {
    /// Words that somebody said.
    pub struct Quote = "a `quote` block" {
        /// the words
        "text" text: Text => paragraphs, required;
        /// who said them
        "by" by: Option<Party>;
        /// when
        "on" on: Option<At<Date>>;
        /// where that can be read
        "sources" sources: Vec<SourceRef>;
        /// the language of the words, as a tag such as `es`
        "lang" lang: Option<LanguageTag>;
    }
}

/// The words behind a fence that name a block.
pub const NAMES: [&str; 5] = ["timeline", "claim", "known", "quote", "chart"];

/// Notes that fenced code is not closed, or only by the marks of another that opens in it.
fn refuse_open(fence: &Fence<'_>, is_ours: bool, d: &mut Decoder) -> Option<Outcome> {
    let Fence { marks, name, opening, content, .. } = *fence;
    // Code that ends with its list takes nothing else along.
    let is_closed = fence.is_closed || !is_ours && !fence.is_last;
    let inner = if is_closed { inner_opening(fence, is_ours) } else { None };
    if is_closed && inner.is_none() {
        return None;
    }
    let message = if is_ours {
        format!("this `{name}` block is never closed")
    } else {
        "this code is never closed, so everything below it is code too".to_owned()
    };
    let place = inner.clone().map(|line| fence.map.place(line));
    let finding = d.error(code::UNCLOSED_FENCE, opening, message);
    finding.help = Some(format!("write {marks} on a line of its own at its end"));
    finding.labels.extend(place.map(|range| {
        let message = format!("{} opens before it ends", content[inner.unwrap_or_default()].trim());
        Label { span: Span { file: FileId(0), range }, message }
    }));
    Some(if is_ours { Outcome::Refused } else { Outcome::NotOurs })
}

/// The line of code that opens a fence: in a block any, as it holds YAML; in other code one of ours, unless that shows how
/// Markdown is written.
fn inner_opening(fence: &Fence<'_>, is_ours: bool) -> Option<std::ops::Range<usize>> {
    if fence.marks.is_empty() || matches!(fence.name, "markdown" | "md") {
        return None;
    }
    let mut at = 0;
    fence.content.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        let info = line.strip_prefix(fence.marks)?.trim_start_matches(['`', '~']).trim();
        let name = info.split_whitespace().next()?;
        (is_ours || NAMES.contains(&name)).then_some(start..start + line.trim_end().len())
    })
}

/// What became of a fenced code.
pub enum Outcome {
    /// It is ordinary code.
    NotOurs,
    /// It names a block of ours and is wrong; that was noted.
    Refused,
    /// It is a block.
    Block(Block),
}

/// Decodes fenced code if it names a block.
pub fn parse(fence: &Fence<'_>, d: &mut Decoder) -> Outcome {
    type Make = fn(&Node, &mut Decoder) -> Option<Block>;
    if let Some(refused) = refuse_open(fence, NAMES.contains(&fence.name), d) {
        return refused;
    }
    let Fence { name, opening, .. } = *fence;
    let make: Make = match name {
        "timeline" => |node, d| Query::decode(node, d).map(Block::Timeline),
        "claim" => |node, d| ClaimBlock::decode(node, d).map(Block::Claim),
        "known" => |node, d| Known::decode(node, d).map(Block::Known),
        "quote" => |node, d| Quote::decode(node, d).map(Block::Quote),
        "chart" => {
            d.error(code::BAD_VALUE, opening, "charts can't be drawn yet by this version").help =
                Some("show the figures in a table for now, and name their source".to_owned());
            return Outcome::Refused;
        }
        _ => return Outcome::NotOurs,
    };
    if !fence.behind.is_empty() {
        let message = format!("what stands behind `{name}` in this line belongs to nothing");
        d.error(code::INVALID_SYNTAX, opening, message).help =
            Some("write the fields of the block on the lines below, such as `id: some-claim`".to_owned());
    }
    let locate = |range: TextRange| fence.map.place(range.bytes());
    let mut node = match yaml::parse(fence.content) {
        Ok(node) => node,
        Err(fault) => {
            let range = fault.range.map_or(opening, locate);
            d.error(code::INVALID_SYNTAX, range, format!("this `{name}` block can't be read: {}", fault.message)).help =
                fault.help;
            return Outcome::Refused;
        }
    };
    node.relocate(&locate);
    d.refuse_escapes(&node);
    if matches!(node.kind, Kind::Null) {
        node = Node { kind: Kind::Map(Vec::new()), range: opening };
    }
    make(&node, d).map_or(Outcome::Refused, Outcome::Block)
}
