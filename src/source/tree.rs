//! The authored files, read once and kept with their text.

use std::collections::BTreeSet;
use std::string::FromUtf8Error;
use std::sync::Arc;

use rayon::prelude::*;

use super::files::{Files, Refusal, plain_words};
use crate::base::{FileId, Span, Table, TextRange};
use crate::diagnostics::{Diagnostic, code};

/// What a file of content holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentKind {
    /// A section or ordinary page in Markdown.
    Page,
    /// A list of events.
    Events,
    /// A list of entities.
    Entities,
    /// A bibliography.
    Sources,
    /// A list of claims.
    Claims,
    /// The glossary.
    Terms,
}

/// A file whose text is read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path from the site's root, with slashes.
    pub path: String,
    /// What it says, a byte-order mark included.
    pub text: Arc<String>,
    /// What it holds; `None` for `book.toml` and templates.
    pub kind: Option<ContentKind>,
}

/// All files of a site that are not generated.
#[derive(Clone, Debug, Default)]
pub struct SourceTree {
    /// Files with text.
    pub files: Table<FileId, Vec<SourceFile>>,
    /// Other files below the content folder: pictures and data.
    pub media: BTreeSet<String>,
    /// The content folder.
    pub content: String,
}

/// Where `book.toml` stands in every tree.
pub const BOOK: FileId = FileId::new(0);

impl SourceTree {
    /// A tree with `book.toml` alone, whose settings say where the rest is.
    #[must_use]
    pub fn new(book: &str) -> Self {
        let file = SourceFile { path: "book.toml".to_owned(), text: Arc::new(book.to_owned()), kind: None };
        Self { files: vec![file].into(), ..Self::default() }
    }

    /// The file with this id.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id]
    }

    /// Adds a file with text and gives its id.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file)
    }

    /// Reads everything below the content folder.
    pub fn read_content(&mut self, files: &dyn Files, content: &str) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        content.clone_into(&mut self.content);
        let listing = files.list(content);
        diagnostics.extend(self.refused(listing.refused));
        let mut wanted = Vec::new();
        for path in listing.files {
            match content_kind(path[content.len()..].trim_start_matches('/')) {
                Ok(Some(kind)) => wanted.push((path, kind)),
                Ok(None) => {
                    self.media.insert(path);
                }
                Err(help) => {
                    let span = self.place(&path);
                    let message = "nothing says what this file holds";
                    diagnostics.push(Diagnostic::error(code::BAD_VALUE, span, message).help(help));
                }
            }
        }
        let read: Vec<_> = wanted.into_par_iter().map(|(path, kind)| (files.text(&path), path, kind)).collect();
        for (text, path, kind) in read {
            match text {
                Ok(text) => self.take(path, kind, text, &mut diagnostics),
                Err(error) => {
                    let span = self.place(&path);
                    let message = format!("this file can't be read: {}", plain_words(&error));
                    diagnostics.push(Diagnostic::error(code::UNREADABLE, span, message));
                }
            }
        }
        diagnostics
    }

    fn take(
        &mut self,
        path: String,
        kind: ContentKind,
        text: Result<Arc<String>, FromUtf8Error>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        match text {
            Ok(text) if u32::try_from(text.len()).is_err() => {
                let span = self.place(&path);
                diagnostics
                    .push(Diagnostic::error(code::UNREADABLE, span, "this file is larger than 4 GiB").help("divide it"));
            }
            Ok(text) => {
                self.add(SourceFile { path, text, kind: Some(kind) });
            }
            Err(error) => {
                let start = error.utf8_error().valid_up_to();
                let len = error.utf8_error().error_len().unwrap_or(1);
                let byte = error.as_bytes()[start];
                // Kept for the excerpt; without a kind it is not parsed.
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let file = self.add(SourceFile { path, text: Arc::new(text), kind: None });
                let span = Span { file, range: TextRange::new(start, start + len) };
                diagnostics.push(
                    Diagnostic::error(
                        code::INVALID_UTF8,
                        span,
                        format!("this file is not UTF-8: the byte {byte:#04x} can't stand here"),
                    )
                    .help("save it as UTF-8 in your editor"),
                );
            }
        }
    }

    /// A place for a file that has no text to show.
    fn place(&mut self, path: &str) -> Span {
        let file = self.add(SourceFile { path: path.to_owned(), text: Arc::default(), kind: None });
        Span { file, range: TextRange::default() }
    }

    /// What had to be left out of a folder, as findings.
    pub fn refused(&mut self, refused: Vec<(String, Refusal)>) -> Vec<Diagnostic> {
        refused.into_iter().map(|(path, refusal)| self.refusal(&path, &refusal)).collect()
    }

    fn refusal(&mut self, path: &str, refusal: &Refusal) -> Diagnostic {
        let span = self.place(path);
        match refusal {
            Refusal::Outside => Diagnostic::error(code::OUTSIDE_SITE, span, "this is a link to something outside the site")
                .help("copy what it leads to into the site"),
            Refusal::Loop => Diagnostic::error(code::OUTSIDE_SITE, span, "this is a link to a folder that it lies in")
                .help("remove the link"),
            Refusal::Unreadable(why) => Diagnostic::error(code::UNREADABLE, span, format!("this can't be read: {why}")),
            Refusal::Name => Diagnostic::error(code::BAD_VALUE, span, "this file's name is not Unicode").help("rename it"),
        }
    }
}

/// What the file at `path`, relative to the content folder, holds; `None` for media.
///
/// # Errors
/// What to do with a YAML file that stands where nothing says what it holds.
pub fn content_kind(path: &str) -> Result<Option<ContentKind>, &'static str> {
    let (folder, name) = path.split_once('/').unwrap_or(("", path));
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if extension == "md" {
        return Ok(Some(ContentKind::Page));
    }
    if folder == "media" || !matches!(extension, "yaml" | "yml") {
        return Ok(None);
    }
    match (folder, name) {
        ("events", _) => Ok(Some(ContentKind::Events)),
        ("entities", _) => Ok(Some(ContentKind::Entities)),
        ("sources", _) => Ok(Some(ContentKind::Sources)),
        ("claims", _) => Ok(Some(ContentKind::Claims)),
        ("glossary", _) | ("", "glossary.yaml" | "glossary.yml") => Ok(Some(ContentKind::Terms)),
        _ => Err("move it to events/, entities/, sources/ or claims/, or name it glossary.yaml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_say_what_a_file_holds() {
        assert_eq!(content_kind("a/b/alliance.md"), Ok(Some(ContentKind::Page)));
        assert_eq!(content_kind("events/2025/x.yml"), Ok(Some(ContentKind::Events)));
        assert_eq!(content_kind("glossary.yaml"), Ok(Some(ContentKind::Terms)));
        assert_eq!(content_kind("media/data.yaml"), Ok(None));
        assert_eq!(content_kind("x.jpg"), Ok(None));
        assert!(content_kind("event.yaml").is_err());
    }
}
