//! Sections and ordinary pages: front matter, body and blocks.

use super::blocks::{Opens, Query};
use super::common::{Common, SectionRef};
use super::credit::Credits;
use crate::base::At;
use crate::date::Date;
use crate::diagnostics::code;
use crate::syntax::decode::{Decode, Decoder};
use crate::syntax::node::{Kind, Node};
use crate::syntax::shape::Shape;
use crate::syntax::text::Text;
use crate::{choice, record};

choice! {
    /// What a Markdown file is.
    pub enum PageKind {
        /// Part of the reading order.
        Section = "section",
        /// Not part of it.
        Page = "page",
    }
}

record! {
    /// The front matter of a Markdown file.
    pub struct FrontMatter = "the front matter" {
        /// what the page is called
        "title" title: Option<Text>;
        /// what it says, in a sentence
        "summary" summary: Option<Text> => paragraphs;
        /// section, or an ordinary page
        "kind" kind: Option<PageKind>;
        /// its place in the reading order; ties and gaps are fine
        "order" order: Option<i32>;
        /// groups sections on a large site
        "part" part: Option<Text>;
        /// the day it was first published
        "published" published: Option<At<Date>>;
        /// the day it was last changed
        "updated" updated: Option<At<Date>>;
        /// the day that it is accurate as of, if not the site's
        "as-of" as_of: Option<At<Date>>;
        /// who wrote it: ids of authors, or names
        "authors" authors: Credits;
        /// topics, in plain words
        "topics" topics: Vec<At<String>>;
        /// where its story stands, in a sentence
        "now" now: Option<Text>;
        /// where the whole story stands, strand by strand
        "where-it-stands" where_it_stands: Vec<Standing>;
        /// numbers that are news, set large
        "numbers" numbers: Vec<Number>;
        /// the 30-second version
        "key-points" key_points: Vec<Text>;
        /// which events its timeline shows
        "timeline" timeline: Timeline;
        ..common: Common;
    }
}

record! {
    /// A number that is news.
    pub struct Number = "a number" {
        /// the number, as readers see it: 261, $4.76M, 5–4
        "number" number: Text, required;
        /// what it counts, and who says so
        "text" text: Text, required;
    }
}

/// Where one strand of the story stands.
#[derive(Debug)]
pub struct Standing {
    /// The section that tells this strand.
    pub section: Option<SectionRef>,
    /// Where it stands.
    pub text: Text,
}

record! {
    /// Where one strand of the story stands, as a map of fields.
    pub struct StandingFields = "a line of `where-it-stands`" {
        /// the section that tells this strand; its mark is shown
        "section" section: Option<SectionRef>;
        /// where it stands
        "text" text: Text, required;
    }
}

impl Decode for Standing {
    const SHAPE: &'static str = "text, or `{section, text}`";

    fn shape() -> Shape {
        Shape::OneOf(vec![Shape::Markdown, StandingFields::shape()])
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        if matches!(node.kind, Kind::Scalar { .. }) {
            let text = Text::decode(node, d)?;
            return Some(Self { section: None, text });
        }
        if d.colon_in_text(node, StandingFields::FIELDS) {
            return None;
        }
        let StandingFields { section, text } = StandingFields::decode(node, d)?;
        Some(Self { section, text })
    }
}

/// Which events a section's timeline shows.
#[derive(Debug)]
pub enum Timeline {
    /// Those that it mentions and those that name it, and where it opens.
    Auto(Option<Opens>),
    /// None.
    Off,
    /// Those that match a query.
    Query(Query),
}

impl Default for Timeline {
    fn default() -> Self {
        Self::Auto(None)
    }
}

impl Timeline {
    /// Where it opens, unless that is its beginning.
    #[must_use]
    pub fn opens(&self) -> Option<&Opens> {
        match self {
            Self::Auto(opens) => opens.as_ref(),
            Self::Off => None,
            Self::Query(query) => query.opens.as_ref(),
        }
    }
}

impl Decode for Timeline {
    const SHAPE: &'static str = "auto, false, or a query";
    const DEFAULT: Option<&'static str> = Some("auto");

    fn shape() -> Shape {
        Shape::OneOf(vec![Shape::Choice(&["auto"]), Shape::False, Query::shape()])
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, .. } if text == "auto" => Some(Self::Auto(None)),
            Kind::Scalar { text, plain: true } if text == "false" => Some(Self::Off),
            Kind::Map(_) => Query::decode(node, d).map(|query| {
                // A place to open at asks for no events: they stay the section's own.
                if query.opens.is_some() && query.is_empty() { Self::Auto(query.opens) } else { Self::Query(query) }
            }),
            _ => {
                d.error(code::BAD_VALUE, node.range, "`timeline` must be `auto`, `false`, or a query").help =
                    Some("for example: {entities: [some-id], from: 2025-03}".to_owned());
                None
            }
        }
    }
}

/// A Markdown file.
#[derive(Debug)]
pub struct Page {
    /// Its front matter.
    pub front: FrontMatter,
    /// Whether all of its front matter could be read. If not, that was reported, and missing fields are no further
    /// fault.
    pub is_whole: bool,
}
