//! A canonical form for all records: fields in the format's order, and records in lists or in separate files.

use super::new::{author_order, order};
use super::{Changes, Desk, Known};
use crate::build::Failure;
use crate::config::RecordForm;
use crate::edit::{Document, Form, Step, TextEdit, Value, apply};
use crate::source::ContentKind;
use crate::syntax::node::{Kind, Node};

/// Puts every record's fields in the format's order. Records that can't be reordered are left alone and reported.
#[must_use]
pub fn in_order(desk: &Desk) -> Changes {
    let mut changes = Changes::default();
    for (file, _) in &desk.parsed {
        let source = desk.tree.file(*file);
        let (Some(kind), form) = (source.kind, desk.form(*file)) else { continue };
        // Files that can't be read are reported by `check`.
        let Ok(document) = Document::read(&source.text, form) else { continue };
        let (order, author_order) = (order(kind), author_order());
        let mut edits: Vec<TextEdit> = Vec::new();
        for steps in records(&document, kind, form) {
            let is_author = document.node(&steps).is_some_and(is_author);
            match document.reorder(&steps, if is_author { &author_order } else { &order }) {
                Ok(more) => edits.extend(more),
                Err(why) => changes.notes.push(format!("{} was left alone: {why}", source.path)),
            }
        }
        if !edits.is_empty() {
            changes.edit(&source.path, &source.text, edits);
        }
    }
    changes
}

/// Whether a record is an author, which has other fields than an entity.
fn is_author(node: &Node) -> bool {
    let Kind::Map(entries) = &node.kind else { return false };
    let is_it = |value: &Node| matches!(&value.kind, Kind::Scalar { text, .. } if text == "author");
    entries.iter().any(|(key, value)| key.value == "kind" && is_it(value))
}

/// The steps to each record of a file.
fn records(document: &Document<'_>, kind: ContentKind, form: Form) -> Vec<Vec<Step>> {
    let is_map = |node: &Node| matches!(node.kind, Kind::Map(_));
    match &document.root().kind {
        Kind::Seq(items) => (0..items.len()).map(|at| vec![Step::Item(at)]).collect(),
        Kind::Map(entries) if kind == ContentKind::Sources && form == Form::Yaml => {
            let is_one = entries.iter().any(|(key, value)| matches!(key.value.as_str(), "title" | "type") && !is_map(value));
            if is_one {
                return vec![Vec::new()];
            }
            entries.iter().map(|(key, _)| vec![Step::Key(key.value.clone())]).collect()
        }
        Kind::Map(_) => vec![Vec::new()],
        Kind::Null | Kind::Scalar { .. } => Vec::new(),
    }
}

/// Moves every record to its own file, or to a list. Records that can't be moved are left alone and reported.
///
/// # Errors
/// If a new file would overwrite another.
pub fn to_form(desk: &Desk, form: RecordForm) -> Result<Changes, Failure> {
    let mut changes = Changes::default();
    match form {
        RecordForm::Files => to_files(desk, &mut changes)?,
        RecordForm::Lists => to_lists(desk, &mut changes),
    }
    Ok(changes)
}

fn to_files(desk: &Desk, changes: &mut Changes) -> Result<(), Failure> {
    for (file, _) in &desk.parsed {
        let source = desk.tree.file(*file);
        let listed: Vec<Known<'_>> =
            desk.records().filter(|record| record.file == *file && !desk.is_own_file(record)).collect();
        if listed.is_empty() {
            continue;
        }
        let Ok(document) = Document::read(&source.text, Form::Yaml) else { continue };
        let mut rest = source.text.to_string();
        for record in listed {
            let Some((ending, text)) = as_file(&document, &record) else {
                changes.notes.push(format!("`{}` stays in {} because it isn't on its own lines", record.id, source.path));
                continue;
            };
            let path = format!("{}/{}/{}.{ending}", desk.config.src, folder(record.kind), record.id);
            if desk.tree.files.iter().any(|file| file.path == path) {
                return Err(Failure::Usage(format!("{path} already exists")));
            }
            // Removing a record shifts the positions of the rest.
            let removed = Document::read(&rest, Form::Yaml).and_then(|left| left.remove_record(record.id));
            match removed {
                Ok(edits) => {
                    rest = apply(&rest, &edits);
                    changes.create(&path, text);
                }
                Err(why) => changes.notes.push(format!("`{}` stays in {}: {why}", record.id, source.path)),
            }
        }
        if rest.trim_start_matches('\u{feff}').trim().is_empty() {
            changes.remove(&source.path, &source.text);
        } else {
            changes.replace(&source.path, &source.text, rest);
        }
    }
    Ok(())
}

/// The folder for records of a kind.
fn folder(kind: ContentKind) -> &'static str {
    match kind {
        ContentKind::Events => "events",
        ContentKind::Entities => "entities",
        ContentKind::Sources => "sources",
        ContentKind::Claims => "claims",
        ContentKind::Terms => "glossary",
        ContentKind::Front | ContentKind::Page => "",
    }
}

/// A record from a list as its own file: the file extension, and the text.
fn as_file(document: &Document<'_>, record: &Known<'_>) -> Option<(&'static str, String)> {
    let steps = document.record(record.id)?;
    let said = Value::of(document.node(&steps)?)?;
    let lines = document.record_text(record.id)?;
    let (ending, text) = match record.kind {
        ContentKind::Sources | ContentKind::Terms => ("yaml", lines),
        _ => ("md", format!("---\n{lines}---\n")),
    };
    let form = if ending == "md" { Form::Markdown } else { Form::Yaml };
    let again = Document::read(&text, form).ok()?;
    said.is(again.root()).then_some((ending, text))
}

fn to_lists(desk: &Desk, changes: &mut Changes) {
    // The full text of each list, because several records may go into one.
    let mut lists: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    let filed = desk
        .records()
        .filter(|record| !matches!(record.kind, ContentKind::Front | ContentKind::Page) && desk.is_own_file(record));
    for record in filed {
        let source = desk.tree.file(record.file);
        if record.has_body {
            changes.notes.push(format!("{} stays a separate file because it has a body", source.path));
            continue;
        }
        let Ok(document) = Document::read(&source.text, desk.form(record.file)) else { continue };
        let path = desk.list_for(record.kind, record.entity);
        let known = desk.tree.files.iter().find(|file| file.path == path).map(|file| file.text.to_string());
        let before = lists.get(&path).cloned().or(known).unwrap_or_default();
        let Some(item) = as_item(&document, &record) else {
            changes
                .notes
                .push(format!("{} stays a separate file because its fields aren't on their own lines", source.path));
            continue;
        };
        let after = joined(&before, &item);
        if Document::read(&after, Form::Yaml).is_ok_and(|list| list.record(record.id).is_some_and(|steps| !steps.is_empty()))
        {
            lists.insert(path, after);
            changes.remove(&source.path, &source.text);
        } else {
            changes.notes.push(format!("{} stays a separate file because it can't be added to {path}", source.path));
        }
    }
    for (path, text) in lists {
        match desk.tree.files.iter().find(|file| file.path == path) {
            Some(file) => changes.replace(&path, &file.text, text),
            None => changes.create(&path, text),
        }
    }
}

/// A list with one item appended.
fn joined(list: &str, item: &str) -> String {
    let end = if list.is_empty() || list.ends_with('\n') { "" } else { "\n" };
    let gap = if list.trim().is_empty() || !list.contains("\n\n") { "" } else { "\n" };
    format!("{list}{end}{gap}{item}")
}

/// A record from its own file as an item of a list or bibliography.
fn as_item(document: &Document<'_>, record: &Known<'_>) -> Option<String> {
    let Kind::Map(entries) = &document.root().kind else { return None };
    let head = document.head_text().trim_start_matches('\u{feff}').replace("\r\n", "\n");
    if head.trim_start().starts_with('{') {
        return None;
    }
    let further_in = |line: &str| if line.trim().is_empty() { String::new() } else { format!("  {line}") };
    let is_id = |line: &str| line.starts_with("id:");
    let is_source = record.kind == ContentKind::Sources;
    // An item's first field is its id; a source is entered under its key.
    let lines: Vec<String> = head.lines().filter(|line| !is_id(line)).map(further_in).collect();
    let body = lines.join("\n");
    let body = body.trim_matches('\n');
    let name = crate::edit::scalar::inline(
        record.id,
        crate::edit::scalar::Meaning::Plain,
        crate::edit::scalar::Context::Flow,
        None,
    );
    let text = if is_source { format!("{name}:\n{body}\n") } else { format!("- id: {name}\n{body}\n") };
    let fields = entries
        .iter()
        .filter(|(key, _)| key.value != "id")
        .filter_map(|(key, value)| Some((key.value.clone(), Value::of(value)?)));
    let fields: Vec<_> = fields.collect();
    let again = Document::read(&text, Form::Yaml).ok()?;
    let steps = again.record(record.id).filter(|steps| !steps.is_empty())?;
    let id = ("id".to_owned(), Value::plain(record.id));
    let said = Value::Map(if is_source { fields } else { std::iter::once(id).chain(fields).collect() });
    let found = Value::of(again.node(&steps)?)?;
    is_alike(&said, &found).then_some(text)
}

/// Whether two values hold the same text, however it is quoted.
fn is_alike(a: &Value, b: &Value) -> bool {
    let words = |value: &Value| match value {
        Value::Text(text) | Value::Plain(text) => Some(text.clone()),
        _ => None,
    };
    match (a, b) {
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_alike(a, b)),
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((key, a), (name, b))| key == name && is_alike(a, b))
        }
        (a, b) => words(a).is_some() && words(a) == words(b),
    }
}
