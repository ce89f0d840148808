//! New content for a file: texts, lists and maps, and how they are laid out in lines.

use super::scalar::{self, Context, Meaning, Style};
use crate::base::escape::without_forbidden;
use crate::syntax::node::{Kind, Node};

/// A value to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text for readers.
    Text(String),
    /// A date, number, boolean, id or keyword of the format.
    Plain(String),
    /// A list.
    List(Vec<Value>),
    /// Fields.
    Map(Vec<(String, Value)>),
}

/// The longest line that a list or map in brackets may fill.
const LINE: usize = 110;

/// The indentation of one level, in spaces.
pub(super) const STEP: usize = 2;

impl Value {
    /// Text for readers.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A keyword of the format.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    /// A list of keywords of the format, such as ids.
    pub fn plain_list<T: Into<String>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(Self::plain).collect())
    }

    /// The value of a node. What was in quotation marks is text.
    #[must_use]
    pub fn of(node: &Node) -> Option<Self> {
        Some(match &node.kind {
            Kind::Null => return None,
            Kind::Scalar { text, plain: true } => Self::Plain(text.clone()),
            Kind::Scalar { text, plain: false } => Self::Text(text.clone()),
            Kind::Seq(items) => Self::List(items.iter().filter_map(Self::of).collect()),
            Kind::Map(entries) => {
                let field = |(key, value): &(crate::base::At<String>, Node)| Some((key.value.clone(), Self::of(value)?));
                Self::Map(entries.iter().filter_map(field).collect())
            }
        })
    }

    /// Whether a node has this value.
    #[must_use]
    pub fn is(&self, node: &Node) -> bool {
        match (self, &node.kind) {
            (Self::Text(text) | Self::Plain(text), Kind::Scalar { text: have, .. }) => without_forbidden(text) == *have,
            (Self::List(items), Kind::Seq(have)) => {
                items.len() == have.len() && items.iter().zip(have).all(|(item, have)| item.is(have))
            }
            (Self::Map(fields), Kind::Map(have)) => {
                let is_same = |((key, value), (name, have)): (&(String, Self), &(crate::base::At<String>, Node))| {
                    *key == name.value && value.is(have)
                };
                fields.len() == have.len() && fields.iter().zip(have).all(is_same)
            }
            _ => false,
        }
    }

    /// The value on one line; `None` if it reads better on several.
    #[must_use]
    pub(super) fn on_one_line(&self, context: Context, style: Option<Style>, room: usize) -> Option<String> {
        let line = match self {
            Self::Text(text) if text.contains('\n') && context == Context::Block => return None,
            _ => self.in_flow(context, style),
        };
        let is_short = matches!(self, Self::Text(_) | Self::Plain(_)) || line.chars().count() <= room;
        is_short.then_some(line)
    }

    /// The value on one line, however long.
    #[must_use]
    pub(super) fn in_flow(&self, context: Context, style: Option<Style>) -> String {
        match self {
            Self::Text(text) => scalar::inline(text, Meaning::Words, context, style),
            Self::Plain(text) => {
                // A boolean in quotation marks would be text.
                let style = style.filter(|_| !matches!(text.as_str(), "true" | "false"));
                scalar::inline(text, Meaning::Plain, context, style)
            }
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(|item| item.in_flow(Context::Flow, None)).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Map(fields) => {
                let field =
                    |(key, value): &(String, Self)| format!("{}: {}", self::key(key), value.in_flow(Context::Flow, None));
                format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// The value of a key indented by `indent`: the rest of the key's line, and the lines below it.
    #[must_use]
    pub(super) fn behind_key(&self, key_length: usize, indent: usize, style: Option<Style>) -> (String, Vec<String>) {
        let room = LINE.saturating_sub(indent + key_length + 2);
        if let Some(line) = self.on_one_line(Context::Block, style, room) {
            return (format!(" {line}"), Vec::new());
        }
        match self {
            Self::Text(text) | Self::Plain(text) => match scalar::block(text, indent + STEP) {
                Some((head, lines)) => (format!(" {head}"), lines),
                None => (format!(" {}", self.in_flow(Context::Block, Some(Style::Double))), Vec::new()),
            },
            Self::List(items) => (String::new(), items.iter().flat_map(|item| item.as_item(indent + STEP)).collect()),
            Self::Map(fields) => (String::new(), lines_of(fields, indent + STEP)),
        }
    }

    /// The value as an item of a list whose hyphens are indented by `indent`.
    #[must_use]
    pub(super) fn as_item(&self, indent: usize) -> Vec<String> {
        let pad = " ".repeat(indent);
        if let Some(line) = self.on_one_line(Context::Block, None, LINE.saturating_sub(indent + STEP)) {
            return vec![format!("{pad}- {line}")];
        }
        match self {
            Self::Map(fields) => {
                let mut lines = lines_of(fields, indent + STEP);
                lines[0].replace_range(indent..indent + STEP, "- ");
                lines
            }
            Self::List(_) => vec![format!("{pad}- {}", self.in_flow(Context::Block, None))],
            Self::Text(text) | Self::Plain(text) => match scalar::block(text, indent + STEP) {
                Some((head, lines)) => std::iter::once(format!("{pad}- {head}")).chain(lines).collect(),
                None => vec![format!("{pad}- {}", self.in_flow(Context::Block, Some(Style::Double)))],
            },
        }
    }
}

/// A whole file with these fields.
#[must_use]
pub fn yaml(fields: &[(String, Value)]) -> String {
    lines_of(fields, 0).iter().flat_map(|line| [line, "\n"]).collect()
}

/// Fields, one per line, indented by `indent`.
pub(super) fn lines_of(fields: &[(String, Value)], indent: usize) -> Vec<String> {
    let pad = " ".repeat(indent);
    let mut out = Vec::with_capacity(fields.len());
    for (name, value) in fields {
        let name = key(name);
        let (head, lines) = value.behind_key(name.len(), indent, None);
        out.push(format!("{pad}{name}:{head}"));
        out.extend(lines);
    }
    if out.is_empty() {
        out.push(format!("{pad}{{}}"));
    }
    out
}

/// A key, in quotation marks if it needs them.
pub(super) fn key(name: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '+');
    let may_be_plain = name.starts_with(|c: char| c.is_alphanumeric() || c == '_') && name.chars().all(is_word);
    let is_nothing = matches!(name, "null" | "Null" | "NULL");
    if may_be_plain && !is_nothing {
        name.to_owned()
    } else {
        scalar::inline(name, Meaning::Words, Context::Flow, Some(Style::Double))
    }
}
