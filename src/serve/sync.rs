//! Tells a page in a browser what is new: which of its files changed, and what is wrong with the site.
//!
//! The preview remembers nothing about browsers. Each says what it shows and learns the current state, so one that was away
//! for a minute or a day is told the same as one that was there.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::address::{Route, route};
use super::cursor::Pointed;
use super::problems::{self, Location, Problem};
use super::state::{self, Connection, Face, Lookup, Preview, State};
use super::withheld;
use crate::build::edition::Edition;
use crate::diagnostics::{self, Diagnostic, Severity};

/// How many addresses a page may ask about.
const MOST: usize = 2000;

/// A page's request.
#[derive(Debug, Deserialize)]
pub struct SyncRequest {
    /// The addresses of the page itself, which comes first, and of its style sheets, scripts and pictures.
    addresses: Vec<String>,
    /// The number of the edition that the page was told of last.
    edition: Option<u64>,
    /// The source file of the page, as reported while the page existed.
    made_of: Option<String>,
    /// Whether the browser shows a page in place of this one, such as “Page not found”.
    #[serde(default)]
    stands_in: bool,
}

/// The answer.
#[derive(Debug, Serialize)]
pub struct SyncResponse {
    /// The number of the edition; states with only more findings about it have the same number.
    edition: u64,
    tick: u64,
    /// The version of each requested file; `None` if it does not exist.
    versions: BTreeMap<String, Option<String>>,
    /// The addresses of pages that were affected since the edition that the page knows, newest first.
    changed: Vec<String>,
    errors: usize,
    warnings: usize,
    problems: Vec<Problem>,
    /// Whether the list is complete.
    checked: bool,
    /// Why an older version of the site is shown; `None` if the site is current.
    blocked: Option<Vec<Problem>>,
    /// Whether the site is shown as it would be published.
    published: bool,
    /// Why the page is left out of the published site: “draft”, or until when; `None` if it isn't.
    hidden: Option<String>,
    /// Whether this browser can open files in the editor.
    opens: bool,
    /// Where an editor's cursor was last.
    pointed: Option<Pointed>,
    /// What a page has to show to edit records; `None` if they may not be edited here.
    token: Option<String>,
    /// The source file of the page; `None` if it has none in particular, or does not exist.
    made_of: Option<String>,
    /// The error that removed the page, while the browser still shows its last version; `None` if the page exists, is not
    /// meant to, or is not what the browser shows.
    lost: Option<MissingPage>,
}

/// A page that is missing from a site that has errors.
#[derive(Debug, Serialize)]
pub struct MissingPage {
    /// The first error in the source file of the page.
    place: Option<Location>,
}

/// Answers a page's request.
#[must_use]
pub fn tell(preview: &Arc<Preview>, face: Face, asked: &SyncRequest, connection: Connection) -> SyncResponse {
    let state = preview.state();
    let base = &state.settings.base;
    let mut versions = BTreeMap::new();
    let mut faults: Vec<Diagnostic> = Vec::new();
    let shown = state.shown(face);
    for address in asked.addresses.iter().take(MOST) {
        let version = match path(address, base) {
            Some(path) => match state::find(&shown, &path) {
                Lookup::File(page, fault) => {
                    faults.extend(fault);
                    Some(page.hash.to_string())
                }
                Lookup::Fault(fault) => {
                    faults.push(fault);
                    None
                }
                Lookup::Folder | Lookup::NotFound(_) => None,
            },
            None => None,
        };
        versions.insert(address.clone(), version);
    }
    let edition = &state.edition;
    // What keeps the site from being made is the same in both views, and the site behind it is out of date.
    let judged = if edition.blocked().is_some() { edition } else { &shown };
    let finished = finished(preview, &state, judged);
    let found: Vec<&Diagnostic> = judged.diagnostics().iter().chain(finished.into_iter().flatten()).collect();
    let may_edit = preview.desk.is_some();
    let blocked = match edition.blocked() {
        Some(reasons) => {
            let reasons = reasons.iter().filter(|reason| reason.severity == Severity::Error);
            Some(problems::list(reasons, edition.tree(), may_edit))
        }
        None if !faults.is_empty() => Some(problems::list(faults.iter(), edition.tree(), may_edit)),
        None => None,
    };
    let count = |severity| found.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let page = asked.addresses.first();
    let file = page.and_then(|page| path(page, base)).map(|path| state::file(&path));
    SyncResponse {
        edition: edition.number(),
        tick: state.tick,
        versions,
        changed: state.changed(asked.edition).into_iter().map(|path| format!("{base}{path}")).collect(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        problems: problems::list(found.iter().copied(), judged.tree(), may_edit),
        checked: finished.is_some(),
        blocked,
        published: face == Face::Published,
        hidden: page.and_then(|page| withheld::why(page, edition, &state.settings, preview.clock.now())),
        opens: state.settings.editor.is_some() && connection.is_local(),
        pointed: state.pointed.as_deref().cloned(),
        token: preview.desk.as_ref().map(|desk| desk.token().to_owned()),
        made_of: file.as_ref().and_then(|file| {
            let span = shown.origin_of(file)?;
            Some(shown.tree().files.get(span.file)?.path.clone())
        }),
        lost: file.filter(|_| !asked.stands_in).and_then(|file| lost(&file, asked.made_of.as_deref(), &shown, edition)),
    }
}

/// The path from the site's root that an address of the site refers to.
pub(super) fn path(address: &str, base: &str) -> Option<String> {
    match route(address.split(['?', '#']).next().unwrap_or(""), base) {
        Route::File(path) => Some(path),
        _ => None,
    }
}

/// The findings on the finished pages of an edition; `None` while they are being checked.
fn finished<'e>(preview: &Arc<Preview>, state: &'e State, judged: &'e Arc<Edition>) -> Option<&'e [Diagnostic]> {
    if Arc::ptr_eq(judged, &state.edition) {
        return state.checked.as_deref();
    }
    let known = judged.known_findings();
    if known.is_none() {
        preview.check_published(state);
    }
    known
}

/// Why `file` has no page, if an error removed it. That does not include a page that is merely withheld, or one whose source
/// file was deleted.
fn lost(file: &str, made_of: Option<&str>, shown: &Edition, edition: &Edition) -> Option<MissingPage> {
    let tree = edition.tree();
    let has_errors = diagnostics::errors(edition.diagnostics()) > 0;
    let is_removed = made_of.is_some_and(|path| tree.files.iter().all(|file| file.path != path));
    if shown.has(file) || edition.has(file) || !has_errors || is_removed {
        return None;
    }
    let mut errors = edition.diagnostics().iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let first = errors.find(|diagnostic| {
        let at = diagnostic.span.and_then(|span| tree.files.get(span.file));
        at.is_some_and(|at| Some(at.path.as_str()) == made_of)
    });
    Some(MissingPage { place: first.and_then(|first| problems::locate(first, tree)) })
}
