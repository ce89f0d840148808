//! From the located tree to records, collecting every fault on the way.

use super::Options;
use super::markdown::citation::parse_group;
use super::markdown::{Lists, Sink};
use super::node::{Kind, Node};
use super::pieces::References;
use super::shape::{Field, Lines, Shape};
use super::yaml;
use crate::base::similar::nearest;
use crate::base::{At, FileId, Span, TextRange};
use crate::date::Date;
use crate::diagnostics::{Code, Diagnostic, Fix, Severity, code};

/// What decoding one record needs and gathers. All places are relative to the record's own beginning.
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
}

impl<'a> Decoder<'a> {
    /// A decoder for the record written as `text`.
    #[must_use]
    pub fn new(text: &'a str, options: Options) -> Self {
        Self { text, options, pieces: References::default(), diagnostics: Vec::new(), field: "", lines: Lines::One }
    }

    /// Notes an error at `range`, and hands it back for a help line.
    pub fn error(&mut self, code: Code, range: TextRange, message: impl Into<String>) -> &mut Diagnostic {
        // The file is filled in when the record is placed in it (`Diagnostic::relocate`).
        self.diagnostics.push(Diagnostic::error(code, Span { file: FileId(0), range }, message));
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    /// Notes a warning at `range`, and hands it back for a help line.
    pub fn warn(&mut self, code: Code, range: TextRange, message: impl Into<String>) -> &mut Diagnostic {
        let found = self.error(code, range, message);
        found.severity = Severity::Warning;
        found
    }

    /// Notes every text of a record that holds by an escape what no page can hold.
    pub fn refuse_escapes(&mut self, node: &Node) {
        let mut found = Vec::new();
        yaml::escapes(node, self.text, &mut found);
        for (range, c) in found {
            let message = format!("this text holds the character U+{:04X}, which no page can hold", c as u32);
            self.error(code::BAD_CHARACTER, range, message).help = Some("take out the escape that stands for it".to_owned());
        }
    }

    /// Notes that `node` has another shape than its field.
    pub fn wrong_type(&mut self, node: &Node, expected: &str) {
        let field = self.field;
        let range = first_line(node.range, self.text);
        self.error(code::WRONG_TYPE, range, format!("`{field}` takes {expected}, and this is {}", node.describe()));
    }

    /// The characters of a scalar; an error and `None` for anything else.
    pub fn scalar<'n>(&mut self, node: &'n Node, expected: &str) -> Option<&'n str> {
        match &node.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => {
                self.wrong_type(node, expected);
                None
            }
        }
    }

    /// Notes marks in a text that is taken as it is. Readers would see them; what they point at would not be checked, and what
    /// they hide would be published.
    pub fn refuse_markup(&mut self, text: &str, range: TextRange) {
        let is_citation = |group: &str| group.split_once(']').is_some_and(|(inner, _)| parse_group(inner).is_some());
        let mark = match ["<!--", "[[", "]("].into_iter().find(|mark| text.contains(mark)) {
            Some(mark) => mark,
            None if text.split('[').skip(1).any(is_citation) => "@",
            None => return,
        };
        let field = self.field;
        let message = format!("`{field}` is taken as it is, and readers would see the `{mark}` in it");
        let help = match mark {
            "<!--" => "take the comment out; a `desk-note` is for remarks that nobody is to see",
            _ => "write plain words; links and citations work in texts such as `summary` or `note`",
        };
        self.error(code::BAD_VALUE, range, message).help = Some(help.to_owned());
    }

    /// Notes that a date in brackets stands without quotation marks, which makes it a list or a map.
    fn bracketed_date(&mut self, written: &str, range: TextRange) {
        let plain: String = written.chars().filter(|character| !character.is_whitespace()).collect();
        let (date, help) = match crate::date::parse(&plain) {
            Ok(_) => (Some(plain), None),
            Err(error) => (error.instead, error.help),
        };
        let field = self.field;
        let kind = if written.starts_with('[') { "a list" } else { "a map of fields" };
        let message = format!("`{field}` takes a date such as 2025-03-15, and brackets without quotation marks make {kind}");
        let finding = self.error(code::WRONG_TYPE, range, message);
        finding.help = match &date {
            Some(date) => Some(format!("write `\"{date}\"`")),
            None => help,
        };
        let span = Span { file: FileId(0), range };
        finding.fix = date.map(|date| Box::new(Fix::guess(span, format!("\"{date}\""))));
    }

    /// Notes a key that the format does not have.
    pub fn unknown_field(&mut self, key: &At<String>, kind: &str, known: &[&[Field]]) {
        let keys = || known.iter().flat_map(|fields| fields.iter()).map(|field| field.key);
        let message = format!("{kind} has no field `{}`", key.value);
        match nearest(&key.value, keys()) {
            Some(near) => self.error(code::UNKNOWN_FIELD, key.range, message).did_you_mean(near),
            None => {
                let help = format!("{kind} has: {}", keys().collect::<Vec<_>>().join(", "));
                self.error(code::UNKNOWN_FIELD, key.range, message).help = Some(help);
            }
        }
    }

    /// Notes a field that must be there and isn't.
    pub fn missing_field(&mut self, node: &Node, kind: &str, field: &Field) {
        let range = first_line(node.range, self.text);
        let message = format!("{kind} needs the field `{}`", field.key);
        let help = format!("add `{}:` with {} — {}", field.key, field.takes, field.doc.trim());
        self.error(code::MISSING_FIELD, range, message).help = Some(help);
    }
}

impl Sink for Decoder<'_> {
    fn lists(&mut self) -> Lists<'_> {
        let References { pointers, citations, addresses, .. } = &mut self.pieces;
        Lists { pointers, citations, addresses, findings: &mut self.diagnostics }
    }
}

/// The part of a range on its first line; a collection's empty range grows to the end of the line where it begins.
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

    /// What stands for a field that is absent, as an author would write it; `None` if that is nothing.
    const DEFAULT: Option<&'static str> = None;

    /// Its shape, as data.
    fn shape() -> Shape;

    /// Decodes `node`; `None` after an error was noted.
    fn decode(node: &Node, d: &mut Decoder) -> Option<Self>;
}

impl<T: Decode> Decode for Option<T> {
    const SHAPE: &'static str = T::SHAPE;

    fn shape() -> Shape {
        T::shape().maybe()
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        match node.kind {
            Kind::Null => Some(None),
            _ => T::decode(node, d).map(Some),
        }
    }
}

impl<T: Decode> Decode for Vec<T> {
    const SHAPE: &'static str = "a list";

    fn shape() -> Shape {
        Shape::List(Box::new(T::shape())).maybe()
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        match &node.kind {
            Kind::Null => Some(Vec::new()),
            Kind::Seq(items) => Some(items.iter().filter_map(|item| T::decode(item, d)).collect()),
            Kind::Scalar { .. } | Kind::Map(_) => {
                d.wrong_type(node, "a list");
                let raw = node.range.of(d.text);
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
        let text = d.scalar(node, "text")?;
        d.refuse_markup(text, node.range);
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
                d.wrong_type(node, "true or false, without quotes");
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
            d.wrong_type(node, "a whole number");
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

/// Whether YAML would take a date for something else. In EDTF no spelling needs quotes but one in brackets, which is a list.
fn needs_quotes(date: &str) -> bool {
    date.starts_with(['[', '{', '%', '?', '-', '.'])
}

/// Help to write a date, with what YAML wants if that begins with a bracket.
fn with_quotes_named(help: String) -> String {
    if !help.contains("`[") {
        return help;
    }
    let is_all = help.starts_with("write `[") && help.ends_with('`') && help.matches('`').count() == 2;
    help + if is_all { ", in quotation marks" } else { "; what begins with a bracket needs quotation marks" }
}

/// A collection in brackets or braces on one line, as it is written, and where.
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

/// The place of a part of a scalar, if the scalar stands in the file as it reads; otherwise the whole scalar's.
pub(super) fn inside(node: &Node, written: &str, part: std::ops::Range<usize>, text: &str) -> TextRange {
    match node.range.of(text).find(written) {
        Some(skip) if part.end > part.start => {
            let start = node.range.bytes().start + skip;
            TextRange::new(start + part.start, start + part.end)
        }
        _ => node.range,
    }
}
