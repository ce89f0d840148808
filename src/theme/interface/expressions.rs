//! Parses expressions. The grammar and operator precedence are Tera's.

use super::lexer::Kind;
use super::parser::Parser;
use super::syntax::{Entry, Expr, Filter, Literal, Operands, Word};

/// The precedence of `not`.
const NOT: u8 = 5;
/// The precedence of a minus sign.
const MINUS: u8 = 20;
/// Higher than the `if` of `a if b else c`, which ends the parts of a list comprehension.
const ABOVE_CHOICE: u8 = 1;

/// What comes between two expressions.
#[derive(Clone, Copy)]
enum Infix {
    Both,
    Binary(Operands),
    Test,
    Filter,
}

/// The operator that a word or sign is, with its precedence to the left and to the right.
fn infix(text: &str) -> Option<(Infix, u8, u8)> {
    Some(match text {
        "or" => (Infix::Both, 1, 2),
        "and" => (Infix::Both, 3, 4),
        "in" => (Infix::Binary(Operands::RightStrict), 5, 6),
        "is" => (Infix::Test, 5, 6),
        "==" | "!=" => (Infix::Binary(Operands::Lenient), 7, 8),
        "<" | "<=" | ">" | ">=" => (Infix::Binary(Operands::Strict), 7, 8),
        "+" | "-" => (Infix::Binary(Operands::Strict), 11, 12),
        "~" => (Infix::Binary(Operands::Lenient), 13, 14),
        "*" | "/" | "%" | "//" => (Infix::Binary(Operands::Strict), 13, 14),
        "**" => (Infix::Binary(Operands::Strict), 16, 15),
        "|" => (Infix::Filter, 17, 18),
        _ => return None,
    })
}

impl<'t> Parser<'t> {
    /// An expression, as far as its operators have at least this precedence.
    pub(super) fn expression(&mut self, least: u8) -> Option<Expr<'t>> {
        self.deeper(|parser| {
            let mut left = parser.operand()?;
            while let Some(token) = parser.peek() {
                if !matches!(token.kind, Kind::Op | Kind::Ident) {
                    break;
                }
                parser.link()?;
                match token.word.text {
                    "[" => {
                        left = parser.subscript(left)?;
                        continue;
                    }
                    "if" if least == 0 => return parser.choice(left),
                    "if" => break,
                    "not" => {
                        if NOT < least {
                            break;
                        }
                        // It says nothing about names, and must be part of `not in`.
                        parser.next();
                        if !parser.is("in") {
                            return None;
                        }
                        continue;
                    }
                    _ => {}
                }
                let Some((infix, binds_left, binds_right)) = infix(token.word.text) else { break };
                if binds_left < least {
                    break;
                }
                parser.next();
                left = parser.operation(infix, left, binds_right)?;
            }
            Some(left)
        })
    }

    fn operation(&mut self, infix: Infix, left: Expr<'t>, binds: u8) -> Option<Expr<'t>> {
        Some(match infix {
            Infix::Both => Expr::Both(Box::new(left), Box::new(self.expression(binds)?)),
            Infix::Binary(operands) => Expr::Binary(operands, Box::new(left), Box::new(self.expression(binds)?)),
            Infix::Filter => Expr::Filtered { of: Box::new(left), filter: self.filter()? },
            Infix::Test => {
                self.eat("not");
                self.ident()?;
                Expr::Test { of: Box::new(left), arguments: self.arguments()? }
            }
        })
    }

    fn choice(&mut self, yes: Expr<'t>) -> Option<Expr<'t>> {
        self.must("if")?;
        let condition = Box::new(self.expression(0)?);
        self.must("else")?;
        Some(Expr::Choice { condition, yes: Box::new(yes), no: Box::new(self.expression(0)?) })
    }

    /// What comes before the first operator.
    fn operand(&mut self) -> Option<Expr<'t>> {
        let token = self.next()?;
        let word = token.word;
        Some(match (token.kind, word.text) {
            (Kind::Number, _) => Expr::Literal(Literal::Number),
            (Kind::Bool, _) => Expr::Literal(Literal::Bool),
            (Kind::Str, text) => Expr::Literal(Literal::Text((!text.contains('\\')).then_some(word))),
            (Kind::Ident, "none" | "None" | "null") => Expr::Literal(Literal::Nothing),
            (Kind::Ident, "not") => Expr::Not(Box::new(self.expression(NOT)?)),
            (Kind::Op, "-") => {
                let of = self.expression(MINUS)?;
                Expr::Binary(Operands::Strict, Box::new(Expr::Literal(Literal::Number)), Box::new(of))
            }
            (Kind::Ident, _) if self.is("(") => Expr::Call { name: word, arguments: self.arguments()? },
            (Kind::Ident, _) => self.chain(word)?,
            (Kind::Op, "<") => self.component_call(true)?,
            (Kind::Op, "{") => Expr::Map(self.map()?),
            (Kind::Op, "[") => self.list()?,
            (Kind::Op, "(") => {
                let inner = self.expression(0)?;
                self.must(")")?;
                inner
            }
            _ => return None,
        })
    }

    /// A variable and what is looked up in it.
    fn chain(&mut self, root: Word<'t>) -> Option<Expr<'t>> {
        let mut expr = Expr::Var(root);
        loop {
            self.link()?;
            if self.is("[") || self.is("?[") {
                expr = self.subscript(expr)?;
                continue;
            }
            let is_optional = self.is("?.");
            if !is_optional && !self.is(".") {
                return Some(expr);
            }
            self.next();
            let name = self.ident()?;
            // Inside a loop, Tera treats every step from `loop` as one of the loop's own numbers.
            expr = match expr {
                _ if root.text == "loop" && self.loops > 0 => Expr::Loop,
                of => Expr::Field { of: Box::new(of), name, is_optional },
            };
        }
    }

    fn subscript(&mut self, of: Expr<'t>) -> Option<Expr<'t>> {
        let is_optional = self.next()?.word.text == "?[";
        let mut bounds = Vec::new();
        let mut is_slice = false;
        loop {
            self.link()?;
            if self.eat("]") {
                break;
            }
            if self.eat(":") {
                is_slice = true;
            } else {
                bounds.push(self.expression(0)?);
            }
        }
        let of = Box::new(of);
        if is_slice {
            return Some(Expr::Slice { of, bounds, is_optional });
        }
        Some(Expr::Item { of, index: Box::new(bounds.pop()?), is_optional })
    }

    /// A filter's name and arguments.
    pub(super) fn filter(&mut self) -> Option<Filter<'t>> {
        Some(Filter { name: self.ident()?, arguments: self.arguments()? })
    }

    /// `(name=value, …)`, or nothing.
    fn arguments(&mut self) -> Option<Vec<(Word<'t>, Expr<'t>)>> {
        let mut out = Vec::new();
        if !self.eat("(") {
            return Some(out);
        }
        while !self.eat(")") {
            if !out.is_empty() {
                self.must(",")?;
                if self.eat(")") {
                    break;
                }
            }
            let name = self.ident()?;
            self.must("=")?;
            out.push((name, self.expression(0)?));
        }
        Some(out)
    }

    /// The entries of a map, after its brace.
    pub(super) fn map(&mut self) -> Option<Vec<Entry<'t>>> {
        let mut out = Vec::new();
        while !self.eat("}") {
            if !out.is_empty() {
                self.must(",")?;
                if self.eat("}") {
                    break;
                }
            }
            let is_spread = self.eat("...");
            if !is_spread {
                self.next().filter(|token| matches!(token.kind, Kind::Str | Kind::Number | Kind::Bool))?;
                self.must(":")?;
            }
            out.push(Entry { value: self.expression(0)?, is_spread });
        }
        Some(out)
    }

    /// A list or a list comprehension, after its bracket.
    fn list(&mut self) -> Option<Expr<'t>> {
        let mut out = Vec::new();
        while !self.eat("]") {
            if !out.is_empty() {
                self.must(",")?;
                if self.eat("]") {
                    break;
                }
            }
            let is_spread = self.eat("...");
            let value = self.expression(0)?;
            if out.is_empty() && !is_spread && self.is("for") {
                return self.comprehension(value);
            }
            out.push(Entry { value, is_spread });
        }
        Some(Expr::List(out))
    }

    fn comprehension(&mut self, result: Expr<'t>) -> Option<Expr<'t>> {
        self.must("for")?;
        let (key, value) = self.loop_names()?;
        self.must("in")?;
        let of = Box::new(self.expression(ABOVE_CHOICE)?);
        let condition = if self.eat("if") { Some(Box::new(self.expression(ABOVE_CHOICE)?)) } else { None };
        self.must("]")?;
        Some(Expr::Each { key, value, of, condition, result: Box::new(result) })
    }
}
