//! Sveltia CMS and Decap CMS, which read the same configuration but for a few options.

use super::{Collection, Input, Named, Site, Tool, collections, inner, pair, place, plain, text};
use crate::edit::{Value, yaml};

/// The configuration, as YAML.
pub(super) fn configuration(tool: Tool, site: &Site) -> String {
    let all = collections();
    let entries = all.iter().map(|one| Value::Map(collection(one, &all, site))).collect();
    let mut out = vec![pair("backend", backend(site))];
    let media = if site.content.is_empty() { "media".to_owned() } else { format!("{}/media", site.content) };
    out.push(pair("media_folder", plain(media)));
    // Sveltia takes only addresses that begin at the site's root.
    out.push(pair("public_folder", plain(if tool == Tool::Sveltia { "/media" } else { "media" })));
    if let Some(url) = &site.base_url {
        out.extend([pair("site_url", text(url)), pair("display_url", text(url))]);
    }
    // Neither tool can show what the finished page looks like.
    out.push(pair("editor", Value::Map(vec![pair("preview", plain("false"))])));
    let mut slug = vec![pair("encoding", plain("ascii")), pair("clean_accents", plain("true"))];
    if tool == Tool::Sveltia {
        slug.push(pair("maxlength", plain("60")));
        out.push(pair("output", Value::Map(vec![pair("omit_empty_optional_fields", plain("true"))])));
    }
    out.push(pair("slug", Value::Map(slug)));
    out.push(pair("collections", Value::List(entries)));
    let name = if tool == Tool::Sveltia { "Sveltia" } else { "Decap" };
    let word = tool.word();
    let mut head = format!(
        "# What {name} CMS has to know of this site: `backgrounder cms {word} > {}`.\n# Made from the tables of the format; make it anew after an update.\n",
        place(tool)
    );
    if repository(site).is_none() {
        head.push_str("# Write your repository below.\n");
    }
    head + &yaml(&out)
}

/// The host of the source and the repository's name there.
fn repository(site: &Site) -> Option<(&'static str, &str)> {
    let url = site.repository.as_deref()?.trim_end_matches('/').trim_end_matches(".git");
    let (_, rest) = url.split_once("://")?;
    let (host, name) = rest.split_once('/')?;
    let host = match host {
        "github.com" | "www.github.com" => "github",
        "gitlab.com" => "gitlab",
        _ => return None,
    };
    (!name.is_empty()).then_some((host, name))
}

fn backend(site: &Site) -> Value {
    let (host, name) = repository(site).unwrap_or(("github", "owner/repository"));
    Value::Map(vec![pair("name", plain(host)), pair("repo", text(name)), pair("branch", plain("main"))])
}

fn collection(one: &Collection, all: &[Collection], site: &Site) -> Vec<(String, Value)> {
    let mut fields: Vec<Value> = one.fields.iter().map(|one| Value::Map(field(one, all))).collect();
    fields.push(Value::Map(vec![
        pair("name", plain("body")),
        pair("label", plain("Text")),
        pair("widget", plain("markdown")),
        pair("modes", Value::List(vec![plain("raw")])),
        pair("required", plain("false")),
        pair("hint", text("In Markdown. [[ids]] link to records, and [@keys] cite sources.")),
    ]));
    let summary = one.beside.iter().fold(format!("{{{{{}}}}}", one.title), |out, key| format!("{out} · {{{{{key}}}}}"));
    let slug = if one.has_id() { "{{id}}" } else { "{{title}}" };
    vec![
        pair("name", plain(one.name)),
        pair("label", text(one.labels[0])),
        pair("label_singular", text(one.labels[1])),
        pair("folder", text(one.path(site))),
        pair("create", plain("true")),
        pair("extension", plain("md")),
        pair("format", plain("yaml-frontmatter")),
        pair("identifier_field", plain(one.title)),
        pair("slug", text(slug)),
        pair("summary", text(summary)),
        pair("fields", Value::List(fields)),
    ]
}

fn field(one: &Named, all: &[Collection]) -> Vec<(String, Value)> {
    let mut out = vec![pair("name", plain(one.key)), pair("label", text(&one.label))];
    out.extend(match &one.input {
        Input::Group(fields) => widget(&Input::Group(inner(fields, one.required)), &one.label, all),
        input => widget(input, &one.label, all),
    });
    // A word that is always the same is filled in, and nobody sees it.
    if matches!(one.input, Input::Fixed(_)) {
        return out;
    }
    if !one.required {
        out.push(pair("required", plain("false")));
    }
    if !one.hint.is_empty() {
        out.push(pair("hint", text(&one.hint)));
    }
    out
}

fn widget(input: &Input, label: &str, all: &[Collection]) -> Vec<(String, Value)> {
    let named = |name: &str| pair("widget", plain(name));
    match input {
        Input::Fixed(word) => vec![named("hidden"), pair("default", plain(*word))],
        Input::Line(None) => vec![named("string")],
        Input::Line(Some(check)) => {
            vec![named("string"), pair("pattern", Value::List(vec![text(&check.pattern), text(check.message)]))]
        }
        Input::Lines => vec![named("text")],
        Input::Truth => vec![named("boolean")],
        Input::Number => vec![named("number"), pair("value_type", plain("int"))],
        Input::Decimal => vec![named("number"), pair("value_type", plain("float"))],
        Input::Choice(words) => {
            vec![named("select"), pair("options", Value::List(words.iter().map(|word| text(*word)).collect()))]
        }
        Input::Pick(name) => relation(name, all),
        Input::Picture => vec![named("image")],
        Input::List(of) => match &**of {
            Input::Pick(name) => relation(name, all).into_iter().chain([pair("multiple", plain("true"))]).collect(),
            Input::Group(fields) => {
                let fields = fields.iter().map(|one| Value::Map(field(one, all))).collect();
                vec![named("list"), pair("fields", Value::List(fields))]
            }
            other => {
                let mut item = vec![pair("name", plain("item")), pair("label", text(label))];
                item.extend(widget(other, label, all));
                vec![named("list"), pair("field", Value::Map(item))]
            }
        },
        Input::Group(fields) => {
            let fields = fields.iter().map(|one| Value::Map(field(one, all))).collect();
            vec![named("object"), pair("collapsed", plain("true")), pair("fields", Value::List(fields))]
        }
    }
}

/// An id, found by what the record is called.
fn relation(name: &str, all: &[Collection]) -> Vec<(String, Value)> {
    let title = all.iter().find(|one| one.name == name).map_or("title", |one| one.title);
    vec![
        pair("widget", plain("relation")),
        pair("collection", plain(name)),
        pair("value_field", text("{{slug}}")),
        pair("search_fields", Value::List(vec![plain(title)])),
        pair("display_fields", Value::List(vec![plain(title)])),
    ]
}
