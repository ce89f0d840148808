//! The JSON Schema says what the decoder says: many small texts are judged by both.

mod fields;
mod generated;
mod texts;
mod validator;

use std::sync::Arc;

use serde_json::Value;

use backgrounder::base::FileId;
use backgrounder::config;
use backgrounder::diagnostics;
use backgrounder::source::ContentKind;
use backgrounder::syntax::kinds::{blocks, chart, embed, file_shape, map, pictures};
use backgrounder::syntax::schema::schema_of;
use backgrounder::syntax::{Decode, Options, Shape, parse_file};

use texts::Taken::{self, Both, Decoder, Neither, Schema};
use texts::{BLOCKS, BOOKS, DATES, EVENTS, FILES};
use validator::fault;

/// The schemas of everything that an author writes.
fn shapes() -> Vec<(&'static str, Shape)> {
    vec![
        ("events", file_shape(ContentKind::Events)),
        ("entities", file_shape(ContentKind::Entities)),
        ("sources", file_shape(ContentKind::Sources)),
        ("claims", file_shape(ContentKind::Claims)),
        ("terms", file_shape(ContentKind::Terms)),
        ("page", file_shape(ContentKind::Page)),
        ("timeline", blocks::Query::shape()),
        ("claim", blocks::ClaimBlock::shape()),
        ("known", blocks::Known::shape()),
        ("quote", blocks::Quote::shape()),
        ("chart", chart::Chart::shape()),
        ("figure", pictures::Figure::shape()),
        ("gallery", pictures::Gallery::shape()),
        ("embed", embed::Embed::shape()),
        ("map", map::Map::shape()),
        ("book", config::Book::shape()),
    ]
}

/// Whether the decoder takes a file at a path.
fn decoded(path: &str, kind: ContentKind, text: &str) -> bool {
    let parsed = parse_file(path, kind, &Arc::new(text.to_owned()), Options::default(), None);
    diagnostics::errors(&parsed.diagnostics(FileId(1))) == 0
}

/// Whether the decoder takes a file.
fn is_decoded(kind: ContentKind, text: &str) -> bool {
    decoded(if kind == ContentKind::Page { "content/a.md" } else { "content/a.yaml" }, kind, text)
}

/// Whether the decoder takes a block with these lines.
fn parsed_block(name: &str, text: &str) -> bool {
    is_decoded(ContentKind::Page, &format!("```{name}\n{text}\n```\n"))
}

fn yaml(text: &str) -> Value {
    if text.is_empty() {
        return Value::Null;
    }
    // The core types of YAML 1.2, which schemas are written for: `yes` is a word.
    let options = serde_yaml::options! { strict_booleans: true };
    serde_yaml::from_str_with_options(text, options).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Notes who takes a text, if it is another than was said.
fn compare(wrong: &mut Vec<String>, text: &str, decoded: bool, schema: &Value, value: &Value, said: Taken) {
    let fault = fault(schema, schema, value, "");
    let is_said = match said {
        Both => decoded && fault.is_none(),
        Neither => !decoded && fault.is_some(),
        Decoder(_) => decoded && fault.is_some(),
        Schema(_) => !decoded && fault.is_none(),
    };
    if !is_said {
        wrong.push(format!("{text}: said {said:?}, decoder takes it: {decoded}, schema: {fault:?}, value {value}"));
    }
}

#[test]
fn schema_and_decoder_agree_on_files() {
    let mut wrong = Vec::new();
    let schema = schema_of(&file_shape(ContentKind::Events));
    let fields = EVENTS.iter().map(|(text, said)| (format!("- id: a\n  date: 2025-03-15\n  title: A\n  {text}\n"), *said));
    let dates = DATES.iter().map(|(date, said)| (format!("- id: a\n  date: {date}\n  title: A\n"), *said));
    for (text, said) in fields.chain(dates) {
        compare(&mut wrong, &text, is_decoded(ContentKind::Events, &text), &schema, &yaml(&text), said);
    }
    for (kind, text, said) in FILES {
        let schema = schema_of(&file_shape(*kind));
        let file = if *kind == ContentKind::Page { format!("---\n{text}---\nWords.\n") } else { (*text).to_owned() };
        compare(&mut wrong, text, is_decoded(*kind, &file), &schema, &yaml(text), *said);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn schema_and_decoder_agree_on_blocks_and_settings() {
    let mut wrong = Vec::new();
    for (name, text, said) in BLOCKS {
        let (_, shape) = shapes().into_iter().find(|(of, _)| of == name).unwrap();
        let decoded = parsed_block(name, text);
        compare(&mut wrong, text, decoded, &schema_of(&shape), &yaml(text), *said);
    }
    let schema = schema_of(&config::Book::shape());
    for (text, said) in BOOKS {
        let value = serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap();
        let decoded = diagnostics::errors(&config::read(text, None).1) == 0;
        compare(&mut wrong, text, decoded, &schema, &value, *said);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
