//! A table of texts, each with its place: what a CSV file says, before anyone asks what it means.

use crate::base::{At, TextRange};

/// The most rows that a chart reads.
pub const MOST_ROWS: usize = 5000;

/// Columns, and rows with a cell for each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The names of the columns.
    pub columns: Vec<At<String>>,
    /// The rows.
    pub rows: Vec<Vec<At<String>>>,
}

/// What is wrong with a chart or its data.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// Where a fault is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// In the block.
    Block(TextRange),
    /// Among the figures, wherever they are.
    Sheet(TextRange),
}

impl Fault {
    /// A fault in the block.
    #[must_use]
    pub fn block(range: TextRange, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { place: Place::Block(range), message: message.into(), help: Some(help.into()) }
    }

    /// A fault among the figures.
    #[must_use]
    pub fn sheet(range: TextRange, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { place: Place::Sheet(range), message: message.into(), help: Some(help.into()) }
    }
}

/// Reads CSV: cells between commas, semicolons or tabs, whichever the first line has most of.
///
/// # Errors
/// All that is wrong with it: quotation marks that are not closed, rows of another length, columns without a name.
pub fn read_csv(text: &str) -> Result<Sheet, Vec<Fault>> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut faults = Vec::new();
    let mut lines = Cells { text, at: start, separator: separator(&text[start..]) }.rows(&mut faults);
    if lines.is_empty() {
        let whole = TextRange::new(start, start);
        faults.push(Fault::sheet(whole, "this file has no rows", "begin with a line that names the columns"));
        return Err(faults);
    }
    let columns = lines.remove(0);
    for (at, column) in columns.iter().enumerate() {
        if column.value.is_empty() {
            faults.push(Fault::sheet(column.range, format!("column {} has no name", at + 1), "name it in the first line"));
        } else if columns[..at].iter().any(|other| other.value == column.value) {
            let message = format!("two columns are called `{}`", column.value);
            faults.push(Fault::sheet(column.range, message, "rename one of them"));
        }
    }
    if let Some(first) = lines.get(MOST_ROWS).and_then(|row| row.first()) {
        let message = format!("this file has {} rows, and a chart can show at most {MOST_ROWS}", lines.len());
        faults.push(Fault::sheet(first.range, message, "add the figures up, for example by month instead of by day"));
        return Err(faults);
    }
    for row in lines.iter().filter(|row| row.len() != columns.len()) {
        let range = TextRange { start: row[0].range.start, end: row[row.len() - 1].range.end };
        let message = format!("this row has {} cells, but the first line names {} columns", row.len(), columns.len());
        let help = "write one cell for each column, an empty one where there is no figure; put text with a comma in quotation marks";
        faults.push(Fault::sheet(range, message, help));
    }
    if faults.is_empty() { Ok(Sheet { columns, rows: lines }) } else { Err(faults) }
}

/// The character between cells.
fn separator(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    let count = |mark: u8| line.bytes().filter(|b| *b == mark).count();
    // The first of equals is the comma.
    [b';', b'\t', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

struct Cells<'t> {
    text: &'t str,
    at: usize,
    separator: u8,
}

impl Cells<'_> {
    /// All rows but empty ones.
    fn rows(mut self, faults: &mut Vec<Fault>) -> Vec<Vec<At<String>>> {
        let mut rows = Vec::new();
        let mut row = Vec::new();
        while self.at < self.text.len() {
            row.push(self.cell(faults));
            let ends = match self.text.as_bytes().get(self.at) {
                Some(mark) if *mark == self.separator => {
                    self.at += 1;
                    // A separator at the very end is followed by an empty cell.
                    if self.at == self.text.len() {
                        row.push(At::new(String::new(), TextRange::new(self.at, self.at)));
                    }
                    self.at == self.text.len()
                }
                Some(b'\r') if self.text[self.at..].starts_with("\r\n") => {
                    self.at += 2;
                    true
                }
                _ => {
                    self.at += 1;
                    true
                }
            };
            if ends {
                let row = std::mem::take(&mut row);
                if !row.iter().all(|cell: &At<String>| cell.value.is_empty()) {
                    rows.push(row);
                }
            }
        }
        rows
    }

    /// The next cell, and the place behind it.
    fn cell(&mut self, faults: &mut Vec<Fault>) -> At<String> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let ends = |b: u8| b == self.separator || b == b'\n' || b == b'\r';
        let plain = |from: usize| from + bytes[from..].iter().position(|b| ends(*b)).unwrap_or(bytes.len() - from);
        if bytes[start] != b'"' {
            self.at = plain(start);
            let cell = &self.text[start..self.at];
            let lead = cell.len() - cell.trim_start().len();
            let cell = cell.trim();
            return At::new(cell.to_owned(), TextRange::new(start + lead, start + lead + cell.len()));
        }
        let mut value = String::new();
        let mut at = start + 1;
        loop {
            let Some(length) = self.text[at..].find('"') else {
                let help = "write a quotation mark at its end; inside a quoted cell, write a quotation mark twice";
                faults.push(Fault::sheet(TextRange::new(start, start + 1), "this quotation mark is never closed", help));
                self.at = bytes.len();
                return At::new(value, TextRange::new(start, start + 1));
            };
            value.push_str(&self.text[at..at + length]);
            at += length + 1;
            if bytes.get(at) != Some(&b'"') {
                break;
            }
            value.push('"');
            at += 1;
        }
        self.at = plain(at);
        let behind = &self.text[at..self.at];
        if !behind.trim().is_empty() {
            let help = "put the whole cell in quotation marks; inside it, write a quotation mark twice";
            faults.push(Fault::sheet(TextRange::new(at, self.at), "there is text behind the closing quotation mark", help));
        }
        At::new(value.trim().to_owned(), TextRange::new(start, at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let sheet = read_csv(text).unwrap();
        let row = |row: &Vec<At<String>>| row.iter().map(|cell| cell.value.clone()).collect();
        std::iter::once(&sheet.columns).chain(&sheet.rows).map(row).collect()
    }

    #[test]
    fn reads_what_spreadsheets_write() {
        assert_eq!(cells("a,b\n1,2\n"), [["a", "b"], ["1", "2"]]);
        assert_eq!(cells("\u{feff}a;b\r\n1;\r\n\r\n"), [["a", "b"], ["1", ""]]);
        assert_eq!(cells("a\tb\nx \ty"), [["a", "b"], ["x", "y"]]);
        assert_eq!(cells("a,b\n\"x, \"\"y\"\"\",\"two\nlines\""), [["a", "b"], ["x, \"y\"", "two\nlines"]]);
        assert_eq!(cells("a,b\n1,"), [["a", "b"], ["1", ""]]);
    }

    #[test]
    fn says_where_a_cell_is() {
        let text = "a,b\n1, é ,\"x\"\n";
        let faults = read_csv(text).unwrap_err();
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].place, Place::Sheet(TextRange::new(4, 14)));
        let sheet = read_csv("a,b\n1, é \n").unwrap();
        assert_eq!(sheet.rows[0][1].range, TextRange::new(7, 9));
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, words) in [
            ("", "no rows"),
            ("a,\n1,2", "column 2 has no name"),
            ("a,a\n1,2", "two columns are called `a`"),
            ("a,b\n1", "has 1 cells, but the first line names 2"),
            ("a\n\"x", "never closed"),
            ("a\n\"x\"y", "behind the closing"),
        ] {
            let faults = read_csv(text).unwrap_err();
            assert!(faults.iter().any(|fault| fault.message.contains(words)), "{text}: {faults:?}");
        }
        let many = format!("a\n{}", "1\n".repeat(MOST_ROWS + 1));
        assert!(read_csv(&many).unwrap_err()[0].message.contains("at most 5000"));
    }
}
