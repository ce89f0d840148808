//! A file that can be edited: its text, and the tree that was parsed from it.

use std::ops::Range;

use super::{Refused, TextEdit, apply, compare};
use crate::base::{At, TextRange};
use crate::syntax::node::{Kind, Node};
use crate::syntax::{front_matter, parse_yaml};

/// Where the YAML is in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The whole file.
    Yaml,
    /// The front matter, between two lines of three hyphens.
    Markdown,
}

/// A step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An item of a list.
    Item(usize),
}

/// A file that can be edited.
#[derive(Debug)]
pub struct Document<'t> {
    pub(super) text: &'t str,
    form: Form,
    /// The range of its YAML.
    pub(super) area: Range<usize>,
    /// The tree of its YAML, with ranges in the whole file.
    pub(super) root: Node,
}

impl<'t> Document<'t> {
    /// Reads a file.
    ///
    /// # Errors
    /// If it can't be parsed: then the effect of a change can't be known.
    pub fn read(text: &'t str, form: Form) -> Result<Self, Refused> {
        let area = match form {
            Form::Yaml => 0..text.len(),
            Form::Markdown => {
                let unclosed = |_| Refused::Unreadable("the front matter is never closed".to_owned());
                let halves = front_matter::split(text).map_err(unclosed)?;
                halves.head.unwrap_or(halves.body.start..halves.body.start)
            }
        };
        let mut root = parse_yaml(&text[area.clone()]).map_err(|fault| Refused::Unreadable(fault.message))?;
        root.relocate(&|range| range.shifted(area.start as u32));
        place_lists(&mut root, text);
        Ok(Self { text, form, area, root })
    }

    /// The tree of the file's YAML.
    #[must_use]
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The value at the end of some steps.
    #[must_use]
    pub fn node(&self, steps: &[Step]) -> Option<&Node> {
        let mut node = &self.root;
        for step in steps {
            node = match (step, &node.kind) {
                (Step::Item(at), Kind::Seq(items)) => items.get(*at)?,
                (Step::Key(name), Kind::Map(entries)) => &entries.iter().find(|(key, _)| key.value == *name)?.1,
                _ => return None,
            };
        }
        Some(node)
    }

    /// The steps to the record with this id or key: a list item, the value of a key in a bibliography, or the whole file.
    #[must_use]
    pub fn record(&self, id: &str) -> Option<Vec<Step>> {
        match &self.root.kind {
            Kind::Seq(items) => {
                let is_it = |item: &Node| field(item, "id").is_some_and(|node| is_text(node, id));
                items.iter().position(is_it).map(|at| vec![Step::Item(at)])
            }
            Kind::Map(entries)
                if entries.iter().any(|(key, value)| key.value == id && matches!(value.kind, Kind::Map(_))) =>
            {
                Some(vec![Step::Key(id.to_owned())])
            }
            Kind::Map(_) | Kind::Null => Some(Vec::new()),
            Kind::Scalar { .. } => None,
        }
    }

    /// Whether it is a Markdown file.
    pub(super) fn is_markdown(&self) -> bool {
        self.form == Form::Markdown
    }

    /// The file's line ending.
    pub(super) fn newline(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// These edits, after a check that they turn the file's tree into `wanted`.
    pub(super) fn tried(&self, edits: Vec<TextEdit>, wanted: &Node, at: usize) -> Result<Vec<TextEdit>, Refused> {
        let line = self.text[..at.min(self.text.len())].matches('\n').count() + 1;
        let new = apply(self.text, &edits);
        let odd = |why| Refused::TooOdd { line, why };
        let changed = Document::read(&new, self.form).map_err(|_| odd("the change would make the file unreadable"))?;
        if compare::is_same(&changed.root, wanted) { Ok(edits) } else { Err(odd("it would change something else as well")) }
    }
}

/// Makes each list on its own lines begin at its first hyphen. If a list isn't indented below its key, the parser reports the
/// start of its first item instead.
fn place_lists(node: &mut Node, text: &str) {
    match &mut node.kind {
        Kind::Null | Kind::Scalar { .. } => {}
        Kind::Seq(items) => items.iter_mut().for_each(|item| place_lists(item, text)),
        Kind::Map(entries) => {
            for (key, value) in entries {
                if let (Kind::Seq(_), Some(at)) = (&value.kind, hyphen_behind(key.range.bytes().end, text)) {
                    value.range = TextRange::new(at, at);
                }
                place_lists(value, text);
            }
        }
    }
}

/// Where the list below a key begins, given the end of the key; `None` if what follows isn't a list.
fn hyphen_behind(key_end: usize, text: &str) -> Option<usize> {
    let mut at = key_end + text[key_end..].find(':')? + 1;
    loop {
        let line = text[at..].split('\n').next().unwrap_or_default();
        let words = line.trim_start_matches([' ', '\t']).trim_end_matches('\r');
        let start = at + (line.len() - line.trim_start_matches([' ', '\t']).len());
        let is_hyphen = words == "-" || words.starts_with("- ") || words.starts_with("-\t");
        // There may be an anchor or tag between the key and the list.
        let is_silent = words.trim_end().is_empty() || words.starts_with(['#', '&', '!']);
        match (is_hyphen, is_silent) {
            (true, _) => return Some(start),
            (false, false) => return None,
            (false, true) => at += line.len() + 1,
        }
        if at >= text.len() {
            return None;
        }
    }
}

/// The value of a key of a map.
pub(super) fn field<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Kind::Map(entries) = &node.kind else { return None };
    entries.iter().find(|(key, _)| key.value == name).map(|(_, value)| value)
}

fn is_text(node: &Node, wanted: &str) -> bool {
    matches!(&node.kind, Kind::Scalar { text, .. } if text == wanted)
}

/// A node with no place in a file yet.
pub(super) fn unplaced(kind: Kind) -> Node {
    Node { kind, range: TextRange::default() }
}

/// A key with no place in a file yet.
pub(super) fn unplaced_key(name: &str) -> At<String> {
    At::new(name.to_owned(), TextRange::default())
}
