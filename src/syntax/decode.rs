//! Decodes the located tree into records, and collects every fault on the way.

use super::Options;
use super::empty::says_nothing;
use super::markdown::citation::parse_group;
use super::markdown::{Lists, Sink};
use super::node::{Kind, Node};
use super::pieces::References;
use super::shape::{Field, Lines, Shape};
use super::slips::is_entry;
use super::yaml;
use crate::base::{At, FileId, Span, TextRange};
use crate::date::Date;
use crate::diagnostics::{Code, Diagnostic, Fix, Severity, code};

/// What decoding one record needs and collects. All ranges count from the record's beginning.
pub struct Decoder<'a> {
    /// The record's text, for the raw words of a scalar.
    pub text: &'a str,
    /// The settings that change what a text says.
    pub options: Options,
    /// What the record points at, and its texts.
    pub pieces: References,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// The key being decoded.
    pub field: &'static str,
    /// How much of a text that takes.
    pub lines: Lines,
    /// Whether a text of no characters is no value. Not in settings: there, a line that says nothing is a slip.
    pub may_be_empty: bool,
}

impl<'a> Decoder<'a> {
    /// A decoder for the record written as `text`.
    #[must_use]
    pub fn new(text: &'a str, options: Options) -> Self {
        Self {
            text,
            options,
            pieces: References::default(),
            diagnostics: Vec::new(),
            field: "",
            lines: Lines::One,
            may_be_empty: true,
        }
    }

    /// Reports an error at `range`, and returns it so that help can be added.
    pub fn error(&mut self, code: Code, range: TextRange, message: impl Into<String>) -> &mut Diagnostic {
        if !self.pieces.unread.contains(&self.field) {
            self.pieces.unread.push(self.field);
        }
        // The file is set when the record is placed in it (`Diagnostic::relocate`).
        self.diagnostics.push(Diagnostic::error(code, Span { file: FileId(0), range }, message));
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    /// Reports a warning at `range`, and returns it so that help can be added.
    pub fn warn(&mut self, code: Code, range: TextRange, message: impl Into<String>) -> &mut Diagnostic {
        let found = self.error(code, range, message);
        found.severity = Severity::Warning;
        found
    }

    /// Reports every text of a record with an escape for a character that isn't allowed on a page.
    pub fn refuse_escapes(&mut self, node: &Node) {
        let mut found = Vec::new();
        yaml::escapes(node, self.text, &mut found);
        for (range, c) in found {
            let message = format!("this text contains the character U+{:04X}, which isn't allowed on a page", c as u32);
            self.error(code::BAD_CHARACTER, range, message).help = Some("remove the escape that produces it".to_owned());
        }
    }

    /// Reports that `node` has the wrong shape for its field.
    pub fn wrong_type(&mut self, node: &Node, expected: &str) {
        if expected == TEXT && self.refuse_cut(node) {
            return;
        }
        let field = self.field;
        let range = first_line(node.range, self.text);
        self.error(code::WRONG_TYPE, range, format!("`{field}` takes {expected}, but this is {}", node.describe()));
    }

    /// Reports that YAML read the end of a text, or all of it, as a comment. Returns whether it did.
    pub fn refuse_cut(&mut self, node: &Node) -> bool {
        let Some((range, whole)) = cut(node, self.text) else { return false };
        let quoted = if whole.contains('"') {
            format!("'{}'", whole.replace('\'', "''"))
        } else {
            format!("\"{}\"", whole.replace('\\', "\\\\"))
        };
        let message = match &node.kind {
            Kind::Null => "YAML reads this text as a comment, because it begins with `#`",
            _ => "YAML cuts this text off at ` #`, and readers would never see the rest",
        };
        let finding = self.error(code::CUT_TEXT, range, message);
        finding.help = Some(format!("put it in quotation marks: `{quoted}`; put a comment on its own line"));
        let fix = Fix::guess(Span { file: FileId(0), range }, quoted);
        finding.fix = Some(Box::new(fix));
        true
    }

    /// The characters of a scalar; an error and `None` for anything else.
    pub fn scalar<'n>(&mut self, node: &'n Node, expected: &str) -> Option<&'n str> {
        match &node.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => {
                self.no_scalar(node, expected);
                None
            }
        }
    }

    /// Reports markup in a text that is used as is. Readers would see it; what it points at would not be checked, and
    /// what it hides would be published.
    pub fn refuse_markup(&mut self, text: &str, range: TextRange) {
        let is_citation = |group: &str| group.split_once(']').is_some_and(|(inner, _)| parse_group(inner).is_some());
        let mark = match ["<!--", "[[", "]("].into_iter().find(|mark| text.contains(mark)) {
            Some(mark) => mark,
            None if text.split('[').skip(1).any(is_citation) => "@",
            None => return,
        };
        let field = self.field;
        let message = format!("`{field}` is plain text, so readers would see the `{mark}` in it");
        let help = match mark {
            "<!--" => "remove the comment; put notes that readers must not see in `desk-note`",
            _ => "write plain words; links and citations work in texts such as `summary` or `note`",
        };
        self.error(code::BAD_VALUE, range, message).help = Some(help.to_owned());
    }

    /// Reports that a date in brackets has no quotation marks, which makes it a list or a map.
    fn bracketed_date(&mut self, written: &str, range: TextRange) {
        let plain: String = written.chars().filter(|character| !character.is_whitespace()).collect();
        let (date, help) = match crate::date::parse(&plain) {
            Ok(_) => (Some(plain), None),
            Err(error) => (error.instead, error.help),
        };
        let field = self.field;
        let kind = if written.starts_with('[') { "a list" } else { "a map of fields" };
        let message = format!("`{field}` takes a date such as 2025-03-15, but brackets without quotation marks make {kind}");
        let finding = self.error(code::WRONG_TYPE, range, message);
        finding.help = match &date {
            Some(date) => Some(format!("write `\"{date}\"`")),
            None => help,
        };
        let span = Span { file: FileId(0), range };
        finding.fix = date.map(|date| Box::new(Fix::guess(span, format!("\"{date}\""))));
    }

    /// Reports a required field that is missing.
    pub fn missing_field(&mut self, node: &Node, kind: &str, field: &Field) {
        let range = first_line(node.range, self.text);
        let message = format!("{kind} needs the field `{}`", field.key);
        let help = format!("add `{}:` with {} — {}", field.key, field.takes, field.doc.trim());
        self.error(code::MISSING_FIELD, range, message).help = Some(help);
    }
}

/// What a text is called when it is missing.
const TEXT: &str = "text";

/// The whole of a text that YAML partly read as a comment, and where it is.
fn cut<'t>(node: &Node, text: &'t str) -> Option<(TextRange, &'t str)> {
    let std::ops::Range { start, end } = node.range.bytes();
    let (start, end) = match &node.kind {
        Kind::Scalar { plain: true, text: value } if !value.is_empty() => (start, end),
        Kind::Null => {
            let at = silent(text, start)?;
            (at, at)
        }
        _ => return None,
    };
    // A list may have thousands of texts in one line, so what follows is looked at first, and no further than needed.
    let rest = text.get(end..)?;
    let remark = rest.trim_start_matches([' ', '\t']);
    let is_cut = remark.starts_with('#') && (start == end || remark.len() < rest.len());
    // In TOML, nothing unquoted is text.
    if !is_cut || text[..start].trim_end().ends_with('=') {
        return None;
    }
    let line = rest.split(['\n', '\r']).next()?;
    let range = TextRange::new(start, end + line.trim_end().len());
    Some((range, range.of(text)))
}

/// Where the comment begins that replaces a text, if a word follows the sign directly. Otherwise somebody left the
/// field empty and said why. The parser may place an empty value anywhere up to the next key, `before`.
fn silent(text: &str, before: usize) -> Option<usize> {
    let mut start = text.get(..before)?.rfind('\n').map_or(0, |end| end + 1);
    let mut line = text[start..].split(['\n', '\r']).next()?;
    let says_something = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    if text[start..before].trim().is_empty() {
        // That line belongs to the next key.
        line = "";
        while !says_something(line) {
            let end = start.checked_sub(1)?;
            start = text[..end].rfind('\n').map_or(0, |end| end + 1);
            line = &text[start..end];
        }
    }
    let at = [" #", "\t#"].iter().filter_map(|mark| line.find(mark)).min()? + 1;
    if !line[..at].trim_end().ends_with([':', '-']) {
        return None;
    }
    let word = line[at + 1..].chars().next()?;
    (!word.is_whitespace() && word != '#').then_some(start + at)
}

impl Sink for Decoder<'_> {
    fn lists(&mut self) -> Lists<'_> {
        let References { pointers, citations, addresses, .. } = &mut self.pieces;
        Lists { pointers, citations, addresses, findings: &mut self.diagnostics }
    }
}

/// The part of a range on its first line; an empty range, which a collection has, grows to the end of the line where it
/// begins.
fn first_line(range: TextRange, text: &str) -> TextRange {
    let std::ops::Range { start, end } = range.bytes();
    let Some(rest) = text.get(start..) else {
        return range;
    };
    let line = rest.split(['\n', '\r']).next().unwrap_or("").trim_end().len();
    let end = if end > start { end.min(start + line) } else { start + line };
    TextRange::new(start, end)
}

/// Something that a node can be turned into.
pub trait Decode: Sized {
    /// Its shape, in an author's words.
    const SHAPE: &'static str;

    /// What a missing field means, as an author would write it; `None` if it means nothing.
    const DEFAULT: Option<&'static str> = None;

    /// Whether a field without a value means the same as no such field, unless it is required.
    const MAY_BE_EMPTY: bool = true;

    /// Its shape, as data.
    fn shape() -> Shape;

    /// Decodes `node`; `None` after reporting an error.
    fn decode(node: &Node, d: &mut Decoder) -> Option<Self>;
}

impl<T: Decode> Decode for Option<T> {
    const SHAPE: &'static str = T::SHAPE;

    fn shape() -> Shape {
        T::shape().maybe()
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        if says_nothing::<Self>(node, d) { Some(None) } else { T::decode(node, d).map(Some) }
    }
}

/// In a box, since most records have no such part.
impl<T: Decode> Decode for Box<T> {
    const SHAPE: &'static str = T::SHAPE;
    const DEFAULT: Option<&'static str> = T::DEFAULT;
    const MAY_BE_EMPTY: bool = T::MAY_BE_EMPTY;

    fn shape() -> Shape {
        T::shape()
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        T::decode(node, d).map(Self::new)
    }
}

impl<T: Decode> Decode for Vec<T> {
    const SHAPE: &'static str = "a list";

    fn shape() -> Shape {
        Shape::List(Box::new(T::shape())).maybe()
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        if says_nothing::<Self>(node, d) {
            return Some(Vec::new());
        }
        match &node.kind {
            Kind::Null => None,
            Kind::Seq(items) => Some(items.iter().filter_map(|item| T::decode(item, d)).collect()),
            Kind::Scalar { .. } | Kind::Map(_) => {
                if d.colon_in_text(node, &[]) {
                    return None;
                }
                d.wrong_type(node, "a list");
                let raw = node.range.of(d.text);
                if matches!(node.kind, Kind::Scalar { .. }) && is_entry(raw) {
                    let first = raw.lines().next().unwrap_or_default();
                    let words = first.trim_start_matches(|c: char| !c.is_alphanumeric());
                    d.advise(format!("begin each entry on its own line with a hyphen and a space: `- {words}`"));
                    return None;
                }
                if let (Kind::Scalar { .. }, Some(last), false) = (&node.kind, d.diagnostics.last_mut(), raw.contains('\n'))
                {
                    last.help = Some(format!("write it in brackets: [{raw}]"));
                    let span = Span { file: FileId(0), range: node.range };
                    let fix = Fix { safe: !raw.contains(','), ..Fix::safe(span, format!("[{raw}]")) };
                    last.fix = Some(Box::new(fix));
                }
                None
            }
        }
    }
}

impl Decode for At<String> {
    const SHAPE: &'static str = "text";

    fn shape() -> Shape {
        Shape::Text
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let text = d.scalar(node, TEXT)?;
        d.refuse_markup(text, node.range);
        // This holds words for machines, which never contain `#`.
        if d.field != "type" {
            d.refuse_cut(node);
        }
        Some(Self::new(text.to_owned(), node.range))
    }
}

impl Decode for bool {
    const SHAPE: &'static str = "true or false";
    const DEFAULT: Option<&'static str> = Some("false");

    fn shape() -> Shape {
        Shape::Bool
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, plain: true } if text == "true" => Some(true),
            Kind::Scalar { text, plain: true } if text == "false" => Some(false),
            _ => {
                d.no_truth(node);
                None
            }
        }
    }
}

impl Decode for i32 {
    const SHAPE: &'static str = "a whole number";
    const DEFAULT: Option<&'static str> = Some("0");

    fn shape() -> Shape {
        Shape::Integer
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let number = match &node.kind {
            Kind::Scalar { text, plain: true } => text.parse().ok(),
            _ => None,
        };
        if number.is_none() {
            d.no_whole_number(node);
        }
        number
    }
}

impl Decode for At<Date> {
    const SHAPE: &'static str = "a date in EDTF";

    fn shape() -> Shape {
        Shape::Date
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        if let Kind::Seq(_) | Kind::Map(_) = node.kind
            && let Some((written, range)) = bracketed(node, d.text)
        {
            d.bracketed_date(written, range);
            return None;
        }
        let written = d.scalar(node, "a date such as 2025-03-15")?;
        match crate::date::parse(written) {
            Ok(date) => Some(Self::new(date, node.range)),
            Err(error) => {
                let range = inside(node, written, error.at.clone(), d.text);
                let is_plain = matches!(node.kind, Kind::Scalar { plain: true, .. });
                let finding = d.error(code::BAD_DATE, range, error.message);
                finding.help = error.help.map(|help| if is_plain { with_quotes_named(help) } else { help });
                finding.fix = error.instead.map(|date| {
                    let text = if needs_quotes(&date) { format!("\"{date}\"") } else { date };
                    Box::new(Fix::guess(Span { file: FileId(0), range: node.range }, text))
                });
                None
            }
        }
    }
}

/// Whether YAML would read a date as something else. In EDTF only a date in brackets needs quotes, because it would be
/// a list.
fn needs_quotes(date: &str) -> bool {
    date.starts_with(['[', '{', '%', '?', '-', '.'])
}

/// Help for writing a date; it mentions quotation marks if the date begins with a bracket.
fn with_quotes_named(help: String) -> String {
    if !help.contains("`[") {
        return help;
    }
    let is_all = help.starts_with("write `[") && help.ends_with('`') && help.matches('`').count() == 2;
    help + if is_all { ", in quotation marks" } else { "; a value that begins with a bracket needs quotation marks" }
}

/// A collection in brackets or braces on one line, as written, and where it is.
fn bracketed<'t>(node: &Node, text: &'t str) -> Option<(&'t str, TextRange)> {
    let start = node.range.bytes().start;
    let rest = text.get(start..)?;
    let close = match rest.chars().next()? {
        '[' => ']',
        '{' => '}',
        _ => return None,
    };
    let end = rest.find([close, '\n', '\r']).filter(|end| rest[*end..].starts_with(close))?;
    Some((&rest[..=end], TextRange::new(start, start + end + 1)))
}

/// The range of a part of a scalar, if the file has the scalar exactly as it reads; otherwise the whole scalar's.
pub(super) fn inside(node: &Node, written: &str, part: std::ops::Range<usize>, text: &str) -> TextRange {
    match node.range.of(text).find(written) {
        Some(skip) if part.end > part.start => {
            let start = node.range.bytes().start + skip;
            TextRange::new(start + part.start, start + part.end)
        }
        _ => node.range,
    }
}
