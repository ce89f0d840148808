//! Walks templates the way rendering would, but down every branch, with what is known about each name.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::findings::Findings;
use super::scope::{Names, Place, Scope, Value};
use super::shape::{Shape, Shapes};
use super::syntax::{Component, Expr, Named, Node, Parsed, Word};
use crate::theme::{BUILT_IN, NAMED};

/// How deeply templates and components may be nested. No theme that renders comes close.
const DEEPEST: usize = 30;
/// After this many steps the walk stops: something that calls itself with ever new arguments would never end.
const MOST_STEPS: usize = 1_000_000;

/// A template, and its syntax tree if it was understood.
pub(super) struct Read<'t> {
    pub(super) name: &'t str,
    pub(super) text: &'t str,
    /// Whether it is the site's own.
    pub(super) is_own: bool,
    pub(super) parsed: Option<Parsed<'t>>,
}

/// All templates, and where to find things in them.
pub(super) struct Library<'t> {
    pub(super) templates: &'t [Read<'t>],
    names: BTreeMap<&'t str, usize>,
    blocks: Vec<BTreeMap<&'t str, &'t [Node<'t>]>>,
    /// Components by name with their templates; `None` for a name that several have.
    components: BTreeMap<&'t str, Option<(usize, &'t Component<'t>)>>,
}

impl<'t> Library<'t> {
    pub(super) fn of(templates: &'t [Read<'t>]) -> Self {
        let names = templates.iter().enumerate().map(|(at, template)| (template.name, at)).collect();
        let mut components = BTreeMap::new();
        for (at, template) in templates.iter().enumerate() {
            for component in template.parsed.iter().flat_map(|parsed| &parsed.components) {
                let known = components.entry(&*component.name);
                known.and_modify(|known| *known = None).or_insert(Some((at, component)));
            }
        }
        let blocks = templates.iter().map(|template| template.parsed.as_ref().map(blocks).unwrap_or_default()).collect();
        Self { templates, names, blocks, components }
    }

    /// The template that a name refers to.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        let prefixed = [NAMED, BUILT_IN].iter().find_map(|prefix| self.names.get(&*format!("{prefix}{name}")));
        self.names.get(name).or(prefixed).copied()
    }

    /// A template and those that it extends; `None` if one of them can't be understood.
    fn lineage(&self, of: usize) -> Option<Vec<usize>> {
        let mut lineage = vec![of];
        let mut last = of;
        while let Some(parent) = &self.templates[last].parsed.as_ref()?.extends {
            last = self.named(&parent.name)?;
            if lineage.contains(&last) {
                return None;
            }
            lineage.push(last);
        }
        Some(lineage)
    }
}

/// The blocks of a template, including nested ones.
fn blocks<'t>(of: &'t Parsed<'t>) -> BTreeMap<&'t str, &'t [Node<'t>]> {
    let mut out = BTreeMap::new();
    let mut todo = vec![&*of.nodes];
    while let Some(nodes) = todo.pop() {
        for node in nodes {
            match node {
                Node::Block { name, body } => {
                    out.insert(name.text, &**body);
                    todo.push(body);
                }
                Node::If { arms, otherwise } => {
                    todo.extend(arms.iter().map(|(_, body)| &**body));
                    todo.push(otherwise);
                }
                Node::Capture { body, .. } | Node::Print(Expr::Component { body, .. }) => todo.push(body),
                Node::For { body, otherwise, .. } => todo.extend([&**body, &**otherwise]),
                Node::Print(_) | Node::Set { .. } | Node::Include(_) => {}
            }
        }
    }
    out
}

/// Where the walk is.
#[derive(Clone)]
pub(super) struct Frame<'t> {
    pub(super) template: usize,
    /// The template that is rendered, and those that it extends.
    lineage: Rc<[usize]>,
    /// The block, and how many others with its name come before it.
    block: Option<(&'t str, usize)>,
    /// Whose names these are, in words.
    pub(super) of: Rc<str>,
    /// The last word of the site's own templates that led here.
    pub(super) through: Option<(Place, usize)>,
    /// Whether perhaps no page ever gets here.
    pub(super) is_conditional: bool,
    /// Whether more may be defined than we know.
    pub(super) is_open: bool,
    depth: usize,
}

/// A template, or a component of one, and everything that its names mean.
type Visit<'t> = (usize, Option<&'t str>, bool, Scope);

/// A walk.
pub(super) struct Walker<'t> {
    pub(super) library: &'t Library<'t>,
    pub(super) shapes: &'t Shapes,
    pub(super) findings: Findings,
    pub(super) scope: Scope,
    pub(super) frame: Frame<'t>,
    visited: BTreeSet<Visit<'t>>,
    /// Templates and components that were reached.
    reached: BTreeSet<(usize, Option<&'t str>)>,
    steps: usize,
}

impl<'t> Walker<'t> {
    pub(super) fn new(library: &'t Library<'t>, shapes: &'t Shapes) -> Self {
        let frame = Frame {
            template: 0,
            lineage: Rc::from([]),
            block: None,
            of: Rc::from(""),
            through: None,
            is_conditional: false,
            is_open: false,
            depth: 0,
        };
        let (findings, scope, visited, reached) = Default::default();
        Self { library, shapes, findings, scope, frame, visited, reached, steps: 0 }
    }

    /// Walks a template the way a page is made with it.
    pub(super) fn page(&mut self, template: &str, given: Names, is_open: bool) {
        let Some(at) = self.library.named(template) else { return };
        let frame = Frame { of: Rc::from(format!("`{template}`")), is_open, ..self.frame.clone() };
        self.within(frame, Scope::of(given), |walker| walker.template(at));
    }

    /// Walks the site's own templates and components that no page reaches, with only these names known.
    pub(super) fn rest(&mut self, given: &Names) {
        let library = self.library;
        for (at, template) in library.templates.iter().enumerate().filter(|(_, template)| template.is_own) {
            if !self.reached.contains(&(at, None)) {
                self.page(template.name, given.clone(), true);
            }
            for component in template.parsed.iter().flat_map(|parsed| &parsed.components) {
                if !self.reached.contains(&(at, Some(&*component.name))) {
                    self.component(at, component, Names::new());
                }
            }
        }
    }

    /// Does something at another place.
    pub(super) fn within(&mut self, frame: Frame<'t>, scope: Scope, walk: impl FnOnce(&mut Self)) {
        if frame.depth > DEEPEST {
            return;
        }
        let frame = std::mem::replace(&mut self.frame, frame);
        let scope = std::mem::replace(&mut self.scope, scope);
        walk(self);
        (self.frame, self.scope) = (frame, scope);
    }

    /// Counts a step; returns whether there are any left.
    pub(super) fn step(&mut self) -> bool {
        self.steps += 1;
        self.steps <= MOST_STEPS
    }

    /// Does something that may not happen at all.
    pub(super) fn perhaps<T>(&mut self, walk: impl FnOnce(&mut Self) -> T) -> T {
        let was = std::mem::replace(&mut self.frame.is_conditional, true);
        let out = walk(self);
        self.frame.is_conditional = was;
        out
    }

    /// Walks a template in the current scope.
    fn template(&mut self, at: usize) {
        let visit = (at, None, self.frame.is_conditional, self.scope.clone());
        let Some(lineage) = self.library.lineage(at).filter(|_| self.visited.insert(visit)) else { return };
        self.reached.extend(lineage.iter().map(|at| (*at, None)));
        let Some(base) = lineage.len().checked_sub(1) else { return };
        self.frame.lineage = lineage.into();
        self.frame.block = None;
        self.at_ancestor(base, |walker| {
            let library = walker.library;
            if let Some(parsed) = &library.templates[walker.frame.template].parsed {
                walker.nodes(&parsed.nodes);
            }
        });
    }

    /// Does something in the template being rendered, or in one that it extends.
    fn at_ancestor(&mut self, generation: usize, walk: impl FnOnce(&mut Self)) {
        let Some(template) = self.frame.lineage.get(generation).copied() else { return };
        let library = self.library;
        let extends = |at: &usize| {
            let read = &library.templates[*at];
            let word = read.parsed.as_ref()?.extends.as_ref()?.word;
            read.is_own.then_some(((*at, word.at), word.text.len()))
        };
        let through = self.frame.lineage[..generation].iter().rev().find_map(extends).or(self.frame.through);
        let before = (self.frame.template, self.frame.through);
        (self.frame.template, self.frame.through) = (template, through);
        walk(self);
        (self.frame.template, self.frame.through) = before;
    }

    /// Walks the block with this name, or the one `level` generations before it.
    fn block(&mut self, name: &'t str, level: usize) {
        let library = self.library;
        let in_order = self.frame.lineage.iter().enumerate();
        let mut found = in_order.filter_map(|(generation, at)| Some((generation, *library.blocks[*at].get(name)?)));
        let Some((generation, body)) = found.nth(level) else { return };
        drop(found);
        let before = self.frame.block.replace((name, level));
        self.frame.depth += 1;
        if self.frame.depth <= DEEPEST {
            self.at_ancestor(generation, |walker| walker.nodes(body));
        }
        self.frame.depth -= 1;
        self.frame.block = before;
    }

    /// Walks what the current block replaces.
    pub(super) fn parent_block(&mut self) {
        if let Some((name, level)) = self.frame.block {
            self.block(name, level + 1);
        }
    }

    pub(super) fn nodes(&mut self, nodes: &'t [Node<'t>]) {
        for node in nodes {
            if !self.step() {
                return;
            }
            self.node(node);
        }
    }

    fn node(&mut self, node: &'t Node<'t>) {
        match node {
            Node::Print(expr) => {
                let value = self.value(expr);
                self.demand(value);
            }
            Node::Set { name, value, is_global } => {
                let value = self.value(value);
                self.scope.set(name.text, value, *is_global);
            }
            Node::Capture { name, is_global, filters, body } => {
                self.nodes(body);
                let mut value = Value::Known(Shape::TEXT);
                for filter in filters {
                    value = self.filtered(value, filter);
                }
                if let Some(name) = name {
                    self.scope.set(name.text, value, *is_global);
                }
            }
            Node::If { arms, otherwise } => self.branches(arms, otherwise),
            Node::For { key, value, of, body, otherwise } => {
                let names = self.loop_names(*key, *value, of);
                self.repeated(&names, body);
                self.perhaps(|walker| walker.nodes(otherwise));
            }
            Node::Include(named) => self.include(named),
            Node::Block { name, .. } => self.block(name.text, 0),
        }
    }

    fn include(&mut self, named: &'t Named<'t>) {
        let Some(at) = self.library.named(&named.name) else { return };
        let is_own = self.library.templates[self.frame.template].is_own;
        let here = is_own.then_some(((self.frame.template, named.word.at), named.word.text.len()));
        let frame = Frame { through: here.or(self.frame.through), depth: self.frame.depth + 1, ..self.frame.clone() };
        self.within(frame, self.scope.included(), |walker| walker.template(at));
    }

    fn branches(&mut self, arms: &'t [(Expr<'t>, Vec<Node<'t>>)], otherwise: &'t [Node<'t>]) {
        let was = self.frame.is_conditional;
        let (mut ends, mut guarded) = (Vec::new(), None);
        for (condition, body) in arms {
            self.value(condition);
            let before = self.guard(condition);
            guarded.get_or_insert(before);
            // Everything from here on depends on the first condition.
            self.frame.is_conditional = true;
            let start = self.scope.clone();
            self.nodes(body);
            ends.push(std::mem::replace(&mut self.scope, start));
        }
        self.nodes(otherwise);
        self.frame.is_conditional = was;
        let scope = std::mem::take(&mut self.scope);
        self.scope = ends.iter().fold(scope, Scope::or);
        self.scope.unguard(guarded.unwrap_or_default());
    }

    /// Assumes that everything that a condition looks at, and that may be undefined, is defined where it matters.
    pub(super) fn guard(&mut self, condition: &'t Expr<'t>) -> usize {
        let mut names = Vec::new();
        condition.variables(&mut |word| names.push(word.text.to_owned()));
        self.scope.guard(names)
    }

    /// What the names of a loop over `of` mean.
    pub(super) fn loop_names(&mut self, key: Option<Word<'t>>, value: Word<'t>, of: &'t Expr<'t>) -> Names {
        let walked = self.value(of);
        let entry = match self.demand(walked) {
            Value::Known(shape) => Value::Known(shape.entry()),
            other => other,
        };
        let key = key.map(|key| (key.text.to_owned(), Value::ANY));
        key.into_iter().chain([(value.text.to_owned(), entry)]).collect()
    }

    /// Walks the body of a loop, twice if its next round may see what it sets globally.
    fn repeated(&mut self, names: &Names, body: &'t [Node<'t>]) {
        for _ in 0..2 {
            let before = self.scope.clone();
            self.scope.enter(names.clone());
            self.perhaps(|walker| walker.nodes(body));
            self.scope.leave();
            let after = std::mem::replace(&mut self.scope, before.clone());
            self.scope = before.clone().or(&after);
            if self.scope == before {
                break;
            }
        }
    }

    /// Walks a component that is called with these arguments.
    pub(super) fn component(&mut self, template: usize, component: &'t Component<'t>, mut names: Names) {
        let name = &*component.name;
        for parameter in &component.parameters {
            names.entry(parameter.name.text.to_owned()).or_insert(Value::ANY);
        }
        names.retain(|name, _| component.parameters.iter().any(|parameter| parameter.name.text == name));
        names.insert("body".to_owned(), Value::Known(Shape::TEXT));
        if let Some(rest) = component.rest {
            names.insert(rest.text.to_owned(), Value::Known(Shape::Table(Box::new(Shape::Any))));
        }
        let scope = Scope::of(names);
        self.reached.insert((template, Some(name)));
        if !self.visited.insert((template, Some(name), self.frame.is_conditional, scope.clone())) {
            return;
        }
        let of = Rc::from(format!("the component `{name}`, which sees only its arguments"));
        let (lineage, block, depth) = (Rc::from([]), None, self.frame.depth + 1);
        let frame = Frame { template, lineage, block, of, is_open: false, depth, ..self.frame.clone() };
        self.within(frame, scope, |walker| walker.nodes(&component.body));
    }

    /// The component with this name, and its template.
    pub(super) fn called(&self, name: &str) -> Option<(usize, &'t Component<'t>)> {
        self.library.components.get(name).copied().flatten()
    }
}
