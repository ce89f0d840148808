//! Collects the files that formats want the site to have, and turns them into the output.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::recipe::{Addition, Recipe};
use crate::base::Span;
use crate::base::similar::nearest;
use crate::diagnostics::{Diagnostic, Severity, code};
use crate::model::RecordKey;

/// Every file of a site.
pub struct Output {
    /// The recipes, in the order of paths. Paths are relative, with slashes: `events/x/index.html`.
    pub recipes: BTreeMap<String, Recipe>,
}

/// What formats have asked for so far.
#[derive(Default)]
pub struct Plan {
    /// Paths and recipes, in the order of formats.
    files: Vec<(String, Recipe)>,
    amendments: Vec<Amendment>,
    leads: Vec<Lead>,
    diagnostics: Vec<Diagnostic>,
}

/// A file that an old address redirects to.
pub(super) struct Lead {
    /// Its path.
    pub(super) file: String,
    /// The address that was written for it.
    pub(super) written: String,
    /// Where that is written.
    pub(super) span: Span,
    /// How bad it is if that file doesn't exist.
    pub(super) severity: Severity,
}

/// The most broken redirects that get a suggestion: each search for one goes through all files.
const LIKENED: usize = 20;

/// What is added to a page, whichever format plans the page.
struct Amendment {
    path: String,
    addition: Addition,
    /// The error if there is no such page.
    otherwise: Diagnostic,
}

/// How many records one task plans for.
const AT_ONCE: usize = 1024;

impl Plan {
    /// Adds a file; one whose path is taken by an earlier one is an error.
    pub fn add(&mut self, path: String, recipe: Recipe) {
        self.files.push((path, recipe));
    }

    /// Adds something to the end of the page at `path`, whichever format adds that page; if none does, reports
    /// `otherwise`.
    pub(super) fn amend(&mut self, path: String, addition: Addition, otherwise: Diagnostic) {
        self.amendments.push(Amendment { path, addition, otherwise });
    }

    /// Requires a file to exist in the end, whichever format adds it.
    pub(super) fn lead(&mut self, lead: Lead) {
        self.leads.push(lead);
    }

    /// Reports a problem found while planning.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds what `plan` adds for each of many records, in their order.
    pub fn add_each<T: Sync>(&mut self, records: &[T], plan: impl Fn(&T, &mut Self) + Sync) {
        let part = |records: &[T]| {
            let mut part = Self::default();
            records.iter().for_each(|record| plan(record, &mut part));
            part
        };
        let parts: Vec<Self> = records.par_chunks(AT_ONCE).map(part).collect();
        for mut part in parts {
            self.files.append(&mut part.files);
            self.amendments.append(&mut part.amendments);
            self.leads.append(&mut part.leads);
            self.diagnostics.append(&mut part.diagnostics);
        }
    }

    /// The paths of the pages added so far, sorted and without repeats.
    #[must_use]
    pub fn pages(&self) -> Vec<&str> {
        let pages = self.files.iter().filter(|(_, recipe)| recipe.is_page());
        let mut out: Vec<&str> = pages.map(|(path, _)| path.as_str()).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The output, and everything that is wrong with the plan. Of two files with one path the first stays. `place`
    /// returns where a record is.
    #[must_use]
    pub fn finish(self, place: &dyn Fn(&RecordKey) -> Span) -> (Output, Vec<Diagnostic>) {
        let Self { files, amendments, leads, mut diagnostics } = self;
        let mut recipes = first_of_each_path(files, place, &mut diagnostics);
        let mut additions: BTreeMap<String, Vec<Addition>> = BTreeMap::new();
        for Amendment { path, addition, otherwise } in amendments {
            match recipes.get(&path).filter(|recipe| recipe.is_page()) {
                Some(_) => additions.entry(path).or_default().push(addition),
                None => diagnostics.push(otherwise),
            }
        }
        for (path, additions) in additions {
            if let Some(recipe) = recipes.get_mut(&path) {
                recipe.amend(additions);
            }
        }
        diagnostics.extend(lost_leads(leads, &recipes));
        (Output { recipes }, diagnostics)
    }
}

/// Reports redirects to files that don't exist.
fn lost_leads(leads: Vec<Lead>, recipes: &BTreeMap<String, Recipe>) -> impl Iterator<Item = Diagnostic> {
    let address = |path: &str| format!("/{}", path.strip_suffix("index.html").unwrap_or(path));
    let lost = leads.into_iter().filter(|lead| !recipes.contains_key(&lead.file)).enumerate();
    lost.map(move |(at, Lead { file, written, span, severity })| {
        let message = format!("this old address redirects to {written}, which doesn't exist");
        let folder = format!("{file}/index.html");
        let help = if recipes.contains_key(&folder) {
            format!("write {}, with a slash at the end", address(&folder))
        } else {
            let near = (at < LIKENED).then(|| nearest(&file, recipes.keys().map(String::as_str))).flatten();
            near.map_or_else(
                || "use a page of this site, or a full address with https://".to_owned(),
                |near| format!("did you mean {}?", address(near)),
            )
        };
        Diagnostic { severity, ..Diagnostic::error(code::REDIRECT_LOOP, span, message) }.help(help)
    })
}

/// The first file for each path; any other is reported. Paths that differ only in letter case clash, because some
/// systems can't tell them apart.
fn first_of_each_path(
    files: Vec<(String, Recipe)>,
    place: &dyn Fn(&RecordKey) -> Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Recipe> {
    let mut order: Vec<(Cow<'_, str>, usize)> = files.iter().enumerate().map(|(at, (path, _))| (folded(path), at)).collect();
    order.par_sort_unstable();
    let is_in_order = order.iter().all(|(path, _)| matches!(path, Cow::Borrowed(_)));
    // Each with the first file for the same path.
    let mut firsts: Vec<(usize, usize)> = Vec::with_capacity(order.len());
    for (which, (path, at)) in order.iter().enumerate() {
        let first = if which > 0 && order[which - 1].0 == *path { firsts[which - 1].1 } else { *at };
        firsts.push((*at, first));
    }
    drop(order);
    let (kept, repeated): (Vec<_>, Vec<_>) = firsts.into_iter().partition(|(at, first)| at == first);
    diagnostics.extend(repeated.into_iter().map(|(at, first)| clash(&files[at], &files[first].1, place)));
    let mut files: Vec<_> = files.into_iter().map(Some).collect();
    let mut kept: Vec<_> = kept.into_iter().filter_map(|(at, _)| files[at].take()).collect();
    if !is_in_order {
        kept.par_sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    }
    // Building a tree from sorted pairs takes a fraction of the time of adding them one by one.
    kept.into_iter().collect()
}

/// A path in lower case.
fn folded(path: &str) -> Cow<'_, str> {
    let is_folded = path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(path) } else { Cow::Owned(path.to_lowercase()) }
}

/// Reports that a file's path is taken by an earlier one.
fn clash((path, recipe): &(String, Recipe), first: &Recipe, place: &dyn Fn(&RecordKey) -> Span) -> Diagnostic {
    let (own, first_place) = (recipe.place(place), first.place(place));
    let address = format!("/{}", path.trim_end_matches("index.html"));
    let file = recipe.file.as_ref().or(first.file.as_ref());
    let message = match file {
        Some(file) => format!("the address {address} is taken twice, once by the file {file}"),
        None => format!("the address {address} is taken"),
    };
    let mut diagnostic = match own.or(first_place) {
        Some(span) => Diagnostic::error(code::DUPLICATE_ID, span, message),
        None => Diagnostic::placeless(code::DUPLICATE_ID, message),
    };
    if let (Some(_), Some(first)) = (own, first_place) {
        diagnostic = diagnostic.label(first, "by this one");
    }
    diagnostic.help(match file {
        Some(file) => format!("rename {file}, or remove it: the site makes a file at that address"),
        None => "give one of them another address".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::TextRange;
    use crate::output::recipe::FileKind;
    use crate::source::tree::BOOK;

    fn file() -> Recipe {
        Recipe::infallible(|_| Vec::new())
    }

    fn page() -> Recipe {
        Recipe::page(Box::new(|_| Ok(Vec::new())))
    }

    fn finished(plan: Plan) -> (Output, Vec<Diagnostic>) {
        plan.finish(&|_| panic!("no record is planned for"))
    }

    fn otherwise() -> Diagnostic {
        Diagnostic::placeless(code::BROKEN_LINK, "no such page")
    }

    #[test]
    fn the_first_of_a_path_stays_whatever_its_case() {
        let place = |at| Span { file: BOOK, range: TextRange::new(at, at + 1) };
        let mut plan = Plan::default();
        plan.add("B/index.html".to_owned(), page().for_place(place(1)));
        plan.add("a".to_owned(), file());
        plan.add("b/index.html".to_owned(), page().for_place(place(2)));
        let (output, diagnostics) = finished(plan);
        assert_eq!(output.recipes.keys().collect::<Vec<_>>(), ["B/index.html", "a"]);
        let [clash] = &diagnostics[..] else { panic!("{diagnostics:?}") };
        assert_eq!((clash.span, clash.labels[0].span), (Some(place(2)), place(1)));
        assert_eq!(clash.message, "the address /b/ is taken");
    }

    #[test]
    fn only_pages_are_amended_by_any_planner() {
        let mut plan = Plan::default();
        plan.amend("later/index.html".to_owned(), Box::new(|_| Vec::new()), otherwise());
        plan.amend("file".to_owned(), Box::new(|_| Vec::new()), otherwise());
        plan.amend("nowhere".to_owned(), Box::new(|_| Vec::new()), otherwise());
        plan.add("file".to_owned(), file());
        plan.add("later/index.html".to_owned(), page());
        assert_eq!(plan.pages(), ["later/index.html"]);
        let (output, diagnostics) = finished(plan);
        assert_eq!(diagnostics, [otherwise(), otherwise()]);
        let is_amended = |path: &str| matches!(output.recipes[path].kind, FileKind::Page { is_amended: true });
        assert!(is_amended("later/index.html") && !is_amended("file"));
    }

    #[test]
    fn many_records_are_planned_in_their_order() {
        let records: Vec<usize> = (0..=(AT_ONCE * 2)).collect();
        let mut plan = Plan::default();
        plan.add_each(&records, |record, plan| {
            plan.report(Diagnostic::placeless(code::BAD_VALUE, record.to_string()));
        });
        let said: Vec<usize> = finished(plan).1.iter().map(|diagnostic| diagnostic.message.parse().unwrap()).collect();
        assert_eq!(said, records);
    }
}
