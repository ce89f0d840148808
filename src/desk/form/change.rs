//! Writing what a form says into a file, with as little change as possible: a list keeps the items that stayed, and an item the
//! fields that stayed.

use super::meant::Meant;
use crate::edit::{Document, Form, Refused, Step, TextEdit, Value, apply};
use crate::syntax::node::{Kind, Node};

/// A file's text between two changes.
pub(super) struct Working {
    pub(super) text: String,
    form: Form,
}

impl Working {
    pub(super) fn new(text: &str, form: Form) -> Self {
        Self { text: text.to_owned(), form }
    }

    /// Makes one change, and returns whether there was anything to do.
    fn step(&mut self, change: impl FnOnce(&Document<'_>) -> Result<Vec<TextEdit>, Refused>) -> Result<(), Refused> {
        let edits = change(&Document::read(&self.text, self.form)?)?;
        if !edits.is_empty() {
            self.text = apply(&self.text, &edits);
        }
        Ok(())
    }

    /// The value at the end of some steps.
    fn node(&self, steps: &[Step]) -> Result<Option<Node>, Refused> {
        Ok(Document::read(&self.text, self.form)?.node(steps).cloned())
    }

    /// Gives a field of the map at the end of `steps` its new value, or removes it. `order` has the keys in the format's order.
    pub(super) fn settle(
        &mut self,
        steps: &[Step],
        key: &str,
        meant: Option<&Meant>,
        order: &[&str],
    ) -> Result<(), Refused> {
        let here = joined(steps, Step::Key(key.to_owned()));
        let old = self.node(&here)?;
        let Some(meant) = meant else {
            return if old.is_some() { self.step(|document| document.remove(steps, key)) } else { Ok(()) };
        };
        let before = self.text.clone();
        let finely = match (&old.as_ref().map(|old| &old.kind), meant) {
            (Some(Kind::Map(_)), Meant::Fields(fields, _)) => self.settle_fields(&here, fields),
            (Some(Kind::Seq(items)), Meant::List(new, _)) if follows(new, items.len()) => {
                self.settle_items(steps, key, items.len(), new, order)
            }
            _ => self.step(|document| document.set(steps, key, &as_before(meant, old.as_ref()), order)),
        };
        finely.or_else(|_| {
            // As a whole, then: what can't be changed on its own may still be replaced.
            self.text = before;
            self.step(|document| document.set(steps, key, &meant.value(), order))
        })
    }

    fn settle_fields(&mut self, here: &[Step], fields: &[(String, Meant)]) -> Result<(), Refused> {
        let order: Vec<&str> = fields.iter().map(|(key, _)| key.as_str()).collect();
        if let Some(Node { kind: Kind::Map(entries), .. }) = self.node(here)? {
            // New fields come first, because a map can't lose its last one.
            for (key, meant) in fields {
                self.settle(here, key, Some(meant), &order)?;
            }
            for (key, _) in entries.iter().filter(|(key, _)| !order.contains(&key.value.as_str())) {
                self.settle(here, &key.value, None, &order)?;
            }
        }
        Ok(())
    }

    /// Changes the items of a list that stay, takes out those that don't, and adds new ones at its end.
    fn settle_items(
        &mut self,
        steps: &[Step],
        key: &str,
        count: usize,
        new: &[(Option<usize>, Meant)],
        order: &[&str],
    ) -> Result<(), Refused> {
        let list = joined(steps, Step::Key(key.to_owned()));
        for (was, meant) in new.iter().filter_map(|(was, meant)| Some(((*was)?, meant))) {
            let item = joined(&list, Step::Item(was));
            let old = self.node(&item)?;
            match (&old.as_ref().map(|old| &old.kind), meant) {
                (Some(Kind::Map(_)), Meant::Fields(fields, _)) => self.settle_fields(&item, fields)?,
                (Some(_), _) => {
                    let value = as_before(meant, old.as_ref());
                    if !old.as_ref().is_some_and(|old| value.is(old)) {
                        self.step(|document| document.set_item(&list, was, &value))?;
                    }
                }
                (None, _) => {}
            }
        }
        // First what is added: a list that isn't in brackets can't lose its last item.
        for (_, meant) in new.iter().filter(|(was, _)| was.is_none()) {
            self.step(|document| document.push(steps, key, &meant.value(), order))?;
        }
        for at in (0..count).rev().filter(|at| !new.iter().any(|(was, _)| *was == Some(*at))) {
            self.step(|document| document.remove_item(&list, at))?;
        }
        Ok(())
    }
}

fn joined(steps: &[Step], last: Step) -> Vec<Step> {
    steps.iter().cloned().chain([last]).collect()
}

/// Whether the items that stay are in the order of the file, and new ones come after them.
fn follows(new: &[(Option<usize>, Meant)], count: usize) -> bool {
    let kept: Vec<usize> = new.iter().map_while(|(was, _)| *was).collect();
    let is_rising = kept.windows(2).all(|two| two[0] < two[1]) && kept.last().is_none_or(|last| *last < count);
    is_rising && new[kept.len()..].iter().all(|(was, _)| was.is_none())
}

/// The value to write in place of another: a text below `|` keeps the line break at its end, and so its form.
fn as_before(meant: &Meant, old: Option<&Node>) -> Value {
    match (meant.value(), old.map(|old| &old.kind)) {
        (Value::Text(text), Some(Kind::Scalar { text: old, .. })) if old.ends_with('\n') => Value::Text(text + "\n"),
        (value, _) => value,
    }
}
