//! The order in which a language lists words.

use icu_collator::options::{CaseLevel, CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

/// The order of a language.
pub struct Collation(Option<CollatorBorrowed<'static>>);

impl Collation {
    /// The order of the language of a BCP 47 tag; that of most languages for one that is unknown.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let locale = Locale::try_from_str(&tag.replace('_', "-")).unwrap_or(Locale::UNKNOWN);
        let mut preferences = CollatorPreferences::from(&locale);
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Tertiary);
        options.case_level = Some(CaseLevel::Off);
        // The data is part of the program; without it the order would be that of small letters.
        Self(Collator::try_new(preferences, options).ok())
    }

    /// What a text is ordered by: the keys of two texts compare as the texts do, and cost far less. Marks that a text begins
    /// with count only if it has nothing else.
    #[must_use]
    pub fn key(&self, text: &str) -> Vec<u8> {
        let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let text = if bare.is_empty() { text } else { bare };
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
