//! Putting fields in order, and getting the lines of a record so that they can be moved to another file.

use super::document::{Document, Step};
use super::{Refused, TextEdit, compare};
use crate::base::At;
use crate::syntax::node::{Kind, Node};

impl Document<'_> {
    /// Puts the fields of a map in the format's order. A comment above a field moves with it. A map in braces, which nobody reads
    /// line by line, is left alone.
    ///
    /// # Errors
    /// If the map is written in a way that keeps its fields from being moved.
    pub fn reorder(&self, steps: &[Step], order: &[&str]) -> Result<Vec<TextEdit>, Refused> {
        let Some(map @ Node { kind: Kind::Map(entries), .. }) = self.node(steps) else { return Ok(Vec::new()) };
        let place = |key: &str| order.iter().position(|known| *known == key).unwrap_or(order.len());
        let mut sorted: Vec<usize> = (0..entries.len()).collect();
        sorted.sort_by_key(|at| place(&entries[*at].0.value));
        if sorted.is_sorted() || self.text[map.range.bytes().start..].starts_with('{') {
            return Ok(Vec::new());
        }
        let start = entries[0].0.range.bytes().start;
        let pad = " ".repeat(self.column(start));
        let mut ends: Vec<usize> = entries.iter().map(|(key, value)| self.next_line(self.extent(key, value).end)).collect();
        if let Some(last) = ends.last_mut() {
            *last = (*last).min(self.area.end);
        }
        let newline = self.newline();
        let segment = |at: usize| {
            let from = if at == 0 { start } else { ends[at - 1] };
            let mut text = self.text[from..ends[at]].to_owned();
            if at == 0 {
                text.insert_str(0, &pad);
            }
            if !text.ends_with('\n') {
                text.push_str(newline);
            }
            text
        };
        let whole: String = sorted.iter().map(|at| segment(*at)).collect();
        let near = start;
        let line = self.text[..near].matches('\n').count() + 1;
        let odd = Refused::TooOdd { line, why: "the field that should come first has a comment above it" };
        let whole = whole.strip_prefix(&pad).filter(|rest| !rest.starts_with([' ', '#', '\r', '\n'])).ok_or(odd)?;
        let end = ends.last().copied().unwrap_or(start);
        let had_end = self.text[..end].ends_with('\n');
        let text = if had_end { whole } else { whole.trim_end_matches(['\r', '\n']) };
        let moved = |node: &mut Node| {
            if let Kind::Map(entries) = &mut node.kind {
                let old: Vec<(At<String>, Node)> = std::mem::take(entries);
                *entries = sorted.iter().map(|at| old[*at].clone()).collect();
            }
        };
        let wanted = compare::with(&self.root, steps, &moved);
        self.tried(vec![TextEdit::replace(start..end, text)], &wanted, near)
    }

    /// The lines of a record in a list or bibliography, as they would look in a file of their own: with the comments directly above
    /// it, and without the list's indentation. `None` if the record is on one line with something else.
    #[must_use]
    pub fn record_text(&self, id: &str) -> Option<String> {
        let steps = self.record(id).filter(|steps| !steps.is_empty())?;
        let map = self.node(&steps)?;
        let Kind::Map(entries) = &map.kind else { return None };
        let (first, _) = entries.first()?;
        if self.text[map.range.bytes().start..].starts_with(['{', '*']) {
            return None;
        }
        let start = first.range.bytes().start;
        let indent = self.column(start);
        let (key, value) = entries.last()?;
        let end = self.line_end(self.extent(key, value).end);
        let mut lines: Vec<String> = self.remarks_above(self.line_start(start));
        let own = format!("{}{}", " ".repeat(indent), &self.text[start..end]);
        let shorter = |line: &str| {
            let blank = line.len() - line.trim_start_matches(' ').len();
            line[blank.min(indent)..].to_owned()
        };
        lines.extend(own.lines().map(shorter));
        Some(lines.into_iter().map(|line| line + "\n").collect())
    }

    /// The comments directly above a line, without indentation.
    fn remarks_above(&self, line: usize) -> Vec<String> {
        let mut out = Vec::new();
        let mut at = line;
        while at > self.area.start {
            let above = self.line_start(at - 1);
            let words = self.text[above..at].trim();
            if !words.starts_with('#') || above < self.area.start {
                break;
            }
            out.push(words.to_owned());
            at = above;
        }
        // A comment at the top of a file is about the file.
        if at <= self.area.start + '\u{feff}'.len_utf8() {
            return Vec::new();
        }
        out.reverse();
        out
    }

    /// A file's front matter, or the whole of a YAML file that is a single record.
    #[must_use]
    pub fn head_text(&self) -> &str {
        &self.text[self.area.clone()]
    }
}
