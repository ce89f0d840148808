//! A spreadsheet saved as text: rows of cells with their places. The `csv` crate knows where rows start, but not where cells do,
//! and a message about one cell of thirty needs that.

use std::ops::Range;

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its trimmed text.
    pub text: String,
    /// Its place, including quotation marks.
    pub range: Range<usize>,
}

/// A table whose first row names the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The names.
    pub head: Vec<Cell>,
    /// The rows that aren't empty.
    pub rows: Vec<Vec<Cell>>,
}

/// Reads a table.
///
/// # Errors
/// If the text is not a table, with the place and the reason.
pub fn read(text: &str) -> Result<Table, (Range<usize>, &'static str)> {
    let start = hint(text);
    let delimiter = delimiter(&text[start..]);
    let (mut at, mut row) = (start, Vec::new());
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    while at < text.len() {
        let (cell, end) = cell(text, at, delimiter)?;
        row.push(cell);
        let is_last = text.as_bytes().get(end).is_none_or(|mark| *mark == b'\n');
        at = end + 1;
        // A separator at the end of the text has an empty cell after it.
        if !is_last && at == text.len() {
            row.push(Cell { text: String::new(), range: at..at });
        }
        if is_last || at == text.len() {
            let says_something = row.iter().any(|cell| !cell.text.is_empty());
            let row = std::mem::take(&mut row);
            rows.extend(says_something.then_some(row));
        }
    }
    let mut rows = rows.into_iter();
    let head = rows.next().ok_or((0..0, "the file is empty"))?;
    Ok(Table { head, rows: rows.collect() })
}

/// The cell that starts at a byte, and its end.
fn cell(text: &str, start: usize, delimiter: u8) -> Result<(Cell, usize), (Range<usize>, &'static str)> {
    let bytes = text.as_bytes();
    let is_end = |byte: u8| byte == delimiter || byte == b'\n';
    let mut at = start;
    let mut said = String::new();
    if bytes[start] == b'"' {
        at += 1;
        loop {
            let Some(close) = text[at..].find('"').map(|close| at + close) else {
                return Err((start..start + 1, "this quotation mark is never closed"));
            };
            said.push_str(&text[at..close]);
            at = close + 1;
            // Quotation marks inside are doubled.
            if bytes.get(at) != Some(&b'"') {
                break;
            }
            said.push('"');
            at += 1;
        }
    }
    let end = bytes[at..].iter().position(|byte| is_end(*byte)).map_or(text.len(), |length| at + length);
    said.push_str(&text[at..end]);
    Ok((Cell { text: said.trim().to_owned(), range: start..end }, end))
}

/// The length of the line that tells Excel the separator.
fn hint(text: &str) -> usize {
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    let is_hint = line.to_ascii_lowercase().starts_with("sep=") && line.trim_end_matches('\n').len() == 5;
    if is_hint { line.len() } else { 0 }
}

/// The separator: tab, semicolon or comma, whichever occurs most in the first row outside quotation marks.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => break,
            byte if !is_quoted => counts.iter_mut().filter(|(mark, _)| *mark == byte).for_each(|(_, count)| *count += 1),
            _ => {}
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 0).map_or(b',', |(mark, _)| mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let table = read(text).unwrap();
        for cell in table.rows.iter().flatten().chain(&table.head) {
            assert!(text.is_char_boundary(cell.range.start) && text.is_char_boundary(cell.range.end));
        }
        std::iter::once(table.head).chain(table.rows).map(|row| row.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn cells_are_parted_as_programs_part_them() {
        assert_eq!(rows("a,b\n1,\"x, \"\"y\"\"\nz\"\n"), [["a", "b"], ["1", "x, \"y\"\nz"]]);
        assert_eq!(rows("a;b,c\n1;2,5"), [["a", "b,c"], ["1", "2,5"]]);
        assert_eq!(rows("sep=;\na;b\n;\n1;é"), [["a", "b"], ["1", "é"]]);
        assert_eq!(rows("a\tb\n1\t"), [["a", "b"], ["1", ""]]);
        assert_eq!(rows("a\n\n\"\"\nb\"c\"\n"), [["a"], ["b\"c\""]]);
        assert_eq!(read("a,b\n1,\"x").unwrap_err().0, 6..7);
        assert!(read("").is_err() && read("\n,\n").is_err());
    }
}
