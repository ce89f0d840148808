//! Which form of a message follows a number, by CLDR's rules.

use std::sync::Arc;

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

/// The names of all forms that any language has.
pub(super) const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The rule of a language.
#[derive(Clone, Debug)]
pub(super) struct Plural(Option<Arc<PluralRules>>);

impl Plural {
    /// That of the language of a BCP 47 tag.
    pub(super) fn of(tag: &str) -> Self {
        let locale = Locale::try_from_str(tag).unwrap_or(Locale::UNKNOWN);
        // The data is part of the program; without it each message would have its general form.
        Self(PluralRules::try_new_cardinal((&locale).into()).ok().map(Arc::new))
    }

    /// The name of the form for a number: `one`, `few`, `other` …
    pub(super) fn form(&self, n: usize) -> &'static str {
        match self.0.as_ref().map_or(PluralCategory::Other, |rules| rules.category_for(n)) {
            PluralCategory::Zero => FORMS[0],
            PluralCategory::One => FORMS[1],
            PluralCategory::Two => FORMS[2],
            PluralCategory::Few => FORMS[3],
            PluralCategory::Many => FORMS[4],
            PluralCategory::Other => FORMS[5],
        }
    }
}
