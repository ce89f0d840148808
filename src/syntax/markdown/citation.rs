//! Citations in Pandoc's syntax: `[@key]`, `[see @a, p. 2; -@b]`.

/// One item of a citation, with byte offsets into the text between the brackets.
#[derive(Debug, PartialEq, Eq)]
pub struct Item<'a> {
    /// The bibliography key.
    pub key: &'a str,
    /// Words before the key.
    pub prefix: &'a str,
    /// Words after the key.
    pub locator: &'a str,
    /// Where the `@` is.
    pub at: usize,
}

/// Reads the text between the brackets; `None` if it is just words with an `@`, and not a citation.
#[must_use]
pub fn parse_group(text: &str) -> Option<Vec<Item<'_>>> {
    let mut items = Vec::new();
    let mut offset = 0;
    for part in text.split(';') {
        items.push(parse_item(part, offset)?);
        offset += part.len() + 1;
    }
    Some(items)
}

fn parse_item(part: &str, offset: usize) -> Option<Item<'_>> {
    let at = part.char_indices().find_map(|(at, c)| {
        let before = &part[..at];
        let before = before.strip_suffix('-').unwrap_or(before);
        (c == '@' && (before.is_empty() || before.ends_with(char::is_whitespace))).then_some(at)
    })?;
    // A minus before the key drops the author, whom the numbered styles never print.
    let prefix = part[..at].trim_end_matches('-').trim();
    let (key, rest) = split_key(&part[at + 1..])?;
    let locator = rest.trim_start().trim_start_matches(',').trim();
    Some(Item { key, prefix, locator, at: offset + at })
}

/// Splits a key from what follows it. A key begins with a letter, digit or underscore and may have single punctuation
/// marks inside; a key in braces may contain anything.
#[must_use]
pub fn split_key(text: &str) -> Option<(&str, &str)> {
    if let Some(braced) = text.strip_prefix('{') {
        let end = braced.find('}')?;
        return (end > 0).then(|| (&braced[..end], &braced[end + 1..]));
    }
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let inner = ":.#$%&-+?<>~/".contains(c) && at > 0 && chars.peek().is_some_and(|(_, next)| word(*next));
        if !word(c) && !inner {
            break;
        }
        end = at + c.len_utf8();
    }
    (end > 0).then(|| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Option<Vec<(&str, &str, &str)>> {
        Some(parse_group(text)?.into_iter().map(|item| (item.prefix, item.key, item.locator)).collect())
    }

    #[test]
    fn reads_pandoc_citations() {
        assert_eq!(keys("@a"), Some(vec![("", "a", "")]));
        assert_eq!(
            keys("see @scotus-24a949-pdf, p. 2; @hrw-2025"),
            Some(vec![("see", "scotus-24a949-pdf", "p. 2"), ("", "hrw-2025", "")])
        );
        assert_eq!(keys("-@doe_1999, pp. 3-4"), Some(vec![("", "doe_1999", "pp. 3-4")]));
        assert_eq!(keys("see @a p. 2; @b"), Some(vec![("see", "a", "p. 2"), ("", "b", "")]));
        assert_eq!(keys("@{odd key}, x"), Some(vec![("", "odd key", "x")]));
        assert_eq!(keys("@a."), Some(vec![("", "a", ".")]));
        assert_eq!(keys("me@example.org"), None);
        assert_eq!(keys("@a; and b"), None);
        assert_eq!(keys("@"), None);
    }
}
