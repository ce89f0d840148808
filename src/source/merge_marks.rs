//! Finds conflicts that git left in a file, and restores the file as it was before the merge.

use std::ops::Range;

use memchr::memmem;

use crate::base::{FileId, Span, TextRange};
use crate::diagnostics::{Diagnostic, Label, code};

/// How many conflicts of a file are reported.
const CONFLICTS: usize = 20;

/// Two versions of some lines, or a marker that someone left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// All its lines, including the markers.
    pub lines: Range<usize>,
    /// The first marker, without its line break.
    mark: Range<usize>,
    /// The line that ends the conflict, unless that is the same line.
    last: Option<Range<usize>>,
    /// The markers and the other version.
    cut: Vec<Range<usize>>,
}

/// The conflicts in `text`. A quick search rules out nearly every text.
#[must_use]
pub fn find(text: &str) -> Vec<Conflict> {
    let bytes = text.as_bytes();
    if memmem::find(bytes, b"<<<<<<<").is_none() && memmem::find(bytes, b">>>>>>>").is_none() {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut open: Option<(Conflict, bool)> = None;
    let mut before = "";
    let mut lines = lines(text).peekable();
    while let Some((line, words)) = lines.next() {
        let mark = Mark::of(words);
        let after = lines.peek().map_or("", |(_, words)| *words);
        match (&mut open, mark) {
            (None, Some(Mark::Open)) => open = Some((Conflict::at(line.clone(), words), false)),
            // Seven quotation marks may be a real quotation if there are others around them.
            (None, Some(Mark::Close)) if !before.starts_with('>') && !after.starts_with('>') => {
                out.push(Conflict::at(line.clone(), words));
            }
            (None, _) => {}
            (Some((conflict, _)), Some(Mark::Close)) => {
                conflict.last = Some(line.start..line.start + words.len());
                conflict.lines.end = line.end;
                conflict.cut.push(line.clone());
                out.extend(open.take().map(|(conflict, _)| conflict));
            }
            (Some((conflict, is_theirs)), mark) => {
                *is_theirs |= matches!(mark, Some(Mark::Base | Mark::Middle));
                if *is_theirs || mark.is_some() {
                    conflict.cut.push(line.clone());
                }
            }
        }
        before = words;
    }
    if let Some((mut conflict, _)) = open {
        // Without the last marker nobody knows where the conflict ends; only this one line is certain.
        conflict.cut.truncate(1);
        out.push(conflict);
    }
    out
}

/// The findings for these conflicts.
#[must_use]
pub fn findings(text: &str, conflicts: &[Conflict], file: FileId) -> Vec<Diagnostic> {
    let span = |range: &Range<usize>| Span { file, range: TextRange::new(range.start, range.end) };
    let told = conflicts.iter().take(CONFLICTS).map(|conflict| {
        let Conflict { mark, last, .. } = conflict;
        let words = &text[mark.clone()];
        let message = match last {
            Some(_) => format!("`{words}` starts an unresolved git merge conflict"),
            None => format!("`{words}` is a leftover marker of a git merge conflict"),
        };
        let mut found = Diagnostic::error(code::MERGE_MARKER, span(mark), message);
        found
            .labels
            .extend(last.iter().map(|last| Label { span: span(last), message: "the conflict ends here".to_owned() }));
        found.help(match last {
            Some(_) => "keep the right lines, and delete the others and the markers `<<<<<<<`, `=======` and `>>>>>>>`",
            None => "check the lines around it, and delete this one",
        })
    });
    told.collect()
}

/// The text as it was before the merge. Removed parts become spaces, so that everything else keeps its position. Parsers
/// then report no further errors that only the markers cause.
#[must_use]
pub fn without(text: &str, conflicts: &[Conflict]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for part in conflicts.iter().flat_map(|conflict| &conflict.cut) {
        out.push_str(&text[from..part.start]);
        out.extend(
            text[part.clone()].bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }),
        );
        from = part.end;
    }
    out.push_str(&text[from..]);
    out
}

impl Conflict {
    fn at(line: Range<usize>, words: &str) -> Self {
        Self { mark: line.start..line.start + words.len(), lines: line.clone(), last: None, cut: vec![line] }
    }
}

#[derive(Clone, Copy)]
enum Mark {
    Open,
    Base,
    Middle,
    Close,
}

impl Mark {
    /// If a line is a marker: seven signs and, after a space, the name of a version.
    fn of(line: &str) -> Option<Self> {
        let (signs, name) = line.split_at_checked(7)?;
        if !name.is_empty() && !name.starts_with(' ') {
            return None;
        }
        match signs {
            "<<<<<<<" => Some(Self::Open),
            "|||||||" => Some(Self::Base),
            "=======" => Some(Self::Middle),
            ">>>>>>>" => Some(Self::Close),
            _ => None,
        }
    }
}

/// Each line with its line break, and without line break and byte-order mark.
fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let mark = if at == 0 && line.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let range = at + mark..at + line.len();
        at = range.end;
        (range, line[mark..].trim_end_matches(['\n', '\r']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_before_the_merge_is_kept_where_it_stood() {
        let text = "a\r\n<<<<<<< HEAD\r\nours\r\n||||||| base\r\nold\r\n=======\r\nthéirs\r\n>>>>>>> main\r\nz\r\n";
        let found = find(text);
        assert_eq!(found.len(), 1);
        assert_eq!(&text[found[0].lines.clone()], &text[3..text.len() - 3]);
        let kept = without(text, &found);
        assert_eq!(kept.len(), text.len());
        assert_eq!(kept.split_whitespace().collect::<Vec<_>>(), ["a", "ours", "z"]);
        assert_eq!(kept.find("ours"), text.find("ours"));
    }

    #[test]
    fn remains_of_a_conflict_are_found_and_quotations_are_not() {
        let marks = |text: &str| find(text).iter().map(|found| text[found.mark.clone()].to_owned()).collect::<Vec<_>>();
        assert_eq!(marks("\u{feff}<<<<<<< HEAD\na\n"), ["<<<<<<< HEAD"]);
        assert_eq!(marks("a\n>>>>>>> main\nb\n"), [">>>>>>> main"]);
        assert_eq!(marks("<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n<<<<<<< c\nx\n=======\n>>>>>>> d\n").len(), 2);
        for text in [
            "Title\n=======\n",
            "> a\n>>>>>>> b\n",
            ">>>>>>>b\n",
            "  <<<<<<< HEAD\n",
            "<<<<<<<<< HEAD\n",
            "a <<<<<<< b\n",
            ">>>>>>> b\n> c\n",
        ] {
            assert_eq!(marks(text), [""; 0], "{text:?}");
        }
        let open = "<<<<<<< HEAD\na\n=======\nb\n";
        assert_eq!(without(open, &find(open)).trim_start(), "a\n=======\nb\n");
    }
}
