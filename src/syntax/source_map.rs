//! Where the characters of a text are in its record, despite YAML's quotes and folding and Markdown's marks in between.

use std::ops::Range;

use crate::base::escape::forbidden_length;
use crate::base::{TextRange, exact};

/// Maps the bytes of a text to the bytes of its record that express them.
///
/// A text that is in the record unchanged needs one number. Any other is a list of runs: pieces that are there
/// unchanged, however long, and characters that are written another way, such as `&amp;`. There are many texts and most
/// of them are plain, so a run takes twelve bytes and a plain text none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceMap(Runs);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Runs {
    /// The text is in the record unchanged from this byte on.
    Verbatim(u32),
    /// Runs in the order of the text, and one at its end that maps to nothing. The range is used for what can't be
    /// located.
    List(Box<[Run]>, TextRange),
}

/// A piece of a text, up to where the next one begins. If its range has the same length, it matches that byte for byte;
/// otherwise it matches the range as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    at: u32,
    stands: TextRange,
}

/// The range of a piece that can't be located.
const NOWHERE: TextRange = TextRange { start: u32::MAX, end: u32::MAX };

impl Default for SourceMap {
    fn default() -> Self {
        Self::verbatim(0)
    }
}

impl SourceMap {
    /// The map of a text that is in the record unchanged from `start` on.
    #[must_use]
    pub fn verbatim(start: usize) -> Self {
        Self(Runs::Verbatim(start as u32))
    }

    /// The map of a YAML scalar that is written as `raw` at `whole`, as far as it can be followed through escapes and
    /// folding. After an escape nothing is certain, so the rest maps to the whole scalar.
    #[must_use]
    pub fn of_scalar(value: &str, raw: &str, whole: TextRange) -> Self {
        let quote = usize::from(is_quoted(value, raw));
        if raw.get(quote..).is_some_and(|rest| rest.starts_with(value)) {
            return Self::verbatim(whole.bytes().start + quote);
        }
        let outer = Self::verbatim(whole.bytes().start);
        let mut runs = RunsBuilder::new(&outer);
        let doubles = quote == 1 && raw.starts_with('\'');
        follow(value, &raw[quote..], doubles, |part, source| {
            runs.add(part.start, part.len(), quote + source.start..quote + source.end);
        });
        runs.finish(value.len(), whole)
    }

    /// Where a part of the text is: from its first character to its last, including whatever the record has between
    /// them. If either can't be located, the range of the whole text is returned.
    #[must_use]
    pub fn place(&self, part: Range<usize>) -> TextRange {
        let (runs, whole) = match &self.0 {
            Runs::Verbatim(start) => return TextRange::new(part.start, part.end).shifted(*start),
            Runs::List(runs, whole) => (runs, *whole),
        };
        let byte = |at: usize| byte(runs, at as u32);
        let found = if part.is_empty() {
            let before = || Some(byte(part.start.checked_sub(1)?)?.end);
            byte(part.start).map(|here| here.start).or_else(before).map(|at| TextRange { start: at, end: at })
        } else {
            byte(part.start).zip(byte(part.end - 1)).map(|(first, last)| TextRange { start: first.start, end: last.end })
        };
        found.filter(|range| range.start <= range.end).unwrap_or(whole)
    }
}

/// Whether a scalar is written in quotes. The text of a block scalar may begin with a quote too, but unchanged.
fn is_quoted(value: &str, raw: &str) -> bool {
    let Some(quote @ ('"' | '\'')) = raw.chars().next() else { return false };
    let run = |text: &str| text.len() - text.trim_start_matches(quote).len();
    run(raw) != run(value) || raw[1..].starts_with('\\') && !value[1..].starts_with('\\')
}

/// Follows a text through the lines it is written on: reports where each piece of it is in `raw`, until the two differ.
/// Blanks that are folded into one count as one piece. `doubles` says that single quotes are written twice.
fn follow(text: &str, raw: &str, doubles: bool, mut each: impl FnMut(Range<usize>, Range<usize>)) -> usize {
    let (text, raw) = (text.as_bytes(), raw.as_bytes());
    let blank = |byte: u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
    let is_letter = |byte: u8| matches!(byte, b'!'..=b'~') && byte != b'\'';
    let (mut t, mut r) = (0, 0);
    while t < text.len() && r < raw.len() {
        // Most of a text is the same on both sides, and one piece.
        let same = text[t..].iter().zip(&raw[r..]).take_while(|(text, raw)| text == raw && is_letter(**raw)).count();
        if same > 0 {
            each(t..t + same, r..r + same);
            (t, r) = (t + same, r + same);
            continue;
        }
        // Characters that aren't allowed on a page were dropped from the text.
        if let Some(length) = forbidden_length(&raw[r..]) {
            r += length;
            continue;
        }
        let (from, stands) = (t, r);
        if text[t] == raw[r] && !(blank(raw[r]) && raw.get(r + 1).is_some_and(|next| blank(*next))) {
            let twice = doubles && text[t] == b'\'' && raw.get(r + 1) == Some(&b'\'');
            t += 1;
            r += 1 + usize::from(twice);
        } else if blank(text[t]) && blank(raw[r]) {
            t += text[t..].iter().take_while(|byte| blank(**byte)).count();
            r += raw[r..].iter().take_while(|byte| blank(**byte)).count();
            // In a quotation, each line begins with the quotation's marks.
            if text.get(t) != Some(&b'>') && raw[stands..r].contains(&b'\n') {
                r += raw[r..].iter().take_while(|byte| blank(**byte) || **byte == b'>').count();
            }
        } else if text[t] == b'|' && raw[r..].starts_with(b"\\|") {
            // In a table, a bar must be escaped even in code.
            t += 1;
            r += 2;
        } else {
            break;
        }
        each(from..t, stands..r);
    }
    t
}

/// Where one byte of a text is.
fn byte(runs: &[Run], at: u32) -> Option<TextRange> {
    let next = runs.partition_point(|run| run.at <= at);
    let (run, next) = (runs.get(next.checked_sub(1)?)?, runs.get(next)?);
    if run.stands == NOWHERE {
        return None;
    }
    if run.stands.end - run.stands.start != next.at - run.at {
        return Some(run.stands);
    }
    let start = run.stands.start + at - run.at;
    Some(TextRange { start, end: start + 1 })
}

/// Builds the map of a text made from pieces of another, `outer`: for example, of what Markdown says in a YAML scalar.
pub struct RunsBuilder<'m> {
    outer: &'m SourceMap,
    runs: Vec<Run>,
    /// How much of the text has runs so far.
    len: u32,
}

impl<'m> RunsBuilder<'m> {
    /// An empty builder.
    #[must_use]
    pub fn new(outer: &'m SourceMap) -> Self {
        Self { outer, runs: Vec::new(), len: 0 }
    }

    /// Records that `len` bytes of the text, from `at` on, are at `source` in the outer text.
    pub fn add(&mut self, at: usize, len: usize, source: Range<usize>) {
        match &self.outer.0 {
            Runs::List(runs, _) if source.len() == len => {
                // A piece that is unchanged in the outer text is cut wherever that one is.
                let from = runs.partition_point(|run| run.at as usize <= source.start).saturating_sub(1);
                for pair in runs[from..].windows(2).take_while(|pair| (pair[0].at as usize) < source.end) {
                    let start = source.start.max(pair[0].at as usize);
                    let end = source.end.min(pair[1].at as usize);
                    let is_followed = pair[0].stands != NOWHERE;
                    let stands = if is_followed { self.outer.place(start..end) } else { NOWHERE };
                    self.push(at + start - source.start, end - start, stands);
                }
            }
            Runs::List(_, whole) => {
                let stands = Some(self.outer.place(source)).filter(|stands| stands != whole).unwrap_or(NOWHERE);
                self.push(at, len, stands);
            }
            Runs::Verbatim(_) => self.push(at, len, self.outer.place(source)),
        }
    }

    /// Records that `text`, which begins at `at`, is folded at `source`, where the outer text has `raw`.
    pub fn add_folded(&mut self, at: usize, text: &str, raw: &str, source: Range<usize>) {
        let followed = follow(text, raw, false, |part, stands| {
            self.add(at + part.start, part.len(), source.start + stands.start..source.start + stands.end);
        });
        self.add(at + followed, text.len() - followed, source);
    }

    fn push(&mut self, at: usize, len: usize, stands: TextRange) {
        let (at, len) = (at as u32, len as u32);
        if len == 0 {
            return;
        }
        self.fill(at);
        self.len = at + len;
        if let Some(last) = self.runs.last_mut()
            && is_verbatim(stands, len)
            && is_verbatim(last.stands, at - last.at)
            && last.stands.end == stands.start
        {
            last.stands.end = stands.end;
            return;
        }
        self.runs.push(Run { at, stands });
    }

    /// Bytes up to `at` that nobody recorded map to nothing.
    fn fill(&mut self, at: u32) {
        if self.len < at {
            self.runs.push(Run { at: self.len, stands: NOWHERE });
        }
    }

    /// The map of the text, which is `len` bytes long. `whole` is used for what can't be located.
    #[must_use]
    pub fn finish(mut self, len: usize, whole: TextRange) -> SourceMap {
        let len = len as u32;
        if let [Run { at: 0, stands }] = self.runs[..]
            && self.len == len
            && is_verbatim(stands, len)
        {
            return SourceMap(Runs::Verbatim(stands.start));
        }
        self.fill(len);
        self.runs.push(Run { at: len, stands: NOWHERE });
        SourceMap(Runs::List(exact(self.runs).into(), whole))
    }
}

fn is_verbatim(stands: TextRange, len: u32) -> bool {
    stands != NOWHERE && stands.end - stands.start == len
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(value: &str, raw: &str) -> SourceMap {
        SourceMap::of_scalar(value, raw, TextRange::new(0, raw.len()))
    }

    fn found(value: &str, raw: &str, needle: &str) -> String {
        let start = value.find(needle).unwrap();
        map(value, raw).place(start..start + needle.len()).of(raw).to_owned()
    }

    #[test]
    fn follows_values_into_the_file() {
        assert_eq!(found("see [[a]] now", "see [[a]] now", "[[a]]"), "[[a]]");
        assert_eq!(found("see [[a]]", "\"see [[a]]\"", "[[a]]"), "[[a]]");
        assert_eq!(found("it's [[a]]", "'it''s [[a]]'", "[[a]]"), "[[a]]");
        assert_eq!(found("'a' b", "'''a'' b'", "a' b"), "a'' b");
        assert_eq!(found("'a' b", "'a' b", "'a'"), "'a'");
        assert_eq!(found("\"a\" b", "\"\\\"a\\\" b\"", "a"), "\"\\\"a\\\" b\"");
        assert_eq!(found("one two [[a]] three", "one\n    two [[a]]\n    three\n", "[[a]]"), "[[a]]");
        assert_eq!(found("one [[a|b c]]", "one [[a|b\n    c]]\n", "[[a|b c]]"), "[[a|b\n    c]]");
        // After an escape nothing is certain, and the whole scalar is shown.
        assert_eq!(found("x\ty [[a]]", "\"x\\ty [[a]]\"", "[[a]]"), "\"x\\ty [[a]]\"");
        assert_eq!(found("wo\ty", "\"wo\\ty\"", "wo"), "wo");
    }

    #[test]
    fn what_is_written_another_way_stands_as_a_whole() {
        assert_eq!(found("it's", "'it''s'", "'"), "''");
        assert_eq!(found("it's", "'it''s'", "s"), "s");
        assert_eq!(found("one two", "one\n    two", " "), "\n    ");
        assert_eq!(map("one two", "one\n  two").place(4..4), TextRange::new(6, 6));
        assert_eq!(map("one two", "one\n  two").place(7..7), TextRange::new(9, 9));
    }

    #[test]
    fn maps_follow_each_other() {
        // A text made of a folded scalar: `b` was left out, and `&amp;` became one character.
        let (value, raw) = ("a &amp; **b c** d", "a\n  &amp; **b\n  c** d");
        let outer = map(value, raw);
        let mut runs = RunsBuilder::new(&outer);
        let text = "a & b c d";
        for (at, len, source) in [(0, 2, 0..2), (2, 1, 2..7), (3, 1, 7..8), (4, 3, 10..13), (7, 2, 15..17)] {
            runs.add(at, len, source);
        }
        let map = runs.finish(text.len(), TextRange::new(0, raw.len()));
        let of = |part: Range<usize>| map.place(part).of(raw);
        assert_eq!(of(2..3), "&amp;");
        assert_eq!(of(4..7), "b\n  c");
        assert_eq!(of(8..9), "d");
        assert_eq!(of(0..9), raw);
    }

    #[test]
    fn a_text_in_pieces_that_lie_side_by_side_needs_no_list() {
        let outer = SourceMap::verbatim(10);
        let mut runs = RunsBuilder::new(&outer);
        runs.add(0, 3, 2..5);
        runs.add(3, 4, 5..9);
        assert_eq!(runs.finish(7, TextRange::new(10, 20)), SourceMap::verbatim(12));
    }
}
