//! The JSON Schema says what the decoder says: many small texts are judged by both.

use std::collections::BTreeSet;
use std::sync::Arc;

use regex_lite::Regex;
use serde_json::{Value, json};

use backgrounder::base::FileId;
use backgrounder::config;
use backgrounder::diagnostics;
use backgrounder::source::ContentKind;
use backgrounder::syntax::kinds::{blocks, chart, common, event, file_shape, term};
use backgrounder::syntax::schema::schema_of;
use backgrounder::syntax::{Decode, Options, RecordShape, Shape, parse_file};

/// Who takes a text.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Taken {
    /// The decoder and the schema.
    Both,
    /// Neither.
    Neither,
    /// The decoder alone, for this reason.
    Decoder(&'static str),
    /// The schema alone, for this reason.
    Schema(&'static str),
}
use Taken::{Both, Decoder, Neither, Schema};

/// Fields of an event beside its id, date and title.
const EVENTS: &[(&str, Taken)] = &[
    ("summary: One *sentence*.", Both),
    ("summary: {en: One, es: Uno}", Both),
    ("summary: {}", Neither),
    ("summary: [One]", Neither),
    ("summary: {en: [One]}", Neither),
    ("summary:", Both),
    ("summary: 2025", Both),
    ("summary: true", Both),
    ("summmary: One", Neither),
    ("sections: [a-section, another]", Both),
    ("sections: a-section", Neither),
    ("sections:", Both),
    ("entities: [Not_an_id]", Decoder("whether an id is there is for the model to say, which also sees its spelling")),
    ("entities: [nobody-has-this-id]", Both),
    ("entities: [[a]]", Neither),
    ("topics: [courts, 2025]", Both),
    ("topics: [~]", Neither),
    ("place: some-place", Both),
    ("place: {id: some-place}", Neither),
    ("significance: major", Both),
    ("significance: Major", Neither),
    ("significance:", Neither),
    ("status: scheduled", Both),
    ("status: cancelled", Neither),
    ("accounts: [some-entity, Some words, {by: some-entity, says: denies it, date: 2025-03}]", Both),
    ("accounts: [{says: denies it}]", Neither),
    ("accounts: [{by: {en: A court, es: Un tribunal}}]", Both),
    ("accounts: [{en: A court, es: Un tribunal}]", Neither),
    ("published: 2025-03-16", Both),
    ("known-from: 16 March 2025", Neither),
    ("known_from: 2025-03-16", Neither),
    ("later: [{date: 2025-04, text: It was appealed., sources: [some-key]}]", Both),
    ("later: [{date: 2025-04}]", Neither),
    ("later: [{date: 2025-04, text: It was appealed., source: some-key}]", Neither),
    ("later: {date: 2025-04, text: It was appealed.}", Neither),
    ("order: -3", Both),
    ("order: 3.5", Neither),
    ("order: \"3\"", Neither),
    ("order: 3000000000", Neither),
    ("order: 0x10", Schema("YAML has numbers in other bases, and the decoder does not")),
    ("media: {src: pictures/a.jpg, alt: A door., credit: Someone}", Both),
    ("media: {alt: A door.}", Neither),
    ("media: pictures/a.jpg", Neither),
    ("media:", Both),
    ("note: A remark.", Both),
    ("desk-note: Call again.", Both),
    ("desk-note: [Call again.]", Neither),
    ("desk-note:", Neither),
    ("draft: true", Both),
    ("draft: \"true\"", Neither),
    ("draft: yes", Neither),
    ("draft:", Neither),
    ("draft: True", Schema("YAML has three spellings of a truth value, and the decoder one")),
    ("embargo: 2025-04-14T09:00:00-04:00", Both),
    ("embargo: 2025-04-14", Neither),
    ("embargo:", Neither),
    ("embargo: 2025-99-14T09:00:00-04:00", Schema("patterns know no calendar")),
    ("updates: [{date: 2025-04, kind: correction, text: The day was wrong.}]", Both),
    ("updates: [{date: 2025-04, kind: fix, text: The day was wrong.}]", Neither),
    ("updates: [{date: 2025-04, text: The day was wrong.}]", Neither),
    ("aliases: [/old/address]", Both),
    ("sources: [some-key, \"@other.key, p. 2\", \"{odd key}\"]", Both),
    ("sources: [\"some-key p. 2\"]", Neither),
    ("sources: [\", p. 2\"]", Neither),
    ("sources: [{key: some-key}]", Neither),
    ("sources: [“some-key”]", Schema("patterns have no common name for letters of all scripts")),
];

/// Dates of an event.
const DATES: &[(&str, Taken)] = &[
    ("2025", Both),
    ("2025-03", Both),
    ("2025-03-15T19:25:00-04:00", Both),
    ("2025-03-15T19:25:00Z", Both),
    ("2025-03-15T19:25:00", Both),
    ("2025-03~", Both),
    ("2025-03-15?", Both),
    ("2025%", Both),
    ("202X", Both),
    ("20XX", Both),
    ("2025-XX", Both),
    ("2025-03-XX", Both),
    ("2025-XX-XX", Both),
    ("2025-24", Both),
    ("2025-03-12/2025-03-15~", Both),
    ("2022-03-27/..", Both),
    ("2022-03-27/", Both),
    ("../2022-03-27", Both),
    ("/2022-03-27", Both),
    ("\"[2025-04-04,2025-04-07]\"", Both),
    ("\"[2025-04-04..2025-04-07]\"", Both),
    ("\"[..2025-04-04,2025-05,2025-06-01..]\"", Both),
    ("-0043-03-15", Both),
    ("Y-17000", Both),
    ("12/05/2025", Neither),
    ("15.03.2025", Neither),
    ("March 2025", Neither),
    ("2025-3-15", Neither),
    ("199u", Neither),
    ("unknown/2025", Neither),
    ("2025/open", Neither),
    ("\"{2025-04,2025-05}\"", Neither),
    ("~2025", Neither),
    ("20250315", Neither),
    ("[2025]", Neither),
    ("true", Neither),
    ("2025-02-30", Schema("patterns know no calendar")),
    ("2025-04/2025-03", Schema("patterns can't compare")),
    ("12", Schema("a year is a number to YAML, which may drop its zeros")),
];

/// Whole lists and single records of other kinds.
const FILES: &[(ContentKind, &str, Taken)] = &[
    (ContentKind::Events, "", Both),
    (ContentKind::Events, "- {id: a, date: 2025, title: A}\n- {id: b, date: 2025, title: B}\n", Both),
    (ContentKind::Events, "- {date: 2025, title: A}\n", Neither),
    (ContentKind::Events, "- {id: a, title: A}\n", Neither),
    (ContentKind::Events, "- {id: a, date: 2025}\n", Neither),
    (ContentKind::Events, "- {id: A B, date: 2025, title: A}\n", Neither),
    (ContentKind::Events, "- {id: 2025, date: 2025, title: A}\n", Both),
    (ContentKind::Events, "id: a\ndate: 2025\ntitle: A\n", Neither),
    (ContentKind::Events, "- words\n", Neither),
    (ContentKind::Entities, "- {id: a, kind: person, name: A. Person, accused: true}\n", Both),
    (ContentKind::Entities, "- {id: a, kind: persona, name: A. Person}\n", Neither),
    (ContentKind::Entities, "- {id: a, name: A. Person}\n", Neither),
    (ContentKind::Entities, "- {id: a, kind: case, name: A, status: [{date: 2025-03, is: pending}]}\n", Both),
    (ContentKind::Entities, "- {id: a, kind: case, name: A, status: pending}\n", Neither),
    (ContentKind::Entities, "- {id: a, kind: person, name: A, roles: [{title: Judge, from: 2020, to: ..}]}\n", Both),
    (ContentKind::Entities, "- {id: a, kind: person, name: A, roles: [{title: Judge, to: today}]}\n", Neither),
    (ContentKind::Entities, "- {id: a, kind: person, name: A, same-as: ['https://www.wikidata.org/wiki/Q1']}\n", Both),
    (ContentKind::Entities, "- {id: a, kind: person, name: A, same-as: ['javascript:x']}\n", Neither),
    (
        ContentKind::Entities,
        "- {id: a, kind: author, name: A, role: {en: B, es: C}, bio: D, contact: a@b.example, expertise: [e, 5], disclosure: F, same-as: ['https://g.example/']}\n",
        Both,
    ),
    (ContentKind::Entities, "- {id: a, kind: author}\n", Neither),
    (ContentKind::Entities, "- {id: a, kind: author, name: A, accused: true}\n", Neither),
    (ContentKind::Entities, "- {id: a, kind: person, name: A, bio: B}\n", Neither),
    (ContentKind::Entities, "- {id: a, kind: author, name: A, expertise: law}\n", Neither),
    (
        ContentKind::Entities,
        "- {id: a, kind: author, name: A, contact: nowhere}\n",
        Schema("whether a text is an address of one kind or another is for the decoder to say"),
    ),
    (ContentKind::Sources, "some-key: {title: A report}\nother.key: {title: Another, kind: wire}\n", Both),
    (ContentKind::Sources, "some-key: {kind: wire}\n", Neither),
    (ContentKind::Sources, "some key: {title: A report}\n", Neither),
    (ContentKind::Sources, "a: {title: {value: A report, short: Report, verbatim: true}}\n", Both),
    (ContentKind::Sources, "a: {title: {value: [A report]}}\n", Neither),
    (ContentKind::Sources, "a: {title: {en: A report, es: Un informe}}\n", Both),
    (ContentKind::Sources, "a: {title: A, author: 'Doe, Jane'}\n", Both),
    (ContentKind::Sources, "a: {title: A, author: [{name: Doe, given-name: Jane, alias: J}, 'Roe, R.']}\n", Both),
    (ContentKind::Sources, "a: {title: A, author: [[Doe]]}\n", Neither),
    (ContentKind::Sources, "a: {title: A, author: }\n", Neither),
    (ContentKind::Sources, "a: {title: A, author: {name: [Doe]}}\n", Neither),
    (ContentKind::Sources, "a: {title: A, author: {name: Doe, given-name: [Jane]}}\n", Neither),
    (ContentKind::Sources, "a: {title: A, author: {given-name: Jane}}\n", Neither),
    (ContentKind::Page, "authors: [Jane Doe, {name: Roe, given-name: J.}]\n", Both),
    (ContentKind::Page, "authors: [jane-doe, Jane Doe]\n", Both),
    (ContentKind::Page, "authors: [[jane-doe]]\n", Neither),
    (ContentKind::Sources, "a: {title: A, publisher: {name: A press, location: Here}}\n", Both),
    (ContentKind::Sources, "a: {title: A, chapter: 4, publisher: {value: A press, verbatim: true}}\n", Both),
    (ContentKind::Sources, "a: {title: A, url: {value: 'https://a.example/x', date: 2025-03-15}}\n", Both),
    (ContentKind::Sources, "a: {title: A, url: 'https://a.example/x'}\n", Both),
    (ContentKind::Sources, "a: {title: A, url: a.example}\n", Neither),
    (ContentKind::Sources, "a: {title: A, url: {date: 2025-03-15}}\n", Neither),
    (ContentKind::Sources, "a: {title: A, parent: {type: newspaper, title: B}, volume: 3, issue: [], genre: }\n", Both),
    (ContentKind::Sources, "a: {title: A, titel: B}\n", Neither),
    (ContentKind::Sources, "- {title: A}\n", Neither),
    (ContentKind::Claims, "- {id: a, text: It is so., status: false}\n", Both),
    (ContentKind::Claims, "- {id: a, text: It is so., status: 'false'}\n", Both),
    (ContentKind::Claims, "- {id: a, text: It is so., status: true}\n", Neither),
    (ContentKind::Claims, "- {id: a, text: It is so., status: }\n", Both),
    (ContentKind::Claims, "- {id: a, text: It is so., history: [{date: 2025, status: alleged, note: why}]}\n", Both),
    (ContentKind::Claims, "- {id: a, text: It is so., history: [{date: 2025}]}\n", Neither),
    (ContentKind::Claims, "- {id: a, text: It is so., asserted-by: [some-entity], disputed-by: [A witness]}\n", Both),
    (ContentKind::Claims, "- {id: a, status: alleged}\n", Neither),
    (ContentKind::Terms, "- {id: a, term: A, definition: The first letter.}\n", Both),
    (ContentKind::Terms, "- {id: a, term: A}\n", Neither),
    (ContentKind::Terms, "- {id: a, term: A, definition: , note: A remark.}\n", Neither),
    (ContentKind::Page, "", Both),
    (ContentKind::Page, "title: A page\nkind: section\norder: 3\nkey-points: [One, Two]\n", Both),
    (ContentKind::Page, "kind: chapter\n", Neither),
    (ContentKind::Page, "timeline: auto\n", Both),
    (ContentKind::Page, "timeline: false\n", Both),
    (ContentKind::Page, "timeline: 'false'\n", Neither),
    (ContentKind::Page, "timeline: true\n", Neither),
    (ContentKind::Page, "timeline: {entities: [a], from: 2025-03, significance: major}\n", Both),
    (ContentKind::Page, "timeline: {entity: a}\n", Neither),
    (ContentKind::Page, "authors: Jane Doe\n", Neither),
    (ContentKind::Page, "as-of: yesterday\n", Neither),
    (ContentKind::Page, "slug: a\n", Neither),
];

/// Blocks in the text of a page.
const BLOCKS: &[(&str, &str, Taken)] = &[
    ("timeline", "topics: [courts]\nsignificance: major", Both),
    ("timeline", "topic: courts", Neither),
    ("claim", "id: some-claim", Both),
    ("claim", "claim: some-claim", Neither),
    ("known", "known: [One]\nunknown: [Two]\nas-of: 2025-03", Both),
    ("known", "known: One", Neither),
    ("quote", "text: It is so.\nby: some-entity\non: 2025-03-15\nlang: es", Both),
    ("quote", "by: some-entity", Neither),
];

/// Settings.
const BOOKS: &[(&str, Taken)] = &[
    ("", Both),
    ("[book]\ntitle = \"A site\"\nauthors = [\"Jane Doe\", \"jane-doe\"]\ntext-direction = \"ltr\"\n", Both),
    ("[book]\ntext-direction = \"up\"\n", Neither),
    ("[book]\ntitel = \"A site\"\n", Neither),
    ("[books]\n", Neither),
    ("[site]\nbase-url = \"https://a.example/x/\"\nstale-after = 20\nas-of = \"2025-12-22\"\n", Both),
    ("[site]\nbase-url = \"a.example\"\n", Neither),
    ("[site]\nas-of = \"2025-12\"\n", Schema("that it is one day is seen when the settings are made whole")),
    ("[site]\ntime-zone = \"Mars/Olympus\"\n", Schema("the list of time zones is not the format's")),
    ("[site.languages.es]\ntitle = \"Un sitio\"\n", Both),
    ("[site.languages.spanish_of_spain]\ntitle = \"Un sitio\"\n", Neither),
    ("[output.html]\nsmart-punctuation = false\nadditional-css = [\"a.css\"]\n", Both),
    ("[output.html]\nsmart-punctuation = \"no\"\n", Neither),
    ("[output.html.redirect]\n\"/old/\" = \"/new/\"\n", Both),
    ("[output.html.redirect]\n\"/old/\" = [\"/new/\"]\n", Neither),
    ("[output.feeds]\nenable = true\nentries = 20\n", Both),
    ("[output.feeds]\nentries = 0\n", Schema("how many entries are sensible is seen when the settings are made whole")),
    ("[output.cards]\nkinds = [\"events\", \"claims\"]\n", Both),
    ("[output.cards]\nkinds = [\"terms\"]\n", Neither),
    ("[checks]\nunsourced-event = \"off\"\n", Both),
    ("[checks]\nunsourced-event = \"never\"\n", Neither),
    ("[checks]\nunsourced-evnt = \"off\"\n", Neither),
    ("[checks]\nduplicate-id = \"off\"\n", Neither),
    ("[[checks.allow]]\ncode = \"lost-url\"\nat = \"a\"\nreason = \"It moved.\"\nuntil = \"2026\"\n", Both),
    ("[[checks.allow]]\ncode = \"lost-url\"\n", Neither),
];

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
        ("book", config::Book::shape()),
    ]
}

/// Whether the decoder takes a file.
fn is_decoded(kind: ContentKind, text: &str) -> bool {
    let path = if kind == ContentKind::Page { "content/a.md" } else { "content/a.yaml" };
    let parsed = parse_file(path, kind, &Arc::new(text.to_owned()), Options::default(), None);
    diagnostics::errors(&parsed.diagnostics(FileId(1))) == 0
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
        let decoded = is_decoded(ContentKind::Page, &format!("```{name}\n{text}\n```\n"));
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

/// What is wrong with `value`. Knows the part of JSON Schema that is made here, and panics at any other.
fn fault(root: &Value, schema: &Value, value: &Value, at: &str) -> Option<String> {
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
