//! JSON of other programs, with the place of each value. Nothing else uses the library.

use std::ops::Range;

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::node::{Kind, Node};
use crate::base::{At, TextRange};

/// Reads a text.
///
/// # Errors
/// If the text is not valid JSON, with the place and the reason.
pub fn parse(text: &str) -> Result<Node, (Range<usize>, String)> {
    let read = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    let read = read.map_err(|error| {
        let range = error.range();
        let end = range.end.min(text.len());
        (range.start.min(end)..end, error.kind().to_string().to_lowercase())
    })?;
    read.value.as_ref().map(node).ok_or_else(|| (0..0, "the file is empty".to_owned()))
}

fn place(range: jsonc_parser::common::Range) -> TextRange {
    TextRange::new(range.start, range.end)
}

fn node(value: &Value<'_>) -> Node {
    let range = place(value.range());
    let scalar = |text: &str, plain: bool| Kind::Scalar { text: text.to_owned(), plain };
    let kind = match value {
        Value::StringLit(text) => scalar(&text.value, false),
        Value::NumberLit(number) => scalar(number.value, true),
        Value::BooleanLit(literal) => scalar(if literal.value { "true" } else { "false" }, true),
        Value::NullKeyword(_) => Kind::Null,
        Value::Array(items) => Kind::Seq(items.elements.iter().map(node).collect()),
        Value::Object(object) => {
            let field = |field: &jsonc_parser::ast::ObjectProp<'_>| {
                let key = At::new(field.name.as_str().to_owned(), place(field.name.range()));
                (key, node(&field.value))
            };
            Kind::Map(object.properties.iter().map(field).collect())
        }
    };
    Node { kind, range }
}

/// The fields of a map; empty for anything else.
#[must_use]
pub fn fields(node: &Node) -> &[(At<String>, Node)] {
    if let Kind::Map(fields) = &node.kind { fields } else { &[] }
}

/// A field of a map.
#[must_use]
pub fn get<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    fields(node).iter().find(|(key, _)| key.value == name).map(|(_, value)| value)
}

/// The items of a list; empty for anything else.
#[must_use]
pub fn items(node: &Node) -> &[Node] {
    if let Kind::Seq(items) = &node.kind { items } else { &[] }
}

/// The trimmed text of a text or number; empty for anything else.
#[must_use]
pub fn words(node: &Node) -> &str {
    if let Kind::Scalar { text, .. } = &node.kind { text.trim() } else { "" }
}

/// The text of a field.
#[must_use]
pub fn says<'n>(node: &'n Node, name: &str) -> &'n str {
    get(node, name).map_or("", words)
}
