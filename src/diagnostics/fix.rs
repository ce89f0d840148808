//! Edits to files that fix a problem, as data.

use crate::base::{Span, TextRange};

/// Edits that fix a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What to write where. No two edits touch.
    pub edits: Vec<Edit>,
    /// Whether the author must have meant exactly this. Other fixes, such as the nearest known id, need a person to accept
    /// them.
    pub safe: bool,
}

/// A replacement for a range of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What it replaces.
    pub span: Span,
    /// What to write there instead.
    pub text: String,
}

impl Fix {
    /// A fix that is certain to be what the author meant.
    pub fn safe(span: Span, text: impl Into<String>) -> Self {
        Self { edits: vec![Edit { span, text: text.into() }], safe: true }
    }

    /// A change that is a guess.
    pub fn guess(span: Span, text: impl Into<String>) -> Self {
        Self { safe: false, ..Self::safe(span, text) }
    }

    /// A guess that `name` should be `text`. `name` is at `span` of `file`, in brackets, in quotes or bare; `None` if it is
    /// not there.
    #[must_use]
    pub fn rename(span: Span, file: &str, name: &str, text: &str) -> Option<Self> {
        let written = span.range.of(file);
        let before = written.find(name).filter(|_| !name.is_empty())?;
        let is_mark = |c: char| matches!(c, '[' | '@' | '{' | '-' | '"' | '\'' | ' ');
        if !written[..before].chars().all(is_mark) {
            return None;
        }
        let start = span.range.bytes().start + before;
        let range = TextRange::new(start, start + name.len());
        Some(Self::guess(Span { range, ..span }, text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::FileId;
    use crate::diagnostics::{Diagnostic, code};

    fn span(start: usize, end: usize) -> Span {
        Span { file: FileId(0), range: TextRange::new(start, end) }
    }

    #[test]
    fn a_name_is_changed_in_its_place_and_nowhere_else() {
        let renamed = |file: &str, name: &str| {
            let fix = Fix::rename(span(0, file.len()), file, name, "new")?;
            let Edit { span, text } = &fix.edits[0];
            assert!(!fix.safe);
            let bytes = span.range.bytes();
            Some([&file[..bytes.start], text, &file[bytes.end..]].concat())
        };
        assert_eq!(renamed("[[a#b|a word]]", "a").as_deref(), Some("[[new#b|a word]]"));
        assert_eq!(renamed("@{odd key}", "odd key").as_deref(), Some("@{new}"));
        assert_eq!(renamed("\"a\"", "a").as_deref(), Some("\"new\""));
        assert_eq!(renamed("see [[a]]", "a"), None);
        assert_eq!(renamed("[[b]]", "a"), None);
    }

    #[test]
    fn a_fix_moves_with_its_record() {
        let mut found = Diagnostic::error(code::UNKNOWN_ID, span(2, 3), "x").fix(Fix::safe(span(2, 3), "y"));
        found.relocate(FileId(4), 10);
        let moved = Span { file: FileId(4), range: TextRange::new(12, 13) };
        assert_eq!((found.span, found.fix.unwrap().edits[0].span), (Some(moved), moved));
    }
}
