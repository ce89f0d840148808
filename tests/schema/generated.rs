//! Files made from the field tables: each field of each kind in each form, with values that it takes and values that it doesn't.
//! The printed schema and the parser must say the same of every one of them, except where [`DIFFERENCES`] says why not.

mod specimens;

use std::collections::{BTreeMap, BTreeSet};

use regex_lite::Regex;
use serde_json::{Map, Value, json};

use backgrounder::config;
use backgrounder::desk::schemas::{SCHEMAS, schema};
use backgrounder::diagnostics;
use backgrounder::source::ContentKind;
use backgrounder::syntax::kinds::{author, blocks, chart, claim, embed, entity, event, map, page, pictures, source, term};
use backgrounder::syntax::{Decode, RecordShape, Shape};

use self::specimens::records;
use super::validator::fault;
use super::{decoded, parsed_block};

/// How the parser and the schema differ for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Alone {
    /// Only the parser takes it.
    Parser,
    /// Only the schema takes it.
    Schema,
}

/// What the two don't say alike: what is written where, who takes it alone, and why.
const DIFFERENCES: &[(&str, &str, Alone, &str)] = &[
    (".* pointer", ".*", Alone::Parser, "whether an id is there is for the model to say, which also sees its spelling"),
    (
        "Map[.](places|route) one of several",
        ".*",
        Alone::Parser,
        "whether an id is there is for the model to say, which also sees its spelling",
    ),
    (".* (date|one of several)", "-1", Alone::Schema, "a year is a number to YAML, which may drop its zeros"),
    (
        "(Allow|Book|BookTable|BuildTable|CardsTable|Checks|CitationsTable|DataTable|DeskTable|FeedsTable|HeadersTable|HtmlTable|LanguageTable|OutputTable|PublisherTable|SearchTable|SiteTable|SitemapTable|ThemeTable)[.].*",
        r#""""#,
        Alone::Schema,
        "a setting that says nothing is a slip, and only the decoder knows whether a file has settings",
    ),
    (".*[.]embargo time", r#""""#, Alone::Parser, "tools write it for a field that was cleared; people should say when"),
    ("Gallery[.]pictures list", ".*", Alone::Schema, "how many pictures a gallery has is seen when it is read"),
    (
        "Author.*[.]contact text",
        ".*",
        Alone::Schema,
        "whether a text is an address of one kind or another is for the decoder to say",
    ),
    ("Figure[.]highlight text", ".*", Alone::Schema, "what names a page is seen when it is read"),
    ("BookTable[.]language text", ".*", Alone::Schema, "which tags are languages is seen when the settings are made whole"),
    ("CitationsTable[.]style text", ".*", Alone::Schema, "which styles there are is seen when the settings are made whole"),
    ("SiteTable[.]raw-html truth", "true", Alone::Schema, "it is part of the format, and not of this version"),
    (
        "SiteTable[.](time-zone|editor) text",
        ".*",
        Alone::Schema,
        "what a zone and a command are is seen when the settings are made whole",
    ),
    (
        "SiteTable[.]words (map|anything)",
        ".*",
        Alone::Schema,
        "which words there are is seen when the settings are made whole",
    ),
    ("SiteTable[.]as-of date", ".*", Alone::Schema, "that it is one day is seen when the settings are made whole"),
    (
        ".*[.](stale-after|correction-notice-days|entries) integer",
        ".*",
        Alone::Schema,
        "which numbers are sensible is seen when the settings are made whole",
    ),
    (
        "HtmlTable[.]additional-(css|js) (list|text)",
        ".*",
        Alone::Schema,
        "what a file may be called is seen when the settings are made whole",
    ),
    (
        "HtmlTable[.](cname|site-url) text",
        ".*",
        Alone::Schema,
        "what a host and a path may be called is seen when the settings are made whole",
    ),
    ("NameParts[.]name text", r#""""#, Alone::Schema, "that a name is not empty is seen when it is read"),
];

/// A file of a record with these fields, and its value for the schema.
type File = fn(&Map<String, Value>) -> (String, Value);

/// Whether the parser takes a text.
type Takes = fn(&str) -> bool;

/// A file of one kind in one form.
struct Form {
    /// The name of its schema.
    schema: &'static str,
    /// What its record may have.
    shape: RecordShape,
    file: File,
    takes: Takes,
}

/// A value as YAML in one line. Words stand as authors write them, without quotation marks.
fn flow(value: &Value) -> String {
    let is_plain = |text: &str| {
        let first = text.starts_with(|c: char| c.is_ascii_alphabetic());
        let rest = text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '-');
        first && rest && !text.ends_with(' ') && !matches!(text, "true" | "false" | "null")
    };
    match value {
        Value::String(text) if is_plain(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{key}: {}", flow(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::Null => "~".to_owned(),
        other => other.to_string(),
    }
}

/// A map as YAML, a line for each field, after `first` and `rest`.
fn lines(fields: &Map<String, Value>, first: &str, rest: &str) -> String {
    let line = |(at, (key, value)): (usize, (&String, &Value))| {
        format!("{}{key}: {}\n", if at == 0 { first } else { rest }, flow(value))
    };
    fields.iter().enumerate().map(line).collect()
}

fn in_a_list(fields: &Map<String, Value>) -> (String, Value) {
    (lines(fields, "- ", "  "), json!([fields]))
}

fn alone(fields: &Map<String, Value>) -> (String, Value) {
    let value = if fields.is_empty() { Value::Null } else { json!(fields) };
    (lines(fields, "", ""), value)
}

/// A block, which may have no lines at all.
fn in_a_block(fields: &Map<String, Value>) -> (String, Value) {
    (lines(fields, "", ""), json!(fields))
}

/// A source in a YAML file of its own, which its type tells from a bibliography.
fn typed(fields: &Map<String, Value>) -> (String, Value) {
    let mut fields = fields.clone();
    fields.entry("type").or_insert(json!("web"));
    alone(&fields)
}

fn with_a_key(fields: &Map<String, Value>) -> (String, Value) {
    (format!("a-word:\n{}", lines(fields, "  ", "  ")), json!({ "a-word": fields }))
}

fn above_a_text(fields: &Map<String, Value>) -> (String, Value) {
    (format!("---\n{}---\nWords.\n", lines(fields, "", "")), json!(fields))
}

/// The record of a shape that is one.
fn record(shape: Shape) -> RecordShape {
    match shape {
        Shape::Record(record) => record,
        other => panic!("{other:?} is no record"),
    }
}

/// A shape without the fields that only a list needs.
fn without_id(shape: Shape) -> RecordShape {
    let mut record = record(shape);
    record.fields.retain(|field| field.key != "id");
    record
}

/// Every kind of record in every form.
fn content() -> Vec<Form> {
    macro_rules! forms {
        ($($kind:ident $list:literal $own:literal $shape:expr;)*) => { vec![$(
            Form {
                schema: $list,
                shape: record($shape),
                file: in_a_list,
                takes: |text| decoded("content/x/many.yaml", ContentKind::$kind, text),
            },
            Form {
                schema: $list,
                shape: without_id($shape),
                file: alone,
                takes: |text| decoded("content/x/a-word.yaml", ContentKind::$kind, text),
            },
            Form {
                schema: $own,
                shape: without_id($shape),
                file: above_a_text,
                takes: |text| decoded("content/x/a-word.md", ContentKind::$kind, text),
            },
        )*] };
    }
    let mut out = forms! {
        Events "events" "event" event::Event::shape();
        Entities "entities" "entity" entity::Entity::shape();
        Entities "entities" "entity" author::Author::shape();
        Claims "claims" "claim" claim::Claim::shape();
        Terms "glossary" "term" term::Term::shape();
    };
    let sources: [(_, File, Takes); 3] = [
        ("sources", with_a_key, |text| decoded("content/x/many.yaml", ContentKind::Sources, text)),
        ("sources", typed, |text| decoded("content/x/a-word.yaml", ContentKind::Sources, text)),
        ("source", above_a_text, |text| decoded("content/x/a-word.md", ContentKind::Sources, text)),
    ];
    out.extend(sources.map(|(schema, file, takes)| Form { schema, shape: record(source::Source::shape()), file, takes }));
    out.push(Form {
        schema: "page",
        shape: record(page::FrontMatter::shape()),
        file: above_a_text,
        takes: |text| decoded("content/a-word.md", ContentKind::Page, text),
    });
    out
}

/// Every block.
fn in_blocks() -> Vec<Form> {
    macro_rules! forms {
        ($($name:literal $schema:literal $shape:expr;)*) => { vec![$(
            Form { schema: $schema, shape: record($shape), file: in_a_block, takes: |text| parsed_block($name, text) },
        )*] };
    }
    forms! {
        "timeline" "block-timeline" blocks::Query::shape();
        "claim" "block-claim" blocks::ClaimBlock::shape();
        "known" "block-known" blocks::Known::shape();
        "quote" "block-quote" blocks::Quote::shape();
        "chart" "block-chart" chart::Chart::shape();
        "figure" "block-figure" pictures::Figure::shape();
        "gallery" "block-gallery" pictures::Gallery::shape();
        "embed" "block-embed" embed::Embed::shape();
        "map" "block-map" map::Map::shape();
    }
}

/// What the settings have no words for: TOML has no empty values.
fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(entries) => entries.values().any(has_null),
        _ => false,
    }
}

/// The settings as TOML.
fn as_toml(fields: &Map<String, Value>) -> (String, Value) {
    let lines = fields.iter().map(|(key, value)| format!("{key} = {}\n", in_toml(value)));
    (lines.collect(), json!(fields))
}

/// A value of TOML, on one line.
fn in_toml(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(in_toml).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{key:?} = {}", in_toml(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// Compares the verdicts on all files of a form. Returns how many there were.
fn compare(form: &Form, files: Vec<(Map<String, Value>, (String, String))>, told: &mut Told) -> usize {
    let by = schema(form.schema).unwrap();
    let mut seen = BTreeSet::new();
    for (fields, leaf) in files {
        let (text, value) = (form.file)(&fields);
        if !seen.insert(text.clone()) {
            continue;
        }
        let (takes, fault) = ((form.takes)(&text), fault(&by, &by, &value, ""));
        told.verdicts[usize::from(takes)] += 1;
        let alone = match (takes, &fault) {
            (true, Some(_)) => Alone::Parser,
            (false, None) => Alone::Schema,
            _ => continue,
        };
        let known = DIFFERENCES.iter().position(|(at, written, who, _)| {
            let fits = |pattern: &str, text: &str| Regex::new(&format!("^(?:{pattern})$")).unwrap().is_match(text);
            *who == alone && fits(at, &leaf.0) && fits(written, &leaf.1)
        });
        match known {
            Some(at) => *told.used.entry(at).or_default() += 1,
            None => {
                let what = format!("(\"{}\", r#\"{}\"#, {alone:?})", leaf.0, leaf.1);
                let example = || format!("{}: {fault:?}\n{text}", form.schema);
                told.wrong.entry(what).or_insert_with(|| (0, example())).0 += 1;
            }
        }
    }
    seen.len()
}

#[derive(Default)]
struct Told {
    /// Files that the parser refuses, and files that it takes.
    verdicts: [usize; 2],
    /// How often each row of [`DIFFERENCES`] explains something.
    used: BTreeMap<usize, usize>,
    /// What no row explains: how often, and an example.
    wrong: BTreeMap<String, (usize, String)>,
}

#[test]
fn schema_and_parser_agree_on_every_field_of_every_kind_in_every_form() {
    let mut told = Told::default();
    let mut files = 0;
    let forms: Vec<_> = content().into_iter().chain(in_blocks()).collect();
    let named: BTreeSet<_> = forms.iter().map(|form| form.schema).chain(["book"]).collect();
    assert_eq!(named, SCHEMAS.iter().map(|(name, _, _)| *name).collect(), "every schema is compared");
    for form in &forms {
        files += compare(form, records(&form.shape, 2), &mut told);
    }
    let book = Form {
        schema: "book",
        shape: record(config::Book::shape()),
        file: as_toml,
        takes: |text| diagnostics::errors(&config::read(text, None).1) == 0,
    };
    let settings = records(&book.shape, 3).into_iter().filter(|(fields, _)| !fields.values().any(has_null)).collect();
    files += compare(&book, settings, &mut told);
    let unused: Vec<_> = (0..DIFFERENCES.len()).filter(|at| !told.used.contains_key(at)).map(|at| DIFFERENCES[at]).collect();
    assert!(unused.is_empty(), "explain nothing: {unused:#?}");
    let wrong: Vec<_> =
        told.wrong.iter().map(|(what, (times, example))| format!("{what} {times} times: {example}")).collect();
    assert!(wrong.is_empty(), "of {files} files, some differ:\n{}", wrong.join("\n"));
    let [refused, taken] = told.verdicts;
    assert!(refused > 300 && taken > 300, "{refused} bad files and {taken} good ones");
}
