//! Checks a value against a schema. It knows only the part of JSON Schema that the program writes, and panics at anything else,
//! so that nothing is overlooked.

use regex_lite::Regex;
use serde_json::{Value, json};

/// What is wrong with `value`. Knows the part of JSON Schema that is made here, and panics at any other.
pub fn fault(root: &Value, schema: &Value, value: &Value, at: &str) -> Option<String> {
    let schema = schema.as_object().unwrap_or_else(|| panic!("{schema} is no schema"));
    let here = |what: &str| Some(format!("{at}: {what}"));
    for (keyword, by) in schema {
        let wrong = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "default" | "examples" => None,
            "required" | "properties" | "additionalProperties" | "propertyNames" | "minProperties" => {
                value.as_object().and_then(|object| fault_of_object(root, schema, keyword, object, at))
            }
            "$ref" => {
                let by = root.pointer(by.as_str().unwrap().trim_start_matches('#')).unwrap_or_else(|| panic!("{by}"));
                fault(root, by, value, at)
            }
            "type" => {
                let is = |name: &Value| is_of_type(value, name.as_str().unwrap());
                let fits = by.as_array().map_or_else(|| is(by), |names| names.iter().any(is));
                if fits { None } else { here("type") }
            }
            "enum" => {
                if by.as_array().unwrap().contains(value) {
                    None
                } else {
                    here("enum")
                }
            }
            "const" => {
                if by == value {
                    None
                } else {
                    here("const")
                }
            }
            "pattern" => match value.as_str() {
                Some(text) if !Regex::new(by.as_str().unwrap()).unwrap().is_match(text) => here("pattern"),
                _ => None,
            },
            "maxLength" => {
                let is_longer = |text: &str| text.chars().count() as u64 > by.as_u64().unwrap();
                value.as_str().filter(|text| is_longer(text)).and_then(|_| here("maxLength"))
            }
            "minimum" => value.as_f64().filter(|number| *number < by.as_f64().unwrap()).and_then(|_| here("minimum")),
            "maximum" => value.as_f64().filter(|number| *number > by.as_f64().unwrap()).and_then(|_| here("maximum")),
            "items" => {
                let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
                items.iter().enumerate().find_map(|(index, item)| fault(root, by, item, &format!("{at}/{index}")))
            }
            "anyOf" => {
                let all: Option<Vec<_>> = by.as_array().unwrap().iter().map(|one| fault(root, one, value, at)).collect();
                all.map(|all| all.join(" and "))
            }
            other => panic!("this test does not know {other}"),
        };
        if wrong.is_some() {
            return wrong;
        }
    }
    None
}

fn fault_of_object(
    root: &Value,
    schema: &serde_json::Map<String, Value>,
    keyword: &str,
    object: &serde_json::Map<String, Value>,
    at: &str,
) -> Option<String> {
    let by = &schema[keyword];
    match keyword {
        "required" => {
            let lacking = by.as_array().unwrap().iter().find(|key| !object.contains_key(key.as_str().unwrap()))?;
            Some(format!("{at}: lacks {lacking}"))
        }
        "properties" => object.iter().find_map(|(key, value)| fault(root, by.get(key)?, value, &format!("{at}/{key}"))),
        "additionalProperties" => {
            let stated = |key: &str| schema.get("properties").is_some_and(|stated| stated.get(key).is_some());
            object.iter().filter(|(key, _)| !stated(key)).find_map(|(key, value)| match by {
                Value::Bool(true) => None,
                Value::Bool(false) => Some(format!("{at}: has no {key}")),
                by => fault(root, by, value, &format!("{at}/{key}")),
            })
        }
        "propertyNames" => object.keys().find_map(|key| fault(root, by, &json!(key), &format!("{at}/{key}"))),
        _ => (object.len() < by.as_u64().unwrap() as usize).then(|| format!("{at}: too few")),
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("no type is called {other}"),
    }
}
