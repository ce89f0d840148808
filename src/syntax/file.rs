//! A file's text to its records.

use std::sync::Arc;

use super::blocks::Block;
use super::claim::Claim;
use super::decode::{Decode, Decoder};
use super::entity::Entity;
use super::event::Event;
use super::front_matter;
use super::markdown::Markdown;
use super::markdown_parse::{self, Mode};
use super::node::{Kind, Node};
use super::page::{FrontMatter, Page};
use super::pieces::{Pieces, Prose};
use super::source::Source;
use super::split::{self, Layout};
use super::term::Term;
use super::{Options, yaml};
use crate::base::{At, FileId, Origin, Span, TextRange};
use crate::diagnostics::{Diagnostic, code};
use crate::source::ContentKind;

/// A record: its fields, what they point at, and where it stands. All its ranges count from [`Record::origin`].
#[derive(Debug)]
pub struct Record<T> {
    /// Its id or key, and where that stands.
    pub id: At<String>,
    /// Its fields.
    pub fields: T,
    /// Its texts and pointers.
    pub pieces: Pieces,
    /// Where it begins.
    pub origin: Origin,
    /// Its first line, which stands for the whole in messages.
    pub range: TextRange,
}

impl<T> Record<T> {
    /// The absolute place of a range of this record.
    #[must_use]
    pub fn span(&self, range: TextRange) -> Span {
        self.origin.span(range)
    }

    /// The absolute place of its id.
    #[must_use]
    pub fn id_span(&self) -> Span {
        self.span(self.id.range)
    }
}

/// A Markdown file's name, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The tag before `.md`, if there is one: `es` in `x.es.md`.
    pub language: Option<String>,
}

/// All that one file says. Records are shared, because a preview keeps those that did not change.
#[derive(Debug, Default)]
pub struct Parsed {
    /// A Markdown file's page, with the language tag of its name.
    pub page: Option<(Arc<Record<Page>>, Variant)>,
    /// Events.
    pub events: Vec<Arc<Record<Event>>>,
    /// Entities.
    pub entities: Vec<Arc<Record<Entity>>>,
    /// Sources.
    pub sources: Vec<Arc<Record<Source>>>,
    /// Claims.
    pub claims: Vec<Arc<Record<Claim>>>,
    /// Terms.
    pub terms: Vec<Arc<Record<Term>>>,
    /// Ids and keys of records that could not be decoded: pointers to them are not at fault.
    pub broken: Vec<String>,
    /// What is wrong with it by itself.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses the file at `path` (relative to the site's root, with slashes).
#[must_use]
pub fn parse_file(file: FileId, path: &str, kind: ContentKind, text: &str, options: Options) -> Parsed {
    let mut out = Parsed::default();
    let mut input = Input { file, text, options, broken: Vec::new(), diagnostics: Vec::new() };
    match kind {
        ContentKind::Page => out.page = input.page(path),
        ContentKind::Events => out.events = input.list(|event: &Event| event.id.0.clone()),
        ContentKind::Entities => out.entities = input.list(|entity: &Entity| entity.id.0.clone()),
        ContentKind::Claims => out.claims = input.list(|claim: &Claim| claim.id.0.clone()),
        ContentKind::Terms => out.terms = input.list(|term: &Term| term.id.0.clone()),
        ContentKind::Sources => out.sources = input.sources(),
    }
    out.broken = input.broken;
    out.diagnostics = input.diagnostics;
    out
}

struct Input<'a> {
    file: FileId,
    text: &'a str,
    options: Options,
    broken: Vec<String>,
    diagnostics: Vec<Diagnostic>,
}

impl Input<'_> {
    /// Takes over what a decoder found, moved to its record's place.
    fn finish(&mut self, decoder: Decoder<'_>, base: usize) -> Pieces {
        for mut diagnostic in decoder.diagnostics {
            diagnostic.relocate(self.file, base as u32);
            self.diagnostics.push(diagnostic);
        }
        decoder.pieces
    }

    fn syntax_error(&mut self, fault: yaml::Fault, base: usize, end: usize) {
        let range = fault.range.map_or(TextRange::new(base, base), |range| range.shifted(base as u32));
        // Scanners notice at the end of a text what is wrong in its middle; the last line that says something shows it.
        let start = (range.start as usize).min(self.text[..end].trim_end().len()) as u32;
        let range = TextRange { start, end: range.end.max(start) };
        let message = format!("not valid YAML: {}", fault.message);
        self.diagnostics.push(Diagnostic::error(code::INVALID_SYNTAX, Span { file: self.file, range }, message));
    }

    /// The records of a file that is a list of them.
    fn list<T: Decode>(&mut self, id: impl Fn(&T) -> At<String>) -> Vec<Arc<Record<T>>> {
        let text = self.text;
        let mut records = Vec::new();
        if let Some(pieces) = split::records(text, Layout::List) {
            let parsed: Result<Vec<Node>, _> = pieces.iter().map(|range| yaml::parse(&text[range.clone()])).collect();
            if let Ok(nodes) = parsed
                && nodes.iter().all(|node| matches!(&node.kind, Kind::Seq(items) if items.len() == 1))
            {
                for (range, node) in pieces.into_iter().zip(&nodes) {
                    if let Kind::Seq(items) = &node.kind {
                        records.extend(self.record(&text[range.clone()], range.start, &items[0], &id));
                    }
                }
                return records;
            }
        }
        match yaml::parse(text) {
            Err(fault) => {
                self.syntax_error(fault, 0, text.len());
                let id = |line: &str| line.trim_start_matches(['-', ' ']).strip_prefix("id:").map(|id| id.trim().to_owned());
                self.broken.extend(text.lines().filter_map(id));
            }
            Ok(Node { kind: Kind::Null, .. }) => {}
            Ok(Node { kind: Kind::Seq(items), .. }) => {
                records.extend(items.iter().filter_map(|item| self.record(text, 0, item, &id)));
            }
            Ok(node) => {
                let message = format!("this file is a list of records, and this is {}", node.describe());
                let span = Span { file: self.file, range: node.range };
                let help = format!("begin each record with a hyphen: `- id: …` ({})", T::SHAPE);
                self.diagnostics.push(Diagnostic::error(code::WRONG_TYPE, span, message).help(help));
            }
        }
        records
    }

    fn record<T: Decode>(
        &mut self,
        text: &str,
        base: usize,
        node: &Node,
        id: &impl Fn(&T) -> At<String>,
    ) -> Option<Arc<Record<T>>> {
        let mut decoder = Decoder::new(text, self.options);
        decoder.field = "a record";
        let fields = T::decode(node, &mut decoder);
        let pieces = self.finish(decoder, base);
        let Some(fields) = fields else {
            self.broken.extend(scalar_at(node, "id"));
            return None;
        };
        let origin = Origin { file: self.file, base: base as u32 };
        Some(Arc::new(Record { id: id(&fields), fields, pieces, origin, range: node.range }))
    }

    /// The records of a bibliography: a map by key, as Hayagriva has it.
    fn sources(&mut self) -> Vec<Arc<Record<Source>>> {
        let text = self.text;
        let mut records = Vec::new();
        if let Some(pieces) = split::records(text, Layout::Map) {
            let parsed: Result<Vec<Node>, _> = pieces.iter().map(|range| yaml::parse(&text[range.clone()])).collect();
            if let Ok(nodes) = parsed
                && nodes.iter().all(|node| matches!(&node.kind, Kind::Map(entries) if entries.len() == 1))
            {
                for (range, node) in pieces.into_iter().zip(&nodes) {
                    if let Kind::Map(entries) = &node.kind {
                        let (key, value) = &entries[0];
                        records.extend(self.source(&text[range.clone()], range.start, key, value));
                    }
                }
                return records;
            }
        }
        match yaml::parse(text) {
            Err(fault) => {
                self.syntax_error(fault, 0, text.len());
                let key =
                    |line: &str| Some(line.split_once(':')?.0.to_owned()).filter(|key| !key.starts_with([' ', '#', '-']));
                self.broken.extend(text.lines().filter_map(key));
            }
            Ok(Node { kind: Kind::Null, .. }) => {}
            Ok(Node { kind: Kind::Map(entries), .. }) => {
                records.extend(entries.iter().filter_map(|(key, value)| self.source(text, 0, key, value)));
            }
            Ok(node) => {
                let message = format!("this file is a map of sources by key, and this is {}", node.describe());
                let span = Span { file: self.file, range: node.range };
                self.diagnostics.push(
                    Diagnostic::error(code::WRONG_TYPE, span, message)
                        .help("write each source below its key: `some-key:` and then its fields, indented"),
                );
            }
        }
        records
    }

    fn source(&mut self, text: &str, base: usize, key: &At<String>, value: &Node) -> Option<Arc<Record<Source>>> {
        let mut decoder = Decoder::new(text, self.options);
        decoder.field = "a source";
        if super::citation::split_key(&key.value).is_none_or(|(_, rest)| !rest.is_empty()) {
            let message = format!("`{}` can't be a source's key", key.value);
            decoder.error(code::BAD_VALUE, key.range, message).help =
                Some("begin with a letter or digit; inside, letters, digits and single marks such as - : . _".to_owned());
        }
        let fields = Source::decode(value, &mut decoder);
        let pieces = self.finish(decoder, base);
        let Some(fields) = fields else {
            self.broken.push(key.value.clone());
            return None;
        };
        let origin = Origin { file: self.file, base: base as u32 };
        Some(Arc::new(Record { id: key.clone(), fields, pieces, origin, range: key.range }))
    }

    fn page(&mut self, path: &str) -> Option<(Arc<Record<Page>>, Variant)> {
        let text = self.text;
        let (stem, variant) = name(path);
        let mut decoder = Decoder::new(text, self.options);
        decoder.field = "the front matter";
        super::common::check_id(&stem, TextRange::default(), &mut decoder);
        let (head, body) = match front_matter::split(text) {
            Ok(halves) => (halves.head, halves.body),
            Err(fence) => {
                decoder
                    .error(code::INVALID_SYNTAX, TextRange::new(fence.start, fence.end), "the front matter has no end")
                    .help = Some("write `---` on a line of its own below it".to_owned());
                self.finish(decoder, 0);
                self.broken.push(stem);
                return None;
            }
        };
        let front = self.front(head, &mut decoder);
        let body = Self::body(text, body, &mut decoder);
        let pieces = self.finish(decoder, 0);
        let (body, blocks) = body;
        let Some(front) = front else {
            self.broken.push(stem);
            return None;
        };
        let id = At::new(stem, TextRange::default());
        let origin = Origin { file: self.file, base: 0 };
        let words = pieces.proses[body as usize].markdown.characters().split_ascii_whitespace().count() as u32;
        let fields = Page { front, body, words, blocks };
        Some((Arc::new(Record { id, fields, pieces, origin, range: TextRange::default() }), variant))
    }

    fn front(&mut self, head: Option<std::ops::Range<usize>>, decoder: &mut Decoder<'_>) -> Option<FrontMatter> {
        let range = head.unwrap_or(0..0);
        match yaml::parse(&self.text[range.clone()]) {
            Err(fault) => {
                self.syntax_error(fault, range.start, range.end);
                None
            }
            Ok(mut node) => {
                node.relocate(&|inner| inner.shifted(range.start as u32));
                if matches!(node.kind, Kind::Null) {
                    node.kind = Kind::Map(Vec::new());
                }
                FrontMatter::decode(&node, decoder)
            }
        }
    }

    fn body(text: &str, range: std::ops::Range<usize>, decoder: &mut Decoder<'_>) -> (u32, Vec<Block>) {
        let index = decoder.pieces.proses.len() as u32;
        decoder.field = "body";
        let whole = TextRange::new(range.start, range.end);
        let empty = Prose { field: "body", language: None, markdown: Markdown::default(), range: whole };
        decoder.pieces.proses.push(empty);
        let mut blocks = Vec::new();
        let place = |part: std::ops::Range<usize>| TextRange::new(part.start + range.start, part.end + range.start);
        let markdown = markdown_parse::parse(&text[range.clone()], Mode::Body, index, &place, decoder, &mut blocks);
        decoder.pieces.proses[index as usize].markdown = markdown;
        (index, blocks)
    }
}

/// The text of a field that is a scalar.
fn scalar_at(node: &Node, key: &str) -> Option<String> {
    let Kind::Map(entries) = &node.kind else { return None };
    entries.iter().find(|(name, _)| name.value == key).and_then(|(_, value)| match &value.kind {
        Kind::Scalar { text, .. } => Some(text.clone()),
        _ => None,
    })
}

/// A Markdown file's id and language: `a/x.es.md` is `x` in `es`.
#[must_use]
pub fn name(path: &str) -> (String, Variant) {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.strip_suffix(".md").unwrap_or(file);
    match stem.rsplit_once('.') {
        Some((stem, language)) => (stem.to_owned(), Variant { language: Some(language.to_owned()) }),
        None => (stem.to_owned(), Variant { language: None }),
    }
}
