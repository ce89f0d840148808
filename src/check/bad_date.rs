//! See [`BadDate`].

use super::LocalContext;
use super::rule::{Report, Scope, label, rule};
use crate::base::{At, Origin};
use crate::date::Date;
use crate::model::{EventIx, RecordIx};
use crate::syntax::kinds::blocks::{Block, Opens, Query};
use crate::syntax::kinds::entity::RoleEnd;
use crate::syntax::kinds::page::Timeline;

rule! {
    /// A date is not EDTF, does not exist, or ends before it begins.
    ///
    /// Timelines, feeds and calendars are sorted by date. A date that can't be read, or that contradicts itself, would put a
    /// fact in the wrong place. Errors within a single date are found when the file is read; this rule adds roles and
    /// timelines whose `to` is earlier than their `from`,
    /// or that open after their last event.
    ///
    /// Write a day as `2025-03-15`, a month as `2025-03`, an approximate month as `2025-03~`, and something ongoing as
    /// `2022-03-27/..`. A date need not be exact to the day, and should not be if the day is unknown.
    ///
    /// ```yaml
    /// roles:
    ///   - {title: Mayor of San Salvador, from: 2018-04-30, to: 2015-05-01}     # ends before it begins
    /// ```
    BadDate: BAD_DATE, Error, Scope::Local(check)
}

fn check(site: &LocalContext<'_>, owner: RecordIx, report: &mut Report) {
    let origin = site.reader.origin(owner);
    opens(site, owner, origin, report);
    let mut query = |query: &Query| {
        compare(site, "this timeline", query.from.as_ref(), query.to.as_ref(), origin, report);
    };
    for block in site.reader.linked(owner).blocks() {
        if let Block::Timeline(inner) = block {
            query(inner);
        }
    }
    match owner {
        RecordIx::Entity(at) => {
            let record = &site.reader.item(at).record;
            for role in &record.fields.roles {
                if let Some(RoleEnd::At(to)) = &role.to {
                    compare(site, "this role", role.from.as_ref(), Some(to), record.origin, report);
                }
            }
        }
        RecordIx::Page(at) => {
            let record = &site.reader.item(at).record;
            if let Timeline::Query(own) = &record.fields.front.timeline {
                query(own);
            }
        }
        RecordIx::Event(_) | RecordIx::Claim(_) | RecordIx::Term(_) | RecordIx::Source(_) | RecordIx::Author(_) => {}
    }
}

/// Reports timelines that would open after their last event.
fn opens(site: &LocalContext<'_>, owner: RecordIx, origin: Origin, report: &mut Report) {
    let mut compare = |opens: Option<&Opens>, events: &[EventIx]| {
        let (Some(Opens::At(at)), Some(last)) = (opens, events.last()) else { return };
        let last = site.reader.date(*last);
        if at.value.days(site.reader.zone()).first > last.days(site.reader.zone()).first {
            let message = format!("this timeline opens at {}, after its last event ({last})", at.value);
            let finding = report.add(origin.span(at.range), message);
            finding.help = Some("write a date of one of its events, or `today`".to_owned());
        }
    };
    if let RecordIx::Page(at) = owner
        && let Some(opens) = site.reader.item(at).record.fields.front.timeline.opens()
    {
        compare(Some(opens), site.reader.timeline(owner));
    }
    let blocks = site.reader.linked(owner).body.into_iter().flat_map(|body| body.blocks.indices().zip(&body.blocks));
    for (index, block) in blocks {
        if let Block::Timeline(query) = block
            && query.opens.is_some()
        {
            compare(query.opens.as_ref(), site.reader.block_events(owner, index).unwrap_or_default());
        }
    }
}

/// Whether all of `to` is earlier than all of `from`.
fn compare(
    site: &LocalContext<'_>,
    what: &str,
    from: Option<&At<Date>>,
    to: Option<&At<Date>>,
    origin: Origin,
    report: &mut Report,
) {
    let (Some(from), Some(to)) = (from, to) else {
        return;
    };
    if to.value.is_all_before(&from.value, site.reader.zone()) {
        let message = format!("{what} ends ({}) before it begins ({})", to.value, from.value);
        let finding = report.add(origin.span(to.range), message);
        finding.help = Some("correct one of the two, or swap them".to_owned());
        finding.labels.push(label(origin.span(from.range), "it begins here"));
    }
}
