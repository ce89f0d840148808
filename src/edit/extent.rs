//! How far the value of a key or item extends. The parser says where collections begin, but not where they end.

use super::document::Document;
use crate::base::At;
use crate::syntax::node::{Kind, Node};

/// The extent of the value after a colon or hyphen.
#[derive(Clone, Debug)]
pub(super) struct Extent {
    /// Just after the colon or hyphen.
    pub(super) mark_end: usize,
    /// Where the value begins, after its anchor and tag; `mark_end` if there is no value.
    pub(super) start: usize,
    /// Where it ends; `mark_end` if there is no value.
    pub(super) end: usize,
    /// How it is written.
    pub(super) shape: Written,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Not at all.
    Nothing,
    /// As one run of characters: a scalar, brackets, braces, or an alias.
    Run,
    /// As a block of text under `|` or `>`.
    Text,
    /// As a list or map on its own lines.
    Lines,
}

impl Document<'_> {
    /// The start of the line that contains a byte.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(self.first(), |end| end + 1)
    }

    /// Where the file's text begins, after a byte-order mark.
    fn first(&self) -> usize {
        if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }

    /// The end of the line that contains a byte, before its line ending.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let end = self.text[at..].find('\n').map_or(self.text.len(), |length| at + length);
        if self.text[at..end].ends_with('\r') { end - 1 } else { end }
    }

    /// Where the next line begins; the end of the text if there is none.
    pub(super) fn next_line(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |length| at + length + 1)
    }

    /// How many characters precede a byte on its line.
    pub(super) fn column(&self, at: usize) -> usize {
        self.text[self.line_start(at)..at].chars().count()
    }

    /// The extent of a key's value.
    pub(super) fn extent(&self, key: &At<String>, value: &Node) -> Extent {
        let behind = key.range.bytes().end;
        let mark_end = self.text[behind..].find(':').map_or(behind, |at| behind + at + 1);
        self.extent_behind(mark_end, value)
    }

    /// The extent of the value after the colon or hyphen that ends at `mark_end`.
    pub(super) fn extent_behind(&self, mark_end: usize, value: &Node) -> Extent {
        let start = self.behind_marks(mark_end);
        let range = value.range.bytes();
        let rest = &self.text[start.min(self.text.len())..];
        let nothing = Extent { mark_end, start: mark_end, end: mark_end, shape: Written::Nothing };
        match &value.kind {
            Kind::Null if range.is_empty() || range.start < mark_end || range.start != start => nothing,
            Kind::Scalar { plain: false, .. } if rest.starts_with(['|', '>']) && range.start > start => {
                let head = self.line_end(start);
                let mut end = range.end.max(head);
                // With `+`, the empty lines after a text belong to it.
                if self.text[start..head].split('#').next().is_some_and(|head| head.contains('+')) {
                    let mut next = self.next_line(end);
                    while next < self.area.end && self.text[next..self.line_end(next)].trim().is_empty() {
                        end = self.line_end(next);
                        next = self.next_line(next).max(next + 1);
                    }
                }
                Extent { mark_end, start, end, shape: Written::Text }
            }
            _ if self.is_run(value) => Extent { mark_end, start: range.start, end: range.end, shape: Written::Run },
            _ => {
                let start = range.start.max(mark_end);
                Extent { mark_end, start, end: self.end_of(value, mark_end), shape: Written::Lines }
            }
        }
    }

    /// Where the value after a colon or hyphen begins, after any anchor and tag.
    fn behind_marks(&self, mark_end: usize) -> usize {
        let mut at = mark_end;
        loop {
            at += self.text[at..].len() - self.text[at..].trim_start_matches([' ', '\t']).len();
            if !self.text[at..].starts_with(['&', '!']) {
                return at;
            }
            at += self.text[at..].find(char::is_whitespace).unwrap_or(self.text.len() - at);
        }
    }

    /// Whether a value is one run of characters.
    fn is_run(&self, value: &Node) -> bool {
        let text = &self.text[value.range.bytes().start..];
        match value.kind {
            Kind::Null | Kind::Scalar { .. } => true,
            Kind::Seq(_) => text.starts_with(['[', '*']),
            Kind::Map(_) => text.starts_with(['{', '*']),
        }
    }

    /// Where a value that begins after `floor` ends.
    fn end_of(&self, value: &Node, floor: usize) -> usize {
        if self.is_run(value) {
            return value.range.bytes().end.max(floor);
        }
        match &value.kind {
            Kind::Map(entries) => entries.last().map_or(floor, |(key, value)| self.extent(key, value).end),
            Kind::Seq(items) => items.last().map_or(floor, |item| self.item_extent(value, items.len() - 1, item).end),
            Kind::Null | Kind::Scalar { .. } => floor,
        }
    }

    /// The extent of an item of a list on its own lines, after its hyphen.
    pub(super) fn item_extent(&self, list: &Node, at: usize, item: &Node) -> Extent {
        let hyphens = self.hyphens(list);
        let mark = hyphens.get(at).copied().unwrap_or_else(|| item.range.bytes().start);
        self.extent_behind((mark + 1).min(self.text.len()), item)
    }

    /// The hyphens of a list on its own lines, one for each item.
    pub(super) fn hyphens(&self, list: &Node) -> Vec<usize> {
        let Kind::Seq(items) = &list.kind else { return Vec::new() };
        let first = list.range.bytes().start;
        let mut out: Vec<usize> = Vec::with_capacity(items.len());
        let column = self.column(first);
        let mut from = first;
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                let end = self.extent_behind(from + 1, &items[at - 1]).end;
                from = self.hyphen_below(end, column).unwrap_or_else(|| item.range.bytes().start);
            }
            out.push(from);
        }
        out
    }

    /// The next hyphen in a column, if the list goes on.
    fn hyphen_below(&self, end: usize, column: usize) -> Option<usize> {
        let mut at = self.next_line(end);
        while at < self.area.end {
            let line = &self.text[at..self.line_end(at)];
            let words = line.trim_start_matches(' ');
            if words.starts_with('-') && line.len() - words.len() == column {
                return Some(at + column);
            }
            if !words.is_empty() && !words.starts_with('#') {
                return None;
            }
            at = self.next_line(at);
        }
        None
    }
}
