//! List items: adding, replacing and removing them.

use super::compare::{tree, with};
use super::document::{Document, Step, unplaced};
use super::extent::Written;
use super::scalar::Context;
use super::value::Value;
use super::{Refused, TextEdit};
use crate::syntax::node::{Kind, Node};

impl Document<'_> {
    /// Appends an item to a list, the field `name` of the map at the end of `steps`. If there is no list, it is created; a single
    /// value becomes its first item.
    ///
    /// # Errors
    /// If there is no such map, or the list can't be extended without changing something else.
    pub fn push(&self, steps: &[Step], name: &str, item: &Value, order: &[&str]) -> Result<Vec<TextEdit>, Refused> {
        let list_steps: Vec<Step> = steps.iter().cloned().chain([Step::Key(name.to_owned())]).collect();
        let Some(list) = self.node(&list_steps) else {
            return self.set(steps, name, &Value::List(vec![item.clone()]), order);
        };
        let Kind::Seq(items) = &list.kind else {
            let first = Value::of(list);
            return self.set(steps, name, &Value::List(first.into_iter().chain([item.clone()]).collect()), order);
        };
        let wanted = with(&self.root, &list_steps, &|node| {
            if let Kind::Seq(items) = &mut node.kind {
                items.push(tree(item));
            }
        });
        self.tried(vec![self.pushed(list, items, item)], &wanted, list.range.bytes().start)
    }

    /// The edit that appends an item to an existing list.
    pub(super) fn pushed(&self, list: &Node, items: &[Node], item: &Value) -> TextEdit {
        let newline = self.newline();
        if self.is_in_brackets(list) {
            let text = item.in_flow(Context::Flow, None);
            let close = list.range.bytes().end.saturating_sub(1);
            let inside = self.text[..close].trim_end();
            return match items.last() {
                None => TextEdit::insert(close, text),
                Some(_) if inside.ends_with(',') => TextEdit::insert(inside.len(), format!(" {text}")),
                Some(_) => TextEdit::insert(inside.len(), format!(", {text}")),
            };
        }
        let indent = self.column(list.range.bytes().start);
        let lines = item.as_item(indent);
        let end = items.last().map_or(list.range.bytes().end, |last| self.item_extent(list, items.len() - 1, last).end);
        TextEdit::insert(self.line_end(end), lines.iter().flat_map(|line| [newline, line]).collect::<String>())
    }

    fn is_in_brackets(&self, list: &Node) -> bool {
        self.text[list.range.bytes().start..].starts_with('[')
    }

    /// Replaces an item of a list.
    ///
    /// # Errors
    /// If there is no such item, or it can't be replaced without changing something else.
    pub fn set_item(&self, list_steps: &[Step], at: usize, item: &Value) -> Result<Vec<TextEdit>, Refused> {
        let missing = || Refused::NotThere(format!("item {} in this list", at + 1));
        let list = self.node(list_steps).ok_or_else(missing)?;
        let Kind::Seq(items) = &list.kind else { return Err(missing()) };
        let old = items.get(at).ok_or_else(missing)?;
        let wanted = with(&self.root, list_steps, &|node| {
            if let Kind::Seq(items) = &mut node.kind {
                items[at] = tree(item);
            }
        });
        let edits = if self.is_in_brackets(list) {
            vec![TextEdit::replace(old.range.bytes(), item.in_flow(Context::Flow, None))]
        } else {
            let extent = self.item_extent(list, at, old);
            let indent = self.column(extent.mark_end - 1);
            let mut lines = item.as_item(indent);
            let head = format!(" {}", lines.remove(0).trim_start_matches([' ', '-']));
            if extent.shape == Written::Lines {
                let below: String = lines.iter().flat_map(|line| [self.newline(), line]).collect();
                vec![TextEdit::replace(extent.mark_end..extent.end, head + &below)]
            } else {
                self.rewritten(&extent, &head, &lines)
            }
        };
        self.tried(edits, &wanted, old.range.bytes().start)
    }

    /// Removes an item of the list at the end of `steps`. A list in brackets keeps its brackets when it becomes empty.
    ///
    /// # Errors
    /// If there is no such item, or it can't be removed without changing something else.
    pub fn remove_item(&self, list_steps: &[Step], at: usize) -> Result<Vec<TextEdit>, Refused> {
        let missing = || Refused::NotThere(format!("item {} in this list", at + 1));
        let list = self.node(list_steps).ok_or_else(missing)?;
        let Kind::Seq(items) = &list.kind else { return Err(missing()) };
        let item = items.get(at).ok_or_else(missing)?;
        let is_only = items.len() == 1;
        let in_brackets = self.is_in_brackets(list);
        let wanted = with(&self.root, list_steps, &|node| match &mut node.kind {
            Kind::Seq(items) if !is_only || in_brackets => {
                items.remove(at);
            }
            _ => *node = unplaced(Kind::Null),
        });
        let edit = if in_brackets {
            let start = item.range.bytes().start;
            let end = |item: &Node| item.range.bytes().end;
            TextEdit::delete(match (items.get(at + 1), at.checked_sub(1)) {
                (Some(next), _) => start..next.range.bytes().start,
                (None, Some(before)) => end(&items[before])..end(item),
                (None, None) => start..end(item),
            })
        } else {
            let hyphens = self.hyphens(list);
            let end = self.item_extent(list, at, item).end;
            self.without_lines(hyphens[at], end, hyphens.get(at + 1).copied())
        };
        self.tried(vec![edit], &wanted, item.range.bytes().start)
    }
}
