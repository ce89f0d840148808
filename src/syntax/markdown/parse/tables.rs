//! Tables: bars that don't separate cells, and rows with too many or too few cells.

use std::ops::Range;

use pulldown_cmark::{self as cmark, Event};

use super::build::Build;
use crate::diagnostics::code;
use crate::syntax::edited::Edited;
use crate::syntax::indices::TableIx;

/// A text in which `[[id|words]]` works in a table, because its bar is escaped there. `None` if no table has one.
pub(super) fn with_bars(source: &str) -> Option<Edited> {
    if memchr::memchr(b'|', source.as_bytes()).is_none() || !source.contains("[[") {
        return None;
    }
    let bars = bars(source);
    if bars.is_empty() {
        return None;
    }
    let code = code(source);
    let mut out = Edited::default();
    let mut from = 0;
    let is_code = |bar: usize| code.get(code.partition_point(|code| code.end <= bar)).is_some_and(|code| code.start <= bar);
    for bar in bars.into_iter().filter(|bar| !is_code(*bar)) {
        out.keep(source, from..bar);
        out.write("\\|", bar..bar + 1);
        from = bar + 1;
    }
    out.keep(source, from..source.len());
    (from > 0).then_some(out)
}

/// The bars inside double brackets in lines that look like a table's.
fn bars(source: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut before: Option<(usize, &str)> = None;
    let mut in_table = false;
    for line in source.split_inclusive('\n') {
        in_table &= !bare(line).is_empty();
        if in_table {
            bars_of(at, line, &mut out);
        } else if is_delimiter(line) {
            in_table = true;
            if let Some((start, head)) = before {
                bars_of(start, head, &mut out);
            }
        }
        before = Some((at, line));
        at += line.len();
    }
    out
}

fn bars_of(start: usize, line: &str, out: &mut Vec<usize>) {
    let mut at = 0;
    while let Some(open) = line[at..].find("[[").map(|skip| at + skip) {
        at = open + 2;
        let Some(length) = line[at..].find("]]") else { return };
        let words = &line[at..at + length];
        if let Some(bar) = words.find('|').filter(|bar| !words[..*bar].ends_with('\\')) {
            out.push(start + at + bar);
        }
        at += length;
    }
}

/// Code blocks, in order.
fn code(source: &str) -> Vec<Range<usize>> {
    let events = cmark::Parser::new_ext(source, super::constructs()).into_offset_iter();
    let code = events.filter(|(event, _)| matches!(event, Event::Start(cmark::Tag::CodeBlock(_))));
    code.map(|(_, span)| span).collect()
}

/// A line without its end and the marks of quotations.
fn bare(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>']).trim_end()
}

/// Whether a line is the one between a table's header and its rows.
fn is_delimiter(line: &str) -> bool {
    let line = bare(line);
    line.contains('|') && line.contains('-') && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// The number of cells in a row.
fn cells(row: &str) -> usize {
    let row = bare(row);
    let row = row.strip_prefix('|').unwrap_or(row);
    let (mut cells, mut ends, mut is_escaped) = (1, false, false);
    for byte in row.bytes() {
        ends = byte == b'|' && !is_escaped;
        cells += usize::from(ends);
        is_escaped = byte == b'\\' && !is_escaped;
    }
    cells - usize::from(ends)
}

impl Build<'_> {
    /// Reports a row with more or fewer cells than the header.
    pub(super) fn row(&mut self, span: &Range<usize>) {
        let tables = &self.writer.out.parts().tables;
        let Some(wanted) = tables.len().checked_sub(1).map(|last| tables[TableIx::new(last)].len()) else { return };
        let row = self.source()[span.clone()].trim_end();
        let have = cells(row);
        if have == wanted {
            return;
        }
        let part = span.start..span.start + row.len();
        let count = |cells: usize| if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") };
        if !row.contains('|') {
            let message = "this line comes right after a table, so it becomes a row of it";
            self.warning(code::TABLE_CELLS, part, message).help = Some("leave a blank line above it".to_owned());
            return;
        }
        let message = format!("this row has {}, but its table's header has {wanted}", count(have));
        let (message, help) = if have > wanted {
            (
                message + ": readers would not see the last ones",
                "write `\\|` for a bar that is part of the text, or add a column to the header",
            )
        } else {
            (message, "add the missing bars, with nothing between them for an empty cell")
        };
        self.warning(code::TABLE_CELLS, part, message).help = Some(help.to_owned());
    }

    /// Reports a paragraph that was meant as a table.
    pub(super) fn lost_table(&mut self, span: &Range<usize>) {
        let written = &self.source()[span.clone()];
        if !written.contains('|') {
            return;
        }
        let mut at = span.start;
        let mut before: Option<(usize, &str)> = None;
        for line in written.split_inclusive('\n') {
            if let Some((start, head)) = before.filter(|(_, head)| head.contains('|') && is_delimiter(line)) {
                let (above, below) = (cells(head), cells(line));
                let message =
                    format!("this is not a table: its header has {above} cells, but the line of hyphens has {below}");
                let part = start..start + head.trim_end().len();
                self.warning(code::TABLE_CELLS, part, message).help =
                    Some("give both the same number of cells, and leave a blank line above the header".to_owned());
                return;
            }
            before = Some((at, line));
            at += line.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted_as_the_library_does() {
        for (row, wanted) in [
            ("| a | b |", 2),
            ("a | b", 2),
            ("|a|", 1),
            ("| a || b |", 3),
            ("| a \\| b |", 1),
            ("> | a | b", 2),
            ("| a | |", 2),
            ("a", 1),
        ] {
            assert_eq!(cells(row), wanted, "{row}");
        }
    }

    #[test]
    fn bars_are_escaped_only_in_tables() {
        let text = |source: &str| with_bars(source).map(|text| text.text);
        assert_eq!(
            text("| [[a|b]] | c |\n|---|---|\n| [[d\\|e]] [[f|g]] |\n\n[[h|i]]\n").unwrap(),
            "| [[a\\|b]] | c |\n|---|---|\n| [[d\\|e]] [[f\\|g]] |\n\n[[h|i]]\n"
        );
        assert_eq!(text("```\n| [[a|b]] |\n|---|\n```\n"), None);
        assert_eq!(text("[[a|b]] | c\n"), None);
    }
}
