//! Code, inline and in blocks.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, TagEnd};

use super::build::{Build, Located};
use super::lines::GUARD;
use crate::syntax::markdown::ops::{Op, Slice, Tag};
use crate::syntax::markdown::sink::{Fence, Fenced};
use crate::syntax::source_map::RunsBuilder;

/// A piece of code, and where it is in the text.
type Piece = (Range<usize>, Range<usize>);

impl<'b> Build<'b> {
    /// Keeps inline code, whose backticks are part of `span`.
    pub(super) fn store_code(&mut self, text: &str, span: Range<usize>) -> Slice {
        let written = &self.source()[span.clone()];
        let ticks = written.bytes().take_while(|byte| *byte == b'`').count();
        let mut inner = span.start + ticks..(span.end.saturating_sub(ticks)).max(span.start + ticks);
        // A blank at each end doesn't count if the code has other characters.
        let blank = |c: char| matches!(c, ' ' | '\n');
        let raw = &self.source()[inner.clone()];
        if raw.len() > text.len() && raw.starts_with(blank) && raw.ends_with(blank) && !text.starts_with(' ') {
            inner = inner.start + 1..inner.end - 1;
        }
        self.writer.store_folded(text, inner)
    }

    /// A code block: one of ours, if the sink says so.
    #[expect(clippy::needless_pass_by_value, reason = "an event is destructured")]
    pub(super) fn code_block<'e>(
        &mut self,
        kind: CodeBlockKind<'_>,
        span: Range<usize>,
        events: &mut dyn Iterator<Item = Located<'e>>,
    ) {
        let info = match &kind {
            CodeBlockKind::Fenced(info) => info.trim(),
            CodeBlockKind::Indented => "",
        };
        let is_last = self.source()[span.end..].trim().is_empty();
        let (marks, is_closed) = match &kind {
            CodeBlockKind::Fenced(_) => self.fence(span.clone()),
            CodeBlockKind::Indented => ("", true),
        };
        let (language, behind) = info.split_once(char::is_whitespace).unwrap_or((info, ""));
        let (content, lines) = self.lines(events);
        let first = span.start..span.start + self.source()[span].lines().next().unwrap_or("").len();
        let opening = self.place(first.clone());
        let mut runs = RunsBuilder::new(self.writer.source.map);
        for (part, source) in &lines {
            runs.add(part.start, part.len(), source.clone());
        }
        let map = runs.finish(content.len(), opening);
        match self.sink.fence(&Fence {
            marks,
            is_closed,
            is_last,
            name: language,
            behind,
            content: &content,
            opening,
            map: &map,
        }) {
            Fenced::Code => {
                let language = self.writer.store(language, first);
                let tag = Tag::CodeBlock(self.writer.out.parts_mut().languages.push(language));
                let empty = self.writer.store("", 0..0);
                let lines = lines.into_iter().map(|(part, source)| self.writer.store(&content[part], source));
                let text = lines.fold(empty, Slice::through);
                self.writer.out.ops.extend([Op::Open(tag), Op::Text(text), Op::Close(tag)]);
            }
            Fenced::Refused => {}
            Fenced::Block(index) => self.push(Op::Block(index)),
        }
    }

    /// The fence that code opens with, and whether it is closed by the same.
    fn fence(&self, span: Range<usize>) -> (&'b str, bool) {
        let source = self.source();
        let written = source[span.clone()].trim();
        let mark = written.chars().next().unwrap_or('`');
        let marks = &written[..written.len() - written.trim_start_matches(mark).len()];
        let last = written.rsplit_once('\n').map_or("", |(_, last)| last.trim_start_matches([' ', '\t', '>']));
        (marks, last.starts_with(marks) && last.trim_start_matches(mark).is_empty())
    }

    /// The characters of a code block, and where each piece of them is. The marks of lists and quotations are between
    /// the pieces, and a Windows line end is one character here and two in the file.
    fn lines<'e>(&self, events: &mut dyn Iterator<Item = Located<'e>>) -> (String, Vec<Piece>) {
        let mut content = String::new();
        let mut lines = Vec::new();
        for (event, span) in events {
            match event {
                Event::Text(text) => {
                    let rest = self.source().get(span.start..).unwrap_or("");
                    let source = if rest.starts_with(&*text) { span.start..span.start + text.len() } else { span };
                    let text = text.replace(GUARD, "");
                    lines.push((content.len()..content.len() + text.len(), source));
                    content.push_str(&text);
                }
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        (content, lines)
    }
}
