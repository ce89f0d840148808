//! Lists a site's records with their names and titles, to find one by its words.

use super::Desk;
use crate::base::slug::slug;
use crate::edit::{Document, Form};
use crate::source::kinds::{content_stem, markdown_stem};
use crate::source::{ContentKind, SourceTree};
use crate::syntax::json;
use crate::syntax::node::{Kind, Node};

/// The kinds of records that readers can open, and so that can be searched for and corrected.
pub const WITH_ADDRESS: [ContentKind; 7] = [
    ContentKind::Front,
    ContentKind::Page,
    ContentKind::Events,
    ContentKind::Entities,
    ContentKind::Sources,
    ContentKind::Claims,
    ContentKind::Terms,
];

/// A record in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The kind of its file.
    pub kind: ContentKind,
    /// Its id or key.
    pub name: String,
    /// The path of its file.
    pub file: String,
    /// What its field `kind` says; empty if it has none.
    pub sort: String,
    /// Its title or name; empty if it has none.
    pub title: String,
    /// Its other names.
    pub others: Vec<String>,
    /// Its date, as it is written.
    pub date: String,
    /// Its address, if it is a source.
    pub url: String,
}

/// All records that can be read, file by file.
#[must_use]
pub fn listed(desk: &Desk) -> Vec<Listed> {
    of_tree(&desk.tree)
}

/// The same for files that are already read.
#[must_use]
pub fn of_tree(tree: &SourceTree) -> Vec<Listed> {
    let mut out = Vec::new();
    for file in &tree.files {
        let form = if markdown_stem(&file.path).is_some() { Form::Markdown } else { Form::Yaml };
        let (Some(kind), Ok(document)) = (file.kind, Document::read(&file.text, form)) else { continue };
        let one = |name: &str, record: &Node| one(kind, &file.path, name, record);
        match &document.root().kind {
            Kind::Seq(items) => out.extend(items.iter().map(|item| one(json::says(item, "id"), item))),
            Kind::Map(entries) if kind == ContentKind::Sources && !is_one_source(document.root()) => {
                out.extend(entries.iter().map(|(key, source)| one(&key.value, source)));
            }
            _ => out.push(one(content_stem(&file.path), document.root())),
        }
    }
    out
}

fn one(kind: ContentKind, file: &str, name: &str, record: &Node) -> Listed {
    let titles = ["title", "name", "term", "text"].map(|field| json::says(record, field));
    let url = json::get(record, "url").map_or("", |url| json::words(json::get(url, "value").unwrap_or(url)));
    let others = json::get(record, "aliases").map(json::items).unwrap_or_default();
    Listed {
        kind,
        name: name.to_owned(),
        file: file.to_owned(),
        sort: json::says(record, "kind").to_owned(),
        title: titles.into_iter().find(|title| !title.is_empty()).unwrap_or_default().to_owned(),
        others: others.iter().map(json::words).map(str::to_owned).collect(),
        date: json::says(record, "date").to_owned(),
        url: url.to_owned(),
    }
}

/// Whether a map below `sources/` is one source rather than a bibliography.
fn is_one_source(root: &Node) -> bool {
    ["type", "title"].iter().any(|field| !json::says(root, field).is_empty())
}

/// The records of some kinds whose name or title contains all of these words. Those whose name starts with the first word come
/// first. Case and accents are ignored.
#[must_use]
pub fn found<'l>(all: &'l [Listed], kinds: &[ContentKind], words: &str) -> Vec<&'l Listed> {
    let words: Vec<String> = slug(words).split('-').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let is_it = |one: &&Listed| {
        let says = format!("{} {}", slug(&one.name), slug(&one.title));
        kinds.contains(&one.kind) && words.iter().all(|word| says.contains(word.as_str()))
    };
    let mut out: Vec<&Listed> = all.iter().filter(is_it).collect();
    let first = words.first().cloned().unwrap_or_default();
    out.sort_by_key(|one| !slug(&one.name).starts_with(&first));
    out
}
