//! Takes a text apart into the words it is found by. `static/theme/search.js` does the same to what a reader types, and
//! `vectors.json` has examples that both are tested with: whoever changes one changes all three.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// The most characters of a word that count.
const LONGEST: usize = 32;

/// How many characters of a word decide where it is kept. A word is looked up by its beginning as soon as that many
/// characters of it are typed.
const BEGINNING: usize = 3;

/// Calls `found` with each word of `text`, folded: without accents, in lower case.
pub fn words(text: &str, found: &mut dyn FnMut(&str)) {
    let mut initials = String::new();
    // Where the last word ended, and whether it was one letter.
    let (mut end, mut was_letter) = (None::<usize>, false);
    let mut from = 0;
    loop {
        let start = run(text, from, false);
        let stop = run(text, start, true);
        if start == stop {
            break;
        }
        let (piece, between) = (&text[start..stop], end.map(|end| &text[end..start]));
        let one = only_char(piece);
        let is_one = one.is_some();
        let is_letter = one.is_some_and(|c| c.is_alphabetic() && !is_cjk(c));
        (from, end) = (stop, Some(stop));
        // The letter of “Noem’s”.
        if is_one && matches!(between, Some("'" | "’" | ".'" | ".’")) {
            was_letter = false;
            continue;
        }
        // “U.S.” is one word.
        if !(is_letter && was_letter && between == Some(".")) {
            add(&initials, found);
            initials.clear();
        }
        if is_letter {
            initials.push_str(piece);
        } else {
            add(&initials, found);
            initials.clear();
            add(piece, found);
        }
        was_letter = is_letter;
    }
    add(&initials, found);
}

/// The file, out of `of`, in which a word is kept.
pub fn shard(word: &str, of: usize) -> usize {
    let hash = word.chars().take(BEGINNING).fold(0x811c_9dc5_u32, |hash, c| (hash ^ c as u32).wrapping_mul(0x0100_0193));
    (hash ^ (hash >> 15)) as usize % of
}

/// Folds one run of letters and digits, and hands out what it consists of.
fn add(piece: &str, found: &mut dyn FnMut(&str)) {
    if piece.is_empty() {
        return;
    }
    if piece.is_ascii() {
        // Most words are in lower case already.
        if !piece.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return found(&piece[..piece.len().min(LONGEST)]);
        }
        let mut lower = [0; LONGEST];
        let length = piece.len().min(LONGEST);
        lower[..length].copy_from_slice(&piece.as_bytes()[..length]);
        lower.make_ascii_lowercase();
        return found(std::str::from_utf8(&lower[..length]).unwrap_or_default());
    }
    let folded = fold(piece);
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        let wide = is_cjk(first);
        let length = rest.find(|c| is_cjk(c) != wide).unwrap_or(rest.len());
        let (run, after) = rest.split_at(length);
        if wide {
            pairs(run, found);
        } else {
            found(cut(run));
        }
        rest = after;
    }
}

/// The first characters of a word.
fn cut(word: &str) -> &str {
    word.char_indices().nth(LONGEST).map_or(word, |(at, _)| &word[..at])
}

/// Scripts without spaces between words are found by each two neighboring characters.
fn pairs(run: &str, found: &mut dyn FnMut(&str)) {
    let ends: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    if ends.len() == 2 {
        found(run);
    }
    ends.windows(3).for_each(|ends| found(&run[ends[0]..ends[2]]));
}

fn fold(piece: &str) -> String {
    let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(piece);
    let bare: String = apart.chars().filter(|c| !is_accent(*c)).collect();
    let lower = ComposingNormalizerBorrowed::new_nfc().normalize(&bare).to_lowercase();
    let mut out = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            'ς' => out.push('σ'),
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            _ => out.push(c),
        }
    }
    out
}

/// Where the characters from `at` on cease to be parts of words or, without `parts`, to be none.
fn run(text: &str, mut at: usize, parts: bool) -> usize {
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        // Most characters of most texts are ASCII, and this is where the time goes.
        let (is, length) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric(), 1)
        } else {
            text[at..].chars().next().map_or((false, 1), |c| (is_part(c), c.len_utf8()))
        };
        if is != parts {
            break;
        }
        at += length;
    }
    at
}

/// The character that a piece consists of, if it is only one.
fn only_char(piece: &str) -> Option<char> {
    let mut chars = piece.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Whether a character is part of a word.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && (is_accent(c) || is_mark(c))
}

/// Marks that a reader may leave out.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}'
        | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Marks that belong to a letter in the scripts of South and Southeast Asia and in kana.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{900}'..='\u{963}' | '\u{971}'..='\u{dff}' | '\u{e31}'..='\u{e4e}' | '\u{eb1}'..='\u{ecd}'
        | '\u{f18}'..='\u{fbc}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17d3}' | '\u{3099}' | '\u{309a}')
}

/// Chinese characters and kana.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3005}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_taken_apart_as_the_script_does_it() {
        let vectors: serde_json::Value = serde_json::from_str(include_str!("vectors.json")).unwrap();
        let texts = vectors["words"].as_array().unwrap();
        assert!(texts.len() > 20);
        for vector in texts {
            let mut got = Vec::new();
            words(vector[0].as_str().unwrap(), &mut |word| got.push(word.to_owned()));
            let expected: Vec<_> = vector[1].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
            assert_eq!(got, expected, "{}", vector[0]);
        }
        for vector in vectors["shards"].as_array().unwrap() {
            let of = vector[1].as_u64().unwrap() as usize;
            assert_eq!(Some(shard(vector[0].as_str().unwrap(), of) as u64), vector[2].as_u64(), "{vector}");
        }
    }

    #[test]
    fn words_with_the_same_beginning_are_kept_together() {
        for (one, other) in [("deportation", "dep"), ("bukeles", "bukele"), ("éxito", "éxi")] {
            assert_eq!(shard(one, 64), shard(other, 64));
        }
    }
}
