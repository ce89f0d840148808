//! Checks what templates use against what they get, before anything is rendered: a name that leads to nothing is
//! reported with its place, even in a branch that no page takes.
//!
//! The types of the contexts say which fields there are, so the list can't become outdated. To find out which of them
//! each template sees, we walk it from the page that it is rendered for, through everything that it extends, includes
//! and calls, down every branch. We report nothing about templates that our parser doesn't understand.

mod eval;
mod expressions;
mod findings;
mod lexer;
mod parser;
mod scope;
mod shape;
mod syntax;
#[cfg(test)]
mod tests;
mod walk;

use schemars::JsonSchema;
use serde::Serialize;

use self::findings::{Finding, Findings};
use self::scope::{Names, Value};
use self::shape::{Field, Shape, Shapes, Types};
use self::walk::{Library, Read, Walker};
use crate::base::{FileId, Span, TextRange};
use crate::diagnostics::{Diagnostic, code};

/// A context, tied to the template that is rendered with it.
pub trait Given: Serialize + JsonSchema {
    /// The template's name, without its layer.
    const TEMPLATE: &'static str;
}

/// Which context each template gets.
#[derive(Default)]
pub struct Interface {
    types: Types,
    roots: Vec<Root>,
}

struct Root {
    template: &'static str,
    context: Shape,
    /// The names of the finished HTML that it gets in addition to its context.
    partials: &'static [&'static str],
}

impl Interface {
    /// The same with one more template, which gets `partials` of finished HTML in addition to its context.
    #[must_use]
    pub fn with<V: Given>(mut self, partials: &'static [&'static str]) -> Self {
        let context = self.types.shape::<V>();
        self.roots.push(Root { template: V::TEMPLATE, context, partials });
        self
    }
}

/// A template under its full name.
pub(super) struct Source<'t> {
    pub(super) name: &'t str,
    pub(super) text: &'t str,
    /// Its file, if it is the site's own.
    pub(super) file: Option<FileId>,
}

/// The name of the struct of words.
const WORDS: &str = "the words";

/// Checks all templates. `S` is the type of `site`, and `words` are the names of its words, which all templates see.
pub(super) fn check<S: JsonSchema>(
    interface: Interface,
    templates: &[Source<'_>],
    words: impl Iterator<Item = String>,
) -> Vec<Diagnostic> {
    let read: Vec<_> = templates.iter().map(read).collect();
    let found = walked::<S>(interface, &read, words).all();
    found.into_iter().map(|((at, start), finding)| fault(templates, at, start, finding)).collect()
}

/// The result of walking all templates.
fn walked<S: JsonSchema>(mut interface: Interface, read: &[Read<'_>], words: impl Iterator<Item = String>) -> Findings {
    let site = interface.types.shape::<S>();
    let mut shapes = interface.types.shapes();
    shapes.add(WORDS, words.map(|word| (word, Shape::TEXT)));
    let global = [("site", site), ("words", Shape::record(WORDS))];
    let global: Names = global.into_iter().map(|(name, shape)| (name.to_owned(), Value::Known(shape))).collect();
    let library = Library::of(read);
    let mut walker = Walker::new(&library, &shapes);
    for root in &interface.roots {
        // A context that isn't a struct may contain anything.
        let is_open = !matches!(shapes.field(&root.context, ""), Field::Absent(_));
        walker.page(root.template, given(&shapes, root, &global), is_open);
    }
    walker.rest(&global);
    walker.findings
}

fn read<'t>(source: &Source<'t>) -> Read<'t> {
    Read { name: source.name, text: source.text, is_own: source.file.is_some(), parsed: parser::parse(source.text) }
}

/// All names that a template gets from outside.
fn given(shapes: &Shapes, root: &Root, global: &Names) -> Names {
    let mut names = global.clone();
    let Shape::Records(records) = &root.context else { return names };
    let fields = records.iter().flat_map(|record| shapes.fields(record));
    names.extend(fields.map(|(name, shape)| (name.to_owned(), Value::Known(shape.clone()))));
    names.extend(root.partials.iter().map(|name| ((*name).to_owned(), Value::Known(Shape::TEXT))));
    names
}

fn fault(templates: &[Source<'_>], at: usize, start: usize, finding: Finding) -> Diagnostic {
    let Finding { length, message, help, through } = finding;
    let source = &templates[at];
    let span = |file, start: usize, length| Span { file, range: TextRange::new(start, start + length) };
    if let Some(file) = source.file {
        return Diagnostic::error(code::TEMPLATE, span(file, start, length), message).help(help);
    }
    // A built-in template isn't at fault itself: the template that leads to it hasn't given it what it needs.
    let line = source.text.get(..start).unwrap_or("").matches('\n').count() + 1;
    let message = format!("in the template {}, line {line}: {message}", source.name);
    let through = through.and_then(|((at, start), length)| Some(span(templates[at].file?, start, length)));
    match through {
        Some(span) => Diagnostic::error(code::TEMPLATE, span, message).help(help),
        None => Diagnostic::placeless(code::TEMPLATE, message).help(help),
    }
}
