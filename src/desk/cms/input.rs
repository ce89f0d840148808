//! The fields of a record as every editing tool knows them: lines, longer texts, choices, ids of other records. Made from the tables
//! that parse records.

use crate::desk::form::label;
use crate::syntax::references::Expects;
use crate::syntax::schema::schema_of;
use crate::syntax::{Field, Lines, RecordShape, Shape};

/// A field.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) key: &'static str,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) required: bool,
    pub(super) input: Input,
}

/// What somebody enters in a field.
#[derive(Clone, Debug)]
pub(super) enum Input {
    /// A word that is always the same.
    Fixed(&'static str),
    /// One line.
    Line(Option<Check>),
    /// Some lines, as typed: a rich editor would escape the brackets of `[[links]]` and `[@citations]`.
    Lines,
    /// Yes or no.
    Truth,
    /// A whole number.
    Number,
    /// A number with decimals.
    Decimal,
    /// One of some words.
    Choice(&'static [&'static str]),
    /// The id of a record in one of the [collections](super::collections).
    Pick(&'static str),
    /// A picture.
    Picture,
    /// Several of these.
    List(Box<Input>),
    /// Fields that belong together.
    Group(Vec<Named>),
}

/// What a line has to look like.
#[derive(Clone, Debug)]
pub(super) struct Check {
    /// A regular expression for all of it.
    pub(super) pattern: String,
    pub(super) message: &'static str,
}

/// The shapes that may stand as a single text, too, but are more useful with all their fields.
const WHOLE: [&str; 2] = ["AssertionFields", "StandingFields"];

/// The fields of a record that a tool can show. The others stay as they are in the file.
pub(super) fn fields(record: &RecordShape) -> Vec<Named> {
    let named = |field: &Field| {
        let input = input(&(field.shape)(), field.lines)?;
        let hint = sentence(field.doc, field.default);
        Some(Named { key: field.key, label: label(field.key), hint, required: field.required, input })
    };
    record.fields.iter().filter_map(named).collect()
}

fn sentence(doc: &str, default: Option<&str>) -> String {
    let mut letters = doc.trim().chars();
    let mut out: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    if !out.ends_with(['.', '!', '?', '…']) {
        out.push('.');
    }
    if let Some(default) = default.filter(|default| !matches!(*default, "false" | "0")) {
        out.push_str(&format!(" Without it: {default}."));
    }
    out
}

/// What somebody enters for a shape; `None` for what is another format's, or can be too many things.
pub(super) fn input(shape: &Shape, lines: Lines) -> Option<Input> {
    Some(match shape {
        Shape::Maybe(of) | Shape::ByLanguage(of) => return input(of, lines),
        Shape::Text | Shape::Markdown if lines == Lines::Paragraphs => Input::Lines,
        Shape::Text | Shape::Markdown => Input::Line(None),
        Shape::Bool => Input::Truth,
        Shape::Integer => Input::Number,
        Shape::Degrees(_) => Input::Decimal,
        Shape::Choice(words) => Input::Choice(words),
        Shape::Date | Shape::Time | Shape::Id | Shape::SourceKey | Shape::Citation => Input::Line(check(shape)),
        Shape::WebAddress | Shape::LanguageTag => Input::Line(check(shape)),
        Shape::Pointer(expects) => match expects {
            Expects::Any | Expects::Party => Input::Line(None),
            Expects::Section => Input::Pick("pages"),
            Expects::Event => Input::Pick("events"),
            Expects::Entity | Expects::Place => Input::Pick("entities"),
            Expects::Claim => Input::Pick("claims"),
            Expects::Author => Input::Pick("authors"),
        },
        Shape::Path => Input::Picture,
        Shape::List(of) => Input::List(Box::new(input(of, lines)?)),
        Shape::Record(record) => Input::Group(fields(record)),
        Shape::OneOf(shapes) => return one_of(shapes, lines),
        Shape::False | Shape::Anything | Shape::Map { .. } => return None,
    })
}

fn one_of(shapes: &[Shape], lines: Lines) -> Option<Input> {
    let is_whole = |shape: &&Shape| matches!(shape, Shape::Record(record) if WHOLE.contains(&record.name));
    if let Some(shape) = shapes.iter().find(|shape| matches!(shape, Shape::List(_)) || is_whole(shape)) {
        return input(shape, lines);
    }
    if shapes.iter().any(|shape| matches!(shape, Shape::False)) {
        return None;
    }
    if let Some(date) = shapes.iter().find(|shape| matches!(shape, Shape::Date)) {
        let words = shapes.iter().find_map(|shape| if let Shape::Choice(words) = shape { words.first() } else { None });
        let check = check(date)?;
        let words = words.map(|word| word.replace('.', "\\.")).unwrap_or_default();
        let pattern = format!("^({words}|{})$", check.pattern.trim_start_matches('^').trim_end_matches('$'));
        return Some(Input::Line(Some(Check { pattern, ..check })));
    }
    // An id where a name will do as well is typed, and so is an address where more could be said.
    match shapes.first()? {
        Shape::Pointer(_) => Some(Input::Line(None)),
        first => input(first, lines),
    }
}

/// The pattern of a shape, from the JSON Schema, and what to type.
pub(super) fn check(shape: &Shape) -> Option<Check> {
    let message = match shape {
        Shape::Date => "Write a date as 2025-03-15, 2025-03, 2025, 2025-03~ (about) or 2025-03-12/2025-03-15",
        Shape::Time => "Write a time with its offset, such as 2025-04-14T09:00:00-04:00",
        Shape::Id => "Write lower-case letters, digits and single hyphens",
        Shape::SourceKey => "Write a key such as ap-2025-04-13",
        Shape::Citation => "Write a source's key, with a page if needed: ap-2025-04-13, p. 2",
        Shape::WebAddress => "Write a whole address: https://…",
        Shape::LanguageTag => "Write a language tag such as es",
        _ => return None,
    };
    let pattern = schema_of(shape)["pattern"].as_str()?.to_owned();
    Some(Check { pattern, message })
}
