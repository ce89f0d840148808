//! Blocks of ours in a body: fenced code whose info string names them and whose body is YAML.

use super::common::{ClaimRef, EntityRef, SectionRef, SourceRef};
use super::event::Significance;
use crate::base::{At, TextRange};
use crate::date::Date;
use crate::diagnostics::code;
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
        "lang" lang: Option<At<String>>;
    }
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
    if !fence.is_closed {
        let message = format!("this `{name}` block is not closed, so everything below it was read as a part of it");
        d.error(code::INVALID_SYNTAX, opening, message).help = Some(
            "close it below its last field with a line that has nothing but the marks of its first line, ```".to_owned(),
        );
        return Outcome::Refused;
    }
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
