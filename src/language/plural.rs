//! Which form of a message follows a number, by CLDR's rules.

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesPreferences};

/// The names of all forms that any language has.
pub(super) const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The rule of a language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plural(PluralRulesPreferences);

impl Plural {
    /// That of the language of a BCP 47 tag.
    pub(super) fn of(tag: &str) -> Self {
        let locale = Locale::try_from_str(tag).unwrap_or(Locale::UNKNOWN);
        Self((&locale).into())
    }

    /// The name of the form for a number: `one`, `few`, `other` …
    pub(super) fn form(self, n: usize) -> &'static str {
        // The data is part of the program, and to look it up costs next to nothing. Without it each message would have its
        // general form.
        let rules = PluralRules::try_new_cardinal(self.0);
        match rules.map_or(PluralCategory::Other, |rules| rules.category_for(n)) {
            PluralCategory::Zero => FORMS[0],
            PluralCategory::One => FORMS[1],
            PluralCategory::Two => FORMS[2],
            PluralCategory::Few => FORMS[3],
            PluralCategory::Many => FORMS[4],
            PluralCategory::Other => FORMS[5],
        }
    }
}
