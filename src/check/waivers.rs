//! Applies the site's settings to findings: how bad each is, and which are waived.

use std::collections::HashMap;

use jiff::tz::TimeZone;

use super::{CheckContext, RULES, Scope, rule};
use crate::base::TextRange;
use crate::base::similar::nearest;
use crate::config::{self, Allow};
use crate::date::Day;
use crate::diagnostics::{self, Diagnostic, code};
use crate::model::at::Standings;

/// What is left of `found` once the site's `[checks]` are applied, sorted by location.
///
/// It takes the findings of all stages together, since a waiver without effect is reported too. `today` is the day that
/// decides whether a waiver has expired. A finding that comes from no rule, such as a file that does not parse, can't be
/// turned off or waived.
#[must_use]
pub fn apply_settings(found: Vec<Diagnostic>, site: &CheckContext<'_>, today: Day) -> Vec<Diagnostic> {
    let (allow, zone) = (&site.config.checks.allow, &site.config.time_zone);
    let (mut out, used) = passed(found, site, today);
    for (allow, used) in allow.iter().zip(used) {
        out.extend(complaint(allow, used, today, zone));
    }
    diagnostics::sort(&mut out);
    out
}

/// What is left of `found` once severities and waivers are applied, and which waivers had an effect.
pub(super) fn passed(found: Vec<Diagnostic>, site: &CheckContext<'_>, today: Day) -> (Vec<Diagnostic>, Vec<bool>) {
    let (allow, zone) = (&site.config.checks.allow, &site.config.time_zone);
    let mut waivers = Waivers::new(allow, today, zone);
    let standings = if waivers.by_code.is_empty() { Standings::default() } else { Standings::of(site.model) };
    let mut out = Vec::with_capacity(found.len());
    for mut finding in found {
        if rule(finding.code).is_some() {
            if waivers.lets_pass(&finding, &standings, site) {
                continue;
            }
            match config::severity(site.config, finding.code, finding.severity) {
                Some(severity) => finding.severity = severity,
                None => continue,
            }
        }
        out.push(finding);
    }
    (out, waivers.used)
}

/// The active waivers, by the code that each is for.
struct Waivers<'a> {
    by_code: HashMap<&'a str, HashMap<&'a str, Vec<usize>>>,
    used: Vec<bool>,
}

impl<'a> Waivers<'a> {
    fn new(allow: &'a [Allow], today: Day, zone: &TimeZone) -> Self {
        let mut by_code: HashMap<&str, HashMap<&str, Vec<usize>>> = HashMap::new();
        let holds = |waiver: &Allow| can_be_waived(&waiver.code.value) && !has_expired(waiver, today, zone);
        for (index, waiver) in allow.iter().enumerate().filter(|(_, waiver)| holds(waiver)) {
            by_code.entry(&waiver.code.value).or_default().entry(&waiver.at.value).or_default().push(index);
        }
        Self { by_code, used: vec![false; allow.len()] }
    }

    /// Whether a waiver covers this finding, by the record that contains its location, or by its file.
    fn lets_pass(&mut self, finding: &Diagnostic, standings: &Standings, site: &CheckContext<'_>) -> bool {
        let (Some(by_place), Some(span)) = (self.by_code.get(finding.code.0), finding.span) else {
            return false;
        };
        let standing = standings.at(span.file, span.range.start);
        let id = standing.map(|standing| standing.id(site.model));
        let names = [id, Some(site.tree.file(span.file).path.as_str())];
        let mut passes = false;
        for index in names.into_iter().flatten().filter_map(|name| by_place.get(name)).flatten() {
            self.used[*index] = true;
            passes = true;
        }
        passes
    }
}

/// Whether findings of this code can be waived: those of rules can, except for what must not be published under any
/// circumstances.
fn can_be_waived(name: &str) -> bool {
    RULES.iter().any(|rule| rule.code().0 == name && config::can_be_set(rule.code()))
}

/// Whether a waiver has expired.
pub(super) fn has_expired(waiver: &Allow, today: Day, zone: &TimeZone) -> bool {
    waiver.until.as_ref().is_some_and(|until| until.value.days(zone).last < today)
}

/// What is wrong with a waiver itself.
fn complaint(waiver: &Allow, used: bool, today: Day, zone: &TimeZone) -> Option<Diagnostic> {
    let warning = |range: TextRange, message: String| Diagnostic::warning(code::WAIVER, config::book_span(range), message);
    let name = &waiver.code.value;
    if !can_be_waived(name) {
        let (message, help) = if code::ALL.iter().any(|(code, _)| code.0 == name) {
            (format!("`{name}` can't be waived"), "fix the problem itself, and delete this waiver".to_owned())
        } else {
            let near = nearest(name, RULES.iter().map(|rule| rule.code().0));
            let unlike = || "write the code that a finding shows in brackets".to_owned();
            (format!("there is no rule `{name}`"), near.map_or_else(unlike, |near| format!("did you mean `{near}`?")))
        };
        return Some(warning(waiver.code.range, message).help(help));
    }
    if let Some(until) = waiver.until.as_ref().filter(|_| has_expired(waiver, today, zone)) {
        let message = format!("this waiver for `{name}` at `{}` expired after {}", waiver.at.value, until.value);
        return Some(warning(until.range, message).help("fix the problem, or set a later day and say why in `reason`"));
    }
    // The comparison with the published site runs later, and not in every run; other sites are asked by a command of their own.
    let is_later = |scope| matches!(scope, Scope::Published | Scope::External);
    let comes_later = RULES.iter().any(|rule| rule.code().0 == name && is_later(rule.scope()));
    if used || comes_later {
        return None;
    }
    let message = format!("`{name}` finds nothing at `{}`", waiver.at.value);
    Some(warning(waiver.at.range, message).help("delete this waiver, or correct its id or path"))
}
