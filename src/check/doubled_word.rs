//! See [`DoubledWord`].

use std::ops::Range;

use super::LocalContext;
use super::reading::{Reading, each_texts};
use super::rule::{Report, Scope, rule};
use crate::model::RecordIx;
use crate::syntax::markdown::{Markdown, Op};

rule! {
    /// A word stands twice in a row: “the the”, “and and”.
    ///
    /// It happens when a sentence is rewritten, and the eye skips it, above all where one of the two ends a line.
    ///
    /// The rule knows words that are never meant to be doubled: articles, conjunctions and the like in English, German and
    /// Spanish. It leaves “had had”, “that that” and “in in” alone, and also names and code.
    ///
    /// Delete one of the two.
    ///
    /// ```markdown
    /// The state closed the the bridge.      write `the bridge`
    /// ```
    DoubledWord: DOUBLED_WORD, Warning, Scope::Local(check)
}

const ENGLISH: &[&str] = &[
    "a", "an", "and", "because", "but", "from", "if", "its", "my", "of", "or", "our", "than", "the", "their", "they", "we",
    "were", "with", "your",
];
const GERMAN: &[&str] = &[
    "aber", "auch", "dem", "des", "ein", "eine", "einem", "einen", "einer", "eines", "nicht", "oder", "und", "vom", "von",
    "wird", "wurde", "zum", "zur",
];
const SPANISH: &[&str] =
    &["al", "con", "de", "del", "el", "en", "las", "los", "o", "para", "pero", "por", "que", "su", "sus", "un", "una", "y"];

/// The words of a language that are never meant to be doubled.
fn words(language: &str) -> &'static [&'static str] {
    match language.split('-').next() {
        Some("en") => ENGLISH,
        Some("de") => GERMAN,
        Some("es") => SPANISH,
        _ => &[],
    }
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    each_texts(site.reader, owner, |texts| {
        for prose in &texts.pieces.proses {
            let words = words(prose.language.as_deref().unwrap_or(texts.language));
            // Nearly every text ends here.
            if words.is_empty() || !may_hold(&prose.markdown) {
                continue;
            }
            let reading = Reading::of(&prose.markdown);
            for doubled in find(&reading.text, words).into_iter().filter(|doubled| !reading.is_code(doubled)) {
                let message = format!("`{}` stands twice in a row", &reading.text[doubled.clone()]);
                let help = "delete one of the two".to_owned();
                report.add(texts.origin.span(reading.place(&doubled)), message).help = Some(help);
            }
        }
    });
}

/// Whether two words in a row are alike, in a line or across its end. False for nearly every text, and needs no
/// preparation.
fn may_hold(markdown: &Markdown) -> bool {
    let mut before: &[u8] = b"";
    markdown.ops.iter().any(|op| {
        let Op::Text(slice) = op else { return false };
        has_twins(markdown.str(*slice).as_bytes(), &mut before)
    })
}

/// Whether two words in a row are alike, the first of them behind `before`, which becomes the last.
fn has_twins<'t>(text: &'t [u8], before: &mut &'t [u8]) -> bool {
    text.split(|byte| *byte == b' ').any(|word| {
        let last = std::mem::replace(before, word);
        last.len() == word.len() && !word.is_empty() && last.eq_ignore_ascii_case(word)
    })
}

/// Where the second of two equal words in a row stands.
fn find(text: &str, words: &[&str]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut before = "";
    let mut at = 0;
    for word in text.split(' ') {
        let is_same = before.eq_ignore_ascii_case(word) && word.bytes().all(|byte| !byte.is_ascii_uppercase());
        if is_same && words.contains(&word) {
            found.push(at..at + word.len());
        }
        before = word.rsplit('\n').next().unwrap_or(word);
        at += word.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_are_never_doubled_are_found() {
        for (text, wanted) in [
            ("The state closed the the bridge", vec!["the"]),
            ("The the bridge and and it", vec!["the", "and"]),
            ("she had had it, and what it is is that that was in in March", vec![]),
            ("The The played", vec![]),
            ("of, of course\nthe end of\nof it all", vec![]),
            ("a\u{a0}a b  b", vec![]),
        ] {
            let found: Vec<_> = find(text, ENGLISH).into_iter().map(|at| &text[at]).collect();
            assert_eq!(found, wanted, "{text}");
            assert!(wanted.is_empty() || has_twins(text.as_bytes(), &mut &b""[..]), "{text}");
        }
    }
}
