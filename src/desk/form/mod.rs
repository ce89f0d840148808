//! Forms for records: what a form shows of a record, and what a filled-in form does to the record's file.
//!
//! A [`Form`] is made from the same field tables that parse records ([`controls`]) and from what the file says now ([`shown`]). What
//! was typed comes back as JSON and is turned into values ([`meant`]). Only fields that differ are written, by byte ranges
//! ([`change`], [`body`]), so everything else in the file stays as it is. [`create`] adds a record, and [`settings`] is the form of
//! `book.toml`.
//!
//! Knows nothing of how a form looks or how it got here.

mod body;
mod change;
mod controls;
pub mod create;
mod meant;
mod names;
pub mod settings;
mod shown;

use serde::Serialize;
use serde_json::{Map, Value as Json};

pub(in crate::desk) use controls::label;
pub use controls::{Control, Part};
pub use meant::Fault;
pub use names::pointed_at;

use super::new::NewKind;
use crate::base::{Hash, LineIndex};
use crate::edit::{Document, Form as FileForm, Refused, Step, Value};
use crate::source::ContentKind;
use crate::source::kinds::{content_stem, markdown_stem};
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::node::{Kind, Node};
use crate::syntax::{Field, Shape};

/// A form.
#[derive(Clone, Debug, Serialize)]
pub struct Form {
    /// The fields, in the format's order.
    pub fields: Vec<FormField>,
    /// The text below the front matter; `None` if the file has no room for one.
    pub body: Option<String>,
    /// A hash of all that the record says. If it is another one when the form comes back, somebody else changed the record.
    pub version: String,
}

/// A field of a form.
#[derive(Clone, Debug, Serialize)]
pub struct FormField {
    /// What it is and takes.
    #[serde(flatten)]
    pub part: Part,
    /// Its value now; null if it has none.
    pub value: Json,
    /// Whether most records of the kind have it, or this one does.
    pub main: bool,
}

/// A record in the text of its file.
pub struct Spot<'t> {
    document: Document<'t>,
    text: &'t str,
    form: FileForm,
    steps: Vec<Step>,
    kind: ContentKind,
}

/// What a form brings back.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// The fields that were changed, by their keys.
    pub fields: Map<String, Json>,
    /// The text below the front matter, if it was changed.
    pub body: Option<String>,
}

/// Why a filled-in form wasn't written.
#[derive(Debug)]
pub enum NotWritten {
    /// Some fields hold what can't be their value.
    Faults(Vec<Fault>),
    /// The file can't be changed this way.
    Refused(Refused),
}

impl<'t> Spot<'t> {
    /// Finds the record with this id or key in the text of a file.
    ///
    /// # Errors
    /// If the file can't be read, or has no such record.
    pub fn find(path: &str, kind: ContentKind, text: &'t str, id: &str) -> Result<Self, Refused> {
        let is_markdown = markdown_stem(path).is_some();
        let form = if is_markdown { FileForm::Markdown } else { FileForm::Yaml };
        let document = Document::read(text, form)?;
        let missing = || Refused::NotThere(format!("record `{id}` in {path}"));
        let is_whole = is_markdown || content_stem(path) == id;
        let steps = match document.record(id) {
            Some(_) if is_markdown => Vec::new(),
            // A map that has no such key is one record, and its file's name is the id.
            Some(steps) if !steps.is_empty() || is_whole => steps,
            _ => return Err(missing()),
        };
        Ok(Self { document, text, form, steps, kind })
    }

    /// The record's tree.
    fn node(&self) -> Option<&Node> {
        self.document.node(&self.steps)
    }

    /// The line on which the record begins, counted from one.
    #[must_use]
    pub fn line(&self) -> usize {
        let start = self.node().map_or(0, |node| node.range.start);
        LineIndex::new(self.text).line_column(self.text, start).0
    }

    /// The line on which the text below the front matter begins, counted from one.
    #[must_use]
    pub fn body_line(&self) -> usize {
        self.text[..body::inside(self.text).start].matches('\n').count() + 1
    }

    /// The kind of record.
    #[must_use]
    pub fn new_kind(&self) -> NewKind {
        let word = |name: &str| self.node().and_then(|node| scalar(node, name)).unwrap_or_default();
        match self.kind {
            ContentKind::Front | ContentKind::Page if word("kind") == "page" => NewKind::Page,
            ContentKind::Front | ContentKind::Page => NewKind::Section,
            ContentKind::Events => NewKind::Event,
            ContentKind::Entities if word("kind") == "author" => NewKind::Author,
            ContentKind::Entities => NewKind::of(word("kind"))
                .filter(|kind| matches!(kind, NewKind::Entity(_)))
                .unwrap_or(NewKind::Entity(EntityKind::Person)),
            ContentKind::Sources => NewKind::Source,
            ContentKind::Claims => NewKind::Claim,
            ContentKind::Terms => NewKind::Term,
        }
    }

    /// What the record is called; empty if nothing says so.
    #[must_use]
    pub fn title(&self) -> String {
        let say = |name: &&str| self.node().and_then(|node| scalar(node, name));
        ["title", "name", "term", "text"].iter().find_map(say).unwrap_or_default().trim().to_owned()
    }

    /// The form of the record. `tags` are the site's languages.
    #[must_use]
    pub fn form(&self, tags: &[String]) -> Form {
        let kind = self.new_kind();
        let fields = fields_of(kind, self.node(), tags);
        let body = (self.form == FileForm::Markdown).then(|| body::shown(self.text));
        Form { fields, body, version: self.version() }
    }

    fn version(&self) -> String {
        let record = self.node().and_then(Value::of);
        let body = if self.form == FileForm::Markdown { body::shown(self.text) } else { String::new() };
        Hash::of(format!("{record:?}\n{body}").as_bytes()).to_string()
    }

    /// The file's new text, after the changes of a filled-in form.
    ///
    /// # Errors
    /// If a field can't have its new value, or the file can't be changed without changing something else.
    pub fn filled(&self, filled: &Filled, tags: &[String]) -> Result<String, NotWritten> {
        let kind = self.new_kind();
        let (mut faults, mut changes) = (Vec::new(), Vec::new());
        let fields = fields_of(kind, self.node(), tags);
        for (key, json) in &filled.fields {
            let Some(field) = fields.iter().find(|field| field.part.key == *key) else {
                faults.push(Fault::new(key, format!("there is no field `{key}`")));
                continue;
            };
            if field.value == *json {
                continue;
            }
            let before = faults.len();
            let meant = meant::meant(&field.part.control, json, key, &mut faults);
            if meant.is_none() && field.part.required && faults.len() == before {
                faults.push(Fault::missing(key));
            }
            changes.push((key.as_str(), meant));
        }
        if !faults.is_empty() {
            return Err(NotWritten::Faults(faults));
        }
        let order: Vec<&str> = kind.fields().iter().map(|field| field.key).collect();
        let mut working = change::Working::new(self.text, self.form);
        // In the format's order, so that two new fields follow each other as the format has them.
        changes.sort_by_key(|(key, _)| order.iter().position(|known| known == key));
        for (key, meant) in &changes {
            working.settle(&self.steps, key, meant.as_ref(), &order).map_err(NotWritten::Refused)?;
        }
        let text = working.text;
        match filled.body.as_deref().filter(|_| self.form == FileForm::Markdown) {
            Some(new) => body::filled(&text, new).map_err(NotWritten::Refused),
            None => Ok(text),
        }
    }
}

/// The empty form of a new record, with its id first.
#[must_use]
pub fn empty(kind: NewKind, tags: &[String]) -> Form {
    let set_by_kind = |field: &FormField| {
        field.part.key == "kind" && !matches!(kind, NewKind::Source) || field.part.key == "order" && kind == NewKind::Section
    };
    let mut fields = fields_of(kind, None, tags);
    fields.retain(|field| !set_by_kind(field));
    for field in &mut fields {
        // An id and an address are made from it.
        field.part.required |= field.part.key == kind.title_key();
    }
    let has_body = matches!(kind, NewKind::Section | NewKind::Page);
    Form { fields, body: has_body.then(String::new), version: String::new() }
}

/// The fields of a record.
fn fields_of(kind: NewKind, node: Option<&Node>, tags: &[String]) -> Vec<FormField> {
    let is_field = |field: &&&Field| !matches!((field.shape)(), Shape::Id);
    let usual: Vec<&str> = kind.questions().iter().map(|question| question.key).chain(usual(kind).iter().copied()).collect();
    let field = |field: &&Field| {
        let node = node.and_then(|node| value_of(node, field.key));
        let (control, value) = controls::of_field(field, node, tags);
        let main = field.required || usual.contains(&field.key) || !value.is_null() || control == Control::Locked;
        // What can't be shown and isn't there needs no place in the form.
        let is_useful = control != Control::Locked || node.is_some();
        is_useful.then(|| FormField { part: Part::of(field, control), value, main: main && is_useful })
    };
    kind.fields().iter().filter(is_field).filter_map(field).collect()
}

/// Fields that are shown at once although `new` doesn't ask for them.
fn usual(kind: NewKind) -> &'static [&'static str] {
    match kind {
        NewKind::Section | NewKind::Page => &["title", "authors", "published"],
        NewKind::Event => &["place", "significance"],
        NewKind::Source => &["author", "kind"],
        NewKind::Claim => &["status"],
        NewKind::Entity(_) => &["kind"],
        _ => &[],
    }
}

/// The value of a key of a map, unless it is empty.
fn value_of<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Kind::Map(entries) = &node.kind else { return None };
    entries.iter().find(|(key, _)| key.value == name).map(|(_, value)| value)
}

fn scalar<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    match &value_of(node, name)?.kind {
        Kind::Scalar { text, .. } => Some(text),
        _ => None,
    }
}
