//! How long a text is for its readers.

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{GraphemeClusterSegmenter, WordSegmenter};

/// How many words an adult reads in a minute.
const WORDS_A_MINUTE: usize = 230;

/// How many characters of Chinese or Japanese.
const CHARACTERS_A_MINUTE: usize = 500;

/// The length of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    /// All its words.
    pub words: usize,
    /// Those that are written with spaces or letters.
    spelled: usize,
    /// The characters of the others, which are Chinese or Japanese.
    characters: usize,
}

impl Length {
    /// The length of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        match spelled_words(text) {
            Some(words) => Self { words, spelled: words, characters: 0 },
            None => segmented(text),
        }
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            words: self.words + other.words,
            spelled: self.spelled + other.spelled,
            characters: self.characters + other.characters,
        }
    }

    /// How many minutes it takes to read, at least one.
    #[must_use]
    pub fn minutes(self) -> usize {
        // In parts of a minute that both ways of counting have in common.
        let parts = self.spelled * CHARACTERS_A_MINUTE + self.characters * WORDS_A_MINUTE;
        parts.div_ceil(WORDS_A_MINUTE * CHARACTERS_A_MINUTE).max(1)
    }
}

/// The words of a text by Unicode's rules, with a dictionary for scripts that put no spaces between words.
fn segmented(text: &str) -> Length {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let (mut length, mut start) = (Length::default(), 0);
    for end in segmenter.segment_str(text) {
        let segment = &text[start..end];
        start = end;
        // The segmenter's own word for it is wrong for segments that end in a vowel sign, as most do in Hindi.
        if !segment.contains(char::is_alphanumeric) {
            continue;
        }
        length.words += 1;
        match segment.chars().filter(|c| is_wide(*c)).count() {
            0 => length.spelled += 1,
            characters => length.characters += characters,
        }
    }
    length
}

/// Whether a character is of Chinese or Japanese writing.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '々' | '〆' | '\u{3040}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// How much room a text takes on a line, in letters: what is written over or under a letter takes none, and a character of
/// Chinese, Japanese or Korean writing takes that of two.
#[must_use]
pub fn room(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let ends = GraphemeClusterSegmenter::new().segment_str(text).skip(1);
    let mut start = 0;
    ends.map(|end| {
        let first = text[start..end].chars().next();
        start = end;
        if first.is_some_and(is_double) { 2 } else { 1 }
    })
    .sum()
}

/// Whether a character is twice as wide as a letter: those of Chinese, Japanese and Korean writing, with their punctuation.
fn is_double(c: char) -> bool {
    let is_half = matches!(c, '\u{ff61}'..='\u{ffdc}');
    let is_full = matches!(c, '\u{1100}'..='\u{115f}' | '\u{3000}'..='\u{303e}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}');
    !is_half && (is_full || is_wide(c))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    /// Joins letters, digits, or both.
    Joint {
        letters: bool,
        digits: bool,
    },
    Other,
}

/// What a character beyond ASCII is to a word; `None` if that takes Unicode's tables.
fn kind(c: char) -> Option<Kind> {
    Some(match c {
        '‘' | '’' => Kind::Joint { letters: true, digits: true },
        '·' => Kind::Joint { letters: true, digits: false },
        '\u{ad}' => return None,
        '\u{80}'..='\u{2af}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' | '\u{1e00}'..='\u{1eff}' => {
            if c.is_alphabetic() { Kind::Letter } else { Kind::Other }
        }
        '\u{2010}'..='\u{2023}' | '…' | '‹' | '›' | '€' | '→' | '−' => Kind::Other,
        _ => return None,
    })
}

/// [`kind`] of ASCII characters, which nearly all are.
const ASCII: [Option<Kind>; 128] = {
    let mut kinds = [Some(Kind::Other); 128];
    let mut at = 0;
    while at < 128 {
        let c = at as u8;
        if c.is_ascii_alphabetic() {
            kinds[at] = Some(Kind::Letter);
        } else if c.is_ascii_digit() {
            kinds[at] = Some(Kind::Digit);
        }
        at += 1;
    }
    kinds[b'.' as usize] = Some(Kind::Joint { letters: true, digits: true });
    kinds[b'\'' as usize] = Some(Kind::Joint { letters: true, digits: true });
    kinds[b',' as usize] = Some(Kind::Joint { letters: false, digits: true });
    kinds[b';' as usize] = Some(Kind::Joint { letters: false, digits: true });
    kinds[b':' as usize] = Some(Kind::Joint { letters: true, digits: false });
    kinds[b'_' as usize] = None;
    kinds
};

/// The kind of the character at a byte of a text, and its length in bytes.
#[inline]
fn kind_at(text: &str, at: usize) -> Option<(Kind, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() {
        return Some((ASCII[usize::from(byte)]?, 1));
    }
    let c = text[at..].chars().next()?;
    Some((kind(c)?, c.len_utf8()))
}

/// How many words a text has whose letters are all Latin or Cyrillic, as most are: Unicode's rules for them are short.
fn spelled_words(text: &str) -> Option<usize> {
    let (mut words, mut in_word, mut at) = (0, None, 0);
    while let Some(byte) = text.as_bytes().get(at) {
        // Most of what is not a word.
        if *byte == b' ' {
            (in_word, at) = (None, at + 1);
            continue;
        }
        let (kind, length) = kind_at(text, at)?;
        at += length;
        match (kind, in_word) {
            (Kind::Letter | Kind::Digit, _) => {
                words += usize::from(in_word.is_none());
                in_word = Some(kind);
                // Most of a text is the rest of a word.
                if kind == Kind::Letter {
                    at += text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                }
            }
            (Kind::Joint { letters, digits }, Some(before)) => {
                let joins = if before == Kind::Letter { letters } else { digits };
                in_word = in_word.filter(|before| joins && kind_at(text, at).is_some_and(|(next, _)| next == *before));
            }
            _ => in_word = None,
        }
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trials::trials;
    use proptest::prelude::*;

    #[test]
    fn words_are_counted_in_any_script() {
        for (text, words) in [
            ("", 0),
            ("One two — three.", 3),
            ("Mark’d ye o'clock 3.5 x-ray", 6),
            ("U.S. v. Noem, 1,234; 5", 5),
            ("L·L a.1 1.a", 5),
            ("今天，新加坡的总理发表了讲话。", 7),
            ("เราเรียนภาษาไทยทุกวัน", 6),
            ("한국어 문장 입니다", 3),
            ("हिन्दी में लिखा", 3),
            ("قال الوزير", 2),
            ("snake_case and", 2),
        ] {
            assert_eq!(Length::of(text).words, words, "{text}");
        }
    }

    #[test]
    fn chinese_is_read_by_the_character() {
        let minutes = |text: String| Length::of(&text).minutes();
        assert_eq!(minutes("强调文字重".repeat(100)), 1);
        assert_eq!(minutes("强调文字重".repeat(1297)), 13);
        assert_eq!([minutes(String::new()), minutes("word ".repeat(230)), minutes("word ".repeat(231))], [1, 1, 2]);
        assert_eq!(Length::of("一二").and(Length::of("three")).minutes(), 1);
    }

    #[test]
    fn room_is_counted_as_readers_see_it() {
        for (text, taken) in [
            ("", 0),
            ("The bridge", 10),
            ("é", 1),
            ("e\u{301}", 1),
            ("हिन्दी", 2),
            ("桥梁关闭。", 10),
            ("다리 폐쇄", 9),
            ("ｶﾀｶﾅ", 4),
            ("👩‍👩‍👧", 1),
        ] {
            assert_eq!(room(text), taken, "{text}");
        }
    }

    proptest! {
        #![proptest_config(trials(600))]

        #[test]
        fn both_ways_of_counting_agree(text in "[a-cA-Z0-9éßñøЖя '’‘.,;:·!?—–“”\"()/@#…\n-]{0,40}") {
            prop_assert_eq!(spelled_words(&text), Some(segmented(&text).words), "{:?}", text);
        }
    }
}
