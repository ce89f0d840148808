//! What is printed while a site is followed: what is wrong now and was not before, and how many faults there are.

use std::collections::BTreeSet;
use std::time::Duration;

use super::report::{self, Loudness};
use crate::build::edition::Edition;
use crate::diagnostics::{self, Diagnostic};

/// What was printed so far.
pub(super) struct Follower {
    loudness: Loudness,
    /// What was wrong last time, as it was printed: places move when text before them changes, and files when others go.
    known: BTreeSet<String>,
}

impl Follower {
    pub(super) fn new(loudness: Loudness) -> Self {
        Self { loudness, known: BTreeSet::new() }
    }

    /// Prints what became of a change.
    pub(super) fn checked(&mut self, edition: &Edition, found: &[Diagnostic], changed: &BTreeSet<String>, took: Duration) {
        let all: Vec<Diagnostic> = edition.diagnostics().iter().chain(found).cloned().collect();
        let tree = edition.tree();
        let name = |diagnostic: &Diagnostic| {
            let place = diagnostic.span.map(|span| (&tree.file(span.file).path, span.range.of(&tree.file(span.file).text)));
            format!("{} {} {place:?}", diagnostic.code, diagnostic.message)
        };
        let names: BTreeSet<String> = all.iter().map(name).collect();
        let news: Vec<Diagnostic> =
            all.iter().filter(|diagnostic| !self.known.contains(&name(diagnostic))).cloned().collect();
        report::findings(&news, tree);
        let mended = self.known.difference(&names).count();
        self.known = names;
        if self.loudness == Loudness::Quiet {
            return;
        }
        let what = match (changed.len(), changed.first()) {
            (0, _) | (_, None) => report::records(edition.counts()),
            (1, Some(path)) => path.clone(),
            (more, _) => report::count(more, "file", "files"),
        };
        let blocked = if edition.blocked().is_some() { "; the last good site is shown" } else { "" };
        let mended = if mended > 0 && !changed.is_empty() { format!(", {mended} mended") } else { String::new() };
        let found = report::found(diagnostics::errors(&all), diagnostics::warnings(&all));
        let found = if found.is_empty() { "no errors".to_owned() } else { found };
        anstream::eprintln!("{what}: {found}{mended}{blocked} ({:.0} ms)", took.as_secs_f64() * 1000.0);
    }
}
