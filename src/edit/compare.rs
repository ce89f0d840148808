//! Comparing trees, and changing one value in a tree.

use super::document::{Step, unplaced, unplaced_key};
use super::value::Value;
use crate::base::escape::without_forbidden;
use crate::syntax::node::{Kind, Node};

/// Whether two trees are equal, regardless of positions and quotation marks. An empty map equals no value.
pub(super) fn is_same(a: &Node, b: &Node) -> bool {
    let is_empty = |node: &Node| match &node.kind {
        Kind::Null => true,
        Kind::Map(entries) => entries.is_empty(),
        _ => false,
    };
    match (&a.kind, &b.kind) {
        (Kind::Scalar { text: a, plain: is_plain }, Kind::Scalar { text: b, plain: was_plain }) => {
            a == b && (is_plain == was_plain || !matches!(a.as_str(), "true" | "false"))
        }
        (Kind::Seq(a), Kind::Seq(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)),
        (Kind::Map(a), Kind::Map(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((key, a), (name, b))| key.value == name.value && is_same(a, b))
        }
        _ => is_empty(a) && is_empty(b),
    }
}

/// The tree of a value.
pub(super) fn tree(value: &Value) -> Node {
    unplaced(match value {
        Value::Text(text) => Kind::Scalar { text: without_forbidden(text).into_owned(), plain: false },
        Value::Plain(text) => Kind::Scalar { text: without_forbidden(text).into_owned(), plain: true },
        Value::List(items) => Kind::Seq(items.iter().map(tree).collect()),
        Value::Map(fields) => Kind::Map(fields.iter().map(|(key, value)| (unplaced_key(key), tree(value))).collect()),
    })
}

/// A copy of a tree in which `change` was applied to the value at the end of `steps`; unchanged if there is none.
pub(super) fn with(root: &Node, steps: &[Step], change: &dyn Fn(&mut Node)) -> Node {
    fn walk(node: &mut Node, steps: &[Step], change: &dyn Fn(&mut Node)) {
        let Some((step, rest)) = steps.split_first() else { return change(node) };
        match (step, &mut node.kind) {
            (Step::Item(at), Kind::Seq(items)) => {
                if let Some(item) = items.get_mut(*at) {
                    walk(item, rest, change);
                }
            }
            (Step::Key(name), Kind::Map(entries)) => {
                if let Some((_, value)) = entries.iter_mut().find(|(key, _)| key.value == *name) {
                    walk(value, rest, change);
                }
            }
            _ => {}
        }
    }
    let mut root = root.clone();
    walk(&mut root, steps, change);
    root
}
