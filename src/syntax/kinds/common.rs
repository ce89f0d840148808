//! What every record may have, and the small shapes that several records share.

use super::paths::PicturePath;
use crate::base::slug::is_id;
use crate::base::{At, TextRange, web_address};
use crate::date::Date;
use crate::diagnostics::code;
use crate::language::tag;
use crate::syntax::decode::{Decode, Decoder};
use crate::syntax::indices::{CitationIx, PointerIx};
use crate::syntax::markdown::citation;
use crate::syntax::node::{Kind, Node};
use crate::syntax::pieces::{Citation, Expects, Pointer, RefLocation, Words};
use crate::syntax::shape::Shape;
use crate::syntax::text::{Party, Text};
use crate::{choice, record};

record! {
    /// The fields of every record.
    pub struct Common in "every record" {
        /// a public note, shown below the record
        "note" note: Option<Text> => paragraphs;
        /// a note for editors; never published
        "desk-note" desk_note: DeskNote;
        /// sources for the record as a whole
        "sources" sources: Vec<SourceRef> as "a list of `key` or `\"key, p. 2\"`";
        /// keep the record out of builds
        "draft" draft: Draft;
        /// keep the record out of builds until this time
        "embargo" embargo: Embargo as "a time in RFC 3339";
        /// updates and corrections; in date order
        "updates" updates: Vec<Update> as "a list of `{date, kind, text}`";
        /// old addresses that redirect here
        "aliases" aliases: Vec<At<String>> as "a list of addresses";
    }
}

/// A note for editors. Its shape is checked, and then it is dropped: what isn't kept can't leak.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeskNote;

impl Decode for DeskNote {
    const SHAPE: &'static str = "text";

    fn shape() -> Shape {
        Shape::Text
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        d.scalar(node, "text").map(|_| Self)
    }
}

/// Whether a record is kept out of builds. If the value can't be read, it is: its author meant to hold something back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Draft(pub bool);

impl Decode for Draft {
    const SHAPE: &'static str = bool::SHAPE;
    const DEFAULT: Option<&'static str> = bool::DEFAULT;
    const MAY_BE_EMPTY: bool = false;

    fn shape() -> Shape {
        bool::shape()
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        Some(Self(bool::decode(node, d).unwrap_or(true)))
    }
}

/// Until when a record is kept out of builds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Embargo {
    /// It has no embargo.
    #[default]
    None,
    /// Up to this moment.
    Until(jiff::Timestamp),
    /// A time is given and can't be read. Its author meant to hold something back, so the record is held until this is
    /// fixed.
    Unreadable,
}

impl Embargo {
    /// Whether it holds at `now`.
    #[must_use]
    pub fn holds(self, now: jiff::Timestamp) -> bool {
        match self {
            Self::None => false,
            Self::Until(end) => end > now,
            Self::Unreadable => true,
        }
    }

    /// When it ends, if that is known.
    #[must_use]
    pub fn end(self) -> Option<jiff::Timestamp> {
        match self {
            Self::Until(end) => Some(end),
            Self::None | Self::Unreadable => None,
        }
    }
}

impl Decode for Embargo {
    const SHAPE: &'static str = <At<jiff::Timestamp>>::SHAPE;
    const MAY_BE_EMPTY: bool = false;

    fn shape() -> Shape {
        <At<jiff::Timestamp>>::shape()
    }

    // Nothing behind the colon isn't a time either: an author who began to write one should not be taken for one who wants none.
    // An empty text in quotation marks is written by tools, when somebody cleared the field.
    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        if node.is_empty() && !matches!(node.kind, Kind::Null) {
            return Some(Self::None);
        }
        Some(<At<jiff::Timestamp>>::decode(node, d).map_or(Self::Unreadable, |end| Self::Until(end.value)))
    }
}

/// A cited source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceRef(pub CitationIx);

impl Decode for SourceRef {
    const SHAPE: &'static str = "a source's key, with a page if needed: \"key, p. 2\"";

    fn shape() -> Shape {
        Shape::Citation
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        if let Kind::Map(_) = node.kind
            && !d.colon_in_text(node, &[])
        {
            d.wrong_type(node, Self::SHAPE);
            d.advise("add the source to a file in sources/, and write its key here");
            return None;
        }
        let written = d.scalar(node, Self::SHAPE)?;
        let bare = written.strip_prefix('@').unwrap_or(written);
        let split = citation::split_key(bare);
        let is_key = |(_, rest): &(&str, &str)| rest.trim_start().is_empty() || rest.trim_start().starts_with(',');
        let Some((key, rest)) = split.filter(is_key).filter(|(key, _)| !key.starts_with("www.")) else {
            d.no_source(node, written, split);
            return None;
        };
        let locator = rest.trim_start();
        if !locator.is_empty() {
            d.refuse_cut(node);
        }
        let range = crate::syntax::decode::inside(node, written, 0..written.len() - rest.len(), d.text);
        Some(Self(d.pieces.citations.push(Citation {
            key: key.into(),
            words: Words::of("", locator.trim_start_matches(',').trim()),
            range,
            place: RefLocation::Field(d.field),
        })))
    }
}

macro_rules! pointers {
    ($($(#[doc = $doc:literal])+ $Name:ident, $expects:ident, $shape:literal;)*) => { $(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $Name(pub PointerIx);

        impl Decode for $Name {
            const SHAPE: &'static str = $shape;

            fn shape() -> Shape {
                Shape::Pointer(Expects::$expects)
            }

            fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
                pointer(node, Expects::$expects, $shape, d).map(Self)
            }
        }
    )* };
}

pointers! {
    /// A section.
    SectionRef, Section, "a section's id";
    /// An event.
    EventRef, Event, "an event's id";
    /// An entity.
    EntityRef, Entity, "an entity's id";
    /// A place or facility.
    PlaceRef, Place, "the id of a place or facility";
    /// A claim.
    ClaimRef, Claim, "a claim's id";
}

fn pointer(node: &Node, expects: Expects, shape: &str, d: &mut Decoder) -> Option<PointerIx> {
    if d.bracketed_id(node) {
        return None;
    }
    let id = d.scalar(node, shape)?;
    Some(d.pieces.pointers.push(Pointer {
        id: id.into(),
        heading: None,
        expects,
        range: node.range,
        place: RefLocation::Field(d.field),
    }))
}

/// A record's own id: kebab-case.
#[derive(Clone, Debug)]
pub struct Id(pub At<String>);

impl Decode for Id {
    const SHAPE: &'static str = "an id in kebab-case";

    fn shape() -> Shape {
        Shape::Id
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let id = d.scalar(node, "an id")?.to_owned();
        check_id(&id, node.range, d).then(|| Self(At::new(id, node.range)))
    }
}

/// Whether `id` may name a record; reports an error if not.
pub fn check_id(id: &str, range: TextRange, d: &mut Decoder) -> bool {
    if is_id(id) {
        return check_length(id, range, d);
    }
    d.error(code::BAD_VALUE, range, format!("`{id}` can't be an id")).help = Some(refuse_id(id, "use"));
    false
}

/// What to write instead of a text that is no id; `verb` is what to do with it.
#[must_use]
pub fn refuse_id(id: &str, verb: &str) -> String {
    let to = if verb == "use" { "" } else { " to" };
    match crate::base::slug::slug(id) {
        slug if slug.is_empty() => format!("{verb}{to} lowercase letters, digits and single hyphens"),
        slug => format!("{verb}{to} lowercase letters, digits and single hyphens: `{slug}`"),
    }
}

/// The longest id or key, in bytes: systems allow 255 bytes for a file name, and ours add to the id.
const LONGEST: usize = 200;

/// Whether an id or key is short enough to be the name of a folder; reports an error if not.
pub fn check_length(id: &str, range: TextRange, d: &mut Decoder) -> bool {
    if id.len() <= LONGEST {
        return true;
    }
    let message = format!("this is longer than {LONGEST} bytes, and systems limit the length of file names");
    d.error(code::BAD_VALUE, range, message).help = Some("choose a shorter one; it is part of an address".to_owned());
    false
}

impl Decode for At<jiff::Timestamp> {
    const SHAPE: &'static str = "a time in RFC 3339, such as 2025-04-14T09:00:00-04:00";

    fn shape() -> Shape {
        Shape::Time
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let written = d.scalar(node, Self::SHAPE)?;
        if let Some(time) = time(written) {
            return Some(Self::new(time, node.range));
        }
        d.no_time(node, written, Self::SHAPE);
        None
    }
}

/// A time as written. A leap second counts as the second after it, because an embargo must not end too early.
fn time(written: &str) -> Option<jiff::Timestamp> {
    let time: jiff::Timestamp = written.parse().ok()?;
    let clock = written.split_once(['T', 't', ' ']).map_or("", |(_, clock)| clock);
    let is_leap =
        clock.get(5..8).is_some_and(|seconds| seconds == ":60") || clock.get(4..6).is_some_and(|seconds| seconds == "60");
    if is_leap { time.checked_add(jiff::SignedDuration::from_secs(1)).ok() } else { Some(time) }
}

record! {
    /// A picture.
    pub struct Media = "a picture" {
        /// the file, relative to `content/`
        "src" src: PicturePath, required;
        /// what it shows, in words
        "alt" alt: Option<Text>;
        /// who made it
        "credit" credit: Option<Text>;
        /// its license
        "license" license: Option<Text>;
        /// text shown below it
        "caption" caption: Option<Text>;
    }
}

/// A web address, of a kind that is allowed on a page.
#[derive(Clone, Debug)]
pub struct WebAddress(pub At<String>);

impl Decode for WebAddress {
    const SHAPE: &'static str = "an address";

    fn shape() -> Shape {
        Shape::WebAddress
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let address = d.scalar(node, Self::SHAPE)?;
        match web_address::public_link(address) {
            Ok(address) => Some(Self(At::new(address.into_owned(), node.range))),
            Err(why) => {
                d.error(code::BAD_ADDRESS, node.range, why.message()).help = Some(why.help().to_owned());
                None
            }
        }
    }
}

/// The tag of the language of something.
#[derive(Clone, Debug)]
pub struct LanguageTag(pub At<String>);

impl Decode for LanguageTag {
    const SHAPE: &'static str = "a language tag";

    fn shape() -> Shape {
        Shape::LanguageTag
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let written = d.scalar(node, Self::SHAPE)?;
        if let Some(help) = tag::instead_of(written) {
            d.error(code::BAD_VALUE, node.range, format!("`{written}` is not a language tag")).help = Some(help);
            return None;
        }
        Some(Self(At::new(written.to_owned(), node.range)))
    }
}

choice! {
    /// What kind of change an update is.
    pub enum UpdateKind {
        /// Something was added.
        Update = "update",
        /// Something was wrong.
        Correction = "correction",
        /// Something was unclear.
        Clarification = "clarification",
    }
}

record! {
    /// What changed, for a returning reader.
    pub struct Update = "an update" {
        /// the day it was published
        "date" date: At<Date>, required;
        /// what kind of change
        "kind" kind: UpdateKind, required;
        /// what changed
        "text" text: Text => paragraphs, required;
    }
}

/// Someone who asserts, disputes or gives an account, with what they said and when.
#[derive(Debug)]
pub struct Assertion {
    /// Who.
    pub by: Party,
    /// What they say; completes “by …”: “finds …”, “denies it”.
    pub says: Option<Text>,
    /// When.
    pub date: Option<At<Date>>,
    /// Where to read that.
    pub sources: Vec<SourceRef>,
}

record! {
    /// Someone who says something, as a map of fields.
    pub struct AssertionFields = "someone who says something" {
        /// who says it
        "by" by: Party, required;
        /// what they say; completes “by …”
        "says" says: Option<Text> => paragraphs;
        /// when they said it
        "date" date: Option<At<Date>>;
        /// sources for it
        "sources" sources: Vec<SourceRef>;
    }
}

impl Decode for Assertion {
    const SHAPE: &'static str = "an entity's id, a name, or `{by, date, says, sources}`";

    fn shape() -> Shape {
        Shape::OneOf(vec![Shape::Pointer(Expects::Party), Shape::Markdown, AssertionFields::shape()])
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        if matches!(node.kind, Kind::Scalar { .. }) {
            let by = Party::decode(node, d)?;
            return Some(Self { by, says: None, date: None, sources: Vec::new() });
        }
        if d.colon_in_text(node, AssertionFields::FIELDS) {
            return None;
        }
        let AssertionFields { by, says, date, sources } = AssertionFields::decode(node, d)?;
        Some(Self { by, says, date, sources })
    }
}
