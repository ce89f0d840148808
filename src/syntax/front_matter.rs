//! The head of a Markdown file: YAML between two lines of three hyphens.

use std::ops::Range;

/// Where a file's front matter and body stand.
#[derive(Debug, PartialEq, Eq)]
pub struct Halves {
    /// The YAML, without its fences; `None` if the file begins with its body.
    pub head: Option<Range<usize>>,
    /// The Markdown.
    pub body: Range<usize>,
}

/// Splits a file. A byte-order mark is passed over, line ends may be either kind.
///
/// # Errors
/// The range of the opening fence if no second one follows.
pub fn split(text: &str) -> Result<Halves, Range<usize>> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = text[start..].split_inclusive('\n').scan(start, |at, line| {
        let range = *at..*at + line.len();
        *at = range.end;
        Some((range, line.trim_end()))
    });
    let Some((first, "---")) = lines.next() else {
        return Ok(Halves { head: None, body: start..text.len() });
    };
    for (range, line) in lines {
        if line == "---" || line == "..." {
            return Ok(Halves { head: Some(first.end..range.start), body: range.end..text.len() });
        }
    }
    Err(first.start..first.start + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_whatever_the_line_ends() {
        let text = "\u{feff}---\r\ntitle: x\r\n---\r\nBody\r\n";
        let halves = split(text).unwrap();
        assert_eq!(&text[halves.head.unwrap()], "title: x\r\n");
        assert_eq!(&text[halves.body], "Body\r\n");
        assert_eq!(split("Body\n---\n").unwrap(), Halves { head: None, body: 0..9 });
        assert_eq!(split("---\ntitle: x\n"), Err(0..3));
        assert_eq!(split("").unwrap(), Halves { head: None, body: 0..0 });
    }
}
