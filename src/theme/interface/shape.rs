//! The shape of what templates get: which fields there are, according to the types of the contexts themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value as Json};

/// Where a schema keeps the structs that it refers to.
const DEFINITIONS: &str = "#/$defs/";

/// What a value is, as far as its fields go.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// Nobody knows.
    Any,
    /// A value without fields, by what we call it: “text”.
    Plain(&'static str),
    List(Box<Shape>),
    /// A map with any keys.
    Table(Box<Shape>),
    /// One of these structs, by name.
    Records(BTreeSet<Arc<str>>),
}

/// The result of looking up a field.
pub(super) enum Field<'s> {
    /// It exists, with this shape.
    There(Shape),
    /// Nobody knows.
    Unknown,
    /// It can't exist. These are the fields that do.
    Absent(Vec<&'s str>),
}

impl Shape {
    pub(super) const TEXT: Self = Self::Plain("text");
    pub(super) const NUMBER: Self = Self::Plain("a number");
    pub(super) const BOOL: Self = Self::Plain("true or false");

    pub(super) fn list(of: Self) -> Self {
        Self::List(Box::new(of))
    }

    pub(super) fn record(name: &str) -> Self {
        Self::Records([Arc::from(name)].into())
    }

    /// One or the other.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (same, other) if same == other => same,
            (Self::List(one), Self::List(other)) => Self::list(one.or(*other)),
            (Self::Table(one), Self::Table(other)) => Self::Table(Box::new(one.or(*other))),
            (Self::Records(mut one), Self::Records(other)) => {
                one.extend(other);
                Self::Records(one)
            }
            _ => Self::Any,
        }
    }

    /// The shape of an entry when the value is looped over.
    pub(super) fn entry(&self) -> Self {
        match self {
            Self::List(of) | Self::Table(of) => (**of).clone(),
            Self::Plain("text") => Self::TEXT,
            _ => Self::Any,
        }
    }
}

/// Every struct that a template can see, by name, with its fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Shapes {
    records: BTreeMap<Arc<str>, BTreeMap<String, Shape>>,
}

impl Shapes {
    /// Adds a struct, or more fields of one.
    pub(super) fn add(&mut self, name: &str, fields: impl IntoIterator<Item = (String, Shape)>) {
        let record = self.records.entry(Arc::from(name)).or_default();
        for (field, shape) in fields {
            let shape = match record.remove(&field) {
                Some(before) => before.or(shape),
                None => shape,
            };
            record.insert(field, shape);
        }
    }

    /// The fields of a struct.
    pub(super) fn fields(&self, name: &str) -> impl Iterator<Item = (&str, &Shape)> {
        self.records.get(name).into_iter().flatten().map(|(name, shape)| (name.as_str(), shape))
    }

    /// A field of a value of this shape.
    pub(super) fn field(&self, of: &Shape, name: &str) -> Field<'_> {
        let names = match of {
            Shape::Any => return Field::Unknown,
            Shape::Table(of) => return Field::There((**of).clone()),
            Shape::Plain(_) | Shape::List(_) => return Field::Absent(Vec::new()),
            Shape::Records(names) => names,
        };
        let records = || names.iter().map(|name| self.records.get(name));
        if records().any(|record| record.is_none()) {
            return Field::Unknown;
        }
        let found = records().flatten().filter_map(|record| record.get(name)).cloned().reduce(Shape::or);
        match found {
            Some(shape) => Field::There(shape),
            None => Field::Absent(records().flatten().flat_map(BTreeMap::keys).map(String::as_str).collect()),
        }
    }
}

/// Types, and the structs that they are made of.
pub(super) struct Types(SchemaGenerator);

impl Default for Types {
    fn default() -> Self {
        Self(SchemaSettings::draft2020_12().for_serialize().into_generator())
    }
}

impl Types {
    /// The shape of a type.
    pub(super) fn shape<T: JsonSchema>(&mut self) -> Shape {
        shape(self.0.subschema_for::<T>().as_value())
    }

    /// All structs found.
    pub(super) fn shapes(mut self) -> Shapes {
        let mut shapes = Shapes::default();
        let definitions = self.0.take_definitions(true);
        for (name, schema) in &definitions {
            let mut fields = Vec::new();
            // A name that isn't a struct's here may be anything.
            if collect(schema, &definitions, 0, &mut fields).is_some() {
                shapes.add(name, fields);
            }
        }
        shapes
    }
}

/// How many structs may stand for each other in a row.
const DEEPEST: usize = 10;

/// The fields of a struct, or of all variants of a tagged enum; `None` if there may be others.
fn collect(schema: &Json, definitions: &Map<String, Json>, depth: usize, out: &mut Vec<(String, Shape)>) -> Option<()> {
    let is_open = schema.get("additionalProperties").is_some_and(|more| *more != Json::Bool(false));
    if is_open || depth > DEEPEST {
        return None;
    }
    if let Some(other) = schema.get("$ref").and_then(Json::as_str) {
        collect(definitions.get(other.strip_prefix(DEFINITIONS)?)?, definitions, depth + 1, out)?;
    }
    let variants = ["oneOf", "anyOf", "allOf"].iter().filter_map(|key| schema.get(key)?.as_array());
    for variant in variants.flatten() {
        collect(variant, definitions, depth + 1, out)?;
    }
    let properties = schema.get("properties").and_then(Json::as_object);
    out.extend(properties.into_iter().flatten().map(|(name, of)| (name.clone(), shape(of))));
    Some(())
}

fn shape(schema: &Json) -> Shape {
    if let Some(name) = schema.get("$ref").and_then(Json::as_str) {
        return name.strip_prefix(DEFINITIONS).map_or(Shape::Any, Shape::record);
    }
    let is_nothing = |schema: &&Json| schema.get("type").and_then(Json::as_str) == Some("null");
    if let Some(choices) = schema.get("anyOf").and_then(Json::as_array) {
        return choices.iter().filter(|of| !is_nothing(of)).map(shape).reduce(Shape::or).unwrap_or(Shape::Any);
    }
    if let Some(word) = schema.get("const") {
        return if word.is_string() { Shape::TEXT } else { Shape::Any };
    }
    let kinds = match schema.get("type") {
        Some(Json::String(kind)) => vec![kind.as_str()],
        Some(Json::Array(kinds)) => kinds.iter().filter_map(Json::as_str).filter(|kind| *kind != "null").collect(),
        _ => Vec::new(),
    };
    let [kind] = *kinds else { return Shape::Any };
    match kind {
        "string" => Shape::TEXT,
        "integer" | "number" => Shape::NUMBER,
        "boolean" => Shape::BOOL,
        "array" => Shape::list(schema.get("items").map_or(Shape::Any, shape)),
        "object" => match schema.get("additionalProperties") {
            Some(of @ Json::Object(_)) if schema.get("properties").is_none() => Shape::Table(Box::new(shape(of))),
            _ => Shape::Any,
        },
        _ => Shape::Any,
    }
}
