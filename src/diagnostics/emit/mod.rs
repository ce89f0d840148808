//! The output formats for findings: one file per format, each a function from findings to text.

pub mod github;
pub mod human;
pub mod json;
pub mod sarif;
pub mod short;

use std::collections::BTreeMap;

use crate::base::{FileId, LineIndex, Span, TextRange};

/// What an emitter needs to know about files: path and text by id.
pub trait Texts {
    /// The path to show, relative to the site's folder.
    fn path(&self, file: FileId) -> &str;
    /// The whole text.
    fn text(&self, file: FileId) -> &str;
}

/// A line and a column, both counted from one; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A span in the form that other programs expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location<'t> {
    /// The file, relative to the site's folder.
    pub path: &'t str,
    /// The first character.
    pub start: Position,
    /// The position after the last character; line breaks at the end of a span are not part of it.
    pub end: Position,
}

/// Works out lines and columns, and indexes the lines of each file only once.
pub struct Places<'t> {
    texts: &'t dyn Texts,
    indices: BTreeMap<FileId, LineIndex>,
    /// Where the last span began. The next column is counted from there, because a line may be long.
    last: Option<(FileId, u32, Position)>,
}

impl<'t> Places<'t> {
    /// Positions in `texts`.
    #[must_use]
    pub fn new(texts: &'t dyn Texts) -> Self {
        Self { texts, indices: BTreeMap::new(), last: None }
    }

    /// Where a span begins and ends.
    pub fn of(&mut self, span: Span) -> Location<'t> {
        let text = self.texts.text(span.file);
        let index = self.indices.entry(span.file).or_insert_with(|| LineIndex::new(text));
        let from = |last: Option<(FileId, u32, Position)>, offset: u32| {
            let further = last.filter(|(file, ..)| *file == span.file).and_then(|(_, before, position)| {
                let between = text
                    .get(before as usize..offset as usize)
                    .filter(|text| index.line(offset) == position.line && !text.starts_with('\u{feff}'))?;
                Some(Position { column: position.column + between.chars().count(), ..position })
            });
            further.unwrap_or_else(|| {
                let (line, column) = index.line_column(text, offset);
                Position { line, column }
            })
        };
        let TextRange { start, end } = span.range;
        let shown = span.range.of(text).trim_end_matches(['\r', '\n']).len();
        let end = if shown > 0 { start + shown as u32 } else { end };
        let first = from(self.last, start);
        self.last = Some((span.file, start, first));
        Location { path: self.texts.path(span.file), start: first, end: from(self.last, end) }
    }
}

/// Puts a text on one line and removes control characters: what an author wrote must neither break a line of a report nor
/// control a terminal.
#[must_use]
pub fn one_line(text: &str) -> String {
    let sign = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    text.lines().map(|line| line.chars().map(sign).collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two findings in `content/a.md` of a site, one without a place, and their texts.
    pub(super) fn findings() -> (Vec<crate::diagnostics::Diagnostic>, impl Texts) {
        use crate::diagnostics::{Diagnostic, Fix, code};

        struct One;
        impl Texts for One {
            fn path(&self, _: FileId) -> &'static str {
                "content/a.md"
            }
            fn text(&self, _: FileId) -> &'static str {
                "---\ntitle: Ä\n---\nSee [[nobody]].\n"
            }
        }
        let span = |start: usize, end: usize| Span { file: FileId(0), range: TextRange::new(start, end) };
        let findings = vec![
            Diagnostic::error(code::UNKNOWN_ID, span(22, 32), "there is no record `nobody`")
                .help("did you mean `noboby`?")
                .fix(Fix::guess(span(24, 30), "noboby"))
                .label(span(4, 13), "100 %, named: here"),
            Diagnostic::warning(code::PLACEHOLDER, span(0, 4), "two\nlines, 50 %"),
            Diagnostic::placeless(code::TEMPLATE, "a template failed"),
        ];
        (findings, One)
    }

    #[test]
    fn places_count_characters_and_end_before_the_line_end() {
        let (findings, texts) = findings();
        let mut places = Places::new(&texts);
        let mut of = |at: usize| places.of(findings[at].span.unwrap());
        let at = |line, column| Position { line, column };
        assert_eq!(of(0), Location { path: "content/a.md", start: at(4, 5), end: at(4, 15) });
        assert_eq!(of(1), Location { path: "content/a.md", start: at(1, 1), end: at(1, 4) });
    }

    #[test]
    fn places_are_the_same_in_any_order() {
        struct One(String);
        impl Texts for One {
            fn path(&self, _: FileId) -> &'static str {
                "a"
            }
            fn text(&self, _: FileId) -> &str {
                &self.0
            }
        }
        let one = One("\u{feff}é a\r\nzwei ü 漢\n\nx".to_owned());
        let index = LineIndex::new(&one.0);
        let spans = |at: usize| Span { file: FileId(0), range: TextRange::new(at, at + 1) };
        let all: Vec<usize> = (0..one.0.len()).collect();
        for order in [all.clone(), all.iter().rev().copied().collect(), all.iter().flat_map(|at| [*at, at / 2]).collect()] {
            let mut places = Places::new(&one);
            for at in order {
                let (line, column) = index.line_column(&one.0, at as u32);
                assert_eq!(places.of(spans(at)).start, Position { line, column }, "{at}");
            }
        }
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(one_line("a\r\nb\u{1b}[31m\n::error::c"), "a b\u{fffd}[31m ::error::c");
    }
}
