//! A form for the settings in `book.toml`: those that editors need. What runs programs or names folders is left to whoever looks
//! after the site's files.

use super::controls::{Part, label, of_field};
use super::meant::{Fault, meant};
use super::{Filled, Form, FormField, NotWritten};
use crate::base::Hash;
use crate::config::{self, Book};
use crate::diagnostics::{Diagnostic, Severity};
use crate::edit::{Refused, Value, toml};
use crate::syntax::node::{Kind, Node};
use crate::syntax::{Decode, Field, Shape, parse_toml};

/// The file's path.
pub const PATH: &str = "book.toml";

/// The settings of the form, by their paths of tables and keys, and whether it shows them at once.
const SETTINGS: &[(&[&str], bool)] = &[
    (&["book", "title"], true),
    (&["book", "description"], true),
    (&["book", "authors"], true),
    (&["book", "language"], true),
    (&["site", "as-of"], true),
    (&["site", "time-zone"], true),
    (&["site", "base-url"], true),
    (&["site", "publisher", "name"], true),
    (&["site", "publisher", "url"], true),
    (&["site", "publisher", "contact"], true),
    (&["site", "publisher", "corrections-policy"], false),
    (&["site", "publisher", "ethics-policy"], false),
    (&["site", "publisher", "license"], false),
    (&["site", "stale-after"], false),
    (&["site", "correction-notice-days"], false),
    (&["site", "date-format"], false),
    (&["desk", "records"], false),
];

/// The form of the settings.
///
/// # Errors
/// If the file can't be read.
pub fn form(text: &str) -> Result<Form, Refused> {
    let root = read(text)?;
    let version = Hash::of(format!("{:?}", Value::of(&root)).as_bytes()).to_string();
    Ok(Form { fields: fields(&root), body: None, version })
}

/// The file's new text, after the changes of a filled-in form.
///
/// # Errors
/// If a setting can't have its new value, or the file can't be changed without changing something else.
pub fn filled(text: &str, filled: &Filled) -> Result<String, NotWritten> {
    let root = read(text).map_err(NotWritten::Refused)?;
    let known = fields(&root);
    let (mut faults, mut changes) = (Vec::new(), Vec::new());
    for (key, json) in &filled.fields {
        match known.iter().position(|field| field.part.key == *key) {
            None => faults.push(Fault::new(key, format!("there is no setting `{key}`"))),
            Some(at) if known[at].value == *json => {}
            Some(at) => changes.push((at, meant(&known[at].part.control, json, key, &mut faults))),
        }
    }
    if !faults.is_empty() {
        return Err(NotWritten::Faults(faults));
    }
    // In the form's order, so that two new settings follow each other as the form has them.
    changes.sort_by_key(|(at, _)| *at);
    let mut new = text.to_owned();
    for (at, meant) in &changes {
        let path: Vec<&str> = known[*at].part.key.split('.').collect();
        let value = meant.as_ref().map(super::meant::Meant::value);
        new = toml::with_key(&new, &path, value.as_ref()).map_err(NotWritten::Refused)?;
    }
    let faults = new_faults(text, &new);
    if faults.is_empty() { Ok(new) } else { Err(NotWritten::Faults(faults)) }
}

fn read(text: &str) -> Result<Node, Refused> {
    let (root, faults) = parse_toml(text);
    match faults.first() {
        Some(fault) => Err(Refused::Unreadable(fault.message.clone())),
        None => Ok(root),
    }
}

/// The fields of the form, with their values in the file. Their keys are the paths of the settings, with periods between the names.
fn fields(root: &Node) -> Vec<FormField> {
    let field = |(path, main): &(&[&str], bool)| {
        let field = stated(&Book::shape(), path)?;
        let node = toml::find(root, path).map(|(_, node)| node);
        let (control, value) = of_field(&field, node, &[]);
        let key = path.join(".");
        let name = if path.len() > 2 { path[1..].join("-") } else { field.key.to_owned() };
        let part = Part { key: key.into(), label: label(&name), ..Part::of(&field, control) };
        Some(FormField { main: *main || !value.is_null(), part, value })
    };
    SETTINGS.iter().filter_map(field).collect()
}

/// The field at the end of a path of keys.
fn stated(shape: &Shape, path: &[&str]) -> Option<Field> {
    let (key, rest) = path.split_first()?;
    match shape {
        Shape::Maybe(of) => stated(of, path),
        Shape::Record(record) => {
            let field = record.fields.iter().find(|field| field.key == *key)?;
            if rest.is_empty() { Some(*field) } else { stated(&(field.shape)(), rest) }
        }
        _ => None,
    }
}

/// What is wrong with the new settings and wasn't before, each at the field that it is about.
fn new_faults(old: &str, new: &str) -> Vec<Fault> {
    let faults = |text: &str| -> Vec<Diagnostic> {
        config::read(text, None).1.into_iter().filter(|found| found.severity == Severity::Error).collect()
    };
    let before = faults(old);
    let (root, _) = parse_toml(new);
    let fault = |found: Diagnostic| {
        let at = found.span.map_or(0, |span| span.range.bytes().start);
        let is_here = |path: &&&[&str]| {
            toml::find(&root, path)
                .is_some_and(|(start, node)| start <= at && at <= node.range.bytes().end && !is_table(node))
        };
        let key = SETTINGS.iter().map(|(path, _)| path).find(is_here).map(|path| path.join(".")).unwrap_or_default();
        let help = found.help.map(|help| format!("; {help}")).unwrap_or_default();
        Fault::new(&key, format!("{}{help}", found.message))
    };
    let is_new = |found: &Diagnostic| !before.iter().any(|known| known.message == found.message);
    faults(new).into_iter().filter(is_new).map(fault).collect()
}

fn is_table(node: &Node) -> bool {
    matches!(node.kind, Kind::Map(_))
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;

    const BOOK: &str = "[book]\ntitle = \"A site\" # for now\nauthors = [\"jane-doe\", { name = \"Roe\" }]\n\n[site]\nas-of = \"2025-12-01\"\n";

    fn send(fields: &serde_json::Value) -> Result<String, NotWritten> {
        let fields: Map<_, _> = fields.as_object().unwrap().clone();
        filled(BOOK, &Filled { fields, body: None })
    }

    #[test]
    fn every_setting_of_the_form_has_a_field() {
        let form = form(BOOK).unwrap();
        assert_eq!(form.fields.len(), SETTINGS.len());
        let field = |key: &str| form.fields.iter().find(|field| field.part.key == key).unwrap();
        assert_eq!(field("book.title").value, "A site");
        assert_eq!(field("site.as-of").value, "2025-12-01");
        assert_eq!(field("site.publisher.url").part.label, "Publisher URL");
        assert_eq!(field("site.base-url").part.label, "Base URL");
        assert!(form.fields.iter().all(|field| !matches!(field.part.control, super::super::Control::Locked)), "{form:#?}");
    }

    #[test]
    fn settings_are_written_where_they_belong() {
        let new = send(&json!({
            "site.as-of": "December 22, 2025", "site.stale-after": "30", "site.publisher.name": "The Paper", "book.title": "Mine",
        }));
        let wanted = BOOK.replace("A site", "Mine").replace("2025-12-01\"\n", "2025-12-22\"\nstale-after = 30\n");
        assert_eq!(new.unwrap(), format!("{wanted}\n[site.publisher]\nname = \"The Paper\"\n"));
        assert_eq!(send(&json!({ "site.as-of": null })).unwrap(), BOOK.replace("as-of = \"2025-12-01\"\n", ""));
    }

    #[test]
    fn what_no_site_can_have_is_refused_at_its_field() {
        for (key, value) in
            [("site.time-zone", "Mars"), ("site.base-url", "nowhere"), ("site.stale-after", "0"), ("site.as-of", "2025")]
        {
            let Err(NotWritten::Faults(faults)) = send(&json!({ key: value })) else { panic!("{key}") };
            assert_eq!(faults[0].at, key, "{faults:?}");
        }
        let Err(NotWritten::Faults(faults)) = send(&json!({ "site.editor": "rm {file}" })) else { panic!() };
        assert_eq!(faults[0].message, "there is no setting `site.editor`");
    }
}
