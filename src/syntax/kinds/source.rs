//! Sources: records in Hayagriva's YAML, with fields of our own added.
//!
//! Follows <https://github.com/typst/hayagriva/blob/main/docs/file-format.md>.

use super::common::{Common, LanguageTag, WebAddress};
use super::name::{Names, foreign, part};
use crate::base::At;
use crate::date::Date;
use crate::syntax::decode::{Decode, Decoder};
use crate::syntax::node::{Kind, Node};
use crate::syntax::shape::Shape;
use crate::syntax::text::Text;
use crate::{choice, record};

choice! {
    /// What kind of source it is.
    pub enum SourceKind {
        /// The thing itself: an order, a law, a transcript.
        Primary = "primary",
        /// A public authority.
        Official = "official",
        /// A lawyer's or legal journalist's account.
        Legal = "legal",
        /// A news agency.
        Wire = "wire",
        /// A newspaper, broadcaster or news site.
        News = "news",
        /// Opinion or analysis.
        Commentary = "commentary",
        /// A non-governmental organization.
        Ngo = "ngo",
        /// A party to the matter.
        Party = "party",
        /// A reference work.
        Reference = "reference",
        /// A poll.
        Survey = "survey",
        /// A post on a social network.
        Social = "social",
        /// Somebody unnamed.
        Anonymous = "anonymous",
    }
}

choice! {
    /// Whose words a source's title is.
    pub enum TitleIs {
        /// The publisher's: it may appear in quotation marks.
        Headline = "headline",
        /// Ours: it may not.
        Description = "description",
    }
}

choice! {
    /// Whether a source can be read without paying.
    pub enum Access {
        /// Free to read.
        Open = "open",
        /// Behind a paywall.
        Paywall = "paywall",
    }
}

record! {
    /// A source.
    pub struct Source = "a source" {
        /// what kind of work it is, in Hayagriva's words: `web`, `report`, `article`, `newspaper` …
        "type" type_: Option<At<String>>;
        /// what it is called
        "title" title: Title, required;
        /// who wrote it
        "author" author: Names;
        /// who edited it
        "editor" editor: Names;
        /// who published it first
        "publisher" publisher: Publisher;
        /// when
        "date" date: Option<At<Date>>;
        /// where to read it; as `{value, date}` with the day you read it
        "url" url: Option<Url>;
        /// what kind of source it is
        "kind" kind: Option<SourceKind>;
        /// whose words the title is
        "title-is" title_is: Option<TitleIs>;
        /// whose copy was read
        "via" via: Option<Text>;
        /// an archived copy
        "archive-url" archive_url: Option<WebAddress>;
        /// when it was archived
        "archived" archived: Option<At<Date>>;
        /// whether it is free to read
        "access" access: Option<Access>;
        /// the words you rely on
        "quote" quote: Option<Text>;
        /// the larger work that holds it
        "parent" parent: Kept;
        /// the publisher's place
        "location" location: Kept;
        /// an institution behind it
        "organization" organization: Kept;
        /// the issue of a periodical
        "issue" issue: Kept;
        /// the volume
        "volume" volume: Kept;
        /// how many volumes there are
        "volume-total" volume_total: Kept;
        /// the edition
        "edition" edition: Kept;
        /// the chapter of the larger work
        "chapter" chapter: Kept;
        /// its pages in the larger work
        "page-range" page_range: Kept;
        /// how many pages it has
        "page-total" page_total: Kept;
        /// its part of a recording
        "time-range" time_range: Kept;
        /// how long it runs
        "runtime" runtime: Kept;
        /// a DOI, ISBN, docket number and the like
        "serial-number" serial_number: Kept;
        /// its language, as a tag such as `es`
        "language" language: Option<LanguageTag>;
        /// the archive that holds it
        "archive" archive: Kept;
        /// where that archive is
        "archive-location" archive_location: Kept;
        /// its call number
        "call-number" call_number: Kept;
        /// its abstract
        "abstract" abstract_: Kept;
        /// your own note; never printed
        "annote" annote: Kept;
        /// its genre
        "genre" genre: Kept;
        /// others who took part
        "affiliated" affiliated: Kept;
        ..common: Common;
    }
}

/// A field of Hayagriva's that the built-in style doesn't print: it is kept as is, for styles that do.
#[derive(Debug, Default)]
pub struct Kept(pub Option<Box<Node>>);

impl Decode for Kept {
    const SHAPE: &'static str = "as in Hayagriva";

    fn shape() -> Shape {
        Shape::Anything
    }

    fn decode(node: &Node, _: &mut Decoder) -> Option<Self> {
        Some(Self(Some(Box::new(node.clone()))))
    }
}

/// The value of a key, if `node` is a map that has it.
fn named<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Kind::Map(entries) = &node.kind else { return None };
    entries.iter().find(|(key, _)| key.value == name).map(|(_, value)| value)
}

/// A title: text, or Hayagriva's map with `value`.
#[derive(Debug)]
pub struct Title(pub Text);

impl Decode for Title {
    const SHAPE: &'static str = "text, or Hayagriva's `{value, verbatim, short}`";

    fn shape() -> Shape {
        let fields = vec![
            part::<Text>("value", true, "the title"),
            part::<Kept>("verbatim", false, "whether its capitals stay as they are"),
            part::<Kept>("short", false, "a shorter one"),
        ];
        Shape::OneOf(vec![Text::shape(), foreign("TitleParts", "a title in parts", fields)])
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let value = named(node, "value");
        if value.is_none() && (named(node, "short").is_some() || named(node, "verbatim").is_some()) {
            d.lacks_part(node, "a title in parts", "value");
            return None;
        }
        Text::decode(value.unwrap_or(node), d).map(Self)
    }
}

/// A publisher: text, or Hayagriva's map with `name`, or with `value`, like any of its texts.
#[derive(Debug, Default)]
pub struct Publisher(pub Option<Text>);

impl Decode for Publisher {
    const SHAPE: &'static str = "text, or Hayagriva's `{name, location}` or `{value, verbatim}`";

    fn shape() -> Shape {
        let parts = vec![part::<Text>("name", true, "what it is called"), part::<Kept>("location", false, "where it is")];
        let name = vec![
            part::<Text>("value", true, "what it is called"),
            part::<Kept>("verbatim", false, "whether its capitals stay as they are"),
        ];
        Shape::OneOf(vec![
            Text::shape(),
            foreign("PublisherParts", "a publisher in parts", parts),
            foreign("PublisherName", "a publisher's name", name),
        ])
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let name = named(node, "name").or_else(|| named(node, "value"));
        if name.is_none() && named(node, "location").is_some() {
            d.lacks_part(node, "a publisher in parts", "name");
            return None;
        }
        Text::decode(name.unwrap_or(node), d).map(|text| Self(Some(text)))
    }
}

/// Where to read a source, and the day it was read if that is known.
#[derive(Debug)]
pub struct Url {
    /// The address.
    pub value: WebAddress,
    /// The day it was read.
    pub date: Option<At<Date>>,
}

record! {
    /// An address with the day it was read.
    pub struct DatedUrl = "an address with its date" {
        /// the address
        "value" value: WebAddress, required;
        /// the day it was read
        "date" date: Option<At<Date>>;
    }
}

impl Decode for Url {
    const SHAPE: &'static str = "an address, or `{value, date}`";

    fn shape() -> Shape {
        Shape::OneOf(vec![WebAddress::shape(), DatedUrl::shape()])
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        if matches!(node.kind, Kind::Map(_)) {
            let DatedUrl { value, date } = DatedUrl::decode(node, d)?;
            return Some(Self { value, date });
        }
        WebAddress::decode(node, d).map(|value| Self { value, date: None })
    }
}
