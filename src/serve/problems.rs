//! The problems of a site, in the form that the bar in the browser shows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::desk::mend::{self, Offer};
use crate::base::{FileId, LineIndex};
use crate::diagnostics::Diagnostic;
use crate::source::SourceTree;

/// How many are listed. If there are more, these are the ones to start with.
const SHOWN: usize = 200;

/// How much of a line is shown before and after the location, in characters.
const AROUND: usize = 80;

/// One problem.
#[derive(Debug, Serialize)]
pub struct Problem {
    severity: &'static str,
    code: &'static str,
    message: String,
    help: Option<String>,
    /// Its location; `None` if none of the author's files is at fault.
    place: Option<Location>,
    /// The fix that a button can apply, if there is one and records may be edited.
    fix: Option<Offer>,
}

/// A location, and the text there.
#[derive(Debug, Serialize)]
pub struct Location {
    file: String,
    line: usize,
    column: usize,
    /// The line before the location, the location itself, and the line after it.
    before: String,
    marked: String,
    after: String,
}

/// The problems, worst first; within a severity, in the order in which they are printed.
#[must_use]
pub fn list<'d>(found: impl Iterator<Item = &'d Diagnostic>, tree: &SourceTree, may_edit: bool) -> Vec<Problem> {
    let mut found: Vec<&Diagnostic> = found.collect();
    found.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
    found.truncate(SHOWN);
    // Index the lines of each file only once.
    let mut indices = Indices::new();
    found
        .into_iter()
        .map(|diagnostic| Problem {
            severity: diagnostic.severity.word(),
            code: diagnostic.code.0,
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            place: place_in(&mut indices, diagnostic, tree),
            fix: if may_edit { mend::offer(diagnostic, tree) } else { None },
        })
        .collect()
}

/// The location of a problem; `None` if none of the author's files is at fault.
#[must_use]
pub fn locate(diagnostic: &Diagnostic, tree: &SourceTree) -> Option<Location> {
    place_in(&mut Indices::new(), diagnostic, tree)
}

/// Where the lines of each file begin.
type Indices = BTreeMap<FileId, LineIndex>;

fn place_in(indices: &mut Indices, diagnostic: &Diagnostic, tree: &SourceTree) -> Option<Location> {
    let span = diagnostic.span?;
    let file = tree.files.get(span.file)?;
    let text = file.text.as_str();
    let index = indices.entry(span.file).or_insert_with(|| LineIndex::new(text));
    let (line, column) = index.line_column(text, span.range.start);
    let bytes = span.range.bytes();
    let (before, marked, after) = excerpt(text, bytes.start, bytes.end);
    Some(Location { file: file.path.clone(), line, column, before, marked, after })
}

/// The line around a location, in three pieces, cut if it is long.
fn excerpt(text: &str, start: usize, end: usize) -> (String, String, String) {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(start);
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
    let end = floor(end).clamp(start, to);
    let before = text[from..start].trim_start_matches('\u{feff}');
    (ending(before), beginning(&text[start..end]), beginning(&text[end..to]))
}

/// The beginning of a text: as many whole words as fit, and “…” for the rest. A word that takes up half of the space is
/// itself cut.
fn beginning(text: &str) -> String {
    let Some((room, _)) = text.char_indices().nth(AROUND) else { return text.to_owned() };
    // One more character, because a word may end exactly at the limit.
    let last = text[..room].len() + text[room..].chars().next().map_or(0, char::len_utf8);
    let word = text[..last].rfind(char::is_whitespace).filter(|at| *at >= room / 2);
    format!("{}…", text[..word.unwrap_or(room)].trim_end())
}

/// The end of a text, cut like [`beginning`].
fn ending(text: &str) -> String {
    let Some((first, _)) = text.char_indices().rev().nth(AROUND) else { return text.to_owned() };
    let cut = &text[first..];
    let room = cut.len() / 2;
    let word = cut.find(char::is_whitespace).filter(|at| *at <= room);
    let rest = word.map_or_else(|| cut.chars().skip(1).collect(), |at| cut[at..].trim_start().to_owned());
    format!("…{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Span, TextRange};
    use crate::diagnostics::code;
    use crate::source::tree::BOOK;

    #[test]
    fn the_line_is_shown_around_the_place() {
        let text = "\u{feff}first\r\nsecond [[é]] here\r\nlast";
        let start = text.find("[[").unwrap();
        let piece = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(excerpt(text, start, start + 6), piece("second ", "[[é]]", " here"));
        assert_eq!(excerpt(text, 3, 900), piece("", "first", ""));
        assert_eq!(excerpt(text, 900, 901), piece("last", "", ""));
        assert_eq!(excerpt("", 0, 1), piece("", "", ""));
    }

    #[test]
    fn long_lines_are_cut_between_words() {
        let words = "años ".repeat(30);
        let text = format!("{words}[[x]] {words}");
        let (before, marked, after) = excerpt(&text, words.len(), words.len() + 5);
        assert_eq!((before, marked.as_str()), (format!("…{}", "años ".repeat(16)), "[[x]]"));
        assert_eq!(after, format!("{}…", " años".repeat(16)));
        // A text without spaces is cut anyway.
        let long = "é".repeat(200);
        assert_eq!(beginning(&long), format!("{}…", "é".repeat(AROUND)));
        assert_eq!(ending(&long), format!("…{}", "é".repeat(AROUND)));
        assert_eq!((beginning("as it is "), ending(" as it is")), ("as it is ".to_owned(), " as it is".to_owned()));
    }

    #[test]
    fn the_worst_comes_first() {
        let tree = SourceTree::new("a\nbc\n");
        let span = Span { file: BOOK, range: TextRange::new(3, 4) };
        let found = [
            Diagnostic::warning(code::PLACEHOLDER, span, "soft"),
            Diagnostic::error(code::BAD_VALUE, span, "hard").help("fix it"),
        ];
        let list = list(found.iter(), &tree, false);
        let json = serde_json::to_value(&list).unwrap();
        assert_eq!(json[0]["message"], "hard");
        assert_eq!(
            json[0]["place"],
            serde_json::json!({"file": "book.toml", "line": 2, "column": 2, "before": "b", "marked": "c", "after": ""})
        );
        assert_eq!(json[1]["severity"], "warning");
    }
}
