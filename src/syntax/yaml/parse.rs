//! Parses YAML into the located tree. The only user of the YAML crate.
//!
//! The tree is built from the crate's parser events, which have the byte range of every node. Deserializing through
//! serde would stop at a file's first fault, lose places inside untagged enums, and take three times as long.

use std::collections::{BTreeMap, HashSet};

use serde_yaml::granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, Span};

use super::explain::{self, Mistake};
use super::filled::Filled;
use crate::base::{At, Map, TextRange};
use crate::syntax::node::{Kind, Node};

/// Why a text isn't YAML that we accept.
#[derive(Debug)]
pub struct Fault {
    /// Where; `None` if the parser can't tell.
    pub range: Option<TextRange>,
    /// What is wrong, as a clause.
    pub message: String,
    /// What to type instead, if the mistake is known.
    pub help: Option<String>,
}

impl From<Mistake> for Fault {
    fn from(mistake: Mistake) -> Self {
        Self { range: Some(mistake.range), message: mistake.message, help: Some(mistake.help) }
    }
}

/// The deepest nesting allowed in a record. The format itself needs six levels.
const MAX_DEPTH: usize = 24;

/// Parses one YAML document. Ranges are bytes of `text`. An empty text gives a null node.
///
/// # Errors
/// Anything that the YAML specification forbids, a second document, a key given twice in one map, nesting deeper than
/// 24, and aliases that expand to more than the text could have said without them. Also anything that YAML would
/// silently drop as its own: a text that begins with `!`, or with an `&` that nothing refers to.
pub fn parse(text: &str) -> Result<Node, Fault> {
    let mut options = Options::default();
    options.block_nesting_limit = MAX_DEPTH + 8;
    options.flow_nesting_limit = MAX_DEPTH + 8;
    // The mark says nothing, and would count as a character of the first line.
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let filled = Filled::of(&text[start..]);
    let mut parser = Parser::new_from_str_with_options(&filled.text, options);
    // No honest text has more nodes than bytes, so its own length is the budget: 30,000 records are fine, a bomb isn't.
    let mut build = Build {
        text,
        filled: &filled,
        start,
        open: Vec::new(),
        root: None,
        anchors: Map::default(),
        named: BTreeMap::new(),
        budget: text.len().max(1_000),
        copies: text.len().max(COPIES),
    };
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| build.scan_fault(&error))?;
        build.take(event, span)?;
    }
    if let Some((_, at)) = build.named.first_key_value() {
        return Err(explain::special(text, *at).into());
    }
    Ok(build.root.unwrap_or(Node { kind: Kind::Null, range: TextRange::default() }))
}

/// Why lines that are valid YAML aren't a record.
pub fn not_a_record(text: &str, node: &Node) -> Fault {
    let line = text.lines().next().unwrap_or_default().trim_end().len();
    explain::glued_key(text).map_or_else(
        || Fault {
            range: Some(TextRange::new(0, line)),
            message: format!("this is {} where a key should be", node.describe()),
            help: Some(
                "write a key, a colon, a space and the value, such as `title: Words`; indent a line that continues \
                 the one above"
                    .to_owned(),
            ),
        },
        Fault::from,
    )
}

/// What is wrong with words that were meant as a record, if a space is missing after the colon of their first key.
pub fn glued(text: &str) -> Option<Fault> {
    explain::glued_key(text).map(Fault::from)
}

/// A collection that is not closed yet.
struct Open {
    start: u32,
    anchor: usize,
    items: Items,
}

enum Items {
    Seq(Vec<Node>),
    Map { entries: Vec<(At<String>, Node)>, key: Option<At<String>>, many: HashSet<String> },
}

struct Build<'a> {
    text: &'a str,
    /// The text being parsed.
    filled: &'a Filled<'a>,
    /// Where the parser's offsets begin to count.
    start: usize,
    open: Vec<Open>,
    root: Option<Node>,
    /// Finished nodes that have an anchor, by its number.
    anchors: Map<usize, Node>,
    /// Anchors of plain texts that nothing has referred to yet, and where they are.
    named: BTreeMap<usize, usize>,
    /// How many more nodes may be made.
    budget: usize,
    /// How many more bytes of text may be copied for anchors and aliases.
    copies: usize,
}

/// The bytes that aliases may expand to in a file that is shorter than that: enough for any text that is shared, and
/// too few to fill a machine.
const COPIES: usize = 4 << 20;

impl Build<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        let range = self.range(span);
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                if style == ScalarStyle::Plain && (tag.is_some() || anchor != 0) {
                    // The mark is just before the text; what comes before that may be long.
                    let before = &self.text[..range.bytes().start];
                    let mark = |mark: char| before.rfind([mark, '\n']).filter(|at| before[*at..].starts_with(mark));
                    if tag.is_some()
                        && let Some(at) = mark('!')
                    {
                        return Err(explain::special(self.text, at).into());
                    }
                    if anchor != 0
                        && let Some(at) = mark('&')
                    {
                        self.named.insert(anchor, at);
                    }
                }
                let node = self.scalar(&value, style, range);
                self.add(node, anchor)
            }
            Event::SequenceStart(_, anchor, _) => self.begin(range, anchor, Items::Seq(Vec::new())),
            Event::MappingStart(_, anchor, _) => {
                self.begin(range, anchor, Items::Map { entries: Vec::new(), key: None, many: HashSet::new() })
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(open) => {
                    let kind = match open.items {
                        Items::Seq(items) => Kind::Seq(items),
                        Items::Map { entries, .. } => Kind::Map(entries),
                    };
                    // A block collection ends where the next thing begins; only its first line is worth pointing at.
                    let end = if range.end > range.start { range.end } else { open.start };
                    self.add(Node { kind, range: TextRange { start: open.start, end } }, open.anchor)
                }
                None => Ok(()),
            },
            Event::Alias(id) => {
                let Some(known) = self.anchors.get(&id) else {
                    return Err(fault(range, "an alias that refers to itself"));
                };
                let size = size(known);
                self.spend(size.nodes, range)?;
                self.copy(size.bytes, range)?;
                self.named.remove(&id);
                let Some(mut node) = self.anchors.get(&id).cloned() else { return Ok(()) };
                // If there is anything wrong with it, that is reported where it is used.
                node.relocate(&|_| range);
                self.add(node, 0)
            }
            Event::DocumentStart(..) if self.root.is_some() => Err(second_document(range)),
            _ => Ok(()),
        }
    }

    fn begin(&mut self, range: TextRange, anchor: usize, items: Items) -> Result<(), Fault> {
        if self.open.len() >= MAX_DEPTH {
            return Err(fault(range, &too_deep()));
        }
        if let Some(Open { items: Items::Map { key: None, .. }, .. }) = self.open.last() {
            return Err(fault(range, "a list or map can't be a key"));
        }
        self.open.push(Open { start: range.start, anchor, items });
        Ok(())
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Fault> {
        self.spend(1, node.range)?;
        if anchor != 0 {
            self.copy(size(&node).bytes, node.range)?;
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.items) {
            None => self.root = Some(node),
            Some(Items::Seq(items)) => items.push(node),
            Some(Items::Map { entries, key, many }) => match key.take() {
                Some(name) => entries.push((name, node)),
                None => {
                    let name = match node.kind {
                        Kind::Scalar { text, .. } => text,
                        _ => "null".to_owned(),
                    };
                    if is_known(&name, entries, many) {
                        return Err(twice(&name, node.range, self.text));
                    }
                    *key = Some(At::new(name, node.range));
                }
            },
        }
        Ok(())
    }

    fn spend(&mut self, nodes: usize, range: TextRange) -> Result<(), Fault> {
        match self.budget.checked_sub(nodes) {
            Some(rest) => {
                self.budget = rest;
                Ok(())
            }
            None => Err(too_much(range)),
        }
    }

    fn copy(&mut self, bytes: usize, range: TextRange) -> Result<(), Fault> {
        self.copies = self.copies.checked_sub(bytes).ok_or_else(|| too_much(range))?;
        Ok(())
    }

    fn scalar(&self, value: &str, style: ScalarStyle, range: TextRange) -> Node {
        let plain = style == ScalarStyle::Plain;
        if plain && matches!(value, "" | "~" | "null" | "Null" | "NULL") {
            return Node { kind: Kind::Null, range };
        }
        let range = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => self.block_content(range),
            _ => range,
        };
        Node { kind: Kind::Scalar { text: self.filled.clean(value), plain }, range }
    }

    /// The range of a block scalar's text: after its mark, without the blanks at both ends.
    fn block_content(&self, range: TextRange) -> TextRange {
        let raw = range.of(self.text);
        let skip = if raw.starts_with(['|', '>']) { raw.find('\n').unwrap_or(0) } else { 0 };
        let content = raw[skip..].trim_end();
        let blank = content.len() - content.trim_start().len();
        let start = range.bytes().start + skip + blank;
        TextRange::new(start, start + content.len() - blank)
    }

    fn range(&self, span: Span) -> TextRange {
        // A parser over a string knows the byte position of everything.
        let byte = |marker: Option<usize>| (self.filled.place(marker.unwrap_or(0)) + self.start).min(self.text.len());
        let start = byte(span.start.byte_offset());
        TextRange::new(start, byte(span.end.byte_offset()).max(start))
    }

    fn scan_fault(&self, error: &ScanError) -> Fault {
        let at = error.marker().byte_offset().map(|at| (self.filled.place(at) + self.start).min(self.text.len()));
        let message = error.info();
        let range = at.map(|at| TextRange::new(at, at));
        if message.contains("nest") || message.contains("recursion") {
            return Fault { range, message: format!("not valid YAML: {}", too_deep()), help: None };
        }
        // Tabs are reported where the text before them ends.
        let gave_up = at.filter(|_| !message.contains("tab")).unwrap_or(self.text.len());
        if let Some(mistake) = explain::find(self.text, gave_up) {
            return mistake.into();
        }
        if let Some(at) = at.filter(|_| message.contains("unknown anchor")) {
            return explain::special(self.text, at).into();
        }
        if message.contains("comment") {
            let message = "YAML reads everything after this `#` as a comment, but it is in the middle of a value".to_owned();
            let help = "put the text that contains the `#` in quotation marks; put a comment on its own line".to_owned();
            return Fault { range, message, help: Some(help) };
        }
        let message = format!("not valid YAML: {}", message.trim().trim_end_matches('.'));
        let help = "check this line and the one above it; put a text with special characters in quotation marks";
        Fault { range, message, help: Some(help.to_owned()) }
    }
}

/// Whether a map has a key already. A record's few keys are scanned; a bibliography's thousands go into a set.
fn is_known(name: &str, entries: &[(At<String>, Node)], many: &mut HashSet<String>) -> bool {
    if entries.len() < 64 {
        return entries.iter().any(|(known, _)| known.value == name);
    }
    if many.is_empty() {
        many.extend(entries.iter().map(|(known, _)| known.value.clone()));
    }
    !many.insert(name.to_owned())
}

/// Reports that a key appears twice. If it is an id, usually a new record begins there.
fn twice(name: &str, range: TextRange, text: &str) -> Fault {
    let help = match text.get(range.bytes().start..).and_then(|rest| rest.lines().next()) {
        Some(line) if name == "id" => format!("begin a new record with a hyphen: `- {}`", line.trim_end()),
        _ => "keep one of the two; to give several values, put them in brackets after one key".to_owned(),
    };
    Fault { range: Some(range), message: format!("the key `{name}` appears twice in one map"), help: Some(help) }
}

fn second_document(range: TextRange) -> Fault {
    let help = "remove the line `---`: all records of a file go in one list".to_owned();
    Fault { help: Some(help), ..fault(range, "a second document in one file") }
}

fn fault(range: TextRange, message: &str) -> Fault {
    Fault { range: Some(range), message: format!("not valid YAML: {message}"), help: None }
}

fn too_much(range: TextRange) -> Fault {
    let help = "write the text where it is needed, or put it in its own record and point at that".to_owned();
    Fault { help: Some(help), ..fault(range, "aliases that expand to more than this file may contain") }
}

fn too_deep() -> String {
    format!("nested deeper than {MAX_DEPTH} levels")
}

/// The size of a tree.
#[derive(Clone, Copy)]
struct Size {
    nodes: usize,
    bytes: usize,
}

/// The size of a tree. Trees are no deeper than [`MAX_DEPTH`].
fn size(node: &Node) -> Size {
    let sum = |a: Size, b: Size| Size { nodes: a.nodes + b.nodes, bytes: a.bytes + b.bytes };
    let own = |bytes: usize| Size { nodes: 1, bytes };
    match &node.kind {
        Kind::Null => own(0),
        Kind::Scalar { text, .. } => own(text.len()),
        Kind::Seq(items) => items.iter().map(size).fold(own(0), sum),
        Kind::Map(entries) => entries.iter().map(|(key, value)| sum(own(key.value.len()), size(value))).fold(own(0), sum),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(String, String)> {
        fn walk(node: &Node, text: &str, path: &str, out: &mut Vec<(String, String)>) {
            match &node.kind {
                Kind::Null => out.push((path.into(), "null".into())),
                Kind::Scalar { text: value, plain } => {
                    out.push((path.into(), format!("{value}|{plain}|{}", node.range.of(text))));
                }
                Kind::Seq(items) => {
                    for (index, item) in items.iter().enumerate() {
                        walk(item, text, &format!("{path}[{index}]"), out);
                    }
                }
                Kind::Map(entries) => {
                    for (key, value) in entries {
                        assert!(key.range.of(text).contains(&key.value), "{key:?}");
                        walk(value, text, &format!("{path}.{}", key.value), out);
                    }
                }
            }
        }
        let mut out = Vec::new();
        walk(&parse(text).unwrap(), text, "", &mut out);
        out
    }

    #[test]
    fn keeps_the_text_and_the_place_of_every_scalar() {
        let text = "\u{feff}- id: é\r\n  date: 2025-04-10\r\n  n: 2025\r\n  yes: true\r\n  q: \"a \\\"b\\\"\"\r\n  list: [x, 'y']\r\n  none:\r\n  long: >-\r\n    one\r\n    two\r\n";
        let got = shown(text);
        let find = |key: &str| got.iter().find(|(path, _)| path == key).map(|(_, v)| v.as_str());
        assert_eq!(find("[0].id"), Some("é|true|é"));
        assert_eq!(find("[0].date"), Some("2025-04-10|true|2025-04-10"));
        assert_eq!(find("[0].n"), Some("2025|true|2025"));
        assert_eq!(find("[0].yes"), Some("true|true|true"));
        assert_eq!(find("[0].q"), Some("a \"b\"|false|\"a \\\"b\\\"\""));
        assert_eq!(find("[0].list[1]"), Some("y|false|'y'"));
        assert_eq!(find("[0].none"), Some("null"));
        assert!(find("[0].long").unwrap().starts_with("one two|"), "{got:?}");
    }

    #[test]
    fn bombs_and_towers_end_in_an_error() {
        let mut bomb = String::from("a: &a [x,x,x,x,x,x,x,x,x]\n");
        for (name, before) in "bcdefghij".chars().zip("abcdefghi".chars()) {
            bomb.push_str(&format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(",")));
        }
        assert!(parse(&bomb).is_err());
        assert!(parse(&"[".repeat(5000)).is_err());
        assert!(parse(&"- ".repeat(5000)).is_err());
        let nested: String = (0..5000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        assert!(parse(&nested).is_err());
    }

    #[test]
    fn aliases_count_by_the_bytes_that_they_stand_for() {
        let bomb = format!("a: &a \"{}\"\nb: [{}]\n", "x".repeat(300_000), vec!["*a"; 5_000].join(","));
        let fault = parse(&bomb).unwrap_err();
        assert!(fault.message.contains("aliases that expand"), "{fault:?}");
        assert_eq!(fault.range.unwrap().of(&bomb), "*a");
        // Anchors that nothing refers to are copies too, one inside the other.
        let nested = format!("{}\"{}\"{}", "&a [".repeat(20), "x".repeat(1_000_000), "]".repeat(20));
        assert!(parse(&nested).is_err());
        let honest = format!("a: &a \"{}\"\nb: [{}]\n", "x".repeat(2_000), vec!["*a"; 1_000].join(","));
        assert!(parse(&honest).is_ok());
    }

    #[test]
    fn a_fault_has_a_place() {
        assert_eq!(parse("é: 1\nb: [1, 2\nc: 3\n").unwrap_err().range.unwrap().of("é: 1\nb: [1, 2\nc: 3\n"), "[");
        let fault = parse("a: 1\nb: [1, 2\nc: 3\n").unwrap_err();
        assert!(fault.range.is_some(), "{fault:?}");
        let fault = parse("a: 1\na: 2\n").unwrap_err();
        assert!(fault.message.contains("twice"), "{fault:?}");
    }
}
