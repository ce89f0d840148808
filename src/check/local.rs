//! Runs the rules that look at one record and what it points at, and remembers which records need no second look.
//!
//! If no rule finds anything in a record, it is clean as long as everything the rules read is unchanged. The same [`Reader`]
//! that views use notes what they read. Records with findings are few, and are checked every time.

use std::sync::Arc;

use rayon::prelude::*;

use super::{CheckContext, RULES, Report, Rule, Scope};
use crate::config::Config;
use crate::diagnostics::Diagnostic;
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
}

/// Records in which no local rule finds anything, each with the other records whose texts the rules read for it; in the
/// order of the site. Empty for a site that has not been checked yet.
#[derive(Clone, Debug, Default)]
pub struct CleanRecords(Vec<Option<Arc<[RecordIx]>>>);

impl CleanRecords {
    /// The records that were clean in `before` and are still clean in a later model with the same settings.
    #[must_use]
    pub fn carried(&self, before: &Model, now: &Model) -> Self {
        if self.0.is_empty() {
            return Self::default();
        }
        let records: Vec<RecordIx> = now.records().collect();
        let carried = |at: &RecordIx| {
            let was = now.counterpart(*at, before)?;
            let others = self.0.get(before.ordinal(was))?.as_ref()?;
            let still = |was: RecordIx, at: RecordIx| now.has_same_text(at, before, was).then_some(at);
            still(was, *at)?;
            if others.is_empty() {
                return Some(others.clone());
            }
            // Those may have other indices by now.
            others.iter().map(|was| still(*was, before.counterpart(*was, now)?)).collect()
        };
        Self(records.par_iter().map(carried).collect())
    }
}

/// What local rules find in all records that are not known to be clean, and which records are clean now.
pub(super) fn run(site: &CheckContext<'_>, known: &CleanRecords) -> (Vec<Diagnostic>, CleanRecords) {
    let records: Vec<RecordIx> = site.model.records().collect();
    let one = |(at, record): (usize, &RecordIx)| match known.0.get(at) {
        Some(Some(others)) => (Vec::new(), Some(others.clone())),
        _ => look(site, *record),
    };
    let (found, clean): (Vec<_>, Vec<_>) = records.par_iter().enumerate().map(one).unzip();
    (found.into_iter().flatten().collect(), CleanRecords(clean))
}

/// What local rules find in a record; if they find nothing, the other records whose texts they read.
fn look(site: &CheckContext<'_>, record: RecordIx) -> (Vec<Diagnostic>, Option<Arc<[RecordIx]>>) {
    let log = ReadLog::recording();
    let context = LocalContext { reader: Reader::untracked(site.model).logging(&log), config: site.config, tree: site.tree };
    let mut found = Vec::new();
    let local = RULES.iter().filter_map(|rule: &&dyn Rule| match rule.scope() {
        Scope::Local(check) => Some((*rule, check)),
        Scope::Parse | Scope::Resolve | Scope::Pages | Scope::Published | Scope::Global(_) => None,
    });
    for (rule, check) in local {
        let mut report = Report::new(rule);
        check(&context, record, &mut report);
        found.append(&mut report.found);
    }
    let others = if found.is_empty() { log.into_texts_besides(record) } else { None };
    (found, others.map(Arc::from))
}
