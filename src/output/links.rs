//! Links on finished pages: what each page links to and what can be linked to on it.
//!
//! Read from a page's final bytes, so that templates and redirects are held to the same as prose. Attributes are found by
//! the rules of HTML's tokeniser, without making tokens of the rest: a general one took a fifth of a whole build.
//!
//! Addresses and anchors are kept as hashes: a large site has millions of them, and all that is asked is whether one
//! exists. What a hash stands for is read from the page again, for the few that are broken.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Map, escape};
use crate::diagnostics::{Diagnostic, code};

/// A 64-bit hash of a path, or of a path and an anchor.
pub type Key = u64;

/// What a finished page links to, and what it can be linked to by.
#[derive(Debug, Default)]
pub struct Links {
    /// Files it links to.
    files: Vec<Key>,
    /// Anchors it links to: the file, and both together.
    anchors: Vec<(Key, Key)>,
    /// Its own anchors, in order.
    ids: Vec<Key>,
}

/// Seeds, which are fixed because nothing here comes from a stranger.
const HASHER: ahash::RandomState = ahash::RandomState::with_seeds(11, 23, 47, 95);

fn key(path: &str) -> Key {
    HASHER.hash_one(path.strip_suffix("index.html").unwrap_or(path))
}

fn with_anchor(file: Key, anchor: &str) -> Key {
    file.rotate_left(17) ^ HASHER.hash_one(anchor)
}

/// Reads the page at `path` of the output; `base_path` is where the site lives on its host.
#[must_use]
pub fn read(path: &str, bytes: &[u8], base_path: &str) -> Links {
    let mut links = Links::default();
    let up = "../".repeat(path.matches('/').count());
    let own = key(path);
    let is_anchor = |anchor: &str| !anchor.is_empty() && anchor != "top";
    each(bytes, &mut |found| match found {
        Found::Id(id) => links.ids.push(with_anchor(own, id)),
        Found::Link(address) => {
            if let Some(anchor) = address.strip_prefix('#') {
                if is_anchor(anchor) {
                    links.anchors.push((own, with_anchor(own, anchor)));
                }
            } else if let Some((folder, anchor)) = straight(address, &up) {
                let file = key(folder);
                links.files.push(file);
                if is_anchor(anchor) {
                    links.anchors.push((file, with_anchor(file, anchor)));
                }
            } else if let Some((file, anchor)) = follow(path, address, base_path) {
                let file = key(&file);
                links.files.push(file);
                if let Some(anchor) = anchor.filter(|anchor| is_anchor(anchor)) {
                    links.anchors.push((file, with_anchor(file, anchor)));
                }
            }
        }
    });
    links.files.sort_unstable();
    links.files.dedup();
    links.ids.sort_unstable();
    links
}

/// The part behind the root of an address that goes straight up to the root and down again, as ours do, and its anchor:
/// most links of a page, whose file is then known without working anything out.
fn straight<'a>(address: &'a str, up: &str) -> Option<(&'a str, &'a str)> {
    let rest = if up.is_empty() { address.strip_prefix("./")? } else { address.strip_prefix(up)? };
    let mut before = b'/';
    for (at, b) in rest.bytes().enumerate() {
        match b {
            b'#' => return Some((&rest[..at], &rest[at + 1..])),
            b'/' if before == b'/' => return None,
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/' | b'_' | b'A'..=b'Z' => before = b,
            _ => return None,
        }
    }
    Some((rest, ""))
}

/// Checks every page's links against all files and anchors. `pages` gives a page's bytes once more, to name what is broken.
pub fn check<'p>(
    all: &BTreeMap<&str, Arc<Links>>,
    files: impl Iterator<Item = &'p str>,
    base_path: &str,
    page: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Vec<Diagnostic> {
    let files: HashSet<Key, ahash::RandomState> = files.map(|path| key(path)).collect();
    let pages: Map<Key, &Links> = all.iter().map(|(path, links)| (key(path), &**links)).collect();
    let has = |file: Key, anchor: Key| pages.get(&file).is_some_and(|links| links.ids.binary_search(&anchor).is_ok());
    let is_sound = |links: &Links| {
        links.files.iter().all(|file| files.contains(file)) && links.anchors.iter().all(|(file, anchor)| has(*file, *anchor))
    };
    let each_page: Vec<_> = all.iter().collect();
    let unsound: Vec<_> = each_page.into_par_iter().filter(|(_, links)| !is_sound(links)).map(|(path, _)| path).collect();
    let mut diagnostics = Vec::new();
    for path in unsound {
        let Some(bytes) = page(path) else { continue };
        each(&bytes, &mut |found| {
            let Found::Link(address) = found else { return };
            let Some((file, anchor)) = follow(path, address, base_path) else { return };
            let target = key(&file);
            let lacks = |anchor: &str| !anchor.is_empty() && anchor != "top" && !has(target, with_anchor(target, anchor));
            let why = if !files.contains(&target) {
                format!("nothing is at /{file}")
            } else if anchor.is_some_and(lacks) {
                "that page has no such anchor".to_owned()
            } else {
                return;
            };
            diagnostics.push(
                Diagnostic::placeless(code::BROKEN_LINK, format!("the finished page /{path} links to `{address}`: {why}"))
                    .help("mend the template or text that writes this link"),
            );
        });
    }
    diagnostics
}

/// The file and anchor that an address on the page at `path` leads to; `None` if it leaves the site.
fn follow<'a>(path: &str, address: &'a str, base_path: &str) -> Option<(String, Option<&'a str>)> {
    let address = address.trim();
    let (target, anchor) = address.split_once('#').map_or((address, None), |(target, anchor)| (target, Some(anchor)));
    let target = target.split('?').next().unwrap_or(target);
    if target.is_empty() {
        return Some((path.to_owned(), anchor));
    }
    if target.starts_with("//") || target.find(':').is_some_and(|colon| !target[..colon].contains('/')) {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    let rest = match target.strip_prefix('/') {
        // An address that leaves the site's path by its root is kept as it is, and found nowhere.
        Some(_) => match target.strip_prefix(base_path) {
            Some(rest) => rest,
            None => return Some((target.to_owned(), anchor)),
        },
        None => {
            parts.extend(path.split('/'));
            parts.pop();
            target
        }
    };
    for part in rest.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let mut file = escape::percent_decoded(&parts.join("/"));
    if file.is_empty() || file.ends_with('/') || rest.ends_with("..") || rest == "." {
        if !file.is_empty() && !file.ends_with('/') {
            file.push('/');
        }
        file.push_str("index.html");
    }
    Some((file, anchor))
}

enum Found<'a> {
    Id(&'a str),
    Link(&'a str),
}

/// Calls `found` with every anchor and address of a page.
fn each(bytes: &[u8], found: &mut dyn FnMut(Found<'_>)) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if !each_quoted(text, found) {
        each_by_the_rules(text, found);
    }
}

/// [`each`] for pages whose attributes are all in double quotes, as those of our templates are: then an equals sign and a
/// quote are an attribute, and tags need not be read. False, with nothing called, for all others.
fn each_quoted(text: &str, found: &mut dyn FnMut(Found<'_>)) -> bool {
    let bytes = text.as_bytes();
    let mut attributes = Vec::with_capacity(256);
    let mut from = 0;
    // Inside a script nothing is markup; its own tag is.
    while let Some(script) = memchr::memmem::find(&bytes[from..], b"<script") {
        let Some(tag) = memchr::memchr(b'>', &bytes[from + script..]) else { return false };
        let inside = from + script + tag + 1;
        let Some(length) = memchr::memmem::find(&bytes[inside..], b"</script") else { return false };
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

/// Appends the attributes of a part of a page that hold an anchor or an address, and where their values stand; false if that
/// takes the rules.
fn quoted(bytes: &[u8], part: std::ops::Range<usize>, attributes: &mut Vec<(bool, usize, usize)>) -> bool {
    let bytes = &bytes[..part.end];
    let odd: [&[u8]; 5] = [b"<!--", b"<style", b"<textarea", b"='", b"= "];
    if odd.iter().any(|odd| memchr::memmem::find(&bytes[part.start..], odd).is_some()) {
        return false;
    }
    let mut at = part.start;
    while let Some(equals) = memchr::memchr(b'=', &bytes[at..]) {
        let equals = at + equals;
        if bytes.get(equals + 1) != Some(&b'"') {
            // In text an equals sign means nothing; in a tag, a value without quotes.
            if memchr::memrchr2(b'<', b'>', &bytes[..equals]).is_none_or(|mark| bytes[mark] == b'<') {
                return false;
            }
            at = equals + 1;
            continue;
        }
        let start = equals + 2;
        let Some(length) = memchr::memchr(b'"', &bytes[start..]) else { return false };
        at = start + length + 1;
        let is_link = match &bytes[equals.saturating_sub(7)..equals] {
            [.., before, b'i', b'd'] if before.is_ascii_whitespace() => false,
            [.., before, b's', b'r', b'c'] if before.is_ascii_whitespace() => true,
            [.., before, b'h', b'r', b'e', b'f'] if before.is_ascii_whitespace() => true,
            [before, b'p', b'o', b's', b't', b'e', b'r'] if before.is_ascii_whitespace() => true,
            // Names in capitals are left to the rules.
            [.., last] if last.is_ascii_uppercase() => return false,
            _ => continue,
        };
        attributes.push((is_link, start, start + length));
    }
    true
}

/// [`each`] by the rules of HTML's tokeniser.
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

/// The end tag of an element inside which everything is text, whatever it looks like.
fn raw_end(tag: &[u8]) -> Option<&'static [u8]> {
    match tag.len() {
        5 if tag.eq_ignore_ascii_case(b"style") => Some(b"</style"),
        5 if tag.eq_ignore_ascii_case(b"title") => Some(b"</title"),
        6 if tag.eq_ignore_ascii_case(b"script") => Some(b"</script"),
        8 if tag.eq_ignore_ascii_case(b"textarea") => Some(b"</textarea"),
        _ => None,
    }
}

/// The first byte from `from` for which `stop` holds, or the end.
#[inline]
fn until(bytes: &[u8], from: usize, stop: impl Fn(u8) -> bool) -> usize {
    bytes[from..].iter().position(|b| stop(*b)).map_or(bytes.len(), |length| from + length)
}

/// Reads a tag's attributes from `at`; gives the byte behind the tag.
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

/// An attribute's value with the five characters back that writing HTML escapes.
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

    #[test]
    fn the_straight_way_leads_where_the_long_one_does() {
        for (path, address) in [
            ("events/x/index.html", "../../a/b/#c"),
            ("events/x/index.html", "../../"),
            ("index.html", "./a/#b"),
            ("a/index.html", "../events/x/"),
            ("a/index.html", "#here"),
        ] {
            let page = format!("<a href=\"{address}\">");
            let got = read(path, page.as_bytes(), "/");
            let (file, anchor) = follow(path, address, "/").unwrap();
            assert!(got.files.is_empty() && address.starts_with('#') || got.files == [key(&file)], "{address}");
            let wanted = anchor.map(|anchor| (key(&file), with_anchor(key(&file), anchor)));
            assert_eq!(got.anchors, wanted.into_iter().collect::<Vec<_>>(), "{address}");
        }
    }

    #[test]
    fn follows_as_a_browser_does() {
        let at = |address| {
            follow("events/x/index.html", address, "/base/").map(|(file, anchor)| (file, anchor.map(str::to_owned)))
        };
        let file = |path: &str| Some((path.to_owned(), None));
        assert_eq!(at("../../"), file("index.html"));
        assert_eq!(at("../../a/"), file("a/index.html"));
        assert_eq!(at(".."), file("events/index.html"));
        assert_eq!(at("#y"), Some(("events/x/index.html".to_owned(), Some("y".to_owned()))));
        assert_eq!(at("/base/a/#b"), Some(("a/index.html".to_owned(), Some("b".to_owned()))));
        assert_eq!(at("/elsewhere/"), file("/elsewhere/"));
        assert_eq!(at("../../media/a%20b.jpg?x"), file("media/a b.jpg"));
        assert_eq!(at("https://a.example/"), None);
        assert_eq!(at("mailto:a@b"), None);
    }
}
