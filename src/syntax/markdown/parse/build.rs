//! The parser's events into operations, one by one.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{self as cmark, Alignment as CmarkAlignment, BlockQuoteKind, Event, TagEnd};

use super::lines::GUARD;
use super::writer::Writer;
use super::{MAX_DEPTH, Source};
use crate::base::escape::forbidden;
use crate::base::{FileId, Span, TextRange};
use crate::diagnostics::{Code, Diagnostic, code};
use crate::syntax::indices::{ColumnIx, FootnoteIx, OpIx};
use crate::syntax::markdown::ops::{AlertKind, Alignment, Markdown, Op, Tag};
use crate::syntax::markdown::sink::Sink;
use crate::syntax::references::Use;

/// An event and where it stands in the text.
pub(super) type Located<'a> = (Event<'a>, Range<usize>);

/// A text while it is read.
pub(super) struct Build<'b> {
    pub(super) writer: Writer<'b>,
    pub(super) sink: &'b mut dyn Sink,
    pub(super) open: Vec<Tag>,
    /// The operation that opened the innermost paragraph, item or cell.
    pub(super) block: OpIx,
    /// Footnotes that a mark leads to.
    pub(super) marked: BTreeSet<FootnoteIx>,
    /// Quotation marks that are open.
    quotes: super::quotes::Open,
    /// Whether comments were taken out of the text.
    pub(super) had_comments: bool,
    /// Where each footnote is written.
    pub(super) written: Vec<(FootnoteIx, Range<usize>)>,
}

impl<'b> Build<'b> {
    pub(super) fn new(source: Source<'b>, sink: &'b mut dyn Sink) -> Self {
        let writer = Writer::new(source, Markdown::for_text(source.text));
        Self {
            writer,
            sink,
            open: Vec::new(),
            block: OpIx::new(0),
            marked: BTreeSet::new(),
            quotes: super::quotes::Open::default(),
            had_comments: false,
            written: Vec::new(),
        }
    }

    /// The characters that are read.
    pub(super) fn source(&self) -> &'b str {
        self.writer.source.text
    }

    /// Where a part of them stands in the record.
    pub(super) fn place(&self, part: Range<usize>) -> TextRange {
        self.writer.source.map.place(part)
    }

    pub(super) fn push(&mut self, op: Op) {
        self.writer.out.ops.push(op);
    }

    /// Notes an error, and hands it back for a help line.
    pub(super) fn error(&mut self, code: Code, part: Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        let span = Span { file: FileId(0), range: self.place(part) };
        let findings = self.sink.lists().findings;
        findings.push(Diagnostic::error(code, span, message));
        let last = findings.len() - 1;
        &mut findings[last]
    }

    /// `[@a]: word` on a line of its own is a link definition to CommonMark, and vanishes.
    pub(super) fn swallowed<'e, F: cmark::BrokenLinkCallback<'e>>(&mut self, events: &cmark::OffsetIter<'e, F>) {
        let mut lost: Vec<_> = events.reference_definitions().iter().filter(|(label, _)| label.starts_with('@')).collect();
        lost.sort_by_key(|(_, definition)| definition.span.start);
        for (label, definition) in lost {
            let message =
                format!("`[{label}]:` at the beginning of a paragraph defines a link, and the paragraph would vanish");
            self.error(code::BAD_MARKDOWN, definition.span.clone(), message).help =
                Some("put the citation behind what it supports, or take the colon away".to_owned());
        }
    }

    pub(super) fn run<'e>(&mut self, events: &mut dyn Iterator<Item = Located<'e>>) {
        while let Some((event, span)) = events.next() {
            match event {
                Event::Start(_) if self.open.len() >= MAX_DEPTH => return self.too_deep(span),
                Event::Start(cmark::Tag::CodeBlock(kind)) => self.code_block(kind, span, events),
                Event::Start(cmark::Tag::Link { link_type, dest_url, title, .. }) => {
                    self.link(link_type, &dest_url, &title, span, events);
                }
                Event::Start(cmark::Tag::Image { dest_url, title, .. }) => {
                    let index = self.address(&dest_url, &title, Use::Picture, span);
                    self.open(Tag::Picture(index));
                }
                Event::Start(tag) => self.start(tag, &span),
                Event::End(end) => self.end(end),
                Event::Text(text) => self.words(&text, span),
                Event::Code(text) => {
                    let slice = self.store_code(&text, span);
                    self.push(Op::Code(slice));
                }
                // Shown as what it is.
                Event::Html(html) | Event::InlineHtml(html) => self.text(&html, span),
                Event::SoftBreak => self.push(Op::SoftBreak),
                Event::HardBreak => self.push(Op::HardBreak),
                Event::Rule => self.push(Op::Rule),
                Event::TaskListMarker(done) => self.push(Op::Task(done)),
                Event::FootnoteReference(label) => {
                    let index = self.footnote(&label);
                    let is_first = self.marked.insert(index);
                    self.push(Op::FootnoteMark(index, is_first));
                }
                // Mathematics is not switched on.
                Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, span),
            }
        }
    }

    /// Words, unless they are what is left of something that the author meant and did not get.
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
            let message = "a citation or [[id]] inside the words of a link makes it no link";
            self.error(code::BAD_MARKDOWN, span.start..span.start + 2, message).help =
                Some("put it behind the link".to_owned());
        }
        if text == "[" {
            self.lost_footnote(span.start);
        }
        self.refuse_escaped(text, &span);
        self.text(text, span);
    }

    /// Refuses what no page can hold and an entity stands for. What stands in the file as it is, is told of that.
    pub(super) fn refuse_escaped(&mut self, text: &str, span: &Range<usize>) {
        // An entity is longer than what it stands for.
        if text.len() == span.len() {
            return;
        }
        let is_written = |c: char| self.source()[span.clone()].contains(c);
        if let Some((_, c)) = forbidden(text).next().filter(|(_, c)| !is_written(*c)) {
            let message = format!("this stands for the character U+{:04X}, which no page can hold", c as u32);
            self.error(code::BAD_CHARACTER, span.clone(), message).help = Some("take it out".to_owned());
        }
    }

    /// Words that stand at `span`.
    pub(super) fn text(&mut self, text: &str, span: Range<usize>) {
        let slice = self.writer.store(text, span);
        self.push(Op::Text(slice));
    }

    /// Notes that the text is nested too deeply; the rest of it is not read.
    fn too_deep(&mut self, span: Range<usize>) {
        let line = self.source()[span.clone()].lines().next().unwrap_or("");
        let length = line.char_indices().nth(80).map_or(line.len(), |(at, _)| at);
        self.error(code::BAD_MARKDOWN, span.start..span.start + length, format!("nested deeper than {MAX_DEPTH} levels"))
            .help = Some("write it in fewer lists, quotations or emphases".to_owned());
    }

    pub(super) fn open(&mut self, tag: Tag) {
        if !tag.is_inline() {
            self.quotes = super::quotes::Open::default();
        }
        self.open.push(tag);
        self.push(Op::Open(tag));
    }

    fn close(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.push(Op::Close(tag));
        }
    }

    fn start(&mut self, tag: cmark::Tag<'_>, span: &Range<usize>) {
        let here = OpIx::new(self.writer.out.ops.len());
        let tag = match tag {
            cmark::Tag::Paragraph => {
                self.block = here;
                Tag::Paragraph
            }
            cmark::Tag::Heading { level, id, classes, attrs } => {
                self.block = here;
                self.heading_attributes(id.is_some(), classes.len() + attrs.len(), span);
                self.heading(level, id.as_deref(), span)
            }
            cmark::Tag::BlockQuote(None) => Tag::Quote,
            cmark::Tag::BlockQuote(Some(kind)) => Tag::Alert(alert(kind)),
            cmark::Tag::List(first) => Tag::List(first.map(|first| u32::try_from(first).unwrap_or(1))),
            cmark::Tag::Item => {
                self.block = here;
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
            cmark::Tag::Table(alignments) => {
                Tag::Table(self.writer.out.tables.push(alignments.into_iter().map(alignment).collect()))
            }
            cmark::Tag::TableHead => Tag::TableHead,
            cmark::Tag::TableRow => Tag::TableRow,
            cmark::Tag::TableCell => {
                self.block = here;
                Tag::TableCell(ColumnIx::new(self.cells_in_row()))
            }
            cmark::Tag::Emphasis => Tag::Emphasis,
            cmark::Tag::Strong => Tag::Strong,
            cmark::Tag::Strikethrough => Tag::Strikethrough,
            cmark::Tag::Superscript => Tag::Superscript,
            cmark::Tag::Subscript => Tag::Subscript,
            // Shown as what it is; the pieces of an HTML block follow as their own events.
            cmark::Tag::HtmlBlock | cmark::Tag::MetadataBlock(_) => {
                self.block = here;
                Tag::Paragraph
            }
            // Handled by the caller.
            cmark::Tag::CodeBlock(_) | cmark::Tag::Link { .. } | cmark::Tag::Image { .. } => return,
        };
        self.open(tag);
    }

    fn cells_in_row(&self) -> usize {
        let row = self.writer.out.ops.iter().rev().take_while(|op| !matches!(op, Op::Open(Tag::TableHead | Tag::TableRow)));
        row.filter(|op| matches!(op, Op::Close(Tag::TableCell(_)))).count()
    }

    fn end(&mut self, end: TagEnd) {
        // Nothing was in an item but a comment, or nothing in a list but such items.
        if let (Some(Op::Open(tag)), true) = (self.writer.out.ops.last(), self.had_comments)
            && matches!(tag, Tag::Item | Tag::List(_) | Tag::Quote)
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
