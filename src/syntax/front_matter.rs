//! The front matter of a Markdown file: YAML between two lines of three hyphens.

use std::ops::Range;

use super::node::{Kind, Node};
use super::yaml;
use super::yaml::split::{self, Layout};
use crate::base::TextRange;

/// Where a file's front matter and body are.
#[derive(Debug, PartialEq, Eq)]
pub struct Halves {
    /// The YAML, without its fences; `None` if the file has no front matter.
    pub head: Option<Range<usize>>,
    /// The Markdown.
    pub body: Range<usize>,
}

/// Splits a file. It skips a byte-order mark, and takes either kind of line ending.
///
/// # Errors
/// The range of the opening fence if there is no closing one.
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

/// The words of the first heading of a body, if that is its first line and the only heading of the first level that begins with
/// `#`; and the body below it. Other tools keep a title there.
#[must_use]
pub fn only_heading(text: &str, body: Range<usize>) -> Option<(TextRange, Range<usize>)> {
    let mut at = body.start;
    let mut found = None;
    let mut fence: Option<&str> = None;
    for line in text[body.clone()].split_inclusive('\n') {
        let words = line.trim_end();
        let marks = words.trim_start();
        let ticks = &marks[..marks.len() - marks.trim_start_matches(['`', '~']).len()];
        match fence {
            Some(open) if marks.len() == ticks.len() && ticks.starts_with(open) => fence = None,
            None if ticks.len() >= 3 => fence = Some(ticks),
            None if words.starts_with("# ") => {
                if found.is_some() {
                    return None;
                }
                let start = at + words.len() - words[1..].trim_start().len();
                let title = words[start - at..].trim_end_matches('#').trim_end();
                // What stands in braces is said of a heading, and would be read as words.
                if title.is_empty() || title.ends_with('}') {
                    return None;
                }
                found = Some((TextRange::new(start, start + title.len()), at + line.len()..body.end));
            }
            _ => {}
        }
        if found.is_none() && !words.is_empty() {
            return None;
        }
        at += line.len();
    }
    found
}

/// Something that was meant as front matter and isn't.
pub struct Missed {
    /// The line that it begins with.
    pub line: TextRange,
    /// What is wrong with it.
    pub message: &'static str,
    /// What to type instead.
    pub help: String,
}

/// Finds what a file without front matter begins with, if that was meant as front matter.
#[must_use]
pub fn missed(text: &str) -> Option<Missed> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len();
    let line = text[start..].lines().next()?.trim_end();
    let mut first = text[start..].lines().take_while(|line| !line.trim().is_empty()).skip(1).take(20);
    let mut has_title =
        |mark: &str| first.any(|line| line.trim_start_matches([' ', '\t', '"']).starts_with("title") && line.contains(mark));
    let (message, help) = match line {
        "+++" if has_title("=") => (
            "this front matter is in TOML, but only YAML is supported",
            "write `---` instead of `+++`, and `title: …` instead of `title = …`",
        ),
        "{" if has_title(":") => (
            "this front matter is in JSON, but only YAML is supported",
            "write `---` instead of the braces, and `title: …` on its own line",
        ),
        "---" if start > 0 && !text.starts_with("---") && has_title(":") => {
            ("front matter must come first in a file, but something comes before it", "remove everything before this line")
        }
        line if line.starts_with("title:") => {
            ("this front matter has no fences", "write `---` on its own line above it, and again below it")
        }
        _ => return None,
    };
    Some(Missed { line: TextRange::new(start, start + line.len()), message, help: help.to_owned() })
}

/// Front matter and body of a file whose front matter begins at `start` and is never closed: it ends at the first blank
/// line.
#[must_use]
pub fn guess(text: &str, start: usize) -> (Range<usize>, Range<usize>) {
    let start = text[start..].find('\n').map_or(text.len(), |end| start + end + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        at += line.len();
    }
    (start..at, at..text.len())
}

/// What can be read of front matter that isn't YAML because of `fault`: the keys that parse separately. Also returns
/// the lines that don't, and why.
#[must_use]
pub fn salvage(text: &str, fault: yaml::Fault) -> (Node, Vec<(Range<usize>, yaml::Fault)>) {
    let whole = TextRange::new(0, text.len());
    let mut entries = Vec::new();
    let mut faults = Vec::new();
    for lines in split::records(text, Layout::Map).unwrap_or_default() {
        if !split::is_item(&text[lines.clone()], Layout::Map) {
            faults.push((lines.clone(), split::stray(&text[lines], Layout::Map)));
            continue;
        }
        match yaml::parse(&text[lines.clone()]) {
            Ok(mut node) => {
                node.relocate(&|range| range.shifted(lines.start as u32));
                match node.kind {
                    Kind::Map(own) if own.len() == 1 => entries.extend(own),
                    _ => faults.push((lines.clone(), yaml::not_a_record(&text[lines], &node))),
                }
            }
            Err(fault) => faults.push((lines, fault)),
        }
    }
    if faults.is_empty() {
        entries.clear();
        faults.push((0..text.len(), fault));
    }
    (Node { kind: Kind::Map(entries), range: whole }, faults)
}

/// Whether lines that can't be read may hold the page back.
pub fn keeps_back(text: &str) -> bool {
    text.lines().map(str::trim_start).any(|line| line.starts_with("draft") || line.starts_with("embargo"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::trials::trials;

    proptest! {
        #![proptest_config(trials(1_000))]

        /// Front matter and body are the whole file except the fences, and everything in the front matter is read or
        /// reported.
        #[test]
        fn nothing_stands_between_head_and_body(lines in prop::collection::vec(prop::sample::select(vec![
            "---\n", "---\n", "---\r\n", "--- \n", "---a\n", "...\n", "\u{feff}", "a: 1\n", " b: 1\n", "c\n", "é: [\n", "- d\n", "# e\n", "\n",
            "f: \"\n", "\r", "\0\n",
        ]), 0..10)) {
            let text = lines.concat();
            let (head, body) = match split(&text) {
                Ok(Halves { head, body }) => (head.unwrap_or(body.start..body.start), body),
                Err(fence) => guess(&text, fence.end),
            };
            for outside in [&text[..head.start], &text[head.end..body.start], &text[body.end..]] {
                prop_assert!(matches!(outside.trim_matches(['\u{feff}', ' ', '\r', '\n']), "" | "---" | "..."), "{outside:?} of {text:?}");
            }
            let head = &text[head];
            if let Err(fault) = yaml::parse(head) {
                let (node, faults) = salvage(head, fault);
                let Kind::Map(entries) = node.kind else { panic!("not a map") };
                let kept = |at: usize| entries.iter().any(|(key, _)| key.range.bytes().start == at);
                let mut at = 0;
                for line in head.split_inclusive('\n') {
                    let begins_a_key = line.starts_with(|c: char| c.is_alphanumeric());
                    let is_told = faults.iter().any(|(lines, _)| lines.contains(&at));
                    prop_assert!(!begins_a_key || is_told || kept(at), "{line:?} of {head:?}");
                    at += line.len();
                }
            }
        }
    }

    #[test]
    fn a_title_may_be_the_only_heading() {
        fn title(text: &str) -> Option<(&str, &str)> {
            only_heading(text, 0..text.len()).map(|(words, rest)| (words.of(text), &text[rest]))
        }
        assert_eq!(title("\n# A *title* #\r\n\nWords\n"), Some(("A *title*", "\nWords\n")));
        assert_eq!(title("# A\n```\n# b\n```\n## c\n"), Some(("A", "```\n# b\n```\n## c\n")));
        for text in ["Words\n# A\n", "# A\n# B\n", "## A\n", "# A {#a}\n", "#\n", ""] {
            assert_eq!(title(text), None, "{text:?}");
        }
    }

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
