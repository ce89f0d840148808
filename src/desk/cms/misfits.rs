//! What is written in a record's file in a way that a tool would show wrongly, or lose.

use super::{Collection, Input, Named, Site, collections};
use crate::desk::Desk;
use crate::edit::{Document, Form};
use crate::source::kinds::markdown_stem;
use crate::syntax::node::{Kind, Node};

/// Sentences for whoever sets up a tool: the fields of record files that its forms can't show as they are, and how many records
/// aren't in files of their own, where no tool finds them.
#[must_use]
pub fn misfits(desk: &Desk, site: &Site) -> Vec<String> {
    let all = collections();
    let mut out = Vec::new();
    let mut in_lists = 0;
    for (at, parsed) in &desk.parsed {
        let file = desk.tree.file(*at);
        let Some(collection) = collection_of(&all, &file.path, site) else { continue };
        if markdown_stem(&file.path).is_none() {
            in_lists += parsed.events.len()
                + parsed.entities.len()
                + parsed.authors.len()
                + parsed.sources.len()
                + parsed.claims.len()
                + parsed.terms.len();
            continue;
        }
        let Ok(document) = Document::read(&file.text, Form::Markdown) else { continue };
        let Some(Kind::Map(entries)) = document.node(&[]).map(|node| &node.kind) else { continue };
        for (key, value) in entries {
            let Some(field) = collection.fields.iter().find(|field| field.key == key.value) else { continue };
            if !fits(&field.input, value) {
                out.push(format!(
                    "{}: `{}` is {}, and the tool shows {}",
                    file.path,
                    field.key,
                    value.describe(),
                    shows(field)
                ));
            }
        }
    }
    if in_lists > 0 {
        out.push(format!(
            "{in_lists} records are in lists, where the tool doesn't find them: `backgrounder format --to files` gives each its own file"
        ));
    }
    out
}

/// The collection that a file is in, by its folder.
fn collection_of<'c>(all: &'c [Collection], path: &str, site: &Site) -> Option<&'c Collection> {
    let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
    let is_in = |one: &&Collection| folder == one.path(site);
    // Lists of terms may be a file of their own.
    all.iter().find(is_in).filter(|one| one.name != "pages" || markdown_stem(path).is_some())
}

fn shows(field: &Named) -> &'static str {
    match field.input {
        Input::List(_) => "a list",
        Input::Group(_) => "fields",
        _ => "text",
    }
}

/// Whether an input can show a value.
fn fits(input: &Input, node: &Node) -> bool {
    match (input, &node.kind) {
        (_, Kind::Null) => true,
        (Input::List(of), Kind::Seq(items)) => items.iter().all(|item| fits(of, item)),
        (Input::Group(fields), Kind::Map(entries)) => entries.iter().all(|(key, value)| {
            fields.iter().find(|field| field.key == key.value).is_none_or(|field| fits(&field.input, value))
        }),
        (Input::List(_) | Input::Group(_), _) => node.is_empty(),
        (_, Kind::Scalar { .. }) => true,
        _ => false,
    }
}
