//! Finds where the sentences of a text begin and end.
//!
//! A period ends a sentence, marks an abbreviation, or does both, and only knowledge of the language tells these apart. This
//! file knows a few abbreviations in a few languages, and which words begin sentences. The rest follows from the letters
//! around the mark: a capital in the middle of a sentence needs a reason, and no sentence begins with a lowercase letter.

use std::ops::Range;

/// The sentences of `text`, without the spaces between them. The tag names its language, such as `en` or `es-419`. A line
/// break ends a sentence, since each block is on its own lines.
#[must_use]
pub fn sentences(text: &str, language: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    each(text, language, |sentence| {
        out.push(sentence);
        true
    });
    out
}

/// Where the second sentence of `text` begins, if there is one.
#[must_use]
pub fn second_sentence(text: &str, language: &str) -> Option<usize> {
    let (mut count, mut start) = (0, None);
    each(text, language, |sentence| {
        count += 1;
        start = (count == 2).then_some(sentence.start);
        count < 2
    });
    start
}

/// Gives each sentence to `take`, until that returns false.
fn each(text: &str, language: &str, mut take: impl FnMut(Range<usize>) -> bool) {
    let words = Words::of(language);
    let bytes = text.as_bytes();
    let (mut start, mut at) = (0, 0);
    while let Some(skip) = bytes[at..].iter().position(|byte| MAY_BE_MARK[usize::from(*byte)]) {
        at += skip;
        let c = text[at..].chars().next().unwrap_or_default();
        if !is_mark(c) {
            at += c.len_utf8();
            continue;
        }
        // Further marks and closing quotes after the first mark belong to it.
        let seen = if c == '\n' { at + 1 } else { at + text[at..].find(is_behind_marks).unwrap_or(text.len() - at) };
        if ends(text, at..seen, &words) {
            if !trimmed(text, start..seen).is_none_or(&mut take) {
                return;
            }
            start = seen;
        }
        at = seen;
    }
    trimmed(text, start..text.len()).map(take);
}

/// The first bytes of the characters for which [`is_mark`] may hold.
const MAY_BE_MARK: [bool; 256] = {
    let mut may = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        // All others that are in question have more than one byte.
        may[byte] = matches!(byte as u8, b'.' | b'!' | b'?' | b'\n' | 0xc0..);
        byte += 1;
    }
    may
};

/// A range without the spaces around it, if there is anything else in it.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let sentence = &text[range.clone()];
    let start = range.start + sentence.len() - sentence.trim_start().len();
    let end = start + sentence.trim().len();
    (end > start).then_some(start..end)
}

fn is_behind_marks(c: char) -> bool {
    !is_mark(c) && !is_closing(c)
}

fn is_mark(c: char) -> bool {
    // Full stops in Arabic, Urdu, Armenian, Ethiopic, and the scripts of India.
    matches!(c, '.' | '!' | '?' | '…' | '\n' | '؟' | '۔' | '։' | '።' | '।' | '॥') || is_wide(c)
}

/// Marks in scripts that are written without spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '」' | '』')
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '(' | '[' | '{' | '¿' | '¡' | '—' | '–')
}

/// Whether the marks at `marks` end a sentence.
fn ends(text: &str, marks: Range<usize>, words: &Words) -> bool {
    let (before, mark, after) = (&text[..marks.start], &text[marks.clone()], &text[marks.end..]);
    if mark.contains(|c: char| c == '\n' || is_wide(c)) || after.trim_start().is_empty() {
        return true;
    }
    // `3.5`, `a.example`, `U.S.`
    if !after.starts_with(char::is_whitespace) {
        return false;
    }
    let next = after.trim_start().trim_start_matches(is_opening);
    // “Why?” he asked.
    if next.starts_with(char::is_lowercase) {
        return false;
    }
    let is_single = mark.starts_with('.') && !mark.starts_with("..");
    !is_single || !words.shortens(before, next)
}

/// What we know about a language.
struct Words {
    /// Come before a name, whatever it begins with.
    titles: &'static [&'static str],
    /// Come before a number.
    before_numbers: &'static [&'static str],
    /// May also end a sentence.
    others: &'static [&'static str],
    /// Begin sentences, so the sentence before one has ended.
    openers: &'static [&'static str],
    /// Ordinal numbers are written with a period.
    has_ordinals: bool,
}

impl Words {
    fn of(language: &str) -> Self {
        match language.split(['-', '_']).next().unwrap_or_default() {
            "en" => ENGLISH,
            "es" => SPANISH,
            "de" => GERMAN,
            "fr" => FRENCH,
            _ => OTHER,
        }
    }

    /// Whether the period after `before` belongs to its last word and does not end a sentence before `next`.
    fn shortens(&self, before: &str, next: &str) -> bool {
        let word = before.rsplit(|c: char| c.is_whitespace() || is_opening(c)).next().unwrap_or_default();
        let begins = next.split(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
        if self.titles.contains(&word) {
            return true;
        }
        if self.before_numbers.contains(&word) {
            return begins.contains(|c: char| c.is_ascii_digit());
        }
        // `J. Smith`, `U.S. Senate`
        let mut letters = word.split('.');
        let is_initials = letters.all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
        let is_ordinal =
            self.has_ordinals && (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
        (is_initials || is_ordinal || self.others.contains(&word)) && !self.openers.contains(&begins)
    }
}

const ENGLISH: Words = Words {
    titles: &[
        "Mr", "Mrs", "Ms", "Dr", "Prof", "Rev", "Hon", "Gen", "Col", "Maj", "Capt", "Lt", "Sgt", "Sen", "Rep", "Gov",
        "Pres", "St", "Atty", "v", "vs", "cf", "e.g", "i.e", "Mt", "Ft",
    ],
    before_numbers: &[
        "No", "Nos", "no", "nos", "p", "pp", "para", "Sec", "sec", "Art", "art", "Fig", "fig", "Vol", "vol", "ch", "Ch",
        "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "ca", "approx",
    ],
    others: &[
        "Inc", "Corp", "Co", "Ltd", "Jr", "Sr", "etc", "al", "Bros", "a.m", "p.m", "Ph.D", "Ave", "Blvd", "Dept", "Univ",
    ],
    openers: &[
        "A", "After", "All", "An", "And", "As", "At", "Before", "But", "By", "For", "From", "He", "Her", "His", "How",
        "However", "I", "If", "In", "It", "Its", "No", "Not", "On", "One", "Our", "She", "Since", "So", "Some", "That",
        "The", "Their", "Then", "There", "These", "They", "This", "Those", "To", "Two", "Under", "We", "What", "When",
        "Where", "Who", "With", "You",
    ],
    has_ordinals: false,
};

const SPANISH: Words = Words {
    titles: &["Sr", "Sra", "Srta", "Dr", "Dra", "Lic", "Ing", "Prof", "Gral", "Cnel", "Mons", "Ud", "Uds", "EE", "cf", "vs"],
    before_numbers: &[
        "núm", "Núm", "n.º", "N.º", "pág", "págs", "p", "pp", "art", "Art", "arts", "vol", "cap", "fig", "aprox",
    ],
    others: &["UU", "etc", "a.m", "p.m", "Cía", "S.A", "de C.V"],
    openers: &[
        "A", "Al", "Así", "Aunque", "Con", "Cuando", "De", "Desde", "Después", "El", "Ella", "Ellos", "En", "Entre", "Es",
        "Ese", "Esta", "Este", "Esto", "La", "Las", "Lo", "Los", "Más", "No", "Para", "Pero", "Por", "Que", "Según", "Si",
        "Sin", "Sobre", "Su", "También", "Tras", "Un", "Una", "Y", "Ya",
    ],
    has_ordinals: false,
};

const GERMAN: Words = Words {
    titles: &["Hr", "Fr", "Dr", "Prof", "St", "Nr", "vgl", "Vgl", "bzw", "ca", "geb", "gest", "sog", "z", "d", "u", "i"],
    before_numbers: &["S", "Abs", "Art", "Bd", "Kap", "Jan", "Febr", "Aug", "Sept", "Okt", "Nov", "Dez"],
    others: &["usw", "etc", "Co", "B", "h", "a", "ff"],
    openers: &[
        "Aber", "Als", "Am", "An", "Auch", "Auf", "Aus", "Bei", "Da", "Damit", "Dann", "Das", "Den", "Der", "Die", "Dies",
        "Diese", "Doch", "Ein", "Eine", "Er", "Es", "Für", "Ich", "Ihr", "Im", "In", "Mit", "Nach", "Sie", "So", "Um",
        "Und", "Von", "Wenn", "Wer", "Wie", "Wir", "Zu",
    ],
    has_ordinals: true,
};

const FRENCH: Words = Words {
    titles: &["M", "MM", "Me", "Dr", "Pr", "cf", "St"],
    before_numbers: &[
        "p", "pp", "art", "Art", "vol", "chap", "fig", "env", "janv", "févr", "juill", "sept", "oct", "nov", "déc",
    ],
    others: &["etc", "Cie", "av", "apr"],
    openers: &[
        "À", "Après", "Au", "Aux", "Avec", "Ce", "Ces", "Cette", "Dans", "De", "Depuis", "Des", "Elle", "Elles", "En", "Et",
        "Il", "Ils", "La", "Le", "Les", "Mais", "On", "Par", "Pour", "Quand", "Qui", "Sa", "Selon", "Ses", "Si", "Son",
        "Sur", "Un", "Une",
    ],
    has_ordinals: false,
};

const OTHER: Words = Words { titles: &[], before_numbers: &[], others: &[], openers: &[], has_ordinals: false };

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks `text`, in which bars separate the sentences.
    #[track_caller]
    fn has(language: &str, text: &str) {
        let plain = text.replace(" | ", " ");
        let got: Vec<_> = sentences(&plain, language).into_iter().map(|range| &plain[range]).collect();
        assert_eq!(got, text.split(" | ").collect::<Vec<_>>());
    }

    #[test]
    fn english_abbreviations_end_no_sentence() {
        has("en", "The case is Abrego Garcia v. Noem, No. 24A949. | It was filed on Jan. 5 by Mr. J. Smith.");
        has("en", "The U.S. Supreme Court ruled. | He was born in the U.S. | He left at 5 p.m. | They stayed.");
        has("en-GB", "Acme Inc. Chairman Roe paid 3.5 million. | Was it No. 1? | No. | See p. 2.");
        has("en", "Sen. Chris Van Hollen (D-Md.) visited. | See a.example for more.");
    }

    #[test]
    fn quotes_brackets_and_ellipses_belong_to_their_sentence() {
        has("en", "“I don't see it.” | He left. | (So did she.) | “Why?” he asked… and then… | The end!");
        has("en", "Wait... what? | Wait... | What?! | [Applause.] | \"Done.\"");
    }

    #[test]
    fn other_languages_have_their_own() {
        has("es", "El Sr. Bukele viajó a EE. UU. | La visita duró 2.5 horas. | ¿Y después? | ¡Nada!");
        has("de", "Am 3. Mai kam Dr. Müller, z. B. mit Nr. 7. | Er blieb.");
        has("fr", "M. Dupont arrive, cf. p. 12. | Elle part.");
        has("xx", "One. | Two.");
        has("ar", "هل أغلق الجسر؟ | نعم. | انتهى");
        has("hi", "पुल बंद हुआ। | लोग घर गए। | क्यों?");
    }

    #[test]
    fn lines_and_wide_marks_end_sentences() {
        let ranges = |text: &str| sentences(text, "ja").into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>();
        assert_eq!(ranges("A heading\n\nThe text. More"), ["A heading", "The text.", "More"]);
        assert_eq!(ranges("今日は。明日も！"), ["今日は。", "明日も！"]);
        assert!(ranges(" \n ").is_empty() && ranges("").is_empty());
    }
}
