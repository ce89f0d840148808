//! What a field may contain, as data: the guide, the JSON Schema and editors' completion are made from it.

use super::references::Expects;

/// A field of a record, defined once for everything that needs it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key, in kebab-case.
    pub key: &'static str,
    /// What it takes, in an author's words.
    pub takes: &'static str,
    /// What it takes, as data.
    pub shape: fn() -> Shape,
    /// Whether it is required.
    pub required: bool,
    /// What it means if it is missing, as an author would write it; `None` if that means nothing.
    pub default: Option<&'static str>,
    /// How much of a text it takes, if it takes text.
    pub lines: Lines,
    /// What it means.
    pub doc: &'static str,
}

/// How much of a text a field takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lines {
    /// One line, as in a title: there is no room for more wherever it is shown.
    #[default]
    One,
    /// One or more paragraphs.
    Paragraphs,
}

/// What a value may be.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Words as they are.
    Text,
    /// Words in inline Markdown.
    Markdown,
    /// `true` or `false`.
    Bool,
    /// `false`, which turns something off.
    False,
    /// A whole number.
    Integer,
    /// Degrees, at most this many on either side of zero.
    Degrees(i32),
    /// A date in EDTF.
    Date,
    /// A time with its offset from UTC, in RFC 3339.
    Time,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// The record's own id.
    Id,
    /// The id of another record, of this kind.
    Pointer(Expects),
    /// The key of a source.
    SourceKey,
    /// A source's key, with a place in it if needed.
    Citation,
    /// A web address.
    WebAddress,
    /// The path of a file.
    Path,
    /// A language's tag.
    LanguageTag,
    /// Whatever another format puts there.
    Anything,
    /// This, or a key without a value.
    Maybe(Box<Shape>),
    /// A list of these.
    List(Box<Shape>),
    /// This, or several of it, by language.
    ByLanguage(Box<Shape>),
    /// Values by keys that the author chooses.
    Map {
        /// What the keys are.
        keys: Box<Shape>,
        /// The value of each.
        values: Box<Shape>,
    },
    /// Fields.
    Record(RecordShape),
    /// Any one of these.
    OneOf(Vec<Shape>),
}

/// A record and its fields.
#[derive(Clone, Debug)]
pub struct RecordShape {
    /// Its name among all records.
    pub name: &'static str,
    /// What one of them is called in messages: “an event”.
    pub kind: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Its fields, in the order of the guide.
    pub fields: Vec<Field>,
    /// Whether it belongs to another format, and may have fields that aren't listed here.
    pub is_open: bool,
}

impl Shape {
    /// This, or nothing.
    #[must_use]
    pub fn maybe(self) -> Self {
        match self {
            Self::Maybe(_) | Self::Anything => self,
            other => Self::Maybe(Box::new(other)),
        }
    }
}
