//! Gives the entries of a reading their names, and plans the new files for them. Existing files never change.

use std::collections::BTreeMap;

use super::names::{Free, Names};
use super::text::cleaned;
use super::{Entry, Reading, Wish};
use crate::base::Span;
use crate::base::slug::slug;
use crate::build::Failure;
use crate::config::RecordForm;
use crate::desk::new::{author_order, order};
use crate::desk::place::home;
use crate::desk::{Changes, Desk};
use crate::diagnostics::{Diagnostic, Severity, code};
use crate::edit::Value;
use crate::edit::records::{list_file, map_file, markdown_file, yaml_file};
use crate::source::ContentKind;
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::markdown::citation;

/// How to place the entries.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Files or lists, if given.
    pub form: Option<RecordForm>,
    /// Sources for events and claims that have none.
    pub sources: Vec<String>,
    /// The name for new lists.
    pub name: String,
}

/// The planned files, and what there is to say about them.
#[derive(Debug, Default)]
pub struct Placed {
    /// The new files.
    pub changes: Changes,
    /// How many records of each kind are new.
    pub made: Vec<(&'static str, usize)>,
    /// How many records existed already.
    pub known: usize,
    /// How many are drafts because they have no source.
    pub drafts: usize,
    /// Whatever was left out.
    pub findings: Vec<Diagnostic>,
}

/// Gives the entries names and files.
///
/// # Errors
/// If a file that would have to be written exists.
pub fn place(desk: &Desk, mut names: Names<'_>, mut reading: Reading, wishes: &Wishes) -> Result<Placed, Failure> {
    let mut out = Placed { findings: std::mem::take(&mut reading.findings), ..Placed::default() };
    for entry in &mut reading.entries {
        cleaned(&mut entry.body);
        entry.fields.iter_mut().for_each(|(_, value)| clean(value));
    }
    let named: Vec<Option<Free>> = reading.entries.iter().map(|entry| name(entry, &mut names, &mut out.findings)).collect();
    for (entry, name) in reading.entries.iter().zip(&named) {
        if let (Some(Free::New(name) | Free::Same(name)), true) = (name, entry.kind != ContentKind::Sources) {
            names.call(title(entry).unwrap_or_default(), name);
        }
    }
    let mut files = Lists::default();
    for (mut entry, name) in reading.entries.into_iter().zip(&named) {
        let Some(Free::New(name)) = name else {
            out.known += usize::from(name.is_some());
            continue;
        };
        cite(&mut entry, &named, wishes);
        point(&mut entry, &names, &mut out.findings);
        complete(&mut entry, &mut out);
        count(&mut out.made, entry.kind);
        files.add(desk, entry, name, wishes, &mut out.changes)?;
    }
    files.write(desk, &wishes.name, &mut out.changes);
    for (from, to) in reading.media {
        let to = format!("{}/{to}", desk.config.src);
        if !desk.tree.has(&to) {
            out.changes.copy(&to, from);
        }
    }
    Ok(out)
}

fn count(made: &mut Vec<(&'static str, usize)>, kind: ContentKind) {
    let word = match kind {
        ContentKind::Front | ContentKind::Page => "page",
        ContentKind::Events => "event",
        ContentKind::Entities => "entity",
        ContentKind::Sources => "source",
        ContentKind::Claims => "claim",
        ContentKind::Terms => "term",
    };
    match made.iter_mut().find(|(known, _)| *known == word) {
        Some((_, count)) => *count += 1,
        None => made.push((word, 1)),
    }
}

fn field<'e>(entry: &'e Entry, name: &str) -> Option<&'e str> {
    let value = entry.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value)?;
    if let Value::Text(text) | Value::Plain(text) = value { Some(text) } else { None }
}

fn title(entry: &Entry) -> Option<&str> {
    ["title", "name", "term", "text"].into_iter().find_map(|name| field(entry, name))
}

/// The address of a source.
fn address(entry: &Entry) -> Option<&str> {
    if entry.kind == ContentKind::Sources { field(entry, "url") } else { None }
}

/// The name of an entry; `None` if it can't have one.
fn name(entry: &Entry, names: &mut Names<'_>, findings: &mut Vec<Diagnostic>) -> Option<Free> {
    let (title, date) = (title(entry).unwrap_or_default(), field(entry, "date").unwrap_or_default());
    if let Some(key) =
        address(entry).and_then(|address| names.at_address(address)).filter(|_| matches!(entry.name, Wish::Words(_)))
    {
        return Some(Free::Same(key.to_owned()));
    }
    let words = match &entry.name {
        Wish::Given(name) => return Some(Free::New(name.clone())),
        Wish::Exact(name) => {
            if names.is_same(entry.kind, name, title, date) {
                return Some(Free::Same(name.clone()));
            }
            if names.take(entry.kind, name) {
                return Some(Free::New(name.clone()));
            }
            name
        }
        Wish::Words(words) => words,
    };
    if let Some(known) = names.known(entry.kind, title, date) {
        return Some(Free::Same(known));
    }
    let free = names.free(entry.kind, words).map(Free::New);
    match (&entry.name, &free) {
        (Wish::Exact(wanted), Some(Free::New(name))) => {
            let what = format!("`{wanted}` is taken or can't be used, so this is now `{name}`");
            let found = Diagnostic::warning(code::NOT_IMPORTED, entry.span, what);
            findings.push(found.help("change whatever refers to it, or rename one of the two with `backgrounder rename`"));
        }
        (_, None) => {
            let found =
                Diagnostic::error(code::MISSING_FIELD, entry.span, "this has no letters or digits to make an id from");
            findings.push(found.help("give it an id in its own column or field"));
        }
        _ => {}
    }
    free
}

/// Replaces characters that pages may not contain.
fn clean(value: &mut Value) {
    match value {
        Value::Text(text) | Value::Plain(text) => cleaned(text),
        Value::List(items) => items.iter_mut().for_each(clean),
        Value::Map(fields) => fields.iter_mut().for_each(|(_, value)| clean(value)),
    }
}

/// Adds an entry's sources: other entries, or the ones for entries without any.
fn cite(entry: &mut Entry, named: &[Option<Free>], wishes: &Wishes) {
    let names = entry.cites.iter().filter_map(|at| match named.get(*at) {
        Some(Some(Free::New(name) | Free::Same(name))) => Some(Value::plain(name)),
        _ => None,
    });
    let mut more: Vec<Value> = names.collect();
    let wants = matches!(entry.kind, ContentKind::Events | ContentKind::Claims);
    if wants && more.is_empty() && !entry.has("sources") {
        more.extend(
            wishes
                .sources
                .iter()
                .map(|source| if source.contains(',') { Value::text(source) } else { Value::plain(source) }),
        );
    }
    add(entry, "sources", more);
}

fn add(entry: &mut Entry, field: &str, mut more: Vec<Value>) {
    if more.is_empty() {
        return;
    }
    match entry.fields.iter_mut().find(|(key, _)| key == field) {
        Some((_, Value::List(have))) => {
            more.retain(|value| !have.contains(value));
            have.append(&mut more);
        }
        _ => {
            let mut items: Vec<Value> = Vec::new();
            more.into_iter().for_each(|value| {
                if !items.contains(&value) {
                    items.push(value);
                }
            });
            entry.fields.push((field.to_owned(), Value::List(items)));
        }
    }
}

/// Resolves an entry's references by name.
fn point(entry: &mut Entry, names: &Names<'_>, findings: &mut Vec<Diagnostic>) {
    for (field, words, at) in std::mem::take(&mut entry.points) {
        if field == "sources" {
            source(entry, &words, at, names, findings);
            continue;
        }
        match names.meant(&words) {
            Some(id) if field == "place" => entry.plain(field, id),
            Some(id) => add(entry, field, vec![Value::plain(id)]),
            None => {
                let what = format!("nothing is named “{}”, so it is left out of `{field}`", short(&words));
                let found = Diagnostic::warning(code::NOT_IMPORTED, at, what);
                findings.push(found.help("add it first, with `backgrounder new` or another import, and import this again"));
            }
        }
    }
}

/// Cites an existing source by its key.
fn source(entry: &mut Entry, words: &str, at: Span, names: &Names<'_>, findings: &mut Vec<Diagnostic>) {
    let bare = words.trim_start_matches('[').trim_end_matches(']').trim_start_matches('@');
    match citation::split_key(bare) {
        Some((key, rest)) if names.source(key) => {
            let value = if rest.is_empty() { Value::plain(key) } else { Value::text(bare) };
            add(entry, "sources", vec![value]);
        }
        _ => {
            let what = format!("“{}” is neither an address nor a source's key", short(words));
            let found = Diagnostic::warning(code::NOT_IMPORTED, at, what);
            findings.push(found.help("add the source with `backgrounder new source`, and its key to this record"));
        }
    }
}

/// Adds required fields, and makes entries without a source drafts.
fn complete(entry: &mut Entry, out: &mut Placed) {
    let has = |name: &str| entry.has(name);
    let lacks = match entry.kind {
        ContentKind::Events => !has("sources"),
        ContentKind::Claims => !has("sources") || !has("asserted-by"),
        _ => false,
    };
    let needs_status = entry.kind == ContentKind::Claims && !has("status") && !has("history");
    let is_draft = has("draft");
    if needs_status {
        entry.plain("status", "alleged");
    }
    if lacks && !is_draft {
        entry.plain("draft", "true");
        out.drafts += 1;
    }
    let is_author = field(entry, "kind") == Some("author");
    let order = if is_author && entry.kind == ContentKind::Entities { author_order() } else { order(entry.kind) };
    entry.fields.sort_by_key(|(key, _)| order.iter().position(|known| known == key));
}

/// Records for lists.
#[derive(Default)]
struct Lists {
    texts: BTreeMap<&'static str, (ContentKind, Vec<String>)>,
}

impl Lists {
    fn add(&mut self, desk: &Desk, entry: Entry, name: &str, wishes: &Wishes, changes: &mut Changes) -> Result<(), Failure> {
        let Entry { kind, entity, fields, body, .. } = entry;
        let folder = folder(kind, entity);
        let form = wishes.form.or(desk.config.records).unwrap_or(RecordForm::Lists);
        if matches!(kind, ContentKind::Front | ContentKind::Page) {
            let path = format!("{}/{name}.md", desk.config.src);
            return create(desk, changes, &path, markdown_file(&fields, &body));
        }
        if form == RecordForm::Files || !body.is_empty() {
            let is_markdown = !body.is_empty() || !matches!(kind, ContentKind::Sources | ContentKind::Terms);
            let ending = if is_markdown { "md" } else { "yaml" };
            let text = if is_markdown { markdown_file(&fields, &body) } else { yaml_file(&fields) };
            return create(desk, changes, &format!("{}/{folder}/{name}.{ending}", desk.config.src), text);
        }
        let text = if kind == ContentKind::Sources {
            map_file(name, &fields)
        } else {
            let id = ("id".to_owned(), Value::plain(name));
            list_file(&std::iter::once(id).chain(fields).collect::<Vec<_>>())
        };
        self.texts.entry(folder).or_insert_with(|| (kind, Vec::new())).1.push(text);
        Ok(())
    }

    /// Writes each list to a new file.
    fn write(self, desk: &Desk, name: &str, changes: &mut Changes) {
        let name = Some(slug(name)).filter(|name| !name.is_empty()).unwrap_or_else(|| "imported".to_owned());
        for (folder, (_, texts)) in self.texts {
            let numbered = (2..).map(|number| format!("{name}-{number}"));
            let paths = std::iter::once(name.clone()).chain(numbered);
            let mut paths = paths.map(|name| format!("{}/{folder}/{name}.yaml", desk.config.src));
            if let Some(path) = paths.find(|path| !desk.tree.has(path)) {
                changes.create(&path, texts.join("\n"));
            }
        }
    }
}

/// The folder for a record.
fn folder(kind: ContentKind, entity: Option<EntityKind>) -> &'static str {
    if kind == ContentKind::Terms { "glossary" } else { home(kind, entity).0 }
}

fn create(desk: &Desk, changes: &mut Changes, path: &str, text: String) -> Result<(), Failure> {
    if desk.tree.has(path) {
        return Err(Failure::Usage(format!("{path} exists already, and it can't be read as a record; nothing was written")));
    }
    changes.create(path, text);
    Ok(())
}

/// The start of a text, for a message.
pub(super) fn short(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= 60 {
        return text;
    }
    format!("{}…", text.chars().take(59).collect::<String>().trim_end())
}

/// Whether any finding is an error.
#[must_use]
pub fn has_errors(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|found| found.severity == Severity::Error)
}
