//! Work on a site's files that the program does for its authors: adding and renaming records, putting files in a canonical form,
//! applying fixes, and starting a new site.
//!
//! Each task is a function from a [`Desk`], the site as it was read, to [`Changes`], the planned changes to its files. They can be
//! shown ([`Changes::diff`]) and made ([`Changes::perform`]); nothing is written before that.
//!
//! This module doesn't know about the terminal and never asks for the time: the day is passed in.

pub mod ask;
pub mod assist;
mod changes;
pub mod cms;
pub mod fetch;
pub mod fix;
pub mod form;
pub mod format;
mod html;
pub mod import;
pub mod init;
pub mod listed;
pub mod new;
mod place;
pub mod rename;
pub mod schemas;
pub mod typed;
pub mod web_page;
pub mod worklist;

use std::collections::{BTreeMap, BTreeSet};

pub use changes::{Changes, Contents, Planned};

use crate::base::FileId;
use crate::base::slug::slug;
use crate::build::Failure;
use crate::config::{self, Config};
use crate::diagnostics::{self, Severity};
use crate::edit::Form;
use crate::model::registry;
use crate::source::kinds::{content_stem, markdown_stem};
use crate::source::{ContentKind, Files, SourceFile, SourceTree};
use crate::syntax::kinds::common::Common;
use crate::syntax::kinds::entity::EntityKind;
use crate::syntax::{Parsed, Record, References, parse_file};

/// A site's files, each parsed by itself.
pub struct Desk {
    /// The files.
    pub tree: SourceTree,
    /// The settings.
    pub config: Config,
    /// The content files, parsed.
    pub parsed: Vec<(FileId, Parsed)>,
}

/// What the tasks here need to know about a record.
pub struct Known<'d> {
    /// The kind of file it is in.
    pub kind: ContentKind,
    /// Its kind of entity, if it is one.
    pub entity: Option<EntityKind>,
    /// Whether it is an author.
    pub is_author: bool,
    /// Its id or key.
    pub id: &'d str,
    /// Its file.
    pub file: FileId,
    /// Where it begins in its file.
    pub base: u32,
    /// What it refers to.
    pub pieces: &'d References,
    /// The fields that every record may have.
    pub common: &'d Common,
    /// Whether it has a body.
    pub has_body: bool,
}

impl Desk {
    /// Reads a site. Errors in its content don't get in the way; errors in its settings do.
    ///
    /// # Errors
    /// If there is no site, or its settings can't be read.
    pub fn open(files: &dyn Files) -> Result<Self, Failure> {
        let bytes = files.read("book.toml").map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Failure::Usage(
                "there is no book.toml here: name a site's folder with --root, or start a site with `backgrounder init`"
                    .to_owned(),
            ),
            _ => Failure::io("book.toml can't be read")(error),
        })?;
        let text = String::from_utf8_lossy(&bytes);
        let (config, found) = config::read(&text, None);
        let Some(config) = config else {
            let why =
                found.iter().find(|found| found.severity == Severity::Error).map_or("", |found| found.message.as_str());
            return Err(Failure::Usage(format!("book.toml has errors: {why}; `backgrounder check` shows them")));
        };
        let mut tree = SourceTree::new(&text);
        tree.read_content(files, &config.src);
        let all: Vec<(FileId, &SourceFile)> = tree.files.indices().zip(&tree.files).collect();
        let parsed = all.into_iter().filter_map(|(at, file)| {
            let kind = file.kind?;
            Some((at, parse_file(&file.path, kind, &file.text, config.options, None)))
        });
        let parsed = parsed.collect();
        Ok(Self { tree, config, parsed })
    }

    /// Every record, file by file.
    pub fn records(&self) -> impl Iterator<Item = Known<'_>> {
        self.parsed.iter().flat_map(|(file, parsed)| self.records_of(*file, parsed))
    }

    fn records_of<'d>(&'d self, file: FileId, parsed: &'d Parsed) -> Vec<Known<'d>> {
        let Some(kind) = self.tree.file(file).kind else { return Vec::new() };
        let known = |id: &'d str, base: u32, pieces: &'d References, common: &'d Common, has_body: bool| Known {
            kind,
            entity: None,
            is_author: false,
            id,
            file,
            base,
            pieces,
            common,
            has_body,
        };
        let mut out = of(&parsed.events, |event| &event.common, known);
        let entities = of(&parsed.entities, |entity| &entity.common, known);
        let kinds = parsed.entities.iter().map(|entity| entity.fields.kind);
        out.extend(entities.into_iter().zip(kinds).map(|(known, kind)| Known { entity: Some(kind), ..known }));
        let authors = of(&parsed.authors, |author| &author.common, known);
        out.extend(authors.into_iter().map(|known| Known { is_author: true, ..known }));
        out.extend(of(&parsed.claims, |claim| &claim.common, known));
        out.extend(of(&parsed.terms, |term| &term.common, known));
        out.extend(of(&parsed.sources, |source| &source.common, known));
        // A translation has the same id as its original.
        if let Some((page, _)) = parsed.page.as_ref().filter(|(_, variant)| variant.language.is_none()) {
            out.extend(of(std::slice::from_ref(page), |page| &page.front.common, known));
        }
        out
    }

    /// All ids, which share one namespace, and all keys of sources.
    #[must_use]
    pub fn names(&self) -> (BTreeSet<String>, BTreeSet<String>) {
        let (mut ids, mut keys) = (BTreeSet::new(), BTreeSet::new());
        for record in self.records() {
            let names = if record.kind == ContentKind::Sources { &mut keys } else { &mut ids };
            names.insert(record.id.to_owned());
        }
        // A record that can't be read may have a name, too.
        for (file, parsed) in &self.parsed {
            let is_source = self.tree.file(*file).kind == Some(ContentKind::Sources);
            let names = if is_source { &mut keys } else { &mut ids };
            names.extend(parsed.broken.iter().cloned());
        }
        (ids, keys)
    }

    /// A record by its id, or a source by its key.
    #[must_use]
    pub fn record(&self, name: &str) -> Option<Known<'_>> {
        let mut found: Vec<_> = self.records().filter(|record| record.id == name).collect();
        // An id takes precedence over a source's key.
        found.sort_by_key(|record| record.kind == ContentKind::Sources);
        found.into_iter().next()
    }

    /// A source by its key.
    #[must_use]
    pub fn source(&self, key: &str) -> Option<Known<'_>> {
        self.records().find(|record| record.kind == ContentKind::Sources && record.id == key)
    }

    /// A new name made from some words: transliterated, short, not reserved, and not in `taken`.
    #[must_use]
    pub fn free_name(&self, words: &str, taken: &BTreeSet<String>) -> Option<String> {
        let base = short(&slug(words));
        if base.is_empty() {
            return None;
        }
        let tags: Vec<String> = self.config.languages.iter().map(|language| language.tag.clone()).collect();
        let is_free = |name: &str| !taken.contains(name) && registry::reserved(name, &tags).is_none();
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        std::iter::once(base.clone()).chain(numbered).find(|name| is_free(name))
    }

    /// The tags of the site's languages.
    #[must_use]
    pub fn tags(&self) -> Vec<String> {
        self.config.languages.iter().map(|language| language.tag.clone()).collect()
    }

    /// The files that can't be parsed completely, by path, with the first error of each.
    #[must_use]
    pub fn unreadable(&self) -> BTreeMap<&str, String> {
        let mut out = BTreeMap::new();
        for (file, parsed) in &self.parsed {
            let found = parsed.diagnostics(*file);
            let fault = found.iter().find(|found| found.code == diagnostics::code::INVALID_SYNTAX);
            if let Some(fault) = fault {
                out.insert(self.tree.file(*file).path.as_str(), fault.message.clone());
            }
        }
        out
    }

    /// Where the YAML is in a file.
    #[must_use]
    pub fn form(&self, file: FileId) -> Form {
        if markdown_stem(&self.tree.file(file).path).is_some() { Form::Markdown } else { Form::Yaml }
    }

    /// Whether a record has its own file.
    #[must_use]
    pub fn is_own_file(&self, record: &Known<'_>) -> bool {
        let file = self.tree.file(record.file);
        if matches!(record.kind, ContentKind::Front | ContentKind::Page) || markdown_stem(&file.path).is_some() {
            return true;
        }
        content_stem(&file.path) == record.id && {
            let read = crate::edit::Document::read(&file.text, Form::Yaml);
            read.is_ok_and(|document| match &document.root().kind {
                crate::syntax::node::Kind::Map(entries) => !entries
                    .iter()
                    .any(|(key, value)| key.value == record.id && matches!(value.kind, crate::syntax::node::Kind::Map(_))),
                _ => false,
            })
        }
    }
}

/// Records of one kind, each turned into what `known` makes of it.
fn of<'d, T>(
    records: &'d [Record<T>],
    common: impl Fn(&'d T) -> &'d Common,
    known: impl Fn(&'d str, u32, &'d References, &'d Common, bool) -> Known<'d>,
) -> Vec<Known<'d>> {
    let known = |record: &'d Record<T>| {
        let has_body = record.body.is_some();
        known(&record.id.value, record.origin.base, &record.pieces, common(&record.fields), has_body)
    };
    records.iter().map(known).collect()
}

/// The most letters in a name made from a title.
const LONGEST: usize = 60;

/// A slug, cut between words if it is too long for a name.
fn short(slug: &str) -> String {
    if slug.len() <= LONGEST {
        return slug.to_owned();
    }
    let cut = slug[..=LONGEST].rfind('-').unwrap_or(LONGEST);
    slug[..cut].to_owned()
}

/// The failure of a task because a file can't be changed.
fn refused(path: &str, why: &crate::edit::Refused) -> Failure {
    Failure::Usage(format!("{path} can't be changed: {why}"))
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn long_names_are_cut_between_words() {
        assert_eq!(short("a-raid"), "a-raid");
        let long = "supreme-court-says-the-united-states-must-facilitate-the-return-of-a-man";
        assert_eq!(short(long), "supreme-court-says-the-united-states-must-facilitate-the");
        assert_eq!(short(&"x".repeat(80)).len(), 60);
    }
}
