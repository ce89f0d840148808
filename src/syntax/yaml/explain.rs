//! What is wrong with a text that isn't YAML, in the words of somebody who writes articles, and what to type instead.
//!
//! This runs on errors only. A parser says where it could not go on, which may be long after the mistake: a quotation
//! mark that isn't closed swallows everything up to the next one. So we look through the lines from the top for common
//! mistakes, and take the first that can have tripped up the parser.

use super::brackets::bracketed;
use super::indent::Levels;
use super::lookalikes;
use crate::base::TextRange;

/// A mistake that was found.
pub(super) struct Mistake {
    pub(super) range: TextRange,
    pub(super) message: String,
    pub(super) help: String,
}

/// The first mistake in a text that a parser gave up on at the byte `gave_up`, if it is one that we know.
pub(super) fn find(text: &str, gave_up: usize) -> Option<Mistake> {
    let mut lines = Lines::of(text);
    let mut levels = Levels::default();
    while let Some(line) = lines.next() {
        // A parser never gives up before the mistake.
        if line.at > gave_up {
            return None;
        }
        if let Some(mistake) = in_line(&line, &mut lines, &mut levels) {
            return Some(mistake);
        }
    }
    None
}

/// A line without its end and trailing blanks.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) at: usize,
    pub(super) text: &'a str,
}

impl Line<'_> {
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    fn says_something(&self) -> bool {
        let words = self.text.trim_start();
        !words.is_empty() && !words.starts_with('#')
    }
}

/// The lines of a text, and which of them comes next.
pub(super) struct Lines<'a> {
    all: Vec<Line<'a>>,
    pub(super) next: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let mut at = 0;
        let all = text.split_inclusive('\n').map(|line| {
            let mark = if at == 0 && line.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            let out = Line { at: at + mark, text: line[mark..].trim_end() };
            at += line.len();
            out
        });
        Self { all: all.collect(), next: 0 }
    }

    fn next(&mut self) -> Option<Line<'a>> {
        let line = self.all.get(self.next).copied();
        self.next += 1;
        line
    }

    /// The line this far after the next one.
    pub(super) fn ahead(&self, by: usize) -> Option<Line<'a>> {
        self.all.get(self.next + by).copied()
    }

    /// The range of the character at the byte `at`.
    fn first_of(&self, at: usize) -> std::ops::Range<usize> {
        let line = &self.all[self.all.partition_point(|line| line.at <= at).saturating_sub(1)];
        let letter = line.text.get(at - line.at..).and_then(|rest| rest.chars().next());
        at..at + letter.map_or(0, char::len_utf8)
    }

    /// Skips lines that are indented more than `indent`: the words of a block of text.
    fn skip_deeper(&mut self, indent: usize) {
        while self.ahead(0).is_some_and(|line| line.text.is_empty() || line.indent() > indent) {
            self.next += 1;
        }
    }
}

fn in_line(line: &Line<'_>, lines: &mut Lines<'_>, levels: &mut Levels) -> Option<Mistake> {
    if !line.says_something() {
        return None;
    }
    let blank = line.text.len() - line.text.trim_start().len();
    if let Some(tab) = line.text[..blank].find('\t') {
        let at = line.at + tab;
        return mistake(
            at..at + 1,
            "this line begins with a tab".to_owned(),
            "begin it with spaces instead: two for each level".to_owned(),
        );
    }
    if let Some(mistake) = lookalikes::indent(line, blank) {
        return Some(mistake);
    }
    let mut column = blank;
    // Where the key or hyphen is that the value belongs to.
    let mut parent = blank;
    loop {
        let rest = &line.text[column..];
        if let Some(mistake) = lookalikes::hyphen(line, column, levels.may_hold()) {
            return Some(mistake);
        }
        let is_item = rest == "-" || rest.starts_with("- ");
        if (is_item || key(rest).is_some())
            && let Err((wanted, at)) = levels.enter(column, line.at + column, is_item)
        {
            return indentation(line, lines.first_of(at), column, wanted);
        }
        if is_item {
            parent = column;
            levels.holds(true);
            let words = rest[1..].trim_start();
            if words.is_empty() {
                return None;
            }
            column = line.text.len() - words.len();
            continue;
        }
        return match key(rest) {
            Some((name, behind)) => {
                let value = rest[behind..].trim_start();
                levels.holds(value.is_empty() || value.starts_with(['#', '&', '!']));
                in_value(line, line.text.len() - value.len(), Some(name), column, lines)
            }
            None if glued(rest).is_some() => no_space(line, column),
            None if is_start_of_value(line, column) => in_value(line, column, None, parent, lines),
            None => without_key(line, column, levels),
        };
    }
}

/// Whether what begins at `column` is a list item, and not the continuation of a text.
fn is_start_of_value(line: &Line<'_>, column: usize) -> bool {
    line.text[..column].trim_end().ends_with('-')
}

/// The key that a line begins with, and where the text after its colon begins.
pub(super) fn key(text: &str) -> Option<(&str, usize)> {
    let end = match text.chars().next()? {
        mark @ ('"' | '\'') => closing(&text[1..], mark)? + 2,
        c if c.is_alphanumeric() || c == '_' => text.find(": ").or_else(|| text.strip_suffix(':').map(str::len))?,
        _ => return None,
    };
    let is_one_word = text.starts_with(['"', '\'']) || !text[..end].contains(char::is_whitespace);
    let behind = text.get(end..)?.strip_prefix(':')?;
    (is_one_word && (behind.is_empty() || behind.starts_with(' '))).then_some((&text[..end], end + 1))
}

/// The key that a line begins with if no space follows its colon.
fn glued(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !(c.is_ascii_lowercase() || c == '-')).filter(|end| *end > 0)?;
    let behind = text[end..].strip_prefix(':')?;
    // In an address, slashes follow.
    (!behind.is_empty() && !behind.starts_with([' ', '\t', '/', ':'])).then_some(end)
}

#[expect(clippy::unnecessary_wraps, reason = "every search for a mistake ends in one")]
fn mistake(range: std::ops::Range<usize>, message: String, help: String) -> Option<Mistake> {
    Some(Mistake { range: TextRange::new(range.start, range.end), message, help })
}

/// What is wrong with a line's indentation, reported at its first character.
fn indentation(line: &Line<'_>, first: std::ops::Range<usize>, column: usize, wanted: usize) -> Option<Mistake> {
    // It may be the very first line that is wrong.
    let earlier = first.start < line.at;
    let name = key(&line.text[column..]).map(|(name, _)| name);
    let (range, message) = if earlier {
        (first, "this line is indented more than those below it".to_owned())
    } else {
        let side = if column > wanted { "more" } else { "less" };
        let what = name.map_or("this line".to_owned(), |name| format!("`{}`", short(name)));
        (
            name.map_or(first.clone(), |name| first.start..first.start + name.len()),
            format!("{what} is indented {side} than the lines it belongs with"),
        )
    };
    let spaces = match wanted {
        0 => "without a space".to_owned(),
        1 => "with one space".to_owned(),
        more => format!("with {more} spaces"),
    };
    mistake(range, message, format!("begin this line {spaces}, so that all keys of a record line up"))
}

fn no_space(line: &Line<'_>, column: usize) -> Option<Mistake> {
    let rest = &line.text[column..];
    let end = glued(rest)?;
    let (key, value) = (&rest[..end], &rest[end + 1..]);
    let colon = line.at + column + end;
    let help = format!("write `{key}: {}`", short(value.trim_start()));
    match lookalikes::space(value) {
        Some((length, name)) => {
            let message = format!("`{key}:` is followed by {name}, which looks like a plain space but is not one");
            mistake(colon + 1..colon + 1 + length, message, help)
        }
        None => mistake(colon..colon + 1, format!("a space is missing after `{key}:`"), help),
    }
}

/// What is wrong with words that don't begin with a key: they are where one is expected, or they continue the line
/// above and contain a colon.
fn without_key(line: &Line<'_>, column: usize, levels: &Levels) -> Option<Mistake> {
    let (keys, may_hold) = levels.keys()?;
    let rest = &line.text[column..];
    let at = line.at + column;
    if column == keys && !rest.starts_with(['"', '\'', '?', '[', '{', '<']) {
        return mistake(
            at..at + rest.len(),
            "a key is expected here, but this line doesn't begin with one".to_owned(),
            "if it continues the line above, indent it more, or write both on one line; a key is followed by a colon and a \
             space"
                .to_owned(),
        );
    }
    let colon = rest.find(": ").filter(|_| column > keys && !may_hold)?;
    mistake(
        at + colon..at + colon + 1,
        "a colon followed by a space ends a key, but this one is in the middle of a text".to_owned(),
        "put the whole text in quotation marks, or write `>-` after its key and the text below it".to_owned(),
    )
}

/// What is wrong with the value that begins at `column`. `parent` is the indentation of its key or hyphen.
fn in_value(line: &Line<'_>, column: usize, key: Option<&str>, parent: usize, lines: &mut Lines<'_>) -> Option<Mistake> {
    let value = &line.text[column..];
    let at = line.at + column;
    let write = |value: &str| match key {
        Some(key) => format!("write `{key}: {value}`"),
        None => format!("write `- {value}`"),
    };
    match value.chars().next()? {
        mark @ ('"' | '\'') => quoted(value, at, mark, lines, &write),
        '[' | '{' => bracketed(value, at, lines, &write),
        '|' | '>' => {
            lines.skip_deeper(parent);
            None
        }
        '*' | '&' if is_name(value) => None,
        '@' | '`' | '%' | '*' | '&' | '!' => Some(begins_with_mark(value, at, &write)),
        _ => {
            let said = value.split(" #").next()?.trim_end();
            let colon = said.find(": ").or_else(|| said.strip_suffix(':').map(str::len))?;
            mistake(
                at + colon..at + colon + 1,
                "a colon followed by a space ends a key, but this one is in the middle of a text".to_owned(),
                format!("put the text in quotation marks: {}", write(&in_quotes(said))),
            )
        }
    }
}

/// The mistake in a value that begins, at `at`, with a mark that has another meaning at the beginning of a value.
pub(super) fn special(text: &str, at: usize) -> Mistake {
    let value = text.get(at..).unwrap_or_default().lines().next().unwrap_or_default().trim_end();
    begins_with_mark(value, at, &|value| format!("write `{value}`"))
}

fn begins_with_mark(value: &str, at: usize, write: &dyn Fn(&str) -> String) -> Mistake {
    let mark = value.chars().next().map_or("", |mark| &value[..mark.len_utf8()]);
    Mistake {
        range: TextRange::new(at, at + mark.len()),
        message: format!("a value can't begin with `{mark}`"),
        help: format!("put it in quotation marks: {}", write(&in_quotes(value))),
    }
}

/// Whether a value names a part of the file for use elsewhere, or stands for a part that is named elsewhere.
fn is_name(value: &str) -> bool {
    match value.as_bytes() {
        [b'&', b' ', ..] | [b'&'] => false,
        [b'&', ..] => true,
        [b'*', name @ ..] => !name.is_empty() && !name.iter().any(|c| matches!(c, b' ' | b'*' | b'&' | b'!')),
        _ => false,
    }
}

fn quoted(value: &str, at: usize, mark: char, lines: &mut Lines<'_>, write: &dyn Fn(&str) -> String) -> Option<Mistake> {
    let Some(end) = closing(&value[1..], mark).map(|end| end + 1) else {
        let mut passed = 0;
        while let Some(line) = lines.ahead(passed) {
            let words = line.text.trim_start();
            if key(words).is_some() || words.starts_with("- ") {
                break;
            }
            passed += 1;
            if closing(line.text, mark).is_some() {
                lines.next += passed;
                return None;
            }
        }
        return mistake(
            at..at + value.len(),
            format!("the quotation mark {mark} is never closed"),
            format!("close it at the end of the text: {}", write(&format!("{}{mark}", short(value)))),
        );
    };
    let behind = &value[end + 1..];
    let trailing = behind.trim_start();
    if trailing.is_empty() || trailing.starts_with('#') && behind.starts_with(' ') {
        return None;
    }
    let start = at + value.len() - trailing.len();
    let range = start..at + value.len();
    if mark == '\'' && trailing.len() == behind.len() && value.ends_with('\'') {
        let inner = &value[1..value.len() - 1];
        return mistake(
            at + end..at + end + 1,
            "this apostrophe ends the text, because the text began with the same mark".to_owned(),
            format!("put the text in double quotation marks: {}", write(&in_quotes(inner))),
        );
    }
    let whole = write(&in_quotes(value));
    mistake(
        range,
        "there is text after the closing quotation mark".to_owned(),
        format!("remove the quotation marks, or put the whole text in other ones: {whole}"),
    )
}

/// Where the text that a quotation mark opened before `text` is closed.
pub(super) fn closing(text: &str, mark: char) -> Option<usize> {
    let mut marks = text.char_indices().peekable();
    while let Some((at, c)) = marks.next() {
        if c == '\\' && mark == '"' {
            marks.next();
        } else if c == mark {
            if mark == '\'' && marks.next_if(|(_, next)| *next == mark).is_some() {
                continue;
            }
            return Some(at);
        }
    }
    None
}

/// A text in double quotation marks.
pub fn in_quotes(text: &str) -> String {
    let text = short(text);
    if text.contains(['"', '\\']) && !text.contains('\'') {
        return format!("'{text}'");
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Enough of a text to recognize it.
pub(super) fn short(text: &str) -> String {
    const ENOUGH: usize = 60;
    match text.char_indices().nth(ENOUGH) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// What is wrong with a text that YAML takes for words where keys were meant.
pub(super) fn glued_key(text: &str) -> Option<Mistake> {
    let mut lines = Lines::of(text);
    let line = std::iter::from_fn(|| lines.next()).find(Line::says_something)?;
    let column = line.text.len() - line.text.trim_start_matches(['-', ' ']).len();
    no_space(&line, column)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::base::TextRange;
    use crate::syntax::yaml;
    use crate::trials::trials;

    /// Asserts that a range lies between characters of `text`.
    #[track_caller]
    fn assert_placed(range: TextRange, text: &str) {
        assert!(text.get(range.bytes()).is_some(), "{range:?} of {}: {text:?}", text.len());
    }

    fn assert_all_placed(text: &str) {
        if let Err(yaml::Fault { range: Some(range), .. }) = yaml::parse(text) {
            assert_placed(range, text);
        }
        let marks = text.char_indices().map(|(at, _)| at).chain([text.len()]).map(|at| super::special(text, at));
        let found = super::find(text, text.len()).into_iter().chain(super::glued_key(text)).chain(marks);
        found.for_each(|mistake| assert_placed(mistake.range, text));
    }

    #[test]
    fn a_place_is_never_inside_a_letter() {
        ["\n  éid: key\n\n- ", " 漢ame: A\n- x", "- a: 1\n   漢: 2\n é: 3\n", "a: !"]
            .iter()
            .for_each(|text| assert_all_placed(text));
    }

    proptest! {
        #![proptest_config(trials(2_000))]

        /// For any text, there is a fault or none, and its range is in the text.
        #[test]
        fn no_text_is_too_odd(pieces in prop::collection::vec(prop::sample::select(vec![
            "\n", "\n  ", "\n- ", "\t", " ", ": ", ":", "\"", "'", "''", "\\", "[", "]", "{", "}", ", ", "# ", " #", "|", ">-", "&a ", "*a",
            "!b ", "@", "%", "`", "id: ", "title: ", "key", "é", "漢", "\u{a0}", "\r\n", "\u{feff}", "-", "---\n", "é: ", "\n 漢: ",
            "\n   🗳: x", "\u{2028}", "\u{85}", "\0", "\r",
        ]), 0..30)) {
            let text = pieces.concat();
            for text in [text.as_str(), &format!("title: {text}"), &format!("- id: one\n  title: {text}\n  order: 1\n")] {
                assert_all_placed(text);
            }
        }
    }

    #[test]
    fn lines_without_a_mistake_are_passed_over() {
        let honest = "a: \"It: is\"\nb: *name\nc:\n- \"One\n  two\" # so\n- >-\n  A note: it's\n    so\n- k: |\n    x: y: z\n  l: [a,\n    'b']\nd: https://a.example\n\"e\":\n  f: it's\n  g: {h: [i], j: \"k]\"}\nl: - m\n";
        assert!(super::find(honest, honest.len()).is_none_or(|mistake| panic!("{}", mistake.message)));
    }
}
