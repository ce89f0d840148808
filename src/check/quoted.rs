//! Finds which words of a text are in quotation marks.

use std::ops::Range;

use crate::language::quotes::Quotes;

/// What closes a quotation in single marks, where an apostrophe closes none.
const SINGLE: &str = "’";

/// The quoted words of each line of `text`, in order, including their marks: those of its language, and of others where the
/// two can't be confused. An unclosed double mark counts up to the end of its line, since a quotation of several paragraphs
/// closes only in the last. Single marks must be closed, because most unclosed ones are apostrophes.
pub(super) fn find(text: &str, language: &str) -> Vec<Range<usize>> {
    let marks = Marks(Quotes::of(language));
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        marks.find_in_line(line, start, &mut found);
        start += line.len();
    }
    found
}

/// Whether a text has a mark that may open a quotation. False for most texts, and many times as fast as [`find`].
pub(super) fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    // “ ” „ and ‘; « and »; 「 and 『. Apostrophes, dashes and other letters begin with the same byte.
    let general = |at: usize| matches!(bytes[at + 1..], [0x80, 0x98 | 0x9a | 0x9c | 0x9d | 0x9e, ..]);
    let other = |at: usize| matches!(bytes[at..], [0xc2, 0xab | 0xbb, ..] | [0xe3, 0x80, 0x8c | 0x8e, ..]);
    memchr::memchr(b'"', bytes).is_some()
        || memchr::memchr_iter(0xe2, bytes).any(general)
        || memchr::memchr2_iter(0xc2, 0xe3, bytes).any(other)
}

/// Whether a quotation that [`find`] found is closed.
pub(super) fn is_closed(quoted: &str) -> bool {
    let mut marks = quoted.chars();
    marks.next().is_some() && marks.next_back().is_some_and(|c| "\"“”‘’'«»」』".contains(c))
}

/// The quotation marks of a language.
struct Marks(Quotes);

impl Marks {
    fn find_in_line(&self, line: &str, start: usize, found: &mut Vec<Range<usize>>) {
        let mut singles = line.char_indices().rev().filter(|(at, c)| closes(line, *at, *c, SINGLE));
        let last_single = if self.opens_with('‘') { singles.next().map_or(0, |(at, _)| at) } else { 0 };
        let mut open: Option<(usize, &'static str)> = None;
        for (at, c) in line.char_indices() {
            match open {
                Some((from, mark)) if closes(line, at, c, mark) => {
                    found.push(start + from..start + at + c.len_utf8());
                    open = None;
                }
                Some(_) => {}
                None => {
                    open = self
                        .closing_of(line, at, c)
                        .filter(|mark| *mark != SINGLE || at < last_single)
                        .map(|mark| (at, mark));
                }
            }
        }
        if let Some((from, _)) = open {
            found.push(start + from..start + line.len());
        }
    }

    /// The marks that close a quotation that opens here, if any.
    fn closing_of(&self, line: &str, at: usize, c: char) -> Option<&'static str> {
        let before = line[..at].chars().next_back();
        let in_word = || is_letter(before);
        let in_front = || is_letter(line[at + c.len_utf8()..].chars().next());
        match c {
            '"' if !in_word() => Some("\""),
            // It closes German quotations.
            '“' if !self.0.double[1].ends_with('“') => Some("”"),
            '„' => Some("“”"),
            // In one language, either may be used both ways.
            '«' if !in_word() => Some("»"),
            '»' if in_front() && before.is_none_or(|c| c.is_whitespace() || c == '(') => Some("«"),
            '”' if self.0.double[0].starts_with('”') && !in_word() => Some("”"),
            '「' => Some("」"),
            '『' => Some("』"),
            '‚' if self.opens_with('‚') => Some("‘"),
            '‘' if self.opens_with('‘') => Some(SINGLE),
            '\'' if self.opens_with('‘') && !in_word() && in_front() => Some(SINGLE),
            _ => None,
        }
    }

    fn opens_with(&self, mark: char) -> bool {
        [self.0.double[0], self.0.single[0]].iter().any(|own| own.starts_with(mark))
    }
}

/// Whether a quotation that one of these marks closes ends here.
fn closes(line: &str, at: usize, c: char, marks: &str) -> bool {
    if marks == SINGLE {
        return matches!(c, '’' | '\'') && !is_letter(line[at + c.len_utf8()..].chars().next());
    }
    marks.contains(c)
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn has(language: &str, text: &str, quoted: &[&str]) {
        let found: Vec<_> = find(text, language).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, quoted);
        assert!(may_hold(text) || found.iter().all(|quoted| quoted.starts_with('\'')), "{text}");
    }

    #[test]
    fn finds_what_stands_in_marks() {
        has("en", "He said “a ‘b’ c” and \"d\", 'e' and ‘it’s f’.", &["“a ‘b’ c”", "\"d\"", "'e'", "‘it’s f’"]);
        has("en", "“To be\ncontinued”", &["“To be\n"]);
        has("en", "\"Open", &["\"Open"]);
    }

    #[test]
    fn marks_are_those_of_the_language() {
        has("de-AT", "Er sagte „a ‚b‘ c“ und »d«, «e» und ‚f‘.", &["„a ‚b‘ c“", "»d«", "«e»", "‚f‘"]);
        has("de-CH", "Er sagte «a ‹b› c», “d”", &["«a ‹b› c»", "“d”"]);
        has("es", "Dijo «a “b” c», “d” y \"e\"; l'a d'o", &["«a “b” c»", "“d”", "\"e\""]);
        has("sv", "Han sade ”a b” och ”c”", &["”a b”", "”c”"]);
        has("ar", "قال «نعم» ثم “لا”", &["«نعم»", "“لا”"]);
        has("zh-Hans", "他说“是”，「不」", &["“是”", "「不」"]);
        has("fr", "« un » et un » deux", &["« un »"]);
        has("hu", "„a” és »b«", &["„a”", "»b«"]);
    }

    #[test]
    fn apostrophes_and_inches_quote_nothing() {
        has("en", "Garcia's brothers' 12\" board of the '90s, ‘twas", &[]);
        has("en", "a’b’ c’", &[]);
        has("en", "", &[]);
        assert!(!may_hold("It’s a dash — and a café, 漢字 … no."));
    }

    #[test]
    fn what_is_closed_is_known() {
        assert!(is_closed("“a”") && is_closed("\"a\"") && is_closed("„a“"));
        assert!(!is_closed("“a\n") && !is_closed("“") && !is_closed(""));
    }
}
