//! See [`Untranslated`].

use super::CheckContext;
use super::rule::{Report, Scope, rule};
use crate::config;
use crate::language::Catalogue;

rule! {
    /// The site is in a language that the program has no words in.
    ///
    /// Labels, dates and messages come from the program, and it speaks the [languages that the guide names](format.md#languages).
    /// In any other, readers see English words next to the site's. The rule is silent once the site has its own words for
    /// every label, which are those that begin with `ui.`.
    ///
    /// Write the words under `[site.words]`, add the language to the program, or switch the rule off if English labels are fine.
    ///
    /// ```toml
    /// [book]
    /// language = "fr"
    ///
    /// [site.words]
    /// ui.timeline = "Chronologie"
    /// ui.sources = "Sources"
    /// ```
    Untranslated: UNTRANSLATED, Warning, Scope::Global(check)
}

fn check(site: &CheckContext<'_>, report: &mut Report) {
    let tag = &site.config.first().tag;
    if Catalogue::speaks(tag) {
        return;
    }
    let english = Catalogue::load(tag);
    let is_own = |label: &str| site.config.words.iter().any(|(key, _)| key == label);
    let left = english.iter().filter(|(key, _)| key.starts_with("ui.") && !is_own(key)).count();
    if left == 0 {
        return;
    }
    let message = format!("the program isn't translated into `{tag}`: {left} labels and all dates are in English");
    report.add(config::book_span(site.config.language_range), message).help = Some(format!(
        "write your own words in [site.words]; the program is translated into {}",
        Catalogue::languages().collect::<Vec<_>>().join(", ")
    ));
}
