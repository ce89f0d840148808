//! Forms of records: opening, saving, adding.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use super::{Desk, Refusal, find, undo_of, write};
use crate::build::edition::Edition;
use crate::date::Day;
use crate::desk::form::create::{NotAdded, create as add};
use crate::desk::form::{self, Filled, NotWritten, Spot, settings};
use crate::desk::new::NewKind;
use crate::desk::{self, Changes};
use crate::edit::Refused;
use crate::model::RecordIx;
use crate::model::address::{INDEX, ROOT};
use crate::model::at::Standings;
use crate::serve::problems::{self, Problem};
use crate::source::{ContentKind, SourceTree};

/// Which record.
#[derive(Clone, Debug, Deserialize)]
pub struct RecordRequest {
    /// The address of its page, if that is what is known of it.
    address: Option<String>,
    /// The path of its file.
    #[serde(default)]
    file: String,
    /// Its id or key.
    #[serde(default)]
    id: String,
}

/// The form of a new record of this kind.
#[derive(Deserialize)]
pub struct NewRequest {
    kind: String,
}

/// A filled-in form.
#[derive(Deserialize)]
pub struct SaveRequest {
    file: String,
    id: String,
    /// The version of the record that the form was made from.
    pub(super) version: String,
    /// The fields that were changed.
    #[serde(default)]
    pub(super) fields: Map<String, Json>,
    /// The text below the front matter, if it was changed.
    body: Option<String>,
}

/// A new record.
#[derive(Deserialize)]
pub struct CreateRequest {
    kind: String,
    id: Option<String>,
    #[serde(default)]
    fields: Map<String, Json>,
    body: Option<String>,
}

/// A file of content as it is on disk now.
struct Opened {
    kind: ContentKind,
    text: Arc<String>,
}

impl Desk<'_> {
    fn opened(&self, path: &str) -> Result<Opened, Refusal> {
        let missing = || Refusal::gone(&format!("`{path}` is not a file of content"));
        let kind = write::kind_of(&self.preview.root, &self.content(), path).ok_or_else(missing)?;
        let files = &self.session.files;
        if !files.is_inside(path) {
            return Err(missing());
        }
        let text = files.text(path).map_err(|_| missing())?;
        let text = text.map_err(|_| Refusal::fault("", format!("{path} is not text in UTF-8")))?;
        Ok(Opened { kind, text })
    }

    /// The day, where the site is.
    pub(super) fn today(&self) -> Day {
        Day::of_time(self.preview.clock.now(), &self.preview.state().settings.time_zone)
    }

    /// The tags of the site's languages, as far as the settings can be read.
    fn tags(&self) -> Vec<String> {
        self.preview.state().settings.tags.clone()
    }

    /// A record as a form, with all that is shown beside it.
    fn shown(&self, file: &str, id: &str, spot: &Spot<'_>) -> Json {
        let state = self.preview.state();
        let form = spot.form(&self.tags());
        let names = find::titles(self, &form::pointed_at(&form));
        json!({
            "kind": spot.new_kind().word(),
            "file": file,
            "id": id,
            "title": spot.title(),
            "line": spot.line(),
            "address": address(&state.edition, &state.settings.base, file, id),
            "fields": form.fields,
            "body": form.body,
            "body_line": spot.body_line(),
            "today": self.today().to_string(),
            "version": form.version,
            "names": names,
            "edition": state.edition.number(),
            "problems": self.problems(file, id),
        })
    }

    /// What the last check found in a record.
    fn problems(&self, file: &str, id: &str) -> Vec<Problem> {
        let state = self.preview.state();
        let tree = state.edition.tree();
        let (Some(model), Some(at)) = (state.edition.model(), position(tree, file)) else { return Vec::new() };
        let standings = Standings::of_file(model, at);
        let all = state.edition.diagnostics().iter().chain(state.checked.as_deref().unwrap_or_default());
        let of_record = all.filter(|found| {
            found.span.is_some_and(|span| {
                let standing = standings.at(at, span.range.start).or_else(|| standings.first(at));
                span.file == at && standing.is_none_or(|standing| standing.id(model) == id)
            })
        });
        problems::list(of_record, tree, true)
    }
}

/// Why a filled-in form isn't written to a file.
pub(super) fn not_written(file: &str, why: NotWritten) -> Refusal {
    match why {
        NotWritten::Faults(faults) => Refusal::faults(&faults),
        NotWritten::Refused(why) => Refusal::fault("", format!("{file} can't be changed: {why}")),
    }
}

fn position(tree: &SourceTree, path: &str) -> Option<crate::base::FileId> {
    tree.files.indices().find(|at| tree.file(*at).path == path)
}

/// The address of a record's page; `None` as long as it has none.
pub fn address(edition: &Edition, base: &str, file: &str, id: &str) -> Option<String> {
    let (model, tree) = (edition.model()?, edition.tree());
    let at = position(tree, file)?;
    let is_it = |record: &RecordIx| model.record(*record).id == id && model.origin(*record).file == at;
    let record = model.records().find(is_it)?;
    Some(model.record_address(record).replace(ROOT, base).replace(INDEX, ""))
}

/// The file and id of the record that a page is about.
pub(super) fn at_address(edition: &Edition, base: &str, address: &str) -> Option<(String, String)> {
    let (model, tree) = (edition.model()?, edition.tree());
    let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
    let file = crate::serve::state::file(&crate::serve::sync::path(path, base)?);
    // Terms share a page, and each has its anchor there.
    let term = |record: &RecordIx| matches!(record, RecordIx::Term(_)) && model.record(*record).id == anchor;
    if let Some(record) = model.records().find(|record| !anchor.is_empty() && term(record)) {
        let path = tree.files.get(model.origin(record).file)?.path.clone();
        return Some((path, anchor.to_owned()));
    }
    let span = edition.origin_of(&file)?;
    let standings = Standings::of_file(model, span.file);
    let standing = standings.at(span.file, span.range.start).or_else(|| standings.first(span.file))?;
    let path = tree.files.get(span.file).filter(|file| file.kind.is_some())?.path.clone();
    Some((path, standing.id(model).to_owned()))
}

/// The form of a record, or of the settings.
pub(super) fn form(desk: &Desk<'_>, asked: &RecordRequest) -> Result<Json, Refusal> {
    if asked.file == settings::PATH {
        return super::settings::form(desk);
    }
    let (file, id) = match &asked.address {
        Some(address) => {
            let state = desk.preview.state();
            at_address(&state.edition, &state.settings.base, address)
                .ok_or_else(|| Refusal::gone("this page is not about one record"))?
        }
        None => (asked.file.clone(), asked.id.clone()),
    };
    let opened = desk.opened(&file)?;
    let spot = Spot::find(&file, opened.kind, &opened.text, &id).map_err(refused)?;
    Ok(desk.shown(&file, &id, &spot))
}

fn refused(why: Refused) -> Refusal {
    match why {
        Refused::NotThere(what) => Refusal::gone(&format!("there is no {what}")),
        other => Refusal::fault("", other.to_string()),
    }
}

/// The empty form of a new record.
pub(super) fn new(desk: &Desk<'_>, asked: &NewRequest) -> Result<Json, Refusal> {
    let kind = kind(&asked.kind)?;
    let form = form::empty(kind, &desk.tags());
    Ok(json!({
        "kind": kind.word(),
        "fields": form.fields,
        "body": form.body,
        "names": {},
        "problems": [],
        "today": desk.today().to_string(),
    }))
}

fn kind(word: &str) -> Result<NewKind, Refusal> {
    let kind = NewKind::of(word).filter(|kind| kind.content().is_some());
    kind.ok_or_else(|| Refusal::gone(&format!("there is no kind of record called `{word}`")))
}

/// Writes a filled-in form, unless the record isn't what it was when the form was opened.
pub(super) fn save(desk: &Desk<'_>, asked: &SaveRequest) -> Result<Json, Refusal> {
    if asked.file == settings::PATH {
        return super::settings::save(desk, asked);
    }
    let filled = Filled { fields: asked.fields.clone(), body: asked.body.clone() };
    let tags = desk.tags();
    let plan = || {
        let opened = desk.opened(&asked.file)?;
        let spot = Spot::find(&asked.file, opened.kind, &opened.text, &asked.id).map_err(refused)?;
        let now = desk.shown(&asked.file, &asked.id, &spot);
        if now["version"] != asked.version.as_str() {
            return Err(Refusal::conflict(&now));
        }
        let text = spot.filled(&filled, &tags).map_err(|why| not_written(&asked.file, why))?;
        let mut changes = Changes::default();
        changes.replace(&asked.file, &opened.text, text.clone());
        Ok((changes, (opened.kind, text)))
    };
    let (undo, (kind, text)) = desk.write(plan)?;
    let spot = Spot::find(&asked.file, kind, &text, &asked.id).map_err(refused)?;
    Ok(json!({ "undo": undo_of(undo), "form": desk.shown(&asked.file, &asked.id, &spot) }))
}

/// Adds a record where its kin stand.
pub(super) fn create(desk: &Desk<'_>, asked: &CreateRequest) -> Result<Json, Refusal> {
    let kind = kind(&asked.kind)?;
    let filled = Filled { fields: asked.fields.clone(), body: asked.body.clone() };
    let today = desk.today();
    let plan = || {
        let site = desk::Desk::open(&*desk.session.files)?;
        let (changes, name) = add(&site, kind, asked.id.clone(), &filled, today).map_err(|why| match why {
            NotAdded::Faults(faults) => Refusal::faults(&faults),
            NotAdded::Failed(failure) => failure.into(),
        })?;
        let notes = changes.notes.clone();
        let file = changes.contents().first().map(|file| file.path.clone()).unwrap_or_default();
        Ok((changes, (file, name, notes)))
    };
    let (undo, (file, name, notes)) = desk.write(plan)?;
    let opened = desk.opened(&file)?;
    let spot = Spot::find(&file, opened.kind, &opened.text, &name).map_err(refused)?;
    Ok(json!({ "undo": undo_of(undo), "notes": notes, "form": desk.shown(&file, &name, &spot) }))
}
