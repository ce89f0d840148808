//! Turns other programs' files into records: spreadsheets, timelines, bibliographies, folders of notes.
//!
//! Each format has a reader, a plain function from a file's text to a [`Reading`]: its entries, and findings about whatever was
//! left out. [`place`] then gives the entries free ids and plans the new files. It never changes an existing file, so repeating
//! or interrupting an import does no harm.

mod days;
mod frames;
mod html;
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
use crate::syntax::json;
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::markdown::citation;

/// Other programs' files, as they were read.
#[derive(Debug, Default)]
pub struct Foreign {
    files: Vec<(String, String)>,
}

impl Foreign {
    /// Adds a file.
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

/// The name that an entry should get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The name that it had in its file.
    Exact(String),
    /// A name made from these words.
    Words(String),
    /// A name that is already known to be free.
    Given(String),
}

/// A record or page in an imported file.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The kind of its file.
    pub kind: ContentKind,
    /// The kind of entity, if it is one.
    pub entity: Option<EntityKind>,
    /// Its name.
    pub name: Wish,
    /// Its fields except the id, in any order.
    pub fields: Vec<(String, Value)>,
    /// Its body.
    pub body: String,
    /// Its sources among the other entries, by index.
    pub cites: Vec<usize>,
    /// References by name: the field and the name.
    pub points: Vec<(&'static str, String, Span)>,
    /// Its place in the file.
    pub span: Span,
}

impl Entry {
    /// A new entry without fields.
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

    /// Adds a text field, unless the text is empty.
    pub fn text(&mut self, name: &str, text: &str) {
        if !text.trim().is_empty() {
            self.fields.push((name.to_owned(), Value::text(text.trim())));
        }
    }

    /// Adds a field with a plain value, unless it is empty.
    pub fn plain(&mut self, name: &str, text: &str) {
        if !text.trim().is_empty() {
            self.fields.push((name.to_owned(), Value::plain(text.trim())));
        }
    }
}

/// The content of a file.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its records and pages.
    pub entries: Vec<Entry>,
    /// Its errors, and whatever was left out.
    pub findings: Vec<Diagnostic>,
    /// Pictures and documents that the entries use, with their new paths in the site.
    pub media: Vec<(PathBuf, String)>,
}

impl Reading {
    /// Reports something that was left out or changed. `what` says what it is, `help` what to do about it.
    pub(super) fn lost(&mut self, span: Span, what: impl Into<String>, help: impl Into<String>) {
        let found = Diagnostic::warning(code::NOT_IMPORTED, span, what).help(help);
        self.findings.push(found);
    }

    /// Reports a guess or another choice that the author should know about.
    pub(super) fn note(&mut self, span: Span, what: impl Into<String>) {
        let found = Diagnostic::warning(code::NOT_IMPORTED, span, what);
        self.findings.push(Diagnostic { severity: Severity::Info, ..found });
    }

    /// Reports an error, which stops the import.
    pub(super) fn error(&mut self, code: Code, span: Span, what: impl Into<String>, help: impl Into<String>) {
        self.findings.push(Diagnostic::error(code, span, what).help(help));
    }

    /// Reports that a file was read as Windows-1252.
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

/// Reads a file by its extension.
///
/// # Errors
/// If files of this kind can't be imported.
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
            let why = "files of this kind can't be imported; .csv, .tsv, .json, .bib, .ris, .md and folders of Markdown can";
            return Err(Unreadable(why.to_owned()));
        }
    })
}

/// Whether a page may link to an address outside the site.
fn leads_out(address: &str) -> bool {
    let is_direct =
        ["mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme)) && !address.contains(char::is_whitespace);
    is_direct || web_address::link(address).is_ok()
}

/// Whether another program's key can be a source's key, and is short enough for an address.
fn is_sound_key(key: &str) -> bool {
    let is_whole = citation::split_key(key).is_some_and(|(_, rest)| rest.is_empty());
    is_whole && key.len() <= LONGEST && !key.starts_with('{') && !key.contains("://")
}

/// The longest name that is kept, in bytes.
const LONGEST: usize = 100;

/// A part of a file.
fn span(file: FileId, range: Range<usize>) -> Span {
    Span { file, range: TextRange::new(range.start, range.end) }
}
