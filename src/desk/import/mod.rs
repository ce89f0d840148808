//! What other programs keep, as records of a site: spreadsheets, timelines, bibliographies, folders of notes.
//!
//! Each format has a reader: a plain function from a file's text to [`Reading`], the entries in it and what it says that we have
//! no place for. [`place`] then gives the entries ids that are free, and says which files they make. No file that is there is
//! touched, so whoever imports twice, or is interrupted, loses nothing.

mod days;
mod html;
pub(super) mod json;
mod names;
pub mod notes;
mod place;
pub(super) mod plain;
pub mod sheet;
mod table;
mod text;
pub mod timeline;
pub mod works;

pub use days::Order;
pub use names::Names;
pub use place::{Placed, Wishes, has_errors, place};
pub use text::{Encoding, decode};

use std::ops::Range;
use std::path::PathBuf;

use crate::base::{FileId, Span, TextRange, web_address};
use crate::diagnostics::emit::Texts;
use crate::diagnostics::{Code, Diagnostic, Severity, code};
use crate::edit::Value;
use crate::source::ContentKind;
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::markdown::citation;

/// Files of other programs, as they were read.
#[derive(Debug, Default)]
pub struct Foreign {
    files: Vec<(String, String)>,
}

impl Foreign {
    /// Takes in a file.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.files.push((path.into(), text.into()));
        FileId(self.files.len() as u32 - 1)
    }

    /// All of them.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.files.len() as u32).map(FileId)
    }

    fn file(&self, file: FileId) -> (&str, &str) {
        self.files.get(file.0 as usize).map_or(("", ""), |(path, text)| (path, text))
    }
}

impl Texts for Foreign {
    fn path(&self, file: FileId) -> &str {
        self.file(file).0
    }

    fn text(&self, file: FileId) -> &str {
        self.file(file).1
    }
}

/// What an entry is to be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// As it was in its file: nothing else may be called that.
    Exact(String),
    /// Something made of these words.
    Words(String),
    /// A name that was found free before.
    Given(String),
}

/// A record or page that an imported file holds.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The kind of its file.
    pub kind: ContentKind,
    /// What it is, if it is an entity.
    pub entity: Option<EntityKind>,
    /// Its name.
    pub name: Wish,
    /// Its fields, in any order, but for the id.
    pub fields: Vec<(String, Value)>,
    /// Its longer text.
    pub body: String,
    /// Other entries of the reading that are its sources, by their places in it.
    pub cites: Vec<usize>,
    /// What it points at by words, as field and words.
    pub points: Vec<(&'static str, String, Span)>,
    /// Where it stands.
    pub span: Span,
}

impl Entry {
    /// An entry with nothing in it yet.
    #[must_use]
    pub fn new(kind: ContentKind, name: Wish, span: Span) -> Self {
        Self {
            kind,
            entity: None,
            name,
            fields: Vec::new(),
            body: String::new(),
            cites: Vec::new(),
            points: Vec::new(),
            span,
        }
    }

    /// Whether it has a field.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(key, _)| key == name)
    }

    /// Gives it a field, unless the text says nothing.
    pub fn text(&mut self, name: &str, text: &str) {
        if !text.trim().is_empty() {
            self.fields.push((name.to_owned(), Value::text(text.trim())));
        }
    }

    /// Gives it a field of a word of the format, unless that is empty.
    pub fn plain(&mut self, name: &str, text: &str) {
        if !text.trim().is_empty() {
            self.fields.push((name.to_owned(), Value::plain(text.trim())));
        }
    }
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its records and pages.
    pub entries: Vec<Entry>,
    /// What is wrong with it, and what is lost.
    pub findings: Vec<Diagnostic>,
    /// Pictures and documents that the entries use, and where they go in the site.
    pub media: Vec<(PathBuf, String)>,
}

impl Reading {
    /// Something that has no place here. `what` is a clause that says what is lost, `help` what to do about it.
    pub(super) fn lost(&mut self, span: Span, what: impl Into<String>, help: impl Into<String>) {
        let found = Diagnostic::warning(code::NOT_IMPORTED, span, what).help(help);
        self.findings.push(found);
    }

    /// Something that was read in a way that its author may want to know.
    pub(super) fn note(&mut self, span: Span, what: impl Into<String>) {
        let found = Diagnostic::warning(code::NOT_IMPORTED, span, what);
        self.findings.push(Diagnostic { severity: Severity::Info, ..found });
    }

    /// Something that keeps the file from being imported.
    pub(super) fn error(&mut self, code: Code, span: Span, what: impl Into<String>, help: impl Into<String>) {
        self.findings.push(Diagnostic::error(code, span, what).help(help));
    }

    /// Says that a file was taken for one in Windows-1252.
    pub fn told_encoding(&mut self, file: FileId) {
        self.note(
            span(file, 0..0),
            "this file isn't UTF-8, so it was read as Windows-1252; check its accents and quotation marks",
        );
    }

    /// Adds another reading to this one.
    pub fn append(&mut self, mut other: Self) {
        let first = self.entries.len();
        for entry in &mut other.entries {
            entry.cites.iter_mut().for_each(|at| *at += first);
        }
        self.entries.append(&mut other.entries);
        self.findings.append(&mut other.findings);
        self.media.append(&mut other.media);
    }
}

/// Why a file can't be imported at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// Reads a file of a kind that its name's ending tells.
///
/// # Errors
/// If nothing reads files of this kind.
pub fn read_file(foreign: &Foreign, file: FileId, ending: &str, plan: &sheet::Plan) -> Result<Reading, Unreadable> {
    let text = foreign.file(file).1;
    Ok(match ending {
        "csv" | "tsv" | "tab" | "txt" if timeline::is_sheet(text) && plan.columns.is_empty() => timeline::sheet(file, text),
        "csv" | "tsv" | "tab" | "txt" => sheet::read(file, text, plan),
        "bib" | "bibtex" | "biblatex" => works::bib(file, text),
        "ris" => works::ris(file, text),
        "json" => match json::parse(text) {
            Ok(root) if timeline::is_it(&root) => timeline::json(file, &root),
            Ok(root) if works::is_csl(&root) => works::csl(file, &root),
            Ok(_) => {
                let why = "this is neither a TimelineJS timeline (`{\"events\": [...]}`) nor a list of works in CSL-JSON";
                return Err(Unreadable(why.to_owned()));
            }
            Err((place, why)) => {
                let mut out = Reading::default();
                let help = "save it again in the program it came from";
                out.error(code::INVALID_SYNTAX, span(file, place), format!("not valid JSON: {why}"), help);
                out
            }
        },
        "xlsx" | "xls" | "ods" | "numbers" => {
            return Err(Unreadable("save the spreadsheet as CSV (UTF-8), and import that".to_owned()));
        }
        "docx" | "odt" | "pages" => {
            return Err(Unreadable("convert it to Markdown first, with Pandoc for example, and import that".to_owned()));
        }
        _ => {
            let why = "files of this kind can't be imported; these can: .csv, .tsv, .json, .bib, .ris, .md and folders of Markdown";
            return Err(Unreadable(why.to_owned()));
        }
    })
}

/// Whether a page may link to an address outside of the site.
fn leads_out(address: &str) -> bool {
    let is_direct =
        ["mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme)) && !address.contains(char::is_whitespace);
    is_direct || web_address::link(address).is_ok()
}

/// Whether a source may have a key that another program gave it, and it is short enough for an address.
fn is_sound_key(key: &str) -> bool {
    let is_whole = citation::split_key(key).is_some_and(|(_, rest)| rest.is_empty());
    is_whole && key.len() <= LONGEST && !key.starts_with('{') && !key.contains("://")
}

/// The longest name, in bytes, that is taken over.
const LONGEST: usize = 100;

/// A part of a file.
fn span(file: FileId, range: Range<usize>) -> Span {
    Span { file, range: TextRange::new(range.start, range.end) }
}
