//! Turns the parser's events into operations, one by one.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use pulldown_cmark::{self as cmark, Alignment as CmarkAlignment, BlockQuoteKind, Event, TagEnd};

use super::alerts::Marker;
use super::headings::{Anchors, OwnHeading};
use super::lines::GUARD;
use super::lists::Numbers;
use super::writer::Writer;
use super::{MAX_DEPTH, Source};
use crate::base::escape::forbidden;
use crate::base::{FileId, Span, TextRange};
use crate::diagnostics::{Code, Diagnostic, Severity, code};
use crate::syntax::indices::{ColumnIx, FootnoteIx, OpIx};
use crate::syntax::markdown::ops::{AlertKind, Alignment, Markdown, Op, Tag};
use crate::syntax::markdown::sink::Sink;

/// An event and where it is in the text.
pub(super) type Located<'a> = (Event<'a>, Range<usize>);

/// A text while it is parsed.
pub(super) struct Build<'b> {
    pub(super) writer: Writer<'b>,
    pub(super) sink: &'b mut dyn Sink,
    pub(super) open: Vec<Tag>,
    /// The operation that opened the innermost paragraph, item or cell.
    pub(super) block: OpIx,
    /// Footnotes that have a mark.
    pub(super) marked: BTreeSet<FootnoteIx>,
    /// Whether the text is a field, where footnotes aren't allowed.
    pub(super) is_field: bool,
    /// Links to headings on the same page; they get the headings' words at the end.
    pub(super) own: Vec<OwnHeading>,
    /// The anchors of headings.
    pub(super) anchors: Anchors,
    /// Footnotes by their label.
    pub(super) labels: HashMap<Box<str>, FootnoteIx>,
    /// The number of cells so far in the table row.
    cells: usize,
    /// The lists that are open, and how each is numbered.
    pub(super) lists: Vec<Option<Numbers>>,
    /// For each open HTML tag, how many tags were open before it, and where it is.
    pub(super) html: Vec<(usize, Range<usize>)>,
    /// The first line of an alert that the library doesn't know, while that line is parsed.
    pub(super) marker: Option<Marker>,
    /// Quotation marks that are open.
    quotes: super::quotes::Open,
    /// Whether comments were removed from the text.
    pub(super) had_comments: bool,
    /// Where each footnote is defined.
    pub(super) written: Vec<(FootnoteIx, Range<usize>)>,
    /// Which of them are defined.
    pub(super) known: BTreeSet<FootnoteIx>,
}

impl<'b> Build<'b> {
    pub(super) fn new(source: Source<'b>, sink: &'b mut dyn Sink) -> Self {
        let writer = Writer::new(source, Markdown::for_text(source.text));
        Self {
            writer,
            sink,
            open: Vec::new(),
            block: OpIx::new(0),
            lists: Vec::new(),
            html: Vec::new(),
            marker: None,
            marked: BTreeSet::new(),
            is_field: false,
            anchors: Anchors::default(),
            labels: HashMap::new(),
            cells: 0,
            own: Vec::new(),
            quotes: super::quotes::Open::default(),
            had_comments: false,
            written: Vec::new(),
            known: BTreeSet::new(),
        }
    }

    /// The characters being parsed.
    pub(super) fn source(&self) -> &'b str {
        self.writer.source.text
    }

    /// Where a part of them is in the record.
    pub(super) fn place(&self, part: Range<usize>) -> TextRange {
        self.writer.source.map.place(part)
    }

    /// Reports a finding that the site may allow.
    pub(super) fn warning(&mut self, code: Code, part: Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        let finding = self.error(code, part, message);
        finding.severity = Severity::Warning;
        finding
    }

    pub(super) fn push(&mut self, op: Op) {
        self.writer.out.ops.push(op);
    }

    /// Reports an error, and returns it so that help can be added.
    pub(super) fn error(&mut self, code: Code, part: Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        let span = Span { file: FileId(0), range: self.place(part) };
        let findings = self.sink.lists().findings;
        findings.push(Diagnostic::error(code, span, message));
        let last = findings.len() - 1;
        &mut findings[last]
    }

    /// `[@a]: word` at the start of a line is a link definition in CommonMark, and vanishes. With an address it may be
    /// intended, if something uses it.
    pub(super) fn swallowed<'e, F: cmark::BrokenLinkCallback<'e>>(&mut self, events: &cmark::OffsetIter<'e, F>) {
        let mut defined: Vec<_> =
            events.reference_definitions().iter().filter(|(label, _)| label.starts_with('@')).collect();
        if defined.is_empty() {
            return;
        }
        defined.sort_by_key(|(_, definition)| definition.span.start);
        let mut used = BTreeMap::<&str, usize>::new();
        for label in self.source().split("[@").skip(1).filter_map(|rest| rest.split(']').next()) {
            *used.entry(label).or_default() += 1;
        }
        for (label, definition) in defined {
            let leads_out = ["http://", "https://", "mailto:"].iter().any(|scheme| definition.dest.starts_with(scheme));
            let (message, help) = match (leads_out, used.get(&label[1..])) {
                // The definition itself is one of them.
                (true, Some(2..)) => continue,
                (true, _) => (
                    format!("`[{label}]:` defines a link that nothing uses, so it would vanish"),
                    format!("write `[{label}]` or `[words][{label}]` where you want the link, or delete the line"),
                ),
                (false, _) => (
                    format!("`[{label}]:` at the beginning of a paragraph defines a link, so the paragraph would vanish"),
                    "put the citation after what it supports, or remove the colon".to_owned(),
                ),
            };
            self.error(code::BAD_MARKDOWN, definition.span.clone(), message).help = Some(help);
        }
    }

    pub(super) fn run<'e>(&mut self, events: &mut dyn Iterator<Item = Located<'e>>) {
        while let Some((event, span)) = events.next() {
            let Some((event, span)) = self.in_marker(event, span) else { continue };
            match event {
                Event::Start(_) if self.open.len() >= MAX_DEPTH => return self.too_deep(span),
                Event::Start(cmark::Tag::CodeBlock(kind)) => self.code_block(kind, span, events),
                Event::Start(cmark::Tag::Link { link_type, dest_url, title, .. }) => {
                    self.link(link_type, &dest_url, &title, span, events);
                }
                Event::Start(cmark::Tag::Image { link_type, dest_url, title, .. }) => {
                    self.picture(link_type, &dest_url, &title, span, events);
                }
                Event::Start(tag) => self.start(tag, &span),
                Event::End(end) => self.end(end),
                Event::Text(text) => self.words(&text, span),
                Event::Code(text) => {
                    let slice = self.store_code(&text, span);
                    self.push(Op::Code(slice));
                }
                Event::InlineHtml(html) => self.inline_html(&html, span),
                // Shown as typed.
                Event::Html(html) => self.text(&html, span),
                Event::SoftBreak => self.push(Op::SoftBreak),
                Event::HardBreak => self.push(Op::HardBreak),
                Event::Rule => self.push(Op::Rule),
                Event::TaskListMarker(done) => self.push(Op::Task(done)),
                Event::FootnoteReference(label) => {
                    let index = self.footnote(&label);
                    let is_first = self.marked.insert(index);
                    self.push(Op::FootnoteMark(index, is_first));
                }
                // Math is not enabled.
                Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, span),
            }
        }
    }

    /// Text, unless it is left over from something that the author meant and didn't get.
    fn words(&mut self, text: &str, span: Range<usize>) {
        if let Some(rest) = text.strip_prefix(GUARD).filter(|_| span.len() == text.len()) {
            if !rest.is_empty() {
                self.words(rest, span.start + GUARD.len_utf8()..span.end);
            }
            return;
        }
        if span.len() == 1 && matches!(text, "“" | "”" | "‘" | "’") {
            let mark = self.quotes.turn(self.writer.source.text, span.start, self.writer.source.quotes);
            return self.text(mark, span);
        }
        let before = self.writer.out.ops.last();
        let after_link = matches!(before, Some(Op::Cite(..) | Op::Mention(_) | Op::Close(Tag::Mention(_))));
        if after_link && text.starts_with(']') && self.source()[span.start..].starts_with("](") {
            let message = "a link can't contain a citation or [[id]]";
            self.error(code::BAD_MARKDOWN, span.start..span.start + 2, message).help =
                Some("put it after the link".to_owned());
        }
        if text == "[" {
            self.lost_footnote(span.start);
        }
        self.refuse_escaped(text, &span);
        self.text(text, span);
    }

    /// Refuses HTML entities for characters that aren't allowed on a page. Such characters in the file itself are
    /// reported elsewhere.
    pub(super) fn refuse_escaped(&mut self, text: &str, span: &Range<usize>) {
        // An entity is longer than its character.
        if text.len() == span.len() {
            return;
        }
        let is_written = |c: char| self.source()[span.clone()].contains(c);
        if let Some((_, c)) = forbidden(text).next().filter(|(_, c)| !is_written(*c)) {
            let message = format!("this is the character U+{:04X}, which isn't allowed on a page", c as u32);
            self.error(code::BAD_CHARACTER, span.clone(), message).help = Some("remove it".to_owned());
        }
    }

    /// Text at `span`.
    pub(super) fn text(&mut self, text: &str, span: Range<usize>) {
        let slice = self.writer.store(text, span);
        self.push(Op::Text(slice));
    }

    /// Reports that the text is nested too deeply; the rest of it isn't parsed.
    fn too_deep(&mut self, span: Range<usize>) {
        let line = self.source()[span.clone()].lines().next().unwrap_or("");
        let length = line.char_indices().nth(80).map_or(line.len(), |(at, _)| at);
        self.error(code::BAD_MARKDOWN, span.start..span.start + length, format!("nested deeper than {MAX_DEPTH} levels"))
            .help = Some("nest fewer lists, quotations or emphasis marks".to_owned());
    }

    pub(super) fn open(&mut self, tag: Tag) {
        if !tag.is_inline() {
            self.quotes = super::quotes::Open::default();
        }
        self.open.push(tag);
        self.push(Op::Open(tag));
    }

    pub(super) fn close(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.push(Op::Close(tag));
        }
    }

    fn start(&mut self, tag: cmark::Tag<'_>, span: &Range<usize>) {
        let here = OpIx::new(self.writer.out.ops.len());
        let tag = match tag {
            cmark::Tag::Paragraph => {
                self.block = here;
                self.lost_table(span);
                self.lost_list(span);
                Tag::Paragraph
            }
            cmark::Tag::Heading { level, id, classes, attrs } => {
                self.block = here;
                self.heading_attributes(id.is_some(), classes.len() + attrs.len(), span);
                self.heading(level, id.as_deref(), span)
            }
            cmark::Tag::BlockQuote(None) => self.quotation(span),
            cmark::Tag::BlockQuote(Some(kind)) => Tag::Alert(alert(kind), false),
            cmark::Tag::List(first) => {
                self.lists.push(first.map(Numbers::from));
                first.map_or(Tag::List, |first| Tag::NumberedList(u32::try_from(first).unwrap_or(1)))
            }
            cmark::Tag::Item => {
                self.block = here;
                self.number(span);
                Tag::Item
            }
            cmark::Tag::FootnoteDefinition(label) => self.footnote_text(&label, span),
            cmark::Tag::DefinitionList => Tag::DefinitionList,
            cmark::Tag::DefinitionListTitle => {
                self.block = here;
                Tag::DefinitionTerm
            }
            cmark::Tag::DefinitionListDefinition => {
                self.block = here;
                Tag::Definition
            }
            cmark::Tag::Table(_) | cmark::Tag::TableHead | cmark::Tag::TableRow | cmark::Tag::TableCell => {
                self.of_table(tag, here, span)
            }
            cmark::Tag::Emphasis => Tag::Emphasis,
            cmark::Tag::Strong => Tag::Strong,
            cmark::Tag::Strikethrough => Tag::Strikethrough,
            cmark::Tag::Superscript => Tag::Superscript,
            cmark::Tag::Subscript => Tag::Subscript,
            // Shown as typed; the pieces of an HTML block follow as separate events.
            cmark::Tag::HtmlBlock | cmark::Tag::MetadataBlock(_) => {
                self.block = here;
                Tag::Paragraph
            }
            // The caller handles these.
            cmark::Tag::CodeBlock(_) | cmark::Tag::Link { .. } | cmark::Tag::Image { .. } => return,
        };
        self.open(tag);
    }

    fn of_table(&mut self, tag: cmark::Tag<'_>, here: OpIx, span: &Range<usize>) -> Tag {
        match tag {
            cmark::Tag::Table(alignments) => {
                Tag::Table(self.writer.out.parts_mut().tables.push(alignments.into_iter().map(alignment).collect()))
            }
            cmark::Tag::TableHead => {
                self.cells = 0;
                Tag::TableHead
            }
            cmark::Tag::TableRow => {
                self.cells = 0;
                self.row(span);
                Tag::TableRow
            }
            _ => {
                self.block = here;
                self.cells += 1;
                Tag::TableCell(ColumnIx::new(self.cells - 1))
            }
        }
    }

    fn end(&mut self, end: TagEnd) {
        self.close_html();
        if let TagEnd::List(_) = end {
            self.lists.pop();
        }
        // The item had only a comment in it, or the list had only such items.
        if let (Some(Op::Open(tag)), true) = (self.writer.out.ops.last(), self.had_comments)
            && matches!(tag, Tag::Item | Tag::List | Tag::NumberedList(_) | Tag::Quote)
        {
            self.writer.out.ops.pop();
            self.open.pop();
            return;
        }
        if let (TagEnd::Heading(_), Some(Tag::Heading(index))) = (end, self.open.last().copied()) {
            self.name_heading(index);
        }
        self.close();
    }

    pub(super) fn finish(mut self) -> Markdown {
        while !self.open.is_empty() {
            self.close();
        }
        self.lost_marks();
        self.name_own_headings();
        self.writer.finish()
    }
}

fn alert(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}

fn alignment(alignment: CmarkAlignment) -> Alignment {
    match alignment {
        CmarkAlignment::None => Alignment::Natural,
        CmarkAlignment::Left => Alignment::Left,
        CmarkAlignment::Center => Alignment::Center,
        CmarkAlignment::Right => Alignment::Right,
    }
}
