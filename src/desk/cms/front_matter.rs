//! Front Matter, an extension for VS Code. Its relations name records by titles made into addresses, so ids are typed here; the
//! language server completes them in the same window. Lists of fields are edited in the text: it would add a field of its own to each.

use serde_json::{Value as Json, json};

use super::{Collection, Input, Named, Site, collections};

/// The configuration, as JSON.
pub(super) fn configuration(site: &Site) -> String {
    let all = collections();
    let folder = |one: &Collection| {
        json!({
            "title": one.labels[0],
            "path": format!("[[workspace]]/{}", one.path(site)),
            "excludeSubdir": true,
            "contentTypes": [one.name],
        })
    };
    let types = |one: &Collection| {
        json!({
            "name": one.name,
            "pageBundle": false,
            "clearEmpty": true,
            "fields": one.fields.iter().filter_map(field).collect::<Vec<_>>(),
        })
    };
    let out = json!({
        "$schema": "https://frontmatter.codes/frontmatter.schema.json",
        "frontMatter.content.pageFolders": all.iter().map(folder).collect::<Vec<_>>(),
        "frontMatter.content.publicFolder": site.content,
        "frontMatter.content.supportedFileTypes": ["md"],
        "frontMatter.taxonomy.contentTypes": all.iter().map(types).collect::<Vec<_>>(),
        "frontMatter.taxonomy.indentArrays": true,
    });
    // JSON values always serialize.
    serde_json::to_string_pretty(&out).unwrap_or_default() + "\n"
}

fn field(one: &Named) -> Option<Json> {
    let mut out = kind(&one.input)?;
    out["title"] = one.label.as_str().into();
    out["name"] = one.key.into();
    if one.required {
        out["required"] = true.into();
    }
    if !one.hint.is_empty() {
        out["description"] = one.hint.as_str().into();
    }
    Some(out)
}

fn kind(input: &Input) -> Option<Json> {
    Some(match input {
        Input::Fixed(word) => json!({ "type": "string", "hidden": true, "default": word }),
        Input::Line(_) | Input::Pick(_) => json!({ "type": "string", "single": true }),
        Input::Lines => json!({ "type": "string" }),
        Input::Truth => json!({ "type": "boolean" }),
        Input::Decimal => json!({ "type": "number", "numberOptions": { "isDecimal": true } }),
        Input::Number => json!({ "type": "number", "numberOptions": { "isDecimal": false } }),
        Input::Choice(words) => json!({ "type": "choice", "choices": words }),
        Input::Picture => json!({ "type": "image" }),
        Input::List(of) => match **of {
            Input::Line(_) | Input::Lines | Input::Pick(_) => json!({ "type": "list" }),
            _ => return None,
        },
        Input::Group(fields) => json!({ "type": "fields", "fields": fields.iter().filter_map(field).collect::<Vec<_>>() }),
    })
}
