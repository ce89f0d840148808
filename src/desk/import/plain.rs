//! Escapes plain text, so that Markdown shows it as it is.

use crate::base::web_address;
use crate::syntax::markdown::bare_address;

/// Escapes a text for a line of Markdown. Only characters that would act as marks get a backslash, so that the text stays easy to
/// read and edit. Addresses become links, as they do in any text, unless pages can't link to them.
#[must_use]
pub fn inline(text: &str) -> String {
    escaped(text, is_linked)
}

/// Puts a backslash before each character that would act as a mark. `is_address` says whether the part of the text from an index
/// on, which starts with `://`, may make a link.
fn escaped(text: &str, is_address: fn(&str, usize) -> bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let next = rest.chars().next().unwrap_or(' ');
        let is_mark = match c {
            '\\' => next.is_ascii_punctuation(),
            '`' => true,
            '*' | '~' => !(before.is_whitespace() && next.is_whitespace()),
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric() || before.is_whitespace() && next.is_whitespace()),
            '[' => opens(rest),
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
            '&' => is_entity(rest),
            '=' => next == c && before != c,
            '/' => before == ':' && next == c && !is_address(text, at - 1),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Whether the address whose `://` is at an index makes a link that pages can have. One with other marks in it doesn't: a
/// backslash would end it.
fn is_linked(text: &str, at: usize) -> bool {
    let start = ["https", "http"].into_iter().find_map(|scheme| Some(text[..at].strip_suffix(scheme)?.len()));
    let length = start.and_then(|start| Some((start, bare_address(&text[..start], &text[start..])?)));
    length.is_none_or(|(start, length)| {
        let address = &text[start..start + length];
        escaped(address, |_, _| true) == address && web_address::link(address).is_ok()
    })
}

/// Whether a bracket before this text would start a link, a citation or a footnote.
fn opens(rest: &str) -> bool {
    if rest.starts_with(['[', '^']) {
        return true;
    }
    let Some(close) = rest.find(']') else { return false };
    rest[..close].contains('@') || rest[close + 1..].starts_with(['(', '[', ':', '{'])
}

fn is_entity(rest: &str) -> bool {
    let Some(end) = rest.find(';').filter(|end| (1..32).contains(end)) else { return false };
    let name = rest[..end].strip_prefix('#').unwrap_or(&rest[..end]);
    name.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Removes marks of links and comments from a text for a field without Markdown, where readers would see them.
#[must_use]
pub fn bare(text: &str) -> String {
    let text = text.replace("<!--", "").replace("-->", "");
    let is_marked = text.contains("[[") || text.contains("](") || text.contains('[') && text.contains('@');
    if is_marked { text.replace('[', "(").replace(']', ")") } else { text }
}

/// A text on one line.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_kept_from_being_read() {
        for (text, written) in [
            ("plain words, snake_case and 2 * 3", "plain words, snake_case and 2 * 3"),
            ("5* and *x*", "5\\* and \\*x\\*"),
            ("he [sic] said", "he [sic] said"),
            ("[a](b) [[c]] [@d] [^e]", "\\[a](b) \\[[c]] \\[@d] \\[^e]"),
            ("a < b <i> AT&T &amp; c", "a < b \\<i> AT&T \\&amp; c"),
            ("~~x~~ a\\b \\*", "\\~\\~x\\~\\~ a\\b \\\\\\*"),
        ] {
            assert_eq!(inline(text), written);
        }
        for (text, written) in [
            ("see https://a.example/x_y, https://b.example.", "see https://a.example/x_y, https://b.example."),
            ("https://3/4 or http://a.example/_b_", "https:\\//3/4 or http:\\//a.example/\\_b\\_"),
            ("[x https://b.example](c) x:// *y*", "\\[x https:\\//b.example](c) x:// \\*y\\*"),
        ] {
            assert_eq!(inline(text), written);
        }
    }
}
