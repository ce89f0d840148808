//! What is printed after each save in a preview: new problems, and the total.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::report::{self, Loudness};
use super::terminal::say;
use crate::build::edition::Edition;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::source::SourceTree;

/// How many files are named. The rest is only counted.
const NAMED: usize = 3;

/// What has been printed so far.
pub(super) struct Follower {
    loudness: Loudness,
    /// Whether drafts are included.
    drafts: bool,
    /// The findings of last time, and how often each occurred.
    known: BTreeMap<Finding, usize>,
}

/// The printed parts of a finding, by which it is recognized: positions shift when text before them changes, and file ids
/// when other files are removed.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    code: Code,
    message: String,
    /// The file, and the text at the span.
    place: Option<(String, String)>,
}

impl Finding {
    fn of(diagnostic: &Diagnostic, tree: &SourceTree) -> Self {
        let place = diagnostic.span.map(|span| {
            let file = tree.file(span.file);
            (file.path.clone(), span.range.of(&file.text).to_owned())
        });
        Self { code: diagnostic.code, message: diagnostic.message.clone(), place }
    }
}

/// The files that an edition is about; none for the first edition.
pub(super) struct SavedFiles<'a> {
    /// All of them.
    pub(super) changed: &'a BTreeSet<String>,
    /// Those that were deleted.
    pub(super) removed: &'a BTreeSet<String>,
}

impl Follower {
    pub(super) fn new(loudness: Loudness, drafts: bool) -> Self {
        Self { loudness, drafts, known: BTreeMap::new() }
    }

    /// Reports the result of a change.
    pub(super) fn checked(&mut self, edition: &Edition, found: &[Diagnostic], saved: &SavedFiles<'_>, took: Duration) {
        let all: Vec<Diagnostic> = edition.diagnostics().iter().chain(found).cloned().collect();
        let tree = edition.tree();
        let mut present: BTreeMap<Finding, usize> = BTreeMap::new();
        let mut news = Vec::new();
        for diagnostic in &all {
            let finding = Finding::of(diagnostic, tree);
            let before = self.known.get(&finding).copied().unwrap_or_default();
            let times = present.entry(finding).or_default();
            *times += 1;
            if *times > before {
                news.push(diagnostic.clone());
            }
        }
        report::gravest(&news, tree, saved.changed, self.drafts);
        let gone =
            |(finding, times): (&Finding, &usize)| times.saturating_sub(present.get(finding).copied().unwrap_or_default());
        let fixed: usize = self.known.iter().map(gone).sum();
        self.known = present;
        if self.loudness == Loudness::Quiet {
            return;
        }
        let total = report::found(diagnostics::errors(&all), diagnostics::warnings(&all));
        let total = if total.is_empty() { "no errors".to_owned() } else { total };
        let blocked = match (edition.blocked(), edition.model()) {
            (None, _) => "",
            (Some(_), Some(_)) => "; the preview shows the last version that worked",
            (Some(_), None) => "; there is nothing to show until this is fixed",
        };
        let ms = took.as_secs_f64() * 1000.0;
        if saved.changed.is_empty() {
            let what = if edition.model().is_some() { report::records(edition.counts()) } else { "the site".to_owned() };
            say!("{what}: {total}{blocked} ({ms:.0} ms)");
        } else {
            let fixed = if fixed > 0 { format!(", {fixed} fixed") } else { String::new() };
            say!("{}; the site has {total}{fixed}{blocked} ({ms:.0} ms)", saved.in_words());
        }
    }
}

impl SavedFiles<'_> {
    /// Which files were saved, and which were removed.
    fn in_words(&self) -> String {
        let (gone, here): (Vec<&str>, Vec<&str>) =
            self.changed.iter().map(String::as_str).partition(|path| self.removed.contains(*path));
        let groups = [(here, "saved"), (gone, "removed")];
        let said =
            groups.iter().filter(|(paths, _)| !paths.is_empty()).map(|(paths, what)| format!("{} {what}", named(paths)));
        said.collect::<Vec<_>>().join(", ")
    }
}

/// Up to three files by name: “a.md, b.md and 4 more files”.
fn named(paths: &[&str]) -> String {
    match paths {
        [one] => (*one).to_owned(),
        [firsts @ .., last] if paths.len() <= NAMED => format!("{} and {last}", firsts.join(", ")),
        _ => {
            let more = report::count(paths.len() - NAMED, "more file", "more files");
            format!("{} and {more}", paths[..NAMED].join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_up_to_three() {
        let words = |changed: &[&str], removed: &[&str]| {
            let set = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect::<BTreeSet<_>>();
            SavedFiles { changed: &set(changed), removed: &set(removed) }.in_words()
        };
        assert_eq!(words(&["a"], &[]), "a saved");
        assert_eq!(words(&["a", "b"], &["b"]), "a saved, b removed");
        assert_eq!(words(&["a", "b", "c"], &[]), "a, b and c saved");
        assert_eq!(words(&["a", "b", "c", "d", "e"], &[]), "a, b, c and 2 more files saved");
    }
}
