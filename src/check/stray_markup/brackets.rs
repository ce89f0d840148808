//! Links, citations, footnotes and alerts that don't work.

use super::marks::{Found, Words};
use crate::syntax::markdown::citation::split_key;

/// What is wrong with the bracket at a byte.
pub(super) fn find(words: &Words<'_>, at: usize) -> Option<Found> {
    let rest = words.rest(at);
    if rest.starts_with("[[") {
        return double(words, at, rest);
    }
    if !(words.is_typed)(at) {
        return None;
    }
    let picture = usize::from(words.before(at) == Some('!'));
    let close = matching(rest)?;
    let (inner, behind) = (&rest[1..close], &rest[close + 1..]);
    let (start, end) = (at - picture, at + close + 1);
    if let Some(label) = inner.strip_prefix('@') {
        return citation(at..end, label);
    }
    if let Some(kind) = inner.strip_prefix('!') {
        let is_kind = !kind.is_empty() && kind.chars().all(|c| c.is_ascii_alphabetic());
        return is_kind.then(|| alert(at..end, kind)).flatten();
    }
    if let Some(address) = behind.strip_prefix('(') {
        return link(words, start, end, address);
    }
    if let Some((typed, address)) = spaced(behind) {
        return Found::at(
            start..end + typed,
            "this link is printed as typed: there is a space between its words and its address",
            format!("write `[{inner}]({address})`"),
        );
    }
    if let Some(label) = behind.strip_prefix('[').and_then(|label| label.split_once(']')).map(|(label, _)| label)
        && !label.is_empty()
    {
        return Found::at(
            start..end + label.len() + 2,
            format!("this link is printed as typed: nothing defines `[{label}]`"),
            format!("write `[{inner}](address)`, or define it on a line of its own: `[{label}]: https://…`"),
        );
    }
    if inner.eq_ignore_ascii_case("toc") && words.begins_block(at) {
        return Found::at(at..end, "this is printed as typed", "delete it: pages list their headings anyway");
    }
    let is_key = split_key(inner).is_some_and(|(_, rest)| rest.is_empty()) && inner.len() > 1;
    if !is_key {
        return None;
    }
    if (words.has_source)(inner) {
        let message = format!("`[{inner}]` cites nothing: a citation needs an `@`");
        return Found::at(at..end, message, format!("write `[@{inner}]`"));
    }
    // A word alone in brackets may be one that was put into a quotation.
    (inner.contains('-') && (words.has_record)(inner)).then(|| Found {
        range: at..end,
        message: format!("`[{inner}]` is printed as typed: a link to a record needs two brackets on each side"),
        help: format!("write `[[{inner}]]`"),
    })
}

/// An address in parentheses after a space, and the length of all of it.
fn spaced(text: &str) -> Option<(usize, &str)> {
    let (blank, rest) = text.split_once('(').filter(|(blank, _)| matches!(*blank, " " | "\u{a0}"))?;
    let (address, _) = rest.split_once(')')?;
    leads(address.trim()).then_some((blank.len() + address.len() + 2, address.trim()))
}

/// Where the bracket at the start of a text is closed.
fn matching(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

/// Double brackets that are plain text.
fn double(words: &Words<'_>, at: usize, rest: &str) -> Option<Found> {
    let Some(close) = rest.find("]]") else {
        let names_one = rest[2..].starts_with(|c: char| c.is_alphanumeric() || c == '#');
        return (names_one && (words.is_typed)(at))
            .then(|| Found::at(at..at + 2, "these brackets start a link to a record but are never closed", "write `[[id]]`"))
            .flatten();
    };
    let (range, inner) = (at..at + close + 2, &rest[2..close]);
    if inner.trim().is_empty() {
        let message = "these brackets contain no id, so they are printed as typed";
        return (words.is_typed)(at)
            .then(|| Found::at(range, message, "write the record's id inside them: `[[id]]`"))
            .flatten();
    }
    // One backslash is for showing what a link looks like; an editor puts one before each bracket.
    let written = (words.written)(&range);
    let by_editor = !(words.is_typed)(at) && !(words.is_typed)(at + 1) && written.contains("\\]\\]");
    by_editor.then(|| Found {
        range: range.clone(),
        message: "the backslashes turn this link into text; some editors add them to pasted text".to_owned(),
        help: format!("write `[[{inner}]]`; to show the brackets, put them in backticks"),
    })
}

/// A bracket with an `@` that is not a citation.
fn citation(range: std::ops::Range<usize>, label: &str) -> Option<Found> {
    let keys: Vec<_> = label.split([';', '@']).filter_map(|part| split_key(part.trim()).map(|(key, _)| key)).collect();
    let why = if label.starts_with(char::is_whitespace) {
        ": there is a space after the `@`"
    } else if label.trim_end().ends_with(';') {
        ": nothing comes after the `;`"
    } else {
        ""
    };
    let help = if keys.is_empty() {
        "write the source's key after the `@`: `[@key]`".to_owned()
    } else {
        format!("write `[@{}]`", keys.join("; @"))
    };
    Found::at(range, format!("this citation is printed as typed{why}"), help)
}

fn alert(range: std::ops::Range<usize>, kind: &str) -> Option<Found> {
    let help = match kind.to_ascii_uppercase().as_str() {
        known @ ("NOTE" | "TIP" | "IMPORTANT" | "WARNING" | "CAUTION") => {
            format!("start a block quotation with it: `> [!{known}]`, with `>` before each line")
        }
        _ => "write one of `> [!NOTE]`, `> [!TIP]`, `> [!IMPORTANT]`, `> [!WARNING]`, `> [!CAUTION]`".to_owned(),
    };
    Found::at(range, format!("`[!{kind}]` does not start an alert here, so it is printed as typed"), help)
}

/// A link or picture whose address could not be read. `end` is the position of its opening parenthesis.
fn link(words: &Words<'_>, start: usize, end: usize, address: &str) -> Option<Found> {
    let label = &words.text[start..end];
    // The address was already reported: it is why this is not a link.
    let written = (words.written)(&(start..end));
    if written.contains("[@") || written.contains("[[") {
        return None;
    }
    let what = if label.starts_with('!') { "picture" } else { "link" };
    let Some(close) = address.find(')') else {
        let range = start..end + 1 + address.trim_end().len();
        let message = format!("this {what} is printed as typed: its address is not closed");
        return Found::at(range, message, "close it with `)`");
    };
    let range = start..end + close + 2;
    let written = (words.written)(&(end + 1..end + 1 + close));
    let (target, title) = match written.find([' ', '\u{a0}']).zip(written.find(['"', '“', '\''])) {
        Some((blank, quote)) if blank < quote => written.split_at(quote),
        _ => (written.as_str(), ""),
    };
    let target = target.trim().trim_matches(['<', '>']);
    let title = title.trim().trim_matches(['"', '“', '”', '\'']);
    let title = if title.is_empty() { String::new() } else { format!(" \"{title}\"") };
    let (why, target) = if target.contains(char::is_whitespace) {
        (": an address with a space in it needs angle brackets", format!("<{target}>"))
    } else {
        ("", target.to_owned())
    };
    Found::at(range, format!("this {what} is printed as typed{why}"), format!("write `{label}({target}{title})`"))
}

/// Whether the text in parentheses is an address.
fn leads(address: &str) -> bool {
    let schemes = ["http://", "https://", "mailto:", "tel:", "www.", "/", "./", "../", "#"];
    let endings = [".md", ".html", ".pdf", ".jpg", ".png", ".csv"];
    !address.contains(char::is_whitespace)
        && address.len() > 1
        && (schemes.iter().any(|scheme| address.starts_with(scheme))
            || endings.iter().any(|ending| address.ends_with(ending)))
}

/// The key of a source after an `@` that is not in brackets.
pub(super) fn bare_key(words: &Words<'_>, at: usize) -> Option<Found> {
    if words.before(at).is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '/')) {
        return None;
    }
    // The label of a link definition, `[@key]: …`, is not a failed citation.
    if (words.typed_before)(at) == Some('[') {
        return None;
    }
    let (key, _) = split_key(&words.rest(at)[1..])?;
    ((words.has_source)(key) && (words.is_typed)(at)).then(|| Found {
        range: at..at + 1 + key.len(),
        message: format!("`@{key}` is printed as typed: a citation needs brackets"),
        help: format!("write `[@{key}]`; if the sign is meant, put a backslash before it"),
    })
}
