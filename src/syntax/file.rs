//! Parses a file's text into its records.

use std::ops::Range;
use std::sync::Arc;

use super::decode::{Decode, Decoder};
use super::file_name::own_name;
pub use super::file_name::{Variant, name};
use super::front_matter;
use super::kinds::author::Author;
use super::kinds::claim::Claim;
use super::kinds::entity::Entity;
use super::kinds::event::Event;
use super::kinds::page::{FrontMatter, Page};
use super::kinds::source::Source;
use super::kinds::term::Term;
use super::node::{Kind, Node};
use super::record::{HERE, Record, record};
use super::record_file::{check_key, take_title, unnamed};
use super::reuse::{self, Previous, Segment};
use super::shape::Shape;
use super::yaml::split::{self, Layout};
use super::{Options, body, merge, yaml};
use crate::base::slug::slug;
use crate::base::{At, FileId, Span, TextRange, fingerprint};
use crate::diagnostics::{Diagnostic, code};
use crate::source::kinds::{content_stem, markdown_stem};
use crate::source::{ContentKind, characters, merge_marks};

/// Everything that one file says. It knows the file's path but not its number, which changes when files are added.
#[derive(Debug, Default)]
pub struct Parsed {
    /// A Markdown file's page, with the language tag of its name.
    pub page: Option<(Record<Page>, Variant)>,
    /// Events.
    pub events: Vec<Record<Event>>,
    /// Entities.
    pub entities: Vec<Record<Entity>>,
    /// Authors, which are entered with the entities.
    pub authors: Vec<Record<Author>>,
    /// Sources.
    pub sources: Vec<Record<Source>>,
    /// Claims.
    pub claims: Vec<Record<Claim>>,
    /// Terms.
    pub terms: Vec<Record<Term>>,
    /// Ids and keys of records that could not be decoded: pointers to them aren't at fault.
    pub broken: Vec<String>,
    /// What is wrong with the file apart from its records.
    diagnostics: Vec<Diagnostic>,
    /// Whether any of its records has a problem.
    has_faulty_records: bool,
    /// Whether each record was read from its own lines alone.
    by_records: bool,
    /// What it was parsed from.
    text: Arc<String>,
    kind: Option<ContentKind>,
    options: Options,
}

impl Parsed {
    /// Whether parsing these would give the same result, so that there is no need to.
    #[must_use]
    pub fn is_of(&self, kind: ContentKind, text: &Arc<String>, options: Options) -> bool {
        self.kind == Some(kind) && self.options == options && (Arc::ptr_eq(&self.text, text) || self.text == *text)
    }

    /// What is wrong with the file alone, as the file with this number.
    #[must_use]
    pub fn diagnostics(&self, file: FileId) -> Vec<Diagnostic> {
        fn of<T>(records: &[Record<T>], file: FileId) -> impl Iterator<Item = Diagnostic> {
            let faulty = records.iter().filter(|record| !record.diagnostics.is_empty());
            faulty.flat_map(move |record| record.within(file).complaints().collect::<Vec<_>>())
        }
        let own = self.diagnostics.iter().map(|diagnostic| {
            let mut diagnostic = diagnostic.clone();
            diagnostic.relocate(file, 0);
            diagnostic
        });
        if !self.has_faulty_records {
            return own.collect();
        }
        let page = self.page.iter().flat_map(|(page, _)| page.within(file).complaints().collect::<Vec<_>>());
        own.chain(page)
            .chain(of(&self.events, file))
            .chain(of(&self.entities, file))
            .chain(of(&self.authors, file))
            .chain(of(&self.sources, file))
            .chain(of(&self.claims, file))
            .chain(of(&self.terms, file))
            .collect()
    }
}

/// Parses the file at `path` (relative to the site's root, with slashes).
///
/// `before` is the last result for the same file, if there is one: a record whose lines were there too is taken from
/// it. That only saves time.
#[must_use]
pub fn parse_file(path: &str, kind: ContentKind, text: &Arc<String>, options: Options, before: Option<&Parsed>) -> Parsed {
    let before = before.filter(|before| before.by_records && before.kind == Some(kind) && before.options == options);
    let mut out = Parsed { text: text.clone(), kind: Some(kind), options, ..Parsed::default() };
    let mut diagnostics = characters::check(text, HERE);
    let is_markdown = matches!(kind, ContentKind::Front | ContentKind::Page) || markdown_stem(path).is_some();
    let conflicts = merge::conflicts(text, is_markdown);
    let merged = (!conflicts.is_empty()).then(|| merge_marks::without(text, &conflicts));
    diagnostics.append(&mut merge_marks::findings(text, &conflicts, HERE));
    let text: &str = merged.as_deref().unwrap_or(text);
    let stem = content_stem(path);
    let mut input =
        Input { text, kind, stem, is_markdown, options, broken: Vec::new(), diagnostics, by_records: false, whole: None };
    match kind {
        ContentKind::Front => out.page = input.page(own_name(path)),
        ContentKind::Page => out.page = input.page(name(path)),
        ContentKind::Events => {
            out.events = input.list(&known(before, |old| &old.events), |event: &Event| event.id.0.clone());
        }
        ContentKind::Entities => (out.entities, out.authors) = input.entities(before),
        ContentKind::Claims => {
            out.claims = input.list(&known(before, |old| &old.claims), |claim: &Claim| claim.id.0.clone());
        }
        ContentKind::Terms => {
            out.terms = input.list(&known(before, |old| &old.terms), |term: &Term| term.id.0.clone());
        }
        ContentKind::Sources => out.sources = input.sources(&known(before, |old| &old.sources)),
    }
    // The result keeps this file's text, and a record from another file would not be found in it.
    out.by_records = input.by_records && merged.is_none();
    out.has_faulty_records = out.page.iter().any(|(page, _)| !page.diagnostics.is_empty())
        || is_faulty(&out.events)
        || is_faulty(&out.entities)
        || is_faulty(&out.authors)
        || is_faulty(&out.sources)
        || is_faulty(&out.claims)
        || is_faulty(&out.terms);
    out.broken = input.broken;
    out.diagnostics = input.diagnostics;
    out
}

fn is_faulty<T>(records: &[Record<T>]) -> bool {
    records.iter().any(|record| !record.diagnostics.is_empty())
}

/// The records of a file that was parsed record by record, by their lines.
pub(super) fn known<T>(before: Option<&Parsed>, records: impl Fn(&Parsed) -> &Vec<Record<T>>) -> Previous<'_, &Record<T>> {
    let Some(before) = before else { return Previous::default() };
    let layout = if before.kind == Some(ContentKind::Sources) { Layout::Map } else { Layout::List };
    let pieces = split::records(&before.text, layout).unwrap_or_default();
    let mut records = records(before).iter().peekable();
    let mut out = Previous::default();
    // Both are in file order; lines without a record belong to one that could not be decoded.
    for piece in pieces {
        if let Some(record) = records.next_if(|record| record.origin.base as usize == piece.start) {
            out.insert(&before.text[piece], record);
        }
    }
    out
}

/// A record: one that is known, and where it begins now; or lines to decode; or all of a file.
pub(super) enum Piece<'p, R> {
    Known(R, usize),
    New(&'p str, usize, &'p Node),
    /// The whole file.
    Only(Node),
}

/// A file that is being read.
pub(super) struct Input<'a> {
    pub(super) text: &'a str,
    pub(super) kind: ContentKind,
    /// The file's name without its extension: the id of a record in a file of its own.
    pub(super) stem: &'a str,
    pub(super) is_markdown: bool,
    pub(super) options: Options,
    pub(super) broken: Vec<String>,
    diagnostics: Vec<Diagnostic>,
    by_records: bool,
    whole: Option<u64>,
}

impl Input<'_> {
    /// The fingerprint of the record at `range` of `text`: of its own lines, or of the whole file.
    pub(super) fn fingerprint(&mut self, text: &str, range: TextRange) -> u64 {
        if text.len() < self.text.len() {
            return fingerprint(text);
        }
        // A file that was parsed whole is hashed once, and not for each of its records.
        let whole = *self.whole.get_or_insert_with(|| fingerprint(text));
        fingerprint(&(whole, range.start, range.end))
    }

    /// Keeps the diagnostics of a record that could not be decoded, moved to its place.
    pub(super) fn refuse(&mut self, decoder: Decoder<'_>, base: usize) {
        for mut diagnostic in decoder.diagnostics {
            diagnostic.relocate(HERE, base as u32);
            self.diagnostics.push(diagnostic);
        }
    }

    pub(super) fn syntax_error(&mut self, fault: yaml::Fault, base: usize, end: usize) {
        let range = fault.range.map_or(TextRange::new(base, base), |range| range.shifted(base as u32));
        // Scanners notice at the end of a text what is wrong in its middle; the last line with content is the place to
        // show.
        let start = range.bytes().start.min(self.text[..end].trim_end().len()) as u32;
        let range = TextRange { start, end: range.end.max(start) };
        let diagnostic = Diagnostic::error(code::INVALID_SYNTAX, Span { file: HERE, range }, fault.message);
        self.diagnostics.push(diagnostic.maybe_help(fault.help));
    }

    /// Reports lines that could not be read, and the names of the records in them.
    fn break_off(&mut self, fault: yaml::Fault, lines: Range<usize>, name: impl Fn(&str) -> Option<String>) {
        self.broken.extend(self.text[lines.clone()].lines().filter_map(name));
        self.syntax_error(fault, lines.start, lines.end);
    }

    /// The records of a file that is a list of them, or one of them.
    fn list<T: Decode>(&mut self, known: &Previous<'_, &Record<T>>, id: impl Fn(&T) -> At<String>) -> Vec<Record<T>> {
        let mut records = Vec::new();
        if self.is_markdown {
            let head = self.record_head();
            return head.and_then(|head| self.markdown_record(head, id)).into_iter().collect();
        }
        self.each(known, &T::shape(), T::SHAPE, |input, piece| match piece {
            Piece::Only(node) => records.extend(input.yaml_record(node, &id)),
            Piece::Known(record, base) => records.push(record.at(base)),
            Piece::New(text, base, node) => records.extend(input.record(text, base, node, &id)),
        });
        records
    }

    /// Hands out the records of a file that is a list of them; `shape` is what one of them is called.
    pub(super) fn each<R: Copy>(
        &mut self,
        known: &Previous<'_, R>,
        of: &Shape,
        shape: &str,
        mut take: impl FnMut(&mut Self, Piece<'_, R>),
    ) {
        let text = self.text;
        let is_one = |node: &Node| matches!(&node.kind, Kind::Seq(items) if items.len() == 1);
        let name = |line: &str| line.trim_start_matches(['-', ' ']).strip_prefix("id:").map(|id| id.trim().to_owned());
        let (pieces, whole) = reuse::records(text, Layout::List, known, is_one);
        self.by_records = !pieces.is_empty();
        for (range, piece) in pieces {
            match piece {
                Segment::Reused(record) => take(self, Piece::Known(record, range.start)),
                Segment::New(Node { kind: Kind::Seq(items), .. }) => {
                    take(self, Piece::New(&text[range.clone()], range.start, &items[0]));
                }
                Segment::New(_) => {}
                Segment::Broken(fault) => self.break_off(fault, range, name),
            }
        }
        match whole {
            Err(fault) => {
                self.broken.push(self.stem.to_owned());
                self.break_off(fault, 0..text.len(), name);
            }
            Ok(Node { kind: Kind::Null, .. }) => {}
            Ok(node) if self.is_one_record(&node, of) => take(self, Piece::Only(node)),
            Ok(Node { kind: Kind::Seq(items), .. }) => items.iter().for_each(|item| take(self, Piece::New(text, 0, item))),
            Ok(node) => {
                let message = format!("this file must be a list of records, but this is {}", node.describe());
                let span = Span { file: HERE, range: node.range };
                let first = text[node.range.bytes().start..].lines().next().unwrap_or_default();
                let help = format!("begin each record with a hyphen: `- {}` ({shape})", first.trim());
                self.diagnostics.push(Diagnostic::error(code::WRONG_TYPE, span, message).help(help));
            }
        }
    }

    pub(super) fn record<T: Decode>(
        &mut self,
        text: &str,
        base: usize,
        node: &Node,
        id: &impl Fn(&T) -> At<String>,
    ) -> Option<Record<T>> {
        let mut decoder = Decoder::new(text, self.options);
        decoder.field = "a record";
        decoder.refuse_escapes(node);
        if let Kind::Scalar { .. } = node.kind
            && let Some(fault) = yaml::glued(&text[node.range.bytes()])
        {
            let base = base + node.range.bytes().start;
            self.syntax_error(fault, base, self.text.len());
            return None;
        }
        let Some(fields) = T::decode(node, &mut decoder) else {
            self.broken.extend(scalar_at(node, "id"));
            self.refuse(decoder, base);
            return None;
        };
        let own = self.fingerprint(text, node.range);
        Some(record(id(&fields), fields, decoder, node.range, base, own, None))
    }

    /// The records of a bibliography: a map by key, as in Hayagriva.
    fn sources(&mut self, known: &Previous<'_, &Record<Source>>) -> Vec<Record<Source>> {
        let text = self.text;
        if self.is_markdown {
            let head = self.record_head();
            return head.and_then(|head| self.markdown_record(head, |_| unnamed())).into_iter().collect();
        }
        if let Some(only) = self.only_source() {
            return only;
        }
        let is_one = |node: &Node| matches!(&node.kind, Kind::Map(entries) if entries.len() == 1);
        let name = |line: &str| Some(line.split_once(':')?.0.to_owned()).filter(|key| !key.starts_with([' ', '#', '-']));
        let (pieces, whole) = reuse::records(text, Layout::Map, known, is_one);
        self.by_records = !pieces.is_empty();
        let mut records = Vec::with_capacity(pieces.len());
        for (range, piece) in pieces {
            match piece {
                Segment::Reused(record) => records.push(record.at(range.start)),
                Segment::New(Node { kind: Kind::Map(entries), .. }) => {
                    let (key, value) = &entries[0];
                    records.extend(self.source(&text[range.clone()], range.start, key, value));
                }
                Segment::New(_) => {}
                Segment::Broken(fault) => self.break_off(fault, range, name),
            }
        }
        match whole {
            Err(fault) => self.break_off(fault, 0..text.len(), name),
            Ok(Node { kind: Kind::Null, .. }) => {}
            Ok(Node { kind: Kind::Map(entries), .. }) => {
                records.extend(entries.iter().filter_map(|(key, value)| self.source(text, 0, key, value)));
            }
            Ok(node) => {
                let message = format!("this file must be a map of sources by key, but this is {}", node.describe());
                let span = Span { file: HERE, range: node.range };
                self.diagnostics.push(
                    Diagnostic::error(code::WRONG_TYPE, span, message)
                        .help("write each source under its key: `some-key:`, and then its fields, indented"),
                );
            }
        }
        records
    }

    fn source(&mut self, text: &str, base: usize, key: &At<String>, value: &Node) -> Option<Record<Source>> {
        let mut decoder = Decoder::new(text, self.options);
        decoder.field = "a source";
        check_key(&key.value, key.range, &mut decoder);
        decoder.refuse_escapes(value);
        let Some(fields) = Source::decode(value, &mut decoder) else {
            self.broken.push(key.value.clone());
            self.refuse(decoder, base);
            return None;
        };
        let own = self.fingerprint(text, key.range);
        Some(record(key.clone(), fields, decoder, key.range, base, own, None))
    }

    /// The page in a file with this name.
    fn page(&mut self, (mut stem, variant): (String, Variant)) -> Option<(Record<Page>, Variant)> {
        let text = self.text;
        let mut decoder = Decoder::new(text, self.options);
        decoder.field = "the front matter";
        if !super::kinds::common::check_id(&stem, TextRange::default(), &mut decoder) {
            // A preview shows the page anyway, and puts its id in addresses.
            stem = Some(slug(&stem)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "page".to_owned());
        }
        let (head, body) = self.halves(&mut decoder);
        let ends = decoder.diagnostics.iter().all(|found| found.code != code::INVALID_SYNTAX);
        let (mut head, is_whole, keeps_back) = self.head(head, ends, &mut decoder);
        let body = take_title::<FrontMatter>(&mut head, text, body);
        let body = body::read(text, body, &mut decoder);
        // `[[#heading]]` refers to this page.
        for pointer in
            decoder.pieces.pointers.iter_mut().filter(|pointer| pointer.id.is_empty() && pointer.heading.is_some())
        {
            pointer.id = stem.as_str().into();
        }
        let id = At::new(stem, TextRange::default());
        let (front, is_whole) = front(&head, is_whole, keeps_back, &mut decoder);
        let fields = Page { front: front?, is_whole: is_whole && ends };
        let own = self.fingerprint(text, TextRange::default());
        Some((record(id, fields, decoder, TextRange::default(), 0, own, Some(body)), variant))
    }

    /// What the lines at `range` say about the page, whether all of them could be read, and whether the others may have held
    /// the page back. Lines that can't be read are left out, so that there is a page to look at. They are reported, unless
    /// `is_closed` is false: then they may not be front matter.
    fn head(&mut self, range: Range<usize>, is_closed: bool, decoder: &mut Decoder<'_>) -> (Node, bool, bool) {
        let text = &self.text[range.clone()];
        let mut is_whole = true;
        let mut keeps_back = false;
        // Words without a key are usually a key without its space.
        let read = yaml::parse(text).and_then(|node| match node.kind {
            Kind::Scalar { .. } => Err(yaml::not_a_record(text, &node)),
            _ => Ok(node),
        });
        let mut node = match read {
            Ok(node) => node,
            Err(fault) => {
                is_whole = false;
                let (node, faults) = front_matter::salvage(text, fault);
                for (lines, fault) in faults {
                    if is_closed {
                        self.syntax_error(fault, range.start + lines.start, range.start + lines.end);
                    }
                    keeps_back |= front_matter::keeps_back(&text[lines]);
                }
                node
            }
        };
        node.relocate(&|inner| inner.shifted(range.start as u32));
        if matches!(node.kind, Kind::Null) {
            node = Node { kind: Kind::Map(Vec::new()), range: TextRange::new(range.start, range.start) };
        }
        if !matches!(node.kind, Kind::Map(_)) {
            keeps_back |= front_matter::keeps_back(text);
        }
        decoder.refuse_escapes(&node);
        (node, is_whole, keeps_back)
    }
}

/// What a page's front matter says, and whether all of it could be read.
fn front(head: &Node, is_whole: bool, keeps_back: bool, decoder: &mut Decoder<'_>) -> (Option<FrontMatter>, bool) {
    let mut front = FrontMatter::decode(head, decoder);
    let is_whole = is_whole && front.is_some();
    if front.is_none() {
        front = FrontMatter::decode(&Node { kind: Kind::Map(Vec::new()), range: head.range }, decoder);
    }
    // Its author may have held the page back in lines that can't be read, so nobody may see it.
    if let Some(front) = front.as_mut().filter(|_| keeps_back) {
        front.common.draft.0 = true;
    }
    (front, is_whole)
}

/// The text of a field, if it is a scalar.
pub(super) fn scalar_at(node: &Node, key: &str) -> Option<String> {
    let Kind::Map(entries) = &node.kind else { return None };
    entries.iter().find(|(name, _)| name.value == key).and_then(|(_, value)| match &value.kind {
        Kind::Scalar { text, .. } => Some(text.clone()),
        _ => None,
    })
}
