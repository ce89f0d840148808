//! See [`Stale`].

use super::rule::{Report, Rule, Scope, rule};
use super::{CheckContext, LocalContext};
use crate::base::{At, Origin};
use crate::config;
use crate::date::{Date, Day};
use crate::diagnostics::{Diagnostic, code};
use crate::model::RecordIx;
use crate::syntax::kinds::blocks::Block;

rule! {
    /// A page, a `known` block or the whole site is true as of a day that lies longer ago than `stale-after` in `book.toml` allows.
    ///
    /// “As of December 22” is a promise that somebody looked on that day. Months later it tells a reader that nobody has looked
    /// since, and what stands there as open may have been settled.
    ///
    /// The day is compared with the day of the build, by the site's clocks. A site that sets no `stale-after`, such as one on a
    /// story that is over, is asked for nothing.
    ///
    /// Look through the page again, correct what has changed, and set its `as-of` to today.
    ///
    /// ```toml
    /// [site]
    /// as-of = "2025-12-22"
    /// stale-after = 30     # days
    /// ```
    Stale: STALE, Warning, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    let RecordIx::Page(at) = owner else { return };
    let record = &site.reader.item(at).record;
    look(site, record.origin, record.fields.front.as_of.as_ref(), report);
    for block in &record.fields.blocks {
        if let Block::Known(known) = block {
            look(site, record.origin, known.as_of.as_ref(), report);
        }
    }
}

fn look(site: &LocalContext<'_>, origin: Origin, date: Option<&At<Date>>, report: &mut Report) {
    let Some(date) = date else { return };
    let day = date.value.days(site.reader.zone()).last;
    if let Some(message) = complaint(site.config.stale_after, day, site.reader.clock_day()) {
        report.add(origin.span(date.range), message).help = Some(HELP.to_owned());
    }
}

const HELP: &str = "review it, correct what has changed, and set `as-of` to the day on which you did";

/// What is wrong with a day as of which something is true, if it lies too long ago.
fn complaint(most: Option<i32>, day: Day, now: Day) -> Option<String> {
    let (most, days) = (most?, day.days_until(now));
    (days > i64::from(most)).then(|| format!("this `as-of` is {days} days old, and `stale-after` is {most}"))
}

/// The same of the settings: the site as a whole.
///
/// A function and no part of the rule's own look, because that is at records.
pub(super) fn of_settings(site: &CheckContext<'_>) -> Option<Diagnostic> {
    let at = site.config.as_of.as_ref()?;
    let message = complaint(site.config.stale_after, at.value, site.model.clock_day)?;
    let finding = Diagnostic::error(code::STALE, config::book_span(at.range), message).help(HELP);
    Some(Diagnostic { severity: Stale.default_severity(), ..finding })
}
