//! Compares the words of a quotation with those of a passage.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::reading::MENTION;

/// At least so many words must be the same, or the likeness is chance.
const FEWEST: usize = 6;

/// Longer passages and quotations are compared only up to here: the time grows with the product of both.
const MOST: usize = 400;

/// How many characters in brackets may be words that were added.
const LONGEST_NOTE: usize = 120;

/// A passage of a source.
pub(super) struct Passage {
    /// Its words, as they are compared.
    words: Vec<String>,
    /// The same as they are written.
    written: Vec<String>,
}

/// The words of a quotation that follow each other: between two pieces, something was left out or added.
pub(super) fn pieces(quotation: &str) -> Vec<Vec<String>> {
    let mut pieces = vec![Vec::new()];
    let mut rest = quotation;
    while !rest.is_empty() {
        let end = gap(rest).unwrap_or_else(|| {
            let next = rest.char_indices().skip(1).find(|(at, _)| gap(&rest[*at..]).is_some());
            if let Some(piece) = pieces.last_mut() {
                let here = &rest[..next.map_or(rest.len(), |(at, _)| at)];
                piece.extend(split(here).map(plain));
            }
            next.map_or(rest.len(), |(at, _)| at)
        });
        if gap(rest).is_some() {
            pieces.push(Vec::new());
        }
        rest = &rest[end..];
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// How long the mark at the beginning of a text is that says that words were left out or added: `…`, `...`, `[…]`, `[he]`.
/// `[w]as` only changes a letter.
fn gap(text: &str) -> Option<usize> {
    if let Some(inner) = text.strip_prefix('[') {
        let (end, _) = inner.char_indices().take(LONGEST_NOTE).find(|(_, c)| *c == ']')?;
        let end = end + "[]".len();
        return (!text[end..].starts_with(char::is_alphanumeric)).then_some(end);
    }
    if text.starts_with('…') {
        return Some('…'.len_utf8());
    }
    let points = text.len() - text.trim_start_matches('.').len();
    (points >= 3).then_some(points)
}

/// The words of a text, as they are written. A script without spaces has a word for each character.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | MENTION | '/'))
        .flat_map(|word| {
            let is_spelled = !word.contains(is_wide);
            let (whole, parts) = if is_spelled { (word, "") } else { ("", word) };
            std::iter::once(whole).chain(parts.split_inclusive(|_: char| true))
        })
        .filter(|word| word.contains(char::is_alphanumeric))
}

/// Whether a character is of a script that is written without spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// A word without capitals and punctuation.
fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Passage {
    /// The passage with these words.
    pub(super) fn of(text: &str) -> Self {
        let written: Vec<String> = split(text).take(MOST).map(str::to_owned).collect();
        Self { words: written.iter().map(|word| plain(word)).collect(), written }
    }

    /// Whether all pieces of a quotation are in it, one after the other; or the whole passage is in one of them.
    pub(super) fn has(&self, pieces: &[Vec<String>]) -> bool {
        let mut rest = &*self.words;
        let all = pieces.iter().all(|piece| match find(rest, piece) {
            Some(at) => {
                rest = &rest[at + piece.len()..];
                true
            }
            None => false,
        });
        all || pieces.iter().any(|piece| find(piece, &self.words).is_some())
    }

    /// The words of the passage that a piece of a quotation has nearly, but not quite.
    pub(super) fn nearly(&self, pieces: &[Vec<String>]) -> Option<String> {
        let own: BTreeSet<&String> = self.words.iter().collect();
        pieces.iter().filter(|piece| find(&self.words, piece).is_none()).find_map(|piece| {
            let piece = &piece[..piece.len().min(MOST)];
            let common = piece.iter().filter(|word| own.contains(word)).count();
            let aligned = (common >= FEWEST).then(|| align(piece, &self.words))?;
            let is_near = aligned.same >= FEWEST && aligned.same * 5 >= aligned.length * 4 && aligned.changes > 0;
            is_near.then(|| self.shown(aligned.from..aligned.to))
        })
    }

    /// Some of its words as they are written, without the punctuation around them.
    fn shown(&self, range: Range<usize>) -> String {
        let mut out = String::new();
        for word in &self.written[range] {
            let is_joined = out.ends_with(is_wide) && word.starts_with(is_wide);
            if !(out.is_empty() || is_joined) {
                out.push(' ');
            }
            out.push_str(word);
        }
        out.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
    }
}

/// Where some words follow each other in others.
fn find(words: &[String], piece: &[String]) -> Option<usize> {
    if piece.is_empty() || piece.len() > words.len() {
        return None;
    }
    words.windows(piece.len()).position(|window| window == piece)
}

/// The best way to lay a piece beside a passage. Either may go on where the other has ended.
#[derive(Clone, Copy, Default)]
struct Alignment {
    /// Words that are the same on both sides.
    same: usize,
    /// Words that are different, or that one of them lacks.
    changes: usize,
    /// How many words of the piece take part.
    length: usize,
    /// Which words of the passage do.
    from: usize,
    to: usize,
}

impl Alignment {
    fn score(&self) -> isize {
        self.same as isize - self.changes as isize
    }
}

fn align(piece: &[String], passage: &[String]) -> Alignment {
    // A row for each word of the piece, of which only the last one is kept.
    let start = |from: usize| Alignment { from, to: from, ..Alignment::default() };
    let mut row: Vec<Alignment> = (0..=passage.len()).map(start).collect();
    let mut best = Alignment::default();
    for word in piece {
        // The piece may begin before the passage does.
        let mut diagonal = std::mem::replace(&mut row[0], start(0));
        for at in 0..passage.len() {
            let above = row[at + 1];
            let is_same = passage[at] == *word;
            let beside = Alignment {
                same: diagonal.same + usize::from(is_same),
                changes: diagonal.changes + usize::from(!is_same),
                length: diagonal.length + 1,
                to: at + 1,
                ..diagonal
            };
            let added = Alignment { changes: above.changes + 1, length: above.length + 1, ..above };
            let left = Alignment { changes: row[at].changes + 1, to: at + 1, ..row[at] };
            row[at + 1] =
                [added, left].into_iter().fold(beside, |best, next| if next.score() > best.score() { next } else { best });
            diagonal = above;
        }
        // The passage has ended, and the piece goes on.
        best = better(best, row[passage.len()]);
    }
    row.into_iter().fold(best, better)
}

fn better(one: Alignment, other: Alignment) -> Alignment {
    if other.score() > one.score() { other } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "“We had asked for a closer look in 2019, and nobody came,” she said. It was the state’s bridge.";

    /// What a quotation should have been, if it is nearly in the passage; `Ok` says whether it is exactly there.
    fn compared(quotation: &str) -> Result<bool, String> {
        let (passage, pieces) = (Passage::of(SAID), pieces(quotation));
        if passage.has(&pieces) {
            return Ok(true);
        }
        passage.nearly(&pieces).map_or(Ok(false), Err)
    }

    #[test]
    fn parts_may_be_quoted_with_marks_for_what_is_changed() {
        for quotation in [
            "“We had asked for a closer look in 2019”",
            "asked for a closer look in 2019 … she said",
            "“[The city] had asked for a closer look […] and nobody came”",
            "“[w]e had asked for a closer look ... and nobody came.”",
            "WE HAD ASKED, FOR A CLOSER LOOK IN 2019",
            "It was the state's bridge",
            "Listen: “We had asked for a closer look in 2019, and nobody came,” she said. It was the state’s bridge. True.",
        ] {
            assert_eq!(compared(quotation), Ok(true), "{quotation}");
        }
    }

    #[test]
    fn a_changed_word_is_found() {
        for (quotation, wanted) in [
            ("we asked for a closer look in 2019", "We had asked for a closer look in 2019"),
            ("We had asked for a better look in 2019", "We had asked for a closer look in 2019"),
            ("had really asked for a closer look in 2019", "had asked for a closer look in 2019"),
            (
                "Listen: we had asked for one closer look in 2019, and nobody",
                "We had asked for a closer look in 2019, and nobody",
            ),
        ] {
            assert_eq!(compared(quotation).unwrap_err(), wanted, "{quotation}");
        }
    }

    #[test]
    fn other_words_of_the_source_are_left_alone() {
        for quotation in [
            "The bridge had been closed before in the year 2019",
            "asked for a look",
            "She said that it was in the state’s hands, and that nobody had asked",
        ] {
            assert_eq!(compared(quotation), Ok(false), "{quotation}");
        }
    }

    #[test]
    fn nothing_is_in_everything() {
        for quotation in ["", "…", "[", "[]", "[…] ..."] {
            assert_eq!(compared(quotation), Ok(true), "{quotation}");
        }
        assert!(!Passage::of("").has(&pieces("some words")));
    }

    #[test]
    fn scripts_without_spaces_are_compared_by_the_character() {
        let passage = Passage::of("我不会把他送回那个国家去。");
        assert!(passage.has(&pieces("“不会把他送回那个国家”")));
        assert_eq!(passage.nearly(&pieces("“我不会把她送回那个国家去”")).unwrap(), "我不会把他送回那个国家去");
    }
}
