//! The order in which a language lists words.

use icu_collator::options::{CaseLevel, CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

/// The order of a language.
pub struct Collation(Option<CollatorBorrowed<'static>>);

/// The letters under which a language's lists have their words.
pub struct Letters(Option<CollatorBorrowed<'static>>);

/// A collator for the language of a BCP 47 tag, or for most languages if it is unknown.
fn collator(tag: &str, strength: Strength) -> Option<CollatorBorrowed<'static>> {
    let locale = Locale::try_from_str(&tag.replace('_', "-")).unwrap_or(Locale::UNKNOWN);
    let mut preferences = CollatorPreferences::from(&locale);
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    let mut options = CollatorOptions::default();
    options.strength = Some(strength);
    options.case_level = Some(CaseLevel::Off);
    // The data is part of the program; without it the order would be that of small letters.
    Collator::try_new(preferences, options).ok()
}

/// A text without the marks that it begins with, unless it has nothing else.
fn bare(text: &str) -> &str {
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() { text } else { bare }
}

impl Letters {
    /// The letters of the language of a BCP 47 tag.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        Self(collator(tag, Strength::Primary))
    }

    /// The letter under which a word is listed: “A” for “Ángel” in English, and “Å” for “Åsa” in Swedish, where it is a letter
    /// of its own. A digit, or a character that has no capital form, is its own letter.
    #[must_use]
    pub fn of_word(&self, word: &str) -> String {
        let Some(first) = bare(word).chars().next() else { return String::new() };
        let capital: String = first.to_uppercase().collect();
        let plain =
            |letter: &char| self.0.as_ref().is_some_and(|it| it.compare(&capital, letter.encode_utf8(&mut [0; 4])).is_eq());
        ('A'..='Z').find(plain).map_or(capital, String::from)
    }
}

impl Collation {
    /// The order of the language of a BCP 47 tag; that of most languages for one that is unknown.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        Self(collator(tag, Strength::Tertiary))
    }

    /// What a text is ordered by: the keys of two texts compare as the texts do, and cost far less. Marks that a text begins
    /// with count only if it has nothing else.
    #[must_use]
    pub fn key(&self, text: &str) -> Vec<u8> {
        let text = bare(text);
        let mut key = Vec::with_capacity(text.len() * 2 + 8);
        match &self.0 {
            // Writing to memory can't fail.
            Some(collator) => collator.write_sort_key_to(text, &mut key).unwrap_or(()),
            None => key.extend(text.to_lowercase().bytes()),
        }
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is_ordered(tag: &str, words: &[&str]) {
        let collation = Collation::of(tag);
        let keys: Vec<_> = words.iter().map(|word| collation.key(word)).collect();
        assert!(keys.is_sorted() && keys.windows(2).all(|pair| pair[0] != pair[1]), "{tag}: {words:?}");
    }

    #[test]
    fn each_language_has_its_own_order() {
        is_ordered("en", &["Ángel", "apple", "Åsa", "de Gaulle", "eBay", "Zoë"]);
        is_ordered("sv", &["Ángel", "apple", "de Gaulle", "Zoë", "Åsa"]);
        is_ordered("es_419", &["nube", "ñandú", "oso"]);
        is_ordered("ru", &["Анна", "Ёлка", "Жук", "Anna"]);
        is_ordered("not a tag", &["a", "á", "b"]);
    }

    #[test]
    fn a_word_is_listed_under_a_letter_of_its_language() {
        let letters =
            |tag: &str, words: &[&str]| words.iter().map(|word| Letters::of(tag).of_word(word)).collect::<String>();
        assert_eq!(letters("en", &["Ángel", "åsa", "“eBay”", "9 years", "…", ""]), "AAE9…");
        assert_eq!(letters("sv", &["Ángel", "åsa"]), "AÅ");
        assert_eq!(letters("es", &["ñandú", "nube"]), "ÑN");
        assert_eq!(letters("ru", &["ёлка"]), "Ё");
        assert_eq!(letters("ar", &["سلفادور"]), "س");
    }

    #[test]
    fn numbers_count_and_marks_do_not() {
        is_ordered("en", &["9 years", "10 years", "Case 9", "“Case 10”", "¿Dónde?"]);
        assert_eq!(Collation::of("en").key("“Case 9"), Collation::of("en").key("Case 9"));
        assert!(!Collation::of("en").key("…").is_empty());
    }

    #[test]
    fn one_name_in_two_forms_is_one_name() {
        let collation = Collation::of("fr");
        assert_eq!(collation.key("e\u{301}te\u{301}"), collation.key("\u{e9}t\u{e9}"));
    }
}
