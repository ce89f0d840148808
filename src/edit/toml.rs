//! Setting and removing keys of a TOML file, by byte ranges. Like every change here, one is tried before it is returned: the new text
//! is parsed, and it may differ from the old one only in the key that was meant.

use super::{Refused, TextEdit, Value, apply};
use crate::base::LineIndex;
use crate::base::escape::without_forbidden;
use crate::syntax::node::{Kind, Node};
use crate::syntax::parse_toml;

/// The text of a TOML file in which `path`, the names of tables and a key, has this value, or isn't there. Numbers and truth values
/// are [`Value::Plain`]; everything else that is plain is written as text.
///
/// # Errors
/// If the file can't be read, or the key can't be changed without changing something else.
pub fn with_key(text: &str, path: &[&str], value: Option<&Value>) -> Result<String, Refused> {
    let Some((key, table)) = path.split_last() else { return Err(Refused::NotThere("key without a name".to_owned())) };
    let root = read(text)?;
    let edit = match (find(&root, path), value) {
        (None, None) => return Ok(text.to_owned()),
        (Some((_, old)), Some(new)) => TextEdit::replace(old.range.bytes(), written(new)),
        (Some((start, old)), None) => removed(text, start, old.range.bytes().end)?,
        (None, Some(new)) => added(text, table, &format!("{key} = {}", written(new))),
    };
    let new = apply(text, &[edit]);
    let line = new.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).filter(|(a, _)| *a == b'\n').count() + 1;
    let odd = |why| Refused::TooOdd { line, why };
    let changed = read(&new).map_err(|_| odd("the change would make the file unreadable"))?;
    let is_set = match (find(&changed, path), value) {
        (found, None) => found.is_none(),
        (Some((_, node)), Some(value)) => read(&format!("a = {}", written(value)))
            .is_ok_and(|root| find(&root, &["a"]).is_some_and(|(_, wanted)| Value::of(wanted) == Value::of(node))),
        (None, Some(_)) => false,
    };
    if is_set && without(&root, path) == without(&changed, path) {
        Ok(new)
    } else {
        Err(odd("it would change something else as well"))
    }
}

/// The value at a path of keys, and where its key begins.
#[must_use]
pub fn find<'n>(root: &'n Node, path: &[&str]) -> Option<(usize, &'n Node)> {
    let (name, rest) = path.split_first()?;
    let Kind::Map(entries) = &root.kind else { return None };
    let (key, value) = entries.iter().find(|(key, _)| key.value == *name)?;
    if rest.is_empty() { Some((key.range.bytes().start, value)) } else { find(value, rest) }
}

fn read(text: &str) -> Result<Node, Refused> {
    let (root, faults) = parse_toml(text);
    let Some(fault) = faults.first() else { return Ok(root) };
    let line = fault.span.map_or(1, |span| LineIndex::new(text).line_column(text, span.range.start).0);
    Err(Refused::Unreadable(format!("line {line}: {}", fault.message)))
}

/// What a tree says apart from the value at a path. Tables without keys say nothing.
fn without(node: &Node, path: &[&str]) -> Option<Value> {
    let Kind::Map(entries) = &node.kind else { return Value::of(node) };
    let mut fields = Vec::new();
    for (key, value) in entries {
        let inside = match path.split_first() {
            Some((name, [])) if *name == key.value => None,
            Some((name, rest)) if *name == key.value => without(value, rest),
            _ => without(value, &[]),
        };
        fields.extend(inside.map(|value| (key.value.clone(), value)));
    }
    fields.sort_by(|(a, _), (b, _)| a.cmp(b));
    (!fields.is_empty()).then_some(Value::Map(fields))
}

/// The edit that removes a key with its line.
fn removed(text: &str, start: usize, end: usize) -> Result<TextEdit, Refused> {
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    let rest = text[end..line_end].trim();
    if text[line_start..start].trim_start_matches('\u{feff}').trim().is_empty() && (rest.is_empty() || rest.starts_with('#'))
    {
        return Ok(TextEdit::delete(line_start..line_end));
    }
    let line = text[..start].matches('\n').count() + 1;
    Err(Refused::TooOdd { line, why: "the setting shares its line with others" })
}

/// The edit that adds a line to a table: below its last key, or with its own header at the end of the file.
fn added(text: &str, table: &[&str], line: &str) -> TextEdit {
    let newline = match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    };
    let mut at = 0;
    let mut is_inside = table.is_empty();
    // The end of the last line of the table that says something.
    let mut last = is_inside.then_some(0);
    for whole in text.split_inclusive('\n') {
        let words = whole.trim();
        at += whole.len();
        if let Some(name) = header(words) {
            is_inside = name == table;
        }
        if is_inside && !words.is_empty() && !words.starts_with('#') {
            last = Some(at);
        }
    }
    match last {
        Some(end) if text[..end].ends_with('\n') || end == 0 => TextEdit::insert(end, format!("{line}{newline}")),
        Some(end) => TextEdit::insert(end, format!("{newline}{line}{newline}")),
        None => {
            let gap = match text {
                "" => String::new(),
                text if text.ends_with('\n') => newline.to_owned(),
                _ => newline.repeat(2),
            };
            TextEdit::insert(text.len(), format!("{gap}[{}]{newline}{line}{newline}", table.join(".")))
        }
    }
}

/// The name of the table that a line begins.
fn header(line: &str) -> Option<Vec<&str>> {
    let (name, rest) = line.strip_prefix('[')?.split_once(']')?;
    let is_all = rest.trim().is_empty() || rest.trim_start().starts_with('#');
    is_all.then(|| name.split('.').map(|part| part.trim().trim_matches(['"', '\''])).collect())
}

/// A value in TOML, on one line.
fn written(value: &Value) -> String {
    match value {
        Value::Plain(word) if is_bare(word) => word.clone(),
        Value::Text(text) | Value::Plain(text) => quoted(text),
        Value::List(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Value::Map(fields) => {
            let fields = fields.iter().map(|(key, value)| format!("{key} = {}", written(value)));
            format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Whether a word is a number or a truth value.
fn is_bare(word: &str) -> bool {
    matches!(word, "true" | "false") || word.parse::<i32>().is_ok_and(|number| number.to_string() == word)
}

/// A basic string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in without_forbidden(text).chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::trials::trials;

    const BOOK: &str = "# Settings.\n[book]\ntitle = \"A \\\"b\\\"\" # for now\nauthors = [\"Jane Doe\"]\n\n[site]  # more\nas-of = '2024-11-30'\n# base-url = \"x\"\n\n[desk]\nrecords = \"lists\"\n";

    fn set(text: &str, path: &[&str], value: &str) -> String {
        with_key(text, path, Some(&Value::text(value))).unwrap()
    }

    #[test]
    fn a_key_changes_and_nothing_else() {
        assert_eq!(set(BOOK, &["book", "title"], "New \\ \"x\""), BOOK.replace("\"A \\\"b\\\"\"", "\"New \\\\ \\\"x\\\"\""));
        assert_eq!(
            set(BOOK, &["site", "time-zone"], "UTC"),
            BOOK.replace("'2024-11-30'\n", "'2024-11-30'\ntime-zone = \"UTC\"\n")
        );
        assert_eq!(
            set(BOOK, &["site", "publisher", "name"], "The Paper"),
            format!("{BOOK}\n[site.publisher]\nname = \"The Paper\"\n")
        );
        let number = with_key(BOOK, &["site", "stale-after"], Some(&Value::plain("30"))).unwrap();
        assert!(number.contains("\nstale-after = 30\n"));
        assert_eq!(with_key(BOOK, &["site", "as-of"], None).unwrap(), BOOK.replace("as-of = '2024-11-30'\n", ""));
        assert_eq!(with_key(BOOK, &["site", "stale-after"], None).unwrap(), BOOK);
        let crlf = BOOK.replace('\n', "\r\n");
        assert_eq!(
            set(&crlf, &["site", "time-zone"], "UTC"),
            set(BOOK, &["site", "time-zone"], "UTC").replace('\n', "\r\n")
        );
        assert_eq!(set("", &["book", "title"], "A"), "[book]\ntitle = \"A\"\n");
        assert_eq!(set("[book]", &["book", "title"], "A"), "[book]\ntitle = \"A\"\n");
    }

    #[test]
    fn what_is_written_otherwise_is_left_to_its_author() {
        let inline = "site = { as-of = \"2024\" }\n";
        assert_eq!(set(inline, &["site", "as-of"], "2025"), "site = { as-of = \"2025\" }\n");
        assert!(with_key(inline, &["site", "as-of"], None).is_err());
        assert!(with_key(inline, &["site", "time-zone"], Some(&Value::text("UTC"))).is_err());
        assert!(with_key("[site\n", &["site", "a"], Some(&Value::text("b"))).is_err());
        assert!(with_key("site = 3\n", &["site", "a"], Some(&Value::text("b"))).is_err());
    }

    proptest! {
        #![proptest_config(trials(1_000))]

        /// What was set is read again, whatever it is, and what is removed again leaves the file as it was.
        #[test]
        fn what_is_set_is_read_again(text in "[ -~\u{e9}\u{201c}\n\t\\\\\"']{0,20}", at in 0usize..4) {
            let path: &[&str] = [&["book", "title"][..], &["book", "x"], &["site", "x"], &["new", "deep", "x"]][at];
            let new = set(BOOK, path, &text);
            let (root, faults) = parse_toml(&new);
            prop_assert!(faults.is_empty());
            prop_assert_eq!(find(&root, path).and_then(|(_, node)| Value::of(node)), Some(Value::Text(text)));
            if at > 0 {
                let gone = with_key(&new, path, None).unwrap();
                prop_assert!(gone.starts_with(BOOK));
            }
        }
    }
}
