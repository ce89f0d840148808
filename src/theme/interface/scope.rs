//! What names mean at a place in a template: Tera's scopes.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::shape::Shape;

/// A word in a template: the template's number, and the word's first byte.
pub(super) type Place = (usize, usize);

/// What is known about a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    Known(Shape),
    /// It is undefined. That is an error if it must be defined; this is the word to blame.
    Undefined(Place),
    /// Nobody will ever see it: it is nothing, or the result of an error, or in a branch that asked whether it is
    /// defined.
    Void,
}

impl Value {
    pub(super) const ANY: Self = Self::Known(Shape::Any);

    /// One or the other.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Known(one), Self::Known(other)) => Self::Known(one.or(other)),
            (known @ Self::Known(_), _) | (_, known @ Self::Known(_)) => known,
            (Self::Void, other) | (other, Self::Void) => other,
            (one @ Self::Undefined(_), Self::Undefined(_)) => one,
        }
    }
}

/// Names and what they mean.
pub(super) type Names = BTreeMap<String, Value>;

/// All names at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Scope {
    /// What comes from outside.
    given: Rc<Names>,
    /// What the template set, and then what each loop set, the innermost last.
    frames: Vec<Names>,
    /// Names that a condition asked about, whether they are defined.
    guarded: Vec<String>,
}

impl Scope {
    pub(super) fn of(given: Names) -> Self {
        Self { given: Rc::new(given), frames: vec![Names::new()], guarded: Vec::new() }
    }

    /// What a name means; `None` if it is not defined.
    pub(super) fn get(&self, name: &str) -> Option<Value> {
        let found = self.frames.iter().rev().chain([&*self.given]).find_map(|names| names.get(name));
        match found {
            None | Some(Value::Undefined(_)) if self.guarded.iter().any(|guarded| guarded == name) => Some(Value::Void),
            found => found.cloned(),
        }
    }

    /// Every name.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.frames.iter().chain([&*self.given]).flat_map(BTreeMap::keys).map(String::as_str)
    }

    pub(super) fn set(&mut self, name: &str, value: Value, is_global: bool) {
        let frame = if is_global { self.frames.first_mut() } else { self.frames.last_mut() };
        if let Some(frame) = frame {
            frame.insert(name.to_owned(), value);
        }
    }

    /// Enters a loop with these names.
    pub(super) fn enter(&mut self, names: Names) {
        self.frames.push(names);
    }

    /// Leaves the innermost loop.
    pub(super) fn leave(&mut self) {
        if self.frames.len() > 1 {
            self.frames.pop();
        }
    }

    /// Guards names until [`Self::unguard`] gets what this returned.
    pub(super) fn guard(&mut self, names: impl IntoIterator<Item = String>) -> usize {
        let before = self.guarded.len();
        self.guarded.extend(names);
        before
    }

    pub(super) fn unguard(&mut self, before: usize) {
        self.guarded.truncate(before);
    }

    /// What an included template sees; what it sets stays inside it.
    pub(super) fn included(&self) -> Self {
        let mut given = self.given.clone();
        let set = self.frames.iter().filter(|frame| !frame.is_empty());
        set.for_each(|frame| Rc::make_mut(&mut given).extend(frame.clone()));
        let mut guarded = self.guarded.clone();
        guarded.sort();
        guarded.dedup();
        Self { given, frames: vec![Names::new()], guarded }
    }

    /// The scope after a place where either this one or `other` applied; both began as the same.
    pub(super) fn or(mut self, other: &Self) -> Self {
        for at in 0..self.frames.len() {
            let Some(theirs) = other.frames.get(at) else { break };
            let names: Vec<String> = self.frames[at].keys().chain(theirs.keys()).cloned().collect();
            for name in names {
                let either = match (self.frames[at].get(&name).cloned(), theirs.get(&name).cloned()) {
                    (Some(one), Some(other)) => one.or(other),
                    // If only one of them set it, its earlier meaning is still possible.
                    (Some(one), None) => other.get(&name).map_or(one.clone(), |other| one.or(other)),
                    (None, Some(other)) => self.get(&name).map_or(other.clone(), |one| one.or(other)),
                    (None, None) => continue,
                };
                self.frames[at].insert(name, either);
            }
        }
        self
    }
}
