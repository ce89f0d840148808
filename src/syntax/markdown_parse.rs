//! CommonMark with our references into [`Markdown`]. The only importer of pulldown-cmark.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{
    self as cmark, Alignment as CmarkAlignment, BlockQuoteKind, BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel,
    LinkType, TagEnd,
};

use super::blocks::{self, Block};
use super::citation::parse_group;
use super::decode::Decoder;
use super::markdown::{Alignment, Heading, Markdown, Op, Tag};
use super::pieces::{Address, Citation, Expects, Place, Pointer, Use, is_safe_address};
use crate::base::TextRange;
use crate::base::placeholder;
use crate::base::slug::{is_id, slug};
use crate::diagnostics::code;

/// How much of Markdown a text may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// All of it.
    Body,
    /// One paragraph without its tags; anything else is taken literally.
    Inline,
}

/// The most quotation marks that a line may begin with. Renderers need no more, and browsers break first.
const MAX_QUOTES: usize = 32;

/// How deep lists, quotations and emphasis may lie in each other.
const MAX_DEPTH: usize = 64;

/// What the broken-link callback gives as destination, to be known again: as that of a bracket without an address, where
/// no author can have written it.
const CITE: &str = "\u{1}cite";

/// Parses `source`. `prose` is the text's index in the record's pieces, `place` maps its byte ranges into the record;
/// blocks of ours are added to `blocks`.
pub fn parse(
    source: &str,
    mode: Mode,
    prose: u32,
    place: &dyn Fn(Range<usize>) -> TextRange,
    d: &mut Decoder,
    blocks: &mut Vec<Block>,
) -> Markdown {
    let mut markdown = read(source, mode, prose, place, d, blocks);
    markdown.may_hold_placeholder = placeholder::may_hold(markdown.characters());
    markdown
}

fn read(
    source: &str,
    mode: Mode,
    prose: u32,
    place: &dyn Fn(Range<usize>) -> TextRange,
    d: &mut Decoder,
    blocks: &mut Vec<Block>,
) -> Markdown {
    if mode == Mode::Inline && is_plain(source) {
        return Markdown::literal(source);
    }
    if let Some(range) = too_deep(source) {
        d.error(code::BAD_MARKDOWN, place(range), format!("quotations nested deeper than {MAX_QUOTES} levels")).help =
            Some("take away some of the `>` at the beginning of the line".to_owned());
        return Markdown::default();
    }
    let mut events = cmark::Parser::new_with_broken_link_callback(source, options(d), Some(citations)).into_offset_iter();
    let mut build = Build {
        source,
        prose,
        place,
        d,
        blocks,
        out: Markdown::for_text(source),
        open: Vec::new(),
        block: 0,
        marked: BTreeSet::new(),
        written: Vec::new(),
    };
    build.swallowed(&events);
    match mode {
        Mode::Body => build.run(&mut events),
        Mode::Inline => {
            let events: Vec<_> = events.collect();
            if let Some(inner) = single_paragraph(&events) {
                build.run(&mut inner.iter().cloned());
            } else {
                return Markdown::literal(source);
            }
        }
    }
    let mut out = build.finish();
    out.ops.shrink_to_fit();
    out
}

/// What pulldown-cmark asks about brackets that lead nowhere: citations are ours, the rest stays text.
fn citations<'i>(link: BrokenLink<'i>) -> Option<(CowStr<'i>, CowStr<'i>)> {
    parse_group(&link.reference).map(|_| (CowStr::Borrowed(CITE), CowStr::Borrowed("")))
}

fn options(d: &Decoder) -> cmark::Options {
    // One by one: `Options::all()` would take the old footnotes in.
    let mut options = cmark::Options::ENABLE_TABLES
        | cmark::Options::ENABLE_FOOTNOTES
        | cmark::Options::ENABLE_STRIKETHROUGH
        | cmark::Options::ENABLE_TASKLISTS
        | cmark::Options::ENABLE_HEADING_ATTRIBUTES
        | cmark::Options::ENABLE_GFM
        | cmark::Options::ENABLE_DEFINITION_LIST
        | cmark::Options::ENABLE_WIKILINKS;
    if d.options.smart_punctuation {
        options |= cmark::Options::ENABLE_SMART_PUNCTUATION;
    }
    options
}

/// Bytes that Markdown or its punctuation cares about.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b"\\`*_[]<>&~'\"!^|#\n:$=";
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
};

/// Whether a field's text is sure to mean itself, which most are.
fn is_plain(text: &str) -> bool {
    !text.bytes().any(|b| SPECIAL[b as usize])
        && !text.contains("--")
        && !text.contains("..")
        && text.starts_with(|c: char| c.is_alphabetic())
        && !text.ends_with(' ')
}

/// The first line that begins with more quotation marks than may be nested.
fn too_deep(source: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        if line.trim_start().starts_with('>') {
            let marks = line.bytes().take_while(|b| matches!(b, b'>' | b' ' | b'\t')).filter(|b| *b == b'>').count();
            if marks > MAX_QUOTES {
                return Some(start..start + line.trim_end().len().min(80));
            }
        }
        start += line.len();
    }
    None
}

type Located<'a> = (Event<'a>, Range<usize>);

/// The inside of the only paragraph, if there is nothing else.
fn single_paragraph<'e, 'a>(events: &'e [Located<'a>]) -> Option<&'e [Located<'a>]> {
    let [(Event::Start(cmark::Tag::Paragraph), _), inner @ .., (Event::End(TagEnd::Paragraph), _)] = events else {
        return None;
    };
    (!inner.iter().any(|(event, _)| matches!(event, Event::Start(cmark::Tag::Paragraph)))).then_some(inner)
}

struct Build<'b, 'a> {
    source: &'b str,
    prose: u32,
    place: &'b dyn Fn(Range<usize>) -> TextRange,
    d: &'b mut Decoder<'a>,
    blocks: &'b mut Vec<Block>,
    out: Markdown,
    open: Vec<Tag>,
    /// The operation that opened the innermost paragraph, item or cell.
    block: u32,
    /// Footnotes that a mark leads to.
    marked: BTreeSet<u32>,
    /// Where each footnote is written.
    written: Vec<(u32, Range<usize>)>,
}

impl Build<'_, '_> {
    /// `[@a]: word` on a line of its own is a link definition to CommonMark, and vanishes.
    fn swallowed<'e, F: cmark::BrokenLinkCallback<'e>>(&mut self, events: &cmark::OffsetIter<'e, F>) {
        let mut lost: Vec<_> = events.reference_definitions().iter().filter(|(label, _)| label.starts_with('@')).collect();
        lost.sort_by_key(|(_, definition)| definition.span.start);
        for (label, definition) in lost {
            let range = (self.place)(definition.span.clone());
            let message =
                format!("`[{label}]:` at the beginning of a paragraph defines a link, and the paragraph would vanish");
            self.d.error(code::BAD_MARKDOWN, range, message).help =
                Some("put the citation behind what it supports, or take the colon away".to_owned());
        }
    }

    fn run<'e>(&mut self, events: &mut dyn Iterator<Item = Located<'e>>) {
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
                Event::Text(text) => {
                    let after_link =
                        matches!(self.out.ops.last(), Some(Op::Cite(..) | Op::Mention(_) | Op::Close(Tag::Mention(_))));
                    if after_link && text.starts_with(']') && self.source[span.start..].starts_with("](") {
                        let range = (self.place)(span.start..span.start + 2);
                        self.d
                            .error(
                                code::BAD_MARKDOWN,
                                range,
                                "a citation or [[id]] inside the words of a link makes it no link",
                            )
                            .help = Some("put it behind the link".to_owned());
                    }
                    if &*text == "[" {
                        self.lost_footnote(span.start);
                    }
                    self.text(&text);
                }
                Event::Code(text) => {
                    let slice = self.out.store(&text);
                    self.out.ops.push(Op::Code(slice));
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    let slice = self.out.store(&html);
                    self.out.ops.push(if self.d.options.raw_html { Op::Html(slice) } else { Op::Text(slice) });
                }
                Event::SoftBreak => self.out.ops.push(Op::SoftBreak),
                Event::HardBreak => self.out.ops.push(Op::HardBreak),
                Event::Rule => self.out.ops.push(Op::Rule),
                Event::TaskListMarker(done) => self.out.ops.push(Op::Task(done)),
                Event::FootnoteReference(label) => {
                    let index = self.footnote(&label);
                    let is_first = self.marked.insert(index);
                    self.out.ops.push(Op::FootnoteMark(index, is_first));
                }
                // Mathematics is not switched on.
                Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            }
        }
    }

    /// A mark whose footnote is written nowhere comes as plain text, its bracket first.
    fn lost_footnote(&mut self, at: usize) {
        let Some(rest) = self.source[at..].strip_prefix("[^") else { return };
        let Some(label) = rest.split([']', '\n', ' ']).next().filter(|label| rest[label.len()..].starts_with(']')) else {
            return;
        };
        if label.is_empty() {
            return;
        }
        let range = (self.place)(at..at + label.len() + 3);
        self.d.error(code::BROKEN_LINK, range, format!("the footnote `[^{label}]` is not written anywhere")).help =
            Some(format!("write its text on a line of its own: `[^{label}]: …`"));
    }

    fn text(&mut self, text: &str) {
        let slice = self.out.store(text);
        self.out.ops.push(Op::Text(slice));
    }

    /// Notes that the text is nested too deeply; the rest of it is not read.
    fn too_deep(&mut self, span: Range<usize>) {
        let line = self.source[span.clone()].lines().next().unwrap_or("");
        let length = line.char_indices().nth(80).map_or(line.len(), |(at, _)| at);
        let range = (self.place)(span.start..span.start + length);
        self.d.error(code::BAD_MARKDOWN, range, format!("nested deeper than {MAX_DEPTH} levels")).help =
            Some("write it in fewer lists, quotations or emphases".to_owned());
    }

    fn open(&mut self, tag: Tag) {
        self.open.push(tag);
        self.out.ops.push(Op::Open(tag));
    }

    fn close(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.out.ops.push(Op::Close(tag));
        }
    }

    fn footnote(&mut self, label: &str) -> u32 {
        let known = self.out.footnotes.iter().position(|have| **have == *label);
        known.unwrap_or_else(|| {
            self.out.footnotes.push(label.into());
            self.out.footnotes.len() - 1
        }) as u32
    }

    fn footnote_text(&mut self, label: &str, span: &Range<usize>) -> Tag {
        let index = self.footnote(label);
        // Its label is not written as it is known: blanks in it count once.
        let length = self.source[span.clone()].find("]:").map_or(span.len(), |end| end + 1);
        let head = span.start..span.start + length;
        if self.written.iter().any(|(known, _)| *known == index) {
            let range = (self.place)(head.clone());
            self.d.error(code::DUPLICATE_ID, range, format!("the footnote `[^{label}]` is written twice")).help =
                Some("give each a name of its own".to_owned());
        }
        self.written.push((index, head));
        Tag::Footnote(index)
    }

    fn start(&mut self, tag: cmark::Tag<'_>, span: &Range<usize>) {
        let here = self.out.ops.len() as u32;
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
                self.out.tables.push(alignments.into_iter().map(alignment).collect());
                Tag::Table(self.out.tables.len() as u32 - 1)
            }
            cmark::Tag::TableHead => Tag::TableHead,
            cmark::Tag::TableRow => Tag::TableRow,
            cmark::Tag::TableCell => {
                self.block = here;
                Tag::TableCell(self.cells_in_row())
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

    fn cells_in_row(&self) -> u32 {
        let row = self.out.ops.iter().rev().take_while(|op| !matches!(op, Op::Open(Tag::TableHead | Tag::TableRow)));
        row.filter(|op| matches!(op, Op::Close(Tag::TableCell(_)))).count() as u32
    }

    fn end(&mut self, end: TagEnd) {
        if let (TagEnd::Heading(_), Some(Tag::Heading(index))) = (end, self.open.last().copied()) {
            self.name_heading(index);
        }
        self.close();
    }

    /// Reports what stands in the braces behind a heading beside its anchor: it would be read by nobody.
    fn heading_attributes(&mut self, has_id: bool, others: usize, span: &Range<usize>) {
        let source = self.source[span.clone()].trim_end();
        let braces = source.rfind('{').map_or("", |at| &source[at..]);
        if others > 0 || has_id && braces.split_whitespace().count() > 1 {
            let range = (self.place)(span.start..span.start + source.len());
            self.d.error(code::BAD_VALUE, range, "braces behind a heading hold its anchor and nothing else").help =
                Some("write `{#anchor}`, and put words that are to be read into other brackets".to_owned());
        }
    }

    fn heading(&mut self, level: HeadingLevel, id: Option<&str>, span: &Range<usize>) -> Tag {
        if let Some(id) = id {
            let range = (self.place)(span.start..span.start + self.source[span.clone()].trim_end().len());
            if !is_id(id) {
                self.d.error(code::BAD_VALUE, range, format!("`#{id}` can't be a heading's anchor")).help =
                    Some(format!("use small letters, digits and single hyphens: {{#{}}}", slug(id)));
            } else if self.out.headings.iter().any(|heading| *heading.anchor == *id) {
                self.d.error(code::DUPLICATE_ID, range, format!("two headings have the anchor `#{id}`")).help =
                    Some("give each its own".to_owned());
            }
        }
        let anchor = id.unwrap_or_default().into();
        self.out.headings.push(Heading { level: level as u8, anchor, text: Box::default() });
        Tag::Heading(self.out.headings.len() as u32 - 1)
    }

    /// Gives a heading that is complete its words and, unless it has one, an anchor made of them.
    fn name_heading(&mut self, index: u32) {
        let from = self.out.ops.iter().rposition(|op| *op == Op::Open(Tag::Heading(index))).unwrap_or(0);
        let mut words = String::new();
        for op in &self.out.ops[from..] {
            match op {
                Op::Text(slice) | Op::Code(slice) => words.push_str(self.out.str(*slice)),
                Op::SoftBreak | Op::HardBreak => words.push(' '),
                Op::Mention(index) => words.push_str(&self.d.pieces.pointers[*index as usize].id),
                _ => {}
            }
        }
        let taken = |anchor: &str, headings: &[Heading]| {
            headings.iter().enumerate().any(|(at, heading)| at != index as usize && *heading.anchor == *anchor)
        };
        let mut anchor: String = self.out.headings[index as usize].anchor.clone().into();
        if anchor.is_empty() {
            let base = Some(slug(&words)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "heading".to_owned());
            anchor.clone_from(&base);
            let mut number = 2;
            while taken(&anchor, &self.out.headings) {
                anchor = format!("{base}-{number}");
                number += 1;
            }
        }
        let heading = &mut self.out.headings[index as usize];
        heading.anchor = anchor.into();
        heading.text = words.trim().into();
    }

    fn here(&self) -> Place {
        Place::Prose { prose: self.prose, block: self.block }
    }

    fn link<'e>(
        &mut self,
        kind: LinkType,
        destination: &str,
        title: &str,
        span: Range<usize>,
        events: &mut dyn Iterator<Item = Located<'e>>,
    ) {
        if self.open.iter().any(|tag| matches!(tag, Tag::Picture(_))) {
            let range = (self.place)(span);
            self.d.error(code::BAD_MARKDOWN, range, "the words of a picture can't link or cite").help =
                Some("say in them what it shows, and put the link or citation behind the picture".to_owned());
            return skip(events);
        }
        let unknown = matches!(kind, LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown);
        if unknown && destination == CITE {
            return self.citation(kind, span, events);
        }
        if let LinkType::WikiLink { has_pothole } = kind {
            // In a table the bar has to be escaped, and the escape stays with the target.
            let target = destination.trim_end_matches('\\').trim();
            let (id, heading) = target.split_once('#').map_or((target, None), |(id, heading)| (id, Some(heading)));
            let index = self.d.pieces.pointers.len() as u32;
            self.d.pieces.pointers.push(Pointer {
                id: id.trim().into(),
                heading: heading.map(|heading| heading.trim().into()),
                expects: Expects::Any,
                range: (self.place)(span),
                place: self.here(),
            });
            if has_pothole {
                self.open(Tag::Mention(index));
            } else {
                skip(events);
                self.out.ops.push(Op::Mention(index));
            }
            return;
        }
        let index = if kind == LinkType::Email {
            self.address(&format!("mailto:{destination}"), title, Use::Link, span)
        } else {
            self.address(destination, title, Use::Link, span)
        };
        self.open(Tag::Link(index));
    }

    fn address(&mut self, target: &str, title: &str, usage: Use, span: Range<usize>) -> u32 {
        let range = (self.place)(span);
        if !is_safe_address(target) {
            self.d.error(code::BAD_ADDRESS, range, "this address is of a kind that no page may carry").help =
                Some("use http:, https:, mailto:, tel: or the path of a file".to_owned());
        }
        self.d.pieces.addresses.push(Address { target: target.into(), title: title.into(), usage, range });
        self.d.pieces.addresses.len() as u32 - 1
    }

    /// A bracket with `@key`. `[@a][@b]` reaches us as one link to the second with the first as its words.
    fn citation<'e>(&mut self, kind: LinkType, span: Range<usize>, events: &mut dyn Iterator<Item = Located<'e>>) {
        let written = &self.source[span.clone()];
        let inner_end = |text: &str| text.rfind(']').unwrap_or(text.len());
        if kind == LinkType::ReferenceUnknown
            && let Some(middle) = written.rfind("][")
        {
            let first = &written[1..middle];
            match parse_group(first) {
                Some(_) => {
                    skip(events);
                    self.cite(first, span.start + 1);
                }
                None => self.keep_words(events),
            }
            let second = &written[middle + 2..];
            self.cite(&second[..inner_end(second)], span.start + middle + 2);
            return;
        }
        skip(events);
        let label = &written[1.min(written.len())..];
        let label = label.strip_suffix("[]").unwrap_or(label);
        self.cite(&label[..inner_end(label)], span.start + 1);
    }

    /// The words before a citation that took them for its own: plain text again.
    fn keep_words<'e>(&mut self, events: &mut dyn Iterator<Item = Located<'e>>) {
        self.text("[");
        let mut depth = 1;
        for (event, _) in &mut *events {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Text(text) | Event::Code(text) => self.text(&text),
                Event::SoftBreak | Event::HardBreak => self.text(" "),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        self.text("]");
    }

    fn cite(&mut self, label: &str, offset: usize) {
        let first = self.d.pieces.citations.len() as u32;
        let items = parse_group(label).unwrap_or_default();
        for item in &items {
            let key = offset + item.at;
            self.d.pieces.citations.push(Citation {
                key: item.key.into(),
                prefix: item.prefix.into(),
                locator: item.locator.into(),
                range: (self.place)(key..key + 1 + item.key.len()),
                place: self.here(),
            });
        }
        self.out.ops.push(Op::Cite(first, items.len() as u32));
    }

    fn code_block<'e>(
        &mut self,
        kind: CodeBlockKind<'_>,
        span: Range<usize>,
        events: &mut dyn Iterator<Item = Located<'e>>,
    ) {
        let info = match &kind {
            CodeBlockKind::Fenced(info) => info.trim(),
            CodeBlockKind::Indented => "",
        };
        let (language, behind) = info.split_once(char::is_whitespace).unwrap_or((info, ""));
        let mut content = String::new();
        // Where each line stands: those of an indented or quoted fence have marks between them, and Windows' line ends are
        // one character here and two in the file.
        let mut lines: Vec<(usize, Option<usize>)> = Vec::new();
        for (event, range) in &mut *events {
            match event {
                Event::Text(text) => {
                    let stands =
                        *text == *"\n" || self.source.get(range.start..).is_some_and(|rest| rest.starts_with(&*text));
                    lines.push((content.len(), stands.then_some(range.start)));
                    content.push_str(&text);
                }
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        let fence = span.start..span.start + self.source[span.clone()].lines().next().unwrap_or("").len();
        let fence = (self.place)(fence);
        let find = |at: usize| {
            let (from, stands) = lines[..lines.partition_point(|(from, _)| *from <= at)].last()?;
            stands.map(|stands| stands + at - from)
        };
        let place = self.place;
        let locate = |range: TextRange| {
            let (start, end) = (range.start as usize, range.end as usize);
            let last = if end > start { find(end - 1).map(|last| last + 1) } else { find(start) };
            match (find(start), last) {
                (Some(start), Some(end)) if start <= end => place(start..end),
                _ => fence,
            }
        };
        match blocks::parse((language, behind), &content, fence, &locate, self.d) {
            blocks::Outcome::NotOurs => {
                let language = self.out.store(language);
                let text = self.out.store(&content);
                self.out.ops.extend([
                    Op::Open(Tag::CodeBlock(language)),
                    Op::Text(text),
                    Op::Close(Tag::CodeBlock(language)),
                ]);
            }
            blocks::Outcome::Refused => {}
            blocks::Outcome::Block(block) => {
                self.blocks.push(block);
                self.out.ops.push(Op::Block(self.blocks.len() as u32 - 1));
            }
        }
    }

    fn finish(mut self) -> Markdown {
        while !self.open.is_empty() {
            self.close();
        }
        for (index, head) in self.written.iter().filter(|(index, _)| !self.marked.contains(index)) {
            let label = &self.out.footnotes[*index as usize];
            let range = (self.place)(head.clone());
            self.d.error(code::BROKEN_LINK, range, format!("nothing in the text leads to the footnote `[^{label}]`")).help =
                Some(format!("write [^{label}] behind what it explains, or take it out"));
        }
        self.out
    }
}

/// Passes over the words of a link that was just begun.
fn skip<'e>(events: &mut dyn Iterator<Item = Located<'e>>) {
    let mut depth = 1;
    for (event, _) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return;
        }
    }
}

fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
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
