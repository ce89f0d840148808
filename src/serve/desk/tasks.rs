//! What a page can ask of the desk, and the small tasks.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{Desk, Refusal};
use crate::date;
use crate::desk::typed::typed_date;

/// What a page asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// The form of a record.
    Form,
    /// The form of a new record.
    New,
    /// To write a record's form.
    Save,
    /// To add a record.
    Create,
    /// What a typed date means.
    Date,
    /// Records, by their words.
    Find,
    /// What a web page says of itself.
    Page,
    /// The place in the files that a part of a page comes from.
    Place,
    /// To apply a fix.
    Fix,
    /// To undo a change.
    Undo,
}

impl Task {
    /// The task with this name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "form" => Self::Form,
            "new" => Self::New,
            "save" => Self::Save,
            "create" => Self::Create,
            "date" => Self::Date,
            "find" => Self::Find,
            "page" => Self::Page,
            "place" => Self::Place,
            "fix" => Self::Fix,
            "undo" => Self::Undo,
            _ => return None,
        })
    }

    /// The longest request, in bytes.
    #[must_use]
    pub fn longest(self) -> usize {
        match self {
            // The text of a section, or a page that somebody saved.
            Self::Save | Self::Create => 4 << 20,
            Self::Page => 16 << 20,
            _ => 64 << 10,
        }
    }
}

/// A typed date.
#[derive(Deserialize)]
pub struct DateRequest {
    text: String,
    /// Whether `..` may stand for a date that hasn't come.
    #[serde(default)]
    open: bool,
}

/// What a typed date means: in EDTF and in words.
pub(super) fn date(desk: &Desk<'_>, asked: &DateRequest) -> Result<Json, Refusal> {
    let text = asked.text.trim();
    if asked.open && text == ".." {
        return Ok(json!({ "edtf": "..", "words": ".." }));
    }
    let edtf = typed_date(text).map_err(|why| Refusal::fault("date", format!("{}; {}", why.message, why.help)))?;
    let words = date::parse(&edtf).map(|date| date::show(&date, &desk.preview.state().settings.words, None));
    Ok(json!({ "edtf": edtf, "words": words.unwrap_or_default() }))
}

/// A change to undo.
#[derive(Deserialize)]
pub struct UndoRequest {
    number: u64,
}

/// Undoes a change, if nobody has touched its files since.
pub(super) fn undo(desk: &Desk<'_>, asked: &UndoRequest) -> Result<Json, Refusal> {
    let files = desk.session.undo(&desk.preview.root, &desk.content(), asked.number)?;
    Ok(json!({ "files": files }))
}
