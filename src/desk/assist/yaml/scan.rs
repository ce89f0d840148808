//! Reads the lines of an entry into keys and values. It never fails: what can't be understood is a value.

use std::ops::Range;

use super::{Part, Step, Token};

/// What one entry says.
pub(super) struct Scanned<'t> {
    /// Its keys and values, in order.
    pub(super) tokens: Vec<Token<'t>>,
    /// The one at the wanted byte, or what could be written there.
    pub(super) at: Option<Token<'t>>,
}

/// A step, and the column where its key or hyphen is.
#[derive(Clone, Copy)]
pub(super) struct Frame<'t> {
    pub(super) column: usize,
    step: Step<'t>,
    /// Whether a key has a value on its own line.
    has_value: bool,
}

impl<'t> Frame<'t> {
    /// A step inside brackets, where columns mean nothing.
    pub(super) fn in_flow(step: Step<'t>) -> Self {
        Self { column: usize::MAX, step, has_value: false }
    }
}

pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) end: usize,
    /// The byte that somebody asks about.
    wanted: Option<usize>,
    pub(super) frames: Vec<Frame<'t>>,
    tokens: Vec<Token<'t>>,
    found: Option<Token<'t>>,
    gap: Option<Token<'t>>,
    /// Where the current line's content begins.
    line: usize,
    /// How many brackets and braces are open.
    pub(super) depth: usize,
}

/// Reads the lines in `range`.
pub(super) fn scan(text: &str, range: Range<usize>, wanted: Option<usize>) -> Scanned<'_> {
    let mut scanner = Scanner {
        text,
        end: range.end,
        wanted,
        frames: Vec::new(),
        tokens: Vec::new(),
        found: None,
        gap: None,
        line: range.start,
        depth: 0,
    };
    scanner.lines(range.start);
    Scanned { tokens: scanner.tokens, at: scanner.found.or(scanner.gap) }
}

impl<'t> Scanner<'t> {
    fn lines(&mut self, mut at: usize) {
        loop {
            let line_end = self.line_end(at);
            let content = self.text[at..line_end].trim_start_matches([' ', '\t']);
            let start = line_end - content.len();
            self.line = start;
            at = if content.is_empty() {
                self.blank(at, line_end);
                line_end
            } else if content.starts_with('#') || (start == at && matches!(content.trim_end(), "---" | "...")) {
                line_end
            } else {
                self.entry(start, start - at, line_end)
            };
            match memchr::memchr(b'\n', &self.text.as_bytes()[at..self.end]) {
                Some(next) => at += next + 1,
                None => return,
            }
        }
    }

    /// A line that somebody may begin to write on.
    fn blank(&mut self, start: usize, end: usize) {
        let Some(at) = self.wanted.filter(|at| (start..=end).contains(at)) else { return };
        let before = self.frames.clone();
        let part = self.make_room(at - start);
        self.gap = Some(Token { is_first: true, ..self.token(at..at, part) });
        self.frames = before;
    }

    /// A line that begins with a hyphen, a key or a value. Returns where it ends, which may be on a later line.
    fn entry(&mut self, mut at: usize, mut column: usize, line_end: usize) -> usize {
        while let Some(rest) = self.text[at..line_end].strip_prefix('-') {
            if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
                break;
            }
            self.hyphen(column);
            let words = rest.trim_start_matches([' ', '\t']);
            let next = line_end - words.len();
            if words.is_empty() || words.starts_with('#') {
                self.gap_at(at + 1..next, Part::Open);
                return line_end;
            }
            self.gap_at(at + 1..next - 1, Part::Open);
            (column, at) = (column + next - at, next);
        }
        let Some((key, behind)) = self.key(at, line_end) else {
            let part = self.make_room(column);
            return self.scalar(at, line_end, part);
        };
        while self.frames.last().is_some_and(|frame| frame.column >= column) {
            self.frames.pop();
        }
        self.add(key.clone(), Part::Key);
        self.frames.push(Frame { column, step: Step::Key(&self.text[key]), has_value: false });
        self.value(behind, line_end)
    }

    /// Begins an item of a list.
    fn hyphen(&mut self, column: usize) {
        let mut number = 0;
        while let Some(frame) = self.frames.last().filter(|frame| frame.column >= column) {
            match frame.step {
                // A list may begin below the first letter of its key.
                Step::Key(_) if frame.column == column => break,
                Step::Item(at) if frame.column == column => number = at + 1,
                _ => {}
            }
            self.frames.pop();
        }
        self.frames.push(Frame { column, step: Step::Item(number), has_value: false });
    }

    /// Leaves what ends above a word at `column`, and says what the word may be.
    fn make_room(&mut self, column: usize) -> Part {
        let mut is_key = false;
        while let Some(frame) = self.frames.last().filter(|frame| frame.column >= column) {
            is_key |= frame.column == column && matches!(frame.step, Step::Key(_));
            self.frames.pop();
        }
        match self.frames.last() {
            _ if is_key => Part::Key,
            Some(frame) if frame.has_value => Part::Value,
            _ => Part::Open,
        }
    }

    /// The key at `at`, and where its value may begin.
    fn key(&self, at: usize, line_end: usize) -> Option<(Range<usize>, usize)> {
        let line = &self.text[at..line_end];
        if let Some(quote @ ('"' | '\'')) = line.chars().next() {
            let close = 1 + line[1..].find(quote)?;
            return line[close + 1..].starts_with(':').then_some((at + 1..at + close, at + close + 2));
        }
        if line.starts_with(['[', '{', '|', '>', '#', '&', '*', '!', '%', '@', '`']) {
            return None;
        }
        let is_colon = |place: &usize| line[place + 1..].is_empty() || line[place + 1..].starts_with([' ', '\t']);
        let colon = line.match_indices(':').map(|(place, _)| place).find(is_colon)?;
        let is_words = colon > 0 && !line[..colon].contains(" #");
        is_words.then(|| (at..at + line[..colon].trim_end().len(), at + colon + 1))
    }

    /// The value behind a key's colon.
    fn value(&mut self, at: usize, line_end: usize) -> usize {
        let mut words = self.text[at..line_end].trim_start_matches([' ', '\t']);
        // Anchors and tags say nothing about the value.
        while words.starts_with(['&', '!']) {
            let end = words.find([' ', '\t']).unwrap_or(words.len());
            words = words[end..].trim_start_matches([' ', '\t']);
        }
        let start = line_end - words.len();
        if words.is_empty() || words.starts_with('#') {
            self.gap_at(at..start, Part::Value);
            return line_end;
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.has_value = true;
        }
        self.scalar(start, line_end, Part::Value)
    }

    /// A value that begins at `at`, of any form. Returns where it ends.
    fn scalar(&mut self, at: usize, line_end: usize, part: Part) -> usize {
        match self.text.as_bytes()[at] {
            b'|' | b'>' => self.block(line_end),
            b'[' | b'{' => self.flow(at),
            b'"' | b'\'' => {
                let (inner, end) = self.quoted(at, line_end);
                self.add(inner, part);
                end
            }
            _ => {
                let line = &self.text[at..line_end];
                let words = line.find(" #").map_or(line, |comment| &line[..comment]).trim_end();
                self.add(at..at + words.len(), part);
                line_end
            }
        }
    }

    /// The lines of a block scalar below its mark.
    fn block(&mut self, mark_end: usize) -> usize {
        let column = self.frames.last().map_or(0, |frame| frame.column);
        let (mut first, mut last, mut at) = (None, mark_end, mark_end);
        while let Some(next) = memchr::memchr(b'\n', &self.text.as_bytes()[at..self.end]) {
            let start = at + next + 1;
            let end = self.line_end(start);
            let words = self.text[start..end].trim_start_matches(' ');
            let is_inside = words.trim().is_empty() || end - words.len() - start > column;
            if !is_inside || start >= self.end {
                break;
            }
            if !words.trim().is_empty() {
                first = first.or(Some(end - words.len()));
                last = end;
            }
            at = end;
        }
        if let Some(first) = first {
            self.add(first..last, Part::Value);
        }
        last
    }

    /// The inside of a quoted text, and where it ends. If it never does, it ends with its line.
    pub(super) fn quoted(&self, at: usize, line_end: usize) -> (Range<usize>, usize) {
        let bytes = self.text.as_bytes();
        let quote = bytes[at];
        let mut end = at + 1;
        while end < self.end {
            match bytes[end] {
                b'\\' if quote == b'"' => end += 1,
                byte if byte == quote && quote == b'\'' && bytes.get(end + 1) == Some(&b'\'') => end += 1,
                byte if byte == quote => return (at + 1..end, end + 1),
                _ => {}
            }
            end += 1;
        }
        (at + 1..line_end, line_end)
    }

    pub(super) fn line_end(&self, at: usize) -> usize {
        let bytes = &self.text.as_bytes()[at..self.end];
        let end = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
        at + if end > 0 && bytes[end - 1] == b'\r' { end - 1 } else { end }
    }

    fn token(&self, range: Range<usize>, part: Part) -> Token<'t> {
        let is_first = self.depth == 0 && range.start == self.line;
        let path = self.frames.iter().map(|frame| frame.step).collect();
        Token { range, path, part, in_flow: self.depth > 0, is_first }
    }

    pub(super) fn add(&mut self, range: Range<usize>, part: Part) {
        let token = self.token(range, part);
        let is_wanted = self.wanted.is_some_and(|at| (token.range.start..=token.range.end).contains(&at));
        if is_wanted && self.found.is_none() {
            self.found = Some(token.clone());
        }
        self.tokens.push(token);
    }

    /// A place where nothing is written yet.
    pub(super) fn gap_at(&mut self, range: Range<usize>, part: Part) {
        // Two gaps may touch; the first is the one that the cursor is behind.
        if let Some(at) = self.wanted.filter(|at| self.gap.is_none() && (range.start..=range.end).contains(at)) {
            self.gap = Some(self.token(at..at, part));
        }
    }
}
