//! Parses statements. The grammar is Tera's; what Tera would refuse, and what this doesn't know, yields nothing.

use super::lexer::{Kind, Token, tokens, unescaped};
use super::syntax::{Component, Expr, Named, Node, Parameter, Parsed, Word};

/// How deeply expressions and statements may be nested. Tera allows 40 of each.
const DEEPEST: usize = 90;
/// How many operators and path steps one tag or variable may have. Tera allows 256; each one is nested in the next.
const LONGEST: usize = 300;

/// A template's tokens, and how far they have been read.
pub(super) struct Parser<'t> {
    tokens: Vec<Token<'t>>,
    at: usize,
    depth: usize,
    links: usize,
    /// The number of loops around the current place.
    pub(super) loops: usize,
    out: Parsed<'t>,
}

/// What a template says; `None` if it can't be understood.
pub(super) fn parse(text: &str) -> Option<Parsed<'_>> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth: 0, links: 0, loops: 0, out: Parsed::default() };
    let nodes = parser.nodes(&[])?;
    Some(Parsed { nodes, ..parser.out })
}

impl<'t> Parser<'t> {
    pub(super) fn peek(&self) -> Option<Token<'t>> {
        self.tokens.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<Token<'t>> {
        let token = self.peek()?;
        self.at += 1;
        Some(token)
    }

    /// Whether the next token is this sign or word.
    pub(super) fn is(&self, text: &str) -> bool {
        self.peek().is_some_and(|token| matches!(token.kind, Kind::Op | Kind::Ident) && token.word.text == text)
    }

    /// Takes the next token if it is this sign or word.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let is = self.is(text);
        self.at += usize::from(is);
        is
    }

    pub(super) fn must(&mut self, text: &str) -> Option<()> {
        self.eat(text).then_some(())
    }

    pub(super) fn ident(&mut self) -> Option<Word<'t>> {
        self.next().filter(|token| token.kind == Kind::Ident).map(|token| token.word)
    }

    fn end(&mut self, kind: Kind) -> Option<()> {
        self.next().filter(|token| token.kind == kind).map(|_| ())
    }

    fn named(&mut self) -> Option<Named<'t>> {
        let word = self.next().filter(|token| token.kind == Kind::Str)?.word;
        Some(Named { name: unescaped(word.text)?, word })
    }

    /// What `read` returns one level further down, if that isn't too deep.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth >= DEEPEST {
            return None;
        }
        self.depth += 1;
        let out = read(self);
        self.depth -= 1;
        out
    }

    /// Counts one more operator or path step.
    pub(super) fn link(&mut self) -> Option<()> {
        self.links += 1;
        (self.links <= LONGEST).then_some(())
    }

    /// Statements up to a tag that begins with one of `ends`, which isn't taken; if `ends` is empty, up to the end.
    fn nodes(&mut self, ends: &[&str]) -> Option<Vec<Node<'t>>> {
        self.deeper(|parser| {
            let mut out = Vec::new();
            while let Some(token) = parser.next() {
                parser.links = 0;
                match token.kind {
                    Kind::VariableStart => {
                        out.push(Node::Print(parser.expression(0)?));
                        parser.end(Kind::VariableEnd)?;
                    }
                    Kind::TagStart => {
                        if ends.iter().any(|end| parser.is(end)) {
                            return Some(out);
                        }
                        parser.tag(&mut out)?;
                        parser.end(Kind::TagEnd)?;
                    }
                    _ => return None,
                }
            }
            ends.is_empty().then_some(out)
        })
    }

    /// The body of a tag up to the tag that ends it, whose first word is taken.
    fn body(&mut self, end: &str) -> Option<Vec<Node<'t>>> {
        self.end(Kind::TagEnd)?;
        let body = self.nodes(&[end])?;
        self.must(end)?;
        Some(body)
    }

    /// Adds a tag and what belongs to it, up to its closing mark, to `out`, if it is a statement.
    fn tag(&mut self, out: &mut Vec<Node<'t>>) -> Option<()> {
        let word = self.next()?.word;
        out.push(match word.text {
            "set" => self.set(false)?,
            "set_global" => self.set(true)?,
            "include" => Node::Include(self.named()?),
            "extends" => {
                self.out.extends = Some(self.named()?);
                return Some(());
            }
            "block" => {
                let name = self.ident()?;
                let body = self.body("endblock")?;
                // The name may be repeated here.
                self.eat(name.text);
                Node::Block { name, body }
            }
            "for" => self.for_loop()?,
            "if" => self.if_else()?,
            "filter" => {
                let mut filters = vec![self.filter()?];
                while self.eat("|") {
                    filters.push(self.filter()?);
                }
                Node::Capture { name: None, is_global: false, filters, body: self.body("endfilter")? }
            }
            "component" => {
                let component = self.component()?;
                self.out.components.push(component);
                return Some(());
            }
            "break" | "continue" => return Some(()),
            "<" => Node::Print(self.component_call(false)?),
            _ => return None,
        });
        Some(())
    }

    fn set(&mut self, is_global: bool) -> Option<Node<'t>> {
        let name = self.ident()?;
        if self.eat("=") {
            return Some(Node::Set { name, value: self.expression(0)?, is_global });
        }
        let mut filters = Vec::new();
        while self.eat("|") {
            filters.push(self.filter()?);
        }
        Some(Node::Capture { name: Some(name), is_global, filters, body: self.body("endset")? })
    }

    /// The names of a loop: the key, if there is one, and the value.
    pub(super) fn loop_names(&mut self) -> Option<(Option<Word<'t>>, Word<'t>)> {
        let first = self.ident()?;
        if self.eat(",") { Some((Some(first), self.ident()?)) } else { Some((None, first)) }
    }

    fn for_loop(&mut self) -> Option<Node<'t>> {
        let (key, value) = self.loop_names()?;
        self.must("in")?;
        self.loops += 1;
        let of = self.expression(0)?;
        self.end(Kind::TagEnd)?;
        let body = self.nodes(&["endfor", "else"])?;
        self.loops -= 1;
        let otherwise = if self.eat("else") { self.body("endfor")? } else { self.must("endfor").map(|()| Vec::new())? };
        Some(Node::For { key, value, of, body, otherwise })
    }

    fn if_else(&mut self) -> Option<Node<'t>> {
        let mut arms = Vec::new();
        loop {
            let condition = self.expression(0)?;
            self.end(Kind::TagEnd)?;
            arms.push((condition, self.nodes(&["endif", "else", "elif"])?));
            if self.eat("elif") {
                continue;
            }
            let otherwise = if self.eat("else") { self.body("endif")? } else { self.must("endif").map(|()| Vec::new())? };
            return Some(Node::If { arms, otherwise });
        }
    }

    /// A name that may contain dots.
    fn dotted(&mut self) -> Option<String> {
        let mut name = self.ident()?.text.to_owned();
        while self.eat(".") {
            name.push('.');
            name.push_str(self.ident()?.text);
        }
        Some(name)
    }

    fn component(&mut self) -> Option<Component<'t>> {
        let name = self.dotted()?;
        self.must("(")?;
        let (mut parameters, mut rest) = (Vec::new(), None);
        while !self.eat(")") {
            if !parameters.is_empty() {
                self.must(",")?;
                if self.eat(")") {
                    break;
                }
            }
            if self.eat("...") {
                rest = Some(self.ident()?);
                self.must(")")?;
                break;
            }
            let is_implicit = self.eat("@");
            let name = self.ident()?;
            if self.eat(":") {
                self.ident()?;
            }
            let default = if self.eat("=") { Some(self.expression(0)?) } else { None };
            parameters.push(Parameter { name, default, is_implicit });
        }
        if self.eat("{") {
            // What it says about itself.
            self.map()?;
        }
        let body = self.body("endcomponent")?;
        if self.peek().is_some_and(|token| token.kind == Kind::Ident) {
            self.dotted()?;
        }
        Some(Component { name, parameters, rest, body })
    }

    /// A component call, after its `<`: self-closing, or with a body up to `{% </name> %}`.
    pub(super) fn component_call(&mut self, is_closed: bool) -> Option<Expr<'t>> {
        let name = self.dotted()?;
        let mut arguments = Vec::new();
        loop {
            if self.eat("{") {
                self.must("...")?;
                arguments.push((None, self.expression(0)?));
                self.must("}")?;
                continue;
            }
            if self.peek().is_none_or(|token| token.kind != Kind::Ident) {
                break;
            }
            let word = self.ident()?;
            arguments.push((Some(word), self.attribute(word)?));
        }
        if is_closed {
            self.must("/")?;
            self.must(">")?;
            return Some(Expr::Component { name, arguments, body: Vec::new() });
        }
        self.must(">")?;
        self.end(Kind::TagEnd)?;
        let body = self.nodes(&["</"])?;
        self.must("</")?;
        self.dotted()?;
        self.must(">")?;
        Some(Expr::Component { name, arguments, body })
    }

    /// The value of an attribute: a string, `{expression}`, or the variable with the same name.
    fn attribute(&mut self, name: Word<'t>) -> Option<Expr<'t>> {
        if !self.eat("=") {
            return Some(Expr::Var(name));
        }
        if self.eat("{") {
            let value = self.expression(0)?;
            self.must("}")?;
            return Some(value);
        }
        self.peek().filter(|token| token.kind == Kind::Str)?;
        self.expression(u8::MAX)
    }
}
