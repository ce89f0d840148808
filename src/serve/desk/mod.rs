//! The desk of the preview: forms for records, fixes and undoing, as a browser asks for them.
//!
//! Each task is a function from a request to an answer in JSON. What is written goes through [`session::Session::write`], which
//! holds every path against the content folder, one request after the other. What a form means for a file is decided in
//! [`crate::desk::form`], which knows nothing of requests.

mod find;
pub mod mend;
mod page;
mod place;
mod record;
pub mod session;
mod settings;
mod tasks;
mod write;

use std::sync::Arc;

use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::state::{Connection, Preview};
use crate::build::Failure;
use crate::desk::Changes;
use crate::desk::form::Fault;
pub use record::address as address_of;
use session::{NotUndone, Session};
pub use tasks::Task;

/// The header in which a page shows the session's token. No form of another site can send it.
pub const TOKEN: &str = "x-backgrounder-token";

/// Why a task isn't done.
#[derive(Debug)]
pub struct Refusal {
    /// The status of the answer.
    pub status: StatusCode,
    /// What the browser shows: `faults`, each with the field that it is `at`, or `conflict`, the record as it is now.
    pub answer: Json,
}

/// What every task works on.
struct Desk<'p> {
    preview: &'p Preview,
    session: &'p Session,
    connection: Connection,
}

/// Does a task for a page that has shown the token.
///
/// # Errors
/// Why it isn't done.
pub fn answer(preview: &Arc<Preview>, connection: Connection, task: Task, body: &[u8]) -> Result<Json, Refusal> {
    let Some(session) = &preview.desk else { return Err(Refusal::gone("editing is turned off")) };
    let desk = Desk { preview, session, connection };
    match task {
        Task::Form => record::form(&desk, &read(body)?),
        Task::New => record::new(&desk, &read(body)?),
        Task::Save => record::save(&desk, &read(body)?),
        Task::Create => record::create(&desk, &read(body)?),
        Task::Date => tasks::date(&desk, &read(body)?),
        Task::Find => Ok(find::find(&desk, &read(body)?)),
        Task::Page => page::about(&read(body)?, desk.connection),
        Task::Place => place::place(&desk, &read(body)?),
        Task::Fix => mend::fix(&desk, &read(body)?),
        Task::Undo => tasks::undo(&desk, &read(body)?),
    }
}

/// A request, from its JSON.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body)
        .map_err(|why| Refusal::new(StatusCode::BAD_REQUEST, "", format!("this is not a valid request: {why}")))
}

impl Desk<'_> {
    /// The content folder, as the edition names it.
    fn content(&self) -> String {
        self.preview.state().edition.tree().content.clone()
    }

    /// Writes what `plan` makes of the files as they are now.
    fn write<T>(&self, plan: impl FnOnce() -> Result<(Changes, T), Refusal>) -> Result<(Option<u64>, T), Refusal> {
        self.session.write(&self.preview.root, &self.content(), plan)
    }
}

/// The number for undoing a change, for a browser.
fn undo_of(number: Option<u64>) -> Json {
    number.map_or(Json::Null, Json::from)
}

impl Refusal {
    fn new(status: StatusCode, at: &str, message: impl Into<String>) -> Self {
        Self { status, answer: json!({ "faults": [{ "at": at, "message": message.into() }] }) }
    }

    /// Something is wrong with one field; an empty one is about the whole.
    fn fault(at: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, at, message)
    }

    fn faults(faults: &[Fault]) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, answer: json!({ "faults": faults }) }
    }

    /// What the request is about is no longer there, or never was.
    fn gone(message: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "", message)
    }

    /// The record isn't what it was when its form was opened.
    fn conflict(now: &Json) -> Self {
        Self { status: StatusCode::CONFLICT, answer: json!({ "conflict": now }) }
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::fault("", failure.to_string())
    }
}

impl From<write::NotWritten> for Refusal {
    fn from(why: write::NotWritten) -> Self {
        match why {
            write::NotWritten::Outside(path) => {
                let message = format!("`{path}` is not a file of content, so it can't be changed here");
                Self::new(StatusCode::FORBIDDEN, "", message)
            }
            write::NotWritten::Failed(why) => Self::new(StatusCode::CONFLICT, "", why),
        }
    }
}

impl From<NotUndone> for Refusal {
    fn from(why: NotUndone) -> Self {
        match why {
            NotUndone::Unknown => Self::gone("this change can't be undone any more"),
            NotUndone::Refused(why) => why.into(),
        }
    }
}
