//! Records in lists and bibliographies: adding and removing them, and writing new files.

use super::compare::tree;
use super::document::{Document, field, unplaced, unplaced_key};
use super::value::{self, Value};
use super::{Refused, TextEdit};
use crate::syntax::node::{Kind, Node};

/// A record's fields, in order.
pub type Fields = [(String, Value)];

impl Document<'_> {
    /// Adds a record at the end of a list of records.
    ///
    /// # Errors
    /// If the file isn't a list, or already has a record with this id.
    pub fn add_to_list(&self, fields: &Fields) -> Result<Vec<TextEdit>, Refused> {
        let value = Value::Map(fields.to_vec());
        let id = fields.iter().find(|(key, _)| key == "id");
        let items = match &self.root.kind {
            Kind::Seq(items) => items.as_slice(),
            Kind::Null => &[],
            _ => return Err(Refused::NotThere("list of records in this file".to_owned())),
        };
        if let Some((_, id)) = id
            && items.iter().any(|item| field(item, "id").is_some_and(|known| id.is(known)))
        {
            return Err(Refused::IsThere("a record with this id".to_owned()));
        }
        let wanted = unplaced(Kind::Seq(items.iter().cloned().chain([tree(&value)]).collect()));
        // A text with `|+` keeps the empty lines after it, so none can be added there.
        let tried = |gap: bool| self.tried(self.added_item(items, &value, gap), &wanted, self.text.len());
        tried(true).or_else(|_| tried(false))
    }

    fn added_item(&self, items: &[Node], value: &Value, gap: bool) -> Vec<TextEdit> {
        let lines = self.record_lines(value);
        let in_brackets = self.text[self.root.range.bytes().start..].starts_with('[');
        match (items.last(), &self.root.kind) {
            (None, Kind::Seq(_)) => {
                let text = lines.join(self.newline());
                vec![TextEdit::replace(self.root.range.bytes(), text)]
            }
            (None, _) => vec![self.first_lines(&lines)],
            (Some(_), _) if in_brackets => vec![self.pushed(&self.root, items, value)],
            (Some(last), _) => {
                let end = self.item_extent(&self.root, items.len() - 1, last).end;
                let starts = self.hyphens(&self.root);
                vec![self.below(end, &starts, &lines, gap)]
            }
        }
    }

    /// Adds a source at the end of a bibliography.
    ///
    /// # Errors
    /// If the file isn't a bibliography, or already has a source with this key.
    pub fn add_to_map(&self, key: &str, fields: &Fields) -> Result<Vec<TextEdit>, Refused> {
        let value = Value::Map(fields.to_vec());
        let entries = match &self.root.kind {
            Kind::Map(entries) => entries.as_slice(),
            Kind::Null => &[],
            _ => return Err(Refused::NotThere("bibliography in this file".to_owned())),
        };
        if entries.iter().any(|(known, _)| known.value == key) {
            return Err(Refused::IsThere(format!("a source `{key}`")));
        }
        let wanted = entries.iter().cloned().chain([(unplaced_key(key), tree(&value))]).collect();
        let mut lines = vec![format!("{}:", value::key(key))];
        lines.extend(value::lines_of(fields, value::STEP));
        let edits = |gap: bool| match entries.last() {
            None => vec![self.first_lines(&lines)],
            Some((name, last)) => {
                let starts: Vec<_> = entries.iter().map(|(key, _)| key.range.bytes().start).collect();
                vec![self.below(self.extent(name, last).end, &starts, &lines, gap)]
            }
        };
        let wanted = unplaced(Kind::Map(wanted));
        let tried = |gap: bool| self.tried(edits(gap), &wanted, self.text.len());
        tried(true).or_else(|_| tried(false))
    }

    /// Removes a record (an item of a list, or a source in a bibliography) and the empty lines below it.
    ///
    /// # Errors
    /// If no record has this id, or the record is the whole file.
    pub fn remove_record(&self, id: &str) -> Result<Vec<TextEdit>, Refused> {
        let missing = || Refused::NotThere(format!("record `{id}` in this file"));
        let at = |is_it: &dyn Fn(usize) -> bool, count: usize| (0..count).find(|at| is_it(*at)).ok_or_else(missing);
        let (starts, end, at, wanted) = match &self.root.kind {
            Kind::Seq(items) => {
                let is_id = |node: &Node| matches!(&node.kind, Kind::Scalar { text, .. } if text == id);
                let at = at(&|at| field(&items[at], "id").is_some_and(is_id), items.len())?;
                let end = self.item_extent(&self.root, at, &items[at]).end;
                let rest =
                    items.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, item)| item.clone()).collect();
                (self.hyphens(&self.root), end, at, Kind::Seq(rest))
            }
            Kind::Map(entries) => {
                let at = at(&|at| entries[at].0.value == id, entries.len())?;
                let end = self.extent(&entries[at].0, &entries[at].1).end;
                let starts = entries.iter().map(|(key, _)| key.range.bytes().start).collect();
                let rest = entries.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, entry)| entry.clone());
                (starts, end, at, Kind::Map(rest.collect()))
            }
            _ => return Err(missing()),
        };
        let is_empty = matches!(&wanted, Kind::Seq(items) if items.is_empty());
        let wanted = unplaced(if is_empty { Kind::Null } else { wanted });
        let start: usize = starts[at];
        let mut below = self.next_line(end);
        while below < self.area.end && self.text[below..self.line_end(below)].trim().is_empty() {
            below = self.next_line(below);
        }
        self.tried(vec![TextEdit::delete(self.line_start(start)..below)], &wanted, start)
    }

    /// A record as a list item, one field per line.
    fn record_lines(&self, value: &Value) -> Vec<String> {
        let indent = match &self.root.kind {
            Kind::Seq(items) if !items.is_empty() => self.column(self.root.range.bytes().start),
            _ => 0,
        };
        match value {
            Value::Map(fields) => {
                let mut lines = value::lines_of(fields, indent + value::STEP);
                lines[0].replace_range(indent..indent + value::STEP, "- ");
                lines
            }
            other => other.as_item(indent),
        }
    }

    /// The edit that adds lines after what ends at `end`, with an empty line before them if most of what begins at `starts` has one.
    fn below(&self, end: usize, starts: &[usize], lines: &[String], may_gap: bool) -> TextEdit {
        let newline = self.newline();
        let is_apart = |start: &&usize| {
            let line = self.line_start(**start);
            line > self.area.start
                && self.text[..line].trim_end_matches([' ', '\r']).ends_with('\n')
                && self.text[..line.saturating_sub(1)].trim_end_matches([' ', '\r']).ends_with('\n')
        };
        let apart = starts.iter().skip(1).filter(is_apart).count() * 2 > starts.len().saturating_sub(1);
        let gap = if apart && may_gap { newline } else { "" };
        let text: String = lines.iter().flat_map(|line| [newline, line]).collect();
        let at = self.line_end(end);
        TextEdit::insert(at, format!("{gap}{text}"))
    }

    /// Whether a Markdown file has no front matter yet.
    pub(super) fn has_no_head(&self) -> bool {
        self.is_markdown() && self.area.is_empty() && !self.text[..self.area.start].trim_end().ends_with("---")
    }
}

/// The text of a new Markdown file: front matter with these fields, and a body.
#[must_use]
pub fn markdown_file(fields: &Fields, body: &str) -> String {
    let head = if fields.is_empty() { Vec::new() } else { value::lines_of(fields, 0) };
    let lines = std::iter::once("---".to_owned()).chain(head).chain(["---".to_owned()]);
    let mut out: String = lines.flat_map(|line| [line, "\n".to_owned()]).collect();
    if !body.is_empty() {
        out.push('\n');
        out.push_str(body.trim_end());
        out.push('\n');
    }
    out
}

/// The text of a new YAML file with these fields.
#[must_use]
pub fn yaml_file(fields: &Fields) -> String {
    value::lines_of(fields, 0).into_iter().flat_map(|line| [line, "\n".to_owned()]).collect()
}

/// The text of a new list with one record.
#[must_use]
pub fn list_file(fields: &Fields) -> String {
    let mut lines = value::lines_of(fields, value::STEP);
    lines[0].replace_range(..value::STEP, "- ");
    lines.into_iter().flat_map(|line| [line, "\n".to_owned()]).collect()
}

/// The text of a new bibliography with one source.
#[must_use]
pub fn map_file(key: &str, fields: &Fields) -> String {
    let lines = std::iter::once(format!("{}:", value::key(key))).chain(value::lines_of(fields, value::STEP));
    lines.flat_map(|line| [line, "\n".to_owned()]).collect()
}
