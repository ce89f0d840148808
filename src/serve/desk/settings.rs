//! The form of the site's settings: opening and saving.

use serde_json::{Value as Json, json};

use super::record::{SaveRequest, not_written};
use super::{Desk, Refusal, find, undo_of};
use crate::desk::Changes;
use crate::desk::form::settings::{PATH, filled, form as form_of};
use crate::desk::form::{Filled, pointed_at};
use crate::edit::Refused;
use crate::serve::problems;
use crate::source::tree::BOOK;

/// The settings as a form, with all that is shown beside it.
pub(super) fn form(desk: &Desk<'_>) -> Result<Json, Refusal> {
    let text = read(desk)?;
    shown(desk, &text)
}

fn read(desk: &Desk<'_>) -> Result<String, Refusal> {
    let text = desk.session.files.text(PATH).map_err(|_| Refusal::gone("there is no book.toml"))?;
    let text = text.map_err(|_| Refusal::fault("", "book.toml is not text in UTF-8"))?;
    Ok(text.to_string())
}

fn shown(desk: &Desk<'_>, text: &str) -> Result<Json, Refusal> {
    let form = form_of(text).map_err(|why| refused(&why))?;
    let state = desk.preview.state();
    let found = state.edition.diagnostics().iter().filter(|found| found.span.is_some_and(|span| span.file == BOOK));
    Ok(json!({
        "kind": "settings",
        "file": PATH,
        "id": "",
        "title": state.settings.words.get("preview.settings"),
        "line": 1,
        "names": find::titles(desk, &pointed_at(&form)),
        "fields": form.fields,
        "version": form.version,
        "today": desk.today().to_string(),
        "edition": state.edition.number(),
        "problems": problems::list(found, state.edition.tree(), true),
    }))
}

fn refused(why: &Refused) -> Refusal {
    Refusal::fault("", format!("book.toml can't be changed here: {why}"))
}

/// Writes the filled-in form, unless the settings aren't what they were when it was opened.
pub(super) fn save(desk: &Desk<'_>, asked: &SaveRequest) -> Result<Json, Refusal> {
    let plan = || {
        let text = read(desk)?;
        let now = shown(desk, &text)?;
        if now["version"] != asked.version.as_str() {
            return Err(Refusal::conflict(&now));
        }
        let wanted = Filled { fields: asked.fields.clone(), body: None };
        let new = filled(&text, &wanted).map_err(|why| not_written(PATH, why))?;
        let mut changes = Changes::default();
        changes.replace(PATH, &text, new.clone());
        Ok((changes, new))
    };
    let (undo, new) = desk.write(plan)?;
    Ok(json!({ "undo": undo_of(undo), "form": shown(desk, &new)? }))
}
