//! The front matter of other tools, in YAML, TOML or JSON.

use std::ops::Range;

use super::super::{Reading, days, json, plain};
use super::within;
use crate::base::{FileId, TextRange};
use crate::date;
use crate::diagnostics::{Diagnostic, code};
use crate::edit::Value;
use crate::source::kinds::content_stem;
use crate::syntax::node::{Kind, Node};
use crate::syntax::{front_matter, parse_toml, parse_yaml};

/// The front matter of a file.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Its title, as Markdown.
    pub(super) title: String,
    /// The slug, if there is one.
    pub(super) slug: String,
    /// Its other names.
    pub(super) names: Vec<String>,
    /// The fields of the page.
    pub(super) fields: Vec<(String, Value)>,
}

/// Keys that say how another tool shows a page, and nothing about what it says.
const HOW_SHOWN: &[&str] = &[
    "cssclass",
    "cssclasses",
    "in_search_index",
    "insert_anchor_links",
    "layout",
    "mobile",
    "page_template",
    "paginate_by",
    "sort_by",
    "template",
];

/// Reads the front matter of a file, and returns the range of its body.
pub(super) fn read(file: FileId, text: &str, out: &mut Reading) -> (Head, Range<usize>) {
    let Some((node, body)) = tree(file, text, out) else { return (Head::default(), whole(text)) };
    let mut head = Head::default();
    let mut reader = Reader { file, head: &mut head, out };
    reader.fields(&node);
    (head, body)
}

fn whole(text: &str) -> Range<usize> {
    0..text.len()
}

/// The front matter, with places in the file, and the range of the body.
fn tree(file: FileId, text: &str, out: &mut Reading) -> Option<(Node, Range<usize>)> {
    if let Some((head, body)) = fenced(text, "+++") {
        let (mut node, mut found) = parse_toml(&text[head.clone()]);
        node.relocate(&|range| range.shifted(head.start as u32));
        found.iter_mut().for_each(|found| found.relocate(file, head.start as u32));
        out.findings.append(&mut found);
        return Some((node, body));
    }
    if text.starts_with('{') {
        let end = text.find("\n}\n").map(|end| end + 2)?;
        return match json::parse(&text[..end]) {
            Ok(node) => Some((node, end..text.len())),
            Err((place, why)) => {
                out.error(code::INVALID_SYNTAX, within(file, place), why, "correct the front matter, or remove it");
                None
            }
        };
    }
    let halves = match front_matter::split(text) {
        Ok(halves) => halves,
        Err(place) => {
            out.error(
                code::INVALID_SYNTAX,
                within(file, place),
                "this front matter is never closed",
                "write `---` on its own line below it",
            );
            return None;
        }
    };
    let head = halves.head?;
    match parse_yaml(&text[head.clone()]) {
        Ok(mut node) => {
            node.relocate(&|range| range.shifted(head.start as u32));
            Some((node, halves.body))
        }
        Err(fault) => {
            let range = fault.range.unwrap_or_default().shifted(head.start as u32);
            let found = Diagnostic::error(code::INVALID_SYNTAX, within(file, range.bytes()), fault.message);
            out.findings.push(found.maybe_help(fault.help));
            None
        }
    }
}

/// The ranges of front matter between two marker lines, and of the text after it.
fn fenced(text: &str, mark: &str) -> Option<(Range<usize>, Range<usize>)> {
    let start = text.strip_prefix(mark)?.strip_prefix('\n').map(|rest| text.len() - rest.len())?;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == mark {
            return Some((start..at, at + line.len()..text.len()));
        }
        at += line.len();
    }
    None
}

struct Reader<'r> {
    file: FileId,
    head: &'r mut Head,
    out: &'r mut Reading,
}

impl Reader<'_> {
    fn fields(&mut self, node: &Node) {
        for (key, value) in json::fields(node) {
            let name = key.value.to_lowercase();
            if !self.field(&name, value, key.range) {
                self.lose(&key.value, value, key.range, "no field is like it");
            }
        }
    }

    fn lose(&mut self, name: &str, value: &Node, at: TextRange, why: &str) {
        let shown = match json::words(value) {
            "" => value.describe().to_owned(),
            words => super::super::place::short(words),
        };
        let what = format!("`{name}` was left out ({shown}): {why}");
        self.out.lost(within(self.file, at.bytes()), what, "add it by hand if readers need it");
    }

    fn push(&mut self, name: &str, value: Value) {
        if !self.head.fields.iter().any(|(known, _)| known == name) {
            self.head.fields.push((name.to_owned(), value));
        }
    }

    /// Reads a field; returns whether it has an equivalent.
    fn field(&mut self, name: &str, value: &Node, at: TextRange) -> bool {
        let words = json::words(value);
        let is_empty =
            matches!(value.kind, Kind::Null) || matches!(&value.kind, Kind::Scalar { text, .. } if text.trim().is_empty());
        if is_empty {
            return true;
        }
        match name {
            "title" if !words.is_empty() => {
                self.head.title = plain::inline(&plain::one_line(words));
                self.push("title", Value::text(&*self.head.title));
            }
            "description" | "summary" | "excerpt" | "subtitle" if !words.is_empty() => {
                self.push("summary", Value::text(plain::inline(&plain::one_line(words))));
            }
            "date" | "publishdate" | "published" | "created" | "date created" if words == "true" || words == "false" => {
                if words == "false" {
                    self.push("draft", Value::plain("true"));
                }
            }
            "date" | "publishdate" | "published" | "created" | "date created" => self.day("published", name, value, at),
            "lastmod" | "updated" | "modified" | "last_modified_at" | "date modified" => {
                self.day("updated", name, value, at);
            }
            "weight" | "order" | "nav_order" | "sidebar_position" if words.parse::<i32>().is_ok() => {
                self.push("order", Value::plain(words));
            }
            "author" | "authors" => self.people(value),
            "tags" | "tag" | "categories" | "category" | "topics" | "keywords" => self.topics(value),
            "taxonomies" => {
                json::fields(value).iter().for_each(|(_, terms)| self.topics(terms));
            }
            "aliases" | "alias" => self.aliases(value),
            "url" | "permalink" if !words.is_empty() && !words.contains([':', ' ']) => self.address(words),
            "slug" if !words.is_empty() => content_stem(words).clone_into(&mut self.head.slug),
            "draft" | "publish" => {
                if words == if name == "draft" { "true" } else { "false" } {
                    self.push("draft", Value::plain("true"));
                }
            }
            _ if HOW_SHOWN.contains(&name) => {}
            "part" if !words.is_empty() => self.push("part", Value::text(plain::inline(words))),
            _ => return false,
        }
        true
    }

    fn day(&mut self, field: &str, name: &str, value: &Node, at: TextRange) {
        let words = json::words(value);
        // The page shows a day.
        let day = words.get(..10).filter(|day| date::Day::from_iso(day).is_some()).map(str::to_owned);
        let day = day.or_else(|| days::read(words, &mut |_| {}).ok()?.settled(None).map(str::to_owned));
        match day {
            Some(day) => self.push(field, Value::plain(day)),
            None => self.lose(name, value, at, "it can't be read as a date"),
        }
    }

    /// The items of a list, or of a text with commas.
    fn texts(value: &Node) -> Vec<String> {
        match &value.kind {
            Kind::Seq(items) => items.iter().map(json::words).filter(|text| !text.is_empty()).map(str::to_owned).collect(),
            _ => json::words(value).split(',').map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect(),
        }
    }

    fn people(&mut self, value: &Node) {
        let name = |node: &Node| match json::words(node) {
            "" => json::says(node, "name").to_owned(),
            words => words.to_owned(),
        };
        let all: Vec<String> = match &value.kind {
            Kind::Seq(items) => items.iter().map(name).collect(),
            _ => vec![name(value)],
        };
        let names = all.iter().filter(|name| !name.is_empty());
        let people: Vec<Value> = names.map(|name| Value::text(plain::one_line(&plain::bare(name)))).collect();
        if !people.is_empty() {
            self.push("authors", Value::List(people));
        }
    }

    fn topics(&mut self, value: &Node) {
        let mut have = match self.head.fields.iter().position(|(key, _)| key == "topics") {
            Some(at) => match self.head.fields.remove(at).1 {
                Value::List(have) => have,
                other => vec![other],
            },
            None => Vec::new(),
        };
        for topic in Self::texts(value) {
            let topic = topic.trim_start_matches('#').replace(['[', ']'], "");
            let topic = Value::text(plain::one_line(&plain::bare(&topic)));
            if !have.contains(&topic) {
                have.push(topic);
            }
        }
        if !have.is_empty() {
            self.push("topics", Value::List(have));
        }
    }

    /// Old addresses, or in notes, other names.
    fn aliases(&mut self, value: &Node) {
        for alias in Self::texts(value) {
            if alias.starts_with('/') { self.address(&alias) } else { self.head.names.push(alias) }
        }
    }

    /// An old address. That of the front page stays what it is.
    fn address(&mut self, address: &str) {
        let address = format!("/{}", address.trim_start_matches('/'));
        if address == "/" {
            return;
        }
        let address = if address.ends_with('/') || address.ends_with(".html") { address } else { format!("{address}/") };
        let value = Value::text(address);
        match self.head.fields.iter_mut().find(|(key, _)| key == "aliases") {
            Some((_, Value::List(have))) if !have.contains(&value) => have.push(value),
            Some(_) => {}
            None => self.push("aliases", Value::List(vec![value])),
        }
    }
}
