//! Finds the anchors and addresses of a page. Follows the rules of HTML's tokenizer, but skips all other tokens: a
//! general-purpose tokenizer took a fifth of the whole build.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// An attribute that matters for links.
pub(super) enum Found<'a> {
    /// The value of an `id`.
    Id(&'a str),
    /// The value of `href`, `src` or `poster`.
    Link(&'a str),
}

/// Calls `found` with every anchor and address of a page.
pub(super) fn each(bytes: &[u8], found: &mut dyn FnMut(Found<'_>)) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if !each_quoted(text, found) {
        each_by_the_rules(text, found);
    }
}

/// A script's start tag. From here to the end tag, nothing is markup.
static SCRIPT: LazyLock<[Finder<'_>; 2]> = LazyLock::new(|| ["<script", "</script"].map(Finder::new));

/// Bytes at which only the full rules can tell how to read on.
static ODD: LazyLock<[Finder<'_>; 3]> = LazyLock::new(|| ["<!--", "<style", "<textarea"].map(Finder::new));

/// [`each`] for pages whose attributes are all in double quotes, as our templates write them. There, an equals sign followed
/// by a quote is always an attribute, and tags need no parsing. For all other pages, returns false and calls nothing.
fn each_quoted(text: &str, found: &mut dyn FnMut(Found<'_>)) -> bool {
    let bytes = text.as_bytes();
    let mut attributes = Vec::with_capacity(256);
    let mut from = 0;
    // Inside a script nothing is markup, but its own start tag is.
    while let Some(script) = SCRIPT[0].find(&bytes[from..]) {
        let Some(tag) = memchr::memchr(b'>', &bytes[from + script..]) else { return false };
        let inside = from + script + tag + 1;
        let Some(length) = SCRIPT[1].find(&bytes[inside..]) else { return false };
        if !quoted(bytes, from..inside, &mut attributes) {
            return false;
        }
        from = inside + length;
    }
    if !quoted(bytes, from..bytes.len(), &mut attributes) {
        return false;
    }
    for (is_link, start, end) in attributes {
        let value = unescaped(&text[start..end]);
        found(if is_link { Found::Link(&value) } else { Found::Id(&value) });
    }
    true
}

/// Collects those attributes of a part of a page that contain an anchor or an address, with the positions of their values;
/// returns false if the full rules are needed.
fn quoted(bytes: &[u8], part: std::ops::Range<usize>, attributes: &mut Vec<(bool, usize, usize)>) -> bool {
    let bytes = &bytes[..part.end];
    if ODD.iter().any(|odd| odd.find(&bytes[part.start..]).is_some()) {
        return false;
    }
    let mut at = part.start;
    while let Some(equals) = memchr::memchr(b'=', &bytes[at..]) {
        let equals = at + equals;
        match bytes.get(equals + 1) {
            Some(b'"') => {}
            Some(b'\'') => return false,
            Some(space) if space.is_ascii_whitespace() => return false,
            // In text, an equals sign means nothing; in a tag, it means a value without quotes.
            _ if memchr::memrchr2(b'<', b'>', &bytes[..equals]).is_some_and(|mark| bytes[mark] == b'>') => {
                at = equals + 1;
                continue;
            }
            _ => return false,
        }
        let start = equals + 2;
        let Some(length) = memchr::memchr(b'"', &bytes[start..]) else { return false };
        at = start + length + 1;
        let is_link = match &bytes[equals.saturating_sub(7)..equals] {
            [.., before, b'i', b'd'] if before.is_ascii_whitespace() => false,
            [.., before, b's', b'r', b'c'] if before.is_ascii_whitespace() => true,
            [.., before, b'h', b'r', b'e', b'f'] if before.is_ascii_whitespace() => true,
            [before, b'p', b'o', b's', b't', b'e', b'r'] if before.is_ascii_whitespace() => true,
            // Uppercase names are left to the full rules.
            [.., last] if last.is_ascii_uppercase() => return false,
            _ => continue,
        };
        attributes.push((is_link, start, start + length));
    }
    true
}

/// [`each`] by the full rules of HTML's tokenizer.
fn each_by_the_rules(text: &str, found: &mut dyn FnMut(Found<'_>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &bytes[at..]) {
        at += open + 1;
        match bytes.get(at) {
            Some(b'!') if bytes[at..].starts_with(b"!--") => {
                at += memchr::memmem::find(&bytes[at..], b"-->").map_or(bytes.len() - at, |end| end + 3);
            }
            Some(first) if first.is_ascii_alphabetic() => {
                let name = at;
                at = until(bytes, at, |b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
                let raw = raw_end(&bytes[name..at]);
                at = attributes(text, at, found);
                if let Some(end) = raw {
                    at += memchr::memmem::find(&bytes[at..], end).unwrap_or(bytes.len() - at);
                }
            }
            _ => {}
        }
    }
}

/// The end tag of an element whose content is always text, whatever it looks like.
fn raw_end(tag: &[u8]) -> Option<&'static [u8]> {
    match tag.len() {
        5 if tag.eq_ignore_ascii_case(b"style") => Some(b"</style"),
        5 if tag.eq_ignore_ascii_case(b"title") => Some(b"</title"),
        6 if tag.eq_ignore_ascii_case(b"script") => Some(b"</script"),
        8 if tag.eq_ignore_ascii_case(b"textarea") => Some(b"</textarea"),
        _ => None,
    }
}

/// The first byte from `from` on for which `stop` holds, or the end.
#[inline]
fn until(bytes: &[u8], from: usize, stop: impl Fn(u8) -> bool) -> usize {
    bytes[from..].iter().position(|b| stop(*b)).map_or(bytes.len(), |length| from + length)
}

/// Parses a tag's attributes from `at` on; returns the position after the tag.
fn attributes(text: &str, mut at: usize, found: &mut dyn FnMut(Found<'_>)) -> usize {
    let bytes = text.as_bytes();
    loop {
        at = until(bytes, at, |b| !b.is_ascii_whitespace() && b != b'/');
        match bytes.get(at) {
            None => return at,
            Some(b'>') => return at + 1,
            Some(_) => {}
        }
        let name = at;
        at = until(bytes, at + 1, |b| b.is_ascii_whitespace() || matches!(b, b'=' | b'>' | b'/'));
        let name = &bytes[name..at];
        let equals = until(bytes, at, |b| !b.is_ascii_whitespace());
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        let start = until(bytes, equals + 1, |b| !b.is_ascii_whitespace());
        let (start, end) = match bytes.get(start) {
            Some(quote @ (b'"' | b'\'')) => {
                let end = memchr::memchr(*quote, &bytes[start + 1..]).map_or(bytes.len(), |length| start + 1 + length);
                at = (end + 1).min(bytes.len());
                (start + 1, end)
            }
            _ => {
                at = until(bytes, start, |b| b.is_ascii_whitespace() || b == b'>');
                (start, at)
            }
        };
        let is_link = match name.len() {
            2 if name.eq_ignore_ascii_case(b"id") => false,
            3 if name.eq_ignore_ascii_case(b"src") => true,
            4 if name.eq_ignore_ascii_case(b"href") => true,
            6 if name.eq_ignore_ascii_case(b"poster") => true,
            _ => continue,
        };
        let value = unescaped(&text[start..end]);
        found(if is_link { Found::Link(&value) } else { Found::Id(&value) });
    }
}

/// Decodes the five character references that our HTML escaping writes.
fn unescaped(value: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', value.as_bytes()).is_none() {
        return value.into();
    }
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    pairs.iter().fold(value.to_owned(), |text, (from, to)| text.replace(from, to)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_attributes_by_the_rules_of_html() {
        let mut got = Vec::new();
        let page = "<!doctype html><p id=a><a\nHREF = '../x/?a=1&amp;b' data-href=\"no\" >1 < 2</a><!-- <a href=no> -->\
                    <script>'<a href=no>'</script><img src=y.jpg/><b id=\"\" class=c id='d>e'></b><a href=z></a>";
        each(page.as_bytes(), &mut |found| {
            got.push(match found {
                Found::Id(id) => format!("#{id}"),
                Found::Link(link) => link.to_owned(),
            });
        });
        assert_eq!(got, ["#a", "../x/?a=1&b", "y.jpg/", "#", "#d>e", "z"]);
    }

    #[test]
    fn the_quick_way_finds_what_the_rules_do() {
        let found = |page: &str, quick: bool| {
            let mut got = Vec::new();
            let mut take = |found: Found<'_>| {
                got.push(match found {
                    Found::Id(id) => format!("#{id}"),
                    Found::Link(link) => link.to_owned(),
                });
            };
            if quick {
                assert!(each_quoted(page, &mut take), "{page}");
            } else {
                each_by_the_rules(page, &mut take);
            }
            got
        };
        for page in [
            "<p id=\"a\" class=\"href\">1 > 2, x=y <a class=\"b\" href=\"../x/?a=1&amp;b=2\">c</a>",
            "<img\nsrc=\"a.jpg\" alt=\"id=1\"><video poster=\"p\" data-id=\"n\"></video>",
            "<script src=\"s.js\"></script><a href=\"x\"><script type=\"t\">{\"a\": \" href=b id='c' = \"}</script><p id=\"z\">",
            "",
        ] {
            assert_eq!(found(page, true), found(page, false), "{page}");
        }
        for page in
            ["<a href=x>", "<a href='x'>", "<a href = \"x\">", "<a HREF=\"x\">", "<!-- <a href=\"x\"> -->", "<a href=\"x>"]
        {
            assert!(!each_quoted(page, &mut |_| panic!("{page}")), "{page}");
        }
    }
}
