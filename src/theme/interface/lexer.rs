//! Cuts a template's text into tokens, as Tera does. Text, comments and raw blocks are left out: they contain no names.

use super::syntax::Word;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    VariableStart,
    VariableEnd,
    TagStart,
    TagEnd,
    Ident,
    Bool,
    Number,
    /// A string; the token's text is what is between the quotation marks.
    Str,
    /// Anything else, by its text.
    Op,
}

/// A token of a template.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) word: Word<'t>,
}

/// The longer operators, which are tried first.
const OPERATORS: [&str; 10] = ["...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];

/// The tokens of a template; `None` if it has a fault.
pub(super) fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut lexer = Lexer { text, at: 0, out: Vec::new() };
    while lexer.at < text.len() {
        lexer.outside()?;
    }
    Some(lexer.out)
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    out: Vec<Token<'t>>,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn push(&mut self, kind: Kind, length: usize) -> Option<()> {
        let text = self.rest().get(..length)?;
        self.out.push(Token { kind, word: Word { text, at: self.at } });
        self.at += length;
        Some(())
    }

    /// Moves from text past the next comment or raw block, or into the next variable or tag.
    fn outside(&mut self) -> Option<()> {
        let Some(start) = mark(self.rest()) else {
            self.at = self.text.len();
            return Some(());
        };
        self.at += start;
        let rest = self.rest();
        // The mark is two bytes, and may have a dash after it.
        let length = if rest.as_bytes().get(2) == Some(&b'-') { 3 } else { 2 };
        if rest.starts_with("{#") {
            self.at += length + rest.get(length..)?.find("#}")? + 2;
            return Some(());
        }
        if rest.starts_with("{{") {
            self.push(Kind::VariableStart, length)?;
            return self.inside("}}", Kind::VariableEnd);
        }
        if let Some(opened) = tag_end(rest.get(length..)?, "raw") {
            return self.raw(length + opened);
        }
        self.push(Kind::TagStart, length)?;
        self.inside("%}", Kind::TagEnd)
    }

    /// Moves past a raw block, which begins `opened` bytes before its body.
    fn raw(&mut self, opened: usize) -> Option<()> {
        self.at += opened;
        loop {
            self.at += self.rest().find("{%")? + 2;
            if let Some(length) = tag_end(self.rest(), "endraw") {
                self.at += length;
                return Some(());
            }
        }
    }

    /// What is between the marks of a variable or tag, and the closing mark.
    fn inside(&mut self, end: &str, kind: Kind) -> Option<()> {
        loop {
            self.at += self.rest().len() - self.rest().trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
            let rest = self.rest();
            if rest.is_empty() {
                // The parser misses the end.
                return Some(());
            }
            if rest.starts_with(end) {
                return self.push(kind, end.len());
            }
            if rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(end)) {
                return self.push(kind, end.len() + 1);
            }
            self.token()?;
        }
    }

    fn token(&mut self) -> Option<()> {
        let rest = self.rest();
        if let Some(operator) = OPERATORS.iter().find(|operator| rest.starts_with(**operator)) {
            return self.push(Kind::Op, operator.len());
        }
        let first = *rest.as_bytes().first()?;
        match first {
            b'\'' | b'"' | b'`' => self.string(first),
            b'0'..=b'9' => {
                let mut dots = 0;
                let is_part = |byte: &u8| {
                    dots += usize::from(*byte == b'.');
                    byte.is_ascii_digit() || *byte == b'.' && dots == 1
                };
                let length = rest.bytes().take_while(is_part).count();
                self.push(Kind::Number, length)
            }
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => {
                let length = rest.bytes().take_while(|byte| *byte == b'_' || byte.is_ascii_alphanumeric()).count();
                let is_bool = matches!(rest.get(..length)?, "true" | "True" | "false" | "False");
                self.push(if is_bool { Kind::Bool } else { Kind::Ident }, length)
            }
            _ if b"+-*/%!.,:~|=><()[]{}@".contains(&first) => self.push(Kind::Op, 1),
            _ => None,
        }
    }

    fn string(&mut self, quote: u8) -> Option<()> {
        let mut is_escaped = false;
        let is_part = |byte: &u8| {
            let was_escaped = is_escaped;
            is_escaped = !was_escaped && *byte == b'\\';
            was_escaped || *byte != quote
        };
        let length = self.rest().bytes().skip(1).take_while(is_part).count();
        if self.rest().as_bytes().get(length + 1) != Some(&quote) {
            return None;
        }
        self.at += 1;
        self.push(Kind::Str, length)?;
        self.at += 1;
        Some(())
    }
}

/// Where the next comment, raw block, variable or tag begins. We don't search for each kind separately: for a kind that
/// the text doesn't have, that would scan to the end, and again from every tag.
fn mark(text: &str) -> Option<usize> {
    let is_mark = |at: &usize| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#'));
    memchr::memchr_iter(b'{', text.as_bytes()).find(is_mark)
}

/// The length of the rest of a tag that contains only `name`, after its opening mark.
fn tag_end(rest: &str, name: &str) -> Option<usize> {
    let is_space = |c: char| c.is_ascii_whitespace();
    let inner = rest.strip_prefix('-').unwrap_or(rest).trim_start_matches(is_space);
    let inner = inner.strip_prefix(name)?.trim_start_matches(is_space);
    let end = inner.strip_prefix('-').unwrap_or(inner).strip_prefix("%}")?;
    Some(rest.len() - end.len())
}

/// The value of a string that is written like this.
pub(super) fn unescaped(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                c @ ('"' | '\'' | '/' | '\\') => c,
                _ => return None,
            },
            c => c,
        });
    }
    Some(out)
}
