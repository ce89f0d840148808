//! Renames a record everywhere: its own id, `[[…]]` and `[@…]`, fields, links to its file, `book.toml`, and its file's name. The old
//! address is kept as an alias.

use std::ops::Range;

use super::{Changes, Desk, Known, new, refused};
use crate::base::similar::nearest;
use crate::base::slug::{is_id, slug};
use crate::base::{TextRange, escape};
use crate::build::Failure;
use crate::edit::scalar::{Context, Meaning, inline, may_be_plain};
use crate::edit::{Document, Step, TextEdit, Value};
use crate::model::registry;
use crate::source::kinds::{content_stem, markdown_stem};
use crate::source::{ContentKind, SourceFile};
use crate::syntax::markdown::citation;
use crate::syntax::pieces::{Use, is_external};

/// Renames a record.
///
/// # Errors
/// If there is no such record, the new name is taken or invalid, or a file can't be changed.
pub fn rename(desk: &Desk, old: &str, new: &str) -> Result<Changes, Failure> {
    let Some(record) = desk.record(old) else {
        let (mut ids, keys) = desk.names();
        ids.extend(keys);
        let near = nearest(old, ids.iter().map(String::as_str));
        let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(Failure::Usage(format!("there is no record `{old}`{near}")));
    };
    rename_record(desk, &record, new)
}

/// Renames a record that is known, even if a record of another kind has the same name.
///
/// # Errors
/// If the new name is taken or invalid, or a file can't be changed.
pub fn rename_record(desk: &Desk, record: &Known<'_>, new: &str) -> Result<Changes, Failure> {
    may_be_named(desk, record, new)?;
    let work = Work { desk, record, old: record.id, new };
    let mut changes = Changes::default();
    for (file, _) in &desk.parsed {
        let SourceFile { path, text, .. } = desk.tree.file(*file);
        let mut edits = Vec::new();
        for pieces in work.pieces_of(*file) {
            work.pointers(text, path, pieces, &mut edits);
        }
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        edits.dedup();
        if !edits.is_empty() {
            changes.edit(path, text, edits);
        }
    }
    work.settings(&mut changes);
    work.own(&mut changes)?;
    for (path, why) in desk.unreadable() {
        changes.notes.push(format!("{path} can't be parsed completely ({why}), so it may still contain `{}`", work.old));
    }
    Ok(changes)
}

/// Checks that a record may have a name.
fn may_be_named(desk: &Desk, record: &Known<'_>, new: &str) -> Result<(), Failure> {
    let (ids, keys) = desk.names();
    let is_source = record.kind == ContentKind::Sources;
    let sound = if is_source { citation::split_key(new).is_some_and(|(_, rest)| rest.is_empty()) } else { is_id(new) };
    if !sound {
        let help = crate::syntax::kinds::common::refuse_id(new, "use");
        return Err(Failure::Usage(format!("`{new}` can't be an id: {help}")));
    }
    if if is_source { keys.contains(new) } else { ids.contains(new) } {
        return Err(Failure::Usage(format!("the id `{new}` is taken")));
    }
    match registry::reserved(new, &desk.tags()).filter(|_| !is_source) {
        Some(why) => Err(Failure::Usage(format!("`{new}` can't be an id: {why}"))),
        None => Ok(()),
    }
}

struct Work<'d> {
    desk: &'d Desk,
    record: &'d Known<'d>,
    old: &'d str,
    new: &'d str,
}

/// What a record refers to, and where it begins.
type Pieces<'d> = (&'d crate::syntax::References, u32);

impl Work<'_> {
    fn pieces_of(&self, file: crate::base::FileId) -> Vec<Pieces<'_>> {
        let parsed = self.desk.parsed.iter().filter(|(of, _)| *of == file);
        parsed.flat_map(|(_, parsed)| parsed.written()).map(|record| (record.pieces, record.origin.base)).collect()
    }

    fn is_source(&self) -> bool {
        self.record.kind == ContentKind::Sources
    }

    /// Renames in one record: its pointers, citations and links to files.
    fn pointers(&self, text: &str, path: &str, (pieces, base): Pieces<'_>, edits: &mut Vec<TextEdit>) {
        let place = |range: TextRange| range.shifted(base).bytes();
        if self.is_source() {
            for citation in pieces.citations.iter().filter(|citation| *citation.key == *self.old) {
                edits.extend(self.replaced(text, place(citation.range)));
            }
            return;
        }
        for pointer in pieces.pointers.iter().filter(|pointer| *pointer.id == *self.old) {
            edits.extend(self.replaced(text, place(pointer.range)));
        }
        let own = &self.desk.tree.file(self.record.file).path;
        if !matches!(self.record.kind, ContentKind::Page) {
            return;
        }
        for address in pieces.addresses.iter().filter(|address| address.usage == Use::Link && !is_external(&address.target))
        {
            let target = address.target.split('#').next().unwrap_or_default();
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let folder = if markdown_stem(path).is_some() { folder } else { &self.desk.config.src };
            if joined(folder, &escape::percent_decoded(target)).as_deref() != Some(own) {
                continue;
            }
            let (file, renamed) = (file_name(own), file_name(own).replacen(self.old, self.new, 1));
            let range = place(address.range);
            if let Some(at) = text[range.clone()].rfind(file) {
                let start = range.start + at;
                edits.push(TextEdit::replace(start..start + file.len(), renamed));
            }
        }
    }

    /// The edit that replaces the old name in a range, where it first occurs as a whole word.
    fn replaced(&self, text: &str, range: Range<usize>) -> Option<TextEdit> {
        let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let written = text.get(range.clone())?;
        let is_whole = |at: &usize| {
            let before = written[..*at].chars().next_back();
            let after = written[at + self.old.len()..].chars().next();
            before.is_none_or(|c| !is_inner(c)) && after.is_none_or(|c| !is_inner(c))
        };
        let places = || written.match_indices(self.old).map(|(at, _)| at).filter(is_whole);
        // The words before a key may be identical to it.
        let cited = places().find(|at| written[..*at].ends_with(['@', '{']));
        let at = cited.or_else(|| places().next())?;
        let start = range.start + at;
        let whole = start..start + self.old.len();
        // The new name may need quotation marks, for example in brackets, where a comma would separate items.
        let is_scalar = whole == range && !self.old.is_empty();
        let new =
            if is_scalar && !may_be_plain(self.new, Context::Flow) && !text[..start].ends_with(['[', '@', '{', '"', '\'']) {
                inline(self.new, Meaning::Plain, Context::Flow, None)
            } else {
                self.new.to_owned()
            };
        Some(TextEdit::replace(whole, new))
    }

    /// Renames in `book.toml`: waivers and bylines that name the record.
    fn settings(&self, changes: &mut Changes) {
        let book = self.desk.tree.file(crate::source::tree::BOOK);
        let named = self.desk.config.checks.allow.iter().filter(|allow| allow.at.value == self.old);
        let signed = self.desk.config.authors.iter().filter(|credit| credit.id() == Some(self.old));
        let places = named.map(|allow| allow.at.range).chain(signed.map(|credit| credit.range));
        let edits: Vec<_> = places.filter_map(|range| self.replaced(&book.text, range.bytes())).collect();
        if !edits.is_empty() {
            changes.edit(&book.path, &book.text, edits);
        }
    }

    /// Renames the record itself: its id and its file, with an alias for the old address.
    fn own(&self, changes: &mut Changes) -> Result<(), Failure> {
        let file = self.desk.tree.file(self.record.file);
        let is_own_file = self.desk.is_own_file(self.record);
        let document =
            Document::read(&file.text, self.desk.form(self.record.file)).map_err(|why| refused(&file.path, &why))?;
        let steps = if is_own_file { Vec::new() } else { document.record(self.old).unwrap_or_default() };
        let mut edits = Vec::new();
        if !is_own_file && self.is_source() {
            edits.extend(self.key(&document, file));
        } else {
            let id: Vec<Step> = steps.iter().cloned().chain([Step::Key("id".to_owned())]).collect();
            let range = document.node(&id).map(|node| node.range.bytes());
            edits.extend(range.and_then(|range| self.replaced(&file.text, range)));
        }
        if let Some(address) = self.address() {
            let order = new::order(self.record.kind);
            let alias = Value::text(address);
            edits.extend(document.push(&steps, "aliases", &alias, &order).map_err(|why| refused(&file.path, &why))?);
        }
        changes.edit(&file.path, &file.text, edits);
        if is_own_file {
            self.move_files(file, changes)?;
        }
        Ok(())
    }

    /// Renames the key of a source in a bibliography.
    fn key(&self, document: &Document<'_>, file: &SourceFile) -> Option<TextEdit> {
        let crate::syntax::node::Kind::Map(entries) = &document.root().kind else { return None };
        let (key, _) = entries.iter().find(|(key, _)| key.value == self.old)?;
        let range = key.range.bytes();
        let quoted = file.text[range.clone()].starts_with(['"', '\'']);
        let new =
            if quoted || !may_be_plain(self.new, Context::Flow) { format!("\"{}\"", self.new) } else { self.new.to_owned() };
        Some(TextEdit::replace(range, new))
    }

    /// The record's old address; `None` for a term, which has no page.
    fn address(&self) -> Option<String> {
        let old = self.old;
        Some(match self.record.kind {
            ContentKind::Page => format!("/{old}/"),
            ContentKind::Events => format!("/events/{old}/"),
            ContentKind::Entities if self.record.is_author => format!("/authors/{old}/"),
            ContentKind::Entities => format!("/entities/{old}/"),
            ContentKind::Claims => format!("/claims/{old}/"),
            ContentKind::Sources if slug(old) != slug(self.new) => format!("/sources/{}/", slug(old)),
            ContentKind::Sources | ContentKind::Terms | ContentKind::Front => return None,
        })
    }

    /// Renames the record's file, and a page's translations.
    fn move_files(&self, file: &SourceFile, changes: &mut Changes) -> Result<(), Failure> {
        if file_name(&file.path).starts_with("index.") {
            let message = format!(
                "{} takes its name from its folder: rename the folder to `{}` by hand, then run this again without --dry-run",
                file.path, self.new
            );
            return Err(Failure::Usage(message));
        }
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for sister in &self.desk.tree.files {
            let name = file_name(&sister.path);
            let is_in_folder = sister.path.rsplit_once('/').map_or("", |(folder, _)| folder) == folder;
            let is_variant = self.record.kind == ContentKind::Page
                && content_stem(name).strip_prefix(self.old).is_some_and(|rest| rest.starts_with('.'));
            if is_in_folder && sister.kind == file.kind && (sister.path == file.path || is_variant) {
                let renamed = name.replacen(self.old, self.new, 1);
                // An interrupted run may have moved it already.
                if renamed != name {
                    changes.rename(&sister.path, &sister.text, &format!("{folder}/{renamed}"));
                }
            }
        }
        Ok(())
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// `folder` and `path` as one path; `None` if it leaves the root.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
