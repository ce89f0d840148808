//! Style sheets: joins `@import`s into one sheet, rewrites its addresses, and removes what only people need.
//!
//! The text is cut into pieces (comments, strings, addresses, everything else) as CSS Syntax Level 3 defines them. We
//! understand nothing else, so that any future CSS passes through unharmed. We remove space only where the grammar
//! gives it no meaning: a minifier that does more turned out to break `clamp(1rem, 1rem + 1vw, 2rem)`.

use std::collections::BTreeSet;

/// What is wrong in a style sheet, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, as a path below the theme.
    pub path: String,
    /// The line, from one.
    pub line: usize,
    /// The column, from one, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

/// A joined style sheet.
#[derive(Debug, Default)]
pub struct Joined {
    /// Its text, with every comment and needless space gone.
    pub text: String,
    /// The files that are in it.
    pub files: BTreeSet<String>,
}

/// Joins the sheet at `path` and everything that it imports, each once and in order. `read` returns a file's text by
/// its path below the theme; `address` returns the address in the joined sheet for a file that it uses, such as a font.
///
/// # Errors
/// Missing files, and `@import`s that can't be joined: all of them.
pub fn join(
    path: &str,
    read: &dyn Fn(&str) -> Option<String>,
    address: &dyn Fn(&str) -> Option<String>,
) -> Result<Joined, Vec<Fault>> {
    let mut joiner = Joiner { read, address, out: Joined::default(), faults: Vec::new() };
    if let Some(text) = read(path) {
        joiner.sheet(path, &text);
    }
    if joiner.faults.is_empty() { Ok(joiner.out) } else { Err(joiner.faults) }
}

struct Joiner<'a> {
    read: &'a dyn Fn(&str) -> Option<String>,
    address: &'a dyn Fn(&str) -> Option<String>,
    out: Joined,
    faults: Vec<Fault>,
}

/// A piece of a style sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'t> {
    Comment,
    Space,
    /// With its quotes.
    Text(&'t str),
    /// What is between the brackets of an unquoted `url(…)`.
    Address(&'t str),
    Other(&'t str),
}

/// Cuts a style sheet into pieces, each with the byte where it begins. Together they are the whole text.
fn pieces(text: &str) -> Vec<(usize, Piece<'_>)> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let (length, piece) = match bytes[at] {
            b'/' if rest.starts_with("/*") => (rest[2..].find("*/").map_or(rest.len(), |end| end + 4), Piece::Comment),
            b' ' | b'\t' | b'\n' | b'\r' | 0x0c => {
                let length = rest.find(|c: char| !c.is_ascii_whitespace()).unwrap_or(rest.len());
                (length, Piece::Space)
            }
            quote @ (b'"' | b'\'') => {
                let length = text_length(rest, quote);
                (length, Piece::Text(&rest[..length]))
            }
            b'u' | b'U' if is_bare_address(rest) => {
                let end = rest.find(')').map_or(rest.len(), |end| end + 1);
                (end, Piece::Address(rest[4..end].trim_end_matches(')').trim()))
            }
            // It must be a whole word, so the `url(` of `my-url(` doesn't count.
            byte if is_word(byte) => {
                let length = rest.bytes().position(|byte| !is_word(byte)).unwrap_or(rest.len());
                (length, Piece::Other(&rest[..length]))
            }
            b'\\' => {
                let length = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                (length, Piece::Other(&rest[..length]))
            }
            _ => (1, Piece::Other(&rest[..1])),
        };
        out.push((at, piece));
        at += length;
    }
    out
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'@' | b'#' | b'.' | b'%') || byte >= 0x80
}

/// Whether `rest` begins with a `url(` whose address isn't quoted.
fn is_bare_address(rest: &str) -> bool {
    let Some((head, tail)) = rest.as_bytes().split_at_checked(4) else {
        return false;
    };
    head.eq_ignore_ascii_case(b"url(") && !matches!(tail.trim_ascii_start().first(), Some(b'"' | b'\''))
}

/// The length of the string at the start of `rest` in bytes, including quotes. A line break ends it too, as CSS says.
fn text_length(rest: &str, quote: u8) -> usize {
    let mut is_escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'\n' => return at,
            _ if byte == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

impl Joiner<'_> {
    fn sheet(&mut self, path: &str, text: &str) {
        if !self.out.files.insert(path.to_owned()) {
            return;
        }
        let pieces = pieces(text);
        let mut at = 0;
        // Imports come before everything else, so they are taken first; CSS ignores those further down.
        loop {
            while matches!(pieces.get(at), Some((_, Piece::Comment | Piece::Space))) {
                at += 1;
            }
            let Some((start, Piece::Other("@import"))) = pieces.get(at) else { break };
            let end = pieces[at..].iter().position(|(_, piece)| *piece == Piece::Other(";"));
            let statement = &pieces[at + 1..end.map_or(pieces.len(), |end| at + end)];
            self.import(path, text, *start, statement);
            at = end.map_or(pieces.len(), |end| at + end + 1);
        }
        self.rules(path, text, &pieces[at..]);
    }

    fn import(&mut self, path: &str, text: &str, start: usize, statement: &[(usize, Piece<'_>)]) {
        let mut said = statement.iter().filter(|(_, piece)| !matches!(piece, Piece::Comment | Piece::Space));
        let (Some((at, Piece::Text(quoted))), None) = (said.next(), said.next()) else {
            let message = "an `@import` here must be one quoted path, such as `@import \"css/tokens.css\";`: put conditions and \
                           layers inside the file";
            return self.fault(path, text, start, message.to_owned());
        };
        let wanted = unquoted(quoted);
        match beside(path, wanted).and_then(|file| Some(((self.read)(&file)?, file))) {
            Some((text, file)) => self.sheet(&file, &text),
            None => self.fault(path, text, *at, format!("there is no style sheet `{wanted}` in the theme")),
        }
    }

    fn rules(&mut self, path: &str, text: &str, pieces: &[(usize, Piece<'_>)]) {
        let mut space = false;
        for (index, (at, piece)) in pieces.iter().enumerate() {
            match *piece {
                Piece::Comment => {}
                Piece::Space => space = true,
                Piece::Address(wanted) => {
                    let address = self.address(path, text, *at, wanted);
                    self.push(&mut space, &format!("url({address})"));
                }
                Piece::Text(quoted) => {
                    let is_address =
                        pieces[..index].iter().rev().map(|(_, piece)| piece).filter(|piece| **piece != Piece::Space);
                    let is_address = is_address.take(2).eq([&Piece::Other("("), &Piece::Other("url")]);
                    if is_address {
                        let address = self.address(path, text, *at, unquoted(quoted));
                        self.push(&mut space, &format!("{0}{address}{0}", &quoted[..1]));
                    } else {
                        self.push(&mut space, quoted);
                    }
                }
                Piece::Other(other) => self.push(&mut space, other),
            }
        }
    }

    /// Writes a piece, and before it a space if that means something.
    fn push(&mut self, space: &mut bool, piece: &str) {
        let out = &mut self.out.text;
        let closes = |byte: Option<&u8>| matches!(byte, None | Some(b'{' | b'}' | b';' | b','));
        if std::mem::take(space) && !closes(out.as_bytes().last()) && !closes(piece.as_bytes().first()) {
            out.push(' ');
        }
        if piece == "}" && out.ends_with(';') {
            out.pop();
        }
        out.push_str(piece);
    }

    /// The new address for one in the file at `path`.
    fn address(&mut self, path: &str, text: &str, at: usize, wanted: &str) -> String {
        let is_elsewhere = wanted.starts_with(['/', '#']) || wanted.contains(':') || wanted.is_empty();
        if is_elsewhere {
            return wanted.to_owned();
        }
        let (file, fragment) =
            wanted.split_once('#').map_or((wanted, String::new()), |(file, rest)| (file, format!("#{rest}")));
        match beside(path, file).and_then(|file| (self.address)(&file)) {
            Some(address) => address + &fragment,
            None => {
                self.fault(path, text, at, format!("there is no file `{file}` in the theme"));
                String::new()
            }
        }
    }

    fn fault(&mut self, path: &str, text: &str, at: usize, message: String) {
        let before = &text[..at];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        self.faults.push(Fault { path: path.to_owned(), line, column, message });
    }
}

fn unquoted(text: &str) -> &str {
    let quote = &text[..1];
    text[1..].strip_suffix(quote).unwrap_or(&text[1..])
}

/// The path of `wanted`, as the file at `path` writes it; `None` if it leaves the theme.
fn beside(path: &str, wanted: &str) -> Option<String> {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in wanted.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(files: &[(&str, &str)]) -> Result<String, Vec<Fault>> {
        let read = |path: &str| files.iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned());
        let address = |path: &str| path.ends_with("woff2").then(|| format!("{path}?v"));
        join("theme.css", &read, &address).map(|joined| joined.text)
    }

    #[test]
    fn imports_are_joined_in_order_and_once() {
        let files = [
            ("theme.css", "/* all */ @import \"css/a.css\";\n@import 'css/b.css';\nz{}"),
            ("css/a.css", "a{}"),
            ("css/b.css", "@import \"./a.css\"; @import \"../css/b.css\"; b{}"),
        ];
        assert_eq!(joined(&files).unwrap(), "a{}b{}z{}");
    }

    #[test]
    fn addresses_are_read_from_where_they_stand() {
        let files = [
            ("theme.css", "@import \"css/a.css\";"),
            ("css/a.css", "a{b:url(../f/x.woff2#i) url( \"../f/y.woff2\" ) url(data:x,y) url(#m) my-url(z)}"),
        ];
        let wanted = "a{b:url(f/x.woff2?v#i) url( \"f/y.woff2?v\" ) url(data:x,y) url(#m) my-url(z)}";
        assert_eq!(joined(&files).unwrap(), wanted);
    }

    #[test]
    fn space_with_a_meaning_stays() {
        let css = "a :first-child , b > c {\n  width : clamp(1rem, 1rem + .3vw, 2rem) ;\n content: \"a  /* b */ \\\" c\";\n}\n@media (x) and (y) { p { --e: ; } }\n";
        let wanted = "a :first-child,b > c{width : clamp(1rem,1rem + .3vw,2rem);content: \"a  /* b */ \\\" c\"}@media (x) and (y){p{--e:}}";
        assert_eq!(joined(&[("theme.css", css)]).unwrap(), wanted);
    }

    #[test]
    fn all_faults_are_reported_with_their_places() {
        let files = [
            ("theme.css", "@import \"no.css\";\n@import url(x.css);\n@import \"css/a.css\";"),
            ("css/a.css", "é{\n b:url(../../x)}"),
        ];
        let faults = joined(&files).unwrap_err();
        let places: Vec<_> = faults.iter().map(|fault| (fault.path.as_str(), fault.line, fault.column)).collect();
        assert_eq!(places, [("theme.css", 1, 9), ("theme.css", 2, 1), ("css/a.css", 2, 4)]);
    }

    #[test]
    fn unfinished_sheets_end_quietly() {
        for css in ["/* x", "a{b:\"x", "a{b:url(x:", "a\\", "@import", "u", "é\\é", "url("] {
            let _ = joined(&[("theme.css", css)]);
        }
    }
}
