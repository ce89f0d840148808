//! Markup that means something in other tools, or that Markdown expects in another form.

use super::marks::{Found, Words};

const AS_TYPED: &str = "printed as typed";

/// What is wrong with a sign that is not a bracket.
pub(super) fn find(words: &Words<'_>, at: usize, sign: char) -> Option<Found> {
    let found = match sign {
        '^' => footnote(words, at),
        '#' => heading(words, at),
        '{' => braces(words, at),
        '=' => marked(words, at),
        '$' => formula(words, at),
        ':' | '!' => container(words, at, sign),
        '`' => backticks(words, at),
        _ => bullet(words, at, sign),
    }?;
    (words.is_typed)(at).then_some(found)
}

fn footnote(words: &Words<'_>, at: usize) -> Option<Found> {
    let inner = words.rest(at).strip_prefix("^[")?;
    let close = inner.find(']')?;
    Found::at(
        at..at + close + 3,
        format!("this footnote is {AS_TYPED}"),
        format!("write `[^1]` here and, on a line of its own, `[^1]: {}`", &inner[..close]),
    )
}

fn heading(words: &Words<'_>, at: usize) -> Option<Found> {
    if !words.is_body || !words.begins_block(at) {
        return None;
    }
    let rest = words.rest(at);
    let signs = rest.len() - rest.trim_start_matches('#').len();
    let title = &rest[signs..];
    let first = title.chars().next()?;
    let odd_blank = first.is_whitespace() && !matches!(first, ' ' | '\t');
    if signs > 6 || !odd_blank && (signs < 2 || !first.is_alphabetic()) {
        return None;
    }
    let why =
        if odd_blank { "Markdown does not accept a no-break space here" } else { "a space is missing after the signs" };
    let words = title.trim();
    let words = words.char_indices().nth(40).map_or(words.to_owned(), |(end, _)| format!("{}…", &words[..end]));
    Found::at(
        at..at + signs,
        format!("this heading is {AS_TYPED}: {why}"),
        format!("write `{} {words}` with an ordinary space", &rest[..signs]),
    )
}

fn braces(words: &Words<'_>, at: usize) -> Option<Found> {
    let rest = words.rest(at);
    let kinds = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}"), ("{#", "}"), ("{.", "}"), ("{:", "}")];
    let (_, close) = kinds.into_iter().find(|(open, _)| rest.starts_with(open))?;
    let is_attribute = close == "}";
    if is_attribute && !rest[2..].trim_start().starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '#')) {
        return None;
    }
    let end = rest.find(close)? + close.len();
    let (what, help) = if is_attribute {
        ("these attributes are", "delete them; braces only work in a heading, for its anchor: `## Heading {#anchor}`")
    } else {
        (
            "this tag of another tool is",
            "write out what it means; blocks are fenced code here, such as ```` ```timeline ````",
        )
    };
    Found::at(at..at + end, format!("{what} {AS_TYPED}"), help)
}

/// `==marked==`, and headings of wikis: `== History ==`.
fn marked(words: &Words<'_>, at: usize) -> Option<Found> {
    let rest = words.rest(at);
    let title = rest.trim_start_matches('=');
    let signs = rest.len() - title.len();
    let is_heading = words.is_body && words.begins_block(at) && title.starts_with(' ') && (2..=6).contains(&signs);
    if is_heading && title.trim_start().starts_with(char::is_alphabetic) {
        let help = format!("write `{} {}`", "#".repeat(signs), title.trim_matches(['=', ' ']));
        return Found::at(at..at + rest.trim_end().len(), format!("this heading is {AS_TYPED}"), help);
    }
    let inner = words.rest(at).strip_prefix("==")?;
    if words.before(at) == Some('=') || inner.starts_with(|c: char| c == '=' || c.is_whitespace()) {
        return None;
    }
    let close = inner.find("==")?;
    let marked = &inner[..close];
    if marked.ends_with(char::is_whitespace) || inner[close + 2..].starts_with('=') {
        return None;
    }
    Found::at(at..at + close + 4, format!("`=={marked}==` is {AS_TYPED}"), format!("write `<mark>{marked}</mark>`"))
}

fn formula(words: &Words<'_>, at: usize) -> Option<Found> {
    let inner = words.rest(at).strip_prefix("$$")?;
    let close = inner.find("$$")?;
    // Restaurants write price ranges in such signs.
    if words.before(at) == Some('$') || !inner[..close].contains(['\\', '^', '_', '=', '+', '{']) {
        return None;
    }
    let help = "write it in words, with `<sup>` and `<sub>` where they help, or use a picture";
    Found::at(at..at + close + 4, format!("this formula is {AS_TYPED}"), help)
}

/// `::: note` and `!!! note`, which are alerts elsewhere.
fn container(words: &Words<'_>, at: usize, sign: char) -> Option<Found> {
    let rest = words.rest(at);
    let mark = if sign == ':' { ":::" } else { "!!! " };
    if !words.is_body || !words.begins_block(at) || !rest.starts_with(mark) {
        return None;
    }
    let name = rest[mark.len()..].trim_start_matches([sign, ' ', '{', '.']);
    let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    if sign == '!' && !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let end = rest.len() - name.len() + length;
    Found::at(
        at..at + end.max(3),
        format!("this markup of another tool is {AS_TYPED}"),
        "for a note in a box, write `> [!NOTE]`, and start each line of the note with `>`",
    )
}

fn backticks(words: &Words<'_>, at: usize) -> Option<Found> {
    let rest = words.rest(at);
    let length = rest.len() - rest.trim_start_matches('`').len();
    // A single one may be a letter, as in Hawai`i.
    if length < 2 || words.before(at) == Some('`') {
        return None;
    }
    let help = "close the code with as many backticks; a fence must be on its own line";
    Found::at(at..at + length, "these backticks open code that is never closed", help)
}

fn bullet(words: &Words<'_>, at: usize, sign: char) -> Option<Found> {
    let behind = &words.rest(at)[sign.len_utf8()..];
    if !behind.starts_with([' ', '\t', '\u{a0}']) || behind.trim().is_empty() {
        return None;
    }
    // The first of a block, or of a line that was typed below another.
    let begins = words.begins_block(at) || words.before(at) == Some(' ') && (words.written)(&(at - 1..at)).contains('\n');
    if !begins {
        return None;
    }
    Found::at(
        at..at + sign.len_utf8(),
        format!("the bullet `{sign}` does not make a list"),
        "start each line with `- ` instead, and leave an empty line above the list",
    )
}
