//! Finds which words of a text are in quotation marks.

use std::ops::Range;

/// The quoted words of each line of `text`, in order, including their marks. An unclosed double mark counts up to the end of
/// its line, since a quotation of several paragraphs closes only in the last. Single marks must be closed, because most
/// unclosed ones are apostrophes.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        find_in_line(line, start, &mut found);
        start += line.len();
    }
    found
}

fn find_in_line(line: &str, start: usize, found: &mut Vec<Range<usize>>) {
    let last_single = line.char_indices().rev().find(|(at, c)| closes(line, *at, *c, '’')).map_or(0, |(at, _)| at);
    let mut open: Option<(usize, char)> = None;
    for (at, c) in line.char_indices() {
        match open {
            Some((from, mark)) if closes(line, at, c, mark) => {
                found.push(start + from..start + at + c.len_utf8());
                open = None;
            }
            Some(_) => {}
            None => open = closing_of(line, at, c).filter(|mark| *mark != '’' || at < last_single).map(|mark| (at, mark)),
        }
    }
    if let Some((from, _)) = open {
        found.push(start + from..start + line.len());
    }
}

/// The mark that closes a quotation that opens here, if any.
fn closing_of(line: &str, at: usize, c: char) -> Option<char> {
    let in_word = || is_letter(line[..at].chars().next_back());
    match c {
        '“' => Some('”'),
        '‘' => Some('’'),
        '"' if !in_word() => Some('"'),
        '\'' if !in_word() && is_letter(line[at + 1..].chars().next()) => Some('’'),
        _ => None,
    }
}

/// Whether a quotation that `mark` closes ends here.
fn closes(line: &str, at: usize, c: char, mark: char) -> bool {
    match mark {
        '’' => matches!(c, '’' | '\'') && !is_letter(line[at + c.len_utf8()..].chars().next()),
        _ => c == mark,
    }
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[track_caller]
    fn has(text: &str, quoted: &[&str]) {
        assert_eq!(find(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>(), quoted);
    }

    #[test]
    fn finds_what_stands_in_marks() {
        has("He said “a ‘b’ c” and \"d\", 'e' and ‘it’s f’.", &["“a ‘b’ c”", "\"d\"", "'e'", "‘it’s f’"]);
        has("“To be\ncontinued”", &["“To be\n"]);
        has("\"Open", &["\"Open"]);
    }

    #[test]
    fn apostrophes_and_inches_quote_nothing() {
        has("Garcia's brothers' 12\" board of the '90s, ‘twas", &[]);
        has("a’b’ c’", &[]);
        has("", &[]);
    }
}
