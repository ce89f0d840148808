//! Comments, `<!-- … -->`: removed before anything else is parsed, so that a text is the same as if nobody had typed
//! them.
//!
//! To CommonMark a comment is HTML, and a line that begins with one is HTML to its end. Nothing after it would be
//! parsed.

use std::ops::Range;

use pulldown_cmark::{self as cmark, Event};

use super::lines::guarded;
use super::{Mode, Source, too_deep};
use crate::base::{FileId, Span};
use crate::diagnostics::{Diagnostic, code};
use crate::syntax::edited::Edited;
use crate::syntax::markdown::sink::Sink;

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// How often a text is parsed again because a comment changed what follows it.
const CAREFUL_READINGS: usize = 32;

/// How often a text is parsed again at all. Only comments made of comments need more.
const READINGS: usize = 64;

/// A text without its comments; `None` if it has none.
pub(super) fn without(source: Source<'_>, mode: Mode, sink: &mut dyn Sink) -> Option<Edited> {
    if !source.text.contains(OPEN) {
        return None;
    }
    let mut text = Edited::default();
    text.keep(source.text, 0..source.text.len());
    let mut complain = |part: Range<usize>, message: &str, help: &str| {
        let span = Span { file: FileId(0), range: source.map.place(part) };
        sink.lists().findings.push(Diagnostic::error(code::BAD_MARKDOWN, span, message).help(help));
    };
    for reading in 0.. {
        let found = find(&text.text, mode, reading < CAREFUL_READINGS);
        if let Some(&Range { start, .. }) = found.first().filter(|_| reading == READINGS) {
            let place = text.back(&(start..start + OPEN.len()));
            complain(place, "this comment is inside other comments", "separate the comments, or remove them");
            return Some(Edited::default());
        }
        let is_open = found.last().is_some_and(|last| last.end > text.text.len());
        if let Some(last) = found.last().filter(|_| is_open) {
            let place = text.back(&(last.start..last.start + OPEN.len()));
            let help = "write `-->` where it ends; to show the mark itself, write `\\<!--` or put it in `backticks`";
            complain(place, "this comment is never closed", help);
        }
        if found.is_empty() {
            break;
        }
        let lines = Lines::of(&text.text);
        let parts: Vec<_> = found.into_iter().map(|comment| with_blanks(&lines, comment)).collect();
        text = text.without(&parts);
        if is_open {
            break;
        }
    }
    Some(text)
}

/// The comments of a text; one that isn't closed ends with the text. If `is_careful`, any after a comment that changes
/// how the rest is parsed are left for the next pass.
fn find(text: &str, mode: Mode, is_careful: bool) -> Vec<Range<usize>> {
    let seen = Seen::of(text, mode);
    let mut code = seen.code.iter().peekable();
    let mut comments = Vec::new();
    let mut at = 0;
    while let Some(skip) = text[at..].find(OPEN) {
        let start = at + skip;
        while code.next_if(|code| code.end <= start).is_some() {}
        if let Some(code) = code.peek().filter(|code| code.start <= start) {
            at = code.end;
            continue;
        }
        if text[..start].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1 {
            at = start + OPEN.len();
            continue;
        }
        let Some(end) = end(text, start) else {
            comments.push(start..text.len() + 1);
            break;
        };
        let comment = start..end;
        at = end;
        let is_plain = seen.as_comment(&comment);
        comments.push(comment);
        if is_careful && !is_plain {
            break;
        }
    }
    comments
}

/// Where a comment ends, including any that follow it on the same line with only blanks in between.
fn end(text: &str, start: usize) -> Option<usize> {
    let mut end = end_of_one(text, start)?;
    loop {
        let next = text.len() - text[end..].trim_start_matches([' ', '\t']).len();
        match text[next..].starts_with(OPEN).then(|| end_of_one(text, next)).flatten() {
            Some(further) => end = further,
            None => return Some(end),
        }
    }
}

fn end_of_one(text: &str, start: usize) -> Option<usize> {
    let inner = start + OPEN.len();
    // `<!-->` and `<!--->` are empty comments.
    let short = [">", "->"].into_iter().find(|close| text[inner..].starts_with(close));
    short.map(|close| inner + close.len()).or_else(|| Some(inner + text[inner..].find(CLOSE)? + CLOSE.len()))
}

/// A comment with the blanks that nobody would have typed without it: its whole line, if the line has nothing else;
/// otherwise those on one side, so that one blank stays between two words.
fn with_blanks(lines: &Lines<'_>, comment: Range<usize>) -> Range<usize> {
    let text = lines.text;
    let (start, end) = (comment.start, comment.end.min(text.len()));
    let line_start = lines.at(start).start;
    let line_end = lines.at(end).end;
    let before = &text[line_start..start];
    let ends_line = text[end..line_end].trim().is_empty();
    let is_blank = |c: char| matches!(c, ' ' | '\t');
    if ends_line && before.chars().all(|c| is_blank(c) || c == '>') {
        return line_start..line_end;
    }
    // After the mark of a list item, a blank is part of that mark.
    let is_mark = before.chars().all(|c| is_blank(c) || c.is_ascii_digit() || "->+*.)".contains(c));
    if ends_line && !is_mark {
        return line_start + before.trim_end_matches(is_blank).len()..end;
    }
    let blanks = text[end..].len() - text[end..].trim_start_matches(is_blank).len();
    let has_gap = before.is_empty() || before.ends_with(is_blank);
    if has_gap { start..end + blanks } else { start..end }
}

/// A text with its line ends, which are looked up for each comment.
struct Lines<'t> {
    text: &'t str,
    ends: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, ends: text.match_indices('\n').map(|(at, _)| at + 1).collect() }
    }

    /// The line with the byte at `at`, including its end.
    fn at(&self, at: usize) -> Range<usize> {
        let next = self.ends.partition_point(|end| *end <= at);
        let start = next.checked_sub(1).map_or(0, |last| self.ends[last]);
        start..self.ends.get(next).copied().unwrap_or(self.text.len())
    }
}

/// What the Markdown library finds in a text that still has its comments. All lists are in order.
struct Seen<'t> {
    code: Vec<Range<usize>>,
    html: Vec<Range<usize>>,
    lines: Lines<'t>,
    /// Where there are marks that open code.
    marks: Vec<usize>,
}

impl<'t> Seen<'t> {
    fn of(text: &'t str, mode: Mode) -> Self {
        let marks = text.match_indices(['`', '~']).map(|(at, _)| at).collect();
        let mut seen = Self { code: Vec::new(), html: Vec::new(), lines: Lines::of(text), marks };
        match mode {
            // The text is refused anyway.
            Mode::Body if too_deep(text).is_some() => {}
            Mode::Body => seen.read(text, |span| span),
            Mode::Inline => {
                let guarded = guarded(text);
                seen.read(&guarded.text, |span| guarded.back(&span));
            }
        }
        seen
    }

    fn read(&mut self, text: &str, place: impl Fn(Range<usize>) -> Range<usize>) {
        for (event, span) in cmark::Parser::new_ext(text, super::constructs()).into_offset_iter() {
            match event {
                Event::Code(_) | Event::Start(cmark::Tag::CodeBlock(_)) => self.code.push(place(span)),
                Event::InlineHtml(_) | Event::Start(cmark::Tag::HtmlBlock) => self.html.push(place(span)),
                _ => {}
            }
        }
    }

    /// Whether the library read a comment as one, so that what it says about the text after it holds without the
    /// comment too.
    fn as_comment(&self, comment: &Range<usize>) -> bool {
        let next = self.html.partition_point(|html| html.start <= comment.start);
        let Some(html) = self.html[..next].last().filter(|html| html.end >= comment.end) else {
            return false;
        };
        // The library didn't look at what follows on the line of an HTML block.
        let mark = self.marks.get(self.marks.partition_point(|mark| *mark < comment.end));
        html == comment || mark.is_none_or(|mark| *mark >= self.lines.at(comment.end).end)
    }
}
