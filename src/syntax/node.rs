//! The located tree that YAML and TOML both become, so that one decoder serves both.

use crate::base::{At, TextRange};

/// A value and where it is.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub kind: Kind,
    /// Its range. A scalar's covers its text, quotes included; a list's or map's may cover only its first byte, because
    /// YAML says where a collection begins and not where it ends.
    pub range: TextRange,
}

/// What a node is. Scalars keep the text they were written with: a date never becomes a number first.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Nothing: an empty value, `null` or `~`.
    Null,
    /// Text. `plain` is false if it was quoted or a block scalar, and so can't mean a number or a boolean.
    Scalar { text: String, plain: bool },
    /// A list.
    Seq(Vec<Node>),
    /// A map, in the order written.
    Map(Vec<(At<String>, Node)>),
}

impl Node {
    /// What the node is, in an author's words, for messages.
    #[must_use]
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "nothing",
            Kind::Scalar { .. } => "text",
            Kind::Seq(_) => "a list",
            Kind::Map(_) => "a map of fields",
        }
    }

    /// Whether there is no value: nothing at all, or a text of no characters, which tools write for a field that somebody cleared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.kind {
            Kind::Null => true,
            Kind::Scalar { text, plain } => text.is_empty() && !plain,
            Kind::Seq(_) | Kind::Map(_) => false,
        }
    }

    /// Whether it is a map whose fields are all there and all empty, as tools write a group of fields that somebody cleared.
    #[must_use]
    pub fn has_only_empty_fields(&self) -> bool {
        matches!(&self.kind, Kind::Map(entries) if !entries.is_empty() && entries.iter().all(|(_, value)| value.is_empty()))
    }

    /// Replaces every range in the tree.
    pub fn relocate(&mut self, place: &impl Fn(TextRange) -> TextRange) {
        self.range = place(self.range);
        match &mut self.kind {
            Kind::Null | Kind::Scalar { .. } => {}
            Kind::Seq(items) => items.iter_mut().for_each(|item| item.relocate(place)),
            Kind::Map(entries) => {
                for (key, value) in entries {
                    key.range = place(key.range);
                    value.relocate(place);
                }
            }
        }
    }
}
