//! What a page in a browser is told when something is new: which of its files changed, and what is wrong with the site.
//!
//! Nothing is remembered about browsers. Each says what it shows and is told how that is now, so that one that was away for
//! a minute or a day is told the same as one that was there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::address::{Wanted, wanted};
use super::desk::{self, Desk, Ends, Face, Found};
use super::hidden;
use super::problems::{self, Problem};
use crate::diagnostics::{self, Diagnostic};

/// How many addresses a page may ask about.
const MOST: usize = 2000;

/// What a page asks.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// The addresses of the page itself, which is the first, and of its style sheets, scripts and pictures.
    addresses: Vec<String>,
}

/// What it is told.
#[derive(Debug, Serialize)]
pub struct Told {
    /// The number of the edition; states of which only more is known have the same.
    edition: u64,
    tick: u64,
    /// The version of each file that was asked about; nothing for one that is not there.
    versions: BTreeMap<String, Option<String>>,
    /// The addresses of pages that the last save was about.
    changed: Vec<String>,
    errors: usize,
    warnings: usize,
    problems: Vec<Problem>,
    /// Whether all of them are known.
    checked: bool,
    /// Why an older version of the site is shown; nothing if none is.
    blocked: Option<Vec<Problem>>,
    /// Whether the site is shown as it would be published.
    published: bool,
    /// Why the page is kept out of the published site: “draft”, or until when; nothing if it is not.
    hidden: Option<String>,
    /// Whether a place can be opened from this browser.
    opens: bool,
}

/// Answers a page.
#[must_use]
pub fn tell(desk: &Desk, face: Face, asked: &Asked, ends: Ends) -> Told {
    let state = desk.state();
    let base = &state.settings.base;
    let mut versions = BTreeMap::new();
    let mut faults: Vec<Diagnostic> = Vec::new();
    let shown = state.shown(face);
    for address in asked.addresses.iter().take(MOST) {
        let path = address.split(['?', '#']).next().unwrap_or("");
        let version = match wanted(path, base) {
            Wanted::File(path) => match desk::find(&shown, &path) {
                Found::File(page, fault) => {
                    faults.extend(fault);
                    Some(page.hash.to_string())
                }
                Found::Fault(fault) => {
                    faults.push(fault);
                    None
                }
                Found::Folder | Found::Nothing(_) => None,
            },
            _ => None,
        };
        versions.insert(address.clone(), version);
    }
    let edition = &state.edition;
    let found: Vec<&Diagnostic> =
        edition.diagnostics().iter().chain(state.checked.iter().flat_map(|found| found.iter())).collect();
    let blocked = match edition.blocked() {
        Some(reasons) => {
            let reasons = reasons.iter().filter(|reason| reason.severity == diagnostics::Severity::Error);
            Some(problems::list(reasons, edition.tree()))
        }
        None if !faults.is_empty() => Some(problems::list(faults.iter(), edition.tree())),
        None => None,
    };
    let count = |severity| found.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    Told {
        edition: edition.number(),
        tick: state.tick,
        versions,
        changed: state.changed.iter().map(|path| format!("{base}{path}")).collect(),
        errors: count(diagnostics::Severity::Error),
        warnings: count(diagnostics::Severity::Warning),
        problems: problems::list(found.iter().copied(), edition.tree()),
        checked: state.checked.is_some(),
        blocked,
        published: face == Face::Published,
        hidden: asked.addresses.first().and_then(|page| hidden::why(page, edition, &state.settings, desk.clock.now())),
        opens: state.settings.editor.is_some() && ends.is_local(),
    }
}
