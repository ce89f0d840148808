//! Opens a location in the author's files in the program that `[site] editor` names.

use std::process::{Command, Stdio};

use axum::http::StatusCode;
use serde::Deserialize;

use super::state::Preview;
use crate::source::files::plain_words;

/// A location, as the browser names it: lines and columns count from one.
#[derive(Debug, Deserialize)]
pub struct OpenRequest {
    file: String,
    line: usize,
    column: usize,
}

/// Opens `place`.
///
/// # Errors
/// Why not, with the status code for the answer.
pub fn open(preview: &Preview, place: &OpenRequest) -> Result<(), (StatusCode, String)> {
    let state = preview.state();
    let Some(editor) = &state.settings.editor else {
        return Err((StatusCode::NOT_FOUND, "no editor is set: set `editor` under [site] in book.toml".to_owned()));
    };
    // Only files that the site is made of, under the names that the site gave them. A browser can't point anywhere else.
    let known = state.edition.tree().files.iter().any(|file| file.path == place.file);
    let file = preview.root.join(&place.file).canonicalize().ok().filter(|file| known && file.starts_with(&preview.root));
    let Some(file) = file else {
        return Err((StatusCode::NOT_FOUND, format!("`{}` is not a file of this site", place.file)));
    };
    let words = editor.command(&file.to_string_lossy(), place.line, place.column);
    let started = Command::new(&words[0])
        .args(&words[1..])
        .current_dir(&preview.root)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match started {
        Ok(mut child) => {
            // Wait for it in the background, so that the system can clean up; nobody needs to know how it ends.
            std::thread::spawn(move || child.wait());
            Ok(())
        }
        Err(error) => {
            let why = format!("`{}` can't be started: {}", words[0], plain_words(&error));
            Err((StatusCode::INTERNAL_SERVER_ERROR, why))
        }
    }
}
