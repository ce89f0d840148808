//! What a form offers for a field, decided by the field's shape and by how the file has it written.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value as Json;

use super::shown::shown;
use crate::syntax::node::Node;
use crate::syntax::references::Expects;
use crate::syntax::{Field, Lines, RecordShape, Shape};

/// What a form offers for a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Control {
    /// One line of text.
    Line {
        /// Whether it is Markdown.
        markup: bool,
    },
    /// Several lines of text.
    Paragraphs {
        /// Whether it is Markdown.
        markup: bool,
    },
    /// Yes or no.
    Truth,
    /// A whole number.
    Number,
    /// A number of degrees.
    Degrees {
        /// How many there may be on either side of zero.
        most: i32,
    },
    /// A date, as people type it.
    Date {
        /// Whether `..` may stand for a date that hasn't come.
        open: bool,
    },
    /// One of some words.
    Choice {
        /// The words.
        words: Vec<&'static str>,
    },
    /// A record, by its id or key.
    Pick {
        /// The sorts of records, as a search takes them.
        kinds: Vec<&'static str>,
        /// Whether a name will do for somebody who has no record.
        free: bool,
        /// Whether a place in it may follow: `key, p. 2`.
        locator: bool,
    },
    /// A web address.
    Address,
    /// Several values.
    List {
        /// What each of them is.
        of: Box<Control>,
        /// Whether a single value stands without a list.
        single: bool,
    },
    /// Several fields.
    Group {
        /// The fields.
        fields: Vec<Part>,
        /// The field that can stand alone in place of the whole.
        short: Option<&'static str>,
    },
    /// Something that can only be changed in the file.
    Locked,
}

/// A field: what it is called and what it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its key in the file.
    pub key: Cow<'static, str>,
    /// What it is called in a form.
    pub label: String,
    /// What it means.
    pub help: &'static str,
    /// Whether it has to be there.
    pub required: bool,
    /// What it means if it isn't there.
    pub default: Option<&'static str>,
    /// What the form offers for it.
    pub control: Control,
}

impl Part {
    /// A field with a control.
    #[must_use]
    pub(super) fn of(field: &Field, control: Control) -> Self {
        Self {
            key: field.key.into(),
            label: label(field.key),
            help: field.doc.trim(),
            required: field.required,
            default: field.default,
            control,
        }
    }
}

/// The control that can show what a field holds now, and what it shows.
pub(super) fn of_field(field: &Field, node: Option<&Node>, tags: &[String]) -> (Control, Json) {
    let all = candidates(&(field.shape)(), field.lines, tags);
    let Some(node) = node else {
        return (all.into_iter().next().unwrap_or(Control::Locked), Json::Null);
    };
    let fits = all.into_iter().find_map(|control| shown(&control, node).map(|json| (control, json)));
    fits.unwrap_or((Control::Locked, Json::Null))
}

/// A key as the name of a field: `known-from` is “Known from”.
pub(in crate::desk) fn label(key: &str) -> String {
    if key == "url" {
        return "URL".to_owned();
    }
    let words = key.replace('-', " ");
    let words = words.strip_suffix(" url").map_or(words.clone(), |rest| format!("{rest} URL"));
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// The controls for a shape, from the plainest to the one that can show most.
fn candidates(shape: &Shape, lines: Lines, tags: &[String]) -> Vec<Control> {
    match shape {
        Shape::Maybe(of) => candidates(of, lines, tags),
        Shape::Text | Shape::Path | Shape::LanguageTag | Shape::Time | Shape::Anything => text(false, lines),
        Shape::Markdown => text(true, lines),
        Shape::Bool => vec![Control::Truth],
        Shape::Integer => vec![Control::Number],
        Shape::Degrees(most) => vec![Control::Degrees { most: *most }],
        Shape::Date => vec![Control::Date { open: false }],
        Shape::Choice(words) => vec![Control::Choice { words: words.to_vec() }],
        Shape::Pointer(expects) => vec![Control::Pick { kinds: sorts(*expects), free: false, locator: false }],
        Shape::SourceKey => vec![Control::Pick { kinds: vec!["source"], free: false, locator: false }],
        Shape::Citation => vec![Control::Pick { kinds: vec!["source"], free: false, locator: true }],
        Shape::WebAddress => vec![Control::Address],
        Shape::List(of) => candidates(of, lines, tags).into_iter().map(|of| list(of, false)).collect(),
        Shape::ByLanguage(of) => {
            let mut out = candidates(of, lines, tags);
            out.extend(candidates(of, lines, tags).first().map(|one| by_language(one, tags)));
            out
        }
        Shape::Record(record) => vec![group(record, None, tags)],
        Shape::OneOf(shapes) => one_of(shapes, lines, tags),
        Shape::Id | Shape::False | Shape::Map { .. } => Vec::new(),
    }
}

fn text(markup: bool, lines: Lines) -> Vec<Control> {
    match lines {
        Lines::One => vec![Control::Line { markup }, Control::Paragraphs { markup }],
        Lines::Paragraphs => vec![Control::Paragraphs { markup }],
    }
}

fn list(of: Control, single: bool) -> Control {
    Control::List { of: Box::new(of), single }
}

/// Records that can be listed beside names and words, and that are more useful than those.
const WHOLE: [&str; 2] = ["AssertionFields", "StandingFields"];

fn one_of(shapes: &[Shape], lines: Lines, tags: &[String]) -> Vec<Control> {
    if let Some(Shape::List(of)) = shapes.iter().find(|shape| matches!(shape, Shape::List(_))) {
        return candidates(of, lines, tags).into_iter().map(|of| list(of, true)).collect();
    }
    let records = || shapes.iter().filter_map(|shape| if let Shape::Record(record) = shape { Some(record) } else { None });
    let short = |record: &RecordShape| {
        let needed = record.fields.iter().find(|field| field.required);
        needed.map(|field| field.key)
    };
    let groups: Vec<Control> = records().map(|record| group(record, short(record), tags)).collect();
    let is_whole = records().any(|record| WHOLE.contains(&record.name));
    let scalars = || shapes.iter().filter(|shape| !matches!(shape, Shape::Record(_)));
    let mut words: Vec<&'static str> = Vec::new();
    for shape in shapes {
        match shape {
            Shape::Choice(some) => words.extend(some.iter()),
            Shape::False => words.push("false"),
            _ => {}
        }
    }
    let mut plain: Vec<Control> = if shapes.iter().any(|shape| matches!(shape, Shape::Date)) {
        vec![Control::Date { open: words.contains(&"..") }]
    } else if !words.is_empty() {
        vec![Control::Choice { words }]
    } else {
        scalars().flat_map(|shape| candidates(shape, lines, tags)).collect()
    };
    if let Some(Control::Pick { free, .. }) = plain.first_mut() {
        *free = shapes.len() > 1;
    }
    if is_whole { groups } else { plain.into_iter().chain(groups).collect() }
}

fn group(record: &RecordShape, short: Option<&'static str>, tags: &[String]) -> Control {
    let field = |field: &Field| {
        let first = candidates(&(field.shape)(), field.lines, tags).into_iter().next();
        first.map(|control| Part::of(field, control))
    };
    Control::Group { fields: record.fields.iter().filter_map(field).collect(), short }
}

fn by_language(of: &Control, tags: &[String]) -> Control {
    let part = |tag: &String| Part {
        key: tag.clone().into(),
        label: tag.clone(),
        help: "",
        required: false,
        default: None,
        control: of.clone(),
    };
    Control::Group { fields: tags.iter().map(part).collect(), short: None }
}

/// The sorts of records that a pointer may name.
fn sorts(expects: Expects) -> Vec<&'static str> {
    match expects {
        Expects::Any => vec!["section", "event", "entity", "claim", "term"],
        Expects::Section => vec!["section"],
        Expects::Event => vec!["event"],
        Expects::Entity | Expects::Party => vec!["entity"],
        Expects::Place => vec!["place"],
        Expects::Claim => vec!["claim"],
        Expects::Author => vec!["author"],
    }
}
