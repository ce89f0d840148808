//! Writes texts as YAML scalars that read back unchanged.

use crate::base::escape::{is_forbidden, without_forbidden};

/// What surrounds a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Nothing: it follows a key or hyphen on its own line.
    Block,
    /// Brackets or braces, where commas and brackets are separators.
    Flow,
}

/// How a scalar is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotation marks.
    Plain,
    /// In `'`.
    Single,
    /// In `"`.
    Double,
}

/// What a text means, which decides how carefully it is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Text: `2025` and `true` get quotation marks, so that no program reads them as a number or boolean.
    Words,
    /// A date, number, boolean or id: without quotation marks wherever possible.
    Plain,
}

/// A text on one line, in `style` if possible, and otherwise in the plainest style that can hold it.
#[must_use]
pub fn inline(text: &str, meaning: Meaning, context: Context, style: Option<Style>) -> String {
    let text = without_forbidden(text);
    let wanted = style.unwrap_or(Style::Plain);
    if wanted == Style::Plain && may_be_plain(&text, context) && (meaning == Meaning::Plain || !looks_like_more(&text)) {
        return text.into_owned();
    }
    if wanted == Style::Single && may_be_single(&text) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    // A text that contains double quotation marks is easier to read between single ones.
    if wanted == Style::Plain && text.contains(['"', '\\']) && may_be_single(&text) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    double(&text)
}

/// A text in double quotation marks, which can hold any text.
fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\u{2028}' => out.push_str("\\L"),
            '\u{2029}' => out.push_str("\\P"),
            '\u{feff}' => out.push_str("\\uFEFF"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a text is a single line without control or invisible characters.
fn is_one_line(text: &str) -> bool {
    !text
        .chars()
        .any(|c| matches!(c, '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}') || is_forbidden(c))
}

fn may_be_single(text: &str) -> bool {
    is_one_line(text)
}

/// Whether a text can do without quotation marks. When in doubt, no.
#[must_use]
pub fn may_be_plain(text: &str, context: Context) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let begins_well = first.is_alphanumeric()
        || matches!(first, '(' | '/' | '.' | '+' | '$' | '€' | '£' | '“' | '‘' | '«' | '¿' | '¡' | '_' | '§')
        || first == '-' && text[1..].starts_with(|c: char| c.is_alphanumeric());
    let ends_well = !text.ends_with(|c: char| c.is_whitespace() || c == ':');
    let is_marked = text.contains(": ") || text.contains(" #") || text.starts_with("---") || text.starts_with("...");
    let is_parted = context == Context::Flow && text.contains([',', '[', ']', '{', '}', ':', '"', '\'', '`', '#']);
    let is_nothing = matches!(text, "null" | "Null" | "NULL");
    begins_well && ends_well && !is_marked && !is_parted && !is_nothing && is_one_line(text)
}

/// Whether some program would read a plain text as a number, date or boolean.
fn looks_like_more(text: &str) -> bool {
    const WORDS: &[&str] = &["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"];
    let is_word = WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    // Digits and the punctuation of numbers, dates, times and hexadecimals.
    let bare = text.trim_start_matches(['-', '+', '.']);
    let is_number = bare.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| {
            c.is_ascii_hexdigit() || matches!(c, '-' | '+' | '.' | ':' | '_' | 'x' | 'o' | 'T' | 'Z' | ' ' | 't' | 'z')
        });
    is_word || is_number
}

/// A text of several lines as a block: what goes after the key, and the lines below it, each indented by `indent`. `None` if the
/// text needs quotation marks.
#[must_use]
pub fn block(text: &str, indent: usize) -> Option<(String, Vec<String>)> {
    let text = without_forbidden(text);
    let body = text.trim_end_matches('\n');
    let is_sound = |c: char| !matches!(c, '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}') && !is_forbidden(c);
    // The indentation can't be told from a blank first line, and some programs misread tabs at the end of a line.
    let first = body.split('\n').next().unwrap_or_default();
    if body.is_empty() || !body.chars().all(is_sound) || first.trim().is_empty() || text.contains("\t\n") {
        return None;
    }
    if body.split('\n').any(|line| line.trim().is_empty() && !line.is_empty()) {
        return None;
    }
    // Empty lines at the end would be lost as soon as somebody edits what is below them.
    let chomp = match text.len() - body.len() {
        0 => "-",
        1 => "",
        _ => return None,
    };
    // If the first line is indented, YAML needs to be told by how much, in one digit.
    let hint = if first.starts_with([' ', '\t']) { Some(2) } else { None };
    let hint = hint.map(|step: usize| step.to_string()).unwrap_or_default();
    let pad = " ".repeat(indent);
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{pad}{line}") };
    let lines = body.split('\n').map(line).collect();
    Some((format!("|{hint}{chomp}"), lines))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        inline(text, Meaning::Words, Context::Block, None)
    }

    #[test]
    fn texts_are_quoted_only_where_they_have_to_be() {
        for text in ["A raid at dawn", "It’s over", "O'Neil said so", "50 men", "key:value", "a#b", "(sic)", "–5", "May 1"]
        {
            assert_eq!(words(text) == text, text != "–5", "{text}");
        }
        for text in [
            "2025",
            "2025-03-15",
            "true",
            "No",
            "0x1F",
            "12:30",
            "1e5",
            "~",
            "null",
            "@ap",
            "[x]",
            "{x}",
            "- x",
            "x: y",
            "x #y",
            "x:",
            " x",
            "x ",
            "",
            "*x",
            "&x",
            "!x",
            "|",
            ">",
            "%x",
            "`x`",
            "? x",
            "#x",
            "a\tb",
            "---",
        ] {
            let quoted = words(text);
            assert!(quoted.starts_with(['"', '\'']), "{text:?} became {quoted}");
        }
        assert_eq!(words("say \"no\": x"), "'say \"no\": x'");
        assert_eq!(inline("2025-03-15", Meaning::Plain, Context::Block, None), "2025-03-15");
        assert_eq!(inline("[2025-04-04,2025-04-07]", Meaning::Plain, Context::Block, None), "\"[2025-04-04,2025-04-07]\"");
        assert_eq!(inline("a, b", Meaning::Words, Context::Flow, None), "\"a, b\"");
        assert_eq!(inline("it's", Meaning::Words, Context::Block, Some(Style::Single)), "'it''s'");
        assert_eq!(inline("a\nb", Meaning::Words, Context::Block, Some(Style::Single)), "\"a\\nb\"");
    }

    #[test]
    fn paragraphs_become_blocks() {
        assert_eq!(block("a\n\nb", 2), Some(("|-".to_owned(), vec!["  a".to_owned(), String::new(), "  b".to_owned()])));
        assert_eq!(block("a\nb\n", 0).unwrap().0, "|");
        assert_eq!(block(" a\nb", 2).unwrap().0, "|2-");
        for text in ["\na", "a\n \nb", "a\rb", "\n", "a\n\n"] {
            assert_eq!(block(text, 2), None, "{text:?}");
        }
    }
}
