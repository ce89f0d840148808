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
    /// The as-of date of a page, a `known` block or the whole site is older than `stale-after` in `book.toml` allows.
    ///
    /// “As of December 22” promises that someone checked on that day. Months later, it tells readers that nobody has checked
    /// since, and that a question shown as open may have been settled.
    ///
    /// The rule compares with the day of the build, in the site's time zone. It is off for a site without `stale-after`,
    /// such as one about a story that is over.
    ///
    /// Review the page, correct what has changed, and set its `as-of` to today.
    ///
    /// ```toml
    /// [site]
    /// as-of = "2025-12-22"
    /// stale-after = 30     # days
    /// ```
    Stale: STALE, Warning, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    let origin = site.reader.origin(owner);
    if let RecordIx::Page(at) = owner {
        look(site, origin, site.reader.item(at).record.fields.front.as_of.as_ref(), report);
    }
    for block in site.reader.linked(owner).blocks() {
        if let Block::Known(known) = block {
            look(site, origin, known.as_of.as_ref(), report);
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

const HELP: &str = "review it, correct what has changed, and set `as-of` to the day of your review";

/// What is wrong with an as-of date, if it is too old.
fn complaint(most: Option<i32>, day: Day, now: Day) -> Option<String> {
    let (most, days) = (most?, day.days_until(now));
    (days > i64::from(most)).then(|| format!("this `as-of` is {days} days old, but `stale-after` is {most}"))
}

/// The same check for the settings: the site as a whole.
///
/// This is a separate function because the rule itself looks at records only.
pub(super) fn of_settings(site: &CheckContext<'_>) -> Option<Diagnostic> {
    let at = site.config.as_of.as_ref()?;
    let message = complaint(site.config.stale_after, at.value, site.model.clock_day)?;
    let finding = Diagnostic::error(code::STALE, config::book_span(at.range), message).help(HELP);
    Some(Diagnostic { severity: Stale.default_severity(), ..finding })
}
