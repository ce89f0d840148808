//! Escapes in quoted texts for characters that aren't allowed on a page.

use crate::base::TextRange;
use crate::base::escape::is_forbidden;
use crate::syntax::node::{Kind, Node};

/// Each text and key of a tree with an escape for such a character, and the first of them in each. The tree's ranges
/// count in `text`.
pub fn escapes(node: &Node, text: &str, out: &mut Vec<(TextRange, char)>) {
    let mut look = |range: TextRange| out.extend(escaped(range.of(text)).map(|c| (range, c)));
    match &node.kind {
        Kind::Null | Kind::Scalar { plain: true, .. } => {}
        Kind::Scalar { plain: false, .. } => look(node.range),
        Kind::Seq(items) => items.iter().for_each(|item| escapes(item, text, out)),
        Kind::Map(entries) => {
            entries.iter().for_each(|(key, _)| look(key.range));
            entries.iter().for_each(|(_, value)| escapes(value, text, out));
        }
    }
}

/// The first forbidden character that a text in double quotation marks has an escape for.
fn escaped(raw: &str) -> Option<char> {
    let mut rest = raw.strip_prefix('"')?;
    while let Some(at) = rest.find('\\') {
        let mut behind = rest[at + 1..].chars();
        let code = |length: usize| char::from_u32(u32::from_str_radix(rest.get(at + 2..at + 2 + length)?, 16).ok()?);
        let c = match behind.next()? {
            'x' => code(2),
            'u' => code(4),
            'U' => code(8),
            '0' => Some('\0'),
            'a' => Some('\u{7}'),
            'b' => Some('\u{8}'),
            'v' => Some('\u{b}'),
            'f' => Some('\u{c}'),
            'e' => Some('\u{1b}'),
            'N' => Some('\u{85}'),
            _ => None,
        };
        if let Some(c) = c.filter(|c| is_forbidden(*c)) {
            return Some(c);
        }
        rest = behind.as_str();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn escapes_stand_for_what_yaml_says() {
        for (raw, wanted) in [
            (r#""a\x85""#, Some('\u{85}')),
            (r#""\u00e9\uFFFE""#, Some('\u{fffe}')),
            (r#""\U0001FFFF""#, Some('\u{1ffff}')),
            (r#""\0""#, Some('\0')),
            (r#""\N""#, Some('\u{85}')),
            (r#""\\x85""#, None),
            (r#""\t\n\"\u00e9\_""#, None),
            (r#""\u00é""#, None),
            (r#""\"#, None),
            (r"'\x85'", None),
        ] {
            assert_eq!(escaped(raw), wanted, "{raw}");
        }
    }
}
