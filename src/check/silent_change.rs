//! See [`SilentChange`].

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::CheckContext;
use super::rule::{Rule, Scope, rule};
use super::waivers::has_expired;
use crate::base::Hash;
use crate::config;
use crate::diagnostics::{Diagnostic, code};
use crate::model::{Model, PageItem, PageIx};
use crate::syntax::indices::TextIx;
use crate::syntax::markdown::{Markdown, Op};
use crate::syntax::pieces::TextField;

rule! {
    /// The words of a section differ from those that were published, and nothing in it says so: neither `updated` nor `updates`
    /// has changed.
    ///
    /// Readers take the date on a page for the day when somebody last stood by its words. A sentence that changed under an old
    /// date can't be told from one that was always there, and whoever quoted the old one seems to have made it up.
    ///
    /// The rule runs only if `--published` says what was published, by a version of the program that kept hashes of the words. It
    /// compares title, summary, key points, text and blocks in the site's first language. Punctuation, capitals, markup, links
    /// and citations may change. A section that is new or was updated on the day of the build is left alone.
    ///
    /// Set `updated` to the day of the change. If something was wrong, add a correction to `updates` as well.
    ///
    /// ```yaml
    /// title: The bridge
    /// updated: 2025-12-22                # the day of the change
    /// updates:
    ///   - {date: 2025-12-22, kind: correction, text: An earlier version gave the wrong length of the bridge.}
    /// ```
    SilentChange: SILENT_CHANGE, Warning, Scope::Published
}

/// What is kept of a section, to see later whether its words changed and whether it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording {
    /// A hash of its words.
    pub words: Hash,
    /// A hash of when it was updated, and of what its updates and corrections say.
    pub updates: Hash,
}

/// The wordings of all sections, by id.
#[must_use]
pub fn wordings(model: &Model) -> BTreeMap<String, Wording> {
    let one = |page: &PageItem| (page.item.record.id.value.clone(), wording(page, &model.language));
    model.section_items().par_iter().map(|page| one(page)).collect::<Vec<_>>().into_iter().collect()
}

/// Sections whose words differ from those in `published`, and that don't say so.
///
/// This is a function and not part of the rule, because it runs late, once the site is planned. So it applies the site's
/// settings itself: severity, and waivers.
#[must_use]
pub fn silent_changes(site: &CheckContext<'_>, published: &BTreeMap<String, Wording>) -> Vec<Diagnostic> {
    let Some(severity) = config::severity(site.config, code::SILENT_CHANGE, SilentChange.default_severity()) else {
        return Vec::new();
    };
    let model = site.model;
    let waivers = site.config.checks.allow.iter().filter(|waiver| waiver.code.value == code::SILENT_CHANGE.0);
    let holding: Vec<&str> = waivers
        .filter(|waiver| !has_expired(waiver, model.today, &model.zone))
        .map(|waiver| waiver.at.value.as_str())
        .collect();
    let look = |at: PageIx| {
        let (page, record) = (&model[at], &model[at].item.record);
        let before = published.get(&record.id.value)?;
        let now = wording(page, &model.language);
        let is_new = model.changed(at.into()).is_some_and(|date| date.days(&model.zone).last >= model.clock_day);
        let path = &site.tree.file(record.origin.file).path;
        let is_allowed = holding.iter().any(|waived| waived == path || *waived == record.id.value);
        if before.words == now.words || before.updates != now.updates || is_new || is_allowed {
            return None;
        }
        let updated = record.fields.front.updated.as_ref();
        let still =
            updated.map_or_else(|| "it has no `updated`".to_owned(), |date| format!("`updated` is still {}", date.value));
        let message = format!("the words of `{}` differ from those that were published, and {still}", record.id.value);
        let span = updated.map_or_else(|| record.id_span(), |date| record.span(date.range));
        let finding = Diagnostic { severity, ..Diagnostic::error(code::SILENT_CHANGE, span, message) };
        Some(finding.help(format!("set `updated: {}`, or add a correction to `updates`", model.clock_day)))
    };
    PageIx::first(model.sections).filter_map(look).collect()
}

fn wording(page: &PageItem, language: &str) -> Wording {
    let record = &page.item.record;
    let (front, pieces) = (&record.fields.front, &record.pieces);
    let of_updates: Vec<TextIx> = front.common.updates.iter().flat_map(|update| &update.text.variants).copied().collect();
    let mut texts = Vec::new();
    for (at, prose) in pieces.proses.indices().zip(&pieces.proses) {
        // Names in a byline and groups of sections are no words of the page.
        let is_text = !matches!(prose.field, TextField::Part | TextField::Other("authors"));
        if is_text && pieces.is_first(at, language) && !of_updates.contains(&at) {
            let mut words = String::new();
            append_all(&mut words, &prose.markdown);
            texts.push((prose.field.key(), words));
        }
    }
    // In which order the fields are written makes no difference.
    texts.sort_by_key(|(field, _)| *field);
    let mut updates = front.updated.as_ref().map(|date| date.value.to_string()).unwrap_or_default();
    for update in &front.common.updates {
        updates.push_str(&format!("\n{} {} ", update.date.value, update.kind.word()));
        for text in update.text.variants.iter().filter(|text| pieces.is_first(**text, language)) {
            append(&mut updates, pieces.proses[*text].markdown.characters());
        }
    }
    let words: Vec<&str> = texts.iter().flat_map(|(_, words)| words.split_whitespace()).collect();
    Wording { words: Hash::of(words.join(" ").as_bytes()), updates: Hash::of(updates.as_bytes()) }
}

/// Appends the words of a Markdown text.
fn append_all(out: &mut String, markdown: &Markdown) {
    for op in &markdown.ops {
        match op {
            Op::Text(slice) | Op::Code(slice) => append(out, markdown.str(*slice)),
            // Half a word may be emphasized.
            Op::Open(tag) | Op::Close(tag) if tag.is_inline() => {}
            _ => out.push(' '),
        }
    }
    out.push(' ');
}

/// Appends a text without what may change and leave the words the same: capitals, and marks other than those of amounts.
fn append(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            // “it's” and “it’s” are one word, whichever way it is written.
            '\'' | '’' => {}
            '%' | '$' | '+' | '=' | '<' | '>' | '&' | '#' | '@' => out.push(c),
            c if c.is_ascii_punctuation() || c.is_whitespace() || is_mark(c) => out.push(' '),
            c => out.extend(c.to_lowercase()),
        }
    }
}

/// Whether a character is general punctuation (dashes, quotation marks, spaces of all widths), or such a mark of another script.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '¡' | '¿' | '«' | '»' | '·' | '\u{ad}' | '،' | '؛' | '؟' | '，' | '！' | '？' | '：' | '；')
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_and_capitals_are_no_words() {
        let words = |text: &str| {
            let mut out = String::new();
            super::append(&mut out, text);
            out.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(words("It’s “Shut”—for 5 %, at\u{a0}least"), words("it's 'shut' - for 5 % at least"));
        assert_ne!(words("5 %"), words("5"));
        assert_ne!(words("not guilty"), words("guilty"));
    }
}
