//! Fixes that a button applies.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::{Desk, Refusal, undo_of};
use crate::base::Hash;
use crate::desk::fix::fixes;
use crate::diagnostics::Diagnostic;
use crate::serve::state::Face;
use crate::source::SourceTree;

/// A fix that can be applied.
#[derive(Debug, Serialize)]
pub struct Offer {
    /// Its name in this session.
    id: String,
    /// Whether it is certain to be what the author meant.
    safe: bool,
    /// The text that is replaced; empty if text is only added. `None` if the fix changes several places.
    from: Option<String>,
    /// The text that replaces it.
    to: Option<String>,
}

/// A request for a fix.
#[derive(Deserialize)]
pub struct FixRequest {
    id: String,
}

/// How much of a text a button names, in characters.
const NAMED: usize = 40;

/// The fix of a problem, if all its edits are in files of content.
#[must_use]
pub fn offer(diagnostic: &Diagnostic, tree: &SourceTree) -> Option<Offer> {
    let fix = diagnostic.fix.as_deref()?;
    let is_content = |file: crate::base::FileId| tree.files.get(file).is_some_and(|file| file.kind.is_some());
    if fix.edits.is_empty() || !fix.edits.iter().all(|edit| is_content(edit.span.file)) {
        return None;
    }
    let (from, to) = match fix.edits.as_slice() {
        [edit] => {
            let from = tree.file(edit.span.file).text.get(edit.span.range.bytes()).unwrap_or_default();
            let is_short = |text: &str| !text.contains('\n') && text.chars().count() <= NAMED;
            let named = is_short(from) && is_short(&edit.text);
            (named.then(|| from.to_owned()), named.then(|| edit.text.clone()))
        }
        _ => (None, None),
    };
    Some(Offer { id: name(diagnostic, tree), safe: fix.safe, from, to })
}

/// A name that says which problem it is and what its fix does.
fn name(diagnostic: &Diagnostic, tree: &SourceTree) -> String {
    let path = diagnostic.span.and_then(|span| tree.files.get(span.file)).map_or("", |file| file.path.as_str());
    let said = format!("{path} {:?} {} {} {:?}", diagnostic.span, diagnostic.code.0, diagnostic.message, diagnostic.fix);
    Hash::of(said.as_bytes()).to_string()
}

/// Applies a fix.
pub(super) fn fix(desk: &Desk<'_>, asked: &FixRequest) -> Result<Json, Refusal> {
    let state = desk.preview.state();
    // The published view may have findings of its own.
    for face in [Face::Preview, Face::Published] {
        let edition = state.shown(face);
        let (tree, checked) = (edition.tree(), state.checked.as_deref().unwrap_or_default());
        let known = edition.known_findings().unwrap_or_default();
        let all = edition.diagnostics().iter().chain(checked).chain(known);
        let fixable = |found: &&Diagnostic| found.fix.is_some() && name(found, tree) == asked.id;
        if let Some(found) = all.into_iter().find(fixable) {
            let plan = || Ok::<_, Refusal>((fixes(tree, std::slice::from_ref(found), true).0, ()));
            let (undo, ()) = desk.write(plan)?;
            return Ok(json!({ "undo": undo_of(undo), "message": found.message }));
        }
    }
    Err(Refusal::gone("this problem is no longer there"))
}
