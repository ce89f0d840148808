//! Finds English words that count time from the day they are written.

use std::ops::Range;

use crate::base::sentences::sentences;

/// Such words, and what kind of date to write instead.
#[derive(Debug)]
pub struct Found {
    /// Their position.
    pub range: Range<usize>,
    /// The unit of time that they name.
    pub unit: Unit,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A day or a part of one.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A season.
    Season,
    /// A year.
    Year,
    /// They don't say.
    Vague,
}

impl Unit {
    /// What to write instead.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::Day => "write the date, such as `on March 15, 2025`",
            Self::Week => "write the date, such as `on March 15, 2025` or `in the week of March 10, 2025`",
            Self::Month => "write the month with its year, such as `in March 2025`",
            Self::Season => "write the season with its year, such as `in the spring of 2025`",
            Self::Year => "write the year, such as `in 2025`",
            Self::Vague => "write when it was, such as `in March 2025`",
        }
    }
}

/// Words that count on their own.
const ALONE: &[(&str, Unit)] = &[
    ("yesterday", Unit::Day),
    ("today", Unit::Day),
    ("tomorrow", Unit::Day),
    ("tonight", Unit::Day),
    ("recently", Unit::Vague),
    ("lately", Unit::Vague),
];

/// Words that “last”, “next” and “this” turn into a time. Days and months keep their capitals: “this May” is not “this may”.
const AFTER: &[(&str, Unit)] = &[
    ("night", Unit::Day),
    ("morning", Unit::Day),
    ("afternoon", Unit::Day),
    ("evening", Unit::Day),
    ("Monday", Unit::Day),
    ("Tuesday", Unit::Day),
    ("Wednesday", Unit::Day),
    ("Thursday", Unit::Day),
    ("Friday", Unit::Day),
    ("Saturday", Unit::Day),
    ("Sunday", Unit::Day),
    ("week", Unit::Week),
    ("weekend", Unit::Week),
    ("month", Unit::Month),
    ("January", Unit::Month),
    ("February", Unit::Month),
    ("March", Unit::Month),
    ("April", Unit::Month),
    ("May", Unit::Month),
    ("June", Unit::Month),
    ("July", Unit::Month),
    ("August", Unit::Month),
    ("September", Unit::Month),
    ("October", Unit::Month),
    ("November", Unit::Month),
    ("December", Unit::Month),
    ("spring", Unit::Season),
    ("summer", Unit::Season),
    ("fall", Unit::Season),
    ("autumn", Unit::Season),
    ("winter", Unit::Season),
    ("year", Unit::Year),
];

/// Words that precede “ago”, in the singular.
const BEFORE_AGO: &[(&str, Unit)] = &[
    ("moment", Unit::Day),
    ("minute", Unit::Day),
    ("hour", Unit::Day),
    ("day", Unit::Day),
    ("week", Unit::Week),
    ("month", Unit::Month),
    ("year", Unit::Year),
];

/// Before “last” and “next”, these count from elsewhere: “his last year”, “the next month”.
const OWNERS: &[&str] =
    &["the", "a", "an", "my", "our", "your", "his", "her", "its", "their", "whose", "that", "every", "each", "very", "s"];

/// Whether a text contains letters that such words could consist of. False for nearly every text, and many times as fast as
/// splitting it into sentences. `text` has no separators between blocks or lines, so words may have run together.
pub fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let makes_time = |end: usize| {
        let rest = text[end..].trim_start_matches(|c: char| !c.is_alphanumeric());
        let rest = rest.strip_prefix("past").map_or(rest, str::trim_start);
        AFTER.iter().any(|(unit, _)| rest.starts_with(unit))
    };
    // Search for letters that are rare in texts, and never for the first one, which may be a capital.
    let suspicious = |at: usize| match (&bytes[..at], bytes[at], &bytes[at + 1..]) {
        ([.., b'o', b'd', b'a'] | [.., b'e', b'r', b'd', b'a'], b'y', _) => true,
        ([.., b'e', b'n', b't', b'l'] | [.., b'a', b't', b'e', b'l'], b'y', _) => true,
        ([.., b'o', b'r', b'r', b'o'], b'w', _) => true,
        ([.., b'o', b'n', b'i'], b'g', [b'h', b't', ..]) => true,
        ([.., b'a'], b'g', [b'o', ..]) => true,
        ([.., b'e'], b'x', [b't', ..]) | ([.., b'l' | b'L', b'a'], b's', [b't', ..]) => makes_time(at + 2),
        ([.., b't' | b'T', b'h', b'i'], b's', _) => makes_time(at + 1),
        _ => false,
    };
    memchr::memchr3_iter(b'y', b'w', b'x', bytes).any(suspicious) || memchr::memchr2_iter(b'g', b's', bytes).any(suspicious)
}

/// The positions of such words in `text`, in order.
pub fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for range in sentences(text, "en") {
        let sentence = Sentence { text: &text[range.clone()], words: words(&text[range.clone()]) };
        let mut at = 0;
        while at < sentence.words.len() {
            match sentence.found(at) {
                Some((words, unit)) => {
                    let (first, last) = (&sentence.words[words.start], &sentence.words[words.end - 1]);
                    found.push(Found { range: range.start + first.start..range.start + last.end, unit });
                    at = words.end;
                }
                None => at += 1,
            }
        }
    }
    found
}

/// The words of a sentence. An apostrophe splits a word, so that “week’s” begins with “week”.
fn words(sentence: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(skip) = sentence[at..].find(char::is_alphanumeric) {
        let start = at + skip;
        at = sentence[start..].find(|c: char| !c.is_alphanumeric()).map_or(sentence.len(), |len| start + len);
        words.push(start..at);
    }
    words
}

/// A sentence and the positions of its words.
struct Sentence<'t> {
    text: &'t str,
    words: Vec<Range<usize>>,
}

impl<'t> Sentence<'t> {
    /// A word; empty if there is none.
    fn word(&self, at: usize) -> &'t str {
        self.words.get(at).map_or("", |range| &self.text[range.clone()])
    }

    /// Whether nothing but spaces separates a word from the next.
    fn goes_on(&self, at: usize) -> bool {
        let between = self.words.get(at).zip(self.words.get(at + 1)).map(|(one, next)| &self.text[one.end..next.start]);
        between.is_some_and(|between| between.trim().is_empty())
    }

    /// Whether a word is `known`. “USA Today” is a name: a word gets a capital only at the beginning of a sentence, or after
    /// an abbreviation whose period may also end a sentence.
    fn is(&self, at: usize, known: &str) -> bool {
        let word = self.word(at);
        let may_begin = || at == 0 || self.text[..self.words[at].start].trim_end().ends_with('.');
        word == known || word.eq_ignore_ascii_case(known) && may_begin()
    }

    /// The expression that begins with the word at `at`, if no word before it rules that out.
    fn found(&self, at: usize) -> Option<(Range<usize>, Unit)> {
        if self.word(at + 1) == "ago" {
            let word = self.word(at);
            let unit = of(BEFORE_AGO, word.strip_suffix('s').unwrap_or(word))?;
            // “two weeks ago”
            let first = at.checked_sub(1).filter(|before| self.goes_on(*before)).unwrap_or(at);
            return self.goes_on(at).then_some((first..at + 2, unit));
        }
        if let Some((_, unit)) = ALONE.iter().find(|(word, _)| self.is(at, word)) {
            return (!self.is_joined(at) && !self.counts_from_elsewhere(at)).then_some((at..at + 1, *unit));
        }
        let last = if self.is(at, "this") {
            at + if self.word(at + 1) == "past" && self.goes_on(at) { 2 } else { 1 }
        } else if ["last", "next"].iter().any(|word| self.is(at, word)) && !self.is_owned(at) {
            at + 1
        } else {
            return None;
        };
        let unit = of(AFTER, self.word(last))?;
        (self.goes_on(last - 1) && !self.is_joined(at)).then_some((at..last + 1, unit))
    }

    /// Whether a word is part of an address or of a name that contains punctuation.
    fn is_joined(&self, at: usize) -> bool {
        let range = &self.words[at];
        let mut after = self.text[range.end..].chars();
        let is_mark = |c: char| matches!(c, '/' | '@' | '#' | '=' | '_');
        let next = after.next();
        self.text[..range.start].ends_with(|c: char| is_mark(c) || c == '.')
            || next.is_some_and(is_mark)
            || next == Some('.') && after.next().is_some_and(char::is_alphanumeric)
    }

    /// “He had only recently moved” and “as recently as March 2025” are true on any day.
    fn counts_from_elsewhere(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| self.word(at));
        let is_past = before(1) == "had" || before(2) == "had";
        self.word(at).ends_with("ly") && (is_past || before(1) == "as" && self.word(at + 1) == "as")
    }

    /// Whether a word before “last” or “next” says whose it is.
    fn is_owned(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |at| self.word(at));
        OWNERS.iter().any(|owner| before.eq_ignore_ascii_case(owner))
            || self.text[..self.words[at].start].trim_end().ends_with(['\'', '’'])
    }
}

fn of(list: &[(&str, Unit)], word: &str) -> Option<Unit> {
    list.iter().find(|(known, _)| *known == word).map(|(_, unit)| *unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let found: Vec<_> = find(text).into_iter().map(|found| &text[found.range]).collect();
        assert!(found.is_empty() || may_hold(text), "{text}");
        found
    }

    #[test]
    fn finds_words_that_count_from_today() {
        assert_eq!(
            found("Yesterday he left. The court rules tomorrow; he wrote last week’s brief two weeks ago."),
            ["Yesterday", "tomorrow", "last week", "two weeks ago"]
        );
        for (text, words, unit) in [
            ("He left last Friday.", "last Friday", Unit::Day),
            ("It resumes next month.", "next month", Unit::Month),
            ("(Next May it ends.)", "Next May", Unit::Month),
            ("It rained all last winter.", "last winter", Unit::Season),
            ("This past week, it rained.", "This past week", Unit::Week),
            ("So far this year, none came.", "this year", Unit::Year),
            ("He has recently moved.", "recently", Unit::Vague),
            ("An hour ago, it ended.", "An hour ago", Unit::Day),
            ("It ended [\u{fffc}] days ago", "days ago", Unit::Day),
            ("in the U.S. Today it ends", "Today", Unit::Day),
        ] {
            let one = find(text);
            assert_eq!(found(text), [words], "{text}");
            assert_eq!(one[0].unit, unit, "{text}");
        }
    }

    #[test]
    fn leaves_what_counts_from_elsewhere_and_names_alone() {
        for text in [
            "The next day, and his last year in office; Garcia’s last week, the agencies’ next month.",
            "He had recently moved, as recently as March 2025, and had only recently come.",
            "USA Today and Last Week Tonight reported it, and so did Tomorrow.",
            "He may be last. Week two began.",
            "This may take a while; in this, May agreed. At last, week two.",
            "See today.example.org, news.example/today and #today.",
            "Ago and long ago in Chicago; decades ago.",
            "Todays, lastly, an ultimately private matter.",
            "last",
            "this past",
            "ago",
            "",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn letters_are_seen_across_lines_and_blocks() {
        // A text's own characters have no separator where a line or block ends.
        for text in ["A headingYesterday he left", "all lastweek", "said this pastMonday", "threeweeksago", "ThisSunday"] {
            assert!(may_hold(text), "{text}");
        }
        for text in ["On Monday he left for the last time, as this day ends.", "His texts", "é", ""] {
            assert!(!may_hold(text), "{text}");
        }
    }
}
