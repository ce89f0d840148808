//! JSON Schema (draft 2020-12) of what authors write, made from the same definitions as the decoder.
//!
//! A schema sees values as YAML's core types, and the decoder sees characters: `title: 2025` is a number to the one and
//! a title to the other. So everything that takes words takes numbers and booleans here as well. What only a whole site
//! can tell is left to the decoder and the checks: whether an id exists, whether a day is in the calendar.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::references::Expects;
use super::shape::{Field, RecordShape, Shape};

/// The version of JSON Schema.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of a value of this shape, with a definition for everything that may occur in it more than once.
#[must_use]
pub fn schema_of(shape: &Shape) -> Value {
    let mut definitions = Definitions::default();
    let mut schema = match shape {
        Shape::Record(record) => definitions.record(record),
        other => definitions.inline(other),
    };
    if let Value::Object(schema) = &mut schema {
        schema.insert("$schema".to_owned(), DRAFT.into());
        if !definitions.by_name.is_empty() {
            schema.insert("$defs".to_owned(), json!(definitions.by_name));
        }
    }
    schema
}

/// The name under which a shape is defined once; `None` for short shapes and for combinations of others.
fn name(shape: &Shape) -> Option<String> {
    Some(match shape {
        Shape::Text => "text".to_owned(),
        Shape::Markdown => "markdown".to_owned(),
        Shape::Date => "date".to_owned(),
        Shape::Time => "time".to_owned(),
        Shape::Id => "id".to_owned(),
        Shape::Pointer(expects) => format!("{}-id", expected(*expects)),
        Shape::SourceKey => "source-key".to_owned(),
        Shape::Citation => "citation".to_owned(),
        Shape::WebAddress => "web-address".to_owned(),
        Shape::Path => "path".to_owned(),
        Shape::LanguageTag => "language-tag".to_owned(),
        Shape::ByLanguage(of) => format!("{}-by-language", name(of)?),
        Shape::Record(record) => record.name.to_owned(),
        Shape::Bool | Shape::False | Shape::Integer | Shape::Degrees(_) => return None,
        Shape::Choice(_) | Shape::Anything => return None,
        Shape::Maybe(_) | Shape::List(_) | Shape::Map { .. } | Shape::OneOf(_) => return None,
    })
}

/// What a pointer refers to, in a word.
fn expected(expects: Expects) -> &'static str {
    match expects {
        Expects::Any => "record",
        Expects::Section => "section",
        Expects::Event => "event",
        Expects::Entity => "entity",
        Expects::Place => "place",
        Expects::Claim => "claim",
        Expects::Party => "party",
        Expects::Author => "author",
    }
}

#[derive(Default)]
struct Definitions {
    by_name: BTreeMap<String, Value>,
}

impl Definitions {
    /// The schema of a shape: a reference, if it has a name.
    fn schema(&mut self, shape: &Shape) -> Value {
        let Some(name) = name(shape) else {
            return self.inline(shape);
        };
        if !self.by_name.contains_key(&name) {
            // The place is reserved first, so that a record may contain others of its own kind.
            self.by_name.insert(name.clone(), Value::Null);
            let schema = self.inline(shape);
            self.by_name.insert(name.clone(), schema);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    /// The schema of a shape, written out.
    fn inline(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Bool => json!({ "type": "boolean" }),
            Shape::False => json!({ "const": false }),
            Shape::Integer => json!({ "type": "integer", "minimum": i32::MIN, "maximum": i32::MAX }),
            Shape::Degrees(most) => json!({ "type": "number", "minimum": -most, "maximum": most }),
            Shape::Choice(words) => json!({ "enum": choice(words) }),
            Shape::Anything => json!({}),
            Shape::Maybe(of) => or_nothing(&self.schema(of)),
            Shape::List(of) => json!({ "type": "array", "items": self.schema(of) }),
            Shape::ByLanguage(of) => {
                let one = self.schema(of);
                let several = json!({ "type": "object", "minProperties": 1, "additionalProperties": one });
                json!({ "description": "One text, or one for each language, by tag.", "anyOf": [one, several] })
            }
            Shape::Map { keys, values } => {
                let mut schema = json!({ "type": "object", "additionalProperties": self.schema(values) });
                if !matches!(**keys, Shape::Text) {
                    schema["propertyNames"] = self.schema(keys);
                }
                schema
            }
            Shape::Record(record) => self.record(record),
            Shape::OneOf(shapes) => {
                json!({ "anyOf": shapes.iter().map(|shape| self.schema(shape)).collect::<Vec<_>>() })
            }
            scalar => words(scalar),
        }
    }

    fn record(&mut self, record: &RecordShape) -> Value {
        let mut properties = Map::new();
        for field in &record.fields {
            properties.insert(field.key.to_owned(), self.property(field));
        }
        let mut schema = json!({
            "title": capitalized(record.kind),
            "description": sentence(record.doc),
            "type": "object",
            "properties": properties,
        });
        let required: Vec<_> = record.fields.iter().filter(|field| field.required).map(|field| field.key).collect();
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        if !record.is_open {
            schema["additionalProperties"] = json!(false);
        }
        schema
    }

    fn property(&mut self, field: &Field) -> Value {
        let shape = (field.shape)();
        let mut schema = self.schema(&shape);
        if let (Shape::Record(_), Some(Value::Array(any))) = (bare(&shape), schema.get_mut("anyOf")) {
            any.push(cleared());
        }
        schema["description"] = sentence(field.doc).into();
        if let Some(word) = field.default {
            schema["default"] = match bare(&shape) {
                Shape::Bool | Shape::Integer => serde_json::from_str(word).unwrap_or_else(|_| word.into()),
                _ => word.into(),
            };
        }
        schema
    }
}

/// What is written as one word or one text.
fn words(shape: &Shape) -> Value {
    let plain = json!(["string", "number", "boolean"]);
    match shape {
        Shape::Markdown => json!({ "description": "Text in inline Markdown.", "type": plain, "pattern": "\\S" }),
        Shape::Date => json!({
            "description": "A date in EDTF (ISO 8601-2), levels 0 and 1 and sets in brackets.",
            "type": ["string", "integer"],
            "pattern": date(),
            "minimum": -9999,
            "maximum": 9999,
            "examples": ["2025-03-15", "2025-03", "2025-03~", "2025-03-12/2025-03-15"],
        }),
        Shape::Time => json!({
            "description": "A time with its offset from UTC (RFC 3339).",
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:?[0-9]{2}(:?[0-9]{2}([.,][0-9]+)?)?([Zz]|[+-][0-9]{2}(:?[0-9]{2}){0,2})",
            "examples": ["2025-04-14T09:00:00-04:00"],
        }),
        Shape::Id => identifier("An id in kebab-case."),
        Shape::Pointer(Expects::Any) => identifier("The id of a record."),
        Shape::Pointer(Expects::Party) => identifier("The id of an entity."),
        Shape::Pointer(Expects::Place) => identifier("The id of a place or facility."),
        Shape::Pointer(expects @ (Expects::Event | Expects::Entity | Expects::Author)) => {
            identifier(&format!("The id of an {}.", expected(*expects)))
        }
        Shape::Pointer(expects) => identifier(&format!("The id of a {}.", expected(*expects))),
        Shape::SourceKey => json!({ "description": "A source's key.", "type": plain, "pattern": format!("^{}$", key()) }),
        Shape::Citation => json!({
            "description": "A source's key, with a place in it if needed.",
            "type": plain,
            "pattern": format!("^@?{}\\s*(,|$)", key()),
            "minimum": 0,
            "examples": ["some-key", "some-key, p. 2"],
        }),
        Shape::WebAddress => json!({
            "description": "A full web address.",
            "type": "string",
            "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://",
        }),
        Shape::LanguageTag => json!({
            "description": "A language tag, such as `en` or `pt-BR`.",
            "type": "string",
            "pattern": "^[A-Za-z0-9]{2,3}(-[A-Za-z0-9]{1,8})*$",
        }),
        Shape::Path => json!({ "description": "The path of a file.", "type": plain }),
        _ => json!({ "description": "Text.", "type": plain }),
    }
}

/// A kebab-case name; one made only of digits is a number to YAML, and `true` a truth value.
fn identifier(description: &str) -> Value {
    json!({
        "description": description,
        "type": ["string", "integer", "boolean"],
        "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
        "minimum": 0,
    })
}

/// A source's key, as `markdown::citation::split_key` reads it: words with single marks between them, or anything in
/// braces. Patterns have no portable name for the letters of all scripts, so everything outside ASCII counts as a
/// letter.
fn key() -> String {
    let word = "[^\\x00-/:-@\\[-^`{-\\x7f]+";
    format!("(\\{{[^}}]+\\}}|{word}([:.#$%&+?<>~/-]{word})*)")
}

/// The grammar of dates, without the calendar.
fn date() -> String {
    let year = "(-?([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)|Y-?[0-9]{5,})";
    let point = format!("{year}(-([0-9]{{2}}|XX)(-([0-9]{{2}}|XX))?)?[?~%]?");
    let moment = "-?[0-9]{4}-[0-9]{2}-[0-9]{2}[?~%]?T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}(:[0-9]{2})?)?";
    let interval = format!("({point})?(\\.\\.)?/({point}|\\.\\.)?");
    let member = format!("(\\.\\.)?{point}(\\.\\.({point})?)?");
    format!("^({point}|{moment}|{interval}|\\[{member}(,{member})*\\])$")
}

/// The words of a choice. YAML reads `false` as a boolean, so that is listed beside the word.
fn choice(words: &[&str]) -> Vec<Value> {
    let truths = words.iter().filter_map(|word| word.parse::<bool>().ok()).map(Value::Bool);
    words.iter().map(|word| Value::from(*word)).chain(truths).collect()
}

/// A schema that also allows a key without a value, or with a text of no characters. Not as words to choose from: editors would
/// offer them.
fn or_nothing(schema: &Value) -> Value {
    json!({ "anyOf": [schema, nothing()] })
}

fn nothing() -> Value {
    json!({ "type": ["string", "null"], "maxLength": 0 })
}

/// A group of fields that are all empty, as tools write one that somebody cleared.
fn cleared() -> Value {
    json!({ "type": "object", "minProperties": 1, "additionalProperties": nothing() })
}

/// A shape without `Maybe`.
fn bare(shape: &Shape) -> &Shape {
    if let Shape::Maybe(of) = shape { bare(of) } else { shape }
}

fn capitalized(text: &str) -> String {
    let text = text.trim();
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// What the guide says in a cell, as a sentence.
fn sentence(text: &str) -> String {
    let mut out = capitalized(text);
    if !out.ends_with(['.', '!', '?', '…']) {
        out.push('.');
    }
    out
}
