//! Our blocks in a body: fenced code whose info string names the block, with YAML inside.

use super::chart::Chart;
use super::common::{ClaimRef, EntityRef, LanguageTag, SectionRef, SourceRef};
use super::embed::Embed;
use super::event::Significance;
use super::map::Map;
use super::pictures::{self, Figure, Gallery};
use crate::base::{At, FileId, Span, TextRange};
use crate::date::Date;
use crate::diagnostics::{Label, code};
use crate::record;
use crate::syntax::decode::{Decode, Decoder};
use crate::syntax::markdown::Fence;
use crate::syntax::node::{Kind, Node};
use crate::syntax::shape::Shape;
use crate::syntax::text::{Party, Text};
use crate::syntax::yaml;

/// A block.
#[derive(Debug)]
pub enum Block {
    /// Events by query.
    Timeline(Box<Query>),
    /// A claim with its status and history.
    Claim(ClaimBlock),
    /// What is known, unknown and contested.
    Known(Known),
    /// A quotation.
    Quote(Quote),
    /// Figures as a drawing.
    Chart(Box<Chart>),
    /// A picture.
    Figure(Figure),
    /// Several pictures.
    Gallery(Gallery),
    /// Something on another site.
    Embed(Box<Embed>),
    /// Places as a drawing.
    Map(Box<Map>),
}

impl Block {
    /// The chart, if it is one.
    #[must_use]
    pub fn chart(&self) -> Option<&Chart> {
        if let Self::Chart(chart) = self { Some(chart) } else { None }
    }

    /// The map, if it is one.
    #[must_use]
    pub fn map(&self) -> Option<&Map> {
        if let Self::Map(map) = self { Some(map) } else { None }
    }

    /// The figure, if it is one.
    #[must_use]
    pub fn figure(&self) -> Option<&Figure> {
        if let Self::Figure(figure) = self { Some(figure) } else { None }
    }

    /// What it embeds, if it does.
    #[must_use]
    pub fn embed(&self) -> Option<&Embed> {
        if let Self::Embed(embed) = self { Some(embed) } else { None }
    }
}

record! {
    /// Which events a timeline shows: values of one field are alternatives; all fields must match.
    pub struct Query = "a timeline" {
        /// events in which one of these takes part
        "entities" entities: Vec<EntityRef>;
        /// events with one of these topics
        "topics" topics: Vec<At<String>>;
        /// events in one of these sections
        "sections" sections: Vec<SectionRef>;
        /// events that end on or after this date
        "from" from: Option<At<Date>>;
        /// events that begin on or before this date
        "to" to: Option<At<Date>>;
        /// only events of this significance
        "significance" significance: Option<Significance>;
        /// where it opens: earlier events are folded above that
        "opens" opens: Option<Opens>;
    }
}

impl Query {
    /// Whether it asks for nothing, so that every event matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { entities, topics, sections, from, to, significance, opens: _ } = self;
        let names_nothing = entities.is_empty() && topics.is_empty() && sections.is_empty();
        names_nothing && from.is_none() && to.is_none() && significance.is_none()
    }
}

/// Where a timeline opens.
#[derive(Debug)]
pub enum Opens {
    /// At the latest events as of the site's day.
    Today,
    /// At a period.
    At(At<Date>),
}

impl Decode for Opens {
    const SHAPE: &'static str = "`today`, or a date in EDTF";

    fn shape() -> Shape {
        Shape::OneOf(vec![Shape::Choice(&["today"]), Shape::Date])
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, .. } if text == "today" => Some(Self::Today),
            Kind::Scalar { text, .. } if !text.contains(|c: char| c.is_ascii_digit()) => {
                let finding = d.error(code::BAD_VALUE, node.range, format!("`opens` can't be `{text}`"));
                finding.help = Some("write `today`, or a date such as 2025-04".to_owned());
                None
            }
            _ => At::<Date>::decode(node, d).map(Self::At),
        }
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
        /// what is known
        "known" known: Vec<Text>;
        /// what is unknown
        "unknown" unknown: Vec<Text>;
        /// what is disputed
        "contested" contested: Vec<Text>;
        /// the day that this is accurate as of
        "as-of" as_of: Option<At<Date>>;
    }
}

record! {
    /// A quotation.
    pub struct Quote = "a `quote` block" {
        /// the words
        "text" text: Text => paragraphs, required;
        /// who said them
        "by" by: Option<Party>;
        /// when
        "on" on: Option<At<Date>>;
        /// sources for it
        "sources" sources: Vec<SourceRef>;
        /// the language of the quotation, as a tag such as `es`
        "lang" lang: Option<LanguageTag>;
    }
}

/// The words after a fence that name a block.
pub const NAMES: [&str; 9] = ["timeline", "claim", "known", "quote", "figure", "gallery", "chart", "embed", "map"];

/// What a block may contain, by its name; `None` for ordinary code.
#[must_use]
pub fn shape(name: &str) -> Option<Shape> {
    Some(match name {
        "timeline" => Query::shape(),
        "claim" => ClaimBlock::shape(),
        "known" => Known::shape(),
        "quote" => Quote::shape(),
        "chart" => Chart::shape(),
        "figure" => Figure::shape(),
        "gallery" => Gallery::shape(),
        "map" => Map::shape(),
        "embed" => Embed::shape(),
        _ => return None,
    })
}

/// Reports that fenced code isn't closed, or is closed only by the fence of other code that opens inside it.
fn refuse_open(fence: &Fence<'_>, is_ours: bool, d: &mut Decoder) -> Option<Outcome> {
    let Fence { marks, name, opening, content, .. } = *fence;
    // Code that ends with its list swallows nothing else.
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
    finding.help = Some(format!("write {marks} on its own line at the end"));
    finding.labels.extend(place.map(|range| {
        let message = format!("{} opens before it ends", content[inner.unwrap_or_default()].trim());
        Label { span: Span { file: FileId(0), range }, message }
    }));
    Some(if is_ours { Outcome::Refused } else { Outcome::NotOurs })
}

/// A line in the code that opens a fence: in a block any fence, because blocks contain YAML; in other code a fence of
/// one of our blocks, unless the code shows how to write Markdown.
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

/// What fenced code turned out to be.
pub enum Outcome {
    /// It is ordinary code.
    NotOurs,
    /// It names one of our blocks and is wrong, which was reported.
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
        "timeline" => |node, d| Query::decode(node, d).map(|query| Block::Timeline(Box::new(query))),
        "claim" => |node, d| ClaimBlock::decode(node, d).map(Block::Claim),
        "known" => |node, d| Known::decode(node, d).map(Block::Known),
        "quote" => |node, d| Quote::decode(node, d).map(Block::Quote),
        "chart" => |node, d| Chart::decode(node, d).map(|chart| Block::Chart(Box::new(chart))),
        "figure" => |node, d| Figure::decode(node, d).map(Block::Figure),
        "gallery" => |node, d| pictures::gallery(node, d).map(Block::Gallery),
        "embed" => |node, d| Embed::decode(node, d).map(|embed| Block::Embed(Box::new(embed))),
        "map" => |node, d| Map::decode(node, d).map(|map| Block::Map(Box::new(map))),
        _ => return Outcome::NotOurs,
    };
    if !fence.behind.is_empty() {
        let message = format!("`{name}` takes no other text on this line");
        d.error(code::INVALID_SYNTAX, opening, message).help =
            Some("write the block's fields on the lines below, such as `id: some-claim`".to_owned());
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
