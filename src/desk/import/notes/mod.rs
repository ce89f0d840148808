//! Folders of Markdown: mdBook, Hugo, Zola, Obsidian, or any other. Each file becomes a page. Whatever its tool reads differently
//! is rewritten, and links lead to the new pages.

mod body;
mod head;
mod marks;
mod summary;
mod vault;

use std::collections::BTreeSet;

use super::names::{Free, Names};
use super::{Entry, Foreign, Reading, Wish, plain, span};
use crate::base::{FileId, TextRange};
use crate::diagnostics::code;
use crate::edit::Value;
use crate::source::ContentKind;
use crate::source::kinds::markdown_stem;
use crate::syntax::front_matter;
use head::Head;
use vault::{Page, Vault};

/// A folder, as it was read.
#[derive(Debug, Default)]
pub struct Folder {
    /// Its Markdown files, by relative path.
    pub notes: Vec<(String, FileId)>,
    /// The paths of all other files.
    pub others: Vec<String>,
}

/// Reads a folder. `root` is its path.
#[must_use]
pub fn read(folder: &Folder, foreign: &Foreign, root: &std::path::Path, names: &mut Names<'_>) -> Reading {
    let mut out = Reading::default();
    let base = vault::base(folder);
    let mut vault = Vault::new(base.clone(), &folder.others);
    let contents = summary::read(folder, &base, foreign, &mut out);
    let heads = heads(folder, &base, foreign, &mut vault, names, &mut out);
    let taken: BTreeSet<String> = vault.pages.iter().map(|page| format!("/{}/", page.id)).collect();
    for (at, (file, head, body)) in heads.into_iter().enumerate() {
        let page = &vault.pages[at];
        let text = foreign.file(file).1;
        if !page.is_new {
            let what = format!("the page `{}` exists already and stays as it is", page.id);
            out.note(span(file, 0..0), what);
            continue;
        }
        let kind = if page.id == FRONT { ContentKind::Front } else { ContentKind::Page };
        let mut entry = Entry::new(kind, Wish::Given(page.id.clone()), span(file, 0..0));
        entry.fields = head.fields;
        keep_free(&mut entry.fields, &taken);
        let (place, is_listed) = contents.place(&page.path);
        if let (Some((number, part)), false) = (place, kind == ContentKind::Front) {
            entry.fields.retain(|(key, _)| key != "order");
            entry.plain("order", &number.to_string());
            entry.text("part", part);
        }
        if !is_listed && !entry.has("draft") {
            out.note(span(file, 0..0), "SUMMARY.md does not name this file, so it is a draft");
            entry.plain("draft", "true");
        }
        let mut reader = body::Body::new(file, text, body, page, &vault, &*names, &mut out);
        entry.body = reader.read();
        let cites_unknown = reader.cites_unknown;
        let media = std::mem::take(&mut reader.media);
        out.media.extend(media.into_iter().map(|(from, to)| (root.join(from), to)));
        if cites_unknown && !entry.has("draft") {
            entry.plain("draft", "true");
        }
        if entry.has("draft") && kind == ContentKind::Front {
            entry.fields.retain(|(key, _)| key != "draft");
        }
        out.entries.push(entry);
    }
    out
}

/// Leaves out old addresses that a page has here: they lead to it without help.
fn keep_free(fields: &mut Vec<(String, Value)>, taken: &BTreeSet<String>) {
    for (_, value) in fields.iter_mut().filter(|(key, _)| key == "aliases") {
        if let Value::List(items) = value {
            items.retain(|item| !matches!(item, Value::Text(address) if taken.contains(address)));
        }
    }
    fields.retain(|(key, value)| key != "aliases" || !matches!(value, Value::List(items) if items.is_empty()));
}

/// A file's front matter, and the range of its text that is the page.
type Headed = (FileId, Head, std::ops::Range<usize>);

/// Reads the front matter of every file and names its page.
fn heads(
    folder: &Folder,
    base: &str,
    foreign: &Foreign,
    vault: &mut Vault,
    names: &mut Names<'_>,
    out: &mut Reading,
) -> Vec<Headed> {
    let mut heads = Vec::new();
    for (path, file) in &folder.notes {
        let Some(path) = path.strip_prefix(base).filter(|path| !summary::is_it(path)) else { continue };
        let text = foreign.file(*file).1;
        let (mut head, mut body) = head::read(*file, text, out);
        title(&mut head, text, &mut body, path);
        let Some(id) = name(path, &head, names) else {
            let what = "this file's name has no letters or digits to make an id from";
            out.error(code::MISSING_FIELD, span(*file, 0..0), what, "rename the file");
            continue;
        };
        let (id, is_new) = match id {
            Free::New(id) => (id, true),
            Free::Same(id) => (id, false),
        };
        vault.pages.push(Page { path: path.to_owned(), id, title: head.title.clone(), others: head.names.clone(), is_new });
        heads.push((*file, head, body));
    }
    heads
}

/// The id of the front page.
const FRONT: &str = "index";

/// Sets a page's title from its front matter, its only heading, or its file's name.
fn title(head: &mut Head, text: &str, body: &mut std::ops::Range<usize>, path: &str) {
    let heading = front_matter::only_heading(text, leading(text, body.clone()));
    if let Some((range, rest)) = heading {
        let words = range.of(text).to_owned();
        if head.title.is_empty() {
            head.title.clone_from(&words);
            head.fields.push(("title".to_owned(), Value::text(words)));
            *body = rest;
        } else if super::plain::inline(&words) == head.title || words == head.title {
            // Some tools need it twice.
            *body = rest;
        }
    }
    if head.title.is_empty() {
        let stem = markdown_stem(path).unwrap_or(path);
        let stem = if is_index(stem) { path.rsplit('/').nth(1).unwrap_or(stem) } else { stem };
        // A file's name made for addresses has hyphens for spaces.
        let words = if stem.contains(' ') { stem.to_owned() } else { stem.replace(['-', '_'], " ") };
        let mut letters = words.chars();
        let words: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        head.title = plain::inline(&words);
        head.fields.push(("title".to_owned(), Value::text(&*head.title)));
    }
}

/// A body without blank lines at its start.
fn leading(text: &str, body: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let rest = &text[body.clone()];
    body.end - rest.trim_start_matches(['\n', ' ']).len()..body.end
}

/// Whether a file is the index of its folder.
fn is_index(stem: &str) -> bool {
    ["index", "_index", "readme"].iter().any(|known| stem.eq_ignore_ascii_case(known))
}

/// The id of a page: its slug, or its file's name, after the folder's name if that is taken.
fn name(path: &str, head: &Head, names: &mut Names<'_>) -> Option<Free> {
    let stem = markdown_stem(path).unwrap_or(path);
    let above: Vec<&str> = path.split('/').rev().skip(1).collect();
    let words = match (&*head.slug, is_index(stem), above.first()) {
        ("", true, None) => {
            return Some(if names.has_page(FRONT) { Free::Same(FRONT.to_owned()) } else { Free::New(FRONT.to_owned()) });
        }
        ("", true, Some(folder)) => (*folder).to_owned(),
        ("", false, _) => stem.to_owned(),
        (slug, ..) => slug.to_owned(),
    };
    if let Some(known) = names.known(ContentKind::Page, &head.title, "") {
        return Some(Free::Same(known));
    }
    let id = crate::base::slug::slug(&words);
    if !id.is_empty() && names.take(ContentKind::Page, &id) {
        return Some(Free::New(id));
    }
    let longer = above.iter().rev().copied().chain([words.as_str()]).collect::<Vec<_>>().join(" ");
    names.free(ContentKind::Page, if above.is_empty() { &words } else { &longer }).map(Free::New)
}

/// A place in a file.
fn within(file: FileId, range: std::ops::Range<usize>) -> crate::base::Span {
    crate::base::Span { file, range: TextRange::new(range.start, range.end) }
}
