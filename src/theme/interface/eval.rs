//! What is known about an expression's value, and whether what it looks up exists.

use super::findings::{Finding, instead};
use super::scope::{Names, Place, Value};
use super::shape::{Field, Shape};
use super::syntax::{Entry, Expr, Filter, Literal, Operands, Word};
use super::walk::Walker;

fn constant(literal: Literal<'_>) -> Value {
    match literal {
        Literal::Text(_) => Value::Known(Shape::TEXT),
        Literal::Number => Value::Known(Shape::NUMBER),
        Literal::Bool => Value::Known(Shape::BOOL),
        Literal::Nothing => Value::Void,
    }
}

impl<'t> Walker<'t> {
    /// What is known about an expression's value.
    pub(super) fn value(&mut self, expr: &'t Expr<'t>) -> Value {
        if !self.step() {
            return Value::Void;
        }
        match expr {
            Expr::Literal(literal) => constant(*literal),
            Expr::Loop => Value::Known(Shape::NUMBER),
            Expr::Var(word) => self.variable(*word),
            Expr::Field { of, name, is_optional } => {
                let value = self.value(of);
                self.field(value, of, *name, *is_optional)
            }
            Expr::Item { of, index, is_optional } => self.item(of, index, *is_optional),
            Expr::Slice { of, bounds, is_optional } => self.slice(of, bounds, *is_optional),
            Expr::Filtered { of, filter } => {
                let value = self.value(of);
                self.filtered(value, filter)
            }
            Expr::Test { of, arguments } => {
                self.value(of);
                arguments.iter().for_each(|(_, value)| _ = self.value(value));
                Value::Known(Shape::BOOL)
            }
            Expr::Call { name, arguments } => {
                arguments.iter().for_each(|(_, value)| _ = self.value(value));
                if name.text == "super" {
                    self.parent_block();
                }
                Value::ANY
            }
            Expr::Both(left, right) => {
                let one = self.value(left);
                one.or(self.guarded(left, |walker| walker.value(right)))
            }
            Expr::Not(of) => {
                self.value(of);
                Value::Known(Shape::BOOL)
            }
            Expr::Binary(operands, left, right) => self.binary(*operands, left, right),
            Expr::Choice { condition, yes, no } => {
                self.value(condition);
                self.guarded(condition, |walker| walker.value(yes).or(walker.value(no)))
            }
            Expr::List(entries) => self.list(entries),
            Expr::Map(entries) => {
                entries.iter().for_each(|entry| _ = self.value(&entry.value));
                Value::ANY
            }
            Expr::Each { key, value, of, condition, result } => {
                let names = self.loop_names(*key, *value, of);
                self.comprehension(names, condition.as_deref(), result)
            }
            Expr::Component { name, arguments, body } => {
                self.nodes(body);
                self.call(name, arguments);
                Value::Known(Shape::TEXT)
            }
        }
    }

    fn slice(&mut self, of: &'t Expr<'t>, bounds: &'t [Expr<'t>], is_optional: bool) -> Value {
        let value = self.value(of);
        bounds.iter().for_each(|bound| _ = self.value(bound));
        if is_optional { value } else { self.demand(value) }
    }

    /// What `walk` returns when it depends on `condition`.
    fn guarded(&mut self, condition: &'t Expr<'t>, walk: impl FnOnce(&mut Self) -> Value) -> Value {
        let before = self.guard(condition);
        let value = self.perhaps(walk);
        self.scope.unguard(before);
        value
    }

    fn place(&self, word: Word<'_>) -> Place {
        (self.frame.template, word.at)
    }

    /// A value that must be defined, or the page fails.
    pub(super) fn demand(&mut self, value: Value) -> Value {
        match value {
            Value::Undefined(place) => {
                self.findings.wrong(place, !self.frame.is_conditional);
                Value::Void
            }
            value => value,
        }
    }

    fn variable(&mut self, word: Word<'t>) -> Value {
        let place = self.place(word);
        match self.scope.get(word.text) {
            Some(value) => {
                if matches!(value, Value::Known(_)) {
                    self.findings.found(place);
                }
                value
            }
            // Tera's own variable, for looking at everything.
            None if word.text == "__tera_context" => Value::ANY,
            None if self.frame.is_open => Value::Void,
            None => {
                let names = || self.scope.names().collect();
                let finding = || Finding {
                    length: word.text.len(),
                    message: format!("`{}` is not defined for {}", word.text, self.frame.of),
                    help: instead(word, names(), "defined are"),
                    through: self.frame.through,
                };
                self.findings.note(place, finding);
                Value::Undefined(place)
            }
        }
    }

    /// The field `name` of a value, which the expression `of` gives.
    fn field(&mut self, value: Value, of: &Expr<'_>, name: Word<'t>, is_optional: bool) -> Value {
        let value = if is_optional { value } else { self.demand(value) };
        let Value::Known(shape) = value else { return value };
        let place = self.place(name);
        let absent = match self.shapes.field(&shape, name.text) {
            Field::There(shape) => {
                self.findings.found(place);
                return Value::Known(shape);
            }
            Field::Unknown => {
                self.findings.found(place);
                return Value::ANY;
            }
            Field::Absent(names) => names,
        };
        let text = self.library.templates[self.frame.template].text;
        let of = of.path().and_then(|(start, end)| text.get(start..end)).map_or("this".to_owned(), |of| format!("`{of}`"));
        let (message, help) = match &shape {
            Shape::Plain(kind) => (format!("{of} is {kind}, which has no fields"), instead(name, Vec::new(), "")),
            Shape::List(_) => (
                format!("{of} is a list, which has no field `{}`", name.text),
                "loop over it: `{% for entry in … %}`".to_owned(),
            ),
            _ => (format!("{of} has no field `{}`", name.text), instead(name, absent, "its fields are")),
        };
        let through = self.frame.through;
        self.findings.note(place, || Finding { length: name.text.len(), message, help, through });
        self.findings.wrong(place, false);
        Value::Undefined(place)
    }

    fn item(&mut self, of: &'t Expr<'t>, index: &'t Expr<'t>, is_optional: bool) -> Value {
        let value = self.value(of);
        let at = self.value(index);
        self.demand(at);
        if let (Value::Known(Shape::Records(_)), Expr::Literal(Literal::Text(Some(name)))) = (&value, index) {
            return self.field(value, of, *name, is_optional);
        }
        match if is_optional { value } else { self.demand(value) } {
            Value::Known(shape @ (Shape::List(_) | Shape::Table(_))) => Value::Known(shape.entry()),
            Value::Known(_) => Value::ANY,
            other => other,
        }
    }

    fn binary(&mut self, operands: Operands, left: &'t Expr<'t>, right: &'t Expr<'t>) -> Value {
        let (one, other) = (self.value(left), self.value(right));
        if operands == Operands::Strict {
            self.demand(one);
        }
        if operands != Operands::Lenient {
            self.demand(other);
        }
        Value::ANY
    }

    fn list(&mut self, entries: &'t [Entry<'t>]) -> Value {
        let mut of: Option<Value> = None;
        for entry in entries {
            let value = self.value(&entry.value);
            let value = match value {
                Value::Known(shape) if entry.is_spread => Value::Known(shape.entry()),
                value => value,
            };
            of = Some(of.map_or(value.clone(), |of| of.or(value)));
        }
        match of {
            Some(Value::Known(shape)) => Value::Known(Shape::list(shape)),
            _ => Value::Known(Shape::list(Shape::Any)),
        }
    }

    fn comprehension(&mut self, names: Names, condition: Option<&'t Expr<'t>>, result: &'t Expr<'t>) -> Value {
        self.scope.enter(names);
        let value = self.perhaps(|walker| {
            let guarded = condition.map(|condition| {
                walker.value(condition);
                walker.guard(condition)
            });
            let value = walker.value(result);
            guarded.into_iter().for_each(|guarded| walker.scope.unguard(guarded));
            value
        });
        self.scope.leave();
        match value {
            Value::Known(shape) => Value::Known(Shape::list(shape)),
            _ => Value::Known(Shape::list(Shape::Any)),
        }
    }

    /// The result of a filter.
    pub(super) fn filtered(&mut self, value: Value, filter: &'t Filter<'t>) -> Value {
        let arguments: Vec<_> = filter.arguments.iter().map(|(name, value)| (name.text, self.value(value))).collect();
        if filter.name.text == "default" {
            let fallback = arguments.into_iter().find(|(name, _)| *name == "value");
            return match (value, fallback) {
                (Value::Undefined(_) | Value::Void, Some((_, fallback))) => fallback,
                (value, Some((_, fallback))) => value.or(fallback),
                (value, None) => value,
            };
        }
        let Value::Known(shape) = self.demand(value) else { return Value::Void };
        if matches!(filter.name.text, "sort" | "group_by") {
            self.attribute(&shape, filter);
        }
        match (filter.name.text, shape) {
            ("safe" | "reverse" | "sort" | "unique", shape) => Value::Known(shape),
            ("first" | "last" | "nth", shape @ Shape::List(_)) => Value::Known(shape.entry()),
            ("values", shape @ Shape::Table(_)) => Value::Known(Shape::list(shape.entry())),
            ("group_by", shape @ Shape::List(_)) => Value::Known(Shape::Table(Box::new(shape))),
            _ => Value::ANY,
        }
    }

    /// The field by which a filter sorts or groups the entries of a list: `attribute="date.text"`.
    fn attribute(&mut self, list: &Shape, filter: &'t Filter<'t>) {
        let named = filter.arguments.iter().find(|(name, _)| name.text == "attribute");
        let Some((_, path @ Expr::Literal(Literal::Text(Some(word))))) = named else { return };
        let mut value = Value::Known(list.entry());
        let mut at = word.at;
        for text in word.text.split('.') {
            value = self.field(value, path, Word { text, at }, false);
            at += text.len() + 1;
        }
    }

    /// Calls a component.
    fn call(&mut self, name: &str, arguments: &'t [(Option<Word<'t>>, Expr<'t>)]) {
        let mut names = Names::new();
        for (name, value) in arguments {
            let value = self.value(value);
            if let Some(name) = name {
                names.insert(name.text.to_owned(), value);
            }
        }
        let Some((template, component)) = self.called(name) else { return };
        // A spread may contain any argument.
        let is_whole = arguments.iter().all(|(name, _)| name.is_some());
        for parameter in component.parameters.iter().filter(|_| is_whole) {
            if names.contains_key(parameter.name.text) {
                continue;
            }
            let implicit = parameter.is_implicit.then(|| self.scope.get(parameter.name.text)).flatten();
            let value = implicit.or_else(|| parameter.default.as_ref().map(|default| self.value(default)));
            names.extend(value.map(|value| (parameter.name.text.to_owned(), value)));
        }
        self.component(template, component, names);
    }
}
