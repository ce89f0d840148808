//! Pages CMS.

use super::{Collection, Input, Named, Site, Tool, collections, inner, pair, place, plain, text};
use crate::edit::{Value, yaml};

/// The configuration, as YAML.
pub(super) fn configuration(site: &Site) -> String {
    let all = collections();
    let media = if site.content.is_empty() { "media".to_owned() } else { format!("{}/media", site.content) };
    let entries = all.iter().map(|one| Value::Map(collection(one, &all, site))).collect();
    let out = vec![
        pair("media", Value::Map(vec![pair("input", text(media)), pair("output", plain("media"))])),
        pair("content", Value::List(entries)),
        // It asks before it overwrites what somebody else changed, and keeps fields that it doesn't know.
        pair("settings", Value::Map(vec![pair("content", Value::Map(vec![pair("merge", plain("true"))]))])),
    ];
    let head = format!(
        "# What Pages CMS has to know of this site: `backgrounder cms pages > {}`.\n# Made from the tables of the format; make it anew after an update.\n",
        place(Tool::Pages)
    );
    head + &yaml(&out)
}

fn collection(one: &Collection, all: &[Collection], site: &Site) -> Vec<(String, Value)> {
    let mut fields: Vec<Value> = one.fields.iter().map(|one| Value::Map(field(one, all))).collect();
    fields.push(Value::Map(vec![
        pair("name", plain("body")),
        pair("label", plain("Text")),
        pair("type", plain("code")),
        pair("options", Value::Map(vec![pair("language", plain("markdown"))])),
        pair("description", text("In Markdown. [[ids]] link to records, and [@keys] cite sources.")),
    ]));
    let shown = [one.title].iter().chain(one.beside).map(|key| plain(*key)).collect();
    vec![
        pair("name", plain(one.name)),
        pair("label", text(one.labels[0])),
        pair("type", plain("collection")),
        pair("path", text(one.path(site))),
        // What is in the folders below is another collection.
        pair("subfolders", plain("false")),
        pair("filename", text(if one.has_id() { "{fields.id}.md" } else { "{primary}.md" })),
        pair("format", plain("yaml-frontmatter")),
        pair("view", Value::Map(vec![pair("fields", Value::List(shown)), pair("primary", plain(one.title))])),
        pair("fields", Value::List(fields)),
    ]
}

fn field(one: &Named, all: &[Collection]) -> Vec<(String, Value)> {
    let mut out = vec![pair("name", plain(one.key)), pair("label", text(&one.label))];
    out.extend(match &one.input {
        Input::Group(fields) => kind(&Input::Group(inner(fields, one.required)), all),
        input => kind(input, all),
    });
    if one.required {
        out.push(pair("required", plain("true")));
    }
    if !one.hint.is_empty() {
        out.push(pair("description", text(&one.hint)));
    }
    out
}

fn kind(input: &Input, all: &[Collection]) -> Vec<(String, Value)> {
    let named = |name: &str| pair("type", plain(name));
    match input {
        Input::Fixed(word) => vec![named("string"), pair("hidden", plain("true")), pair("default", plain(*word))],
        Input::Line(None) => vec![named("string")],
        Input::Line(Some(check)) => {
            let pattern = vec![pair("regex", text(&check.pattern)), pair("message", text(check.message))];
            vec![named("string"), pair("pattern", Value::Map(pattern))]
        }
        Input::Lines => vec![named("text")],
        Input::Truth => vec![named("boolean")],
        Input::Number | Input::Decimal => vec![named("number")],
        Input::Choice(words) => {
            let values = words.iter().map(|word| text(*word)).collect();
            vec![named("select"), pair("options", Value::Map(vec![pair("values", Value::List(values))]))]
        }
        Input::Pick(name) => reference(name, false, all),
        Input::Picture => vec![named("image")],
        Input::List(of) => match &**of {
            Input::Pick(name) => reference(name, true, all),
            of => kind(of, all).into_iter().chain([pair("list", plain("true"))]).collect(),
        },
        Input::Group(fields) => {
            vec![
                named("object"),
                pair("fields", Value::List(fields.iter().map(|one| Value::Map(field(one, all))).collect())),
            ]
        }
    }
}

/// Ids, found by what the records are called. Those of pages are typed: they are in no field that a reference could take them from.
fn reference(name: &str, several: bool, all: &[Collection]) -> Vec<(String, Value)> {
    let Some(collection) = all.iter().find(|one| one.name == name && one.has_id()) else {
        let list = several.then(|| pair("list", plain("true")));
        return [pair("type", plain("string"))].into_iter().chain(list).collect();
    };
    let mut options = vec![
        pair("collection", plain(name)),
        pair("search", text(format!("fields.{}", collection.title))),
        pair("value", text("{fields.id}")),
        pair("label", text(format!("{{fields.{}}}", collection.title))),
    ];
    if several {
        options.insert(1, pair("multiple", plain("true")));
    }
    vec![pair("type", plain("reference")), pair("options", Value::Map(options))]
}
