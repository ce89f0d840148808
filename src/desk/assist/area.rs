//! What is written where in a file: YAML of some shape, TOML, or running text.

use std::ops::Range;

use crate::config::Book;
use crate::source::ContentKind;
use crate::source::kinds::{FileUse, file_use, markdown_stem};
use crate::syntax::kinds::{blocks, file_shape, record_file_shape};
use crate::syntax::{Decode, Shape, front_matter};

/// A part of a file that is written in one language.
#[derive(Debug)]
pub enum Area {
    /// YAML, and what it may say.
    Yaml(Range<usize>, Shape),
    /// `book.toml`, and what it may say.
    Toml(Shape),
    /// Markdown.
    Prose,
    /// Code that means nothing here.
    Code,
}

/// What kind of content a file holds; `None` if it isn't content.
#[must_use]
pub fn content_kind(path: &str, content: &str) -> Option<ContentKind> {
    match file_use(path.strip_prefix(content)?.strip_prefix('/')?) {
        FileUse::Content(kind) => Some(kind),
        FileUse::Media | FileUse::Unread | FileUse::Unplaced => None,
    }
}

/// What is written at the byte `at` of the file at `path`. `content` is the content folder.
#[must_use]
pub fn area(path: &str, content: &str, text: &str, at: usize) -> Option<Area> {
    if path == "book.toml" {
        return Some(Area::Toml(Book::shape()));
    }
    let kind = content_kind(path, content)?;
    if markdown_stem(path).is_none() {
        return Some(Area::Yaml(start(text)..text.len(), file_shape(kind)));
    }
    let (head, body) = halves(text);
    if head.as_ref().is_some_and(|head| (head.start..=head.end).contains(&at)) {
        return head.map(|head| Area::Yaml(head, record_file_shape(kind)));
    }
    if at < body.start { None } else { Some(fenced(text, body, at)) }
}

/// Every part of a file that is YAML.
#[must_use]
pub fn yaml(path: &str, content: &str, text: &str) -> Vec<(Range<usize>, Shape)> {
    let Some(kind) = content_kind(path, content) else { return Vec::new() };
    if markdown_stem(path).is_none() {
        return vec![(start(text)..text.len(), file_shape(kind))];
    }
    let (head, body) = halves(text);
    let mut out: Vec<_> = head.map(|head| (head, record_file_shape(kind))).into_iter().collect();
    for Fence { name, inside } in fences(text, body) {
        out.extend(blocks::shape(name).map(|shape| (inside, shape)));
    }
    out
}

/// Where a text begins, behind a byte-order mark.
fn start(text: &str) -> usize {
    if text.starts_with('\u{feff}') { 3 } else { 0 }
}

fn halves(text: &str) -> (Option<Range<usize>>, Range<usize>) {
    match front_matter::split(text) {
        Ok(halves) => (halves.head, halves.body),
        Err(fence) => {
            let (head, body) = front_matter::guess(text, fence.end);
            (Some(head), body)
        }
    }
}

/// Fenced code.
struct Fence<'t> {
    name: &'t str,
    /// Its lines.
    inside: Range<usize>,
}

fn fenced(text: &str, body: Range<usize>, at: usize) -> Area {
    let around = fences(text, body).into_iter().find(|fence| (fence.inside.start..=fence.inside.end).contains(&at));
    match around.map(|fence| (blocks::shape(fence.name), fence.inside)) {
        None => Area::Prose,
        Some((Some(shape), inside)) => Area::Yaml(inside, shape),
        Some((None, _)) => Area::Code,
    }
}

/// The fenced code of a body. Code in lists or quotations is left out.
fn fences(text: &str, body: Range<usize>) -> Vec<Fence<'_>> {
    let mut out = Vec::new();
    let mut open: Option<(&str, Fence<'_>)> = None;
    let mut at = body.start;
    for line in text[body.clone()].split_inclusive('\n') {
        let (start, words) = (at, line.trim_end());
        at += line.len();
        let marks = &words[..words.len() - words.trim_start_matches('`').len()];
        let marks = if marks.is_empty() { &words[..words.len() - words.trim_start_matches('~').len()] } else { marks };
        match &mut open {
            Some((opened, _)) if marks.len() == words.len() && marks.starts_with(*opened) => {
                out.extend(open.take().map(|(_, fence)| Fence { inside: fence.inside.start..start, ..fence }));
            }
            None if marks.len() >= 3 => {
                let name = words[marks.len()..].split_whitespace().next().unwrap_or_default();
                open = Some((marks, Fence { name, inside: at..body.end }));
            }
            _ => {}
        }
    }
    out.extend(open.map(|(_, fence)| fence));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str, marked: &str) -> String {
        let at = marked.find('¦').unwrap();
        let text = marked.replacen('¦', "", 1);
        match area(path, "content", &text, at) {
            Some(Area::Yaml(range, Shape::Record(shape))) => format!("{} {:?}", shape.name, &text[range]),
            Some(Area::Yaml(range, _)) => format!("{:?}", &text[range]),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn front_matter_blocks_and_text_are_told_apart() {
        assert_eq!(at("content/a.md", "---\ntitle: ¦x\n---\nbody\n"), "FrontMatter \"title: x\\n\"");
        assert_eq!(at("content/a.md", "---\r\ntitle: x\r\n---\r\nbo¦dy\r\n"), "Some(Prose)");
        assert_eq!(at("content/a.md", "---\ntitle: x¦\n\nbody\n"), "FrontMatter \"title: x\\n\"");
        assert_eq!(at("content/a.md", "text\n\n```claim\nid: ¦\n```\n"), "ClaimBlock \"id: \\n\"");
        assert_eq!(at("content/a.md", "text\n\n```claim\nid: ¦\n"), "ClaimBlock \"id: \\n\"");
        assert_eq!(at("content/a.md", "```js\nlet ¦x\n```\n"), "Some(Code)");
        assert_eq!(at("content/a.md", "```js\nx\n```\n\nte¦xt"), "Some(Prose)");
        assert_eq!(at("content/events/a.yaml", "\u{feff}- ¦id: a\n"), "\"- id: a\\n\"");
        assert_eq!(at("content/events/a.md", "---\ndate: ¦\n---\n"), "EventFile \"date: \\n\"");
        assert_eq!(at("static/a.yaml", "¦"), "None");
    }
}
