//! Parses CommonMark with our references into [`Markdown`]. The only room that knows pulldown-cmark.
//!
//! This file decides how a text is parsed, [`build`] turns the parser's events into operations, and the others each
//! know one construct. Nothing here knows what a record is: whatever a text points at goes to a [`Sink`].

mod addresses;
mod alerts;
mod build;
mod code_text;
mod comments;
mod emphasis;
mod footnotes;
mod headings;
mod html;
mod lines;
mod links;
mod lists;
mod quotes;
mod tables;
mod tags;
mod writer;

use std::ops::Range;

use pulldown_cmark::{self as cmark, BrokenLink, CowStr, Event, TagEnd};

use super::citation::parse_group;
use super::ops::{Markdown, Op};
use super::sink::Sink;
use crate::base::{FileId, Span, TextRange};
use crate::diagnostics::{Diagnostic, code};
use crate::language::quotes::Quotes;
use crate::syntax::edited::Edited;
use crate::syntax::indices::TextIx;
use crate::syntax::source_map::SourceMap;
pub use addresses::length as bare_address;
use build::{Build, Located};
use writer::Writer;

/// How much of Markdown a text may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// All of it.
    Body,
    /// Only inline Markdown: the marks of blocks are taken literally. One paragraph has no tags, several do.
    Inline,
}

/// The most quotation marks that a line may begin with. Pages need no more, and browsers break first.
const MAX_QUOTES: usize = 32;

/// How deeply lists, quotations and emphasis may be nested.
const MAX_DEPTH: usize = 64;

/// What the broken-link callback returns as the destination, so that we recognize it: as the address of a bracket
/// without one, where no author can have written it.
const CITE: &str = "\u{1}cite";

/// A text to parse.
#[derive(Clone, Copy)]
pub struct Source<'s> {
    /// Its characters.
    pub text: &'s str,
    /// Where they are in the record.
    pub map: &'s SourceMap,
    /// Where the text as a whole is.
    pub range: TextRange,
    /// Its index among the record's texts.
    pub index: TextIx,
    /// Straight quotes and double hyphens become typographic ones.
    pub smart_punctuation: bool,
    /// What quotes become.
    pub quotes: Quotes,
}

/// Parses a text. What it points at and what is wrong with it go to `sink`.
pub fn parse(source: Source<'_>, mode: Mode, sink: &mut dyn Sink) -> Markdown {
    if mode == Mode::Inline && is_plain(source.text) {
        return literal(source);
    }
    match comments::without(source, mode, sink) {
        Some(text) => {
            let map = text.map(source.map, source.range);
            read(Source { text: &text.text, map: &map, ..source }, mode, true, sink)
        }
        None => read(source, mode, false, sink),
    }
}

/// Parses a text that has no comments, or no longer has any.
fn read(source: Source<'_>, mode: Mode, had_comments: bool, sink: &mut dyn Sink) -> Markdown {
    match emphasis::guarded(source.text) {
        Some(text) => {
            let map = text.map(source.map, source.range);
            read_guarded(Source { text: &text.text, map: &map, ..source }, mode, had_comments, sink)
        }
        None => read_guarded(source, mode, had_comments, sink),
    }
}

fn read_guarded(source: Source<'_>, mode: Mode, had_comments: bool, sink: &mut dyn Sink) -> Markdown {
    match mode {
        Mode::Body => body(source, had_comments, sink),
        Mode::Inline => {
            edited(source, &[lines::guarded_if_needed, addresses::bracketed], &mut |source| inline(source, sink))
        }
    }
}

fn body(source: Source<'_>, had_comments: bool, sink: &mut dyn Sink) -> Markdown {
    if let Some(range) = too_deep(source.text) {
        let span = Span { file: FileId(0), range: source.map.place(range) };
        let message = format!("quotations nested deeper than {MAX_QUOTES} levels");
        let finding = Diagnostic::error(code::BAD_MARKDOWN, span, message);
        sink.lists().findings.push(finding.help("remove some of the `>` at the beginning of the line"));
        return Markdown::default();
    }
    edited(source, &[tables::with_bars, html::as_words, addresses::bracketed], &mut |source| {
        blocks(source, had_comments, sink)
    })
}

/// A pass that rewrites a text so that the library reads what its author means; `None` if it does so anyway.
type Pass = fn(&str) -> Option<Edited>;

/// Passes a text to `then`, rewritten by some passes.
fn edited(source: Source<'_>, passes: &[Pass], then: &mut dyn FnMut(Source<'_>) -> Markdown) -> Markdown {
    let Some((pass, rest)) = passes.split_first() else { return then(source) };
    match pass(source.text) {
        Some(text) => {
            let map = text.map(source.map, source.range);
            edited(Source { text: &text.text, map: &map, ..source }, rest, then)
        }
        None => edited(source, rest, then),
    }
}

fn blocks(source: Source<'_>, had_comments: bool, sink: &mut dyn Sink) -> Markdown {
    let mut events = events(source);
    let mut build = Build::new(source, sink);
    build.had_comments = had_comments;
    build.swallowed(&events);
    build.run(&mut events);
    build.finish()
}

fn inline(source: Source<'_>, sink: &mut dyn Sink) -> Markdown {
    let events: Vec<_> = events(source).collect();
    let mut build = Build::new(source, sink);
    build.is_field = true;
    build.run(&mut single_paragraph(&events).unwrap_or(&events).iter().cloned());
    build.finish()
}

fn events(source: Source<'_>) -> cmark::OffsetIter<'_, impl cmark::BrokenLinkCallback<'_>> {
    let mut options = constructs();
    if source.smart_punctuation {
        options |= cmark::Options::ENABLE_SMART_PUNCTUATION;
    }
    cmark::Parser::new_with_broken_link_callback(source.text, options, Some(citations)).into_offset_iter()
}

/// A text that needs no rewriting.
fn literal(source: Source<'_>) -> Markdown {
    let mut writer = Writer::new(source, Markdown::default());
    let slice = writer.store(source.text, 0..source.text.len());
    writer.out.ops.push(Op::Text(slice));
    writer.finish()
}

/// What pulldown-cmark asks about brackets without a target: citations are ours, the rest stays text.
#[expect(clippy::needless_pass_by_value, reason = "the parser calls back with the link itself")]
fn citations<'i>(link: BrokenLink<'i>) -> Option<(CowStr<'i>, CowStr<'i>)> {
    parse_group(&link.reference).map(|_| (CowStr::Borrowed(CITE), CowStr::Borrowed("")))
}

/// What we enable beyond CommonMark.
fn constructs() -> cmark::Options {
    // One by one: `Options::all()` would include the old footnotes.
    cmark::Options::ENABLE_TABLES
        | cmark::Options::ENABLE_FOOTNOTES
        | cmark::Options::ENABLE_STRIKETHROUGH
        | cmark::Options::ENABLE_TASKLISTS
        | cmark::Options::ENABLE_HEADING_ATTRIBUTES
        | cmark::Options::ENABLE_GFM
        | cmark::Options::ENABLE_DEFINITION_LIST
        | cmark::Options::ENABLE_WIKILINKS
}

/// Bytes that matter to Markdown or to its punctuation.
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

/// Whether a field's text certainly needs no rewriting, like most.
fn is_plain(text: &str) -> bool {
    !text.bytes().any(|b| SPECIAL[b as usize])
        && !text.contains("--")
        && !text.contains("..")
        && text.starts_with(|c: char| c.is_alphabetic())
        && !text.ends_with(' ')
}

/// The first line that begins with more quotation marks than are allowed.
fn too_deep(source: &str) -> Option<Range<usize>> {
    // Nearly every text ends here.
    memchr::memchr(b'>', source.as_bytes())?;
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

/// The inside of the only paragraph, if there is nothing else.
fn single_paragraph<'e, 'a>(events: &'e [Located<'a>]) -> Option<&'e [Located<'a>]> {
    let [(Event::Start(cmark::Tag::Paragraph), _), inner @ .., (Event::End(TagEnd::Paragraph), _)] = events else {
        return None;
    };
    (!inner.iter().any(|(event, _)| matches!(event, Event::Start(cmark::Tag::Paragraph)))).then_some(inner)
}
