//! Converts the TeX in bibliographies to text.

use super::super::plain;
use crate::base::accents::composed;

/// The text of some TeX, and the commands that have no equivalent.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The words.
    pub text: String,
    /// The names of unknown commands.
    pub unknown: Vec<String>,
}

/// TeX as a line of Markdown.
#[must_use]
pub fn markdown(tex: &str) -> Words {
    read(tex, true)
}

/// TeX as plain text.
#[must_use]
pub fn words(tex: &str) -> Words {
    read(tex, false)
}

fn read(tex: &str, as_markdown: bool) -> Words {
    let mut reader = Reader { rest: tex, as_markdown, out: String::new(), run: String::new(), unknown: Vec::new() };
    reader.group(None, 0);
    reader.flush();
    let text = reader.out.split_whitespace().collect::<Vec<_>>().join(" ");
    Words { text, unknown: reader.unknown }
}

struct Reader<'t> {
    rest: &'t str,
    as_markdown: bool,
    out: String,
    /// Plain text that isn't in `out` yet.
    run: String,
    unknown: Vec<String>,
}

/// The deepest nesting of braces that is read. Real files have far less.
const DEEPEST: usize = 50;

impl Reader<'_> {
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        self.out.push_str(&if self.as_markdown { plain::inline(&run) } else { run });
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn takes(&mut self, start: &str) -> bool {
        let rest = self.rest.strip_prefix(start);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Reads up to a closing brace, or to the end.
    fn group(&mut self, close: Option<char>, depth: usize) {
        while let Some(c) = self.next() {
            match c {
                c if Some(c) == close => return,
                '{' if depth < DEEPEST => {
                    // `{\it words}` is set in italics up to its end.
                    let style =
                        [("\\it ", "*"), ("\\em ", "*"), ("\\itshape ", "*"), ("\\bf ", "**"), ("\\bfseries ", "**")];
                    match style.into_iter().find(|(command, _)| self.takes(command)) {
                        Some((_, mark)) => self.styled(mark, depth),
                        None => self.group(Some('}'), depth + 1),
                    }
                }
                '{' | '}' | '$' => {}
                '~' => self.run.push(' '),
                '-' if self.takes("--") => self.run.push('—'),
                '-' if self.takes("-") => self.run.push('–'),
                '`' if self.takes("`") => self.run.push('“'),
                '\'' if self.takes("'") => self.run.push('”'),
                '`' => self.run.push('‘'),
                '\\' => self.command(depth),
                c => self.run.push(c),
            }
        }
    }

    /// Text in braces with a mark around it, after the opening brace.
    fn styled(&mut self, mark: &str, depth: usize) {
        self.flush();
        let before = std::mem::take(&mut self.out);
        self.group(Some('}'), depth + 1);
        self.flush();
        let inner = std::mem::replace(&mut self.out, before);
        let mark = if self.as_markdown && !inner.trim().is_empty() { mark } else { "" };
        self.out.push_str(&format!("{mark}{}{mark}", inner.trim()));
    }

    fn command(&mut self, depth: usize) {
        let name: String = self.rest.chars().take_while(char::is_ascii_alphabetic).collect();
        if name.is_empty() {
            match self.next() {
                Some(mark) => match accent(&mark.to_string()) {
                    Some(accent) => self.accented(accent, depth),
                    None if mark == '\\' => self.run.push(' '),
                    None if matches!(mark, '-' | '/' | ',' | '@' | ' ') => {
                        self.run.push_str(if mark == ' ' { " " } else { "" });
                    }
                    None => self.run.push(mark),
                },
                None => self.run.push('\\'),
            }
            return;
        }
        self.rest = &self.rest[name.len()..];
        if let Some(accent) = accent(&name).filter(|_| !self.rest.starts_with(|c: char| c.is_ascii_alphabetic())) {
            return self.accented(accent, depth);
        }
        if let Some((_, sign)) = SIGNS.iter().find(|(known, _)| *known == name) {
            self.run.push_str(sign);
            // The space that ends a command isn't text.
            if !self.takes("{}") {
                self.rest = self.rest.trim_start();
            }
            return;
        }
        self.rest = self.rest.trim_start();
        match name.as_str() {
            "emph" | "textit" | "textsl" | "mkbibemph" if self.takes("{") => self.styled("*", depth),
            "textbf" | "mkbibbold" if self.takes("{") => self.styled("**", depth),
            "enquote" | "mkbibquote" if self.takes("{") => {
                self.run.push('“');
                self.group(Some('}'), depth + 1);
                self.run.push('”');
            }
            "href" if self.takes("{") => {
                let end = self.rest.find('}').unwrap_or(self.rest.len());
                self.rest = self.rest.get(end + 1..).unwrap_or("");
            }
            "url" | "textrm" | "textsf" | "texttt" | "textsc" | "textup" | "mbox" | "text" | "hbox" | "relax"
            | "noopsort" => {}
            _ => {
                if !self.unknown.contains(&name) {
                    self.unknown.push(name);
                }
            }
        }
    }

    /// A letter with an accent.
    fn accented(&mut self, accent: char, depth: usize) {
        self.rest = self.rest.trim_start();
        let before = std::mem::take(&mut self.run);
        let may_nest = depth < DEEPEST;
        if may_nest && self.takes("{") {
            self.group(Some('}'), depth + 1);
        } else if may_nest && self.takes("\\") {
            self.command(depth + 1);
        } else if let Some(letter) = self.next() {
            self.run.push(letter);
        }
        let letters = std::mem::replace(&mut self.run, before);
        let mut chars = letters.chars();
        let Some(letter) = chars.next() else { return };
        // Accents replace the dots of i and j.
        let letter = match letter {
            'ı' => 'i',
            'ȷ' => 'j',
            letter => letter,
        };
        match composed(letter, accent) {
            Some(whole) => self.run.push(whole),
            None => self.run.extend([letter, accent]),
        }
        self.run.push_str(chars.as_str());
    }
}

/// The accent that a command adds to a letter.
fn accent(name: &str) -> Option<char> {
    Some(match name {
        "`" => '\u{300}',
        "'" => '\u{301}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "u" => '\u{306}',
        "." => '\u{307}',
        "\"" => '\u{308}',
        "r" => '\u{30a}',
        "H" => '\u{30b}',
        "v" => '\u{30c}',
        "d" => '\u{323}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "b" => '\u{331}',
        _ => return None,
    })
}

/// Commands for single characters.
const SIGNS: &[(&str, &str)] = &[
    ("ss", "ß"),
    ("o", "ø"),
    ("O", "Ø"),
    ("l", "ł"),
    ("L", "Ł"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("aa", "å"),
    ("AA", "Å"),
    ("i", "ı"),
    ("j", "ȷ"),
    ("dh", "ð"),
    ("DH", "Ð"),
    ("th", "þ"),
    ("TH", "Þ"),
    ("dj", "đ"),
    ("S", "§"),
    ("P", "¶"),
    ("copyright", "©"),
    ("pounds", "£"),
    ("texteuro", "€"),
    ("euro", "€"),
    ("ldots", "…"),
    ("dots", "…"),
    ("textellipsis", "…"),
    ("textendash", "–"),
    ("textemdash", "—"),
    ("textquoteleft", "‘"),
    ("textquoteright", "’"),
    ("textquotesingle", "'"),
    ("textquotedblleft", "“"),
    ("textquotedblright", "”"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("textasciitilde", "~"),
    ("textasciicircum", "^"),
    ("textbackslash", "\\"),
    ("textbar", "|"),
    ("textless", "<"),
    ("textgreater", ">"),
    ("textdegree", "°"),
    ("textregistered", "®"),
    ("texttrademark", "™"),
    ("slash", "/"),
    ("BibTeX", "BibTeX"),
    ("LaTeX", "LaTeX"),
    ("TeX", "TeX"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tex_becomes_words() {
        for (tex, wanted) in [
            ("{The} B{\\\"o}hm--Bawerk {\\'E}cole", "The Böhm–Bawerk École"),
            ("Garc{\\'\\i}a \\'a \\c{c} \\v s \\~n \\aa{}ngstr\\\"om", "García á ç š ñ ångström"),
            ("\\emph{A} ``b'' \\& 50\\% \\textbf{c}", "*A* “b” & 50% **c**"),
            ("{\\it Nature} today", "*Nature* today"),
            ("\\href{https://a.example.org}{here}", "here"),
            ("Stra\\ss e and \\o re", "Straße and øre"),
            ("a*b [c](d)", "a\\*b \\[c](d)"),
            ("\\url{https://a.example.org/x}", "https://a.example.org/x"),
        ] {
            assert_eq!(markdown(tex).text, wanted, "{tex}");
        }
        assert_eq!(words("\\emph{a_b}").text, "a_b");
        assert_eq!(markdown("\\foo{x} \\foo{y}"), Words { text: "x y".to_owned(), unknown: vec!["foo".to_owned()] });
        for odd in
            ["\\", "{", "}", "\\'", "\\'{", "\\href{", "\\emph", "\\c", "\\'\\", "$", &"{".repeat(9000), &"\\'".repeat(9000)]
        {
            let _ = markdown(odd);
        }
    }
}
