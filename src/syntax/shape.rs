//! What a field may hold, as data: the guide, the JSON Schema and whatever helps an author type are made of it.

use super::references::Expects;

/// A field of a record, stated once for everyone who asks.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key, in kebab-case.
    pub key: &'static str,
    /// What it takes, in an author's words.
    pub takes: &'static str,
    /// What it takes, as data.
    pub shape: fn() -> Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What its absence means, as an author would write it; `None` if that is nothing.
    pub default: Option<&'static str>,
    /// How much of a text it takes, if it takes text.
    pub lines: Lines,
    /// What it means.
    pub doc: &'static str,
}

/// How much of a text a field takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lines {
    /// One line, as in a title: there is room for no more wherever it is shown.
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
    /// A date in EDTF.
    Date,
    /// A time with its distance from UTC, in RFC 3339.
    Time,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// The record's own id.
    Id,
    /// The id of another record, of this kind.
    Pointer(Expects),
    /// The key of a source.
    SourceKey,
    /// A source's key, with a place in it if need be.
    Citation,
    /// An address of the web.
    WebAddress,
    /// The path of a file.
    Path,
    /// A language's tag.
    LanguageTag,
    /// Whatever another format has there.
    Anything,
    /// This, or nothing behind the key.
    Maybe(Box<Shape>),
    /// A list of these.
    List(Box<Shape>),
    /// This, or several of it by language.
    ByLanguage(Box<Shape>),
    /// Values by keys that the author chooses.
    Map {
        /// What the keys are.
        keys: Box<Shape>,
        /// What stands behind each.
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
    /// Whether it is another format's, and may have fields that are not told here.
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
