//! Setting, adding and removing fields.

use super::compare::{tree, with};
use super::document::{Document, Step, unplaced_key};
use super::extent::{Extent, Written};
use super::scalar::{Context, Style};
use super::value::{self, Value};
use super::{Refused, TextEdit};
use crate::base::At;
use crate::syntax::node::{Kind, Node};

impl Document<'_> {
    /// Sets a field of the map at the end of `steps`. A missing field is added at its place in `order`, which lists the keys in the
    /// format's order.
    ///
    /// # Errors
    /// If there is no such map, or the field can't be set without changing something else.
    pub fn set(&self, steps: &[Step], name: &str, value: &Value, order: &[&str]) -> Result<Vec<TextEdit>, Refused> {
        let map = self.node(steps).ok_or_else(|| Refused::NotThere(format!("record with the field `{name}`")))?;
        let new = tree(value);
        match &map.kind {
            Kind::Map(entries) => match entries.iter().position(|(key, _)| key.value == name) {
                Some(at) => {
                    let (key, old) = &entries[at];
                    if value.is(old) {
                        return Ok(Vec::new());
                    }
                    let wanted = with(&self.root, steps, &|node| {
                        if let Kind::Map(entries) = &mut node.kind {
                            entries[at].1 = new.clone();
                        }
                    });
                    let edits = self.replaced(map, key, old, value);
                    self.tried(edits, &wanted, key.range.bytes().start)
                }
                None => self.added(steps, map, entries, name, value, order),
            },
            Kind::Null if steps.is_empty() => self.begun(name, value),
            _ => Err(Refused::NotThere(format!("record with the field `{name}`"))),
        }
    }

    /// Whether a map is written in braces.
    fn is_in_braces(&self, map: &Node) -> bool {
        self.text[map.range.bytes().start..].starts_with('{')
    }

    /// The edits that replace a key's value.
    fn replaced(&self, map: &Node, key: &At<String>, old: &Node, value: &Value) -> Vec<TextEdit> {
        let extent = self.extent(key, old);
        if self.is_in_braces(map) {
            let text = value.in_flow(Context::Flow, self.style(&extent));
            return vec![match extent.shape {
                Written::Nothing => TextEdit::insert(extent.mark_end, format!(" {text}")),
                _ => TextEdit::replace(extent.start..extent.end, text),
            }];
        }
        let indent = self.column(key.range.bytes().start);
        let (head, lines) = value.behind_key(key.value.len(), indent, self.style(&extent));
        self.rewritten(&extent, &head, &lines)
    }

    /// How a value is quoted, so that its replacement can be quoted the same way.
    fn style(&self, extent: &Extent) -> Option<Style> {
        let first = self.text[extent.start..].chars().next().filter(|_| extent.shape == Written::Run)?;
        match first {
            '"' => Some(Style::Double),
            '\'' => Some(Style::Single),
            _ => None,
        }
    }

    /// The edits that replace a value with `head` on the key's line and `lines` below it. Comments after the key or its value stay.
    pub(super) fn rewritten(&self, extent: &Extent, head: &str, lines: &[String]) -> Vec<TextEdit> {
        let newline = self.newline();
        let below: String = lines.iter().flat_map(|line| [newline, line]).collect();
        let on_mark_line = self.line_start(extent.start) == self.line_start(extent.mark_end);
        let blank = |at: usize| at - (self.text[..at].len() - self.text[..at].trim_end_matches([' ', '\t']).len());
        match extent.shape {
            Written::Nothing => {
                vec![TextEdit::insert(extent.mark_end, head), TextEdit::insert(self.line_end(extent.mark_end), below)]
            }
            Written::Run if lines.is_empty() => {
                vec![TextEdit::replace(extent.start..extent.end, head.trim_start())]
            }
            Written::Run if on_mark_line => vec![
                TextEdit::replace(blank(extent.start)..extent.end, head),
                TextEdit::insert(self.line_end(extent.end), below),
            ],
            Written::Text => {
                let line_end = self.line_end(extent.start);
                let token = self.text[extent.start..line_end].split([' ', '\t']).next().unwrap_or_default();
                vec![
                    TextEdit::replace(blank(extent.start)..extent.start + token.len(), head),
                    TextEdit::replace(line_end..extent.end.max(line_end), below),
                ]
            }
            Written::Run | Written::Lines => {
                let line_end = self.line_end(extent.mark_end);
                vec![TextEdit::insert(extent.mark_end, head), TextEdit::replace(line_end..extent.end.max(line_end), below)]
            }
        }
    }

    /// The edits that add a field to a map.
    fn added(
        &self,
        steps: &[Step],
        map: &Node,
        entries: &[(At<String>, Node)],
        name: &str,
        value: &Value,
        order: &[&str],
    ) -> Result<Vec<TextEdit>, Refused> {
        let place = |key: &str| order.iter().position(|known| *known == key);
        // It goes after the last field that precedes it in the format; an unknown field goes last.
        let mine = place(name).unwrap_or(order.len());
        let behind = entries.iter().rposition(|(key, _)| place(&key.value).is_some_and(|theirs| theirs < mine));
        let behind = if place(name).is_none() { entries.len().checked_sub(1) } else { behind };
        let at = behind.map_or(0, |behind| behind + 1);
        let wanted = with(&self.root, steps, &|node| {
            if let Kind::Map(entries) = &mut node.kind {
                entries.insert(at, (unplaced_key(name), tree(value)));
            }
        });
        let near = entries.first().map_or(self.area.start, |(key, _)| key.range.bytes().start);
        let edits = if self.is_in_braces(map) {
            self.added_in_braces(map, entries, behind, name, value)
        } else {
            vec![self.added_on_a_line(entries, behind, name, value)?]
        };
        self.tried(edits, &wanted, near)
    }

    fn added_on_a_line(
        &self,
        entries: &[(At<String>, Node)],
        behind: Option<usize>,
        name: &str,
        value: &Value,
    ) -> Result<TextEdit, Refused> {
        let newline = self.newline();
        let Some((first, _)) = entries.first() else { return Err(Refused::NotThere("field in this map".to_owned())) };
        let start = first.range.bytes().start;
        let indent = self.column(start);
        let mut lines = value::lines_of(&[(name.to_owned(), value.clone())], indent);
        Ok(match behind {
            Some(behind) => {
                let (key, value) = &entries[behind];
                let end = self.line_end(self.extent(key, value).end);
                TextEdit::insert(end, lines.iter().flat_map(|line| [newline, line]).collect::<String>())
            }
            None => {
                lines[0].drain(..indent);
                let pad = " ".repeat(indent);
                TextEdit::insert(start, lines.iter().flat_map(|line| [line, newline]).collect::<String>() + &pad)
            }
        })
    }

    fn added_in_braces(
        &self,
        map: &Node,
        entries: &[(At<String>, Node)],
        behind: Option<usize>,
        name: &str,
        value: &Value,
    ) -> Vec<TextEdit> {
        let field = format!("{}: {}", value::key(name), value.in_flow(Context::Flow, None));
        vec![match (behind, entries.first()) {
            (Some(behind), _) => {
                let (key, value) = &entries[behind];
                TextEdit::insert(self.extent(key, value).end, format!(", {field}"))
            }
            (None, Some((first, _))) => TextEdit::insert(first.range.bytes().start, format!("{field}, ")),
            (None, None) => TextEdit::insert(map.range.bytes().start + 1, field),
        }]
    }

    /// The edits that add the first field to an empty file.
    fn begun(&self, name: &str, value: &Value) -> Result<Vec<TextEdit>, Refused> {
        let fields = [(name.to_owned(), value.clone())];
        let wanted = tree(&Value::Map(fields.to_vec()));
        self.tried(vec![self.first_lines(&value::lines_of(&fields, 0))], &wanted, self.area.start)
    }

    /// The edit that adds the first lines to a file without content.
    pub(super) fn first_lines(&self, lines: &[String]) -> TextEdit {
        let newline = self.newline();
        let text: String = lines.iter().flat_map(|line| [line, newline]).collect();
        if self.has_no_head() {
            return TextEdit::insert(self.area.start, format!("---{newline}{text}---{newline}"));
        }
        // They go after any comments, which may be about the whole file.
        let end = self.area.end;
        let is_apart = end == self.line_start(end) || end == self.area.start;
        TextEdit::insert(end, if is_apart { text } else { format!("{newline}{text}") })
    }

    /// Removes a field of the map at the end of `steps`.
    ///
    /// # Errors
    /// If there is no such field, or it can't be removed without changing something else.
    pub fn remove(&self, steps: &[Step], name: &str) -> Result<Vec<TextEdit>, Refused> {
        let missing = || Refused::NotThere(format!("field `{name}`"));
        let map = self.node(steps).ok_or_else(missing)?;
        let Kind::Map(entries) = &map.kind else { return Err(missing()) };
        let at = entries.iter().position(|(key, _)| key.value == name).ok_or_else(missing)?;
        let wanted = with(&self.root, steps, &|node| {
            if let Kind::Map(entries) = &mut node.kind {
                entries.remove(at);
            }
        });
        let start = entries[at].0.range.bytes().start;
        let end = self.extent(&entries[at].0, &entries[at].1).end;
        let edit = if self.is_in_braces(map) {
            let next = entries.get(at + 1).map(|(key, _)| key.range.bytes().start);
            let before = at.checked_sub(1).map(|before| self.extent(&entries[before].0, &entries[before].1).end);
            TextEdit::delete(match (next, before) {
                (Some(next), _) => start..next,
                (None, Some(before)) => before..end,
                (None, None) => start..end,
            })
        } else {
            self.without_lines(start, end, entries.get(at + 1).map(|(key, _)| key.range.bytes().start))
        };
        self.tried(vec![edit], &wanted, start)
    }

    /// The edit that removes the lines from `start` to `end`. If they begin after a hyphen, what begins at `next` moves up behind it.
    pub(super) fn without_lines(&self, start: usize, end: usize, next: Option<usize>) -> TextEdit {
        let line = self.line_start(start);
        let is_alone = self.text[line..start].trim().is_empty();
        match next {
            Some(next) if !is_alone => TextEdit::delete(start..next),
            None if !is_alone => TextEdit::delete(start..end),
            _ => TextEdit::delete(line..self.next_line(end)),
        }
    }
}
