//! What a schema says about each field: its description, its default, and whether it is required.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use backgrounder::config;
use backgrounder::source::ContentKind;
use backgrounder::syntax::kinds::{common, event, file_shape, term};
use backgrounder::syntax::schema::schema_of;
use backgrounder::syntax::{Decode, RecordShape, Shape};

use super::shapes;

#[test]
fn a_schema_says_what_the_guide_says() {
    let update = schema_of(&common::Update::shape());
    let mut without_definitions = update.clone();
    let definitions = without_definitions.as_object_mut().unwrap().remove("$defs").unwrap();
    assert_eq!(
        without_definitions,
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "An update",
            "description": "What changed, for a returning reader.",
            "type": "object",
            "properties": {
                "date": { "$ref": "#/$defs/date", "description": "The day it was published." },
                "kind": { "enum": ["update", "correction", "clarification"], "description": "What kind of change." },
                "text": { "$ref": "#/$defs/markdown-by-language", "description": "What changed." },
            },
            "required": ["date", "kind", "text"],
            "additionalProperties": false,
        })
    );
    let names: Vec<_> = definitions.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["date", "markdown", "markdown-by-language"]);
}

#[test]
fn a_schema_has_the_defaults_of_the_decoder() {
    let schema = schema_of(&event::Event::shape());
    let default = |key: &str| schema["properties"][key].get("default").cloned();
    assert_eq!(default("significance"), Some(json!("minor")));
    assert_eq!(default("status"), Some(json!("confirmed")));
    assert_eq!(default("order"), Some(json!(0)));
    assert_eq!(default("draft"), Some(json!(false)));
    assert_eq!(default("summary"), None);
    assert_eq!(default("id"), None);
    assert_eq!(
        schema_of(&file_shape(ContentKind::Page))["$defs"]["FrontMatter"]["properties"]["timeline"]["default"],
        "auto"
    );
    assert_eq!(schema_of(&config::Book::shape())["$defs"]["SitemapTable"]["properties"]["enable"].get("default"), None);
}

/// Every record that a shape holds, itself included.
fn records(shape: &Shape, out: &mut Vec<RecordShape>) {
    match shape {
        Shape::Maybe(of) | Shape::List(of) | Shape::ByLanguage(of) => records(of, out),
        Shape::Map { keys, values } => [keys, values].into_iter().for_each(|of| records(of, out)),
        Shape::OneOf(shapes) => shapes.iter().for_each(|of| records(of, out)),
        Shape::Record(record) => {
            out.push(record.clone());
            record.fields.iter().for_each(|field| records(&(field.shape)(), out));
        }
        _ => {}
    }
}

#[test]
fn every_field_of_every_record_is_in_its_schema() {
    let mut seen = BTreeSet::new();
    for (of, shape) in shapes() {
        let schema = schema_of(&shape);
        assert_eq!(serde_json::to_string(&schema).unwrap(), serde_json::to_string(&schema_of(&shape)).unwrap(), "{of}");
        let mut all = Vec::new();
        records(&shape, &mut all);
        for record in all {
            let is_root = matches!(&shape, Shape::Record(root) if root.name == record.name);
            let stated = if is_root { &schema } else { &schema["$defs"][record.name] };
            let keys: BTreeSet<_> = stated["properties"].as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(keys, record.fields.iter().map(|field| field.key).collect(), "{}", record.name);
            for field in &record.fields {
                let property = &stated["properties"][field.key];
                let said = property["description"].as_str().unwrap();
                assert!(said.ends_with(['.', '…']) && !said.starts_with(char::is_lowercase), "{}: {said}", field.key);
                assert!(!said.contains("..") || said.contains("`..`"), "{said}");
                let required = stated.get("required").is_some_and(|all| all.as_array().unwrap().contains(&json!(field.key)));
                assert_eq!(required, field.required, "{}", field.key);
            }
            assert_eq!(stated.get("additionalProperties"), (!record.is_open).then_some(&json!(false)), "{}", record.name);
            seen.insert(record.name);
        }
        refers_to_what_is_there(&schema, &schema);
    }
    assert!(seen.len() > 30 && seen.contains("Later") && seen.contains("Checks"), "{seen:?}");
    assert_eq!(schema_of(&term::Term::shape())["required"], json!(["id", "term", "definition"]));
}

fn refers_to_what_is_there(root: &Value, schema: &Value) {
    match schema {
        Value::Object(entries) => {
            if let Some(Value::String(to)) = entries.get("$ref") {
                assert!(root.pointer(to.trim_start_matches('#')).is_some_and(Value::is_object), "{to}");
            }
            entries.values().for_each(|of| refers_to_what_is_there(root, of));
        }
        Value::Array(items) => items.iter().for_each(|of| refers_to_what_is_there(root, of)),
        _ => {}
    }
}
