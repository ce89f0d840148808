//! Lists in brackets and maps in braces.

use super::scan::{Frame, Scanner};
use super::{Part, Step};

/// How deeply brackets may be nested. Nobody types more, and a file made to break the program gets no further.
const DEEPEST: usize = 32;

impl<'t> Scanner<'t> {
    /// The list or map that opens at `at`. Returns where it ends.
    pub(super) fn flow(&mut self, at: usize) -> usize {
        if self.depth == DEEPEST {
            return self.line_end(at);
        }
        self.depth += 1;
        let end = if self.text.as_bytes()[at] == b'[' { self.list(at + 1) } else { self.map(at + 1) };
        self.depth -= 1;
        end
    }

    fn list(&mut self, mut at: usize) -> usize {
        let mut number = 0;
        loop {
            self.push(Step::Item(number));
            let next = self.skip(at, Part::Value);
            at = match next.map(|next| (next, self.text.as_bytes()[next])) {
                None => {
                    self.frames.pop();
                    return self.line_end(at.min(self.end));
                }
                Some((next, b']' | b'}')) => {
                    self.frames.pop();
                    return next + 1;
                }
                Some((next, b',')) => {
                    number += 1;
                    next + 1
                }
                Some((next, _)) => self.item(next),
            };
            self.frames.pop();
        }
    }

    fn map(&mut self, mut at: usize) -> usize {
        loop {
            let Some(next) = self.skip(at, Part::Key) else { return self.line_end(at.min(self.end)) };
            at = match self.text.as_bytes()[next] {
                b'}' | b']' => return next + 1,
                b',' => next + 1,
                _ => self.pair(next),
            };
        }
    }

    /// A key and its value. Returns where it ends, which is always further on.
    fn pair(&mut self, at: usize) -> usize {
        let line_end = self.line_end(at);
        let (key, behind) = match self.text.as_bytes()[at] {
            b'"' | b'\'' => self.quoted(at, line_end),
            b'[' | b'{' => return self.flow(at),
            _ => {
                let line = &self.text[at..line_end];
                let ends = line.find([',', '}', ']', '[', '{']).unwrap_or(line.len());
                let is_colon =
                    |colon: &usize| line[colon + 1..].is_empty() || line[colon + 1..].starts_with([' ', ',', '}', '[', '{']);
                let colon = line[..ends].match_indices(':').map(|(colon, _)| colon).find(is_colon);
                let end = colon.unwrap_or(ends);
                (at..at + line[..end].trim_end().len(), at + end)
            }
        };
        self.add(key.clone(), Part::Key);
        if self.text.as_bytes().get(behind) != Some(&b':') {
            return behind.max(at + 1);
        }
        self.push(Step::Key(&self.text[key]));
        let end = match self.skip(behind + 1, Part::Value) {
            None => behind + 1,
            Some(next) if matches!(self.text.as_bytes()[next], b',' | b'}' | b']') => next,
            Some(next) => self.item(next),
        };
        self.frames.pop();
        end
    }

    /// A value. Returns where it ends, which is always further on.
    fn item(&mut self, at: usize) -> usize {
        let line_end = self.line_end(at);
        match self.text.as_bytes()[at] {
            b'[' | b'{' => self.flow(at),
            b'"' | b'\'' => {
                let (inner, end) = self.quoted(at, line_end);
                self.add(inner, Part::Value);
                end
            }
            _ => {
                let line = &self.text[at..line_end];
                let line = line.find(" #").map_or(line, |comment| &line[..comment]);
                let words = &line[..line.find([',', ']', '}']).unwrap_or(line.len())];
                self.add(at..at + words.trim_end().len(), Part::Value);
                at + words.len().max(1)
            }
        }
    }

    /// The next byte that is no blank or comment. `None` at the end, or where a line begins that can't belong to these brackets.
    fn skip(&mut self, from: usize, part: Part) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < self.end && matches!(bytes[at], b' ' | b'\t' | b'\r' | b'\n' | b'#') {
            match bytes[at] {
                b'#' => at = self.line_end(at),
                b'\n' if self.is_outside(at + 1) => {
                    self.gap_at(from..at, part);
                    return None;
                }
                _ => at += 1,
            }
        }
        self.gap_at(from..at, part);
        (at < self.end).then_some(at)
    }

    /// Whether the line at `start` is indented too little to belong to the brackets that are open.
    fn is_outside(&self, start: usize) -> bool {
        let words = self.text[start..self.end].trim_start_matches(' ');
        let column = self.end - start - words.len();
        let outer = self.frames.iter().rev().find(|frame| frame.column != usize::MAX);
        let is_left = outer.is_none_or(|outer| column <= outer.column);
        is_left && !words.is_empty() && !words.starts_with([']', '}', '\n', '\r', '#'])
    }

    fn push(&mut self, step: Step<'t>) {
        self.frames.push(Frame::in_flow(step));
    }
}
