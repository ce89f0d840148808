//! A file that can be changed: its text, what it says, and where.

use std::ops::Range;

use super::{Refused, TextEdit, apply, compare};
use crate::base::{At, TextRange};
use crate::syntax::node::{Kind, Node};
use crate::syntax::{front_matter, parse_yaml};

/// Where a file has its YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// All of it is.
    Yaml,
    /// Between two lines of three hyphens, at its head.
    Markdown,
}

/// A step from a value to one in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// What stands behind a key.
    Key(String),
    /// An item of a list.
    Item(usize),
}

/// A file that can be changed.
#[derive(Debug)]
pub struct Document<'t> {
    pub(super) text: &'t str,
    form: Form,
    /// Where its YAML stands.
    pub(super) area: Range<usize>,
    /// What that says, with places in the whole file.
    pub(super) root: Node,
}

impl<'t> Document<'t> {
    /// Reads a file.
    ///
    /// # Errors
    /// If it can't be read: nobody knows then what a change would do.
    pub fn read(text: &'t str, form: Form) -> Result<Self, Refused> {
        let area = match form {
            Form::Yaml => 0..text.len(),
            Form::Markdown => {
                let unclosed = |_| Refused::Unreadable("the front matter has no end".to_owned());
                let halves = front_matter::split(text).map_err(unclosed)?;
                halves.head.unwrap_or(halves.body.start..halves.body.start)
            }
        };
        let mut root = parse_yaml(&text[area.clone()]).map_err(|fault| Refused::Unreadable(fault.message))?;
        root.relocate(&|range| range.shifted(area.start as u32));
        place_lists(&mut root, text);
        Ok(Self { text, form, area, root })
    }

    /// What the file says.
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

    /// The steps to the record that has this id or key: an item of a list, the value of a bibliography's key, or the file itself.
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

    /// What ends the file's lines.
    pub(super) fn newline(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// Edits that make the file say `wanted`, if they do.
    pub(super) fn tried(&self, edits: Vec<TextEdit>, wanted: &Node, at: usize) -> Result<Vec<TextEdit>, Refused> {
        let line = self.text[..at.min(self.text.len())].matches('\n').count() + 1;
        let new = apply(self.text, &edits);
        let odd = |why| Refused::TooOdd { line, why };
        let changed = Document::read(&new, self.form).map_err(|_| odd("the file could not be read afterwards"))?;
        if compare::is_same(&changed.root, wanted) {
            Ok(edits)
        } else {
            Err(odd("the file would say something else as well"))
        }
    }
}

/// Lets each list that stands on lines of its own begin at its first hyphen. Of one that stands no further in than its key, the
/// parser says where its first item begins.
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

/// Where a list begins on a line below the key that ends at a byte; `None` if something else does.
fn hyphen_behind(key_end: usize, text: &str) -> Option<usize> {
    let mut at = key_end + text[key_end..].find(':')? + 1;
    loop {
        let line = text[at..].split('\n').next().unwrap_or_default();
        let words = line.trim_start_matches([' ', '\t']).trim_end_matches('\r');
        let start = at + (line.len() - line.trim_start_matches([' ', '\t']).len());
        let is_hyphen = words == "-" || words.starts_with("- ") || words.starts_with("-\t");
        // An anchor or tag may stand between the key and the list.
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

/// A node that stands nowhere yet.
pub(super) fn unplaced(kind: Kind) -> Node {
    Node { kind, range: TextRange::default() }
}

/// A key that stands nowhere yet.
pub(super) fn unplaced_key(name: &str) -> At<String> {
    At::new(name.to_owned(), TextRange::default())
}
