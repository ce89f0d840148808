//! The content files, read once and kept with their text.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::string::FromUtf8Error;
use std::sync::Arc;

use rayon::prelude::*;

use super::files::{Files, Refusal, plain_words};
use super::kinds::{ContentKind, FileUse, file_use};
use crate::base::{FileId, Span, Table, TextRange};
use crate::diagnostics::{Diagnostic, code};

/// A file whose text is read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path from the site's root, with slashes.
    pub path: String,
    /// Its text, including any byte-order mark.
    pub text: Arc<String>,
    /// What it contains; `None` for `book.toml` and templates.
    pub kind: Option<ContentKind>,
}

/// All files of a site that the program does not generate.
#[derive(Clone, Debug, Default)]
pub struct SourceTree {
    /// Text files.
    pub files: Table<FileId, Vec<SourceFile>>,
    /// Other files below the content folder: pictures and data.
    pub media: BTreeSet<String>,
    /// Which of those may be there by mistake: they are not media, and nothing reads them.
    pub unread: Vec<FileId>,
    /// Files with the figures of charts, by their paths from the root.
    pub data: BTreeMap<String, FileId>,
    /// The content folder.
    pub content: String,
}

/// The id of `book.toml`, the same in every tree.
pub const BOOK: FileId = FileId::new(0);

impl SourceTree {
    /// A tree that contains only `book.toml`, whose settings say where the rest is.
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

    /// Whether there is a file at a path.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.media.contains(path) || self.files.iter().any(|file| file.path == path)
    }

    /// Adds a text file and returns its id.
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
            match file_use(path[content.len()..].trim_start_matches('/')) {
                FileUse::Content(kind) => wanted.push((path, kind)),
                FileUse::Media => {
                    self.media.insert(path);
                }
                FileUse::Unread => {
                    let span = self.place(&path);
                    self.unread.push(span.file);
                    self.media.insert(path);
                }
                FileUse::Unplaced => {
                    let span = self.place(&path);
                    let message = "it isn't clear what kind of records this file contains";
                    let help = "move it to events/, entities/, sources/ or claims/, or rename it to glossary.yaml";
                    diagnostics.push(Diagnostic::error(code::BAD_VALUE, span, message).help(help));
                }
            }
        }
        let read: Vec<_> = wanted.into_par_iter().map(|(path, kind)| (files.text(&path), path, kind)).collect();
        for (text, path, kind) in read {
            self.take(path, Some(kind), text, &mut diagnostics);
        }
        diagnostics
    }

    /// Reads files with the figures of charts, which were listed among the media.
    pub fn read_data(&mut self, files: &dyn Files, paths: BTreeSet<String>) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for path in paths {
            let text = files.text(&path);
            if let Some(file) = self.take(path.clone(), None, text, &mut diagnostics) {
                self.data.insert(path, file);
            }
        }
        diagnostics
    }

    /// Adds a file that was read; returns its id if it is text.
    fn take(
        &mut self,
        path: String,
        kind: Option<ContentKind>,
        text: io::Result<Result<Arc<String>, FromUtf8Error>>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<FileId> {
        let text = match text {
            Ok(text) => text,
            Err(error) => {
                let span = self.place(&path);
                let message = format!("this file can't be read: {}", plain_words(&error));
                diagnostics.push(Diagnostic::error(code::UNREADABLE, span, message));
                return None;
            }
        };
        match text {
            Ok(text) if u32::try_from(text.len()).is_err() => {
                let span = self.place(&path);
                diagnostics.push(
                    Diagnostic::error(code::UNREADABLE, span, "this file is larger than 4 GiB")
                        .help("split it into smaller files"),
                );
                None
            }
            Ok(text) => Some(self.add(SourceFile { path, text, kind })),
            Err(error) => {
                let start = error.utf8_error().valid_up_to();
                let len = error.utf8_error().error_len().unwrap_or(1);
                let byte = error.as_bytes()[start];
                // Kept for the excerpt in the error message; without a kind it is not parsed.
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let file = self.add(SourceFile { path, text: Arc::new(text), kind: None });
                let span = Span { file, range: TextRange::new(start, start + len) };
                diagnostics.push(
                    Diagnostic::error(
                        code::INVALID_UTF8,
                        span,
                        format!("this file is not UTF-8: the byte {byte:#04x} is invalid here"),
                    )
                    .help("save it as UTF-8 in your editor"),
                );
                None
            }
        }
    }

    /// A span for a file that has no text to show.
    fn place(&mut self, path: &str) -> Span {
        let file = self.add(SourceFile { path: path.to_owned(), text: Arc::default(), kind: None });
        Span { file, range: TextRange::default() }
    }

    /// Reports what had to be left out of a folder.
    pub fn refused(&mut self, refused: Vec<(String, Refusal)>) -> Vec<Diagnostic> {
        refused.into_iter().map(|(path, refusal)| self.refusal(&path, &refusal)).collect()
    }

    fn refusal(&mut self, path: &str, refusal: &Refusal) -> Diagnostic {
        let span = self.place(path);
        match refusal {
            Refusal::Outside => Diagnostic::error(code::OUTSIDE_SITE, span, "this link leads outside the site")
                .help("copy its target into the site"),
            Refusal::Loop => Diagnostic::error(code::OUTSIDE_SITE, span, "this link leads to a folder that contains it")
                .help("remove the link"),
            Refusal::Unreadable(why) => Diagnostic::error(code::UNREADABLE, span, format!("this can't be read: {why}")),
            Refusal::Name => Diagnostic::error(code::BAD_VALUE, span, "this file's name is not Unicode").help("rename it"),
            Refusal::Folder => {
                let message = "this folder is named like a file";
                let help = "rename the folder; the files in it are then read as usual";
                Diagnostic::warning(code::UNREAD_FILE, span, message).help(help)
            }
            Refusal::Again(first) => {
                let message = format!("this link leads to a folder that is already read as `{first}`");
                let help = "remove the link; it is not followed";
                Diagnostic::warning(code::UNREAD_FILE, span, message).help(help)
            }
            Refusal::Special(kind) => Diagnostic::error(code::UNREADABLE, span, format!("this is {kind}, not a file"))
                .help("move it out of the site's folders"),
            Refusal::Private => {
                let message = "this link leads to book.toml or to a hidden file, which must not be published";
                Diagnostic::error(code::OUTSIDE_SITE, span, message).help("remove the link")
            }
            Refusal::Content => {
                let message = "this would publish raw files from the content folder, including drafts and comments";
                let help = "keep `static/` separate from the content folder, and copy files that should be published unchanged into it";
                Diagnostic::error(code::OUTSIDE_SITE, span, message).help(help)
            }
        }
    }
}
