//! What an editor may work on next: sections and their sources, and what the rules found that isn't a mistake but is left to do.

use std::collections::BTreeSet;

use crate::base::Span;
use crate::config::{self, Config};
use crate::date::{Date, Day};
use crate::diagnostics::{Code, Diagnostic, code};
use crate::model::{Model, PageIx, SourceIx};

/// For how many days ahead waivers are listed.
const AHEAD: i64 = 30;

/// What is left to do on a site.
pub struct Worklist<'s> {
    /// The day that dates are compared with: the site's as-of day or, if it has none, the day of the build.
    pub day: Day,
    /// The sections, those with the fewest sources first.
    pub sections: Vec<SectionWork<'s>>,
    /// What the rules found, by rule.
    pub tasks: Vec<Task<'s>>,
    /// Waivers that have expired or soon will, in the order of their days.
    pub waivers: Vec<WaiverWork<'s>>,
}

/// A section, as far as its sources and dates tell how much work it needs.
pub struct SectionWork<'s> {
    /// Its id.
    pub id: &'s str,
    /// Its title, without markup.
    pub title: &'s str,
    /// Where it is.
    pub span: Span,
    /// How many sources it cites.
    pub sources: usize,
    /// How many events it tells.
    pub events: usize,
    /// When it last changed, as far as it says.
    pub changed: Option<&'s Date>,
    /// The day that it is accurate as of, if it gives its own.
    pub as_of: Option<&'s Date>,
}

/// The findings of one rule.
pub struct Task<'s> {
    /// Its name in data.
    pub name: &'static str,
    /// What it is about, as a heading.
    pub heading: &'static str,
    /// The rule.
    pub code: Code,
    /// What it found.
    pub findings: Vec<&'s Diagnostic>,
}

/// A waiver with an end.
pub struct WaiverWork<'s> {
    /// The rule that it waives.
    pub code: &'s str,
    /// The record or file.
    pub at: &'s str,
    /// Why.
    pub reason: &'s str,
    /// Until when it holds.
    pub until: &'s Date,
    /// How many days are left; negative if it has expired.
    pub days: i64,
    /// Where it is.
    pub span: Span,
}

/// The rules whose findings are work for an editor, in the order of the list.
const TASKS: [(&str, &str, Code); 4] = [
    ("single_source", "Single-source facts", code::SINGLE_SOURCE),
    ("orphans", "Records that nothing leads to", code::ORPHAN),
    ("stale", "Stale pages", code::STALE),
    ("no_archive", "Cited pages without an archived copy", code::NO_ARCHIVE),
];

/// The worklist of a site with these findings.
#[must_use]
pub fn worklist<'s>(model: &'s Model, config: &'s Config, found: &'s [Diagnostic]) -> Worklist<'s> {
    let task = |(name, heading, code): (&'static str, &'static str, Code)| {
        let findings = found.iter().filter(|finding| finding.code == code).collect();
        Task { name, heading, code, findings }
    };
    let mut sections: Vec<_> = PageIx::first(model.sections).map(|at| section(model, at)).collect();
    sections.sort_by_key(|section| section.sources);
    Worklist { day: model.today, sections, tasks: TASKS.into_iter().map(task).collect(), waivers: waivers(model, config) }
}

fn section(model: &Model, at: PageIx) -> SectionWork<'_> {
    let page = &model[at];
    let record = &page.item.record;
    let cited: BTreeSet<SourceIx> = page.item.cited.iter().filter_map(|link| link.source()).collect();
    let title = record.fields.front.title.as_ref();
    let title = title.map_or(record.id.value.as_str(), |title| page.item.linked().text(title, &model.language).characters());
    SectionWork {
        id: &record.id.value,
        title,
        span: record.id_span(),
        sources: cited.len(),
        events: page.tells.len(),
        changed: model.changed(at.into()),
        as_of: record.fields.front.as_of.as_ref().map(|date| &date.value),
    }
}

fn waivers<'s>(model: &'s Model, config: &'s Config) -> Vec<WaiverWork<'s>> {
    let ends = config.checks.allow.iter().filter_map(|waiver| {
        let until = waiver.until.as_ref()?;
        let days = model.today.days_until(until.value.days(&model.zone).last);
        Some(WaiverWork {
            code: &waiver.code.value,
            at: &waiver.at.value,
            reason: &waiver.reason.value,
            until: &until.value,
            days,
            span: config::book_span(until.range),
        })
    });
    let mut soon: Vec<_> = ends.filter(|waiver| waiver.days <= AHEAD).collect();
    soon.sort_by_key(|waiver| waiver.days);
    soon
}
