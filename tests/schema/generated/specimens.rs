//! Values for fields: those that they take, and those that they don't.

use serde_json::{Map, Value, json};

use backgrounder::syntax::{Field, RecordShape, Shape};

/// A value for a field, and what it was made for.
#[derive(Clone, Debug)]
struct Specimen {
    value: Value,
    /// What stands at its innermost place, and what is written there.
    leaf: (String, String),
}

/// What anybody may write anywhere.
fn anything() -> Vec<Value> {
    vec![
        json!("Some words"),
        json!("a-word"),
        json!(""),
        json!(null),
        json!(2025),
        json!(-1),
        json!(3.5),
        json!(true),
        json!(false),
        json!("true"),
        json!("2025-03-15"),
        json!("2025-04-14T09:00:00-04:00"),
        json!("https://a.example/b"),
        json!("a-key, p. 2"),
        json!([]),
        json!(["a-word"]),
        json!([["a-word"]]),
        json!([null]),
        json!({}),
        json!({ "a": "b" }),
        json!({ "a": null }),
    ]
}

/// A value that a shape takes.
fn good(shape: &Shape) -> Value {
    match shape {
        Shape::Text | Shape::Markdown | Shape::Anything => json!("Some words"),
        Shape::Bool => json!(true),
        Shape::False => json!(false),
        Shape::Integer => json!(3),
        Shape::Degrees(_) => json!(13.7),
        Shape::Date => json!("2025-03-15"),
        Shape::Time => json!("2025-04-14T09:00:00-04:00"),
        Shape::Choice(words) => json!(words[0]),
        Shape::Id | Shape::Pointer(_) | Shape::SourceKey | Shape::Citation => json!("a-word"),
        Shape::WebAddress => json!("https://a.example/b"),
        Shape::Path => json!("media/a.jpg"),
        Shape::LanguageTag => json!("es"),
        Shape::Maybe(of) | Shape::ByLanguage(of) => good(of),
        // Some lists need more than one.
        Shape::List(of) => json!([good(of), good(of)]),
        Shape::Map { keys, values } => json!({ good(keys).as_str().unwrap_or("a"): good(values) }),
        Shape::Record(record) => Value::Object(required(record)),
        Shape::OneOf(shapes) => good(&shapes[0]),
    }
}

/// What fields take that aren't only what their shape says.
const GOOD: &[(&str, &str, &str)] = &[
    ("Author", "contact", r#""jane@example.org""#),
    ("AuthorFile", "contact", r#""jane@example.org""#),
    ("Figure", "highlight", r#""p. 3""#),
    ("BookTable", "language", r#""en""#),
    ("CitationsTable", "style", r#""news""#),
    ("SiteTable", "time-zone", r#""America/New_York""#),
    ("SiteTable", "editor", r#""code {file}""#),
    ("SiteTable", "raw-html", "false"),
    ("SiteTable", "words", "{}"),
    ("HtmlTable", "additional-css", r#"["a.css"]"#),
    ("HtmlTable", "additional-js", r#"["a.js"]"#),
    ("HtmlTable", "cname", r#""paper.example""#),
    ("HtmlTable", "site-url", r#""/x/""#),
];

/// A value that a field takes.
fn good_in(record: &RecordShape, field: &Field) -> Value {
    let known = GOOD.iter().find(|(name, key, _)| *name == record.name && *key == field.key);
    known.map_or_else(|| good(&(field.shape)()), |(_, _, value)| serde_json::from_str(value).unwrap())
}

/// The fields that a record must have, each with a value that it takes.
fn required(record: &RecordShape) -> Map<String, Value> {
    let fields = record.fields.iter().filter(|field| field.required);
    fields.map(|field| (field.key.to_owned(), good_in(record, field))).collect()
}

/// What a shape is called in [`DIFFERENCES`].
fn name(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text => "text",
        Shape::Markdown => "markdown",
        Shape::Bool => "truth",
        Shape::False => "false",
        Shape::Integer => "integer",
        Shape::Degrees(_) => "degrees",
        Shape::Date => "date",
        Shape::Time => "time",
        Shape::Choice(_) => "choice",
        Shape::Id => "id",
        Shape::Pointer(_) => "pointer",
        Shape::SourceKey => "key",
        Shape::Citation => "citation",
        Shape::WebAddress => "address",
        Shape::Path => "path",
        Shape::LanguageTag => "language",
        Shape::Anything => "anything",
        Shape::Maybe(of) => name(of),
        Shape::List(_) => "list",
        Shape::ByLanguage(_) => "texts",
        Shape::Map { .. } => "map",
        Shape::Record(record) => record.name,
        Shape::OneOf(_) => "one of several",
    }
}

/// Values for a shape, good and bad. `depth` says how many records deep.
fn specimens(shape: &Shape, depth: usize) -> Vec<Specimen> {
    let here = name(shape);
    let of = |value: Value| Specimen { leaf: (here.to_owned(), value.to_string()), value };
    let mut out: Vec<_> = anything().into_iter().chain([good(shape)]).map(of).collect();
    let wrap = |inner: Vec<Specimen>, wrap: &dyn Fn(Value) -> Value| {
        inner.into_iter().map(|one| Specimen { value: wrap(one.value), leaf: one.leaf }).collect::<Vec<_>>()
    };
    match shape {
        Shape::Choice(words) => out.extend(words.iter().map(|word| of(json!(word)))),
        Shape::Maybe(inner) => return specimens(inner, depth),
        Shape::List(inner) => out.extend(wrap(specimens(inner, depth), &|value| json!([good(inner), value]))),
        Shape::ByLanguage(inner) => out.extend(wrap(specimens(inner, depth), &|value| json!({ "en": value }))),
        Shape::Map { values, .. } => out.extend(wrap(specimens(values, depth), &|value| json!({ "a-key": value }))),
        Shape::OneOf(shapes) => out.extend(shapes.iter().flat_map(|one| specimens(one, depth))),
        Shape::Record(record) if depth > 0 => {
            out.extend(
                records(record, depth - 1).into_iter().map(|(map, leaf)| Specimen { value: Value::Object(map), leaf }),
            );
        }
        _ => {}
    }
    out
}

/// Records: whole ones, ones that lack something or have too much, and one for each value of each field.
pub(super) fn records(record: &RecordShape, depth: usize) -> Vec<(Map<String, Value>, (String, String))> {
    let least = required(record);
    let with = |key: &str, value: Value| {
        let mut map = least.clone();
        map.insert(key.to_owned(), value);
        map
    };
    let whole: Map<_, _> = record.fields.iter().map(|field| (field.key.to_owned(), good_in(record, field))).collect();
    let named = |what: String| (record.name.to_owned(), what);
    let mut out = vec![
        (least.clone(), named("the least".to_owned())),
        (whole, named("everything".to_owned())),
        (with("no-such-field", json!("Some words")), named("an unknown field".to_owned())),
    ];
    for key in least.keys() {
        let mut map = least.clone();
        map.remove(key);
        out.push((map, named(format!("no {key}"))));
    }
    for field in &record.fields {
        // The innermost field says what it is.
        let place = |at: String| if at.contains('.') { at } else { format!("{}.{} {at}", record.name, field.key) };
        let specimens = specimens(&(field.shape)(), depth).into_iter();
        out.extend(specimens.map(|one| (with(field.key, one.value), (place(one.leaf.0), one.leaf.1))));
    }
    out
}
