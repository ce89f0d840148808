//! Reads the tags and the text of an HTML page, as far as its metadata needs it.

/// A tag.
pub(super) struct Tag<'h> {
    /// Its name in lower case.
    pub(super) name: String,
    /// The text of its attributes.
    inside: &'h str,
    /// Where it ends.
    pub(super) end: usize,
}

impl Tag<'_> {
    /// The value of an attribute.
    pub(super) fn value(&self, wanted: &str) -> Option<String> {
        let mut rest = self.inside.trim_start();
        while !rest.is_empty() {
            let name_end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
            let (name, behind) = rest.split_at(name_end);
            let behind = behind.trim_start();
            let Some(value) = behind.strip_prefix('=') else {
                rest = behind.trim_start_matches('/').trim_start();
                if name.is_empty() && rest.len() == behind.len() {
                    return None;
                }
                continue;
            };
            let value = value.trim_start();
            let (text, next) = match value.chars().next() {
                Some(mark @ ('"' | '\'')) => value[1..].split_once(mark)?,
                _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(unescaped(text));
            }
            rest = next.trim_start();
        }
        None
    }
}

/// The tags that may hold metadata. Scripts and comments are skipped.
pub(super) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found + 1;
        if html[start..].starts_with("!--") {
            at = html[start..].find("-->").map_or(html.len(), |end| start + end + 3);
            continue;
        }
        let name_end = html[start..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(html.len(), |end| start + end);
        let name = html[start..name_end].to_ascii_lowercase();
        let end = tag_end(html, name_end);
        if matches!(name.as_str(), "meta" | "link" | "time" | "script" | "title") {
            out.push(Tag { name: name.clone(), inside: &html[name_end..end], end: (end + 1).min(html.len()) });
        }
        at = end.max(start);
        if name == "script" {
            at = html[at..].find("</script").map_or(html.len(), |close| at + close);
        }
    }
    out
}

/// The end of a tag that began before `at`: the first `>` outside quotation marks.
fn tag_end(html: &str, at: usize) -> usize {
    let mut open: Option<char> = None;
    for (offset, c) in html[at..].char_indices() {
        match (open, c) {
            (None, '>') => return at + offset,
            (None, '"' | '\'') => open = Some(c),
            (Some(mark), c) if mark == c => open = None,
            _ => {}
        }
    }
    html.len()
}

/// A text with its character references decoded.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(end) = rest.find(';').filter(|end| *end < 12) else {
            out.push('&');
            rest = &rest[1..];
            continue;
        };
        let name = &rest[1..end];
        let number = |digits: &str, base: u32| u32::from_str_radix(digits, base).ok().and_then(char::from_u32);
        let c = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some(' '),
            "ndash" => Some('–'),
            "mdash" => Some('—'),
            "lsquo" => Some('‘'),
            "rsquo" => Some('’'),
            "ldquo" => Some('“'),
            "rdquo" => Some('”'),
            "hellip" => Some('…'),
            _ => name
                .strip_prefix("#x")
                .or(name.strip_prefix("#X"))
                .map_or_else(|| name.strip_prefix('#').and_then(|digits| number(digits, 10)), |digits| number(digits, 16)),
        };
        match c {
            Some(c) => out.push(c),
            None => out.push_str(&rest[..=end]),
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out
}
