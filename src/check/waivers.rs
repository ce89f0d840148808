//! Findings under a site's own settings: how bad each is, and which are let pass.

use std::collections::HashMap;

use super::{CheckContext, RULES, Scope, rule};
use crate::base::similar::nearest;
use crate::base::{FileId, Span, TextRange};
use crate::config::{self, Allow};
use crate::date::Day;
use crate::diagnostics::{self, Diagnostic, code};
use crate::model::RecordIx;
use crate::syntax::Record;

/// What is left of `found` once the site's `[checks]` are heard, in the order of places.
///
/// It takes what all stages found, at once, since a waiver that lets nothing pass is reported too. `today` is the day that
/// waivers end by. A finding of no rule, such as a file that does not parse, can't be switched off or let pass.
#[must_use]
pub fn apply_settings(found: Vec<Diagnostic>, site: &CheckContext<'_>, today: Day) -> Vec<Diagnostic> {
    let allow = &site.config.checks.allow;
    let mut waivers = Waivers::new(allow, today);
    let places = if waivers.by_code.is_empty() { Places::default() } else { Places::of(site) };
    let mut out = Vec::with_capacity(found.len());
    for mut finding in found {
        if rule(finding.code).is_some() {
            if waivers.lets_pass(&finding, &places, site) {
                continue;
            }
            match config::severity(site.config, finding.code, finding.severity) {
                Some(severity) => finding.severity = severity,
                None => continue,
            }
        }
        out.push(finding);
    }
    for (allow, used) in allow.iter().zip(waivers.used) {
        out.extend(complaint(allow, used, today));
    }
    diagnostics::sort(&mut out);
    out
}

/// The waivers that hold, by the code that each is for.
struct Waivers<'a> {
    by_code: HashMap<&'a str, HashMap<&'a str, Vec<usize>>>,
    used: Vec<bool>,
}

impl<'a> Waivers<'a> {
    fn new(allow: &'a [Allow], today: Day) -> Self {
        let mut by_code: HashMap<&str, HashMap<&str, Vec<usize>>> = HashMap::new();
        for (index, waiver) in allow.iter().enumerate().filter(|(_, waiver)| !has_expired(waiver, today)) {
            by_code.entry(&waiver.code.value).or_default().entry(&waiver.at.value).or_default().push(index);
        }
        Self { by_code, used: vec![false; allow.len()] }
    }

    /// Whether a waiver is for this finding, by the record that holds its place or by its file.
    fn lets_pass(&mut self, finding: &Diagnostic, places: &Places<'_>, site: &CheckContext<'_>) -> bool {
        let (Some(by_place), Some(span)) = (self.by_code.get(finding.code.0), finding.span) else {
            return false;
        };
        let names = [places.record(span), Some(site.tree.file(span.file).path.as_str())];
        let mut passes = false;
        for index in names.into_iter().flatten().filter_map(|name| by_place.get(name)).flatten() {
            self.used[*index] = true;
            passes = true;
        }
        passes
    }
}

/// Whether a waiver has run out.
pub(super) fn has_expired(waiver: &Allow, today: Day) -> bool {
    waiver.until.as_ref().is_some_and(|until| until.value.last_day() < today)
}

/// What is wrong with a waiver itself.
fn complaint(waiver: &Allow, used: bool, today: Day) -> Option<Diagnostic> {
    let warning = |range: TextRange, message: String| Diagnostic::warning(code::WAIVER, config::book_span(range), message);
    let name = &waiver.code.value;
    if !RULES.iter().any(|rule| rule.code().0 == name.as_str()) {
        let help =
            match (nearest(name, RULES.iter().map(|rule| rule.code().0)), code::ALL.iter().find(|(code, _)| code.0 == name))
            {
                (_, Some(_)) => "this is not a matter of judgement; mend what it is about".to_owned(),
                (Some(near), None) => format!("did you mean `{near}`?"),
                (None, None) => "write the code that stands in brackets before a finding".to_owned(),
            };
        return Some(warning(waiver.code.range, format!("there is no rule `{name}` that could be let pass")).help(help));
    }
    if let Some(until) = waiver.until.as_ref().filter(|_| has_expired(waiver, today)) {
        let message = format!("this waiver for `{name}` at `{}` ended with {}", waiver.at.value, until.value);
        return Some(warning(until.range, message).help("mend what it was for, or set a later day and say why in `reason`"));
    }
    // What is compared with the published site comes later, and not in every run.
    let comes_later = RULES.iter().any(|rule| rule.code().0 == name && matches!(rule.scope(), Scope::Published));
    if used || comes_later {
        return None;
    }
    let message = format!("nothing at `{}` fires `{name}`", waiver.at.value);
    Some(warning(waiver.at.range, message).help("take this waiver out, or correct its id or path"))
}

/// Where records begin, for the record that holds a place.
#[derive(Default)]
struct Places<'a> {
    by_file: HashMap<FileId, Vec<(u32, &'a str)>>,
}

impl<'a> Places<'a> {
    fn of(site: &CheckContext<'a>) -> Self {
        fn start<T>(record: &Record<T>) -> (FileId, u32, &str) {
            (record.origin.file, record.span(record.range).range.start, &record.id.value)
        }
        let model = site.model;
        let mut places = Self::default();
        let mut enter =
            |(file, start, id): (FileId, u32, &'a str)| places.by_file.entry(file).or_default().push((start, id));
        for owner in model.records() {
            match owner {
                RecordIx::Page(at) => {
                    let page = &model[at];
                    enter(start(&page.item.record));
                    page.variants.iter().for_each(|(_, item)| enter(start(&item.record)));
                }
                RecordIx::Event(at) => enter(start(&model[at].item.record)),
                RecordIx::Claim(at) => enter(start(&model[at].item.record)),
                RecordIx::Entity(at) => enter(start(&model[at].item.record)),
                RecordIx::Term(at) => enter(start(&model[at].item.record)),
                RecordIx::Source(at) => enter(start(&model[at].item.record)),
            }
        }
        // Of a hidden record nothing is kept but its id, which stands first in most.
        model.hidden.iter().for_each(|hidden| enter((hidden.span.file, hidden.span.range.start, &hidden.id)));
        places.by_file.values_mut().for_each(|starts| starts.sort_unstable());
        places
    }

    /// The id of the record that began last before a place.
    fn record(&self, span: Span) -> Option<&'a str> {
        let starts = self.by_file.get(&span.file)?;
        let after = starts.partition_point(|(start, _)| *start <= span.range.start);
        starts.get(after.checked_sub(1)?).map(|(_, id)| *id)
    }
}
