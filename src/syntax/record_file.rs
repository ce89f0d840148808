//! A record in its own file: a Markdown file with the fields in its front matter, or a YAML file that is a single map.
//!
//! The file's name is the record's id, so editing tools can create, rename and delete records one by one.

use std::ops::Range;

use super::body::{self, Body};
use super::decode::{Decode, Decoder};
use super::file::Input;
use super::front_matter;
use super::kinds::common::{check_length, refuse_id};
use super::kinds::source::Source;
use super::markdown::citation;
use super::node::{Kind, Node};
use super::record::{Record, record};
use super::shape::Shape;
use super::yaml;
use super::yaml::split;
use crate::base::slug::{is_id, slug};
use crate::base::{At, FileId, Span, TextRange};
use crate::diagnostics::{Fix, code};
use crate::source::ContentKind;

impl<'a> Input<'a> {
    /// The front matter and body of a Markdown file. Anything that makes it unclear where one ends is reported.
    pub(super) fn halves(&self, decoder: &mut Decoder<'_>) -> (Range<usize>, Range<usize>) {
        let text = self.text;
        // The Markdown library treats only some of them as line endings, and loses the words in between.
        if let Some(at) = split::lone_return(text) {
            let message = "this line ends in a bare carriage return, which no modern system writes";
            decoder.error(code::INVALID_SYNTAX, TextRange::new(at, at + 1), message).help =
                Some("save the file with Unix (LF) or Windows (CRLF) line endings".to_owned());
        }
        let (head, body) = match front_matter::split(text) {
            Ok(halves) => (halves.head.unwrap_or(0..0), halves.body),
            Err(fence) => {
                decoder
                    .error(code::INVALID_SYNTAX, TextRange::new(fence.start, fence.end), "the front matter is never closed")
                    .help = Some("write `---` on its own line below it".to_owned());
                front_matter::guess(text, fence.end)
            }
        };
        if head.is_empty()
            && let Some(slip) = front_matter::missed(text)
        {
            decoder.error(code::INVALID_SYNTAX, slip.line, slip.message).help = Some(slip.help);
        }
        (head, body)
    }

    /// The front matter of a Markdown file that is a record; `None` if it can't be read, which is reported.
    pub(super) fn record_head(&mut self) -> Option<RecordHead<'a>> {
        let text = self.text;
        let mut decoder = Decoder::new(text, self.options);
        decoder.field = "the front matter";
        let (head, body) = self.halves(&mut decoder);
        let ends = decoder.diagnostics.iter().all(|found| found.code != code::INVALID_SYNTAX);
        let read = yaml::parse(&text[head.clone()]).and_then(|node| match node.kind {
            Kind::Scalar { .. } => Err(yaml::not_a_record(&text[head.clone()], &node)),
            _ => Ok(node),
        });
        let mut node = match read {
            Ok(node) => node,
            Err(fault) => {
                if ends {
                    self.syntax_error(fault, head.start, head.end);
                }
                self.refuse_file(decoder);
                return None;
            }
        };
        node.relocate(&|inner| inner.shifted(head.start as u32));
        if matches!(node.kind, Kind::Null) {
            node = Node { kind: Kind::Map(Vec::new()), range: TextRange::new(head.start, head.start) };
        }
        Some(RecordHead { node, body, decoder })
    }

    /// The record in a Markdown file.
    pub(super) fn markdown_record<T: Decode>(
        &mut self,
        head: RecordHead<'_>,
        id: impl Fn(&T) -> At<String>,
    ) -> Option<Record<T>> {
        let text = self.text;
        let RecordHead { mut node, body, decoder } = head;
        let body = take_title::<T>(&mut node, text, body);
        let kind = self.kind;
        let read_body = |decoder: &mut Decoder<'_>, name: &str| {
            if text[body.clone()].trim().is_empty() {
                return None;
            }
            let read = body::read(text, body.clone(), decoder);
            for pointer in
                decoder.pieces.pointers.iter_mut().filter(|pointer| pointer.id.is_empty() && pointer.heading.is_some())
            {
                pointer.id = name.into();
            }
            if kind == ContentKind::Terms {
                refuse_layout(&read, text, body.clone(), decoder);
            }
            Some(read)
        };
        self.only_record(node, decoder, id, read_body)
    }

    /// Whether a YAML file is a single record rather than a list: a map with one of the record's fields.
    pub(super) fn is_one_record(&self, node: &Node, of: &Shape) -> bool {
        let (Kind::Map(entries), Shape::Record(shape)) = (&node.kind, of) else { return false };
        // `glossary.yaml` always holds the site's list of terms.
        let is_glossary = self.kind == ContentKind::Terms && self.stem == "glossary";
        !is_glossary && entries.iter().any(|(key, _)| shape.fields.iter().any(|field| field.key == key.value))
    }

    /// The record in a YAML file that is a single map.
    pub(super) fn yaml_record<T: Decode>(&mut self, node: Node, id: impl Fn(&T) -> At<String>) -> Option<Record<T>> {
        let decoder = Decoder::new(self.text, self.options);
        self.only_record(node, decoder, id, |_, _| None)
    }

    /// The record with the fields in `node`, named after its file.
    fn only_record<T: Decode>(
        &mut self,
        mut node: Node,
        mut decoder: Decoder<'_>,
        id: impl Fn(&T) -> At<String>,
        body: impl FnOnce(&mut Decoder<'_>, &str) -> Option<Body>,
    ) -> Option<Record<T>> {
        let name = self.name(&mut node, &mut decoder);
        decoder.field = "a record";
        decoder.refuse_escapes(&node);
        let Some(fields) = T::decode(&node, &mut decoder) else {
            self.refuse_file(decoder);
            return None;
        };
        let id = if self.kind == ContentKind::Sources { name } else { id(&fields) };
        let body = body(&mut decoder, &id.value);
        let range = if self.is_markdown { TextRange::default() } else { node.range };
        let own = self.fingerprint(self.text, range);
        Some(record(id, fields, decoder, range, 0, own, body))
    }

    /// The record's name. It is also added to the fields as the `id`, if records of this kind have one and it is missing.
    fn name(&self, node: &mut Node, decoder: &mut Decoder<'_>) -> At<String> {
        let is_source = self.kind == ContentKind::Sources;
        let stem = if is_source { self.key(decoder) } else { self.id(decoder) };
        let name = At::new(stem.clone(), TextRange::default());
        let Kind::Map(entries) = &mut node.kind else { return name };
        let at = entries.iter().position(|(key, _)| key.value == "id");
        let Some(at) = at else {
            if !is_source {
                let scalar = Node { kind: Kind::Scalar { text: stem, plain: false }, range: name.range };
                entries.insert(0, (At::new("id".to_owned(), name.range), scalar));
            }
            return name;
        };
        let value = &entries[at].1;
        let written = match &value.kind {
            Kind::Scalar { text, .. } => text.clone(),
            // The decoder will report what an id must look like; a source has no such field.
            _ if !is_source => return name,
            _ => String::new(),
        };
        let range = value.range;
        if written != stem {
            let message = format!("the id `{written}` doesn't match the name of this file");
            let ending = if self.is_markdown { "md" } else { "yaml" };
            let list = match self.kind {
                ContentKind::Sources => "",
                _ if self.is_markdown => "",
                _ => "; if this file should be a list of records, start each record with a hyphen",
            };
            let rename = if is_id(&written) { format!(", or name the file `{written}.{ending}`") } else { String::new() };
            let finding = decoder.error(code::BAD_VALUE, range, message);
            finding.help = Some(format!("write `id: {stem}`{rename}{list}"));
            finding.fix = Some(Box::new(Fix::guess(Span { file: FileId(0), range }, stem.clone())));
        }
        if is_source {
            entries.remove(at);
        }
        name
    }

    /// The id in the file's name.
    fn id(&self, decoder: &mut Decoder<'_>) -> String {
        let stem = self.stem;
        if is_id(stem) {
            check_length(stem, TextRange::default(), decoder);
            return stem.to_owned();
        }
        let message = format!("this file is named `{stem}`, which isn't a valid id for its record");
        decoder.error(code::BAD_VALUE, TextRange::default(), message).help = Some(refuse_id(stem, "rename the file"));
        // The preview shows the record anyway, so it needs an address.
        Some(slug(stem)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "record".to_owned())
    }

    /// The key in the file's name.
    fn key(&self, decoder: &mut Decoder<'_>) -> String {
        check_key(self.stem, TextRange::default(), decoder);
        self.stem.to_owned()
    }

    /// Keeps the diagnostics of a file whose record couldn't be decoded. Pointers to the record aren't reported as well.
    fn refuse_file(&mut self, decoder: Decoder<'_>) {
        self.broken.push(self.stem.to_owned());
        self.refuse(decoder, 0);
    }

    /// The source in a file with a single source, or nothing if it can't be read; `None` if the file is a bibliography.
    pub(super) fn only_source(&mut self) -> Option<Vec<Record<Source>>> {
        let text = self.text;
        if !text.lines().any(has_text) {
            return None;
        }
        match yaml::parse(text) {
            Ok(Node { kind: Kind::Map(entries), .. })
                if !entries.iter().any(|(key, value)| {
                    matches!(key.value.as_str(), "title" | "type") && matches!(value.kind, Kind::Scalar { .. })
                }) =>
            {
                None
            }
            Ok(node @ Node { kind: Kind::Map(_), .. }) => {
                Some(self.yaml_record(node, |_: &Source| unnamed()).into_iter().collect())
            }
            Ok(_) => None,
            Err(fault) => {
                self.syntax_error(fault, 0, text.len());
                self.broken.push(self.stem.to_owned());
                Some(Vec::new())
            }
        }
    }
}

/// The front matter of a Markdown file that is a record, and the range of its body.
pub(super) struct RecordHead<'t> {
    node: Node,
    body: Range<usize>,
    decoder: Decoder<'t>,
}

impl RecordHead<'_> {
    /// The fields, as written.
    pub(super) fn fields(&self) -> &Node {
        &self.node
    }
}

/// A placeholder for the id of a source, which has only a key.
pub(super) fn unnamed() -> At<String> {
    At::new(String::new(), TextRange::default())
}

/// Whether a line is a title or type with text after it, which never occurs at the top level of a bibliography.
fn has_text(line: &str) -> bool {
    let Some((key, value)) = line.trim_start_matches('\u{feff}').split_once(':') else { return false };
    let key = key.trim_end().trim_matches(['"', '\'']);
    let value = value.trim_start();
    matches!(key, "title" | "type") && !value.is_empty() && !value.starts_with(['{', '[', '#', '&', '*'])
}

/// Reports an error if `key` can't be the key of a source.
pub(super) fn check_key(key: &str, range: TextRange, decoder: &mut Decoder<'_>) {
    if citation::split_key(key).is_none_or(|(_, rest)| !rest.is_empty()) {
        let message = format!("`{key}` can't be a source's key");
        decoder.error(code::BAD_VALUE, range, message).help = Some(
            "start with a letter or digit; after that, use letters, digits and single punctuation marks such as - : . _"
                .to_owned(),
        );
    }
    check_length(key, range, decoder);
}

/// If the front matter has no title and the body begins with its only top-level heading, uses that heading as the title. Returns
/// the rest of the body.
pub(super) fn take_title<T: Decode>(node: &mut Node, text: &str, body: Range<usize>) -> Range<usize> {
    let Kind::Map(entries) = &mut node.kind else { return body };
    let takes_title = matches!(T::shape(), Shape::Record(shape) if shape.fields.iter().any(|field| field.key == "title"));
    if !takes_title || entries.iter().any(|(key, _)| key.value == "title") {
        return body;
    }
    let Some((words, rest)) = front_matter::only_heading(text, body.clone()) else { return body };
    let value = Node { kind: Kind::Scalar { text: words.of(text).to_owned(), plain: false }, range: words };
    entries.push((At::new("title".to_owned(), words), value));
    rest
}

/// The first line of a body that isn't empty.
fn first_line(body: Range<usize>, text: &str) -> TextRange {
    let words = &text[body.clone()];
    let start = body.end - words.trim_start().len();
    TextRange::new(start, start + text[start..].lines().next().unwrap_or_default().trim_end().len())
}

/// Reports what a term's text can't contain, because a term is shown in a list and has no page.
fn refuse_layout(body: &Body, text: &str, range: Range<usize>, decoder: &mut Decoder<'_>) {
    let whole = first_line(range, text);
    if !body.blocks.is_empty() {
        decoder.error(code::BAD_MARKDOWN, whole, "a term can't contain a block, because it has no page").help =
            Some("move the block to a section, or to the record it is about".to_owned());
    }
    if !body.headings(&decoder.pieces).is_empty() {
        decoder.error(code::BAD_MARKDOWN, whole, "a term can't contain a heading, because it has no page").help =
            Some("write a paragraph instead".to_owned());
    }
}
