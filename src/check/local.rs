//! Runs the rules that look at one record and what it points at, and remembers which records need no second look.
//!
//! If no rule finds anything in a record, it is clean as long as everything the rules read is unchanged. The same [`Reader`]
//! that views use notes what they read. Records with findings are few, and are checked every time.

use std::sync::Arc;

use rayon::prelude::*;

use super::people::People;
use super::{CheckContext, RULES, Report, Rule, Scope};
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::read::ReadLog;
use crate::model::reader::Reader;
use crate::model::{Model, RecordIx};
use crate::source::SourceTree;

/// What local rules look at.
#[derive(Clone, Copy)]
pub struct LocalContext<'a> {
    /// The record and, through its pointers, others.
    pub reader: Reader<'a>,
    /// The site's settings.
    pub config: &'a Config,
    /// The files, to see what the author typed where the record's own texts are. Reads of any other file would have to be
    /// noted.
    pub tree: &'a SourceTree,
    /// The names of all people, for the rules that say so.
    pub(super) people: &'a People,
}

/// Records in which no local rule finds anything, each with the other records whose texts the rules read for it; in the
/// order of the site. Empty for a site that has not been checked yet.
#[derive(Clone, Debug, Default)]
pub struct CleanRecords {
    records: Vec<Option<Arc<[RecordIx]>>>,
    /// [`People::fingerprint`] of the names that they were checked with.
    people: u64,
    /// The rules about records that are alike which found nothing.
    pub(super) quiet: Vec<Code>,
}

/// The records that a rule about records that are alike has to look at.
pub struct Unseen<'a> {
    model: &'a Model,
    /// What was clean the last time; `None` if every record has to be looked at.
    seen: Option<&'a CleanRecords>,
}

impl<'a> Unseen<'a> {
    pub(super) fn of(rule: Code, model: &'a Model, known: &'a CleanRecords) -> Self {
        Self { model, seen: known.quiet.contains(&rule).then_some(known) }
    }

    /// Whether the record may say something else than the last time, when the rule found nothing.
    #[must_use]
    pub fn has(&self, at: impl Into<RecordIx>) -> bool {
        let known = self.seen.and_then(|seen| seen.records.get(self.model.ordinal(at.into())));
        known.is_none_or(Option::is_none)
    }
}

impl CleanRecords {
    /// The records that were clean in `before` and are still clean in a later model with the same settings.
    #[must_use]
    pub fn carried(&self, before: &Model, now: &Model) -> Self {
        if self.records.is_empty() {
            return Self::default();
        }
        let records: Vec<RecordIx> = now.records().collect();
        let carried = |at: &RecordIx| {
            let was = now.counterpart(*at, before)?;
            let others = self.records.get(before.ordinal(was))?.as_ref()?;
            let still = |was: RecordIx, at: RecordIx| now.has_same_text(at, before, was).then_some(at);
            still(was, *at)?;
            let stays =
                |was: &RecordIx| before.counterpart(*was, now) == Some(*was) && now.has_same_text(*was, before, *was);
            if others.iter().all(stays) {
                return Some(others.clone());
            }
            // Those may have other indices by now.
            others.iter().map(|was| still(*was, before.counterpart(*was, now)?)).collect()
        };
        Self { records: records.par_iter().map(carried).collect(), people: self.people, quiet: self.quiet.clone() }
    }
}

/// What local rules find in all records that are not known to be clean, and which records are clean now.
pub(super) fn run(site: &CheckContext<'_>, known: &CleanRecords) -> (Vec<Diagnostic>, CleanRecords) {
    let records: Vec<RecordIx> = site.model.records().collect();
    let people = People::of(site.model);
    let one = |(at, record): (usize, &RecordIx)| match known.records.get(at) {
        Some(Some(others)) if known.people == people.fingerprint() => (Vec::new(), Some(others.clone())),
        // Other rules would find nothing again.
        Some(Some(others)) => {
            let (found, more) = look(site, &people, *record, names_rule);
            (found, more.map(|more| joined(others, &more)))
        }
        _ => look(site, &people, *record, local_rule),
    };
    let (found, clean): (Vec<_>, Vec<_>) = records.par_iter().enumerate().map(one).unzip();
    (found.into_iter().flatten().collect(), CleanRecords { records: clean, people: people.fingerprint(), quiet: Vec::new() })
}

type Check = fn(&LocalContext<'_>, RecordIx, &mut Report);

/// The function of a rule that looks at one record.
fn local_rule(scope: Scope) -> Option<Check> {
    match scope {
        Scope::Local(check) | Scope::Names(check) => Some(check),
        Scope::Parse | Scope::Resolve | Scope::Pages | Scope::Published | Scope::External => None,
        Scope::Global(_) | Scope::Alike(_) => None,
    }
}

/// The same, if it also looks at the names of people.
fn names_rule(scope: Scope) -> Option<Check> {
    if let Scope::Names(check) = scope { Some(check) } else { None }
}

/// All records of both lists, in order.
fn joined(one: &Arc<[RecordIx]>, other: &[RecordIx]) -> Arc<[RecordIx]> {
    if other.is_empty() {
        return one.clone();
    }
    let mut all: Vec<RecordIx> = one.iter().chain(other).copied().collect();
    all.sort_unstable();
    all.dedup();
    all.into()
}

/// What some local rules find in a record; if they find nothing, the other records whose texts they read.
fn look(
    site: &CheckContext<'_>,
    people: &People,
    record: RecordIx,
    of: fn(Scope) -> Option<Check>,
) -> (Vec<Diagnostic>, Option<Arc<[RecordIx]>>) {
    let log = ReadLog::recording();
    let reader = Reader::untracked(site.model).logging(&log);
    let context = LocalContext { reader, config: site.config, tree: site.tree, people };
    let mut found = Vec::new();
    for (rule, check) in RULES.iter().filter_map(|rule: &&dyn Rule| Some((*rule, of(rule.scope())?))) {
        let mut report = Report::new(rule);
        check(&context, record, &mut report);
        found.append(&mut report.found);
    }
    let others = if found.is_empty() { log.into_texts_besides(record) } else { None };
    (found, others.map(Arc::from))
}
